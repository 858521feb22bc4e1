//! The search over all interviews and notes, and the list of what it finds while it goes on.

use super::Goal;
use super::list::Cursor;
use crate::export::PlacedNote;
use crate::library::{Found, Progress, TextHit};
use crate::search::Query;

/// The search and what it has found.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// What is searched for.
    pub words: String,
    /// Whether it is a regular expression.
    pub is_regex: bool,
    /// Why it cannot be.
    pub error: Option<String>,
    /// How far the search has come; `None` when it has ended.
    pub progress: Option<Progress>,
    /// The chosen hit, by its number in the list.
    pub cursor: Cursor,
    /// The number of the search, by which the news of an older one are told from this one's.
    pub number: u32,
    query: Option<Query>,
    /// Interviews that were looked through.
    done: usize,
    found: Vec<FoundIn>,
    /// What is found again, until all of it is there.
    again: Option<Vec<FoundIn>>,
    /// How many interviews were looked through for it.
    news: usize,
    /// The entries of the list: an interview's number in `found` and a hit's number in that.
    entries: Vec<(usize, usize)>,
    is_stale: bool,
}

/// What was found in an interview.
#[derive(Clone, Debug)]
pub struct FoundIn {
    /// The interview, with its notes and the first of the hits in its text.
    pub found: Found,
    /// All hits in the text.
    pub count: usize,
}

/// An entry of the list.
#[derive(Clone, Copy, Debug)]
pub enum Hit<'a> {
    /// In the text.
    Text(&'a TextHit),
    /// In a note.
    Note(&'a PlacedNote),
}

/// Fewer letters than these are not searched for in many interviews: they are everywhere. Letters of scripts that are
/// not ASCII say more.
const FEWEST: usize = 2;

impl Finding {
    /// How many entries the list has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is, or was, something to search for.
    pub fn has_begun(&self) -> bool {
        self.query.is_some()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many hits there are in all, those too many to be listed among them.
    pub fn hits(&self) -> usize {
        self.found.iter().map(FoundIn::total).sum()
    }

    /// In how many interviews something was found.
    pub fn interviews(&self) -> usize {
        self.found.len()
    }

    /// An entry of the list and the interview that it is in.
    pub fn get(&self, entry: usize) -> Option<(&FoundIn, Hit<'_>)> {
        let (interview, hit) = *self.entries.get(entry)?;
        let found = self.found.get(interview)?;
        let hit = match hit.checked_sub(found.found.hits.len()) {
            None => Hit::Text(found.found.hits.get(hit)?),
            Some(note) => Hit::Note(found.found.notes.get(note)?),
        };
        Some((found, hit))
    }

    /// Whether the entry is the first one in its interview.
    pub(super) fn is_first(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|(_, hit)| *hit == 0)
    }

    /// The bytes of the hits in a note or a quote.
    pub fn marks(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.query.as_ref().map(|query| query.find_in(text)).unwrap_or_default()
    }

    /// Where the chosen entry is.
    pub(super) fn goal(&self) -> Option<(&FoundIn, Goal)> {
        let (found, hit) = self.get(self.cursor.chosen)?;
        let goal = match hit {
            Hit::Text(hit) => Goal::Hit { at: hit.span.start, words: self.words.clone(), is_regex: self.is_regex },
            Hit::Note(note) => Goal::Annotation(note.annotation.id.clone()),
        };
        Some((found, goal))
    }

    /// Begins a search for other words; says whether there is something to search for.
    pub(super) fn begin(&mut self, words: &str) -> bool {
        words.clone_into(&mut self.words);
        self.number += 1;
        self.again = None;
        self.found.clear();
        self.cursor = Cursor::default();
        (self.error, self.query, self.progress, self.done) = (None, None, None, 0);
        self.is_stale = true;
        let typed = words.trim();
        if typed.is_ascii() && typed.len() < FEWEST {
            return false;
        }
        match Query::parse(words, self.is_regex) {
            Ok(query) if query.is_empty() => return false,
            Ok(query) => self.query = Some(query),
            Err(error) => self.error = Some(error.to_string()),
        }
        let begins = self.query.is_some();
        self.progress = begins.then_some(Progress { done: 0, total: 0 });
        begins
    }

    /// Begins the same search again; says whether there is one that has ended.
    pub(super) fn begin_again(&mut self) -> bool {
        let begins = self.query.is_some() && self.progress.is_none();
        if begins {
            self.number += 1;
            self.done = 0;
            self.news = 0;
            self.again = Some(Vec::new());
        }
        begins
    }

    /// Says whether a search went on, whose news are not wanted any more.
    pub(super) fn stop(&mut self) -> bool {
        self.number += 1;
        self.progress.take().is_some()
    }

    pub(super) fn found(&mut self, found: Option<FoundIn>, progress: Progress) {
        // The news of several threads may overtake one another.
        self.done = self.done.max(progress.done);
        if let Some(again) = &mut self.again {
            again.extend(found);
            // The last news may come before others: only so many of them mean that all have come.
            self.news += 1;
            if self.news >= progress.total {
                again.sort_by(|one, other| one.found.path.cmp(&other.found.path));
                self.found = self.again.take().unwrap_or_default();
                self.is_stale = true;
            }
            return;
        }
        self.progress = (self.done < progress.total).then_some(Progress { done: self.done, ..progress });
        let Some(found) = found else { return };
        let at = self.found.partition_point(|other| other.found.path < found.found.path);
        // What was chosen stays chosen while more is found above it.
        if self.cursor.chosen > 0 {
            self.refresh();
            let is_below = self.entries.get(self.cursor.chosen).is_some_and(|(interview, _)| *interview >= at);
            self.cursor.chosen += if is_below { found.listed() } else { 0 };
        }
        self.found.insert(at, found);
        self.is_stale = true;
    }

    pub(super) fn refresh(&mut self) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        let listed = self.found.iter().enumerate();
        self.entries = listed.flat_map(|(at, found)| (0..found.listed()).map(move |hit| (at, hit))).collect();
        self.cursor.chosen = self.cursor.chosen.min(self.entries.len().saturating_sub(1));
    }
}

impl FoundIn {
    /// Hits in the text and in notes.
    pub fn total(&self) -> usize {
        self.count + self.found.notes.len()
    }

    fn listed(&self) -> usize {
        self.found.hits.len() + self.found.notes.len()
    }
}
