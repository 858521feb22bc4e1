//! The folded copy of an interview's text.

use crate::model::Interview;
use crate::text::{Folded, fold};

/// A folded copy of an interview's text, made once, for instance on a worker, so that every search is one scan.
///
/// It stays good for all interviews with the same text, whoever speaks in them.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    pub(super) folded: Folded,
}

impl TextIndex {
    /// Folds the text of an interview.
    pub fn new(interview: &Interview) -> Self {
        Self { folded: fold(interview.text()) }
    }

    /// Bytes of memory that it holds.
    pub fn memory(&self) -> usize {
        self.folded.memory()
    }
}
