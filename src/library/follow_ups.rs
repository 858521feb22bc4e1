//! The questions and follow-ups on many interviews.

use std::path::PathBuf;

use jiff::Timestamp;

use super::{Settings, Summary};
use crate::model::{Annotation, Status};
use crate::store::{AnnotationsFile, StoreError};

/// A question or follow-up, and the interview that it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The interview's file.
    pub path: PathBuf,
    /// The interview's path from the notebook's root.
    pub name: String,
    /// The interview's title.
    pub title: String,
    /// The annotation.
    pub annotation: Annotation,
    /// Whose it is; `None` in a personal notebook.
    pub annotator: Option<String>,
}

/// The questions and follow-ups on some interviews, in the interviews' order and that of the text.
///
/// Only the files of annotations are read; what cannot be read is passed over.
pub fn follow_ups(interviews: &[Summary], settings: &Settings) -> Vec<FollowUp> {
    let mut found = Vec::new();
    // What the summaries say of notes may be older than the files: somebody may have just come back from one.
    for summary in interviews {
        for layer in settings.notebook_of(&summary.path).layers(&summary.path) {
            let Ok(file) = AnnotationsFile::load(&layer.path) else { continue };
            let annotations = file.annotations().iter().filter(|annotation| annotation.kind.has_status());
            found.extend(annotations.map(|annotation| FollowUp {
                path: summary.path.clone(),
                name: summary.name.clone(),
                title: summary.about.title.clone(),
                annotation: annotation.clone(),
                annotator: layer.annotator.clone(),
            }));
        }
    }
    found
}

/// Why a status could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum StatusError {
    /// The note is somebody else's.
    #[error("this is another annotator's, which is read-only here")]
    NotOwn,
    /// The note is gone.
    #[error("the note is not there any more; look again")]
    Gone,
    /// The file of annotations cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the status of a question or follow-up in its file; gives it back as it is now.
///
/// # Errors
///
/// Where it is not the reader's own, is gone, or its file cannot be read or written.
pub fn set_status(
    follow_up: &FollowUp,
    status: Status,
    now: Timestamp,
    settings: &Settings,
) -> Result<FollowUp, StatusError> {
    if follow_up.annotator != settings.annotator {
        return Err(StatusError::NotOwn);
    }
    let layers = settings.notebook_of(&follow_up.path).layers(&follow_up.path);
    let layer = layers.into_iter().find(|layer| layer.annotator == follow_up.annotator).ok_or(StatusError::Gone)?;
    let mut file = AnnotationsFile::load(&layer.path)?;
    let mut annotations = file.annotations().to_vec();
    let id = &follow_up.annotation.id;
    let annotation = annotations.iter_mut().find(|annotation| annotation.id == *id).ok_or(StatusError::Gone)?;
    annotation.status = Some(status);
    annotation.updated = now;
    let changed = annotation.clone();
    let corrections = file.corrections().to_vec();
    file.save(&annotations, &corrections)?;
    Ok(FollowUp { annotation: changed, ..follow_up.clone() })
}
