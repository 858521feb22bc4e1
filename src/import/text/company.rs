//! The people whom a text presents before the talk, as plays and archives do.

use super::speakers::initials;
use crate::import::draft::Declared;
use crate::import::names::{self, Shape};
use crate::model::Role;

/// Lines before the talk in which its people may be presented.
pub(super) const LINES: usize = 60;

/// Words that tell of somebody presented that it is this person who asks.
const ASKS: &[&str] = &["interview", "journalist", "reporter", "host", "moderator", "researcher"];

/// The people in these lines: `Mira Okafor, journalist`, `JH – Jonas Hale`, `Mira Okafor and Jonas Hale, 12 May`.
pub(super) fn presented<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Declared> {
    let mut found: Vec<Declared> = Vec::new();
    for line in lines.filter(|line| line.len() <= 160) {
        let line = line.trim_start_matches(['-', '*', '•', '–', ' ']);
        let parts: Vec<&str> = line.split([',', '–', '—', '=', ':', ';', '\t']).map(str::trim).collect();
        let asks = |text: &str| {
            let text = text.to_lowercase();
            ASKS.iter().any(|word| text.contains(word)) || names::role(text.trim()) == Some(Role::Interviewer)
        };
        // What a line says of somebody's part it says of the only one in it.
        let people: Vec<&str> = parts.iter().flat_map(|part| apart(part)).filter(|name| is_person(name)).collect();
        let role = (people.len() == 1 && parts.len() > 1 && asks(line)).then_some(Role::Interviewer);
        for name in people {
            if found.iter().all(|one| one.name != name) {
                found.push(Declared { label: name.to_owned(), name: name.to_owned(), role });
            }
        }
    }
    found
}

/// Whether any of `labels` is short for `name`, so that the name is more than a line of the introduction.
pub(super) fn is_needed(name: &str, labels: &[&str]) -> bool {
    let (bare, _) = names::aside(name);
    let short = initials(bare);
    labels.iter().any(|label| {
        let first = label.chars().next().unwrap_or(' ');
        **label == *short
            || (label.chars().count() == 1 && bare.split(' ').any(|word| word.starts_with(first)))
            || (names::is_initials(label) && short.starts_with(first))
    })
}

fn apart(names: &str) -> impl Iterator<Item = &str> {
    [" and ", " & ", " und ", " et ", " with "]
        .into_iter()
        .find_map(|joint| names.split_once(joint))
        .map_or([Some(names), None], |(one, other)| [Some(one), Some(other)])
        .into_iter()
        .flatten()
        .map(str::trim)
}

fn is_person(name: &str) -> bool {
    names::shape(name) == Some(Shape::FullName) && !names::is_several(name) && !name.starts_with("The ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_presented_in_many_ways() {
        let lines = [
            "The Salt Road",
            "Present:",
            "Mira Okafor, journalist",
            "JH = Jonas Hale",
            "Ada Rae and Lis Brandt, 12 May",
        ];
        let found = presented(lines.into_iter());
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Mira Okafor", "Jonas Hale", "Ada Rae", "Lis Brandt"]);
        let needed: Vec<&str> = names.into_iter().filter(|name| is_needed(name, &["MO", "JH", "L"])).collect();
        assert_eq!(needed, ["Mira Okafor", "Jonas Hale", "Lis Brandt"]);
        assert_eq!(found[0].role, Some(Role::Interviewer));
    }
}
