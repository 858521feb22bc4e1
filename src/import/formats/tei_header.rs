//! The header of TEI, and the time line: what the document says of itself, who is in it, and when things were said.

use std::collections::HashMap;

use super::xml::{self, Event, Events, Tag};
use super::{blanks, captions};
use crate::import::detect::Source;
use crate::import::draft::{Declared, Draft};
use crate::import::{ImportError, names};
use crate::model::Timecode;

/// Takes what the header that has just begun says of the document and the people in it.
pub(super) fn read(events: &mut Events<'_>, draft: &mut Draft) -> Result<(), ImportError> {
    // The depth at which each was opened.
    let (mut depth, mut titles, mut recording, mut publication) = (0_u32, None, None, None);
    let (mut recorded, mut published) = (None, None);
    while let Some(event) = events.next()? {
        let tag = match event {
            Event::Start(tag) => tag,
            Event::End if depth == 0 => break,
            Event::End => {
                for open in [&mut titles, &mut recording, &mut publication] {
                    *open = open.filter(|open| *open != depth);
                }
                depth -= 1;
                continue;
            }
            Event::Words(_) => continue,
        };
        let metadata = &mut draft.metadata;
        match tag.name {
            "title" if titles.is_some() && metadata.title.is_empty() => metadata.title = events.words()?,
            "publisher" if metadata.source.publisher.is_none() => {
                metadata.source.publisher = Some(events.words()?).filter(|name| !name.is_empty());
            }
            "date" if recording.or(publication).is_some() => {
                let slot = if recording.is_some() { &mut recorded } else { &mut published };
                let when = tag.attribute("when").map(|when| when.into_owned());
                let words = events.words()?;
                *slot = slot.take().or(when).or(Some(words)).filter(|date: &String| !date.is_empty());
            }
            "person" => person(tag, events, draft)?,
            name => {
                depth += 1;
                match name {
                    "titleStmt" => titles = titles.or(Some(depth)),
                    "recording" => recording = recording.or(Some(depth)),
                    "publicationStmt" => publication = publication.or(Some(depth)),
                    "language" if metadata.language.is_none() => {
                        metadata.language = tag.attribute("ident").map(|ident| ident.into_owned());
                    }
                    _ => {}
                }
            }
        }
    }
    let metadata = &mut draft.metadata;
    metadata.date = metadata.date.take().or(recorded).or(published);
    Ok(())
}

fn person(tag: Tag<'_>, events: &mut Events<'_>, draft: &mut Draft) -> Result<(), ImportError> {
    // What names people, the best first; the parts of a name may stand for themselves.
    const NAMES: [&str; 3] = ["persName", "name", "p"];
    const PARTS: [&str; 4] = ["forename", "givenName", "surname", "familyName"];
    let mut names: [String; 4] = Default::default();
    let mut open: Vec<Option<usize>> = Vec::new();
    while let Some(event) = events.next()? {
        let around = open.iter().rev().find_map(|place| *place);
        match event {
            Event::Start(inner) => {
                let named = NAMES.iter().position(|name| *name == inner.name);
                let part = PARTS.contains(&inner.name).then_some(NAMES.len());
                // Only the first of several names counts.
                let place = named.filter(|place| names.get(*place).is_some_and(String::is_empty)).or(part);
                open.push(around.or(place).filter(|_| open.len() < 50));
            }
            Event::End if open.pop().is_none() => break,
            Event::End => {}
            Event::Words(words) => {
                if let Some(name) = around.and_then(|place| names.get_mut(place)) {
                    blanks::append(name, " ");
                    blanks::append(name, &words);
                }
            }
        }
    }
    if let Some(id) = tag.attribute("id") {
        let name = names.into_iter().map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| id.clone().into_owned());
        let role = tag.attribute("role").and_then(|role| names::role(&role));
        draft.declared.push(Declared { label: id.into_owned(), name, role });
    }
    Ok(())
}

/// The moments that a timeline names, which may stand anywhere.
pub(super) fn timeline(source: &Source) -> Result<HashMap<String, Timecode>, ImportError> {
    let mut times: HashMap<String, Timecode> = HashMap::new();
    if ["<when", ":when"].iter().all(|tag| memchr::memmem::find(source.text.as_bytes(), tag.as_bytes()).is_none()) {
        return Ok(times);
    }
    let mut events = Events::of(source);
    while let Some(event) = events.next()? {
        let Event::Start(tag) = event else { continue };
        if tag.name != "when" {
            continue;
        }
        let Some(id) = tag.attribute("id") else { continue };
        let absolute = tag.attribute("absolute").and_then(|time| seconds(&time));
        let interval = tag.attribute("interval").and_then(|interval| seconds(&interval));
        let interval = interval.map(|interval| f64::from(interval.milliseconds()) / 1000.0);
        let since = tag.attribute("since").and_then(|since| times.get(xml::referred(&since)).copied());
        let since = since.map_or(0.0, |since| f64::from(since.milliseconds()) / 1000.0);
        if let Some(time) = absolute.or_else(|| Timecode::from_seconds(since + interval?)) {
            times.insert(id.into_owned(), time);
        }
    }
    Ok(times)
}

/// A moment as a clock shows it, or in seconds.
pub(super) fn seconds(text: &str) -> Option<Timecode> {
    captions::clock(text)
        .map(|(time, _)| time)
        .or_else(|| text.trim_end_matches('s').parse().ok().and_then(Timecode::from_seconds))
}
