//! Whisper, WhisperX and their kin: `{text, segments: [{start, end, text, speaker?, words?}]}`.
//!
//! whisper.cpp writes `{transcription: [{offsets: {from, to}, text}]}`, in milliseconds.

use std::borrow::Cow;
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
struct Document<'a> {
    #[serde(borrow, default)]
    text: Scalar<'a>,
    #[serde(borrow, default)]
    segments: Vec<Segment<'a>>,
    #[serde(borrow, default)]
    transcription: Vec<Segment<'a>>,
    #[serde(borrow, default)]
    language: Scalar<'a>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(borrow, default)]
    text: Scalar<'a>,
    #[serde(borrow, default)]
    start: Scalar<'a>,
    #[serde(borrow, default)]
    end: Scalar<'a>,
    #[serde(borrow, default)]
    speaker: Scalar<'a>,
    #[serde(borrow, default)]
    offsets: Option<Offsets<'a>>,
    #[serde(borrow, default)]
    words: FirstSpeaker<'a>,
}

#[derive(Deserialize)]
struct Offsets<'a> {
    #[serde(borrow, default)]
    from: Scalar<'a>,
    #[serde(borrow, default)]
    to: Scalar<'a>,
}

/// The first speaker that any of a segment's words names; the words themselves are not kept.
#[derive(Default)]
struct FirstSpeaker<'a>(Option<Cow<'a, str>>);

#[derive(Deserialize)]
struct Word<'a> {
    #[serde(borrow, default)]
    speaker: Scalar<'a>,
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
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let mut talk = Talk::of(&source.text);
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
        draft.metadata.language = document.language.owned();
        Ok(draft)
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for FirstSpeaker<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = FirstSpeaker<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of words")
            }

            fn visit_unit<E>(self) -> Result<FirstSpeaker<'de>, E> {
                Ok(FirstSpeaker(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<FirstSpeaker<'de>, A::Error> {
                let mut found = None;
                while let Some(word) = words.next_element::<Word<'_>>()? {
                    found = found.or_else(|| word.speaker.text());
                }
                Ok(FirstSpeaker(found))
            }
        }
        deserializer.deserialize_any(First)
    }
}
