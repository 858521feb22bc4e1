//! Overlapping highlights as stretches that do not overlap.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::export::PlacedNote;
use crate::model::{Interview, ParagraphIndex};

/// What of a paragraph a note is on.
pub(super) struct Mark {
    /// The note's place in the list of notes.
    note: usize,
    /// Bytes of the paragraph.
    range: Range<usize>,
    /// Whether the note ends in this paragraph.
    ends: bool,
}

/// A stretch of a paragraph with the same notes on all of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Bytes of the paragraph; empty where notes without words stand.
    pub(super) range: Range<usize>,
    /// The notes on it.
    pub(super) notes: Vec<usize>,
    /// The notes that end at its end.
    pub(super) ending: Vec<usize>,
}

/// The notes on a paragraph.
pub(super) fn in_paragraph(notes: &[PlacedNote], interview: &Interview, paragraph: ParagraphIndex) -> Vec<Mark> {
    let length = interview.paragraph(paragraph).len();
    let on_it = notes.iter().enumerate().filter_map(|(note, placed)| {
        let span = placed.resolution.span()?;
        if paragraph < span.start.paragraph || paragraph > span.end.paragraph {
            return None;
        }
        let start = if span.start.paragraph == paragraph { span.start.offset as usize } else { 0 };
        let ends = span.end.paragraph == paragraph;
        let end = if ends { span.end.offset as usize } else { length };
        let start = start.min(length);
        Some(Mark { note, range: start..end.clamp(start, length), ends })
    });
    on_it.collect()
}

/// Cuts a paragraph of `length` bytes wherever a mark begins or ends.
pub(super) fn stretches(length: usize, marks: &[Mark]) -> Vec<Stretch> {
    let mut cuts: BTreeSet<usize> = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
    cuts.extend([0, length]);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let ending = |at: usize| {
        let ending = marks.iter().filter(|mark| mark.ends && mark.range.end == at);
        ending.map(|mark| mark.note).collect::<Vec<_>>()
    };
    let mut stretches = Vec::new();
    let at_start = ending(0);
    if !at_start.is_empty() {
        stretches.push(Stretch { range: 0..0, notes: Vec::new(), ending: at_start });
    }
    for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let on_it = marks.iter().filter(|mark| mark.range.start <= start && end <= mark.range.end);
        stretches.push(Stretch {
            range: start..end,
            notes: on_it.map(|mark| mark.note).collect(),
            ending: ending(end),
        });
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_marks_are_cut_where_one_begins_or_ends() {
        let mark = |note, range| Mark { note, range, ends: true };
        let stretch = |range, notes: &[usize], ending: &[usize]| Stretch {
            range,
            notes: notes.to_vec(),
            ending: ending.to_vec(),
        };
        assert_eq!(
            stretches(9, &[mark(0, 2..6), mark(1, 4..9)]),
            [
                stretch(0..2, &[], &[]),
                stretch(2..4, &[0], &[]),
                stretch(4..6, &[0, 1], &[0]),
                stretch(6..9, &[1], &[1]),
            ]
        );
        assert_eq!(stretches(3, &[mark(0, 0..0)]), [stretch(0..0, &[], &[0]), stretch(0..3, &[], &[])]);
    }
}
