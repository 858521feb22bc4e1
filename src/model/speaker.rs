//! Who talks.

/// The place of a [`Speaker`] in [`Interview::speakers`](super::Interview::speakers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerIndex(pub u16);

/// A person who talks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// A short name for files and exports, unique in the interview: lower-case letters, digits and dashes.
    pub id: String,
    /// The name as shown.
    pub name: String,
    /// What the person does in the conversation.
    pub role: Role,
}

impl Speaker {
    /// A speaker with an id that none of `others` has, made from the name.
    pub fn new(name: &str, role: Role, others: &[Speaker]) -> Self {
        Self { id: super::interview::speaker_id(name, others), name: name.to_owned(), role }
    }
}

/// What a speaker does in the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Asks the questions.
    Interviewer,
    /// Answers them.
    Guest,
    /// Neither, or not known.
    #[default]
    Other,
}

impl Role {
    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Interviewer => "interviewer",
            Role::Guest => "guest",
            Role::Other => "other",
        }
    }

    /// The role that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        [Role::Interviewer, Role::Guest, Role::Other].into_iter().find(|role| role.name() == name)
    }
}
