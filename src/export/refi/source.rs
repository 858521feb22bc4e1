//! An interview as the text file that codings point into.

use super::project::Units;
use crate::export::xml::printable;
use crate::model::{Interview, LabelOrigin, ParagraphIndex, Position, Span, TurnIndex};

/// The text of an interview, and where each paragraph stands in it.
pub(super) struct SourceText {
    /// The text, one paragraph on a line, a name before each turn, translations below their originals.
    pub(super) text: String,
    /// For each paragraph, translations included: its first byte, and how many units stand before that.
    starts: Vec<(usize, usize)>,
    units: Units,
}

impl SourceText {
    pub(super) fn of(interview: &Interview, units: Units) -> Self {
        let count = interview.paragraph_count_with_translations() as usize;
        let mut source = Self { text: String::new(), starts: vec![(0, 0); count], units };
        let mut counted = 0;
        let mut measured = 0;
        for paragraph in interview.paragraphs() {
            if paragraph.0 > 0 {
                source.text.push_str(units.newline());
            }
            source.text.push_str(&printable(&label(interview, paragraph)));
            let translation = interview.translation(paragraph);
            for (index, part) in [Some(paragraph), translation].into_iter().flatten().enumerate() {
                if index > 0 {
                    source.text.push_str(units.newline());
                }
                counted += units.count(source.text.get(measured..).unwrap_or_default());
                measured = source.text.len();
                if let Some(start) = source.starts.get_mut(part.0 as usize) {
                    *start = (measured, counted);
                }
                source.text.push_str(&printable(interview.paragraph(part)));
            }
        }
        source.text.push_str(units.newline());
        source
    }

    /// A stretch of the interview: start and end in units, and the exact words between.
    pub(super) fn selection(&self, interview: &Interview, span: Span) -> (usize, usize, &str) {
        let (first_byte, first) = self.place(interview, span.start);
        let (last_byte, last) = self.place(interview, span.end);
        (first, last.max(first), self.text.get(first_byte..last_byte).unwrap_or_default())
    }

    fn place(&self, interview: &Interview, position: Position) -> (usize, usize) {
        let (byte, before) = self.starts.get(position.paragraph.0 as usize).copied().unwrap_or_default();
        let words = interview.paragraph(position.paragraph);
        let words = printable(words.get(..position.offset as usize).unwrap_or(words));
        (byte + words.len(), before + self.units.count(&words))
    }
}

/// `Tom Bellis: ` before the first paragraph of a turn.
fn label(interview: &Interview, paragraph: ParagraphIndex) -> String {
    let turn = interview.turn_of(paragraph).filter(|turn| interview.turn_paragraphs(*turn).start == paragraph.0);
    let Some(turn) = turn.and_then(|TurnIndex(index)| interview.turns().get(index as usize)) else {
        return String::new();
    };
    let mark = if turn.origin == LabelOrigin::Inferred { "~" } else { "" };
    let time = turn.time.map(|time| format!("[{time}] ")).unwrap_or_default();
    let name = turn.speaker.and_then(|speaker| interview.speaker(speaker));
    format!("{time}{}", name.map(|speaker| format!("{}{mark}: ", speaker.name)).unwrap_or_default())
}
