//! How much of the text bears notes.

use std::ops::{AddAssign, Range};

use crate::export::{Document, PlacedNote};
use crate::model::{Interview, Kind, ParagraphIndex, Position};

/// How much of the text bears a note.
///
/// Characters are Unicode scalar values of all paragraphs but translations. A note on a translation covers the whole
/// paragraph that is translated. Bookmarks and topics mark places, and cover nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Characters that bear at least one note.
    pub covered: usize,
    /// All characters.
    pub characters: usize,
}

impl Coverage {
    /// The share that bears a note, 0 to 1.
    pub fn share(self) -> f64 {
        share(self.covered, self.characters)
    }
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.covered += other.covered;
        self.characters += other.characters;
    }
}

/// `part` of `whole`, and 0 where there is nothing.
#[expect(clippy::cast_precision_loss, reason = "no text has so many characters that a share of them would suffer")]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

pub(super) fn of(document: &Document) -> Coverage {
    let ruler = Ruler::of(&document.interview);
    let marks = document.notes.iter().filter(|note| !matches!(note.annotation.kind, Kind::Bookmark | Kind::Topic));
    let ranges = union(marks.filter_map(|note| ruler.range(document, note)).collect());
    Coverage { covered: ranges.iter().map(|range| range.len()).sum(), characters: ruler.total() }
}

/// The original paragraphs that a note touches.
pub(super) fn paragraphs(document: &Document, note: &PlacedNote) -> Range<u32> {
    let Some(span) = note.resolution.span() else { return 0..0 };
    let original = |paragraph: ParagraphIndex| document.interview.original_of(paragraph).unwrap_or(paragraph).0;
    original(span.start.paragraph)..original(span.end.paragraph) + 1
}

/// Ranges that touch or overlap made one, in order.
pub(super) fn union(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Characters before each original paragraph, nothing between paragraphs, and behind them all of them.
pub(super) struct Ruler(Vec<usize>);

impl Ruler {
    pub(super) fn of(interview: &Interview) -> Self {
        let mut before = vec![0];
        let mut total = 0;
        for paragraph in interview.paragraphs() {
            total += interview.paragraph(paragraph).chars().count();
            before.push(total);
        }
        Self(before)
    }

    pub(super) fn total(&self) -> usize {
        self.0.last().copied().unwrap_or_default()
    }

    /// The paragraph that a character stands in.
    pub(super) fn paragraph_at(&self, character: usize) -> ParagraphIndex {
        let paragraph = self.0.partition_point(|before| *before <= character).saturating_sub(1);
        ParagraphIndex(u32::try_from(paragraph).unwrap_or(u32::MAX))
    }

    /// The characters that a note covers; `None` for an orphan.
    pub(super) fn range(&self, document: &Document, note: &PlacedNote) -> Option<Range<usize>> {
        let span = note.resolution.span()?;
        let interview = &document.interview;
        if interview.original_of(span.start.paragraph).is_some() {
            let touched = paragraphs(document, note);
            return Some(self.before(touched.start)..self.before(touched.end));
        }
        let at = |position: Position| {
            let words = interview.paragraph(position.paragraph);
            let within = words.get(..position.offset as usize).unwrap_or(words).chars().count();
            self.before(position.paragraph.0) + within
        };
        Some(at(span.start)..at(span.end))
    }

    /// Characters before a paragraph.
    pub(super) fn before(&self, paragraph: u32) -> usize {
        self.0.get(paragraph as usize).copied().unwrap_or_else(|| self.total())
    }
}
