//! The reader's files: YAML on disk, written so that nothing is ever lost.

mod notebook;

pub use notebook::Notebook;
