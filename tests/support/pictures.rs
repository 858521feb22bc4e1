//! The pictures of the documentation: which screens, after which keys.

use super::session::Session;
use super::svg;

/// A picture.
pub(crate) struct Picture {
    /// Its file in `docs/`.
    pub(crate) file: &'static str,
    /// What it shows.
    pub(crate) title: &'static str,
    sample: &'static str,
    size: (u16, u16),
    keys: &'static str,
}

/// All pictures.
pub(crate) const PICTURES: [Picture; 6] = [
    Picture {
        file: "reading.svg",
        title: "The outline, the transcript and the notes beside their lines",
        sample: "paper-bridge.yaml",
        size: (132, 36),
        keys: "8 G",
    },
    Picture {
        file: "writing.svg",
        title: "A note being written on selected words",
        sample: "paper-bridge.yaml",
        size: (110, 30),
        keys: "8 G ) i s a 'Which paper is this? 桑皮纸: ask the umbrella maker.' Enter 'And how heavy is one sheet?'",
    },
    Picture {
        file: "notes.svg",
        title: "The list of notes",
        sample: "paper-bridge.yaml",
        size: (132, 36),
        keys: "8 G A j j",
    },
    Picture {
        file: "bilingual.svg",
        title: "An interview and its translation side by side",
        sample: "paper-bridge.yaml",
        size: (109, 30),
        keys: "2 6 G B B",
    },
    Picture {
        file: "outline.svg",
        title: "The outline over the text of a narrow terminal, narrowed by typing",
        sample: "night-bus.md",
        size: (80, 24),
        keys: "2 ] t t dog",
    },
    Picture {
        file: "search.svg",
        title: "Searching as one types",
        sample: "tidal-bakery.txt",
        size: (80, 24),
        keys: "/ bell",
    },
];

impl Picture {
    /// The picture as SVG.
    pub(crate) fn draw(&self) -> String {
        let mut session = Session::sample(self.sample).sized(self.size.0, self.size.1);
        session.keys(self.keys);
        let (buffer, cursor) = session.buffer();
        svg::of(&buffer, cursor, self.title)
    }
}
