//! `interleaf search`: find words in many interviews and in the notes on them.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use clap::builder::styling::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use interleaf::library::{Found, Sought, TextHit};
use interleaf::model::Annotation;
use interleaf::text;
use serde_json::{Value, json};

use super::arguments::{Destination, Globals};
use super::inputs::{self, ProgressBar};
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
        let mut sought = Sought::parse(&self.pattern, self.regex)
            .with_context(|| format!("“{}” is no regular expression", self.pattern))?;
        sought.in_text = self.within != Some(Within::Notes);
        // A note is nobody's talk.
        sought.in_notes = self.within != Some(Within::Text) && self.speaker.is_none();
        let (mut found, total) = self.look(&sought, globals)?;
        found.retain_mut(|found| {
            found.hits.retain(|hit| self.speaker.as_deref().is_none_or(|wanted| is_said_by(hit, wanted)));
            !found.hits.is_empty() || !found.notes.is_empty()
        });
        match self.to {
            Form::Json => {
                let hits: Vec<Value> = found.iter().flat_map(objects).collect();
                let bytes = format!("{}\n", serde_json::to_string_pretty(&hits)?);
                deliver(bytes.as_bytes(), &Destination::default(), globals)?;
            }
            Form::Table => print(&found, Output::new(globals))?,
        }
        if found.is_empty() {
            inputs::remark(globals, &format!("“{}” is nowhere in {}", self.pattern, count(total)));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is found in the files and folders that were named, each by path, and in how many files it was looked for.
    fn look(&self, sought: &Sought, globals: &Globals) -> Result<(Vec<Found>, usize)> {
        let settings = globals.settings();
        let mut all = Vec::new();
        let mut total = 0;
        for path in &self.paths {
            if !path.exists() {
                bail!("{}: there is no such file; check the spelling", path.display());
            }
            if !path.is_dir() {
                all.extend(sought.search_file(path, &settings));
                total += 1;
                continue;
            }
            let bar = ProgressBar::new(globals);
            let files = AtomicUsize::new(0);
            let below = Mutex::new(Vec::new());
            sought.search_folder(path, &settings, &AtomicBool::new(false), &|found, progress| {
                files.store(progress.total, Ordering::Relaxed);
                bar.show(progress.done, progress.total);
                if let Some(found) = found {
                    below.lock().unwrap_or_else(PoisonError::into_inner).push(found);
                }
            });
            bar.clear();
            let files = files.into_inner();
            if files == 0 {
                bail!("{}: there is no interview in this folder; name a file, or another folder", path.display());
            }
            total += files;
            let mut below = below.into_inner().unwrap_or_else(PoisonError::into_inner);
            below.sort_by(|one, other| one.path.cmp(&other.path));
            all.extend(below);
        }
        Ok((all, total))
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

/// Prints the hits: on a terminal under the path of their interview, elsewhere each on a line that begins with it.
fn print(found: &[Found], mut output: Output) -> io::Result<()> {
    let heads = output.is_terminal();
    let bold = Style::new().bold();
    for (index, found) in found.iter().enumerate() {
        let name = text::sanitise_line(&found.name);
        if heads && index > 0 {
            output.line("")?;
        }
        if heads {
            output.styled(bold, &name)?;
            output.line("")?;
        }
        let begin = |output: &mut Output| {
            if heads {
                return output.plain("  ");
            }
            output.styled(bold, &name)?;
            output.plain(": ")
        };
        for hit in &found.hits {
            begin(&mut output)?;
            print_hit(hit, &mut output)?;
        }
        for note in &found.notes {
            begin(&mut output)?;
            print_note(&note.annotation, &mut output)?;
        }
    }
    output.finish()
}

/// `turn 1 00:00:09 TOM BELLIS: He found them in the tea urn`.
fn print_hit(hit: &TextHit, output: &mut Output) -> io::Result<()> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(hit.turn.map(|turn| format!("turn {}", turn.0)));
    parts.extend(hit.time.map(|time| time.to_string()));
    parts.extend(hit.speaker.as_deref().map(|speaker| text::sanitise_line(speaker).into_owned()));
    let place = if parts.is_empty() { "beside the turns".to_owned() } else { parts.join(" ") };
    output.styled(Style::new().dimmed(), &format!("{place}: "))?;
    let (before, rest) = hit.excerpt.split_at_checked(hit.marked.start).unwrap_or((&hit.excerpt, ""));
    let (words, after) = rest.split_at_checked(hit.marked.len()).unwrap_or((rest, ""));
    output.plain(before)?;
    output.styled(Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())), words)?;
    output.line(after)
}

/// `follow-up: “teeth”  #objects  Was the urn ever found?`.
fn print_note(annotation: &Annotation, output: &mut Output) -> io::Result<()> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    output.styled(Style::new().dimmed(), &format!("{}: ", annotation.kind.name()))?;
    let tags: String = annotation.tags.iter().map(|tag| format!("  #{tag}")).collect();
    let quote = one_line(&annotation.anchor.quote);
    let words = format!("“{quote}”{tags}  {}", one_line(&annotation.note));
    output.line(&text::sanitise_line(words.trim_end()))
}
