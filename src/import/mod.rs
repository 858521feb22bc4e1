//! Bytes in any format to an [`Interview`].
//!
//! [`detect`] tells the format from the content and `encoding` the characters from the bytes; the format's
//! [`Importer`](detect::Importer) makes a [`Draft`] of what the source says; `assemble` works out
//! what the source does not say, in one place for all formats: whose labels belong together, who asks, who speaks
//! where nobody is named, and what stands before and after the talk. `pair` brings an interview and its translation
//! together, whether they are two documents or the halves that `split` finds in one; `alternating` does so where each
//! paragraph is followed by its translation.

mod alternating;
mod assemble;
mod capitals;
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
mod pair;
mod report;
mod roles;
mod split;
mod tally;
mod text;
mod voices;

use crate::model::Interview;
use draft::Draft;

pub use corrections::correct;
pub use pair::pair;
pub use report::{Report, ReportLine, Warning};

/// Fewer turns than this in each of two languages are no interview and its translation.
const FEWEST: usize = 4;

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
    if let Some(translation) = draft.translation.take() {
        if let Some(paired) = both((draft.clone(), *translation), name, options, &report) {
            return Ok(paired);
        }
        let message = "a translation of the whole, which has too few or too many turns to be paired".to_owned();
        draft.left_out.push(Warning { line: 0, message });
    }
    draft = alternating::bring_together(draft);
    if let Some(halves) = split::by_language(&draft)
        && let Some(paired) = both(halves, name, options, &report)
    {
        return Ok(paired);
    }
    assemble::assemble(draft, name, options, report)
}

/// The interview that two halves of a document make, each the whole talk in a language of its own; `None` where they
/// are not as long as each other.
fn both((first, second): (Draft, Draft), name: &str, options: &Options, report: &Report) -> Option<Imported> {
    let original = assemble::assemble(first, name, options, report.clone()).ok()?;
    let translation = assemble::assemble(second, name, options, report.clone()).ok()?;
    let turns = [&original, &translation].map(|half| half.interview.turns().len());
    let [fewer, more] = if turns[0] < turns[1] { turns } else { [turns[1], turns[0]] };
    if fewer < FEWEST || more * 2 > fewer * 3 {
        return None;
    }
    let mut report = original.report;
    report.merged.extend(translation.report.merged);
    report.warnings.extend(translation.report.warnings);
    let interview = pair(&original.interview, &translation.interview, &mut report);
    Some(Imported { interview, report })
}
