//! The list of questions for the next interview.

use std::io::Write;

use jiff::civil::Date;

use super::markdown::one_line;
use super::{Document, ExportError, Exporter, PlacedNote};
use crate::model::Status;

/// What is to be asked: the questions and follow-ups that are open, over all interviews, those that are due first at the
/// head; below them what has been asked and not answered yet. A task list in Markdown, with the words that made the
/// reader ask.
///
/// ```
/// use interleaf::export::{Document, Exporter, Questions};
/// use interleaf::model::InterviewBuilder;
///
/// let interview = InterviewBuilder::default().build();
/// let document = Document { path: "ferry.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let mut out = Vec::new();
/// Questions.export(&[document], &mut out)?;
/// assert_eq!(out, b"# Questions for the next interview\n\nNothing is open.\n");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Questions;

impl Exporter for Questions {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        writeln!(out, "# Questions for the next interview")?;
        let (open, asked) = (with_status(documents, Status::Open), with_status(documents, Status::Asked));
        if open.is_empty() && asked.is_empty() {
            writeln!(out, "\nNothing is open.")?;
        }
        for (title, questions) in [(None, open), (Some("Asked, and not answered yet"), asked)] {
            if let Some(title) = title.filter(|_| !questions.is_empty()) {
                writeln!(out, "\n## {title}")?;
            }
            for (document, note) in questions {
                write_question(out, document, note)?;
            }
        }
        Ok(())
    }
}

/// The questions and follow-ups that have come so far, what is due first, the others in the order of the interviews.
fn with_status(documents: &[Document], status: Status) -> Vec<(&Document, &PlacedNote)> {
    let all = documents.iter().flat_map(|document| document.notes.iter().map(move |note| (document, note)));
    let has_come_so_far =
        |note: &PlacedNote| note.annotation.kind.has_status() && note.annotation.status.unwrap_or_default() == status;
    let mut questions: Vec<(&Document, &PlacedNote)> = all.filter(|(_, note)| has_come_so_far(note)).collect();
    questions.sort_by_key(|(_, note)| note.annotation.due.unwrap_or(Date::MAX));
    questions
}

fn write_question(out: &mut dyn Write, document: &Document, note: &PlacedNote) -> Result<(), ExportError> {
    let annotation = &note.annotation;
    let quote = one_line(&document.quote(note));
    let mut lines = annotation.note.trim().lines();
    let asked = match lines.next() {
        Some(first) => one_line(first),
        None => "What about this?".to_owned(),
    };
    let due = annotation.due.map(|due| format!(" · due {due}")).unwrap_or_default();
    let tags: String = annotation.tags.iter().map(|tag| format!(" #{tag}")).collect();
    writeln!(out, "\n- [ ] {asked}{due}{tags}")?;
    for line in lines {
        writeln!(out, "{}", format!("      {line}").trim_end())?;
    }
    let mut source: Vec<String> = Vec::new();
    source.extend(document.speaker(note).map(|speaker| one_line(&speaker.name)));
    source.push(format!("*{}*", one_line(document.title())));
    source.extend(document.time(note).map(|time| time.to_string()));
    let quote = if quote.trim().is_empty() { String::new() } else { format!("“{quote}” ") };
    writeln!(out, "\n      {quote}— {}", source.join(", "))?;
    Ok(())
}
