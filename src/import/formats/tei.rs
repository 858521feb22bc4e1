//! TEI: `<u who>` of transcribed speech, and `<sp>` of dialogue.

use std::collections::HashMap;

use super::paragraphs::{Paragraphs, Piece};
use super::xml::{self, Event, Events, Tag};
use super::{blanks, tei_header};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::tally::Tally;
use crate::import::{ImportError, Options, names};
use crate::model::Timecode;

/// TEI.
#[derive(Debug)]
pub(super) struct Tei;

impl Importer for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "tei"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (name, tag) = xml::root(sample.text)?;
        (matches!(name, "TEI" | "TEI.2" | "teiCorpus") || tag.contains("tei-c.org"))
            .then_some(Recognised { score: 100, because: "its outermost element is TEI's" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut reader = Reader { times: tei_header::timeline(&source)?, ..Reader::default() };
        reader.document(&mut Events::of(&source))?;
        Ok(reader.finish())
    }
}

#[derive(Default)]
struct Reader {
    paragraphs: Paragraphs,
    labels: HashMap<String, Speech>,
    times: HashMap<String, Timecode>,
    open: Open,
    notes: Tally,
    readings: Tally,
}

/// The elements around a place.
#[derive(Default)]
struct Open {
    elements: Vec<Element>,
    texts: u32,
    divisions: u32,
    front: u32,
    back: u32,
}

/// What an element around a place means for it.
#[derive(Clone, Copy)]
enum Element {
    Text,
    Division,
    Front,
    Back,
    Other,
}

impl Open {
    fn push(&mut self, name: &str) {
        let element = match name {
            "text" => Element::Text,
            "front" => Element::Front,
            "back" => Element::Back,
            _ if name.starts_with("div") => Element::Division,
            _ => Element::Other,
        };
        self.elements.push(element);
        if let Some(count) = self.count(element) {
            *count += 1;
        }
    }

    fn pop(&mut self) {
        if let Some(element) = self.elements.pop()
            && let Some(count) = self.count(element)
        {
            *count = count.saturating_sub(1);
        }
    }

    fn count(&mut self, element: Element) -> Option<&mut u32> {
        match element {
            Element::Text => Some(&mut self.texts),
            Element::Division => Some(&mut self.divisions),
            Element::Front => Some(&mut self.front),
            Element::Back => Some(&mut self.back),
            Element::Other => None,
        }
    }

    fn part(&self) -> Part {
        match (self.front, self.back) {
            (0, 0) => Part::Unknown,
            (_, 0) => Part::Front,
            _ => Part::Back,
        }
    }
}

impl Reader {
    fn document(&mut self, events: &mut Events<'_>) -> Result<(), ImportError> {
        while let Some(event) = events.next()? {
            match event {
                Event::Start(tag) if tag.name == "teiHeader" => tei_header::read(events, &mut self.paragraphs.draft)?,
                // Some archives close the text before what was said.
                Event::Start(tag) if self.open.texts > 0 || matches!(tag.name, "u" | "annotationBlock") => {
                    self.element(tag, events)?;
                }
                Event::Start(tag) => self.open.push(tag.name),
                Event::End => self.open.pop(),
                Event::Words(words) if self.open.texts > 0 && !words.trim().is_empty() => {
                    let mut paragraph = String::new();
                    blanks::append(&mut paragraph, &words);
                    self.paragraph(paragraph.trim_end(), events.line());
                }
                Event::Words(_) => {}
            }
        }
        Ok(())
    }

    /// Reads an element of the text that has just begun; what holds others is only noted.
    fn element(&mut self, tag: Tag<'_>, events: &mut Events<'_>) -> Result<(), ImportError> {
        match tag.name {
            "u" => self.utterance(tag, events),
            "annotationBlock" if tag.attribute("who").is_some() => self.utterance(tag, events),
            "sp" => self.speech(tag, events),
            "head" => {
                let title = self.words(events)?;
                if !title.is_empty() {
                    self.paragraphs.break_here();
                    let at = HeadingPlace::Block(self.paragraphs.draft.blocks.len() as u32);
                    let level = self.open.divisions.clamp(1, 9) as u8 - 1;
                    self.paragraphs.draft.topics.push(Heading { title, level, at });
                }
                Ok(())
            }
            "p" | "ab" | "l" | "item" | "label" | "cell" | "byline" | "dateline" | "titlePart" | "docAuthor"
            | "docDate" | "opener" | "closer" | "salute" | "signed" | "trailer" | "castItem" | "stage" => {
                let line = events.line();
                let words = self.words(events)?;
                self.paragraph(&words, line);
                Ok(())
            }
            "note" | "fw" | "spanGrp" => {
                self.notes.add(events.line());
                events.skip()
            }
            "listPerson" | "timeline" => events.skip(),
            name => {
                self.open.push(name);
                Ok(())
            }
        }
    }

    /// Adds a paragraph of nobody in particular.
    fn paragraph(&mut self, words: &str, line: u32) {
        if !words.is_empty() {
            self.paragraphs.break_here();
            self.paragraphs.draft.push(words, line, Speech::Unknown).part = self.open.part();
        }
    }

    fn utterance(&mut self, tag: Tag<'_>, events: &mut Events<'_>) -> Result<(), ImportError> {
        let speech = tag.attribute("who").map_or(Speech::Changed, |who| self.label(xml::referred(&who)));
        let line = events.line();
        let time = |name: &str| {
            let at = tag.attribute(name)?;
            self.times.get(xml::referred(&at)).copied().or_else(|| tei_header::seconds(&at))
        };
        let (start, end) = (time("start").or_else(|| time("synch")), time("end"));
        let words = self.words(events)?;
        self.paragraphs.add(Piece { text: &words, line, speech, start, end, glued: false });
        Ok(())
    }

    fn speech(&mut self, tag: Tag<'_>, events: &mut Events<'_>) -> Result<(), ImportError> {
        let who = tag.attribute("who").map(|who| xml::referred(&who).to_owned()).filter(|who| !who.is_empty());
        let mut speech = who.as_deref().map(|who| self.label(who));
        while let Some(event) = events.next()? {
            let line = events.line();
            let text = match event {
                Event::End => break,
                Event::Words(words) => {
                    let mut text = String::new();
                    blanks::append(&mut text, &words);
                    text
                }
                Event::Start(inner) if inner.name == "speaker" => {
                    let name = events.words()?;
                    let name = name.trim_end_matches([':', '.']).trim();
                    match &who {
                        Some(who) => self.declare(who, name),
                        None if !name.is_empty() => speech = Some(self.label(name)),
                        None => {}
                    }
                    continue;
                }
                Event::Start(inner) if matches!(inner.name, "note" | "fw" | "spanGrp") => {
                    self.notes.add(line);
                    events.skip()?;
                    continue;
                }
                Event::Start(inner) if inner.name == "stage" => format!("[{}]", self.words(events)?),
                Event::Start(_) => self.words(events)?,
            };
            if !text.trim().is_empty() {
                let speech = speech.replace(Speech::Unknown).unwrap_or(Speech::Changed);
                self.paragraphs.break_here();
                self.paragraphs.add(Piece { text: &text, line, speech, start: None, end: None, glued: false });
            }
        }
        Ok(())
    }

    /// Notes what the text calls somebody whom the header does not name.
    fn declare(&mut self, id: &str, name: &str) {
        let declared = &mut self.paragraphs.draft.declared;
        if !name.is_empty() && name != id && declared.len() < 1000 && declared.iter().all(|known| known.label != id) {
            declared.push(Declared { label: id.to_owned(), name: name.to_owned(), role: None });
        }
    }

    fn label(&mut self, name: &str) -> Speech {
        if let Some(known) = self.labels.get(name) {
            return *known;
        }
        let speech = if names::is_nobody(name) {
            Speech::Changed
        } else {
            self.paragraphs.draft.labels.push(name.to_owned());
            Speech::Labelled(self.paragraphs.draft.labels.len() as u32 - 1)
        };
        self.labels.insert(name.to_owned(), speech);
        speech
    }

    /// The words of the element that has just begun; what is heard beside them in brackets.
    fn words(&mut self, events: &mut Events<'_>) -> Result<String, ImportError> {
        let mut words = String::new();
        let (mut depth, mut mark, mut choice) = (0_u32, None, None);
        while let Some(event) = events.next()? {
            match event {
                Event::Words(part) => {
                    // Pretty-printed words are set apart by elements and not by blanks.
                    if mark == Some(depth) {
                        words.truncate(words.trim_end().len());
                    }
                    blanks::append(&mut words, &part);
                }
                Event::End if depth == 0 => break,
                Event::End => {
                    mark = mark.filter(|mark| *mark != depth);
                    choice = choice.filter(|choice| *choice != depth);
                    depth -= 1;
                }
                Event::Start(tag) => match tag.name {
                    "vocal" | "incident" | "kinesic" | "writing" | "event" | "gap" | "stage" => {
                        if let Some(told) = told(tag, events)? {
                            xml::space(&mut words);
                            words.push_str(&format!("[{told}] "));
                        }
                    }
                    "note" | "spanGrp" | "fw" => {
                        self.notes.add(events.line());
                        events.skip()?;
                    }
                    // The text has it as it was said; what editors would have written comes beside it.
                    "corr" | "reg" | "expan" if choice.is_some() => {
                        self.readings.add(events.line());
                        events.skip()?;
                    }
                    name => {
                        depth += 1;
                        match name {
                            "w" | "seg" | "s" | "lb" | "l" | "p" | "cell" | "item" => xml::space(&mut words),
                            "pc" => mark = Some(depth),
                            "choice" => choice = choice.or(Some(depth)),
                            _ => {}
                        }
                    }
                },
            }
        }
        words.truncate(words.trim_end().len());
        Ok(words)
    }

    fn finish(self) -> Draft {
        let mut draft = self.paragraphs.finish();
        // A person `12` is referred to as `p12` by some programs, since an id may not begin with a digit.
        let known: HashMap<&str, &Declared> =
            draft.declared.iter().map(|declared| (declared.label.as_str(), declared)).collect();
        let meant = draft.labels.iter().filter(|label| !known.contains_key(label.as_str()));
        let meant = meant.filter_map(|label| Some((label, *known.get(label.strip_prefix('p')?)?)));
        let declared: Vec<_> =
            meant.map(|(label, declared)| Declared { label: label.clone(), ..declared.clone() }).collect();
        draft.declared.extend(declared);
        self.notes.report("a note of the editors", &mut draft.left_out);
        self.readings.report("a reading of the editors beside what was said", &mut draft.left_out);
        draft
    }
}

/// What is heard: an element's description, its reason, or else its words.
fn told(tag: Tag<'_>, events: &mut Events<'_>) -> Result<Option<String>, ImportError> {
    let (mut described, mut words, mut depth) = (None, String::new(), 0_u32);
    while let Some(event) = events.next()? {
        match event {
            Event::Start(inner) if inner.name == "desc" && described.is_none() => described = Some(events.words()?),
            Event::Start(_) => depth += 1,
            Event::End if depth == 0 => break,
            Event::End => depth -= 1,
            Event::Words(part) => blanks::append(&mut words, &part),
        }
    }
    let attribute = |name: &str| tag.attribute(name).map(|value| value.into_owned());
    let described = described.filter(|told| !told.is_empty()).or_else(|| attribute("reason").or(attribute("desc")));
    let told = described.unwrap_or_else(|| words.trim_end().to_owned());
    Ok(Some(told).filter(|told| !told.is_empty()))
}
