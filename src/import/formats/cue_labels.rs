//! `Name:` inside captions: which of them are labels.

use std::collections::HashMap;

/// Characters that a name in captions has at most.
const LONGEST: usize = 40;

/// The labels of a document.
#[derive(Debug, Default)]
pub(super) struct CueLabels {
    accepted: HashMap<String, ()>,
}

impl CueLabels {
    /// The labels among the beginnings of these lines; true: the line begins a cue.
    pub(super) fn of<'a>(lines: impl Iterator<Item = (&'a str, bool)>) -> Self {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for (line, first) in lines {
            for part in line.split(">>") {
                if let Some((name, _)) = candidate(part) {
                    let count = counts.entry(name).or_default();
                    count.0 += 1;
                    count.1 += usize::from(first);
                }
            }
        }
        let recurring = counts.iter().any(|(_, (count, _))| *count >= 2);
        let accepted = counts
            .into_iter()
            .filter(|(name, (count, first))| is_name(name) && (*count >= 2 || (recurring && *first > 0)))
            .map(|(name, _)| (name.to_owned(), ()))
            .collect();
        CueLabels { accepted }
    }

    /// The label that a line begins with (none: nobody is named by it) and the words behind it.
    pub(super) fn split<'a>(&self, line: &'a str) -> Option<(Option<&'a str>, &'a str)> {
        if self.accepted.is_empty() {
            return None;
        }
        let (name, rest) = candidate(line)?;
        self.accepted.contains_key(name).then(|| ((!CueLabels::is_nobody(name)).then_some(name), rest))
    }

    /// Whether a label says only that somebody speaks.
    pub(super) fn is_nobody(name: &str) -> bool {
        let name = name.to_lowercase();
        ["unknown", "unidentified", "unknown speaker", "unidentified speaker", "inconnu", "unbekannt"]
            .contains(&name.as_str())
    }
}

fn candidate(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let (at, colon) = line.char_indices().take(LONGEST).find(|(_, c)| matches!(c, ':' | '：'))?;
    let (name, rest) = line.split_at_checked(at)?;
    let rest = rest.get(colon.len_utf8()..)?;
    let name = name.trim().trim_start_matches('[').trim_end_matches(']').trim();
    let follows = colon == '：' || rest.is_empty() || rest.starts_with(char::is_whitespace);
    (follows && !name.is_empty()).then(|| (name, rest.trim_start()))
}

/// One to four words with capitals, a role in capitals, a letter, or a short name in a script without capitals.
fn is_name(name: &str) -> bool {
    const NOT: &[&str] =
        &["note", "warning", "break", "https", "http", "question", "answer", "date", "place", "example", "ps"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| {
        let first = word.trim_start_matches(['(', '"']).chars().next();
        first.is_some_and(|c| !c.is_lowercase() && (c.is_alphabetic() || c.is_numeric()))
    };
    let small = ["de", "von", "van", "der", "la", "le", "da", "di", "del", "bin", "al", "and", "of"];
    !NOT.contains(&name.to_lowercase().as_str())
        && (1..=4).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.iter().all(|word| capital(word) || small.contains(word))
        && !name.contains(['.', '?', '!', ',']) | name.contains(". ") | name.ends_with('.')
        && name.chars().any(char::is_alphabetic)
}
