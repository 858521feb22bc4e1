//! Kindle's `My Clippings.txt`, in the languages in which the device writes it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Foreign;

/// The line that ends a clipping.
pub(super) const END: &str = "==========";

/// What a highlight, a note and a bookmark are called: English, German, French, Spanish, Portuguese, Italian, Dutch,
/// Russian, Chinese in both scripts, Japanese, Korean.
#[rustfmt::skip]
const HIGHLIGHT: [&str; 12] = [
    "highlight", "markierung", "surlignement", "subrayado", "destaque", "evidenziazione", "markering", "выделенн", "标注",
    "標註", "ハイライト", "하이라이트",
];
#[rustfmt::skip]
const NOTE: [&str; 10] = ["note", "notiz", "nota", "anotação", "notitie", "заметка", "笔记", "筆記", "メモ", "메모"];
#[rustfmt::skip]
const BOOKMARK: [&str; 11] = [
    "bookmark", "lesezeichen", "signet", "marcador", "segnalibro", "bladwijzer", "закладка", "书签", "書籤", "ブックマーク",
    "책갈피",
];

/// The months as they begin in those languages, each in one row.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв"], &["feb", "fév", "fev", "фев"], &["mar", "mär", "maa", "мар"],
    &["apr", "avr", "abr", "апр"], &["may", "mai", "mag", "mei", "мая", "май"], &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"], &["aug", "aoû", "ago", "авг"], &["sep", "set", "сен"],
    &["oct", "okt", "out", "ott", "окт"], &["nov", "ноя"], &["dec", "dez", "déc", "dic", "дек"],
];

/// What stands for the hours after noon, and before it where hours run to 12.
const AFTER_NOON: [&str; 6] = ["pm", "p.m", "下午", "午後", "오후", "晚上"];
const BEFORE_NOON: [&str; 5] = ["am", "a.m", "上午", "午前", "오전"];

/// A clipping: `Title (Author)`, `- Your Highlight on Location 5-6 | Added on …`, a blank line, the words.
struct Clipping<'a> {
    title: &'a str,
    about: &'a str,
    words: String,
}

pub(super) fn read(text: &str) -> Vec<Foreign> {
    let mut found: Vec<(Foreign, Option<u32>)> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.trim_end() != END {
            lines.push(line.trim_end_matches('\r'));
            continue;
        }
        if let Some(clipping) = clipping(&lines) {
            take(&clipping, &mut found);
        }
        lines.clear();
    }
    found.into_iter().map(|(foreign, _)| foreign).collect()
}

fn clipping<'a>(lines: &[&'a str]) -> Option<Clipping<'a>> {
    let mut lines = lines.iter().copied().skip_while(|line| line.trim().is_empty());
    let title = lines.next()?.trim_start_matches('\u{feff}').trim();
    let about = lines.next()?.trim();
    let words: Vec<&str> = lines.collect();
    about.starts_with('-').then(|| Clipping { title, about, words: words.join("\n").trim().to_owned() })
}

/// Takes a highlight, or a note on the highlight before it that ends where the note stands.
fn take(clipping: &Clipping, found: &mut Vec<(Foreign, Option<u32>)>) {
    let about = clipping.about.to_lowercase();
    let (place, date) = about.rsplit_once('|').unwrap_or((&about, ""));
    let is = |words: &[&str]| words.iter().any(|word| place.contains(word));
    let end = last_location(place);
    let title = match clipping.title.rsplit_once(" (") {
        Some((title, author)) if author.ends_with(')') => title,
        _ => clipping.title,
    };
    let documents = vec![title.to_owned()];
    // A bookmark has no words by which it could be placed.
    if clipping.words.is_empty() || (is(&BOOKMARK) && !is(&HIGHLIGHT)) {
        return;
    }
    if is(&NOTE) && !is(&HIGHLIGHT) {
        let highlight = found.iter_mut().rev().find(|(foreign, at)| {
            foreign.documents == documents && *at == end && end.is_some() && foreign.note.is_empty()
        });
        if let Some((foreign, _)) = highlight {
            foreign.note.clone_from(&clipping.words);
        }
        // A note on nothing has no words by which it could be placed.
        return;
    }
    let foreign = Foreign { quote: clipping.words.clone(), created: moment(date), documents, ..Foreign::default() };
    found.push((foreign, end));
}

/// The last number of `page 7 | location 5-6`, which is the end of the location or else of the pages.
fn last_location(place: &str) -> Option<u32> {
    let part = place.rsplit('|').find(|part| part.contains(|c: char| c.is_ascii_digit()))?;
    let numbers: Vec<&str> = part.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    match numbers.as_slice() {
        // `1234-38` ends at 1238.
        [.., first, last] if last.len() < first.len() => {
            first.get(..first.len() - last.len()).map(|head| format!("{head}{last}"))?.parse().ok()
        }
        [.., last] => last.parse().ok(),
        [] => None,
    }
}

/// `Tuesday, November 24, 2026 10:02:11 AM` and what the other languages have for it, taken for Universal Time.
fn moment(date: &str) -> Option<Timestamp> {
    let date = date.to_lowercase();
    let numbers: Vec<(usize, i64)> = numbers(&date);
    let is_time = |at: usize| {
        let (before, rest) = date.split_at_checked(at).unwrap_or(("", ""));
        before.strip_suffix(':').is_some_and(|hour| hour.ends_with(|c: char| c.is_ascii_digit()))
            || rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(':')
    };
    let clock: Vec<i64> = numbers.iter().filter(|(at, _)| is_time(*at)).map(|(_, number)| *number).collect();
    let days: Vec<i64> = numbers.iter().filter(|(at, _)| !is_time(*at)).map(|(_, number)| *number).collect();
    let year = *days.iter().find(|number| **number > 31)?;
    let small: Vec<i64> = days.into_iter().filter(|number| *number <= 31).collect();
    let (month, day) = match (named_month(&date), small.as_slice()) {
        (Some(month), [day, ..]) => (month, *day),
        // 2026年11月24日
        (None, [month, day, ..]) => (*month, *day),
        _ => return None,
    };
    let [hour, minute, second] = [0, 1, 2].map(|index| clock.get(index).copied().unwrap_or_default());
    let has = |marks: &[&str]| marks.iter().any(|mark| date.contains(mark));
    let hour = match hour {
        12 if has(&BEFORE_NOON) => 0,
        ..12 if has(&AFTER_NOON) => hour + 12,
        _ => hour,
    };
    let small = |number: i64| i8::try_from(number).ok();
    let time = DateTime::new(
        i16::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    );
    TimeZone::UTC.to_timestamp(time.ok()?).ok()
}

/// The numbers in a text and where they begin.
fn numbers(text: &str) -> Vec<(usize, i64)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = from + at;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        found.extend(rest.get(..length).and_then(|digits| digits.parse().ok()).map(|number| (start, number)));
        from = start + length;
    }
    found
}

/// The month whose name stands in a date, from 1. Days of the week come before it and look like it in some languages.
fn named_month(date: &str) -> Option<i64> {
    let words = date.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3);
    let month = |word: &str| {
        // `mardi` and `martes` are days.
        let is_day =
            ["mard", "mart", "марта"].iter().any(|day| word.starts_with(day)) && word != "марта" && word != "mart";
        let months = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)));
        months.filter(|_| !is_day)
    };
    words.filter_map(month).next_back().and_then(|index| i64::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_devices_languages() {
        for date in [
            "added on tuesday, november 24, 2026 10:02:11 pm",
            "added on tuesday, 24 november 2026 22:02:11",
            "hinzugefügt am dienstag, 24. november 2026 22:02:11",
            "ajouté le mardi 24 novembre 2026 22:02:11",
            "añadido el martes, 24 de noviembre de 2026 22:02:11",
            "adicionado: terça-feira, 24 de novembro de 2026 22:02:11",
            "aggiunto in data martedì 24 novembre 2026 22:02:11",
            "toegevoegd op dinsdag 24 november 2026 22:02:11",
            "добавлено: вторник, 24 ноября 2026 г. в 22:02:11",
            "添加于 2026年11月24日星期二 下午10:02:11",
            "作成日: 2026年11月24日火曜日 22:02:11",
        ] {
            assert_eq!(
                moment(date).map(|moment| moment.to_string()).as_deref(),
                Some("2026-11-24T22:02:11Z"),
                "{date}"
            );
        }
        for (date, expected) in [
            ("ajouté le mardi 3 mars 2026 08:05:00", "2026-03-03T08:05:00Z"),
            ("hinzugefügt am sonntag, 1. märz 2026 00:05:00", "2026-03-01T00:05:00Z"),
            ("aggiunto in data martedì 5 maggio 2026 08:05:00", "2026-05-05T08:05:00Z"),
            ("added on monday, may 4, 2026 12:05:00 am", "2026-05-04T00:05:00Z"),
            ("添加于 2026年1月2日星期五 上午12:05:00", "2026-01-02T00:05:00Z"),
        ] {
            assert_eq!(moment(date).map(|moment| moment.to_string()).as_deref(), Some(expected), "{date}");
        }
        for date in ["", "added on some day", "added on november 24", "2026年99月1日 10:00:00"] {
            assert_eq!(moment(date), None, "{date}");
        }
    }

    #[test]
    fn highlights_and_their_notes_are_told_in_the_devices_languages() {
        for (highlight, note, bookmark) in [
            (
                "Your Highlight on page 2 | Location 170-171",
                "Your Note on page 2 | Location 171",
                "Your Bookmark on Location 9",
            ),
            ("Highlight Loc. 1170-71", "Note Loc. 1171", "Bookmark Loc. 9"),
            ("Ihre Markierung bei Position 170-171", "Ihre Notiz bei Position 171", "Ihr Lesezeichen bei Position 9"),
            (
                "Votre surlignement à l’emplacement 170-171",
                "Votre note à l’emplacement 171",
                "Votre signet sur la page 9",
            ),
            (
                "Tu subrayado en la página 2 | posición 170-171",
                "Tu nota en la página 2 | posición 171",
                "Tu marcador en la posición 9",
            ),
            ("Seu destaque ou posição 170-171", "Sua nota ou posição 171", "Seu marcador ou posição 9"),
            (
                "La tua evidenziazione alla posizione 170-171",
                "La tua nota alla posizione 171",
                "Il tuo segnalibro alla posizione 9",
            ),
            ("您在位置 #170-171的标注", "您在位置 #171 的笔记", "您在位置 #9 的书签"),
            ("2ページ|位置No. 170-171のハイライト", "2ページ|位置No. 171のメモ", "位置No. 9のブックマーク"),
        ] {
            let clip =
                |about: &str, words: &str| format!("Fähre (Ada)\r\n- {about} | 2026\r\n\r\n{words}\r\n==========\r\n");
            let text = [clip(highlight, "Then I did."), clip(note, "Did you?"), clip(bookmark, "")].concat();
            let found = read(&text);
            let [only] = found.as_slice() else { panic!("{highlight}: {found:?}") };
            assert_eq!((only.quote.as_str(), only.note.as_str()), ("Then I did.", "Did you?"), "{highlight}");
            assert_eq!(only.documents, ["Fähre"]);
        }
    }
}
