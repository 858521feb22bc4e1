//! Annotations made elsewhere: what other tools export, read and placed in an interview.
//!
//! Each keeps the words that it is on; by these, their surroundings and, where it can be trusted, their position it is
//! placed. What has no place is an orphan and kept. Ids are made from what a tool says of an annotation, so that the
//! same file taken in again has the same ids.

mod align;
mod clippings;
mod place;
mod readwise;
mod refi;
mod webannotation;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Annotation, AnnotationId, Interview, Kind, Status, Tag, TagDefinition};
use align::Alignment;

/// How much of an interview stands in a tool's copy of it, at least.
const SAME: f64 = 0.5;

/// What a file of another tool holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absorbed {
    /// Its annotations.
    pub annotations: Vec<Foreign>,
    /// What it says of tags.
    pub tags: Vec<TagDefinition>,
    /// How it was understood, and what of it was left out.
    pub remarks: Vec<String>,
}

/// An annotation as another tool tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// The tool's name for it; empty where it has none.
    pub id: String,
    /// What it is for.
    pub kind: Option<Kind>,
    /// The words that it is on.
    pub quote: String,
    /// The words before them.
    pub before: String,
    /// The words after them.
    pub after: String,
    /// The first character and the first after, in Unicode code points of the tool's text, which may be another.
    pub position: Option<(usize, usize)>,
    /// What was said about it.
    pub note: String,
    /// Labels.
    pub tags: Vec<Tag>,
    /// How far it has come.
    pub status: Option<Status>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was changed.
    pub updated: Option<Timestamp>,
    /// Titles, names and addresses of the document that it is on, as far as the tool tells.
    pub documents: Vec<String>,
    /// Who made it.
    pub annotator: Option<String>,
    /// The tool's name for the annotation that this one answers.
    pub reply_to: Option<String>,
    /// Where it stands in the tool's own copy of the document.
    pub copy: Option<Copy>,
}

/// A place in a tool's own copy of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The copy, shared by all annotations on it.
    pub text: Arc<str>,
    /// Bytes of it; empty for an annotation on the whole.
    pub range: Range<usize>,
}

/// Why a file cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum AbsorbError {
    /// It is in no format that is known.
    #[error(
        "this is no file of annotations that is known; give Web Annotation or Hypothesis JSON, a REFI-QDA project, \
         Readwise CSV, Kindle clippings, or a layer's YAML"
    )]
    Unknown,
    /// It is not in UTF-8.
    #[error("byte {0} is not UTF-8; save the file as UTF-8")]
    Encoding(usize),
    /// It is damaged.
    #[error("line {line}: {message}")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It is an archive that cannot be unpacked.
    #[error("this project is cut off or damaged ({0}); export it again")]
    Archive(String),
}

/// Reads a file of another tool: Web Annotation or Hypothesis JSON, a REFI-QDA project, Readwise CSV, Kindle clippings.
///
/// # Errors
///
/// Where it is none of them, or damaged.
///
/// ```
/// use interleaf::absorb;
/// use interleaf::model::InterviewBuilder;
/// use jiff::Timestamp;
///
/// let mut builder = InterviewBuilder::default();
/// builder.turn(None, None).paragraph("We never once lost the lamp.");
/// let interview = builder.build();
/// let file = absorb::read(b"Highlight,Title,Note\nonce lost the lamp,Lighthouses,Really?\n")?;
/// let notes = absorb::settle(&file.annotations, &interview, Timestamp::UNIX_EPOCH);
/// assert_eq!((notes[0].anchor.start.character, notes[0].note.as_str()), (9, "Really?"));
/// # Ok::<(), interleaf::absorb::AbsorbError>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Absorbed, AbsorbError> {
    if refi::is_archive(bytes) {
        return refi::read(bytes);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| AbsorbError::Encoding(error.valid_up_to()))?;
    let text = text.trim_start_matches('\u{feff}');
    let annotations = match text.trim_start().chars().next() {
        Some('{' | '[') => webannotation::read(text)?,
        _ if text.lines().any(|line| line.trim_end() == clippings::END) => clippings::read(text),
        _ => readwise::read(text)?,
    };
    Ok(Absorbed { annotations, ..Absorbed::default() })
}

/// Which of some annotations are about an interview that goes by `names`: its title, its path, its address.
///
/// Those whose document has one of the names, or a copy that has most of the interview's words. Where the file names
/// the interview nowhere, what has its words in it is taken for being about it, and what says nothing of a document.
pub fn about(foreign: &[Foreign], interview: &Interview, names: &[&str]) -> Vec<bool> {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let names: Vec<String> = names.iter().filter(|name| !name.trim().is_empty()).map(|name| plain(name)).collect();
    let mut alignments = Alignments::default();
    let is_named: Vec<bool> = foreign
        .iter()
        .map(|one| match &one.copy {
            Some(copy) => alignments.of(&copy.text, interview).share() >= SAME,
            None => one.documents.iter().any(|document| names.contains(&plain(document))),
        })
        .collect();
    let any_named = is_named.contains(&true);
    foreign
        .iter()
        .zip(is_named)
        .map(|(one, is_named)| {
            let stands_here = || place::span(one, interview, &mut Alignments::default()).is_some();
            is_named || one.documents.is_empty() || (!any_named && one.copy.is_none() && stands_here())
        })
        .collect()
}

/// The annotations in an interview: on the words where they stand, or orphans that keep what is known of them.
///
/// What answers another of them keeps to it, and to its words where it has none of its own.
pub fn settle(foreign: &[Foreign], interview: &Interview, now: Timestamp) -> Vec<Annotation> {
    let mut alignments = Alignments::default();
    let ids: HashMap<&str, AnnotationId> =
        foreign.iter().filter(|one| !one.id.is_empty()).map(|one| (one.id.as_str(), place::id(one))).collect();
    let by_id: HashMap<&str, &Foreign> = foreign.iter().map(|one| (one.id.as_str(), one)).collect();
    let settled = foreign.iter().map(|one| {
        let kind = one.kind.unwrap_or(if one.note.is_empty() { Kind::Highlight } else { Kind::Note });
        let created = one.created.unwrap_or(now);
        let parent = one.reply_to.as_deref().and_then(|id| by_id.get(id)).copied();
        let on = parent.filter(|_| one.quote.trim().is_empty()).unwrap_or(one);
        Annotation {
            id: place::id(one),
            kind,
            anchor: place::anchor(on, interview, &mut alignments),
            tags: one.tags.clone(),
            status: kind.has_status().then_some(one.status.unwrap_or_default()),
            due: None,
            note: one.note.clone(),
            reply_to: one.reply_to.as_deref().and_then(|id| ids.get(id)).cloned(),
            created,
            updated: one.updated.unwrap_or(created),
            conflict: None,
        }
    });
    settled.collect()
}

/// The copies that annotations are on, each laid beside the interview once.
#[derive(Default)]
struct Alignments(Vec<(Arc<str>, Alignment)>);

impl Alignments {
    fn of(&mut self, text: &Arc<str>, interview: &Interview) -> &Alignment {
        let known = self.0.iter().position(|(known, _)| Arc::ptr_eq(known, text));
        let index = known.unwrap_or_else(|| {
            self.0.push((Arc::clone(text), Alignment::of(text, interview)));
            self.0.len() - 1
        });
        &self.0[index].1
    }
}

/// A moment as tools write it: with an offset, or without one and then in Universal Time.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let timestamp = text.parse::<Timestamp>().ok().or_else(|| {
        let time = text.parse::<jiff::civil::DateTime>().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(time).ok()
    })?;
    Timestamp::from_second(timestamp.as_second()).ok()
}

/// Adds a tag that is not there yet.
fn add_tag(tags: &mut Vec<Tag>, name: &str) {
    if let Some(tag) = Tag::new(name).filter(|tag| !tags.contains(tag)) {
        tags.push(tag);
    }
}

#[cfg(test)]
mod tests;
