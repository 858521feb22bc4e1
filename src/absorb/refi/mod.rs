//! REFI-QDA projects (`.qdpx`): selections and their codings as annotations, codes as tags, memos as notes, users as
//! annotators.

mod archive;
mod measure;
mod project;

use std::collections::HashMap;
use std::sync::Arc;

use super::{AbsorbError, Absorbed, Copy, Foreign};
use archive::Archive;
use measure::{Measure, is_quote};
use project::{Project, Selection, Source};

/// Whether the bytes are an archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads a project.
pub(super) fn read(bytes: &[u8]) -> Result<Absorbed, AbsorbError> {
    let mut archive = Archive::open(bytes)?;
    let xml = archive.project()?;
    let xml = std::str::from_utf8(&xml).map_err(|error| AbsorbError::Encoding(error.valid_up_to()))?;
    let mut project = Project::parse(xml.trim_start_matches('\u{feff}'))?;
    let mut remarks = Vec::new();
    let mut texts: HashMap<String, String> = HashMap::new();
    for source in &mut project.sources {
        if source.text.is_none()
            && let Some(bytes) = archive.source(&source.path)?
        {
            let text =
                String::from_utf8(bytes).map_err(|error| AbsorbError::Encoding(error.utf8_error().valid_up_to()))?;
            source.text = Some(text.trim_start_matches('\u{feff}').to_owned());
        }
    }
    for (guid, path) in &project.memo_files {
        if let Some(bytes) = archive.source(path)? {
            texts.insert(guid.clone(), String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned());
        }
    }
    project.memos.extend(texts);
    if project.other_sources > 0 {
        remarks.push(format!("sources that are no plain text, left out: {}", project.other_sources));
    }
    let without: Vec<&str> =
        project.sources.iter().filter(|source| source.text.is_none()).map(|source| source.name.as_str()).collect();
    if !without.is_empty() {
        remarks.push(format!("sources whose text is not in the project, left out: {}", without.join(", ")));
    }
    let evidence: Vec<_> = project
        .sources
        .iter()
        .filter_map(|source| {
            Some((source.text.as_deref()?, source.selections.iter().map(|one| one.told.clone()).collect()))
        })
        .collect();
    let (measure, fit) = Measure::infer(&evidence);
    let named: usize = evidence.iter().flat_map(|(_, told)| told).filter(|told| !told.name.trim().is_empty()).count();
    let all: usize = evidence.iter().map(|(_, told)| told.len()).sum();
    // Names that are no quotes tell nothing.
    let are_quotes = fit.alike * 2 >= named && fit.alike > 0;
    if all > 0 {
        remarks.push(match are_quotes {
            true => {
                format!("positions count {}: {} of {named} quotes stand where they say", measure.describe(), fit.alike)
            }
            false => format!("positions are taken to count {}; no quotes tell", measure.describe()),
        });
    }
    let mut annotations = Vec::new();
    let mut strays = 0;
    for source in &project.sources {
        strays += read_source(source, &project, measure, are_quotes, &mut annotations);
    }
    if strays > 0 {
        remarks.push(format!("quotes that do not stand where their positions say, placed by their words: {strays}"));
    }
    let tags = project.tags();
    Ok(Absorbed { annotations, tags, remarks })
}

/// Adds a source's annotations; how many quotes stand elsewhere than their positions say.
fn read_source(
    source: &Source,
    project: &Project,
    measure: Measure,
    are_quotes: bool,
    annotations: &mut Vec<Foreign>,
) -> usize {
    let Some(text) = &source.text else { return 0 };
    let told: Vec<_> = source.selections.iter().map(|one| one.told.clone()).collect();
    let (text, ranges) = measure.settle(text, &told);
    let text: Arc<str> = text.into();
    let documents: Vec<String> =
        [&source.name, &source.description].into_iter().filter(|name| !name.trim().is_empty()).cloned().collect();
    let mut strays = 0;
    for (selection, range) in source.selections.iter().zip(ranges) {
        let name = &selection.told.name;
        let words = range.clone().and_then(|range| text.get(range)).unwrap_or_default();
        let is_there = range.is_some() && (!are_quotes || name.trim().is_empty() || is_quote(name, words));
        // What is called by words that stand in the text is on those words, whatever its positions say.
        let is_stray = !is_there && !name.trim().is_empty();
        for mut foreign in split(selection, project) {
            strays += usize::from(is_stray);
            foreign.documents.clone_from(&documents);
            foreign.quote = if is_stray { name.clone() } else { words.to_owned() };
            foreign.copy = range.clone().filter(|_| is_there).map(|range| Copy { text: Arc::clone(&text), range });
            annotations.push(foreign);
        }
    }
    if let Some(mut foreign) = whole(source, project) {
        foreign.documents = documents;
        foreign.copy = Some(Copy { text: Arc::clone(&text), range: 0..0 });
        annotations.push(foreign);
    }
    strays
}

/// A selection as annotations, one for each user who coded it; none for what only marks who speaks.
fn split(selection: &Selection, project: &Project) -> Vec<Foreign> {
    let mut users: Vec<&str> = selection.codings.iter().map(|coding| coding.user.as_str()).collect();
    users.push(&selection.user);
    users.sort_unstable();
    users.dedup();
    let is_speakers = !selection.codings.is_empty()
        && selection.codings.iter().all(|coding| project.cases.contains(&coding.code) && coding.memos.is_empty());
    if is_speakers && selection.description.trim().is_empty() && selection.memos.is_empty() {
        return Vec::new();
    }
    let is_shared = users.len() > 1;
    let mut found = Vec::new();
    for user in users {
        let is_own = user == selection.user;
        let mut foreign = Foreign {
            id: if is_shared && !is_own { format!("{}\0{user}", selection.guid) } else { selection.guid.clone() },
            annotator: project.user(user),
            created: selection.created,
            updated: selection.updated,
            ..Foreign::default()
        };
        let mut memos: Vec<&str> = Vec::new();
        let codings = selection.codings.iter().filter(|coding| coding.user == user);
        let mut has_codes = false;
        for coding in codings.filter(|coding| !project.cases.contains(&coding.code)) {
            has_codes = true;
            project.take_code(&coding.code, &mut foreign);
            memos.extend(coding.memos.iter().filter_map(|guid| project.memos.get(guid)).map(String::as_str));
            if !is_own {
                foreign.created = coding.created.or(foreign.created);
            }
        }
        if is_own {
            memos.push(&selection.description);
            memos.extend(selection.memos.iter().filter_map(|guid| project.memos.get(guid)).map(String::as_str));
        } else if !has_codes {
            continue;
        }
        foreign.note = joined(memos);
        // Its codes are all others' when a selection has several users, and then it says nothing of its own.
        if is_shared && is_own && !has_codes && foreign.note.is_empty() {
            continue;
        }
        found.push(foreign);
    }
    found
}

/// What is said of a source as a whole, as a note at its beginning.
fn whole(source: &Source, project: &Project) -> Option<Foreign> {
    let mut foreign = Foreign {
        id: source.guid.clone(),
        annotator: project.user(&source.user),
        created: source.created,
        ..Foreign::default()
    };
    for coding in source.codings.iter().filter(|coding| !project.cases.contains(&coding.code)) {
        project.take_code(&coding.code, &mut foreign);
    }
    let memos = source.codings.iter().flat_map(|coding| &coding.memos).chain(&source.memos);
    foreign.note = joined(memos.filter_map(|guid| project.memos.get(guid)).map(String::as_str).collect());
    (!foreign.note.is_empty() || !foreign.tags.is_empty()).then_some(foreign)
}

/// Memos one below another, each once.
fn joined(memos: Vec<&str>) -> String {
    let mut once: Vec<&str> = Vec::new();
    for memo in memos {
        if !memo.trim().is_empty() && !once.iter().any(|other| other.trim() == memo.trim()) {
            once.push(memo);
        }
    }
    match once.as_slice() {
        [one] => (*one).to_owned(),
        several => several.iter().map(|memo| memo.trim()).collect::<Vec<_>>().join("\n\n"),
    }
}

#[cfg(test)]
mod tests;
