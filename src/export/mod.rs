//! Annotations for the tools that readers already use. One exporter, one file; callers do the I/O.
//!
//! What is exported is a list of [`Document`]s: interviews with the notes that were asked for. The same notes come out
//! as the same bytes every time, and identifiers are made from the annotations' own, so that a tool that has seen an
//! export before updates what it has. [`interview`] prints whole interviews without notes.

mod anki;
mod csv;
mod document;
mod docx;
mod format;
mod grouping;
mod html;
mod ids;
pub mod interview;
mod json;
mod kindle;
mod markdown;
mod obsidian;
mod ohms;
mod questions;
mod readwise;
mod refi;
mod template;
mod text;
mod webannotation;
mod xml;

use std::borrow::Cow;
use std::io::Write;

use crate::model::Timecode;

pub use anki::Anki;
pub use csv::Csv;
pub use document::{Document, PlacedNote};
pub use docx::Docx;
pub use format::{Format, Options};
pub use grouping::Grouping;
pub use html::Html;
pub use json::Json;
pub use kindle::Kindle;
pub use markdown::Markdown;
pub use obsidian::Obsidian;
pub use ohms::Ohms;
pub use questions::Questions;
pub use readwise::Readwise;
pub use refi::{Qdc, Qdpx, Units};
pub use template::Template;
pub use text::PlainText;
pub use webannotation::WebAnnotation;

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Writing failed.
    #[error("cannot write the export: {0}")]
    Io(#[from] std::io::Error),
    /// The document lacks what the format is made of.
    #[error("{0}")]
    Unfit(String),
}

/// Writes annotated interviews in one format.
pub trait Exporter {
    /// Writes `documents` to `out`.
    ///
    /// # Errors
    ///
    /// Where writing fails, or the documents lack what the format needs.
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError>;
}

/// Writes a value as indented JSON and a line feed.
fn print_json(value: &impl serde::Serialize, out: &mut dyn Write) -> Result<(), ExportError> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

/// `text` with a replacement character for each control that a terminal or a reader of files would obey.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(is_harmful) { text.replace(is_harmful, "\u{fffd}").into() } else { text.into() }
}

/// `hh:mm:ss`, with milliseconds where there are any.
fn clock(time: Timecode) -> String {
    match time.milliseconds() % 1000 {
        0 => time.to_string(),
        milliseconds => format!("{time}.{milliseconds:03}"),
    }
}
