//! Where one topic gives way to the next, told from the words.
//!
//! The method is the one of M. Utiyama and H. Isahara, *A Statistical Model for Domain-Independent Text Segmentation*
//! (ACL 2001): the best cuts are those that make each stretch's own words cheapest to tell, against a price for every
//! cut. What speaks for a cut at a place beside its words (a long question, a phrase that announces a topic) lowers
//! that price.

use std::ops::Range;

/// A stretch of text that is not cut.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its words, as a range of the numbers given to [`segment`].
    pub(super) words: Range<u32>,
    /// What speaks for a cut before it, in the measure of [`segment`]'s `price`.
    pub(super) bonus: f32,
}

/// Words of the longest stretch that is looked at; longer topics are cut.
const LONGEST: usize = 3000;

/// So many topics a document can have where all are as long as can be; a very long document has longer topics.
const TOPICS: usize = 100;

/// How often [`segment_into`] looks for the price.
const STEPS: usize = 7;

/// The units that open a stretch, the first one always. `words` are the numbers of all words in order, all below
/// `vocabulary`; `price` is what a cut costs, in units of the logarithm of the number of words.
///
/// Takes time in proportion to the number of units and to [`LONGEST`].
pub(super) fn segment(units: &[Unit], words: &[u32], vocabulary: usize, price: f32) -> Vec<usize> {
    let of = |unit: &Unit| words.get(unit.words.start as usize..unit.words.end as usize).unwrap_or_default();
    let total = words.len().max(2) as f32;
    let longest = LONGEST.max(words.len() / TOPICS);
    let gains: Vec<f32> = (0..1024).map(gain).collect();
    // For each word the start for which it was counted last, and how often.
    let mut counts = vec![(u32::MAX, 0_u32); vocabulary];
    let mut best = vec![f32::INFINITY; units.len() + 1];
    let mut from = vec![0_usize; units.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = 0.0;
    }
    for start in 0..units.len() {
        let before = best[start] + (price - units[start].bonus) * total.ln();
        let mut length = 0_usize;
        let mut gained = 0.0;
        let mut end = start;
        while end < units.len() && (length < longest || end == start) {
            for &word in of(&units[end]) {
                let Some((counted_for, count)) = counts.get_mut(word as usize) else { continue };
                if *counted_for != start as u32 {
                    (*counted_for, *count) = (start as u32, 0);
                }
                gained += gains.get(*count as usize).copied().unwrap_or_else(|| gain(*count));
                *count += 1;
                length += 1;
            }
            end += 1;
            let cost = before + length as f32 * ((length + vocabulary) as f32).ln() - gained;
            if cost < best[end] {
                best[end] = cost;
                from[end] = start;
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = units.len();
    while end > 0 {
        end = from[end];
        cuts.push(end);
    }
    cuts.reverse();
    cuts
}

/// What one more mention of a word that was met `count` times makes the stretch cheaper.
fn gain(count: u32) -> f32 {
    let count = f64::from(count);
    ((count + 1.0) * (count + 2.0).ln() - count * (count + 1.0).ln()) as f32
}

/// As [`segment`], with the price that makes about `wanted` stretches.
pub(super) fn segment_into(wanted: usize, units: &[Unit], words: &[u32], vocabulary: usize) -> Vec<usize> {
    let (mut low, mut high) = (-4.0_f32, 8.0_f32);
    let mut found = vec![0];
    for _ in 0..STEPS {
        let price = (low + high) / 2.0;
        found = segment(units, words, vocabulary, price);
        match found.len() {
            count if count > wanted => low = price,
            count if count < wanted => high = price,
            _ => break,
        }
    }
    found
}

/// The stretches that begin at `cuts` as units of their own.
pub(super) fn joined(units: &[Unit], cuts: &[usize]) -> Vec<Unit> {
    let ends = cuts.iter().skip(1).copied().chain([units.len()]);
    let joined = cuts.iter().zip(ends).filter_map(|(start, end)| {
        let (first, last) = (units.get(*start)?, units.get(end.checked_sub(1)?)?);
        Some(Unit { words: first.words.start..last.words.end, bonus: first.bonus })
    });
    joined.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(lengths: &[u32]) -> Vec<Unit> {
        let mut at = 0;
        lengths
            .iter()
            .map(|length| {
                at += length;
                Unit { words: at - length..at, bonus: 0.0 }
            })
            .collect()
    }

    #[test]
    fn cuts_where_the_words_change() {
        let words: Vec<u32> = [[0, 1, 2].repeat(8), [3, 4, 5].repeat(8)].concat();
        let units = units(&[6; 8]);
        assert_eq!(segment(&units, &words, 6, 1.0), [0, 4]);
        assert_eq!(segment(&units, &words, 6, 100.0), [0]);
        assert_eq!(segment_into(2, &units, &words, 6), [0, 4]);
    }

    #[test]
    fn a_bonus_moves_a_cut_between_equals() {
        let words: Vec<u32> = (0..48).map(|word| word % 3).collect();
        let mut units = units(&[6; 8]);
        units[5].bonus = 9.0;
        assert_eq!(segment(&units, &words, 3, 1.0), [0, 5]);
    }

    #[test]
    fn stretches_are_units_for_longer_ones() {
        let units = units(&[6; 4]);
        let words: Vec<_> = joined(&units, &[0, 3]).into_iter().map(|unit| unit.words).collect();
        assert_eq!(words, [0..18, 18..24]);
    }

    #[test]
    fn no_words_are_no_trouble() {
        assert_eq!(segment(&[], &[], 0, 1.0), Vec::<usize>::new());
        assert_eq!(segment(&units(&[0, 0]), &[], 0, 1.0), [0]);
    }
}
