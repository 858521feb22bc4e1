//! Sentences of European and East Asian prose.
//!
//! Unicode's segmentation (UAX #29) ends a sentence at every `Dr.` and `U.S.`; here a full stop is weighed by the word
//! before it and the word after it. What decides lies within a few words, so that sentences around a place are found
//! without reading the paragraph from its start.

use std::ops::Range;

use super::graphemes::floor;

/// Bytes before a place that are read first to find the sentence around it.
const LOOK_BEHIND: usize = 2048;

/// Characters behind a stop among which the next word is looked for.
const LOOK_AHEAD: usize = 64;

/// The sentences of a paragraph, each with the blanks behind it.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = next_break(text, start).unwrap_or(text.len());
        found.push(start..end);
        start = end;
    }
    found
}

/// The sentence around `offset`, without the blanks behind it. Empty for empty text.
pub fn sentence_at(text: &str, offset: usize) -> Range<usize> {
    let offset = floor(text, offset);
    let start = start_at(text, offset);
    let start = if start == text.len() { previous_sentence_start(text, start).unwrap_or(start) } else { start };
    let end = next_break(text, start).unwrap_or(text.len());
    start..start + text[start..end].trim_end().len()
}

/// The start of the next sentence after `offset`, or `None` where there is none.
pub fn next_sentence_start(text: &str, offset: usize) -> Option<usize> {
    let offset = floor(text, offset);
    next_break(text, start_at(text, offset)).filter(|&at| at < text.len())
}

/// The start of the sentence at or before `offset` but not at it, or `None`.
pub fn previous_sentence_start(text: &str, offset: usize) -> Option<usize> {
    let offset = floor(text, offset);
    let before = text[..offset].char_indices().next_back()?.0;
    Some(start_at(text, before))
}

/// The last sentence start at or before `offset`.
fn start_at(text: &str, offset: usize) -> usize {
    let mut reach = LOOK_BEHIND;
    loop {
        let from = floor(text, offset.saturating_sub(reach));
        let mut last = (from == 0).then_some(0);
        let mut at = from;
        while let Some(next) = next_break(text, at).filter(|&next| next <= offset) {
            last = Some(next);
            at = next;
        }
        match last {
            Some(start) => return start,
            None => reach *= 4,
        }
    }
}

/// The first place after `from` where a sentence begins, or the end of the text.
fn next_break(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = text[at..].find(is_terminator) {
        let stop = Stop::read(text, at + found);
        if stop.ends_sentence(text) {
            let blanks = text[stop.closed..].len() - text[stop.closed..].trim_start().len();
            return Some(stop.closed + blanks);
        }
        at = stop.closed;
    }
    None
}

/// A run of terminators with the closing marks behind it.
struct Stop {
    start: usize,
    /// After the terminators.
    end: usize,
    /// After the closing marks.
    closed: usize,
}

impl Stop {
    fn read(text: &str, start: usize) -> Self {
        let rest = &text[start..];
        let end = start + (rest.len() - rest.trim_start_matches(is_terminator).len());
        let rest = &text[end..];
        let mut closed = end + (rest.len() - rest.trim_start_matches(is_closer).len());
        if let Some(mark) = reference_mark(&text[closed..]) {
            closed += mark;
        }
        closed += spaced_guillemet(&text[closed..]).unwrap_or(0);
        Self { start, end, closed }
    }

    fn ends_sentence(&self, text: &str) -> bool {
        let terminators = &text[self.start..self.end];
        let after = &text[self.closed..];
        let Some(next) = after.chars().next() else { return true };
        if terminators.contains(is_full_width) {
            let quoted = self.closed > self.end && text[self.end..self.closed].contains(['」', '』', '”', '’']);
            let goes_on = quoted && matches!(next, 'と' | 'っ' | 'な' | 'て');
            return !goes_on && !is_middle(next);
        }
        if !next.is_whitespace() {
            return false;
        }
        let Some(word) = Next::read(after) else { return true };
        if terminators.contains(['?', '!', '؟', '۔', '।', '॥']) {
            return !(word.is_lower && self.closed > self.end);
        }
        if terminators.len() > 1 || terminators.contains('…') {
            return !word.is_lower;
        }
        full_stop_ends(&text[..self.start], self.closed > self.end, &word)
    }
}

/// The word after a stop.
struct Next<'a> {
    word: &'a str,
    is_lower: bool,
    is_number: bool,
}

impl<'a> Next<'a> {
    /// `None` where no word follows soon.
    fn read(after: &'a str) -> Option<Self> {
        let mut near = after.char_indices().take(LOOK_AHEAD);
        let (start, _) = near.find(|&(_, c)| c.is_alphanumeric() || matches!(c, '[' | '('))?;
        let rest = &after[start..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).unwrap_or(rest.len());
        let first = rest.chars().next()?;
        Some(Self { word: &rest[..end], is_lower: first.is_lowercase(), is_number: first.is_ascii_digit() })
    }
}

/// Whether a single full stop after `before` ends a sentence.
fn full_stop_ends(before: &str, is_closed: bool, next: &Next<'_>) -> bool {
    let word = last_word(before);
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut letters = bare.chars();
    let single = match (letters.next(), letters.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    };
    let lower = bare.to_lowercase();
    if is_closed && !next.is_lower {
        return true;
    }
    if bare.chars().all(|c| c.is_ascii_digit()) && !bare.is_empty() {
        let opens_paragraph = bare.len() <= 3 && before.len() == word.len();
        return !(next.is_lower || opens_paragraph || (bare.len() <= 2 && ORDINALS.contains(&next.word)));
    }
    if TITLES.contains(&lower.as_str()) {
        return false;
    }
    if next.is_number && BEFORE_NUMBERS.contains(&lower.as_str()) {
        return false;
    }
    let is_abbreviation = bare.contains('.') || ABBREVIATIONS.contains(&lower.as_str());
    if next.is_lower {
        return !is_abbreviation && bare.chars().count() > 3 && bare.chars().all(char::is_alphabetic);
    }
    match single {
        Some('I') => true,
        Some(initial) if initial.is_uppercase() => STARTERS.contains(&next.word),
        Some(_) => !is_abbreviation,
        None => !is_abbreviation || STARTERS.contains(&next.word) || (lower == "etc" && !next.is_number),
    }
}

/// What stands between the last blank and the end; not more than 40 bytes of it.
fn last_word(before: &str) -> &str {
    let from = floor(before, before.len().saturating_sub(40));
    let near = &before[from..];
    let start = near
        .rfind(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/'))
        .map_or(0, |at| at + near[at..].chars().next().map_or(0, char::len_utf8));
    &near[start..]
}

/// Bytes of a footnote mark: `[12]` right behind a stop.
fn reference_mark(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && inner[digits..].starts_with(']')).then_some(digits + 2)
}

/// Bytes of a closing `»` behind a blank, as French writes it; an opening one has a word behind it.
fn spaced_guillemet(text: &str) -> Option<usize> {
    let inner = text.trim_start();
    let after = inner.strip_prefix('»').filter(|_| inner.len() < text.len())?;
    (!after.starts_with(char::is_alphanumeric)).then(|| text.len() - after.len())
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '॥' | '‼' | '⁇' | '⁈' | '⁉') || is_full_width(c)
}

fn is_full_width(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '］'
            | '〕'
            | '*'
            | '_'
    )
}

/// Whether a sentence cannot begin with `c`.
fn is_middle(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':')
}

/// Words that stand before a name.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "fr", "hon", "gen", "col", "maj", "capt", "cpt", "lt", "sgt", "cpl",
    "sen", "rep", "gov", "pres", "supt", "insp", "st", "ste", "mt", "messrs", "mme", "mlle", "mgr", "herr", "hr",
    "dhr", "mevr", "sra", "srta", "dott", "dipl", "vs", "cf", "viz", "e.g", "i.e", "z.b", "d.h", "bzw", "vgl", "sog",
    "ggf", "inkl", "exkl", "evtl", "bspw", "p.ex", "resp",
];

/// Words that stand before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "nr", "núm", "vol", "vols", "p", "pp", "fig", "figs", "ch", "chap", "sec", "art", "par", "eq", "op",
    "ca", "c", "approx", "s", "abs", "bd", "kap", "tel", "ext", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "okt", "dez", "av", "febr", "juil", "déc",
];

/// Words that may end a sentence, and mostly do not.
const ABBREVIATIONS: &[&str] = &[
    "etc", "jr", "sr", "inc", "ltd", "co", "corp", "bros", "dept", "govt", "univ", "assn", "ave", "blvd", "rd", "phd",
    "usw", "usf", "al", "eds", "approx", "mio", "mrd", "u.a", "o.ä", "u.s", "u.k", "d.c", "a.m", "p.m", "ph.d", "ud",
    "uds", "ee", "uu", "geb", "gest", "prov", "fig", "vol", "jan", "feb", "aug", "sept", "oct", "nov", "dec",
];

/// Words that follow a day's or century's number in languages that write it with a full stop.
const ORDINALS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Jahrhunderts",
    "Weltkrieg",
    "Weltkrieges",
    "Weltkriegs",
    "Klasse",
    "Geburtstag",
    "Stock",
];

/// Words that open a sentence, and with a capital seldom stand elsewhere.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "We",
    "They",
    "You",
    "I",
    "I'm",
    "I’m",
    "I've",
    "I’ve",
    "It's",
    "It’s",
    "He's",
    "He’s",
    "She's",
    "She’s",
    "We're",
    "We’re",
    "That's",
    "That’s",
    "There's",
    "There’s",
    "And",
    "But",
    "So",
    "Or",
    "In",
    "On",
    "At",
    "By",
    "For",
    "From",
    "With",
    "After",
    "Before",
    "When",
    "While",
    "Then",
    "That",
    "This",
    "These",
    "Those",
    "There",
    "Here",
    "What",
    "Why",
    "Who",
    "Where",
    "How",
    "Which",
    "My",
    "Our",
    "His",
    "Her",
    "Their",
    "Your",
    "If",
    "Because",
    "As",
    "Not",
    "No",
    "Yes",
    "Yeah",
    "Well",
    "Now",
    "Once",
    "Did",
    "Do",
    "Does",
    "Is",
    "Are",
    "Was",
    "Were",
    "Can",
    "Could",
    "Would",
    "Some",
    "Most",
    "Many",
    "One",
    "Der",
    "Die",
    "Das",
    "Ein",
    "Eine",
    "Ich",
    "Wir",
    "Sie",
    "Er",
    "Es",
    "Und",
    "Aber",
    "Da",
    "Dann",
    "Le",
    "La",
    "Les",
    "Il",
    "Elle",
    "Ils",
    "Nous",
    "Je",
    "Et",
    "Mais",
    "On",
    "El",
    "Los",
    "Las",
    "Un",
    "Una",
    "Y",
    "Pero",
];

#[cfg(test)]
mod tests;
