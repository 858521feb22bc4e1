//! An annotation's place in today's text.

use crate::model::{Anchor, Interview, Span};

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

/// Finds an anchor's place.
pub fn resolve(interview: &Interview, anchor: &Anchor) -> Resolution {
    let _ = (interview, anchor);
    Resolution::Orphan
}

/// The anchor that holds to a stretch of text.
pub fn describe(interview: &Interview, span: Span) -> Anchor {
    use crate::model::{Place, Side, Spot};
    let _ = span;
    let spot = Spot { place: Place::Front(0), character: 0 };
    Anchor {
        start: spot,
        end: spot,
        side: Side::Original,
        quote: interview.slice(span),
        before: String::new(),
        after: String::new(),
    }
}
