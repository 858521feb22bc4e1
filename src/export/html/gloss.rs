//! Notes on the page: beside the words that they are on, and in lists after the interview.

use std::io::{self, Write};

use super::escape::escape;
use crate::export::ids::token;
use crate::export::markdown::one_line;
use crate::export::{Document, PlacedNote};
use crate::model::{Kind, ParagraphIndex, Status};
use crate::text;

/// Columns of a line of the text and of a line of the margin, as the style sheet sets them, on average.
const TEXT_COLUMNS: usize = 76;
const MARGIN_COLUMNS: usize = 42;

/// Whether there is anything to put into the margin: a bare highlight is seen in the text.
pub(super) fn says_something(note: &PlacedNote) -> bool {
    let annotation = &note.annotation;
    annotation.kind != Kind::Highlight
        || !annotation.note.trim().is_empty()
        || !annotation.tags.is_empty()
        || note.annotator.is_some()
}

/// Writes the notes that end in a paragraph, numbered as the document numbers them.
///
/// They stand before the paragraph, as a float has to that begins beside it; `aria-owns` on the passage tells who
/// listens in the order of reading. Each says how many lines below the one before it its words are likely to be.
pub(super) fn write_glosses(
    out: &mut dyn Write,
    prefix: &str,
    document: &Document,
    paragraph: ParagraphIndex,
    notes: &[(usize, &PlacedNote)],
) -> io::Result<()> {
    let numbers: Vec<String> = notes.iter().map(|(number, _)| number.to_string()).collect();
    let what = if notes.len() == 1 { "Note" } else { "Notes" };
    writeln!(out, "<aside id=\"{prefix}-a{}\" aria-label=\"{what} {}\">", paragraph.0, numbers.join(", "))?;
    let mut below = 0;
    for (number, note) in notes {
        let line = line_of(document, note);
        let gap = line.saturating_sub(below);
        below += gap + height(note);
        write_gloss(out, prefix, *number, note, gap)?;
    }
    writeln!(out, "</aside>")
}

/// The line of its paragraph on which a note's words end, from 0, as near as can be told without a browser.
fn line_of(document: &Document, note: &PlacedNote) -> usize {
    let Some(end) = note.resolution.span().map(|span| span.end) else { return 0 };
    let words = document.interview.paragraph(end.paragraph);
    text::width(words.get(..end.offset as usize).unwrap_or(words)) / TEXT_COLUMNS
}

/// How many lines a note is likely to take in the margin.
fn height(note: &PlacedNote) -> usize {
    1 + note.annotation.note.trim().lines().map(|line| 1 + text::width(line) / MARGIN_COLUMNS).sum::<usize>()
}

fn write_gloss(out: &mut dyn Write, prefix: &str, number: usize, note: &PlacedNote, gap: usize) -> io::Result<()> {
    let id = token(&note.annotation.id);
    let style = if gap > 0 { format!(" style=\"--lines: {gap}\"") } else { String::new() };
    let kind = note.annotation.kind.name();
    writeln!(out, "<div class=\"gloss {kind}\" id=\"{prefix}-n-{id}\" role=\"note\"{style}>")?;
    write!(out, "<p class=\"about\"><a class=\"number\" href=\"#{prefix}-r-{id}\" ")?;
    write!(out, "aria-label=\"Note {number}, back to its words\">{number}</a> ")?;
    writeln!(out, "{}</p>", particulars(note))?;
    write_words(out, note)?;
    writeln!(out, "</div>")
}

fn write_words(out: &mut dyn Write, note: &PlacedNote) -> io::Result<()> {
    let words = note.annotation.note.trim();
    if words.is_empty() { Ok(()) } else { writeln!(out, "<p class=\"words\">{}</p>", escape(words)) }
}

/// Kind, status, day, annotator and tags of a note.
fn particulars(note: &PlacedNote) -> String {
    let annotation = &note.annotation;
    let mut parts = vec![match annotation.status {
        Some(status) => format!("{}, {}", annotation.kind.name(), status.name()),
        None => annotation.kind.name().to_owned(),
    }];
    parts.extend(annotation.due.map(|due| format!("due {due}")));
    parts.extend(note.annotator.as_deref().map(|annotator| format!("by {}", escape(annotator))));
    let tags = annotation.tags.iter().map(|tag| format!(" <span class=\"tag\">#{}</span>", escape(tag.as_str())));
    format!("{}{}", parts.join(" · "), tags.collect::<String>())
}

/// Writes the notes whose words are gone, after the interview.
pub(super) fn write_orphans(out: &mut dyn Write, prefix: &str, notes: &[PlacedNote]) -> io::Result<()> {
    let mut orphans = notes.iter().filter(|note| note.resolution.span().is_none()).peekable();
    if orphans.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<section class=\"orphans\" aria-labelledby=\"{prefix}-orphans\">")?;
    writeln!(out, "<h2 id=\"{prefix}-orphans\">Notes that have lost their place</h2>")?;
    for note in orphans {
        let id = token(&note.annotation.id);
        writeln!(out, "<div class=\"orphan\" id=\"{prefix}-n-{id}\">")?;
        writeln!(out, "<blockquote>{}</blockquote>", escape(&note.annotation.anchor.quote))?;
        writeln!(out, "<p class=\"about\">{}</p>", particulars(note))?;
        write_words(out, note)?;
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</section>")
}

/// Writes the questions and follow-ups, with links to where they belong.
pub(super) fn write_work(out: &mut dyn Write, prefix: &str, notes: &[PlacedNote]) -> io::Result<()> {
    let work: Vec<(&PlacedNote, Status)> =
        notes.iter().filter_map(|note| Some((note, note.annotation.status?))).collect();
    if work.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"work\" aria-labelledby=\"{prefix}-work\">")?;
    writeln!(out, "<h2 id=\"{prefix}-work\">Questions and follow-ups</h2>\n<ul>")?;
    for (note, status) in work {
        let words = match one_line(&note.annotation.note) {
            words if words.is_empty() => one_line(&note.annotation.anchor.quote),
            words => words,
        };
        let id = token(&note.annotation.id);
        writeln!(
            out,
            "<li><a href=\"#{prefix}-n-{id}\">{}</a> <span class=\"about\">{}, {}</span></li>",
            escape(&words),
            note.annotation.kind.name(),
            status.name()
        )?;
    }
    writeln!(out, "</ul>\n</section>")
}
