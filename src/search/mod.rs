//! Queries over an interview's text and over notes.
//!
//! A reader who types `storm` means `Storm` as well, who types `elan` means `élan`, and who types `the lamp` means the
//! two words however many blanks lie between. So words are looked for in a folded copy of the text, a
//! [`TextIndex`], that is made once, and each hit is brought back to the bytes of the text. Until the copy is there,
//! [`Query::quick_hits`] searches the text itself. Hits never reach across paragraphs and always begin and end between
//! graphemes.

mod hits;
mod index;
mod literal;
mod pattern;
mod query;
mod speakers;

pub use hits::Hits;
pub use index::TextIndex;
pub use query::{Query, QueryError, split_speaker};

#[cfg(test)]
mod tests;
