//! Regular expressions.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use crate::text::{boundary_at, boundary_from};

/// Bytes that a compiled expression may take.
const SIZE_LIMIT: usize = 4 << 20;

/// A regular expression over single paragraphs.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    regex: Regex,
}

impl Pattern {
    /// Case counts only where the expression asks for a capital.
    ///
    /// # Errors
    ///
    /// What is wrong with `pattern`, in a few words.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        RegexBuilder::new(pattern)
            .case_insensitive(!asks_for_capital(pattern))
            .multi_line(true)
            .size_limit(SIZE_LIMIT)
            .build()
            .map(|regex| Self { regex })
            .map_err(|error| reason(&error))
    }

    pub(super) fn find(&self, text: &str) -> Vec<(u32, u32)> {
        find_in_lines(&self.regex, text)
    }
}

/// The hits of `regex` in `text`, none of them empty or across a line feed.
///
/// The text is scanned as one as long as the expression keeps to lines, and line by line from the first hit that does
/// not.
pub(super) fn find_in_lines(regex: &Regex, text: &str) -> Vec<(u32, u32)> {
    let mut hits = Vec::new();
    for found in regex.find_iter(text) {
        if memchr::memchr(b'\n', found.as_str().as_bytes()).is_some() {
            let line = text[..found.start()].rfind('\n').map_or(0, |feed| feed + 1);
            find_line_by_line(regex, text, line, &mut hits);
            break;
        }
        push_hit(&mut hits, text, found.range());
    }
    hits
}

fn find_line_by_line(regex: &Regex, text: &str, mut start: usize, hits: &mut Vec<(u32, u32)>) {
    let done = hits.last().map_or(0, |hit| hit.1 as usize);
    for line in text[start..].split('\n') {
        let found = regex.find_iter(line).map(|found| start + found.start()..start + found.end());
        found.filter(|found| found.start >= done).for_each(|found| push_hit(hits, text, found));
        start += line.len() + 1;
    }
}

/// Appends what was found, widened to whole graphemes, where that is something behind the last hit.
fn push_hit(hits: &mut Vec<(u32, u32)>, text: &str, found: Range<usize>) {
    let behind = hits.last().map_or(0, |hit| hit.1 as usize);
    let (start, end) = (boundary_at(text, found.start), boundary_from(text, found.end));
    if !found.is_empty() && start >= behind {
        hits.push((start as u32, end as u32));
    }
}

/// Whether the expression holds a capital that stands for itself, not one of `\W`, `\p{Lu}`, `(?P<Name>`.
fn asks_for_capital(pattern: &str) -> bool {
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let skipped = match c {
            '\\' => {
                let escaped = rest.chars().next().map_or(0, char::len_utf8);
                let is_braced = rest.starts_with(['p', 'P', 'x', 'u', 'U']) && rest[escaped..].starts_with('{');
                if is_braced { rest.find('}').map_or(rest.len(), |end| end + 1) } else { escaped }
            }
            '(' if rest.starts_with('?') => rest.find([':', ')', '>']).map_or(rest.len(), |end| end + 1),
            '[' if rest.starts_with(':') => rest.find(":]").map_or(0, |end| end + 2),
            c if c.is_uppercase() => return true,
            _ => 0,
        };
        rest = &rest[skipped..];
    }
    false
}

/// The last line of the library's message without its prefix.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "the expression is too large".to_owned(),
        other => {
            let message = other.to_string();
            let last = message.lines().next_back().unwrap_or_default().trim();
            last.trim_start_matches("error: ").to_owned()
        }
    }
}
