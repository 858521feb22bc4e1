//! The text of one side of an interview, searched for many quotes in one pass.
//!
//! Paragraphs stand in the buffer with one line feed between. A search takes that line feed for a space, so that a
//! quote is found whether its paragraphs have been split or joined since.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::model::{Interview, ParagraphIndex, Position, Side, Span};

/// Bytes of a [`Key`].
pub(super) const KEY: usize = 8;

/// Eight bytes of text with line feeds as spaces.
pub(super) type Key = u64;

/// One side of an interview. All offsets are bytes of the interview's buffer.
#[derive(Clone, Debug)]
pub(super) struct Haystack<'a> {
    interview: &'a Interview,
    pub(super) range: Range<usize>,
}

impl<'a> Haystack<'a> {
    /// The originals or the translations.
    pub(super) fn new(interview: &'a Interview, side: Side) -> Self {
        let originals = interview.paragraph_count();
        let end = originals.checked_sub(1).map_or(0, |last| interview.range(ParagraphIndex(last)).end);
        let range = match side {
            Side::Original => 0..end,
            Side::Translation => interview.range(ParagraphIndex(originals)).start..interview.text().len(),
        };
        Self { interview, range }
    }

    /// The whole buffer, to be indexed with offsets inside [`range`](Self::range).
    pub(super) fn text(&self) -> &'a str {
        self.interview.text()
    }

    /// Whether `needle` stands at `start`.
    pub(super) fn stands_at(&self, start: usize, needle: &str) -> bool {
        let Some(end) = start.checked_add(needle.len()).filter(|&end| end <= self.range.end) else { return false };
        start >= self.range.start && eq(&self.text().as_bytes()[start..end], needle.as_bytes())
    }

    /// Calls `found` with every place where one of `keys` stands, in order, and what it is mapped to.
    pub(super) fn scan<T>(&self, keys: &HashMap<Key, Vec<T>>, mut found: impl FnMut(usize, &[T])) {
        if keys.is_empty() {
            return;
        }
        let mut filter = vec![0u64; 1024];
        for &key in keys.keys() {
            let (word, bit) = filter_slot(key);
            filter[word] |= bit;
        }
        let mut window: Key = 0;
        for (index, &byte) in self.text().as_bytes()[self.range.clone()].iter().enumerate() {
            window = window << 8 | u64::from(blank(byte));
            let (word, bit) = filter_slot(window);
            if filter[word] & bit != 0
                && index + 1 >= KEY
                && let Some(values) = keys.get(&window)
            {
                found(self.range.start + index + 1 - KEY, values);
            }
        }
    }

    /// All places of a needle that is too short for a key.
    pub(super) fn find_short(&self, needle: &str) -> Vec<usize> {
        let text = &self.text().as_bytes()[self.range.clone()];
        let Some(&first) = needle.as_bytes().first() else { return Vec::new() };
        let starts: Box<dyn Iterator<Item = usize>> = match first {
            b' ' => Box::new(memchr::memchr2_iter(b' ', b'\n', text)),
            _ => Box::new(memchr::memchr_iter(first, text)),
        };
        starts.map(|at| self.range.start + at).filter(|&at| self.stands_at(at, needle)).collect()
    }

    /// A span with both ends moved outward to grapheme boundaries; `bytes` begin and end on characters.
    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        let text = self.text();
        let mut start = self.interview.position_of_byte(bytes.start);
        let mut end = self.interview.position_of_byte(bytes.end);
        if start.offset as usize == self.interview.paragraph(start.paragraph).len() && start.paragraph < end.paragraph {
            start = Position::start_of(ParagraphIndex(start.paragraph.0 + 1));
        }
        if end.offset == 0 && start.paragraph < end.paragraph {
            end = self.interview.position_of_byte(bytes.end - 1);
        }
        for (position, outward) in [(&mut start, -1), (&mut end, 1)] {
            let paragraph = self.interview.range(position.paragraph);
            let offset = snap(&text[paragraph], position.offset as usize, outward);
            position.offset = offset as u32;
        }
        Span { start, end }
    }

    /// Whether a paragraph begins at `byte`.
    pub(super) fn begins_paragraph(&self, byte: usize) -> bool {
        byte <= self.range.start || self.text().as_bytes().get(byte - 1) == Some(&b'\n')
    }

    /// Whether a paragraph ends at `byte`.
    pub(super) fn ends_paragraph(&self, byte: usize) -> bool {
        byte >= self.range.end || self.text().as_bytes().get(byte) == Some(&b'\n')
    }
}

/// The key at the head of `bytes`; `None` where there are not enough.
pub(super) fn key(bytes: &[u8]) -> Option<Key> {
    let head = bytes.get(..KEY)?;
    Some(head.iter().fold(0, |key, &byte| key << 8 | u64::from(blank(byte))))
}

/// The grapheme boundary at `offset`, or the next one backward (`outward` negative) or forward.
pub(super) fn snap(text: &str, offset: usize, outward: i8) -> usize {
    let mut offset = offset.min(text.len());
    let bytes = text.as_bytes();
    let ascii = |at: usize| bytes.get(at).is_none_or(u8::is_ascii);
    if offset == 0 || (ascii(offset) && ascii(offset - 1) && bytes.get(offset) != Some(&b'\n')) {
        return offset;
    }
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return offset;
    }
    let moved = if outward < 0 { cursor.prev_boundary(text, 0) } else { cursor.next_boundary(text, 0) };
    moved.ok().flatten().unwrap_or(if outward < 0 { 0 } else { text.len() })
}

/// Eight bytes at a time: of thousands of quotes that begin alike, nearly all differ in the next few words.
fn eq(text: &[u8], needle: &[u8]) -> bool {
    let same = |text: &[u8], needle: &[u8]| text.iter().zip(needle).all(|(&a, &b)| blank(a) == blank(b));
    let (texts, needles) = (text.chunks_exact(KEY), needle.chunks_exact(KEY));
    text.len() == needle.len()
        && same(texts.remainder(), needles.remainder())
        && texts.zip(needles).all(|(text, needle)| text == needle || same(text, needle))
}

const fn blank(byte: u8) -> u8 {
    if byte == b'\n' { b' ' } else { byte }
}

fn filter_slot(key: Key) -> (usize, u64) {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InterviewBuilder;

    #[test]
    fn the_line_between_paragraphs_reads_as_a_space() {
        let mut builder = InterviewBuilder::default();
        builder.turn(None, None).paragraph("The relay failed.").paragraph("Nobody came.").translation("没有人来。");
        let interview = builder.build();
        let originals = Haystack::new(&interview, Side::Original);
        assert!(originals.stands_at(10, "failed. Nobody"));
        assert!(!originals.stands_at(10, "failed. Nobody came. "));
        assert!(!originals.stands_at(usize::MAX, "x"));
        let mut found = Vec::new();
        let keys = HashMap::from([(key(b"d. Nobody came").unwrap(), vec![7]), (key(b"The relay").unwrap(), vec![8])]);
        originals.scan(&keys, |at, values| found.extend(values.iter().map(|&value| (at, value))));
        assert_eq!(found, [(0, 8), (15, 7)]);
        assert_eq!(originals.find_short(". N"), [16]);
        assert_eq!(Haystack::new(&interview, Side::Translation).find_short("人"), [37]);
    }

    #[test]
    fn a_cluster_is_never_cut() {
        let text = "cafe\u{301} 👩‍👩‍👧!";
        assert_eq!(snap(text, 4, -1), 3);
        assert_eq!(snap(text, 4, 1), 6);
        assert_eq!(snap(text, 9, -1), 7);
        assert_eq!(snap(text, 11, 1), text.len() - 1);
        assert_eq!(snap(text, 2, -1), 2);
        assert_eq!(snap(text, 99, 1), text.len());
    }
}
