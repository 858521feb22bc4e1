//! Choosing the words that an annotation is to hold to.
//!
//! The two ends stand between characters: the selection is what lies between them.

use crate::app::motion;
use crate::app::{App, Command};
use crate::layout::Line;
use crate::model::{ParagraphIndex, Position, Span, TurnIndex};
use crate::text;

impl App {
    pub(super) fn selecting_command(&mut self, command: Command) -> bool {
        match command {
            Command::Select if self.selection.is_some() => self.selection = None,
            Command::Select => {
                self.selection = Some(self.reading.cursor);
                self.reading.caret = true;
            }
            Command::SelectWord => self.select_word(),
            Command::SelectSentence => self.select(motion::sentence_span(self.interview(), self.reading.cursor)),
            Command::SelectParagraph => {
                self.select(motion::paragraph_span(self.interview(), self.reading.cursor.paragraph));
            }
            Command::SelectTurn => self.select_turn(),
            Command::SwapEnds => {
                if let Some(other) = self.selection {
                    self.selection = Some(self.reading.cursor);
                    self.move_cursor(other);
                }
            }
            _ => return false,
        }
        true
    }

    /// The selected words; `None` where nothing is selected.
    pub fn selected(&self) -> Option<Span> {
        let span = Span::new(self.selection?, self.reading.cursor);
        let span = self.on_one_side(span);
        (!span.is_empty()).then_some(span)
    }

    /// A selection that runs from an original into a translation, or back, stays on the side where it began.
    fn on_one_side(&self, span: Span) -> Span {
        let translated = |position: Position| self.interview().original_of(position.paragraph).is_some();
        if translated(span.start) == translated(span.end) {
            return span;
        }
        let start = self.selection.unwrap_or(span.start).paragraph;
        let whole = motion::paragraph_span(self.interview(), start);
        if span.start.paragraph == start {
            Span { end: whole.end, ..span }
        } else {
            Span { start: whole.start, ..span }
        }
    }

    pub(super) fn select(&mut self, span: Span) {
        let span = motion::trimmed(self.interview(), span);
        self.selection = Some(span.start);
        self.move_cursor(span.end);
    }

    fn select_word(&mut self) {
        let cursor = self.reading.cursor;
        let words = self.interview().paragraph(cursor.paragraph);
        let Some(word) = text::word_at(words, cursor.offset as usize) else { return };
        self.select(Span {
            start: Position { offset: word.start as u32, ..cursor },
            end: Position { offset: word.end as u32, ..cursor },
        });
    }

    fn select_turn(&mut self) {
        let Some(turn) = self.interview().turn_of(self.reading.cursor.paragraph) else { return };
        if let Some(span) = self.turn_span(turn) {
            self.select(span);
        }
    }

    fn turn_span(&self, turn: TurnIndex) -> Option<Span> {
        let paragraphs = self.interview().turn_paragraphs(turn);
        let last = ParagraphIndex(paragraphs.end.checked_sub(1)?);
        let first = ParagraphIndex(paragraphs.start);
        Some(Span { start: Position::start_of(first), end: motion::paragraph_span(self.interview(), last).end })
    }

    /// The words that a mark is to hold to: the selection or, with none, the given stretch at the cursor.
    pub(super) fn target(&self, otherwise: impl Fn(&App) -> Span) -> Span {
        let span = self.selected().unwrap_or_else(|| otherwise(self));
        motion::trimmed(self.interview(), span)
    }

    /// The place in the words under a cell of the screen, or the nearest on its line.
    pub fn position_at(&self, x: u16, y: u16) -> Option<Position> {
        let area = self.geometry.text;
        let row = y.checked_sub(area.y).filter(|&row| row < area.height)?;
        let flow = self.flow();
        let lines = flow.lines(self.reading.top, usize::from(row) + 1);
        let (place, line) = lines.get(usize::from(row)).copied()?;
        let column = usize::from(x.saturating_sub(area.x));
        let (paragraph, row, column) = match line {
            Line::Text { beside: Some((paragraph, row)), .. } | Line::Beside(paragraph, row)
                if column >= usize::from(flow.beside_start()) =>
            {
                (paragraph, row, column - usize::from(flow.beside_start()))
            }
            Line::Text { paragraph, row, .. } => (paragraph, row, column),
            _ => return Some(flow.position_of(place)),
        };
        let words = self.interview().paragraph(paragraph).get(row.range()).unwrap_or_default();
        let mut passed = 0;
        let inside = text::graphemes(words)
            .find(|(_, grapheme)| {
                passed += text::grapheme_width(grapheme);
                passed > column
            })
            .map_or(words.len(), |(at, _)| at);
        Some(Position { paragraph, offset: row.start + inside as u32 })
    }
}
