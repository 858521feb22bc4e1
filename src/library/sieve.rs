//! Which files cannot hold some words, told by their bytes before anything is understood.
//!
//! A search over thousands of files spends its time on understanding them. Nearly all have none of the words, and a
//! glance at the bytes says so; but the glance must never miss: a letter in a file may be an accented one, an entity or
//! an escape, and markup may stand within a word. So a file is passed over only where one of the longest words of the
//! query is nowhere in it, in any case, and nowhere with such things in it.

use regex::bytes::{Regex, RegexBuilder};

/// Extensions of files that hold the words of a document as they are, but for markup.
const PLAIN: [&str; 11] = ["txt", "text", "md", "markdown", "mdown", "srt", "vtt", "csv", "tsv", "yaml", "yml"];

/// What documents begin with that keep their words in another way than their names say.
const OTHERS: [&[u8]; 6] = [b"{", b"[{", b"[\"", b"@", b"File type", b"PK"];

/// Bytes of the longest tag, link or entity within a word.
const MARKUP: usize = 300;

/// What stands for letters in more letters than it has bytes: number forms, and the squares of Han.
const DENSE: &str = r"\xE2\x85|\xE3[\x8B\x8D-\x8F]";

/// Most words of a query that are looked for beforehand.
const WORDS: usize = 3;

/// What lets through every file that may hold some words.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// The longest words, at least one.
    words: Vec<Word>,
    dense: Regex,
}

/// A word of ASCII letters.
#[derive(Clone, Debug)]
struct Word {
    /// The word, in any case.
    bare: Regex,
    /// The word with accents, entities and markup in it.
    dressed: Regex,
    /// Bytes around something that is no plain letter within which the word would stand.
    reach: usize,
}

impl Word {
    fn new(word: &str) -> Option<Self> {
        let entity = "&[#a-z0-9]{1,30};";
        let between = format!(
            r"(?:[*_~`\\\[\]{{}}\x80-\xff]|<[^<>]{{0,{MARKUP}}}>|\]\([^)]{{0,{MARKUP}}}\)|\{{\\[^}}]{{0,40}}\}}|{entity})*"
        );
        let letters: Vec<String> =
            word.chars().map(|letter| format!(r"(?:{letter}|[\x80-\xff]{{1,4}}|{entity})")).collect();
        Some(Self {
            bare: in_any_case(word)?,
            dressed: in_any_case(&letters.join(&between))?,
            reach: (word.len() + 1) * (MARKUP + 8),
        })
    }
}

fn in_any_case(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(true).unicode(false).dot_matches_new_line(true).build().ok()
}

impl Sieve {
    /// The sieve for the longest words of `input`; `None` where it has none that is long enough and plain.
    pub(super) fn of(input: &str) -> Option<Self> {
        let words = input.split(|c: char| !c.is_ascii_alphabetic() && c.is_ascii());
        let mut words: Vec<&str> = words.filter(|word| word.is_ascii() && word.len() > 2).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let words: Vec<Word> = words.into_iter().take(WORDS).map(Word::new).collect::<Option<_>>()?;
        (!words.is_empty()).then_some(Self { words, dense: in_any_case(DENSE)? })
    }

    /// The sieve for what every match of the regular expression `pattern` has in it.
    pub(super) fn of_pattern(pattern: &str) -> Option<Self> {
        Self::of(&letters_of(pattern)?)
    }

    /// Whether a file of that extension and content may hold the words.
    pub(super) fn lets_through(&self, extension: &str, bytes: &[u8]) -> bool {
        !PLAIN.contains(&extension) || self.words.iter().all(|word| self.may_hold(word, bytes))
    }

    fn may_hold(&self, word: &Word, bytes: &[u8]) -> bool {
        if word.bare.is_match(bytes) {
            return true;
        }
        let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
        let head = bytes.get(start..).unwrap_or_default();
        if OTHERS.iter().any(|other| head.starts_with(other)) || memchr::memchr(0, bytes).is_some() {
            return true;
        }
        self.may_be_dressed(word, bytes)
    }

    fn may_be_dressed(&self, word: &Word, bytes: &[u8]) -> bool {
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
            if at + word.reach > looked.end {
                let from = at.saturating_sub(word.reach);
                looked = from..(at + 9 * word.reach).min(bytes.len());
                if word.dressed.is_match(bytes.get(looked.clone()).unwrap_or_default()) {
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

/// The longest run of letters that no match of a regular expression is without; `None` where it is not plain to see.
fn letters_of(pattern: &str) -> Option<String> {
    let ignores_blanks = |flags: &str| flags.split([':', ')', '<']).next().is_some_and(|flags| flags.contains('x'));
    if pattern.contains('|') || pattern.split("(?").skip(1).any(ignores_blanks) {
        return None;
    }
    let mut runs = vec![String::new()];
    // Groups and classes that are open: what stands in them may be left out, or be one of several.
    let (mut depth, mut in_class) = (0usize, 0usize);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let mut letter = None;
        match c {
            '\\' => {
                let escaped = chars.next();
                // `\p{Greek}`, `\x{6c}`, `\x6c`, `\pL`: what follows is no text.
                if chars.next_if_eq(&'{').is_some() {
                    chars.by_ref().find(|c| *c == '}');
                } else {
                    let width = match escaped {
                        Some('p' | 'P') => 1,
                        Some('x') => 2,
                        Some('u') => 4,
                        Some('U') => 8,
                        _ => 0,
                    };
                    chars.by_ref().take(width).for_each(drop);
                }
            }
            '[' => {
                in_class += 1;
                // A bracket that stands first is one of the class.
                let _ = chars.next_if_eq(&'^');
                let _ = chars.next_if_eq(&']');
            }
            ']' => in_class = in_class.saturating_sub(1),
            _ if in_class > 0 => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '{' => _ = chars.by_ref().find(|c| *c == '}'),
            c if depth == 0 && c.is_ascii_alphabetic() => letter = Some(c),
            _ => {}
        }
        match letter.filter(|_| !matches!(chars.peek(), Some('?' | '*' | '{'))) {
            Some(c) => {
                runs.last_mut()?.push(c);
                if chars.peek() == Some(&'+') {
                    runs.push(String::new());
                }
            }
            None => runs.push(String::new()),
        }
    }
    runs.into_iter().max_by_key(String::len).filter(|run| !run.is_empty())
}

/// The bytes of a text at which a word may be written in another way than with its letters, in rising order: what is
/// not ASCII but for quotes, dashes and dots, escapes and entities, and markup that touches a letter.
fn oddities(bytes: &[u8]) -> Vec<usize> {
    /// As many bytes as processors compare at once, a few times over.
    const STEP: usize = 128;
    let mut found = Vec::new();
    let mut plain_until = 0;
    for (index, chunk) in bytes.chunks(STEP).enumerate() {
        // Most stretches have no such byte, and that is told without looking at each.
        if !chunk.iter().fold(false, |any, byte| any | is_suspicious(*byte)) {
            continue;
        }
        let start = index * STEP;
        for (inside, byte) in chunk.iter().enumerate().filter(|(_, byte)| is_suspicious(**byte)) {
            let at = start + inside;
            if at < plain_until {
                continue;
            }
            if !byte.is_ascii()
                && let Some(width) = width_of_plain(bytes.get(at..).unwrap_or_default())
            {
                plain_until = at + width;
            } else if is_odd(*byte, bytes, at) {
                found.push(at);
            }
        }
    }
    found
}

/// Whether a byte is none of those that prose is made of.
fn is_suspicious(byte: u8) -> bool {
    byte >= b'{' || (b'['..=b'`').contains(&byte) || byte == b'&' || byte == b'*' || byte == b'<'
}

/// Whether a word may go on, or begin, with what stands at a byte.
fn is_odd(byte: u8, bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or_default();
    match byte {
        b'&' => next == b'#' || next.is_ascii_alphabetic(),
        b'\\' if matches!(next, b'u' | b'U' | b'x') => true,
        // Before the first letter of a word, markup does not matter.
        b'*' | b'_' | b'~' | b'`' | b'\\' | b'<' | b'[' | b']' | b'{' => {
            before.is_ascii_alphabetic() || !before.is_ascii()
        }
        _ => !byte.is_ascii(),
    }
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
            ("Angstrom unit", "txt", "an Ångström Unit"),
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
    fn an_expression_is_told_by_the_letters_that_each_match_has() {
        for (pattern, letters) in [
            ("the light.?house", Some("house")),
            ("lamps? out", Some("lamp")),
            (r"\bkeepers\b", Some("keepers")),
            (r"\p{Greek}oil", Some("oil")),
            (r"\x{6c}ong", Some("ong")),
            (r"\x6cong \u0061ll \pLa", Some("ong")),
            ("[]storm]fog[^]lamp]", Some("fog")),
            ("a(storm)?b", Some("b")),
            ("[storm]fog[[:alpha:]]", Some("fog")),
            ("sto+rms{2}", Some("sto")),
            ("(?i)fog", Some("fog")),
            ("(?x)fog # in the morning", None),
            ("(?i-x)fog", None),
            ("lamp|fog", None),
            ("[^a]", None),
            (r"\d+", None),
        ] {
            assert_eq!(letters_of(pattern).as_deref(), letters, "{pattern}");
        }
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
        assert!(!lets("harbour light", "txt", "a light"));
        assert!(lets("harbour light", "txt", "a light in the har&#98;our"));
    }
}
