//! What can be a speaker's label: names, roles, initials; and what only looks like one.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Role;

/// What a label looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Two capitalised words or more: `Mira Okafor`, `Ana de la Cruz`, `INES VALLADARES`.
    FullName,
    /// One capitalised word: `Mira`, `OKAFOR`.
    OneWord,
    /// A word for what somebody does in the conversation, or one with a number: `Interviewer`, `Q`, `Speaker 2`.
    Role,
    /// A few letters that stand for a name: `MF`, `AvW`, `Ż.Ł-T`.
    Initials,
    /// Letters and a number that stand for somebody: `id1`, `P07`.
    Numbered,
}

/// Longest label, in bytes.
pub(super) const LONGEST: usize = 80;

/// Words in names that are written small.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "al", "and", "av", "af", "bin", "ben", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "e", "el", "et", "ibn", "la", "las", "le", "los", "of", "ten", "ter", "the", "und", "van", "vom", "von", "y",
    "zu", "zum", "zur", "'t", "’t",
];

/// Labels of whoever asks.
#[rustfmt::skip]
const WHO_ASKS: &[&str] = &[
    "q", "question", "interviewer", "host", "moderator", "int", "researcher", "journalist", "reporter", "presenter",
    "frage", "interviewerin", "moderatorin", "intervieweur", "intervieweuse", "chercheur", "chercheuse", "enquêteur",
    "enquêtrice", "journaliste", "entrevistador", "entrevistadora", "pregunta", "pergunta", "domanda",
    "intervistatore", "intervistatrice", "вопрос", "корреспондент", "ведущий", "ведущая", "интервьюер", "pytanie",
    "问", "問", "记者", "記者", "主持人", "采访者", "採訪者", "提问", "聞き手", "質問", "インタビュアー", "문", "질문", "기자", "진행자",
    "س", "سؤال", "المحاور", "المحاورة", "المذيع", "المذيعة", "الصحفي", "الصحفية", "ש", "שאלה", "מראיין", "מראיינת",
    "ερώτηση", "vraag", "interviewster", "soru", "kérdés", "otázka", "fråga", "spørsmål", "kysymys",
];

/// Labels of whoever answers.
#[rustfmt::skip]
const WHO_ANSWERS: &[&str] = &[
    "a", "answer", "guest", "interviewee", "respondent", "participant", "informant", "narrator", "subject", "witness",
    "the witness", "antwort", "befragte", "befragter", "gast", "réponse", "répondant", "répondante", "enquêté",
    "enquêtée", "invité", "invitée", "entrevistado", "entrevistada", "respuesta", "resposta", "risposta",
    "intervistato", "intervistata", "ответ", "гость", "odpowiedź", "答", "嘉宾", "嘉賓", "受访者", "受訪者", "回答", "話し手", "답",
    "답변", "게스트", "resp", "ans", "ج", "جواب", "الضيف", "الضيفة", "ת", "תשובה", "απάντηση", "antwoord", "cevap",
    "válasz", "odpověď", "svar", "vastaus",
];

/// Labels for a person without saying what the person does.
#[rustfmt::skip]
const SOMEBODIES: &[&str] = &[
    "speaker", "voice", "person", "announcer", "audience", "audience member", "caller", "the court", "translator",
    "interpreter", "sprecher", "sprecherin", "locuteur", "locutrice", "orateur", "hablante", "orador", "orateur",
    "голос", "спикер", "发言人", "發言人", "说话人", "話者", "발언자", "화자", "参加者", "man", "woman", "student",
];

/// Labels of nobody: more than one person, or one who is not known.
#[rustfmt::skip]
const NOBODIES: &[&str] = &[
    "unknown", "unknown speaker", "unidentified", "unidentified speaker", "both", "all", "everyone", "together",
    "several", "crosstalk", "inconnu", "unbekannt", "alle", "beide", "tous", "todos", "ambos",
];

/// What stands before a colon in transcripts and names nobody.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "about", "abstract", "additional reading", "address", "advertisement", "also", "answer key", "apple", "article",
    "attendees", "audio", "author", "authors", "background", "blog", "break", "by", "category", "caption", "caveat",
    "chapter", "chapters", "comment", "comments", "conclusion", "contact", "context", "copyright", "correction",
    "credit", "credits", "date", "day", "description", "disclaimer", "disclosure", "duration", "edited by", "edit",
    "editor", "editors", "editor's note", "editor’s note", "email", "episode", "event", "ex", "example", "examples",
    "exclusive", "facebook", "fig", "figure", "file", "footnote", "for example", "from", "ftp", "funding", "genre",
    "hint", "http", "https", "image", "important", "in", "instagram", "intro", "introduction", "issue", "item",
    "keywords", "language", "length", "license", "licence", "link", "links", "linkedin", "listen on", "location",
    "mailto", "media", "mp3", "music", "nb", "n.b", "note", "notes", "opinion", "page", "part", "participants",
    "phone", "photo", "photograph", "photos", "picture", "place", "podcast", "postscript", "ps", "p.s", "present",
    "producer", "produced by", "profile", "project", "publication", "published", "publisher", "re", "read more",
    "record", "recorded", "recording", "references", "reference", "related", "resource", "resources", "result",
    "review", "scene", "section", "see", "see also", "series", "session", "setting", "show notes", "side note",
    "sources", "source", "speakers", "sponsor", "sponsors", "spotify", "step", "story", "subject line", "subtitle",
    "summary", "table", "tag", "tags", "tel", "text", "theme", "tip", "time", "timecode", "timestamp", "title", "to",
    "todo", "tool", "topic", "topics", "track", "transcribed by", "transcriber", "transcription", "transcript",
    "transcript by", "transcript completed by", "translated by", "translation", "twitter", "type", "update", "url",
    "version", "video", "volume", "warning", "watch", "web", "website", "week", "year", "youtube", "x/twitter",
    "anmerkung", "aufnahme", "autor", "autorin", "beispiel", "bild", "datum", "dauer", "fazit", "foto", "hinweis",
    "kapitel", "ort", "quelle", "thema", "titel", "transkript", "uhrzeit", "auteur", "durée", "exemple", "lieu",
    "remarque", "sujet", "titre", "autora", "ejemplo", "fecha", "fuente", "fotografía", "lugar", "nota", "tema",
    "título", "data", "exemplo", "fonte", "duração", "duración", "luogo", "titolo", "esempio", "durata", "дата",
    "место", "тема", "примечание", "источник", "фото", "автор", "miejsce", "temat", "uwaga", "źródło", "zdjęcie",
    "tłumacz", "tytuł", "时间", "時間", "地点", "地點", "日期", "主题", "主題", "来源", "來源", "来源原文", "作者", "编辑", "編輯", "注", "备注",
    "備註", "标题", "標題", "图", "翻译", "原文", "对应分析", "場所", "日時", "出典", "注意", "날짜", "장소", "주제", "출처",
];

/// Noises that stand in brackets where a name could.
#[rustfmt::skip]
const NOISES: &[&str] = &[
    "applause", "audience laughs", "audio", "beep", "break", "chuckle", "chuckles", "cough", "coughs", "crosstalk",
    "cross talk", "foreign", "gap", "inaudible", "indistinct", "laughing", "laughs", "laughter", "music", "noise",
    "off mic", "off record", "overlapping", "pause", "phone rings", "silence", "sic", "sigh", "sighs", "sound",
    "translation", "transcript", "unintelligible", "unclear", "video", "applaudissements", "rires", "rire",
    "inaudible", "lacht", "lachen", "musik", "beifall", "risas", "aplausos", "música", "risos", "risate", "applausi",
    "смех", "аплодисменты", "музыка", "śmiech", "oklaski", "笑", "笑声", "掌声", "音乐", "拍手", "웃음", "박수",
];

/// What stands in brackets after a name and is no part of it.
#[rustfmt::skip]
const MANNERS: &[&str] = &[
    "vo", "v.o", "v.o.", "voiceover", "voice over", "voice-over", "os", "o.s", "o.s.", "off camera", "off screen",
    "cont", "cont.", "cont'd", "cont’d", "continued", "on phone", "via phone", "translated", "through interpreter",
];

/// What `label` looks like; `None` where nobody would be called so.
pub(super) fn shape(label: &str) -> Option<Shape> {
    if label.is_empty() || label.len() > LONGEST {
        return None;
    }
    let known = lists(label);
    if known & THING != 0 {
        return None;
    }
    if known & NOBODY != 0 || lists(without_number(label)) & (ASKS | ANSWERS | SOMEBODY) != 0 {
        return Some(Shape::Role);
    }
    let (name, _) = aside(label);
    if name.is_empty() || name.chars().any(is_no_part_of_names) {
        return None;
    }
    if is_initials(name) {
        return Some(Shape::Initials);
    }
    if is_numbered(name) {
        return Some(Shape::Numbered);
    }
    let mut words = 0;
    let mut commas = 0;
    for word in name.split_whitespace() {
        let bare = word.strip_suffix(',').unwrap_or(word);
        commas += usize::from(bare.len() < word.len());
        if PARTICLES.contains(&bare) && words > 0 {
            continue;
        }
        if !is_name_word(bare) {
            return None;
        }
        words += 1;
    }
    match words {
        _ if commas > 1 || (commas == 1 && words < 3) => None,
        1 if is_unspaced(name) => (name.chars().count() <= 12).then_some(Shape::OneWord),
        1 => Some(Shape::OneWord),
        2..=5 => Some(Shape::FullName),
        _ => None,
    }
}

/// A name and what stands in brackets after it: `Stephan Livera (SL)` is `Stephan Livera` and `SL`.
pub(super) fn aside(label: &str) -> (&str, Option<&str>) {
    let label = label.trim();
    let pairs = [('(', ')'), ('（', '）'), ('[', ']')];
    let found = pairs.into_iter().find_map(|(open, close)| {
        let (name, inside) = label.strip_suffix(close)?.rsplit_once(open)?;
        Some((name.trim_end(), inside.trim()))
    });
    match found {
        Some((name, inside)) if !name.is_empty() => (name, Some(inside)),
        _ => (label, None),
    }
}

/// Whether what stands in brackets after a name only says how the person is heard.
pub(super) fn is_manner(aside: &str) -> bool {
    lists(aside) & MANNER != 0
}

/// Whether a label joins the names of several people: `Smith and Jones`.
pub(super) fn is_several(label: &str) -> bool {
    const JOINS: &[&str] = &["and", "&", "und", "et", "och", "og", "и", "та"];
    label.split_whitespace().skip(1).any(|word| JOINS.contains(&word))
}

/// Whether a label stands for several people, or for one who is not known.
pub(super) fn is_nobody(label: &str) -> bool {
    lists(label) & NOBODY != 0
}

/// Whether a bracket holds a noise and no name.
pub(super) fn is_noise(inside: &str) -> bool {
    let first = inside.split([' ', ',']).next().unwrap_or_default();
    (lists(inside) | lists(first)) & NOISE != 0
}

/// Whether the words before a colon are known to name nobody.
pub(super) fn is_thing(label: &str) -> bool {
    lists(label) & THING != 0
}

/// What a label says of the part that its speaker plays: `Interviewer 2` asks.
pub(super) fn role(label: &str) -> Option<Role> {
    let known = lists(without_number(label));
    if known & ASKS != 0 {
        Some(Role::Interviewer)
    } else if known & ANSWERS != 0 {
        Some(Role::Guest)
    } else {
        None
    }
}

/// Whether a label stands for a person without a name, `Speaker 2`.
pub(super) fn is_somebody(label: &str) -> bool {
    lists(without_number(label)) & SOMEBODY != 0
}

/// Whether a label is a few letters that stand for a name.
pub(super) fn is_initials(label: &str) -> bool {
    if label.len() > 8 * 4 {
        return false;
    }
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = label.chars().filter(|c| c.is_uppercase()).count();
    let plain = label.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-'));
    plain && (1..=4).contains(&letters) && label.chars().count() <= 8 && capitals >= 1 && {
        // `Ana` is a name, `AvW` and `WCh` are not.
        capitals == letters || (capitals >= 2 && letters <= 4)
    }
}

fn is_numbered(label: &str) -> bool {
    if !label.ends_with(|c: char| c.is_ascii_digit()) || !label.starts_with(char::is_alphabetic) {
        return false;
    }
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    label.chars().all(|c| c.is_alphanumeric() || " .#-".contains(c))
        && (1..=3).contains(&digits)
        && (1..=12).contains(&letters)
}

fn is_name_word(word: &str) -> bool {
    let word = word.trim_matches(['"', '\'', '‘', '’']);
    if word.ends_with("'s") || word.ends_with("’s") {
        return false;
    }
    let dotted = word.strip_suffix('.');
    if dotted.is_some_and(|stem| stem.chars().count() > 4) {
        return false;
    }
    let word = dotted.unwrap_or(word);
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let cased = first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase());
    let joins = |c: char| matches!(c, '\'' | '’' | '.' | '-' | '‐' | '·' | '・');
    cased && chars.all(|c| c.is_alphabetic() || is_mark(c) || joins(c))
}

/// Marks that scripts such as Devanagari write within a word.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_ascii() && !c.is_whitespace() && unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

/// Whether a script without blanks between words is used.
fn is_unspaced(name: &str) -> bool {
    name.chars().any(|c| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'))
}

fn without_number(label: &str) -> &str {
    label.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "#.".contains(c))
}

/// A list of words that a label can be in, as a bit of what [`lists`] returns.
type Lists = u8;

const ASKS: Lists = 1;
const ANSWERS: Lists = 1 << 1;
const SOMEBODY: Lists = 1 << 2;
const NOBODY: Lists = 1 << 3;
const THING: Lists = 1 << 4;
const NOISE: Lists = 1 << 5;
const MANNER: Lists = 1 << 6;

/// The lists that a label is in, whatever the case of its letters. Each line of a transcript asks this.
fn lists(label: &str) -> Lists {
    const LONGEST: usize = 40;
    static WORDS: LazyLock<HashMap<&str, Lists>> = LazyLock::new(|| {
        let mut all = HashMap::new();
        for (list, words) in [
            (ASKS, WHO_ASKS),
            (ANSWERS, WHO_ANSWERS),
            (SOMEBODY, SOMEBODIES),
            (NOBODY, NOBODIES),
            (THING, THINGS),
            (NOISE, NOISES),
            (MANNER, MANNERS),
        ] {
            words.iter().for_each(|word| *all.entry(*word).or_default() |= list);
        }
        all
    });
    let label = label.trim();
    let mut lower = [0; LONGEST];
    let Some(bytes) = lower.get_mut(..label.len()) else { return 0 };
    bytes.copy_from_slice(label.as_bytes());
    bytes.make_ascii_lowercase();
    match std::str::from_utf8(bytes) {
        Ok(lower) if label.is_ascii() => WORDS.get(lower).copied().unwrap_or_default(),
        _ => WORDS.get(label.to_lowercase().as_str()).copied().unwrap_or_default(),
    }
}

fn is_no_part_of_names(c: char) -> bool {
    matches!(c, '?' | '!' | ';' | '"' | '@' | '#' | '<'..='>' | '{'..='}' | '\\' | '/' | '_' | '*')
        || matches!(c, '“' | '”' | '„' | '«' | '»' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_roles_and_initials_are_labels() {
        for (label, wanted) in [
            ("Mira Okafor", Shape::FullName),
            ("INES VALLADARES", Shape::FullName),
            ("Ana de la Cruz", Shape::FullName),
            ("Dr. J. Hale-Brandt", Shape::FullName),
            ("Stephan Rae (SR)", Shape::FullName),
            ("Jane Doe, Longshore", Shape::FullName),
            ("Mira", Shape::OneWord),
            ("罗小俊", Shape::OneWord),
            ("Interviewer 2", Shape::Role),
            ("Q", Shape::Role),
            ("问", Shape::Role),
            ("发言人1", Shape::Role),
            ("Both", Shape::Role),
            ("MF", Shape::Initials),
            ("AvW", Shape::Initials),
            ("WCh", Shape::Initials),
            ("Ż.Ł-T", Shape::Initials),
            ("id1", Shape::Numbered),
        ] {
            assert_eq!(shape(label), Some(wanted), "{label}");
        }
    }

    #[test]
    fn what_only_looks_like_a_label_is_none() {
        for label in [
            "Note",
            "DATE",
            "Break",
            "https",
            "Authors",
            "And then he said",
            "The problem",
            "One thing",
            "Inside Hale’s Playbook",
            "Transcript completed by",
            "9",
            "He said",
            "What happened next?",
            "",
        ] {
            assert_eq!(shape(label), None, "{label}");
        }
    }

    #[test]
    fn asides_are_split_off() {
        assert_eq!(aside("Stephan Rae (SR)"), ("Stephan Rae", Some("SR")));
        assert_eq!(aside("Mira"), ("Mira", None));
        assert!(is_manner("VOICEOVER") && is_noise("laughs loudly") && !is_noise("Chercheur"));
    }
}
