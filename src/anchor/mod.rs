//! An annotation's place in today's text.
//!
//! [`describe`] makes an anchor of a stretch of text, [`resolve`] finds the stretch again when the text has changed:
//! the place where it stood, the exact quote elsewhere, then what comes near it. What cannot be placed with
//! confidence is an orphan; [`candidates`] lists what a reader may choose from.

mod approximate;
mod haystack;
mod myers;
mod place;
mod search;

use crate::model::{Anchor, Interview, ParagraphIndex, Position, Side, Span};

pub use place::{byte_of_character, characters_before, paragraph_of, place_of, position_of, spot_of};

/// Characters of context that an anchor keeps on each side of its quote.
pub const CONTEXT: usize = 32;

/// Where an anchor holds today.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// The quote stands where it stood.
    Anchored(Span),
    /// The quote, or something close to it, stands elsewhere.
    Moved {
        /// Where.
        span: Span,
        /// How well it fits, 0 to 1; 1 for the exact quote.
        score: f32,
    },
    /// The quote cannot be placed with confidence.
    Orphan,
}

impl Resolution {
    /// The place, unless orphaned.
    pub fn span(&self) -> Option<Span> {
        match self {
            Resolution::Anchored(span) | Resolution::Moved { span, .. } => Some(*span),
            Resolution::Orphan => None,
        }
    }

    /// The word that files and commands use.
    pub const fn name(&self) -> &'static str {
        match self {
            Resolution::Anchored(_) => "anchored",
            Resolution::Moved { .. } => "moved",
            Resolution::Orphan => "orphan",
        }
    }
}

/// A stretch of today's text that an anchor may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The stretch.
    pub span: Span,
    /// How well quote, context and place fit, 0 to 1.
    pub score: f32,
}

/// The anchor that holds to a stretch of text.
///
/// Both ends move outward to grapheme boundaries. A stretch that ends before the first character of a paragraph ends
/// with the paragraph before it, and one that begins behind the last character begins with the next. A stretch
/// from an original into the translations ends with the original in which it begins.
pub fn describe(interview: &Interview, span: Span) -> Anchor {
    let span = tidy(interview, span);
    let (start, side) = spot_of(interview, span.start);
    let (end, _) = spot_of(interview, span.end);
    let before = &interview.paragraph(span.start.paragraph)[..span.start.offset as usize];
    let after = &interview.paragraph(span.end.paragraph)[span.end.offset as usize..];
    let context_start = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
    let context_end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    Anchor {
        start,
        end,
        side,
        quote: interview.slice(span),
        before: before[context_start..].to_owned(),
        after: after[..context_end].to_owned(),
    }
}

/// Finds an anchor's place in today's text.
///
/// The same as [`resolve_all`] for one anchor.
pub fn resolve(interview: &Interview, anchor: &Anchor) -> Resolution {
    resolve_all(interview, [anchor]).pop().unwrap_or(Resolution::Orphan)
}

/// Finds the places of many anchors, in their order.
///
/// An anchor whose quote stands at its old place costs next to nothing; all others share a pass or two over the text.
pub fn resolve_all<'a>(interview: &Interview, anchors: impl IntoIterator<Item = &'a Anchor>) -> Vec<Resolution> {
    let anchors: Vec<&Anchor> = anchors.into_iter().collect();
    let mut resolutions = vec![Resolution::Orphan; anchors.len()];
    for side in [Side::Original, Side::Translation] {
        let of_side: Vec<usize> = (0..anchors.len()).filter(|&index| anchors[index].side == side).collect();
        let chosen: Vec<&Anchor> = of_side.iter().map(|&index| anchors[index]).collect();
        for (index, resolution) in of_side.into_iter().zip(search::resolve_side(interview, side, &chosen)) {
            resolutions[index] = resolution;
        }
    }
    resolutions
}

/// What an anchor may mean in today's text, best first and at most eight; also what [`resolve`] is not sure of.
pub fn candidates(interview: &Interview, anchor: &Anchor) -> Vec<Candidate> {
    search::candidates(interview, anchor)
}

/// Both ends within the text, on grapheme boundaries, in one side, and with no blank end in another paragraph.
fn tidy(interview: &Interview, span: Span) -> Span {
    let last = ParagraphIndex(interview.paragraph_count_with_translations().saturating_sub(1));
    let within = |position: Position, outward| {
        let paragraph = position.paragraph.min(last);
        let text = interview.paragraph(paragraph);
        let offset = if position.paragraph > last { text.len() } else { position.offset as usize };
        Position { paragraph, offset: haystack::snap(text, offset, outward) as u32 }
    };
    let end_of =
        |paragraph: ParagraphIndex| Position { paragraph, offset: interview.paragraph(paragraph).len() as u32 };
    let mut start = within(span.start, -1);
    let mut end = if span.is_empty() { start } else { within(span.end, 1).max(start) };
    while start.paragraph < end.paragraph && start == end_of(start.paragraph) {
        start = Position::start_of(ParagraphIndex(start.paragraph.0 + 1));
    }
    while start.paragraph < end.paragraph && end.offset == 0 {
        end = end_of(ParagraphIndex(end.paragraph.0 - 1));
    }
    let side = |position: Position| position.paragraph.0 >= interview.paragraph_count();
    if side(start) != side(end) {
        end = end_of(start.paragraph);
    }
    Span { start, end }
}

#[cfg(test)]
mod edits;
#[cfg(test)]
mod tests;
