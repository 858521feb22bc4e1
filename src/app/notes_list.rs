//! The list of notes: which it shows, in which order, under which headings, and on which rows.

use crate::app::App;
use crate::app::notes_filter::NotesFilter;
use crate::app::threads::{names, threaded};
use crate::export::PlacedNote;
use crate::model::Tag;
use crate::outline;

/// The order of the list of notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortNotes {
    /// As in the text.
    #[default]
    Text,
    /// The last changed first.
    Time,
    /// By the first tag.
    Tag,
}

impl SortNotes {
    /// What the list says of its order.
    pub const fn name(self) -> &'static str {
        match self {
            SortNotes::Text => "in text order",
            SortNotes::Time => "newest first",
            SortNotes::Tag => "by tag",
        }
    }
}

/// What the list of notes is grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupNotes {
    /// Nothing.
    #[default]
    None,
    /// The topic in which a note begins.
    Topic,
    /// Each of its tags: a note with several stands under each.
    Tag,
}

impl GroupNotes {
    pub(super) const fn next(self) -> Self {
        match self {
            GroupNotes::None => GroupNotes::Topic,
            GroupNotes::Topic => GroupNotes::Tag,
            GroupNotes::Tag => GroupNotes::None,
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteRow {
    /// Nothing, or the head of the list.
    Blank,
    /// What the notes below have in common.
    Group(String),
    /// A row of the note with that number in the list.
    Note(usize),
}

/// Rows of the head of the list of notes.
pub const NOTES_HEAD_ROWS: usize = 2;

impl App {
    /// The notes that the list shows, in its order.
    pub fn listed_notes(&self) -> Vec<&PlacedNote> {
        self.grouped_notes().into_iter().map(|(_, note)| note).collect()
    }

    /// The notes that the list shows, each with the heading that it stands under; empty where there are none.
    fn grouped_notes(&self) -> Vec<(String, &PlacedNote)> {
        let filter = NotesFilter::parse(&self.notes_pane.filter);
        let mut notes: Vec<&PlacedNote> = self
            .notes
            .shown()
            .filter(|note| self.notes_pane.kind.is_none_or(|kind| note.annotation.kind == kind))
            .filter(|note| filter.accepts(self, note))
            .collect();
        match self.notes_pane.sort {
            SortNotes::Text => {}
            SortNotes::Time => notes.sort_by_key(|note| std::cmp::Reverse(note.annotation.updated)),
            SortNotes::Tag => notes.sort_by_key(|note| {
                let tag = note.annotation.tags.first();
                (tag.is_none(), tag.cloned())
            }),
        }
        let notes = threaded(notes, names);
        match self.notes_pane.group {
            GroupNotes::None => notes.into_iter().map(|note| (String::new(), note)).collect(),
            GroupNotes::Topic => self.by_topic(notes),
            GroupNotes::Tag => self.by_tag(notes),
        }
    }

    fn by_topic<'a>(&self, notes: Vec<&'a PlacedNote>) -> Vec<(String, &'a PlacedNote)> {
        let topics = &self.document.topics;
        let topic_of = |note: &PlacedNote| {
            let span = self.question_of(note).resolution.span();
            (span.is_none(), span.and_then(|span| outline::topic_at(topics, span.start)))
        };
        let mut notes: Vec<((bool, Option<usize>), &PlacedNote)> =
            notes.into_iter().map(|note| (topic_of(note), note)).collect();
        notes.sort_by_key(|(topic, _)| *topic);
        let heading = |(is_orphan, topic): (bool, Option<usize>)| match topic.and_then(|topic| topics.get(topic)) {
            Some(topic) => topic.title.clone(),
            None if is_orphan => "Orphans".to_owned(),
            None => "Before the first topic".to_owned(),
        };
        notes.into_iter().map(|(topic, note)| (heading(topic), note)).collect()
    }

    fn by_tag<'a>(&self, notes: Vec<&'a PlacedNote>) -> Vec<(String, &'a PlacedNote)> {
        let mut tagged: Vec<(Option<Tag>, &PlacedNote)> = Vec::new();
        for note in notes {
            let tags = &self.question_of(note).annotation.tags;
            tagged.extend(tags.iter().map(|tag| (Some(tag.clone()), note)));
            if tags.is_empty() {
                tagged.push((None, note));
            }
        }
        tagged.sort_by(|(one, _), (other, _)| (one.is_none(), one).cmp(&(other.is_none(), other)));
        let heading = |tag: Option<Tag>| tag.map_or_else(|| "Without a tag".to_owned(), |tag| format!("#{tag}"));
        tagged.into_iter().map(|(tag, note)| (heading(tag), note)).collect()
    }

    /// Rows of words of a note in the list, below what it is: its own words and its quote, or one of them where the
    /// chosen note is shown in full below the list.
    pub fn note_lines(&self, note: &PlacedNote) -> usize {
        let has_words = !note.annotation.note.trim().is_empty();
        if has_words && self.geometry.preview.is_none() { 2 } else { 1 }
    }

    /// Rows that a note takes in the list: what it is, its words, and a blank where there is room for one.
    fn note_height(&self, note: &PlacedNote) -> usize {
        1 + self.note_lines(note) + usize::from(self.geometry.preview.is_none())
    }

    /// The rows of the list, so that it is drawn as it is clicked: those of the notes under a head of
    /// [`NOTES_HEAD_ROWS`], and one for each heading.
    pub fn note_rows(&self, height: usize) -> Vec<NoteRow> {
        let notes = self.grouped_notes();
        let begins = |number: usize| {
            let heading = &notes[number].0;
            !heading.is_empty() && (number == 0 || notes[number - 1].0 != *heading)
        };
        let mut tops = Vec::with_capacity(notes.len());
        let mut total = 0;
        for (number, (_, note)) in notes.iter().enumerate() {
            tops.push(total);
            total += self.note_height(note) + usize::from(begins(number));
        }
        let room = height.saturating_sub(NOTES_HEAD_ROWS);
        let chosen = tops.get(self.chosen_note()).copied().unwrap_or(0);
        let scroll = chosen.saturating_sub(room * 2 / 5).min(total.saturating_sub(room));
        let first = tops.partition_point(|top| *top < scroll);
        let mut rows = vec![NoteRow::Blank; NOTES_HEAD_ROWS];
        for (number, (heading, note)) in notes.iter().enumerate().skip(first) {
            if begins(number) || (number == first && !heading.is_empty()) {
                rows.push(NoteRow::Group(heading.clone()));
            }
            rows.extend(std::iter::repeat_n(NoteRow::Note(number), self.note_height(note)));
            if rows.len() >= height {
                break;
            }
        }
        rows.truncate(height);
        rows
    }
}
