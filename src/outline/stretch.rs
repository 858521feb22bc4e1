//! A document as stretches that are not cut, and what speaks for a cut before each.

use std::ops::Range;

use crate::model::{Interview, ParagraphIndex, Position, TurnIndex};
use crate::text::sentences;

use super::exchange::{Exchange, exchanges};
use super::language::Language;
use super::language_of;
use super::segment::Unit;
use super::words::{Vocabulary, asks, content_words, counted, excerpt, split};

/// A stretch of text that is not cut.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Where it begins.
    pub(super) start: Position,
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// The bytes of what opens it: the question, or its first paragraph.
    pub(super) opening: Range<usize>,
}

/// The stretches of a document with their words.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    /// The stretches, in order.
    pub(super) list: Vec<Stretch>,
    /// The same for the search of cuts.
    pub(super) units: Vec<Unit>,
    /// The numbers of all content words, in order.
    pub(super) words: Vec<u32>,
    /// The words.
    pub(super) vocabulary: Vocabulary,
}

/// Stretches that are looked at; a longer document is made of longer ones.
const STRETCHES: usize = 3000;

/// Bytes of the shortest stretch where nobody is known to ask.
const SHORT: usize = 200;

/// Bytes of the longest question that may tell too little of what it is about.
const QUESTION: usize = 60;

/// Bytes of the shortest opening that asks nothing.
const OPENED: usize = 600;

/// Bytes of the longest paragraph that is one stretch.
const LONG: usize = 2000;

impl Stretch {
    pub(super) fn of_exchange(interview: &Interview, exchange: &Exchange) -> Self {
        let start = ParagraphIndex(interview.turn_paragraphs(TurnIndex(exchange.question.start)).start);
        let last = interview.turn_paragraphs(TurnIndex(exchange.question.end.saturating_sub(1)));
        let begin = interview.range(start).start;
        let end = interview.range(ParagraphIndex(last.end.saturating_sub(1))).end.max(begin);
        Self { start: Position::start_of(start), bytes: begin..end, opening: begin..end }
    }

    /// With an opening that goes on until it asks or is long enough to tell something.
    fn opened(mut self, interview: &Interview) -> Self {
        let text = interview.text();
        let end = interview.range(ParagraphIndex(interview.back().start.saturating_sub(1))).end;
        while self.opening.end < end && self.opening.len() < OPENED {
            let opening = text.get(self.opening.clone()).unwrap_or_default();
            if asks(opening) && opening.len() > QUESTION {
                break;
            }
            let rest = text.get(self.opening.end + 1..).unwrap_or_default();
            self.opening.end += 1 + rest.find('\n').unwrap_or(rest.len());
        }
        self
    }

    /// The stretch that begins at `start`: the first exchange from there on within a few turns, or the paragraph.
    pub(super) fn at(interview: &Interview, exchanges: &[Exchange], start: Position) -> Self {
        let paragraph = interview.range(start.paragraph);
        let from = (paragraph.start + start.offset as usize).min(paragraph.end);
        let turn = interview.turn_of(start.paragraph).unwrap_or_default();
        let asked = exchanges.iter().find(|exchange| exchange.question.contains(&turn.0));
        match asked {
            Some(exchange) => Self { start, ..Self::of_exchange(interview, exchange) }.opened(interview),
            None => Self { start, bytes: from..paragraph.end, opening: from..paragraph.end }.opened(interview),
        }
    }
}

impl Stretches {
    /// The stretches of a whole interview: its exchanges or, where nobody is known to ask, its turns, paragraphs or
    /// parts of paragraphs.
    pub(super) fn of_interview(interview: &Interview) -> Self {
        let exchanges = exchanges(interview);
        let body = interview.front()..interview.back().start;
        if exchanges.len() < 4 {
            let opens = |paragraph: u32| {
                let turn = interview.turn_of(ParagraphIndex(paragraph)).and_then(|turn| interview.turn(turn));
                turn.is_none_or(|turn| interview.turns().len() < 4 || turn.first.0 == paragraph)
            };
            return Self::tiled(interview, body, opens);
        }
        let language = language_of(interview);
        let end = match body.end.checked_sub(1) {
            Some(last) => interview.range(ParagraphIndex(last)).end,
            None => 0,
        };
        let mut list: Vec<Stretch> =
            exchanges.iter().map(|exchange| Stretch::of_exchange(interview, exchange)).collect();
        thin_out(&mut list);
        let starts: Vec<usize> = list.iter().map(|stretch| stretch.bytes.start).skip(1).chain([end]).collect();
        for (stretch, next) in list.iter_mut().zip(starts) {
            stretch.bytes.end = next.max(stretch.bytes.start);
        }
        if let Some(first) = list.first_mut() {
            let body = ParagraphIndex(body.start);
            first.start = Position::start_of(body);
            first.bytes.start = interview.range(body).start;
        }
        let mut stretches = Self::default();
        let signals = stretches.read(interview, language, list);
        stretches.weigh(&signals);
        stretches
    }

    /// The stretches of some paragraphs of one answer.
    pub(super) fn of_paragraphs(interview: &Interview, paragraphs: Range<u32>) -> Self {
        Self::tiled(interview, paragraphs, |_| true)
    }

    /// Stretches of at least [`SHORT`] bytes that begin where `opens` says so, and within long paragraphs.
    fn tiled(interview: &Interview, paragraphs: Range<u32>, opens: impl Fn(u32) -> bool) -> Self {
        let bytes = |paragraph: u32| interview.range(ParagraphIndex(paragraph));
        let total = paragraphs.clone().last().map_or(0, |last| bytes(last).end)
            - bytes(paragraphs.start).start.min(paragraphs.clone().last().map_or(0, |last| bytes(last).end));
        let short = SHORT.max(total / STRETCHES);
        let mut list: Vec<Stretch> = Vec::new();
        for paragraph in paragraphs {
            let range = bytes(paragraph);
            let full = list.last().is_none_or(|last| last.bytes.len() >= short);
            if full && opens(paragraph) || list.is_empty() {
                let start = Position::start_of(ParagraphIndex(paragraph));
                list.push(Stretch { start, bytes: range.clone(), opening: range.clone() });
            } else if let Some(last) = list.last_mut() {
                last.bytes.end = range.end;
            }
            if range.len() > LONG.max(short) {
                cut_paragraph(interview, paragraph, short.max(LONG / 4), &mut list);
            }
        }
        for stretch in &mut list {
            *stretch = stretch.clone().opened(interview);
        }
        let mut stretches = Self::default();
        let signals = stretches.read(interview, language_of(interview), list);
        stretches.weigh(&signals);
        stretches
    }

    /// Numbers the words of `list`, and notes what opens each stretch.
    fn read(&mut self, interview: &Interview, language: &Language, list: Vec<Stretch>) -> Vec<Signals> {
        let text = interview.text();
        let mut signals = Vec::with_capacity(list.len());
        for stretch in &list {
            let opening = text.get(stretch.opening.clone()).unwrap_or_default();
            let start = self.words.len();
            signals.push(Signals::of(opening, language, &mut self.vocabulary, &self.words));
            for part in counted(text, stretch.bytes.clone()) {
                content_words(part, language, |hash, _| self.words.push(self.vocabulary.number(hash)));
            }
            self.units.push(Unit { words: start as u32..self.words.len() as u32, bonus: 0.0 });
        }
        self.list = list;
        signals
    }

    fn weigh(&mut self, signals: &[Signals]) {
        let mut lengths: Vec<f32> = signals.iter().map(|signals| signals.words).collect();
        lengths.sort_by(f32::total_cmp);
        let middle = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
        for (unit, signals) in self.units.iter_mut().zip(signals) {
            unit.bonus = signals.bonus(middle);
        }
        self.bundle();
    }

    /// Makes longer stretches of the most unlikely cuts where there are more than [`STRETCHES`].
    fn bundle(&mut self) {
        if self.units.len() <= STRETCHES {
            return;
        }
        let mut bonuses: Vec<f32> = self.units.iter().skip(1).map(|unit| unit.bonus).collect();
        bonuses.sort_by(|a, b| b.total_cmp(a));
        let least = bonuses.get(STRETCHES).copied().unwrap_or_default();
        let mut kept = 0;
        for at in 0..self.units.len() {
            if at == 0 || (self.units[at].bonus > least && kept < STRETCHES) {
                self.units.swap(kept, at);
                self.list.swap(kept, at);
                kept += 1;
            } else {
                self.units[kept - 1].words.end = self.units[at].words.end;
                self.list[kept - 1].bytes.end = self.list[at].bytes.end;
            }
        }
        self.units.truncate(kept);
        self.list.truncate(kept);
    }
}

/// Makes longer stretches where there are far more than [`STRETCHES`]: of several in a row, the one with the longest
/// opening begins.
fn thin_out(list: &mut Vec<Stretch>) {
    if list.len() > 2 * STRETCHES {
        let rows = list.chunks(list.len() / STRETCHES);
        *list = rows.filter_map(|row| row.iter().max_by_key(|stretch| stretch.opening.len()).cloned()).collect();
    }
}

/// Goes on with stretches of about `length` bytes at the sentences of a long paragraph whose stretch is the last of
/// `list`.
fn cut_paragraph(interview: &Interview, paragraph: u32, length: usize, list: &mut Vec<Stretch>) {
    let range = interview.range(ParagraphIndex(paragraph));
    let text = interview.paragraph(ParagraphIndex(paragraph));
    for sentence in sentences(text) {
        let at = range.start + sentence.start;
        if let Some(last) = list.last_mut()
            && at.saturating_sub(last.bytes.start) >= length
        {
            last.bytes.end = at;
            last.opening.end = last.opening.end.min(at);
            let start = Position { paragraph: ParagraphIndex(paragraph), offset: sentence.start as u32 };
            list.push(Stretch { start, bytes: at..range.end, opening: at..range.end });
        }
    }
}

/// What an opening shows of a new topic.
#[derive(Clone, Copy, Debug, Default)]
struct Signals {
    words: f32,
    asks: bool,
    cue: bool,
    continues: bool,
    novelty: f32,
}

/// Words of an opening that are looked at.
const OPENING: usize = 120;

/// Words back over which an opening's own are new or not.
const MEMORY: usize = 250;

impl Signals {
    fn of(opening: &str, language: &Language, vocabulary: &mut Vocabulary, before: &[u32]) -> Self {
        let words = split(excerpt(opening, 0, 4000));
        let recent = &before[before.len().saturating_sub(MEMORY)..];
        let (mut new, mut all) = (0.0, 0.0);
        content_words(opening, language, |hash, _| {
            let number = vocabulary.number(hash);
            all += 1.0;
            if !recent.contains(&number) {
                new += 1.0;
            }
        });
        Self {
            words: words.len() as f32,
            asks: asks(opening),
            cue: language.cues.count(&words[..words.len().min(OPENING)]) > 0,
            continues: language.continues.at_start(&words) > 0,
            novelty: new / (all + 2.0),
        }
    }

    /// What they speak for a cut, where an opening of `middle` words is a usual one.
    fn bonus(&self, middle: f32) -> f32 {
        let length = ((self.words + 4.0) / (middle + 4.0)).ln().clamp(-1.0, 1.5);
        let flag = |on: bool| if on { 1.0 } else { 0.0 };
        0.2 * length + 0.1 * flag(self.asks) + 0.3 * flag(self.cue) - 0.15 * flag(self.continues) + 0.3 * self.novelty
    }
}
