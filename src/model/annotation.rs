//! What a reader adds to an interview.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Anchor, Role, Tag};

/// An annotation's name, unique in a notebook. New ones are ULIDs; hand-written ones may be any text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(String);

impl AnnotationId {
    /// The id written as `text`; `None` when blank.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<ulid::Ulid> for AnnotationId {
    fn from(ulid: ulid::Ulid) -> Self {
        Self(ulid.to_string())
    }
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an annotation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Words worth finding again.
    Highlight,
    /// A remark.
    Note,
    /// Something that the reader asks.
    Question,
    /// Something to do about it.
    FollowUp,
    /// A place to come back to.
    Bookmark,
    /// An entry of the reader's own in the outline; the note is its title.
    Topic,
}

impl Kind {
    /// All kinds, in the order in which lists show them.
    pub const ALL: [Kind; 6] =
        [Kind::Highlight, Kind::Note, Kind::Question, Kind::FollowUp, Kind::Bookmark, Kind::Topic];

    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Highlight => "highlight",
            Kind::Note => "note",
            Kind::Question => "question",
            Kind::FollowUp => "follow-up",
            Kind::Bookmark => "bookmark",
            Kind::Topic => "topic",
        }
    }

    /// The kind that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether annotations of this kind are work with a [`Status`].
    pub const fn has_status(self) -> bool {
        matches!(self, Kind::Question | Kind::FollowUp)
    }
}

/// How far a question or follow-up has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// Nothing done yet.
    #[default]
    Open,
    /// Put to somebody.
    Asked,
    /// Settled.
    Answered,
    /// Given up.
    Dropped,
}

impl Status {
    /// All of them, in the order of the work.
    pub const ALL: [Status; 4] = [Status::Open, Status::Asked, Status::Answered, Status::Dropped];

    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Asked => "asked",
            Status::Answered => "answered",
            Status::Dropped => "dropped",
        }
    }

    /// The status that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// What a reader adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its name for good.
    pub id: AnnotationId,
    /// What it is for.
    pub kind: Kind,
    /// Where it holds on.
    pub anchor: Anchor,
    /// Labels, in the reader's order, none twice.
    pub tags: Vec<Tag>,
    /// How far it has come; only where [`Kind::has_status`].
    pub status: Option<Status>,
    /// When it is to be done.
    pub due: Option<Date>,
    /// The reader's words, exactly as typed; empty for a bare highlight.
    pub note: String,
    /// The annotation, in another layer perhaps, that this one answers.
    pub reply_to: Option<AnnotationId>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// The other version, where two writers changed this annotation and the reader has not settled it yet.
    pub conflict: Option<Box<Conflict>>,
}

/// The other side of an annotation that two writers changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The other version; `None` when the other writer deleted it.
    pub theirs: Option<Annotation>,
}

/// The reader's mending of a transcript. The source file is never touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Something about one paragraph.
    Paragraph {
        /// The paragraph, counted over the whole interview from 0.
        paragraph: u32,
        /// The paragraph's first 32 characters, by which it is found again when the text has changed.
        begins: String,
        /// What is so about it.
        mending: Mending,
    },
    /// A speaker's name is another; renaming to a name that exists merges the two.
    Rename {
        /// The name as read.
        from: String,
        /// The name to show.
        to: String,
    },
    /// A speaker has this role.
    Role {
        /// The speaker's name.
        speaker: String,
        /// What the speaker does in the conversation.
        role: Role,
    },
}

impl Correction {
    /// Whether both say what is so about the same thing.
    pub fn is_about_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rename { from: a, .. }, Self::Rename { from: b, .. }) => a == b,
            (Self::Role { speaker: a, .. }, Self::Role { speaker: b, .. }) => a == b,
            (
                Self::Paragraph { paragraph: a, begins: begins_a, mending: mending_a },
                Self::Paragraph { paragraph: b, begins: begins_b, mending: mending_b },
            ) => a == b && begins_a == begins_b && mending_a.subject() == mending_b.subject(),
            _ => false,
        }
    }
}

impl Mending {
    /// Mendings of the same subject contradict each other.
    const fn subject(&self) -> u8 {
        match self {
            Mending::Speaker(_) => 0,
            Mending::Start | Mending::Join => 1,
            Mending::Front | Mending::Back => 2,
        }
    }
}

/// As a sentence says it: `“It rained…” is said by Ada`.
impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::Rename { from, to } => write!(f, "{from} is called {to}"),
            Correction::Role { speaker, role } => write!(f, "{speaker} is {}", role.name()),
            Correction::Paragraph { paragraph, begins, mending } => {
                match begins.as_str() {
                    "" => write!(f, "paragraph {paragraph}")?,
                    begins => write!(f, "“{}…”", begins.trim_end())?,
                }
                match mending {
                    Mending::Speaker(name) => write!(f, " is said by {name}"),
                    Mending::Start => f.write_str(" starts a turn"),
                    Mending::Join => f.write_str(" goes on with the turn before"),
                    Mending::Front => f.write_str(" is front matter"),
                    Mending::Back => f.write_str(" is back matter"),
                }
            }
        }
    }
}

/// What a reader says of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mending {
    /// It is spoken by the speaker of this name.
    Speaker(String),
    /// A new turn starts with it.
    Start,
    /// It goes on with the turn before it.
    Join,
    /// It and all before it are front matter.
    Front,
    /// It and all after it are back matter.
    Back,
}
