//! The files of `docs/` that come from the program itself.

use interleaf::keymap::Keymap;

use super::pictures::PICTURES;

const KEYS: &str = "\
# Keys

Keys pressed one after the other stand together: `]q` is `]`, then `q`. A number before a key repeats it. Every key can
be given another meaning in the settings; `?` and `F1` show those that are in force. This page comes from the program
itself: `cargo run --example docs` writes it anew.
";

/// Each file's name and what it holds.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut pages: Vec<(&'static str, String)> =
        PICTURES.iter().map(|picture| (picture.file, picture.draw())).collect();
    pages.push(("keys.md", format!("{KEYS}{}", Keymap::default_keys().unwrap().markdown())));
    pages
}
