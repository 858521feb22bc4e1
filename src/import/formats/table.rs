//! Tables: CSV, TSV and their cousins with semicolons, as archives and spreadsheets write transcripts.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use super::captions::clock;
use super::columns::Columns;
use super::paragraphs::{Paragraphs, Piece};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Draft, Heading, HeadingPlace, Speech};
use crate::import::{ImportError, Options, Warning, names};
use crate::model::Timecode;

/// CSV and TSV.
#[derive(Debug)]
pub(super) struct Table;

/// Rows that are looked at to tell how a table is written.
const LOOKED_AT: usize = 200;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Dialect {
    delimiter: u8,
    /// Whether cells may stand in quotes.
    quotes: bool,
}

impl Importer for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let whole_lines = sample.text.rsplit_once('\n').filter(|_| sample.text.len() > 60_000);
        let (dialect, rows) = dialect(whole_lines.map_or(sample.text, |(lines, _)| lines))?;
        let rows = borrowed(&rows);
        let columns = Columns::of(&rows)?;
        let named = self.extensions().contains(&sample.extension);
        if columns.header && (rows.len() > 1 || named) {
            return Some(Recognised {
                score: 85,
                because: "it is a table whose header names speakers, times or words",
            });
        }
        let timed = columns.start.is_some() && columns.speaker.is_some() && dialect.delimiter != b'|';
        (named || (timed && rows.len() > 2))
            .then_some(Recognised { score: 60, because: "its lines are rows of a table with times and names" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let broken = |message: &str| ImportError::Malformed {
            name: source.name.clone(),
            line: 1,
            column: 1,
            message: message.to_owned(),
        };
        let found = dialect(&source.text).and_then(|(dialect, rows)| Some((dialect, Columns::of(&borrowed(&rows))?)));
        let Some((dialect, columns)) = found else {
            return Err(broken("this table has no column for what was said; name the columns time, speaker and text"));
        };
        let manner = Manner::of(Rows::new(&source.text, dialect), &columns);
        let mut rows = Rows::new(&source.text, dialect);
        let mut unused = Vec::new();
        if columns.header
            && let Some((line, header)) = rows.next()
        {
            let used =
                [Some(columns.text), columns.speaker, columns.start, columns.end, columns.translation, columns.topic];
            let unknown = header.iter().enumerate().filter(|(column, _)| !used.contains(&Some(*column)));
            unused.extend(unknown.map(|(_, name)| Warning { line, message: format!("the column `{}`", name.trim()) }));
        }
        let mut draft = draft(rows, &columns, manner);
        draft.left_out.append(&mut unused);
        Ok(draft)
    }
}

impl Dialect {
    /// Whether a table could be written so, from a glance at its first lines: most other texts are told apart by it.
    fn may_fit(self, text: &str) -> bool {
        if self.quotes {
            // Without quotation marks it is what it is without quotes.
            let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().as_bytes();
            return memchr::memchr(b'"', text.as_bytes()).is_some()
                && memchr::memchr2(b'"', self.delimiter, line).is_some();
        }
        let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
        let divided = |line: &str| memchr::memchr(self.delimiter, line.as_bytes()).is_some();
        let (with, all) = lines.fold((0, 0), |(with, all), line| (with + usize::from(divided(line)), all + 1));
        with * 10 >= all * 8
    }
}

fn reader(text: &str, dialect: Dialect) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .quoting(dialect.quotes)
        .from_reader(text.trim_start_matches('\u{FEFF}').as_bytes())
}

/// The rows that hold anything, with their lines, one at a time.
struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    row: StringRecord,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, dialect: Dialect) -> Self {
        Rows { reader: reader(text, dialect), row: StringRecord::new() }
    }

    fn next(&mut self) -> Option<(u32, &StringRecord)> {
        while self.reader.read_record(&mut self.row).ok()? {
            if self.row.iter().any(|cell| !cell.trim().is_empty()) {
                let line = self.row.position().map_or(0, csv::Position::line) as u32;
                return Some((line, &self.row));
            }
        }
        None
    }
}

fn cell(row: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| row.get(column)).map(str::trim).unwrap_or_default()
}

/// How a table is written, and its first rows; `None` where the text is no table.
fn dialect(text: &str) -> Option<(Dialect, Vec<StringRecord>)> {
    let mut best: Option<(usize, Dialect, Vec<StringRecord>)> = None;
    for delimiter in [b'\t', b',', b';', b'|'] {
        // Without quotes first: a sentence in quotation marks at the beginning of a cell is no quoted cell.
        for quotes in [false, true] {
            let dialect = Dialect { delimiter, quotes };
            if !dialect.may_fit(text) {
                continue;
            }
            let mut rows = Vec::new();
            let mut all = Rows::new(text, dialect);
            while let Some((_, row)) = all.next().filter(|_| rows.len() < LOOKED_AT) {
                rows.push(row.clone());
            }
            let width = rows.first().map_or(0, StringRecord::len);
            let alike = rows.iter().filter(|row| row.len() == width).count();
            // A quotation mark that nothing closes swallows rows; then there are fewer of them.
            let stray = !quotes && rows.iter().any(|row| row.iter().any(|cell| cell.len() > 1 && is_quoted(cell)));
            let score = alike * 20 + width.min(9) * 2 + usize::from(!stray);
            let is_table = width >= 2 && alike * 10 >= rows.len() * 8;
            if is_table && best.as_ref().is_none_or(|(highest, ..)| score > *highest) {
                best = Some((score, dialect, rows));
            }
        }
    }
    best.map(|(_, dialect, rows)| (dialect, rows))
}

/// Whether all of a cell stands in quotation marks.
fn is_quoted(cell: &str) -> bool {
    let inside = cell.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.is_some_and(|inside| !inside.replace("\"\"", "").contains('"'))
}

fn borrowed(rows: &[StringRecord]) -> Vec<Vec<&str>> {
    rows.iter().map(|row| row.iter().collect()).collect()
}

fn draft(mut rows: Rows<'_>, columns: &Columns, manner: Manner) -> Draft {
    let mut paragraphs = Paragraphs::default();
    let mut speakers: HashMap<String, Speech> = HashMap::new();
    let mut odd_times: Vec<u32> = Vec::new();
    let mut topic = String::new();
    while let Some((line, row)) = rows.next() {
        let text = cell(row, Some(columns.text));
        let name = cell(row, columns.speaker).trim_end_matches(':');
        let mut time = |column: Option<usize>| {
            let (time, odd) = moment(cell(row, column), manner.scale)?;
            if odd {
                odd_times.push(line);
            }
            Some(time)
        };
        let (mut start, end) = (time(columns.start), time(columns.end));
        let here = cell(row, columns.topic);
        if !here.is_empty() && here != topic {
            let at = HeadingPlace::Block(paragraphs.draft.blocks.len() as u32);
            paragraphs.draft.topics.push(Heading { title: here.to_owned(), level: 0, at });
            paragraphs.break_here();
            here.clone_into(&mut topic);
        }
        let mut speech = match name {
            "" if columns.speaker.is_some() && manner.repeats_names => Speech::Changed,
            "" => Speech::Unknown,
            name => speakers.get(name).copied().unwrap_or_else(|| {
                let speech = if names::is_nobody(name) {
                    Speech::Changed
                } else {
                    paragraphs.draft.labels.push(name.to_owned());
                    Speech::Labelled(paragraphs.draft.labels.len() as u32 - 1)
                };
                speakers.insert(name.to_owned(), speech);
                speech
            }),
        };
        for (index, part) in text.lines().filter(|part| !part.trim().is_empty()).enumerate() {
            if index > 0 {
                paragraphs.break_here();
            }
            paragraphs.add(Piece { text: part, line, speech, start, end, glued: false });
            (start, speech) = (None, Speech::Unknown);
        }
        let translation = cell(row, columns.translation);
        if !translation.is_empty() && !text.is_empty() {
            let block = paragraphs.draft.blocks.len().saturating_sub(1) as u32;
            paragraphs.draft.translations.push((block, translation.to_owned()));
        }
        if columns.translation.is_some() {
            paragraphs.break_here();
        }
    }
    let mut draft = paragraphs.finish();
    if let Some(&line) = odd_times.first() {
        let message = format!("times below zero or too large, set to what can be shown: {}", odd_times.len());
        draft.warnings.push(Warning { line, message });
    }
    draft
}

/// What only all rows together tell.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// Whether names stand on every row and not only where the speaker changes; then a row without one is nobody's.
    repeats_names: bool,
    /// What numbers without colons count in: a thousandth where they would otherwise leave a minute for each word.
    scale: f64,
}

impl Manner {
    fn of(mut rows: Rows<'_>, columns: &Columns) -> Self {
        let (mut repeats_names, mut last, mut words) = (false, 0.0, 0);
        let mut before = String::new();
        while let Some((_, row)) = rows.next() {
            let name = cell(row, columns.speaker);
            repeats_names |= !name.is_empty() && name == before;
            if name != before {
                name.clone_into(&mut before);
            }
            if let Ok(start) = cell(row, columns.start).parse::<f64>() {
                last = start.max(last);
                words += cell(row, Some(columns.text)).split_whitespace().count();
            }
        }
        Manner { repeats_names, scale: if last > f64::from(words as u32) * 60.0 { 0.001 } else { 1.0 } }
    }
}

/// The moment in a cell; true: it was below zero or too large.
fn moment(cell: &str, scale: f64) -> Option<(Timecode, bool)> {
    let bare = cell.trim_matches(['[', ']', '(', ')', ' ']);
    if bare.contains(':') {
        return clock(bare.split("-->").next().unwrap_or_default().split(" - ").next().unwrap_or_default());
    }
    let seconds = bare.replace(',', ".").parse::<f64>().ok()? * scale;
    Some(Timecode::from_seconds(seconds).map_or((Timecode::default(), true), |time| (time, false)))
}
