//! The language of a document, where the document does not say it.

use whatlang::Lang;

use crate::text::language_tag;

/// How much of the text is looked at.
const SAMPLE: usize = 8000;

/// How much of either end of a text tells that it is in one language.
const GLANCE: usize = 1500;

/// Less than this tells nothing, in bytes.
const LEAST: usize = 300;

/// Less than this tells nothing of a paragraph whose two possible languages are known, in bytes.
const TELLING: usize = 40;

/// The BCP 47 tag of the language that `text` is in, told from its middle; `None` where there
/// is too little of it.
pub(super) fn guess(text: &str) -> Option<&'static str> {
    let mut start = text.len().saturating_sub(SAMPLE) / 2;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = text.len().min(start + SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(start..end)?;
    if sample.len() < LEAST {
        return None;
    }
    if is_plain_english(sample) {
        return Some("en");
    }
    language_tag(whatlang::detect(sample)?.lang())
}

/// Whether a text is English beyond doubt, by small words that no other language has so many of, and with hardly a letter
/// that English has not. Most interviews that are opened are, and weighing all languages against each other takes longer
/// than all the rest of opening one.
fn is_plain_english(text: &str) -> bool {
    let (mut all, mut english, mut foreign) = (0, 0, 0);
    for word in text.split(|c: char| if c.is_ascii() { !c.is_ascii_alphanumeric() } else { !c.is_alphanumeric() }) {
        if word.is_empty() {
            continue;
        }
        all += 1;
        english +=
            usize::from(matches!(word, "the" | "and" | "that" | "you" | "with" | "this" | "they" | "what" | "have"));
        foreign += usize::from(!word.is_ascii());
    }
    english * 100 >= all * 8 && foreign * 100 <= all * 2 && all > 0
}

/// Where a text goes over from one language to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Number of the first paragraph in the second language.
    pub at: usize,
    /// The first language's BCP 47 tag.
    pub before: &'static str,
    /// The second language's.
    pub after: &'static str,
}

/// Where paragraphs go over from one language to another, once and for good; `None` where they do not.
pub(super) fn change(paragraphs: &[&str]) -> Option<Change> {
    let third = paragraphs.len() / 3;
    let (first, last) = (paragraphs.get(..third)?, paragraphs.get(paragraphs.len() - third..)?);
    // Nearly all documents are in one language, and a glance at both ends tells that.
    if most(first, GLANCE).is_some_and(|language| most(last, GLANCE) == Some(language)) {
        return None;
    }
    let (before, after) = (most(first, SAMPLE)?, most(last, SAMPLE)?);
    if before == after {
        return None;
    }
    let detector = whatlang::Detector::with_allowlist(vec![before, after]);
    // For each paragraph that is long enough to tell: whether it is in the second language, and how much it says.
    let told: Vec<(usize, bool, usize)> = (0..)
        .zip(paragraphs)
        .filter(|(_, words)| words.len() >= TELLING)
        .filter_map(|(at, words)| Some((at, detector.detect_lang(words)? == after, words.len().min(LEAST))))
        .collect();
    let total: usize = told.iter().map(|(_, _, weight)| weight).sum();
    // Begins with all in the second language, and moves the change down one paragraph after another.
    let mut wrong: usize = told.iter().filter(|(_, second, _)| !second).map(|(_, _, weight)| weight).sum();
    let (mut best, mut at) = (wrong, 0);
    for (index, second, weight) in told {
        wrong = if second { wrong + weight } else { wrong - weight };
        if wrong < best {
            (best, at) = (wrong, index + 1);
        }
    }
    let clear = at > 0 && at < paragraphs.len() && best * 20 <= total;
    Some(Change { at, before: language_tag(before)?, after: language_tag(after)? }).filter(|_| clear)
}

/// Which of two languages each paragraph of a document is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    /// The BCP 47 tags of the language of the first paragraph, and of the other.
    pub languages: (&'static str, &'static str),
    /// For each paragraph whether it is in the other.
    pub second: Vec<bool>,
}

/// Paragraphs that are enough to tell whether a document goes to and fro between two languages.
const ENOUGH: usize = 60;

/// Fewer than this tell nothing.
const FEW: usize = 6;

/// Paragraphs in the middle of a document that are looked at first: where these are in one language, so is the rest.
const MIDDLE: usize = 12;

/// The two languages between which a document goes to and fro; `None` where it is in one, or in more. A paragraph too
/// short to tell is taken for the one that is due.
pub(super) fn sides(paragraphs: &[&str]) -> Option<Sides> {
    let telling: Vec<&str> = paragraphs.iter().copied().filter(|words| words.len() >= TELLING).take(ENOUGH).collect();
    let middle = telling.len().saturating_sub(MIDDLE) / 2;
    let mut glance = telling.iter().skip(middle).take(MIDDLE).map(|words| language_of_beginning(words));
    let first = glance.next()?;
    if glance.all(|language| language == first) {
        return None;
    }
    let mut heard: Vec<(Lang, usize)> = Vec::new();
    let mut all = 0;
    for language in telling.into_iter().filter_map(language_of_beginning) {
        all += 1;
        match heard.iter_mut().find(|(known, _)| *known == language) {
            Some((_, count)) => *count += 1,
            None => heard.push((language, 1)),
        }
    }
    heard.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let (&(one, often), &(other, count)) = (heard.first()?, heard.get(1)?);
    if all < FEW || count * 4 < all || (often + count) * 10 < all * 8 {
        return None;
    }
    let detector = whatlang::Detector::with_allowlist(vec![one, other]);
    let by_script = |language: Lang| matches!(language, Lang::Cmn | Lang::Jpn | Lang::Kor | Lang::Rus | Lang::Ara);
    let least = if by_script(one) == by_script(other) { TELLING } else { 1 };
    let told = |words: &str| (words.len() >= least).then(|| detector.detect_lang(beginning(words))).flatten();
    let first = paragraphs.iter().find_map(|words| told(words))?;
    let then = if first == one { other } else { one };
    let mut second: Vec<bool> = Vec::with_capacity(paragraphs.len());
    for words in paragraphs {
        let due = second.last().is_some_and(|before| !before);
        second.push(told(words).map_or(due, |language| language == then));
    }
    Some(Sides { languages: (language_tag(first)?, language_tag(then)?), second })
}

fn language_of_beginning(words: &str) -> Option<Lang> {
    let words = beginning(words);
    if is_plain_english(words) { Some(Lang::Eng) } else { whatlang::detect_lang(words) }
}

/// As much of a paragraph as tells its language.
fn beginning(words: &str) -> &str {
    let end = (0..=words.len().min(LEAST)).rev().find(|&at| words.is_char_boundary(at)).unwrap_or(0);
    words.get(..end).unwrap_or_default()
}

/// The language that most of these paragraphs are in, told from about so many bytes of them.
fn most(paragraphs: &[&str], bytes: usize) -> Option<Lang> {
    let mut sample = String::new();
    for words in paragraphs {
        if sample.len() > bytes {
            break;
        }
        let end = (0..=words.len().min(bytes)).rev().find(|end| words.is_char_boundary(*end)).unwrap_or(0);
        sample.push_str(words.get(..end).unwrap_or_default());
        sample.push('\n');
    }
    if sample.len() >= LEAST && is_plain_english(&sample) {
        return Some(Lang::Eng);
    }
    let info = whatlang::detect(&sample).filter(|_| sample.len() >= LEAST)?;
    info.is_reliable().then(|| info.lang())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_languages_are_told_apart() {
        for (text, wanted) in [
            ("It did not know the difference between weather and trouble, and that was before radar.", Some("en")),
            (
                "Elle ne connaissait pas la différence entre le temps et les ennuis, et c’était avant le radar.",
                Some("fr"),
            ),
            ("它不知道天气和麻烦之间的区别，那还是雷达之前的事。", Some("zh")),
            ("12:30", None),
        ] {
            assert_eq!(guess(&format!("{text} ").repeat(8)), wanted, "{text}");
        }
        assert_eq!(guess("One lamp."), None);
    }
}
