//! CSV: one row for each note, for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use csv::{Terminator, WriterBuilder};

use super::{Document, ExportError, Exporter, clock, harmless};
use crate::model::Place;

/// The columns, in order.
const COLUMNS: [&str; 24] = [
    "id",
    "interview",
    "title",
    "annotator",
    "kind",
    "status",
    "due",
    "tags",
    "speaker",
    "time",
    "topic",
    "part",
    "turn",
    "paragraph",
    "start",
    "end",
    "state",
    "quote",
    "note",
    "before",
    "after",
    "reply_to",
    "created",
    "updated",
];

/// One row for each note with all its fields, as RFC 4180 wants it.
///
/// `part` is `front`, `turn` or `back`; turns, paragraphs and characters are counted from 0, the end exclusive, in the
/// paragraph where the note begins. Tags stand in one cell with `; ` between. A cell that a spreadsheet would run as a
/// formula has an apostrophe before it.
///
/// ```
/// use interleaf::export::{Csv, Exporter};
///
/// let mut out = Vec::new();
/// Csv.export(&[], &mut out)?;
/// assert!(out.starts_with(b"id,interview,title,annotator,kind,"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv;

impl Exporter for Csv {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let mut writer = writer(out);
        write_row(&mut writer, COLUMNS)?;
        for document in documents {
            for note in &document.notes {
                let annotation = &note.annotation;
                let anchor = document.anchor(note);
                let (part, turn, paragraph) = match anchor.start.place {
                    Place::Front(paragraph) => ("front", None, paragraph),
                    Place::Turn { turn, paragraph } => ("turn", Some(turn), paragraph),
                    Place::Back(paragraph) => ("back", None, paragraph),
                };
                let topic = document.topic(note).and_then(|index| document.topics.get(index));
                let tags: Vec<&str> = annotation.tags.iter().map(|tag| tag.as_str()).collect();
                let row: [Cow<'_, str>; 24] = [
                    annotation.id.as_str().into(),
                    document.path.as_str().into(),
                    document.title().into(),
                    note.annotator.as_deref().unwrap_or_default().into(),
                    annotation.kind.name().into(),
                    annotation.status.map(|status| status.name()).unwrap_or_default().into(),
                    annotation.due.map(|due| due.to_string()).unwrap_or_default().into(),
                    tags.join("; ").into(),
                    document.speaker(note).map(|speaker| speaker.name.as_str()).unwrap_or_default().into(),
                    document.time(note).map(clock).unwrap_or_default().into(),
                    topic.map(|topic| topic.title.as_str()).unwrap_or_default().into(),
                    part.into(),
                    turn.map(|turn| turn.to_string()).unwrap_or_default().into(),
                    paragraph.to_string().into(),
                    anchor.start.character.to_string().into(),
                    anchor.end.character.to_string().into(),
                    note.resolution.name().into(),
                    document.quote(note),
                    annotation.note.as_str().into(),
                    anchor.before.clone().into(),
                    anchor.after.clone().into(),
                    annotation.reply_to.as_ref().map(|id| id.as_str()).unwrap_or_default().into(),
                    annotation.created.to_string().into(),
                    annotation.updated.to_string().into(),
                ];
                write_row(&mut writer, row.iter().map(AsRef::as_ref))?;
            }
        }
        Ok(writer.flush()?)
    }
}

/// A writer of RFC 4180's CSV.
pub(super) fn writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out)
}

/// Writes a row of defused cells.
pub(super) fn write_row<'a>(
    writer: &mut csv::Writer<&mut dyn Write>,
    cells: impl IntoIterator<Item = &'a str>,
) -> Result<(), ExportError> {
    writer.write_record(cells.into_iter().map(|cell| defused(cell).into_owned())).map_err(std::io::Error::from)?;
    Ok(())
}

/// A cell that no spreadsheet runs: an apostrophe stands before what could begin a formula.
fn defused(cell: &str) -> Cow<'_, str> {
    let first = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
    let cell = harmless(cell);
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠') => {
            format!("'{cell}").into()
        }
        _ => cell,
    }
}
