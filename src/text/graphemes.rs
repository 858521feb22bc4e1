//! Grapheme clusters and the boundaries between them.
//!
//! A boundary is found from its neighbourhood, so that a step costs the same anywhere in a paragraph of a megabyte.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::plain::is_plain;

/// The grapheme clusters of `text` with their byte offsets.
pub fn graphemes(text: &str) -> Graphemes<'_> {
    Graphemes { text, rest: 0..text.len() }
}

/// The grapheme clusters of a text, from either end.
#[derive(Clone, Debug)]
pub struct Graphemes<'a> {
    text: &'a str,
    rest: Range<usize>,
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.rest.start;
        let length = cluster_length(&self.text[self.rest.clone()]);
        self.rest.start += length;
        (length > 0).then(|| (at, &self.text[at..at + length]))
    }
}

impl DoubleEndedIterator for Graphemes<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let end = self.rest.end;
        let at = previous_boundary(self.text, end).max(self.rest.start);
        self.rest.end = at;
        (at < end).then(|| (at, &self.text[at..end]))
    }
}

/// The grapheme boundary after `offset`, or the text's end.
pub fn next_boundary(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let mut chars = text[offset..].chars();
    let Some(first) = chars.next() else { return text.len() };
    match chars.next() {
        None => text.len(),
        Some(second) if is_plain(first) && is_plain(second) => offset + first.len_utf8(),
        Some(_) => {
            let mut cursor = GraphemeCursor::new(offset, text.len(), true);
            cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
        }
    }
}

/// The grapheme boundary before `offset`, or 0.
pub fn previous_boundary(text: &str, offset: usize) -> usize {
    let inside = offset.min(text.len());
    let offset = floor(text, inside);
    if offset < inside {
        return boundary_at(text, offset);
    }
    let mut chars = text[..offset].chars();
    let Some(last) = chars.next_back() else { return 0 };
    match chars.next_back() {
        None => 0,
        Some(before) if is_plain(before) && is_plain(last) => offset - last.len_utf8(),
        Some(_) => {
            let mut cursor = GraphemeCursor::new(offset, text.len(), true);
            cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
        }
    }
}

/// The grapheme boundary at or before `offset`.
pub fn boundary_at(text: &str, offset: usize) -> usize {
    if is_between_ascii(text, offset) {
        return offset;
    }
    let offset = floor(text, offset);
    if is_boundary(text, offset) { offset } else { previous_boundary(text, offset) }
}

/// The grapheme boundary at or after `offset`, or the text's end.
pub fn boundary_from(text: &str, offset: usize) -> usize {
    if is_between_ascii(text, offset) {
        return offset;
    }
    let at = floor(text, offset);
    if at == offset && is_boundary(text, at) { at } else { next_boundary(text, at) }
}

/// Whether a grapheme ends at `offset`, which is a character's edge.
pub(crate) fn is_boundary(text: &str, offset: usize) -> bool {
    let (before, after) = text.split_at(offset);
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) if is_plain(before) && is_plain(after) => true,
        (Some(_), Some(_)) => GraphemeCursor::new(offset, text.len(), true).is_boundary(text, 0).unwrap_or(true),
        _ => true,
    }
}

/// Whether printable ASCII stands on both sides of `offset`, where a grapheme always ends.
fn is_between_ascii(text: &str, offset: usize) -> bool {
    let around = offset.checked_sub(1).and_then(|before| text.as_bytes().get(before..=offset));
    around.is_some_and(|around| around.iter().all(|byte| (0x20..0x7f).contains(byte)))
}

/// The start of the character that `offset` is in, or the text's end.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Bytes of the grapheme that `text` begins with.
fn cluster_length(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    match chars.next() {
        None => text.len(),
        Some(second) if is_plain(first) && is_plain(second) => first.len_utf8(),
        Some(_) => text.graphemes(true).next().map_or(0, str::len),
    }
}

#[cfg(test)]
mod tests;
