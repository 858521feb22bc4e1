//! Strings as people see them: graphemes, display width, words and sentences, folding, sanitising.
//!
//! Everything here is pure and knows neither interviews nor terminals. Offsets are bytes, and functions that take one
//! move an offset off a boundary to the one before it.

mod blank;
mod fold;
mod graphemes;
mod language;
mod plain;
mod sanitise;
mod sentences;
mod width;
mod words;

pub use blank::{is_blank, skip_blanks};
pub use fold::{Folded, Keep, WayBack, fold, fold_keeping};
pub(crate) use graphemes::is_boundary as is_grapheme_boundary;
pub use graphemes::{Graphemes, boundary_at, boundary_from, graphemes, next_boundary, previous_boundary};
pub use language::{language_of, language_tag};
pub(crate) use plain::{ascii_run, plain_columns};
pub use sanitise::{link, sanitise, sanitise_line, shown, visible};
pub use sentences::{next_sentence_start, previous_sentence_start, sentence_at, sentences};
pub use width::{fit, fit_words, grapheme_width, pad, width};
pub use words::{next_word_end, next_word_start, previous_word_start, word_at, word_count};
