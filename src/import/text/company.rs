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
    for line in lines.filter(|line| line.len() <= 160 && !tells_who_wrote(line)) {
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

/// The full name that `text` gives nobody else but who has these initials, `Jonas Hale` for `JH`: the words of it stand
/// nowhere in small letters, as those of a title would.
pub(super) fn behind(label: &str, text: &str) -> Option<String> {
    let label: String = label.chars().filter(|c| c.is_alphabetic()).collect();
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['[', '(', '“', '"', '*', '_'])).collect();
    let bare = |word: &str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let words: Vec<(&str, &str)> = words.into_iter().map(|word| (word, &word[..bare(word)])).collect();
    // Nearly all words have none, so that hardly any name has to be put together.
    let has_none = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.contains('-');
    let letters = words.iter().map(|(_, bare)| if has_none(bare) { String::new() } else { initials(bare) });
    let letters: Vec<String> = letters.collect();
    let mut found: Option<String> = None;
    for start in 0..words.len() {
        for count in 2..=4.min(words.len() - start) {
            let Some(run) = words.get(start..start + count) else { continue };
            let have = letters.get(start..start + count).unwrap_or_default();
            let is_as_long = have.iter().map(String::len).sum::<usize>() == label.len();
            if !is_as_long || !have.iter().flat_map(|letters| letters.chars()).eq(label.chars()) {
                continue;
            }
            let inside = run.get(..count - 1).unwrap_or_default();
            let whole = inside.iter().all(|(word, _)| word.ends_with(char::is_alphabetic) || word.len() == 2);
            let name = run.iter().map(|(_, bare)| *bare).collect::<Vec<_>>().join(" ");
            if !whole || !is_person(&name) {
                continue;
            }
            let small = |word: &str| words.iter().any(|(_, other)| *other == word.to_lowercase());
            if name.split(' ').any(|word| word.chars().any(char::is_lowercase) && small(word)) {
                continue;
            }
            match &found {
                Some(other) if *other != name => return None,
                _ => found = Some(name),
            }
        }
    }
    found
}

/// Whether a line names whoever wrote, translated or took down the text.
fn tells_who_wrote(line: &str) -> bool {
    let line = line.to_lowercase();
    ["transcri", "edited by", "translat", "photo", "copyright"].iter().any(|word| line.contains(word))
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
        assert_eq!(
            behind("LB", "We met Lis Brandt (the younger) and the Little Bear, a little bear."),
            Some("Lis Brandt".to_owned())
        );
        assert_eq!(behind("LB", "Lis Brandt met Leo Brook."), None);
        assert_eq!(behind("JOT", "It was [Jane Orr-Tull, clerk](x) who said so."), Some("Jane Orr-Tull".to_owned()));
        assert_eq!(found[0].role, Some(Role::Interviewer));
    }
}
