//! Interviews in the native format, `interview/1`: hand-made, corrected and bilingual documents.
//!
//! ```yaml
//! interleaf: interview/1
//! title: Lighthouses Without Keepers
//! speakers:
//! - {id: okafor, name: Mira Okafor, role: interviewer}
//! topics:
//! - {title: Growing up on the rock, turn: 0}
//! turns:
//! - speaker: okafor
//!   time: "00:01:23"
//!   text: |
//!     First paragraph.
//!
//!     Second paragraph.
//!   translation: |
//!     第一段。
//!
//!     第二段。
//! ```
//!
//! A blank line ends a paragraph; lines within one are joined. Where that does not do (a paragraph without a
//! translation among others with one, blanks that count), `text` and `translation` are lists with one text for each
//! paragraph, `null` for none.

use std::collections::HashMap;

use serde::de::MapAccess;
use serde::{Deserialize, Deserializer};

use super::Fault;
use super::schema::{RawAt, Word, Words};
use super::yaml_in::{self, Fields, Text, Texts, Unknown, fields};
use super::yaml_out::{self, Within};
use crate::model::{
    Confidence, Interview, InterviewBuilder, LabelOrigin, Matter, Metadata, ParagraphIndex, Place, Role, SpeakerIndex,
    Timecode, TurnIndex,
};

/// The version line of an interview.
pub const INTERVIEW: &str = "interview/1";

/// Reads an interview.
///
/// # Errors
///
/// Where the text is no `interview/1`, with line and column.
pub fn read(text: &str) -> Result<Interview, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_version(text)?;
    let raw: RawInterview = yaml_in::parse(text)?;
    let mut builder = InterviewBuilder::with_capacity(text.len());
    builder.metadata = raw.metadata();
    let mut by_name: HashMap<String, SpeakerIndex> = HashMap::new();
    for speaker in raw.speakers {
        let name = if speaker.name.is_empty() { speaker.id.clone() } else { speaker.name };
        if name.is_empty() {
            continue;
        }
        let index = builder.speaker_with_id(&speaker.id, &name, speaker.role);
        by_name.entry(name).or_insert(index);
        if !speaker.id.is_empty() {
            by_name.insert(speaker.id, index);
        }
    }
    let mut writer = Paragraphs { builder, topics: HashMap::new() };
    for topic in raw.topics {
        writer.topics.entry(topic.place).or_default().push((topic.title, topic.level));
    }
    writer.add(&raw.front, &[], Place::Front);
    for (turn, raw) in (0u32..).zip(raw.turns) {
        let speaker = raw.speaker.filter(|name| !name.is_empty()).map(|name| match by_name.get(&name) {
            Some(&index) => index,
            None => {
                let index = writer.builder.speaker(&name, Role::Other);
                by_name.insert(name, index);
                index
            }
        });
        writer.builder.turn_with(speaker, raw.time, raw.origin, raw.confidence);
        writer.add(&raw.passage, &raw.times, |paragraph| Place::Turn { turn, paragraph });
    }
    writer.builder.back();
    writer.add(&raw.back, &[], Place::Back);
    Ok(writer.builder.build())
}

/// Writes an interview, so that [`read`] gives back the same.
pub fn write(interview: &Interview) -> String {
    let metadata = &interview.metadata;
    let mut out = format!("interleaf: {INTERVIEW}\n");
    let mut line = |key: &str, text: Option<&str>| {
        if let Some(text) = text {
            out.push_str(&format!("{key}: {}\n", yaml_out::scalar(text, Within::Block)));
        }
    };
    line("title", Some(metadata.title.as_str()).filter(|title| !title.is_empty()));
    line("subtitle", metadata.subtitle.as_deref());
    line("date", metadata.date.as_deref());
    line("language", metadata.language.as_deref());
    line("translation_language", metadata.translation_language.as_deref());
    let flow = |text: &str| yaml_out::scalar(text, Within::Flow);
    let source = &metadata.source;
    let source: Vec<String> =
        [("url", &source.url), ("publisher", &source.publisher), ("saved", &source.saved), ("format", &source.format)]
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}: {}", flow(value.as_ref()?))))
            .collect();
    if !source.is_empty() {
        out.push_str(&format!("source: {{{}}}\n", source.join(", ")));
    }
    if !interview.speakers.is_empty() {
        out.push_str("speakers:\n");
    }
    for speaker in &interview.speakers {
        let (id, name, role) = (flow(&speaker.id), flow(&speaker.name), speaker.role.name());
        out.push_str(&format!("- {{id: {id}, name: {name}, role: {role}}}\n"));
    }
    passage(&mut out, interview, 0..interview.front(), "front", "front_translation", "");
    if !interview.given_topics.is_empty() {
        out.push_str("topics:\n");
    }
    for topic in interview.given_topics.iter() {
        let at = match place(interview, topic.paragraph) {
            Place::Front(index) => format!("front: {index}"),
            Place::Back(index) => format!("back: {index}"),
            Place::Turn { turn, paragraph: 0 } => format!("turn: {turn}"),
            Place::Turn { turn, paragraph } => format!("turn: {turn}, paragraph: {paragraph}"),
        };
        let level = if topic.level == 0 { String::new() } else { format!(", level: {}", topic.level) };
        out.push_str(&format!("- {{title: {}, {at}{level}}}\n", flow(&topic.title)));
    }
    if !interview.turns().is_empty() {
        out.push_str("turns:\n");
    }
    let mut times = interview.paragraph_times();
    for (index, turn) in (0u32..).zip(interview.turns()) {
        let paragraphs = interview.turn_paragraphs(TurnIndex(index));
        let mut dash = "- ";
        let mut line = |out: &mut String, text: String| {
            out.push_str(&format!("{dash}{text}\n"));
            dash = "  ";
        };
        if let Some(speaker) = turn.speaker.and_then(|speaker| interview.speaker(speaker)) {
            line(&mut out, format!("speaker: {}", yaml_out::scalar(&speaker.id, Within::Block)));
        }
        if let Some(time) = turn.time {
            line(&mut out, format!("time: \"{}\"", precise(time)));
        }
        match turn.origin {
            LabelOrigin::Read => {}
            LabelOrigin::Inferred => line(&mut out, "inferred: true".to_owned()),
            LabelOrigin::Corrected => line(&mut out, "corrected: true".to_owned()),
        }
        if let Some(confidence) = turn.confidence {
            line(&mut out, format!("confidence: {}", confidence.name()));
        }
        let count = times.iter().take_while(|(paragraph, _)| paragraph.0 < paragraphs.end).count();
        let (of_turn, rest) = times.split_at(count);
        times = rest;
        let of_turn: Vec<String> = of_turn
            .iter()
            .filter(|(paragraph, _)| paragraphs.contains(&paragraph.0))
            .map(|(paragraph, time)| format!("{}: \"{}\"", paragraph.0 - paragraphs.start, precise(*time)))
            .collect();
        if !of_turn.is_empty() {
            line(&mut out, format!("times: {{{}}}", of_turn.join(", ")));
        }
        if paragraphs.is_empty() {
            line(&mut out, "text: []".to_owned());
        } else {
            let at = out.len();
            passage(&mut out, interview, paragraphs, "text", "translation", "  ");
            if dash == "- " {
                out.replace_range(at..at + 2, dash);
            }
        }
    }
    passage(&mut out, interview, interview.back(), "back", "back_translation", "");
    out
}

/// Writes paragraphs and what translations they have.
fn passage(
    out: &mut String,
    interview: &Interview,
    range: std::ops::Range<u32>,
    key: &str,
    translation: &str,
    indent: &str,
) {
    let originals: Vec<Option<&str>> =
        range.clone().map(|index| Some(interview.paragraph(ParagraphIndex(index)))).collect();
    let translations: Vec<Option<&str>> =
        range.map(|index| Some(interview.paragraph(interview.translation(ParagraphIndex(index))?))).collect();
    for (key, paragraphs) in [(key, originals), (translation, translations)] {
        if paragraphs.iter().all(Option::is_none) {
            continue;
        }
        let whole: Option<Vec<&str>> = paragraphs.iter().copied().collect();
        let joined = whole.filter(|whole| whole.iter().all(|paragraph| comes_back(paragraph)));
        let value = match joined {
            Some(whole) => yaml_out::text(&(whole.join("\n\n") + "\n")).render(indent.len() + 2, "\n"),
            None => {
                let item = |paragraph: &Option<&str>| match paragraph {
                    Some(text) => format!("\n{indent}- {}", yaml_out::scalar(text, Within::Block)),
                    None => format!("\n{indent}- null"),
                };
                paragraphs.iter().map(item).collect()
            }
        };
        out.push_str(&format!("{indent}{key}:{value}\n"));
    }
}

/// Whether a paragraph is the same after it has stood among others with blank lines between.
fn comes_back(paragraph: &str) -> bool {
    !paragraph.is_empty()
        && paragraph.trim() == paragraph
        && !paragraph.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

fn precise(time: Timecode) -> String {
    match time.milliseconds() % 1000 {
        0 => time.to_string(),
        rest => format!("{time}.{rest:03}"),
    }
}

fn place(interview: &Interview, paragraph: ParagraphIndex) -> Place {
    match (interview.matter(paragraph), interview.turn_of(paragraph)) {
        (Matter::Body, Some(turn)) => {
            let first = interview.turn_paragraphs(turn).start;
            Place::Turn { turn: turn.0, paragraph: paragraph.0 - first }
        }
        (Matter::Back, _) => Place::Back(paragraph.0.saturating_sub(interview.back().start)),
        _ => Place::Front(paragraph.0),
    }
}

/// Puts paragraphs into an interview, each behind the topics that begin with it.
struct Paragraphs {
    builder: InterviewBuilder,
    topics: HashMap<Place, Vec<(String, u8)>>,
}

impl Paragraphs {
    fn add(&mut self, passage: &Passage, times: &[(u32, Timecode)], place: impl Fn(u32) -> Place) {
        let originals = passage.text.0.iter().map(|text| text.as_deref().unwrap_or_default());
        for (index, original) in (0u32..).zip(originals) {
            for (title, level) in self.topics.remove(&place(index)).unwrap_or_default() {
                self.builder.topic(&title, level);
            }
            self.builder.paragraph(original);
            if let Some((_, time)) = times.iter().find(|(paragraph, _)| *paragraph == index) {
                self.builder.paragraph_time(*time);
            }
            if let Some(translation) = passage.translation.0.get(index as usize).and_then(Option::as_deref) {
                self.builder.translation(translation);
            }
        }
        // Translated paragraphs beyond the last original belong to it: no word is left out.
        let more = passage.translation.0.iter().skip(passage.text.0.len()).flatten();
        for translation in more {
            self.builder.paragraph("").translation(translation);
        }
    }
}

/// Paragraphs of one part, and their translations.
#[derive(Debug, Default)]
struct Passage {
    text: ParagraphTexts,
    translation: ParagraphTexts,
}

/// Paragraphs written as one text or as a list.
#[derive(Debug, Default)]
struct ParagraphTexts(Vec<Option<String>>);

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

/// The paragraphs of a text: blank lines between them, lines joined within.
fn split(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut().filter(|_| is_open) {
            _ if line.is_empty() => is_open = false,
            None => {
                paragraphs.push(line.to_owned());
                is_open = true;
            }
            Some(open) => {
                // Chinese and Japanese have no blank between words that the end of a line could stand for.
                let is_wide = |c: Option<char>| c.is_some_and(|c| ('\u{2e80}'..'\u{ac00}').contains(&c));
                if !(is_wide(open.chars().next_back()) && is_wide(line.chars().next())) {
                    open.push(' ');
                }
                open.push_str(line);
            }
        }
    }
    paragraphs
}

#[derive(Debug, Default)]
struct RawInterview {
    title: String,
    subtitle: Option<String>,
    date: Option<String>,
    language: Option<String>,
    translation_language: Option<String>,
    source: RawSource,
    speakers: Vec<RawSpeaker>,
    front: Passage,
    topics: Vec<RawTopic>,
    turns: Vec<RawTurn>,
    back: Passage,
}

impl RawInterview {
    fn metadata(&self) -> Metadata {
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

fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
    Ok(map.next_value::<Option<Text>>()?.map(|text| text.0))
}

fn list<'de, T: Deserialize<'de>, A: MapAccess<'de>>(map: &mut A) -> Result<Vec<T>, A::Error> {
    Ok(map.next_value::<Option<Vec<T>>>()?.unwrap_or_default())
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
struct RawSource(crate::model::Source);

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
struct RawSpeaker {
    id: String,
    name: String,
    role: Role,
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
struct RawTopic {
    title: String,
    place: Place,
    level: u8,
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
struct RawTurn {
    speaker: Option<String>,
    time: Option<Timecode>,
    origin: LabelOrigin,
    confidence: Option<Confidence>,
    times: Vec<(u32, Timecode)>,
    passage: Passage,
}

impl Fields for RawTurn {
    const WHAT: &'static str = "a turn";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "speaker" => self.speaker = text(map)?,
            "time" => self.time = map.next_value::<Option<Word<Timecode>>>()?.map(|time| time.0),
            "times" => {
                let times: std::collections::BTreeMap<u32, Word<Timecode>> = map.next_value()?;
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

macro_rules! read_as_mapping {
    ($($raw:ty),*) => {$(
        impl<'de> Deserialize<'de> for $raw {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                fields(deserializer)
            }
        }
    )*};
}

read_as_mapping!(RawInterview, RawSource, RawSpeaker, RawTopic, RawTurn);

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

fn check_version(text: &str) -> Result<(), Fault> {
    let found = text.lines().enumerate().find_map(|(index, line)| Some((index, line.strip_prefix("interleaf:")?)));
    let version = found.map(|(_, line)| line.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']));
    match (found, version) {
        (_, None | Some(INTERVIEW)) => Ok(()),
        (found, Some(other)) => {
            let line = found.map_or(1, |(index, _)| index + 1);
            let message = match other.starts_with("interview/") {
                true => format!("this is `{other}`, and this program reads `{INTERVIEW}`; install a newer interleaf"),
                false => format!("this is no interview but `{other}`; an interview says `{INTERVIEW}`"),
            };
            Err(Fault::at(text, line, 1, message))
        }
    }
}

#[cfg(test)]
mod tests;
