//! Recognised speech to a draft.

use std::collections::HashMap;

use super::super::paragraphs::{Paragraphs, Piece};
use crate::import::draft::{Declared, Draft, Speech};
use crate::import::{Warning, names};
use crate::model::Timecode;

/// A draft that grows by what recognition heard.
#[derive(Debug, Default)]
pub(super) struct Talk {
    paragraphs: Paragraphs,
    speakers: HashMap<String, u32>,
    odd_times: u32,
    disorder: u32,
    last: f64,
}

impl Talk {
    /// Adds words. Without a speaker they are whoever's spoke before; line feeds in them begin paragraphs.
    pub(super) fn say(&mut self, speaker: Option<&str>, text: &str, start: Option<f64>, end: Option<f64>) {
        let mut speech = self.speech(speaker);
        if let Some(start) = start {
            self.disorder += u32::from(start < self.last);
            self.last = start;
        }
        let (mut start, end) = (self.time(start), self.time(end));
        for (index, line) in text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).enumerate() {
            if index > 0 {
                self.paragraphs.break_here();
            }
            self.paragraphs.add(Piece { text: line, line: 0, speech, start, end, glued: false });
            (start, speech) = (None, Speech::Unknown);
        }
    }

    /// Adds a mark that follows the words before without a blank.
    pub(super) fn punctuate(&mut self, mark: &str) {
        self.paragraphs.add(Piece {
            text: mark,
            line: 0,
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
        let mut warn = |count: u32, what: &str| {
            if count > 0 {
                draft.warnings.push(Warning { line: 0, message: format!("{what}: {count}") });
            }
        };
        warn(self.odd_times, "times below zero or too large, left away");
        warn(self.disorder, "times that lie before the one above them, where the order of the file was kept");
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

    fn time(&mut self, seconds: Option<f64>) -> Option<Timecode> {
        let seconds = seconds?;
        let time = Timecode::from_seconds(seconds);
        self.odd_times += u32::from(time.is_none());
        time
    }
}
