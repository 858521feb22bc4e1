//! Which lines of a file say what.

use super::super::layout::{self, Items, Section, value_on_key_line};
use super::{LIST_OF_ANNOTATIONS, LIST_OF_CORRECTIONS};
use crate::model::{Annotation, Correction};

#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) annotations: Option<Part<Block>>,
    pub(super) corrections: Option<Part<Option<Correction>>>,
}

/// A section with a list, and what each item says.
#[derive(Clone, Debug)]
pub(super) struct Part<T> {
    pub(super) section: Section,
    pub(super) items: Items,
    pub(super) says: Vec<T>,
}

#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) annotation: Annotation,
    /// Whether the id is not written in the block, or taken by another.
    pub(super) lacks_id: bool,
}

pub(super) fn parts(text: &str, blocks: Vec<Block>, corrections: Vec<Option<Correction>>) -> Option<Parts> {
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

/// What stands before the first item and its comments; without an item, the blank lines.
pub(super) fn head<'a, T>(text: &'a str, part: &Part<T>) -> &'a str {
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
pub(super) fn tail<T>(text: &str, part: Option<&Part<T>>) -> String {
    let Some(part) = part else { return String::new() };
    let from = match part.items.items.last() {
        Some(last) => last.end,
        None => part.section.body.start + head(text, part).len(),
    };
    text[from..part.section.body.end].to_owned()
}
