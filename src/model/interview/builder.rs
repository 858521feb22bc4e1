//! An interview from its beginning to its end, paragraph by paragraph.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Interview, push_line};
use crate::model::{
    Confidence, GivenTopic, Inference, LabelOrigin, Metadata, ParagraphIndex, Role, Speaker, SpeakerIndex, Timecode,
    Turn,
};

/// Builds an [`Interview`] from its beginning to its end.
///
/// ```
/// use interleaf::model::{InterviewBuilder, Matter, ParagraphIndex, Role};
///
/// let mut builder = InterviewBuilder::default();
/// let mira = builder.speaker("Mira Okafor", Role::Interviewer);
/// builder.front().paragraph("We met on the rock.");
/// builder.turn(Some(mira), None).paragraph("What did the relay not know?");
/// builder.back().paragraph("Mira Okafor writes about islands.");
/// let interview = builder.build();
/// assert_eq!(interview.paragraph_count(), 3);
/// assert_eq!(interview.matter(ParagraphIndex(1)), Matter::Body);
/// ```
#[derive(Debug, Default)]
pub struct InterviewBuilder {
    text: String,
    starts: Vec<u32>,
    front: Option<u32>,
    back: Option<u32>,
    turns: Vec<Turn>,
    times: Vec<(ParagraphIndex, Timecode)>,
    translations: Vec<(ParagraphIndex, String)>,
    speakers: Vec<Speaker>,
    by_name: HashMap<String, SpeakerIndex>,
    /// The ids of `speakers`, so that a crowd of ten thousand is told apart in one pass.
    ids: HashSet<String>,
    given_topics: Vec<GivenTopic>,
    inferences: Vec<Inference>,
    /// What is known beside the words.
    pub metadata: Metadata,
}

impl InterviewBuilder {
    /// A builder with room for `bytes` of text.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// The speaker of that name, added on first mention.
    pub fn speaker(&mut self, name: &str, role: Role) -> SpeakerIndex {
        if let Some(found) = self.by_name.get(name) {
            return *found;
        }
        if self.speakers.len() > usize::from(u16::MAX) {
            return SpeakerIndex(u16::MAX);
        }
        let speaker = Speaker::new(name, role, |id| self.ids.contains(id));
        let index = SpeakerIndex(self.speakers.len() as u16);
        self.ids.insert(speaker.id.clone());
        self.by_name.insert(name.to_owned(), index);
        self.speakers.push(speaker);
        index
    }

    /// A speaker with an id of the document's own; an id that is taken is made anew from the name.
    pub fn speaker_with_id(&mut self, id: &str, name: &str, role: Role) -> SpeakerIndex {
        let index = self.speaker(name, role);
        let fits = !id.is_empty() && !self.ids.contains(id);
        if let Some(speaker) = self.speakers.get_mut(usize::from(index.0)).filter(|_| fits) {
            self.ids.remove(&speaker.id);
            self.ids.insert(id.to_owned());
            id.clone_into(&mut speaker.id);
        }
        index
    }

    /// The paragraphs that follow are front matter; has no effect after the first turn.
    pub fn front(&mut self) -> &mut Self {
        self
    }

    /// The paragraphs that follow are a new turn.
    pub fn turn(&mut self, speaker: Option<SpeakerIndex>, time: Option<Timecode>) -> &mut Self {
        self.turn_with(speaker, time, LabelOrigin::Read, None)
    }

    /// The paragraphs that follow are a new turn whose speaker is known in the given way.
    pub fn turn_with(
        &mut self,
        speaker: Option<SpeakerIndex>,
        time: Option<Timecode>,
        origin: LabelOrigin,
        confidence: Option<Confidence>,
    ) -> &mut Self {
        let first = self.next_paragraph();
        self.front.get_or_insert(first.0);
        if self.turns.last().is_some_and(|last| last.first == first) {
            self.turns.pop();
        }
        self.turns.push(Turn { first, speaker, time, origin, confidence });
        self
    }

    /// The paragraphs that follow are back matter.
    pub fn back(&mut self) -> &mut Self {
        let next = self.next_paragraph().0;
        self.front.get_or_insert(next);
        self.back.get_or_insert(next);
        self
    }

    /// Appends a paragraph. Line feeds in it become spaces.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        if !self.starts.is_empty() {
            self.text.push('\n');
        }
        self.starts.push(self.text.len() as u32);
        push_line(&mut self.text, text);
        self
    }

    /// The paragraph just added begins at that moment.
    pub fn paragraph_time(&mut self, time: Timecode) -> &mut Self {
        if let Some(last) = self.starts.len().checked_sub(1) {
            self.times.push((ParagraphIndex(last as u32), time));
        }
        self
    }

    /// The translation of the paragraph just added.
    pub fn translation(&mut self, text: &str) -> &mut Self {
        if let Some(last) = self.starts.len().checked_sub(1) {
            self.translations.push((ParagraphIndex(last as u32), text.to_owned()));
        }
        self
    }

    /// A heading before the paragraph to come.
    pub fn topic(&mut self, title: &str, level: u8) -> &mut Self {
        let paragraph = self.next_paragraph();
        self.given_topics.push(GivenTopic { title: title.to_owned(), paragraph, level });
        self
    }

    /// Why the paragraph just added was given to its speaker.
    pub fn inference(&mut self, margin: i32, reasons: Vec<(&'static str, i32)>) -> &mut Self {
        if let Some(last) = self.starts.len().checked_sub(1) {
            self.inferences.push(Inference { paragraph: ParagraphIndex(last as u32), margin, reasons });
        }
        self
    }

    /// The place of the paragraph to come.
    pub fn next_paragraph(&self) -> ParagraphIndex {
        ParagraphIndex(self.starts.len() as u32)
    }

    /// The interview. A document without a turn is all front matter.
    pub fn build(mut self) -> Interview {
        let originals = self.starts.len() as u32;
        self.turns.retain(|turn| turn.first.0 < self.back.unwrap_or(originals));
        self.given_topics.retain(|topic| topic.paragraph.0 < originals);
        let mut pairs = Vec::with_capacity(self.translations.len());
        for (original, text) in std::mem::take(&mut self.translations) {
            pairs.push((original, self.next_paragraph()));
            self.paragraph(&text);
        }
        if !self.starts.is_empty() {
            self.starts.push(self.text.len() as u32 + 1);
        }
        Interview {
            text: Arc::new(self.text),
            starts: Arc::new(self.starts),
            originals,
            front: self.front.unwrap_or(originals),
            back: self.back.unwrap_or(originals),
            turns: Arc::new(self.turns),
            translations: Arc::new(pairs),
            times: Arc::new(self.times),
            speakers: self.speakers,
            metadata: self.metadata,
            given_topics: Arc::new(self.given_topics),
            inferences: Arc::new(self.inferences),
        }
    }
}
