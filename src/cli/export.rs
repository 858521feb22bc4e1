//! `interleaf export`: take the notes to other tools.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use clap::builder::{PossibleValue, ValueParser};
use interleaf::export::{Document, Exporter, Format, Grouping, Options, Template, Units};
use interleaf::library::Opened;
use interleaf::model::TagDefinition;
use interleaf::store::TagsFile;

use super::arguments::{Destination, Globals, Which, by_name};
use super::inputs::{self, Outlines};
use super::output::{deliver, write_file};

const TEMPLATES: &str = "\
Templates are written in the language of Jinja and see `documents`, a list. Each has path, title, subtitle, date,
language, url, publisher, speakers (id, name, role), topics (title, kind, level, notes) and notes. A note has id, kind,
quote, now, before, after, tags, status, due, note, reply_to, created, updated, annotator, speaker (an id),
speaker_name, time, topic and state.

  {% for note in documents[0].notes %}
  * {{ note.quote }} ({{ note.speaker_name }})
  {% endfor %}";

/// Export notes for other tools
///
/// The same notes give the same bytes every time, and tools that have seen an export before update what they have.
#[derive(Args)]
#[command(after_long_help = TEMPLATES)]
pub(crate) struct Export {
    /// Interviews, and folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = formats(), required_unless_present = "template")]
    to: Option<Format>,
    /// Fill in this template instead
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    template: Option<PathBuf>,
    /// What the headings of markdown, text and docx are
    #[arg(long, value_name = "WHAT", value_parser = groupings(), default_value = "topic")]
    group_by: Grouping,
    /// What positions in qdpx count; utf16 is for NVivo
    #[arg(long, value_name = "UNITS", value_parser = units(), default_value = "characters")]
    units: Units,
    /// Write to this file; to a folder, which may be told by a slash at the end, a file for each interview
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Write over files that exist
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    which: Which,
}

impl Export {
    /// Writes the export.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let filter = self.which.filter();
        let is_told = self.to.is_none_or(|format| format.tells_topics(self.group_by));
        let outlines = if is_told { Outlines::Needed } else { Outlines::Unused };
        let opened = inputs::open_annotated(&self.paths, outlines, globals)?;
        let (exporter, extension) = self.exporter(tags(&opened)?)?;
        let mut documents: Vec<Document> = opened.into_iter().map(|opened| opened.into_document(&filter)).collect();
        if documents.len() > 1 {
            documents.retain(|document| !document.notes.is_empty());
        }
        if documents.iter().all(|document| document.notes.is_empty()) {
            inputs::say_no_notes(globals);
        }
        match &self.output {
            Some(folder) if is_folder(folder) => self.write_each(&documents, exporter.as_ref(), &extension, folder)?,
            _ => {
                let mut bytes = Vec::new();
                exporter.export(&documents, &mut bytes)?;
                let destination = Destination { output: self.output.clone(), force: self.force };
                deliver(&bytes, &destination, globals)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The exporter that is asked for, and how its files' names end.
    fn exporter(&self, tags: Vec<TagDefinition>) -> Result<(Box<dyn Exporter>, String)> {
        if let Some(path) = &self.template {
            let source = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
            let extension = path.extension().map_or("txt".into(), |extension| extension.to_string_lossy());
            return Ok((Box::new(Template::new(&path.to_string_lossy(), &source)?), extension.into_owned()));
        }
        let Some(format) = self.to else { bail!("say which format with --to") };
        let options = Options { group_by: self.group_by, units: self.units, tags };
        Ok((format.exporter(options), format.extension().to_owned()))
    }

    /// Writes a file for each interview, in folders as the interviews are.
    fn write_each(
        &self,
        documents: &[Document],
        exporter: &dyn Exporter,
        extension: &str,
        folder: &Path,
    ) -> Result<()> {
        let mut taken = BTreeSet::new();
        for document in documents {
            let below = relative(&document.path);
            let mut name = below.with_extension(extension);
            if !taken.insert(name.clone()) {
                name = below.clone();
                name.as_mut_os_string().push(format!(".{extension}"));
                taken.insert(name.clone());
            }
            let path = folder.join(name);
            let mut bytes = Vec::new();
            exporter.export(std::slice::from_ref(document), &mut bytes)?;
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).with_context(|| format!("{}: cannot be made", parent.display()))?;
            write_file(&path, &bytes, self.force)?;
        }
        Ok(())
    }
}

/// A path that leads nowhere but down.
fn relative(path: &str) -> PathBuf {
    let parts = Path::new(path).components().filter_map(|part| match part {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    let path: PathBuf = parts.collect();
    if path.as_os_str().is_empty() { PathBuf::from("interview") } else { path }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// What the notebooks say of tags.
fn tags(opened: &[Opened]) -> Result<Vec<TagDefinition>> {
    let paths: BTreeSet<PathBuf> = opened.iter().map(|opened| opened.notebook.tags_path()).collect();
    let mut definitions: Vec<TagDefinition> = Vec::new();
    for path in paths {
        for definition in TagsFile::load(&path)?.definitions() {
            if definitions.iter().all(|known| known.tag != definition.tag) {
                definitions.push(definition.clone());
            }
        }
    }
    Ok(definitions)
}

fn formats() -> ValueParser {
    by_name(Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.purpose())), Format::from_name)
}

fn groupings() -> ValueParser {
    by_name(Grouping::ALL.map(Grouping::name), Grouping::from_name)
}

fn units() -> ValueParser {
    by_name(Units::ALL.map(Units::name), Units::from_name)
}
