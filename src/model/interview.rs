//! One document: its words, paragraphs, turns, matter and translations.

mod builder;

use std::ops::Range;
use std::sync::Arc;

use super::{
    GivenTopic, Inference, Matter, Metadata, ParagraphIndex, Position, Role, Span, Speaker, SpeakerIndex, Timecode,
    Turn, TurnIndex,
};

pub use builder::InterviewBuilder;

/// One document with all its words in one buffer.
///
/// Paragraphs stand in the buffer one after another with a line feed between, and hold none themselves. The first
/// [`front`](Self::front) paragraphs are front matter; the turns' paragraphs follow without gaps; then comes the back
/// matter. Translations stand after all of these, in any number: [`translation`](Self::translation) finds the one of
/// a paragraph. Cloning shares the text.
#[derive(Clone, Debug, Default)]
pub struct Interview {
    text: Arc<String>,
    /// Start of each paragraph in `text`, and behind the last one the text's length plus one.
    starts: Arc<Vec<u32>>,
    /// Number of paragraphs that are no translations.
    originals: u32,
    front: u32,
    back: u32,
    turns: Arc<Vec<Turn>>,
    /// (original, translation), sorted by both.
    translations: Arc<Vec<(ParagraphIndex, ParagraphIndex)>>,
    /// Paragraphs within turns that carry a timecode of their own, in order.
    times: Arc<Vec<(ParagraphIndex, Timecode)>>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// What is known beside the words.
    pub metadata: Metadata,
    /// Headings and chapter marks, in the order of the text.
    pub given_topics: Arc<Vec<GivenTopic>>,
    /// Why paragraphs without a label were given to their speakers, in the order of the text.
    pub inferences: Arc<Vec<Inference>>,
}

/// What an interview is beside its words and their paragraphs; see [`Interview::from_lines`].
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// Number of paragraphs before the first turn.
    pub front: u32,
    /// The first paragraph after the last turn.
    pub back: u32,
    /// Turns in order, the first at `front`.
    pub turns: Vec<Turn>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// What is known beside the words.
    pub metadata: Metadata,
    /// Moments of paragraphs within turns, in order.
    pub times: Vec<(ParagraphIndex, Timecode)>,
    /// Headings and chapter marks, in the order of the text.
    pub given_topics: Vec<GivenTopic>,
    /// Why paragraphs without a label were given to their speakers, in the order of the text.
    pub inferences: Vec<Inference>,
    /// Translations of paragraphs, in the order of the text.
    pub translations: Vec<(ParagraphIndex, String)>,
}

impl Interview {
    /// The interview whose paragraphs are the lines of `text`, which is taken over and not copied.
    ///
    /// What in `structure` points past the end or breaks the order is left out. `text` is under 4 GiB long; what is
    /// longer is cut.
    pub fn from_lines(mut text: String, structure: Structure) -> Self {
        const LONGEST: usize = u32::MAX as usize - 1;
        if text.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            text.truncate(end);
        }
        let mut starts = Vec::new();
        if !text.is_empty() {
            starts.push(0);
            starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|feed| feed as u32 + 1));
        }
        let originals = starts.len() as u32;
        let mut pairs = Vec::with_capacity(structure.translations.len());
        for (original, translation) in structure.translations {
            if original.0 < originals && pairs.last().is_none_or(|(last, _)| *last < original) {
                pairs.push((original, ParagraphIndex(starts.len() as u32)));
                text.push('\n');
                starts.push(text.len() as u32);
                push_line(&mut text, &translation);
            }
        }
        if !starts.is_empty() {
            starts.push(text.len() as u32 + 1);
        }
        let Structure { mut times, mut given_topics, mut inferences, .. } = structure;
        times.retain(|(at, _)| at.0 < originals);
        given_topics.retain(|topic| topic.paragraph.0 < originals);
        inferences.retain(|inference| inference.paragraph.0 < originals);
        let bare = Self {
            text: Arc::new(text),
            starts: Arc::new(starts),
            originals,
            translations: Arc::new(pairs),
            times: Arc::new(times),
            metadata: structure.metadata,
            given_topics: Arc::new(given_topics),
            inferences: Arc::new(inferences),
            ..Self::default()
        };
        bare.with_turns(structure.front, structure.back, structure.turns, structure.speakers)
    }

    /// The whole buffer.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of paragraphs, without translations.
    pub fn paragraph_count(&self) -> u32 {
        self.originals
    }

    /// Number of paragraphs, translations included.
    pub fn paragraph_count_with_translations(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    /// All paragraphs but translations, in order.
    pub fn paragraphs(&self) -> impl DoubleEndedIterator<Item = ParagraphIndex> + use<> {
        (0..self.originals).map(ParagraphIndex)
    }

    /// Bytes of a paragraph in [`text`](Self::text). Empty for an index past the end.
    pub fn range(&self, paragraph: ParagraphIndex) -> Range<usize> {
        let index = paragraph.0 as usize;
        match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(&start), Some(&next)) => start as usize..(next - 1) as usize,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The words of a paragraph. Empty for an index past the end.
    pub fn paragraph(&self, paragraph: ParagraphIndex) -> &str {
        &self.text[self.range(paragraph)]
    }

    /// The place of a byte of [`text`](Self::text); a separating line feed counts as the end of its paragraph.
    pub fn position_of_byte(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len()) as u32;
        let index = self.starts.partition_point(|&start| start <= byte).saturating_sub(1);
        let index = index.min(self.starts.len().saturating_sub(2));
        Position::new(index as u32, byte - self.starts.get(index).copied().unwrap_or(0))
    }

    /// The byte of [`text`](Self::text) at a place.
    pub fn byte_of_position(&self, position: Position) -> usize {
        let range = self.range(position.paragraph);
        (range.start + position.offset as usize).min(range.end)
    }

    /// The words of a stretch of text, with a blank line between paragraphs.
    pub fn slice(&self, span: Span) -> String {
        let start = self.byte_of_position(span.start);
        let end = self.byte_of_position(span.end).max(start);
        self.text[start..end].replace('\n', "\n\n")
    }

    /// Number of paragraphs before the first turn.
    pub fn front(&self) -> u32 {
        self.front
    }

    /// The paragraphs after the last turn.
    pub fn back(&self) -> Range<u32> {
        self.back..self.originals
    }

    /// Which part of the interview a paragraph belongs to; a translation belongs where its original does.
    pub fn matter(&self, paragraph: ParagraphIndex) -> Matter {
        let paragraph = self.original_of(paragraph).unwrap_or(paragraph);
        match paragraph.0 {
            index if index < self.front => Matter::Front,
            index if index < self.back => Matter::Body,
            _ => Matter::Back,
        }
    }

    /// All turns, in order.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// One turn.
    pub fn turn(&self, turn: TurnIndex) -> Option<&Turn> {
        self.turns.get(turn.0 as usize)
    }

    /// The paragraphs of a turn. Empty for an index past the end.
    pub fn turn_paragraphs(&self, turn: TurnIndex) -> Range<u32> {
        let Some(this) = self.turn(turn) else { return self.back..self.back };
        let next = self.turn(TurnIndex(turn.0 + 1)).map_or(self.back, |next| next.first.0);
        this.first.0..next
    }

    /// The turn that a paragraph, or the original of a translation, belongs to; `None` in front and back matter.
    pub fn turn_of(&self, paragraph: ParagraphIndex) -> Option<TurnIndex> {
        let paragraph = self.original_of(paragraph).unwrap_or(paragraph);
        if self.matter(paragraph) != Matter::Body {
            return None;
        }
        let after = self.turns.partition_point(|turn| turn.first <= paragraph);
        after.checked_sub(1).map(|index| TurnIndex(index as u32))
    }

    /// Who speaks a paragraph, as far as is known.
    pub fn speaker_of(&self, paragraph: ParagraphIndex) -> Option<SpeakerIndex> {
        self.turn(self.turn_of(paragraph)?)?.speaker
    }

    /// One speaker.
    pub fn speaker(&self, speaker: SpeakerIndex) -> Option<&Speaker> {
        self.speakers.get(usize::from(speaker.0))
    }

    /// What a turn's speaker does in the conversation; [`Role::Other`] where nobody is named.
    pub fn role_of_turn(&self, turn: TurnIndex) -> Role {
        self.turn(turn).and_then(|turn| self.speaker(turn.speaker?)).map_or(Role::Other, |speaker| speaker.role)
    }

    /// The moment at which a paragraph begins, where the document gives one for it.
    pub fn time_of(&self, paragraph: ParagraphIndex) -> Option<Timecode> {
        let own = self.times.binary_search_by_key(&paragraph, |(at, _)| *at).ok().map(|found| self.times[found].1);
        own.or_else(|| {
            let turn = self.turn(self.turn_of(paragraph)?)?;
            if turn.first == paragraph { turn.time } else { None }
        })
    }

    /// The last moment that the document gives at or before a paragraph.
    pub fn time_before(&self, paragraph: ParagraphIndex) -> Option<Timecode> {
        let own = self.times[..self.times.partition_point(|(at, _)| *at <= paragraph)].last().copied();
        let turns = &self.turns[..self.turns.partition_point(|turn| turn.first <= paragraph)];
        let turn = turns.iter().rev().find_map(|turn| turn.time.map(|time| (turn.first, time)));
        match (own, turn) {
            (Some(own), Some(turn)) => Some(if own.0 >= turn.0 { own.1 } else { turn.1 }),
            (own, turn) => own.or(turn).map(|(_, time)| time),
        }
    }

    /// Whether the document gives any time.
    pub fn has_times(&self) -> bool {
        !self.times.is_empty() || self.turns.iter().any(|turn| turn.time.is_some())
    }

    /// Paragraphs within turns that carry a timecode of their own, in order.
    pub fn paragraph_times(&self) -> &[(ParagraphIndex, Timecode)] {
        &self.times
    }

    /// The translation of a paragraph.
    pub fn translation(&self, original: ParagraphIndex) -> Option<ParagraphIndex> {
        let found = self.translations.binary_search_by_key(&original, |pair| pair.0).ok()?;
        Some(self.translations[found].1)
    }

    /// The paragraph that a translation translates; `None` for an original.
    pub fn original_of(&self, translation: ParagraphIndex) -> Option<ParagraphIndex> {
        if translation.0 < self.originals {
            return None;
        }
        let found = self.translations.binary_search_by_key(&translation, |pair| pair.1).ok()?;
        Some(self.translations[found].0)
    }

    /// Whether any paragraph is translated.
    pub fn is_bilingual(&self) -> bool {
        !self.translations.is_empty()
    }

    /// The same words with other turns: which paragraphs are front and back matter, and who says what.
    ///
    /// `turns` are in order, the first begins at `front`, and none begins at or after `back`; turns that break this
    /// are left out. The moments of turns that are none any more stay with their paragraphs.
    pub fn with_turns(&self, front: u32, back: u32, turns: Vec<Turn>, speakers: Vec<Speaker>) -> Self {
        let back = back.min(self.originals);
        let front = front.min(back);
        let mut last = None;
        let turns: Vec<Turn> = turns
            .into_iter()
            .filter(|turn| {
                let at = turn.first.0;
                let fits = (front..back).contains(&at) && last.is_none_or(|last| last < at);
                if fits {
                    last = Some(at);
                }
                fits
            })
            .collect();
        let begins = |paragraph: ParagraphIndex| turns.binary_search_by_key(&paragraph, |turn| turn.first).is_ok();
        let orphaned = self.turns.iter().filter_map(|turn| Some((turn.first, turn.time?)));
        let mut times = Arc::clone(&self.times);
        for (paragraph, time) in orphaned.filter(|(paragraph, _)| !begins(*paragraph)) {
            if let Err(at) = times.binary_search_by_key(&paragraph, |(at, _)| *at) {
                Arc::make_mut(&mut times).insert(at, (paragraph, time));
            }
        }
        Self { front, back, turns: Arc::new(turns), times, speakers, ..self.clone() }
    }
}

/// Appends a paragraph, whose line feeds become spaces.
fn push_line(buffer: &mut String, text: &str) {
    if text.contains('\n') {
        buffer.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
    } else {
        buffer.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LabelOrigin;

    fn lighthouse() -> Interview {
        let mut builder = InterviewBuilder::default();
        let mira = builder.speaker("Mira Okafor", Role::Interviewer);
        let jonas = builder.speaker("Jonas Hale", Role::Guest);
        builder.front().paragraph("Standfirst.");
        builder.turn(Some(mira), Some(Timecode::from_milliseconds(1000))).paragraph("Why?").translation("为什么？");
        builder.turn(Some(jonas), None).paragraph("Because.").paragraph("And so.").translation("所以。");
        builder.back().paragraph("Note.");
        builder.build()
    }

    #[test]
    fn turns_cover_the_body_without_gaps() {
        let interview = lighthouse();
        assert_eq!(interview.front(), 1);
        assert_eq!(interview.turn_paragraphs(TurnIndex(0)), 1..2);
        assert_eq!(interview.turn_paragraphs(TurnIndex(1)), 2..4);
        assert_eq!(interview.back(), 4..5);
        assert_eq!(interview.turn_of(ParagraphIndex(3)), Some(TurnIndex(1)));
        assert_eq!(interview.turn_of(ParagraphIndex(4)), None);
    }

    #[test]
    fn bytes_and_positions_agree_everywhere() {
        let interview = lighthouse();
        for byte in (0..=interview.text().len()).filter(|&byte| interview.text().is_char_boundary(byte)) {
            assert_eq!(interview.byte_of_position(interview.position_of_byte(byte)), byte);
        }
    }

    #[test]
    fn a_translation_belongs_where_its_original_does() {
        let interview = lighthouse();
        let translation = interview.translation(ParagraphIndex(3)).unwrap();
        assert_eq!(interview.paragraph(translation), "所以。");
        assert_eq!(interview.original_of(translation), Some(ParagraphIndex(3)));
        assert_eq!(interview.turn_of(translation), Some(TurnIndex(1)));
        assert_eq!(interview.translation(ParagraphIndex(2)), None);
    }

    #[test]
    fn lines_become_paragraphs_and_what_does_not_fit_is_left_out() {
        let turn = |first| Turn {
            first: ParagraphIndex(first),
            speaker: None,
            time: None,
            origin: LabelOrigin::Read,
            confidence: None,
        };
        let structure = Structure {
            front: 1,
            back: 9,
            turns: vec![turn(1), turn(2), turn(2), turn(7)],
            times: vec![(ParagraphIndex(8), Timecode::default())],
            translations: vec![(ParagraphIndex(1), "为\n什么".to_owned()), (ParagraphIndex(1), "x".to_owned())],
            ..Structure::default()
        };
        let interview = Interview::from_lines("Standfirst.\nWhy?\nBecause.".to_owned(), structure);
        assert_eq!((interview.paragraph_count(), interview.turns().len()), (3, 2));
        assert_eq!(interview.paragraph(ParagraphIndex(2)), "Because.");
        assert_eq!(interview.paragraph(interview.translation(ParagraphIndex(1)).unwrap()), "为 什么");
        assert!(!interview.has_times());
        assert_eq!(Interview::from_lines(String::new(), Structure::default()).paragraph_count(), 0);
    }

    #[test]
    fn speaker_ids_are_short_and_unique() {
        let mut builder = InterviewBuilder::default();
        for name in ["Ada Hale", "Jonas Hale", "Q", "問", "?!", "!?"] {
            builder.speaker(name, Role::Other);
        }
        let ids: Vec<_> = builder.build().speakers.into_iter().map(|speaker| speaker.id).collect();
        assert_eq!(ids, ["hale", "jonas-hale", "q", "問", "speaker", "speaker-2"]);
    }
}
