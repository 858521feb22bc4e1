//! `interleaf import`: any format to native YAML.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use interleaf::import::{self, Report, ReportLine};
use interleaf::library::{Opened, Settings};
use interleaf::model::Interview;
use interleaf::store::interview_file;

use super::arguments::{Destination, Globals, Reading};
use super::inputs::{self, Outlines, remark};
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
    /// The same interview in another language, to stand beside the first turn by turn
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
    /// The language of the document, and of its translation after a comma (`en,zh`)
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    language: Vec<String>,
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
        if self.with.is_some() && self.files.len() > 1 {
            bail!("--with goes with one document; import the others by themselves");
        }
        if self.language.len() > 2 || self.language.iter().any(String::is_empty) {
            bail!("write --language as one language or two, such as en or en,zh");
        }
        let settings = Settings { import: self.reading.options()?, ..globals.settings() };
        let Some(folder) = &self.output else {
            let [file] = self.files.as_slice() else {
                bail!("several documents need a folder to go to; give one with -o DIR");
            };
            let interview = self.understood(file, &settings, globals)?;
            let yaml = interview_file::write(&interview);
            deliver(yaml.as_bytes(), &Destination::default(), globals)?;
            return Ok(ExitCode::SUCCESS);
        };
        fs::create_dir_all(folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        let mut taken = BTreeSet::new();
        for file in &self.files {
            let interview = self.understood(file, &settings, globals)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let mut target = format!("{stem}.yaml");
            if !taken.insert(target.clone()) {
                target = format!("{name}.yaml");
                taken.insert(target.clone());
            }
            let target = folder.join(target);
            write_file(&target, interview_file::write(&interview).as_bytes(), self.force)?;
            remark(globals, &format!("{}: written", target.display()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The document with the reader's corrections, beside its translation where there is one; the report is said.
    fn understood(&self, file: &Path, settings: &Settings, globals: &Globals) -> Result<Interview> {
        let Opened { mut interview, mut report, .. } = inputs::open(file, Outlines::Unused, settings)?;
        let [language, translated] = [self.language.first(), self.language.get(1)].map(|tag| tag.cloned());
        interview.metadata.language = language.or(interview.metadata.language);
        if let Some(with) = &self.with {
            let mut translation = inputs::open(with, Outlines::Unused, settings)?;
            let of_translation = &mut translation.interview.metadata;
            of_translation.language = translated.clone().or(of_translation.language.take());
            interview = import::pair(&interview, &translation.interview, &mut report);
        }
        if interview.is_bilingual() {
            let metadata = &mut interview.metadata;
            metadata.translation_language = translated.or(metadata.translation_language.take());
        }
        say(file, &report, &interview, globals);
        Ok(interview)
    }
}

/// Says how a document was understood.
fn say(path: &Path, report: &Report, interview: &Interview, globals: &Globals) {
    for line in report.lines(interview) {
        match line {
            ReportLine::Heading(heading) => remark(globals, &format!("{}: {heading}", path.display())),
            ReportLine::Entry(what, said) => remark(globals, &format!("{}:   {what}: {said}", path.display())),
        }
    }
}
