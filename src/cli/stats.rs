//! `interleaf stats`: who talks how much, where the tags are, how far annotators agree.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::builder::styling::Style;
use clap::{Args, ValueEnum};
use interleaf::export::Document;
use interleaf::library::Filter;
use interleaf::stats::{self, Agreement, Unit};
use interleaf::text;
use serde_json::{Value, json};

use super::arguments::Globals;
use super::inputs;
use super::output::{Output, deliver};

/// Columns of the longest bar.
const BAR: usize = 30;
/// Rows of a list that a table shows.
const ROWS: usize = 20;

/// Count who talks how much, where the tags are, and how far annotators agree
///
/// Several interviews add up. Agreement is counted over the interviews on which two annotators or more have notes:
/// Krippendorff's alpha over all of them, and Cohen's kappa for each two, tag by tag.
#[derive(Args)]
pub(crate) struct Stats {
    /// Interviews, and folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The form to show it in
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    to: Form,
    /// What annotators agree about, one by one
    #[arg(long, value_enum, default_value_t, value_name = "UNIT")]
    unit: By,
}

/// The forms in which figures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Tables and bars, to look at
    #[default]
    Table,
    /// All figures, for programs
    Json,
}

/// What the text is cut into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Turns
    Turn,
    /// Paragraphs
    #[default]
    Paragraph,
    /// Characters
    Character,
}

impl By {
    fn unit(self) -> Unit {
        match self {
            By::Turn => Unit::Turn,
            By::Paragraph => Unit::Paragraph,
            By::Character => Unit::Character,
        }
    }
}

impl Stats {
    /// Counts, and shows what was counted.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let opened = inputs::open_all(&self.paths, globals)?;
        let documents: Vec<Document> =
            opened.into_iter().map(|opened| opened.into_document(&Filter::default())).collect();
        let stats = stats::count(&documents);
        let agreement = stats::agreement(&documents, self.unit.unit());
        match self.to {
            Form::Json => {
                let mut bytes = serde_json::to_vec_pretty(&json(&stats, agreement.as_ref()))?;
                bytes.push(b'\n');
                deliver(&bytes, &Default::default(), globals)?;
            }
            Form::Table => {
                let mut output = Output::new(globals);
                print_talk(&stats, &mut output)?;
                print_tags(&stats, &mut output)?;
                if let Some(agreement) = &agreement {
                    print_agreement(agreement, &mut output)?;
                }
                output.finish()?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn json(stats: &stats::Stats, agreement: Option<&Agreement>) -> Value {
    let speakers: Vec<Value> = stats
        .speakers
        .iter()
        .map(|speaker| {
            json!({
                "name": speaker.name,
                "role": speaker.role.name(),
                "interviews": speaker.interviews,
                "words": speaker.words,
                "share": speaker.share,
                "turns": speaker.turns,
                "questions": speaker.questions,
                "longest": {
                    "interview": speaker.longest.interview,
                    "turn": speaker.longest.turn,
                    "words": speaker.longest.words,
                },
            })
        })
        .collect();
    let tags: Vec<Value> = stats
        .tags
        .iter()
        .map(|tag| {
            let speakers: Vec<Value> =
                tag.speakers.iter().map(|(name, notes)| json!({"name": name, "notes": notes})).collect();
            json!({"tag": tag.tag.as_str(), "notes": tag.notes, "interviews": tag.interviews, "speakers": speakers})
        })
        .collect();
    let together: Vec<Value> = stats
        .together
        .iter()
        .map(|pair| json!({"tags": [pair.tags.0.as_str(), pair.tags.1.as_str()], "paragraphs": pair.paragraphs}))
        .collect();
    json!({
        "interviews": stats.interviews,
        "turns": stats.turns,
        "words": stats.words,
        "speakers": speakers,
        "notes": stats.notes,
        "orphans": stats.orphans,
        "coverage": {
            "covered": stats.coverage.covered,
            "characters": stats.coverage.characters,
            "share": stats.coverage.share(),
        },
        "tags": tags,
        "together": together,
        "agreement": agreement.map(json_of_agreement),
    })
}

fn json_of_agreement(agreement: &Agreement) -> Value {
    let tags: Vec<Value> = agreement
        .tags
        .iter()
        .map(|tag| {
            let kappas: Vec<Value> = tag
                .kappas
                .iter()
                .map(|kappa| {
                    json!({
                        "annotators": [kappa.annotators.0, kappa.annotators.1],
                        "kappa": kappa.kappa,
                        "units": kappa.units,
                    })
                })
                .collect();
            let disagreements: Vec<Value> = tag
                .disagreements
                .iter()
                .map(|one| {
                    json!({
                        "interview": one.interview,
                        "turn": one.turn,
                        "paragraph": one.paragraph,
                        "units": one.units,
                        "words": one.words,
                        "with": one.with,
                        "without": one.without,
                    })
                })
                .collect();
            json!({
                "tag": tag.tag.as_str(),
                "alpha": tag.alpha,
                "kappas": kappas,
                "disagreements": disagreements,
            })
        })
        .collect();
    json!({
        "unit": unit(agreement.unit),
        "units": agreement.units,
        "annotators": agreement.annotators,
        "tags": tags,
    })
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Turn => "turn",
        Unit::Paragraph => "paragraph",
        Unit::Character => "character",
    }
}

fn print_talk(stats: &stats::Stats, output: &mut Output) -> Result<()> {
    let counts = [(stats.interviews, "interview"), (stats.turns, "turn"), (stats.words, "word"), (stats.notes, "note")];
    output.line(&counts.map(|(number, what)| inputs::count(number, what)).join(", "))?;
    if stats.notes > 0 {
        let orphans = match stats.orphans {
            0 => String::new(),
            orphans => format!("; {}, counted nowhere else", inputs::count(orphans, "orphan")),
        };
        output.line(&format!("notes cover {:.1} % of the text{orphans}", stats.coverage.share() * 100.0))?;
    }
    let most = stats.speakers.first().map_or(0, |speaker| speaker.words);
    let rows = stats.speakers.iter().map(|speaker| {
        let name = if speaker.name.is_empty() { "(nobody named)" } else { &speaker.name };
        let longest = match stats.interviews {
            1 => format!("{} (turn {})", speaker.longest.words, speaker.longest.turn),
            _ => format!("{} ({}, turn {})", speaker.longest.words, speaker.longest.interview, speaker.longest.turn),
        };
        vec![
            name.to_owned(),
            format!("{:.1} %", speaker.share * 100.0),
            speaker.words.to_string(),
            speaker.turns.to_string(),
            speaker.questions.to_string(),
            longest,
            bar(speaker.words, most),
        ]
    });
    table(&["speaker", "share", "words", "turns", "questions", "longest turn", ""], rows.collect(), output)
}

fn print_tags(stats: &stats::Stats, output: &mut Output) -> Result<()> {
    let most = stats.tags.first().map_or(0, |tag| tag.notes);
    let rows = stats.tags.iter().map(|tag| {
        let speakers = tag.speakers.iter().map(|(name, notes)| match name.as_str() {
            "" => format!("nobody {notes}"),
            name => format!("{name} {notes}"),
        });
        let speakers: Vec<String> = speakers.collect();
        vec![format!("#{}", tag.tag), tag.notes.to_string(), bar(tag.notes, most), speakers.join(", ")]
    });
    table(&["tag", "notes", "", "by speaker"], rows.collect(), output)?;
    let most = stats.together.first().map_or(0, |pair| pair.paragraphs);
    let rows = stats.together.iter().map(|pair| {
        let tags = format!("#{} #{}", pair.tags.0, pair.tags.1);
        vec![tags, pair.paragraphs.to_string(), bar(pair.paragraphs, most)]
    });
    table(&["tags together", "paragraphs", ""], rows.collect(), output)
}

fn print_agreement(agreement: &Agreement, output: &mut Output) -> Result<()> {
    let name = |annotator: &Option<String>| annotator.clone().unwrap_or_else(|| "(own)".to_owned());
    let names = |annotators: &[Option<String>]| annotators.iter().map(name).collect::<Vec<_>>().join(", ");
    let figure = |figure: Option<f64>| figure.map_or("-".to_owned(), |figure| format!("{figure:.3}"));
    output.line("")?;
    output.line(&format!(
        "agreement of {}, by {}",
        names(&agreement.annotators),
        inputs::count(agreement.units, unit(agreement.unit))
    ))?;
    let rows = agreement.tags.iter().map(|tag| {
        let kappas = tag.kappas.iter().map(|kappa| match tag.kappas.len() {
            1 => figure(kappa.kappa),
            _ => format!("{}/{} {}", name(&kappa.annotators.0), name(&kappa.annotators.1), figure(kappa.kappa)),
        });
        let kappas: Vec<String> = kappas.collect();
        vec![format!("#{}", tag.tag), figure(tag.alpha), kappas.join(", "), tag.disagreements.len().to_string()]
    });
    table(&["tag", "alpha", "kappa", "disagreements"], rows.collect(), output)?;
    let rows = agreement.tags.iter().flat_map(|tag| {
        tag.disagreements.iter().map(|one| {
            let place = match one.turn {
                Some(turn) => format!("{}, turn {turn}, paragraph {}", one.interview, one.paragraph),
                None => format!("{}, paragraph {}", one.interview, one.paragraph),
            };
            let words = text::fit(&one.words.split_whitespace().collect::<Vec<_>>().join(" "), 40).to_string();
            vec![format!("#{}", tag.tag), place, names(&one.with), names(&one.without), words]
        })
    });
    table(&["disagreement", "where", "with", "without", "words"], rows.collect(), output)
}

/// A line of blocks for `part` of the largest.
fn bar(part: usize, most: usize) -> String {
    if part == 0 { String::new() } else { "█".repeat((part * BAR / most.max(1)).max(1)) }
}

/// Prints a heading and rows under it, figures set right; nothing where there are no rows.
fn table(heads: &[&str], mut rows: Vec<Vec<String>>, output: &mut Output) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    for cell in rows.iter_mut().flatten() {
        *cell = text::sanitise_line(cell).into_owned();
    }
    let widths: Vec<usize> = (0..heads.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| text::width(cell));
            cells.chain(heads.get(column).map(|head| text::width(head))).max().unwrap_or_default()
        })
        .collect();
    let is_figure = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit() || c == '-') && !cell.contains('(');
    let line = |cells: &[&str], figures: &[bool]| {
        let mut line = String::new();
        for ((cell, width), figure) in cells.iter().zip(&widths).zip(figures) {
            let pad = " ".repeat(width - text::width(cell));
            line.push_str(&if *figure { format!("{pad}{cell}  ") } else { format!("{cell}{pad}  ") });
        }
        line.trim_end().to_owned()
    };
    let figures: Vec<bool> = (0..heads.len())
        .map(|column| rows.iter().filter_map(|row| row.get(column)).all(|cell| is_figure(cell)))
        .collect();
    output.line("")?;
    output.styled(Style::new().bold(), &line(heads, &figures))?;
    output.line("")?;
    for row in &rows {
        output.line(&line(&row.iter().map(String::as_str).collect::<Vec<_>>(), &figures))?;
    }
    if more > 0 {
        output.line(&format!("and {more} more; --to json has all"))?;
    }
    Ok(())
}
