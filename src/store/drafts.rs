//! What stands in the open note editor, kept so that it survives the program.
//!
//! A draft is written every few seconds and when the program is told to end, removed when the note is saved or thrown
//! away, and offered when its interview is opened again.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::MapAccess;

use super::disk::{Disk, RealDisk};
use super::fault::StoreError;
use super::schema::{KEYS, RawAnnotation, Word, value_of};
use super::state::{absolute, name_for, state_folder, write};
use super::yaml_in::{self, Fields, Text, Unknown, read_as_mapping};
use super::yaml_out::{self, Within};
use crate::model::{Annotation, AnnotationId};

/// The version line of a draft.
const DRAFT: &str = "draft/1";

/// A note that was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The annotation with the words as they stood in the editor.
    pub annotation: Annotation,
    /// When it was kept.
    pub saved: Timestamp,
    /// Whether the program that wrote it is still running, so that the note is open there.
    pub is_open_elsewhere: bool,
}

impl Draft {
    /// Whether its words are saved, and more perhaps, because the program ended between the save and the removal of the
    /// draft.
    pub fn is_saved_in(&self, annotations: &[Annotation]) -> bool {
        let saved = annotations.iter().find(|saved| saved.id == self.annotation.id);
        saved.is_some_and(|saved| saved.note.starts_with(self.annotation.note.trim_end()))
    }
}

/// The drafts of all interviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// Those of this user; `None` where the system names no folder for them.
    pub fn of_user() -> Option<Self> {
        Some(Self::at(state_folder()?.join("drafts")))
    }

    /// Those in a folder, which need not exist.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps the words of an open editor, in place of the draft that the annotation had.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn keep(&self, interview: &Path, annotation: &Annotation) -> Result<(), StoreError> {
        self.keep_on(&RealDisk, interview, annotation)
    }

    pub(super) fn keep_on(&self, disk: &dyn Disk, interview: &Path, annotation: &Annotation) -> Result<(), StoreError> {
        let scalar = |text: &str| yaml_out::scalar(text, Within::Block);
        let mut text = format!("interleaf: {DRAFT}\ninterview: {}\n", scalar(&absolute(interview).to_string_lossy()));
        text.push_str(&format!("saved: {}\n", scalar(&Timestamp::now().to_string())));
        text.push_str(&format!("process: {}\nannotation:\n", std::process::id()));
        for key in KEYS {
            if let Some(value) = value_of(annotation, key) {
                text.push_str(&format!("  {key}:{}\n", value.render(4, "\n")));
            }
        }
        write(disk, &self.path(interview, &annotation.id), &text)
    }

    /// Removes an annotation's draft, where there is one.
    ///
    /// # Errors
    ///
    /// Where it cannot be removed.
    pub fn remove(&self, interview: &Path, id: &AnnotationId) -> Result<(), StoreError> {
        let path = self.path(interview, id);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(&path, error)),
            _ => {
                // The interview's folder goes with its last draft; one that holds more stays.
                let _ = path.parent().map(fs::remove_dir);
                Ok(())
            }
        }
    }

    /// An interview's drafts, the last first. A file that cannot be read is left where it is.
    pub fn of(&self, interview: &Path) -> Vec<Draft> {
        let entries = fs::read_dir(self.folder.join(name_for(interview))).into_iter().flatten().flatten();
        let paths =
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "yaml"));
        let mut drafts: Vec<Draft> = paths.filter_map(|path| read(&path)).collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.saved));
        drafts
    }

    fn path(&self, interview: &Path, id: &AnnotationId) -> PathBuf {
        let is_simple = id.as_str().len() <= 40 && id.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let name = match is_simple {
            true => id.to_string(),
            false => format!("id-{:016x}", super::hash(id.as_str().as_bytes())),
        };
        self.folder.join(name_for(interview)).join(format!("{name}.yaml"))
    }
}

fn read(path: &Path) -> Option<Draft> {
    let bytes = fs::read(path).ok()?;
    let raw: RawDraft = yaml_in::parse(yaml_in::decode(&bytes).ok()?).ok()?;
    let id = raw.annotation.id()?.clone();
    (raw.version.as_deref() == Some(DRAFT)).then(|| Draft {
        annotation: raw.annotation.into_model(id),
        saved: raw.saved.unwrap_or(Timestamp::UNIX_EPOCH),
        is_open_elsewhere: raw.process.is_some_and(runs_elsewhere),
    })
}

/// Whether a process other than this one is running this program. Where the system does not tell, none is: a draft
/// that is offered once too often is better than one that is never offered.
fn runs_elsewhere(process: u32) -> bool {
    let name = |process: &str| fs::read_to_string(format!("/proc/{process}/comm")).ok();
    // A process that has ended keeps its name until it is collected, but not its command line.
    let has_ended = || fs::read(format!("/proc/{process}/cmdline")).is_ok_and(|line| line.is_empty());
    process != std::process::id()
        && name(&process.to_string()).is_some_and(|other| Some(other) == name("self"))
        && !has_ended()
}

#[derive(Default)]
struct RawDraft {
    version: Option<String>,
    saved: Option<Timestamp>,
    process: Option<u32>,
    annotation: RawAnnotation,
}

impl Fields for RawDraft {
    const WHAT: &'static str = "a draft";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "interleaf" => self.version = Some(map.next_value::<Text>()?.0),
            "saved" => self.saved = Some(map.next_value::<Word<Timestamp>>()?.0),
            "process" => self.process = map.next_value()?,
            "annotation" => self.annotation = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

read_as_mapping!(RawDraft);

#[cfg(test)]
mod tests {
    use super::super::tests::annotation;
    use super::*;

    #[test]
    fn drafts_are_kept_by_interview_and_annotation() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::at(folder.path().join("drafts"));
        let (one, two) = (folder.path().join("x.txt"), folder.path().join("y.txt"));
        assert!(drafts.of(&one).is_empty());
        let mut note = annotation("A", 1);
        note.note = "half a tho\n\n- ".to_owned();
        drafts.keep(&one, &annotation("A", 1)).unwrap();
        drafts.keep(&one, &note).unwrap();
        drafts.keep(&one, &annotation("../../b", 2)).unwrap();
        assert_eq!(
            drafts.of(&one).iter().map(|draft| draft.annotation.id.as_str()).collect::<Vec<_>>(),
            ["../../b", "A"]
        );
        assert_eq!(drafts.of(&one)[1].annotation, note);
        assert!(!drafts.of(&one)[1].is_open_elsewhere);
        let saved_as = |words: &str| Annotation { note: words.to_owned(), ..note.clone() };
        assert!(drafts.of(&one)[1].is_saved_in(&[saved_as("half a tho\n\n- and more")]));
        assert!(!drafts.of(&one)[1].is_saved_in(&[saved_as("half a"), annotation("B", 1)]));
        assert!(drafts.of(&two).is_empty());
        drafts.remove(&one, &note.id).unwrap();
        drafts.remove(&one, &note.id).unwrap();
        assert_eq!(drafts.of(&one).len(), 1);
    }
}
