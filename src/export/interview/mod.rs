//! A whole interview without its notes, in the forms in which other programs and people take it.

mod captions;
mod html;
mod json;
mod markdown;
mod tei;
mod text;

pub use captions::{write_srt, write_vtt};
pub use html::write_html;
pub use json::write_json;
pub use markdown::write_markdown;
pub use tei::write_tei;
pub use text::write_text;

use crate::model::Metadata;

/// Where an interview comes from, on one line: who published it, when, and the address. Empty where nothing is known.
pub fn origin(metadata: &Metadata) -> String {
    [&metadata.source.publisher, &metadata.date, &metadata.source.url]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
