//! Obsidian: a page with properties, a callout for each note and block ids that stay.

use std::collections::BTreeSet;
use std::io::Write;

use super::ids::token;
use super::markdown::{escape_line, in_quotation, quoted, typed, typed_line};
use super::{Document, ExportError, Exporter, Grouping, PlacedNote};
use crate::model::{Status, Tag};

/// A page for each interview: its properties with all tags, the notes under topics as quote callouts that end in a
/// block id, and the questions and follow-ups as tasks that link to them. Several interviews become several pages one
/// after another; write each to a file of its own.
///
/// ```
/// use interleaf::export::{Document, Exporter, Obsidian};
/// use interleaf::model::InterviewBuilder;
///
/// let mut builder = InterviewBuilder::default();
/// builder.metadata.title = "The Last Ferry".to_owned();
/// let interview = builder.build();
/// let document = Document { path: "ferry.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let mut out = Vec::new();
/// Obsidian.export(&[document], &mut out)?;
/// assert!(out.starts_with(b"---\ntitle: \"The Last Ferry\"\ninterview: \"ferry.txt\"\n"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Obsidian;

impl Exporter for Obsidian {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        for (index, document) in documents.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write_properties(out, document)?;
            let mut blocks = vec![format!("# {}", escape_line(document.title()))];
            for group in Grouping::Topic.groups(document) {
                if !group.title.is_empty() {
                    let rank = usize::from(group.level.min(4)) + 2;
                    blocks.push(format!("{} {}", "#".repeat(rank), escape_line(&group.title)));
                }
                blocks.extend(group.notes.into_iter().map(|note| callout(document, note)));
            }
            let orphans: Vec<_> = document.notes.iter().filter(|note| note.resolution.span().is_none()).collect();
            if !orphans.is_empty() {
                blocks.push("## Notes that have lost their place".to_owned());
                blocks.extend(orphans.into_iter().map(|note| callout(document, note)));
            }
            let tasks: Vec<String> = document.notes.iter().filter_map(task).collect();
            if !tasks.is_empty() {
                blocks.push("## To do".to_owned());
                blocks.push(tasks.join("\n"));
            }
            writeln!(out, "{}", blocks.join("\n\n"))?;
        }
        Ok(())
    }
}

fn write_properties(out: &mut dyn Write, document: &Document) -> Result<(), ExportError> {
    let metadata = &document.interview.metadata;
    writeln!(out, "---\ntitle: {}\ninterview: {}", quote_yaml(document.title()), quote_yaml(&document.path))?;
    let fields =
        [("date", &metadata.date), ("source", &metadata.source.url), ("publisher", &metadata.source.publisher)];
    for (key, value) in fields {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            writeln!(out, "{key}: {}", quote_yaml(value))?;
        }
    }
    write_list(out, "speakers", document.interview.speakers.iter().map(|speaker| speaker.name.clone()))?;
    let tags: BTreeSet<String> =
        document.notes.iter().flat_map(|note| &note.annotation.tags).filter_map(page_tag).collect();
    write_list(out, "tags", tags)?;
    Ok(write!(out, "---\n\n")?)
}

fn write_list(out: &mut dyn Write, key: &str, items: impl IntoIterator<Item = String>) -> Result<(), ExportError> {
    let mut items = items.into_iter().peekable();
    if items.peek().is_some() {
        writeln!(out, "{key}:")?;
    }
    for item in items {
        writeln!(out, "  - {}", quote_yaml(&item))?;
    }
    Ok(())
}

/// A double-quoted scalar, which every YAML reader takes for the same text.
fn quote_yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A tag in the letters that Obsidian allows: none where nothing is left of it, or nothing but digits.
fn page_tag(tag: &Tag) -> Option<String> {
    let fit = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '-' | '/') { c } else { '-' };
    let name: String = tag.as_str().chars().map(fit).collect();
    let levels: Vec<&str> =
        name.split('/').map(|level| level.trim_matches('-')).filter(|level| !level.is_empty()).collect();
    let name = levels.join("/");
    name.chars().any(|c| !c.is_ascii_digit()).then_some(name)
}

fn callout(document: &Document, note: &PlacedNote) -> String {
    let annotation = &note.annotation;
    let mut head: Vec<String> = Vec::new();
    head.extend(document.speaker(note).map(|speaker| escape_line(&speaker.name)));
    head.extend(document.time(note).map(|time| time.to_string()));
    head.push(match annotation.status {
        Some(status) => format!("{}, {}", annotation.kind.name(), status.name()),
        None => annotation.kind.name().to_owned(),
    });
    head.extend(note.annotator.as_deref().map(escape_line));
    let mut parts = Vec::new();
    let quote = document.quote(note);
    if !quote.trim().is_empty() {
        parts.push(quoted(&quote));
    }
    if !annotation.note.trim().is_empty() {
        parts.push(in_quotation(&typed(&annotation.note)));
    }
    let tags: Vec<String> = annotation.tags.iter().filter_map(page_tag).map(|tag| format!("#{tag}")).collect();
    if !tags.is_empty() {
        parts.push(format!("> {}", tags.join(" ")));
    }
    let body = if parts.is_empty() { "> …".to_owned() } else { parts.join("\n>\n") };
    format!("> [!quote] {}\n{body} ^{}", head.join(" · "), token(&annotation.id))
}

fn task(note: &PlacedNote) -> Option<String> {
    let annotation = &note.annotation;
    let status = annotation.status?;
    let mark = if matches!(status, Status::Answered | Status::Dropped) { 'x' } else { ' ' };
    let words = match typed_line(&annotation.note) {
        words if words.is_empty() => escape_line(&annotation.anchor.quote),
        words => words,
    };
    Some(format!("- [{mark}] {words} [[#^{}]]", token(&annotation.id)))
}
