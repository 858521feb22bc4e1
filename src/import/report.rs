//! What an import says of itself.

/// How a document was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The format and why it was taken for that.
    pub format: String,
    /// Why it was taken for that.
    pub because: String,
    /// The character encoding, and whether it was declared or guessed.
    pub encoding: String,
    /// Labels that were brought together: as written, as shown.
    pub merged: Vec<(String, String)>,
    /// Whether speakers were worked out, and on how sure a ground: true where the result is a proposal only.
    pub proposal: bool,
    /// What was left out: line and what it was.
    pub left_out: Vec<Warning>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A remark on a line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// 1-based.
    pub line: u32,
    /// One sentence.
    pub message: String,
}
