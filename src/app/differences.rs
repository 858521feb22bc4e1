//! Which words of two texts differ: what stands in one and not, in that order, in the other.

use std::ops::Range;

/// Comparisons of two words that are made at most; of longer texts only the common beginning and end are left out.
const MOST: usize = 4_000_000;

/// The bytes of each text that differ from the other, whole words, in order; neighbours are one stretch.
pub(super) fn differing(one: &str, other: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (ones, others) = (words(one), words(other));
    let same = |a: &Range<usize>, b: &Range<usize>| one[a.clone()] == other[b.clone()];
    let head = ones.iter().zip(&others).take_while(|(a, b)| same(a, b)).count();
    let rest = ones.len().min(others.len()) - head;
    let tail = ones.iter().rev().zip(others.iter().rev()).take(rest).take_while(|(a, b)| same(a, b)).count();
    let (ones, others) = (&ones[head..ones.len() - tail], &others[head..others.len() - tail]);
    if ones.len().saturating_mul(others.len()) > MOST {
        return (joined(one, ones), joined(other, others));
    }
    // The length of the longest common sequence of what follows, for each place in both.
    let width = others.len() + 1;
    let mut lengths = vec![0u32; (ones.len() + 1) * width];
    for (row, a) in ones.iter().enumerate().rev() {
        for (column, b) in others.iter().enumerate().rev() {
            let at = row * width + column;
            lengths[at] = match same(a, b) {
                true => lengths[at + width + 1] + 1,
                false => lengths[at + width].max(lengths[at + 1]),
            };
        }
    }
    let (mut in_one, mut in_other) = (Vec::new(), Vec::new());
    let (mut row, mut column) = (0, 0);
    while row < ones.len() && column < others.len() {
        let at = row * width + column;
        if same(&ones[row], &others[column]) {
            (row, column) = (row + 1, column + 1);
        } else if lengths[at + width] >= lengths[at + 1] {
            in_one.push(ones[row].clone());
            row += 1;
        } else {
            in_other.push(others[column].clone());
            column += 1;
        }
    }
    in_one.extend_from_slice(&ones[row..]);
    in_other.extend_from_slice(&others[column..]);
    (joined(one, &in_one), joined(other, &in_other))
}

/// Stretches without blanks. A character of a script that is written without blanks is a word of its own.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut ends_word = true;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let stands_alone = c >= '\u{2e80}';
        if c.is_whitespace() {
            ends_word = true;
            continue;
        }
        match words.last_mut() {
            Some(word) if !ends_word && !stands_alone => word.end = end,
            _ => words.push(at..end),
        }
        ends_word = stands_alone;
    }
    words
}

/// Words with nothing but blanks between them made one.
fn joined(text: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(last) if text[last.end..word.start].chars().all(|c| c == ' ') => last.end = word.end,
            _ => joined.push(word.clone()),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(one: &str, other: &str) -> (String, String) {
        let (in_one, in_other) = differing(one, other);
        let mark = |text: &str, ranges: &[Range<usize>]| {
            let mut out = String::new();
            let mut done = 0;
            for range in ranges {
                out.push_str(&format!("{}[{}]", &text[done..range.start], &text[range.clone()]));
                done = range.end;
            }
            out + &text[done..]
        };
        (mark(one, &in_one), mark(other, &in_other))
    }

    #[test]
    fn words_that_differ_are_told() {
        let said = |one, other| marked(one, other);
        assert_eq!(
            said("Ask the harbour for the log.", "Ask the old museum for the log."),
            ("Ask the [harbour] for the log.".to_owned(), "Ask the [old museum] for the log.".to_owned())
        );
        assert_eq!(said("a b", "a b"), ("a b".to_owned(), "a b".to_owned()));
        assert_eq!(said("", "new"), (String::new(), "[new]".to_owned()));
        assert_eq!(said("same\nthen", "same\nnow"), ("same\n[then]".to_owned(), "same\n[now]".to_owned()));
        assert_eq!(said("雨下了十一天", "雨下了十二天"), ("雨下了十[一]天".to_owned(), "雨下了十[二]天".to_owned()));
        assert_eq!(said("a b c d", "b d e"), ("[a] b [c] d".to_owned(), "b d [e]".to_owned()));
    }
}
