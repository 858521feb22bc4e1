//! The reader's files: YAML on disk, written so that nothing is ever lost.

mod annotations_file;
mod block;
mod disk;
mod document;
mod drafts;
mod fault;
mod git_conflict;
mod id;
pub mod interview_file;
mod layout;
mod log;
mod merge;
mod notebook;
mod schema;
mod state;
mod tags_file;
mod together;
mod yaml_in;
mod yaml_out;

pub use annotations_file::{AnnotationsFile, Header, SaveOutcome};
pub use disk::{Disk, Lock, RealDisk, Temporary};
pub use drafts::{Draft, Drafts};
pub use fault::{Fault, StoreError};
pub use id::new_id;
pub use log::log;
pub use merge::{Merged, MergedCorrections, annotations as merge_annotations, corrections as merge_corrections};
pub use notebook::{Choice, FOLDER, Home, Layer, Notebook, is_annotations};
pub use state::{ReadingState, ReadingStates, Visit};
pub use tags_file::TagsFile;
pub use together::{Rewriting, TogetherError, save_together};

/// A hash that is the same in every version of this program and on every machine: FNV-1a with 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
