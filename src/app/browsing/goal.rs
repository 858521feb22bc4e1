//! Where in an interview the reader wants to be when it opens.

use crate::app::App;
use crate::model::{AnnotationId, Position};

/// Where in an interview the reader wants to be when it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Where it was left.
    LastRead,
    /// At an annotation's words.
    Annotation(AnnotationId),
    /// At a hit of a search, whose other hits are shown too.
    Hit {
        /// The start of the hit.
        at: Position,
        /// What was searched for.
        words: String,
        /// Whether that is a regular expression.
        is_regex: bool,
    },
}

impl App {
    /// Goes to where the reader wants to be.
    pub fn go_to(&mut self, goal: &Goal) {
        match goal {
            Goal::LastRead => {}
            Goal::Annotation(id) => match self.notes.get(id).map(|note| note.resolution.span()) {
                Some(Some(span)) => self.jump_to(span.start),
                Some(None) => self.tell("Its words are not in the text any more: the note is kept as an orphan."),
                None => self.complain("This annotation is not there any more."),
            },
            Goal::Hit { at, words, is_regex } => {
                self.jump_to(*at);
                self.show_hits(words, *is_regex);
            }
        }
    }
}
