//! The words that a list is narrowed to.

use crate::search::Query;

/// Words of which each has to be somewhere in an entry.
#[derive(Clone, Debug)]
pub(super) struct Words(Vec<Query>);

impl Words {
    pub(super) fn new(typed: &str) -> Self {
        Self(typed.split_whitespace().map(Query::literal).collect())
    }

    /// Whether each word is in one of an entry's texts.
    pub(super) fn are_in<'a, I: Iterator<Item = &'a str>>(&self, texts: impl Fn() -> I) -> bool {
        self.0.iter().all(|word| texts().any(|text| word.is_in(text)))
    }
}
