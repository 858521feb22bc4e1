//! Searching in the text as one types.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::reviewing::counted;
use crate::app::{App, Effect, Prompt, Purpose, Reading, notes_filter};
use crate::layout::Flow;
use crate::search::{Hits, Query, TextIndex};
use crate::text;

/// The search and its hits.
#[derive(Clone, Debug, Default)]
pub struct Searching {
    /// What is searched for.
    pub words: String,
    /// Whether it is a regular expression.
    pub is_regex: bool,
    /// Whether it is a word that is to stand by itself.
    is_word: bool,
    /// The hits in the text, in order.
    pub hits: Hits,
    /// How many notes say it.
    pub note_hits: usize,
    /// Why there can be none.
    pub error: Option<String>,
    /// What was searched for before, the newest last.
    pub history: Vec<String>,
    /// Commands that were typed before, the newest last.
    pub commands: Vec<String>,
    /// Where the search began.
    origin: Option<Reading>,
    /// The folded copy of the text.
    index: Option<Arc<TextIndex>>,
    /// Whether it is being made.
    is_folding: bool,
}

/// The names under which what was typed is kept, and how many lines of it.
const SEARCHES: &str = "searches";
const COMMANDS: &str = "commands";
const LINES_KEPT: usize = 50;

/// Bytes of a text that is folded at once, faster than a frame is drawn.
const AT_ONCE: usize = 256 * 1024;

impl Searching {
    /// Forgets the hits.
    pub fn clear(&mut self) {
        self.hits = Hits::default();
        self.note_hits = 0;
        self.words.clear();
        self.is_word = false;
        self.error = None;
    }

    /// What was typed, for the next time.
    pub(super) fn history_to_keep(&self) -> impl Iterator<Item = (String, String)> {
        let kept = |lines: &[String]| lines[lines.len().saturating_sub(LINES_KEPT)..].join("\n");
        let named = [(SEARCHES, kept(&self.history)), (COMMANDS, kept(&self.commands))];
        named.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(name, lines)| (name.to_owned(), lines))
    }

    pub(super) fn restore_history(&mut self, kept: &BTreeMap<String, String>) {
        let lines = |name: &str| kept.get(name).map_or(Vec::new(), |lines| lines.lines().map(str::to_owned).collect());
        self.history = lines(SEARCHES);
        self.commands = lines(COMMANDS);
    }
}

impl App {
    /// The number, from 1, of the hit at the cursor, or of the last one before it; 0 where there is none.
    pub fn hit_number(&self) -> usize {
        let byte = self.interview().byte_of_position(self.reading.cursor);
        self.searching.hits.before(byte + 1).map_or(0, |before| before + 1)
    }

    /// Has the text folded, on another thread where that takes longer than a frame.
    fn fold(&mut self) {
        if self.searching.index.is_some() || self.searching.is_folding {
            return;
        }
        if self.interview().text().len() <= AT_ONCE {
            self.searching.index = Some(Arc::new(TextIndex::new(self.interview())));
        } else {
            self.searching.is_folding = true;
            self.effect(Effect::Fold(Box::new(self.interview().clone())));
        }
    }

    /// The folded copy is there: hits that it alone finds come to those that are shown.
    pub(super) fn folded(&mut self, index: Arc<TextIndex>) {
        self.searching.index = Some(index);
        self.searching.is_folding = false;
        if !self.searching.words.is_empty() {
            self.look_for(&self.searching.words.clone());
        }
    }

    pub(super) fn start_search(&mut self) {
        self.fold();
        self.searching.origin = Some(self.reading.clone());
        let prompt = Prompt::with_history(self.searching.history.clone());
        self.ask(Purpose::Search, prompt);
    }

    /// The words in the prompt changed: shows the first hit from where the search began.
    pub(super) fn search_typed(&mut self, words: &str) {
        let Some(origin) = self.searching.origin.clone() else { return };
        self.searching.is_word = false;
        self.look_for(words);
        self.reading.clone_from(&origin);
        self.arrange();
        let from = self.interview().byte_of_position(origin.cursor);
        let hits = &self.searching.hits;
        if let Some(hit) = hits.get(hits.at_or_after(from).unwrap_or(0)) {
            let place = self.interview().position_of_byte(hit.start);
            self.move_cursor(place);
        }
    }

    pub(super) fn toggle_regex(&mut self, words: &str) {
        self.searching.is_regex = !self.searching.is_regex;
        self.search_typed(words);
    }

    fn look_for(&mut self, words: &str) {
        self.searching.words = words.to_owned();
        self.searching.hits = Hits::default();
        self.searching.note_hits = 0;
        self.searching.error = None;
        if words.trim().is_empty() {
            return;
        }
        self.fold();
        let query = match self.searching.is_word {
            true => Ok(Query::word(words)),
            false => Query::parse(words, self.searching.is_regex),
        };
        match query {
            Ok(query) => {
                // What a speaker says is asked for by the speaker's name; notes are nobody's talk.
                if query.speaker().is_none() {
                    self.searching.note_hits =
                        self.notes.shown().filter(|note| query.is_in(&note.annotation.note)).count();
                }
                let interview = &self.document.interview;
                let mut hits = match &self.searching.index {
                    Some(index) => query.hits(interview, index),
                    None => query.quick_hits(interview),
                };
                if self.is_partial() {
                    let flow = Flow { interview, view: &self.view, wraps: &self.wraps };
                    hits.retain(|hit| flow.shows(interview.position_of_byte(hit.start).paragraph));
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
            let count = self.searching.note_hits;
            let why = self.searching.error.clone().unwrap_or_else(|| match count {
                0 => format!("“{words}” is not in the text."),
                _ => format!(
                    "“{words}” is not in the text, but in {}: ⟨search-notes⟩ lists them.",
                    counted(count, "note")
                ),
            });
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
        self.searching.is_word = true;
        self.look_for(&word);
        self.searching.history.push(word);
        self.go_to_hit(true, 1);
    }

    /// Goes so many hits on or back; the first follows the last.
    pub(super) fn go_to_hit(&mut self, forward: bool, times: u32) {
        if self.searching.hits.is_empty() {
            return match self.searching.history.last().cloned() {
                Some(words) if self.searching.words.is_empty() => {
                    self.look_for(&words);
                    if !self.searching.hits.is_empty() {
                        self.go_to_hit(forward, times);
                    }
                }
                Some(words) => self.complain(format!("“{words}” is not in the text.")),
                None => self.tell("Nothing was searched for yet: ⟨search⟩ begins."),
            };
        }
        let here = self.interview().byte_of_position(self.reading.cursor);
        let hits = &self.searching.hits;
        let further = (times.max(1) - 1) as usize % hits.len();
        let found = match forward {
            true => (hits.at_or_after(here + 1).unwrap_or(0) + further) % hits.len(),
            false => (hits.before(here).unwrap_or(hits.len() - 1) + hits.len() - further) % hits.len(),
        };
        if let Some(hit) = hits.get(found) {
            let place = self.interview().position_of_byte(hit.start);
            self.jump_to(place);
            self.tell_hit();
        }
    }

    /// Shows the hits of a search that was made elsewhere.
    pub(super) fn show_hits(&mut self, words: &str, is_regex: bool) {
        self.searching.is_regex = is_regex;
        self.searching.is_word = false;
        self.look_for(words);
        self.searching.history.push(words.to_owned());
        if !self.searching.hits.is_empty() {
            self.tell_hit();
        }
    }

    fn tell_hit(&mut self) {
        let hits = self.hits_line();
        self.tell(format!("{hits}   {}", self.searching.words));
    }

    /// Where one is among the hits: `3 of 41, 2 in notes`.
    pub fn hits_line(&self) -> String {
        let text = match self.searching.hits.len() {
            0 => "none".to_owned(),
            count => format!("{} of {count}", self.hit_number().max(1)),
        };
        match self.searching.note_hits {
            0 => text,
            notes => format!("{text}, {notes} in notes"),
        }
    }

    /// Lists the notes that say what was searched for.
    pub(super) fn list_note_hits(&mut self) {
        let words = match self.searching.words.trim() {
            "" => self.searching.history.last().cloned().unwrap_or_default(),
            words => words.to_owned(),
        };
        if words.is_empty() {
            return self.tell("Nothing was searched for yet: ⟨search⟩ begins.");
        }
        self.message = None;
        self.open_notes_pane();
        self.notes_pane.kind = None;
        self.notes_pane.filter = notes_filter::in_notes(&words, self.searching.is_regex);
        self.choose_first();
    }
}
