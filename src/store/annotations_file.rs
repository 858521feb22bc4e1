//! One annotator's annotations of one interview, on disk.
//!
//! What is saved is a list of annotations; what is written is the file with only those lines replaced that say
//! something else. Other programs may change the file meanwhile: a save reads it again under a lock, and brings both
//! together.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk, RealDisk, Replacement};
use super::document::{Applied, Document, Memory};
use super::fault::{Fault, StoreError};
use super::merge;
use crate::model::{Annotation, AnnotationId, Correction};

/// What a file of annotations says of itself; written when the file is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The interview's path from the notebook's root, with `/` between folders.
    pub interview: String,
    /// The interview's title.
    pub title: String,
    /// Whose layer it is; `None` in a personal notebook.
    pub annotator: Option<String>,
}

/// One annotator's annotations of one interview, as they were when read or saved last.
#[derive(Clone, Debug)]
pub struct AnnotationsFile {
    path: PathBuf,
    /// The file's content; `None` where there is no file.
    bytes: Option<Vec<u8>>,
    document: Document,
    header: Header,
    memory: Memory,
    /// Whether the last write may not have outlived a power cut.
    is_unsynced: bool,
}

/// What a save came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveOutcome {
    /// What the file holds now, in its order: what was saved, and what others have changed meanwhile.
    pub annotations: Vec<Annotation>,
    /// The corrections that the file holds now.
    pub corrections: Vec<Correction>,
    /// Whether others' changes were taken in, so that the reader's state is to be replaced by this one.
    pub merged: bool,
    /// Annotations that both changed; each carries the other version.
    pub conflicts: Vec<AnnotationId>,
    /// The other writer's corrections of what the reader has corrected in another way; both are kept, the reader's
    /// holds.
    pub other_corrections: Vec<Correction>,
    /// Where the file was copied to before it was written anew.
    pub backup: Option<PathBuf>,
    /// Whether anything was written.
    pub written: bool,
}

/// A save of which only the rename is left to do.
pub(super) struct Prepared {
    outcome: SaveOutcome,
    applied: Applied,
    replacement: Option<Replacement>,
}

impl AnnotationsFile {
    /// Reads a file; one that is not there is empty.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or understood. Then nothing can be saved to it either.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        Self::load_from(&RealDisk, path)
    }

    /// [`load`](Self::load) from a given disk.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load).
    pub fn load_from(disk: &dyn Disk, path: &Path) -> Result<Self, StoreError> {
        let bytes = content(disk, path)?;
        let document = match &bytes {
            Some(bytes) => Document::parse(bytes).map_err(|fault| StoreError::fault(path, fault))?,
            None => Document::default(),
        };
        let header = document.header.clone();
        Ok(Self { path: path.to_path_buf(), bytes, document, header, memory: Memory::default(), is_unsynced: false })
    }

    /// The same with what is to stand at its head when it is made.
    pub fn with_header(mut self, header: Header) -> Self {
        self.header = header;
        self
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there was a file when it was read or saved last.
    pub fn exists(&self) -> bool {
        self.bytes.is_some()
    }

    /// What the file says of itself; empty where there is none.
    pub fn header(&self) -> &Header {
        &self.document.header
    }

    /// The annotations in the file's order.
    pub fn annotations(&self) -> &[Annotation] {
        &self.document.annotations
    }

    /// The corrections in the file's order.
    pub fn corrections(&self) -> &[Correction] {
        &self.document.corrections
    }

    /// What is odd about the file, though it can be understood.
    pub fn warnings(&self) -> &[Fault] {
        &self.document.warnings
    }

    /// Whether the file on disk is another than when it was read or saved last.
    pub fn has_changed_on_disk(&self) -> bool {
        content(&RealDisk, &self.path).is_ok_and(|bytes| bytes.is_some() && bytes != self.bytes)
    }

    /// The file's bytes with these annotations and corrections; nothing is written.
    ///
    /// Lines that say nothing that has changed are the same byte for byte.
    ///
    /// # Errors
    ///
    /// Where no file can be made that would read back as this.
    pub fn apply(&mut self, annotations: &[Annotation], corrections: &[Correction]) -> Result<Vec<u8>, StoreError> {
        let applied = self.document.apply(annotations, corrections, &self.header, &mut self.memory);
        applied.map(|applied| applied.bytes).map_err(|fault| StoreError::fault(&self.path, fault))
    }

    /// Saves these annotations and corrections.
    ///
    /// Where the file has been changed since it was read or saved last, both are brought together; where it has
    /// vanished, it is made again. On success the file is safe from a power cut.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written, or holds meanwhile what cannot be understood. Then `self` is as before, so
    /// that the save can be tried again.
    pub fn save(&mut self, annotations: &[Annotation], corrections: &[Correction]) -> Result<SaveOutcome, StoreError> {
        self.save_to(&RealDisk, annotations, corrections)
    }

    /// [`save`](Self::save) to a given disk.
    ///
    /// # Errors
    ///
    /// As [`save`](Self::save).
    pub fn save_to(
        &mut self,
        disk: &dyn Disk,
        annotations: &[Annotation],
        corrections: &[Correction],
    ) -> Result<SaveOutcome, StoreError> {
        if self.bytes.is_none() && annotations.is_empty() && corrections.is_empty() && !exists(disk, &self.path) {
            return Ok(SaveOutcome::default());
        }
        let failed = |error| StoreError::io(&self.path, error);
        let target = disk.target(&self.path).map_err(failed)?;
        let folder = target.parent().unwrap_or(Path::new("")).to_path_buf();
        disk.create_folders(&folder).map_err(failed)?;
        let _lock = disk.lock(&folder).map_err(failed)?;
        let prepared = self.prepare(disk, annotations, corrections)?;
        self.commit(disk, prepared)
    }

    /// The ids that annotations have been given on reading because the one that is written stands twice in the file, and
    /// where that is.
    pub fn doubled_ids(&self) -> &[(AnnotationId, Fault)] {
        &self.document.doubled
    }

    /// Writes beside the file what it is to hold; the folder is locked.
    pub(super) fn prepare(
        &mut self,
        disk: &dyn Disk,
        annotations: &[Annotation],
        corrections: &[Correction],
    ) -> Result<Prepared, StoreError> {
        let failed = |error| StoreError::io(&self.path, error);
        let on_disk = content(disk, &self.path)?;
        let mut outcome = SaveOutcome {
            annotations: annotations.to_vec(),
            corrections: corrections.to_vec(),
            ..SaveOutcome::default()
        };
        let mut theirs = None;
        if let Some(bytes) = on_disk.as_ref().filter(|bytes| Some(*bytes) != self.bytes.as_ref()) {
            let document = Document::parse(bytes).map_err(|fault| StoreError::fault(&self.path, fault))?;
            let merged = merge::annotations(&self.document.annotations, annotations, &document.annotations);
            outcome.merged = merged.annotations != annotations;
            outcome.annotations = merged.annotations;
            outcome.conflicts = merged.conflicts;
            let merged = merge::corrections(&self.document.corrections, corrections, &document.corrections);
            outcome.corrections = merged.corrections;
            outcome.other_corrections = merged.conflicts;
            outcome.merged |= outcome.corrections != corrections;
            theirs = Some(document);
        }
        let blank = Document::default();
        let from = match (&theirs, &on_disk) {
            (Some(theirs), _) => theirs,
            // What has vanished is written from what it was, comments and all.
            (None, None) if self.bytes.is_none() => &blank,
            (None, _) => &self.document,
        };
        let applied = from
            .apply(&outcome.annotations, &outcome.corrections, &self.header, &mut self.memory)
            .map_err(|fault| StoreError::fault(&self.path, fault))?;
        outcome.written = on_disk.as_ref() != Some(&applied.bytes);
        let mut replacement = None;
        if outcome.written {
            if let Some(bytes) = on_disk.as_ref().filter(|_| applied.needs_backup) {
                let target = disk.target(&self.path).map_err(failed)?;
                outcome.backup = Some(disk::back_up(disk, &target, bytes).map_err(failed)?);
            }
            replacement = Some(disk::write_beside(disk, &self.path, &applied.bytes).map_err(failed)?);
        }
        Ok(Prepared { outcome, applied, replacement })
    }

    /// Puts what was prepared in the place of the file.
    pub(super) fn commit(&mut self, disk: &dyn Disk, prepared: Prepared) -> Result<SaveOutcome, StoreError> {
        let Prepared { mut outcome, applied, replacement } = prepared;
        let failed = |error| StoreError::io(&self.path, error);
        if let Some(replacement) = replacement {
            if let Err(error) = replacement.take_place(disk) {
                let error = failed(error);
                self.is_unsynced = true;
                return Err(error);
            }
        } else if self.is_unsynced {
            let target = disk.target(&self.path).map_err(failed)?;
            disk.sync_folder(target.parent().unwrap_or(Path::new(""))).map_err(failed)?;
        }
        outcome.annotations.clone_from(&applied.document.annotations);
        outcome.corrections.clone_from(&applied.document.corrections);
        self.document = applied.document;
        self.bytes = Some(applied.bytes);
        self.is_unsynced = false;
        Ok(outcome)
    }
}

fn exists(disk: &dyn Disk, path: &Path) -> bool {
    !matches!(content(disk, path), Ok(None))
}

fn content(disk: &dyn Disk, path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match disk.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, error)),
    }
}
