//! Names that a document writes in capitals throughout, as people write them: `MIRA OKAFOR` is `Mira Okafor`.
//!
//! What the text says in running words decides where it says it (`McDonald`, `DiCaprio`, `de Vries`); else the first
//! letter of each word stays, and what follows an apostrophe, a hyphen, `Mc` or `O'` begins anew.

use super::names;

/// How much of a text is looked through for a name, in bytes.
const SAMPLE: usize = 4 << 20;

/// Words in names that are written small, behind the first.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "al", "and", "av", "af", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "et",
    "ibn", "la", "le", "of", "the", "und", "van", "vom", "von", "y", "zu", "zum", "zur",
];

/// Whether all names that could be written small are written in capitals.
pub(super) fn are_shouted<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let (mut shouted, mut all) = (false, true);
    for name in names.filter(|name| can_be_quiet(name)) {
        let is_shouted = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
        (shouted, all) = (true, all && is_shouted);
    }
    shouted && all
}

/// Whether a label is a name or a role in letters that have small forms, and no initials.
fn can_be_quiet(label: &str) -> bool {
    let cased = |c: char| c.is_uppercase() || c.is_lowercase();
    label.chars().filter(|c| cased(*c)).count() > 1 && !are_initials(label) && !names::is_somebody(label)
}

/// Whether a few capitals stand for a name: `JH`, `AOC`; in `TOM`, `EVA` and `MIRA` the vowels stand as in one.
fn are_initials(label: &str) -> bool {
    const VOWELS: &str = "AEIOUYÄÖÜÁÉÍÓÚÅØАЕИОУЫЭЮЯ";
    let vowels: Vec<bool> = label.chars().map(|c| VOWELS.contains(c)).collect();
    let spoken = match vowels.as_slice() {
        [first, second, third] => first == third && first != second,
        [_, _, _, _] => vowels.contains(&true) && vowels.contains(&false),
        _ => false,
    };
    names::is_initials(label) && !(spoken && label.chars().all(char::is_alphabetic))
}

/// `name` as people write it; `text` is where it may be met.
pub(super) fn quiet(name: &str, text: &str) -> String {
    let end = (0..=text.len().min(SAMPLE)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let text = text.get(..end).unwrap_or_default();
    if are_initials(name) {
        // `IAN` may be three initials, or a name that is also met in the text.
        let word = capitalised(name);
        return if !name.contains('.') && name.chars().count() > 2 && stands_in(text, &word) {
            word
        } else {
            name.to_owned()
        };
    }
    let words = name.split(' ').enumerate().map(|(place, word)| quiet_word(word, place, text));
    words.collect::<Vec<_>>().join(" ")
}

fn quiet_word(word: &str, place: usize, text: &str) -> String {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let numeral = letters > 1 && inner.chars().all(|c| "IVX".contains(c));
    // Initials, and what is written with points or figures, stay.
    if letters < 2 || numeral || inner.contains('.') || inner.chars().any(char::is_numeric) {
        return word.to_owned();
    }
    let small = inner.to_lowercase();
    let plain = if place > 0 && SMALL.contains(&small.as_str()) { small } else { by_rule(inner) };
    let others = [capitalised(inner), inner_capital(inner, 2), inner_capital(inner, 3)];
    let written = others.into_iter().find(|other| !stands_in(text, &plain) && stands_in(text, other));
    word.replacen(inner, &written.unwrap_or(plain), 1)
}

/// A capital at the beginning, and after an apostrophe, a hyphen or `Mc`.
fn by_rule(word: &str) -> String {
    let mut quiet = String::with_capacity(word.len());
    let (mut begins, mut run) = (true, 0);
    for c in word.chars() {
        if begins {
            quiet.extend(c.to_uppercase());
        } else {
            quiet.extend(c.to_lowercase());
        }
        run = if c.is_alphabetic() { run + 1 } else { 0 };
        // `O'Brien` and `D’Arcy`, but `Hale's`.
        let apostrophe = "'’".contains(c) && quiet.chars().count() == 2;
        begins = "-‐".contains(c) || apostrophe || (run == 2 && quiet.ends_with("Mc"));
    }
    quiet
}

/// A capital at the beginning alone.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars.flat_map(char::to_lowercase)).collect()
}

/// Capitals at the beginning and after `count` letters: `DiCaprio`, `MacNeil`.
fn inner_capital(word: &str, count: usize) -> String {
    let split = word.char_indices().nth(count).map_or(word.len(), |(at, _)| at);
    let (begin, end) = word.split_at(split);
    capitalised(begin) + &capitalised(end)
}

fn stands_in(text: &str, word: &str) -> bool {
    let within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    memchr::memmem::find_iter(text.as_bytes(), word.as_bytes()).any(|at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !within(before) && !within(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_written_as_people_write_them() {
        for (name, text, wanted) in [
            ("MIRA OKAFOR", "", "Mira Okafor"),
            ("J. R. HALE-BRANDT", "", "J. R. Hale-Brandt"),
            ("SEAN O'BRIEN", "", "Sean O'Brien"),
            ("FIONA MCDONALD", "", "Fiona McDonald"),
            ("PIET DE VRIES", "", "Piet de Vries"),
            ("DE VRIES", "", "De Vries"),
            ("LEO DICAPRIO", "They asked Leo DiCaprio.", "Leo DiCaprio"),
            ("IAN MACNEIL", "And MacNeil said so.", "Ian MacNeil"),
            ("HENRY WARD III", "", "Henry Ward III"),
            ("ŻANETA ŁUK-TOM", "", "Żaneta Łuk-Tom"),
            ("АННА ПЕТРОВНА", "", "Анна Петровна"),
            ("INTERVIEWER 2", "", "Interviewer 2"),
            ("IAN", "", "IAN"),
            ("IAN", "We asked Ian twice.", "Ian"),
            ("MIRA", "", "Mira"),
            ("TOM", "", "Tom"),
            ("JFK", "", "JFK"),
            ("MF", "", "MF"),
            ("罗小俊", "", "罗小俊"),
        ] {
            assert_eq!(quiet(name, text), wanted, "{name}");
        }
    }

    #[test]
    fn only_where_all_names_are_shouted() {
        assert!(are_shouted(["MIRA OKAFOR", "Q", "JH"].into_iter()));
        assert!(!are_shouted(["MIRA OKAFOR", "Jonas Hale"].into_iter()));
        assert!(!are_shouted(["Q", "A", "罗小俊"].into_iter()));
    }
}
