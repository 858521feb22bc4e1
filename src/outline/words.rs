//! Running text to words that can be counted: folded, without inflection, without words that carry no topic.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use super::language::Language;

/// A word of running text; each character of a script without blanks is one.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Its letters without case and accents.
    pub(super) folded: String,
}

/// The words of a text, for the finding of phrases.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begun: Option<usize> = None;
    let mut end = |begun: &mut Option<usize>, at: usize| {
        if let Some(start) = begun.take() {
            words.push(Word { range: start..at, folded: fold(&text[start..at]) });
        }
    };
    for (at, c) in text.char_indices() {
        match script(c) {
            Script::Letters => {
                begun.get_or_insert(at);
            }
            Script::None => end(&mut begun, at),
            Script::Han | Script::Hiragana | Script::Katakana => {
                end(&mut begun, at);
                begun = Some(at);
                end(&mut begun, at + c.len_utf8());
            }
        }
    }
    end(&mut begun, text.len());
    words
}

/// `text` without case, accents and ligatures.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_onto(&mut folded, c);
    }
    folded
}

fn fold_onto(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'ß' => return folded.push_str("ss"),
        'æ' | 'Æ' => return folded.push_str("ae"),
        'œ' | 'Œ' => return folded.push_str("oe"),
        'ł' | 'Ł' => return folded.push('l'),
        'ø' | 'Ø' => return folded.push('o'),
        'đ' | 'Đ' => return folded.push('d'),
        _ => {}
    }
    for lower in c.to_lowercase() {
        if matches!(lower, '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}') {
            let mut first = None;
            decompose_canonical(lower, |part| {
                first.get_or_insert(part);
            });
            folded.push(first.unwrap_or(lower));
        } else if !('\u{300}'..='\u{36F}').contains(&lower) {
            folded.push(lower);
        }
    }
}

/// How the characters of a script make words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Not part of a word.
    None,
    /// Words are runs.
    Letters,
    /// Words are two characters, mostly.
    Han,
    /// Mostly endings and particles.
    Hiragana,
    /// Words are runs.
    Katakana,
}

fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Script::Letters,
        _ if c.is_ascii() => Script::None,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
        | '々' => Script::Han,
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
            Script::Katakana
        }
        '\u{300}'..='\u{36F}' => Script::Letters,
        _ if c.is_alphanumeric() => Script::Letters,
        _ => Script::None,
    }
}

/// At most `bytes` of `text` from the character around byte `from` on.
pub(super) fn excerpt(text: &str, from: usize, bytes: usize) -> &str {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[boundary(from)..boundary(from.saturating_add(bytes))]
}

/// Bytes of a document whose words are all counted: an interview of fifteen hours.
const COUNTED: usize = 1 << 20;

/// Bytes of the parts of a longer document whose words are counted.
const PART: usize = 512;

/// What is counted of the words in `range`: all of them or, in a document that is too long for that, parts at even
/// distances, which tell as well what it is about.
pub(super) fn counted(text: &str, range: Range<usize>) -> impl Iterator<Item = &str> {
    let (length, end) = (range.len().max(1), range.end);
    let is_long = text.len() > COUNTED;
    let (part, step) = if is_long { (PART, PART * text.len().div_ceil(COUNTED)) } else { (length, length) };
    range.step_by(step).map(move |at| {
        let words = excerpt(text, at, part.min(end - at));
        match (words.find(' '), words.rfind(' ')) {
            // The first and the last word may be cut.
            (Some(first), Some(last)) if is_long => &words[first..last],
            _ => words,
        }
    })
}

/// Whether a text asks something.
pub(super) fn asks(text: &str) -> bool {
    memchr::memchr(b'?', text.as_bytes()).is_some() || !text.is_ascii() && text.contains(['？', '؟'])
}

/// Whether `c` belongs to a script that sets no blanks between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(script(c), Script::Han | Script::Hiragana | Script::Katakana)
}

/// How web addresses begin, which are no words.
const ADDRESSES: [&str; 3] = ["https://", "http://", "www."];

/// Calls `each` with the hash and the bytes of every word of `text` that can carry a topic. Two inflections of one
/// word mostly have one hash; Chinese words are pairs of characters.
pub(super) fn content_words(text: &str, language: &Language, mut each: impl FnMut(u64, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut folded = String::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        if matches!(byte, b'h' | b'w') && ADDRESSES.iter().any(|begin| text[at..].starts_with(begin)) {
            at += text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
            continue;
        }
        folded.clear();
        while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            folded.push(char::from(byte.to_ascii_lowercase()));
            at += 1;
        }
        let mut kind = Script::Letters;
        if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
            let mut characters = text[at..].char_indices().peekable();
            let rest = at;
            if at == start {
                kind = characters.peek().map_or(Script::None, |(_, c)| script(*c));
            }
            let mut previous: Option<(usize, char)> = None;
            at = text.len();
            for (offset, c) in characters {
                if script(c) != kind || kind == Script::None {
                    at = rest + offset + if kind == Script::None { c.len_utf8() } else { 0 };
                    break;
                }
                match kind {
                    Script::Letters | Script::Katakana => fold_onto(&mut folded, c),
                    Script::Han => {
                        if let Some((before, first)) = previous {
                            pair(first, c, language, before..rest + offset + c.len_utf8(), &mut each);
                        }
                        previous = Some((rest + offset, c));
                    }
                    Script::Hiragana | Script::None => {}
                }
            }
        }
        if matches!(kind, Script::Letters | Script::Katakana)
            && let Some(stem) = stem_of(&folded, language)
        {
            each(stem, start..at);
        }
    }
}

fn pair(first: char, second: char, language: &Language, range: Range<usize>, each: &mut impl FnMut(u64, Range<usize>)) {
    let mut buffer = [0; 8];
    let split = first.encode_utf8(&mut buffer).len();
    let length = split + second.encode_utf8(&mut buffer[split..]).len();
    let hash = hash_bytes(&buffer[..length]);
    if !language.stop.contains(&hash) {
        each(hash, range);
    }
}

/// The hash of a folded word without its ending; `None` for a word that carries no topic.
pub(super) fn stem_of(folded: &str, language: &Language) -> Option<u64> {
    let short = if folded.is_ascii() { folded.len() < 2 } else { folded.chars().nth(1).is_none() };
    if short || language.stop.contains(&hash(folded)) {
        return None;
    }
    if folded.as_bytes().iter().all(u8::is_ascii_digit) {
        return (folded.len() > 2).then(|| hash(folded));
    }
    Some(hash(stem(folded, language)))
}

fn stem<'a>(folded: &'a str, language: &Language) -> &'a str {
    let mut stem = folded;
    if folded.len() > 3 && !folded.ends_with("ss") {
        let endings = folded.bytes().last().and_then(|last| language.endings.get(&last));
        for ending in endings.into_iter().flatten() {
            if let Some(rest) = stem.strip_suffix(ending.as_str()) {
                let least = if !rest.is_ascii() && is_hangul(rest) {
                    2
                } else if ending.len() > 3 && ending.is_ascii() {
                    4
                } else {
                    3
                };
                if rest.chars().nth(least - 1).is_some() {
                    stem = rest;
                    break;
                }
            }
        }
    }
    let trimmed = stem.trim_end_matches(['e', 'i', 'y']);
    let stem = if trimmed.len() >= 3 { trimmed } else { stem };
    match stem.as_bytes() {
        [.., a, b] if a == b && stem.len() > 3 && b.is_ascii_alphabetic() => &stem[..stem.len() - 1],
        _ => stem,
    }
}

fn is_hangul(text: &str) -> bool {
    text.chars().all(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c))
}

/// A hash of a folded word or stem; two words of one document share one by chance only in millions of millions.
pub(super) fn hash(word: &str) -> u64 {
    hash_bytes(word.as_bytes())
}

/// FNV-1a with a finish that spreads the bits.
fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    }
    hash ^ (hash >> 29)
}

/// Numbers the words of a document.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<u64, u32, BuildHasherDefault<Passed>>,
}

impl Vocabulary {
    /// The number of a word, new on first mention.
    pub(super) fn number(&mut self, hash: u64) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(hash).or_insert(next)
    }

    /// The number of a word that was met before.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        self.numbers.get(&hash).copied()
    }

    /// How many words were met.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }
}

/// Passes on keys that are hashes already.
#[derive(Debug, Default)]
pub(super) struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_bytes(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 = u64::from(byte).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str, tag: &str) -> Vec<String> {
        let mut found = Vec::new();
        content_words(text, Language::of(Some(tag), ""), |_, range| found.push(text[range].to_owned()));
        found
    }

    fn same(a: &str, b: &str, tag: &str) -> bool {
        let language = Language::of(Some(tag), "");
        stem_of(&fold(a), language) == stem_of(&fold(b), language)
    }

    #[test]
    fn only_words_that_carry_a_topic_remain() {
        assert_eq!(
            content("So, what's the lighthouse keeper's lamp like in 1978?", "en"),
            ["lighthouse", "keeper", "lamp", "1978"]
        );
        assert_eq!(content("Était-ce le phare, à l’île?", "fr"), ["phare", "île"]);
    }

    #[test]
    fn chinese_words_are_pairs_and_japanese_kana_endings_are_left_out() {
        assert_eq!(content("灯塔的灯", "zh"), ["灯塔", "塔的", "的灯"]);
        assert_eq!(content("灯台のランプはLEDです", "ja"), ["灯台", "ランプ", "LED"]);
    }

    #[test]
    fn inflections_of_a_word_are_one_word() {
        for (a, b, tag) in [
            ("storm", "storms", "en"),
            ("study", "studying", "en"),
            ("running", "run", "en"),
            ("activation", "activate", "en"),
            ("Straße", "Strassen", "de"),
            ("маяка", "маяки", "ru"),
            ("등대가", "등대를", "ko"),
            ("latarnia", "latarni", "pl"),
        ] {
            assert!(same(a, b, tag), "{a} {b}");
        }
        assert!(!same("bus", "business", "en"));
        assert!(!same("lamp", "lamb", "en"));
    }

    #[test]
    fn every_word_stands_where_it_says() {
        let text = "naïve日本ラジオx한국 ñandú 5G—ok";
        for word in split(text) {
            assert!(text.get(word.range.clone()).is_some_and(|word| !word.is_empty()));
        }
        content_words(text, Language::of(Some("xx"), ""), |_, range| assert!(text.get(range).is_some()));
    }
}
