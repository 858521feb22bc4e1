//! Rolling captions undone: each caption repeats what the one before still shows.
//!
//! Broadcast and automatic captions scroll: a caption shows the last line or two again and adds one. Read naively
//! every word comes two or three times.

use crate::model::Timecode;

/// Captions further apart than this, in milliseconds, repeat words because they were said again.
const APART: u32 = 1000;
/// How many captions are looked at to tell whether they roll.
const LOOKED_AT: usize = 2000;
/// Words that a caption repeats within a line before that is no accident.
const ACCIDENT: usize = 3;

/// A caption as rolling is undone on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a> {
    /// When it appears.
    pub start: Timecode,
    /// When it goes.
    pub end: Timecode,
    /// Its lines, none blank.
    pub lines: &'a [&'a str],
}

/// How much of a caption the one before already shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Repeated {
    /// That many whole lines.
    pub lines: usize,
    /// And that many bytes of the line after them.
    pub bytes: usize,
}

/// How much of `caption` the caption before still showed.
pub(super) fn repeated(before: &Shown<'_>, caption: &Shown<'_>) -> Repeated {
    let none = Repeated::default();
    if caption.start.milliseconds() > before.end.milliseconds().saturating_add(APART) {
        return none;
    }
    let most = before.lines.len().min(caption.lines.len());
    let whole = (1..=most).rev().find(|&count| {
        let tail = before.lines.get(before.lines.len() - count..).unwrap_or_default();
        tail.iter().zip(caption.lines).all(|(one, other)| same(one, other))
    });
    if let Some(lines) = whole {
        return Repeated { lines, bytes: 0 };
    }
    let (Some(last), Some(first)) = (before.lines.last(), caption.lines.first()) else { return none };
    if caption.lines.len() >= before.lines.len()
        && let Some(common) = (before.lines.len() > 1).then_some(before.lines.len() - 1)
        && before.lines.iter().zip(caption.lines).take(common).all(|(one, other)| same(one, other))
        && let Some(grown) = caption.lines.get(common)
        && let Some(bytes) = grows(last, grown)
    {
        return Repeated { lines: common, bytes };
    }
    match grows(last, first) {
        Some(bytes) => Repeated { lines: 0, bytes },
        None => Repeated { lines: 0, bytes: shared_words(last, first) },
    }
}

/// Whether the captions of a file roll: many repeat the one before, and a good part of these add words to it. The same
/// words over and over again are a stammer of speech recognition or a crowd, and were said.
pub(super) fn rolls<'a>(captions: impl Iterator<Item = Shown<'a>>) -> bool {
    let (mut pairs, mut repeats, mut additions) = (0u32, 0u32, 0u32);
    let mut before: Option<Shown<'_>> = None;
    for caption in captions.filter(|caption| !caption.lines.is_empty()).take(LOOKED_AT) {
        if let Some(before) = &before {
            pairs += 1;
            let repeated = repeated(before, &caption);
            let repeats_any = repeated != Repeated::default();
            repeats += u32::from(repeats_any);
            additions += u32::from(repeats_any && repeated.lines < caption.lines.len());
        }
        before = Some(caption);
    }
    repeats >= 3 && repeats * 5 >= pairs * 2 && additions * 7 >= pairs
}

fn same(one: &str, other: &str) -> bool {
    one == other || one.split_whitespace().eq(other.split_whitespace())
}

/// The bytes of `after` that `before` already shows, where `after` is `before` with more words behind it.
fn grows(before: &str, after: &str) -> Option<usize> {
    let before = before.trim();
    (!before.is_empty() && after.trim_start().starts_with(before) && after.trim().len() > before.len())
        .then(|| after.len() - after.trim_start().len() + before.len())
}

/// The bytes of the words that `before` ends with and `after` begins with.
fn shared_words(before: &str, after: &str) -> usize {
    let first: Vec<&str> = before.split_whitespace().collect();
    let second: Vec<&str> = after.split_whitespace().collect();
    let most = first.len().min(second.len());
    let count = (ACCIDENT..=most)
        .rev()
        .find(|&count| first.get(first.len() - count..).is_some_and(|tail| second.starts_with(tail)));
    let last = count.and_then(|count| second.get(count - 1));
    last.map_or(0, |word| word.as_ptr() as usize - after.as_ptr() as usize + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(seconds: u32, lines: &'a [&'a str]) -> Shown<'a> {
        let start = Timecode::from_milliseconds(seconds * 1000);
        Shown { start, end: Timecode::from_milliseconds(seconds * 1000 + 1000), lines }
    }

    fn check(before: &[&str], after: &[&str], lines: usize, bytes: usize) {
        assert_eq!(repeated(&shown(0, before), &shown(1, after)), Repeated { lines, bytes }, "{before:?} {after:?}");
    }

    #[test]
    fn what_is_still_shown_counts_as_repeated() {
        check(&["the lamp"], &["the lamp", "was lit"], 1, 0);
        check(&["the lamp", "was lit"], &["was lit"], 1, 0);
        check(&["the lamp", "was lit"], &["was lit", "by hand"], 1, 0);
        check(&["the lamp"], &["the lamp was"], 0, 8);
        check(&["oil", "the lamp"], &["oil", "the lamp was"], 1, 8);
        check(&["we lit the old lamp"], &["the old lamp by hand"], 0, 12);
        check(&["yes"], &["no"], 0, 0);
        check(&["the lamp"], &["a lamp"], 0, 0);
    }

    #[test]
    fn what_is_said_again_later_is_no_repeat() {
        assert_eq!(repeated(&shown(0, &["yes"]), &shown(3, &["yes"])), Repeated::default());
    }

    #[test]
    fn a_chorus_does_not_roll() {
        let words = ["yes", "yes", "no", "well", "yes", "so", "then", "and", "but", "yes", "yes", "oh"];
        let lines: Vec<[&str; 1]> = words.into_iter().map(|word| [word]).collect();
        assert!(!rolls(lines.iter().enumerate().map(|(at, lines)| shown(at as u32, lines))));
    }

    #[test]
    fn the_same_words_over_and_over_were_said() {
        assert!(!rolls((0..50).map(|at| shown(at, &["thank you"]))));
        assert!(rolls((0..50).map(|at| shown(at, if at % 2 == 0 { &["oil", "wick"] } else { &["wick", "oil"] }))));
    }
}
