//! What is typed to narrow the list of notes: `kind:note tag:money status:open speaker:hale by:ada` and words.
//!
//! Several of one name ask for any of them, different names for all. Quotation marks hold blanks together
//! (`tag:"the sea"`), slashes make a regular expression (`note:/lamps?/`).

use crate::app::App;
use crate::export::PlacedNote;
use crate::model::{Kind, Status};
use crate::search::Query;
use crate::text;

/// What a note is asked for by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Kind,
    Tag,
    Status,
    Speaker,
    By,
    Note,
}

impl Name {
    const ALL: [Name; 6] = [Name::Kind, Name::Tag, Name::Status, Name::Speaker, Name::By, Name::Note];

    const fn word(self) -> &'static str {
        match self {
            Name::Kind => "kind",
            Name::Tag => "tag",
            Name::Status => "status",
            Name::Speaker => "speaker",
            Name::By => "by",
            Name::Note => "note",
        }
    }
}

/// What the list of notes is narrowed to.
#[derive(Debug, Default)]
pub(super) struct NotesFilter {
    named: Vec<(Name, String)>,
    /// Words that a note, its quote, its tags or its speaker has.
    words: Option<Query>,
}

impl NotesFilter {
    /// Reads what was typed. What is not finished yet asks for nothing.
    pub(super) fn parse(typed: &str) -> Self {
        let mut named = Vec::new();
        let mut words = Vec::new();
        for (_, part) in parts(typed) {
            match split_name(part) {
                Some((_, "" | "\"")) => {}
                Some((name, value)) => named.push((name, value.trim_matches('"').to_owned())),
                None => words.push(part.trim_matches('"')),
            }
        }
        let words = words.join(" ");
        Self { named, words: (!words.trim().is_empty()).then(|| query(words.trim())) }
    }

    /// Whether a note is asked for.
    pub(super) fn accepts(&self, app: &App, note: &PlacedNote) -> bool {
        Name::ALL.into_iter().all(|name| {
            let mut wanted = self.named.iter().filter(|(other, _)| *other == name).map(|(_, value)| value).peekable();
            wanted.peek().is_none() || wanted.any(|value| has(app, note, name, value))
        }) && self.words.as_ref().is_none_or(|words| app.note_says(note, words))
    }
}

fn has(app: &App, note: &PlacedNote, name: Name, wanted: &str) -> bool {
    let annotation = &note.annotation;
    let begins = |word: &str| text::fold(word).text().starts_with(text::fold(wanted).text());
    match name {
        Name::Kind => begins(annotation.kind.name()),
        Name::Tag => annotation.tags.iter().any(|tag| begins(tag.as_str()) || tag.levels().any(begins)),
        Name::Status => annotation.status.is_some_and(|status| begins(status.name())),
        Name::Speaker => app.speaker_of_note(note).is_some_and(|name| Query::literal(wanted).is_in(name)),
        Name::By => app.layer_of(note).is_some_and(|(_, whose)| begins(whose.trim_start_matches('@'))),
        Name::Note => query(wanted).is_in(&annotation.note),
    }
}

/// Words, or a regular expression between slashes; one that is none is looked for as it stands.
fn query(words: &str) -> Query {
    let pattern = words.strip_prefix('/').and_then(|words| words.strip_suffix('/'));
    pattern.and_then(|pattern| Query::regex(pattern).ok()).unwrap_or_else(|| Query::literal(words))
}

/// The parts of what was typed, each with the byte where it begins: blanks part them but between quotation marks.
fn parts(typed: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut is_quoted = false;
    for (at, c) in typed.char_indices().chain([(typed.len(), ' ')]) {
        let ends = at == typed.len() || (c.is_whitespace() && !is_quoted);
        match start {
            Some(from) if ends => {
                parts.push((from, &typed[from..at]));
                start = None;
            }
            None if !ends => start = Some(at),
            _ => {}
        }
        if c == '"' {
            is_quoted = !is_quoted;
        }
    }
    parts
}

fn split_name(part: &str) -> Option<(Name, &str)> {
    let (word, value) = part.split_once(':')?;
    Some((Name::ALL.into_iter().find(|name| name.word() == word)?, value))
}

/// The byte where the part that is being typed begins.
pub(super) fn last_part(typed: &str) -> usize {
    match parts(typed).last() {
        Some((from, part)) if from + part.len() == typed.len() => *from,
        _ => typed.len(),
    }
}

/// A term that asks for words in the notes themselves, as they were searched for in the text.
pub(super) fn in_notes(words: &str, is_regex: bool) -> String {
    let words = words.replace('"', " ");
    let words = words.trim();
    let slash = if is_regex { "/" } else { "" };
    match words.contains(char::is_whitespace) {
        true => format!("note:\"{slash}{words}{slash}\""),
        false => format!("note:{slash}{words}{slash}"),
    }
}

impl App {
    /// The name of the speaker whose words a note holds to.
    pub(super) fn speaker_of_note(&self, note: &PlacedNote) -> Option<&str> {
        let speaker = note.resolution.span().and_then(|span| self.interview().speaker_of(span.start.paragraph))?;
        Some(self.interview().speaker(speaker)?.name.as_str())
    }

    /// What could complete the part of a filter that is being typed.
    pub(super) fn filter_choices(&self, part: &str) -> Vec<String> {
        let Some((name, typed)) = split_name(part) else {
            let names = Name::ALL.into_iter().map(|name| format!("{}:", name.word()));
            return names.filter(|name| name.starts_with(part)).collect();
        };
        let values: Vec<String> = match name {
            Name::Kind => Kind::ALL.iter().map(|kind| kind.name().to_owned()).collect(),
            Name::Tag => self.known_tags().iter().map(ToString::to_string).collect(),
            Name::Status => Status::ALL.iter().map(|status| status.name().to_owned()).collect(),
            Name::Speaker => self.interview().speakers.iter().map(|speaker| speaker.name.clone()).collect(),
            Name::By => self.layers().into_iter().filter_map(|(annotator, _)| annotator).collect(),
            Name::Note => Vec::new(),
        };
        let typed = text::fold(typed.trim_matches('"'));
        let fitting = values.into_iter().filter(|value| text::fold(value).text().contains(typed.text()));
        fitting
            .map(|value| match value.contains(char::is_whitespace) {
                true => format!("{}:\"{value}\"", name.word()),
                false => format!("{}:{value}", name.word()),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_hold_blanks_together() {
        let words: Vec<&str> = parts(" tag:\"the sea\"  lamp \"so it").into_iter().map(|(_, part)| part).collect();
        assert_eq!(words, ["tag:\"the sea\"", "lamp", "\"so it"]);
        assert_eq!(last_part("kind:note ta"), 10);
        assert_eq!(last_part("kind:note "), 10);
        assert_eq!(last_part(""), 0);
    }
}
