//! `interleaf absorb`: take in annotations made elsewhere.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use interleaf::absorb::{self, Foreign};
use interleaf::anchor;
use interleaf::library::{Opened, Own};
use interleaf::model::Annotation;
use interleaf::store::AnnotationsFile;
use jiff::Timestamp;

use super::arguments::Globals;
use super::inputs::{self, count, remark};
use super::output::Output;

/// Take in annotations that were made elsewhere
///
/// Reads another layer's YAML, W3C Web Annotation JSON, Hypothesis's export, Readwise's CSV and Kindle's clippings, and
/// places each annotation by its words. What has no place is kept as an orphan. A second run adds nothing. Of a file
/// about several documents only what is about this interview is taken.
#[derive(Args)]
pub(crate) struct Absorb {
    /// The interview
    file: PathBuf,
    /// The annotations; `-` reads standard input
    #[arg(long, value_name = "ANNOTATIONS")]
    from: PathBuf,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Absorb {
    /// Adds them to the reader's own layer.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        if self.file.as_os_str() == "-" {
            bail!("notes need an interview that stays; save standard input to a file first");
        }
        let mut opened = inputs::open(&self.file, &globals.settings())?;
        let (mut annotations, left_out) = self.annotations(&opened)?;
        let offered = annotations.len();
        let mut seen: Vec<Annotation> = opened.notes.iter().map(|note| note.annotation.clone()).collect();
        annotations.retain(|annotation| {
            let is_new = !seen.iter().any(|other| is_same(annotation, other));
            if is_new {
                seen.push(annotation.clone());
            }
            is_new
        });
        let anchors = annotations.iter().map(|annotation| &annotation.anchor);
        let places = anchor::resolve_all(&opened.interview, anchors);
        let orphans: Vec<&Annotation> =
            annotations.iter().zip(&places).filter(|(_, place)| place.span().is_none()).map(|(one, _)| one).collect();
        for orphan in &orphans {
            let quote: String = orphan.anchor.quote.chars().take(60).collect();
            remark(globals, &format!("{}: an orphan: “{}”", self.file.display(), quote.replace('\n', " ")));
        }
        if !globals.quiet {
            let verb = if self.dry_run { "would add" } else { "added" };
            let mut words = format!("{verb} {}", count(annotations.len(), "note"));
            let asides = [
                (orphans.len(), "without a place"),
                (offered - annotations.len(), "there already"),
                (left_out, "on other documents left out"),
            ];
            for (number, what) in asides.into_iter().filter(|(number, _)| *number > 0) {
                words.push_str(&format!(", {number} {what}"));
            }
            let mut output = Output::new(globals);
            output.line(&words)?;
            output.finish()?;
        }
        if !self.dry_run && !annotations.is_empty() {
            save(&mut opened, annotations)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The annotations of the file that are about this interview, and how many are not.
    fn annotations(&self, opened: &Opened) -> Result<(Vec<Annotation>, usize)> {
        let from = self.from.display();
        let extension = self.from.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if matches!(extension.as_str(), "yaml" | "yml") {
            if !self.from.is_file() {
                bail!("{from}: there is no such file; check the spelling");
            }
            return Ok((AnnotationsFile::load(&self.from)?.annotations().to_vec(), 0));
        }
        let bytes = if self.from == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
            bytes
        } else {
            std::fs::read(&self.from).with_context(|| format!("{from}: cannot be read"))?
        };
        let foreign = absorb::read(&bytes).with_context(|| from.to_string())?;
        let now = Timestamp::from_second(Timestamp::now().as_second())?;
        let is_named = foreign.iter().any(|one| is_about(one, opened));
        let mut annotations = Vec::new();
        for one in &foreign {
            let annotation = absorb::settle(one, &opened.interview, now);
            // What says of itself that it is about another document has to have its words in this one.
            let is_here = one.documents.is_empty()
                || is_about(one, opened)
                || (!is_named && anchor::resolve(&opened.interview, &annotation.anchor).span().is_some());
            if is_here {
                annotations.push(annotation);
            }
        }
        let left_out = foreign.len() - annotations.len();
        Ok((annotations, left_out))
    }
}

/// Whether an annotation names this interview: its title, its path, its file or its address.
fn is_about(foreign: &Foreign, opened: &Opened) -> bool {
    let metadata = &opened.interview.metadata;
    let file = opened.path.file_name().unwrap_or_default().to_string_lossy();
    let stem = opened.path.file_stem().unwrap_or_default().to_string_lossy();
    let names = [
        metadata.title.as_str(),
        opened.name.as_str(),
        &file,
        &stem,
        metadata.source.url.as_deref().unwrap_or_default(),
    ];
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).map(plain).collect();
    foreign.documents.iter().any(|document| names.contains(&plain(document)))
}

/// Whether two annotations are one: the same id, or the same words said about the same words.
fn is_same(one: &Annotation, other: &Annotation) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    one.id == other.id
        || (one.anchor.start == other.anchor.start
            && plain(&one.anchor.quote) == plain(&other.anchor.quote)
            && plain(&one.note) == plain(&other.note)
            && one.tags == other.tags)
}

/// Adds annotations to the reader's own file, among the others in the order of the text.
fn save(opened: &mut Opened, new: Vec<Annotation>) -> Result<()> {
    match &mut opened.own {
        Own::ReadOnly { error, .. } => bail!("{error}"),
        Own::File(file) => {
            let mut annotations = file.annotations().to_vec();
            let corrections = file.corrections().to_vec();
            for annotation in new {
                let at = annotations.partition_point(|other| other.anchor.start <= annotation.anchor.start);
                annotations.insert(at, annotation);
            }
            file.save(&annotations, &corrections)?;
            Ok(())
        }
    }
}
