//! The list of the questions and follow-ups on all interviews.

use std::cmp::Reverse;

use super::list::Cursor;
use super::words::Words;
use crate::library::FollowUp;
use crate::model::{AnnotationId, Status};

/// The list of questions and follow-ups.
#[derive(Clone, Debug, Default)]
pub struct FollowUps {
    /// All of them, in the order of the interviews.
    all: Vec<FollowUp>,
    /// Those that the list shows, in its order, as numbers in `all`.
    shown: Vec<usize>,
    /// The words that the list is narrowed to.
    pub filter: String,
    /// The order of the list.
    pub sort: SortFollowUps,
    /// The chosen one, by its number in the list.
    pub cursor: Cursor,
    /// Whether they were read.
    pub is_read: bool,
    /// Changes of a status that can be taken back, and those that were.
    done: Vec<Change>,
    undone: Vec<Change>,
}

/// A change of a status.
#[derive(Clone, Debug)]
struct Change {
    follow_up: FollowUp,
    before: Status,
    after: Status,
}

/// The order of the list of questions and follow-ups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortFollowUps {
    /// By status, as the work goes on; what is due first within each.
    #[default]
    Status,
    /// By interview.
    Interview,
    /// The last changed first.
    Newest,
}

impl SortFollowUps {
    /// What the list says of its order.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "by status",
            Self::Interview => "by interview",
            Self::Newest => "newest first",
        }
    }
}

impl FollowUps {
    /// The questions and follow-ups that the list shows, in its order.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &FollowUp> {
        self.shown.iter().map(|number| &self.all[*number])
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The chosen one.
    pub fn chosen(&self) -> Option<&FollowUp> {
        self.get(self.cursor.chosen)
    }

    /// One that the list shows, by its number there.
    pub fn get(&self, entry: usize) -> Option<&FollowUp> {
        self.shown.get(entry).and_then(|number| self.all.get(*number))
    }

    /// The head of the group that an entry of the list is in.
    pub fn group(&self, entry: usize) -> Option<String> {
        let follow_up = self.get(entry)?;
        match self.sort {
            SortFollowUps::Status => Some(status_of(follow_up).name().to_owned()),
            SortFollowUps::Interview => Some(follow_up.title.clone()),
            SortFollowUps::Newest => None,
        }
    }

    /// How many entries of the list are in the group of the first one of it.
    pub fn group_size(&self, first: usize) -> usize {
        let group = self.group(first);
        (first..self.shown.len()).take_while(|entry| self.group(*entry) == group).count()
    }

    pub(super) fn replace(&mut self, all: Vec<FollowUp>) {
        let chosen = self.chosen_id();
        self.all = all;
        self.is_read = true;
        self.make(chosen);
    }

    /// One of them has changed.
    pub(super) fn put(&mut self, changed: FollowUp) {
        let chosen = self.chosen_id();
        let is_it = |known: &&mut FollowUp| known.path == changed.path && known.annotation.id == changed.annotation.id;
        if let Some(known) = self.all.iter_mut().find(is_it) {
            *known = changed;
        }
        self.make(chosen);
    }

    /// Keeps a change of a status, to be taken back.
    pub(super) fn remember(&mut self, follow_up: &FollowUp, after: Status) {
        self.done.push(Change { follow_up: follow_up.clone(), before: status_of(follow_up), after });
        self.undone.clear();
    }

    /// The last change, to be taken back or made again, with the status that it leads to.
    pub(super) fn remembered(&mut self, again: bool) -> Option<(FollowUp, Status)> {
        let (from, to) = if again { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        let change = from.pop()?;
        to.push(change.clone());
        Some((change.follow_up, if again { change.after } else { change.before }))
    }

    pub(super) fn set_filter(&mut self, filter: &str) {
        let chosen = self.chosen_id();
        filter.clone_into(&mut self.filter);
        self.make(chosen);
    }

    pub(super) fn sort_next(&mut self) {
        let chosen = self.chosen_id();
        self.sort = match self.sort {
            SortFollowUps::Status => SortFollowUps::Interview,
            SortFollowUps::Interview => SortFollowUps::Newest,
            SortFollowUps::Newest => SortFollowUps::Status,
        };
        self.make(chosen);
    }

    fn chosen_id(&self) -> Option<AnnotationId> {
        self.chosen().map(|follow_up| follow_up.annotation.id.clone())
    }

    /// Makes the list anew; what was chosen stays chosen where it is still there.
    fn make(&mut self, chosen: Option<AnnotationId>) {
        let words = Words::new(&self.filter);
        let mut shown: Vec<usize> =
            (0..self.all.len()).filter(|number| self.all.get(*number).is_some_and(|it| says(it, &words))).collect();
        let of = |number: &usize| &self.all[*number];
        match self.sort {
            SortFollowUps::Status => shown.sort_by_key(|number| {
                let due = of(number).annotation.due;
                (status_of(of(number)), due.is_none(), due)
            }),
            SortFollowUps::Interview => {}
            SortFollowUps::Newest => shown.sort_by_key(|number| Reverse(of(number).annotation.updated)),
        }
        self.shown = shown;
        let at = chosen.and_then(|id| self.shown().position(|follow_up| follow_up.annotation.id == id));
        self.cursor.chosen = at.unwrap_or(self.cursor.chosen).min(self.shown.len().saturating_sub(1));
    }
}

/// How far it has come.
pub fn status_of(follow_up: &FollowUp) -> Status {
    follow_up.annotation.status.unwrap_or_default()
}

/// Whether a follow-up's words, quote, tags, status, kind, interview or annotator say so.
fn says(follow_up: &FollowUp, words: &Words) -> bool {
    let annotation = &follow_up.annotation;
    let texts = [
        annotation.note.as_str(),
        annotation.anchor.quote.as_str(),
        status_of(follow_up).name(),
        annotation.kind.name(),
        follow_up.title.as_str(),
        follow_up.name.as_str(),
    ];
    words.are_in(|| {
        let tags = annotation.tags.iter().map(|tag| tag.as_str());
        texts.into_iter().chain(tags).chain(follow_up.annotator.as_deref())
    })
}
