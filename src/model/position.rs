//! Places in an interview's text.

use super::ParagraphIndex;

/// A place in an interview: a paragraph and a byte offset into its text, always on a grapheme's edge.
///
/// Positions do not depend on the window's width, so a resize keeps the reader's place to the word. In an interview
/// whose first two paragraphs are
///
/// ```text
/// 0  What did the relay not know?
/// 1  The difference between weather and trouble.
/// ```
///
/// `(0, 0)` is before `What`, `(0, 9)` before `the`, `(0, 28)` after the question mark, and `(1, 4)` before
/// `difference`. The end of a paragraph and the start of the next are two positions.
///
/// ```
/// use interleaf::model::{InterviewBuilder, Position};
///
/// let mut builder = InterviewBuilder::default();
/// builder.turn(None, None).paragraph("What did the relay not know?");
/// builder.turn(None, None).paragraph("The difference between weather and trouble.");
/// let interview = builder.build();
/// let place = Position::new(1, 4);
/// assert!(interview.paragraph(place.paragraph)[place.offset as usize..].starts_with("difference"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// The paragraph, counted over the whole interview: front matter, turns, back matter.
    pub paragraph: ParagraphIndex,
    /// Bytes from the paragraph's start.
    pub offset: u32,
}

impl Position {
    /// The place `offset` bytes into paragraph `paragraph`.
    pub const fn new(paragraph: u32, offset: u32) -> Self {
        Self { paragraph: ParagraphIndex(paragraph), offset }
    }

    /// The start of a paragraph.
    pub const fn start_of(paragraph: ParagraphIndex) -> Self {
        Self { paragraph, offset: 0 }
    }
}

/// A stretch of text from `start` to just before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first place inside.
    pub start: Position,
    /// The first place after; never before `start`.
    pub end: Position,
}

impl Span {
    /// The stretch between two places, in whichever order they come.
    pub fn new(a: Position, b: Position) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// Whether the two share any text; empty spans share none.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `position` lies inside.
    pub fn contains(&self, position: Position) -> bool {
        self.start <= position && position < self.end
    }

    /// Whether nothing lies inside.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}
