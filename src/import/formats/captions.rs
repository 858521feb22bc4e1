//! Captions of both kinds, SubRip and WebVTT, as they are met: cues, read by their timing lines alone.
//!
//! Real files lack numbers, headers, blank lines and blanks round the arrow, and stand inside `.txt` and `.md`; so a
//! cue is whatever follows a line with an arrow between two times, up to the next one.

use std::ops::Range;

use super::lines::lines;
use crate::model::Timecode;

/// A file of captions, taken apart.
#[derive(Debug, Default)]
pub(super) struct Captions<'a> {
    /// Lines before the first cue that are no header, with their numbers.
    pub head: Vec<(u32, &'a str)>,
    /// `Key: value` lines of the header.
    pub header: Vec<(&'a str, &'a str)>,
    /// The cues in the order of the file.
    pub cues: Vec<Cue>,
    /// The lines of all cues; a cue's `lines` point here.
    pub lines: Vec<(u32, &'a str)>,
    /// Comments, styles and regions: where they begin, and their first words.
    pub comments: Vec<(u32, String)>,
    /// Lines with a time below zero or beyond what can be told.
    pub odd_times: Vec<u32>,
    /// Lines of cues that end before they begin, or begin before the one before.
    pub disorder: Vec<u32>,
}

/// One cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// When it appears.
    pub start: Timecode,
    /// When it goes.
    pub end: Timecode,
    /// Its lines in [`Captions::lines`], blank ones at the ends left away.
    pub lines: Range<usize>,
}

/// The times of a timing line and what stands behind them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Timing<'a> {
    start: Timecode,
    end: Timecode,
    odd: bool,
    rest: &'a str,
}

impl<'a> Captions<'a> {
    /// Takes a file apart.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut captions = Captions::default();
        let mut vtt = false;
        let mut numbers = Numbers::default();
        let mut comment = false;
        let mut in_header = false;
        let mut blank_before = true;
        for (number, line) in lines(text) {
            let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            if number == 1 && bare.starts_with("WEBVTT") {
                (vtt, in_header) = (true, true);
                captions.header.push(("WEBVTT", bare.trim_start_matches("WEBVTT").trim()));
                continue;
            }
            if let Some(timing) = timing(line) {
                (comment, in_header) = (false, false);
                captions.begin(timing, number, vtt, &mut numbers);
                blank_before = false;
                continue;
            }
            if bare.is_empty() {
                (comment, in_header) = (false, false);
            } else if in_header {
                let (key, value) = bare.split_once([':', '=']).unwrap_or((bare, ""));
                captions.header.push((key.trim(), value.trim()));
                continue;
            } else if vtt && blank_before && is_comment(bare) {
                comment = true;
                captions.comments.push((number, bare.to_owned()));
            } else if comment
                && let Some((_, comment)) = captions.comments.last_mut().filter(|(_, text)| text.len() < 60)
            {
                comment.push(' ');
                comment.push_str(bare);
            }
            if !comment {
                if captions.cues.is_empty() {
                    captions.head.push((number, line));
                } else {
                    captions.lines.push((number, line));
                }
            }
            blank_before = bare.is_empty();
        }
        let end = captions.lines.len();
        captions.close(end);
        captions
    }

    /// Begins a cue at a timing line; the last line before may be its identifier.
    fn begin(&mut self, timing: Timing<'a>, line: u32, vtt: bool, numbers: &mut Numbers) {
        let first = self.cues.is_empty();
        let before = if first { &mut self.head } else { &mut self.lines };
        let floor = self.cues.last().map_or(0, |cue| cue.lines.start);
        let end = before.iter().rposition(|(_, text)| !text.trim().is_empty()).map_or(0, |last| last + 1);
        let adjacent = end == before.len();
        if end > floor
            && let Some((_, id)) = before.get(end - 1).copied()
        {
            let after_blank = end - 1 == floor && first
                || end >= 2 && before.get(end - 2).is_some_and(|(_, text)| text.trim().is_empty());
            if numbers.take(id.trim(), adjacent, after_blank, vtt) {
                before.truncate(end - 1);
            }
        }
        let end = self.lines.len();
        self.close(end);
        if timing.odd {
            self.odd_times.push(line);
        }
        if timing.end < timing.start || self.cues.last().is_some_and(|cue| timing.start < cue.start) {
            self.disorder.push(line);
        }
        self.cues.push(Cue { start: timing.start, end: timing.end.max(timing.start), lines: end..end });
        if !timing.rest.is_empty() {
            self.lines.push((line, timing.rest));
        }
    }

    /// Gives the last cue its lines.
    fn close(&mut self, end: usize) {
        let Some(cue) = self.cues.last_mut() else { return };
        let blank = |index: usize| self.lines.get(index).is_none_or(|(_, text)| text.trim().is_empty());
        let (mut start, mut end) = (cue.lines.start, end);
        while start < end && blank(start) {
            start += 1;
        }
        while start < end && blank(end - 1) {
            end -= 1;
        }
        cue.lines = start..end;
    }
}

/// The numbers of SubRip cues, which tell a number from words that are one.
#[derive(Debug, Default)]
struct Numbers {
    last: Option<u64>,
}

impl Numbers {
    /// Whether the line above a timing line is the cue's identifier.
    fn take(&mut self, id: &str, adjacent: bool, after_blank: bool, vtt: bool) -> bool {
        let digits = id.trim_matches('\u{FEFF}');
        if !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()) {
            let number = digits.parse::<u64>().ok();
            let next = match self.last {
                Some(last) => number == Some(last + 1),
                None => matches!(number, Some(0 | 1)),
            };
            if next || (adjacent && (after_blank || self.last.is_none())) {
                self.last = number;
                return true;
            }
            return false;
        }
        vtt && adjacent && after_blank && !id.is_empty()
    }
}

fn is_comment(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].into_iter().any(|word| {
        line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || (word == "NOTE" && rest.starts_with([' ', '\t'])))
    })
}

/// Reads a timing line: `00:01:02,500 --> 00:01:04,000 align:start`, `[01:02.500 --> 01:04.000] words`.
pub(super) fn timing(line: &str) -> Option<Timing<'_>> {
    let (before, after) = line.split_at_checked(arrow(line)?)?;
    let after = after.get(3..)?;
    let before = before.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let bracket = before.starts_with('[');
    let (start, odd_start) = clock(before.trim_start_matches('['))?;
    let after = after.trim_start();
    let mut length = 0;
    let mut last = ' ';
    for (at, c) in after.char_indices() {
        // Machine translation leaves blanks behind: `00: 01: 02, 500`.
        let blank =
            c == ' ' && matches!(last, ':' | ',') && after.get(at + 1..)?.starts_with(|c: char| c.is_ascii_digit());
        if !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ';') || (c == '-' && at == 0) || blank) {
            break;
        }
        length = at + c.len_utf8();
        last = c;
    }
    let (end, rest) = after.split_at_checked(length)?;
    let (end, odd_end) = clock(end)?;
    let rest = if bracket { rest.trim_start().strip_prefix(']')? } else { rest }.trim();
    let rest = if !bracket && rest.split_whitespace().all(is_setting) { "" } else { rest };
    Some(Timing { start, end, odd: odd_start || odd_end, rest })
}

/// Where a line's first arrow stands.
fn arrow(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'>', bytes).filter_map(|at| at.checked_sub(2)).find(|&at| bytes.get(at..at + 2) == Some(b"--"))
}

/// A cue setting of WebVTT, or SubRip's coordinates.
fn is_setting(word: &str) -> bool {
    let key = word.split([':', '=']).next().unwrap_or_default();
    key.len() < word.len()
        && ["align", "position", "size", "line", "vertical", "region", "X1", "X2", "Y1", "Y2"].contains(&key)
}

/// Reads `h:mm:ss,ttt`, `mm:ss.ttt`, `ss.ttt` or `hh:mm:ss:frames`; true: it was below zero or beyond what can be told.
pub(super) fn clock(text: &str) -> Option<(Timecode, bool)> {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return clock(&text.split_whitespace().collect::<String>());
    }
    let negative = text.starts_with('-');
    let text = text.trim_start_matches('-');
    let mark = text.bytes().position(|b| matches!(b, b'.' | b',' | b';'));
    let (whole, fraction) = text.split_at_checked(mark.unwrap_or(text.len()))?;
    let fraction = fraction.get(1..).unwrap_or_default();
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || text.is_empty() {
        return None;
    }
    let (mut seconds, mut fields) = (0u64, 0);
    for field in whole.as_bytes().split(|b| *b == b':') {
        fields += 1;
        // The fourth counts pictures.
        if fields > 3 {
            continue;
        }
        if field.is_empty() || field.len() > 9 || !field.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = field.iter().fold(0, |sum, b| sum * 10 + u64::from(b - b'0'));
        seconds = seconds.saturating_mul(60).saturating_add(number);
    }
    if fields == 1 && fraction.is_empty() || fields > 4 {
        return None;
    }
    let thousandths = fraction.bytes().chain([b'0'; 3]).take(3).fold(0, |sum, b| sum * 10 + u64::from(b - b'0'));
    let total = seconds.saturating_mul(1000).saturating_add(thousandths);
    let shown = u32::try_from(total).unwrap_or(u32::MAX);
    let odd = (negative && total > 0) || u64::from(shown) != total;
    Some((Timecode::from_milliseconds(if negative { 0 } else { shown }), odd))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'a>(captions: &Captions<'a>) -> Vec<Vec<&'a str>> {
        captions
            .cues
            .iter()
            .map(|cue| captions.lines[cue.lines.clone()].iter().map(|(_, line)| *line).collect())
            .collect()
    }

    #[test]
    fn timing_lines_in_every_shape() {
        let time = Timecode::from_milliseconds;
        for (line, start, end, rest) in [
            ("00:00:01,500 --> 00:00:02,000", 1500, 2000, ""),
            ("00:00:01,500-->00:00:02,000", 1500, 2000, ""),
            ("00:01.500 --> 00:02.000 align:start position:0%", 1500, 2000, ""),
            ("[00:01.500 --> 00:02.000]  The lamp", 1500, 2000, "The lamp"),
            ("1.5 --> 2.0", 1500, 2000, ""),
            ("00: 00: 01, 500 --> 00: 00: 02, 000", 1500, 2000, ""),
            ("00:00:01:12 --> 00:00:02:00", 1000, 2000, ""),
            ("0:1 --> 0:2 said Mira", 1000, 2000, "said Mira"),
            ("100:00:00.000 --> 100:00:01.000", 360_000_000, 360_001_000, ""),
        ] {
            let found = timing(line).unwrap();
            assert_eq!(
                (found.start, found.end, found.rest, found.odd),
                (time(start), time(end), rest, false),
                "{line}"
            );
        }
        assert!(timing("-00:00:01.000 --> 00:00:02.000").unwrap().odd);
        for line in ["the arrow --> points", "1 --> 2", "00:00:01", "--> 00:00:01", "00:aa --> 00:01"] {
            assert_eq!(timing(line), None, "{line}");
        }
    }

    #[test]
    fn a_number_is_an_identifier_and_not_a_word_where_it_stands_like_one() {
        let tight = "1\n00:01 --> 00:02\nOne\n2\n00:02 --> 00:03\n42\n3\n00:03 --> 00:04\nThree\n";
        assert_eq!(words(&Captions::parse(tight)), [["One"], ["42"], ["Three"]]);
        let unnumbered = "00:01 --> 00:02\nHow many?\n\n00:02 --> 00:03\n42\n\n00:03 --> 00:04\nThree\n";
        assert_eq!(words(&Captions::parse(unnumbered)), [["How many?"], ["42"], ["Three"]]);
        let spaced = "1\n\n00:01 --> 00:02\n\nOne\n\n2\n\n00:02 --> 00:03\n\nTwo\n";
        assert_eq!(words(&Captions::parse(spaced)), [["One"], ["Two"]]);
    }

    #[test]
    fn comments_styles_and_identifiers_of_web_captions_are_no_words() {
        let text = "WEBVTT - Lamp\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nNOTE by hand\nsecond line\n\n\
                    c5e1/7-0\n00:01.000 --> 00:02.000\nOne\n\nstill one\n\nNOTE\n\n00:02.000 --> 00:03.000\n\n";
        let captions = Captions::parse(text);
        assert_eq!(words(&captions), [vec!["One", "", "still one"], vec![]]);
        assert_eq!(captions.comments.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 7, 16]);
        assert!(captions.header.contains(&("Language", "en")));
        assert_eq!(captions.head.iter().filter(|(_, line)| !line.is_empty()).count(), 0);
    }
}
