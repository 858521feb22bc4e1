//! A short label from a question: the clause that carries it, without pleasantries.

use std::ops::Range;

use crate::text::{fit, sentences, width};

use super::language::Language;
use super::words::{Word, content_words, fold, hash, is_unspaced, split};

/// Columns of the longest label that stops before its sentence does.
const COLUMNS: usize = 44;

/// Columns of the longest label that ends with its sentence.
const WHOLE: usize = 48;

/// Sentences of a question that are looked at.
const SENTENCES: usize = 40;

/// The most that the words of a label count together, in the measure of [`Labels::weight`].
const MOST: f32 = 9.0;

/// Under this the words of a label do not tell what the topic is about.
const WEAK: f32 = 3.0;

/// What a question's label counts that ends with the question, and what it counts where no clause begins with it.
const ASKED: (f32, f32) = (1.6, 1.2);

/// What is asked to be told of counts so much, and as much more as it tells itself, up to one.
const REQUESTED: f32 = 3.0;

/// What a column of a label counts, so that longer ones win over shorter ones that tell as much.
const FILL: f32 = 0.015;

/// What makes labels of one interview.
pub(super) struct Labels<'a, W> {
    /// The language of the questions.
    pub(super) language: &'a Language,
    /// How much a word, by its hash, tells of the topic: 0 for nothing, 3 for most.
    pub(super) weight: W,
    /// Folded words of the speakers' names, by which questions address them.
    pub(super) names: &'a [String],
}

/// A word that may stand before a label.
#[derive(Clone, Copy)]
pub(super) struct Lead<'t> {
    pub(super) word: &'t str,
    /// Whether the topic has it as the name of something, and not as what somebody does or how something is.
    pub(super) is_thing: bool,
}

/// A possible label.
struct Candidate {
    range: Range<usize>,
    score: f32,
    /// What its words tell together, in the measure of [`Labels::weight`].
    told: f32,
    /// Whether it is what somebody asks to be told of.
    requested: bool,
    /// Whether words of the sentence follow.
    cut: bool,
    /// Whether the sentence asks.
    asks: bool,
    /// The question mark, where it is a question as it stands.
    mark: Option<char>,
}

impl<W: Fn(u64) -> f32> Labels<'_, W> {
    /// The label of what is said in `text`: of its questions, or of its sentences where it asks none. Empty only where
    /// `text` is. The word that `lead` finds stands before a question that does not tell what it is about:
    /// `Fog: what then?`
    pub(super) fn label<'t>(&self, text: &str, lead: impl Fn() -> Option<Lead<'t>>) -> String {
        let best = self.best(text, WHOLE);
        let weak = best.as_ref().is_none_or(|best| best.told < if best.requested { WEAK / 3.0 } else { WEAK });
        let led = if weak { lead() } else { None }.and_then(|lead| {
            let found = self.best(text, WHOLE - width(lead.word).min(WHOLE / 2) - 2)?;
            // A scrap that asks nothing is no help behind a colon, nor is a question that breaks off there; and a whole
            // one reads better alone than behind a word of which it is not sure that it names a thing.
            let helps = if found.asks { lead.is_thing && !found.cut } else { found.told > 0.0 };
            (helps && width(lead.word) <= WHOLE / 2).then_some((lead.word, found))
        });
        let label = match led {
            Some((lead, found)) if fold(&text[found.range.clone()]).contains(&fold(lead)) => shown(text, Some(found)),
            Some((lead, found)) => format!("{}: {}", shown(lead, None), shown(text, Some(found))),
            None => shown(text, best),
        };
        // Words were measured one by one, and a mark between two of them may join them to something wider.
        fit(&label, WHOLE).into_owned()
    }

    /// The label of at most `room` columns that counts most.
    fn best(&self, text: &str, room: usize) -> Option<Candidate> {
        let asked = text.contains(['?', '？', '؟']);
        let mut best: Option<Candidate> = None;
        let mut number = 0;
        for paragraph in text.split('\n') {
            for sentence in sentences(paragraph) {
                let at = paragraph.as_ptr() as usize - text.as_ptr() as usize;
                let sentence = at + sentence.start..at + sentence.end;
                let Some(mut found) = self.of_sentence(text, sentence, asked, room) else { continue };
                found.score -= (number as f32).min(8.0) * 0.05;
                number += 1;
                if best.as_ref().is_none_or(|best| found.score > best.score) {
                    best = Some(found);
                }
            }
            if number >= SENTENCES {
                break;
            }
        }
        best
    }

    fn of_sentence(&self, text: &str, sentence: Range<usize>, asked: bool, room: usize) -> Option<Candidate> {
        let spoken = sentence.start + directions(&text[sentence.clone()]);
        let sentence = spoken..sentence.end;
        let words: Vec<Word> = split(&text[sentence.clone()])
            .into_iter()
            .map(|word| Word { range: word.range.start + sentence.start..word.range.end + sentence.start, ..word })
            .collect();
        let mark = text[sentence.clone()].trim_end().chars().next_back().filter(|c| matches!(c, '?' | '？' | '؟'));
        let (opened, requested) = self.strip(&words);
        let words = words.get(opened..)?;
        let (first, last) = (words.first()?, words.last()?);
        let weights = self.weights(text, first.range.start..last.range.end, words);
        let mut best: Option<Candidate> = None;
        for (index, start) in words.iter().enumerate() {
            let Some((penalty, clause)) = self.start(text, words, index, mark.is_some()) else { continue };
            let (mut columns, mut value) = (0, 0.0);
            for (offset, word) in words[index..].iter().enumerate() {
                let end = index + offset;
                let from = if offset == 0 { word.range.start } else { words[end - 1].range.end };
                columns += width(&text[from..word.range.end]);
                let last = end + 1 == words.len();
                let mark_too = if last { mark.map_or(0, |c| width(c.encode_utf8(&mut [0; 4]))) } else { 0 };
                if columns + mark_too > room || text[from..word.range.start].contains('@') {
                    break;
                }
                value += weights[end];
                let hangs = last && mark.is_none() && offset > 0 && self.hangs(word);
                if hangs {
                    continue;
                }
                let end_penalty = if last { 0.0 } else { self.end_penalty(text, words, end) };
                if end_penalty >= 9.0 || !last && columns + WHOLE - COLUMNS >= room {
                    continue;
                }
                let first = index == 0;
                let told = value.min(MOST);
                let mut score = told - penalty - end_penalty + columns as f32 * FILL;
                if mark.is_none() && asked && !requested {
                    score -= 0.8;
                }
                if mark.is_some() && told > 0.0 {
                    score += if last && clause { ASKED.0 } else { ASKED.1 };
                }
                if first && requested {
                    score += if told > 0.0 { REQUESTED + told.min(1.0) } else { 1.0 };
                }
                if first && last {
                    score += 1.0;
                }
                if best.as_ref().is_none_or(|best| score > best.score) {
                    let asked_here =
                        if first { !requested } else { self.language.questions.at_start(&words[index..]) > 0 };
                    let asks = mark.is_some();
                    let mark = mark.filter(|_| last && asked_here);
                    let inverted = mark.is_some() && text[..start.range.start].ends_with('¿');
                    let from = start.range.start - if inverted { '¿'.len_utf8() } else { 0 };
                    best = Some(Candidate {
                        range: from..word.range.end,
                        score,
                        told: value,
                        requested: first && requested,
                        cut: !last,
                        asks,
                        mark,
                    });
                }
            }
        }
        best
    }

    /// Number of words before the question itself, and whether they ask to be told of what follows.
    fn strip(&self, words: &[Word]) -> (usize, bool) {
        let mut at = 0;
        loop {
            let rest = &words[at..];
            let opening = self.language.openings.at_start(rest);
            let name = rest.first().is_some_and(|word| self.names.contains(&word.folded)) as usize;
            let step = opening.max(name);
            if step == 0 {
                break;
            }
            at += step;
        }
        let mut request = at;
        let mut verb = false;
        let mut head = self.language.heads.at_start(&words[request..]);
        request += head;
        while request < words.len() {
            let rest = &words[request..];
            let asking = self.language.requests.at_start(rest);
            let part = if verb || head > 0 { self.language.parts.at_start(rest) } else { 0 };
            let step = asking.max(part);
            if step == 0 {
                break;
            }
            verb |= asking > 0;
            head = head.max(1);
            request += step;
        }
        if verb && request < words.len() { (request, true) } else { (at, false) }
    }

    /// How much each of `words` tells; a word said twice counts once.
    fn weights(&self, text: &str, range: Range<usize>, words: &[Word]) -> Vec<f32> {
        let mut weights = vec![0.0; words.len()];
        let mut seen = Vec::new();
        content_words(&text[range.clone()], self.language, |hash, word| {
            let start = word.start + range.start;
            let index = words.partition_point(|word| word.range.start <= start).saturating_sub(1);
            if !seen.contains(&hash) {
                seen.push(hash);
                if let Some(weight) = weights.get_mut(index) {
                    *weight += (self.weight)(hash);
                }
            }
        });
        weights
    }

    /// What speaks against a label that begins with word `index`, and whether a clause of its own begins there; `None`
    /// where it must not. `asked` is whether the sentence is a question.
    fn start(&self, text: &str, words: &[Word], index: usize, asked: bool) -> Option<(f32, bool)> {
        let rest = &words[index..];
        let unfit =
            |word: &Word| matches!(word.folded.as_str(), "http" | "https" | "www") || self.names.contains(&word.folded);
        if index == 0 {
            // `July, so I'll send it`: one word before a comma opens nothing.
            let scrap = match rest {
                [first, second, ..] => text[first.range.end..second.range.start].starts_with(','),
                _ => false,
            };
            return rest.first().filter(|word| !unfit(word) || !asked).map(|_| (if scrap { 1.5 } else { 0.0 }, true));
        }
        if rest.first().is_some_and(unfit) {
            return None;
        }
        let before = &words[index - 1];
        let gap = &text[before.range.end..words[index].range.start];
        let asks = self.language.questions.at_start(rest) > 0;
        if gap.contains(['，', '、', '：', '；', '—', '…', '。']) {
            return Some(if asks { (0.3, true) } else { (1.0, true) });
        }
        if !gap.contains(' ') {
            return None;
        }
        let clause = asks || self.language.auxiliaries.at_start(rest) > 0;
        if gap.contains(['?', '!', '.', ';', ':', '–']) || gap.contains(" - ") {
            return Some(if clause { (0.3, true) } else { (1.5, true) });
        }
        if gap.contains([',', '"', '“', '(']) {
            return Some(if clause { (0.4, true) } else { (2.5, false) });
        }
        if asks {
            return Some((if asked { 1.0 } else { 1.8 }, false));
        }
        let tells = |word: &Word| !self.language.stop.contains(&hash(&word.folded));
        let noun = rest.first().is_some_and(tells) || self.language.articles.at_start(rest) > 0;
        let linked = self.language.links.at_start(std::slice::from_ref(before)) > 0;
        (linked && noun).then_some((if asked { 4.0 } else { 2.2 }, false))
    }

    /// Whether nothing can end with a word: something has to follow.
    fn hangs(&self, word: &Word) -> bool {
        let word = std::slice::from_ref(word);
        self.language.links.at_start(word) > 0 || self.language.articles.at_start(word) > 0
    }

    /// What speaks against a label that ends with word `index` while the sentence goes on; 9 where it must not.
    fn end_penalty(&self, text: &str, words: &[Word], index: usize) -> f32 {
        let gap = &text[words[index].range.end..words[index + 1].range.start];
        if !gap.trim().is_empty() {
            return if gap.contains(['\'', '’', '-', '/', '&', '.']) && !gap.contains(' ') { 9.0 } else { 0.3 };
        }
        let unspaced = |word: &Word| text[word.range.clone()].chars().all(is_unspaced);
        if unspaced(&words[index]) {
            return 1.4;
        }
        let word = &words[index..=index];
        let bare =
            [&self.language.links, &self.language.articles, &self.language.auxiliaries, &self.language.questions];
        let short = words[index].folded.len() < 4 && self.language.stop.contains(&hash(&words[index].folded));
        if short || bare.iter().any(|words| words.at_start(word) > 0) {
            return 9.0;
        }
        if self.language.links.at_start(&words[index + 1..]) > 0 { 0.8 } else { 1.6 }
    }
}

/// Bytes of the stage directions that a sentence begins with: `[laughs]`, `(pause)`.
fn directions(sentence: &str) -> usize {
    let rest = sentence.trim_start();
    let close = match rest.chars().next() {
        Some('[') => ']',
        Some('(') => ')',
        _ => return 0,
    };
    match rest.find(close) {
        Some(end) if end + 1 < rest.trim_end().len() => sentence.len() - rest.len() + end + 1,
        _ => 0,
    }
}

/// The label that was found, or else the first line.
fn shown(text: &str, found: Option<Candidate>) -> String {
    match found {
        Some(found) => finish(&text[found.range.clone()], found.cut, found.mark),
        None => finish(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default(), false, None),
    }
}

/// The label as shown: a capital at its beginning, no word twice in a row, and no punctuation at its end but a question
/// mark.
fn finish(text: &str, cut: bool, mark: Option<char>) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.dedup_by(|word, before| {
        word.chars().all(char::is_alphabetic) && fold(word) == fold(before.trim_start_matches('¿'))
    });
    let text = words.join(" ");
    let mut label = String::with_capacity(text.len() + 4);
    let first = text.find(char::is_alphanumeric).unwrap_or(0);
    for (at, c) in text.char_indices() {
        let mut capital = c.to_uppercase();
        // A few letters have no capital that is one letter.
        let capital = if capital.len() == 1 { capital.next() } else { None };
        label.push(capital.filter(|_| at == first).unwrap_or(c));
    }
    if cut && !label.ends_with('…') {
        label.push('…');
    } else {
        label.extend(mark);
    }
    label
}
