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

/// The lines that stand twice, of captions with the number of their first line each.
///
/// A caption at the very same time as the one before, with the same words, is there twice. A caption that says the
/// same as the one before at another time is there twice where nearly all come in pairs, and a line that says the same
/// as the first of its caption is where nearly all captions do so.
pub(super) fn doubles(captions: &[(usize, Shown<'_>)]) -> Vec<usize> {
    const FEWEST: usize = 5;
    let equal = |one: &Shown<'_>, other: &Shown<'_>| {
        one.lines.len() == other.lines.len() && one.lines.iter().zip(other.lines).all(|(one, other)| same(one, other))
    };
    let mut doubles = Vec::new();
    // Captions one after another that say the same: how many, and the first lines of all but the first.
    let mut pairs: Vec<&(usize, Shown<'_>)> = Vec::new();
    let (mut singles, mut length) = (0, 1);
    let mut once = 0;
    let mut before: Option<&(usize, Shown<'_>)> = None;
    for caption in captions {
        let (first, shown) = caption;
        let again = before.filter(|(_, before)| equal(before, shown));
        if again.is_some_and(|(_, before)| before.start == shown.start && before.end == shown.end) {
            doubles.extend(*first..first + shown.lines.len());
            continue;
        }
        once += 1;
        if again
            .is_some_and(|(_, before)| shown.start.milliseconds() <= before.end.milliseconds().saturating_add(APART))
        {
            length += 1;
            if length == 2 {
                pairs.push(caption);
            } else {
                singles += 1;
            }
        } else {
            length = 1;
        }
        before = Some(caption);
    }
    if pairs.len() >= FEWEST && singles == 0 && pairs.len() * 20 >= once * 9 {
        doubles.extend(pairs.iter().flat_map(|(first, shown)| *first..first + shown.lines.len()));
    }
    let several = || captions.iter().filter(|(_, shown)| shown.lines.len() > 1);
    let inside = || several().filter(|(_, shown)| shown.lines.windows(2).all(|pair| pair.first() == pair.last()));
    if inside().count() >= FEWEST && inside().count() * 10 >= several().count() * 9 {
        doubles.extend(inside().flat_map(|(first, shown)| first + 1..first + shown.lines.len()));
    }
    doubles.sort_unstable();
    doubles.dedup();
    doubles
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
    fn what_stands_twice_is_found() {
        let words = ["so", "it", "was", "and", "then", "we", "went"];
        let lines: Vec<[&str; 1]> = words.into_iter().map(|word| [word]).collect();
        let found = |captions: Vec<Shown<'_>>| doubles(&(0..).zip(captions).collect::<Vec<_>>());
        let at = |time: u32, lines| shown(time, lines);
        assert_eq!(found((0..).zip(&lines).map(|(time, lines)| at(time, lines)).collect()), [0_usize; 0]);
        // The same caption at the same time.
        let mut captions: Vec<_> = (0..).zip(&lines).map(|(time, lines)| at(time, lines)).collect();
        captions.insert(1, captions[0]);
        assert_eq!(found(captions), [1]);
        // Each caption again after itself.
        let pairs: Vec<_> = (0..14).map(|time| at(time as u32, &lines[time / 2])).collect();
        assert_eq!(found(pairs), [1, 3, 5, 7, 9, 11, 13]);
        // Some words that were said again.
        let again = (0..14).map(|time| at(time as u32, if time == 5 { &lines[4] } else { &lines[time % 7] }));
        assert_eq!(found(again.collect()), [0_usize; 0]);
        // Each line twice within its caption.
        let twice: Vec<[&str; 2]> = words.into_iter().map(|word| [word, word]).collect();
        let twice: Vec<_> = (0..7).map(|time| (time * 2, at(time as u32, &twice[time]))).collect();
        assert_eq!(doubles(&twice), [1, 3, 5, 7, 9, 11, 13]);
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
