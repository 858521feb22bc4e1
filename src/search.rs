//! Queries over an interview's text and over notes.

use crate::model::{Interview, Span};

/// What to look for.
#[derive(Clone, Debug)]
pub struct Query {
    pattern: String,
}

/// Why a query cannot be run.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    message: String,
}

impl Query {
    /// Words as typed: case counts only where the words have a capital, accents only where the words have one; a
    /// run of blanks matches any blanks.
    pub fn literal(words: &str) -> Self {
        Self { pattern: words.to_owned() }
    }

    /// A regular expression.
    ///
    /// # Errors
    ///
    /// Where `pattern` is not one.
    pub fn regex(pattern: &str) -> Result<Self, QueryError> {
        Ok(Self { pattern: pattern.to_owned() })
    }

    /// All hits in an interview, translations included, in the order of the buffer.
    pub fn find_all(&self, interview: &Interview) -> Vec<Span> {
        let _ = (interview, &self.pattern);
        Vec::new()
    }

    /// Whether the query hits anywhere in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        text.contains(&self.pattern)
    }
}
