//! Annotations made elsewhere: what other tools export, read and placed in an interview.
//!
//! Each keeps the words that it is on; by these, their surroundings and, where it can be trusted, their position it is
//! placed. What has no place is an orphan and kept. Ids are made from what a tool says of an annotation, so that the
//! same file taken in again has the same ids.

mod clippings;
mod place;
mod readwise;
mod webannotation;

use jiff::Timestamp;

use crate::model::{Annotation, Interview, Kind, Status, Tag};

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
}

/// Why a file cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum AbsorbError {
    /// It is in no format that is known.
    #[error(
        "this is no file of annotations that is known; give Web Annotation or Hypothesis JSON, Readwise CSV, Kindle \
         clippings, or a layer's YAML"
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
}

/// The annotations in a file of another tool: Web Annotation or Hypothesis JSON, Readwise CSV, Kindle clippings.
///
/// # Errors
///
/// Where it is none of them, or damaged.
pub fn read(bytes: &[u8]) -> Result<Vec<Foreign>, AbsorbError> {
    let text = std::str::from_utf8(bytes).map_err(|error| AbsorbError::Encoding(error.valid_up_to()))?;
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        Some('{' | '[') => webannotation::read(text),
        _ if text.lines().any(|line| line.trim_end() == clippings::END) => Ok(clippings::read(text)),
        _ => readwise::read(text),
    }
}

/// The annotation in an interview: on the words where they stand, or an orphan that keeps what is known of them.
pub fn settle(foreign: &Foreign, interview: &Interview, now: Timestamp) -> Annotation {
    let kind = foreign.kind.unwrap_or(if foreign.note.is_empty() { Kind::Highlight } else { Kind::Note });
    let created = foreign.created.unwrap_or(now);
    Annotation {
        id: place::id(foreign),
        kind,
        anchor: place::anchor(foreign, interview),
        tags: foreign.tags.clone(),
        status: kind.has_status().then_some(foreign.status.unwrap_or_default()),
        due: None,
        note: foreign.note.clone(),
        reply_to: None,
        created,
        updated: foreign.updated.unwrap_or(created),
        conflict: None,
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
