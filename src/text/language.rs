//! The language that a text is in, as whatlang tells it, under its BCP 47 tag.

use whatlang::Lang;

/// The BCP 47 tag of the language that `text` seems to be in; `None` where nothing tells it.
pub fn language_of(text: &str) -> Option<&'static str> {
    language_tag(whatlang::detect_lang(text)?)
}

/// The BCP 47 tag of a language; `None` for one in which hardly any interviews are met.
pub const fn language_tag(language: Lang) -> Option<&'static str> {
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
    fn a_language_has_the_tag_that_documents_use() {
        assert_eq!(language_of("灯塔上的灯整夜都亮着，没有人知道为什么。"), Some("zh"));
        assert_eq!(language_of("Dlaczego latarnia stała tak daleko od brzegu?"), Some("pl"));
        assert_eq!(language_of(""), None);
    }
}
