//! Paragraphs and a width to rows; rows to places in the text and back. Pure, and knows no terminal.
//!
//! Nothing is ever laid out but what is asked for: [`wrap`](wrap()) breaks one paragraph, [`Flow`] walks from line to
//! line through the interview and breaks the paragraphs that it passes.

mod ascii;
mod flow;
mod walk;
mod wrap;

pub use flow::{Bilingual, Dialogue, Flow, Line, LinePlace, View, Wraps};
pub use wrap::{Row, column_of, offset_at_column, rows, wrap};
