//! Makes what the screen shows into what it is to show, in as few bytes as that takes.
//!
//! What the terminal shows is kept. A frame is compared with it cell by cell, and the cells that differ are written.
//! Where rows have moved, as they do when a text scrolls by a line, the terminal is told to move them first, if that
//! leaves less to be written, though what was not to move (a pane beside the text) has to be repaired. Most of the time of a
//! frame goes to the terminal that reads it, so that bytes are time too, and far more of it over ssh.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::grid::{Cell, Glyph, Grid, Legend, Look};
use super::pen::{Pen, write_all};
use super::shift::{self, Shift};
use crate::ui::Link;

/// With fewer cells than this to be written, it is not worth looking for rows that have moved.
const LITTLE: usize = 160;
/// More graphemes of several characters and looks than a screen shows in hours; then they are counted anew.
const MANY: usize = 10_000;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// What the screen shows.
#[derive(Debug, Default)]
pub(super) struct Painter {
    shown: Grid,
    next: Grid,
    legend: Legend,
    pen: Pen,
    /// Where the cursor is seen.
    cursor: Option<(u16, u16)>,
}

impl Painter {
    /// What shows `buffer` on the screen, with links over some of its words, and the cursor where it is to be seen.
    ///
    /// The screen is taken to be blank, and its cursor hidden, before the first frame; one of another size is cleared.
    pub(super) fn paint(&mut self, buffer: &Buffer, cursor: Option<(u16, u16)>, links: &[Link]) -> Vec<u8> {
        let mut out = Vec::with_capacity(8192);
        out.extend_from_slice(BEGIN);
        let (columns, rows) = (buffer.area.width, buffer.area.height);
        let is_first = self.shown.columns() == 0;
        let fits = self.shown.columns() == usize::from(columns) && self.shown.rows() == usize::from(rows);
        if !fits || self.legend.len() > MANY {
            if !is_first {
                self.pen.take(&mut out, Look::PLAIN);
                out.extend_from_slice(b"\x1b[2J");
            }
            self.legend = Legend::default();
            self.shown = Grid::blank(columns, rows);
            self.pen.lose();
        }
        let cleared = out.len();
        self.next.fill(buffer, &mut self.legend);
        if self.shown != self.next {
            self.change(&mut out);
            std::mem::swap(&mut self.shown, &mut self.next);
            for link in links {
                self.link(&mut out, link);
            }
        }
        if cursor != self.cursor || (cursor.is_some() && out.len() > cleared) {
            match cursor {
                Some((column, row)) => {
                    let column = usize::from(column).min(self.shown.columns().saturating_sub(1));
                    self.pen.go(&mut out, column, usize::from(row));
                    if self.cursor.is_none() {
                        out.extend_from_slice(SHOW);
                    }
                }
                None => out.extend_from_slice(HIDE),
            }
            self.cursor = cursor;
        }
        if out.len() == BEGIN.len() {
            out.clear();
        } else {
            out.extend_from_slice(END);
        }
        out
    }

    /// Appends words that a terminal can open (OSC 8).
    fn link(&mut self, out: &mut Vec<u8>, Link { x, y, words, address }: &Link) {
        self.pen.go(out, usize::from(*x), usize::from(*y));
        self.pen.take(out, Look { modifier: Modifier::UNDERLINED, ..Look::PLAIN });
        write_all(out, format_args!("\x1b]8;id=source;{address}\x1b\\{words}\x1b]8;;\x1b\\"));
        self.pen.advance_to(None);
    }

    /// Appends what changes the screen. Rows are moved first where fewer cells are left to be written then.
    fn change(&mut self, out: &mut Vec<u8>) {
        let as_it_is = self.shown.differing(&self.next);
        if as_it_is > LITTLE
            && !self.shown.is_blank()
            && let Some(shift) = shift::find(&self.shown, &self.next)
        {
            let mut moved = self.shown.clone();
            moved.scroll(shift.top, shift.bottom, shift.by);
            // The moving itself takes some bytes too.
            if moved.differing(&self.next) + LITTLE / 4 < as_it_is {
                self.pen = scroll(shift, self.pen, out);
                self.shown = moved;
            }
        }
        self.pen = rewrite(&self.shown, &self.next, &self.legend, self.pen, out);
    }
}

/// Moves rows: within margins, a line feed at the bottom or its reverse at the top.
fn scroll(shift: Shift, mut pen: Pen, out: &mut Vec<u8>) -> Pen {
    // What comes in has the ground that the pen has.
    if !pen.blanks_like(Look::PLAIN) {
        pen.take(out, Look::PLAIN);
    }
    write_all(out, format_args!("\x1b[{};{}r", shift.top + 1, shift.bottom));
    pen.lose();
    if shift.by > 0 {
        pen.go(out, 0, shift.bottom - 1);
        out.extend(std::iter::repeat_n(b'\n', shift.by.unsigned_abs()));
    } else {
        pen.go(out, 0, shift.top);
        out.extend(b"\x1bM".repeat(shift.by.unsigned_abs()));
    }
    out.extend_from_slice(b"\x1b[r");
    pen.lose();
    pen
}

/// Writes all cells of `new` that are not as in `old`.
fn rewrite(old: &Grid, new: &Grid, legend: &Legend, mut pen: Pen, out: &mut Vec<u8>) -> Pen {
    for row in 0..new.rows() {
        let (before, after) = (old.row(row), new.row(row));
        if before != after {
            Row { row, before, after, legend }.rewrite(&mut pen, out);
        }
    }
    pen
}

/// A row that changes.
struct Row<'a> {
    row: usize,
    before: &'a [Cell],
    after: &'a [Cell],
    legend: &'a Legend,
}

impl Row<'_> {
    fn rewrite(&self, pen: &mut Pen, out: &mut Vec<u8>) {
        let mut at = 0;
        while let Some(changed) = self.next_change(at) {
            at = changed;
            self.reach(at, pen, out);
            let cell = self.after[at];
            at = if cell.glyph() == Glyph::BLANK { self.blanks(at, pen, out) } else { self.letter(at, pen, out) };
        }
    }

    /// The first cell from `at` on that differs.
    fn next_change(&self, at: usize) -> Option<usize> {
        let cells = self.before.iter().zip(self.after).enumerate().skip(at);
        // What is covered comes with what covers it.
        let mut changed = cells.filter(|(_, (before, after))| before != after && after.glyph() != Glyph::COVERED);
        changed.next().map(|(at, _)| at)
    }

    /// Goes to a cell; over a few cells that stay as they are by writing them again.
    fn reach(&self, at: usize, pen: &mut Pen, out: &mut Vec<u8>) {
        if let Some(from) = pen.column_on(self.row)
            && from < at
            && at - from <= 4
        {
            let between = &self.after[from..at];
            let is_simple = |cell: &Cell| {
                cell.glyph().character().is_some_and(|c| c.is_ascii())
                    && if cell.glyph() == Glyph::BLANK {
                        pen.blanks_like(self.legend.look(*cell))
                    } else {
                        pen.has(self.legend.look(*cell))
                    }
            };
            if between.iter().all(is_simple) {
                out.extend(between.iter().map(|cell| cell.glyph().number() as u8));
                pen.advance_to(Some(at));
                return;
            }
        }
        pen.go(out, at, self.row);
    }

    /// Writes a run of blanks of one look, by erasing where that is shorter; gives back the column behind it.
    fn blanks(&self, at: usize, pen: &mut Pen, out: &mut Vec<u8>) -> usize {
        let look = self.legend.look(self.after[at]);
        let run = self.after[at..].iter().take_while(|cell| **cell == self.after[at]).count();
        // Blanks at the end of the run that stay as they are need nothing.
        let changed =
            (0..run).rev().find(|&ahead| self.before[at + ahead] != self.after[at + ahead]).map_or(0, |last| last + 1);
        let behind = at + changed;
        if !pen.blanks_like(look) {
            pen.take(out, look);
        }
        let is_to_the_end = at + run == self.after.len();
        if look == Look::PLAIN && is_to_the_end && changed > 3 {
            out.extend_from_slice(b"\x1b[K");
            return self.after.len();
        }
        let goes_on = self.next_change(behind) == Some(at + run) && behind == at + run;
        if look == Look::PLAIN && changed > if goes_on { 11 } else { 5 } {
            write_all(out, format_args!("\x1b[{changed}X"));
            return behind;
        }
        out.extend(std::iter::repeat_n(b' ', changed));
        pen.advance_to((behind < self.after.len()).then_some(behind));
        behind
    }

    /// Writes one grapheme; gives back the column behind it.
    fn letter(&self, at: usize, pen: &mut Pen, out: &mut Vec<u8>) -> usize {
        let cell = self.after[at];
        let look = self.legend.look(cell);
        if !pen.has(look) {
            pen.take(out, look);
        }
        let covered = self.after[at + 1..].iter().take_while(|cell| cell.glyph() == Glyph::COVERED).count();
        let behind = at + 1 + covered;
        let character = cell.glyph().character();
        // Pictures, and what is made of several characters, are as wide as the terminal's version of Unicode has them.
        let is_agreed_on = character.is_some_and(|c| c.is_ascii() || !('\u{1f000}'..='\u{1ffff}').contains(&c));
        if !is_agreed_on && covered > 0 {
            write_all(out, format_args!("\x1b[{}X", covered + 1));
        }
        match character {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => out.extend_from_slice(self.legend.text(cell.glyph()).as_bytes()),
        }
        pen.advance_to((is_agreed_on && behind < self.after.len()).then_some(behind));
        behind
    }
}
