//! `interleaf search`: find words in many interviews and in the notes on them.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::builder::styling::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use interleaf::library::{Found, Sought, TextHit};
use interleaf::text;
use serde_json::{Value, json};

use super::arguments::{Destination, Globals};
use super::inputs;
use super::output::{Output, deliver};

/// Find words in interviews and in the notes on them
///
/// Case counts only where the words have a capital, accents only where the words have one, and a line break is a
/// space.
#[derive(Args)]
pub(crate) struct Search {
    /// The words
    pattern: String,
    /// Interviews, and folders of them
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Where to look, instead of in both
    #[arg(long = "in", value_enum, value_name = "WHERE")]
    within: Option<Within>,
    /// Only in what this speaker says: part of a name
    #[arg(long, value_name = "SPEAKER")]
    speaker: Option<String>,
    /// Take the pattern for a regular expression
    #[arg(long, short = 'E')]
    regex: bool,
    /// The form to list hits in
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    to: Form,
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Within {
    /// In what was said
    Text,
    /// In notes, their quotes and their tags
    Notes,
}

/// The forms in which hits are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line for each, under its interview
    #[default]
    Table,
    /// All that is known of each, for programs
    Json,
}

impl Search {
    /// Lists the hits.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let settings = globals.settings();
        let mut sought = Sought::parse(&self.pattern, self.regex)
            .with_context(|| format!("“{}” is no regular expression", self.pattern))?;
        sought.in_text = self.within != Some(Within::Notes);
        // A note is nobody's talk.
        sought.in_notes = self.within != Some(Within::Text) && self.speaker.is_none();
        let named = inputs::named(&self.paths, &settings)?;
        for named in &named {
            named.must_exist()?;
        }
        let found = inputs::for_each(&named, globals, |named| sought.search_file(&named.path, &settings));
        let found: Vec<Found> = found
            .into_iter()
            .flatten()
            .map(|mut found| {
                found.hits.retain(|hit| self.speaker.as_deref().is_none_or(|wanted| is_said_by(hit, wanted)));
                found
            })
            .filter(|found| !found.hits.is_empty() || !found.notes.is_empty())
            .collect();
        match self.to {
            Form::Json => {
                let hits: Vec<Value> = found.iter().flat_map(objects).collect();
                let bytes = format!("{}\n", serde_json::to_string_pretty(&hits)?);
                deliver(bytes.as_bytes(), &Destination::default(), globals)?;
            }
            Form::Table => print(&found, Output::new(globals))?,
        }
        if found.is_empty() {
            inputs::remark(globals, &format!("“{}” is nowhere in {}", self.pattern, count(named.len())));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn is_said_by(hit: &TextHit, wanted: &str) -> bool {
    hit.speaker.as_deref().is_some_and(|name| name.to_lowercase().contains(&wanted.trim().to_lowercase()))
}

fn count(interviews: usize) -> String {
    if interviews == 1 { "this interview".to_owned() } else { format!("these {interviews} interviews") }
}

fn objects(found: &Found) -> Vec<Value> {
    let text = found.hits.iter().map(|hit| {
        json!({
            "interview": found.name,
            "title": found.title,
            "in": "text",
            "turn": hit.turn.map(|turn| turn.0),
            "speaker": hit.speaker_id,
            "speaker_name": hit.speaker,
            "time": hit.time.map(|time| time.to_string()),
            "excerpt": hit.excerpt,
            "hit": hit.excerpt.get(hit.marked.clone()),
        })
    });
    let notes = found.notes.iter().map(|note| {
        json!({
            "interview": found.name,
            "title": found.title,
            "in": "notes",
            "id": note.annotation.id.as_str(),
            "kind": note.annotation.kind.name(),
            "quote": note.annotation.anchor.quote,
            "note": note.annotation.note,
            "tags": note.annotation.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>(),
        })
    });
    text.chain(notes).collect()
}

fn print(found: &[Found], mut output: Output) -> io::Result<()> {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let hit_style = Style::new().bold().fg_color(Some(AnsiColor::Yellow.into()));
    for (index, found) in found.iter().enumerate() {
        if index > 0 {
            output.line("")?;
        }
        output.styled(bold, &text::sanitise_line(&found.name))?;
        output.line("")?;
        for hit in &found.hits {
            let mut parts: Vec<String> = Vec::new();
            parts.extend(hit.turn.map(|turn| format!("turn {}", turn.0)));
            parts.extend(hit.time.map(|time| time.to_string()));
            parts.extend(hit.speaker.clone());
            output.styled(dim, &format!("  {}  ", parts.join(" ")))?;
            let (before, rest) = hit.excerpt.split_at_checked(hit.marked.start).unwrap_or((&hit.excerpt, ""));
            let (words, after) = rest.split_at_checked(hit.marked.len()).unwrap_or((rest, ""));
            output.plain(before)?;
            output.styled(hit_style, words)?;
            output.line(after)?;
        }
        for note in &found.notes {
            let annotation = &note.annotation;
            let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            output.styled(dim, &format!("  {}  ", annotation.kind.name()))?;
            let tags: String = annotation.tags.iter().map(|tag| format!("  #{tag}")).collect();
            let quote = one_line(&annotation.anchor.quote);
            output.line(format!("“{quote}”{tags}  {}", one_line(&annotation.note)).trim_end())?;
        }
    }
    output.finish()
}
