//! Every word of the body of a source is in the document exactly once: words in, counted by a reading of the source that
//! shares nothing with the importers, against words out.
//!
//! What the importer may leave out is names of speakers, which are labels, and what is listed here with the reason.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic, reason = "a report of figures over test files")]

mod sources;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use interleaf::import::{Imported, Options, read};

/// Words of test files that come out another number of times than they went in, and why.
#[rustfmt::skip]
const EXPLAINED: &[(&str, &[&str], &str)] = &[
    (
        "page.html",
        &["the", "harbour", "All", "Archive", "Home", "More", "Share", "Subscribe", "and", "box", "every", "get", "in",
          "letter", "now", "of", "rights", "tables", "tide", "week", "with", "year", "your", "The"],
        "navigation, links and footer of the page",
    ),
    ("table.html", &["Speaker", "Text", "Time"], "the names of the table's columns"),
    ("labelled.docx", &["1", "Oil"], "a line of the table of contents"),
    ("history.xml", &["keywords", "subjects"], "what the index calls its lists is said before them"),
    ("indexonly.xml", &["keywords"], "what the index calls its lists is said before them"),
    (
        "footnotes.xml",
        &["keywords", "i", "footnote", "footnotes", "note"],
        "what the index calls its lists is said before them; tags in a title, marks of notes",
    ),
    ("translated.eaf", &["Seil", "War", "Wer", "das", "es", "kalt", "machte"], "a second translation"),
    ("pages.txt", &["1", "2", "3", "4"], "the numbers of pages"),
    ("callouts.md", &["quote"], "the kind of a callout"),
    ("vault.md", &["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"], "names of paragraphs that links point to"),
    ("f4.txt", &["0", "1", "2", "3", "4", "5", "6", "7"], "tenths of a second in stamps"),
    (
        "frames.txt",
        &["03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16"],
        "frames behind the seconds of timecodes",
    ),
    ("voices.vtt", &["intro"], "the identifier of a cue"),
    ("changes.srt", &["42"], "a caption that is a number is taken for a cue's number by the other reading"),
    ("seed.txt", &["03", "04", "2026", "clock", "example", "https", "org", "quay", "来", "源", "网", "页", "保", "存", "于"],
     "the line that a browser put on top"),
    ("traps.txt", &["Break"], "a mark with a time and no words"),
    (
        "by-paragraph.md",
        &["姆", "拉", "汤", "诺", "子", "村", "钟"],
        "labels and headings of the translation, which the report has",
    ),
    (
        "initials-in-brackets.txt",
        &["Since", "sale", "the", "And", "Locked", "The", "Whose", "council", "s", "tower", "when"],
        "labels in brackets are taken for links by the other reading",
    ),
    ("line-numbers.txt", &["1", "2", "3", "4", "5", "6", "7", "8", "9"], "the numbers of the lines"),
    ("numbered.txt", &["1", "2", "3", "4", "5", "6", "7", "8"], "the numbers of the lines"),
    ("mail-headers.txt", &["example", "org", "jonas", "mira"], "addresses are taken for tags by the other reading"),
    ("roles-in-brackets.txt", &["Title"], "what says that the title follows"),
];

/// Labels of nobody.
const NOBODY: &[&str] = &["Unknown", "Unknown Speaker", "Both", "UNKNOWN", "BOTH", "ALL"];

/// How often each run of letters and digits occurs, and each character of scripts without blanks between words.
fn words(text: &str) -> HashMap<String, i64> {
    let unspaced = |c: char| ('\u{2E80}'..='\u{9FFF}').contains(&c);
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric() || unspaced(c)).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    for c in text.chars().filter(|c| unspaced(*c) && c.is_alphanumeric()) {
        *counts.entry(c.to_string()).or_insert(0) += 1;
    }
    counts
}

/// What a file lost and what it has too much, beside its labels, and how many words went in.
struct Balance {
    total: i64,
    odd: Vec<(String, i64)>,
}

impl Balance {
    fn of(source: &str, imported: &Imported) -> Self {
        let interview = &imported.interview;
        let clock = regex::Regex::new(r"\b\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?\b").unwrap();
        let mut came_out = clock.replace_all(interview.text(), " ").into_owned();
        let mut add = |text: &str| {
            came_out.push(' ');
            came_out.push_str(text);
        };
        interview.given_topics.iter().for_each(|topic| add(&topic.title));
        // Chapters that are headings too stand twice in the source.
        if imported.report.left_out.iter().any(|left_out| left_out.message.contains("list of chapters")) {
            interview.given_topics.iter().for_each(|topic| add(&topic.title));
        }
        let labels = imported.report.merged.iter().map(|(written, _)| written.as_str());
        let shown = interview.speakers.iter().map(|speaker| speaker.name.as_str());
        let labels: Vec<_> = labels.chain(shown).chain(NOBODY.iter().copied()).map(words).collect();
        let metadata = &interview.metadata;
        let told = [Some(&metadata.title), metadata.subtitle.as_ref(), metadata.date.as_ref()];
        let told = words(&told.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "));
        let mut balance = words(&clock.replace_all(source, " "));
        let total = balance.values().sum();
        for (word, count) in words(&came_out) {
            *balance.entry(word).or_insert(0) -= count;
        }
        let is_label = |word: &String| labels.iter().any(|label| label.contains_key(word));
        let mut odd: Vec<_> = balance
            .into_iter()
            .filter(|(word, count)| *count != 0 && !(*count > 0 && (is_label(word) || told.contains_key(word))))
            .collect();
        odd.sort_by_key(|(word, count)| (-count.abs(), word.clone()));
        Balance { total, odd }
    }

    fn sum(&self) -> i64 {
        self.odd.iter().map(|(_, count)| count.abs()).sum()
    }
}

fn check(path: &Path, wrong: &mut Vec<String>, tolerance: impl Fn(&Balance, &[&str]) -> bool) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let bytes = fs::read(path).unwrap();
    let Ok(imported) = read(bytes.clone(), name, &Options::default()) else { return };
    let Some(source) = sources::words_of(&bytes, name, &imported) else {
        println!("{:>8} {:>6}  {name}: not counted", "-", "-");
        return;
    };
    let balance = Balance::of(&source, &imported);
    let explained = EXPLAINED.iter().find(|(file, ..)| *file == name);
    println!("{:>8} {:>6}  {name}", balance.total, balance.sum());
    for left_out in &imported.report.left_out {
        println!("                   left out, line {}: {}", left_out.line, left_out.message);
    }
    if let Some((.., why)) = explained {
        println!("                   {why}");
    }
    if !tolerance(&balance, explained.map_or(&[], |(_, words, _)| words)) {
        let shown: Vec<_> = balance.odd.iter().take(20).collect();
        wrong.push(format!("{name}, of {} words: {shown:?}", balance.total));
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.is_file() && path.extension().is_some_and(|end| end != "expected")).collect();
    files.sort();
    files
}

#[test]
fn every_word_of_the_test_files_comes_out_once() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut wrong = Vec::new();
    for path in ["formats", "text"].into_iter().flat_map(|folder| files(&tests.join(folder))) {
        check(&path, &mut wrong, |balance, explained| {
            balance.odd.iter().all(|(word, _)| explained.contains(&word.as_str()))
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_word_of_real_transcripts_comes_out_once() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no transcripts beside the repository");
        return;
    }
    let mut wrong = Vec::new();
    let folders = fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut folders: Vec<_> = folders.collect();
    folders.sort();
    for path in folders.iter().flat_map(|folder| files(folder)) {
        check(&path, &mut wrong, |balance, _| balance.sum() * 200 <= balance.total);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
