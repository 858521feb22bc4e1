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
    /// A speaker with an id of whom `taken` says no: the last word of the name, then all of it, then with a number.
    pub fn new(name: &str, role: Role, taken: impl Fn(&str) -> bool) -> Self {
        let last = slug(name.split_whitespace().next_back().unwrap_or_default());
        let whole = slug(name);
        let stem = if whole.is_empty() { "speaker".to_owned() } else { whole };
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut ids = [last, stem.clone()].into_iter().chain(numbered);
        let id = ids.find(|id| !id.is_empty() && !taken(id)).unwrap_or_default();
        Self { id, name: name.to_owned(), role }
    }
}

/// Small letters and digits, with dashes for all else between them.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
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
