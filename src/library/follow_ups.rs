//! The questions and follow-ups on many interviews.

use std::path::PathBuf;

use super::{Settings, Summary};
use crate::model::Annotation;
use crate::store::AnnotationsFile;

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
    for summary in interviews.iter().filter(|summary| summary.notes.count > 0) {
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
