//! Words as typed.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};

use super::pattern::find_in_lines;
use crate::text::{Folded, Keep, boundary_at, boundary_from, fold, fold_keeping};

/// Bytes of a text that is folded without ado.
const SHORT: usize = 2048;

/// Words to look for: folded, and with what of case and accents must be as typed.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    /// Line feeds are blanks in it.
    words: String,
    folded: Finder<'static>,
    keep: Keep,
    /// The words folded but for `keep`.
    strict: String,
    begins_with_flag: bool,
    /// The words but for case and blanks; made when first needed.
    regex: OnceLock<Option<Regex>>,
}

impl Literal {
    /// `None` where nothing but blanks and invisible characters is asked for.
    pub(super) fn new(words: &str) -> Option<Self> {
        let words = words.replace('\n', " ");
        let folded = fold_keeping(&words, Keep::default());
        if folded.trim().is_empty() {
            return None;
        }
        let keep = Keep {
            case: words.chars().any(|c| c.is_uppercase()),
            accents: fold_keeping(&words, Keep { case: false, accents: true }) != folded,
        };
        let begins_with_flag = folded.starts_with(is_regional_indicator);
        let strict = fold_keeping(&words, keep);
        Some(Self {
            words,
            folded: Finder::new(&folded).into_owned(),
            keep,
            strict,
            begins_with_flag,
            regex: OnceLock::new(),
        })
    }

    /// All hits in `text`, of which `folded` is the folded copy.
    pub(super) fn find(&self, text: &str, folded: &Folded) -> Vec<(u32, u32)> {
        let haystack = folded.text().as_bytes();
        let length = self.folded.needle().len();
        let mut way = folded.way_back();
        let mut hits: Vec<(u32, u32)> = Vec::new();
        let mut take = |at: usize| {
            let inner = way.original(at..at + length);
            let hit = boundary_at(text, inner.start)..boundary_from(text, inner.end);
            let behind = hits.last().map_or(0, |hit| hit.1 as usize);
            let splits_flag = self.begins_with_flag && hit.start < inner.start;
            let taken = hit.start >= behind && !splits_flag && self.is_as_typed(text, &hit);
            if taken {
                hits.push((hit.start as u32, hit.end as u32));
            }
            taken
        };
        if self.keep == Keep::default() && !self.begins_with_flag {
            self.folded.find_iter(haystack).for_each(|at| _ = take(at));
            return hits;
        }
        let mut from = 0;
        while let Some(found) = haystack.get(from..).and_then(|rest| self.folded.find(rest)) {
            let at = from + found;
            from = at + if take(at) { length } else { 1 };
        }
        hits
    }

    /// All hits in `text`, of which there is no folded copy.
    pub(super) fn find_in(&self, text: &str) -> Vec<(u32, u32)> {
        if text.len() <= SHORT { self.find(text, &fold(text)) } else { self.find_by_line(text) }
    }

    /// All hits in `text`, of which only those lines are folded where folding may find more.
    pub(super) fn find_by_line(&self, text: &str) -> Vec<(u32, u32)> {
        if !self.words.is_ascii() {
            return self.find(text, &fold(text));
        }
        let mut hits = Vec::new();
        let mut quick = self.find_quickly(text).into_iter().peekable();
        for line in FoldingLines::new(text, self.words.contains(['\'', '"', '-', '.'])) {
            let (start, end) = (line.start as u32, line.end as u32);
            hits.extend(std::iter::from_fn(|| quick.next_if(|hit| hit.0 < start)));
            while quick.next_if(|hit| hit.0 < end).is_some() {}
            let words = text.get(line).unwrap_or_default();
            hits.extend(self.find(words, &fold(words)).into_iter().map(|hit| (start + hit.0, start + hit.1)));
        }
        hits.extend(quick);
        hits
    }

    /// The hits in `text` that differ from the words in case and blanks alone, without a folded copy.
    pub(super) fn find_quickly(&self, text: &str) -> Vec<(u32, u32)> {
        let regex = self.regex.get_or_init(|| self.as_regex());
        regex.as_ref().map_or_else(Vec::new, |regex| find_in_lines(regex, text))
    }

    fn as_regex(&self) -> Option<Regex> {
        let mut pattern = String::new();
        let mut rest = self.words.as_str();
        while let Some(blank) = rest.find(char::is_whitespace) {
            pattern.push_str(&regex::escape(&rest[..blank]));
            pattern.push_str(r"[^\S\n]+");
            rest = rest[blank..].trim_start();
        }
        pattern.push_str(&regex::escape(rest));
        RegexBuilder::new(&pattern).case_insensitive(!self.keep.case).build().ok()
    }

    /// Whether the text has the capitals and accents that were typed.
    fn is_as_typed(&self, text: &str, hit: &Range<usize>) -> bool {
        if self.keep == Keep::default() {
            return true;
        }
        let found = text.get(hit.clone()).unwrap_or_default();
        if found == self.strict {
            return true;
        }
        let is_plain = found.len() == self.strict.len() && found.bytes().all(|byte| byte.is_ascii_graphic());
        !is_plain && fold_keeping(found, self.keep).contains(&self.strict)
    }
}

fn is_regional_indicator(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

/// The runs of lines of a text in which some character that is not ASCII may fold to ASCII.
///
/// Quotes, dashes and dots, of which English has no other, fold to marks, so that lines with no more than these need no
/// folding to find words without marks.
struct FoldingLines<'a> {
    text: &'a str,
    with_marks: bool,
    /// The first such character that no run has had yet.
    found: Option<usize>,
}

impl<'a> FoldingLines<'a> {
    fn new(text: &'a str, with_marks: bool) -> Self {
        let mut lines = Self { text, with_marks, found: None };
        lines.found = lines.next_from(0);
        lines
    }

    /// The first such character from `at` on.
    fn next_from(&self, mut at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while at < bytes.len() {
            let rest = &bytes[at..];
            let whole: usize = rest.chunks(32).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum();
            at += whole + rest[whole..].iter().position(|byte| !byte.is_ascii())?;
            let is_mark = matches!(bytes[at..], [0xe2, 0x80, 0x90..=0x96 | 0x98..=0xa7, ..]);
            if self.with_marks || !is_mark {
                return Some(at);
            }
            at += 3;
        }
        None
    }
}

impl Iterator for FoldingLines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let first = self.found?;
        let start = memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |feed| feed + 1);
        let mut within = first;
        loop {
            let end = memchr::memchr(b'\n', &bytes[within..]).map_or(bytes.len(), |feed| within + feed);
            self.found = self.next_from(end);
            match self.found {
                Some(next) if memchr::memchr(b'\n', &bytes[end + 1..next]).is_none() => within = next,
                _ => return Some(start..end),
            }
        }
    }
}
