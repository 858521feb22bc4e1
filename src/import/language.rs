//! The language of a document, where the document does not say it.

use whatlang::Lang;

/// How much of the text is looked at.
const SAMPLE: usize = 8000;

/// Less than this tells nothing, in bytes.
const LEAST: usize = 300;

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
    let info = whatlang::detect(sample)?;
    Some(match info.lang() {
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
