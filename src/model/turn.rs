//! Turns, the paragraphs that they are made of, and how it is known who speaks them.

use super::{SpeakerIndex, Timecode};

/// The place of a paragraph, counted over the whole interview from 0: front matter, turns, back matter, and after
/// those the translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ParagraphIndex(pub u32);

/// The place of a turn, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TurnIndex(pub u32);

/// The parts of an interview around and including its turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// Before the first turn: standfirst, introduction.
    Front,
    /// The talk itself.
    Body,
    /// After the last turn: author's note, comments.
    Back,
}

/// How it is known who speaks a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LabelOrigin {
    /// The document says so.
    #[default]
    Read,
    /// It was worked out.
    Inferred,
    /// The reader said so.
    Corrected,
}

impl LabelOrigin {
    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            LabelOrigin::Read => "read",
            LabelOrigin::Inferred => "inferred",
            LabelOrigin::Corrected => "corrected",
        }
    }
}

/// How sure an inferred label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A margin under 4 points.
    Doubtful,
    /// A margin of 4 to 7 points.
    Likely,
    /// A margin of 8 points and more.
    Sure,
}

impl Confidence {
    /// The band that a decoder's margin falls into.
    pub const fn from_margin(points: i32) -> Self {
        match points {
            ..4 => Confidence::Doubtful,
            4..8 => Confidence::Likely,
            _ => Confidence::Sure,
        }
    }

    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Confidence::Doubtful => "doubtful",
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        }
    }
}

/// One speaker's uninterrupted stretch of talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Its first paragraph; it ends where the next turn or the back matter begins.
    pub first: ParagraphIndex,
    /// Who talks; `None` when nobody is named.
    pub speaker: Option<SpeakerIndex>,
    /// When the turn begins in the recording.
    pub time: Option<Timecode>,
    /// How it is known who speaks.
    pub origin: LabelOrigin,
    /// How sure that is; `None` unless inferred.
    pub confidence: Option<Confidence>,
}

/// Why a paragraph was given to its speaker where no label says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inference {
    /// The paragraph.
    pub paragraph: ParagraphIndex,
    /// How many points better the chosen reading is than the best one that gives the paragraph to somebody else.
    pub margin: i32,
    /// The signals that counted, with their points; positive ones speak for the questioner.
    pub reasons: Vec<(&'static str, i32)>,
}
