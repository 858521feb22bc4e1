//! Labels to people: labels that drift are brought together.
//!
//! A transcript writes a name in full once and then shortens it: to initials, to the first name, to the surname.
//! A short label is taken for a longer one where it fits exactly one person.

use std::collections::{HashMap, HashSet};

use super::draft::{Draft, Speech};
use super::{Options, capitals, names};
use crate::model::Role;

/// The speakers of a draft.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// Speakers in the order of their first words.
    pub people: Vec<Person>,
    /// The speaker of each label of the draft; `None` for a label of nobody (`Both`) or one that no block has.
    pub of_label: Vec<Option<usize>>,
    /// Labels that were brought together: as written, as shown.
    pub merged: Vec<(String, String)>,
}

/// A speaker before the roles are worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// The name to show.
    pub name: String,
    /// The role, where the document or the reader gives it.
    pub role: Option<Role>,
}

/// More people than this are not told apart; it is what a speaker's index holds.
const MOST: usize = u16::MAX as usize;

/// Up to this many people, initials of all shapes are compared with all names.
const FEW: usize = 200;

/// The people behind the labels of a draft.
pub(super) fn cast(draft: &Draft, options: &Options) -> Cast {
    let mut used = vec![0_u32; draft.labels.len()];
    let mut order = Vec::new();
    for block in &draft.blocks {
        if let Speech::Labelled(label) = block.speech
            && let Some(used) = used.get_mut(label as usize)
        {
            if *used == 0 {
                order.push(label as usize);
            }
            *used += 1;
        }
    }
    let mut groups = Groups::new(draft);
    for &label in &order {
        groups.add(label, draft, used.get(label).copied().unwrap_or_default());
    }
    groups.bring_together();
    groups.into_cast(draft, options, &order)
}

/// A name as one or more labels write it.
#[derive(Clone, Debug)]
struct Group {
    name: String,
    /// Short forms that the document gives itself, `SL` in `Stephan Livera (SL)`.
    aliases: Vec<String>,
    role: Option<Role>,
    count: u32,
    /// The group that this one was found to be a short form of.
    whole: Option<usize>,
}

struct Groups {
    groups: Vec<Group>,
    by_name: HashMap<String, usize>,
    /// Labels that the document declares for somebody's name.
    declared: HashMap<String, usize>,
    of_label: HashMap<usize, usize>,
    /// What stands in brackets after each name that also stands without.
    asides: HashMap<String, HashSet<String>>,
}

impl Groups {
    /// Declared people first: labels may be short for them.
    fn new(draft: &Draft) -> Self {
        let mut groups = Self {
            groups: Vec::new(),
            by_name: HashMap::new(),
            declared: HashMap::new(),
            of_label: HashMap::new(),
            asides: asides(draft),
        };
        for one in &draft.declared {
            let (name, aside) = names::aside(&one.name);
            let index = groups.named(name);
            if one.label != one.name {
                groups.declared.insert(one.label.clone(), index);
            }
            if let Some(group) = groups.groups.get_mut(index) {
                group.role = group.role.or(one.role);
                group.aliases.extend(aside.map(str::to_owned));
                if one.label != one.name {
                    group.aliases.push(one.label.clone());
                }
            }
        }
        groups
    }

    fn named(&mut self, name: &str) -> usize {
        let key = fold(name);
        let next = self.groups.len();
        let index = *self.by_name.entry(key).or_insert(next);
        if index == next {
            let group = Group { name: name.to_owned(), aliases: Vec::new(), role: None, count: 0, whole: None };
            self.groups.push(group);
        }
        index
    }

    fn add(&mut self, label: usize, draft: &Draft, count: u32) {
        let Some(text) = draft.labels.get(label) else { return };
        if names::is_nobody(text) {
            return;
        }
        let declared = self.declared.get(text).copied();
        let (mut name, aside) = names::aside(text);
        let short = aside.filter(|aside| names::is_initials(aside) || is_part(aside, name));
        let manner = aside.is_some_and(|aside| names::is_manner(aside) || names::role(aside).is_some());
        // `Jonas Hale (ferryman)` is `Jonas Hale`, unless there is another one.
        let once = self.asides.get(&fold(name)).is_some_and(|asides| asides.len() == 1);
        if short.is_none() && !manner && !once {
            name = text.trim();
        }
        let index = declared.unwrap_or_else(|| self.named(name));
        // A letter for which the document has a name is no `A` of question and answer.
        let renamed = declared.and_then(|index| self.groups.get(index)).filter(|group| group.name != *text);
        let named = names::role(renamed.map_or(text, |group| group.name.as_str()));
        if let Some(group) = self.groups.get_mut(index) {
            // `Mira Okafor` reads better than `MIRA OKAFOR`, whichever comes first.
            if group.count > 0 && is_shouted(&group.name) && !is_shouted(name) {
                name.clone_into(&mut group.name);
            }
            group.count += count;
            group.aliases.extend(short.map(str::to_owned));
            group.role = group.role.or(aside.and_then(names::role)).or(named);
        }
        self.of_label.insert(label, index);
    }

    fn bring_together(&mut self) {
        let mut by_form: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, group) in self.groups.iter().enumerate() {
            let mut forms: Vec<String> = group.aliases.iter().map(|alias| fold(alias)).collect();
            let words = name_words(&group.name);
            if words.len() > 1 && !names::is_several(&group.name) {
                forms.extend(words.first().into_iter().chain(words.last()).map(|word| fold(word)));
                forms.push(format!("{} {}", fold(words.first().unwrap_or(&"")), fold(words.last().unwrap_or(&""))));
                let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
                forms.push(fold(&initials));
            }
            forms.sort_unstable();
            forms.dedup();
            for form in forms {
                by_form.entry(form).or_default().push(index);
            }
        }
        let roles = self.groups.iter().filter(|group| names::role(&group.name).is_some()).count();
        for index in 0..self.groups.len() {
            let whole = self.groups.get(index).and_then(|group| self.whole_of(index, group, &by_form, roles));
            if let Some(group) = self.groups.get_mut(index) {
                group.whole = whole;
            }
        }
    }

    /// The one longer name that a group's name is short for.
    fn whole_of(
        &self,
        index: usize,
        group: &Group,
        by_form: &HashMap<String, Vec<usize>>,
        roles: usize,
    ) -> Option<usize> {
        let size = |name: &str| name_words(name).iter().map(|word| word.chars().count()).sum::<usize>();
        let length = |index: usize| self.groups.get(index).map_or(0, |group| size(&group.name));
        let own = size(&group.name);
        // `Q` and `A` are roles beside each other, and not the first letters of somebody.
        if names::role(&group.name).is_some() && (roles > 1 || own > 1)
            || names::is_somebody(&group.name)
            || names::is_several(&group.name)
        {
            return None;
        }
        let only = |found: Vec<usize>| match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let words = name_words(&group.name);
        let mut keys = vec![fold(&group.name), fold(&letters(&group.name))];
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            keys.push(fold(&words.join(" ")));
            if words.len() > 2 {
                keys.push(format!("{} {}", fold(first), fold(last)));
            }
        }
        for key in keys.iter().filter(|key| !key.is_empty()) {
            let longer = by_form.get(key).into_iter().flatten().copied();
            let found: Vec<usize> = longer.filter(|&other| other != index && length(other) > own).collect();
            if !found.is_empty() {
                return only(found);
            }
        }
        if self.groups.len() > FEW {
            return None;
        }
        let short = letters(&group.name);
        let name = |other: usize| self.groups.get(other).map_or("", |group| group.name.as_str());
        let others = || {
            let longer = (0..self.groups.len()).filter(|&other| other != index && length(other) > own);
            longer.filter(|&other| !names::is_several(name(other)))
        };
        if let [first, .., last] = words.as_slice()
            && letters(first).chars().count() == 1
        {
            // `A. Hale` beside `Ada Hale` and `Jonas Hale`.
            let begins = |other: &usize| {
                let words = name_words(name(*other));
                let fits = |word: &&str| fold(word).starts_with(&fold(&letters(first)));
                words.len() > 1
                    && words.first().is_some_and(fits)
                    && words.last().is_some_and(|one| fold(one) == fold(last))
            };
            return only(others().filter(begins).collect());
        }
        if names::is_initials(&group.name) && short.chars().count() > 1 {
            return only(others().filter(|&other| abbreviates(&short, name(other))).collect());
        }
        if own == 1 {
            let begins =
                |other: &usize| name_words(name(*other)).iter().any(|word| fold(word).starts_with(&fold(&short)));
            return only(others().filter(begins).collect());
        }
        None
    }

    fn root(&self, mut index: usize) -> usize {
        for _ in 0..4 {
            match self.groups.get(index).and_then(|group| group.whole) {
                Some(whole) => index = whole,
                None => break,
            }
        }
        index
    }

    fn into_cast(self, draft: &Draft, options: &Options, order: &[usize]) -> Cast {
        let mut cast = Cast { of_label: vec![None; draft.labels.len()], ..Cast::default() };
        let mut known: HashMap<String, usize> = HashMap::new();
        let renamed = |name: &str| {
            let found = options.speakers.iter().find(|(old, _)| fold(old) == fold(name));
            found.map(|(_, new)| new.as_str())
        };
        let labelled = order.iter().filter_map(|label| self.of_label.get(label));
        let names = labelled.filter_map(|&group| self.groups.get(self.root(group))).map(|whole| whole.name.as_str());
        let shouted = capitals::are_shouted(names);
        for &label in order {
            let Some(&group) = self.of_label.get(&label) else { continue };
            let Some(whole) = self.groups.get(self.root(group)) else { continue };
            let written = draft.labels.get(label).map_or("", String::as_str);
            let shown = if shouted { capitals::quiet(&whole.name, &draft.text) } else { whole.name.clone() };
            let given = renamed(written).or_else(|| renamed(&whole.name)).or_else(|| renamed(&shown));
            let name = given.unwrap_or(&shown);
            let next = cast.people.len();
            let person = *known.entry(fold(name)).or_insert(next);
            if person == next {
                if next >= MOST {
                    continue;
                }
                cast.people.push(Person { name: name.to_owned(), role: None });
            }
            if let Some(person) = cast.people.get_mut(person) {
                let own = self.groups.get(group).and_then(|group| group.role);
                person.role = person.role.or(whole.role).or(own);
                if options.interviewer.as_deref().is_some_and(|asks| is_called(asks, &person.name, written)) {
                    person.role = Some(Role::Interviewer);
                }
            }
            if written != name && !cast.merged.iter().any(|(known, _)| known == written) && cast.merged.len() < FEW {
                cast.merged.push((written.to_owned(), name.to_owned()));
            }
            if let Some(slot) = cast.of_label.get_mut(label) {
                *slot = Some(person);
            }
        }
        if options.interviewer.is_some() && cast.people.iter().any(|person| person.role == Some(Role::Interviewer)) {
            for person in &mut cast.people {
                let asked_for = options.interviewer.as_deref().is_some_and(|asks| is_called(asks, &person.name, ""));
                if person.role == Some(Role::Interviewer) && !asked_for {
                    person.role = None;
                }
            }
        }
        cast
    }
}

/// Whether the reader's `name` for somebody means the person shown as `shown` and written as `written`.
pub(super) fn is_called(name: &str, shown: &str, written: &str) -> bool {
    let name = fold(name);
    let part = |full: &str| name_words(full).iter().any(|word| fold(word) == name);
    name == fold(shown) || name == fold(written) || part(shown)
}

fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A name's words without titles.
fn name_words(name: &str) -> Vec<&str> {
    const TITLES: &[&str] =
        &["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "herr", "frau", "m", "mme", "sr", "sra", "rev"];
    let words = name.split([' ', '-', '\u{A0}']).filter(|word| !word.is_empty());
    let title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let all: Vec<&str> = words.collect();
    if all.len() > 1 { all.into_iter().filter(|word| !title(word)).collect() } else { all }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What stands in brackets after each name that is also a label without it.
fn asides(draft: &Draft) -> HashMap<String, HashSet<String>> {
    let bare: HashSet<String> = draft.labels.iter().map(|label| fold(label)).collect();
    let mut asides: HashMap<String, HashSet<String>> = HashMap::new();
    for label in &draft.labels {
        if let (name, Some(aside)) = names::aside(label)
            && bare.contains(&fold(name))
        {
            asides.entry(fold(name)).or_default().insert(fold(aside));
        }
    }
    asides
}

fn is_shouted(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

fn is_part(aside: &str, name: &str) -> bool {
    name_words(name).iter().any(|word| fold(word) == fold(aside))
}

/// Whether `short` is made of the beginnings of the name's words in order: `WCh` of `Wiktoria Choręziak`, `AvW` and
/// `AW` of `Aaron van Wirdum`.
fn abbreviates(short: &str, name: &str) -> bool {
    fn rest(short: &[char], words: &[Vec<char>]) -> bool {
        let Some((word, words)) = words.split_first() else { return short.is_empty() };
        let small = word.first().is_some_and(|c| c.is_lowercase());
        if small && rest(short, words) {
            return true;
        }
        (1..=3.min(word.len()).min(short.len())).any(|length| {
            let (begin, left) = short.split_at(length);
            begin.iter().zip(word).all(|(a, b)| a.to_lowercase().eq(b.to_lowercase())) && rest(left, words)
        })
    }
    let words: Vec<Vec<char>> = name_words(name).iter().map(|word| word.chars().collect()).collect();
    let short: Vec<char> = short.chars().collect();
    (2..=6).contains(&words.len()) && short.len() <= 8 && rest(&short, &words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::draft::Declared;

    fn names_of(labels: &[&str], declared: &[&str], options: &Options) -> Vec<String> {
        let mut draft = Draft::default();
        for name in declared {
            draft.declared.push(Declared { label: (*name).to_owned(), name: (*name).to_owned(), role: None });
        }
        for label in labels {
            let label = draft.label(label);
            draft.push("Yes.", 1, Speech::Labelled(label));
        }
        let cast = cast(&draft, options);
        let name = |label: usize| cast.of_label[label].map_or("nobody".to_owned(), |one| cast.people[one].name.clone());
        (0..draft.labels.len()).map(name).collect()
    }

    #[test]
    fn labels_that_drift_are_one_person() {
        for (labels, wanted) in [
            (&["Stephan Rae (SR)", "SR", "Mira"][..], &["Stephan Rae", "Stephan Rae", "Mira"][..]),
            (&["Jon Halvorsen", "Jon", "Halvorsen", "Dr. Halvorsen"], &["Jon Halvorsen"; 4]),
            (
                &["Wanda Chmiel", "WCh", "Ada van Rijn", "AvR"],
                &["Wanda Chmiel", "Wanda Chmiel", "Ada van Rijn", "Ada van Rijn"],
            ),
            (&["Żaneta Łuk-Tom", "Ż.Ł-T"], &["Żaneta Łuk-Tom"; 2]),
            (&["MIRA OKAFOR", "Mira Okafor", "MIRA OKAFOR (VOICEOVER)"], &["Mira Okafor"; 3]),
            (&["Lantier", "L", "Moreau", "M"], &["Lantier", "Lantier", "Moreau", "Moreau"]),
            (&["Q", "A", "Ana Quist"], &["Q", "A", "Ana Quist"]),
            (&["Ada Hale", "Jonas Hale", "Hale"], &["Ada Hale", "Jonas Hale", "Hale"]),
            (&["Ada Hale", "Jonas Hale", "A. Hale", "J. Hale"], &["Ada Hale", "Jonas Hale", "Ada Hale", "Jonas Hale"]),
            (&["Hale", "Rae", "Hale and Rae"], &["Hale", "Rae", "Hale and Rae"]),
            (&["Jonas Hale (ferryman)", "Jonas Hale", "Rae (Mill)"], &["Jonas Hale", "Jonas Hale", "Rae (Mill)"]),
            (&["Rae (Mill)", "Rae (Farm)", "Rae"], &["Rae (Mill)", "Rae (Farm)", "Rae"]),
            (&["Mira", "Both", "Unknown"], &["Mira", "nobody", "nobody"]),
            (&["Speaker 1", "Speaker 2"], &["Speaker 1", "Speaker 2"]),
        ] {
            assert_eq!(names_of(labels, &[], &Options::default()), wanted);
        }
    }

    #[test]
    fn short_labels_are_taken_for_declared_people() {
        let wanted = ["Mira Okafor", "Jonas Hale"];
        assert_eq!(names_of(&["Mira", "JH"], &["Mira Okafor", "Jonas Hale"], &Options::default()), wanted);
    }

    #[test]
    fn the_reader_renames_and_merges() {
        let speakers = vec![("Speaker 1".to_owned(), "Mira".to_owned()), ("M.".to_owned(), "Mira".to_owned())];
        let options = Options { speakers, ..Options::default() };
        assert_eq!(names_of(&["Speaker 1", "M.", "Speaker 2"], &[], &options), ["Mira", "Mira", "Speaker 2"]);
    }

    #[test]
    fn ten_thousand_speakers_are_no_trouble() {
        let labels: Vec<String> = (0..10_000).map(|n| format!("Person{n} Name{n}")).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let mut draft = Draft::default();
        for label in labels {
            draft.labels.push(label.to_owned());
            let label = draft.labels.len() as u32 - 1;
            draft.push("Yes.", 1, Speech::Labelled(label));
        }
        assert_eq!(cast(&draft, &Options::default()).people.len(), 10_000);
    }
}
