//! Who says what nobody labelled: tells the one who asks from the one who answers, paragraph by paragraph.
//!
//! Many transcripts name their speakers once, or never. What remains is how people talk: one asks, thanks the guest
//! for coming and speaks of the other; one answers, at length, and speaks of itself. Each paragraph gets points for
//! such `signals` (read from its `scan` by the words of a `lexicon`), each change or stay between two paragraphs gets points too, and the sequence of voices with the
//! most points is taken (`path`). The points are set by hand and are the same for every document; only how often
//! the voices change, and how the two of them differ in length, is measured in the document itself (`manner`) and
//! the sequence worked out again with it (`reading`). Time and memory are linear in the length of the document.
//!
//! The method knows two voices. Where more people answer, they are one voice here.

mod cues;
mod lexicon;
mod manner;
mod path;
mod reading;
mod scan;
mod signals;
#[cfg(test)]
mod tests;

use lexicon::Lexicon;

/// One of the two voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// Asks.
    Questioner,
    /// Answers.
    Answerer,
}

impl Voice {
    /// The other voice.
    pub const fn other(self) -> Self {
        match self {
            Voice::Questioner => Voice::Answerer,
            Voice::Answerer => Voice::Questioner,
        }
    }
}

/// A paragraph of the talk, and what is known of who speaks it.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph<'a> {
    /// The words, without a speaker's label.
    pub text: &'a str,
    /// The voice, where a label or the reader says so. It is kept.
    pub pin: Option<Voice>,
    /// `Some(true)` where a turn begins here, as a rule but not always of the other voice; `Some(false)` where the
    /// paragraph before goes on; `None` where nothing says so.
    pub starts: Option<bool>,
}

impl<'a> Paragraph<'a> {
    /// A paragraph of which only the words are known.
    pub const fn new(text: &'a str) -> Self {
        Self { text, pin: None, starts: None }
    }

    /// The same paragraph spoken by `voice` for certain.
    pub const fn pinned(self, voice: Voice) -> Self {
        Self { pin: Some(voice), ..self }
    }
}

/// The names of the two voices, as far as they are known; a first name is enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// Who asks.
    pub questioner: Option<&'a str>,
    /// Who answers.
    pub answerer: Option<&'a str>,
}

/// What is to be decoded.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The talk, in order, without front and back matter.
    pub paragraphs: &'a [Paragraph<'a>],
    /// The language's two-letter code. Guessed where it is not given, or not one of [`LANGUAGES`].
    pub language: Option<&'a str>,
    /// Who the voices belong to.
    pub names: Names<'a>,
    /// Whether it is known which of the two asks. Where it is not, pins and names only tell the two apart, and
    /// [`Decoded::swapped`] says whether the one that was called the questioner turned out to be the answerer.
    pub roles_known: bool,
}

/// Who says what, and how sure that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The voice of each paragraph.
    pub voices: Vec<Voice>,
    /// How many points the best reading is better than the best one with the other voice at this paragraph. Pins
    /// have [`CERTAIN`]. Below 4 is doubtful, 8 and more is sure.
    pub margins: Vec<i32>,
    /// The signals that counted at each paragraph, with their points; positive ones speak for the questioner.
    pub reasons: Vec<Vec<(&'static str, i32)>>,
    /// Whether the pins' voices and the names changed places: only where the roles were not known.
    pub swapped: bool,
    /// How many points better the roles taken are than the other way round; [`CERTAIN`] where they were known or
    /// nothing was pinned.
    pub roles_margin: i32,
    /// Whether it reads like an edited article, and little of it is doubtful. The voices can be taken as they are then; those of a chatty
    /// transcript are a proposal.
    pub edited: bool,
    /// The language whose words were looked for.
    pub language: &'static str,
}

/// The margin of a paragraph that is pinned.
pub const CERTAIN: i32 = 1_000;

/// The codes of the languages whose words are known.
pub const LANGUAGES: &[&str] = lexicon::CODES;

/// Tells the two voices of a talk apart.
pub fn decode(request: &Request<'_>) -> Decoded {
    let paragraphs = request.paragraphs;
    let lexicon = Lexicon::of(request.language).unwrap_or_else(|| Lexicon::guessed(paragraphs));
    let signals = signals::read(paragraphs, lexicon, request.names);
    let given = reading::work_out(paragraphs, &signals, false);
    let free = !request.roles_known && paragraphs.iter().any(|paragraph| paragraph.pin.is_some());
    let other = free.then(|| reading::work_out(paragraphs, &signals, true));
    let roles_margin = other.as_ref().map_or(CERTAIN, |other| given.score - other.score);
    let (best, swapped) = match other {
        Some(other) if roles_margin < 0 => (other, true),
        _ => (given, false),
    };
    let below = |least: i32| best.margins.iter().filter(|margin| **margin < least).count();
    // Even a clean text is a proposal where a quarter of it is doubtful; margins mean less in one that was written down
    // as it was spoken, which is one where a fifth is not sure.
    let doubtful = below(4) * 4 > best.margins.len();
    let unsure = manner::spoken(&signals) && below(8) * 5 > best.margins.len();
    Decoded {
        edited: manner::edited(&signals, &best.voices) && !doubtful && !unsure,
        voices: best.voices,
        margins: best.margins,
        reasons: best.reasons,
        swapped,
        roles_margin: roles_margin.abs(),
        language: lexicon.code,
    }
}
