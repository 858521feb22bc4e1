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
pub(crate) const PICTURES: [Picture; 4] = [
    Picture {
        file: "reading.svg",
        title: "The outline, the transcript and the notes beside their lines",
        sample: "lighthouse.txt",
        size: (132, 36),
        keys: "9 G",
    },
    Picture {
        file: "writing.svg",
        title: "A note being written on selected words",
        sample: "lighthouse.txt",
        size: (110, 30),
        keys: "1 1 G ) v ) a 'Who else keeps a log like this? 灯塔日志' Enter 'Look in the harbour office first.'",
    },
    Picture {
        file: "notes.svg",
        title: "The list of notes",
        sample: "lighthouse.txt",
        size: (110, 30),
        keys: "9 G A j j",
    },
    Picture {
        file: "bilingual.svg",
        title: "An interview and its translation side by side",
        sample: "paper-bridge.yaml",
        size: (132, 36),
        keys: "B B 6 G",
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
