//! Recognised speech to a draft.

use std::collections::HashMap;

use super::super::paragraphs::{Paragraphs, Piece};
use crate::import::draft::{Declared, Draft, Speech};
use crate::import::names;
use crate::import::tally::Tally;
use crate::model::Timecode;

/// A draft that grows by what recognition heard.
#[derive(Debug)]
pub(super) struct Talk<'a> {
    source: &'a str,
    /// Where in the source lines have been counted to, and the number of the line there.
    counted: (usize, u32),
    paragraphs: Paragraphs,
    speakers: HashMap<String, u32>,
    odd_times: Tally,
    disorder: Tally,
    last: f64,
}

impl<'a> Talk<'a> {
    /// A draft of words that lie in `source`, nearly all of them, in rising order.
    pub(super) fn of(source: &'a str) -> Self {
        Talk {
            source,
            counted: (0, 1),
            paragraphs: Paragraphs::default(),
            speakers: HashMap::new(),
            odd_times: Tally::default(),
            disorder: Tally::default(),
            last: 0.0,
        }
    }

    /// 1-based line of words; the line of those before for words that do not lie in the source.
    fn line(&mut self, words: &str) -> u32 {
        let (from, line) = self.counted;
        let at = (words.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        if let Some(between) = self.source.as_bytes().get(from..at) {
            self.counted = (at, line + memchr::memchr_iter(b'\n', between).count() as u32);
        }
        self.counted.1
    }

    /// Adds words. Without a speaker they are whoever's spoke before; line feeds in them begin paragraphs.
    pub(super) fn say(&mut self, speaker: Option<&str>, text: &str, start: Option<f64>, end: Option<f64>) {
        let mut speech = self.speech(speaker);
        let number = self.line(text);
        if let Some(start) = start {
            if start < self.last {
                self.disorder.add(number);
            }
            self.last = start;
        }
        let (mut start, end) = (self.time(start, number), self.time(end, number));
        for (index, line) in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).enumerate() {
            if index > 0 {
                self.paragraphs.break_here();
            }
            self.paragraphs.add(Piece { text: line, line: number, speech, start, end, glued: false });
            (start, speech) = (None, Speech::Unknown);
        }
    }

    /// Adds a mark that follows the words before without a blank.
    pub(super) fn punctuate(&mut self, mark: &str) {
        self.paragraphs.add(Piece {
            text: mark,
            line: self.counted.1,
            speech: Speech::Unknown,
            start: None,
            end: None,
            glued: true,
        });
    }

    /// What is said next begins a paragraph.
    pub(super) fn break_here(&mut self) {
        self.paragraphs.break_here();
    }

    /// The draft, with names for speakers that have only a number or a letter.
    pub(super) fn finish(self) -> Draft {
        let mut draft = self.paragraphs.finish();
        let is_question = draft.labels.iter().any(|label| label == "Q");
        for label in &draft.labels {
            let letter = !is_question && label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_uppercase());
            if letter || label.bytes().all(|byte| byte.is_ascii_digit()) {
                let name = format!("Speaker {label}");
                draft.declared.push(Declared { label: label.clone(), name, role: None });
            }
        }
        self.odd_times.report("a time below zero or too large was left away", &mut draft.warnings);
        let disorder = "a time lies before the one above it; the order of the file was kept";
        self.disorder.report(disorder, &mut draft.warnings);
        draft
    }

    fn speech(&mut self, speaker: Option<&str>) -> Speech {
        let Some(speaker) = speaker.map(str::trim).filter(|speaker| !speaker.is_empty()) else {
            return Speech::Unknown;
        };
        if names::is_nobody(speaker) {
            return Speech::Changed;
        }
        if let Some(&label) = self.speakers.get(speaker) {
            return Speech::Labelled(label);
        }
        let labels = &mut self.paragraphs.draft.labels;
        labels.push(speaker.to_owned());
        let label = labels.len() as u32 - 1;
        self.speakers.insert(speaker.to_owned(), label);
        Speech::Labelled(label)
    }

    fn time(&mut self, seconds: Option<f64>, line: u32) -> Option<Timecode> {
        let time = Timecode::from_seconds(seconds?);
        if time.is_none() {
            self.odd_times.add(line);
        }
        time
    }
}
