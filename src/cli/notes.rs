//! `interleaf notes`: list the notes on many interviews.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::builder::styling::Style;
use clap::{Args, ValueEnum};
use interleaf::export::{Document, Exporter as _, Json, PlacedNote};
use interleaf::text;

use super::arguments::{Globals, Which};
use super::inputs::{self, Outlines};
use super::output::{Output, deliver};

/// List the notes on interviews
#[derive(Args)]
pub(crate) struct Notes {
    /// Interviews, and folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The form to list them in
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    to: Form,
    #[command(flatten)]
    which: Which,
}

/// The forms in which notes are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line for each, to look at
    #[default]
    Table,
    /// All fields, for programs
    Json,
}

impl Notes {
    /// Lists the notes.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let filter = self.which.filter();
        let outlines = if self.to == Form::Json { Outlines::Needed } else { Outlines::Unused };
        let opened = inputs::open_annotated(&self.paths, outlines, globals)?;
        let documents: Vec<Document> = opened.into_iter().map(|opened| opened.into_document(&filter)).collect();
        match self.to {
            Form::Json => {
                let mut bytes = Vec::new();
                Json.export(&documents, &mut bytes)?;
                deliver(&bytes, &Default::default(), globals)?;
            }
            Form::Table => print_table(&documents, Output::new(globals))?,
        }
        if documents.iter().all(|document| document.notes.is_empty()) {
            inputs::say_no_notes(globals);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints each interview's path and under it a line for each note: kind, status, place, speaker, quote, tags, note.
///
/// On a terminal lines are cut to its width; elsewhere they are whole.
fn print_table(documents: &[Document], mut output: Output) -> Result<()> {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mut first = true;
    for document in documents.iter().filter(|document| !document.notes.is_empty()) {
        if !std::mem::take(&mut first) {
            output.line("")?;
        }
        output.styled(bold, &text::sanitise_line(&document.path))?;
        output.line("")?;
        let rows: Vec<[String; 4]> = document.notes.iter().map(|note| columns(document, note)).collect();
        let mut widths = [0; 4];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = text::width(cell).max(*width);
            }
        }
        for (row, note) in rows.iter().zip(&document.notes) {
            let mut line = String::from("  ");
            for (cell, width) in row.iter().zip(widths).filter(|(_, width)| *width > 0) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width - text::width(cell) + 2));
            }
            line.push_str(&words(document, note));
            let line = line.trim_end();
            let columns = usize::from(output.columns());
            let shown = if output.is_terminal() { text::fit(line, columns) } else { line.into() };
            if note.resolution.span().is_none() {
                output.styled(dim, &shown)?
            } else {
                output.plain(&shown)?
            };
            output.line("")?;
        }
    }
    Ok(output.finish()?)
}

/// Kind, status or state, place, speaker.
fn columns(document: &Document, note: &PlacedNote) -> [String; 4] {
    let annotation = &note.annotation;
    let state = match (annotation.status, note.resolution.span()) {
        (_, None) => "orphan",
        (Some(status), _) => status.name(),
        (None, _) => "",
    };
    let place = match (document.turn(note), document.time(note)) {
        (Some(_), Some(time)) => time.to_string(),
        (Some(turn), None) => format!("turn {}", turn.0),
        (None, _) => String::new(),
    };
    let speaker = document.speaker(note).map(|speaker| text::sanitise_line(&speaker.name).into_owned());
    [annotation.kind.name().to_owned(), state.to_owned(), place, speaker.unwrap_or_default()]
}

/// The quote, the tags, the note and whose it is.
fn words(document: &Document, note: &PlacedNote) -> String {
    let annotation = &note.annotation;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = Vec::new();
    let quote = one_line(&document.quote(note));
    if !quote.is_empty() {
        parts.push(format!("“{quote}”"));
    }
    parts.extend(annotation.tags.iter().map(|tag| format!("#{tag}")));
    if !annotation.note.trim().is_empty() {
        parts.push(one_line(&annotation.note));
    }
    parts.extend(note.annotator.as_ref().map(|annotator| format!("({annotator})")));
    text::sanitise_line(&parts.join("  ")).into_owned()
}
