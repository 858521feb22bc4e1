//! Transcriber's `.trs`: turns with times, sections with topics, events in the text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::blanks;
use super::paragraphs::{Paragraphs, Piece};
use super::xml::{self, Event, Events, Tag};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Speech};
use crate::import::tally::Tally;
use crate::import::{ImportError, Options};
use crate::model::Timecode;

/// Transcriber.
#[derive(Debug)]
pub(super) struct Trs;

impl Importer for Trs {
    fn name(&self) -> &'static str {
        "trs"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["trs"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (name, _) = xml::root(sample.text)?;
        (name == "Trans").then_some(Recognised { score: 100, because: "its outermost element is Transcriber's" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut reader = Reader::default();
        let mut events = Events::of(&source);
        while let Some(event) = events.next()? {
            let Event::Start(tag) = event else { continue };
            let metadata = &mut reader.paragraphs.draft.metadata;
            match tag.name {
                "Trans" => {
                    metadata.date = tag.attribute("version_date").map(Cow::into_owned);
                    metadata.language = tag.attribute("lang").map(Cow::into_owned);
                }
                "Topic" => {
                    let (id, told) = (tag.attribute("id"), tag.attribute("desc"));
                    reader.topics.insert(id.unwrap_or_default(), told.unwrap_or_default());
                }
                "Speaker" => reader.declare(tag),
                "Episode" => metadata.title = tag.attribute("program").unwrap_or_default().into_owned(),
                "Section" => reader.section(tag),
                "Turn" => reader.turn(tag, &mut events)?,
                _ => {}
            }
        }
        let mut draft = reader.paragraphs.finish();
        reader.comments.report("a comment or mark of the transcriber", &mut draft.left_out);
        Ok(draft)
    }
}

#[derive(Default)]
struct Reader<'a> {
    paragraphs: Paragraphs,
    labels: HashMap<String, Speech>,
    topics: HashMap<Cow<'a, str>, Cow<'a, str>>,
    comments: Tally,
}

/// What is said until somebody else speaks or a moment is told.
#[derive(Default)]
struct Said {
    words: String,
    line: u32,
    speech: Option<Speech>,
    time: Option<Timecode>,
    end: Option<Timecode>,
}

impl<'a> Reader<'a> {
    fn declare(&mut self, tag: Tag<'_>) {
        let Some(id) = tag.attribute("id") else { return };
        let name = tag.attribute("name").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let declared =
            Declared { label: id.clone().into_owned(), name: name.unwrap_or_else(|| id.into_owned()), role: None };
        self.paragraphs.draft.declared.push(declared);
    }

    fn section(&mut self, tag: Tag<'a>) {
        let topic = tag.attribute("topic").and_then(|topic| self.topics.get(&topic)).map(|topic| topic.trim());
        if let Some(title) = topic.filter(|title| !title.is_empty()).map(str::to_owned) {
            self.paragraphs.break_here();
            let at = HeadingPlace::Block(self.paragraphs.draft.blocks.len() as u32);
            self.paragraphs.draft.topics.push(Heading { title, level: 0, at });
        }
    }

    fn turn(&mut self, turn: Tag<'a>, events: &mut Events<'a>) -> Result<(), ImportError> {
        let speakers = turn.attribute("speaker").unwrap_or_default();
        let speakers: Vec<&str> = speakers.split_whitespace().collect();
        let moment = |tag: &Tag<'_>, name: &str| tag.attribute(name).and_then(|time| seconds(&time));
        let mut said = Said {
            speech: Some(speakers.first().map_or(Speech::Changed, |first| self.label(first))),
            time: moment(&turn, "startTime"),
            end: moment(&turn, "endTime"),
            ..Said::default()
        };
        let mut depth = 0_u32;
        while let Some(event) = events.next()? {
            let tag = match event {
                Event::Start(tag) => tag,
                Event::End if depth == 0 => break,
                Event::End => {
                    depth -= 1;
                    continue;
                }
                Event::Words(words) => {
                    if said.words.is_empty() {
                        said.line = events.line();
                    }
                    blanks::append(&mut said.words, &words);
                    continue;
                }
            };
            depth += 1;
            match tag.name {
                "Sync" => {
                    self.say(&mut said, None);
                    said.time = moment(&tag, "time").or(said.time);
                }
                "Who" => {
                    self.say(&mut said, None);
                    let number = tag.attribute("nb").and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
                    if let Some(name) = speakers.get(number.saturating_sub(1)) {
                        said.speech = Some(self.label(name));
                    }
                }
                "Event" => {
                    let heard = tag.attribute("type").is_none_or(|kind| kind == "noise");
                    let begins = tag.attribute("extent").is_none_or(|extent| extent != "end" && extent != "previous");
                    let told = tag.attribute("desc").unwrap_or_default();
                    if heard && begins && !told.is_empty() {
                        if said.words.is_empty() {
                            said.line = events.line();
                        }
                        xml::space(&mut said.words);
                        said.words.push_str(&format!("[{told}] "));
                    } else {
                        self.comments.add(events.line());
                    }
                }
                "Comment" | "Background" => self.comments.add(events.line()),
                _ => {}
            }
        }
        let end = said.end;
        self.say(&mut said, end);
        Ok(())
    }

    fn say(&mut self, said: &mut Said, end: Option<Timecode>) {
        if !said.words.trim().is_empty() {
            let speech = said.speech.take().unwrap_or(Speech::Unknown);
            let (text, line, start) = (&said.words, said.line, said.time.take());
            self.paragraphs.add(Piece { text, line, speech, start, end, glued: false });
        }
        said.words.clear();
    }

    fn label(&mut self, name: &str) -> Speech {
        if let Some(known) = self.labels.get(name) {
            return *known;
        }
        self.paragraphs.draft.labels.push(name.to_owned());
        let speech = Speech::Labelled(self.paragraphs.draft.labels.len() as u32 - 1);
        self.labels.insert(name.to_owned(), speech);
        speech
    }
}

fn seconds(text: &str) -> Option<Timecode> {
    text.trim().parse().ok().and_then(Timecode::from_seconds)
}
