//! JSON: the notes with all their fields, as one array.

use std::io::Write;

use serde::Serialize;

use super::{Document, ExportError, Exporter, PlacedNote, clock, print_json};
use crate::model::{Annotation, Place, Side, Spot};

/// One array of notes over all documents, each with
///
/// - the fields of the annotations file: `id`, `kind`, `at` (`turn` and `paragraph`, or `front`, or `back`, with
///   `start` and `end` in characters, `to` where it ends in another paragraph, `side` in a translation), `quote`,
///   `before`, `after`, `tags`, `status`, `due`, `note`, `reply_to`, `created`, `updated`, and `conflict` where two
///   writers differ;
/// - `interview` (its path), `title`, `annotator`, `speaker` (an id, as in the interview's JSON) and `speaker_name`,
///   `time`, `topic`, `state` (`anchored`, `moved` or `orphan`).
///
/// What is not known is null.
///
/// ```
/// use interleaf::export::{Exporter, Json};
///
/// let mut out = Vec::new();
/// Json.export(&[], &mut out)?;
/// assert_eq!(out, b"[]\n");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

impl Exporter for Json {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let notes: Vec<NoteObject<'_>> = documents
            .iter()
            .flat_map(|document| document.notes.iter().map(move |note| NoteObject::of(document, note)))
            .collect();
        print_json(&notes, out)
    }
}

/// A note as JSON and templates have it.
#[derive(Serialize)]
pub(super) struct NoteObject<'a> {
    #[serde(flatten)]
    annotation: AnnotationObject<'a>,
    interview: &'a str,
    title: &'a str,
    annotator: Option<&'a str>,
    speaker: Option<&'a str>,
    speaker_name: Option<&'a str>,
    time: Option<String>,
    topic: Option<&'a str>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    conflict: Option<ConflictObject<'a>>,
}

#[derive(Serialize)]
struct ConflictObject<'a> {
    theirs: Option<AnnotationObject<'a>>,
}

#[derive(Serialize)]
struct AnnotationObject<'a> {
    id: &'a str,
    kind: &'static str,
    at: At,
    quote: &'a str,
    before: &'a str,
    after: &'a str,
    tags: Vec<&'a str>,
    status: Option<&'static str>,
    due: Option<String>,
    note: &'a str,
    reply_to: Option<&'a str>,
    created: String,
    updated: String,
}

/// A place as annotations files write it; `to` where it ends in a later paragraph.
#[derive(Serialize)]
struct At {
    #[serde(flatten)]
    place: PlaceObject,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<PlaceObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PlaceObject {
    Front { front: u32 },
    Turn { turn: u32, paragraph: u32 },
    Back { back: u32 },
}

impl<'a> NoteObject<'a> {
    pub(super) fn of(document: &'a Document, note: &'a PlacedNote) -> Self {
        let topic = document.topic(note).and_then(|index| document.topics.get(index));
        let conflict = note.annotation.conflict.as_ref();
        Self {
            annotation: AnnotationObject::of(&note.annotation),
            interview: &document.path,
            title: document.title(),
            annotator: note.annotator.as_deref(),
            speaker: document.speaker(note).map(|speaker| speaker.id.as_str()),
            speaker_name: document.speaker(note).map(|speaker| speaker.name.as_str()),
            time: document.time(note).map(clock),
            topic: topic.map(|topic| topic.title.as_str()),
            state: note.resolution.name(),
            conflict: conflict
                .map(|conflict| ConflictObject { theirs: conflict.theirs.as_ref().map(AnnotationObject::of) }),
        }
    }
}

impl<'a> AnnotationObject<'a> {
    fn of(annotation: &'a Annotation) -> Self {
        let anchor = &annotation.anchor;
        Self {
            id: annotation.id.as_str(),
            kind: annotation.kind.name(),
            at: At::of(anchor.start, anchor.end, anchor.side),
            quote: &anchor.quote,
            before: &anchor.before,
            after: &anchor.after,
            tags: annotation.tags.iter().map(|tag| tag.as_str()).collect(),
            status: annotation.status.map(|status| status.name()),
            due: annotation.due.map(|due| due.to_string()),
            note: &annotation.note,
            reply_to: annotation.reply_to.as_ref().map(|id| id.as_str()),
            created: annotation.created.to_string(),
            updated: annotation.updated.to_string(),
        }
    }
}

impl At {
    fn of(start: Spot, end: Spot, side: Side) -> Self {
        Self {
            place: PlaceObject::of(start.place),
            start: start.character,
            end: end.character,
            to: (start.place != end.place).then(|| PlaceObject::of(end.place)),
            side: (side == Side::Translation).then_some("translation"),
        }
    }
}

impl PlaceObject {
    fn of(place: Place) -> Self {
        match place {
            Place::Front(front) => Self::Front { front },
            Place::Turn { turn, paragraph } => Self::Turn { turn, paragraph },
            Place::Back(back) => Self::Back { back },
        }
    }
}
