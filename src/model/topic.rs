//! Entries of the outline, and the marks of a document that they come from.

use super::{ParagraphIndex, Position};

/// A heading or chapter mark that the document itself carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTopic {
    /// The title, one line.
    pub title: String,
    /// The paragraph before which it stands.
    pub paragraph: ParagraphIndex,
    /// 0 for a topic, 1 for one within it, and so on.
    pub level: u8,
}

/// Where a topic comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TopicKind {
    /// A mark of the document.
    Given,
    /// A question that opens an exchange.
    Question,
    /// The reader's own.
    Own,
}

impl TopicKind {
    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            TopicKind::Given => "given",
            TopicKind::Question => "question",
            TopicKind::Own => "own",
        }
    }
}

/// An entry of the outline to jump to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// A short label.
    pub title: String,
    /// Where it comes from.
    pub kind: TopicKind,
    /// Where it begins.
    pub start: Position,
    /// 0 for a topic, 1 for one within it, and so on.
    pub level: u8,
    /// The words that set it apart from the rest of the interview.
    pub terms: Vec<String>,
}
