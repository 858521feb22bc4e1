//! What is known of a document beside its words.

/// What is known of the document beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, one line; empty when there is none.
    pub title: String,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// When the interview was held or published, as the document writes it.
    pub date: Option<String>,
    /// BCP 47 tag of the language (`en`, `zh`).
    pub language: Option<String>,
    /// BCP 47 tag of the translation's language.
    pub translation_language: Option<String>,
    /// Where the document comes from.
    pub source: Source,
}

/// Where a document comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The web address.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was saved, as the document writes it.
    pub saved: Option<String>,
    /// The format that it was read from.
    pub format: Option<String>,
}
