//! `interleaf import`: any format to native YAML.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use interleaf::library::{Opened, Settings};
use interleaf::model::{Confidence, LabelOrigin, ParagraphIndex, TurnIndex};
use interleaf::store::interview_file;
use interleaf::text;

use super::arguments::{Destination, Globals, Reading};
use super::inputs::{self, remark};
use super::output::{deliver, write_file};

/// Turn documents of any format into native YAML, with a report of how they were understood
///
/// The YAML has everything that was read, with the corrections that were made in the reader; the report goes to
/// standard error.
#[derive(Args)]
pub(crate) struct Import {
    /// The documents; `-` reads standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Write a file for each document to this folder
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write over files that exist
    #[arg(long, requires = "output")]
    force: bool,
}

impl Import {
    /// Imports the documents.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let settings = Settings { import: self.reading.options()?, ..globals.settings() };
        let Some(folder) = &self.output else {
            let [file] = self.files.as_slice() else {
                bail!("several documents need a folder to go to; give one with -o DIR");
            };
            let opened = inputs::open(file, &settings)?;
            report(&opened, globals);
            let yaml = interview_file::write(&opened.interview);
            deliver(yaml.as_bytes(), &Destination::default(), globals)?;
            return Ok(ExitCode::SUCCESS);
        };
        fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        let mut taken = BTreeSet::new();
        for file in &self.files {
            let opened = inputs::open(file, &settings)?;
            report(&opened, globals);
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let mut target = format!("{stem}.yaml");
            if !taken.insert(target.clone()) {
                target = format!("{name}.yaml");
                taken.insert(target.clone());
            }
            let target = folder.join(target);
            write_file(&target, interview_file::write(&opened.interview).as_bytes(), self.force)?;
            remark(globals, &format!("{}: written", target.display()));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Says how a document was understood.
fn report(opened: &Opened, globals: &Globals) {
    let report = &opened.report;
    let interview = &opened.interview;
    let name = opened.path.display();
    remark(globals, &format!("{name}: read as {}, since {}; {}", report.format, report.because, report.encoding));
    for (index, speaker) in interview.speakers.iter().enumerate() {
        let (mut turns, mut words) = (0, 0);
        for (number, turn) in interview.turns().iter().enumerate() {
            if turn.speaker.is_some_and(|speaker| usize::from(speaker.0) == index) {
                turns += 1;
                let paragraphs = interview.turn_paragraphs(TurnIndex(number as u32));
                words += paragraphs.map(|at| text::word_count(interview.paragraph(ParagraphIndex(at)))).sum::<usize>();
            }
        }
        let role = speaker.role.name();
        remark(globals, &format!("{name}: {} ({role}): {turns} turns, {words} words", speaker.name));
    }
    for (written, shown) in &report.merged {
        remark(globals, &format!("{name}: the label “{written}” was taken for {shown}"));
    }
    let inferred = interview.turns().iter().filter(|turn| turn.origin == LabelOrigin::Inferred);
    let doubtful = inferred.clone().filter(|turn| turn.confidence == Some(Confidence::Doubtful)).count();
    match inferred.count() {
        0 => {}
        count => remark(
            globals,
            &format!("{name}: who speaks was worked out for {count} turns, {doubtful} of them doubtful"),
        ),
    }
    if report.proposal {
        remark(globals, &format!("{name}: who says what is a proposal; say who asks with --interviewer NAME"));
    }
    for left_out in &report.left_out {
        remark(globals, &format!("{name}:{}: left out: {}", left_out.line, left_out.message));
    }
    inputs::warn(opened, globals);
}
