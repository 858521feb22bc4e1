//! A file of annotations as text: what it says, and its text again with something else said.
//!
//! Only the lines of what changed are replaced. The new text is read again before anybody may write it; where it
//! would not say exactly what it should, or the file is in a style that is not expected, the file is written anew.
mod edit;
mod parts;
mod write;

use std::collections::{HashMap, HashSet};

use self::parts::{Block, Parts};
use super::fault::Fault;
use super::git_conflict::{self, Side};
use super::schema::{self, ANNOTATIONS, RawAnnotation, RawFile};
use super::yaml_in::{self, Unknown};
use super::{Header, layout, merge};
use crate::model::{Annotation, AnnotationId, Correction, Spot};

pub(super) use self::edit::Memory;

const LIST_OF_ANNOTATIONS: &str = "annotations";
const LIST_OF_CORRECTIONS: &str = "corrections";

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
    /// The ids that annotations were given here, because the one that is written stands twice.
    pub(super) doubled: Vec<(AnnotationId, Fault)>,
    /// Whether git has left conflict markers in it.
    has_git_conflict: bool,
    parts: Option<Parts>,
    unknown: Vec<Unknown>,
    unknown_of: HashMap<AnnotationId, Vec<Unknown>>,
}

/// A file's text with something else said.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) bytes: Vec<u8>,
    /// Whether the file was written anew, or its other side settled, so that something may have been lost that is no
    /// annotation.
    pub(super) needs_backup: bool,
    /// What the bytes read back as.
    pub(super) document: Document,
}

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
            "git left a conflict here; both sides are read, {} of the annotations and {} of the corrections differ and \
             are to be settled",
            merged.conflicts.len(),
            corrections.conflicts.len()
        );
        document.warnings.push(Fault::at_byte(text, at, message));
        document.annotations = merged.annotations;
        document.corrections = corrections.corrections;
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
            return Ok(self.finished(self.clone(), false));
        }
        if !self.says_nothing()
            && let Some(edited) = self.edited(&wanted, corrections, memory)
            && let Ok(read) = Self::checked(&edited.text, &wanted, corrections, Some(&edited.fresh))
        {
            return Ok(self.finished(read, self.has_git_conflict));
        }
        let text = self.written_anew(&wanted, corrections, header);
        Ok(self.finished(Self::checked(&text, &wanted, corrections, None)?, !self.says_nothing()))
    }

    fn of_text(text: &str) -> Result<Self, Fault> {
        match quickly(text) {
            Some((raw, by_library)) => Self::of_raw(text, raw, &|index| by_library.contains(&index)),
            None => Self::of_text_by_library(text),
        }
    }

    fn of_text_by_library(text: &str) -> Result<Self, Fault> {
        if says_nothing(text) {
            let parts = layout::sections(text).map(|_| Parts::default());
            return Ok(Self { text: text.to_owned(), parts, ..Self::default() });
        }
        check_version(text)?;
        Self::of_raw(text, yaml_in::parse(text)?, &|_| true)
    }

    /// What `raw` says, read from `text`; `may_have_comments` tells of which annotations.
    fn of_raw(text: &str, raw: RawFile, may_have_comments: &dyn Fn(usize) -> bool) -> Result<Self, Fault> {
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
        document.parts = parts::parts(text, blocks, says);
        document.warn(&doubled, may_have_comments);
        Ok(document)
    }

    /// Tells what a person who wrote this file by hand would want to know.
    fn warn(&mut self, doubled: &[(usize, AnnotationId)], may_have_comments: &dyn Fn(usize) -> bool) {
        let part = self.parts.as_ref().and_then(|parts| parts.annotations.as_ref());
        let start_of = |index: usize| part.and_then(|part| part.items.items.get(index)).map_or(0, |item| item.start);
        for (index, id) in doubled {
            let message = format!("this id stands twice in the file; the second is taken for `{id}`");
            let fault = Fault::at_byte(&self.text, start_of(*index), message);
            self.warnings.push(fault.clone());
            self.doubled.push((id.clone(), fault));
        }
        let items = part.iter().flat_map(|part| &part.items.items).enumerate();
        for (_, item) in items.filter(|(index, _)| may_have_comments(*index)) {
            let Some((_, chunks)) = layout::chunks(&self.text, item.start..item.end) else { continue };
            for chunk in chunks.iter().filter(|chunk| matches!(chunk.key.as_deref(), Some("note" | "quote"))) {
                let Some(line) = layout::lines(&self.text, chunk.range.clone()).next() else { continue };
                let comment = layout::trailing_comment(&self.text[line.clone()]);
                let is_bare = !layout::value_on_key_line(&self.text[line.clone()]).starts_with(['|', '>', '"', '\'']);
                if !comment.is_empty() && is_bare {
                    let at = self.text[line.clone()].rfind(comment).map_or(line.start, |at| line.start + at + 1);
                    let message = "YAML takes what follows ` #` for a comment; where it belongs to the text, put the \
                                   text in quotation marks";
                    self.warnings.push(Fault::at_byte(&self.text, at, message));
                }
            }
        }
    }

    fn finished(&self, read: Self, needs_backup: bool) -> Applied {
        let mut bytes = if self.has_mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        bytes.extend_from_slice(read.text.as_bytes());
        Applied { bytes, needs_backup, document: Self { has_mark: self.has_mark, ..read } }
    }

    /// The document that `text` reads back as; an error where it does not say exactly that. `fresh` are the blocks that
    /// did not stand in the file before, where only these need to be read by the library again.
    fn checked(
        text: &str,
        annotations: &[Annotation],
        corrections: &[Correction],
        fresh: Option<&str>,
    ) -> Result<Self, Fault> {
        let read = match fresh.is_some_and(|fresh| reads_back(fresh, annotations)) {
            true => Self::of_text(text)?,
            false => Self::of_text_by_library(text)?,
        };
        if same_set(&read.annotations, annotations) && read.corrections == corrections {
            return Ok(read);
        }
        let message = "what would be written does not read as it should; nothing was written";
        Err(Fault::at(text, 1, 1, message))
    }

    fn newline(&self) -> &'static str {
        if self.text.find('\n').is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }

    /// Whether the file says nothing.
    fn says_nothing(&self) -> bool {
        says_nothing(&self.text)
    }
}

/// A file whose annotations stand in blocks, those in this program's own style read without the library; and the numbers
/// of the others. `None` where the whole file is to be read by the library.
fn quickly(text: &str) -> Option<(RawFile, HashSet<usize>)> {
    let mut lists = layout::sections(text)?.into_iter().filter(|section| section.name == LIST_OF_ANNOTATIONS);
    let section = lists.next().filter(|_| lists.next().is_none())?;
    if !layout::value_on_key_line(&text[section.key_line.clone()]).is_empty() {
        return None;
    }
    let items = layout::items(text, section.body.clone())?;
    let mut around = text[..section.key_line.end].to_owned();
    around.push_str(&text[section.body.end..]);
    check_version(&around).ok()?;
    let mut file: RawFile = yaml_in::parse(&around).ok()?;
    let mut others = format!("{LIST_OF_ANNOTATIONS}:\n");
    let mut by_library = HashSet::new();
    let mut read: Vec<Option<RawAnnotation>> = Vec::with_capacity(items.items.len());
    for (index, item) in items.items.iter().enumerate() {
        let block = &text[item.start..item.end];
        let annotation = schema::quick_annotation(block, items.indent);
        if annotation.is_none() {
            by_library.insert(index);
            others.push_str(block);
            if !block.ends_with('\n') {
                others.push('\n');
            }
        }
        read.push(annotation);
    }
    let others: RawFile = if by_library.is_empty() { RawFile::default() } else { yaml_in::parse(&others).ok()? };
    if others.annotations.len() != by_library.len() {
        return None;
    }
    let mut others = others.annotations.into_iter();
    file.annotations =
        read.into_iter().map(|annotation| annotation.or_else(|| others.next())).collect::<Option<_>>()?;
    Some((file, by_library))
}

/// Whether the library reads blocks as what they are to say.
fn reads_back(blocks: &str, wanted: &[Annotation]) -> bool {
    if blocks.is_empty() {
        return true;
    }
    let Ok(file) = yaml_in::parse::<RawFile>(&format!("{LIST_OF_ANNOTATIONS}:\n{blocks}")) else { return false };
    file.annotations.into_iter().all(|raw| {
        let Some(id) = raw.id().cloned() else { return false };
        let read = raw.into_model(id);
        wanted.contains(&read)
    })
}

/// Whether a file holds comments at most.
fn says_nothing(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
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
