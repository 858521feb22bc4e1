//! Flash cards for Anki's text import.

use std::io::Write;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::ids::guid;
use super::markdown::one_line;
use super::{Document, ExportError, Exporter, PlacedNote};
use crate::model::Kind;

/// One card for each quote. A note becomes a card that asks it and answers with the quote; a bare highlight becomes a
/// cloze of its sentence. A second import updates the cards of the first. Topics, and bookmarks without a note, mark
/// places and are no cards.
///
/// The fields are HTML, since only entities keep Anki from reading `{{c1::` or `[sound:]` in a quote as its own.
///
/// ```
/// use interleaf::export::{Anki, Exporter};
///
/// let mut out = Vec::new();
/// Anki.export(&[], &mut out)?;
/// assert!(out.starts_with(b"#separator:tab\n#html:true\n#guid column:1\n"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Anki;

impl Exporter for Anki {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        write!(out, "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#tags column:5\n")?;
        let mut writer = WriterBuilder::new()
            .delimiter(b'\t')
            .quote_style(QuoteStyle::Necessary)
            .terminator(Terminator::Any(b'\n'))
            .from_writer(out);
        for document in documents {
            for note in &document.notes {
                let quote = document.quote(note);
                if quote.trim().is_empty() || is_a_mark(note) {
                    continue;
                }
                let id = guid("card", note.annotation.id.as_str()).simple().to_string();
                let words = note.annotation.note.trim();
                let reference = reference(document, note);
                let [kind, front, back] = if words.is_empty() {
                    ["Cloze".to_owned(), cloze(document, note), html(&reference)]
                } else {
                    ["Basic".to_owned(), html(words), format!("{}<br><br>{}", html(&quote), html(&reference))]
                };
                let tags: Vec<String> = note
                    .annotation
                    .tags
                    .iter()
                    .map(|tag| tag.as_str().replace('/', "::").split_whitespace().collect::<Vec<_>>().join("_"))
                    .collect();
                writer.write_record([id, kind, front, back, tags.join(" ")]).map_err(std::io::Error::from)?;
            }
        }
        Ok(writer.flush()?)
    }
}

/// Whether a note marks a place and nothing else, so that there is nothing to learn.
fn is_a_mark(note: &PlacedNote) -> bool {
    match note.annotation.kind {
        Kind::Topic => true,
        Kind::Bookmark => note.annotation.note.trim().is_empty(),
        _ => false,
    }
}

/// `Tom Bellis, The Last Ferry, 00:00:09`.
fn reference(document: &Document, note: &PlacedNote) -> String {
    let speaker = document.speaker(note).map(|speaker| one_line(&speaker.name));
    let time = document.time(note).map(|time| time.to_string());
    [speaker, Some(one_line(document.title())), time].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The quote with the words around it, the quote left open.
fn cloze(document: &Document, note: &PlacedNote) -> String {
    let anchor = document.anchor(note);
    let (before, after) = (anchor.before.as_str(), anchor.after.as_str());
    // A context of 32 characters may begin and end within a word.
    let before = before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let after = after.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest);
    format!("{}{{{{c1::{}}}}}{}", html(before), html(&document.quote(note)), html(after))
}

/// Words as HTML in which Anki finds nothing of its own.
fn html(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' | '{' | '}' | ':' | '[' | ']' | '\\' => {
                out.push_str(&format!("&#{};", c as u32))
            }
            '\n' => out.push_str("<br>"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
