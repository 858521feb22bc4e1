//! Searching in the text as one types.

use crate::app::{App, Prompt, Purpose, Reading};
use crate::model::{Position, Span};
use crate::search::Query;
use crate::text;

/// The search and its hits.
#[derive(Clone, Debug, Default)]
pub struct Searching {
    /// What is searched for.
    pub words: String,
    /// Whether it is a regular expression.
    pub is_regex: bool,
    /// The hits in the text, in order.
    pub hits: Vec<Span>,
    /// Why there can be none.
    pub error: Option<String>,
    /// What was searched for before, the newest last.
    pub history: Vec<String>,
    /// Commands that were typed before, the newest last.
    pub commands: Vec<String>,
    /// Where the search began.
    origin: Option<Reading>,
}

impl Searching {
    /// Forgets the hits.
    pub fn clear(&mut self) {
        self.hits.clear();
        self.words.clear();
        self.error = None;
    }

    /// The number, from 1, of the hit at a place, or of the last one before it; 0 where there is none.
    pub fn number_at(&self, position: Position) -> usize {
        self.hits.partition_point(|hit| hit.start <= position)
    }
}

impl App {
    pub(super) fn start_search(&mut self) {
        self.searching.origin = Some(self.reading.clone());
        let prompt = Prompt::with_history(self.searching.history.clone());
        self.ask(Purpose::Search, prompt);
    }

    /// The words in the prompt changed: shows the first hit from where the search began.
    pub(super) fn search_typed(&mut self, words: &str) {
        let Some(origin) = self.searching.origin.clone() else { return };
        self.look_for(words);
        self.reading.clone_from(&origin);
        self.arrange();
        let from = origin.cursor;
        let hits = &self.searching.hits;
        let at = hits.partition_point(|hit| hit.start < from);
        if let Some(hit) = hits.get(at).or(hits.first()) {
            let start = hit.start;
            self.move_cursor(start);
        }
    }

    pub(super) fn toggle_regex(&mut self, words: &str) {
        self.searching.is_regex = !self.searching.is_regex;
        self.search_typed(words);
    }

    fn look_for(&mut self, words: &str) {
        self.searching.words = words.to_owned();
        self.searching.hits.clear();
        self.searching.error = None;
        if words.trim().is_empty() {
            return;
        }
        let query = if self.searching.is_regex { Query::regex(words) } else { Ok(Query::literal(words)) };
        match query {
            Ok(query) => {
                let interview = &self.document.interview;
                let mut hits = query.find_all(interview);
                let flow = crate::layout::Flow { interview, view: &self.view, wraps: &self.wraps };
                if self.is_partial() {
                    hits.retain(|hit| flow.shows(hit.start.paragraph));
                }
                self.searching.hits = hits;
            }
            Err(error) => self.searching.error = Some(error.to_string()),
        }
    }

    /// Enter: the search stays, and one can come back to where it began.
    pub(super) fn keep_search(&mut self, words: &str) {
        if let Some(origin) = self.searching.origin.take() {
            let found = self.reading.clone();
            self.reading = origin;
            self.note_jump();
            let back = std::mem::take(&mut self.reading);
            self.reading = found.with_jumps_of(back);
        }
        if words.trim().is_empty() {
            return self.searching.clear();
        }
        self.searching.history.retain(|old| old != words);
        self.searching.history.push(words.to_owned());
        if self.searching.hits.is_empty() {
            let why = self.searching.error.clone().unwrap_or_else(|| format!("“{words}” is not in the text."));
            self.complain(why);
        } else {
            self.tell_hit();
        }
    }

    /// Esc: back to where one was.
    pub(super) fn leave_search(&mut self) {
        if let Some(origin) = self.searching.origin.take() {
            self.reading = origin;
            self.arrange();
        }
        self.searching.clear();
    }

    pub(super) fn search_word(&mut self) {
        let cursor = self.reading.cursor;
        let words = self.interview().paragraph(cursor.paragraph);
        let Some(word) = text::word_at(words, cursor.offset as usize).map(|range| words[range].to_owned()) else {
            return self.tell("There is no word here.");
        };
        self.searching.is_regex = false;
        self.look_for(&word.to_lowercase());
        self.searching.history.push(word);
        self.go_to_hit(true);
    }

    pub(super) fn go_to_hit(&mut self, forward: bool) {
        if self.searching.hits.is_empty() {
            return match self.searching.history.last().cloned() {
                Some(words) if self.searching.words.is_empty() => {
                    self.look_for(&words);
                    if !self.searching.hits.is_empty() {
                        self.go_to_hit(forward);
                    }
                }
                Some(words) => self.complain(format!("“{words}” is not in the text.")),
                None => self.tell("Nothing was searched for yet: / begins."),
            };
        }
        let cursor = self.reading.cursor;
        let hits = &self.searching.hits;
        let found = if forward {
            hits.get(hits.partition_point(|hit| hit.start <= cursor)).or(hits.first())
        } else {
            hits[..hits.partition_point(|hit| hit.start < cursor)].last().or(hits.last())
        };
        if let Some(start) = found.map(|hit| hit.start) {
            self.jump_to(start);
            self.tell_hit();
        }
    }

    fn tell_hit(&mut self) {
        let number = self.searching.number_at(self.reading.cursor).max(1);
        let count = self.searching.hits.len();
        self.tell(format!("{number} of {count}   {}", self.searching.words));
    }
}
