//! Which of the labels that lines begin with are speakers.
//!
//! A label is a speaker when it recurs, or when the name is also met elsewhere in the text. A repeated title is no
//! label, and a word that the text also uses as a common noun needs to recur throughout.

use std::collections::HashSet;

use super::company;
use super::lines::{Candidate, Line, Lines};
use super::style::{Kind, Style};
use crate::import::heads::Mark;
use crate::import::names::{self, Shape};

/// How many names are looked for in the whole text; enough for any real document, and a bound for odd ones.
const LOOKUPS: u32 = 200;

/// Which candidates are speakers.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    accepted: Vec<bool>,
    alone: Vec<bool>,
}

impl Speakers {
    /// The candidate that a line is labelled with.
    pub(super) fn of(&self, line: &Line) -> Option<u32> {
        let list = if line.alone { &self.alone } else { &self.accepted };
        line.label.filter(|&label| list.get(label as usize).copied().unwrap_or_default())
    }

    /// Whether a candidate is a speaker on any line.
    pub(super) fn has(&self, candidate: usize) -> bool {
        [&self.accepted, &self.alone].into_iter().any(|list| list.get(candidate).copied().unwrap_or_default())
    }

    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        self.accepted.contains(&true) || self.alone.contains(&true)
    }
}

/// How a candidate stands in a text with styles.
#[derive(Clone, Copy, Default)]
struct Looks {
    /// Lines where it is set bold.
    bold: u32,
    /// Lines of paragraphs, and not of headings, lists, tables and the like.
    plain: u32,
}

fn looks(lines: &Lines<'_>, styles: &[Style]) -> Vec<Looks> {
    let mut looks = vec![Looks::default(); lines.candidates.len()];
    for line in &lines.lines {
        let Some(index) = line.label.map(|label| label as usize) else { continue };
        let (Some(look), Some(candidate)) = (looks.get_mut(index), lines.candidates.get(index)) else { continue };
        let style = styles.get(line.number as usize - 1).copied().unwrap_or_default();
        if style.kind == Kind::Text && !line.alone {
            look.plain += 1;
            look.bold += u32::from(style.strong as usize >= candidate.text.len());
        }
    }
    looks
}

/// Tells speakers from what only looks like one.
pub(super) fn settle(lines: &Lines<'_>, styles: &[Style]) -> Speakers {
    let looks = looks(lines, styles);
    let mut judge = Judge { lines, lookups: LOOKUPS };
    let mut accepted: Vec<bool> = lines
        .candidates
        .iter()
        .zip(&looks)
        .map(|(one, look)| {
            let listed = look.plain == 0 && one.count < 3 && one.shape != Shape::Role;
            !listed && (judge.recurs(one) || (look.bold > 0 && judge.stands_out(one)))
        })
        .collect();
    accept_roles_in_pairs(lines, &mut accepted);
    if is_all_labels(lines) {
        for (accepted, one) in accepted.iter_mut().zip(&lines.candidates) {
            *accepted |= one.alone < one.count;
        }
    }
    let mut company = Company::of(lines, &accepted);
    for ((candidate, accepted), look) in lines.candidates.iter().zip(&mut accepted).zip(&looks) {
        if !*accepted && look.plain > 0 && judge.stands_once(candidate, &company) {
            *accepted = true;
        }
    }
    // A second look: a nickname or initials of somebody who has only now been accepted.
    company = Company::of(lines, &accepted);
    let first = lines.lines.get(..company.first as usize).map_or(0, |before| before.len().min(company::LINES)) as u32;
    let presented = company::presented((0..first).map(|index| lines.line(index)));
    company.initials.extend(presented.iter().map(|one| initials(&one.name)));
    for (candidate, accepted) in lines.candidates.iter().zip(&mut accepted) {
        *accepted = *accepted || (is_single(candidate) && company.knows(candidate));
    }
    let alone = stand_alone(lines, &accepted);
    if !alone.contains(&true) && is_one_title(lines, &looks, &accepted) {
        accepted.fill(false);
    }
    Speakers { accepted, alone }
}

/// Whether all that was accepted is one name that stands once in the talk or is the beginning of a heading, or that
/// is met once far behind the beginning: nobody speaks but once.
fn is_one_title(lines: &Lines<'_>, looks: &[Looks], accepted: &[bool]) -> bool {
    const BEGINNING: u32 = 4;
    let mut all = lines.candidates.iter().zip(looks).zip(accepted).filter(|(_, accepted)| **accepted);
    let Some(((one, look), _)) = all.next() else { return false };
    let heading = one.shape != Shape::Role && look.plain < one.count && one.count <= 2;
    let aside = one.count == 1 && one.first >= BEGINNING;
    all.next().is_none() && (heading || aside)
}

/// Which candidates are labels where they stand alone on a line without a colon. Titles and headings stand so too:
/// labels recur, more than one of them, with words between.
fn stand_alone(lines: &Lines<'_>, accepted: &[bool]) -> Vec<bool> {
    let mut followed = vec![0_u32; lines.candidates.len()];
    for pair in lines.lines.windows(2) {
        if let [line, next] = pair
            && line.alone
            && !next.alone
            && let Some(followed) = line.label.and_then(|label| followed.get_mut(label as usize))
        {
            *followed += 1;
        }
    }
    let recurs = |one: &Candidate<'_>, followed: u32| {
        let shouted = !one.text.chars().any(char::is_lowercase);
        let least = if shouted || one.shape == Shape::Role { 2 } else { 3 };
        one.alone >= least && followed * 5 >= one.alone * 4
    };
    let mut alone: Vec<bool> =
        lines.candidates.iter().zip(&followed).map(|(one, followed)| recurs(one, *followed)).collect();
    let (count, sum) = lines
        .candidates
        .iter()
        .zip(&alone)
        .filter(|(_, alone)| **alone)
        .fold((0, 0), |(count, sum), (one, _)| (count + 1, sum + one.alone));
    if count < 2 || (sum as usize) * 12 < lines.lines.len() {
        alone.fill(false);
    }
    // Whoever is a speaker with a colon is one without it, where others stand alone too.
    if alone.contains(&true) {
        for ((alone, accepted), one) in alone.iter_mut().zip(accepted).zip(&lines.candidates) {
            *alone |= *accepted && one.alone > 0;
        }
    }
    alone
}

/// The speakers found so far.
#[derive(Default)]
struct Company<'a> {
    words: HashSet<&'a str>,
    initials: HashSet<String>,
    stems: HashSet<&'a str>,
    lines: u32,
    first: u32,
    marks: HashSet<Mark>,
}

impl<'a> Company<'a> {
    fn of(lines: &Lines<'a>, accepted: &[bool]) -> Self {
        let mut company = Self { first: u32::MAX, ..Self::default() };
        for (candidate, _) in lines.candidates.iter().zip(accepted).filter(|(_, accepted)| **accepted) {
            let (name, aside) = names::aside(candidate.text);
            company.words.extend(name.split_whitespace());
            company.initials.extend(aside.map(str::to_owned));
            company.initials.insert(initials(name));
            if candidate.shape == Shape::Numbered {
                company.stems.insert(stem(name));
            }
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
            Shape::Numbered => self.stems.contains(stem(name)),
            Shape::Role => false,
        }
    }
}

/// A label without its number.
fn stem(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
}

struct Judge<'l, 'a> {
    lines: &'l Lines<'a>,
    lookups: u32,
}

impl Judge<'_, '_> {
    fn recurs(&mut self, candidate: &Candidate<'_>) -> bool {
        let candidate = &Candidate { count: candidate.count - candidate.alone, ..*candidate };
        if candidate.count < 2 || candidate.same {
            return false;
        }
        let throughout = candidate.count >= 3 && candidate.count as usize * 20 >= self.lines.lines.len();
        match candidate.shape {
            Shape::Role => true,
            // Terms such as `API` and `BIP 174` also stand before colons.
            Shape::Initials | Shape::Numbered => throughout || candidate.count as usize * 10 >= self.lines.lines.len(),
            Shape::OneWord => throughout || !self.is_common(candidate.text),
            Shape::FullName => throughout || candidate.count > 2 || !self.is_common(candidate.text),
        }
    }

    /// Whether a label that is set bold is a speaker's even if it stands only once.
    fn stands_out(&mut self, candidate: &Candidate<'_>) -> bool {
        !declares(self.lines, candidate)
            && match candidate.shape {
                Shape::OneWord => !self.is_common(candidate.text),
                Shape::FullName | Shape::Initials | Shape::Role | Shape::Numbered => true,
            }
    }

    /// Whether a label that no second line begins with is a speaker's all the same.
    fn stands_once(&mut self, candidate: &Candidate<'_>, company: &Company<'_>) -> bool {
        if !is_single(candidate) {
            return false;
        }
        let dense = company.lines >= 8 || candidate.timed || company.lines as usize * 2 >= self.lines.lines.len();
        let inside = candidate.first > company.first && dense && company.marks.contains(&candidate.mark);
        match candidate.shape {
            Shape::FullName => {
                let (name, _) = names::aside(candidate.text);
                inside
                    || company.knows(candidate)
                    || self.is_met_elsewhere(name, candidate)
                    || self.opens_an_exchange(candidate)
            }
            Shape::Initials | Shape::Numbered => company.knows(candidate),
            Shape::Role => inside || (candidate.first > company.first && names::is_nobody(candidate.text)),
            Shape::OneWord => {
                company.knows(candidate)
                    || (!self.is_common(candidate.text) && (inside || self.is_met_elsewhere(candidate.text, candidate)))
            }
        }
    }

    /// Whether a name that stands once is the first of an exchange: a question, and soon after it another name.
    fn opens_an_exchange(&mut self, candidate: &Candidate<'_>) -> bool {
        let near = |other: &&Candidate<'_>| {
            other.shape == Shape::FullName && other.first > candidate.first && other.first <= candidate.first + 6
        };
        let Some(next) = self.lines.candidates.iter().find(near).copied() else { return false };
        let asks = |index: u32| crate::import::roles::asks(self.lines.line(index));
        let sentence = |one: &Candidate<'_>| self.lines.words(one.first as usize).len() > 20 || one.timed;
        sentence(candidate)
            && sentence(&next)
            && (candidate.first..next.first).any(asks)
            && !self.is_common(candidate.text)
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
    if candidate.alone == candidate.count {
        return false;
    }
    candidate.count == 1
        || matches!(candidate.shape, Shape::Initials | Shape::Numbered)
        || (candidate.shape != Shape::FullName && candidate.same && candidate.count < 3)
}

/// Whether nearly every line begins with something like a name, and there are several: a short talk, all of it
/// labelled.
fn is_all_labels(lines: &Lines<'_>) -> bool {
    let named = lines.lines.iter().filter(|line| line.label.is_some() && !line.alone).count();
    let distinct = lines.candidates.iter().filter(|one| one.alone < one.count && (!one.same || one.count == 1)).count();
    let short = lines.lines.len() <= 12;
    short && distinct >= 2 && named >= 2 && named * 5 >= lines.lines.len() * 4
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
    let first = |word: &str| word.chars().next().filter(|c| c.is_uppercase());
    name.split([' ', '-']).filter_map(first).collect()
}
