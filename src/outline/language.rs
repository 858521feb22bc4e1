//! Word lists by language, and phrases found in running words.
//!
//! The lists are data files beside this one. Everything in them is folded as the text is, so that accents and case
//! never matter.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use crate::text::language_of;

use super::words::{Passed, Word, excerpt, fold, hash, split};

/// What is known of a language. Empty lists for a language without a file.
#[derive(Debug, Default)]
pub(super) struct Language {
    /// Words that tell nothing about a topic, as hashes of their folded forms.
    pub(super) stop: HashSet<u64, BuildHasherDefault<Passed>>,
    /// Endings that inflection and derivation add, by their last byte, longest first.
    pub(super) endings: HashMap<u8, Vec<String>, BuildHasherDefault<Passed>>,
    /// Words before a question that do not belong to it.
    pub(super) openings: Phrases,
    /// Beginnings of a request whose verb is to follow (`could you`).
    pub(super) heads: Phrases,
    /// Verbs of asking whose object is what is asked about (`tell us`).
    pub(super) requests: Phrases,
    /// What stands between such a verb and its object (`a bit about`).
    pub(super) parts: Phrases,
    /// Phrases that announce another topic.
    pub(super) cues: Phrases,
    /// First words that go on with what was said before.
    pub(super) continues: Phrases,
    /// Words that ask, wherever they stand.
    pub(super) questions: Phrases,
    /// Words that ask at the beginning of a clause only.
    pub(super) auxiliaries: Phrases,
    /// Words that begin a noun's phrase and tell nothing themselves.
    pub(super) articles: Phrases,
    /// Words before which a phrase can be cut.
    pub(super) links: Phrases,
}

/// The languages with a file.
const FILES: [(&str, &str); 11] = [
    ("en", include_str!("languages/en.txt")),
    ("fr", include_str!("languages/fr.txt")),
    ("de", include_str!("languages/de.txt")),
    ("es", include_str!("languages/es.txt")),
    ("pt", include_str!("languages/pt.txt")),
    ("it", include_str!("languages/it.txt")),
    ("ru", include_str!("languages/ru.txt")),
    ("pl", include_str!("languages/pl.txt")),
    ("zh", include_str!("languages/zh.txt")),
    ("ja", include_str!("languages/ja.txt")),
    ("ko", include_str!("languages/ko.txt")),
];

/// English words that are met in documents of any language and tell nothing there.
const ENGLISH: &str = "the of to and is it that you we be in for with this are was on have not by";

static LOADED: [OnceLock<Language>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
static NONE: OnceLock<Language> = OnceLock::new();

/// Bytes of a text by which its language is told where nothing says which it is.
const SAMPLE: usize = 4096;

impl Language {
    /// The language with the BCP 47 tag `tag`, or else the one that `text` seems to be in.
    pub(super) fn of(tag: Option<&str>, text: &str) -> &'static Self {
        let tagged = tag.map(|tag| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase());
        let by_tag = |tag: &str| FILES.iter().position(|(name, _)| *name == tag);
        let found = tagged.and_then(|tag| by_tag(&tag)).or_else(|| {
            let sample = excerpt(text, text.len().saturating_sub(SAMPLE) / 2, SAMPLE);
            by_tag(language_of(sample)?)
        });
        match found {
            Some(index) => LOADED[index].get_or_init(|| Self::parse(FILES[index].1)),
            None => NONE.get_or_init(Self::default),
        }
    }

    fn parse(file: &str) -> Self {
        let mut language = Self::default();
        language.stop.extend(ENGLISH.split(' ').map(hash));
        let mut section = "";
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            let words = line.split_whitespace();
            match section {
                "stop" => language.stop.extend(words.map(|word| hash(&fold(word)))),
                "endings" => words.map(fold).for_each(|ending| {
                    if let Some(last) = ending.bytes().last() {
                        language.endings.entry(last).or_default().push(ending);
                    }
                }),
                "questions" => words.for_each(|word| language.questions.add(word)),
                "auxiliaries" => words.for_each(|word| language.auxiliaries.add(word)),
                "articles" => words.for_each(|word| language.articles.add(word)),
                "links" => words.for_each(|word| language.links.add(word)),
                "openings" => language.openings.add(line),
                "heads" => language.heads.add(line),
                "requests" => language.requests.add(line),
                "parts" => language.parts.add(line),
                "cues" => language.cues.add(line),
                "continues" => language.continues.add(line),
                _ => {}
            }
        }
        for endings in language.endings.values_mut() {
            endings.sort_by_key(|ending| std::cmp::Reverse(ending.chars().count()));
        }
        language
    }
}

/// Phrases of one or more words, found by their first.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// The other words of each phrase by its first word, longest first.
    by_first: HashMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    fn add(&mut self, phrase: &str) {
        let mut words = split(phrase).into_iter().map(|word| word.folded);
        if let Some(first) = words.next() {
            let rest: Vec<String> = words.collect();
            let phrases = self.by_first.entry(first).or_default();
            let at = phrases.partition_point(|other| other.len() >= rest.len());
            phrases.insert(at, rest);
        }
    }

    /// Number of words of the longest phrase that `words` begin with; 0 where they begin with none.
    pub(super) fn at_start(&self, words: &[Word]) -> usize {
        let Some((first, rest)) = words.split_first() else { return 0 };
        let Some(phrases) = self.by_first.get(&first.folded) else { return 0 };
        let begins = |phrase: &&Vec<String>| {
            phrase.len() <= rest.len() && phrase.iter().zip(rest).all(|(wanted, word)| *wanted == word.folded)
        };
        phrases.iter().find(begins).map_or(0, |phrase| phrase.len() + 1)
    }

    /// How many of `words` begin a phrase.
    pub(super) fn count(&self, words: &[Word]) -> usize {
        (0..words.len()).filter(|&at| self.at_start(&words[at..]) > 0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_lists() {
        for (name, file) in FILES {
            let language = Language::parse(file);
            assert!(language.stop.len() > 40, "{name}");
            assert!(!language.openings.by_first.is_empty() && !language.cues.by_first.is_empty(), "{name}");
        }
    }

    #[test]
    fn the_longest_phrase_counts() {
        let mut phrases = Phrases::default();
        phrases.add("so");
        phrases.add("so then");
        assert_eq!(phrases.at_start(&split("So, then: why?")), 2);
        assert_eq!(phrases.at_start(&split("So why?")), 1);
        assert_eq!(phrases.at_start(&split("Sold?")), 0);
    }

    #[test]
    fn a_language_without_a_tag_is_told_from_the_text() {
        let polish = "Dlaczego latarnia stała tak daleko od brzegu i kto mieszkał w niej przez całą zimę?";
        assert!(std::ptr::eq(Language::of(None, polish), Language::of(Some("pl"), "")));
        assert!(std::ptr::eq(Language::of(Some("en-GB"), polish), Language::of(Some("en"), "")));
    }
}
