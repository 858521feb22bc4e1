//! Approximate search: where a text comes nearest to a pattern, counted in characters put in, left out or changed.
//!
//! Myers, "A fast bit-vector algorithm for approximate string matching" (1999), with the pattern cut into blocks of
//! 64 characters as in Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003).

use std::collections::HashMap;
use std::ops::Range;

/// A stretch of the text, in characters, and its distance from the pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) distance: usize,
}

/// The best stretches of `text` within `limit` edits of `pattern`, at most one for each pattern's length of text.
pub(super) fn search(pattern: &[char], text: &[char], limit: usize) -> Vec<Hit> {
    if pattern.is_empty() {
        return Vec::new();
    }
    let forward = Pattern::new(pattern.iter().copied());
    let mut ends: Vec<(usize, usize)> = Vec::new();
    forward.run(text.iter().copied(), Start::Anywhere, |index, distance| {
        if distance > limit {
            return;
        }
        match ends.last_mut() {
            // Of ends so near to each other that they mean the same stretch, the nearest match counts.
            Some(last) if index + 1 - last.0 < pattern.len() => {
                if distance < last.1 {
                    *last = (index + 1, distance);
                }
            }
            _ => ends.push((index + 1, distance)),
        }
    });
    let backward = Pattern::new(pattern.iter().rev().copied());
    let begin = |(end, distance): (usize, usize)| {
        let reach = end.saturating_sub(pattern.len() + distance);
        let mut best = (usize::MAX, true, usize::MAX, end);
        backward.run(text[reach..end].iter().rev().copied(), Start::First, |index, distance| {
            let length = index + 1;
            let start = end - length;
            best = best.min((distance, text[start] != pattern[0], length.abs_diff(pattern.len()), start));
        });
        Hit { range: best.3..end, distance }
    };
    ends.into_iter().map(begin).collect()
}

/// Where a match may start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Anywhere,
    First,
}

/// A pattern's characters as bit masks, one word for each 64 of them.
struct Pattern {
    length: usize,
    blocks: usize,
    ascii: Vec<u64>,
    others: HashMap<char, Vec<u64>>,
    absent: Vec<u64>,
}

impl Pattern {
    fn new(pattern: impl ExactSizeIterator<Item = char>) -> Self {
        let length = pattern.len();
        let blocks = length.div_ceil(64);
        let mut ascii = vec![0; 128 * blocks];
        let mut others: HashMap<char, Vec<u64>> = HashMap::new();
        for (index, c) in pattern.enumerate() {
            let masks = match c.is_ascii() {
                true => &mut ascii[c as usize * blocks..][..blocks],
                false => others.entry(c).or_insert_with(|| vec![0; blocks]).as_mut_slice(),
            };
            masks[index / 64] |= 1 << (index % 64);
        }
        Self { length, blocks, ascii, others, absent: vec![0; blocks] }
    }

    fn masks(&self, c: char) -> &[u64] {
        match c.is_ascii() {
            true => &self.ascii[c as usize * self.blocks..][..self.blocks],
            false => self.others.get(&c).unwrap_or(&self.absent),
        }
    }

    /// Calls `at` with each index of the text and the distance of the nearest stretch that ends with it.
    fn run(&self, text: impl Iterator<Item = char>, start: Start, mut at: impl FnMut(usize, usize)) {
        let mut plus = vec![u64::MAX; self.blocks];
        let mut minus = vec![0u64; self.blocks];
        let mut distance = self.length;
        let last_bit = 1u64 << ((self.length - 1) % 64);
        for (index, c) in text.enumerate() {
            // What the block below hands up: whether its last row grew or shrank by one. For the first block, what a
            // character before the match costs.
            let (mut carry_plus, mut carry_minus) = (u64::from(start == Start::First), 0u64);
            let masks = self.masks(c);
            for block in 0..self.blocks {
                let (p, m) = (plus[block], minus[block]);
                let equal = masks[block];
                let vertical = equal | m;
                let equal = equal | carry_minus;
                let horizontal = ((equal & p).wrapping_add(p) ^ p) | equal;
                let mut up = m | !(horizontal | p);
                let mut down = p & horizontal;
                if block + 1 == self.blocks {
                    distance = distance + usize::from(up & last_bit != 0) - usize::from(down & last_bit != 0);
                }
                let (next_plus, next_minus) = (up >> 63, down >> 63);
                up = up << 1 | carry_plus;
                down = down << 1 | carry_minus;
                plus[block] = down | !(vertical | up);
                minus[block] = up & vertical;
                (carry_plus, carry_minus) = (next_plus, next_minus);
            }
            at(index, distance);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook's table, last row: the distance of the nearest stretch that ends at each character.
    fn by_table(pattern: &[char], text: &[char]) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut last_row = Vec::new();
        for &c in text {
            let mut diagonal = column[0];
            for row in 1..column.len() {
                let change = diagonal + usize::from(pattern[row - 1] != c);
                diagonal = column[row];
                column[row] = change.min(column[row] + 1).min(column[row - 1] + 1);
            }
            last_row.push(column[pattern.len()]);
        }
        last_row
    }

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn finds_a_quote_with_a_typo_and_a_word_put_in() {
        let text = chars("and then we never once lost the lmap in a storm, she said");
        let hits = search(&chars("we never lost the lamp in a storm"), &text, 10);
        assert_eq!(hits.len(), 1);
        assert_eq!(text[hits[0].range.clone()].iter().collect::<String>(), "we never once lost the lmap in a storm");
        assert_eq!(hits[0].distance, 7);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn agrees_with_the_table(pattern in "[abcé]{1,150}", text in "[abcé]{0,200}") {
            let (pattern, text) = (chars(&pattern), chars(&text));
            let mut seen = Vec::new();
            Pattern::new(pattern.iter().copied()).run(text.iter().copied(), Start::Anywhere, |_, distance| seen.push(distance));
            prop_assert_eq!(seen, by_table(&pattern, &text));
        }
    }
}
