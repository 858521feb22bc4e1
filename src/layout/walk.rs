//! From line to line through the flow, and between lines and places in the text.

use crate::layout::{Flow, Line, LinePlace, Row};
use crate::model::{ParagraphIndex, Position};

impl Flow<'_> {
    /// The first line.
    pub fn start(&self) -> LinePlace {
        LinePlace { paragraph: self.shown_from(ParagraphIndex(0)).unwrap_or_default(), line: 0 }
    }

    /// The last line.
    pub fn end(&self) -> LinePlace {
        let last = ParagraphIndex(self.interview.paragraph_count().saturating_sub(1));
        let paragraph = self.shown_to(last).unwrap_or_default();
        LinePlace { paragraph, line: self.block(paragraph).len().saturating_sub(1) as u32 }
    }

    /// The line `count` lines further down, or up where negative, and how many lines that really is; it ends at the
    /// first and last line.
    pub fn walk(&self, from: LinePlace, count: i64) -> (LinePlace, i64) {
        let mut place = self.settle(from);
        let mut left = count.unsigned_abs();
        if count >= 0 {
            let mut length = self.block(place.paragraph).len() as u64;
            while left > 0 {
                let below = length.saturating_sub(u64::from(place.line) + 1);
                if left <= below {
                    place.line += left as u32;
                    left = 0;
                    break;
                }
                let Some(next) = self.shown_from(ParagraphIndex(place.paragraph.0 + 1)) else {
                    place.line += below as u32;
                    left -= below;
                    break;
                };
                left -= below + 1;
                place = LinePlace { paragraph: next, line: 0 };
                length = self.block(next).len() as u64;
            }
            (place, (count.unsigned_abs() - left) as i64)
        } else {
            while left > 0 {
                if left <= u64::from(place.line) {
                    place.line -= left as u32;
                    left = 0;
                    break;
                }
                let before = place.paragraph.0.checked_sub(1).and_then(|at| self.shown_to(ParagraphIndex(at)));
                let Some(before) = before else {
                    left -= u64::from(place.line);
                    place.line = 0;
                    break;
                };
                left -= u64::from(place.line) + 1;
                place = LinePlace { paragraph: before, line: self.block(before).len().saturating_sub(1) as u32 };
            }
            (place, -((count.unsigned_abs() - left) as i64))
        }
    }

    /// The line with words `count` such lines further down, or up where negative, ending at the first and the last one.
    pub fn walk_words(&self, from: LinePlace, count: i64) -> LinePlace {
        let from = self.settle(from);
        let mut place = from;
        let mut left = count.unsigned_abs() as usize;
        let mut paragraph = Some(place.paragraph);
        while let Some(at) = paragraph.filter(|_| left > 0) {
            let block = self.block(at);
            let bears = |line: &Line| matches!(line, Line::Text { .. } | Line::Beside(..));
            let numbered = block.iter().enumerate().filter(|(_, line)| bears(line)).map(|(number, _)| number as u32);
            let is_first = at == from.paragraph;
            let (passed, last) = match count > 0 {
                true => nth_or_last(numbered.filter(|&line| !is_first || line > from.line), left),
                false => nth_or_last(numbered.rev().filter(|&line| !is_first || line < from.line), left),
            };
            left -= passed;
            place = last.map_or(place, |line| LinePlace { paragraph: at, line });
            paragraph = match count > 0 {
                true => self.shown_from(ParagraphIndex(at.0 + 1)),
                false => at.0.checked_sub(1).and_then(|before| self.shown_to(ParagraphIndex(before))),
            };
        }
        place
    }

    /// Up to `count` lines from a place on.
    pub fn lines(&self, from: LinePlace, count: usize) -> Vec<(LinePlace, Line)> {
        let from = self.settle(from);
        let mut lines = Vec::with_capacity(count);
        let mut next = Some(from.paragraph);
        let mut skip = from.line as usize;
        while let Some(paragraph) = next.filter(|_| lines.len() < count) {
            for (number, line) in self.block(paragraph).into_iter().enumerate().skip(skip) {
                if lines.len() == count {
                    break;
                }
                lines.push((LinePlace { paragraph, line: number as u32 }, line));
            }
            skip = 0;
            next = self.shown_from(ParagraphIndex(paragraph.0 + 1));
        }
        lines
    }

    /// The line on which a position stands; where the view hides it, the nearest line that is shown.
    pub fn place_of(&self, position: Position) -> LinePlace {
        let original = self.interview.original_of(position.paragraph).unwrap_or(position.paragraph);
        let Some(shown) = self.nearest_shown(original) else { return LinePlace::default() };
        if shown != original {
            return LinePlace { paragraph: shown, line: 0 };
        }
        let block = self.block(original);
        let holds =
            |paragraph: ParagraphIndex, row: &Row| paragraph == position.paragraph && row.start <= position.offset;
        let text = block.iter().enumerate().rev().find(|(_, line)| match line {
            Line::Text { paragraph, row, beside } => {
                holds(*paragraph, row) || beside.is_some_and(|(paragraph, row)| holds(paragraph, &row))
            }
            Line::Beside(paragraph, row) => holds(*paragraph, row),
            _ => false,
        });
        let first_text = || block.iter().position(|line| matches!(line, Line::Text { .. }));
        let line = text.map(|(number, _)| number).or_else(first_text).unwrap_or(0) as u32;
        LinePlace { paragraph: original, line }
    }

    /// The first position of the words on a line, or of those below it where it bears none.
    pub fn position_of(&self, place: LinePlace) -> Position {
        let place = self.settle(place);
        let block = self.block(place.paragraph);
        let words = |line: &Line| match line {
            Line::Text { paragraph, row, .. } | Line::Beside(paragraph, row) => {
                Some(Position { paragraph: *paragraph, offset: row.start })
            }
            _ => None,
        };
        block.iter().skip(place.line as usize).find_map(words).unwrap_or(Position::start_of(place.paragraph))
    }

    /// The first line of a paragraph's block that bears more than space: its name, its heading or its words.
    pub fn head_of(&self, paragraph: ParagraphIndex) -> LinePlace {
        let original = self.interview.original_of(paragraph).unwrap_or(paragraph);
        let Some(paragraph) = self.nearest_shown(original) else { return LinePlace::default() };
        let line = self.block(paragraph).iter().position(|line| *line != Line::Blank).unwrap_or(0) as u32;
        LinePlace { paragraph, line }
    }

    /// How many lines `to` lies below `from`, when it is at most `limit`.
    pub fn distance(&self, from: LinePlace, to: LinePlace, limit: usize) -> Option<usize> {
        if to < from {
            return None;
        }
        self.lines(from, limit + 1).iter().position(|(place, _)| *place == to)
    }

    /// The place itself or, where the view does not show it, the nearest that it shows.
    fn settle(&self, place: LinePlace) -> LinePlace {
        let Some(paragraph) = self.nearest_shown(place.paragraph) else { return LinePlace::default() };
        if paragraph != place.paragraph {
            return LinePlace { paragraph, line: 0 };
        }
        let last = self.block(paragraph).len().saturating_sub(1) as u32;
        LinePlace { paragraph, line: place.line.min(last) }
    }
}

/// The `count`th of some lines, or the last where there are fewer, and how many were passed to come to it.
fn nth_or_last(lines: impl Iterator<Item = u32>, count: usize) -> (usize, Option<u32>) {
    lines.take(count).fold((0, None), |(passed, _), line| (passed + 1, Some(line)))
}
