//! `interleaf absorb`: take in annotations made elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use interleaf::absorb::{self, Absorbed, Foreign};
use interleaf::anchor;
use interleaf::library::Opened;
use interleaf::model::{Annotation, AnnotationId, Spot, Tag, TagDefinition};
use interleaf::store::{AnnotationsFile, TagsFile};
use jiff::Timestamp;

use super::arguments::Globals;
use super::inputs::{self, Outlines, count, remark};
use super::keep;
use super::output::Output;

/// Take in annotations that were made elsewhere
///
/// Reads another layer's YAML, W3C Web Annotation JSON, Hypothesis's export, REFI-QDA projects (.qdpx), Readwise's CSV
/// and Kindle's clippings, and places each annotation by its words. What has no place is kept as an orphan. A second
/// run adds nothing. Of a file about several documents only what is about this interview is taken.
///
/// A file by one person is taken for the reader's own. Of one by several, each person's annotations go into the layer
/// of that name.
#[derive(Args)]
pub(crate) struct Absorb {
    /// The interview
    file: PathBuf,
    /// The annotations; `-` reads standard input
    #[arg(long, value_name = "ANNOTATIONS")]
    from: PathBuf,
    /// Put everything into the reader's own layer, whoever made it
    #[arg(long, conflicts_with = "layers")]
    mine: bool,
    /// Put each person's annotations into a layer of that name, even where all are by one
    #[arg(long)]
    layers: bool,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// An annotation on its way in.
struct Incoming {
    /// Whose layer it is for; `None` for the reader's own.
    layer: Option<String>,
    /// Who made it, if the file tells.
    maker: Option<String>,
    annotation: Annotation,
}

impl Absorb {
    /// Adds them to the layers that they belong to.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        if self.file.as_os_str() == "-" {
            bail!("notes need an interview that stays; save standard input to a file first");
        }
        let mut opened = inputs::open(&self.file, Outlines::Unused, &globals.settings())?;
        let (mut incoming, left_out, tags) = self.incoming(&opened, globals)?;
        let offered = incoming.len();
        drop_known(&mut incoming, &opened);
        let places = anchor::resolve_all(&opened.interview, incoming.iter().map(|one| &one.annotation.anchor));
        let orphans: Vec<&Annotation> = incoming
            .iter()
            .zip(&places)
            .filter(|(_, place)| place.span().is_none())
            .map(|(one, _)| &one.annotation)
            .collect();
        for orphan in &orphans {
            let quote: String = orphan.anchor.quote.chars().take(60).collect();
            remark(globals, &format!("{}: an orphan: “{}”", self.file.display(), quote.replace('\n', " ")));
        }
        if !globals.quiet {
            let verb = if self.dry_run { "would add" } else { "added" };
            let mut words = format!("{verb} {}", count(incoming.len(), "note"));
            let asides = [
                (orphans.len(), "without a place"),
                (offered - incoming.len(), "there already"),
                (left_out, "on other documents left out"),
            ];
            for (number, what) in asides.into_iter().filter(|(number, _)| *number > 0) {
                words.push_str(&format!(", {number} {what}"));
            }
            let layers: BTreeSet<&str> = incoming.iter().filter_map(|one| one.layer.as_deref()).collect();
            if !layers.is_empty() {
                words.push_str(&format!("; in layers of {}", layers.into_iter().collect::<Vec<_>>().join(", ")));
            }
            let mut output = Output::new(globals);
            output.line(&words)?;
            output.finish()?;
        }
        if !self.dry_run && !incoming.is_empty() {
            define(&opened, &incoming, tags)?;
            let mut layers: BTreeMap<Option<String>, Vec<Annotation>> = BTreeMap::new();
            for Incoming { layer, annotation, .. } in incoming {
                layers.entry(layer).or_default().push(annotation);
            }
            for (annotator, annotations) in layers {
                match annotator {
                    Some(annotator) => keep::in_layer(&opened, &annotator, annotations)?,
                    None => keep::in_own_layer(&mut opened, annotations)?,
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The annotations of the file that are about this interview, how many are not, and what it says of tags.
    fn incoming(&self, opened: &Opened, globals: &Globals) -> Result<(Vec<Incoming>, usize, Vec<TagDefinition>)> {
        let from = self.from.display();
        let extension = self.from.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if matches!(extension.as_str(), "yaml" | "yml") {
            if !self.from.is_file() {
                bail!("{from}: there is no such file; check the spelling");
            }
            let file = AnnotationsFile::load(&self.from)?;
            let maker = file.header().annotator.clone();
            let layer = maker.clone().filter(|_| self.layers);
            let all = file.annotations().iter().cloned();
            let all = all.map(|annotation| Incoming { layer: layer.clone(), maker: maker.clone(), annotation });
            return Ok((all.collect(), 0, Vec::new()));
        }
        let bytes = if self.from == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
            bytes
        } else {
            std::fs::read(&self.from).with_context(|| format!("{from}: cannot be read"))?
        };
        let Absorbed { annotations: foreign, tags, remarks } =
            absorb::read(&bytes).with_context(|| from.to_string())?;
        for told in remarks {
            remark(globals, &format!("{from}: {told}"));
        }
        let metadata = &opened.interview.metadata;
        let file = opened.path.file_name().unwrap_or_default().to_string_lossy();
        let stem = opened.path.file_stem().unwrap_or_default().to_string_lossy();
        let url = metadata.source.url.as_deref().unwrap_or_default();
        let is_about = absorb::about(&foreign, &opened.interview, &[&metadata.title, &opened.name, &file, &stem, url]);
        let all = foreign.len();
        let ours: Vec<Foreign> =
            foreign.into_iter().zip(is_about).filter(|(_, is_about)| *is_about).map(|(one, _)| one).collect();
        let now = Timestamp::from_second(Timestamp::now().as_second())?;
        let settled = absorb::settle(&ours, &opened.interview, now);
        let layers = self.layers_of(&ours, opened, globals);
        let left_out = all - ours.len();
        let incoming = ours.into_iter().zip(settled).zip(layers);
        let incoming =
            incoming.map(|((foreign, annotation), layer)| Incoming { layer, maker: foreign.annotator, annotation });
        Ok((incoming.collect(), left_out, tags))
    }

    /// Whose layer each annotation is for; `None` for the reader's own.
    fn layers_of(&self, foreign: &[Foreign], opened: &Opened, globals: &Globals) -> Vec<Option<String>> {
        let people: BTreeSet<Option<&str>> = foreign.iter().map(|one| one.annotator.as_deref()).collect();
        let is_split = !self.mine && (self.layers || people.len() > 1);
        let own = globals.settings().annotator;
        let own = opened.own.annotator().or(own.as_deref());
        let others = |one: &Foreign| one.annotator.clone().filter(|name| is_split && own != Some(name));
        foreign.iter().map(others).collect()
    }
}

/// Drops what is there already: anywhere under its id, or in the layer that it is for or of whoever made it, or, where
/// nobody is said to have made it, in any layer.
fn drop_known(incoming: &mut Vec<Incoming>, opened: &Opened) {
    let path = |annotator: Option<&str>| match annotator {
        Some(annotator) => opened.notebook.annotations_path(&opened.path, Some(annotator)),
        None => opened.own.path().to_path_buf(),
    };
    let mut ids: BTreeSet<AnnotationId> = opened.notes.iter().map(|note| note.annotation.id.clone()).collect();
    let mut known: HashMap<PathBuf, Known> = HashMap::new();
    known.insert(path(None), opened.own.annotations().iter().collect());
    for layer in &opened.layers {
        known.insert(layer.path.clone(), layer.annotations.iter().collect());
    }
    incoming.retain(|one| {
        let is_known = match &one.maker {
            Some(maker) => known.get(&path(Some(maker))).is_some_and(|there| there.has(&one.annotation)),
            None => known.values().any(|there| there.has(&one.annotation)),
        };
        let there = known.entry(path(one.layer.as_deref())).or_default();
        let is_new = ids.insert(one.annotation.id.clone()) && !is_known && !there.has(&one.annotation);
        if is_new {
            there.extend([&one.annotation]);
        }
        is_new
    });
}

/// What annotations say about which words, blanks aside, and with which tags.
#[derive(Default)]
struct Known(HashMap<(Spot, String, String), Vec<Vec<Tag>>>);

impl Known {
    fn key(annotation: &Annotation) -> (Spot, String, String) {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        (annotation.anchor.start, plain(&annotation.anchor.quote), plain(&annotation.note))
    }

    /// Whether one of them says the same, with all the tags; other tools keep fewer.
    fn has(&self, annotation: &Annotation) -> bool {
        let same = self.0.get(&Self::key(annotation));
        same.is_some_and(|same| same.iter().any(|tags| annotation.tags.iter().all(|tag| tags.contains(tag))))
    }
}

impl<'a> Extend<&'a Annotation> for Known {
    fn extend<T: IntoIterator<Item = &'a Annotation>>(&mut self, annotations: T) {
        for annotation in annotations {
            self.0.entry(Self::key(annotation)).or_default().push(annotation.tags.clone());
        }
    }
}

impl<'a> FromIterator<&'a Annotation> for Known {
    fn from_iter<T: IntoIterator<Item = &'a Annotation>>(annotations: T) -> Self {
        let mut known = Self::default();
        known.extend(annotations);
        known
    }
}

/// Defines the tags that come with the annotations and that the notebook has nothing to say of.
fn define(opened: &Opened, incoming: &[Incoming], tags: Vec<TagDefinition>) -> Result<()> {
    let used: BTreeSet<&Tag> = incoming.iter().flat_map(|one| &one.annotation.tags).collect();
    let is_used = |definition: &TagDefinition| used.iter().any(|tag| tag.is_within(&definition.tag));
    let mut file = TagsFile::load(&opened.notebook.tags_path())?;
    let mut definitions = file.definitions().to_vec();
    let before = definitions.len();
    for definition in tags.into_iter().filter(is_used) {
        if definitions.iter().all(|known| known.tag != definition.tag) {
            definitions.push(definition);
        }
    }
    if definitions.len() > before {
        file.save(&definitions)?;
    }
    Ok(())
}
