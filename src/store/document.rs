//! A file of annotations as text: what it says, and its text again with something else said.
//!
//! Only the lines of what changed are replaced. The new text is read again before anybody may write it; where it
//! would not say exactly what it should, or the file is in a style that is not expected, the file is written anew.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::fault::Fault;
use super::git_conflict::{self, Side};
use super::layout::{self, Item, Items, Section};
use super::schema::{self, ANNOTATIONS, KEYS, RawFile};
use super::yaml_in::{self, Unknown};
use super::yaml_out::{self, Within};
use super::{Header, merge};
use crate::model::{Annotation, AnnotationId, Correction, Spot};

/// A file of annotations.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// Without a byte order mark. Of a file with conflict markers, our side.
    text: String,
    has_mark: bool,
    pub(super) header: Header,
    pub(super) annotations: Vec<Annotation>,
    pub(super) corrections: Vec<Correction>,
    /// What is odd about the file, though it can be understood.
    pub(super) warnings: Vec<Fault>,
    /// Whether git has left conflict markers in it.
    has_git_conflict: bool,
    parts: Option<Parts>,
    unknown: Vec<Unknown>,
    unknown_of: HashMap<AnnotationId, Vec<Unknown>>,
}

/// A file's text with something else said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Applied {
    pub(super) bytes: Vec<u8>,
    /// Whether the file was written anew, or its other side settled, so that something may have been lost that is no
    /// annotation.
    pub(super) needs_backup: bool,
}

/// How blocks looked before they were changed or deleted, so that an undo gives back the same bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
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

#[derive(Clone, Debug, Default)]
struct Parts {
    annotations: Option<Part<Block>>,
    corrections: Option<Part<Option<Correction>>>,
}

/// A section with a list, and what each item says.
#[derive(Clone, Debug)]
struct Part<T> {
    section: Section,
    items: Items,
    says: Vec<T>,
}

#[derive(Clone, Debug)]
struct Block {
    annotation: Annotation,
    /// Whether the id is not written in the block, or taken by another.
    lacks_id: bool,
}

/// An item to write, with the comments above it.
struct Entry {
    id: Option<AnnotationId>,
    at: Option<(Spot, Spot)>,
    lead: String,
    block: String,
}

const LIST_OF_ANNOTATIONS: &str = "annotations";
const LIST_OF_CORRECTIONS: &str = "corrections";

impl Document {
    /// Reads a file.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let text = yaml_in::decode(bytes)?;
        let has_mark = text.len() < bytes.len();
        let Some(sides) = git_conflict::sides(text) else {
            return Ok(Self { has_mark, ..Self::of_text(text)? });
        };
        let side = |side: &Side| {
            Self::of_text(&side.text).map_err(|fault| {
                let line = side.lines.get(fault.line.saturating_sub(1)).copied().unwrap_or(fault.line);
                Fault { line, message: format!("between git's conflict markers: {}", fault.message), ..fault }
            })
        };
        let (ours, theirs) = (side(&sides.ours)?, side(&sides.theirs)?);
        let base = sides.base.as_ref().map(side).transpose()?.unwrap_or_default();
        let merged = merge::annotations(&base.annotations, &ours.annotations, &theirs.annotations);
        let corrections = merge::corrections(&base.corrections, &ours.corrections, &theirs.corrections);
        let mut document = Self { has_mark, has_git_conflict: true, ..ours };
        for (id, unknown) in theirs.unknown_of {
            document.unknown_of.entry(id).or_insert(unknown);
        }
        let at = text.find("<<<<<<<").unwrap_or(0);
        let message = format!(
            "git left a conflict here; both sides are read, {} of the annotations differ and are to be settled",
            merged.conflicts.len()
        );
        document.warnings.push(Fault::at_byte(text, at, message));
        document.annotations = merged.annotations;
        document.corrections = corrections;
        Ok(document)
    }

    /// The bytes with these annotations and corrections instead.
    pub(super) fn apply(
        &self,
        annotations: &[Annotation],
        corrections: &[Correction],
        header: &Header,
        memory: &mut Memory,
    ) -> Result<Applied, Fault> {
        let wanted: Vec<Annotation> = annotations.iter().map(normal).collect();
        let is_unchanged = same_set(&wanted, &self.annotations) && corrections == self.corrections;
        if is_unchanged
            && !self.has_git_conflict
            && (!self.text.is_empty() || wanted.is_empty() && corrections.is_empty())
        {
            return Ok(self.finished(self.text.clone(), false));
        }
        if self.holds_comments_only() {
            let text = self.written_anew(&wanted, corrections, header);
            return self.checked(&text, &wanted, corrections).map(|()| self.finished(text, false));
        }
        if let Some(text) = self.edited(&wanted, corrections, memory)
            && self.checked(&text, &wanted, corrections).is_ok()
        {
            return Ok(self.finished(text, self.has_git_conflict));
        }
        let text = self.written_anew(&wanted, corrections, header);
        self.checked(&text, &wanted, corrections).map(|()| self.finished(text, true))
    }

    fn of_text(text: &str) -> Result<Self, Fault> {
        let is_blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if is_blank {
            let parts = layout::sections(text).map(|_| Parts::default());
            return Ok(Self { text: text.to_owned(), parts, ..Self::default() });
        }
        check_version(text)?;
        let raw: RawFile = yaml_in::parse(text)?;
        match raw.version.as_deref() {
            Some(ANNOTATIONS) => {}
            Some(other) => return Err(other_version(text, other)),
            None if text.contains(LIST_OF_ANNOTATIONS) => {}
            None => {
                let message =
                    format!("this is no file of annotations: it should begin with `interleaf: {ANNOTATIONS}`");
                return Err(Fault::at(text, 1, 1, message));
            }
        }
        let mut document = Self {
            text: text.to_owned(),
            header: Header {
                interview: raw.interview.unwrap_or_default(),
                title: raw.title.unwrap_or_default(),
                annotator: raw.annotator,
            },
            unknown: raw.unknown,
            ..Self::default()
        };
        let says: Vec<Option<Correction>> = raw.corrections.iter().map(|raw| raw.to_model()).collect();
        document.corrections = says.iter().flatten().cloned().collect();
        let mut blocks = Vec::with_capacity(raw.annotations.len());
        let mut seen: HashSet<AnnotationId> = HashSet::new();
        let mut doubled = Vec::new();
        for (index, mut raw) in raw.annotations.into_iter().enumerate() {
            let written = raw.id().cloned();
            let unknown = std::mem::take(&mut raw.unknown);
            let placeholder = AnnotationId::from(ulid::Ulid::nil());
            let mut annotation = raw.into_model(written.clone().unwrap_or(placeholder));
            if written.is_none() {
                annotation.id = id_from_content(&annotation);
            }
            annotation.id = free_id(annotation.id, &seen);
            if written.as_ref().is_some_and(|written| *written != annotation.id) {
                doubled.push((index, annotation.id.clone()));
            }
            seen.insert(annotation.id.clone());
            if !unknown.is_empty() {
                document.unknown_of.insert(annotation.id.clone(), unknown);
            }
            blocks.push(Block { lacks_id: written.as_ref() != Some(&annotation.id), annotation });
        }
        document.annotations = blocks.iter().map(|block| block.annotation.clone()).collect();
        document.parts = parts(text, blocks, says);
        document.warn(&doubled);
        Ok(document)
    }

    /// Tells what a person who wrote this file by hand would want to know.
    fn warn(&mut self, doubled: &[(usize, AnnotationId)]) {
        let part = self.parts.as_ref().and_then(|parts| parts.annotations.as_ref());
        let start_of = |index: usize| part.and_then(|part| part.items.items.get(index)).map_or(0, |item| item.start);
        for (index, id) in doubled {
            let message = format!("this id stands twice in the file; the second is taken for `{id}`");
            self.warnings.push(Fault::at_byte(&self.text, start_of(*index), message));
        }
        for item in part.iter().flat_map(|part| &part.items.items) {
            let Some((_, chunks)) = layout::chunks(&self.text, item.start..item.end) else { continue };
            for chunk in chunks.iter().filter(|chunk| matches!(chunk.key.as_deref(), Some("note" | "quote"))) {
                let Some(line) = layout::lines(&self.text, chunk.range.clone()).next() else { continue };
                let comment = layout::trailing_comment(&self.text[line.clone()]);
                let is_bare = !value_on_key_line(&self.text[line.clone()]).starts_with(['|', '>', '"', '\'']);
                if !comment.is_empty() && is_bare {
                    let at = self.text[line.clone()].rfind(comment).map_or(line.start, |at| line.start + at + 1);
                    let message = "YAML takes what follows ` #` for a comment; where it belongs to the text, put the \
                                   text in quotation marks";
                    self.warnings.push(Fault::at_byte(&self.text, at, message));
                }
            }
        }
    }

    fn finished(&self, text: String, needs_backup: bool) -> Applied {
        let mut bytes = if self.has_mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        bytes.extend_from_slice(text.as_bytes());
        Applied { bytes, needs_backup }
    }

    /// Whether `text` says exactly that.
    fn checked(&self, text: &str, annotations: &[Annotation], corrections: &[Correction]) -> Result<(), Fault> {
        let read = Self::of_text(text)?;
        if same_set(&read.annotations, annotations) && read.corrections == corrections {
            return Ok(());
        }
        let message = "what would be written does not read as it should; nothing was written";
        Err(Fault::at(text, 1, 1, message))
    }

    fn newline(&self) -> &'static str {
        if self.text.find('\n').is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }

    fn edited(&self, annotations: &[Annotation], corrections: &[Correction], memory: &mut Memory) -> Option<String> {
        let parts = self.parts.as_ref()?;
        let mut edits = Vec::new();
        let (entries, tail) = self.entries(parts.annotations.as_ref(), annotations, memory);
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
        Some(text)
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
            let block = match new == old && !lacks_id {
                true => block.to_owned(),
                false => {
                    memory.keep(old, block);
                    let edited = || self.edited_block(item, old, new, *lacks_id);
                    memory.block(new).filter(|_| !lacks_id).or_else(edited).unwrap_or_else(|| self.block(new, indent))
                }
            };
            let (id, at) = (Some(new.id.clone()), Some(order(new)));
            entries.push(Entry { id, at, lead: std::mem::take(&mut lead), block: self.ended(block) });
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
            let entry =
                Entry { id: Some(new.id.clone()), at: Some(order(new)), lead: String::new(), block: self.ended(block) };
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
                    let entry = Entry { id: None, at: None, lead: std::mem::take(&mut lead), block };
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
            entries.push(Entry { id: None, at: None, lead: String::new(), block });
        }
        (entries, tail)
    }

    /// The block of an annotation with only the keys rewritten that differ between `old` and `new`; `None` where it
    /// is in a style that is not expected.
    fn edited_block(&self, item: &Item, old: &Annotation, new: &Annotation, lacks_id: bool) -> Option<String> {
        let text = &self.text;
        let block = text[item.start..item.end].trim_end_matches(['\n', '\r', ' ']);
        let newline = self.newline();
        let end = item.start + block.len();
        let blank_end = &text[end..item.end];
        let (column, chunks) = layout::chunks(text, item.start..end)?;
        let prefix = text.get(item.start..item.start + column)?;
        let indent = " ".repeat(column);
        // Each key with its lines, those of the first key without the dash before it.
        let mut pieces: Vec<(Option<&str>, String)> = Vec::new();
        for chunk in &chunks {
            let from = if pieces.is_empty() { chunk.range.start + column } else { chunk.range.start };
            let lines = text[from..chunk.range.end].trim_start_matches(' ').to_owned();
            pieces.push((chunk.key.as_deref(), lines));
        }
        for (index, key) in KEYS.into_iter().enumerate() {
            let value = schema::value_of(new, key);
            let found = pieces.iter().position(|(other, _)| *other == Some(key));
            let is_same = value == schema::value_of(old, key) && !(key == "id" && lacks_id);
            match (found, value) {
                (Some(_), _) if is_same => {}
                (Some(at), Some(value)) => {
                    let (first, rest) = pieces[at].1.split_once('\n').unwrap_or((&pieces[at].1, ""));
                    let comment = layout::trailing_comment(first).to_owned();
                    let kept = kept_comments(first, rest);
                    let rendered = value.render(column + 2, newline);
                    let (head, below) = rendered.split_once(newline).unwrap_or((&rendered, ""));
                    let mut lines = format!("{key}:{head}{comment}");
                    if !below.is_empty() {
                        lines.push_str(newline);
                        lines.push_str(below);
                    }
                    lines.push_str(newline);
                    pieces[at].1 = lines + &kept;
                }
                (Some(at), None) => {
                    let (first, rest) = pieces[at].1.split_once('\n').unwrap_or((&pieces[at].1, ""));
                    let comment = layout::trailing_comment(first).trim_start();
                    let mut kept = kept_comments(first, rest);
                    if !comment.is_empty() {
                        kept.insert_str(0, &format!("{comment}{newline}"));
                    }
                    match kept.is_empty() || at == 0 {
                        true => drop(pieces.remove(at)),
                        false => pieces[at] = (None, kept),
                    }
                }
                // A key that was left out is written where its default would change with the rest.
                (None, Some(value)) if new != old || key == "id" => {
                    let before = |other: &str| KEYS[..index].contains(&other);
                    let after = pieces.iter().rposition(|(other, _)| other.is_some_and(before)).map_or(0, |at| at + 1);
                    pieces.insert(after, (Some(key), format!("{key}:{}{newline}", value.render(column + 2, newline))));
                }
                (None, _) => {}
            }
        }
        pieces.first()?.0?;
        let mut out = prefix.to_owned();
        for (index, (_, lines)) in pieces.iter().enumerate() {
            if index > 0 {
                out.push_str(&indent);
            }
            out.push_str(lines);
            if !lines.ends_with('\n') {
                out.push_str(newline);
            }
        }
        // The line feed of the block's last line is in `blank_end` too.
        out.push_str(blank_end.split_once('\n').map_or("", |(_, rest)| rest));
        Some(out)
    }

    /// A new block.
    fn block(&self, annotation: &Annotation, indent: usize) -> String {
        let newline = self.newline();
        let mut out = String::new();
        let mut line = |text: String| {
            let dash = if out.is_empty() { "- " } else { "  " };
            out.push_str(&format!("{}{dash}{text}{newline}", " ".repeat(indent)));
        };
        for key in KEYS {
            if let Some(value) = schema::value_of(annotation, key) {
                line(format!("{key}:{}", value.render(indent + 4, newline)));
            }
        }
        for (key, value) in self.unknown_of.get(&annotation.id).into_iter().flatten() {
            line(format!("{}: {}", yaml_out::scalar(key, Within::Block), yaml_out::flow(value)));
        }
        out
    }

    /// The whole file, written as if it were new.
    fn written_anew(&self, annotations: &[Annotation], corrections: &[Correction], header: &Header) -> String {
        let newline = self.newline();
        let known = if self.header == Header::default() { header } else { &self.header };
        // A file that holds nothing but comments keeps them at its head.
        let mut out = if self.holds_comments_only() { self.ended(self.text.clone()) } else { String::new() };
        let mut line = |text: &str| {
            out.push_str(text);
            out.push_str(newline);
        };
        let scalar = |text: &str| yaml_out::scalar(text, Within::Block);
        line(&format!("interleaf: {ANNOTATIONS}"));
        for (key, text) in [
            ("interview", Some(&known.interview)),
            ("title", Some(&known.title)),
            ("annotator", known.annotator.as_ref()),
        ] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                line(&format!("{key}: {}", scalar(text)));
            }
        }
        for (key, value) in &self.unknown {
            line(&format!("{}: {}", scalar(key), yaml_out::flow(value)));
        }
        if !corrections.is_empty() {
            line("corrections:");
            corrections.iter().for_each(|correction| line(&format!("- {}", schema::correction(correction))));
        }
        line("annotations:");
        let mut sorted: Vec<&Annotation> = annotations.iter().collect();
        sorted.sort_by(|a, b| (order(a), a.created, &a.id).cmp(&(order(b), b.created, &b.id)));
        sorted.into_iter().for_each(|annotation| out.push_str(&self.block(annotation, 0)));
        out
    }

    /// Whether the file says nothing.
    fn holds_comments_only(&self) -> bool {
        self.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    }

    fn ended(&self, mut block: String) -> String {
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

/// What an annotation reads back as.
fn normal(annotation: &Annotation) -> Annotation {
    let mut normal = annotation.clone();
    if normal.status.is_none() && normal.kind.has_status() {
        normal.status = Some(crate::model::Status::Open);
    }
    if normal.created == jiff::Timestamp::UNIX_EPOCH {
        normal.created = normal.updated;
    }
    if let Some(conflict) = &mut normal.conflict {
        conflict.theirs = conflict.theirs.as_ref().map(self::normal);
    }
    normal
}

fn same_set(a: &[Annotation], b: &[Annotation]) -> bool {
    if a == b {
        return true;
    }
    let b_by_id: HashMap<&AnnotationId, &Annotation> = b.iter().map(|one| (&one.id, one)).collect();
    a.len() == b.len() && a.iter().all(|one| b_by_id.get(&one.id) == Some(&one))
}

/// Where an annotation stands in the order of the text.
fn order(annotation: &Annotation) -> (Spot, Spot) {
    (annotation.anchor.start, annotation.anchor.end)
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

/// What stands before the first item and its comments; without an item, the blank lines.
fn head<'a, T>(text: &'a str, part: &Part<T>) -> &'a str {
    let body = &text[part.section.body.clone()];
    match part.items.items.first() {
        Some(first) => &text[part.section.body.start..first.lead],
        None => {
            let blank = body.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
            &body[..blank]
        }
    }
}

/// What stands after the last item.
fn tail<T>(text: &str, part: Option<&Part<T>>) -> String {
    let Some(part) = part else { return String::new() };
    let from = match part.items.items.last() {
        Some(last) => last.end,
        None => part.section.body.start + head(text, part).len(),
    };
    text[from..part.section.body.end].to_owned()
}

/// The comments in a value that is to be replaced; what looks like one in a text is none.
fn kept_comments(first: &str, rest: &str) -> String {
    let value = value_on_key_line(first);
    let is_collection = value.is_empty() || value.starts_with(['[', '{']);
    let comments = rest.split_inclusive('\n').filter(|line| is_collection && line.trim_start().starts_with('#'));
    comments.collect()
}

/// What stands after `key:` on its line, without a comment.
fn value_on_key_line(line: &str) -> &str {
    let line = line.trim_end_matches(['\r', '\n']);
    let comment = layout::trailing_comment(line);
    line[..line.len() - comment.len()].split_once(':').map_or("", |(_, value)| value.trim())
}

fn parts(text: &str, blocks: Vec<Block>, corrections: Vec<Option<Correction>>) -> Option<Parts> {
    let sections = layout::sections(text)?;
    let find = |name: &str| sections.iter().find(|section| section.name == name).cloned();
    Some(Parts {
        annotations: match find(LIST_OF_ANNOTATIONS) {
            Some(section) => Some(part(text, section, blocks)?),
            None => None,
        },
        corrections: match find(LIST_OF_CORRECTIONS) {
            Some(section) => Some(part(text, section, corrections)?),
            None => None,
        },
    })
}

fn part<T>(text: &str, section: Section, says: Vec<T>) -> Option<Part<T>> {
    let items = match value_on_key_line(&text[section.key_line.clone()]) {
        "" => layout::items(text, section.body.clone())?,
        "[]" | "~" | "null" => Items::default(),
        _ => return None,
    };
    (items.items.len() == says.len()).then_some(Part { section, items, says })
}

/// Refuses what a newer version wrote, before its unknown shape is taken for a mistake.
fn check_version(text: &str) -> Result<(), Fault> {
    let line = text.lines().find_map(|line| line.strip_prefix("interleaf:"));
    let version = line.map(|line| line.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']));
    match version {
        None | Some("" | ANNOTATIONS) => Ok(()),
        Some(other) => Err(other_version(text, other)),
    }
}

fn other_version(text: &str, version: &str) -> Fault {
    let line = text.lines().position(|line| line.starts_with("interleaf:")).map_or(1, |index| index + 1);
    let message = match version.strip_prefix("annotations/") {
        Some(_) => format!(
            "this file is `{version}`, and this program reads `{ANNOTATIONS}`; it is not changed. Install a newer interleaf"
        ),
        None => format!("this is a file of another kind (`{version}`); a file of annotations says `{ANNOTATIONS}`"),
    };
    Fault::at(text, line, 1, message)
}

/// An id for an annotation that was written by hand without one: the same whenever the same words are read.
fn id_from_content(annotation: &Annotation) -> AnnotationId {
    let anchor = &annotation.anchor;
    let content = format!("{:?}\0{}\0{}", anchor, annotation.note, annotation.created);
    let hash = super::hash(content.as_bytes());
    AnnotationId::from(ulid::Ulid::from(u128::from(hash)))
}

/// `id`, or with a number behind it where it is taken.
fn free_id(id: AnnotationId, taken: &HashSet<AnnotationId>) -> AnnotationId {
    if !taken.contains(&id) {
        return id;
    }
    let numbered = (2..).filter_map(|number: u32| AnnotationId::new(&format!("{id}-{number}")));
    numbered.into_iter().find(|id| !taken.contains(id)).unwrap_or(id)
}
