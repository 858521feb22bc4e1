//! Where something comes near a quote that stands nowhere word for word.
//!
//! A quote that has been edited still has pieces of eight bytes that are as they were, and so has the text around it.
//! One pass over the text finds the pieces of all quotes; where several of one quote agree about where it begins, and
//! around its old place, the text is compared letter by letter.

use std::collections::HashMap;
use std::ops::Range;

use super::haystack::{Haystack, KEY, Key, key};
use super::myers;
use super::search::Wanted;

/// Pieces of one quote that are looked for.
const MOST_PIECES: usize = 48;
/// Of these, the ones that are rarest in the text and are looked at.
const RAREST: usize = 16;
/// Places of one quote that are compared letter by letter.
const MOST_PLACES: usize = 6;
/// Pieces found in all, so that a text of one word over and over does not take for ever.
const MOST_VOTES: usize = 3_000_000;
/// Bytes of text in which beginnings count as one.
const BIN: i64 = 64;
/// Bytes of text that are compared letter by letter throughout for one quote.
const MOST_BYTES: usize = 4 << 20;

/// A stretch of text, and how much of the quote it is, 0 to 1.
type Place = (Range<usize>, f32);

/// For each of `wanted` the places that come near it.
pub(super) fn places(haystack: &Haystack, wanted: &[&Wanted]) -> Vec<Vec<Place>> {
    let mut pieces: HashMap<Key, Vec<(usize, i64)>> = HashMap::new();
    for (index, pieces_of) in rarest_pieces(haystack, wanted).into_iter().enumerate() {
        for (key, offset) in pieces_of {
            pieces.entry(key).or_default().push((index, offset));
        }
    }
    // The bins for which each quote's pieces vote, one entry for each vote.
    let mut votes: Vec<Vec<i64>> = vec![Vec::new(); wanted.len()];
    let mut cast = 0usize;
    haystack.scan(&pieces, |at, pieces| {
        cast += pieces.len();
        if cast > MOST_VOTES {
            return;
        }
        for &(index, offset) in pieces {
            votes[index].push((at as i64 - offset).div_euclid(BIN));
        }
    });
    wanted
        .iter()
        .zip(votes)
        .map(|(wanted, votes)| {
            let mut starts = counted(votes);
            starts.sort_by_key(|&(count, start)| (std::cmp::Reverse(count), start.abs_diff(wanted.expected as i64)));
            starts.truncate(MOST_PLACES);
            starts.push((0, wanted.expected as i64));
            let slack = wanted.needle.len() as i64 / 3 + 2 * BIN;
            let windows = starts.into_iter().map(|(_, start)| {
                let end = start + BIN + wanted.needle.len() as i64 + slack;
                within(haystack, (start - slack).max(0) as usize..end.max(0) as usize)
            });
            compare(haystack, wanted, merged(windows.collect()))
        })
        .collect()
}

/// How many votes each two neighbouring bins have got together, where that is more than one, and where they begin.
fn counted(mut votes: Vec<i64>) -> Vec<(usize, i64)> {
    votes.sort_unstable();
    let bins: Vec<(i64, usize)> = votes.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect();
    let with_next = bins.iter().enumerate().map(|(index, &(bin, count))| {
        let next = bins.get(index + 1).filter(|(next, _)| *next == bin + 1).map_or(0, |(_, count)| *count);
        (count + next, bin * BIN)
    });
    with_next.filter(|(count, _)| *count >= 2).collect()
}

/// The places that come near one quote, in all of the text where that is not too long.
pub(super) fn everywhere(haystack: &Haystack, wanted: &Wanted) -> Vec<Place> {
    if haystack.range.len() > MOST_BYTES {
        return places(haystack, &[wanted]).pop().unwrap_or_default();
    }
    // Windows that share enough for a quote on their edge to be whole in one of them.
    let step = (1 << 16).max(4 * wanted.needle.len());
    let windows = haystack
        .range
        .clone()
        .step_by(step)
        .map(|start| within(haystack, start..start + step + 2 * wanted.needle.len()));
    windows.flat_map(|window| compare(haystack, wanted, vec![window])).collect()
}

/// For each of `wanted` those of its pieces that stand in the fewest places: a piece of common words tells little and
/// costs much.
fn rarest_pieces(haystack: &Haystack, wanted: &[&Wanted]) -> Vec<Vec<(Key, i64)>> {
    let mut pieces: Vec<Vec<(Key, i64)>> = wanted.iter().map(|wanted| pieces_of(wanted)).collect();
    let mut slots: HashMap<Key, Vec<usize>> = HashMap::new();
    for &(key, _) in pieces.iter().flatten() {
        let slot = slots.len();
        slots.entry(key).or_insert_with(|| vec![slot]);
    }
    let mut counts = vec![0u32; slots.len()];
    haystack.scan(&slots, |_, found| found.iter().for_each(|&slot| counts[slot] += 1));
    let count = |key: &Key| slots.get(key).and_then(|found| found.first()).map_or(0, |&slot| counts[slot]);
    for pieces in &mut pieces {
        pieces.retain(|(key, _)| count(key) > 0);
        pieces.sort_by_key(|(key, offset)| (count(key), *offset));
        pieces.truncate(RAREST);
    }
    pieces
}

/// Pieces of a quote and of the text around it, and how far from the quote's beginning each stands.
fn pieces_of(wanted: &Wanted) -> Vec<(Key, i64)> {
    let around = |chars: &[char]| chars.iter().collect::<String>();
    let (before, after) = (around(&wanted.before), around(&wanted.after));
    let mut pieces = Vec::new();
    let step = KEY.max(wanted.needle.len() / MOST_PIECES);
    for (text, from, step) in [
        (wanted.needle.as_str(), 0, step),
        (&before, -(before.len() as i64), KEY),
        (&after, wanted.needle.len() as i64, KEY),
    ] {
        for at in (0..text.len()).step_by(step) {
            if let Some(key) = key(&text.as_bytes()[at..]) {
                pieces.push((key, from + at as i64));
            }
        }
    }
    pieces
}

/// Compares the text of each window with the quote.
fn compare(haystack: &Haystack, wanted: &Wanted, windows: Vec<Range<usize>>) -> Vec<Place> {
    let pattern: Vec<char> = wanted.needle.chars().collect();
    let text = haystack.text();
    let mut places = Vec::new();
    for window in windows {
        let mut offsets: Vec<usize> = Vec::with_capacity(window.len() + 1);
        let mut chars: Vec<char> = Vec::with_capacity(window.len());
        for (at, c) in text[window.clone()].char_indices() {
            offsets.push(window.start + at);
            chars.push(if c == '\n' { ' ' } else { c });
        }
        offsets.push(window.end);
        for hit in myers::search(&pattern, &chars, pattern.len() / 2) {
            let same = 1.0 - hit.distance as f32 / pattern.len() as f32;
            let range = on_words(wanted, &chars, hit.range);
            if !range.is_empty() {
                places.push((offsets[range.start]..offsets[range.end], same));
            }
        }
    }
    places
}

/// A stretch whose ends are where words begin and end, as far as the quote's were: where letters at an end were
/// changed, the nearest match may begin or end within a word.
fn on_words(wanted: &Wanted, text: &[char], found: Range<usize>) -> Range<usize> {
    let is_letter = |c: Option<&char>| c.is_some_and(|&c| c.is_alphanumeric() && c < '\u{2e80}');
    let (mut start, mut end) = (found.start, found.end);
    let first = wanted.needle.chars().next();
    let last = wanted.needle.chars().next_back();
    let cuts_a_word = |at: usize| at > 0 && is_letter(text.get(at - 1)) && is_letter(text.get(at));
    let cut_a_word = |inside: Option<&char>, outside: Option<&char>| is_letter(inside) && is_letter(outside);
    if !cut_a_word(first.as_ref(), wanted.before.last()) && (is_letter(first.as_ref()) || cuts_a_word(start)) {
        start = edge(text, start, |at| is_letter(text.get(at)) && !(at > 0 && is_letter(text.get(at - 1))));
    }
    if !cut_a_word(last.as_ref(), wanted.after.first()) && (is_letter(last.as_ref()) || cuts_a_word(end)) {
        end = edge(text, end, |at| at > 0 && is_letter(text.get(at - 1)) && !is_letter(text.get(at)));
    }
    let blank = |at: usize| text.get(at).is_some_and(|c| c.is_whitespace());
    if first.is_some_and(|c| !c.is_whitespace()) {
        while start < end && blank(start) {
            start += 1;
        }
    }
    if last.is_some_and(|c| !c.is_whitespace()) {
        while start < end && blank(end - 1) {
            end -= 1;
        }
    }
    start..end.max(start)
}

/// The nearest place to `at` that is an edge, within a word's length; `at` where there is none.
fn edge(text: &[char], at: usize, is_edge: impl Fn(usize) -> bool) -> usize {
    const REACH: usize = 12;
    (0..=REACH)
        .flat_map(|distance| [at.checked_sub(distance), Some(at + distance)])
        .flatten()
        .filter(|&place| place <= text.len())
        .find(|&place| is_edge(place))
        .unwrap_or(at)
}

/// The part of `range` that lies in the text, on characters.
fn within(haystack: &Haystack, range: Range<usize>) -> Range<usize> {
    let text = haystack.text();
    let on_character = |at: usize| (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = on_character(range.start.clamp(haystack.range.start, haystack.range.end));
    let end = on_character(range.end.clamp(haystack.range.start, haystack.range.end));
    start..end.max(start)
}

/// Windows that touch made one.
fn merged(mut windows: Vec<Range<usize>>) -> Vec<Range<usize>> {
    windows.sort_by_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => merged.push(window),
        }
    }
    merged
}
