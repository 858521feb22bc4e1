//! Bytes in any format to an [`Interview`].

pub mod draft;
mod report;

use crate::model::{Correction, Interview};

pub use report::{Report, Warning};

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
#[derive(Debug, thiserror::Error)]
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
}

/// Reads a document. `name` is its file name, for messages; the format is told from the content.
///
/// # Errors
///
/// Where the bytes are no document that can be read.
pub fn read(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Imported, ImportError> {
    let _ = (bytes, options);
    Err(ImportError::Empty { name: name.to_owned() })
}

/// `base` as the reader has mended it. `base` is the interview as imported, without corrections; each correction is
/// a pin, and unlabelled paragraphs around it are decoded again.
pub fn correct(base: &Interview, corrections: &[Correction]) -> Interview {
    let _ = corrections;
    base.clone()
}
