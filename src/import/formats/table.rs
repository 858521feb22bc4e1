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
        let mut reader = reader(&source.text, dialect);
        let mut records = records(&mut reader);
        let header = if columns.header { records.next() } else { None };
        let rows: Vec<(u32, StringRecord)> = records.collect();
        let mut draft = draft(&rows, &columns);
        let used =
            [Some(columns.text), columns.speaker, columns.start, columns.end, columns.translation, columns.topic];
        for (column, name) in header.iter().flat_map(|(_, header)| header.iter().enumerate()) {
            if !used.contains(&Some(column)) {
                draft.left_out.push(Warning { line: 1, message: format!("the column `{}`", name.trim()) });
            }
        }
        Ok(draft)
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

/// The rows that hold anything, with their lines.
fn records<'a, 'b>(reader: &'a mut csv::Reader<&'b [u8]>) -> impl Iterator<Item = (u32, StringRecord)> + use<'a, 'b> {
    reader.records().map_while(Result::ok).filter(|record| record.iter().any(|cell| !cell.trim().is_empty())).map(
        |record| {
            let line = record.position().map_or(0, |position| position.line()) as u32;
            (line, record)
        },
    )
}

/// How a table is written, and its first rows; `None` where the text is no table.
fn dialect(text: &str) -> Option<(Dialect, Vec<StringRecord>)> {
    let mut best: Option<(usize, Dialect, Vec<StringRecord>)> = None;
    for delimiter in [b'\t', b',', b';', b'|'] {
        // Without quotes first: a sentence in quotation marks at the beginning of a cell is no quoted cell.
        for quotes in [false, true] {
            let dialect = Dialect { delimiter, quotes };
            let rows: Vec<StringRecord> =
                records(&mut reader(text, dialect)).take(LOOKED_AT).map(|(_, row)| row).collect();
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

fn draft(rows: &[(u32, StringRecord)], columns: &Columns) -> Draft {
    let mut paragraphs = Paragraphs::default();
    let mut labels: HashMap<String, u32> = HashMap::new();
    let cell = |row: &StringRecord, column: Option<usize>| {
        column.and_then(|column| row.get(column)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let repeats = repeats_names(rows, columns.speaker);
    let scale = milliseconds(rows, columns);
    let mut odd_times: Vec<u32> = Vec::new();
    let mut topic = String::new();
    for (line, row) in rows {
        let text = cell(row, Some(columns.text));
        let name = cell(row, columns.speaker).trim_end_matches(':').to_owned();
        let mut time = |column: Option<usize>| {
            let written = cell(row, column);
            let (time, odd) = moment(&written, scale)?;
            if odd {
                odd_times.push(*line);
            }
            Some(time)
        };
        let (mut start, end) = (time(columns.start), time(columns.end));
        let here = cell(row, columns.topic);
        if !here.is_empty() && here != topic {
            let at = HeadingPlace::Block(paragraphs.draft.blocks.len() as u32);
            paragraphs.draft.topics.push(Heading { title: here.clone(), level: 0, at });
            paragraphs.break_here();
            topic = here;
        }
        let mut speech = match name.as_str() {
            "" if columns.speaker.is_some() && repeats => Speech::Changed,
            "" => Speech::Unknown,
            name if names::is_nobody(name) => Speech::Changed,
            name => Speech::Labelled(*labels.entry(name.to_owned()).or_insert_with(|| {
                paragraphs.draft.labels.push(name.to_owned());
                paragraphs.draft.labels.len() as u32 - 1
            })),
        };
        for (index, part) in text.lines().filter(|part| !part.trim().is_empty()).enumerate() {
            if index > 0 {
                paragraphs.break_here();
            }
            paragraphs.add(Piece { text: part, line: *line, speech, start, end, glued: false });
            (start, speech) = (None, Speech::Unknown);
        }
        let translation = cell(row, columns.translation);
        if !translation.is_empty() && !text.is_empty() {
            let block = paragraphs.draft.blocks.len().saturating_sub(1) as u32;
            paragraphs.draft.translations.push((block, translation));
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

/// Whether names stand on every row and not only where the speaker changes; then a row without one is nobody's.
fn repeats_names(rows: &[(u32, StringRecord)], speaker: Option<usize>) -> bool {
    let name =
        |row: &StringRecord| speaker.and_then(|column| row.get(column)).map(str::trim).unwrap_or_default().to_owned();
    rows.windows(2).any(|pair| match pair {
        [(_, one), (_, other)] => !name(one).is_empty() && name(one) == name(other),
        _ => false,
    })
}

/// What numbers without colons count in: a thousandth where they would otherwise leave a minute for each word.
fn milliseconds(rows: &[(u32, StringRecord)], columns: &Columns) -> f64 {
    let cell = |row: &StringRecord, column: Option<usize>| column.and_then(|column| row.get(column)).map(str::to_owned);
    let last =
        rows.iter().filter_map(|(_, row)| cell(row, columns.start)?.trim().parse::<f64>().ok()).fold(0.0, f64::max);
    let words: usize =
        rows.iter().map(|(_, row)| row.get(columns.text).map_or(0, |text| text.split_whitespace().count())).sum();
    if last > words as f64 * 60.0 { 0.001 } else { 1.0 }
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
