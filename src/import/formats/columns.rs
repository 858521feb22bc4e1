//! What the columns of a table mean, told from the header and from what stands in them.

use std::collections::HashSet;

use super::captions::clock;

/// The columns of a transcript in a table, each by its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// What was said.
    pub text: usize,
    /// Who said it.
    pub speaker: Option<usize>,
    /// When.
    pub start: Option<usize>,
    /// Until when.
    pub end: Option<usize>,
    /// The words in another language.
    pub translation: Option<usize>,
    /// What it is about.
    pub topic: Option<usize>,
    /// Whether the first row names the columns.
    pub header: bool,
}

#[rustfmt::skip]
const TEXT: &[&str] = &[
    "transcript", "text", "words", "utterance", "transcription", "content", "sentence", "body", "speech", "dialogue",
    "dialog", "message", "quote", "line", "said", "spoken", "paragraph", "response", "transkript", "transkription",
    "äußerung", "texte", "paroles", "transcripción", "texto", "transcrição", "fala", "testo", "trascrizione", "текст",
    "реплика", "tekst", "wypowiedź", "文本", "内容", "內容", "文字", "発言", "テキスト", "내용", "텍스트",
];
#[rustfmt::skip]
const SPEAKER: &[&str] = &[
    "speaker", "speakers", "speaker name", "speaker id", "speaker label", "who", "participant", "person", "name",
    "role", "voice", "interlocutor", "author", "sprecher", "sprecherin", "sprecher:in", "locuteur", "intervenant",
    "interlocuteur", "hablante", "orador", "falante", "parlante", "спикер", "говорящий", "mówca", "osoba", "说话人",
    "發言人", "发言人", "話者", "화자", "발언자",
];
#[rustfmt::skip]
const START: &[&str] = &[
    "timecode", "timestamp", "time", "start", "start time", "start timecode", "begin", "begin time", "from", "tc",
    "time in", "in", "tc in", "start (s)", "start sec", "start seconds", "zeit", "zeitmarke", "beginn", "temps",
    "début", "horodatage", "inicio", "início", "tempo", "inizio", "время", "czas", "时间", "時間", "시간",
];
#[rustfmt::skip]
const END: &[&str] = &[
    "end", "stop", "end time", "end timecode", "to", "time out", "out", "tc out", "end (s)", "end sec", "end seconds",
    "ende", "fin", "final", "fim", "fine", "конец", "koniec",
];
#[rustfmt::skip]
const TRANSLATION: &[&str] = &[
    "translation", "transcript translation", "translated", "übersetzung", "traduction", "traducción", "tradução",
    "traduzione", "перевод", "tłumaczenie", "译文", "翻译", "翻譯", "翻訳", "번역",
];
const TOPIC: &[&str] =
    &["topic", "chapter", "section", "heading", "thema", "kapitel", "chapitre", "tema", "тема", "主题"];

impl Columns {
    /// The columns of a table, of which these are the first rows; `None` where it is no transcript.
    pub(super) fn of(rows: &[Vec<&str>]) -> Option<Self> {
        let first = rows.first()?;
        let Some(mut named) = Columns::named(first) else { return Columns::by_content(rows) };
        // The times may stand in a column without a name.
        if named.start.is_none() {
            let told = rows.get(1..).and_then(Columns::by_content).and_then(|told| told.start);
            let free = |column: &usize| first.get(*column).is_none_or(|name| plain(name).is_empty());
            named.start = told.filter(free);
        }
        Some(named)
    }

    /// The columns that a header names.
    fn named(header: &[&str]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let find = |known: &[&str]| {
            // The order of the known names counts: `transcript` beside `line` is the text.
            known.iter().find_map(|known| names.iter().position(|name| name == known))
        };
        let text = find(TEXT)?;
        let columns = Columns {
            text,
            speaker: find(SPEAKER).filter(|&column| column != text),
            start: find(START).filter(|&column| column != text),
            end: find(END),
            translation: find(TRANSLATION),
            topic: find(TOPIC),
            header: true,
        };
        (columns.speaker.is_some() || columns.start.is_some()).then_some(columns)
    }

    /// The columns as their contents tell them: times, few short names, and the longest for the words.
    fn by_content(rows: &[Vec<&str>]) -> Option<Self> {
        let width = rows.first()?.len();
        let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim());
        let filled = |column: usize| cells(column).filter(|cell| !cell.is_empty());
        let length = |column: usize| cells(column).map(|cell| cell.chars().count()).sum::<usize>();
        let text = (0..width).max_by_key(|&column| length(column))?;
        let is_time = |column: usize| {
            let count = filled(column).count();
            count > 0 && filled(column).filter(|cell| is_clock(cell)).count() * 10 >= count * 8
        };
        let mut times = (0..width).filter(|&column| column != text && is_time(column));
        let (start, end) = (times.next(), times.next());
        let is_name = |column: usize| {
            let (mut count, mut short) = (0usize, 0usize);
            let mut distinct = HashSet::new();
            for cell in filled(column) {
                count += 1;
                let letters = cell.chars().any(char::is_alphabetic);
                short += usize::from(cell.chars().count() <= 40 && letters && !cell.ends_with(['.', '?', '!']));
                distinct.insert(cell);
            }
            count > 0 && short * 10 >= count * 9 && (distinct.len() * 2 <= count || (start.is_some() && count >= 2))
        };
        let others = (0..width).filter(|&column| column != text && Some(column) != start && Some(column) != end);
        let speaker = others.filter(|&column| is_name(column)).min_by_key(|&column| length(column));
        let found = rows.len() >= 2 && (speaker.is_some() || start.is_some());
        found.then(|| Columns { text, speaker, start, end, ..Columns::default() })
    }
}

/// Whether a cell is a moment of a recording.
pub(super) fn is_clock(cell: &str) -> bool {
    let bare = cell.trim_matches(['[', ']', '(', ')']);
    bare.contains(':') && clock(bare).is_some()
}

/// A column's name in lower case, without brackets' content, underscores and marks.
fn plain(name: &str) -> String {
    let name = name.trim().trim_matches(['"', '*', '#', '\u{FEFF}']).replace(['_', '-'], " ").to_lowercase();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_columns_in_several_languages() {
        let named = Columns::of(&[vec!["TIMECODE", "SPEAKER", "TRANSCRIPT"]]).unwrap();
        assert_eq!((named.start, named.speaker, named.text, named.header), (Some(0), Some(1), 2, true));
        let rows = [
            vec!["", "Speaker", "Text"],
            vec!["0:01", "Mira", "Who lit the lamp?"],
            vec!["0:05", "Jonas", "My father lit it."],
            vec!["0:09", "Mira", "And who cleaned it?"],
        ];
        assert_eq!(Columns::of(&rows).unwrap().start, Some(0), "times in a column without a name");
        let named = Columns::of(&[vec!["Nr", "Sprecher", "Text", "Start_Time"]]).unwrap();
        assert_eq!((named.start, named.speaker, named.text), (Some(3), Some(1), 2));
    }

    #[test]
    fn contents_tell_columns_without_a_header() {
        let rows = [
            vec!["00:01", "Mira", "Who lit the lamp that night?"],
            vec!["00:05", "Jonas", "My father."],
            vec!["00:09", "Mira", "And who cleaned it?"],
        ];
        let told = Columns::of(&rows).unwrap();
        assert_eq!((told.start, told.speaker, told.text, told.header), (Some(0), Some(1), 2, false));
        assert_eq!(Columns::of(&[vec!["a", "long sentence, then"], vec!["b", "another one, too"]]), None);
    }
}
