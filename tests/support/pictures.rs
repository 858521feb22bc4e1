//! The pictures of the documentation: which screens, after which keys.

use super::session::Session;
use super::shelf::Shelf;
use super::svg;

/// A picture.
pub(crate) struct Picture {
    /// Its file in `docs/`.
    pub(crate) file: &'static str,
    /// What it shows.
    pub(crate) title: &'static str,
    /// The sample that it shows; `None` for the list of all.
    sample: Option<&'static str>,
    size: (u16, u16),
    keys: &'static str,
}

/// All pictures.
pub(crate) const PICTURES: [Picture; 8] = [
    Picture {
        file: "reading.svg",
        title: "The outline, the transcript and the notes beside their lines",
        sample: Some("paper-bridge.yaml"),
        size: (132, 36),
        keys: "8 G",
    },
    Picture {
        file: "writing.svg",
        title: "A note being written on selected words",
        sample: Some("paper-bridge.yaml"),
        size: (110, 30),
        keys: "8 G ) i s a 'Which paper is this? 桑皮纸: ask the umbrella maker.' Enter 'And how heavy is one sheet?'",
    },
    Picture {
        file: "notes.svg",
        title: "The list of notes",
        sample: Some("paper-bridge.yaml"),
        size: (132, 36),
        keys: "8 G A j j",
    },
    Picture {
        file: "bilingual.svg",
        title: "An interview and its translation side by side",
        sample: Some("paper-bridge.yaml"),
        size: (109, 30),
        keys: "2 6 G B B",
    },
    Picture {
        file: "outline.svg",
        title: "The outline over the text of a narrow terminal, narrowed by typing",
        sample: Some("night-bus.md"),
        size: (80, 24),
        keys: "2 ] t t dog",
    },
    Picture {
        file: "search.svg",
        title: "Searching as one types",
        sample: Some("tidal-bakery.txt"),
        size: (80, 24),
        keys: "/ bell",
    },
    Picture {
        file: "library.svg",
        title: "The follow-ups of all interviews, by status",
        sample: None,
        size: (110, 30),
        keys: "f j",
    },
    Picture {
        file: "search-all.svg",
        title: "Searching in all interviews and notes",
        sample: None,
        size: (110, 30),
        keys: "S 'paper' Down Down",
    },
];

impl Picture {
    /// The picture as SVG.
    pub(crate) fn draw(&self) -> String {
        let (columns, rows) = self.size;
        let (buffer, cursor) = match self.sample {
            Some(name) => Session::sample(name).sized(columns, rows).keys(self.keys).buffer(),
            None => Shelf::samples().sized(columns, rows).keys(self.keys).buffer(),
        };
        svg::of(&buffer, cursor, self.title)
    }
}
