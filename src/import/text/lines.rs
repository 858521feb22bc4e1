//! A text's lines: where they end, what begins them, and whether they are broken to a width.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::import::heads::{self, Mark};
use crate::import::names::Shape;
use crate::model::Timecode;

/// A line that is not blank. Offsets are bytes of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// First byte, blanks at the ends left out.
    pub start: u32,
    /// First byte after.
    pub end: u32,
    /// First byte after the label and the timecode, if they are such.
    pub words: u32,
    /// First byte after the timecode and the mark alone, where a label without a colon is none.
    pub words_without_label: u32,
    /// 1-based.
    pub number: u32,
    /// The label; an index into [`Lines::candidates`].
    pub label: Option<u32>,
    /// The timecode.
    pub time: Option<Timecode>,
    /// Blanks before the first byte, 255 for more.
    pub indent: u8,
    /// A blank line stands before it.
    pub gap: bool,
    /// See [`heads::Head::bare_time`].
    pub bare_time: bool,
    /// See [`heads::Head::changed`].
    pub changed: bool,
    /// See [`heads::Head::dashed`].
    pub dashed: bool,
    /// See [`Mark::Alone`].
    pub alone: bool,
}

/// What may be a label, and how it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    /// The label.
    pub text: &'a str,
    /// What it looks like.
    pub shape: Shape,
    /// By what it is set off.
    pub mark: Mark,
    /// Lines that begin with it.
    pub count: u32,
    /// Index of the first such line.
    pub first: u32,
    /// Whether those lines are the same throughout, as repeated titles are.
    pub same: bool,
    /// Whether any of them carries a timecode.
    pub timed: bool,
    /// Lines that hold it and nothing else.
    pub alone: u32,
}

/// All lines of a text that are not blank.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    /// The text.
    pub text: &'a str,
    /// In order.
    pub lines: Vec<Line>,
    /// Each label once, in the order of their first lines.
    pub candidates: Vec<Candidate<'a>>,
    /// When the line before ends, where it says that.
    closed: Option<Timecode>,
}

/// Texts with more lines than this are not read.
pub(super) const MOST: usize = 6_000_000;

/// The text with every line ending in `\n` or `\r\n`, and without zero bytes.
pub(super) fn with_plain_ends(text: String) -> String {
    let bytes = text.as_bytes();
    let odd = memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
        || memchr::memchr2(0, 0x0C, bytes).is_some()
        || ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|end| memchr::memmem::find(bytes, end.as_bytes()).is_some());
    if !odd {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\u{C}' => plain.push_str("\n\n"),
            '\0' => plain.push('\u{FFFD}'),
            c => plain.push(c),
        }
    }
    plain
}

impl<'a> Lines<'a> {
    /// Scans `text`, whose lines end in `\n` or `\r\n`.
    pub(super) fn of(text: &'a str) -> Self {
        let mut scan = Self { text, lines: Vec::with_capacity(text.len() / 200), candidates: Vec::new(), closed: None };
        let mut known: HashMap<&'a str, u32> = HashMap::new();
        let mut gap = false;
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        for (number, end) in (1..).zip(ends) {
            let raw = text.get(start..end).unwrap_or_default();
            let line = raw.trim();
            if line.is_empty() {
                gap = true;
            } else {
                scan.add(raw, line, start, number, gap, &mut known);
                gap = false;
            }
            start = end + 1;
        }
        scan
    }

    fn add(
        &mut self,
        raw: &'a str,
        text: &'a str,
        offset: usize,
        number: u32,
        gap: bool,
        known: &mut HashMap<&'a str, u32>,
    ) {
        let indent = raw.len() - raw.trim_start().len();
        let (text, closing) = match heads::closing_stamp(text).filter(|(words, _)| !words.is_empty()) {
            Some((words, time)) => (words, Some(time)),
            None => (text, None),
        };
        let start = (offset + indent) as u32;
        let end = start + text.len() as u32;
        let index = self.lines.len() as u32;
        let mut line = Line {
            start,
            end,
            words: start,
            words_without_label: start,
            number,
            label: None,
            time: None,
            indent: indent.min(255) as u8,
            gap,
            bare_time: false,
            changed: false,
            dashed: false,
            alone: false,
        };
        if let Some(head) = heads::head(text) {
            line.words = end - head.words.len() as u32;
            line.words_without_label = line.words;
            line.time = head.time;
            line.bare_time = head.bare_time;
            line.changed = head.changed;
            line.dashed = head.dashed;
            line.label = head.label.map(|label| {
                line.alone = label.mark == Mark::Alone;
                if line.alone {
                    line.words_without_label = end - label.text.len() as u32;
                }
                let number = *known.entry(label.text).or_insert_with(|| {
                    self.candidates.push(Candidate {
                        text: label.text,
                        shape: label.shape,
                        mark: label.mark,
                        count: 0,
                        first: index,
                        same: true,
                        timed: false,
                        alone: 0,
                    });
                    self.candidates.len() as u32 - 1
                });
                let first = self.candidates.get(number as usize).map_or(index, |candidate| candidate.first);
                let same = first == index || (!head.words.is_empty() && self.line(first) == text);
                if let Some(candidate) = self.candidates.get_mut(number as usize) {
                    candidate.count += 1;
                    candidate.same &= same;
                    candidate.timed |= head.time.is_some();
                    candidate.alone += u32::from(label.mark == Mark::Alone);
                }
                number
            });
        }
        // Where one paragraph ends the next begins.
        let before = std::mem::replace(&mut self.closed, closing);
        line.time = line.time.or(before);
        self.lines.push(line);
    }

    /// The whole line of that index.
    pub(super) fn line(&self, index: u32) -> &'a str {
        self.lines.get(index as usize).map_or("", |line| self.slice(line.start, line.end))
    }

    /// The words of the line of that index.
    pub(super) fn words(&self, index: usize) -> &'a str {
        self.lines.get(index).map_or("", |line| self.slice(line.words, line.end))
    }

    fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The width that paragraphs are broken to; `None` where each line is a paragraph of its own.
    ///
    /// A line that was broken to a width would not have held the first word of the next line.
    pub(super) fn width(&self) -> Option<usize> {
        let pairs: Vec<(usize, usize)> = self
            .lines
            .windows(2)
            .filter_map(|pair| match pair {
                [line, next] if !next.gap && next.words == next.start => Some((line, next)),
                _ => None,
            })
            .take(4000)
            .map(|(line, next)| {
                let length = |line: &Line| usize::from(line.indent) + chars(self.slice(line.start, line.end));
                (length(line), first_word(self.slice(next.start, next.end)))
            })
            .collect();
        if pairs.len() < 3 {
            return None;
        }
        let mut lengths: Vec<usize> = pairs.iter().map(|(length, _)| *length).collect();
        lengths.sort_unstable();
        let width = *lengths.get(lengths.len() * 95 / 100)?;
        let full = pairs.iter().filter(|(length, word)| length + 1 + word + 3 >= width).count();
        ((30..=130).contains(&width) && full * 4 >= pairs.len() * 3).then_some(width)
    }

    /// Whether the line of that index goes on in the next one, in a text broken to `width`.
    pub(super) fn runs_on(&self, index: usize, width: usize) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(index), self.lines.get(index + 1)) else { return false };
        let length = usize::from(line.indent) + chars(self.slice(line.start, line.end));
        let word = first_word(self.slice(next.start, next.end));
        !next.gap && (length + 1 + word) * 5 >= width * 4
    }
}

/// What stands between two lines that are joined: nothing in scripts without blanks between words.
pub(super) fn glue(before: &str, after: &str) -> Cow<'static, str> {
    let wide = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}'))
    };
    if wide(before.chars().next_back()) && wide(after.chars().next()) { "".into() } else { " ".into() }
}

fn chars(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

fn first_word(text: &str) -> usize {
    let unspaced = text.starts_with(|c| matches!(c, '\u{2E80}'..='\u{9FFF}'));
    if unspaced { 1 } else { chars(text.split(' ').next().unwrap_or_default()) }
}
