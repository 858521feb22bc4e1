//! Markdown: headings for title and topics, bold names before turns.

use std::io::Write;

use crate::export::ExportError;
use crate::export::markdown::{escape, escape_line};
use crate::model::{Interview, ParagraphIndex, TurnIndex};

/// Writes an interview as Markdown; where every turn has a name, the same turns are read from it again.
///
/// A translation is a quotation below its original.
///
/// # Errors
///
/// Where writing fails.
///
/// ```
/// use interleaf::export::interview;
/// use interleaf::model::{InterviewBuilder, Role};
///
/// let mut builder = InterviewBuilder::default();
/// builder.metadata.title = "Lighthouses Without Keepers".to_owned();
/// let mira = builder.speaker("Mira Okafor", Role::Interviewer);
/// builder.turn(Some(mira), None).paragraph("What did the relay not know?");
/// let mut out = Vec::new();
/// interview::write_markdown(&builder.build(), &mut out)?;
/// assert_eq!(
///     String::from_utf8_lossy(&out),
///     "# Lighthouses Without Keepers\n\n**Mira Okafor:** What did the relay not know?\n"
/// );
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_markdown(interview: &Interview, out: &mut dyn Write) -> Result<(), ExportError> {
    let metadata = &interview.metadata;
    let mut blocks: Vec<String> = Vec::new();
    if !metadata.title.is_empty() {
        blocks.push(format!("# {}", escape_line(&metadata.title)));
    }
    if let Some(subtitle) = metadata.subtitle.as_deref().filter(|subtitle| !subtitle.is_empty()) {
        blocks.push(format!("*{}*", escape_line(subtitle)));
    }
    let origin = super::origin(metadata);
    if !origin.is_empty() {
        blocks.push(escape_line(&origin));
    }
    for paragraph in interview.paragraphs() {
        if paragraph.0 == interview.back().start && !interview.turns().is_empty() {
            blocks.push("---".to_owned());
        }
        for topic in interview.given_topics.iter().filter(|topic| topic.paragraph == paragraph) {
            let level = usize::from(topic.level.min(4)) + 2;
            blocks.push(format!("{} {}", "#".repeat(level), escape_line(&topic.title)));
        }
        blocks.push(format!("{}{}", label(interview, paragraph), escape(interview.paragraph(paragraph))));
        if let Some(translation) = interview.translation(paragraph) {
            blocks.push(format!("> {}", escape(interview.paragraph(translation))));
        }
    }
    if !blocks.is_empty() {
        writeln!(out, "{}", blocks.join("\n\n"))?;
    }
    Ok(())
}

/// The bold name, and the time, before the first paragraph of a turn.
fn label(interview: &Interview, paragraph: ParagraphIndex) -> String {
    let index = interview.turn_of(paragraph).filter(|turn| interview.turn_paragraphs(*turn).start == paragraph.0);
    let Some(turn) = index.and_then(|TurnIndex(index)| interview.turn(TurnIndex(index))) else {
        return String::new();
    };
    let name = turn.speaker.and_then(|speaker| interview.speaker(speaker));
    let time = turn.time.map(|time| format!("[{time}] ")).unwrap_or_default();
    format!("{time}{}", name.map(|speaker| format!("**{}:** ", escape_line(&speaker.name))).unwrap_or_default())
}
