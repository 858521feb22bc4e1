//! The beginning of a line: a label, a timecode, or both, in the many shapes that transcripts use.

use super::names::{self, Shape};
use crate::model::Timecode;

/// What the beginning of a line may say, if the rest of the document bears it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// The label, trimmed.
    pub label: Option<Label<'a>>,
    /// The moment.
    pub time: Option<Timecode>,
    /// The moment stands at the line's beginning without brackets, where a sentence could begin with a clock time.
    pub bare_time: bool,
    /// `>>`: the speaker changes.
    pub changed: bool,
    /// A dash, by which dialogues say the same.
    pub dashed: bool,
    /// What follows.
    pub words: &'a str,
}

/// A label and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// The text without brackets and colon.
    pub text: &'a str,
    /// What it looks like.
    pub shape: Shape,
    /// By what it is set off from the words.
    pub mark: Mark,
}

/// By what a label is set off from the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// `Mira: …`
    Colon,
    /// `[Mira] …`
    Bracket,
    /// `Mira  0:09`
    Time,
    /// `Q. …`
    Point,
    /// `MIRA`, and nothing else on the line.
    Alone,
    /// `MO`, a tab, and the words.
    Tab,
}

/// Reads the beginning of `line`, which has no blanks at its ends; `None` where it is all words.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let mut head = Head { label: None, time: None, bare_time: false, changed: false, dashed: false, words: line };
    if let Some(rest) = line.strip_prefix(">>").or_else(|| line.strip_prefix("&gt;&gt;")) {
        head.changed = true;
        head.words = rest.trim_start_matches('>').trim_start();
    }
    if let Some(rest) = line.strip_prefix(['—', '–', '―', '─']) {
        head.dashed = !rest.trim_start().is_empty();
        head.words = rest.trim_start_matches(['—', '–', '―', '─']).trim_start();
    }
    match head.words.as_bytes().first()? {
        b'[' | b'(' | b'<' | b'#' | b'0'..=b'9' => head.take_time(),
        _ => {}
    }
    head.take_label();
    let found = head.changed || head.dashed || head.time.is_some() || head.label.is_some();
    found.then_some(head)
}

/// Whether a line holds a mark that is nobody's name, a time, and nothing else: `Break: [19:24]`.
pub(super) fn is_mark(line: &str) -> bool {
    let Some((before, after)) = line.split_once(':').filter(|_| line.len() <= 60) else { return false };
    names::is_thing(before) && leading_time(after.trim()).is_some_and(|(.., rest)| rest.is_empty())
}

impl<'a> Head<'a> {
    fn take_time(&mut self) {
        if let Some((time, bracketed, rest)) = leading_time(self.words) {
            let rest = rest.strip_prefix(':').unwrap_or(rest);
            self.time = Some(time);
            self.bare_time = !bracketed;
            self.words = without_dash(rest);
        }
    }

    fn take_label(&mut self) {
        let bracketed = self.words.starts_with(['[', '<']);
        let found = if bracketed {
            self.bracket_label()
        } else {
            self.tab_label()
                .or_else(|| self.colon_label())
                .or_else(|| self.timed_label())
                .or_else(|| self.label_before_time())
        };
        let found = found.or_else(|| self.point_label()).or_else(|| self.lone_label());
        let Some((label, time, words)) = found else { return };
        self.label = Some(label);
        if time.is_some() {
            self.time = time;
            self.bare_time = false;
        }
        self.words = words;
    }

    /// `MO`, a tab, and the words.
    fn tab_label(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        let (text, words) = self.words.split_once('\t')?;
        let text = text.trim_end();
        let text = text.strip_suffix([':', '.']).filter(|name| name.chars().count() > 1).unwrap_or(text);
        let shape = names::shape(text)?;
        let words = words.trim_start();
        (!words.is_empty() && !words.contains('\t')).then_some((Label { text, shape, mark: Mark::Tab }, None, words))
    }

    /// `[Mira] …`, `[Mira] [00:05] …`, `[id1]: …`, `<Mira> …`
    fn bracket_label(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        let (inside, rest) = match self.words.strip_prefix('<') {
            Some(rest) => rest.split_once('>').filter(|(inside, rest)| inside.len() > 1 && rest.starts_with(' '))?,
            None => self.words.strip_prefix('[')?.split_once(']')?,
        };
        let text = inside.trim();
        let shape = names::shape(text)?;
        let starts = text.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase());
        if names::is_noise(text) || !(starts || shape == Shape::Numbered) {
            return None;
        }
        let rest = rest.trim_start();
        let rest = rest.strip_prefix(':').map_or(rest, str::trim_start);
        let label = Label { text, shape, mark: Mark::Bracket };
        match leading_time(rest) {
            Some((time, bracketed, words)) if bracketed || words.is_empty() => {
                Some((label, Some(time), without_dash(words.strip_prefix(':').unwrap_or(words))))
            }
            _ => Some((label, None, rest)),
        }
    }

    /// `Mira: …`, `Mira (00:01:02): …`, `Mira: 00:01:02`, `Mira: [00:01:02] …`, `Mira：…`
    fn colon_label(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        let (before, after) = split_at_colon(self.words)?;
        if after.starts_with("//") {
            return None;
        }
        let (text, mut time) = trailing_time(before);
        let shape = names::shape(text)?;
        let mut words = after.trim_start();
        if time.is_none()
            && let Some((after_label, bracketed, rest)) = leading_time(words)
            && (bracketed || rest.is_empty())
        {
            time = Some(after_label);
            words = without_dash(rest);
        }
        Some((Label { text, shape, mark: Mark::Colon }, time, words))
    }

    /// `Mira  0:09`, and nothing else on the line.
    fn timed_label(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        if self.words.len() > names::LONGEST + 24 || self.time.is_some() {
            return None;
        }
        let (text, time) = trailing_time(self.words);
        let shape = names::shape(text)?;
        time.map(|time| (Label { text, shape, mark: Mark::Time }, Some(time), ""))
    }

    /// `Mira [00:01:02] …`
    fn label_before_time(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        if self.time.is_some() {
            return None;
        }
        let bytes = self.words.as_bytes();
        let at = memchr::memchr2(b'[', b'(', bytes.get(..bytes.len().min(names::LONGEST))?)?;
        let (text, rest) = (self.words.get(..at)?.trim_end(), self.words.get(at..)?);
        let (time, _, words) = leading_time(rest)?;
        let shape = names::shape(text)?;
        Some((Label { text, shape, mark: Mark::Time }, Some(time), words))
    }

    /// `MIRA`, and nothing else on the line.
    fn lone_label(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        let text = self.words;
        if text.len() > 40 || text.ends_with(['.', '!', '?', ':', ',', ';', '…', '。', '！', '？']) {
            return None;
        }
        let shape = names::shape(text)?;
        Some((Label { text, shape, mark: Mark::Alone }, None, ""))
    }

    /// `Q. …` and `A. …`
    fn point_label(&self) -> Option<(Label<'a>, Option<Timecode>, &'a str)> {
        let words = self.words.strip_prefix(['Q', 'A'])?.strip_prefix(". ")?;
        let text = self.words.get(..1)?;
        Some((Label { text, shape: Shape::Role, mark: Mark::Point }, None, words.trim_start()))
    }
}

/// The parts around the first colon that is not within a clock time, if a label fits before it.
fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let limit = bytes.len().min(names::LONGEST + 24);
    let mut from = 0;
    while let Some(found) = memchr::memchr2(b':', 0xEF, bytes.get(from..limit)?) {
        let at = from + found;
        if bytes.get(at..)?.starts_with("：".as_bytes()) {
            return Some((text.get(..at)?.trim_end(), text.get(at + 3..)?));
        }
        let digit = |index: Option<usize>| index.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let in_time = digit(at.checked_sub(1)) && digit(Some(at + 1));
        if bytes.get(at) == Some(&b':') && !in_time {
            return Some((text.get(..at)?.trim_end(), text.get(at + 1..)?));
        }
        from = at + 1;
    }
    None
}

/// A timecode at the beginning of `text`, alone or as the first of a range: whether it stands in brackets, and what
/// follows. One without brackets is followed by a blank, a colon, a dash or nothing.
pub(super) fn leading_time(text: &str) -> Option<(Timecode, bool, &str)> {
    if text.starts_with('#') {
        return stamp(text).map(|(time, rest)| (time, true, rest.trim_start()));
    }
    let open = text.chars().next().filter(|c| "[(<".contains(*c));
    let mut rest = if open.is_some() { text.get(1..)?.trim_start() } else { text };
    let (time, after) = clock(rest)?;
    rest = after.trim_start();
    for dash in ["-->", "-", "–", "—", "~"] {
        if let Some(second) = rest.strip_prefix(dash)
            && let Some((_, after)) = clock(second.trim_start())
        {
            rest = after.trim_start();
            break;
        }
    }
    match open {
        Some(open) => {
            let close = match open {
                '[' => ']',
                '(' => ')',
                _ => '>',
            };
            Some((time, true, rest.strip_prefix(close)?.trim_start()))
        }
        None => {
            let ends = after.is_empty() || after.starts_with([' ', '\t', ':', '\u{A0}']);
            ends.then_some((time, false, rest))
        }
    }
}

/// A stamp of f4 and MAXQDA at the beginning of `text`, `#00:01:23-4#`, and what follows.
fn stamp(text: &str) -> Option<(Timecode, &str)> {
    let (inside, rest) = text.strip_prefix('#')?.split_once('#').filter(|(inside, _)| inside.len() <= 14)?;
    let (time, tenths) = clock(inside)?;
    let tenths = tenths.strip_prefix('-').unwrap_or(tenths);
    tenths.bytes().all(|b| b.is_ascii_digit()).then_some((time, rest))
}

/// The same at the end of `text`, where it says when the paragraph ends, and the words before it.
pub(super) fn closing_stamp(text: &str) -> Option<(&str, Timecode)> {
    let before = text.strip_suffix('#')?;
    let at = before.rfind('#')?;
    let (time, rest) = stamp(text.get(at..)?)?;
    rest.is_empty().then_some((text.get(..at)?.trim_end(), time))
}

/// A timecode at the end of `text`, with or without brackets, and what stands before it.
fn trailing_time(text: &str) -> (&str, Option<Timecode>) {
    let last = text.trim_end();
    if !last.ends_with(|c: char| c.is_ascii_digit() || "])".contains(c)) {
        return (text, None);
    }
    let start = last
        .rfind(|c: char| !(c.is_ascii_digit() || ":.,-–>[]() \t".contains(c)))
        .and_then(|at| last.get(at..)?.chars().next().map(|c| at + c.len_utf8()))
        .unwrap_or(0);
    let (Some(_), Some(tail)) = (last.get(..start), last.get(start..)) else { return (text, None) };
    // A number that belongs to the label may stand before the time: `Speaker 1 (00:12)`.
    let blanks = tail.char_indices().filter(|(_, c)| c.is_whitespace() || "[(".contains(*c)).map(|(at, _)| at);
    for at in blanks {
        let Some(rest) = tail.get(at..).map(str::trim_start) else { continue };
        if let Some((time, _, "")) = leading_time(rest) {
            return (last.get(..start + at).unwrap_or_default().trim_end(), Some(time));
        }
    }
    (text, None)
}

/// The clock time at the beginning of `text`, and what follows.
fn clock(text: &str) -> Option<(Timecode, &str)> {
    let bytes = text.as_bytes();
    let end =
        bytes.iter().position(|b| !(b.is_ascii_digit() || matches!(b, b':' | b'.' | b','))).unwrap_or(bytes.len());
    let digits = text.get(..end)?.trim_end_matches([':', '.', ',']);
    if digits.len() > 16 || !digits.contains(':') {
        return None;
    }
    let rest = text.get(digits.len()..)?;
    // Editing programs count frames behind the seconds: `01:02:03:04`, or `01:02:03;04`.
    let (time, frames, rest) = match rest.strip_prefix(';') {
        Some(after) => (digits, after.get(..2)?, after.get(2..)?),
        None => match digits.rsplit_once(':').filter(|(time, _)| time.matches(':').count() == 2) {
            Some((time, frames)) => (time, frames, rest),
            None => return Some((digits.parse().ok()?, rest)),
        },
    };
    let counts = frames.len() == 2 && frames.bytes().all(|b| b.is_ascii_digit()) && time.matches(':').count() == 2;
    if counts { Some((time.parse().ok()?, rest)) } else { None }
}

fn without_dash(text: &str) -> &str {
    let text = text.trim_start();
    let rest = text.strip_prefix(['-', '–', '—', '·', '•', '|']);
    rest.filter(|rest| rest.starts_with(' ')).map_or(text, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(Option<&str>, Option<u32>, bool, &str)> {
        head(line).map(|head| {
            (head.label.map(|label| label.text), head.time.map(Timecode::seconds), head.changed, head.words)
        })
    }

    #[test]
    fn labels_and_timecodes_in_all_shapes() {
        for (line, wanted) in [
            ("Mira Okafor: Where?", (Some("Mira Okafor"), None, false, "Where?")),
            ("Mira:", (Some("Mira"), None, false, "")),
            ("Mira Rae (MR): Where?", (Some("Mira Rae (MR)"), None, false, "Where?")),
            ("[Mira Rae] [00:05] Where?", (Some("Mira Rae"), Some(5), false, "Where?")),
            ("[Chercheur] (0:01 - 0:11)", (Some("Chercheur"), Some(1), false, "")),
            ("[id1] Where?", (Some("id1"), None, false, "Where?")),
            ("Mira (00:00:10):", (Some("Mira"), Some(10), false, "")),
            ("Speaker 1 (12:10): Yes", (Some("Speaker 1"), Some(730), false, "Yes")),
            ("(00:00:46):", (None, Some(46), false, "")),
            ("(00:46): And then", (None, Some(46), false, "And then")),
            ("Mira Rae  0:09", (Some("Mira Rae"), Some(9), false, "")),
            ("发言人1   00:03", (Some("发言人1"), Some(3), false, "")),
            ("Mira Rae: 00:00:16", (Some("Mira Rae"), Some(16), false, "")),
            ("[00:01:23] MIRA RAE: Where?", (Some("MIRA RAE"), Some(83), false, "Where?")),
            ("00:01:23 Where?", (None, Some(83), false, "Where?")),
            ("00:01:23 - Mira: Where?", (Some("Mira"), Some(83), false, "Where?")),
            ("问：在哪里？", (Some("问"), None, false, "在哪里？")),
            ("<Mira> Where?", (Some("Mira"), None, false, "Where?")),
            ("MO\tWhere?", (Some("MO"), None, false, "Where?")),
            ("Mira:\tWhere?", (Some("Mira"), None, false, "Where?")),
            ("Mira Rae [00:05] Where?", (Some("Mira Rae"), Some(5), false, "Where?")),
            ("[Mira Rae] 10:15:05", (Some("Mira Rae"), Some(36_905), false, "")),
            ("00:00:16:04 - 00:00:20:10", (None, Some(16), false, "")),
            ("[01:00:16;04 - 01:00:20;10]", (None, Some(3616), false, "")),
            ("#00:00:16-4# Mira: Where?", (Some("Mira"), Some(16), false, "Where?")),
            ("— Where?", (None, None, false, "Where?")),
            (">> Where?", (None, None, true, "Where?")),
            (">> MIRA RAE: Where?", (Some("MIRA RAE"), None, true, "Where?")),
            ("Q. Where?", (Some("Q"), None, false, "Where?")),
            ("INTERVIEWER", (Some("INTERVIEWER"), None, false, "")),
            ("Mira: 9:37 was the train.", (Some("Mira"), None, false, "9:37 was the train.")),
        ] {
            assert_eq!(parts(line), Some(wanted), "{line}");
        }
    }

    #[test]
    fn a_stamp_may_close_a_paragraph() {
        let found = closing_stamp("I did. #00:01:02-3#").map(|(words, time)| (words, time.seconds()));
        assert_eq!(found, Some(("I did.", 62)));
        assert_eq!(closing_stamp("I did it in C#"), None);
        assert_eq!(closing_stamp("#boat #00#"), None);
    }

    #[test]
    fn words_stay_words() {
        for line in [
            "I said one thing: no.",
            "https://example.org/a",
            "Note: this is cut.",
            "[laughs] Well.",
            "[Music] Well.",
            "<i>Well.</i>",
            "(inaudible 00:12:03) Well.",
            "A relay knows two things: on and off.",
            "",
            "Yes.",
            "1) first: this",
            "#harbour and #00:boat",
            "Mira (the one with the boat) left at 9:37.",
            "The ferry, the boat, the mate: all gone.",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
