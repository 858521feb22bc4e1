//! Strings as people see them: graphemes, display width, words and sentences, folding, sanitising.
//!
//! Everything here is pure and knows neither interviews nor terminals.

mod fold;
mod sanitise;
mod segments;
mod width;

pub use fold::{Folded, fold};
pub use sanitise::{sanitise, sanitise_line};
pub use segments::{
    graphemes, next_boundary, next_word_end, next_word_start, previous_boundary, previous_word_start, sentence_at,
    sentences, word_at, word_count,
};
pub use width::{fit, grapheme_width, width};
