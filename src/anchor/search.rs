//! The search for quotes that do not stand where they stood: which places come into question, and which is meant.

use std::collections::HashMap;
use std::ops::Range;

use super::haystack::{self, Haystack, Key};
use super::{Candidate, Resolution, paragraph_of, position_of};
use crate::model::{Anchor, Interview, ParagraphIndex, Place, Position, Side, Span};

/// Places of one quote that are weighed, those nearest to the old place.
const MOST_HITS: usize = 256;
/// How much a quote must weigh to be told by its words alone; see [`weight`].
const TELLING: usize = 16;
/// How much better than the runner-up the best place must fit.
const MARGIN: f32 = 0.04;
/// How well the context must fit for a quote that is not telling.
const CONTEXT_FLOOR: f32 = 0.5;

/// Finds the places of anchors that all hold to `side`.
pub(super) fn resolve_side(interview: &Interview, side: Side, anchors: &[&Anchor]) -> Vec<Resolution> {
    let haystack = Haystack::new(interview, side);
    let wanted: Vec<Wanted> = anchors.iter().map(|anchor| Wanted::new(interview, &haystack, anchor)).collect();
    let mut resolutions: Vec<Resolution> = wanted.iter().map(|wanted| wanted.at_old_place(&haystack)).collect();
    let open: Vec<usize> = (0..wanted.len()).filter(|&index| resolutions[index] == Resolution::Orphan).collect();
    let open: Vec<usize> = open.into_iter().filter(|&index| !wanted[index].needle.is_empty()).collect();
    let hits = exact_hits(&haystack, &wanted, &open);
    for (index, hits) in open.into_iter().zip(hits) {
        let ranked = wanted[index].rank(&haystack, hits);
        resolutions[index] = wanted[index].choose(&haystack, &ranked);
    }
    resolutions
}

/// What an anchor may mean, best first.
pub(super) fn candidates(interview: &Interview, anchor: &Anchor) -> Vec<Candidate> {
    let haystack = Haystack::new(interview, anchor.side);
    let wanted = [Wanted::new(interview, &haystack, anchor)];
    let hits = exact_hits(&haystack, &wanted, &[0]).pop().unwrap_or_default();
    let ranked = wanted[0].rank(&haystack, hits);
    ranked.iter().take(8).map(|fit| Candidate { span: wanted[0].span(&haystack, fit), score: fit.score }).collect()
}

/// An anchor made ready for the search.
struct Wanted {
    /// The words to look for: the quote with its paragraphs joined by a space, or for an anchor without a quote the
    /// text around it.
    needle: String,
    /// For an anchor that is a point between two characters, how far into the needle it lies.
    point: Option<usize>,
    before: Vec<char>,
    after: Vec<char>,
    /// Where today's text has the old place; the nearest place where it has none.
    expected: usize,
    /// The old place, where today's text has one.
    old: Option<Span>,
}

/// How well a stretch of text fits an anchor.
struct Fit {
    range: Range<usize>,
    /// Of the quote's words, 0 to 1.
    quote: f32,
    /// Of the text around it, 0 to 1.
    context: f32,
    score: f32,
}

impl Wanted {
    fn new(interview: &Interview, haystack: &Haystack, anchor: &Anchor) -> Self {
        let start = position_of(interview, anchor.start, anchor.side);
        let end = position_of(interview, anchor.end, anchor.side);
        let old = start.zip(end).filter(|(start, end)| start <= end).map(|(start, end)| Span { start, end });
        let expected = match start {
            Some(start) => interview.byte_of_position(start),
            None => nearest_byte(interview, anchor.start.place, anchor.side),
        };
        let needle = one_line(&anchor.quote);
        let is_point = needle.is_empty() && anchor.start == anchor.end;
        let point = is_point.then_some(anchor.before.len());
        let (needle, before, after) = match is_point {
            true => (one_line(&format!("{}{}", anchor.before, anchor.after)), Vec::new(), Vec::new()),
            false => (needle, anchor.before.chars().collect(), anchor.after.chars().collect()),
        };
        let expected = expected.saturating_sub(point.unwrap_or(0)).clamp(haystack.range.start, haystack.range.end);
        Self { needle, point, before, after, expected, old }
    }

    /// The old place, where the quote stands there and nothing speaks against it.
    fn at_old_place(&self, haystack: &Haystack) -> Resolution {
        let Some(old) = self.old else { return Resolution::Orphan };
        if self.needle.is_empty() {
            return Resolution::Anchored(old);
        }
        if !haystack.stands_at(self.expected, &self.needle) {
            return Resolution::Orphan;
        }
        let fit = self.fit(haystack, self.expected..self.expected + self.needle.len(), 1.0);
        match fit.context >= CONTEXT_FLOOR || weight(&self.needle) >= 2 * TELLING {
            true => Resolution::Anchored(self.span(haystack, &fit)),
            false => Resolution::Orphan,
        }
    }

    /// All places in question, best first.
    fn rank(&self, haystack: &Haystack, hits: Vec<usize>) -> Vec<Fit> {
        let mut fits: Vec<Fit> =
            hits.into_iter().map(|at| self.fit(haystack, at..at + self.needle.len(), 1.0)).collect();
        fits.sort_by(|a, b| b.score.total_cmp(&a.score));
        fits
    }

    /// The place that is meant, where that is beyond doubt.
    fn choose(&self, haystack: &Haystack, ranked: &[Fit]) -> Resolution {
        let Some(best) = ranked.first() else { return Resolution::Orphan };
        let runner_up =
            ranked[1..].iter().find(|fit| fit.range.start >= best.range.end || fit.range.end <= best.range.start);
        let telling = weight(&self.needle) >= TELLING || best.context >= CONTEXT_FLOOR;
        if !telling || runner_up.is_some_and(|other| best.score - other.score < MARGIN) {
            return Resolution::Orphan;
        }
        match best.range.start == self.expected && self.old.is_some() && best.quote == 1.0 {
            true => Resolution::Anchored(self.span(haystack, best)),
            false => Resolution::Moved { span: self.span(haystack, best), score: best.quote },
        }
    }

    fn fit(&self, haystack: &Haystack, range: Range<usize>, quote: f32) -> Fit {
        let text = haystack.text();
        let around = |present: &[char], actual: &mut dyn Iterator<Item = char>, at_edge: bool| match present.is_empty()
        {
            true => (if at_edge { 1.0 } else { 0.0 }, 8.0),
            false => (similarity(present.iter().copied(), actual), 20.0),
        };
        let reversed: Vec<char> = self.before.iter().rev().copied().collect();
        let mut left = text[haystack.range.start..range.start].chars().rev();
        let mut right = text[range.end..haystack.range.end].chars();
        let before = around(&reversed, &mut left, haystack.begins_paragraph(range.start));
        let after = around(&self.after, &mut right, haystack.ends_paragraph(range.end));
        let distance = range.start.abs_diff(self.expected) as f32;
        let place = 1.0 / (1.0 + distance / 1000.0);
        let context = (before.0 * before.1 + after.0 * after.1) / (before.1 + after.1);
        let weights = 50.0 + before.1 + after.1 + 6.0;
        let score = (50.0 * quote + before.0 * before.1 + after.0 * after.1 + 6.0 * place) / weights;
        Fit { range, quote, context, score }
    }

    fn span(&self, haystack: &Haystack, fit: &Fit) -> Span {
        match self.point {
            None => haystack.span(fit.range.clone()),
            Some(point) => {
                let span = haystack.span(fit.range.start + point..fit.range.start + point);
                Span { end: span.start, ..span }
            }
        }
    }
}

/// How much a quote tells by itself: its characters, those of scripts that write a syllable or word in one counting
/// as two.
fn weight(quote: &str) -> usize {
    quote.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

/// Where each of the wanted quotes that are `open` stands word for word, nearest to the old place first.
fn exact_hits(haystack: &Haystack, wanted: &[Wanted], open: &[usize]) -> Vec<Vec<usize>> {
    let mut hits: Vec<Vec<usize>> = vec![Vec::new(); open.len()];
    let mut keys: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut short: HashMap<&str, Vec<usize>> = HashMap::new();
    for (slot, &index) in open.iter().enumerate() {
        let needle = wanted[index].needle.as_str();
        match haystack::key(needle.as_bytes()) {
            Some(key) => keys.entry(key).or_default().push(slot),
            None => short.entry(needle).or_default().push(slot),
        }
    }
    haystack.scan(&keys, |at, &slot| {
        if haystack.stands_at(at, &wanted[open[slot]].needle) {
            hits[slot].push(at);
        }
    });
    for (needle, slots) in short {
        let found = haystack.find_short(needle);
        for slot in slots {
            hits[slot].clone_from(&found);
        }
    }
    for (slot, hits) in hits.iter_mut().enumerate() {
        let expected = wanted[open[slot]].expected;
        if hits.len() > MOST_HITS {
            hits.select_nth_unstable_by_key(MOST_HITS, |at| at.abs_diff(expected));
            hits.truncate(MOST_HITS);
        }
    }
    hits
}

/// How like `wanted` the characters that follow are, 0 to 1.
fn similarity(wanted: impl ExactSizeIterator<Item = char>, actual: &mut dyn Iterator<Item = char>) -> f32 {
    let wanted: Vec<char> = wanted.map(blank).collect();
    let actual: Vec<char> = actual.take(wanted.len()).map(blank).collect();
    if wanted == actual {
        return 1.0;
    }
    let mut row: Vec<usize> = (0..=actual.len()).collect();
    for (index, &c) in wanted.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for column in 1..row.len() {
            let change = diagonal + usize::from(actual[column - 1] != c);
            diagonal = row[column];
            row[column] = change.min(row[column] + 1).min(row[column - 1] + 1);
        }
    }
    1.0 - row[actual.len()] as f32 / wanted.len() as f32
}

fn blank(c: char) -> char {
    if c == '\n' { ' ' } else { c }
}

/// Paragraphs joined by a space, and nothing of what a file's layout adds at the end.
fn one_line(quote: &str) -> String {
    let mut line = String::with_capacity(quote.len());
    let mut pieces = quote.trim_end_matches(['\n', '\r']).split('\n').filter(|piece| !piece.is_empty());
    line.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        line.push(' ');
        line.push_str(piece);
    }
    line
}

/// The start of the paragraph that comes nearest to a place that today's text does not have.
fn nearest_byte(interview: &Interview, place: Place, side: Side) -> usize {
    let start_of = |place| paragraph_of(interview, place, side).map(|paragraph| interview.range(paragraph).start);
    let same_turn = match place {
        Place::Turn { turn, paragraph } => {
            (0..=paragraph.min(64)).rev().find_map(|paragraph| start_of(Place::Turn { turn, paragraph }))
        }
        Place::Front(_) => start_of(Place::Front(interview.front().saturating_sub(1))),
        Place::Back(_) => start_of(Place::Back((interview.back().len() as u32).saturating_sub(1))),
    };
    same_turn.unwrap_or(match (place, side) {
        (Place::Front(_), Side::Original) => 0,
        (_, Side::Original) => {
            let last = interview.paragraph_count().saturating_sub(1);
            interview.byte_of_position(Position::start_of(ParagraphIndex(last)))
        }
        (_, Side::Translation) => interview.text().len(),
    })
}
