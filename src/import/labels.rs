//! Labels to speakers: labels that drift are brought together.

use std::collections::HashMap;

use super::Options;
use super::draft::{Draft, Speech};
use crate::model::Role;

/// The speakers of a draft.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// Speakers in the order of their first words.
    pub people: Vec<Person>,
    /// The speaker of each label of the draft.
    pub of_label: Vec<usize>,
    /// Labels that were brought together: as written, as shown.
    pub merged: Vec<(String, String)>,
}

/// A speaker before the roles are worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// The name to show.
    pub name: String,
    /// The role, where the document or the reader gives it.
    pub role: Option<Role>,
}

/// The people behind the labels of a draft.
pub(super) fn cast(draft: &Draft, options: &Options) -> Cast {
    let mut cast = Cast::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    let declared: HashMap<&str, _> = draft.declared.iter().map(|one| (one.label.as_str(), one)).collect();
    let mut used = vec![false; draft.labels.len()];
    for block in &draft.blocks {
        if let Speech::Labelled(label) = block.speech
            && let Some(used) = used.get_mut(label as usize)
        {
            *used = true;
        }
    }
    for (label, used) in draft.labels.iter().zip(used) {
        let said = declared.get(label.as_str());
        let mut name = said.map_or(label.as_str(), |one| one.name.as_str());
        if let Some((_, new)) = options.speakers.iter().find(|(old, _)| old == name || old == label) {
            name = new;
        }
        if !used {
            cast.of_label.push(usize::MAX);
            continue;
        }
        let index = *known.entry(name.to_owned()).or_insert_with(|| {
            cast.people.push(Person { name: name.to_owned(), role: said.and_then(|one| one.role) });
            cast.people.len() - 1
        });
        cast.of_label.push(index);
    }
    cast
}
