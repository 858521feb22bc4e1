//! What JSON says that lists utterances, whatever its maker calls them.
//!
//! Every maker calls the same things by other names (`utterances`, `monologues`, `chunks`; `text`, `transcript`,
//! `content`; `speaker`, `speaker_id`, `name`); here they all mean the same.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::scalar::{Key, Scalar};

/// Keys of lists of utterances, or of objects that hold them.
#[rustfmt::skip]
pub(super) const LISTS: &[&str] = &[
    "utterances", "segments", "monologues", "transcript", "transcripts", "transcription", "transcriptions", "turns",
    "paragraphs", "sentences", "messages", "dialogue", "dialog", "conversation", "interview", "results", "result",
    "response", "data", "items", "captions", "subtitles", "cues", "events", "chunks", "channels", "alternatives",
    "entries", "lines", "speech", "phrases", "recognizedPhrases", "nBest", "blocks", "text_blocks", "sections",
    "output", "body",
];

/// Keys of what was said, the likeliest first.
pub(super) const TEXTS: &[&str] = &[
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
    "speaker_info",
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
    "offset",
];

/// Keys of when it ends.
const ENDS: &[&str] = &["end", "end_time", "endTime", "end_ms", "endMs", "stop", "end_ts", "to"];

/// Keys of lists of readings of one and the same, the likeliest first.
const READINGS: &[&str] = &["alternatives", "nBest"];

/// Keys of the parts that an utterance is made of, and whether blanks stand between them.
const PARTS: &[(&str, bool)] = &[("words", true), ("tokens", true), ("elements", false), ("segs", false)];

/// All that a document lists.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) utterances: Vec<Utterance<'a>>,
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
}

/// What somebody says in one go.
#[derive(Debug, Default)]
pub(super) struct Utterance<'a> {
    pub(super) speaker: Option<Cow<'a, str>>,
    pub(super) text: Option<Cow<'a, str>>,
    /// The words of its parts, where they are listed.
    pub(super) parts: Cow<'a, str>,
    pub(super) start: Option<f64>,
    pub(super) end: Option<f64>,
    /// Whether the times' keys say milliseconds.
    pub(super) milliseconds: bool,
    pub(super) inner: Vec<Utterance<'a>>,
}

impl Utterance<'_> {
    /// What it says itself, and not in the utterances that it holds.
    pub(super) fn own(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.parts)
    }
}

/// Whether a word is only a mark that belongs to the word before.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| ".,;:!?…。，、！？；：".contains(c))
}

/// How many words utterances say, those that they hold included.
pub(super) fn words(utterances: &[Utterance<'_>]) -> usize {
    utterances.iter().map(|one| one.own().split_whitespace().count().max(words(&one.inner))).sum()
}

fn rank(keys: &[&str], key: &str) -> Option<usize> {
    keys.iter().position(|known| *known == key)
}

impl<'a, 'de: 'a> Deserialize<'de> for Document<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DocumentVisitor)
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of what was said")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Document<'de>, A::Error> {
        let mut document = Document::default();
        while let Some(utterance) = list.next_element::<Utterance<'_>>()? {
            document.utterances.push(utterance);
        }
        Ok(document)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document<'de>, A::Error> {
        let mut document = Document::default();
        let mut whole: Option<Cow<'de, str>> = None;
        while let Some(Key(key)) = map.next_key()? {
            let key = &*key;
            if LISTS.contains(&key) {
                let found: Found<'_> = map.next_value()?;
                let known = |list: &[Utterance<'_>]| list.iter().any(|one| one.speaker.is_some());
                let better = (known(&found.utterances), words(&found.utterances))
                    >= (known(&document.utterances), words(&document.utterances));
                if better {
                    document.utterances = found.utterances;
                }
                whole = whole.or(found.text);
            } else if let Some((_, spaced)) = PARTS.iter().find(|(part, _)| *part == key) {
                // Words alone tell who speaks, and when; where there are utterances too, they tell it better.
                let said = map.next_value::<Parts<'_>>()?.by_speaker(*spaced);
                if document.utterances.iter().all(|one| one.speaker.is_none()) && said.len() > 1 {
                    document.utterances = said;
                }
            } else if key == "text" {
                whole = map.next_value::<Scalar<'_>>()?.text().or(whole);
            } else if key == "title" {
                document.title = map.next_value::<Scalar<'_>>()?.owned();
            } else if ["language", "language_code", "lang"].contains(&key) {
                document.language = map.next_value::<Scalar<'_>>()?.owned();
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
struct Found<'a> {
    utterances: Vec<Utterance<'a>>,
    text: Option<Cow<'a, str>>,
}

impl<'a, 'de: 'a> Deserialize<'de> for Found<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FoundVisitor)
    }
}

struct FoundVisitor;

impl<'de> Visitor<'de> for FoundVisitor {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Found<'de>, A::Error> {
        DocumentVisitor.visit_seq(list).map(|found| Found { utterances: found.utterances, text: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Found<'de>, A::Error> {
        DocumentVisitor.visit_map(map).map(|found| Found { utterances: found.utterances, text: None })
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Found<'de>, E> {
        Ok(Found { utterances: Vec::new(), text: Some(text.into()) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Found<'de>, E> {
        Ok(Found { utterances: Vec::new(), text: Some(text.to_owned().into()) })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found<'de>, E> {
        Ok(Found::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Found<'de>, E> {
        Ok(Found::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Found<'de>, E> {
        Ok(Found::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Found<'de>, E> {
        Ok(Found::default())
    }

    fn visit_unit<E>(self) -> Result<Found<'de>, E> {
        Ok(Found::default())
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for Utterance<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UtteranceVisitor)
    }
}

struct UtteranceVisitor;

impl<'de> Visitor<'de> for UtteranceVisitor {
    type Value = Utterance<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what somebody said")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Utterance<'de>, E> {
        Ok(Utterance { text: Some(text.into()), ..Utterance::default() })
    }

    fn visit_str<E>(self, text: &str) -> Result<Utterance<'de>, E> {
        Ok(Utterance { text: Some(text.to_owned().into()), ..Utterance::default() })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Utterance<'de>, E> {
        Ok(Utterance::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Utterance<'de>, E> {
        Ok(Utterance::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Utterance<'de>, E> {
        Ok(Utterance::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Utterance<'de>, E> {
        Ok(Utterance::default())
    }

    fn visit_unit<E>(self) -> Result<Utterance<'de>, E> {
        Ok(Utterance::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Utterance<'de>, A::Error> {
        let inner = DocumentVisitor.visit_seq(list)?.utterances;
        Ok(Utterance { inner, ..Utterance::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Utterance<'de>, A::Error> {
        let mut utterance = Utterance::default();
        let (mut text, mut speaker, mut start, mut end) = (usize::MAX, usize::MAX, usize::MAX, usize::MAX);
        let mut moments = Moments::default();
        while let Some(Key(key)) = map.next_key()? {
            let key = &*key;
            if let Some((_, spaced)) = PARTS.iter().find(|(part, _)| *part == key) {
                let parts: Parts<'_> = map.next_value()?;
                if parts.are_of_several() {
                    utterance.inner = parts.by_speaker(*spaced);
                } else {
                    moments = parts.moments();
                    utterance.parts = parts.joined(*spaced);
                }
            } else if LISTS.contains(&key) {
                let mut found: Found<'_> = map.next_value()?;
                if READINGS.contains(&key) {
                    found.utterances.truncate(1);
                }
                if words(&found.utterances) > words(&utterance.inner) {
                    utterance.inner = found.utterances;
                }
                if let Some((said, rank)) = found.text.zip(rank(TEXTS, key)).filter(|(_, rank)| *rank < text) {
                    (text, utterance.text) = (rank, Some(said));
                }
            } else if let Some(rank) = rank(TEXTS, key).filter(|rank| *rank < text) {
                if let Some(said) = map.next_value::<Scalar<'_>>()?.text() {
                    (text, utterance.text) = (rank, Some(said));
                }
            } else if let Some(rank) = rank(SPEAKERS, key).filter(|rank| *rank < speaker) {
                if let Some(name) = map.next_value::<Scalar<'_>>()?.text() {
                    (speaker, utterance.speaker) = (rank, Some(name));
                }
            } else if let Some(rank) = rank(STARTS, key).filter(|rank| *rank < start) {
                utterance.milliseconds |= key.ends_with("ms") || key.ends_with("Ms");
                (start, utterance.start) = (rank, map.next_value::<Scalar<'_>>()?.seconds());
            } else if let Some(rank) = rank(ENDS, key).filter(|rank| *rank < end) {
                (end, utterance.end) = (rank, map.next_value::<Scalar<'_>>()?.seconds());
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if utterance.start.is_none() && utterance.inner.is_empty() {
            (utterance.start, utterance.end) = (moments.start, utterance.end.or(moments.end));
            utterance.milliseconds |= moments.milliseconds;
        }
        Ok(utterance)
    }
}

/// The parts of an utterance: its words, or a string of them.
#[derive(Default)]
struct Parts<'a>(Vec<Utterance<'a>>);

/// When something is said.
#[derive(Clone, Copy, Default)]
struct Moments {
    start: Option<f64>,
    end: Option<f64>,
    milliseconds: bool,
}

impl<'a> Parts<'a> {
    fn joined(self, spaced: bool) -> Cow<'a, str> {
        let mut words = self.0.into_iter().map(|part| part.text.unwrap_or(part.parts));
        let Some(mut joined) = words.next() else { return Cow::default() };
        for word in words {
            let joined = joined.to_mut();
            if spaced && !word.trim().is_empty() && !is_mark(&word) && !joined.ends_with(char::is_whitespace) {
                joined.push(' ');
            }
            joined.push_str(&word);
        }
        joined
    }

    fn moments(&self) -> Moments {
        let start = self.0.iter().find(|part| part.start.is_some());
        let end = self.0.iter().rev().find_map(|part| part.end);
        let milliseconds = start.is_some_and(|part| part.milliseconds);
        Moments { start: start.and_then(|part| part.start), end, milliseconds }
    }

    /// Whether more than one speaker has words in it.
    fn are_of_several(&self) -> bool {
        let mut speakers = self.0.iter().filter_map(|part| part.speaker.as_deref());
        speakers.next().is_some_and(|first| speakers.any(|other| other != first))
    }

    /// What each speaker says in one go; where nobody is named, each sentence.
    fn by_speaker(self, spaced: bool) -> Vec<Utterance<'a>> {
        let several = self.are_of_several();
        let mut said: Vec<Utterance<'a>> = Vec::new();
        let mut going_on: Vec<Utterance<'a>> = Vec::new();
        let end = |going_on: &mut Vec<Utterance<'a>>, said: &mut Vec<Utterance<'a>>| {
            let parts = Parts(std::mem::take(going_on));
            let (speaker, moments) = (parts.0.iter().find_map(|part| part.speaker.clone()), parts.moments());
            let Moments { start, end, milliseconds } = moments;
            let text = Some(parts.joined(spaced));
            said.push(Utterance { speaker, text, start, end, milliseconds, ..Utterance::default() });
        };
        for part in self.0 {
            let changes = going_on.last().is_some_and(|last| match several {
                true => part.speaker.is_some() && last.speaker != part.speaker,
                false => last.own().ends_with(['.', '?', '!', '。', '？', '！']),
            });
            if changes {
                end(&mut going_on, &mut said);
            }
            going_on.push(part);
        }
        if !going_on.is_empty() {
            end(&mut going_on, &mut said);
        }
        said
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for Parts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Found::deserialize(deserializer)?;
        let whole = found.text.map(|text| Utterance { text: Some(text), ..Utterance::default() });
        Ok(Parts(whole.into_iter().chain(found.utterances).collect()))
    }
}
