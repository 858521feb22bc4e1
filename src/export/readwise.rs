//! Readwise's CSV, by which highlights are taken in from elsewhere.

use std::io::Write;

use super::csv::{write_row, writer};
use super::{Document, ExportError, Exporter, PlacedNote};
use crate::model::Role;

/// One row for each note that has a quote: highlight, title, author, address, note, location, date.
///
/// The authors are those who answer. Tags stand before the note as Readwise reads them, `.tag`; the location is the
/// paragraph, counted from 1, so that highlights keep the order of the text.
///
/// ```
/// use interleaf::export::{Exporter, Readwise};
///
/// let mut out = Vec::new();
/// Readwise.export(&[], &mut out)?;
/// assert_eq!(out, b"Highlight,Title,Author,URL,Note,Location,Date\r\n");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Readwise;

impl Exporter for Readwise {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let mut writer = writer(out);
        write_row(&mut writer, ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"])?;
        for document in documents {
            let authors = guests(document);
            let url = document.interview.metadata.source.url.as_deref().unwrap_or_default();
            for note in &document.notes {
                let quote = document.quote(note);
                if quote.trim().is_empty() {
                    continue;
                }
                let location = location(document, note);
                let date = note.annotation.created.to_string();
                let date = date.get(..19).unwrap_or(&date).replace('T', " ");
                write_row(
                    &mut writer,
                    [&quote, document.title(), &authors, url, &tagged_note(note), &location, &date],
                )?;
            }
        }
        Ok(writer.flush()?)
    }
}

/// Those who answer, or all who talk where nobody is known to answer.
pub(super) fn guests(document: &Document) -> String {
    let speakers = &document.interview.speakers;
    let mut names: Vec<&str> =
        speakers.iter().filter(|speaker| speaker.role == Role::Guest).map(|speaker| speaker.name.as_str()).collect();
    if names.is_empty() {
        names = speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    }
    names.join(", ")
}

fn location(document: &Document, note: &PlacedNote) -> String {
    let paragraph = note.paragraph().map(|paragraph| document.interview.original_of(paragraph).unwrap_or(paragraph));
    paragraph.map(|paragraph| (paragraph.0 + 1).to_string()).unwrap_or_default()
}

fn tagged_note(note: &PlacedNote) -> String {
    let tags: Vec<String> =
        note.annotation.tags.iter().map(|tag| format!(".{}", tag.as_str().replace(' ', "_"))).collect();
    let words = note.annotation.note.trim_end();
    match (tags.is_empty(), words.is_empty()) {
        (true, _) => words.to_owned(),
        (false, true) => tags.join(" "),
        (false, false) => format!("{}\n{words}", tags.join(" ")),
    }
}
