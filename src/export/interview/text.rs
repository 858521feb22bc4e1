//! Plain text: one paragraph on one line, a blank line between paragraphs, a label before each turn.

use std::io::Write;

use crate::export::ExportError;
use crate::model::{Interview, ParagraphIndex, TurnIndex};

/// Writes an interview as plain text; where every turn has a name, the same turns are read from it again.
///
/// A translation stands on the line below its original.
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
/// let mira = builder.speaker("Mira Okafor", Role::Interviewer);
/// builder.turn(Some(mira), "0:04".parse().ok()).paragraph("What did the relay not know?");
/// let mut out = Vec::new();
/// interview::write_text(&builder.build(), &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "[00:00:04] Mira Okafor: What did the relay not know?\n");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_text(interview: &Interview, out: &mut dyn Write) -> Result<(), ExportError> {
    let metadata = &interview.metadata;
    let mut blocks = Blocks { out, first: true };
    let head: Vec<&str> = [Some(&metadata.title), metadata.subtitle.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    for line in head {
        blocks.push(line)?;
    }
    let origin = super::origin(metadata);
    if !origin.is_empty() {
        blocks.push(&origin)?;
    }
    for paragraph in (0..interview.front()).map(ParagraphIndex) {
        blocks.push(&words(interview, paragraph))?;
    }
    for (index, turn) in interview.turns().iter().enumerate() {
        let time = turn.time.map(|time| format!("[{time}] ")).unwrap_or_default();
        let name = turn.speaker.and_then(|speaker| interview.speaker(speaker));
        let label = name.map(|speaker| format!("{}: ", speaker.name)).unwrap_or_default();
        let paragraphs = interview.turn_paragraphs(TurnIndex(index as u32));
        for paragraph in paragraphs.clone().map(ParagraphIndex) {
            for topic in interview.given_topics.iter().filter(|topic| topic.paragraph == paragraph) {
                blocks.push(&format!("— {} —", topic.title))?;
            }
            if paragraph.0 == paragraphs.start {
                blocks.push(&format!("{time}{label}{}", words(interview, paragraph)))?;
            } else {
                blocks.push(&words(interview, paragraph))?;
            }
        }
    }
    for paragraph in interview.back().map(ParagraphIndex) {
        blocks.push(&words(interview, paragraph))?;
    }
    Ok(())
}

struct Blocks<'a> {
    out: &'a mut dyn Write,
    first: bool,
}

impl Blocks<'_> {
    fn push(&mut self, block: &str) -> Result<(), ExportError> {
        if !std::mem::take(&mut self.first) {
            writeln!(self.out)?;
        }
        Ok(writeln!(self.out, "{block}")?)
    }
}

fn words(interview: &Interview, paragraph: ParagraphIndex) -> String {
    let original = interview.paragraph(paragraph);
    match interview.translation(paragraph) {
        Some(translation) => format!("{original}\n{}", interview.paragraph(translation)),
        None => original.to_owned(),
    }
}
