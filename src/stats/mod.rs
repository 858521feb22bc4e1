//! What can be counted in annotated interviews: who talks how much, where the tags are, how far the text is covered by
//! notes, and how far annotators agree.
//!
//! Several interviews add up: speakers by their names, tags by theirs.

mod agreement;
mod coverage;

use std::collections::{BTreeMap, BTreeSet};

use crate::export::{Document, PlacedNote};
use crate::model::{Interview, Role, Tag, TurnIndex};
use crate::text;

pub use agreement::{Agreement, Disagreement, Kappa, TagAgreement, Unit, agreement, alpha, kappa};
pub use coverage::Coverage;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// How many interviews.
    pub interviews: usize,
    /// Words of all turns, translations not counted.
    pub words: usize,
    /// How many turns.
    pub turns: usize,
    /// Who talks, most words first.
    pub speakers: Vec<SpeakerStats>,
    /// How many notes, orphans included.
    pub notes: usize,
    /// How many of them are orphans, which count nowhere else.
    pub orphans: usize,
    /// How much of the text bears a note.
    pub coverage: Coverage,
    /// The tags, most used first.
    pub tags: Vec<TagStats>,
    /// The tags that stand on the same paragraphs, most often first.
    pub together: Vec<Together>,
}

/// What one speaker says.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerStats {
    /// The name; empty for turns of nobody known.
    pub name: String,
    /// What the person does in the conversation, in the first interview where that is known.
    pub role: Role,
    /// In how many interviews.
    pub interviews: usize,
    /// Words.
    pub words: usize,
    /// The share of all words that are spoken, 0 to 1.
    pub share: f64,
    /// Turns.
    pub turns: usize,
    /// Sentences that end with a question mark.
    pub questions: usize,
    /// The longest turn; the first of several.
    pub longest: LongestTurn,
}

/// A speaker's longest turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongestTurn {
    /// The interview's path from the notebook's root.
    pub interview: String,
    /// The turn, counted from 0.
    pub turn: u32,
    /// Its words.
    pub words: usize,
}

/// Where a tag stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagStats {
    /// The tag.
    pub tag: Tag,
    /// How many notes bear it.
    pub notes: usize,
    /// In how many interviews.
    pub interviews: usize,
    /// How many of the notes begin in whose words, most first; the empty name is nobody's.
    pub speakers: Vec<(String, usize)>,
}

/// Two tags that stand on the same paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// The two, in alphabetical order.
    pub tags: (Tag, Tag),
    /// How many paragraphs bear both, by whichever notes.
    pub paragraphs: usize,
}

/// Counts interviews and the notes on them.
pub fn count(documents: &[Document]) -> Stats {
    let mut stats = Stats { interviews: documents.len(), ..Stats::default() };
    let mut speakers: BTreeMap<String, SpeakerStats> = BTreeMap::new();
    let mut tags: BTreeMap<Tag, TagCount> = BTreeMap::new();
    let mut together: BTreeMap<(Tag, Tag), usize> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        stats.turns += document.interview.turns().len();
        stats.notes += document.notes.len();
        stats.orphans += document.notes.iter().filter(|note| note.resolution.span().is_none()).count();
        stats.coverage += coverage::of(document);
        count_talk(document, &mut speakers);
        count_tags(index, document, &mut tags);
        count_together(document, &mut together);
    }
    stats.words = speakers.values().map(|speaker| speaker.words).sum();
    stats.speakers = speakers.into_values().collect();
    for speaker in &mut stats.speakers {
        speaker.share = coverage::share(speaker.words, stats.words);
    }
    stats.speakers.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| a.name.cmp(&b.name)));
    stats.tags = tags.into_iter().map(|(tag, count)| count.finish(tag)).collect();
    stats.tags.sort_by(|a, b| b.notes.cmp(&a.notes).then_with(|| a.tag.cmp(&b.tag)));
    stats.together = together.into_iter().map(|(tags, paragraphs)| Together { tags, paragraphs }).collect();
    stats.together.sort_by(|a, b| b.paragraphs.cmp(&a.paragraphs).then_with(|| a.tags.cmp(&b.tags)));
    stats
}

fn count_talk(document: &Document, speakers: &mut BTreeMap<String, SpeakerStats>) {
    let interview = &document.interview;
    let mut heard = BTreeSet::new();
    for (index, turn) in (0..).zip(interview.turns()) {
        let speaker = turn.speaker.and_then(|speaker| interview.speaker(speaker));
        let name = speaker.map(|speaker| speaker.name.clone()).unwrap_or_default();
        let (words, questions) = words_and_questions(interview, TurnIndex(index));
        let entry = speakers.entry(name.clone()).or_insert_with(|| SpeakerStats {
            name: name.clone(),
            role: Role::Other,
            interviews: 0,
            words: 0,
            share: 0.0,
            turns: 0,
            questions: 0,
            longest: LongestTurn::default(),
        });
        if entry.role == Role::Other {
            entry.role = speaker.map(|speaker| speaker.role).unwrap_or_default();
        }
        entry.interviews += usize::from(heard.insert(name));
        entry.words += words;
        entry.turns += 1;
        entry.questions += questions;
        if words > entry.longest.words {
            entry.longest = LongestTurn { interview: document.path.clone(), turn: index, words };
        }
    }
}

fn words_and_questions(interview: &Interview, turn: TurnIndex) -> (usize, usize) {
    interview.turn_paragraphs(turn).fold((0, 0), |(words, questions), paragraph| {
        let words_here = interview.paragraph(crate::model::ParagraphIndex(paragraph));
        let asks = |sentence: &str| {
            let sentence = sentence.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]*_".contains(c));
            sentence.ends_with(['?', '？', '؟', '⸮', '‽'])
        };
        let asked = text::sentences(words_here)
            .into_iter()
            .filter(|range| words_here.get(range.clone()).is_some_and(asks))
            .count();
        (words + text::word_count(words_here), questions + asked)
    })
}

#[derive(Default)]
struct TagCount {
    notes: usize,
    interviews: BTreeSet<usize>,
    speakers: BTreeMap<String, usize>,
}

impl TagCount {
    fn finish(self, tag: Tag) -> TagStats {
        let mut speakers: Vec<(String, usize)> = self.speakers.into_iter().collect();
        speakers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        TagStats { tag, notes: self.notes, interviews: self.interviews.len(), speakers }
    }
}

fn count_tags(index: usize, document: &Document, tags: &mut BTreeMap<Tag, TagCount>) {
    for note in placed(document) {
        let speaker = document.speaker(note).map(|speaker| speaker.name.clone()).unwrap_or_default();
        for tag in &note.annotation.tags {
            let count = tags.entry(tag.clone()).or_default();
            count.notes += 1;
            count.interviews.insert(index);
            *count.speakers.entry(speaker.clone()).or_default() += 1;
        }
    }
}

fn count_together(document: &Document, together: &mut BTreeMap<(Tag, Tag), usize>) {
    let mut borne: BTreeMap<u32, BTreeSet<&Tag>> = BTreeMap::new();
    for note in placed(document) {
        for paragraph in coverage::paragraphs(document, note) {
            borne.entry(paragraph).or_default().extend(&note.annotation.tags);
        }
    }
    for tags in borne.values() {
        for (at, first) in tags.iter().enumerate() {
            for second in tags.iter().skip(at + 1) {
                *together.entry(((*first).clone(), (*second).clone())).or_default() += 1;
            }
        }
    }
}

/// The notes that are no orphans.
fn placed(document: &Document) -> impl Iterator<Item = &PlacedNote> {
    document.notes.iter().filter(|note| note.resolution.span().is_some())
}

#[cfg(test)]
mod tests;
