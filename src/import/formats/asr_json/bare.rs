//! Lists of utterances without a name of their own: `[{speaker: 0, text, start, end}]`, bare or inside an object.
//!
//! Every maker calls the same things by other names (`utterances`, `monologues`, `chunks`; `text`, `transcript`,
//! `content`; `speaker`, `speaker_id`, `name`); here they all mean the same.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::head::Head;
use super::parse;
use super::scalar::Scalar;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Any JSON that lists what was said.
#[derive(Debug)]
pub(in crate::import::formats) struct Bare;

/// Keys of lists of utterances, or of objects that hold them.
#[rustfmt::skip]
const LISTS: &[&str] = &[
    "utterances", "segments", "monologues", "transcript", "transcripts", "transcription", "transcriptions", "turns",
    "paragraphs", "sentences", "messages", "dialogue", "dialog", "conversation", "interview", "results", "result",
    "response", "data", "items", "captions", "subtitles", "cues", "events", "chunks", "channels", "alternatives",
    "entries", "lines", "speech", "phrases", "recognizedPhrases", "nBest", "blocks", "text_blocks", "sections",
    "output", "body",
];

/// Keys of what was said, the likeliest first.
const TEXTS: &[&str] = &[
    "text",
    "transcript",
    "body",
    "content",
    "sentence",
    "utterance",
    "display",
    "punctuated_word",
    "value",
    "utf8",
    "word",
    "words",
    "line",
    "message",
    "speech",
    "caption",
    "answer",
];

/// Keys of who said it, the likeliest first.
const SPEAKERS: &[&str] = &[
    "speaker_name",
    "speakerName",
    "speaker",
    "speaker_label",
    "speakerLabel",
    "speaker_id",
    "speakerId",
    "speakerTag",
    "name",
    "author",
    "who",
    "participant",
    "user",
    "role",
];

/// Keys of when it begins, the likeliest first; in milliseconds where they say so.
const STARTS: &[&str] = &[
    "start",
    "start_time",
    "startTime",
    "start_ms",
    "startMs",
    "tStartMs",
    "begin",
    "beginTime",
    "timestamp",
    "time",
    "ts",
    "offset_seconds",
    "from",
    "timecode",
];

/// Keys of when it ends.
const ENDS: &[&str] = &["end", "end_time", "endTime", "end_ms", "endMs", "stop", "end_ts", "to"];

/// Keys of the parts that an utterance is made of, and whether blanks stand between them.
const PARTS: &[(&str, bool)] = &[("words", true), ("tokens", true), ("elements", false), ("segs", false)];

#[derive(Debug, Default)]
struct Document {
    utterances: Vec<Utterance>,
    title: Option<String>,
    language: Option<String>,
}

#[derive(Debug, Default)]
struct Utterance {
    speaker: Option<String>,
    text: Option<String>,
    /// The words of its parts, where they are listed.
    parts: String,
    start: Option<f64>,
    end: Option<f64>,
    /// Whether the times' keys say milliseconds.
    milliseconds: bool,
    inner: Vec<Utterance>,
}

impl Importer for Bare {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text)?;
        let known = head.has_any(TEXTS) || head.has_any(LISTS);
        Some(if known {
            Recognised { score: 70, because: "it is JSON that lists what was said" }
        } else {
            Recognised { score: 55, because: "it is JSON" }
        })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let document: Document = parse(&source)?;
        let mut utterances = Vec::new();
        flatten(document.utterances, None, &mut utterances);
        if utterances.is_empty() {
            let message =
                "this JSON holds no list of what was said; export the transcript with its text, as JSON, SRT or \
                           VTT"
                .to_owned();
            return Err(ImportError::Malformed { name: source.name, line: 1, column: 1, message });
        }
        drop(source);
        let scale = if in_milliseconds(&utterances) { 0.001 } else { 1.0 };
        let mut talk = Talk::default();
        for said in utterances {
            let scale = if said.milliseconds { 0.001 } else { scale };
            let seconds = |time: Option<f64>| time.map(|time| time * scale);
            let text = said.text.unwrap_or(said.parts);
            talk.say(said.speaker.as_deref(), &text, seconds(said.start), seconds(said.end));
        }
        let mut draft = talk.finish();
        draft.metadata.title = document.title.unwrap_or_default();
        draft.metadata.language = document.language;
        Ok(draft)
    }
}

/// Utterances in order; what is said twice, whole and in parts, is taken once.
fn flatten(utterances: Vec<Utterance>, speaker: Option<&str>, flat: &mut Vec<Utterance>) {
    for mut utterance in utterances {
        if utterance.speaker.is_none() {
            utterance.speaker = speaker.map(str::to_owned);
        }
        let inner = std::mem::take(&mut utterance.inner);
        let own = utterance.text.as_deref().unwrap_or(&utterance.parts);
        let own_words = own.split_whitespace().count();
        if !inner.is_empty() && words(&inner) * 10 >= own_words * 9 {
            flatten(inner, utterance.speaker.as_deref(), flat);
        } else if own_words > 0 {
            flat.push(utterance);
        }
    }
}

fn words(utterances: &[Utterance]) -> usize {
    let own = |one: &Utterance| one.text.as_deref().unwrap_or(&one.parts).split_whitespace().count();
    utterances.iter().map(|one| own(one).max(words(&one.inner))).sum()
}

/// Nobody speaks for a minute per word: then the times are milliseconds.
fn in_milliseconds(utterances: &[Utterance]) -> bool {
    let last = utterances.iter().filter_map(|said| said.end.or(said.start)).fold(0.0, f64::max);
    let whole = utterances.iter().filter_map(|said| said.start).all(|start| start.fract() == 0.0);
    whole && last > words(utterances) as f64 * 60.0
}

fn rank(keys: &[&str], key: &str) -> Option<usize> {
    keys.iter().position(|known| *known == key)
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DocumentVisitor)
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of what was said")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Document, A::Error> {
        let mut document = Document::default();
        while let Some(utterance) = list.next_element::<Utterance>()? {
            document.utterances.push(utterance);
        }
        Ok(document)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut document = Document::default();
        let mut whole: Option<String> = None;
        while let Some(key) = map.next_key::<String>()? {
            if LISTS.contains(&key.as_str()) {
                let found: Found = map.next_value()?;
                let known = |list: &[Utterance]| list.iter().any(|one| one.speaker.is_some());
                let better = (known(&found.utterances), words(&found.utterances))
                    > (known(&document.utterances), words(&document.utterances));
                if better {
                    document.utterances = found.utterances;
                }
                whole = whole.or(found.text);
            } else if key == "text" {
                whole = map.next_value::<Scalar>()?.text().or(whole);
            } else if key == "title" {
                document.title = map.next_value::<Scalar>()?.text();
            } else if ["language", "language_code", "lang"].contains(&key.as_str()) {
                document.language = map.next_value::<Scalar>()?.text();
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if document.utterances.is_empty() && whole.is_some() {
            document.utterances.push(Utterance { text: whole, ..Utterance::default() });
        }
        Ok(document)
    }
}

/// What stands where a list of utterances could: the list, or words.
#[derive(Default)]
struct Found {
    utterances: Vec<Utterance>,
    text: Option<String>,
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FoundVisitor)
    }
}

struct FoundVisitor;

impl<'de> Visitor<'de> for FoundVisitor {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Found, A::Error> {
        DocumentVisitor.visit_seq(list).map(|found| Found { utterances: found.utterances, text: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Found, A::Error> {
        DocumentVisitor.visit_map(map).map(|found| Found { utterances: found.utterances, text: None })
    }

    fn visit_str<E>(self, text: &str) -> Result<Found, E> {
        Ok(Found { utterances: Vec::new(), text: Some(text.to_owned()) })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(Found::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Found, E> {
        Ok(Found::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Found, E> {
        Ok(Found::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Found, E> {
        Ok(Found::default())
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::default())
    }
}

impl<'de> Deserialize<'de> for Utterance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UtteranceVisitor)
    }
}

struct UtteranceVisitor;

impl<'de> Visitor<'de> for UtteranceVisitor {
    type Value = Utterance;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what somebody said")
    }

    fn visit_str<E>(self, text: &str) -> Result<Utterance, E> {
        Ok(Utterance { text: Some(text.to_owned()), ..Utterance::default() })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Utterance, E> {
        Ok(Utterance::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Utterance, E> {
        Ok(Utterance::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Utterance, E> {
        Ok(Utterance::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Utterance, E> {
        Ok(Utterance::default())
    }

    fn visit_unit<E>(self) -> Result<Utterance, E> {
        Ok(Utterance::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Utterance, A::Error> {
        let inner = DocumentVisitor.visit_seq(list)?.utterances;
        Ok(Utterance { inner, ..Utterance::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Utterance, A::Error> {
        let mut utterance = Utterance::default();
        let (mut text, mut speaker, mut start, mut end) = (usize::MAX, usize::MAX, usize::MAX, usize::MAX);
        while let Some(key) = map.next_key::<String>()? {
            let key = key.as_str();
            if let Some((_, spaced)) = PARTS.iter().find(|(part, _)| *part == key) {
                utterance.parts = map.next_value::<Parts>()?.joined(*spaced);
            } else if LISTS.contains(&key) {
                let found: Found = map.next_value()?;
                if words(&found.utterances) > words(&utterance.inner) {
                    utterance.inner = found.utterances;
                }
                if let Some((said, rank)) = found.text.zip(rank(TEXTS, key)).filter(|(_, rank)| *rank < text) {
                    (text, utterance.text) = (rank, Some(said));
                }
            } else if let Some(rank) = rank(TEXTS, key).filter(|rank| *rank < text) {
                if let Some(said) = map.next_value::<Scalar>()?.text() {
                    (text, utterance.text) = (rank, Some(said));
                }
            } else if let Some(rank) = rank(SPEAKERS, key).filter(|rank| *rank < speaker) {
                if let Some(name) = map.next_value::<Scalar>()?.text() {
                    (speaker, utterance.speaker) = (rank, Some(name));
                }
            } else if let Some(rank) = rank(STARTS, key).filter(|rank| *rank < start) {
                utterance.milliseconds |= key.ends_with("ms") || key.ends_with("Ms");
                (start, utterance.start) = (rank, map.next_value::<Scalar>()?.seconds());
            } else if let Some(rank) = rank(ENDS, key).filter(|rank| *rank < end) {
                (end, utterance.end) = (rank, map.next_value::<Scalar>()?.seconds());
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(utterance)
    }
}

/// The parts of an utterance: its words, or a string of them.
#[derive(Default)]
struct Parts(Vec<String>);

impl Parts {
    fn joined(self, spaced: bool) -> String {
        self.0.join(if spaced { " " } else { "" })
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Found::deserialize(deserializer)?;
        let parts = found.utterances.into_iter().map(|part| part.text.unwrap_or(part.parts));
        Ok(Parts(found.text.into_iter().chain(parts).collect()))
    }
}
