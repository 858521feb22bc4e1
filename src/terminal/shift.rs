//! Finds out whether rows of the screen have moved up or down.
//!
//! A pane that stands still beside one that scrolls makes all rows differ, so that stretches of a few columns are
//! compared, and each that is found again on another row of the same columns votes for how far that row has moved.

use super::grid::{Cell, Glyph, Grid};

/// Columns of a stretch.
const STRETCH: usize = 8;

/// Rows that have moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// The first row of those that move.
    pub(super) top: usize,
    /// The row behind the last of them.
    pub(super) bottom: usize,
    /// How many rows they move up; down where negative.
    pub(super) by: isize,
}

/// How most rows have moved from `old` to `new`, where some have.
pub(super) fn find(old: &Grid, new: &Grid) -> Option<Shift> {
    let rows = new.rows();
    if old.rows() != rows || old.columns() != new.columns() {
        return None;
    }
    let mut votes = vec![0_u32; 2 * rows];
    let mut moved: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<(u64, usize)> = Vec::with_capacity(rows);
    for stretch in 0..new.columns().div_ceil(STRETCH) {
        before.clear();
        before.extend((0..rows).map(|row| (digest(old.row(row), stretch), row)).filter(|(digest, _)| *digest != 0));
        before.sort_unstable();
        for to in 0..rows {
            let wanted = digest(new.row(to), stretch);
            let first = before.partition_point(|(digest, _)| *digest < wanted);
            let mut found = before.get(first..).into_iter().flatten().take_while(|(digest, _)| *digest == wanted);
            // What stands on several rows, as the line between two panes does, tells nothing.
            if let (Some(&(_, from)), None) = (found.next(), found.next())
                && from != to
            {
                votes[rows + from - to] += 1;
                moved.push((from, to));
            }
        }
    }
    let (best, count) = votes.iter().enumerate().max_by_key(|(_, count)| **count)?;
    if *count < 4 {
        return None;
    }
    let by = best as isize - rows as isize;
    let with = moved.iter().filter(|(from, to)| *from as isize - *to as isize == by);
    let (top, last) = with.fold((rows, 0), |(top, last), &(from, to)| (top.min(from).min(to), last.max(from).max(to)));
    Some(Shift { top, bottom: last + 1, by })
}

/// A number that stands for what is written in a stretch of a row; 0 where nothing is.
fn digest(row: &[Cell], stretch: usize) -> u64 {
    let end = ((stretch + 1) * STRETCH).min(row.len());
    let cells = row.get(stretch * STRETCH..end).unwrap_or_default();
    if cells.iter().all(|cell| cell.glyph() == Glyph::BLANK) {
        return 0;
    }
    cells.iter().fold(1, |digest: u64, cell| {
        (digest ^ u64::from(cell.glyph().number())).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
    })
}
