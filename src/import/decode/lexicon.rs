//! The words by which a voice gives itself away, one list per language (`words/*.txt`).
//!
//! A line of a list is a class, a colon and entries between commas. An entry is a word, words in a row, or an ending
//! that begins with `*`. Han, kana and Hangul are matched character by character, so that no word boundaries are
//! needed there. All is in lower case; the class `formal` counts only where it is capitalised within a sentence.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::Paragraph;
use crate::text::language_of;

/// A set of classes of words.
pub(super) type Classes = u32;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: Classes = 1 << $bit;)*
        /// The names of the classes in the lists.
        const KEYS: &[(&str, Classes)] = &[$(($key, $name)),*];
    };
}

classes! {
    /// The speaker: *I, me, my*.
    SELF = 0, "self";
    /// The speaker and others: *we, our*.
    US = 1, "us";
    /// The person spoken to.
    YOU = 2, "you";
    /// The person spoken to, where it is capitalised.
    FORMAL = 3, "formal";
    /// Says nothing of anybody, though it holds a pronoun: *you know, thank you*.
    FILLER = 4, "filler";
    /// Opens a question: *what, how, do you*.
    ASKS = 5, "asks";
    /// Asks without a question: *tell me, talk about*.
    PROMPT = 6, "prompt";
    /// Makes a sentence a question by standing at its end.
    PARTICLE = 7, "particle";
    /// What hosts say: *thanks for joining, welcome to the show*.
    HOST = 8, "host";
    /// What guests say: *thanks for having me, good question*.
    GUEST = 9, "guest";
    /// Opens an answer: *yes, well, so*.
    REPLY = 10, "reply";
    /// Acknowledges: *okay, great, interesting*.
    NOD = 11, "nod";
    /// Asks for assent at a sentence's end: *right, isn't it*.
    TAG = 12, "tag";
    /// Goes on with what was said: *and, but, because*.
    GOES_ON = 13, "goes-on";
    /// Sums up the other: *you mentioned, so you*.
    ABOUT = 14, "about";
    /// Hesitates: *um, uh*.
    HESITATES = 15, "hesitates";
    /// Tells of oneself: *I grew up, as I said*.
    OWN = 16, "own";
    /// Reports speech or thought, so that a question behind it is nobody's: *said, wonder*.
    REPORTS = 17, "reports";
    /// What fills talk and is taken out when it is edited: *you know, kind of*.
    ORAL = 18, "oral";
}

/// The words of a language.
pub(super) struct Lexicon {
    /// The two-letter code.
    pub(super) code: &'static str,
    /// Whether short words are written together with the next by an apostrophe: *j'ai*, *dell'arte*.
    pub(super) elides: bool,
    words: HashMap<&'static str, Entry, Quick>,
    endings: Vec<(&'static str, Classes)>,
    /// What makes a sentence a question by standing at its end.
    particles: Vec<&'static str>,
}

/// What is known of a word.
#[derive(Default)]
pub(super) struct Entry {
    /// The classes of the word by itself.
    pub(super) classes: Classes,
    /// Rows of words that begin with it, without it, the longest first.
    pub(super) longer: Vec<(Vec<&'static str>, Classes)>,
}

macro_rules! languages {
    ($($code:literal),*) => {
        /// The codes of the languages that have a list.
        pub(super) const CODES: &[&str] = &[$($code),*];
        const LISTS: &[&str] = &[$(include_str!(concat!("words/", $code, ".txt"))),*];
    };
}

languages!("en", "fr", "de", "es", "pt", "it", "ru", "pl", "zh", "ja", "ko");

/// Bytes of a document that are enough to tell its language.
const SAMPLE: usize = 6_000;

impl Lexicon {
    /// The words of the language with this code; what follows a hyphen in it does not count.
    pub(super) fn of(code: Option<&str>) -> Option<&'static Self> {
        let code = code?.split(['-', '_']).next()?.to_lowercase();
        let place = CODES.iter().position(|known| *known == code)?;
        Some(Self::at(place))
    }

    /// The words of the language that the paragraphs seem to be in; English where none is told.
    pub(super) fn guessed(paragraphs: &[Paragraph<'_>]) -> &'static Self {
        let mut sample = String::new();
        let step = (paragraphs.len() / 40).max(1);
        for paragraph in paragraphs.iter().step_by(step) {
            sample.extend(paragraph.text.chars().take(400));
            sample.push(' ');
            if sample.len() > SAMPLE {
                break;
            }
        }
        Self::of(language_of(&sample)).unwrap_or_else(|| Self::at(0))
    }

    fn at(place: usize) -> &'static Self {
        static READ: [OnceLock<Lexicon>; CODES.len()] = [const { OnceLock::new() }; CODES.len()];
        READ[place].get_or_init(|| Self::read(CODES[place], LISTS[place]))
    }

    fn read(code: &'static str, list: &'static str) -> Self {
        let elides = matches!(code, "fr" | "it");
        let mut lexicon = Self { code, elides, words: HashMap::default(), endings: Vec::new(), particles: Vec::new() };
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((key, entries)) = line.split_once(':') else { continue };
            let class = KEYS.iter().find(|(name, _)| *name == key.trim()).map_or(0, |(_, class)| *class);
            for entry in entries.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                lexicon.add(entry, class);
            }
        }
        for entry in lexicon.words.values_mut() {
            entry.longer.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    fn add(&mut self, entry: &'static str, class: Classes) {
        if class == PARTICLE {
            self.particles.push(entry);
            return;
        }
        if let Some(ending) = entry.strip_prefix('*') {
            self.endings.push((ending, class));
            return;
        }
        let mut words = words(entry, self.elides);
        if words.is_empty() {
            return;
        }
        let first = self.words.entry(words.remove(0)).or_default();
        match first.longer.iter_mut().find(|(rest, _)| *rest == words) {
            _ if words.is_empty() => first.classes |= class,
            Some((_, classes)) => *classes |= class,
            None => first.longer.push((words, class)),
        }
    }

    /// What is known of a word in lower case.
    pub(super) fn entry(&self, word: &str) -> Option<&Entry> {
        self.words.get(word)
    }

    /// Whether a sentence in lower case ends with a particle that asks.
    pub(super) fn asks_at_end(&self, sentence: &str) -> bool {
        self.particles.iter().any(|particle| sentence.ends_with(particle))
    }

    /// The classes that a word has by its ending.
    pub(super) fn by_ending(&self, word: &str) -> Classes {
        let fits = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
        self.endings.iter().filter(|(ending, _)| fits(ending)).fold(0, |classes, (_, class)| classes | class)
    }
}

/// A hash for a few thousand known words, looked up for every word of a document: FNV-1a.
#[derive(Clone, Copy)]
struct Fnv(u64);

type Quick = BuildHasherDefault<Fnv>;

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Whether a character is a word by itself: the scripts that are written without blanks, and Hangul, whose endings
/// say more than its words.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character belongs to a word of several letters.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() && !stands_alone(c)
}

/// Whether a character holds two letters of a word together.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '’' | '-')
}

/// The words of an entry of a list.
fn words(entry: &'static str, elides: bool) -> Vec<&'static str> {
    let mut words = Vec::new();
    for part in entry.split_whitespace() {
        let mut start = 0;
        for (at, c) in part.char_indices() {
            if stands_alone(c) {
                if start < at {
                    words.push(&part[start..at]);
                }
                start = at + c.len_utf8();
                words.push(&part[at..start]);
            } else if elides && c == '\'' {
                words.push(&part[start..=at]);
                start = at + 1;
            }
        }
        if start < part.len() {
            words.push(&part[start..]);
        }
    }
    words
}
