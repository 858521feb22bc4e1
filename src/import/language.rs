//! The language of a document, where the document does not say it.

use whatlang::Lang;

/// How much of the text is looked at.
const SAMPLE: usize = 8000;

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
    tag(whatlang::detect(sample)?.lang())
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
    let (before, after) = (most(paragraphs.get(..third)?)?, most(paragraphs.get(paragraphs.len() - third..)?)?);
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
    Some(Change { at, before: tag(before)?, after: tag(after)? }).filter(|_| clear)
}

/// The language that most of these paragraphs are in, told from some of them.
fn most(paragraphs: &[&str]) -> Option<Lang> {
    let mut sample = String::new();
    for words in paragraphs {
        if sample.len() > SAMPLE {
            break;
        }
        sample.push_str(words);
        sample.push('\n');
    }
    let info = whatlang::detect(&sample).filter(|_| sample.len() >= LEAST)?;
    info.is_reliable().then(|| info.lang())
}

fn tag(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Rus => "ru",
        Lang::Pol => "pl",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Ukr => "uk",
        Lang::Tur => "tr",
        Lang::Ell => "el",
        Lang::Heb => "he",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Hin => "hi",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Cat => "ca",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Ind => "id",
        _ => return None,
    })
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
