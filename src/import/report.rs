//! What an import says of itself, and how that reads.

use std::ops::Range;

use crate::model::{Confidence, Interview, LabelOrigin, ParagraphIndex, TurnIndex};
use crate::text::word_count;

/// How a document was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The format and why it was taken for that.
    pub format: String,
    /// Why it was taken for that.
    pub because: String,
    /// The character encoding, and whether it was declared or guessed.
    pub encoding: String,
    /// Labels that were brought together: as written, as shown.
    pub merged: Vec<(String, String)>,
    /// Whether speakers were worked out, and on how sure a ground: true where the result is a proposal only.
    pub proposal: bool,
    /// What was left out: line and what it was.
    pub left_out: Vec<Warning>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A remark on a line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// 1-based.
    pub line: u32,
    /// One sentence.
    pub message: String,
}

/// A line of a report as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportLine {
    /// What the lines below are about.
    Heading(&'static str),
    /// Something, and what is said of it.
    Entry(String, String),
}

impl Report {
    /// The report on `interview`, which may have been corrected since it was read.
    pub fn lines(&self, interview: &Interview) -> Vec<ReportLine> {
        let mut lines = Vec::new();
        let mut entry = |what: &str, said: String| lines.push(ReportLine::Entry(what.to_owned(), said));
        let because = if self.because.is_empty() { String::new() } else { format!(", since {}", self.because) };
        entry("format", format!("{}{because}", self.format));
        if !self.encoding.is_empty() {
            entry("encoding", self.encoding.clone());
        }
        if let Some(language) = &interview.metadata.language {
            entry("language", language.clone());
        }
        if interview.is_bilingual() {
            let paragraphs = || interview.paragraphs().filter(|at| !interview.paragraph(*at).is_empty());
            let translated = paragraphs().filter(|at| interview.translation(*at).is_some()).count();
            let language = interview.metadata.translation_language.as_deref().unwrap_or("language unknown");
            entry("translation", format!("{language}, of {translated} in {} paragraphs", paragraphs().count()));
        }
        let (front, back) = (0..interview.front(), interview.back());
        if !front.is_empty() {
            entry("front matter", extent(interview, front));
        }
        if !back.is_empty() {
            entry("back matter", extent(interview, back));
        }
        lines.push(ReportLine::Heading("Speakers"));
        lines.extend(speakers(interview));
        lines.extend(self.inferred(interview));
        if !self.merged.is_empty() {
            lines.push(ReportLine::Heading("Labels brought together"));
            let merged = self.merged.iter();
            lines.extend(merged.map(|(written, shown)| ReportLine::Entry(written.clone(), format!("read as {shown}"))));
        }
        for (heading, remarks) in [("Left out", &self.left_out), ("Warnings", &self.warnings)] {
            if !remarks.is_empty() {
                lines.push(ReportLine::Heading(heading));
                lines.extend(remarks.iter().map(Warning::entry));
            }
        }
        lines
    }

    /// What was worked out, and how sure it is.
    fn inferred(&self, interview: &Interview) -> Vec<ReportLine> {
        let mut lines = Vec::new();
        let inferred = || interview.turns().iter().filter(|turn| turn.origin == LabelOrigin::Inferred);
        let corrected = interview.turns().iter().filter(|turn| turn.origin == LabelOrigin::Corrected).count();
        if inferred().next().is_some() {
            let read = interview.turns().iter().filter(|turn| turn.origin == LabelOrigin::Read).count();
            let levels = [Confidence::Sure, Confidence::Likely, Confidence::Doubtful].map(|confidence| {
                let count = inferred().filter(|turn| turn.confidence == Some(confidence)).count();
                format!("{count} {}", confidence.name())
            });
            let speaks = format!("of {}: {}", count(inferred().count(), "turn"), levels.join(", "));
            lines.push(ReportLine::Heading("Worked out"));
            lines.push(ReportLine::Entry("who speaks".to_owned(), speaks));
            lines.push(ReportLine::Entry("labelled".to_owned(), count(read, "turn")));
            if self.proposal && corrected == 0 {
                let ask = "a proposal only; say who asks with --interviewer NAME, or correct it in the reader";
                lines.push(ReportLine::Entry("so far".to_owned(), ask.to_owned()));
            }
        }
        if corrected > 0 {
            lines.push(ReportLine::Heading("Corrected by the reader"));
            lines.push(ReportLine::Entry("who speaks".to_owned(), format!("of {}", count(corrected, "turn"))));
        }
        lines
    }
}

impl Warning {
    fn entry(&self) -> ReportLine {
        let place = if self.line == 0 { "throughout".to_owned() } else { format!("line {}", self.line) };
        ReportLine::Entry(place, self.message.clone())
    }
}

/// Each speaker's role, turns and words; turns of nobody in particular last.
fn speakers(interview: &Interview) -> Vec<ReportLine> {
    let unnamed = interview.speakers.len();
    let mut heard = vec![(0_usize, 0_usize); unnamed + 1];
    for (number, turn) in interview.turns().iter().enumerate() {
        let speaker = turn.speaker.map_or(unnamed, |speaker| usize::from(speaker.0));
        if let Some((turns, words)) = heard.get_mut(speaker) {
            *turns += 1;
            *words += words_in(interview, interview.turn_paragraphs(TurnIndex(number as u32)));
        }
    }
    let extent = |(turns, words): (usize, usize)| format!("{}, {}", count(turns, "turn"), count(words, "word"));
    let mut lines: Vec<ReportLine> = interview
        .speakers
        .iter()
        .zip(&heard)
        .map(|(speaker, heard)| {
            ReportLine::Entry(speaker.name.clone(), format!("{}, {}", speaker.role.name(), extent(*heard)))
        })
        .collect();
    match heard.last() {
        Some(&heard) if heard.0 > 0 => lines.push(ReportLine::Entry("nobody named".to_owned(), extent(heard))),
        _ => {}
    }
    lines
}

fn extent(interview: &Interview, paragraphs: Range<u32>) -> String {
    let number = paragraphs.len();
    format!("{}, {}", count(number, "paragraph"), count(words_in(interview, paragraphs), "word"))
}

fn words_in(interview: &Interview, paragraphs: Range<u32>) -> usize {
    paragraphs.map(|at| word_count(interview.paragraph(ParagraphIndex(at)))).sum()
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
