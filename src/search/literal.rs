//! Words as typed.

use std::ops::Range;

use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};

use super::pattern::find_in_lines;
use crate::text::{Folded, Keep, boundary_at, boundary_from, fold, fold_keeping};

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
        Some(Self { words, folded: Finder::new(&folded).into_owned(), keep, strict, begins_with_flag })
    }

    /// All hits in `text`, of which `folded` is the folded copy.
    pub(super) fn find(&self, text: &str, folded: &Folded) -> Vec<(u32, u32)> {
        let haystack = folded.text().as_bytes();
        let length = self.folded.needle().len();
        let mut way = folded.way_back();
        let mut hits: Vec<(u32, u32)> = Vec::new();
        let mut from = 0;
        let mut behind = 0;
        while let Some(found) = haystack.get(from..).and_then(|rest| self.folded.find(rest)) {
            let at = from + found;
            let inner = way.original(at..at + length);
            let hit = boundary_at(text, inner.start)..boundary_from(text, inner.end);
            let splits_flag = self.begins_with_flag && hit.start < inner.start;
            if hit.start >= behind && !splits_flag && self.is_as_typed(text, &hit) {
                hits.push((hit.start as u32, hit.end as u32));
                behind = hit.end;
                from = at + length;
            } else {
                from = at + 1;
            }
        }
        hits
    }

    /// All hits in a short text.
    pub(super) fn find_in(&self, text: &str) -> Vec<(u32, u32)> {
        self.find(text, &fold(text))
    }

    /// The hits in `text` that differ from the words in case and blanks alone, without a folded copy.
    pub(super) fn find_quickly(&self, text: &str) -> Vec<(u32, u32)> {
        self.as_regex().map_or_else(Vec::new, |regex| find_in_lines(&regex, text))
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
