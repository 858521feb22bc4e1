//! What exporters take: an interview with notes, and what is to be said about each of them.

use std::borrow::Cow;

use crate::anchor::{self, Resolution};
use crate::model::{
    Anchor, Annotation, Interview, ParagraphIndex, Position, Span, Speaker, Timecode, Topic, TurnIndex,
};
use crate::outline;

/// An interview and the notes on it, ready to be exported.
#[derive(Clone, Debug)]
pub struct Document {
    /// The interview's path from the notebook's root, with `/` between folders.
    pub path: String,
    /// The interview, corrections applied.
    pub interview: Interview,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// The notes to export, in the order of the text, orphans last.
    pub notes: Vec<PlacedNote>,
}

/// An annotation, the layer that it comes from and its place in today's text.
#[derive(Clone, Debug)]
pub struct PlacedNote {
    /// The annotation.
    pub annotation: Annotation,
    /// Who wrote it; `None` in a personal notebook.
    pub annotator: Option<String>,
    /// Where it holds today.
    pub resolution: Resolution,
}

impl PlacedNote {
    /// The paragraph in which it begins, unless orphaned. May be a translation.
    pub fn paragraph(&self) -> Option<ParagraphIndex> {
        self.resolution.span().map(|span| span.start.paragraph)
    }
}

impl Document {
    /// The interview's title, or the name of its file.
    pub fn title(&self) -> &str {
        let title = self.interview.metadata.title.as_str();
        if !title.is_empty() {
            return title;
        }
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Where a note holds on: described anew where it has moved.
    pub fn anchor<'a>(&self, note: &'a PlacedNote) -> Cow<'a, Anchor> {
        match note.resolution {
            Resolution::Moved { span, .. } => Cow::Owned(anchor::describe(&self.interview, span)),
            _ => Cow::Borrowed(&note.annotation.anchor),
        }
    }

    /// The words that a note is on: today's where it has a place, otherwise those that it was made on.
    pub fn quote<'a>(&self, note: &'a PlacedNote) -> Cow<'a, str> {
        match note.resolution {
            Resolution::Moved { span, .. } => self.interview.slice(span).into(),
            _ => note.annotation.anchor.quote.as_str().into(),
        }
    }

    /// Who speaks the words that a note is on.
    pub fn speaker(&self, note: &PlacedNote) -> Option<&Speaker> {
        self.interview.speaker(self.interview.speaker_of(note.paragraph()?)?)
    }

    /// The turn that a note is on; `None` in front and back matter.
    pub fn turn(&self, note: &PlacedNote) -> Option<TurnIndex> {
        self.interview.turn_of(note.paragraph()?)
    }

    /// The last moment of the recording that is known at or before the words that a note is on.
    pub fn time(&self, note: &PlacedNote) -> Option<Timecode> {
        let paragraph = note.paragraph()?;
        self.interview.time_before(self.interview.original_of(paragraph).unwrap_or(paragraph))
    }

    /// The topic that a note belongs to, as its number among [`topics`](Self::topics).
    pub fn topic(&self, note: &PlacedNote) -> Option<usize> {
        let Span { start, .. } = note.resolution.span()?;
        let place = match self.interview.original_of(start.paragraph) {
            Some(original) => Position::start_of(original),
            None => start,
        };
        outline::topic_at(&self.topics, place)
    }
}
