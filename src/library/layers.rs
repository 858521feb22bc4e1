//! The layers of an interview: the reader's own file of annotations and those of others.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::anchor;
use crate::export::PlacedNote;
use crate::model::{Annotation, Correction, Interview};
use crate::store::{AnnotationsFile, Fault, Header, Layer, StoreError};

/// The reader's own layer.
#[derive(Clone, Debug)]
pub enum Own {
    /// The file, which need not exist yet.
    File(Box<AnnotationsFile>),
    /// The file cannot be read or understood, so it is never written over.
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: Arc<StoreError>,
    },
}

impl Own {
    /// Reads the file `path`; `header` is for one that is to be made.
    pub(super) fn load(path: &Path, header: Header) -> Self {
        match AnnotationsFile::load(path) {
            Ok(file) if file.exists() => Own::File(Box::new(file)),
            Ok(file) => Own::File(Box::new(file.with_header(header))),
            Err(error) => Own::ReadOnly { path: path.to_path_buf(), error: Arc::new(error) },
        }
    }

    /// Where the file is, or will be.
    pub fn path(&self) -> &Path {
        match self {
            Own::File(file) => file.path(),
            Own::ReadOnly { path, .. } => path,
        }
    }

    /// The reader's annotations, in the file's order.
    pub fn annotations(&self) -> &[Annotation] {
        match self {
            Own::File(file) => file.annotations(),
            Own::ReadOnly { .. } => &[],
        }
    }

    /// The reader's corrections, in the file's order.
    pub fn corrections(&self) -> &[Correction] {
        match self {
            Own::File(file) => file.corrections(),
            Own::ReadOnly { .. } => &[],
        }
    }

    /// Whose layer the file says that it is.
    pub fn annotator(&self) -> Option<&str> {
        match self {
            Own::File(file) => file.header().annotator.as_deref(),
            Own::ReadOnly { .. } => None,
        }
    }
}

/// Another annotator's layer.
#[derive(Clone, Debug)]
pub struct Others {
    /// Whose it is; `None` for the notebook's personal file.
    pub annotator: Option<String>,
    /// Its file.
    pub path: PathBuf,
    /// What it holds, in the file's order.
    pub annotations: Vec<Annotation>,
    /// What is odd about it, though it can be understood.
    pub warnings: Vec<Fault>,
    /// Why it could not be read.
    pub fault: Option<Arc<StoreError>>,
}

impl Others {
    pub(super) fn load(layer: Layer) -> Self {
        let Layer { annotator, path } = layer;
        match AnnotationsFile::load(&path) {
            Ok(file) => {
                let (annotations, warnings) = (file.annotations().to_vec(), file.warnings().to_vec());
                Self { annotator, path, annotations, warnings, fault: None }
            }
            Err(error) => {
                let fault = Some(Arc::new(error));
                Self { annotator, path, annotations: Vec::new(), warnings: Vec::new(), fault }
            }
        }
    }
}

/// Where the annotations of one layer stand today.
pub fn place(interview: &Interview, annotations: &[Annotation], annotator: Option<&str>) -> Vec<PlacedNote> {
    let places = anchor::resolve_all(interview, annotations.iter().map(|annotation| &annotation.anchor));
    annotations
        .iter()
        .zip(places)
        .map(|(annotation, resolution)| PlacedNote {
            annotation: annotation.clone(),
            annotator: annotator.map(str::to_owned),
            resolution,
        })
        .collect()
}
