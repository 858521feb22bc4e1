//! Annotations that a command makes, kept in the reader's files.

use anyhow::{Result, bail};
use interleaf::library::{Opened, Own};
use interleaf::model::Annotation;
use interleaf::store::{AnnotationsFile, Header};

/// Adds annotations to the reader's own layer of an interview.
pub(crate) fn in_own_layer(opened: &mut Opened, new: Vec<Annotation>) -> Result<()> {
    match &mut opened.own {
        Own::ReadOnly { error, .. } => bail!("{error}"),
        Own::File(file) => add(file, new),
    }
}

/// Adds annotations to somebody's layer of an interview.
pub(crate) fn in_layer(opened: &Opened, annotator: &str, new: Vec<Annotation>) -> Result<()> {
    let path = opened.notebook.annotations_path(&opened.path, Some(annotator));
    let mut file = AnnotationsFile::load(&path)?;
    if !file.exists() {
        file = file.with_header(Header {
            interview: opened.name.clone(),
            title: opened.interview.metadata.title.clone(),
            annotator: Some(annotator.to_owned()),
        });
    }
    add(&mut file, new)
}

/// Adds annotations among the others in the order of the text.
fn add(file: &mut AnnotationsFile, new: Vec<Annotation>) -> Result<()> {
    let mut annotations = file.annotations().to_vec();
    let corrections = file.corrections().to_vec();
    for annotation in new {
        let at = annotations.partition_point(|other| other.anchor.start <= annotation.anchor.start);
        annotations.insert(at, annotation);
    }
    file.save(&annotations, &corrections)?;
    Ok(())
}
