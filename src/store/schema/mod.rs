//! The shapes of `annotations/1` and `tags/1` files, as read and as written.
//!
//! A place is `{turn: 6, paragraph: 2, start: 41, end: 97}`, in front and back matter `{front: 1, start: 0, end: 10}`
//! and `{back: 0, …}`. Where the stretch ends in a later paragraph, `to: {turn: 6, paragraph: 3}` names it and `end`
//! counts there. `side: translation` is the translation of the same place. Counting starts from 0; `start` and `end`
//! are characters (Unicode scalar values), end exclusive.

mod correction;
mod place;
mod quick;
mod words;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::MapAccess;

use super::yaml_in::{Fields, Text, Texts, Unknown, read_as_mapping};
use super::yaml_out::{self, Value, Within};
use crate::model::{Anchor, Annotation, AnnotationId, Conflict, Kind, Place, Spot, Status, Tag};

pub(super) use self::correction::{RawCorrection, correction};
pub(super) use self::place::RawAt;
use self::place::at;
pub(super) use self::quick::{
    annotation as quick_annotation, block_scalar as quick_scalar, literal as quick_literal, number as quick_number,
};
pub(super) use self::words::{Word, Words};

/// The version line of a file of annotations.
pub(super) const ANNOTATIONS: &str = "annotations/1";

/// A file of annotations.
#[derive(Debug, Default)]
pub(super) struct RawFile {
    pub(super) version: Option<String>,
    pub(super) interview: Option<String>,
    pub(super) title: Option<String>,
    pub(super) annotator: Option<String>,
    pub(super) corrections: Vec<RawCorrection>,
    pub(super) annotations: Vec<RawAnnotation>,
    pub(super) unknown: Vec<Unknown>,
}

impl Fields for RawFile {
    const WHAT: &'static str = "a file of annotations";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let text = |value: Option<Text>| value.map(|text| text.0);
        match key {
            "interleaf" => self.version = text(map.next_value()?),
            "interview" => self.interview = text(map.next_value()?),
            "title" => self.title = text(map.next_value()?),
            "annotator" => self.annotator = text(map.next_value()?),
            "corrections" => self.corrections = map.next_value::<Option<_>>()?.unwrap_or_default(),
            "annotations" => self.annotations = map.next_value::<Option<_>>()?.unwrap_or_default(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, unknown: Unknown) {
        self.unknown.push(unknown);
    }
}

/// An annotation with what is left out left out.
#[derive(Debug, Default)]
pub(super) struct RawAnnotation {
    id: Option<AnnotationId>,
    kind: Option<Kind>,
    at: Option<RawAt>,
    quote: String,
    before: String,
    after: String,
    tags: Vec<Tag>,
    status: Option<Status>,
    due: Option<Date>,
    note: String,
    reply_to: Option<AnnotationId>,
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
    conflict: Option<Box<RawConflict>>,
    pub(super) unknown: Vec<Unknown>,
}

impl Fields for RawAnnotation {
    const WHAT: &'static str = "an annotation";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "id" => self.id = map.next_value::<Option<Text>>()?.and_then(|id| AnnotationId::new(&id.0)),
            "kind" => self.kind = map.next_value::<Option<Word<Kind>>>()?.map(|word| word.0),
            "at" => self.at = map.next_value()?,
            "quote" => self.quote = map.next_value::<Text>()?.0,
            "before" => self.before = map.next_value::<Text>()?.0,
            "after" => self.after = map.next_value::<Text>()?.0,
            "tags" => {
                for tag in map.next_value::<Texts>()?.texts.iter().flatten().filter_map(|tag| Tag::new(tag)) {
                    if !self.tags.contains(&tag) {
                        self.tags.push(tag);
                    }
                }
            }
            "status" => self.status = map.next_value::<Option<Word<Status>>>()?.map(|word| word.0),
            "due" => self.due = map.next_value::<Option<Word<Date>>>()?.map(|word| word.0),
            "note" => self.note = map.next_value::<Option<Text>>()?.unwrap_or_default().0,
            "reply_to" => self.reply_to = map.next_value::<Option<Text>>()?.and_then(|id| AnnotationId::new(&id.0)),
            "created" => self.created = map.next_value::<Option<Word<Timestamp>>>()?.map(|word| word.0),
            "updated" => self.updated = map.next_value::<Option<Word<Timestamp>>>()?.map(|word| word.0),
            "conflict" => self.conflict = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, unknown: Unknown) {
        self.unknown.push(unknown);
    }
}

impl RawAnnotation {
    /// The id, where one is written.
    pub(super) fn id(&self) -> Option<&AnnotationId> {
        self.id.as_ref()
    }

    /// The annotation under that id.
    pub(super) fn into_model(self, id: AnnotationId) -> Annotation {
        let kind = self.kind.unwrap_or(if self.note.is_empty() { Kind::Highlight } else { Kind::Note });
        let created = self.created.or(self.updated).unwrap_or(Timestamp::UNIX_EPOCH);
        let conflict = self.conflict.map(|conflict| {
            let theirs = (!conflict.deleted).then(|| {
                let theirs_id = conflict.annotation.id.clone().unwrap_or_else(|| id.clone());
                conflict.annotation.into_model(theirs_id)
            });
            Box::new(Conflict { theirs })
        });
        let at = self.at.unwrap_or_default();
        let start = Spot { place: at.place.unwrap_or(Place::Turn { turn: 0, paragraph: 0 }), character: at.start };
        let quoted = u32::try_from(self.quote.chars().count()).unwrap_or(u32::MAX);
        let end = Spot {
            place: at.to.and_then(|to| to.0).unwrap_or(start.place),
            character: at.end.unwrap_or_else(|| at.start.saturating_add(quoted)),
        };
        Annotation {
            id,
            kind,
            anchor: Anchor { start, end, side: at.side, quote: self.quote, before: self.before, after: self.after },
            tags: self.tags,
            status: self.status.or(kind.has_status().then_some(Status::Open)),
            due: self.due,
            note: self.note,
            reply_to: self.reply_to,
            created,
            updated: self.updated.unwrap_or(created),
            conflict,
        }
    }
}

/// The other version of an annotation, or that the other writer deleted it.
#[derive(Debug, Default)]
struct RawConflict {
    deleted: bool,
    annotation: RawAnnotation,
}

impl Fields for RawConflict {
    const WHAT: &'static str = "the other version of an annotation";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "deleted" => self.deleted = map.next_value()?,
            _ => return self.annotation.field(key, map),
        }
        Ok(true)
    }

    fn unknown(&mut self, unknown: Unknown) {
        self.annotation.unknown(unknown);
    }
}

read_as_mapping!(RawFile, RawAnnotation, RawConflict);

/// The keys of an annotation in the order in which they are written.
pub(super) const KEYS: [&str; 14] = [
    "id", "kind", "at", "quote", "before", "after", "tags", "status", "due", "note", "reply_to", "created", "updated",
    "conflict",
];

/// The value that `key` has for an annotation; `None` where the key is left out.
pub(super) fn value_of(annotation: &Annotation, key: &str) -> Option<Value> {
    let line = |text: &str| Value::Line(yaml_out::scalar(text, Within::Block));
    let unless_empty = |text: &str| (!text.is_empty()).then(|| yaml_out::text(text));
    match key {
        "id" => Some(line(annotation.id.as_str())),
        "kind" => Some(line(annotation.kind.name())),
        "at" => Some(Value::Line(at(&annotation.anchor))),
        "quote" => unless_empty(&annotation.anchor.quote),
        "before" => unless_empty(&annotation.anchor.before),
        "after" => unless_empty(&annotation.anchor.after),
        "tags" if annotation.tags.is_empty() => None,
        "tags" => Some(Value::Line(yaml_out::list(annotation.tags.iter().map(Tag::as_str)))),
        "status" => annotation.status.map(|status| line(status.name())),
        "due" => annotation.due.map(|due| line(&due.to_string())),
        "note" => unless_empty(&annotation.note),
        "reply_to" => annotation.reply_to.as_ref().map(|id| line(id.as_str())),
        "created" => (annotation.created != Timestamp::UNIX_EPOCH).then(|| line(&annotation.created.to_string())),
        "updated" => (annotation.updated != annotation.created || annotation.created != Timestamp::UNIX_EPOCH)
            .then(|| line(&annotation.updated.to_string())),
        "conflict" => annotation.conflict.as_ref().map(|conflict| Value::Line(flow_conflict(conflict))),
        _ => None,
    }
}

/// The other version on one line: it is there to be settled, not to be read.
fn flow_conflict(conflict: &Conflict) -> String {
    let Some(theirs) = &conflict.theirs else { return "{deleted: true}".to_owned() };
    let flow = |text: &str| yaml_out::scalar(text, Within::Flow);
    let mut entries = Vec::new();
    for key in KEYS {
        let value = match key {
            "quote" => Some(&theirs.anchor.quote).filter(|text| !text.is_empty()).map(|text| flow(text)),
            "before" => Some(&theirs.anchor.before).filter(|text| !text.is_empty()).map(|text| flow(text)),
            "after" => Some(&theirs.anchor.after).filter(|text| !text.is_empty()).map(|text| flow(text)),
            "note" => Some(&theirs.note).filter(|text| !text.is_empty()).map(|text| flow(text)),
            "id" => Some(flow(theirs.id.as_str())),
            "reply_to" => theirs.reply_to.as_ref().map(|id| flow(id.as_str())),
            "conflict" => theirs.conflict.as_ref().map(|conflict| flow_conflict(conflict)),
            _ => value_of(theirs, key).map(|value| match value {
                Value::Line(line) => line,
                Value::Literal { lines, .. } => flow(&lines.join("\n")),
            }),
        };
        if let Some(value) = value {
            entries.push(format!("{key}: {value}"));
        }
    }
    format!("{{{}}}", entries.join(", "))
}
