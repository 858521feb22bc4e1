//! Topics with their labels and with the words that set each apart.
//!
//! A word counts for a topic the more often it stands there and the fewer other topics have it: term frequency times
//! inverse segment frequency, with a little more weight on the former, since few words of talk are said often.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Interview, ParagraphIndex, Position, Topic, TopicKind};

use super::label::{Labels, Lead};
use super::language::Language;
use super::language_of;
use super::words::{Vocabulary, Word, content_words, counted, fold, is_unspaced, split, stem_of};

/// Terms of a topic.
const TERMS: usize = 3;

/// A word that stands before a label tells at least so much of what the topic's most telling word does.
const LEAD: f32 = 0.2;

/// Words that may stand before a label, the most telling ones first.
const LEADS: usize = 4;

/// One in so many times at least that word is named as a thing.
const NAMED: usize = 5;

/// Characters of the longest term in a script without blanks.
const LONGEST: usize = 6;

/// Topics in the making.
pub(super) struct Topics<'a> {
    interview: &'a Interview,
    language: &'static Language,
    vocabulary: Vocabulary,
    /// In how many topics each word stands.
    spread: Vec<u32>,
    /// The bytes of each topic.
    bytes: Vec<Range<usize>>,
    /// How often each topic has each of its words.
    counts: Vec<Vec<(u32, u32)>>,
    /// Folded words of the speakers' names.
    names: Vec<String>,
    made: Vec<Topic>,
}

impl<'a> Topics<'a> {
    /// Topics that begin at `starts`, in order.
    pub(super) fn new(interview: &'a Interview, starts: &[Position]) -> Self {
        let language = language_of(interview);
        let text = interview.text();
        let end_of = |paragraphs: u32| match paragraphs.checked_sub(1) {
            Some(last) => interview.range(ParagraphIndex(last)).end,
            None => 0,
        };
        // Back matter tells nothing of what was talked about last.
        let (talked, end) = (end_of(interview.back().start), end_of(interview.paragraph_count()));
        let places: Vec<usize> = starts.iter().map(|start| interview.byte_of_position(*start)).collect();
        let mut vocabulary = Vocabulary::default();
        let mut spread: Vec<u32> = Vec::new();
        let mut last: Vec<u32> = Vec::new();
        let mut bytes = Vec::with_capacity(places.len());
        let mut counts = Vec::with_capacity(places.len());
        for (index, &place) in places.iter().enumerate() {
            let next = places.get(index + 1).copied().unwrap_or(end);
            let range = place..if place < talked { next.min(talked) } else { next.max(place) };
            let mut own: Vec<u32> = Vec::new();
            for part in counted(text, range.clone()) {
                content_words(part, language, |hash, _| own.push(vocabulary.number(hash)));
            }
            own.sort_unstable();
            let runs: Vec<(u32, u32)> =
                own.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len() as u32))).collect();
            spread.resize(vocabulary.len(), 0);
            last.resize(vocabulary.len(), u32::MAX);
            for (word, _) in &runs {
                spread[*word as usize] += 1;
            }
            counts.push(runs);
            bytes.push(range);
        }
        let names = interview
            .speakers
            .iter()
            .take(64)
            .flat_map(|speaker| split(&speaker.name))
            .map(|word| word.folded)
            .filter(|word| word.chars().count() > 1)
            .collect();
        Self { interview, language, vocabulary, spread, bytes, counts, names, made: Vec::new() }
    }

    /// How much word `hash` tells of topic `index`.
    fn weight(&self, index: usize, hash: u64) -> f32 {
        self.vocabulary.find(hash).map_or(0.0, |word| self.tell(self.count(index, hash), word))
    }

    /// How often topic `index` has word `hash`.
    fn count(&self, index: usize, hash: u64) -> u32 {
        let Some((word, counts)) = self.vocabulary.find(hash).zip(self.counts.get(index)) else { return 0 };
        counts.binary_search_by_key(&word, |(word, _)| *word).map_or(0, |found| counts[found].1)
    }

    fn tell(&self, count: u32, word: u32) -> f32 {
        let spread = self.spread.get(word as usize).copied().unwrap_or_default();
        let topics = self.counts.len() as f32;
        (count as f32).powf(1.4) * (1.0 + (topics + 1.0) / (spread as f32 + 0.5)).ln()
    }

    /// The label of topic `index` from the words that open it.
    pub(super) fn label(&self, index: usize, opening: &str) -> String {
        let mut most = f32::MIN_POSITIVE;
        let mut leads: Vec<(f32, u64, &str)> = Vec::new();
        let own = self.counts.get(index).into_iter().flatten();
        let best = own.map(|(word, count)| self.tell(*count, *word)).fold(0.0, f32::max);
        let least = best * LEAD;
        content_words(opening, self.language, |hash, place| {
            let weight = self.weight(index, hash);
            let word = &opening[place];
            most = most.max(weight);
            let fits = self.count(index, hash) > 1 && !word.chars().all(is_unspaced);
            let opens = self.language.openings.at_start(&split(word)) > 0;
            if weight > least && fits && !opens && !self.names.contains(&fold(word)) {
                leads.push((weight, hash, word));
            }
        });
        leads.sort_by(|a, b| b.0.total_cmp(&a.0));
        leads.dedup_by_key(|(_, hash, _)| *hash);
        let weight = |hash| 3.0 * self.weight(index, hash) / most;
        // Looked for only where a label needs one: it takes a walk through the topic.
        let lead = || {
            let (most, ..) = leads.first()?;
            let mut near = leads.iter().take(LEADS).filter(|(weight, ..)| weight * 2.0 >= *most);
            let thing = near.find(|(_, hash, _)| self.is_thing(index, *hash));
            thing.or(leads.first()).map(|(_, _, word)| Lead { word, is_thing: thing.is_some() })
        };
        Labels { language: self.language, weight, names: &self.names }.label(opening, lead)
    }

    /// Whether topic `index` has a word as the name of something, and not as what somebody does or how something is:
    /// often enough behind an article, or with a capital within a sentence.
    fn is_thing(&self, index: usize, hash: u64) -> bool {
        let Some(range) = self.bytes.get(index) else { return false };
        let (mut met, mut named) = (0, 0);
        for part in counted(self.interview.text(), range.clone()) {
            let words = split(part);
            let is_it = |word: &Word| stem_of(&word.folded, self.language) == Some(hash);
            for (at, word) in words.iter().enumerate().filter(|(_, word)| is_it(word)) {
                met += 1;
                let Some(before) = at.checked_sub(1).and_then(|before| words.get(before)) else { continue };
                let gap = part.get(before.range.end..word.range.start).unwrap_or_default();
                let capital = part.get(word.range.clone()).is_some_and(|word| word.starts_with(char::is_uppercase));
                let follows = self.language.articles.at_start(std::slice::from_ref(before)) > 0;
                let next = words.get(at + 1).filter(|next| part.get(word.range.end..next.range.start) == Some(" "));
                // Of `open research` the second word is the thing.
                let last = next.is_none_or(|next| stem_of(&next.folded, self.language).is_none());
                named += usize::from(gap == " " && (capital || follows && last));
            }
        }
        named * NAMED >= met && named > 0
    }

    /// Adds the next topic.
    pub(super) fn push(&mut self, title: String, kind: TopicKind, start: Position, level: u8) {
        let terms = self.terms(self.made.len(), &title);
        self.made.push(Topic { title, kind, start, level, terms });
    }

    pub(super) fn finish(self) -> Vec<Topic> {
        self.made
    }

    /// The words that set topic `index` apart and are not in its title, as they are mostly written there.
    fn terms(&self, index: usize, title: &str) -> Vec<String> {
        let (Some(counts), Some(range)) = (self.counts.get(index), self.bytes.get(index)) else { return Vec::new() };
        let mut taken: Vec<u32> = Vec::new();
        content_words(title, self.language, |hash, _| taken.extend(self.vocabulary.find(hash)));
        let mut ranked: Vec<(f32, u32)> = counts
            .iter()
            .filter(|(word, count)| *count > 1 && !taken.contains(word))
            .map(|(word, count)| (self.tell(*count, *word), *word))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(TERMS * 4);
        let wanted: Vec<u32> = ranked.iter().map(|(_, word)| *word).collect();
        let text = self.interview.text().get(range.clone()).unwrap_or_default();
        let mut written: HashMap<u32, HashMap<&str, usize>> = HashMap::new();
        for part in counted(self.interview.text(), range.clone()) {
            content_words(part, self.language, |hash, place| {
                if let Some(word) = self.vocabulary.find(hash).filter(|word| wanted.contains(word)) {
                    *written.entry(word).or_default().entry(&part[place]).or_default() += 1;
                }
            });
        }
        let mut terms: Vec<String> = Vec::new();
        for word in wanted {
            let Some(forms) = written.get(&word) else { continue };
            let Some(form) = forms.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(form, _)| *form) else {
                continue;
            };
            let term = if form.chars().all(is_unspaced) { grown(form, text) } else { form.to_owned() };
            let folded = fold(&term);
            if self.names.contains(&folded) || terms.iter().any(|other| overlap(&fold(other), &folded)) {
                continue;
            }
            terms.push(term);
            if terms.len() == TERMS {
                break;
            }
        }
        terms
    }
}

fn overlap(a: &str, b: &str) -> bool {
    let unspaced = |text: &str| text.chars().all(is_unspaced);
    a == b || unspaced(a) && unspaced(b) && (a.contains(b) || b.contains(a) || shares_edge(a, b))
}

/// Whether one ends as the other begins.
fn shares_edge(a: &str, b: &str) -> bool {
    let ends = |a: &str, b: &str| a.char_indices().skip(1).any(|(at, _)| b.starts_with(&a[at..]));
    ends(a, b) || ends(b, a)
}

/// A pair of characters with those that nearly always stand beside it, so that a longer word is shown whole.
fn grown(pair: &str, text: &str) -> String {
    let mut term = pair.to_owned();
    while term.chars().count() < LONGEST {
        let mut beside: HashMap<(bool, char), usize> = HashMap::new();
        let mut total = 0;
        for (at, _) in text.match_indices(term.as_str()) {
            total += 1;
            if let Some(c) = text[..at].chars().next_back().filter(|c| is_unspaced(*c)) {
                *beside.entry((true, c)).or_default() += 1;
            }
            if let Some(c) = text[at + term.len()..].chars().next().filter(|c| is_unspaced(*c)) {
                *beside.entry((false, c)).or_default() += 1;
            }
        }
        let best = beside.into_iter().max_by_key(|((before, c), count)| (*count, !before, *c));
        match best {
            Some(((true, c), count)) if count * 10 >= total * 7 => term.insert(0, c),
            Some(((false, c), count)) if count * 10 >= total * 7 => term.push(c),
            _ => break,
        }
    }
    term
}
