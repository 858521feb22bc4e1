//! A search over the texts and notes of many interviews.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::scan::Progress;
use super::sieve::Sieve;
use super::walk::{AnnotationFiles, Candidate, candidates};
use super::{Opened, Settings, Source, Texts, parallel, summary};
use crate::export::PlacedNote;
use crate::model::{Interview, Span, Timecode, TurnIndex};
use crate::search::{Query, QueryError, split_speaker};

/// What to look for in many interviews, and where.
#[derive(Clone, Debug)]
pub struct Sought {
    query: Query,
    /// Lets through only files that may hold the query's words; `None` where nothing can be told beforehand.
    sieve: Option<Sieve>,
    /// Whether to look in what was said.
    pub in_text: bool,
    /// Whether to look in notes, their quotes and their tags.
    pub in_notes: bool,
    /// Characters of an excerpt before and after its hit.
    pub around: usize,
}

/// What was found in an interview.
#[derive(Clone, Debug)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// The path from the notebook's root, with `/` between folders.
    pub name: String,
    /// The interview's title; empty where it has none.
    pub title: String,
    /// What was found in the text, in its order.
    pub hits: Vec<TextHit>,
    /// The notes with a hit, in the order of the text.
    pub notes: Vec<PlacedNote>,
}

/// A hit in what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHit {
    /// Where.
    pub span: Span,
    /// The turn; `None` in front and back matter.
    pub turn: Option<TurnIndex>,
    /// The speaker's name.
    pub speaker: Option<String>,
    /// The speaker's id.
    pub speaker_id: Option<String>,
    /// The last moment of the recording that is known at or before the hit.
    pub time: Option<Timecode>,
    /// The words around the hit, on one line.
    pub excerpt: String,
    /// The hit in `excerpt`.
    pub marked: Range<usize>,
}

/// Characters of an excerpt before and after its hit, where nothing else is asked for.
const AROUND: usize = 60;

impl Sought {
    /// What a reader typed: see [`Query::parse`]. Looks in texts and notes.
    ///
    /// # Errors
    ///
    /// Where `input` is to be a regular expression and is none.
    pub fn parse(input: &str, regex: bool) -> Result<Self, QueryError> {
        let query = Query::parse(input, regex)?;
        let (_, words) = split_speaker(input);
        let sieve = if regex { Sieve::of_pattern(words) } else { Sieve::of(words) };
        Ok(Self { query, sieve, in_text: true, in_notes: true, around: AROUND })
    }

    /// Looks through the interviews `files`. Calls `found` from several threads with each that has a hit, in no order,
    /// and with how far the search has come; ends early when `cancel` is set. Files that cannot be read are passed
    /// over; what is read is kept in `texts`.
    pub fn search(
        &self,
        files: &[PathBuf],
        settings: &Settings,
        texts: &Texts,
        cancel: &AtomicBool,
        found: &(dyn Fn(Option<Found>, Progress) + Sync),
    ) {
        let done = AtomicUsize::new(0);
        parallel::each(files.len(), cancel, &|index| {
            let hit = files.get(index).and_then(|file| self.search_file_in(file, settings, texts));
            found(hit, Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total: files.len() });
        });
    }

    /// Looks through one interview; `None` where nothing is found or the file cannot be read.
    pub fn search_file(&self, path: &Path, settings: &Settings) -> Option<Found> {
        self.search_file_in(path, settings, &Texts::default())
    }

    fn search_file_in(&self, path: &Path, settings: &Settings, texts: &Texts) -> Option<Found> {
        if self.query.is_empty() {
            return None;
        }
        let text = texts.text(path, settings)?;
        let may_be_said = self.in_text && self.may_be_in(path, &text.bytes);
        if !(may_be_said || self.in_notes && text.has_notes) {
            return None;
        }
        self.found_in(&*text.opened(path, settings)?, may_be_said)
    }

    /// Looks through the interviews below `folder`, as [`search`](Self::search) does, without asking first which files
    /// are interviews: only those that hold the words are understood.
    pub fn search_folder(
        &self,
        folder: &Path,
        settings: &Settings,
        cancel: &AtomicBool,
        found: &(dyn Fn(Option<Found>, Progress) + Sync),
    ) {
        let files = candidates(folder, settings, cancel);
        let annotations = if self.in_notes { AnnotationFiles::of(&files) } else { AnnotationFiles::default() };
        let done = AtomicUsize::new(0);
        parallel::each(files.len(), cancel, &|index| {
            let hit = files.get(index).and_then(|file| self.search_candidate(file, settings, &annotations));
            found(hit, Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total: files.len() });
        });
    }

    fn search_candidate(&self, file: &Candidate, settings: &Settings, annotations: &AnnotationFiles) -> Option<Found> {
        if self.query.is_empty() {
            return None;
        }
        let bytes = fs::read(&file.path).ok()?;
        let may_be_said = self.in_text && self.may_be_in(&file.path, &bytes);
        let has_notes = !annotations.layers(file).is_empty();
        if !(may_be_said || has_notes) {
            return None;
        }
        let source = Source::from_bytes(bytes, &file.path, &settings.import).ok()?;
        let opened = source.open_without_topics(settings);
        let found = self.found_in(&opened, may_be_said)?;
        // Whoever annotated a file took it for an interview, whatever it looks like.
        let is_wanted =
            has_notes || summary::is_interview(&extension_of(&file.path), &opened.base, opened.report.format.as_str());
        is_wanted.then_some(found)
    }

    fn found_in(&self, opened: &Opened, may_be_said: bool) -> Option<Found> {
        let interview = &opened.interview;
        let spans = if may_be_said { self.query.find_all(interview) } else { Vec::new() };
        let hits: Vec<TextHit> = spans.into_iter().map(|span| TextHit::of(interview, span, self.around)).collect();
        let mut notes = opened.notes.clone();
        notes.retain(|note| self.in_notes && self.is_in_note(note));
        let nothing = hits.is_empty() && notes.is_empty();
        (!nothing).then(|| Found {
            path: opened.path.clone(),
            name: opened.name.clone(),
            title: opened.interview.metadata.title.clone(),
            hits,
            notes,
        })
    }

    fn is_in_note(&self, note: &PlacedNote) -> bool {
        let annotation = &note.annotation;
        self.query.is_in(&annotation.note)
            || self.query.is_in(&annotation.anchor.quote)
            || annotation.tags.iter().any(|tag| self.query.is_in(tag.as_str()))
    }

    fn may_be_in(&self, path: &Path, bytes: &[u8]) -> bool {
        self.sieve.as_ref().is_none_or(|sieve| sieve.lets_through(&extension_of(path), bytes))
    }
}

fn extension_of(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

impl TextHit {
    fn of(interview: &Interview, span: Span, around: usize) -> Self {
        let at = span.start.paragraph;
        let paragraph = interview.paragraph(at);
        let start = (span.start.offset as usize).min(paragraph.len());
        let end = if span.end.paragraph == at { span.end.offset as usize } else { paragraph.len() };
        let hit = paragraph.get(start..end.max(start)).unwrap_or_default();
        let (before, after) = (&paragraph[..start], &paragraph[start + hit.len()..]);
        let from = before.char_indices().rev().nth(around).map_or(0, |(at, _)| word_after(before, at));
        let to = after.char_indices().nth(around).map_or(after.len(), |(at, _)| word_before(after, at));
        let mut excerpt = if from > 0 { "…".to_owned() } else { String::new() };
        excerpt.push_str(&before[from..]);
        let marked = excerpt.len()..excerpt.len() + hit.len();
        excerpt.push_str(hit);
        excerpt.push_str(&after[..to]);
        if to < after.len() {
            excerpt.push('…');
        }
        let original = interview.original_of(at).unwrap_or(at);
        let speaker = interview.speaker_of(at).and_then(|index| interview.speaker(index));
        Self {
            span,
            turn: interview.turn_of(at),
            speaker: speaker.map(|speaker| speaker.name.clone()),
            speaker_id: speaker.map(|speaker| speaker.id.clone()),
            time: interview.time_before(original),
            excerpt,
            marked,
        }
    }
}

/// The start of the first word of `text` from byte `at` on.
fn word_after(text: &str, at: usize) -> usize {
    text[at..].find(' ').map_or(at, |blank| at + blank + 1)
}

/// The end of the last word of `text` before byte `at`.
fn word_before(text: &str, at: usize) -> usize {
    text[..at].rfind(' ').unwrap_or(at)
}
