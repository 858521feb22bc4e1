//! Words, and the way from one to the next.
//!
//! Words are those of Unicode's segmentation (UAX #29) that hold a letter or a digit; in Han and kana, which write no
//! blanks, each character is one. A search for a word looks no further back than to the nearest place where a word is
//! sure to begin, which in almost all text is one word away.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::graphemes::{floor, previous_boundary};

/// Bytes that are looked through for a sure beginning before any character is taken for one.
const LOOK_BEHIND: usize = 4096;

/// The start of the next word after `offset`, or `None` where there is none.
pub fn next_word_start(text: &str, offset: usize) -> Option<usize> {
    words_from(text, sure_start(text, offset)).map(|word| word.start).find(|&start| start > offset)
}

/// The start of the word at or before `offset` but not at it, or `None`.
pub fn previous_word_start(text: &str, offset: usize) -> Option<usize> {
    let mut from = floor(text, offset);
    loop {
        from = sure_start(text, previous_character(text, from)?);
        let starts = words_from(text, from).map(|word| word.start);
        if let Some(found) = starts.take_while(|&start| start < offset).last() {
            return Some(found);
        }
    }
}

/// The offset of the last grapheme of the word that ends after `offset`, as vim's `e`.
pub fn next_word_end(text: &str, offset: usize) -> Option<usize> {
    words_from(text, sure_start(text, offset)).map(|word| previous_boundary(text, word.end)).find(|&last| last > offset)
}

/// The word around `offset`.
pub fn word_at(text: &str, offset: usize) -> Option<Range<usize>> {
    words_from(text, sure_start(text, offset)).take_while(|word| word.start <= offset).find(|word| offset < word.end)
}

/// Number of words: what stands between blanks and dashes, where Han and kana count by character, as their readers
/// count.
pub fn word_count(text: &str) -> usize {
    let mut count = 0;
    let mut counted = false;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let ascii = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        for &byte in &rest[..ascii] {
            let letter = byte.is_ascii_alphanumeric();
            count += usize::from(letter & !counted);
            counted = letter | (counted & (byte > b' '));
        }
        at += ascii;
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if is_counted_alone(c) {
            count += 1;
            counted = false;
        } else if c.is_alphanumeric() {
            count += usize::from(!counted);
            counted = true;
        } else if c.is_whitespace() || matches!(c, '\u{2013}'..='\u{2015}' | '…' | '\u{3001}'..='\u{301f}') {
            counted = false;
        }
    }
    count
}

/// The words of `text` from `start`, where a word may begin, on.
fn words_from(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    text[start..].unicode_word_indices().map(move |(at, word)| start + at..start + at + word.len())
}

/// The nearest place at or before `offset` where segmentation can begin without knowing what stands before.
fn sure_start(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let mut after = text[offset..].chars().next();
    for (at, c) in text[..offset].char_indices().rev() {
        let end = at + c.len_utf8();
        let sure = match (c, after) {
            (' ', Some(next)) => next.is_ascii_graphic() || next.is_alphanumeric(),
            (c, Some(next)) => is_ideograph(c) && is_ideograph(next),
            _ => false,
        };
        if sure || offset - at > LOOK_BEHIND {
            return end;
        }
        after = Some(c);
    }
    0
}

fn previous_character(text: &str, offset: usize) -> Option<usize> {
    text[..offset].char_indices().next_back().map(|(at, _)| at)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether `c` is a word of its own in a count.
fn is_counted_alone(c: char) -> bool {
    is_ideograph(c)
        || matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn w_b_and_e_step_over_blanks_and_marks() {
        let text = "Well, don't — go.";
        assert_eq!(next_word_start(text, 0), Some(6));
        assert_eq!(next_word_end(text, 0), Some(3));
        assert_eq!(next_word_end(text, 3), Some(10));
        assert_eq!(next_word_start(text, 6), Some(16));
        assert_eq!(previous_word_start(text, 16), Some(6));
        assert_eq!(previous_word_start(text, 8), Some(6));
        assert_eq!(previous_word_start(text, 0), None);
        assert_eq!(next_word_start(text, 16), None);
        assert_eq!(word_at(text, 8), Some(6..11));
        assert_eq!(word_at(text, 4), None);
    }

    #[test]
    fn han_steps_by_character() {
        let text = "我走了。";
        assert_eq!(next_word_start(text, 0), Some(3));
        assert_eq!(previous_word_start(text, 6), Some(3));
        assert_eq!(word_at(text, 4), Some(3..6));
    }

    #[test]
    fn words_are_counted_as_their_readers_count() {
        for (text, count) in [
            ("", 0),
            (" — ", 0),
            ("one", 1),
            ("don't stop", 2),
            ("a well-kept 3.5 e.g. lamp", 5),
            ("fog—and “storm”", 3),
            ("我记得 the lamp", 5),
            ("夏になる", 4),
            ("그때는 전기가", 2),
            ("élan vital", 2),
        ] {
            assert_eq!(word_count(text), count, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn looking_a_little_back_finds_what_looking_from_the_start_finds(
            text in "([a-z]{1,4}|[ .,'’-]|[我你]|カタ|\u{301}|🇩🇪|👩\u{200d}👧|[0-9]\\.|  ){0,24}",
            share in 0.0..1.0f64,
        ) {
            let offset = floor(&text, (text.len() as f64 * share) as usize);
            let words: Vec<_> = text.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect();
            prop_assert_eq!(next_word_start(&text, offset), words.iter().map(|w| w.start).find(|&s| s > offset));
            prop_assert_eq!(previous_word_start(&text, offset), words.iter().map(|w| w.start).rfind(|&s| s < offset));
            prop_assert_eq!(word_at(&text, offset), words.iter().find(|w| w.contains(&offset)).cloned());
        }
    }
}
