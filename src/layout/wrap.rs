//! Breaking one paragraph into rows.
//!
//! Paragraphs of ASCII go a way of their own that looks only at the ends of rows; all others are measured grapheme by
//! grapheme between the break opportunities of Unicode's line breaking algorithm (UAX #14). Both give the same rows.

use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::ascii;
use crate::text::{
    ascii_run, boundary_at, grapheme_width, graphemes, is_blank, is_grapheme_boundary, skip_blanks, width,
};

/// One row of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// First byte of the row in the paragraph.
    pub start: u32,
    /// First byte after the row's last visible character: blanks at the break lie between this row's `end` and the
    /// next row's `start`.
    pub end: u32,
    /// Columns that the row takes.
    pub width: u16,
}

impl Row {
    /// The bytes of the row in its paragraph.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Breaks `text` into rows of at most `columns`.
///
/// Rows break where Unicode's line breaking algorithm (UAX #14) allows it, a word longer than a row between
/// graphemes. An empty paragraph is one empty row. No byte is lost: rows are in order, and only blanks lie between.
/// A grapheme wider than `columns` has a row for itself; 0 columns count as 1. A line feed, which paragraphs do not
/// hold, but notes do, ends a row.
pub fn wrap(text: &str, columns: u16) -> Vec<Row> {
    let mut found = Vec::with_capacity(text.len() / usize::from(columns.max(8)) + 1);
    found.extend(rows(text, columns));
    found
}

/// As [`wrap`], one row at a time: the first rows of a paragraph of a megabyte cost no more than those of a short one.
pub fn rows(text: &str, columns: u16) -> impl Iterator<Item = Row> + '_ {
    let columns = usize::from(columns.max(1));
    let ascii = ascii::is_ascii_paragraph(text);
    let mut plain = ascii.then(|| ascii::Rows::new(text, columns));
    let mut measured = (!ascii).then(|| Measured::new(text, columns));
    std::iter::from_fn(move || match (&mut plain, &mut measured) {
        (Some(rows), _) => rows.next(),
        (None, Some(rows)) => rows.next(),
        (None, None) => None,
    })
}

/// The column, counted from the row's left edge, at which the grapheme at byte `offset` of the paragraph is drawn.
///
/// Offsets before the row give 0, those at or after its end its width.
pub fn column_of(text: &str, row: &Row, offset: usize) -> u16 {
    let Range { start, end } = row.range();
    match offset {
        offset if offset <= start => 0,
        offset if offset >= end => row.width,
        offset => text.get(start..boundary_at(text, offset).max(start)).map_or(0, width) as u16,
    }
}

/// The byte of the paragraph at which the grapheme that covers `column` of the row begins; the row's end for columns
/// right of it.
pub fn offset_at_column(text: &str, row: &Row, column: u16) -> usize {
    let mut right = 0;
    for (at, grapheme) in graphemes(text.get(row.range()).unwrap_or_default()) {
        right += grapheme_width(grapheme);
        if right > usize::from(column) {
            return row.start as usize + at;
        }
    }
    row.end as usize
}

/// Rows of any text.
struct Measured<'a, Breaks> {
    text: &'a str,
    columns: usize,
    breaks: Breaks,
    /// Where the next row begins.
    at: usize,
    /// The end of the stretch without a break that is to be placed next.
    stretch: Option<usize>,
    /// Whether a row is owed: at the start, and for the words behind a break.
    owed: bool,
}

impl<'a> Measured<'a, ()> {
    fn new(text: &'a str, columns: usize) -> Measured<'a, impl Iterator<Item = usize> + 'a> {
        let ends = linebreaks(text).map(|(at, _)| at).filter(move |&at| at > 0 && is_grapheme_boundary(text, at));
        Measured { text, columns, breaks: ends, at: 0, stretch: None, owed: true }
    }
}

/// What of a stretch fits into a row.
struct Fit {
    /// The end of what fits.
    reach: usize,
    /// Columns of all that fits.
    full: usize,
    /// The end and the columns of what fits without the blanks behind it.
    visible: Option<(usize, usize)>,
}

impl<Breaks: Iterator<Item = usize>> Iterator for Measured<'_, Breaks> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut start = self.at;
        let mut reach = start;
        let mut full = 0;
        let (mut end, mut columns) = (start, 0);
        let row = |start: usize, end: usize, columns: usize| {
            Some(Row { start: start as u32, end: end as u32, width: columns.min(usize::from(u16::MAX)) as u16 })
        };
        loop {
            let Some(stop) = self.stretch.take().or_else(|| self.breaks.next()) else {
                let owed = self.owed || reach > start;
                self.owed = false;
                self.at = reach;
                return if owed { row(start, end, columns) } else { None };
            };
            let fit = self.fit(reach..stop, full, reach == start);
            if fit.reach == stop {
                reach = stop;
                full = fit.full;
                (end, columns) = fit.visible.unwrap_or((end, columns));
                if self.text[..stop].ends_with('\n') {
                    self.at = stop;
                    self.owed = false;
                    return row(start, end, columns);
                }
                continue;
            }
            self.stretch = Some(stop);
            if end > start {
                self.at = reach;
                return row(start, end, columns);
            }
            if reach > start {
                start = reach;
            } else {
                let next = skip_blanks(self.text, fit.reach).min(stop);
                if let Some((end, columns)) = fit.visible {
                    self.at = next;
                    self.owed = true;
                    return row(start, end, columns);
                }
                start = next;
            }
            (reach, full, end, columns) = (start, 0, start, 0);
        }
    }
}

impl<Breaks> Measured<'_, Breaks> {
    /// What of `stretch` fits behind `taken` columns; blanks at its end always do, and its first grapheme does where
    /// the row is empty.
    fn fit(&self, stretch: Range<usize>, taken: usize, is_empty: bool) -> Fit {
        let mut fit = Fit { reach: stretch.end, full: taken, visible: None };
        let mut at = stretch.start;
        while at < stretch.end {
            let rest = &self.text[at..stretch.end];
            let run = ascii_run(rest);
            let words = rest[..run].trim_end_matches(' ').len();
            if run > 0 && fit.full + words <= self.columns {
                if words > 0 {
                    fit.visible = Some((at + words, fit.full + words));
                }
                fit.full += run;
                at += run;
                continue;
            }
            let grapheme = graphemes(rest).next().map_or(rest, |(_, grapheme)| grapheme);
            let with = fit.full + if grapheme.ends_with('\n') { 0 } else { grapheme_width(grapheme) };
            if grapheme.chars().all(is_hanging) {
                if with > self.columns && !rest.trim_end_matches(is_hanging).is_empty() {
                    fit.reach = at;
                    return fit;
                }
            } else if with > self.columns && !(is_empty && at == stretch.start) {
                fit.reach = at;
                return fit;
            } else {
                fit.visible = Some((at + grapheme.len(), with));
            }
            fit.full = with;
            at += grapheme.len();
        }
        fit
    }
}

/// Whether `c` takes no room at the end of a row.
fn is_hanging(c: char) -> bool {
    is_blank(c) || matches!(c, '\r' | '\n')
}

#[cfg(test)]
mod tests;
