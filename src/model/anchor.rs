//! Where an annotation holds on.

/// Where an annotation holds on: a place in the text as it was, and the quote with its surroundings by which the
/// place is found again when the text has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The first character.
    pub start: Spot,
    /// The first character after; in the same paragraph as `start`, or in a later one.
    pub end: Spot,
    /// Whether it holds to the original or to its translation.
    pub side: Side,
    /// The words themselves, with a blank line between paragraphs.
    pub quote: String,
    /// Up to 32 characters before the quote in its paragraph.
    pub before: String,
    /// Up to 32 characters after the quote in its paragraph.
    pub after: String,
}

/// A character of a paragraph.
///
/// ```text
/// turns:  0  Mira   What did the relay not know?
///         1  Jonas  The difference between weather and trouble.
///                   We never once lost the lamp.
/// ```
///
/// `{turn: 1, paragraph: 1}` and character 3 is before `never`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The paragraph.
    pub place: Place,
    /// Unicode scalar values from the paragraph's start.
    pub character: u32,
}

/// A paragraph by the part of the interview that it stands in. Ordered as the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A paragraph of the front matter, counted from 0.
    Front(u32),
    /// A paragraph of a turn, both counted from 0.
    Turn {
        /// The turn.
        turn: u32,
        /// The paragraph within it.
        paragraph: u32,
    },
    /// A paragraph of the back matter, counted from 0.
    Back(u32),
}

/// The two texts of a bilingual interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Side {
    /// What was said.
    #[default]
    Original,
    /// Its translation.
    Translation,
}
