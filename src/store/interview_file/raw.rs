//! The shapes of an `interview/1` file.

use std::collections::BTreeMap;

use serde::de::MapAccess;
use serde::{Deserialize, Deserializer};

use super::super::schema::{RawAt, Word, Words};
use super::super::yaml_in::{Fields, Text, Texts, Unknown, read_as_mapping};
use super::split;
use crate::model::{Confidence, LabelOrigin, Metadata, Place, Role, Source, Timecode};

#[derive(Debug, Default)]
pub(super) struct RawInterview {
    pub(super) title: String,
    pub(super) subtitle: Option<String>,
    pub(super) date: Option<String>,
    pub(super) language: Option<String>,
    pub(super) translation_language: Option<String>,
    pub(super) source: RawSource,
    pub(super) speakers: Vec<RawSpeaker>,
    pub(super) front: Passage,
    pub(super) topics: Vec<RawTopic>,
    pub(super) turns: Vec<RawTurn>,
    pub(super) back: Passage,
}

impl RawInterview {
    pub(super) fn metadata(&self) -> Metadata {
        Metadata {
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            date: self.date.clone(),
            language: self.language.clone(),
            translation_language: self.translation_language.clone(),
            source: self.source.0.clone(),
        }
    }
}

impl Fields for RawInterview {
    const WHAT: &'static str = "an interview";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "interleaf" => drop(text(map)?),
            "title" => self.title = text(map)?.unwrap_or_default(),
            "subtitle" => self.subtitle = text(map)?,
            "date" => self.date = text(map)?,
            "language" => self.language = text(map)?,
            "translation_language" => self.translation_language = text(map)?,
            "source" => self.source = map.next_value::<Option<_>>()?.unwrap_or_default(),
            "speakers" => self.speakers = list(map)?,
            "front" => self.front.text = map.next_value()?,
            "front_translation" => self.front.translation = map.next_value()?,
            "topics" => self.topics = list(map)?,
            "turns" => self.turns = list(map)?,
            "back" => self.back.text = map.next_value()?,
            "back_translation" => self.back.translation = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

#[derive(Debug, Default)]
pub(super) struct RawSource(Source);

impl Fields for RawSource {
    const WHAT: &'static str = "a source";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "url" => self.0.url = text(map)?,
            "publisher" => self.0.publisher = text(map)?,
            "saved" => self.0.saved = text(map)?,
            "format" => self.0.format = text(map)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

#[derive(Debug, Default)]
pub(super) struct RawSpeaker {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: Role,
}

impl Fields for RawSpeaker {
    const WHAT: &'static str = "a speaker";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "id" => self.id = map.next_value::<Text>()?.0,
            "name" => self.name = map.next_value::<Text>()?.0,
            "role" => self.role = map.next_value::<Option<Word<Role>>>()?.map_or(Role::Other, |role| role.0),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

#[derive(Debug)]
pub(super) struct RawTopic {
    pub(super) title: String,
    pub(super) place: Place,
    pub(super) level: u8,
}

impl Default for RawTopic {
    fn default() -> Self {
        Self { title: String::new(), place: Place::Turn { turn: 0, paragraph: 0 }, level: 0 }
    }
}

impl Fields for RawTopic {
    const WHAT: &'static str = "a topic";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "title" => self.title = map.next_value::<Text>()?.0,
            "level" => self.level = map.next_value()?,
            _ => {
                let mut at = RawAt::at(self.place);
                let known = at.field(key, map)?;
                self.place = at.place.unwrap_or(self.place);
                return Ok(known);
            }
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

#[derive(Debug, Default)]
pub(super) struct RawTurn {
    pub(super) speaker: Option<String>,
    pub(super) time: Option<Timecode>,
    pub(super) origin: LabelOrigin,
    pub(super) confidence: Option<Confidence>,
    pub(super) times: Vec<(u32, Timecode)>,
    pub(super) passage: Passage,
}

impl Fields for RawTurn {
    const WHAT: &'static str = "a turn";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "speaker" => self.speaker = text(map)?,
            "time" => self.time = map.next_value::<Option<Word<Timecode>>>()?.map(|time| time.0),
            "times" => {
                let times: BTreeMap<u32, Word<Timecode>> = map.next_value()?;
                self.times = times.into_iter().map(|(paragraph, time)| (paragraph, time.0)).collect();
            }
            "inferred" if map.next_value()? => self.origin = LabelOrigin::Inferred,
            "corrected" if map.next_value()? => self.origin = LabelOrigin::Corrected,
            "inferred" | "corrected" => {}
            "confidence" => self.confidence = Some(map.next_value::<Word<Confidence>>()?.0),
            "text" => self.passage.text = map.next_value()?,
            "translation" => self.passage.translation = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

read_as_mapping!(RawInterview, RawSource, RawSpeaker, RawTopic, RawTurn);

/// Paragraphs of one part, and their translations.
#[derive(Debug, Default)]
pub(super) struct Passage {
    pub(super) text: ParagraphTexts,
    pub(super) translation: ParagraphTexts,
}

/// Paragraphs written as one text or as a list.
#[derive(Debug, Default)]
pub(super) struct ParagraphTexts(pub(super) Vec<Option<String>>);

impl<'de> Deserialize<'de> for ParagraphTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Texts::deserialize(deserializer)? {
            Texts { texts, is_list: true } => Ok(Self(texts)),
            Texts { texts, .. } => {
                let paragraphs = texts.iter().flatten().flat_map(|text| split(text));
                Ok(Self(paragraphs.map(Some).collect()))
            }
        }
    }
}

impl Words for Timecode {
    fn read(text: &str) -> Result<Self, String> {
        // A reader of YAML 1.1 writes 83 back for an unquoted 1:23.
        let seconds = || text.parse::<f64>().ok().and_then(Timecode::from_seconds);
        text.parse().ok().or_else(seconds).ok_or_else(|| format!("`{text}` is no time; write it as \"00:01:23\""))
    }
}

impl Words for Confidence {
    fn read(text: &str) -> Result<Self, String> {
        let all = [Confidence::Sure, Confidence::Likely, Confidence::Doubtful];
        let found = all.into_iter().find(|confidence| confidence.name() == text);
        found.ok_or_else(|| format!("`{text}` is no confidence; write sure, likely or doubtful"))
    }
}

fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
    Ok(map.next_value::<Option<Text>>()?.map(|text| text.0))
}

fn list<'de, T: Deserialize<'de>, A: MapAccess<'de>>(map: &mut A) -> Result<Vec<T>, A::Error> {
    Ok(map.next_value::<Option<Vec<T>>>()?.unwrap_or_default())
}
