//! Graphemes, words and sentences, and the way from one to the next.
//!
//! All offsets are bytes and all functions accept offsets off a boundary, which they move to the one before.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The grapheme clusters of `text` with their byte offsets.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    text.grapheme_indices(true)
}

/// The grapheme boundary after `offset`, or the text's end.
pub fn next_boundary(text: &str, offset: usize) -> usize {
    text.grapheme_indices(true).map(|(at, _)| at).find(|&at| at > offset).unwrap_or(text.len())
}

/// The grapheme boundary before `offset`, or 0.
pub fn previous_boundary(text: &str, offset: usize) -> usize {
    text.grapheme_indices(true).map(|(at, _)| at).take_while(|&at| at < offset).last().unwrap_or(0)
}

/// The start of the next word after `offset`, or `None` where there is none.
pub fn next_word_start(text: &str, offset: usize) -> Option<usize> {
    text.unicode_word_indices().map(|(at, _)| at).find(|&at| at > offset)
}

/// The start of the word at or before `offset` but not at it, or `None`.
pub fn previous_word_start(text: &str, offset: usize) -> Option<usize> {
    text.unicode_word_indices().map(|(at, _)| at).take_while(|&at| at < offset).last()
}

/// The offset of the last grapheme of the word that ends after `offset`, as vim's `e`.
pub fn next_word_end(text: &str, offset: usize) -> Option<usize> {
    text.unicode_word_indices().map(|(at, word)| at + previous_boundary(word, word.len())).find(|&last| last > offset)
}

/// The word around `offset`.
pub fn word_at(text: &str, offset: usize) -> Option<Range<usize>> {
    text.unicode_word_indices().map(|(at, word)| at..at + word.len()).find(|word| word.contains(&offset))
}

/// The sentences of a paragraph, each with the blanks behind it.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    text.split_sentence_bound_indices().map(|(at, sentence)| at..at + sentence.len()).collect()
}

/// The sentence around `offset`, without the blanks behind it. Empty for empty text.
pub fn sentence_at(text: &str, offset: usize) -> Range<usize> {
    let found = sentences(text).into_iter().rfind(|sentence| sentence.start <= offset).unwrap_or(0..text.len());
    found.start..found.start + text[found.clone()].trim_end().len()
}

/// Number of words, where a Han, kana or Hangul-free run counts by character as readers of those scripts count.
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}
