//! Which files cannot hold some words, told by their bytes before anything is understood.
//!
//! A search over thousands of files spends its time on understanding them. Nearly all have none of the words, and a
//! glance at the bytes says so; but the glance must never miss: a letter in a file may be an accented one, an entity or
//! an escape, and markup may stand within a word. So a file is passed over only where the longest word of the query is
//! nowhere in it, in any case, and nowhere with such things in it.

use memchr::memchr3_iter;
use regex::bytes::{Regex, RegexBuilder};

/// Extensions of files that hold the words of a document as they are, but for markup.
const PLAIN: [&str; 11] = ["txt", "text", "md", "markdown", "mdown", "srt", "vtt", "csv", "tsv", "yaml", "yml"];

/// What documents begin with that keep their words in another way than their names say.
const OTHERS: [&[u8]; 6] = [b"{", b"[{", b"[\"", b"@", b"File type", b"PK"];

/// Bytes of the longest tag, link or entity within a word.
const MARKUP: usize = 300;

/// What stands for letters in more letters than it has bytes: number forms, and the squares of Han.
const DENSE: &str = r"\xE2\x85|\xE3[\x8B\x8D-\x8F]";

/// What lets through every file that may hold a word.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// The word, in any case.
    bare: Regex,
    /// The word with accents, entities and markup in it.
    dressed: Regex,
    dense: Regex,
    /// Bytes around something that is no plain letter within which the word would stand.
    reach: usize,
}

impl Sieve {
    /// The sieve for the longest word of `input`; `None` where it has none that is long enough and plain.
    pub(super) fn of(input: &str) -> Option<Self> {
        let words = input.split(|c: char| !c.is_ascii_alphabetic() && c.is_ascii());
        let word = words.filter(|word| word.is_ascii()).max_by_key(|word| word.len()).filter(|word| word.len() > 2)?;
        let entity = "&[#a-z0-9]{1,30};";
        let between = format!(
            r"(?:[*_~`\\\[\]{{}}\x80-\xff]|<[^<>]{{0,{MARKUP}}}>|\]\([^)]{{0,{MARKUP}}}\)|\{{\\[^}}]{{0,40}}\}}|{entity})*"
        );
        let letters: Vec<String> =
            word.chars().map(|letter| format!(r"(?:{letter}|[\x80-\xff]{{1,4}}|{entity})")).collect();
        let regex = |pattern: &str| {
            RegexBuilder::new(pattern).case_insensitive(true).unicode(false).dot_matches_new_line(true).build().ok()
        };
        Some(Self {
            bare: regex(word)?,
            dressed: regex(&letters.join(&between))?,
            dense: regex(DENSE)?,
            reach: (word.len() + 1) * (MARKUP + 8),
        })
    }

    /// Whether a file of that extension and content may hold the word.
    pub(super) fn lets_through(&self, extension: &str, bytes: &[u8]) -> bool {
        if !PLAIN.contains(&extension) || self.bare.is_match(bytes) {
            return true;
        }
        let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
        let head = bytes.get(start..).unwrap_or_default();
        if OTHERS.iter().any(|other| head.starts_with(other)) || memchr::memchr(0, bytes).is_some() {
            return true;
        }
        self.may_be_dressed(bytes)
    }

    fn may_be_dressed(&self, bytes: &[u8]) -> bool {
        let mut is_utf8 = None;
        // What was looked at last. Oddities near one another share a look.
        let mut looked = 0..0;
        for at in oddities(bytes) {
            match bytes.get(at) {
                // `\u006c`, and a line that goes on in the next one.
                Some(b'\\') if matches!(bytes.get(at + 1), Some(b'u' | b'U' | b'x' | b'\n' | b'\r')) => return true,
                Some(byte) if !byte.is_ascii() => {
                    // One byte of an older encoding may be two letters.
                    let is_utf8 = *is_utf8.get_or_insert_with(|| std::str::from_utf8(bytes).is_ok());
                    if !is_utf8 || self.dense.is_match(bytes.get(at..at + 2).unwrap_or_default()) {
                        return true;
                    }
                }
                _ => {}
            }
            if at + self.reach > looked.end {
                let from = at.saturating_sub(self.reach);
                looked = from..(at + 9 * self.reach).min(bytes.len());
                if self.dressed.is_match(bytes.get(looked.clone()).unwrap_or_default()) {
                    return true;
                }
                if looked.end == bytes.len() {
                    return false;
                }
            }
        }
        false
    }
}

/// The bytes of a text at which a word may be written in another way than with its letters, in rising order: what is
/// not ASCII but for quotes, dashes and dots, and markup that touches a letter.
fn oddities(bytes: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
    };
    for marks in [*b"*_~", *b"`\\<", *b"[]{"] {
        let [one, two, three] = marks;
        // Before the first letter of a word, and behind its last, markup does not matter.
        found.extend(memchr3_iter(one, two, three, bytes).filter(|at| is_letter(at.checked_sub(1))));
    }
    let is_escape = |at: &usize| matches!(bytes.get(at + 1), Some(b'u' | b'U' | b'x'));
    found.extend(memchr::memchr_iter(b'\\', bytes).filter(is_escape));
    let is_entity = |at: &usize| bytes.get(at + 1).is_some_and(|next| *next == b'#' || next.is_ascii_alphabetic());
    found.extend(memchr::memchr_iter(b'&', bytes).filter(is_entity));
    let mut at = 0;
    while let Some(next) = next_odd(bytes, at) {
        at = next + width_of_plain(bytes.get(next..).unwrap_or_default()).unwrap_or(1);
        if at == next + 1 {
            found.push(next);
        }
    }
    found.sort_unstable();
    found
}

/// The first byte from `from` on that is not ASCII.
fn next_odd(bytes: &[u8], from: usize) -> Option<usize> {
    const STEP: usize = 64;
    let mut at = from;
    for chunk in bytes.get(from..)?.chunks(STEP) {
        if !chunk.is_ascii() {
            return chunk.iter().position(|byte| !byte.is_ascii()).map(|inside| at + inside);
        }
        at += chunk.len();
    }
    None
}

/// The bytes of a quote, dash, dot, or Chinese or Japanese character, which no word of ASCII letters has in it.
fn width_of_plain(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0xE2, 0x80, 0x90..=0xA9, ..] => Some(3),
        [0xC2, 0xA1..=0xA9 | 0xAB | 0xAC | 0xAE | 0xB0..=0xB9 | 0xBB..=0xBF, ..] => Some(2),
        // Kana and Han, but not the squares.
        [0xE3, 0x80..=0x83, ..] | [0xE4..=0xE9, _, _, ..] => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lets(input: &str, extension: &str, text: &str) -> bool {
        Sieve::of(input).is_none_or(|sieve| sieve.lets_through(extension, text.as_bytes()))
    }

    #[test]
    fn every_way_to_write_a_word_goes_through() {
        for (input, extension, text) in [
            ("cafe", "txt", "Un CAFÉ noir"),
            ("cafe", "txt", "cafe\u{301}s"),
            ("Angstrom unit", "txt", "an Ångström"),
            ("été", "txt", "winter"),
            ("to", "txt", "nothing"),
            ("light  house", "txt", "lighthouse"),
            ("fish", "txt", "a big \u{fb01}sh"),
            ("strasse", "txt", "in der Straße"),
            ("lighthouse", "txt", "light\u{ad}house"),
            ("lighthouse", "txt", "ｌｉｇｈｔｈｏｕｓｅ"),
            ("viii", "txt", "chapter \u{2167}"),
            ("kcal", "txt", "300 \u{3389} a day"),
            ("lighthouse", "md", "the **light**house"),
            ("lighthouse", "txt", "the light*house*"),
            ("lighthouse", "md", "the [light](https://a.example)house"),
            ("lighthouse", "md", "light\\_house"),
            ("lighthouse", "vtt", "the <c>light</c><c>house</c>"),
            ("lighthouse", "srt", "{\\an8}light<i>house</i>"),
            ("lighthouse", "srt", "lig&#104;thouse"),
            ("lighthouse", "txt", "&#x6C;ighthouse"),
            ("lighthouse", "yaml", "\"light\\\n  house\""),
            ("lighthouse", "yaml", "\"\\u006cighthouse\""),
            ("lighthouse", "json", "anything"),
            ("lighthouse", "txt", "{\"text\": \"anything\"}"),
            ("lighthouse", "txt", "@UTF8\n*A: light(h)ouse"),
        ] {
            assert!(lets(input, extension, text), "{input} in {text}");
            let far =
                format!("{}{text}{}", "The sea — it’s “calm”. ".repeat(3_000), " And so on [laughs].".repeat(3_000));
            assert!(lets(input, extension, &far) || text.starts_with(['{', '@']), "{input} in {text}, far in");
        }
        let latin = Sieve::of("strasse").unwrap();
        assert!(latin.lets_through("txt", b"in der Stra\xdfe"));
        assert!(latin.lets_through("txt", b"s\0t\0r\0a\0"));
    }

    #[test]
    fn what_cannot_hold_the_word_does_not() {
        for text in [
            "light-house",
            "“light” — house",
            "light [laughs] house *light* _house_",
            "灯塔还在。",
            "light &amp; house",
        ] {
            assert!(!lets("lighthouse", "txt", text), "{text}");
        }
        assert!(!lets("the harbour", "txt", "a light"));
    }
}
