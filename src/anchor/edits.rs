//! How well quotes are found again when a transcript has been edited, against where they truly are.
//!
//! Every character of an invented interview has a number that follows it through the edits, so that it is known where
//! a quote went, and whether it is still there.

use std::fmt;
use std::ops::Range;

use super::{Resolution, describe, myers, resolve_all};
use crate::model::{Anchor, Interview, InterviewBuilder, Role, Span};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.next(of.len())]
    }
}

/// A character, and its number in the text as it was.
type Letter = (char, Option<usize>);

/// Turns of paragraphs.
type Talk = Vec<Vec<Vec<Letter>>>;

const SYLLABLES: [&str; 24] = [
    "ka", "lo", "mi", "ren", "sto", "ve", "dan", "u", "pel", "tri", "wo", "shi", "gar", "ne", "bu", "fal", "é", "ost",
    "ing", "er", "ya", "cho", "li", "ma",
];

fn vocabulary(dice: &mut Dice) -> Vec<String> {
    (0..600).map(|_| (0..1 + dice.next(4)).map(|_| *dice.pick(&SYLLABLES)).collect()).collect()
}

/// Words of which some are common, as in any talk.
fn sentence(dice: &mut Dice, words: &[String]) -> String {
    if dice.next(9) == 0 {
        return ["Yes.", "No, no.", "I see.", "That is what they all said at the time.", "Why?"][dice.next(5)]
            .to_owned();
    }
    let count = 3 + dice.next(16);
    let chosen: Vec<&str> = (0..count)
        .map(|_| {
            let limit = 1 + dice.next(words.len());
            words[dice.next(limit)].as_str()
        })
        .collect();
    chosen.join(" ") + "."
}

fn talk(dice: &mut Dice, words: &[String], turns: usize) -> Talk {
    let mut number = 0;
    (0..turns)
        .map(|_| {
            (0..1 + dice.next(3))
                .map(|_| {
                    let text: Vec<String> = (0..1 + dice.next(6)).map(|_| sentence(dice, words)).collect();
                    let letter = |c| {
                        number += 1;
                        (c, Some(number))
                    };
                    text.join(" ").chars().map(letter).collect()
                })
                .collect()
        })
        .collect()
}

fn interview(talk: &Talk) -> Interview {
    let mut builder = InterviewBuilder::default();
    let speakers = ["A", "B"].map(|name| builder.speaker(name, Role::Other));
    for (index, turn) in talk.iter().enumerate() {
        builder.turn(Some(speakers[index % 2]), None);
        for paragraph in turn {
            builder.paragraph(&paragraph.iter().map(|(c, _)| *c).collect::<String>());
        }
    }
    builder.build()
}

/// The numbers of all characters in the order of the interview's buffer, with one for each line feed.
fn numbers(talk: &Talk) -> Vec<Option<usize>> {
    let mut numbers = Vec::new();
    for paragraph in talk.iter().flatten() {
        numbers.extend(paragraph.iter().map(|(_, number)| *number));
        numbers.push(None);
    }
    numbers
}

#[derive(Clone, Copy, Debug)]
enum Edit {
    Insert,
    Delete,
    Typos,
    Reword,
    Split,
    Join,
    NewTurn,
    Reorder,
    DeleteTurn,
    InsertTurn,
}

const EDITS: [Edit; 10] = [
    Edit::Insert,
    Edit::Delete,
    Edit::Typos,
    Edit::Reword,
    Edit::Split,
    Edit::Join,
    Edit::NewTurn,
    Edit::Reorder,
    Edit::DeleteTurn,
    Edit::InsertTurn,
];

fn edit(talk: &mut Talk, edit: Edit, dice: &mut Dice, words: &[String]) {
    let turn_index = dice.next(talk.len());
    let turn_count = talk.len();
    let new_sentence =
        |dice: &mut Dice| -> Vec<Letter> { sentence(dice, words).chars().chain([' ']).map(|c| (c, None)).collect() };
    match edit {
        Edit::Reorder => {
            let turn = talk.remove(turn_index);
            talk.insert(dice.next(turn_count), turn);
        }
        Edit::DeleteTurn if turn_count > 4 => drop(talk.remove(turn_index)),
        Edit::InsertTurn => talk.insert(turn_index, vec![new_sentence(dice)]),
        _ => {}
    }
    let turn_index = turn_index.min(talk.len() - 1);
    let turn = &mut talk[turn_index];
    let paragraph_index = dice.next(turn.len());
    let paragraph = &mut turn[paragraph_index];
    let at = dice.next(paragraph.len());
    let blank = paragraph.iter().skip(at).position(|(c, _)| *c == ' ').map_or(paragraph.len(), |found| at + found);
    match edit {
        Edit::Insert => drop(
            paragraph.splice(blank..blank, new_sentence(dice).into_iter().rev().collect::<Vec<_>>().into_iter().rev()),
        ),
        Edit::Delete => drop(paragraph.drain(at..(at + 1 + dice.next(40)).min(paragraph.len()))),
        Edit::Typos => {
            for _ in 0..1 + dice.next(3) {
                if paragraph.is_empty() {
                    break;
                }
                let at = (at + dice.next(30)) % paragraph.len();
                match dice.next(3) {
                    0 => paragraph[at] = ('x', None),
                    1 => drop(paragraph.remove(at)),
                    _ => paragraph.insert(at, ('q', None)),
                }
            }
        }
        Edit::Reword => {
            let end = paragraph
                .iter()
                .skip(blank + 1)
                .position(|(c, _)| *c == ' ')
                .map_or(paragraph.len(), |found| blank + 1 + found);
            let word = dice.pick(words).clone();
            if blank + 1 < end {
                paragraph.splice(blank + 1..end, word.chars().map(|c| (c, None)));
            }
        }
        Edit::Split if blank + 1 < paragraph.len() => {
            let rest = paragraph.split_off(blank + 1);
            paragraph.pop();
            turn.insert(paragraph_index + 1, rest);
        }
        Edit::NewTurn if paragraph_index > 0 => {
            let rest = turn.split_off(paragraph_index);
            talk.insert(turn_index + 1, rest);
        }
        Edit::Join if paragraph_index + 1 < turn.len() => {
            let rest = turn.remove(paragraph_index + 1);
            turn[paragraph_index].push((' ', None));
            turn[paragraph_index].extend(rest);
        }
        _ => {}
    }
}

/// What came of a number of anchors.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    orphaned: usize,
    /// Orphaned, and the quote is indeed gone.
    rightly: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong + self.orphaned).max(1) as f64
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { right, wrong, orphaned, rightly } = self;
        write!(
            f,
            "precision {:.4}  recall {:.4}  ({right} right, {wrong} wrong, {orphaned} orphaned, {rightly} rightly)",
            self.precision(),
            self.recall()
        )
    }
}

/// Counts one anchor: `truth` is where the quote's characters went, `found` where it was placed, both in characters.
fn count(tally: &mut Tally, truth: Option<&Range<usize>>, found: Option<&Range<usize>>) {
    match (truth, found) {
        (Some(truth), Some(found)) => {
            let shared = truth.end.min(found.end).saturating_sub(truth.start.max(found.start));
            let all = truth.end.max(found.end) - truth.start.min(found.start);
            if shared * 2 >= all { tally.right += 1 } else { tally.wrong += 1 }
        }
        (None, Some(_)) => tally.wrong += 1,
        (Some(_), None) => tally.orphaned += 1,
        (None, None) => tally.rightly += 1,
    }
}

/// The nearest match by score, whatever the score.
fn without_a_floor(text: &str, anchor: &Anchor, expected: f64) -> Option<Range<usize>> {
    let chars: Vec<char> = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let quote: Vec<char> = anchor.quote.replace("\n\n", " ").chars().collect();
    let mut hits = myers::search(&quote, &chars, 0);
    if hits.is_empty() {
        hits = myers::search(&quote, &chars, 256.min(quote.len() / 2));
    }
    let around = |wanted: &str, actual: &[char]| -> f64 {
        let wanted: Vec<char> = wanted.chars().collect();
        match wanted.is_empty() {
            true => 1.0,
            false => {
                let best = myers::search(&wanted, actual, wanted.len()).iter().map(|hit| hit.distance).min();
                1.0 - best.unwrap_or(wanted.len()) as f64 / wanted.len() as f64
            }
        }
    };
    let score = |hit: &myers::Hit| -> f64 {
        let quote_score = 1.0 - hit.distance as f64 / quote.len().max(1) as f64;
        let left = &chars[hit.range.start.saturating_sub(anchor.before.chars().count())..hit.range.start];
        let right = &chars[hit.range.end..(hit.range.end + anchor.after.chars().count()).min(chars.len())];
        let place = 1.0 - (hit.range.start as f64 / chars.len().max(1) as f64 - expected).abs();
        (50.0 * quote_score + 20.0 * around(&anchor.before, left) + 20.0 * around(&anchor.after, right) + 2.0 * place)
            / 92.0
    };
    hits.iter().max_by(|a, b| score(a).total_cmp(&score(b))).map(|hit| hit.range.clone())
}

struct Measured {
    ours: Tally,
    theirs: Tally,
    /// Ours for quotes too short to be found approximately.
    short: Tally,
}

fn measure(rounds: u64, anchors_each: usize, edits_each: usize, kinds: &[Edit]) -> Measured {
    let mut measured = Measured { ours: Tally::default(), theirs: Tally::default(), short: Tally::default() };
    for round in 0..rounds {
        let mut dice = Dice(0x9E37_79B9 ^ (round + 1) << 20);
        let words = vocabulary(&mut dice);
        let mut talk = talk(&mut dice, &words, 40);
        let before = interview(&talk);
        let numbers_before = numbers(&talk);
        let characters = numbers_before.len() - 1;
        let mut anchors = Vec::new();
        for _ in 0..anchors_each {
            let length = [3, 8, 20, 45, 90, 200][dice.next(6)];
            let start = dice.next(characters.saturating_sub(length + 1));
            let byte = |character| super::byte_of_character(before.text(), character).unwrap();
            let span = Span::new(before.position_of_byte(byte(start)), before.position_of_byte(byte(start + length)));
            let anchor = describe(&before, span);
            let at = |position| super::characters_before(before.text(), before.byte_of_position(position));
            let found = resolve_all(&before, [&anchor])[0].span().unwrap();
            let quoted: Vec<usize> = numbers_before[at(found.start)..at(found.end)].iter().flatten().copied().collect();
            anchors.push((anchor, quoted, at(found.start) as f64 / characters as f64));
        }
        for _ in 0..edits_each {
            let kind = *dice.pick(kinds);
            edit(&mut talk, kind, &mut dice, &words);
        }
        talk.iter_mut().for_each(|turn| turn.retain(|paragraph| !paragraph.is_empty()));
        talk.retain(|turn| !turn.is_empty());
        let after = interview(&talk);
        let numbers_after = numbers(&talk);
        let found = resolve_all(&after, anchors.iter().map(|(anchor, ..)| anchor));
        for ((anchor, quoted, expected), resolution) in anchors.iter().zip(&found) {
            let mut places: Vec<usize> = Vec::new();
            for (place, number) in numbers_after.iter().enumerate() {
                if number.is_some_and(|number| quoted.binary_search(&number).is_ok()) {
                    places.push(place);
                }
            }
            // A quote of which less than half is left is gone; one that was torn apart is where its larger part is.
            let parts = places.chunk_by(|a, b| b - a < 120);
            let largest = parts.max_by_key(|part| part.len()).filter(|part| part.len() * 2 >= quoted.len());
            let truth = largest.and_then(|part| Some(*part.first()?..*part.last()? + 1));
            let placed = resolution.span().map(|span| {
                let at = |position| super::characters_before(after.text(), after.byte_of_position(position));
                at(span.start)..at(span.end)
            });
            if anchor.quote.trim().is_empty() {
                continue;
            }
            count(&mut measured.ours, truth.as_ref(), placed.as_ref());
            count(&mut measured.theirs, truth.as_ref(), without_a_floor(after.text(), anchor, *expected).as_ref());
            if anchor.quote.chars().count() < 20 {
                count(&mut measured.short, truth.as_ref(), placed.as_ref());
            }
        }
    }
    measured
}

#[test]
fn edited_transcripts_keep_their_notes_in_the_right_places() {
    let rounds = rounds().unwrap_or(3);
    for (name, edits) in [("12 edits", 12), ("60 edits", 60)] {
        let Measured { ours, theirs, short } = measure(rounds, 40, edits, &EDITS);
        eprintln!("{name}: ours                {ours}");
        eprintln!("{name}: ours, under 20      {short}");
        eprintln!("{name}: no floor, no margin {theirs}");
        assert!(ours.precision() >= 0.98, "{ours}");
        assert!(ours.recall() >= 0.85, "{ours}");
        assert!(ours.precision() >= theirs.precision(), "{ours}\n{theirs}");
    }
}

#[test]
fn each_kind_of_edit_leaves_notes_in_the_right_places() {
    for kind in EDITS {
        let Measured { ours, theirs, .. } = measure(rounds().unwrap_or(1), 20, 20, &[kind]);
        eprintln!("{kind:?}: ours                {ours}");
        eprintln!("{kind:?}: no floor, no margin {theirs}");
        assert!(ours.precision() >= 0.97, "{kind:?}: {ours}");
        assert!(ours.recall() >= 0.85, "{kind:?}: {ours}");
    }
}

/// How often each measurement is made, where somebody has said so.
fn rounds() -> Option<u64> {
    std::env::var("INTERLEAF_ROUNDS").ok()?.parse().ok()
}

#[test]
fn nothing_changed_moves_nothing() {
    let mut dice = Dice(7);
    let words = vocabulary(&mut dice);
    let before = interview(&talk(&mut dice, &words, 30));
    for paragraph in before.paragraphs() {
        let length = before.paragraph(paragraph).len() as u32;
        for (start, end) in [(0, length), (0, 3.min(length)), (length / 2, length)] {
            let at = |offset| crate::model::Position { paragraph, offset };
            let anchor = describe(&before, Span::new(at(start), at(end)));
            assert!(matches!(resolve_all(&before, [&anchor])[0], Resolution::Anchored(_)), "{anchor:?}");
        }
    }
}
