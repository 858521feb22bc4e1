//! The reader's labels.

use std::fmt;

/// A reader's label; `/` makes a hierarchy (`money/capex`).
///
/// Blanks around the name and around each `/` are dropped, so is each `#` before a name, and runs of blanks become one:
/// two spellings of one tag are one tag, and the name of a tag is a spelling of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The tag written as `name`; `None` where nothing is left of it.
    pub fn new(name: &str) -> Option<Self> {
        let is_lead = |c: char| c == '#' || c.is_whitespace();
        let levels: Vec<String> = name
            .split('/')
            .map(|level| level.trim_start_matches(is_lead).split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|level| !level.is_empty())
            .collect();
        (!levels.is_empty()).then(|| Self(levels.join("/")))
    }

    /// The whole name, `money/capex`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names from the top down, `money` then `capex`.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Whether `self` is `other` or stands below it.
    pub fn is_within(&self, other: &Tag) -> bool {
        self.0.strip_prefix(other.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a notebook's `tags.yaml` says of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagDefinition {
    /// The tag that is defined.
    pub tag: Tag,
    /// Red, green, blue.
    pub color: Option<[u8; 3]>,
    /// What the tag is for, in the reader's words.
    pub description: Option<String>,
    /// The hot key, 1 to 9.
    pub key: Option<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tag_however_it_is_spelled() {
        assert_eq!(Tag::new(" money / capex "), Tag::new("#money/capex"));
        assert_eq!(Tag::new(" / "), None);
        assert_eq!(Tag::new("# #"), None);
    }

    proptest::proptest! {
        #[test]
        fn the_name_of_a_tag_is_a_spelling_of_it(name in "[ #/a\t\u{a0}]{0,8}|\\PC{0,8}") {
            if let Some(tag) = Tag::new(&name) {
                assert_eq!(Tag::new(tag.as_str()), Some(tag));
            }
        }
    }

    #[test]
    fn a_tag_is_within_itself_and_its_parents_only() {
        let tag = |name| Tag::new(name).unwrap();
        assert!(tag("money/capex").is_within(&tag("money")));
        assert!(tag("money").is_within(&tag("money")));
        assert!(!tag("moneyed").is_within(&tag("money")));
    }
}
