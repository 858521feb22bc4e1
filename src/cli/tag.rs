//! `interleaf tag`: the tags of a notebook.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use interleaf::library::Settings;
use interleaf::model::{Annotation, Tag, TagDefinition};
use interleaf::store::{AnnotationsFile, Notebook, Rewriting, TagsFile, save_together};
use interleaf::text;
use jiff::Timestamp;

use super::arguments::{Globals, tag};
use super::inputs::{count, remark};
use super::output::Output;

/// List, rename and merge the tags of a notebook
#[derive(Args)]
pub(crate) struct Tags {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the tags, how often each is used, and what tags.yaml says of it
    List {
        /// The notebook, or anything in it
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Rename a tag and those below it, or merge it into one that exists
    ///
    /// Changes the notes of all layers, and tags.yaml. Nothing else in those files changes. All files are written
    /// beside the old ones before the first takes its place, so that a full disk leaves everything as it was; what a
    /// fault interrupts later, the same command finishes.
    Rename {
        /// The tag as it is
        #[arg(value_parser = tag)]
        from: Tag,
        /// The tag that it is to be
        #[arg(value_parser = tag)]
        to: Tag,
        /// The notebook, or anything in it
        #[arg(default_value = ".")]
        path: PathBuf,
        /// Say what would change, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

impl Tags {
    /// Does it.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let settings = globals.settings();
        match self.what {
            What::List { path } => list(&notebook_at(&path, &settings)?, globals),
            What::Rename { from, to, path, dry_run } => {
                rename(&notebook_at(&path, &settings)?, &from, &to, dry_run, globals)
            }
        }
    }
}

/// The notebook that a folder or an interview belongs to.
fn notebook_at(path: &Path, settings: &Settings) -> Result<Notebook> {
    if !path.exists() {
        bail!("{}: there is no such file; check the spelling", path.display());
    }
    let inside = if path.is_dir() { path.join("interview") } else { path.to_path_buf() };
    let notebook = settings.notebook_of(&inside);
    if !notebook.annotations.is_dir() {
        bail!(
            "{}: there is no notebook here (no folder `annotations`); name a folder that has one, or --annotations DIR",
            path.display()
        );
    }
    Ok(notebook)
}

/// Each file of annotations, all of which have to be understood before anything is done.
fn load_all(notebook: &Notebook) -> Result<Vec<AnnotationsFile>> {
    notebook.files().iter().map(|layer| Ok(AnnotationsFile::load(&layer.path)?)).collect()
}

fn list(notebook: &Notebook, globals: &Globals) -> Result<ExitCode> {
    let mut uses: BTreeMap<Tag, usize> = BTreeMap::new();
    for file in load_all(notebook)? {
        for tag in file.annotations().iter().flat_map(|annotation| &annotation.tags) {
            *uses.entry(tag.clone()).or_default() += 1;
        }
    }
    let defined = TagsFile::load(&notebook.tags_path())?;
    for definition in defined.definitions() {
        uses.entry(definition.tag.clone()).or_default();
    }
    if uses.is_empty() {
        remark(globals, "there are no tags");
    }
    let widest = uses.keys().map(|tag| text::width(&text::sanitise_line(tag.as_str()))).max().unwrap_or_default();
    let mut output = Output::new(globals);
    for (tag, uses) in &uses {
        let about = match defined.definitions().iter().find(|definition| definition.tag == *tag) {
            Some(definition) => describe(definition),
            None => "not defined".to_owned(),
        };
        let name = text::sanitise_line(tag.as_str());
        let pad = " ".repeat(widest - text::width(&name));
        let line = format!("{uses:>5}  {name}{pad}  {}", text::sanitise_line(&about));
        output.line(line.trim_end())?;
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn describe(definition: &TagDefinition) -> String {
    let color = definition.color.map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}"));
    let key = definition.key.map(|key| format!("key {key}"));
    let description = definition.description.as_deref().map(|words| words.trim().replace('\n', " "));
    let parts: Vec<String> = [color, key, description].into_iter().flatten().collect();
    if parts.is_empty() { "defined".to_owned() } else { parts.join("  ") }
}

fn rename(notebook: &Notebook, from: &Tag, to: &Tag, dry_run: bool, globals: &Globals) -> Result<ExitCode> {
    if from == to {
        bail!("the two names are the same tag; nothing to do");
    }
    let now = Timestamp::from_second(Timestamp::now().as_second())?;
    let mut files = load_all(notebook)?;
    let mut tags = TagsFile::load(&notebook.tags_path())?;
    let definitions = renamed_definitions(tags.definitions(), from, to);
    let is_defined = definitions != tags.definitions();
    let mut moved: BTreeMap<Tag, BTreeSet<Tag>> = BTreeMap::new();
    let mut output = Output::new(globals);
    let (mut notes, mut told) = (0, Vec::new());
    let mut rewritings: Vec<Rewriting> = Vec::new();
    for file in &mut files {
        let mut annotations = file.annotations().to_vec();
        let mut changed = 0;
        for annotation in &mut annotations {
            if retag(annotation, from, to, &mut moved) {
                annotation.updated = now;
                changed += 1;
            }
        }
        if changed == 0 {
            continue;
        }
        told.push(format!("{}: {}", file.path().display(), count(changed, "note")));
        notes += changed;
        rewritings.push(Rewriting { file, annotations });
    }
    let changed_files = rewritings.len();
    if notes == 0 && !is_defined {
        bail!("no note and no definition has the tag `{from}`; `interleaf tag list` shows those there are");
    }
    if is_defined {
        told.push(format!("{}: the definition", notebook.tags_path().display()));
    }
    if !dry_run {
        let tags = is_defined.then_some((&mut tags, definitions.as_slice()));
        for outcome in save_together(&mut rewritings, tags)? {
            if let Some(backup) = outcome.backup {
                remark(globals, &format!("a file was written anew; as it was: {}", backup.display()));
            }
        }
    }
    if !globals.quiet {
        for line in told {
            output.line(&line)?;
        }
        for (old, new) in moved.iter().flat_map(|(old, all)| all.iter().map(move |new| (old, new))) {
            output.line(&format!("{old} -> {new}"))?;
        }
        let verb = if dry_run { "would change" } else { "changed" };
        output.line(&format!("{verb} {} in {}", count(notes, "note"), count(changed_files, "file")))?;
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Gives an annotation, and the other version where it is in conflict, the new tag. Whether anything changed.
fn retag(annotation: &mut Annotation, from: &Tag, to: &Tag, moved: &mut BTreeMap<Tag, BTreeSet<Tag>>) -> bool {
    let mut changed = false;
    if annotation.tags.iter().any(|tag| tag.is_within(from)) {
        let mut tags: Vec<Tag> = Vec::new();
        for old in &annotation.tags {
            let new = renamed(old, from, to);
            if new != *old {
                moved.entry(old.clone()).or_default().insert(new.clone());
            }
            if !tags.contains(&new) {
                tags.push(new);
            }
        }
        changed = tags != annotation.tags;
        annotation.tags = tags;
    }
    if let Some(theirs) = annotation.conflict.as_mut().and_then(|conflict| conflict.theirs.as_mut()) {
        changed |= retag(theirs, from, to, moved);
    }
    changed
}

/// The tag by its new name, where it is `from` or below it.
fn renamed(tag: &Tag, from: &Tag, to: &Tag) -> Tag {
    if !tag.is_within(from) {
        return tag.clone();
    }
    let rest = tag.as_str().get(from.as_str().len()..).unwrap_or_default();
    Tag::new(&format!("{to}{rest}")).unwrap_or_else(|| to.clone())
}

/// The definitions by their new names; where one exists already, it stays as it is and takes what it lacks.
fn renamed_definitions(definitions: &[TagDefinition], from: &Tag, to: &Tag) -> Vec<TagDefinition> {
    let mut all: Vec<TagDefinition> = definitions.iter().filter(|one| !one.tag.is_within(from)).cloned().collect();
    if all.len() == definitions.len() {
        return all;
    }
    let mut result = Vec::new();
    for definition in definitions {
        let tag = renamed(&definition.tag, from, to);
        if tag == definition.tag {
            if let Some(kept) = all.iter().find(|one| one.tag == tag) {
                result.push(kept.clone());
            }
            continue;
        }
        let old = TagDefinition { tag: tag.clone(), ..definition.clone() };
        match result.iter_mut().chain(all.iter_mut()).find(|one| one.tag == tag) {
            Some(kept) => {
                kept.color = kept.color.or(old.color);
                kept.key = kept.key.or(old.key);
                kept.description = kept.description.take().or(old.description);
            }
            None => result.push(old),
        }
    }
    result
}
