//! The text of a file with only the lines replaced that say something else now.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::block;
use super::super::layout::{self, Item, Section, value_on_key_line};
use super::super::schema::{self, KEYS};
use super::parts::{Block, Part, head, tail};
use super::{Document, LIST_OF_ANNOTATIONS, LIST_OF_CORRECTIONS, order};
use crate::model::{Annotation, AnnotationId, Correction, Spot};

/// How blocks looked before they were changed or deleted, so that an undo gives back the same bytes.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Memory {
    blocks: HashMap<AnnotationId, Vec<(Annotation, String)>>,
    removed: HashMap<AnnotationId, Removed>,
    /// Behind which block one stood whose anchor was there.
    moved: HashMap<(AnnotationId, (Spot, Spot)), Option<AnnotationId>>,
    corrections: Vec<(Correction, String)>,
    /// What stood for a section before it got its first item.
    key_lines: HashMap<&'static str, String>,
}

#[derive(Clone, Debug)]
struct Removed {
    after: Option<AnnotationId>,
    lead: String,
}

/// A file's text with something else said.
pub(super) struct Edited {
    pub(super) text: String,
    /// The blocks of annotations that did not stand in the file before.
    pub(super) fresh: String,
}

/// An item to write, with the comments above it.
struct Entry {
    id: Option<AnnotationId>,
    at: Option<(Spot, Spot)>,
    lead: String,
    block: String,
    /// Whether the block did not stand in the file before.
    is_fresh: bool,
}

impl Document {
    pub(super) fn edited(
        &self,
        annotations: &[Annotation],
        corrections: &[Correction],
        memory: &mut Memory,
    ) -> Option<Edited> {
        let parts = self.parts.as_ref()?;
        let mut edits = Vec::new();
        let (entries, tail) = self.entries(parts.annotations.as_ref(), annotations, memory);
        let fresh = entries.iter().filter(|entry| entry.is_fresh).map(|entry| entry.block.as_str()).collect();
        edits.extend(self.list(LIST_OF_ANNOTATIONS, parts.annotations.as_ref(), entries, &tail, memory));
        if corrections != self.corrections || self.has_git_conflict {
            let (entries, tail) = self.corrected(parts.corrections.as_ref(), corrections, memory);
            edits.extend(self.list(LIST_OF_CORRECTIONS, parts.corrections.as_ref(), entries, &tail, memory));
        }
        edits.sort_by_key(|(range, _): &(Range<usize>, String)| (range.start, range.end));
        let mut text = String::with_capacity(self.text.len() + 1024);
        let mut done = 0;
        for (range, new) in edits {
            text.push_str(self.text.get(done..range.start)?);
            if !text.is_empty() && !text.ends_with('\n') {
                text.push_str(self.newline());
            }
            text.push_str(&new);
            done = range.end;
        }
        text.push_str(self.text.get(done..)?);
        Some(Edited { text, fresh })
    }

    /// The edit that makes a section hold `entries`.
    fn list<T>(
        &self,
        name: &'static str,
        part: Option<&Part<T>>,
        entries: Vec<Entry>,
        tail: &str,
        memory: &mut Memory,
    ) -> Option<(Range<usize>, String)> {
        let newline = self.newline();
        let body: String = entries.iter().flat_map(|entry| [entry.lead.as_str(), entry.block.as_str()]).collect();
        let bare_key = |rest: &str| format!("{name}:{rest}{newline}");
        let Some(part) = part else {
            if entries.is_empty() {
                return None;
            }
            memory.key_lines.insert(name, String::new());
            let before = self.parts.as_ref().and_then(|parts| parts.annotations.as_ref());
            let at = match before.filter(|_| name == LIST_OF_CORRECTIONS) {
                Some(annotations) => annotations.section.key_line.start,
                None => self.text.len(),
            };
            return Some((at..at, bare_key("") + &body));
        };
        let Section { key_line, body: range, .. } = &part.section;
        let head = head(&self.text, part);
        let mut key = self.text[key_line.clone()].to_owned();
        if entries.is_empty() {
            if head.trim().is_empty()
                && tail.trim().is_empty()
                && let Some(original) = memory.key_lines.get(name)
            {
                key.clone_from(original);
            }
        } else if !value_on_key_line(&key).is_empty() {
            memory.key_lines.insert(name, key.clone());
            key = bare_key(layout::trailing_comment(&key));
        }
        if !key.is_empty() && !key.ends_with('\n') {
            key.push_str(newline);
        }
        Some((key_line.start..range.end, [key.as_str(), head, &body, tail].concat()))
    }

    /// The annotations' entries in order, and what stands after the last.
    fn entries(&self, part: Option<&Part<Block>>, wanted: &[Annotation], memory: &mut Memory) -> (Vec<Entry>, String) {
        let by_id: HashMap<&AnnotationId, &Annotation> = wanted.iter().map(|one| (&one.id, one)).collect();
        let mut entries: Vec<Entry> = Vec::new();
        let mut present: HashSet<&AnnotationId> = HashSet::new();
        // Comments that stood above what has gone; they stand above the next item then.
        let mut lead = String::new();
        let mut previous: Option<AnnotationId> = None;
        let indent = part.map_or(0, |part| part.items.indent);
        let blocks = part.map(|part| part.items.items.iter().zip(&part.says)).into_iter().flatten();
        for (item, Block { annotation: old, lacks_id }) in blocks {
            let own_lead = &self.text[item.lead..item.start];
            let block = &self.text[item.start..item.end];
            lead.push_str(own_lead);
            let Some(&new) = by_id.get(&old.id) else {
                memory.keep(old, block);
                let removed = Removed { after: previous.replace(old.id.clone()), lead: own_lead.to_owned() };
                memory.removed.insert(old.id.clone(), removed);
                continue;
            };
            previous = Some(old.id.clone());
            present.insert(&old.id);
            let is_fresh = new != old || *lacks_id;
            let block = match is_fresh {
                false => block.to_owned(),
                true => {
                    memory.keep(old, block);
                    let edited = || self.edited_block(item, old, new, *lacks_id);
                    memory.block(new).filter(|_| !lacks_id).or_else(edited).unwrap_or_else(|| self.block(new, indent))
                }
            };
            let (id, at) = (Some(new.id.clone()), Some(order(new)));
            entries.push(Entry { id, at, lead: std::mem::take(&mut lead), block: self.ended(block), is_fresh });
        }
        let mut tail = lead + &tail(&self.text, part);
        let misplaced = misplaced(&entries, part);
        for (index, old_at) in misplaced.into_iter().rev() {
            let entry = entries.remove(index);
            let before = index.checked_sub(1).and_then(|before| entries.get(before)?.id.clone());
            let Some(id) = entry.id.clone() else { continue };
            memory.moved.insert((id.clone(), old_at), before);
            let remembered = entry.at.and_then(|at| memory.moved.get(&(id, at)));
            match remembered.and_then(|after| index_after(&entries, after.as_ref())) {
                Some(index) => entries.insert(index, entry),
                None => insert(&mut entries, entry),
            }
        }
        let mut added: Vec<&Annotation> = wanted.iter().filter(|one| !present.contains(&one.id)).collect();
        added.sort_by(|a, b| (order(a), a.created, &a.id).cmp(&(order(b), b.created, &b.id)));
        for new in added {
            let block = memory.block(new).unwrap_or_else(|| self.block(new, indent));
            let entry = Entry {
                id: Some(new.id.clone()),
                at: Some(order(new)),
                lead: String::new(),
                block: self.ended(block),
                is_fresh: true,
            };
            match memory.removed.remove(&new.id) {
                Some(removed) => put_back(&mut entries, entry, &removed, &mut tail),
                None => insert(&mut entries, entry),
            }
        }
        (entries, tail)
    }

    /// The corrections' entries, and what stands after the last: those that stay keep their bytes.
    fn corrected(
        &self,
        part: Option<&Part<Option<Correction>>>,
        wanted: &[Correction],
        memory: &mut Memory,
    ) -> (Vec<Entry>, String) {
        let indent = " ".repeat(part.map_or(0, |part| part.items.indent));
        let mut old: Vec<(&Correction, Entry)> = Vec::new();
        // Comments, corrections of a kind that is not known here, and comments above what has gone.
        let mut lead = String::new();
        let items = part.map(|part| part.items.items.iter().zip(&part.says)).into_iter().flatten();
        for (item, says) in items {
            lead.push_str(&self.text[item.lead..item.start]);
            let block = self.ended(self.text[item.start..item.end].to_owned());
            match says {
                None => lead.push_str(&block),
                Some(correction) if wanted.contains(correction) => {
                    let entry = Entry { id: None, at: None, lead: std::mem::take(&mut lead), block, is_fresh: false };
                    old.push((correction, entry));
                }
                Some(correction) => memory.corrections.push((correction.clone(), block)),
            }
        }
        let tail = lead + &tail(&self.text, part);
        let mut entries = Vec::new();
        for correction in wanted {
            if let Some(at) = old.iter().position(|(says, _)| *says == correction) {
                entries.push(old.remove(at).1);
                continue;
            }
            let remembered = memory.corrections.iter().rfind(|(other, _)| other == correction);
            let block = match remembered {
                Some((_, block)) => block.clone(),
                None => format!("{indent}- {}{}", schema::correction(correction), self.newline()),
            };
            entries.push(Entry { id: None, at: None, lead: String::new(), block, is_fresh: true });
        }
        (entries, tail)
    }

    /// The block of an annotation with only the keys rewritten that differ between `old` and `new`; `None` where it
    /// is in a style that is not expected.
    fn edited_block(&self, item: &Item, old: &Annotation, new: &Annotation, lacks_id: bool) -> Option<String> {
        let key = |name: &'static str| {
            let value = schema::value_of(new, name);
            let is_same = value == schema::value_of(old, name) && !(name == "id" && lacks_id);
            // A key that was left out is written where its default would change with the rest.
            block::Key { name, value, is_same, may_come: new != old || name == "id" }
        };
        block::edited(&self.text, item, KEYS.into_iter().map(key).collect(), self.newline())
    }

    pub(super) fn ended(&self, mut block: String) -> String {
        if !block.is_empty() && !block.ends_with('\n') {
            block.push_str(self.newline());
        }
        block
    }
}

impl Memory {
    fn keep(&mut self, annotation: &Annotation, block: &str) {
        const MOST: usize = 64;
        let versions = self.blocks.entry(annotation.id.clone()).or_default();
        versions.retain(|(other, _)| other != annotation);
        if versions.len() >= MOST {
            versions.remove(0);
        }
        versions.push((annotation.clone(), block.to_owned()));
    }

    fn block(&self, annotation: &Annotation) -> Option<String> {
        let versions = self.blocks.get(&annotation.id)?;
        versions.iter().rfind(|(other, _)| other == annotation).map(|(_, block)| block.clone())
    }
}

/// Puts an entry before the first that stands later in the text.
fn insert(entries: &mut Vec<Entry>, entry: Entry) {
    let at = entries.iter().position(|other| other.at > entry.at).unwrap_or(entries.len());
    entries.insert(at, entry);
}

/// Puts an entry where it stood before it was removed.
fn put_back(entries: &mut Vec<Entry>, mut entry: Entry, removed: &Removed, tail: &mut String) {
    let Some(index) = index_after(entries, removed.after.as_ref()) else { return insert(entries, entry) };
    let next = match entries.get_mut(index) {
        Some(next) => &mut next.lead,
        None => tail,
    };
    if let Some(rest) = next.strip_prefix(removed.lead.as_str()) {
        *next = rest.to_owned();
        entry.lead.clone_from(&removed.lead);
    }
    entries.insert(index, entry);
}

/// The place behind the entry of that id, or before all; `None` where there is no such entry.
fn index_after(entries: &[Entry], id: Option<&AnnotationId>) -> Option<usize> {
    match id {
        None => Some(0),
        Some(id) => entries.iter().position(|other| other.id.as_ref() == Some(id)).map(|index| index + 1),
    }
}

/// Entries whose anchor has moved out of the order that the file had, and where it was.
fn misplaced(entries: &[Entry], part: Option<&Part<Block>>) -> Vec<(usize, (Spot, Spot))> {
    let old: HashMap<&AnnotationId, (Spot, Spot)> =
        part.iter().flat_map(|part| &part.says).map(|block| (&block.annotation.id, order(&block.annotation))).collect();
    let out_of_order = |index: usize| {
        let this = &entries[index];
        let old_at = *old.get(this.id.as_ref()?)?;
        let previous = index.checked_sub(1).and_then(|previous| entries.get(previous));
        let is_early = previous.is_some_and(|previous| previous.at > this.at);
        let is_late = entries.get(index + 1).is_some_and(|next| next.at < this.at);
        (Some(old_at) != this.at && (is_early || is_late)).then_some((index, old_at))
    };
    (0..entries.len()).filter_map(out_of_order).collect()
}
