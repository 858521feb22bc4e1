//! A tool's own copy of a document laid beside the interview, so that a place in the one is a place in the other.
//!
//! Tools keep the text that they were given: with names before the turns, with other blanks and lines, or an older
//! text. The paragraphs that stand in both, one after another, are what the two have in common.

use memchr::memmem;

use crate::model::{Interview, ParagraphIndex, Position, Span};

/// Bytes behind the last common paragraph in which the next is looked for.
const WINDOW: usize = 1 << 16;
/// Bytes of a paragraph that is found anywhere behind the last one without doubt.
const LONG: usize = 40;
/// Bytes of names and the like that may part an end of a selection from the nearest common paragraph.
const APART: usize = 120;

/// The paragraphs that a copy and an interview have in common.
#[derive(Debug)]
pub(super) struct Alignment {
    /// Where each begins and ends in the copy, in its order.
    common: Vec<(usize, usize, ParagraphIndex)>,
    share: f64,
}

impl Alignment {
    pub(super) fn of(copy: &str, interview: &Interview) -> Self {
        let mut common = Vec::new();
        let (mut at, mut found, mut all) = (0, 0usize, 0usize);
        for original in interview.paragraphs() {
            for paragraph in [Some(original), interview.translation(original)].into_iter().flatten() {
                let words = interview.paragraph(paragraph);
                if paragraph == original {
                    all += words.len();
                }
                let rest = copy.as_bytes().get(at..).unwrap_or_default();
                let window = if words.len() >= LONG && common.is_empty() { rest.len() } else { WINDOW.min(rest.len()) };
                let Some(start) = memmem::find(rest.get(..window).unwrap_or_default(), words.as_bytes()) else {
                    continue;
                };
                // A short answer stands in many places; this is not its own.
                if words.len() < LONG && start > 2 * APART {
                    continue;
                }
                let start = at + start;
                at = start + words.len();
                common.push((start, at, paragraph));
                if paragraph == original {
                    found += words.len();
                }
            }
        }
        let share = if all == 0 { 0.0 } else { found as f64 / all as f64 };
        Self { common, share }
    }

    /// How much of the interview stands in the copy, 0 to 1.
    pub(super) fn share(&self) -> f64 {
        self.share
    }

    /// The stretch of the interview that a stretch of the copy is; `None` where its ends are in nothing common.
    pub(super) fn span(&self, start: usize, end: usize) -> Option<Span> {
        let first = self.common.partition_point(|(_, last, _)| *last <= start);
        let (from, _, paragraph) = *self.common.get(first)?;
        let begin = Position { paragraph, offset: u32::try_from(start.saturating_sub(from)).ok()? };
        let after = self.common.partition_point(|(first, ..)| *first < end);
        let (from, until, paragraph) = *self.common.get(after.checked_sub(1)?)?;
        let finish = Position { paragraph, offset: u32::try_from(end.min(until) - from).ok()? };
        let is_near = self.common.get(first)?.0.saturating_sub(start) <= APART && end.saturating_sub(until) <= APART;
        (is_near && begin < finish).then(|| Span::new(begin, finish))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InterviewBuilder;

    #[test]
    fn names_between_paragraphs_do_not_matter() {
        let mut builder = InterviewBuilder::default();
        builder.turn(None, None).paragraph("Who kept the lamp?");
        builder.turn(None, None).paragraph("My uncle did.").paragraph("My uncle did, I say.");
        let interview = builder.build();
        let copy = "[0:01] ADA: Who kept the lamp?\nTOM: My uncle did.\nMy uncle did, I say.\n";
        let alignment = Alignment::of(copy, &interview);
        assert_eq!(alignment.share(), 1.0);
        let span = |words: &str, from: usize| {
            let at = from + copy[from..].find(words).unwrap();
            alignment.span(at, at + words.len()).map(|span| interview.slice(span))
        };
        assert_eq!(span("the lamp", 0).as_deref(), Some("the lamp"));
        assert_eq!(span("uncle", 51).as_deref(), Some("uncle"));
        assert_eq!(span("lamp?\nTOM: My uncle", 0).as_deref(), Some("lamp?\n\nMy uncle"));
        assert_eq!(span("TOM: My", 0).as_deref(), Some("My"));
        assert_eq!(span("TOM", 0), None);
        assert!(Alignment::of("Quite another text.", &interview).share() < 0.1);
    }
}
