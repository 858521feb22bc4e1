//! `interleaf check`: whether documents and annotations are in order.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::styling::{AnsiColor, Style};
use interleaf::anchor::Resolution;
use interleaf::export::PlacedNote;
use interleaf::library::{Opened, Own};
use interleaf::model::{Annotation, Correction, Timecode};
use interleaf::store::{Fault, Notebook};
use interleaf::text;
use jiff::{SignedDuration, Timestamp};

use super::arguments::Globals;
use super::inputs::{self, Outlines, count};
use super::output::Output;
use super::shelf::Shelf;

/// Say what is wrong with interviews and the notes on them
///
/// Looks at documents, at files of annotations and of tags, at notes whose words are not in the interview any more, at
/// notes that two writers changed, at ids that stand twice, answers to notes that are not there, times that cannot be,
/// and in a folder at files whose interview is gone. Exits with 1 where something is wrong; remarks alone, such as a tag
/// that is not defined, are no reason for that.
#[derive(Args)]
pub(crate) struct Check {
    /// Interviews, and folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Find interviews that have moved, by their words and in the folders named, and move their notes after them
    #[arg(long)]
    relink: bool,
    /// Mend what is safe to mend: of notes with one id, all but the first get a new one, and answers in their files
    /// follow them
    #[arg(long)]
    fix: bool,
}

/// What a run has found.
pub(crate) struct Findings {
    output: Output,
    interviews: usize,
    notes: usize,
    wrong: usize,
}

fn add(notebooks: &mut Vec<Notebook>, notebook: Notebook) {
    if !notebooks.iter().any(|seen| seen.annotations == notebook.annotations) {
        notebooks.push(notebook);
    }
}

impl Check {
    /// Looks at everything and says what it finds.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        if let Some(path) = self.paths.iter().find(|path| !path.exists()) {
            bail!("{}: there is no such file; check the spelling", path.display());
        }
        let mut findings = Findings { output: Output::new(globals), interviews: 0, notes: 0, wrong: 0 };
        let settings = globals.settings();
        let named = inputs::named(&self.paths, &settings)?;
        let mut notebooks: Vec<Notebook> = Vec::new();
        for folder in self.paths.iter().filter(|path| path.is_dir()) {
            add(&mut notebooks, settings.notebook_of(&folder.join("interview")));
        }
        for outcome in inputs::for_each(&named, globals, |named| inputs::open(&named.path, Outlines::Unused, &settings))
        {
            match outcome {
                Ok(opened) => {
                    findings.look_at(&opened)?;
                    add(&mut notebooks, opened.notebook);
                }
                Err(error) => findings.wrong(&format!("{error:#}"))?,
            }
        }
        let is_whole = self.paths.iter().any(|path| path.is_dir());
        let here: Vec<PathBuf> = named.iter().map(|named| named.path.clone()).collect();
        let relink = self.relink.then_some(here.as_slice());
        for notebook in &notebooks {
            let mut shelf = Shelf::open(notebook);
            if is_whole {
                shelf.look_for_interviews(relink, &settings, &mut findings)?;
            }
            shelf.compare_ids(self.fix, &mut findings)?;
            shelf.compare_answers(&mut findings)?;
            shelf.compare_tags(is_whole, &mut findings)?;
        }
        let Findings { mut output, interviews, notes, wrong } = findings;
        if !globals.quiet {
            let verdict = match wrong {
                0 => "all is well".to_owned(),
                1 => "1 thing is wrong".to_owned(),
                wrong => format!("{wrong} things are wrong"),
            };
            output.line(&format!("{}, {}: {verdict}", count(interviews, "interview"), count(notes, "note")))?;
        }
        output.finish()?;
        Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

impl Findings {
    fn look_at(&mut self, opened: &Opened) -> Result<()> {
        self.interviews += 1;
        self.notes += opened.notes.len();
        for warning in &opened.report.warnings {
            self.remark(&format!("{}:{}: {}", opened.path.display(), warning.line, warning.message))?;
        }
        self.look_at_recording(opened)?;
        for fault in opened.faults() {
            self.wrong(&fault.to_string())?;
        }
        if let Own::File(file) = &opened.own {
            // An id that stands twice is told of with all others of the notebook.
            let is_told = |warning: &&Fault| !file.doubled_ids().iter().any(|(_, fault)| fault == *warning);
            self.remarks_on(file.path(), file.warnings().iter().filter(is_told))?;
            for (one, other) in contradictions(file.corrections()) {
                self.remark(&format!(
                    "{}: two corrections contradict each other: {one}; {other}. Correct it once more in the reader",
                    file.path().display()
                ))?;
            }
        }
        for layer in &opened.layers {
            self.remarks_on(&layer.path, layer.warnings.iter())?;
        }
        for note in &opened.notes {
            match note.resolution {
                Resolution::Orphan => self.wrong(&format!(
                    "{}: {} is an orphan: {}; place it in the reader, with O, or mend it in {}",
                    opened.path.display(),
                    note.annotation.id,
                    why_orphan(opened, note),
                    file_of(opened, note)
                ))?,
                Resolution::Moved { score, .. } => self.remark(&format!(
                    "{}: {} has moved with its words ({:.0} % alike)",
                    opened.path.display(),
                    note.annotation.id,
                    score * 100.0
                ))?,
                Resolution::Anchored(_) => {}
            }
            if note.annotation.conflict.is_some() {
                self.wrong(&format!(
                    "{}: {} was changed by two writers; choose a version in the reader, with C",
                    opened.path.display(),
                    note.annotation.id
                ))?;
            }
            self.look_at_times(&file_of(opened, note), &note.annotation)?;
        }
        Ok(())
    }

    /// Turns that begin before the one above them. The first few are told; they mostly come from one slip.
    fn look_at_recording(&mut self, opened: &Opened) -> Result<()> {
        const TOLD: usize = 3;
        let turns = opened.interview.turns().iter().enumerate();
        let timed: Vec<(usize, Timecode)> = turns.filter_map(|(number, turn)| Some((number, turn.time?))).collect();
        let backward: Vec<_> = timed.windows(2).filter(|pair| pair[1].1 < pair[0].1).collect();
        for pair in backward.iter().take(TOLD) {
            let [(before, earlier), (number, time)] = [pair[0], pair[1]];
            self.remark(&format!(
                "{}: turn {number} begins at {time}, before turn {before} above it ({earlier})",
                opened.path.display()
            ))?;
        }
        if backward.len() > TOLD {
            self.remark(&format!("{}: {} more turns begin too early", opened.path.display(), backward.len() - TOLD))?;
        }
        Ok(())
    }

    /// Times that cannot be: clocks that were wrong, or a slip of the pen.
    fn look_at_times(&mut self, file: &str, annotation: &Annotation) -> Result<()> {
        let Annotation { id, created, updated, .. } = annotation;
        if updated < created {
            self.remark(&format!("{file}: {id} was changed ({updated}) before it was made ({created})"))?;
        } else if *updated > Timestamp::now() + SignedDuration::from_hours(24) {
            self.remark(&format!("{file}: {id} was changed in the future ({updated}); which clock was wrong?"))?;
        }
        Ok(())
    }

    fn remarks_on<'a>(&mut self, path: &Path, warnings: impl Iterator<Item = &'a Fault>) -> Result<()> {
        for Fault { line, column, message, .. } in warnings {
            self.remark(&format!("{}:{line}:{column}: {message}", path.display()))?;
        }
        Ok(())
    }

    /// Says what is wrong.
    pub(crate) fn wrong(&mut self, message: &str) -> Result<()> {
        self.wrong += 1;
        self.output.styled(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), "wrong")?;
        Ok(self.output.line(&format!("  {message}"))?)
    }

    /// Says what the reader should know though nothing is wrong.
    pub(crate) fn remark(&mut self, message: &str) -> Result<()> {
        self.output.styled(Style::new().dimmed(), "remark")?;
        Ok(self.output.line(&format!(" {message}"))?)
    }
}

/// What keeps a note from its place.
fn why_orphan(opened: &Opened, note: &PlacedNote) -> String {
    let quote = note.annotation.anchor.quote.trim();
    if quote.is_empty() {
        return "it quotes nothing, and its place is not in the interview".to_owned();
    }
    // A long quote is shown by its beginning.
    let shown = text::fit(&text::sanitise_line(quote), 60).into_owned();
    match opened.interview.text().matches(quote).count() {
        0 => format!("“{shown}” does not stand in the interview any more"),
        1 => format!("“{shown}” stands in the interview, but among other words than before"),
        places => format!("“{shown}” stands at {places} places, and nothing tells which is meant"),
    }
}

/// Corrections of which each says otherwise about the same than the other: what two writers left.
fn contradictions(corrections: &[Correction]) -> Vec<(&Correction, &Correction)> {
    let pairs =
        corrections.iter().enumerate().flat_map(|(at, one)| corrections[at + 1..].iter().map(move |two| (one, two)));
    pairs.filter(|(one, two)| one != two && one.is_about_the_same_as(two)).collect()
}

/// The file that a note stands in.
fn file_of(opened: &Opened, note: &PlacedNote) -> String {
    let others = opened.layers.iter().find(|layer| {
        layer.annotator == note.annotator && layer.annotations.iter().any(|other| other.id == note.annotation.id)
    });
    others.map_or_else(|| opened.own.path(), |layer| &layer.path).display().to_string()
}
