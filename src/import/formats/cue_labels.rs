//! `Name:` inside captions: which of them are labels.
//!
//! Captions are cut anywhere, so a colon near the beginning of a line says less than in a text with a turn on each
//! line: a name must look like one, and recur or look like those that do.

use std::collections::{HashMap, HashSet};

use crate::import::names::{self, Shape};

/// The labels of a document.
#[derive(Debug, Default)]
pub(super) struct CueLabels {
    accepted: HashSet<String>,
}

/// How often a candidate stands at the beginning of a line, and of a cue.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    lines: usize,
    cues: usize,
}

impl CueLabels {
    /// The labels among the beginnings of these lines; true: the line begins a cue.
    pub(super) fn of<'a>(lines: impl Iterator<Item = (&'a str, bool)>) -> Self {
        let mut counts: HashMap<&str, Count> = HashMap::new();
        let mut opening = None;
        for (index, (line, first)) in lines.enumerate() {
            for part in changes(line) {
                if let Some((name, _)) = candidate(part) {
                    if index == 0 {
                        opening = Some(name);
                    }
                    let count = counts.entry(name).or_default();
                    count.lines += 1;
                    count.cues += usize::from(first);
                }
            }
        }
        let named: Vec<(&str, Shape, Count)> =
            counts.into_iter().filter_map(|(name, count)| Some((name, shape(name)?, count))).collect();
        let recurring: Vec<Shape> =
            named.iter().filter(|(.., count)| count.lines >= 2).map(|(_, shape, _)| *shape).collect();
        // A short file may name each of its speakers once, the first at its very beginning.
        let opens = named.len() >= 2 && named.iter().any(|(name, ..)| Some(*name) == opening);
        let accepted = named
            .into_iter()
            .filter(|(_, shape, count)| {
                let alike = recurring.contains(shape)
                    || (!recurring.is_empty() && matches!(shape, Shape::FullName | Shape::Role));
                count.lines >= 2 || (count.cues > 0 && (alike || (recurring.is_empty() && opens)))
            })
            .map(|(name, ..)| name.to_owned())
            .collect();
        CueLabels { accepted }
    }

    /// The label that a line begins with (none: nobody is named by it) and the words behind it.
    pub(super) fn split<'a>(&self, line: &'a str) -> Option<(Option<&'a str>, &'a str)> {
        if self.accepted.is_empty() {
            return None;
        }
        let (name, rest) = candidate(line)?;
        self.accepted.contains(name).then(|| ((!names::is_nobody(name)).then_some(name), rest))
    }
}

/// A line cut where `>>` says that the speaker changes.
pub(super) fn changes(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest.take()?;
        let mark = memchr::memchr_iter(b'>', line.as_bytes()).find(|at| line.as_bytes().get(at + 1) == Some(&b'>'));
        let Some((part, after)) = mark.and_then(|at| line.split_at_checked(at)) else { return Some(line) };
        rest = after.get(2..);
        Some(part)
    })
}

/// What stands before a colon, and the words behind it.
fn candidate(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let near = line.as_bytes().get(..names::LONGEST.min(line.len()))?;
    let is_colon = |at: &usize| near.get(*at) == Some(&b':') || line.get(*at..).is_some_and(|s| s.starts_with('：'));
    let at = memchr::memchr2_iter(b':', 0xEF, near).find(is_colon)?;
    let (name, rest) = line.split_at_checked(at)?;
    let wide = !rest.starts_with(':');
    let rest = rest.get(if wide { '：'.len_utf8() } else { 1 }..)?;
    let name = name.trim().trim_start_matches('[').trim_end_matches(']').trim();
    let follows = wide || rest.is_empty() || rest.starts_with(char::is_whitespace);
    (follows && !name.is_empty()).then(|| (name, rest.trim_start()))
}

fn shape(name: &str) -> Option<Shape> {
    // `SPEAKER_00` is what diarisation calls somebody.
    let number = name.strip_prefix("SPEAKER_").or_else(|| name.strip_prefix("speaker_"));
    if number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(Shape::Numbered);
    }
    names::shape(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split<'a>(lines: &[&'a str]) -> Vec<Option<Option<&'a str>>> {
        let labels = CueLabels::of(lines.iter().map(|line| (*line, true)));
        lines.iter().map(|line| labels.split(line).map(|(name, _)| name)).collect()
    }

    #[test]
    fn names_that_recur_are_labels_and_so_are_those_that_look_alike() {
        assert_eq!(
            split(&["Mira Okafor: why", "and then: nothing", "Mira Okafor: so", "Announcer: hm", "Look: a ship"]),
            [Some(Some("Mira Okafor")), None, Some(Some("Mira Okafor")), Some(Some("Announcer")), None]
        );
        assert_eq!(split(&["[SPEAKER_00]: a", "[SPEAKER_00]: b", "Unknown: c"])[2], Some(None));
        assert_eq!(split(&["Mira: why", "Jonas: so"]), [Some(Some("Mira")), Some(Some("Jonas"))]);
        assert_eq!(split(&["see https://lamp.example", "at 9:37 sharp", "Note: a", "Note: b"]), [None; 4]);
    }
}
