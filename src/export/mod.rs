//! Annotations for the tools that readers already use. One exporter, one file; callers do the I/O.

use std::io::Write;

use crate::anchor::Resolution;
use crate::model::{Annotation, Interview, Topic};

/// An interview and the notes on it, ready to be exported.
#[derive(Clone, Debug)]
pub struct Document {
    /// The interview's path from the notebook's root, with `/` between folders.
    pub path: String,
    /// The interview, corrections applied.
    pub interview: Interview,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// The notes to export, in the order of the text, orphans last.
    pub notes: Vec<PlacedNote>,
}

/// An annotation, the layer that it comes from and its place in today's text.
#[derive(Clone, Debug)]
pub struct PlacedNote {
    /// The annotation.
    pub annotation: Annotation,
    /// Who wrote it; `None` in a personal notebook.
    pub annotator: Option<String>,
    /// Where it holds today.
    pub resolution: Resolution,
}

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
