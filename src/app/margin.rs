//! The notes set beside their lines like a printed gloss: none covers another, each stands beside the line where its
//! words begin or, where that is taken, as soon below as there is room.

use crate::app::App;
use crate::app::threads::{names, threaded};
use crate::export::PlacedNote;
use crate::layout::{Line, Row, wrap};
use crate::model::{Position, Span};

/// A note in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The note's number in [`Notes::all`](super::Notes::all).
    pub note: usize,
    /// The row, from the top of the text, of its first line.
    pub row: usize,
    /// The row of the line that it belongs to.
    pub beside: usize,
    /// The rows of its words that there is room for.
    pub rows: Vec<Row>,
    /// Whether there was no room for all of them.
    pub is_cut: bool,
    /// How many columns it stands to the right, as an answer to the note above.
    pub indent: u16,
}

impl Gloss {
    /// Rows that it takes, with its head.
    pub fn height(&self) -> usize {
        1 + self.rows.len()
    }
}

/// Columns left of a gloss's words.
pub const GLOSS_INDENT: u16 = 2;
/// Columns that an answer stands to the right of what it answers.
pub const ANSWER_INDENT: u16 = 2;
/// A note of more rows is cut; it can be shown in full.
const MOST_ROWS: usize = 16;

impl App {
    /// The first and last place on the screen.
    pub fn visible(&self) -> Span {
        let lines = self.flow().lines(self.reading.top, usize::from(self.geometry.text.height));
        let start = lines.first().map_or(Position::default(), |(place, _)| self.flow().position_of(*place));
        let end = lines.iter().rev().find_map(|(_, line)| match line {
            Line::Text { paragraph, row, .. } | Line::Beside(paragraph, row) => {
                Some(Position { paragraph: *paragraph, offset: row.end })
            }
            _ => None,
        });
        Span { start, end: end.unwrap_or(start).max(start) }
    }

    /// The notes in the margin of what is on the screen, from top to bottom.
    pub fn margin(&self) -> Vec<Gloss> {
        let Some(area) = self.geometry.notes else { return Vec::new() };
        let height = usize::from(self.geometry.text.height);
        let lines = self.flow().lines(self.reading.top, height);
        let mut starts: Vec<(usize, usize)> = Vec::new();
        let near = self.notes.near(self.visible());
        let near = near.clone().zip(&self.notes.all()[near]);
        for (number, note) in near.filter(|(_, note)| self.notes.is_shown(note)) {
            let Some(span) = note.resolution.span() else { continue };
            if let Some(row) = lines.iter().position(|(_, line)| holds(line, span.start)) {
                starts.push((row, number));
            }
        }
        starts.sort_unstable();
        let mut starts = threaded(starts, |(_, number)| names(&self.notes.all()[number]));
        starts.sort_by_key(|(row, _)| *row);
        let columns = area.width.saturating_sub(GLOSS_INDENT + 2).max(1);
        let mut glosses: Vec<Gloss> = Vec::new();
        let mut free = 0;
        for (index, &(beside, number)) in starts.iter().enumerate() {
            let row = beside.max(free);
            if row >= height {
                break;
            }
            let words = gloss_words(&self.notes.all()[number]);
            let indent = ANSWER_INDENT * self.reply_depth(&self.notes.all()[number]) as u16;
            let columns = columns.saturating_sub(indent).max(1);
            let mut rows = if words.is_empty() { Vec::new() } else { wrap(&words, columns) };
            // Each note that comes after needs a row for its head and one of space.
            let after = starts.len() - index - 1;
            let room = height.saturating_sub(row + 1 + 2 * after).min(MOST_ROWS);
            let is_cut = rows.len() > room;
            rows.truncate(room);
            free = row + 2 + rows.len();
            glosses.push(Gloss { note: number, row, beside, rows, is_cut, indent });
        }
        glosses
    }

    /// Where the words of the note in a row of the margin begin.
    pub(super) fn note_beside(&self, y: u16) -> Option<Position> {
        let row = usize::from(y.checked_sub(self.geometry.text.y)?);
        let glosses = self.margin();
        let gloss = glosses.iter().find(|gloss| (gloss.row..gloss.row + gloss.height()).contains(&row))?;
        Some(self.notes.all().get(gloss.note)?.resolution.span()?.start)
    }
}

/// What the margin shows of a note: its words on one line each.
pub fn gloss_words(note: &PlacedNote) -> String {
    note.annotation.note.trim().replace('\n', " ")
}

fn holds(line: &Line, position: Position) -> bool {
    let within =
        |paragraph, row: &Row| paragraph == position.paragraph && (row.start..=row.end).contains(&position.offset);
    match line {
        Line::Text { paragraph, row, beside } => {
            within(*paragraph, row) || beside.is_some_and(|(paragraph, row)| within(paragraph, &row))
        }
        Line::Beside(paragraph, row) => within(*paragraph, row),
        _ => false,
    }
}
