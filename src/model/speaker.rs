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
        let free = [last, stem.clone()].into_iter().find(|id| !id.is_empty() && !taken(id));
        let id = free.unwrap_or_else(|| numbered(&stem, taken));
        Self { id, name: name.to_owned(), role }
    }
}

/// `stem-2`, or with the next number that is free.
///
/// Numbers are given out in order, so the place where they end is found by doubling and halving: thousands of people
/// whose names make the same id cost no more than others.
fn numbered(stem: &str, taken: impl Fn(&str) -> bool) -> String {
    let is_free = |number: u64| !taken(&format!("{stem}-{number}"));
    let (mut taken, mut free) = (1, 2);
    while !is_free(free) {
        (taken, free) = (free, free * 2);
    }
    while free - taken > 1 {
        let middle = taken.midpoint(free);
        if is_free(middle) { free = middle } else { taken = middle }
    }
    format!("{stem}-{free}")
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_short_and_none_is_given_twice() {
        let mut ids = HashSet::new();
        let names = ["Mira Okafor", "Ada Okafor", "Ada-Okafor", "?", "!", "…", "ada okafor"];
        let given = names.map(|name| {
            let speaker = Speaker::new(name, Role::Other, |id| ids.contains(id));
            ids.insert(speaker.id.clone());
            speaker.id
        });
        let wanted = ["okafor", "ada-okafor", "ada-okafor-2", "speaker", "speaker-2", "speaker-3", "ada-okafor-3"];
        assert_eq!(given, wanted);
    }
}
