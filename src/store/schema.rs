//! The shapes of `annotations/1` and `tags/1` files, as read and as written.
//!
//! A place is `{turn: 6, paragraph: 2, start: 41, end: 97}`, in front and back matter `{front: 1, start: 0, end: 10}`
//! and `{back: 0, …}`. Where the stretch ends in a later paragraph, `to: {turn: 6, paragraph: 3}` names it and `end`
//! counts there. `side: translation` is the translation of the same place. Counting starts from 0; `start` and `end`
//! are characters (Unicode scalar values), end exclusive.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer};

use super::yaml_in::{Fields, Text, Texts, Unknown, fields, scalar};
use super::yaml_out::{self, Value, Within};
use crate::model::{
    Anchor, Annotation, AnnotationId, Conflict, Correction, Kind, Mending, Place, Role, Side, Spot, Status, Tag,
};

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

impl<'de> Deserialize<'de> for RawFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fields(deserializer)
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

impl<'de> Deserialize<'de> for RawAnnotation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fields(deserializer)
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

impl<'de> Deserialize<'de> for RawConflict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fields(deserializer)
    }
}

/// A place as files write it.
#[derive(Clone, Debug, Default)]
pub(super) struct RawAt {
    pub(super) place: Option<Place>,
    start: u32,
    end: Option<u32>,
    side: Side,
    to: Option<RawTo>,
}

impl RawAt {
    /// A place, for keys that are left out.
    pub(super) fn at(place: Place) -> Self {
        Self { place: Some(place), ..Self::default() }
    }
}

/// The place alone.
#[derive(Clone, Copy, Debug, Default)]
struct RawTo(Option<Place>);

impl Fields for RawTo {
    const WHAT: &'static str = "a place";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "front" => self.0 = Some(Place::Front(map.next_value()?)),
            "back" => self.0 = Some(Place::Back(map.next_value()?)),
            "turn" | "paragraph" => {
                let value = map.next_value()?;
                let (old_turn, old_paragraph) = match self.0 {
                    Some(Place::Turn { turn, paragraph }) => (turn, paragraph),
                    _ => (0, 0),
                };
                self.0 = Some(match key {
                    "turn" => Place::Turn { turn: value, paragraph: old_paragraph },
                    _ => Place::Turn { turn: old_turn, paragraph: value },
                });
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

impl<'de> Deserialize<'de> for RawTo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fields(deserializer)
    }
}

impl Fields for RawAt {
    const WHAT: &'static str = "a place such as {turn: 6, paragraph: 2, start: 41, end: 97}";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "start" => self.start = map.next_value()?,
            "end" => self.end = map.next_value()?,
            "to" => self.to = map.next_value()?,
            "side" => self.side = map.next_value::<Word<Side>>()?.0,
            _ => {
                let mut place = RawTo(self.place);
                let known = place.field(key, map)?;
                self.place = place.0;
                return Ok(known);
            }
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

impl<'de> Deserialize<'de> for RawAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fields(deserializer)
    }
}

/// A correction as files write it; what it means is told by its keys.
#[derive(Debug, Default)]
pub(super) struct RawCorrection {
    paragraph: Option<u32>,
    begins: String,
    speaker: Option<String>,
    turn: Option<TurnWord>,
    matter: Option<MatterWord>,
    rename: Option<String>,
    to: Option<String>,
    role: Option<Role>,
    pub(super) unknown: Vec<Unknown>,
}

impl Fields for RawCorrection {
    const WHAT: &'static str = "a correction";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "paragraph" => self.paragraph = map.next_value()?,
            "begins" => self.begins = map.next_value::<Text>()?.0,
            "speaker" => self.speaker = Some(map.next_value::<Text>()?.0),
            "turn" => self.turn = Some(map.next_value::<Word<TurnWord>>()?.0),
            "matter" => self.matter = Some(map.next_value::<Word<MatterWord>>()?.0),
            "rename" => self.rename = Some(map.next_value::<Text>()?.0),
            "to" => self.to = Some(map.next_value::<Text>()?.0),
            "role" => self.role = Some(map.next_value::<Word<Role>>()?.0),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, unknown: Unknown) {
        self.unknown.push(unknown);
    }
}

impl<'de> Deserialize<'de> for RawCorrection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fields(deserializer)
    }
}

impl RawCorrection {
    /// The correction; `None` where the keys make up none that is known.
    pub(super) fn to_model(&self) -> Option<Correction> {
        if let (Some(from), Some(to)) = (&self.rename, &self.to) {
            return Some(Correction::Rename { from: from.clone(), to: to.clone() });
        }
        let Some(paragraph) = self.paragraph else {
            return Some(Correction::Role { speaker: self.speaker.clone()?, role: self.role? });
        };
        let mending = match (&self.speaker, self.turn, self.matter) {
            (Some(speaker), None, None) => Mending::Speaker(speaker.clone()),
            (None, Some(TurnWord::Start), None) => Mending::Start,
            (None, Some(TurnWord::Join), None) => Mending::Join,
            (None, None, Some(MatterWord::Front)) => Mending::Front,
            (None, None, Some(MatterWord::Back)) => Mending::Back,
            _ => return None,
        };
        Some(Correction::Paragraph { paragraph, begins: self.begins.clone(), mending })
    }
}

/// A word from a fixed list, or something else that is written as one scalar.
pub(super) struct Word<T>(pub(super) T);

/// What a [`Word`] can be.
pub(super) trait Words: Sized {
    fn read(text: &str) -> Result<Self, String>;
}

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar(deserializer, "a word", |text| T::read(text).map(Word))
    }
}

#[derive(Clone, Copy, Debug)]
enum TurnWord {
    Start,
    Join,
}

#[derive(Clone, Copy, Debug)]
enum MatterWord {
    Front,
    Back,
}

fn one_of<T>(what: &str, text: &str, found: Option<T>, words: &[&str]) -> Result<T, String> {
    found.ok_or_else(|| format!("`{text}` is no {what}; write {}", words.join(", ")))
}

impl Words for Kind {
    fn read(text: &str) -> Result<Self, String> {
        one_of("kind", text, Kind::from_name(text), &Kind::ALL.map(Kind::name))
    }
}

impl Words for Status {
    fn read(text: &str) -> Result<Self, String> {
        one_of("status", text, Status::from_name(text), &Status::ALL.map(Status::name))
    }
}

impl Words for Role {
    fn read(text: &str) -> Result<Self, String> {
        one_of("role", text, Role::from_name(text), &["interviewer", "guest", "other"])
    }
}

impl Words for Side {
    fn read(text: &str) -> Result<Self, String> {
        let found = match text {
            "original" => Some(Side::Original),
            "translation" => Some(Side::Translation),
            _ => None,
        };
        one_of("side", text, found, &["original", "translation"])
    }
}

impl Words for TurnWord {
    fn read(text: &str) -> Result<Self, String> {
        let found = match text {
            "start" => Some(TurnWord::Start),
            "join" => Some(TurnWord::Join),
            _ => None,
        };
        one_of("correction of a turn", text, found, &["start", "join"])
    }
}

impl Words for MatterWord {
    fn read(text: &str) -> Result<Self, String> {
        let found = match text {
            "front" => Some(MatterWord::Front),
            "back" => Some(MatterWord::Back),
            _ => None,
        };
        one_of("matter", text, found, &["front", "back"])
    }
}

impl Words for Date {
    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("`{text}` is no date; write it as 2026-03-04"))
    }
}

impl Words for Timestamp {
    /// A moment; without a zone it is UTC, without a time the day's first.
    fn read(text: &str) -> Result<Self, String> {
        let utc = |moment: DateTime| TimeZone::UTC.to_timestamp(moment);
        text.parse()
            .or_else(|_| text.parse::<DateTime>().and_then(utc))
            .map_err(|_| format!("`{text}` is no moment; write it as 2026-11-24T10:02:11Z"))
    }
}

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

/// A place on one line.
pub(super) fn at(anchor: &Anchor) -> String {
    let place = |place| match place {
        Place::Front(index) => format!("front: {index}"),
        Place::Back(index) => format!("back: {index}"),
        Place::Turn { turn, paragraph } => format!("turn: {turn}, paragraph: {paragraph}"),
    };
    let mut out = format!("{{{}, start: {}, ", place(anchor.start.place), anchor.start.character);
    if anchor.end.place != anchor.start.place {
        out.push_str(&format!("to: {{{}}}, ", place(anchor.end.place)));
    }
    out.push_str(&format!("end: {}", anchor.end.character));
    if anchor.side == Side::Translation {
        out.push_str(", side: translation");
    }
    out.push('}');
    out
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

/// A correction on one line.
pub(super) fn correction(correction: &Correction) -> String {
    let flow = |text: &str| yaml_out::scalar(text, Within::Flow);
    match correction {
        Correction::Rename { from, to } => format!("{{rename: {}, to: {}}}", flow(from), flow(to)),
        Correction::Role { speaker, role } => format!("{{speaker: {}, role: {}}}", flow(speaker), role.name()),
        Correction::Paragraph { paragraph, begins, mending } => {
            let begins = if begins.is_empty() { String::new() } else { format!(", begins: {}", flow(begins)) };
            let mending = match mending {
                Mending::Speaker(speaker) => format!("speaker: {}", flow(speaker)),
                Mending::Start => "turn: start".to_owned(),
                Mending::Join => "turn: join".to_owned(),
                Mending::Front => "matter: front".to_owned(),
                Mending::Back => "matter: back".to_owned(),
            };
            format!("{{paragraph: {paragraph}{begins}, {mending}}}")
        }
    }
}
