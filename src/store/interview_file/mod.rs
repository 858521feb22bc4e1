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

mod quick;
mod raw;
mod write;

use std::collections::HashMap;

use self::raw::{Passage, RawInterview};
use super::{Fault, yaml_in};
use crate::model::{Interview, InterviewBuilder, Place, Role, SpeakerIndex, Timecode};

pub use self::write::write;

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
    let raw: RawInterview = match quick::interview(text) {
        Some(raw) => raw,
        None => yaml_in::parse(text)?,
    };
    Ok(build(raw, text.len()))
}

fn build(raw: RawInterview, bytes: usize) -> Interview {
    let mut builder = InterviewBuilder::with_capacity(bytes);
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
    writer.builder.build()
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
