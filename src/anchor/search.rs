//! The search for quotes that do not stand where they stood: which places come into question, and which is meant.

use std::collections::HashMap;
use std::ops::Range;

use super::haystack::{Haystack, Key, key};
use super::{Candidate, Resolution, approximate, paragraph_of, position_of};
use crate::model::{Anchor, Interview, ParagraphIndex, Place, Position, Side, Span};

/// Places of one quote that are weighed, those nearest to the old place.
const MOST_HITS: usize = 64;
/// Places that are looked at in all, so that a text of one word over and over does not take for ever.
const MOST_LOOKS: usize = 20_000_000;
/// How much a quote must weigh to be told by its words alone; see [`weight`].
const TELLING: usize = 16;
/// How much a quote without any context must weigh to be taken for the one place where it stands.
const SAID: usize = 6;
/// How much better than the runner-up the best place must fit.
const MARGIN: f32 = 0.04;
/// How well the context must fit for a quote that is not telling.
const CONTEXT_FLOOR: f32 = 0.5;
/// How well the context must fit for an exact quote to be taken without a look at places that only come near it.
const CONTEXT_ENOUGH: f32 = 0.8;
/// How much a quote must weigh to be looked for approximately.
const APPROXIMATE: usize = 20;
/// How much of a quote's words must be the same, where the rest has been changed.
const QUOTE_FLOOR: f32 = 0.65;
/// The same where the text on both sides is as it was.
const HELD_QUOTE_FLOOR: f32 = 0.4;

/// The same where a short quote stands alone among other words than before.
const LONE_QUOTE_FLOOR: f32 = 0.85;

/// Finds the places of anchors that all hold to `side`.
pub(super) fn resolve_side(interview: &Interview, side: Side, anchors: &[&Anchor]) -> Vec<Resolution> {
    let haystack = Haystack::new(interview, side);
    let mut wanted: Vec<Wanted> = anchors.iter().map(|anchor| Wanted::new(interview, &haystack, anchor)).collect();
    let mut resolutions: Vec<Resolution> = wanted.iter().map(|wanted| wanted.at_old_place(&haystack)).collect();
    let is_open = |index: &usize| resolutions[*index] == Resolution::Orphan && !wanted[*index].needle.is_empty();
    let open: Vec<usize> = (0..wanted.len()).filter(is_open).collect();
    let hits = exact_hits(&haystack, &wanted, &open);
    // First the quotes that are beyond doubt, then the others, which are sought between them.
    let mut doubtful: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, hits) in open.into_iter().zip(hits) {
        match wanted[index].beyond_doubt(&haystack, &hits) {
            Some(resolution) => resolutions[index] = resolution,
            None => doubtful.push((index, hits)),
        }
    }
    expect_between_neighbours(interview, &mut wanted, &resolutions, anchors);
    let mut unplaced: Vec<(usize, Vec<Fit>)> = Vec::new();
    for (index, hits) in doubtful {
        let wanted = &wanted[index];
        let fits = ranked(wanted.fits(&haystack, hits));
        let resolution = wanted.choose(&haystack, &fits);
        let is_enough = resolution != Resolution::Orphan && fits.first().is_some_and(|fit| wanted.is_enough(fit));
        match is_enough || !wanted.may_be_approximate() {
            true => resolutions[index] = resolution,
            false => unplaced.push((index, fits)),
        }
    }
    let near: Vec<&Wanted> = unplaced.iter().map(|(index, _)| &wanted[*index]).collect();
    for ((index, mut fits), near) in unplaced.into_iter().zip(approximate::places(&haystack, &near)) {
        let wanted = &wanted[index];
        fits.extend(near.into_iter().map(|(range, quote)| wanted.fit(&haystack, range, quote)));
        resolutions[index] = wanted.choose(&haystack, &ranked(fits));
    }
    resolutions
}

/// What an anchor may mean, best first.
pub(super) fn candidates(interview: &Interview, anchor: &Anchor) -> Vec<Candidate> {
    let haystack = Haystack::new(interview, anchor.side);
    let wanted = [Wanted::new(interview, &haystack, anchor)];
    let hits = exact_hits(&haystack, &wanted, &[0]).pop().unwrap_or_default();
    let [wanted] = wanted;
    let mut fits = wanted.fits(&haystack, hits);
    if !wanted.needle.is_empty() && wanted.point.is_none() {
        let near = approximate::everywhere(&haystack, &wanted);
        fits.extend(near.into_iter().map(|(range, quote)| wanted.fit(&haystack, range, quote)));
    }
    let mut chosen: Vec<Fit> = Vec::new();
    for fit in ranked(fits) {
        if chosen.len() < 8 && !chosen.iter().any(|other| fit.overlaps(other)) {
            chosen.push(fit);
        }
    }
    chosen.iter().map(|fit| Candidate { span: wanted.span(&haystack, fit), score: fit.score }).collect()
}

/// Moves each place that is expected in between those of its neighbours whose place is known: text put in or taken
/// out before a quote moves both.
fn expect_between_neighbours(
    interview: &Interview,
    wanted: &mut [Wanted],
    resolutions: &[Resolution],
    anchors: &[&Anchor],
) {
    let mut known: Vec<(&Anchor, Range<usize>)> = Vec::new();
    for ((anchor, wanted), resolution) in anchors.iter().zip(wanted.iter()).zip(resolutions) {
        if let Some(span) = resolution.span().filter(|_| weight(&wanted.needle) >= TELLING) {
            known.push((anchor, interview.byte_of_position(span.start)..interview.byte_of_position(span.end)));
        }
    }
    known.sort_by_key(|(anchor, _)| (anchor.start, anchor.end));
    for ((anchor, wanted), resolution) in anchors.iter().zip(wanted.iter_mut()).zip(resolutions) {
        if *resolution != Resolution::Orphan {
            continue;
        }
        let after = known.partition_point(|(other, _)| other.start <= anchor.start);
        let from = after.checked_sub(1).and_then(|before| known.get(before)).map_or(0, |(_, range)| range.start);
        let to = known.get(after).map_or(usize::MAX, |(_, range)| range.start);
        if from <= to {
            wanted.expected = wanted.expected.clamp(from, to);
        }
    }
}

fn ranked(mut fits: Vec<Fit>) -> Vec<Fit> {
    fits.sort_by(|a, b| b.score.total_cmp(&a.score));
    fits
}

/// An anchor made ready for the search.
pub(super) struct Wanted {
    /// The words to look for: the quote with its paragraphs joined by a space, or for an anchor without a quote the
    /// text around it.
    pub(super) needle: String,
    /// For an anchor that is a point between two characters, how far into the needle it lies.
    point: Option<usize>,
    pub(super) before: Vec<char>,
    pub(super) after: Vec<char>,
    /// Where the old place is, as far as is known.
    pub(super) expected: usize,
    /// Where the place of the anchor's own numbers is in today's text, or the nearest to it.
    numbered: usize,
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
    /// Whether the text on both sides is as it was.
    is_held: bool,
    score: f32,
}

impl Fit {
    fn overlaps(&self, other: &Fit) -> bool {
        self.range.start < other.range.end && other.range.start < self.range.end
    }
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
        Self { needle, point, before, after, expected, numbered: expected, old }
    }

    /// The old place, where the quote stands there and nothing speaks against it.
    fn at_old_place(&self, haystack: &Haystack) -> Resolution {
        let Some(old) = self.old else { return Resolution::Orphan };
        if self.needle.is_empty() {
            return Resolution::Anchored(old);
        }
        if !haystack.stands_at(self.numbered, &self.needle) {
            return Resolution::Orphan;
        }
        let fit = self.fit(haystack, self.numbered..self.numbered + self.needle.len(), 1.0);
        match fit.context >= CONTEXT_FLOOR || weight(&self.needle) >= 2 * TELLING || !self.has_context() {
            true => Resolution::Anchored(self.span(haystack, &fit)),
            false => Resolution::Orphan,
        }
    }

    /// The one exact place of a telling quote whose surroundings are as they were.
    fn beyond_doubt(&self, haystack: &Haystack, hits: &[usize]) -> Option<Resolution> {
        let &[at] = hits else { return None };
        let fit = self.fit(haystack, at..at + self.needle.len(), 1.0);
        let is_beyond_doubt = weight(&self.needle) >= TELLING && self.is_enough(&fit);
        is_beyond_doubt.then(|| self.choose(haystack, &[fit]))
    }

    /// Whether an exact place needs no comparison with places that only come near: its surroundings are as they were,
    /// or the quote is so long that it is said once.
    fn is_enough(&self, fit: &Fit) -> bool {
        fit.context >= CONTEXT_ENOUGH || weight(&self.needle) >= 4 * TELLING
    }

    /// Whether the quote is long enough to be known when it has been changed.
    fn may_be_approximate(&self) -> bool {
        self.point.is_none() && weight(&self.needle) >= APPROXIMATE
    }

    fn fits(&self, haystack: &Haystack, hits: Vec<usize>) -> Vec<Fit> {
        hits.into_iter().map(|at| self.fit(haystack, at..at + self.needle.len(), 1.0)).collect()
    }

    /// The place that is meant, where that is beyond doubt; `ranked` is best first.
    fn choose(&self, haystack: &Haystack, ranked: &[Fit]) -> Resolution {
        let Some(best) = ranked.first() else { return Resolution::Orphan };
        let runner_up = ranked.iter().find(|fit| !fit.overlaps(best) && fit.quote >= HELD_QUOTE_FLOOR);
        // Who writes a quote by hand, and no context, means the one place where it stands.
        let is_only = ranked.len() == 1 && best.quote == 1.0 && !self.has_context() && weight(&self.needle) >= SAID;
        let telling = weight(&self.needle) >= TELLING || best.context >= CONTEXT_FLOOR || is_only;
        let is_quote = best.quote >= self.quote_floor(best);
        if !telling || !is_quote || runner_up.is_some_and(|other| best.score - other.score < MARGIN) {
            return Resolution::Orphan;
        }
        match best.range.start == self.numbered && self.old.is_some() && best.quote == 1.0 {
            true => Resolution::Anchored(self.span(haystack, best)),
            false => Resolution::Moved { span: self.span(haystack, best), score: best.quote },
        }
    }

    /// What stands nearest to the quote on both sides.
    fn beside(&self) -> Beside {
        const NEAREST: usize = 8;
        Beside {
            before: self.before[self.before.len().saturating_sub(NEAREST)..].iter().collect(),
            needle: self.needle.len(),
            after: self.after.iter().take(NEAREST).collect(),
        }
    }

    /// Whether it is known what stands around the quote.
    fn has_context(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }

    /// How much of the quote's words must be the same: more where the text around it does not speak for the place.
    fn quote_floor(&self, fit: &Fit) -> f32 {
        if fit.is_held {
            HELD_QUOTE_FLOOR
        } else if fit.context >= CONTEXT_FLOOR || weight(&self.needle) >= 4 * TELLING {
            QUOTE_FLOOR
        } else {
            LONE_QUOTE_FLOOR
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
        let long_enough = self.before.len() >= 12 && self.after.len() >= 12;
        let is_held = long_enough && before.0 >= CONTEXT_ENOUGH && after.0 >= CONTEXT_ENOUGH;
        Fit { range, quote, context, is_held, score }
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

/// The characters nearest to a quote.
struct Beside {
    before: String,
    /// Bytes of the quote.
    needle: usize,
    after: String,
}

impl Beside {
    fn stands_around(&self, haystack: &Haystack, at: usize) -> bool {
        let stands = |start: Option<usize>, words: &str| start.is_some_and(|start| haystack.stands_at(start, words));
        stands(at.checked_sub(self.before.len()), &self.before) && stands(at.checked_add(self.needle), &self.after)
    }
}

/// How much a quote tells by itself: its characters, those of scripts that write a syllable or word in one counting
/// as two.
fn weight(quote: &str) -> usize {
    quote.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

/// Where each of the wanted quotes that are `open` stands word for word, those nearest to the old place.
fn exact_hits(haystack: &Haystack, wanted: &[Wanted], open: &[usize]) -> Vec<Vec<usize>> {
    // The same words may be quoted by many.
    let mut hits: HashMap<&str, Vec<usize>> = HashMap::new();
    for &index in open {
        hits.entry(&wanted[index].needle).or_default();
    }
    let mut keys: HashMap<Key, Vec<&str>> = HashMap::new();
    for (needle, hits) in &mut hits {
        match key(needle.as_bytes()) {
            Some(key) => keys.entry(key).or_default().push(needle),
            None => *hits = haystack.find_short(needle),
        }
    }
    let mut looks = 0usize;
    haystack.scan(&keys, |at, needles| {
        looks += needles.len();
        if looks > MOST_LOOKS {
            return;
        }
        for needle in needles.iter().filter(|needle| haystack.stands_at(at, needle)) {
            if let Some(hits) = hits.get_mut(needle) {
                hits.push(at);
            }
        }
    });
    let nearest = |&index: &usize| {
        let wanted: &Wanted = &wanted[index];
        let hits = hits.get(wanted.needle.as_str()).map_or(&[][..], Vec::as_slice);
        let middle = hits.partition_point(|&at| at < wanted.expected);
        let from = middle.saturating_sub(MOST_HITS / 2).min(hits.len().saturating_sub(MOST_HITS));
        let mut chosen = hits[from..(from + MOST_HITS).min(hits.len())].to_vec();
        if chosen.len() < hits.len() {
            // Of a word that stands everywhere, the places with the same words beside it, however far they are.
            let beside = wanted.beside();
            chosen.extend(hits.iter().filter(|&&at| beside.stands_around(haystack, at)).take(MOST_HITS));
            chosen.sort_unstable();
            chosen.dedup();
        }
        chosen
    };
    open.iter().map(nearest).collect()
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
