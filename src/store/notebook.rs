//! Where annotations live.

use std::path::{Path, PathBuf};

/// The folder that holds an `annotations/` folder: interviews anywhere below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notebook {
    /// The folder that interviews are named from.
    pub root: PathBuf,
    /// Its `annotations/` folder, which need not exist yet.
    pub annotations: PathBuf,
}

impl Notebook {
    /// The notebook of an interview: the nearest folder at or above it that holds `annotations/`, or its own folder.
    pub fn of(interview: &Path) -> Self {
        let root = interview.parent().unwrap_or(interview).to_path_buf();
        Self { annotations: root.join("annotations"), root }
    }
}
