//! Readwise's CSV, by the names of its columns.

use csv::{ReaderBuilder, StringRecord};

use super::{AbsorbError, Foreign, add_tag, moment};

pub(super) fn read(text: &str) -> Result<Vec<Foreign>, AbsorbError> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(damaged)?.clone();
    let column =
        |names: &[&str]| heads.iter().position(|head| names.iter().any(|name| head.trim().eq_ignore_ascii_case(name)));
    let Some(highlight) = column(&["Highlight"]) else { return Err(AbsorbError::Unknown) };
    let note = column(&["Note"]);
    let title = column(&["Title", "Book Title"]);
    let url = column(&["URL"]);
    let tags = column(&["Tags"]);
    let date = column(&["Date", "Highlighted at"]);
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(damaged)?;
        let (words, dotted) = without_dotted_tags(&cell(&record, note));
        let mut foreign = Foreign {
            quote: cell(&record, Some(highlight)),
            note: words,
            created: moment(&cell(&record, date)),
            ..Foreign::default()
        };
        for tag in cell(&record, tags).split(',').map(str::to_owned).chain(dotted) {
            add_tag(&mut foreign.tags, &tag);
        }
        foreign.documents.extend([title, url].map(|at| cell(&record, at)).into_iter().filter(|name| !name.is_empty()));
        if !foreign.quote.trim().is_empty() {
            found.push(foreign);
        }
    }
    Ok(found)
}

fn damaged(error: csv::Error) -> AbsorbError {
    let line = error.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
    AbsorbError::Damaged { line, message: error.to_string() }
}

/// A cell without the apostrophe that keeps spreadsheets from running it.
fn cell(record: &StringRecord, at: Option<usize>) -> String {
    let cell = at.and_then(|at| record.get(at)).unwrap_or_default();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// A note and the tags on its first line, `.tea .long_days`.
fn without_dotted_tags(note: &str) -> (String, Vec<String>) {
    let (first, rest) = note.split_once('\n').unwrap_or((note, ""));
    let words: Vec<&str> = first.split_whitespace().collect();
    let is_tag = |word: &&str| word.len() > 1 && word.starts_with('.') && !word.starts_with("..");
    if words.is_empty() || !words.iter().all(is_tag) {
        return (note.to_owned(), Vec::new());
    }
    let tags = words.iter().map(|word| word.trim_start_matches('.').replace('_', " ")).collect();
    (rest.to_owned(), tags)
}
