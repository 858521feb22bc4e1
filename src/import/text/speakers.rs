//! Which of the labels that lines begin with are speakers.
//!
//! A label is a speaker when it recurs, or when the name is also met elsewhere in the text. A repeated title is no
//! label, and a word that the text also uses as a common noun needs to recur throughout.

use std::collections::HashSet;

use super::lines::{Candidate, Lines};
use crate::import::heads::Mark;
use crate::import::names::{self, Shape};

/// How many names are looked for in the whole text; enough for any real document, and a bound for odd ones.
const LOOKUPS: u32 = 200;

/// For each candidate whether it is a speaker's label.
pub(super) fn settle(lines: &Lines<'_>) -> Vec<bool> {
    let mut judge = Judge { lines, lookups: LOOKUPS };
    let mut accepted: Vec<bool> = lines.candidates.iter().map(|one| judge.recurs(one)).collect();
    accept_roles_in_pairs(lines, &mut accepted);
    let mut company = Company::of(lines, &accepted);
    for (candidate, accepted) in lines.candidates.iter().zip(&mut accepted) {
        if !*accepted && judge.stands_once(candidate, &company) {
            *accepted = true;
        }
    }
    // A second look: a nickname or initials of somebody who has only now been accepted.
    company = Company::of(lines, &accepted);
    for (candidate, accepted) in lines.candidates.iter().zip(&mut accepted) {
        *accepted = *accepted || (is_single(candidate) && company.knows(candidate));
    }
    accepted
}

/// The speakers found so far.
struct Company<'a> {
    words: HashSet<&'a str>,
    initials: HashSet<String>,
    lines: u32,
    first: u32,
    marks: HashSet<Mark>,
}

impl<'a> Company<'a> {
    fn of(lines: &Lines<'a>, accepted: &[bool]) -> Self {
        let mut company =
            Self { words: HashSet::new(), initials: HashSet::new(), lines: 0, first: u32::MAX, marks: HashSet::new() };
        for (candidate, _) in lines.candidates.iter().zip(accepted).filter(|(_, accepted)| **accepted) {
            let (name, aside) = names::aside(candidate.text);
            company.words.extend(name.split_whitespace());
            company.initials.extend(aside.map(str::to_owned));
            company.initials.insert(initials(name));
            company.lines += candidate.count;
            company.first = company.first.min(candidate.first);
            company.marks.insert(candidate.mark);
        }
        company
    }

    /// Whether a label is part of, or the initials of, somebody's name.
    fn knows(&self, candidate: &Candidate<'_>) -> bool {
        let (name, _) = names::aside(candidate.text);
        match candidate.shape {
            Shape::Initials => self.initials.contains(name) || self.words.contains(name),
            Shape::OneWord => self.words.contains(name),
            Shape::FullName => name.split_whitespace().any(|word| word.len() > 3 && self.words.contains(word)),
            Shape::Role | Shape::Numbered => false,
        }
    }
}

struct Judge<'l, 'a> {
    lines: &'l Lines<'a>,
    lookups: u32,
}

impl Judge<'_, '_> {
    fn recurs(&mut self, candidate: &Candidate<'_>) -> bool {
        if candidate.count < 2 || candidate.same {
            return false;
        }
        let throughout = candidate.count >= 3 && candidate.count as usize * 20 >= self.lines.lines.len();
        match candidate.shape {
            Shape::Role | Shape::Initials | Shape::Numbered => true,
            Shape::OneWord => throughout || !self.is_common(candidate.text),
            Shape::FullName => throughout || candidate.count > 2 || !self.is_common(candidate.text),
        }
    }

    /// Whether a label that no second line begins with is a speaker's all the same.
    fn stands_once(&mut self, candidate: &Candidate<'_>, company: &Company<'_>) -> bool {
        if !is_single(candidate) {
            return false;
        }
        let inside = candidate.first > company.first && company.lines >= 8 && company.marks.contains(&candidate.mark);
        match candidate.shape {
            Shape::FullName => {
                let (name, _) = names::aside(candidate.text);
                inside || company.knows(candidate) || self.is_met_elsewhere(name, candidate)
            }
            Shape::Initials | Shape::Numbered => inside || company.knows(candidate),
            Shape::Role => inside,
            Shape::OneWord => {
                company.knows(candidate)
                    || (!self.is_common(candidate.text) && (inside || self.is_met_elsewhere(candidate.text, candidate)))
            }
        }
    }

    /// Whether the text also has the label in small letters, as it has common nouns.
    fn is_common(&mut self, label: &str) -> bool {
        let lower = label.to_lowercase();
        lower != label && self.occurrences(&lower, 1) > 0
    }

    /// Whether the name, or for a full name its last word, occurs outside the lines that begin with it.
    fn is_met_elsewhere(&mut self, name: &str, candidate: &Candidate<'_>) -> bool {
        let own = self.lines.line(candidate.first).matches(name).count();
        if self.occurrences(name, own * candidate.count as usize + 1) > own * candidate.count as usize {
            return true;
        }
        let surname = name.split_whitespace().next_back().filter(|surname| *surname != name && surname.len() > 3);
        surname.is_some_and(|surname| {
            let own = self.lines.line(candidate.first).matches(surname).count() * candidate.count as usize;
            !self.is_common(surname) && self.occurrences(surname, own + 1) > own
        })
    }

    /// How often the text has `word` between word boundaries, counted up to `most`.
    fn occurrences(&mut self, word: &str, most: usize) -> usize {
        let Some(left) = self.lookups.checked_sub(1) else { return 0 };
        self.lookups = left;
        let text = self.lines.text;
        let within = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii());
        memchr::memmem::find_iter(text.as_bytes(), word.as_bytes())
            .filter(|&at| {
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
                !within(before) && !within(after)
            })
            .take(most)
            .count()
    }
}

fn is_single(candidate: &Candidate<'_>) -> bool {
    candidate.count == 1 || (candidate.shape != Shape::FullName && candidate.same && candidate.count < 3)
}

/// `Q` and `A`, or `Interviewer` and `Guest`, even where each stands once.
fn accept_roles_in_pairs(lines: &Lines<'_>, accepted: &mut [bool]) {
    let once: Vec<usize> = lines
        .candidates
        .iter()
        .enumerate()
        .filter(|(_, one)| one.shape == Shape::Role && names::role(one.text).is_some() && !declares(lines, one))
        .map(|(index, _)| index)
        .collect();
    if once.len() > 1 {
        for index in once {
            if let Some(accepted) = accepted.get_mut(index) {
                *accepted = true;
            }
        }
    }
}

/// Whether a line says who plays a role, `Interviewer: Mira Okafor`, and not what is said.
pub(super) fn declares(lines: &Lines<'_>, candidate: &Candidate<'_>) -> bool {
    let words = lines.words(candidate.first as usize);
    candidate.count == 1
        && names::role(candidate.text).is_some()
        && matches!(names::shape(words), Some(Shape::FullName))
        && !words.ends_with(['.', '!', '?'])
}

/// The first letters of a name's words: `Mira de la Okafor` is `MO`.
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}
