//! One document: metadata, speakers, front matter, turns, back matter, given topics.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Position, Role, Span, Speaker, SpeakerIndex, Timecode};

/// The place of a paragraph, counted over the whole interview from 0: front matter, turns, back matter, and after
/// those the translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ParagraphIndex(pub u32);

/// The place of a turn, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TurnIndex(pub u32);

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

/// The parts of an interview around and including its turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// Before the first turn: standfirst, introduction.
    Front,
    /// The talk itself.
    Body,
    /// After the last turn: author's note, comments.
    Back,
}

/// How it is known who speaks a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LabelOrigin {
    /// The document says so.
    #[default]
    Read,
    /// It was worked out.
    Inferred,
    /// The reader said so.
    Corrected,
}

impl LabelOrigin {
    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            LabelOrigin::Read => "read",
            LabelOrigin::Inferred => "inferred",
            LabelOrigin::Corrected => "corrected",
        }
    }
}

/// How sure an inferred label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A margin under 4 points.
    Doubtful,
    /// A margin of 4 to 7 points.
    Likely,
    /// A margin of 8 points and more.
    Sure,
}

impl Confidence {
    /// The band that a decoder's margin falls into.
    pub const fn from_margin(points: i32) -> Self {
        match points {
            ..4 => Confidence::Doubtful,
            4..8 => Confidence::Likely,
            _ => Confidence::Sure,
        }
    }

    /// The word that files and commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Confidence::Doubtful => "doubtful",
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        }
    }
}

/// One speaker's uninterrupted stretch of talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Its first paragraph; it ends where the next turn or the back matter begins.
    pub first: ParagraphIndex,
    /// Who talks; `None` when nobody is named.
    pub speaker: Option<SpeakerIndex>,
    /// When the turn begins in the recording.
    pub time: Option<Timecode>,
    /// How it is known who speaks.
    pub origin: LabelOrigin,
    /// How sure that is; `None` unless inferred.
    pub confidence: Option<Confidence>,
}

/// Why a paragraph was given to its speaker where no label says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inference {
    /// The paragraph.
    pub paragraph: ParagraphIndex,
    /// How many points better the chosen reading is than the best one that gives the paragraph to somebody else.
    pub margin: i32,
    /// The signals that counted, with their points; positive ones speak for the questioner.
    pub reasons: Vec<(&'static str, i32)>,
}

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
