//! All files of a notebook side by side, for what no single file can tell: interviews that are gone, ids that stand
//! twice, tags that nobody has defined.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use interleaf::library::{Settings, Source, place};
use interleaf::model::{AnnotationId, Tag};
use interleaf::store::{AnnotationsFile, Layer, Notebook, Rewriting, TagsFile, new_id, save_together};
use jiff::Timestamp;

use super::check::Findings;
use super::inputs::count;

/// The share of notes whose words an interview must have to be taken for the one that they were made on.
const SURE: f64 = 0.8;

/// A notebook's files of annotations that can be understood.
pub(crate) struct Shelf<'a> {
    notebook: &'a Notebook,
    files: Vec<(Layer, AnnotationsFile)>,
}

impl<'a> Shelf<'a> {
    /// Reads them; those that cannot be understood are passed over.
    pub(crate) fn open(notebook: &'a Notebook) -> Self {
        let mut layers = notebook.files();
        // Of two notes with one id the reader's own keeps it.
        layers.sort_by_key(|layer| layer.annotator.is_some());
        let files = layers.into_iter().filter_map(|layer| {
            let file = AnnotationsFile::load(&layer.path).ok()?;
            Some((layer, file))
        });
        Self { notebook, files: files.collect() }
    }

    /// Looks for files whose interview is gone, and where it may be one of `relink`, moves them after
    /// it.
    pub(crate) fn look_for_interviews(
        &mut self,
        relink: Option<&[PathBuf]>,
        settings: &Settings,
        findings: &mut Findings,
    ) -> Result<()> {
        for (layer, file) in &mut self.files {
            if self.notebook.interview_of(layer).is_some() {
                continue;
            }
            let notes = count(file.annotations().len(), "note");
            let gone = format!("{}: the interview of {notes} is gone", layer.path.display());
            let Some(interviews) = relink else {
                findings.wrong(&format!("{gone}; put it back, or look for it with --relink"))?;
                continue;
            };
            match find(file, layer, interviews, self.notebook, settings).as_slice() {
                [interview] => {
                    let path = self.notebook.relink(layer, interview)?;
                    findings.remark(&format!("{gone}; found by its words, and moved to {}", path.display()))?;
                    *file = AnnotationsFile::load(&path)?;
                    layer.path = path;
                }
                [] => findings.wrong(&format!(
                    "{gone}, and no other here has the words that they are on; name the folder that it is in"
                ))?,
                several => {
                    let names: Vec<String> = several.iter().map(|path| path.display().to_string()).collect();
                    findings.wrong(&format!("{gone}, and several have its words: {}", names.join(", ")))?;
                }
            }
        }
        Ok(())
    }

    /// Looks for ids that stand twice, and with `fix` gives all but the first a new one. Answers to such a note that
    /// stand in the same file follow it: a file that was copied is a conversation of its own.
    pub(crate) fn compare_ids(&mut self, fix: bool, findings: &mut Findings) -> Result<()> {
        let mut seen: HashMap<AnnotationId, PathBuf> = HashMap::new();
        let mut rewritings: Vec<Rewriting> = Vec::new();
        for (layer, file) in &mut self.files {
            let path = layer.path.display().to_string();
            let mut annotations = file.annotations().to_vec();
            let mut renamed: HashMap<AnnotationId, AnnotationId> = HashMap::new();
            let mut changed = false;
            for annotation in &mut annotations {
                let within = file.doubled_ids().iter().find(|(id, _)| *id == annotation.id);
                let twice = match (within, seen.get(&annotation.id)) {
                    (Some((_, fault)), _) => format!("{path}:{}: the id of this note stands above too", fault.line),
                    (None, Some(first)) => {
                        format!("{path}: the id {} stands in {} too", annotation.id, first.display())
                    }
                    (None, None) => {
                        seen.insert(annotation.id.clone(), layer.path.clone());
                        continue;
                    }
                };
                if !fix {
                    findings.wrong(&format!("{twice}; give it a new one with --fix"))?;
                    continue;
                }
                let id = new_id(Timestamp::now());
                // Within one file nobody can tell which of the two was answered; the first keeps its answers.
                if within.is_none() {
                    renamed.insert(annotation.id.clone(), id.clone());
                }
                annotation.id = id;
                changed = true;
                findings.remark(&format!("{twice}; the note here is {} now", annotation.id))?;
            }
            for annotation in &mut annotations {
                if let Some(id) = annotation.reply_to.as_ref().and_then(|id| renamed.get(id)) {
                    annotation.reply_to = Some(id.clone());
                }
            }
            if changed {
                rewritings.push(Rewriting { file, annotations });
            }
        }
        save_together(&mut rewritings, None)?;
        Ok(())
    }

    /// Looks for answers to notes that are not there, and for files in the folder of another annotator.
    pub(crate) fn compare_answers(&self, findings: &mut Findings) -> Result<()> {
        let ids: HashSet<&AnnotationId> =
            self.files.iter().flat_map(|(_, file)| file.annotations()).map(|annotation| &annotation.id).collect();
        for (layer, file) in &self.files {
            let path = layer.path.display();
            for annotation in file.annotations() {
                if let Some(parent) = annotation.reply_to.as_ref().filter(|parent| !ids.contains(parent)) {
                    findings
                        .remark(&format!("{path}: {} answers {parent}, which is not there any more", annotation.id))?;
                }
            }
            let says = file.header().annotator.as_deref();
            if let (Some(folder), Some(says)) = (layer.annotator.as_deref(), says)
                && folder != says
            {
                findings.remark(&format!(
                    "{path}: this says that it is the layer of {says}, and lies with those of {folder}"
                ))?;
            }
        }
        Ok(())
    }

    /// Looks for tags that tags.yaml does not define, and, where all notes have been seen, for those that nobody uses.
    pub(crate) fn compare_tags(&self, is_whole: bool, findings: &mut Findings) -> Result<()> {
        let path = self.notebook.tags_path();
        let tags = match TagsFile::load(&path) {
            Ok(tags) => tags,
            Err(error) => return findings.wrong(&error.to_string()),
        };
        // Who defines no tag wants none defined.
        if tags.definitions().is_empty() {
            return Ok(());
        }
        let mut used: BTreeMap<&Tag, usize> = BTreeMap::new();
        for tag in self.files.iter().flat_map(|(_, file)| file.annotations()).flat_map(|annotation| &annotation.tags) {
            *used.entry(tag).or_default() += 1;
        }
        let defined: BTreeSet<&Tag> = tags.definitions().iter().map(|definition| &definition.tag).collect();
        for (tag, uses) in used.iter().filter(|(tag, _)| !defined.contains(*tag)) {
            findings.remark(&format!(
                "{}: the tag `{tag}` of {} is not defined",
                path.display(),
                count(*uses, "note")
            ))?;
        }
        let is_used = |tag: &Tag| used.keys().any(|other| other.is_within(tag));
        for tag in defined.iter().filter(|tag| is_whole && !is_used(tag)) {
            findings.remark(&format!("{}: the tag `{tag}` is on no note", path.display()))?;
        }
        Ok(())
    }
}

/// The interviews without notes of this layer that have the words of nearly all notes in a file.
fn find(
    file: &AnnotationsFile,
    layer: &Layer,
    interviews: &[PathBuf],
    notebook: &Notebook,
    settings: &Settings,
) -> Vec<PathBuf> {
    let wanted = file.annotations().iter().filter(|annotation| !annotation.anchor.quote.trim().is_empty()).count();
    let is_free = |interview: &&PathBuf| {
        !notebook.annotations_path(interview, layer.annotator.as_deref()).exists()
            && settings.notebook_of(interview).annotations == notebook.annotations
    };
    let fits = |interview: &&PathBuf| has_words(interview, file, wanted, settings).unwrap_or(false);
    interviews.iter().filter(is_free).filter(fits).cloned().collect()
}

#[expect(clippy::cast_precision_loss, reason = "nobody makes so many notes that a share of them would suffer")]
fn has_words(interview: &Path, file: &AnnotationsFile, wanted: usize, settings: &Settings) -> Option<bool> {
    let source = Source::read(interview, &settings.import).ok()?;
    let placed = place(&source.interview, file.annotations(), None);
    let found = placed
        .iter()
        .filter(|note| !note.annotation.anchor.quote.trim().is_empty() && note.resolution.span().is_some());
    Some(wanted > 0 && found.count() as f64 >= SURE * wanted as f64)
}
