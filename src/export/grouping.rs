//! Notes under headings: by topic, tag, speaker or day.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Document, PlacedNote};
use crate::model::{Kind, Topic};

/// What notes are brought together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// The topic that they belong to.
    #[default]
    Topic,
    /// Their tags; a note with several stands under each.
    Tag,
    /// Who speaks the words that they are on.
    Speaker,
    /// The day on which they were made, in Universal Time.
    Time,
}

/// Notes under one heading.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The heading; empty where the notes need none.
    pub(super) title: String,
    /// 0 for a heading of the first rank, 1 for one within it, and so on.
    pub(super) level: u8,
    /// The notes, in the order of the text. Empty for a heading whose notes are all within it.
    pub(super) notes: Vec<&'a PlacedNote>,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Grouping; 4] = [Grouping::Topic, Grouping::Tag, Grouping::Speaker, Grouping::Time];

    /// The word that commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Grouping::Topic => "topic",
            Grouping::Tag => "tag",
            Grouping::Speaker => "speaker",
            Grouping::Time => "time",
        }
    }

    /// The grouping that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grouping| grouping.name() == name)
    }

    /// The placed ones among a document's notes, grouped. Orphans are left to the caller.
    pub(super) fn groups(self, document: &Document) -> Vec<Group<'_>> {
        let placed = document.notes.iter().filter(|note| note.resolution.span().is_some());
        match self {
            Grouping::Topic => by_topic(document, placed),
            Grouping::Tag => by_key(placed, |note| {
                let tags = note.annotation.tags.iter().map(|tag| (false, tag.to_string()));
                let untagged = note.annotation.tags.is_empty().then(|| (true, "Without a tag".to_owned()));
                tags.chain(untagged).collect()
            }),
            Grouping::Speaker => by_key(placed, |note| {
                let turn = document.turn(note).and_then(|turn| document.interview.turn(turn)?.speaker);
                match document.speaker(note).zip(turn) {
                    Some((speaker, index)) => vec![(index.0, speaker.name.clone())],
                    None => vec![(u16::MAX, "Nobody in particular".to_owned())],
                }
            }),
            Grouping::Time => by_key(placed, |note| vec![((), day(note.annotation.created))]),
        }
    }
}

fn by_topic<'a>(document: &'a Document, notes: impl Iterator<Item = &'a PlacedNote>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut last = None;
    for note in notes {
        let topic = document.topic(note);
        if topic != last || groups.is_empty() {
            let headings = topic.map(|topic| headings_of(&document.topics, topic)).unwrap_or_default();
            let unseen = headings.into_iter().filter(|index| last.is_none_or(|last| *index > last));
            groups.extend(unseen.filter_map(|index| document.topics.get(index)).map(|heading| Group {
                title: heading.title.clone(),
                level: heading.level,
                notes: Vec::new(),
            }));
            last = topic;
        }
        if is_a_heading(note) {
            continue;
        }
        match groups.last_mut() {
            Some(group) => group.notes.push(note),
            None => groups.push(Group { title: String::new(), level: 0, notes: vec![note] }),
        }
    }
    groups
}

/// Whether a note is no more than the name of a topic, which its heading says.
fn is_a_heading(note: &PlacedNote) -> bool {
    let annotation = &note.annotation;
    annotation.kind == Kind::Topic && annotation.tags.is_empty() && annotation.note.trim().lines().count() < 2
}

/// A topic and the topics around it, the outermost first.
fn headings_of(topics: &[Topic], topic: usize) -> Vec<usize> {
    let mut headings = Vec::new();
    let mut below = u8::MAX;
    for (index, heading) in topics.iter().enumerate().take(topic + 1).rev() {
        if index == topic || heading.level < below {
            headings.push(index);
            below = heading.level;
        }
    }
    headings.reverse();
    headings
}

/// Groups by what `keys` says of a note, in the order of the keys.
fn by_key<'a, R: Ord>(
    notes: impl Iterator<Item = &'a PlacedNote>,
    keys: impl Fn(&PlacedNote) -> Vec<(R, String)>,
) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<(R, String), Vec<&'a PlacedNote>> = BTreeMap::new();
    for note in notes {
        for key in keys(note) {
            groups.entry(key).or_default().push(note);
        }
    }
    groups.into_iter().map(|((_, title), notes)| Group { title, level: 0, notes }).collect()
}

fn day(moment: Timestamp) -> String {
    let written = moment.to_string();
    written.split_once('T').map_or(written.as_str(), |(day, _)| day).to_owned()
}
