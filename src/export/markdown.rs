//! Markdown: notes under headings, each with its quote, and the open work as a task list.

use std::io::Write;

use super::{Document, ExportError, Exporter, Grouping, PlacedNote};
use crate::model::{Kind, Status};

/// Something that a person would hand on: the interview's title and source, the notes under headings in the order of
/// the text, then questions and follow-ups as task lists.
///
/// ```
/// use interleaf::export::{Document, Exporter, Grouping, Markdown};
/// use interleaf::model::InterviewBuilder;
///
/// let mut builder = InterviewBuilder::default();
/// builder.metadata.title = "Lighthouses Without Keepers".to_owned();
/// let interview = builder.build();
/// let document = Document { path: "lighthouse.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let mut out = Vec::new();
/// Markdown { group_by: Grouping::Topic }.export(&[document], &mut out)?;
/// assert!(out.starts_with(b"# Lighthouses Without Keepers\n"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown {
    /// What the headings are.
    pub group_by: Grouping,
}

impl Exporter for Markdown {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        for (index, document) in documents.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            let mut blocks = head(document);
            for group in self.group_by.groups(document) {
                if !group.title.is_empty() {
                    let rank = usize::from(group.level.min(4)) + 2;
                    blocks.push(format!("{} {}", "#".repeat(rank), escape_line(&group.title)));
                }
                for note in group.notes {
                    push_note(&mut blocks, document, note);
                }
            }
            push_orphans(&mut blocks, document);
            push_tasks(&mut blocks, document, Kind::Question, "Questions");
            push_tasks(&mut blocks, document, Kind::FollowUp, "Follow-ups");
            writeln!(out, "{}", blocks.join("\n\n"))?;
        }
        Ok(())
    }
}

/// Title, subtitle, source, speakers.
fn head(document: &Document) -> Vec<String> {
    let metadata = &document.interview.metadata;
    let mut blocks = vec![format!("# {}", escape_line(document.title()))];
    if let Some(subtitle) = metadata.subtitle.as_deref().filter(|subtitle| !subtitle.trim().is_empty()) {
        blocks.push(format!("*{}*", escape_line(subtitle)));
    }
    let origin = super::interview::origin(metadata);
    if !origin.is_empty() {
        blocks.push(escape_line(&origin));
    }
    let speakers: Vec<String> = document
        .interview
        .speakers
        .iter()
        .map(|speaker| format!("{} ({})", escape_line(&speaker.name), speaker.role.name()))
        .collect();
    if !speakers.is_empty() {
        blocks.push(format!("With {}.", speakers.join(", ")));
    }
    if document.notes.is_empty() {
        blocks.push("No notes.".to_owned());
    }
    blocks
}

fn push_note(blocks: &mut Vec<String>, document: &Document, note: &PlacedNote) {
    let quote = document.quote(note);
    if !quote.trim().is_empty() {
        blocks.push(quoted(&quote));
    }
    blocks.push(format!("— {}", particulars(document, note)));
    if !note.annotation.note.trim().is_empty() {
        blocks.push(typed(&note.annotation.note));
    }
}

/// Who, when, what it is, its tags, and whose note it is, on one line.
fn particulars(document: &Document, note: &PlacedNote) -> String {
    let annotation = &note.annotation;
    let mut parts = Vec::new();
    if let Some(speaker) = document.speaker(note) {
        parts.push(format!("**{}**", escape_line(&speaker.name)));
    }
    parts.extend(document.time(note).map(|time| time.to_string()));
    parts.push(match annotation.status {
        Some(status) => format!("{}, {}", annotation.kind.name(), status.name()),
        None => annotation.kind.name().to_owned(),
    });
    parts.extend(annotation.due.map(|due| format!("due {due}")));
    if !annotation.tags.is_empty() {
        let tags: Vec<String> = annotation.tags.iter().map(|tag| format!("#{}", escape_line(tag.as_str()))).collect();
        parts.push(tags.join(" "));
    }
    parts.extend(note.annotator.as_ref().map(|annotator| format!("by {}", escape_line(annotator))));
    parts.join(" · ")
}

fn push_orphans(blocks: &mut Vec<String>, document: &Document) {
    let orphans: Vec<&PlacedNote> = document.notes.iter().filter(|note| note.resolution.span().is_none()).collect();
    if orphans.is_empty() {
        return;
    }
    blocks.push("## Notes that have lost their place".to_owned());
    blocks.push("Their words do not stand in the interview any more.".to_owned());
    for note in orphans {
        push_note(blocks, document, note);
    }
}

fn push_tasks(blocks: &mut Vec<String>, document: &Document, kind: Kind, heading: &str) {
    let tasks: Vec<String> =
        document.notes.iter().filter(|note| note.annotation.kind == kind).map(|note| task(document, note)).collect();
    if !tasks.is_empty() {
        blocks.push(format!("## {heading}"));
        blocks.push(tasks.join("\n"));
    }
}

/// `- [ ] What to do (Jonas Hale: “the words it is about”)`.
fn task(document: &Document, note: &PlacedNote) -> String {
    let status = note.annotation.status.unwrap_or_default();
    let mark = if matches!(status, Status::Answered | Status::Dropped) { 'x' } else { ' ' };
    let words = one_line(&note.annotation.note);
    let quote = excerpt(&one_line(&document.quote(note)), 80);
    let speaker = document.speaker(note).map(|speaker| format!("{}: ", escape_line(&speaker.name))).unwrap_or_default();
    let about = if quote.is_empty() { String::new() } else { format!("{speaker}“{}”", escape_line(&quote)) };
    let line = match (words.is_empty(), about.is_empty()) {
        (false, false) => format!("{} ({about})", typed_line(&words)),
        (false, true) => typed_line(&words),
        (true, _) => about,
    };
    let state = match status {
        Status::Open | Status::Answered => String::new(),
        Status::Asked | Status::Dropped => format!(" · {}", status.name()),
    };
    let due = note.annotation.due.map(|due| format!(" · due {due}")).unwrap_or_default();
    format!("- [{mark}] {line}{state}{due}")
}

/// A text with every run of blanks and line feeds as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, cut after a word where it is longer than `most` characters.
pub(super) fn excerpt(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(char::is_whitespace).filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([' ', ',', ';', ':']))
}

/// A block quotation of escaped paragraphs.
pub(super) fn quoted(text: &str) -> String {
    in_quotation(&paragraphs(text))
}

/// Lines of Markdown within a block quotation.
pub(super) fn in_quotation(lines: &str) -> String {
    let quoted = lines.lines().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    quoted.collect::<Vec<_>>().join("\n")
}

/// Text with its line breaks kept and nothing in it taken for markup.
pub(super) fn paragraphs(text: &str) -> String {
    lines(text, escape)
}

/// A note as typed: emphasis, code and lists that the reader put into it are Markdown's own, and all else is escaped,
/// so that it cannot reach beyond the note.
pub(super) fn typed(note: &str) -> String {
    lines(note, |line| {
        let is_rule_or_fence =
            line.starts_with("```") || line.chars().all(|c| matches!(c, '*' | '_' | '-' | '+' | ' '));
        if is_rule_or_fence {
            return escape(line);
        }
        let (marker, words) = line.split_at(marker_of(line));
        format!("{marker}{}", escape_but(words, "*_`"))
    })
}

/// [`typed`] on one line, which may go on behind it: with emphasis and code only where all of it is closed.
pub(super) fn typed_line(note: &str) -> String {
    let note = one_line(note);
    let is_closed = |mark: char| note.matches(mark).count().is_multiple_of(2);
    escape_but(&note, if ['*', '_', '`'].into_iter().all(is_closed) { "*_`" } else { "" })
}

/// Bytes of the mark with which a list's item begins.
fn marker_of(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    let is_bullet = digits == 0 && ["- ", "* ", "+ "].iter().any(|bullet| rest.starts_with(bullet));
    let is_number = (1..10).contains(&digits) && rest.starts_with(". ");
    if is_bullet || is_number { digits + 2 } else { 0 }
}

fn lines(text: &str, escape: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut last_was_words = false;
    for line in text.trim().lines() {
        let line = escape(line.trim());
        match (out.is_empty(), last_was_words, line.is_empty()) {
            (true, ..) | (_, false, true) => {}
            (_, true, false) if marker_of(&line) > 0 => out.push('\n'),
            // A backslash at the end keeps the line break in the rendered text.
            (_, true, false) => out.push_str("\\\n"),
            (_, true, true) | (_, false, false) => out.push('\n'),
        }
        out.push_str(&line);
        last_was_words = !line.is_empty();
    }
    out
}

/// Escapes one line for use inside a line of Markdown.
pub(super) fn escape_line(text: &str) -> String {
    escape(&one_line(text))
}

/// Escapes one line so that Markdown shows it as it is: no markup, no HTML, no links, no list or heading.
///
/// Only what would be taken for markup gets a backslash, so that the source stays readable.
pub(super) fn escape(line: &str) -> String {
    escape_but(line, "")
}

/// [`escape`] that leaves the characters of `kept` as they are.
fn escape_but(line: &str, kept: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len() + 8);
    for (index, &c) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| characters.get(index)).copied();
        let after = characters.get(index + 1).copied();
        let inside_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '<' | '~' | '$' => true,
            '=' => after == Some('=') || before == Some('=') || index == 0,
            '_' => !inside_word,
            '&' => after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
            '[' => opens_link(&characters, index),
            '!' => after == Some('['),
            '%' => after == Some('%') || before == Some('%'),
            '#' => index == 0 || (before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric)),
            '>' | '+' | '-' => index == 0,
            '^' => before.is_none_or(char::is_whitespace),
            '.' | ')' => numbers_a_list(&characters, index),
            _ => false,
        };
        if special && !kept.contains(c) {
            out.push('\\');
        }
        match c {
            '\0' => out.push('\u{FFFD}'),
            c if c.is_control() && c != '\t' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether the bracket at `index` begins a link, a footnote, a definition, a task or a page name.
fn opens_link(characters: &[char], index: usize) -> bool {
    let rest = characters.get(index + 1..).unwrap_or_default();
    let Some(close) = rest.iter().rposition(|c| *c == ']') else { return matches!(rest.first(), Some('[' | '^')) };
    matches!(rest.first(), Some('[' | '^'))
        || close <= 1
        || rest.windows(2).any(|pair| matches!(pair, [']', '(' | '[' | ':']))
}

/// Whether the character at `index` ends a number with which the line begins.
fn numbers_a_list(characters: &[char], index: usize) -> bool {
    (1..10).contains(&index)
        && characters.get(..index).is_some_and(|number| number.iter().all(char::is_ascii_digit))
        && characters.get(index + 1).is_none_or(|c| c.is_whitespace())
}
