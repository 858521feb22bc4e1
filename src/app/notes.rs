//! The annotations, their history, and whether they are on the disk.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::anchor::{self, Resolution};
use crate::app::{App, Effect, Merged};
use crate::export::PlacedNote;
use crate::library;
use crate::model::{Annotation, AnnotationId, Correction, Interview, Position, Span, TagDefinition};
use crate::store::{merge_annotations, merge_corrections};

/// Bytes of text in which corrections are worked out between a key and a frame.
const AT_ONCE: usize = 256 * 1024;

/// What the reader added to an interview, in the order of the text, orphans last.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    all: Vec<PlacedNote>,
    /// The reader's mending of the transcript.
    pub corrections: Vec<Correction>,
    /// The reader's name, where the notebook has several annotators.
    pub annotator: Option<String>,
    /// The other annotators' layers that are not shown; `None` is the personal file.
    pub hidden: BTreeSet<Option<String>>,
    /// Why nothing can be written, where that is so.
    pub read_only: Option<String>,
    /// The notebook's tags.
    pub tags: Vec<TagDefinition>,
    index: Index,
    layers: Vec<(Option<String>, usize)>,
    undo: Vec<Change>,
    redo: Vec<Change>,
    /// Counts the changes; the latest one that was handed to the disk.
    generation: u64,
    /// The last of other writers' changes that was taken in.
    merges_seen: u64,
    /// Where the latest change is.
    pub save: SaveState,
}

/// Where the notes begin, to find those of a stretch of text without asking all.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The paragraph in which each placed note begins, in the order of the notes.
    paragraphs: Vec<u32>,
    /// The most paragraphs that a note reaches beyond its first.
    longest: u32,
    is_bilingual: bool,
}

/// Paragraphs by which the whole document may count otherwise than its beginning.
const FAR: usize = 100;

/// Where the latest change is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// On the disk.
    #[default]
    Saved,
    /// On its way there.
    Saving,
    /// In memory only, for this reason.
    Failed(String),
}

/// One step of undo: annotations as they were and as they are.
#[derive(Clone, Debug)]
struct Change {
    /// Before and after; `None` where there was or is none.
    annotations: Vec<(Option<Annotation>, Option<Annotation>)>,
    /// All corrections before and after, where they changed.
    corrections: Option<(Vec<Correction>, Vec<Correction>)>,
    /// Where the cursor was.
    cursor: Position,
    what: String,
}

impl Notes {
    /// The notes on an interview, of all layers, in the order of the text; those of `annotator` are the reader's own.
    pub fn new(all: Vec<PlacedNote>, annotator: Option<String>) -> Self {
        Self { all, annotator, ..Self::default() }
    }

    /// The other annotators' layers, each with the number of its notes; `None` is the notebook's personal file.
    pub fn layers(&self) -> &[(Option<String>, usize)] {
        &self.layers
    }

    /// All notes in the order of the text, orphans last.
    pub fn all(&self) -> &[PlacedNote] {
        &self.all
    }

    /// Whether a note is the reader's own.
    pub fn is_own(&self, note: &PlacedNote) -> bool {
        note.annotator == self.annotator
    }

    /// The notes that are not in a hidden layer, in the order of the text, orphans last.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &PlacedNote> {
        self.all.iter().filter(|note| self.is_shown(note))
    }

    /// Whether a note is not in a hidden layer.
    pub fn is_shown(&self, note: &PlacedNote) -> bool {
        self.is_own(note) || !self.hidden.contains(&note.annotator)
    }

    /// The reader's own note with an id.
    pub fn own_by_id(&self, id: &AnnotationId) -> Option<&PlacedNote> {
        self.all.iter().find(|note| note.annotation.id == *id && self.is_own(note))
    }

    /// The note with an id.
    pub fn get(&self, id: &AnnotationId) -> Option<&PlacedNote> {
        self.all.iter().find(|note| note.annotation.id == *id)
    }

    /// The notes that are shown and hold to any of a stretch of text.
    pub fn within(&self, span: Span) -> impl DoubleEndedIterator<Item = &PlacedNote> {
        self.all[self.near(span)].iter().filter(|note| self.is_shown(note)).filter(move |note| {
            note.resolution.span().is_some_and(|own| own.overlaps(&span) || span.contains(own.start))
        })
    }

    /// The numbers of the notes that may hold to a stretch of text: few of thousands, so that a frame need not ask
    /// all of them for every row.
    pub fn near(&self, span: Span) -> Range<usize> {
        // Translations are counted behind all originals, but their notes stand among those of the originals.
        if self.index.is_bilingual || self.index.paragraphs.is_empty() {
            return 0..self.all.len();
        }
        let first = span.start.paragraph.0.saturating_sub(self.index.longest);
        let from = self.index.paragraphs.partition_point(|&paragraph| paragraph < first);
        let to = self.index.paragraphs.partition_point(|&paragraph| paragraph <= span.end.paragraph.0);
        from..to.max(from)
    }

    /// Puts all in order and takes down where they begin.
    pub(super) fn arrange(&mut self, interview: &Interview) {
        library::sort_notes(interview, &mut self.all);
        let spans = || self.all.iter().filter_map(|note| note.resolution.span());
        self.index = Index {
            paragraphs: spans().map(|span| span.start.paragraph.0).collect(),
            longest: spans().map(|span| span.end.paragraph.0.saturating_sub(span.start.paragraph.0)).max().unwrap_or(0),
            is_bilingual: interview.is_bilingual(),
        };
        self.layers.clear();
        for note in self.all.iter().filter(|note| note.annotator != self.annotator) {
            match self.layers.iter_mut().find(|(annotator, _)| *annotator == note.annotator) {
                Some((_, count)) => *count += 1,
                None => self.layers.push((note.annotator.clone(), 1)),
            }
        }
        self.layers.sort();
    }

    /// Whether something was saved since the interview was opened.
    pub fn has_saved(&self) -> bool {
        self.generation > 0 && self.save == SaveState::Saved
    }

    /// The reader's own annotations.
    pub fn own(&self) -> Vec<Annotation> {
        self.all.iter().filter(|note| self.is_own(note)).map(|note| note.annotation.clone()).collect()
    }

    /// The number of the last change.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Why leaving now would lose something; `None` where all is on the disk.
    pub fn unsaved_reason(&self) -> Option<String> {
        match &self.save {
            SaveState::Failed(why) => Some(format!("The last change is not saved: {why}")),
            SaveState::Saved | SaveState::Saving => None,
        }
    }

    fn put(&mut self, interview: &Interview, before: Option<&AnnotationId>, after: Option<Annotation>) {
        if let Some(id) = before.or(after.as_ref().map(|annotation| &annotation.id)) {
            let annotator = self.annotator.clone();
            self.all.retain(|note| note.annotation.id != *id || note.annotator != annotator);
        }
        if let Some(annotation) = after {
            let resolution = anchor::resolve(interview, &annotation.anchor);
            self.all.push(PlacedNote { annotation, annotator: self.annotator.clone(), resolution });
        }
    }
}

impl App {
    /// Changes annotations: each before and after, `None` where there was or will be none. One step of undo.
    pub(super) fn change(&mut self, what: &str, annotations: Vec<(Option<Annotation>, Option<Annotation>)>) {
        let change = Change { annotations, corrections: None, cursor: self.reading.cursor, what: what.to_owned() };
        let was_to_settle = !self.to_settle(&change).is_empty();
        let done = self.carry_out(change);
        let to_settle = self.to_settle(&done).trim_start();
        if !to_settle.is_empty() && !was_to_settle {
            self.tell(format!("Both versions are kept. {to_settle}"));
        }
        self.notes.undo.push(done);
        self.notes.redo.clear();
    }

    /// Remembers a change without making it, so that undo makes the way back.
    pub(super) fn remember(&mut self, what: &str, annotations: Vec<(Option<Annotation>, Option<Annotation>)>) {
        let change = Change { annotations, corrections: None, cursor: self.reading.cursor, what: what.to_owned() };
        self.notes.undo.push(change);
        self.notes.redo.clear();
    }

    /// Changes the corrections. One step of undo.
    pub(super) fn change_corrections(&mut self, what: &str, corrections: Vec<Correction>) {
        let before = self.notes.corrections.clone();
        let change = Change {
            annotations: Vec::new(),
            corrections: Some((before, corrections)),
            cursor: self.reading.cursor,
            what: what.to_owned(),
        };
        let done = self.carry_out(change);
        self.notes.undo.push(done);
        self.notes.redo.clear();
    }

    pub(super) fn undo(&mut self) {
        let Some(change) = self.notes.undo.pop() else { return self.tell("Nothing to undo.") };
        let done = self.carry_out(change.reversed());
        self.move_cursor(done.cursor);
        self.tell(format!("Undone: {}.{}", done.what, self.to_settle(&done)));
        self.notes.redo.push(done.reversed());
    }

    pub(super) fn redo(&mut self) {
        let Some(change) = self.notes.redo.pop() else { return self.tell("Nothing to do again.") };
        let done = self.carry_out(change);
        self.move_cursor(done.cursor);
        self.tell(format!("Done again: {}.{}", done.what, self.to_settle(&done)));
        self.notes.undo.push(done);
    }

    /// Says it where a change met another writer's.
    fn to_settle(&self, done: &Change) -> &'static str {
        let has_two_versions = |after: &Annotation| after.conflict.is_some();
        match done.annotations.iter().any(|(_, after)| after.as_ref().is_some_and(has_two_versions)) {
            true => " Another program changed it too: ⟨settle⟩ settles which.",
            false => "",
        }
    }

    /// Makes a change; gives back what it came to where another writer has changed the same meanwhile.
    fn carry_out(&mut self, change: Change) -> Change {
        let mut done = change;
        for (before, after) in &mut done.annotations {
            let id = before.as_ref().or(after.as_ref()).map(|annotation| &annotation.id);
            let current = id.and_then(|id| self.notes.own_by_id(id)).map(|note| note.annotation.clone());
            if current != *before {
                let merged =
                    merge_annotations(as_list(before.as_ref()), as_list(after.as_ref()), as_list(current.as_ref()));
                *after = merged.annotations.into_iter().next();
                *before = current;
            }
            let before = before.as_ref().map(|annotation| &annotation.id);
            self.notes.put(&self.document.interview, before, after.clone());
        }
        if let Some((before, after)) = &mut done.corrections {
            if self.notes.corrections != *before {
                *after = merge_corrections(before, after, &self.notes.corrections).corrections;
                before.clone_from(&self.notes.corrections);
            }
            self.notes.corrections.clone_from(after);
            self.mend();
        }
        self.notes.arrange(&self.document.interview);
        self.refresh_topics();
        self.save(&done);
        done
    }

    /// Hands what has changed to the disk.
    fn save(&mut self, change: &Change) {
        self.notes.generation += 1;
        self.notes.save = SaveState::Saving;
        let of = |(before, after): &(Option<Annotation>, Option<Annotation>)| {
            let gone = before.as_ref().filter(|before| after.as_ref().is_none_or(|after| after.id != before.id));
            let gone = gone.map(|before| (before.id.clone(), None));
            gone.into_iter().chain(after.as_ref().map(|after| (after.id.clone(), Some(after.clone()))))
        };
        self.effect(Effect::Save {
            generation: self.notes.generation,
            merges_seen: self.notes.merges_seen,
            annotations: change.annotations.iter().flat_map(of).collect(),
            corrections: change.corrections.as_ref().map(|(_, after)| after.clone()),
        });
    }

    pub(super) fn saved(&mut self, generation: u64, merged: Option<Merged>, remark: Option<String>) {
        let is_latest = generation == self.notes.generation;
        if is_latest {
            let before = std::mem::replace(&mut self.notes.save, SaveState::Saved);
            if matches!(before, SaveState::Failed(_)) || (self.message.is_none() && self.over.is_none()) {
                self.tell("Saved.");
            }
        }
        // Where the reader has changed something since, the next save brings both together once more.
        if let Some(merged) = merged.filter(|_| is_latest) {
            self.notes.merges_seen = merged.number;
            self.take_in(merged.annotations, merged.corrections);
            self.refresh_panel();
        }
        if let Some(remark) = remark {
            self.tell(remark);
        }
    }

    /// Takes the reader's own annotations as they are on the disk.
    fn take_in(&mut self, annotations: Vec<Annotation>, corrections: Vec<Correction>) {
        self.take_in_layer(self.notes.annotator.clone(), annotations);
        if corrections != self.notes.corrections {
            self.notes.corrections = corrections;
            self.mend();
        }
        self.notes.arrange(&self.document.interview);
        self.refresh_topics();
    }

    /// Another annotator's layer is another on the disk; `None` is the notebook's personal file.
    pub(super) fn take_in_others(&mut self, annotator: Option<String>, annotations: Vec<Annotation>) {
        if annotator == self.notes.annotator {
            return;
        }
        self.take_in_layer(annotator, annotations);
        self.notes.arrange(&self.document.interview);
        self.refresh_topics();
        self.refresh_panel();
    }

    /// Puts annotations in the place of all that a layer had. Those whose anchor is the same keep their place, so that
    /// only what has changed is looked for in the text.
    fn take_in_layer(&mut self, annotator: Option<String>, annotations: Vec<Annotation>) {
        let all = std::mem::take(&mut self.notes.all);
        let (old, rest): (Vec<PlacedNote>, Vec<PlacedNote>) =
            all.into_iter().partition(|note| note.annotator == annotator);
        let mut old: HashMap<AnnotationId, PlacedNote> =
            old.into_iter().map(|note| (note.annotation.id.clone(), note)).collect();
        self.notes.all = rest;
        let mut moved = Vec::new();
        for annotation in annotations {
            match old.remove(&annotation.id) {
                Some(note) if note.annotation.anchor == annotation.anchor => {
                    self.notes.all.push(PlacedNote { annotation, ..note });
                }
                _ => moved.push(annotation),
            }
        }
        self.notes.all.extend(library::place(&self.document.interview, &moved, annotator.as_deref()));
    }

    /// The whole document has come, after its beginning was shown: what is on the screen stays where it is.
    pub fn take_in_rest(&mut self, document: super::Document) {
        let top = self.reading.top.paragraph;
        let words = self.interview().paragraph(top).to_owned();
        let before = std::mem::replace(&mut self.document, document);
        // A paragraph that the whole document counts otherwise is found again by its words.
        let shift = |at: u32| (at.abs_diff(top.0), at);
        let same = self.interview().paragraphs().take(before.interview.paragraph_count() as usize + FAR);
        let same = same.filter(|&at| self.interview().paragraph(at) == words).min_by_key(|at| shift(at.0));
        if let Some(same) = same {
            self.shift_reading(i64::from(same.0) - i64::from(top.0));
        }
        self.wraps.clear();
        self.arrange();
    }

    /// The notes have come, after the first page was shown.
    pub fn take_in_notes(&mut self, document: super::Document, notes: Notes) {
        self.document = document;
        let hidden = std::mem::take(&mut self.notes.hidden);
        self.notes = Notes { hidden, ..notes };
        self.notes.arrange(&self.document.interview);
        self.wraps.clear();
        self.arrange();
        if self.document.report.proposal && self.notes.corrections.is_empty() {
            self.tell("Who speaks is worked out, as a proposal (~). Who asks the questions? zr swaps, S names.");
        }
    }

    pub(super) fn save_failed(&mut self, why: String) {
        self.complain(format!("Not saved, kept in memory: {why}"));
        self.notes.save = SaveState::Failed(why);
    }

    /// Applies the corrections anew, on another thread where that takes longer than a frame.
    fn mend(&mut self) {
        if self.document.base.text().len() > AT_ONCE {
            let corrections = Arc::new(self.notes.corrections.clone());
            return self.effect(Effect::Correct(Box::new(self.document.base.clone()), corrections));
        }
        let mended = crate::import::correct(&self.document.base, &self.notes.corrections);
        self.take_in_corrected(mended);
    }

    /// The document as `corrections` make it has come from another thread; what has been corrected since then is on
    /// its way.
    pub(super) fn corrected(&mut self, interview: Interview, corrections: &[Correction]) {
        if corrections == self.notes.corrections {
            self.take_in_corrected(interview);
        }
    }

    /// Shows the document with its corrections, and finds all annotations in it.
    fn take_in_corrected(&mut self, interview: Interview) {
        self.document.interview = interview;
        self.wraps.clear();
        for note in &mut self.notes.all {
            note.resolution = match &note.resolution {
                // Corrections move no words: what has its place keeps it.
                placed @ (Resolution::Anchored(_) | Resolution::Moved { .. }) => placed.clone(),
                Resolution::Orphan => anchor::resolve(&self.document.interview, &note.annotation.anchor),
            };
        }
        self.outline_anew();
        self.arrange();
    }
}

impl Change {
    fn reversed(self) -> Self {
        Self {
            annotations: self.annotations.into_iter().rev().map(|(before, after)| (after, before)).collect(),
            corrections: self.corrections.map(|(before, after)| (after, before)),
            ..self
        }
    }
}

fn as_list(annotation: Option<&Annotation>) -> &[Annotation] {
    annotation.map_or(&[], std::slice::from_ref)
}
