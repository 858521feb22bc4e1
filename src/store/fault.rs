//! What can be wrong with a file of the reader's, and why a save can fail.

use std::io;
use std::path::{Path, PathBuf};

/// A place in a text that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}{}", shown(excerpt, *column))]
pub struct Fault {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
    /// The line itself; empty where there is none to show.
    pub excerpt: String,
}

impl Fault {
    /// A fault at a byte of `text`.
    pub fn at_byte(text: &str, byte: usize, message: impl Into<String>) -> Self {
        let byte = (0..=byte.min(text.len())).rev().find(|&byte| text.is_char_boundary(byte)).unwrap_or(0);
        let line_start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let excerpt = text[line_start..].lines().next().unwrap_or_default().to_owned();
        Self {
            line: text[..byte].matches('\n').count() + 1,
            column: text[line_start..byte].chars().count() + 1,
            message: message.into(),
            excerpt,
        }
    }

    /// A fault at a line and column of `text`, both 1-based.
    pub fn at(text: &str, line: usize, column: usize, message: impl Into<String>) -> Self {
        let excerpt = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
        Self { line, column, message: message.into(), excerpt }
    }
}

/// The offending line with a mark under the column, cut to what a terminal shows.
fn shown(excerpt: &str, column: usize) -> String {
    if excerpt.trim().is_empty() {
        return String::new();
    }
    let from = column.saturating_sub(40);
    let line: String = excerpt.chars().skip(from).take(76).map(|c| if c == '\t' { ' ' } else { c }).collect();
    format!("\n  | {line}\n  | {}^", " ".repeat(column.saturating_sub(from + 1)))
}

/// Why a file of the reader's was not read or not written. Each message says what to do.
///
/// Whatever the error, the file on disk is as it was before, or holds what was to be saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be understood; it is never written over.
    #[error("{path}: {fault}\n  nothing is written to this file until that is mended", path = path.display())]
    Fault {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: Box<Fault>,
    },
    /// The disk is full, or a quota is reached.
    #[error("{}: no space left on the disk; make room, and save again", .0.display())]
    NoSpace(PathBuf),
    /// The system does not let the file be read or written.
    #[error("{}: permission denied; check the permissions of the file and its folder", .0.display())]
    Permission(PathBuf),
    /// The file system cannot be written to.
    #[error("{}: the file system is read-only; give another folder with --annotations", .0.display())]
    ReadOnly(PathBuf),
    /// The folder is not there any more.
    #[error("{}: its folder has vanished; put it back (or reconnect the disk), and save again", .0.display())]
    FolderGone(PathBuf),
    /// Another program holds the folder's lock.
    #[error("{}: another program is saving to this folder; wait a moment, and save again", .0.display())]
    Busy(PathBuf),
    /// Anything else that the system says.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl StoreError {
    pub(super) fn fault(path: &Path, fault: Fault) -> Self {
        StoreError::Fault { path: path.to_path_buf(), fault: Box::new(fault) }
    }

    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StoreError::NoSpace(path)
            }
            io::ErrorKind::PermissionDenied => StoreError::Permission(path),
            io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly(path),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::StaleNetworkFileHandle => {
                StoreError::FolderGone(path)
            }
            io::ErrorKind::WouldBlock => StoreError::Busy(path),
            _ => StoreError::Io { path, source },
        }
    }
}
