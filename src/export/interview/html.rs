//! HTML: the interview as a page.

use std::io::Write;

use crate::export::{Document, ExportError, Exporter as _, Html};
use crate::model::{Interview, Topic};

/// Writes an interview as a page of its own, with its topics; where every turn has a name, the same turns are read from it again.
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
/// builder.turn(Some(mira), None).paragraph("What did the relay not know?");
/// let mut out = Vec::new();
/// interview::write_html(&builder.build(), &[], &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("<cite>Mira Okafor<span class=\"unseen\">:</span></cite>"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_html(interview: &Interview, topics: &[Topic], out: &mut dyn Write) -> Result<(), ExportError> {
    let (path, interview) = (String::new(), interview.clone());
    let document = Document { path, interview, topics: topics.to_vec(), notes: Vec::new() };
    Html.export(&[document], out)
}
