//! What a list of interviews says of each.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::exported;
use crate::import::{self, ImportError};
use crate::model::{Annotation, Interview, Role, Status};
use crate::store::AnnotationsFile;
use crate::text::word_count;

/// What a list of interviews says of one of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The file.
    pub path: PathBuf,
    /// The path from the notebook's root, with `/` between folders.
    pub name: String,
    /// What was found in the file.
    pub about: About,
    /// What was found in the notebook.
    pub notes: Notes,
}

/// What an interview's file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The title, or the file's name where there is none.
    pub title: String,
    /// The names of those who talk, guests first; of a long document those at its beginning.
    pub speakers: Vec<String>,
    /// When the interview was held or published, as the document writes it.
    pub date: Option<String>,
    /// BCP 47 tag of the language.
    pub language: Option<String>,
    /// How many words; of a long document as its beginning lets one expect.
    pub words: u64,
    /// Whether `words` is such an expectation.
    pub is_estimate: bool,
    /// Why the file cannot be read, though it seems to be an interview.
    pub fault: Option<String>,
}

/// What an interview's files of annotations say, all layers together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// How many annotations.
    pub count: u32,
    /// How many questions and follow-ups that are neither answered nor dropped.
    pub pending: u32,
    /// Files that cannot be read.
    pub broken: u32,
}

/// Bytes of a document's beginning by which a long one is told.
const HEAD: usize = 24 << 10;

/// Bytes of it that do where several people are heard in them; most interviews begin with no more than a few words.
const GLANCE: usize = 8 << 10;

/// Turns within these bytes that tell a talk.
const TURNS: usize = 6;

/// Bytes of the longest document that is read whole although only its beginning is wanted.
const WHOLE: u64 = 8 << 20;

/// Words of the shortest text without speakers that is taken for an interview.
const PROSE: usize = 300;

/// What the file says; `None` where it is no interview.
pub(super) fn about(path: &Path, size: u64) -> Option<About> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let broken = |error: &dyn std::fmt::Display| {
        Some(About { title: stem(path), fault: Some(error.to_string()), ..About::default() })
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return broken(&error),
    };
    let mut bytes = Vec::new();
    let mut read_to = |limit: usize, bytes: &mut Vec<u8>| {
        let wanted = limit.saturating_sub(bytes.len()) as u64;
        Read::by_ref(&mut file).take(wanted).read_to_end(bytes)
    };
    let is_short = size <= 2 * HEAD as u64;
    if let Err(error) = read_to(GLANCE, &mut bytes) {
        return broken(&error);
    }
    if exported::begins_so(&bytes) {
        return None;
    }
    let is_native = starts_natively(&bytes);
    let is_cut = !is_archive(&bytes) && can_be_cut(&extension) && !is_native;
    if is_cut && size > 2 * GLANCE as u64 {
        let glance = beginning(path, &extension, &name, &bytes, size);
        if let Some((about, _)) = glance.filter(|(_, turns)| *turns >= TURNS) {
            return Some(about);
        }
    }
    if !is_short && is_cut {
        if let Err(error) = read_to(HEAD, &mut bytes) {
            return broken(&error);
        }
        return beginning(path, &extension, &name, &bytes, size).map(|(about, _)| about);
    }
    if !is_short && size > WHOLE {
        return Some(About { title: stem(path), is_estimate: true, words: size / 6, ..About::default() });
    }
    if let Err(error) = read_to(usize::MAX, &mut bytes) {
        return broken(&error);
    }
    match import::read(bytes, &name, &import::Options::default()) {
        Ok(imported) => summarise(path, &extension, &imported),
        Err(error @ ImportError::Malformed { .. }) if is_native => broken(&error),
        Err(_) => None,
    }
}

/// What the first `bytes` of a file of `size` bytes say, and in how many turns if several people are heard in them.
fn beginning(path: &Path, extension: &str, name: &str, bytes: &[u8], size: u64) -> Option<(About, usize)> {
    let cut = memchr::memrchr(b'\n', bytes).filter(|at| *at > bytes.len() / 2);
    let bytes = bytes.get(..cut.unwrap_or(bytes.len())).unwrap_or_default();
    let read = bytes.len().max(1) as u64;
    let imported = import::read(bytes.to_vec(), name, &import::Options::default()).ok()?;
    let mut about = summarise(path, extension, &imported)?;
    about.words = about.words * size / read;
    about.is_estimate = true;
    let several = imported.interview.speakers.len() > 1;
    Some((about, if several { imported.interview.turns().len() } else { 0 }))
}

/// What is said of a file that does not look like an interview.
pub(super) fn unlikely(path: &Path) -> About {
    About { title: stem(path), ..About::default() }
}

/// Whether what was understood of a file of that extension is an interview, and not some other document.
pub(super) fn is_interview(extension: &str, interview: &Interview, format: &str) -> bool {
    if !matches!(format, "text" | "markdown" | "html" | "docx") {
        return !interview.turns().is_empty();
    }
    let is_data = matches!(extension, "json" | "yaml" | "yml" | "xml" | "csv" | "tsv" | "tab");
    let is_talk = interview.speakers.len() > 1 && interview.turns().len() > 2;
    !is_data && (is_talk || words_of(interview) >= PROSE) && !exported::reads_so(interview)
}

fn words_of(interview: &Interview) -> usize {
    interview.paragraphs().map(|paragraph| words_in(interview.paragraph(paragraph))).sum()
}

fn summarise(path: &Path, extension: &str, imported: &import::Imported) -> Option<About> {
    let interview = &imported.interview;
    is_interview(extension, interview, imported.report.format.as_str()).then(|| {
        let title = interview.metadata.title.trim();
        About {
            title: if title.is_empty() { stem(path) } else { title.to_owned() },
            speakers: speakers(interview),
            date: interview.metadata.date.clone(),
            language: interview.metadata.language.clone(),
            words: words_of(interview) as u64,
            is_estimate: false,
            fault: None,
        }
    })
}

/// Words, quickly where the text is ASCII.
fn words_in(text: &str) -> usize {
    if text.is_ascii() { text.split_ascii_whitespace().count() } else { word_count(text) }
}

fn speakers(interview: &Interview) -> Vec<String> {
    let rank = |role: Role| match role {
        Role::Guest => 0,
        Role::Other => 1,
        Role::Interviewer => 2,
    };
    let mut speakers: Vec<_> = interview.speakers.iter().collect();
    speakers.sort_by_key(|speaker| rank(speaker.role));
    speakers.into_iter().map(|speaker| speaker.name.clone()).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn starts_natively(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    String::from_utf8_lossy(head).lines().any(|line| line.trim_start_matches('\u{FEFF}').starts_with("interleaf:"))
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether a beginning of such a file can be understood by itself.
fn can_be_cut(extension: &str) -> bool {
    matches!(
        extension,
        "txt" | "text" | "md" | "markdown" | "mdown" | "srt" | "vtt" | "csv" | "tsv" | "tab" | "cha" | "html" | "htm"
    )
}

/// The notes of some files of annotations.
pub(super) fn notes<'a>(files: impl IntoIterator<Item = &'a Path>) -> Notes {
    let mut notes = Notes::default();
    for file in files {
        match AnnotationsFile::load(file) {
            Ok(file) => {
                notes.count += file.annotations().len() as u32;
                notes.pending += file.annotations().iter().filter(|annotation| is_pending(annotation)).count() as u32;
            }
            Err(_) => notes.broken += 1,
        }
    }
    notes
}

/// Whether an annotation is work that is not done.
pub fn is_pending(annotation: &Annotation) -> bool {
    annotation.kind.has_status() && matches!(annotation.status.unwrap_or_default(), Status::Open | Status::Asked)
}
