//! Several files saved as one step, as far as a file system lets: all of them are written beside the old ones before
//! the first takes its place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::annotations_file::{AnnotationsFile, SaveOutcome};
use super::disk::{Disk, Lock, RealDisk};
use super::fault::StoreError;
use super::tags_file::TagsFile;
use crate::model::{Annotation, TagDefinition};

/// A file of annotations, and all that it is to hold.
#[derive(Debug)]
pub struct Rewriting<'a> {
    /// The file.
    pub file: &'a mut AnnotationsFile,
    /// Its annotations.
    pub annotations: Vec<Annotation>,
}

/// Why several files were not all saved.
#[derive(Debug, thiserror::Error)]
#[error("{error}{}", told(done, *left))]
pub struct TogetherError {
    /// What went wrong.
    #[source]
    pub error: StoreError,
    /// The files that were saved before that.
    pub done: Vec<PathBuf>,
    /// How many were not.
    pub left: usize,
}

fn told(done: &[PathBuf], left: usize) -> String {
    match done {
        [] => "\n  nothing was changed".to_owned(),
        done => {
            let names: Vec<String> = done.iter().map(|path| format!("\n    {}", path.display())).collect();
            format!(
                "\n  {left} files are as they were, these were changed already:{}\n  do the same again, and the others \
                 follow",
                names.concat()
            )
        }
    }
}

/// Saves files of annotations, each with the corrections that it has, and definitions of tags. The outcomes are in the
/// order of the files.
///
/// # Errors
///
/// Where one of them cannot be written. As long as the disk has room for all of them and lets them be written, nothing
/// has changed then; where it fails between the first and the last rename, the error tells what has.
pub fn save_together(
    files: &mut [Rewriting],
    tags: Option<(&mut TagsFile, &[TagDefinition])>,
) -> Result<Vec<SaveOutcome>, TogetherError> {
    save_together_to(&RealDisk, files, tags)
}

/// [`save_together`] to a given disk.
pub(super) fn save_together_to(
    disk: &dyn Disk,
    files: &mut [Rewriting],
    tags: Option<(&mut TagsFile, &[TagDefinition])>,
) -> Result<Vec<SaveOutcome>, TogetherError> {
    let count = files.len() + usize::from(tags.is_some());
    let untouched = |error| TogetherError { error, done: Vec::new(), left: count };
    let paths = files.iter().map(|one| one.file.path()).chain(tags.iter().map(|(file, _)| file.path()));
    let _locks = lock_all(disk, paths).map_err(untouched)?;
    let mut prepared = Vec::with_capacity(files.len());
    for Rewriting { file, annotations } in files.iter_mut() {
        let corrections = file.corrections().to_vec();
        prepared.push(file.prepare(disk, annotations, &corrections).map_err(untouched)?);
    }
    let prepared_tags = match tags {
        Some((file, definitions)) => {
            let prepared = file.prepare(disk, definitions).map_err(untouched)?;
            Some((file, prepared))
        }
        None => None,
    };
    let mut done: Vec<PathBuf> = Vec::new();
    let mut outcomes = Vec::with_capacity(prepared.len());
    for (Rewriting { file, .. }, prepared) in files.iter_mut().zip(prepared) {
        match file.commit(disk, prepared) {
            Ok(outcome) => {
                done.extend(outcome.written.then(|| file.path().to_path_buf()));
                outcomes.push(outcome);
            }
            Err(error) => return Err(TogetherError { error, left: count - outcomes.len(), done }),
        }
    }
    if let Some((file, prepared)) = prepared_tags {
        file.commit(disk, prepared).map_err(|error| TogetherError { error, done, left: 1 })?;
    }
    Ok(outcomes)
}

/// The locks of the folders that hold the files, each once.
fn lock_all<'a>(disk: &dyn Disk, paths: impl Iterator<Item = &'a Path>) -> Result<Vec<Lock>, StoreError> {
    let mut folders: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    for path in paths {
        let target = disk.target(path).map_err(|error| StoreError::io(path, error))?;
        folders.entry(target.parent().unwrap_or(Path::new("")).to_path_buf()).or_insert(path);
    }
    let lock = |(folder, path): (&PathBuf, &&Path)| {
        let locked = disk.create_folders(folder).and_then(|()| disk.lock(folder));
        locked.map_err(|error| StoreError::io(path, error))
    };
    folders.iter().map(lock).collect()
}
