//! Paragraphs and a width to rows; rows to places in the text and back. Pure, and knows no terminal.

mod ascii;
mod wrap;

pub use wrap::{Row, column_of, offset_at_column, rows, wrap};
