//! Whisper, WhisperX and their kin: `{text, segments: [{start, end, text, speaker?, words?}]}`.
//!
//! whisper.cpp writes `{transcription: [{offsets: {from, to}, text}]}`, in milliseconds.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::head::Head;
use super::parse;
use super::scalar::Scalar;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Whisper's JSON.
#[derive(Debug)]
pub(in crate::import::formats) struct Whisper;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    text: Scalar,
    #[serde(default)]
    segments: Vec<Segment>,
    #[serde(default)]
    transcription: Vec<Segment>,
    #[serde(default)]
    language: Scalar,
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    text: Scalar,
    #[serde(default)]
    start: Scalar,
    #[serde(default)]
    end: Scalar,
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    offsets: Option<Offsets>,
    #[serde(default)]
    words: FirstSpeaker,
}

#[derive(Deserialize)]
struct Offsets {
    #[serde(default)]
    from: Scalar,
    #[serde(default)]
    to: Scalar,
}

/// The first speaker that any of a segment's words names; the words themselves are not kept.
#[derive(Default)]
struct FirstSpeaker(Option<String>);

#[derive(Deserialize)]
struct Word {
    #[serde(default)]
    speaker: Scalar,
}

impl Importer for Whisper {
    fn name(&self) -> &'static str {
        "whisper"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text).filter(|head| !head.is_list)?;
        let segments = head.has(1, "segments") && head.has_all(3, &["text", "start"]);
        let transcription = head.has(1, "transcription") && head.has(3, "text");
        if segments || transcription {
            return Some(Recognised { score: 90, because: "it has segments of text with a start" });
        }
        // A long text comes before the segments and fills all that is looked at.
        let only_text = !head.has_any(&["results", "transcript", "body", "speaker"]);
        let begins = sample.text.trim_start_matches(['\u{FEFF}', '{', ' ', '\t', '\r', '\n']).starts_with("\"text\"");
        (only_text && begins).then_some(Recognised { score: 60, because: "it begins with the recognised text" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let document: Document = parse(&source)?;
        drop(source);
        let mut talk = Talk::default();
        let segments = if document.segments.is_empty() { document.transcription } else { document.segments };
        if segments.is_empty() {
            talk.say(None, &document.text.text().unwrap_or_default(), None, None);
        }
        for segment in segments {
            let (start, end) = match &segment.offsets {
                Some(offsets) => (
                    offsets.from.seconds().map(|milliseconds| milliseconds / 1000.0),
                    offsets.to.seconds().map(|milliseconds| milliseconds / 1000.0),
                ),
                None => (segment.start.seconds(), segment.end.seconds()),
            };
            let speaker = segment.speaker.text().or(segment.words.0);
            talk.say(speaker.as_deref(), &segment.text.text().unwrap_or_default(), start, end);
        }
        let mut draft = talk.finish();
        draft.metadata.language = document.language.text();
        Ok(draft)
    }
}

impl<'de> Deserialize<'de> for FirstSpeaker {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = FirstSpeaker;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of words")
            }

            fn visit_unit<E>(self) -> Result<FirstSpeaker, E> {
                Ok(FirstSpeaker(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<FirstSpeaker, A::Error> {
                let mut found = None;
                while let Some(word) = words.next_element::<Word>()? {
                    found = found.or_else(|| word.speaker.text());
                }
                Ok(FirstSpeaker(found))
            }
        }
        deserializer.deserialize_any(First)
    }
}
