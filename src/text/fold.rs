//! Folding case, accents and width, so that a search finds what a reader means.

/// A folded copy of a text with the way back to the original's bytes.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Folds `text`.
pub fn fold(text: &str) -> Folded {
    Folded { text: text.to_lowercase() }
}
