//! Paragraphs and a width to rows; rows to places in the text and back. Pure, and knows no terminal.

mod wrap;

pub use wrap::{Row, wrap};
