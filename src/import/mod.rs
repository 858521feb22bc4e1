//! Bytes in any format to an [`Interview`].
//!
//! [`detect`] tells the format from the content and `encoding` the characters from the bytes; the format's
//! [`Importer`](detect::Importer) makes a [`Draft`](draft::Draft) of what the source says; `assemble` works out
//! what the source does not say, in one place for all formats: whose labels belong together, who asks, who speaks
//! where nobody is named, and what stands before and after the talk.

mod assemble;
mod corrections;
pub mod decode;
pub mod detect;
pub mod draft;
mod encoding;
mod formats;
mod heads;
mod labels;
mod language;
mod matter;
mod names;
mod report;
mod roles;
mod text;
mod voices;

use crate::model::Interview;

pub use corrections::correct;
pub use report::{Report, ReportLine, Warning};

/// What the reader says about a document beforehand.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format by name, instead of detecting it.
    pub format: Option<String>,
    /// The name of the speaker who asks.
    pub interviewer: Option<String>,
    /// Speakers to rename or merge: old name, new name.
    pub speakers: Vec<(String, String)>,
    /// A Podcasting 2.0 chapters file.
    pub chapters: Option<Vec<u8>>,
}

/// A document as understood, and how it was understood.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The document.
    pub interview: Interview,
    /// How it was understood.
    pub report: Report,
}

/// Why a document cannot be read. Each message says what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("{name} is empty: there is nothing to read")]
    Empty {
        /// The document's name.
        name: String,
    },
    /// It is no text.
    #[error("{name} is {what}; {advice}")]
    NotText {
        /// The document's name.
        name: String,
        /// What it seems to be.
        what: String,
        /// What helps.
        advice: String,
    },
    /// It breaks its format.
    #[error("{name}:{line}:{column}: {message}")]
    Malformed {
        /// The document's name.
        name: String,
        /// 1-based.
        line: u32,
        /// 1-based, in characters.
        column: u32,
        /// What is wrong and what to do.
        message: String,
    },
    /// It breaks its format, which has no lines.
    #[error("{name}: {message}")]
    Broken {
        /// The document's name.
        name: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// It is longer than what is read.
    #[error("{name} is larger than {limit} MB; cut it into parts")]
    TooLarge {
        /// The document's name.
        name: String,
        /// The limit in millions of bytes.
        limit: u32,
    },
    /// No format is called that.
    #[error("there is no format `{format}`; choose one of {known}")]
    UnknownFormat {
        /// The name asked for.
        format: String,
        /// The names that exist.
        known: String,
    },
}

/// Reads a document. `name` is its file name, for messages; the format is told from the content.
///
/// # Errors
///
/// Where the bytes are no document that can be read.
pub fn read(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Imported, ImportError> {
    let mut report = Report::default();
    let source = detect::open(bytes, name, &mut report)?;
    let (importer, because) = detect::importer(&source, options)?;
    importer.name().clone_into(&mut report.format);
    report.because = because;
    let mut draft = importer.import(source, options)?;
    if let Some(chapters) = &options.chapters {
        draft.topics = formats::chapters(chapters)?;
    }
    assemble::assemble(draft, name, options, report)
}
