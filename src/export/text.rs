//! Plain text, for mail and for paper.

use std::io::Write;

use super::markdown::one_line;
use super::{Document, ExportError, Exporter, Grouping, PlacedNote, harmless};

/// Notes under underlined headings in the order of the text, each quote with who said it, the note indented below.
///
/// ```
/// use interleaf::export::{Document, Exporter, PlainText};
/// use interleaf::model::InterviewBuilder;
///
/// let mut builder = InterviewBuilder::default();
/// builder.metadata.title = "The Last Ferry".to_owned();
/// let interview = builder.build();
/// let document = Document { path: "ferry.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let mut out = Vec::new();
/// PlainText::default().export(&[document], &mut out)?;
/// assert_eq!(out, b"The Last Ferry\n==============\n");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainText {
    /// What the headings are.
    pub group_by: Grouping,
}

impl Exporter for PlainText {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let mut text = Vec::new();
        self.write(documents, &mut text)?;
        Ok(out.write_all(harmless(&String::from_utf8_lossy(&text)).as_bytes())?)
    }
}

impl PlainText {
    fn write(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        for (index, document) in documents.iter().enumerate() {
            if index > 0 {
                write!(out, "\n\n")?;
            }
            heading(out, &one_line(document.title()), '=')?;
            let metadata = &document.interview.metadata;
            let origin = super::interview::origin(metadata);
            for line in [metadata.subtitle.as_deref().unwrap_or_default(), origin.as_str()] {
                if !line.trim().is_empty() {
                    writeln!(out, "{}", one_line(line))?;
                }
            }
            for group in self.group_by.groups(document) {
                if !group.title.is_empty() {
                    writeln!(out)?;
                    heading(out, &one_line(&group.title), '-')?;
                }
                for note in group.notes {
                    write_note(out, document, note)?;
                }
            }
            let orphans: Vec<_> = document.notes.iter().filter(|note| note.resolution.span().is_none()).collect();
            if !orphans.is_empty() {
                writeln!(out)?;
                heading(out, "Notes that have lost their place", '-')?;
            }
            for note in orphans {
                write_note(out, document, note)?;
            }
        }
        Ok(())
    }
}

fn heading(out: &mut dyn Write, title: &str, line: char) -> Result<(), ExportError> {
    let width = crate::text::width(title).max(1);
    Ok(writeln!(out, "{title}\n{}", line.to_string().repeat(width))?)
}

fn write_note(out: &mut dyn Write, document: &Document, note: &PlacedNote) -> Result<(), ExportError> {
    let annotation = &note.annotation;
    let quote = document.quote(note);
    writeln!(out)?;
    if !quote.trim().is_empty() {
        writeln!(out, "“{}”", one_line(&quote))?;
    }
    let mut parts: Vec<String> = Vec::new();
    parts.extend(document.speaker(note).map(|speaker| one_line(&speaker.name)));
    parts.extend(document.time(note).map(|time| time.to_string()));
    parts.push(match annotation.status {
        Some(status) => format!("{} ({})", annotation.kind.name(), status.name()),
        None => annotation.kind.name().to_owned(),
    });
    parts.extend(annotation.due.map(|due| format!("due {due}")));
    parts.extend(annotation.tags.iter().map(|tag| format!("#{tag}")));
    parts.extend(note.annotator.as_ref().map(|annotator| format!("by {}", one_line(annotator))));
    writeln!(out, "    {}", parts.join(", "))?;
    for line in annotation.note.trim().lines() {
        writeln!(out, "{}", format!("    {line}").trim_end())?;
    }
    Ok(())
}
