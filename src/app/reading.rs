//! Where the reader is, and moving about.
//!
//! The screen scrolls under the cursor: the cursor keeps its row while lines and pages pass, and moves to the edges
//! only at the ends of the text. Everything is kept as places in the text, so that a resize changes nothing.

use std::collections::BTreeMap;

use crate::app::motion::{self, Motion};
use crate::app::{App, Command, Focus, Geometry, Wanted};
use crate::layout::{Bilingual, LinePlace};
use crate::model::{ParagraphIndex, Position};

/// Where the reader is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The line at the top of the screen.
    pub top: LinePlace,
    /// The words at the top of the screen when it was last moved, by which the place is kept through a resize.
    hold: Position,
    /// The cursor's place.
    pub cursor: Position,
    /// The row of the screen that the cursor keeps while the text scrolls.
    row: usize,
    /// Whether the cursor stands at a character, and not just at its paragraph.
    pub caret: bool,
    /// Whether the end of the text is on the screen.
    pub at_end: bool,
    /// The last line that can be at the top without leaving rows empty below the end; found when the screen is
    /// arranged, because a held key asks for it again and again.
    last_top: LinePlace,
    /// Places to go back to, the newest last.
    pub(super) back: Vec<Position>,
    /// Places to go forward to, the newest last.
    pub(super) forward: Vec<Position>,
}

impl Reading {
    /// This place with another's jumps.
    pub(super) fn with_jumps_of(self, other: Self) -> Self {
        Self { back: other.back, forward: other.forward, ..self }
    }
}

/// The largest count that is taken as it is.
const MOST_TIMES: u32 = 1_000_000;

impl App {
    pub(super) fn reading_command(&mut self, command: Command, count: Option<u32>) -> bool {
        let times = count.unwrap_or(1).clamp(1, MOST_TIMES);
        let many = i64::from(times);
        let page = self.geometry.text.height.saturating_sub(2).max(1);
        let half = (self.geometry.text.height / 2).max(1);
        let selecting = self.selection.is_some();
        match command {
            Command::LineDown if selecting => self.move_rows(many),
            Command::LineUp if selecting => self.move_rows(-many),
            Command::LineDown => self.scroll(many),
            Command::LineUp => self.scroll(-many),
            Command::PageDown => self.scroll(many * i64::from(page)),
            Command::PageUp => self.scroll(-many * i64::from(page)),
            Command::HalfPageDown => self.scroll(many * i64::from(half)),
            Command::HalfPageUp => self.scroll(-many * i64::from(half)),
            Command::Top | Command::Bottom if count.is_some() => self.go_to_turn(times - 1),
            Command::Top => {
                self.note_jump();
                self.go_to_top();
            }
            Command::Bottom => {
                self.note_jump();
                self.go_to_bottom();
            }
            Command::Percent => self.go_to_percent(count.unwrap_or(0)),
            Command::ScreenMiddle => self.cursor_to_row(usize::from(self.geometry.text.height) / 2),
            Command::NextCharacter => self.step(Motion::NextCharacter, times),
            Command::PreviousCharacter => self.step(Motion::PreviousCharacter, times),
            Command::NextWord => self.step(Motion::NextWord, times),
            Command::PreviousWord => self.step(Motion::PreviousWord, times),
            Command::WordEnd => self.step(Motion::WordEnd, times),
            Command::NextSentence => self.step(Motion::NextSentence, times),
            Command::PreviousSentence => self.step(Motion::PreviousSentence, times),
            Command::LineStart => self.move_to_line_edge(false),
            Command::LineEnd => self.move_to_line_edge(true),
            _ => return self.jumping_command(command, times),
        }
        true
    }

    /// The window has another size.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.geometry.screen.width = columns;
        self.geometry.screen.height = rows;
        self.too_small = Geometry::is_too_small(columns, rows);
        self.arrange();
    }

    /// Arranges the screen anew and lays the text out for it, keeping the place.
    pub(super) fn arrange(&mut self) {
        let (columns, rows) = (self.geometry.screen.width.max(1), self.geometry.screen.height.max(1));
        let wide = columns >= super::geometry::THREE_PANES;
        let beside = self.view.bilingual == Bilingual::SideBySide;
        // Two texts and a margin beside them need more room than three panes have at first.
        let is_crowded = beside && columns < super::geometry::TWO_TEXTS;
        let wanted = Wanted {
            measure: self.preferences.measure,
            times: self.preferences.times && self.interview().has_times(),
            // The list of notes needs the room more, until there is enough for both.
            outline: self.outline.shown(wide)
                && (!self.notes_pane.is_open || columns >= super::geometry::TWO_TEXTS || self.focus == Focus::Outline),
            notes: self.notes_pane.shown(wide) && (self.notes_pane.is_open || !is_crowded),
            list: self.notes_pane.is_open,
            beside,
            editor: matches!(self.over, Some(super::Over::Editor(_))),
            below: 0,
        };
        self.geometry = Geometry::of(columns, rows, wanted);
        if let Some(super::Over::Page(page)) = &self.over
            && page.uncovers.is_some()
        {
            let below = page.rows(self.page_area()).len() as u16 + 1;
            self.geometry = Geometry::of(columns, rows, Wanted { below, ..wanted });
        }
        if self.view.columns != self.geometry.text.width {
            let above = self.lines_above_hold();
            self.view.columns = self.geometry.text.width;
            let held = self.flow().place_of(self.reading.hold);
            self.reading.top = LinePlace { line: held.line.saturating_sub(above), ..held };
        }
        self.reading.last_top = self.find_last_top();
        self.keep_within_ends();
        self.reveal();
    }

    /// How many lines of names, headings and space are at the top of the screen above the first words of a paragraph;
    /// more than there can be, where they are all on the screen.
    fn lines_above_hold(&self) -> u32 {
        let (top, hold) = (self.reading.top, self.reading.hold);
        let held = self.flow().place_of(hold);
        match hold.offset == 0 && top.paragraph == held.paragraph {
            true if top.line == 0 => u32::MAX,
            true => held.line.saturating_sub(top.line),
            false => 0,
        }
    }

    fn find_last_top(&self) -> LinePlace {
        let flow = self.flow();
        flow.walk(flow.end(), -(i64::from(self.geometry.text.height) - 1)).0
    }

    fn keep_within_ends(&mut self) {
        let last = self.reading.last_top;
        self.reading.top = self.reading.top.min(last);
        self.reading.at_end = self.reading.top >= last;
    }

    fn set_top(&mut self, top: LinePlace) {
        self.reading.top = top;
        self.keep_within_ends();
        self.reading.hold = self.flow().position_of(self.reading.top);
    }

    /// Scrolls by lines. The cursor keeps its row; what cannot be scrolled at an end, it goes by itself.
    pub(super) fn scroll(&mut self, lines: i64) {
        let before = self.reading.top;
        let (wished, walked) = self.flow().walk(before, lines);
        self.set_top(wished);
        let missing = if self.reading.top == wished {
            lines - walked
        } else {
            let height = usize::from(self.geometry.text.height);
            let overshoot = self.flow().distance(self.reading.top, wished, height).unwrap_or(0);
            lines - walked + overshoot as i64
        };
        let height = i64::from(self.geometry.text.height);
        let row = (self.reading.row as i64 + missing).clamp(0, height - 1);
        self.cursor_to_row(row as usize);
    }

    /// Puts the cursor on a row of the screen, at the first words from there on.
    fn cursor_to_row(&mut self, row: usize) {
        let flow = self.flow();
        let (place, walked) = flow.walk(self.reading.top, row as i64);
        let on_row = flow.position_of(place);
        self.reading.cursor = on_row;
        self.reading.row = walked.max(0) as usize;
        self.reading.caret = self.selection.is_some();
    }

    /// Moves the cursor by rows of words, for selecting; the screen follows.
    fn move_rows(&mut self, rows: i64) {
        let flow = self.flow();
        let place = flow.walk_words(flow.place_of(self.reading.cursor), rows);
        let position = flow.position_of(place);
        self.move_cursor(position);
    }

    /// Puts the cursor at a character and brings it onto the screen.
    pub(super) fn move_cursor(&mut self, to: Position) {
        self.reading.cursor = to;
        self.reading.caret = true;
        self.reveal();
    }

    /// Scrolls as little as brings the cursor onto the screen.
    pub(super) fn reveal(&mut self) {
        let flow = self.flow();
        let height = usize::from(self.geometry.text.height);
        let place = flow.place_of(self.reading.cursor);
        let margin = (height / 6).min(3);
        let top = match flow.distance(self.reading.top, place, height + margin) {
            Some(row) if row + margin < height => self.reading.top,
            Some(row) => flow.walk(self.reading.top, (row + margin + 1).saturating_sub(height) as i64).0,
            None if place < self.reading.top => flow.walk(place, -(margin as i64)).0,
            None => flow.walk(place, -(height as i64 / 3)).0,
        };
        if top != self.reading.top {
            self.set_top(top);
        }
        self.reading.row = self.flow().distance(self.reading.top, place, height).unwrap_or(0);
    }

    /// Goes to a place and puts the head of its paragraph at the top of the screen.
    pub(super) fn go_to_paragraph_head(&mut self, to: Position) {
        self.uncover(to);
        let to = match self.interview().translation(to.paragraph) {
            Some(shown) if self.view.bilingual == Bilingual::Translation => Position::start_of(shown),
            _ => to,
        };
        let head = self.flow().head_of(to.paragraph);
        self.set_top(head);
        self.reading.cursor = to;
        self.reading.caret = false;
        let height = usize::from(self.geometry.text.height);
        let flow = self.flow();
        self.reading.row = flow.distance(self.reading.top, flow.place_of(to), height).unwrap_or(0);
    }

    /// Jumps to a place in the words: leaves the screen where it is when the place is on it.
    pub(super) fn jump_to(&mut self, to: Position) {
        self.note_jump();
        self.uncover(to);
        let height = usize::from(self.geometry.text.height);
        let flow = self.flow();
        let place = flow.place_of(to);
        let is_seen = flow.distance(self.reading.top, place, height).is_some_and(|row| row + height / 6 < height);
        if !is_seen {
            let top = flow.walk(place, -(height as i64 / 3)).0;
            self.set_top(top);
        }
        self.move_cursor(to);
    }

    pub(super) fn go_to_top(&mut self) {
        let start = self.flow().start();
        self.set_top(start);
        self.cursor_to_row(0);
    }

    fn go_to_bottom(&mut self) {
        let end = self.reading.last_top;
        self.set_top(end);
        self.cursor_to_row(usize::from(self.geometry.text.height).saturating_sub(1));
    }

    /// Goes to a percentage of the text.
    pub(super) fn go_to_percent(&mut self, percent: u32) {
        self.note_jump();
        self.show_percent(percent);
    }

    pub(super) fn show_percent(&mut self, percent: u32) {
        let byte = (self.total_bytes() as u64 * u64::from(percent.min(100)) / 100) as usize;
        let position = self.interview().position_of_byte(byte);
        let place = self.flow().place_of(position);
        self.set_top(place);
        self.cursor_to_row(0);
    }

    fn step(&mut self, motion: Motion, times: u32) {
        let same_side = self.selection.is_some();
        let to = motion::moved(&self.flow(), self.reading.cursor, motion, times, same_side);
        self.move_cursor(to);
    }

    fn move_to_line_edge(&mut self, end: bool) {
        let flow = self.flow();
        let place = flow.place_of(self.reading.cursor);
        let lines = flow.lines(place, 1);
        let Some((_, crate::layout::Line::Text { paragraph, row, .. })) = lines.first() else { return };
        let to = Position { paragraph: *paragraph, offset: if end { row.end } else { row.start } };
        self.move_cursor(to);
    }

    /// Counts all places by so many paragraphs more, or fewer.
    pub(super) fn shift_reading(&mut self, paragraphs: i64) {
        let shifted = |at: ParagraphIndex| ParagraphIndex((i64::from(at.0) + paragraphs).max(0) as u32);
        let reading = &mut self.reading;
        reading.top.paragraph = shifted(reading.top.paragraph);
        for place in [&mut reading.hold, &mut reading.cursor] {
            place.paragraph = shifted(place.paragraph);
        }
    }

    /// Whether more text follows than keys for lines and pages pass before the rest of a document has come.
    pub fn is_far_from_end(&self) -> bool {
        self.interview().byte_of_position(self.reading.cursor) + 24 * 1024 < self.interview().text().len()
    }

    /// The place to come back to at the next start.
    pub fn resting_place(&self) -> Position {
        self.reading.hold
    }

    /// Goes to where the reader was the last time, and shows the interview as it was shown then.
    pub fn come_back_to(&mut self, place: Position, view: &BTreeMap<String, String>) {
        self.restore_view(view);
        if self.flow().shows(place.paragraph) || self.interview().original_of(place.paragraph).is_some() {
            let top = self.flow().place_of(place);
            self.set_top(top);
            self.cursor_to_row(0);
        }
    }
}
