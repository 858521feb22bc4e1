//! The topics pane: filter, choose, fold, jump.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::{App, Command, Effect, Focus, Prompt};
use crate::layout::{Row, wrap};
use crate::library;
use crate::model::{Kind, Position, Topic};
use crate::{outline, text};

/// Bytes of a text whose topics are worked out at once, faster than a frame is drawn.
const AT_ONCE: usize = 64 * 1024;

/// The topics pane.
#[derive(Clone, Debug, Default)]
pub struct OutlinePane {
    /// Whether the pane was asked for, on a screen too narrow to show it always.
    is_called: bool,
    /// Whether the pane was sent away, on a screen wide enough to show it always.
    is_hidden: bool,
    /// What the list is narrowed to.
    pub filter: Prompt,
    /// The chosen topic, by its number.
    pub chosen: usize,
    /// The topic that was being read when one was chosen last.
    followed: Option<usize>,
    /// Topics whose sub-topics are hidden, by their number.
    folded: BTreeSet<usize>,
    /// Titles broken to so many columns, kept because every frame asks for those of all topics.
    title_rows: RefCell<HashMap<String, Broken>>,
}

/// Columns, and the rows into which a title was broken for them.
type Broken = (u16, Rc<[Row]>);

/// More titles than an outline has.
const KEPT: usize = 1000;

/// A topic that the pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// The topic's number.
    pub topic: usize,
    /// Whether it has sub-topics that are hidden.
    pub is_folded: bool,
}

impl OutlinePane {
    /// Whether the pane is on the screen.
    pub fn shown(&self, wide: bool) -> bool {
        if wide { !self.is_hidden } else { self.is_called }
    }

    /// The topics that the pane shows, the best matches first while it is filtered.
    pub fn entries(&self, topics: &[Topic]) -> Vec<OutlineEntry> {
        if !self.filter.text().trim().is_empty() {
            return self.matching(topics);
        }
        let mut entries = Vec::new();
        let mut hidden_below = None;
        for (number, topic) in topics.iter().enumerate() {
            if hidden_below.is_some_and(|level| topic.level > level) {
                continue;
            }
            let is_folded = self.folded.contains(&number);
            hidden_below = is_folded.then_some(topic.level);
            entries.push(OutlineEntry { topic: number, is_folded });
        }
        entries
    }

    fn matching(&self, topics: &[Topic]) -> Vec<OutlineEntry> {
        let pattern = Pattern::parse(self.filter.text(), CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut characters = Vec::new();
        let mut scored: Vec<(u32, usize)> = topics
            .iter()
            .enumerate()
            .filter_map(|(number, topic)| {
                let words = format!("{} {}", topic.title, topic.terms.join(" "));
                let score = pattern.score(Utf32Str::new(&words, &mut characters), &mut matcher)?;
                Some((score, number))
            })
            .collect();
        scored.sort_by_key(|&(score, number)| (std::cmp::Reverse(score), number));
        scored.into_iter().map(|(_, topic)| OutlineEntry { topic, is_folded: false }).collect()
    }

    /// While nobody filters or chooses, the chosen topic is the one being read; a list that the wheel has moved stays so
    /// until another topic is being read.
    pub(super) fn follow(&mut self, topics: &[Topic], cursor: Position) {
        let read = outline::topic_at(topics, cursor);
        if !self.is_called && read != self.followed {
            self.chosen = read.unwrap_or(0);
        }
        self.followed = if self.is_called { None } else { read };
    }

    /// Chooses the entry so many further down, or up where negative.
    pub(super) fn select_by(&mut self, step: i64, topics: &[Topic]) {
        let entries = self.entries(topics);
        let now = entries.iter().position(|entry| entry.topic == self.chosen).unwrap_or(0) as i64;
        let next = (now + step).clamp(0, entries.len().saturating_sub(1) as i64);
        if let Some(entry) = entries.get(next as usize) {
            self.chosen = entry.topic;
        }
    }
}

impl App {
    /// Works the topics out anew: the reader's own may be others.
    pub(super) fn refresh_topics(&mut self) {
        let own = library::own_topics(self.notes.all());
        if own != self.outline_own() || self.document.topics.is_empty() {
            self.outline_anew();
        }
    }

    /// Works the topics out anew, on another thread where that takes longer than a frame.
    pub(super) fn outline_anew(&mut self) {
        let own = library::own_topics(self.notes.all());
        let is_short = self.interview().text().len() <= AT_ONCE;
        if is_short && !self.document.is_outline_to_come {
            self.document.topics = Arc::new(outline::topics(&self.document.interview, &own));
            return;
        }
        self.document.topics = Arc::new(outline::with_own(self.document.topics.to_vec(), &own));
        if !self.document.is_outline_to_come {
            self.effect(Effect::Outline(Box::new(self.interview().clone())));
        }
    }

    /// The topics have come from another thread.
    pub(super) fn outlined(&mut self, topics: Vec<Topic>) {
        let own = library::own_topics(self.notes.all());
        self.document.topics = Arc::new(outline::with_own(topics, &own));
    }

    fn outline_own(&self) -> Vec<(Position, String)> {
        let own = self.document.topics.iter().filter(|topic| topic.kind == crate::model::TopicKind::Own);
        own.map(|topic| (topic.start, topic.title.clone())).collect()
    }

    pub(super) fn toggle_outline(&mut self) {
        if self.focus == Focus::Outline {
            return self.leave_outline(!self.geometry.wide);
        }
        self.focus = Focus::Outline;
        self.outline.is_hidden = false;
        self.outline.is_called = true;
        self.outline.filter = Prompt::default();
        self.outline.chosen = self.current_topic().unwrap_or(0);
        self.arrange();
    }

    /// Gives the keys back to the transcript; hides the pane where it lies over the text or is sent away.
    fn leave_outline(&mut self, hide: bool) {
        self.focus = Focus::Transcript;
        self.outline.is_called = false;
        self.outline.is_hidden = hide && self.geometry.wide;
        self.outline.filter = Prompt::default();
        self.arrange();
    }

    pub(super) fn filter_outline(&mut self, typed: &str) {
        self.outline.filter.insert(typed);
        self.choose_best_topic();
    }

    fn choose_best_topic(&mut self) {
        if let Some(best) = self.outline.entries(&self.document.topics).first() {
            self.outline.chosen = best.topic;
        }
    }

    pub(super) fn outline_command(&mut self, command: Command, count: Option<u32>) {
        let times = i64::from(count.unwrap_or(1));
        let topics = Arc::clone(&self.document.topics);
        match command {
            Command::ItemDown => self.outline.select_by(times, &topics),
            Command::ItemUp => self.outline.select_by(-times, &topics),
            Command::PageDown => self.outline.select_by(10, &topics),
            Command::PageUp => self.outline.select_by(-10, &topics),
            Command::ItemFirst => self.outline.select_by(i64::from(i32::MIN), &topics),
            Command::ItemLast => self.outline.select_by(i64::from(i32::MAX), &topics),
            Command::Accept => {
                let chosen = self.outline.chosen;
                self.leave_outline(false);
                self.go_to_topic(chosen);
            }
            Command::Cancel if !self.outline.filter.text().is_empty() => self.outline.filter = Prompt::default(),
            Command::Cancel => self.leave_outline(false),
            Command::Topics => self.leave_outline(true),
            Command::Fold => self.fold_topic(),
            Command::EraseBack => {
                self.outline.filter.erase_back();
                self.choose_best_topic();
            }
            Command::EraseWord | Command::EraseLine => {
                self.outline.filter.erase_line();
                self.choose_best_topic();
            }
            Command::NextPane => self.next_pane(1),
            Command::PreviousPane => self.next_pane(2),
            Command::Help => self.show_help(),
            _ => {}
        }
    }

    fn fold_topic(&mut self) {
        let topics = &self.document.topics;
        let chosen = self.outline.chosen;
        let Some(level) = topics.get(chosen).map(|topic| topic.level) else { return };
        let has_sub = topics.get(chosen + 1).is_some_and(|next| next.level > level);
        let head = if has_sub { Some(chosen) } else { topics[..chosen].iter().rposition(|topic| topic.level < level) };
        let Some(head) = head else { return };
        if !self.outline.folded.remove(&head) {
            self.outline.folded.insert(head);
            self.outline.chosen = head;
        }
    }

    /// Gives the keys to another pane: 1 for the next, 2 for the one before.
    pub(super) fn next_pane(&mut self, step: usize) {
        let panes = [Focus::Outline, Focus::Transcript, Focus::Notes];
        let now = panes.iter().position(|pane| *pane == self.focus).unwrap_or(1);
        let next = panes[(now + step) % panes.len()];
        match self.focus {
            Focus::Outline => self.leave_outline(false),
            Focus::Notes => self.leave_notes_pane(),
            Focus::Transcript => {}
        }
        match next {
            Focus::Outline => self.toggle_outline(),
            Focus::Notes => self.toggle_notes_pane(),
            Focus::Transcript => {}
        }
    }

    pub(super) fn click_outline(&mut self, y: u16) {
        let Some(area) = self.geometry.outline else { return };
        let row = usize::from(y - area.y);
        let rows = self.outline_rows(usize::from(area.height), &self.topic_notes());
        if let Some(topic) = rows.get(row).copied().flatten() {
            self.outline.chosen = topic;
            self.leave_outline(false);
            self.go_to_topic(topic);
        }
    }

    /// How many notes begin in each topic.
    pub fn topic_notes(&self) -> Vec<usize> {
        let topics = &self.document.topics;
        let mut counts = vec![0; topics.len()];
        // The notes stand in the order of the text, so that the topic of one is mostly that of the one before.
        let mut at = None;
        let is_in = |at: Option<usize>, place: Position| {
            at.is_none_or(|at| topics.get(at).is_some_and(|topic| topic.start <= place))
                && topics.get(at.map_or(0, |at| at + 1)).is_none_or(|next| next.start > place)
        };
        let starts = self.notes.shown().filter(|note| note.annotation.kind != Kind::Topic);
        for start in starts.filter_map(|note| note.resolution.span()).map(|span| span.start) {
            let original = self.interview().original_of(start.paragraph).unwrap_or(start.paragraph);
            let place = Position { paragraph: original, ..start };
            if !is_in(at, place) {
                at = outline::topic_at(topics, place);
            }
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        counts
    }

    /// How much of a topic lies before the reader: so many bytes of so many.
    pub fn topic_progress(&self, number: usize) -> (usize, usize) {
        let byte = |topic: &Topic| self.bytes_before(topic.start);
        let topics = &self.document.topics;
        let start = topics.get(number).map_or(0, byte);
        let end = topics.get(number + 1).map_or_else(|| self.total_bytes(), byte).max(start + 1);
        let here = if self.reading.at_end { self.total_bytes() } else { self.bytes_before(self.reading.cursor) };
        (here.clamp(start, end) - start, end - start)
    }

    /// The columns that a topic's title has in the pane, with the count of its notes at the right.
    pub fn topic_columns(&self, topic: &Topic, notes: usize) -> u16 {
        let width = self.geometry.outline.map_or(0, |area| area.width);
        let count = notes_count(notes).map_or(0, |count| text::width(&count) as u16 + 1);
        width.saturating_sub(topic_indent(topic) + 1 + count).max(1)
    }

    /// The rows of a topic's title in the pane, at most two.
    pub fn title_rows(&self, topic: &Topic, notes: usize) -> Rc<[Row]> {
        let columns = self.topic_columns(topic, notes);
        let mut kept = self.outline.title_rows.borrow_mut();
        if let Some((_, rows)) = kept.get(&topic.title).filter(|(own, _)| *own == columns) {
            return Rc::clone(rows);
        }
        if kept.len() >= KEPT {
            kept.clear();
        }
        let rows: Rc<[Row]> = wrap(&topic.title, columns).into_iter().take(2).collect();
        kept.insert(topic.title.clone(), (columns, Rc::clone(&rows)));
        rows
    }

    fn topic_rows(&self, topic: &Topic, notes: usize) -> usize {
        self.title_rows(topic, notes).len() + usize::from(!topic.terms.is_empty())
    }

    /// The topic that each row of the pane shows, so that the pane is drawn as it is clicked: the rows of the title
    /// and one for the terms of each, from the first entry that keeps the chosen one on the screen. `notes` says how many
    /// begin in each topic: see [`topic_notes`](Self::topic_notes).
    pub fn outline_rows(&self, height: usize, notes: &[usize]) -> Vec<Option<usize>> {
        let entries = self.outline.entries(&self.document.topics);
        let filter_rows = usize::from(self.focus == Focus::Outline);
        let room = height.saturating_sub(filter_rows);
        let rows_of = |number: usize| {
            let notes = notes.get(number).copied().unwrap_or_default();
            self.document.topics.get(number).map_or(1, |topic| self.topic_rows(topic, notes))
        };
        let chosen = entries.iter().position(|entry| entry.topic == self.outline.chosen).unwrap_or(0);
        // Two fifths of the pane stand above the chosen entry, where there is so much.
        let mut first = chosen;
        let mut above = 0;
        while first > 0 {
            let next = rows_of(entries[first - 1].topic);
            if above + next > room * 2 / 5 {
                break;
            }
            above += next;
            first -= 1;
        }
        let mut below = 0;
        let fits = |first: usize, below: &mut usize| {
            *below = entries[first..].iter().map(|entry| rows_of(entry.topic)).sum();
            *below < room
        };
        while first > 0 && fits(first, &mut below) && below + rows_of(entries[first - 1].topic) <= room {
            first -= 1;
        }
        let mut rows = vec![None; filter_rows];
        for entry in entries.get(first..).unwrap_or_default() {
            for _ in 0..rows_of(entry.topic) {
                rows.push(Some(entry.topic));
            }
            if rows.len() >= height {
                break;
            }
        }
        rows.truncate(height);
        rows
    }
}

/// What the pane shows of the count of a topic's notes.
pub fn notes_count(notes: usize) -> Option<String> {
    (notes > 0).then(|| format!("•{notes}"))
}

/// Columns left of a topic's title: its number, and more for each level.
pub fn topic_indent(topic: &Topic) -> u16 {
    4 + 2 * u16::from(topic.level.min(3))
}
