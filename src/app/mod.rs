//! The reader's state and what changes it.
//!
//! [`App::update`] takes an [`Action`] and gives back the [`Effect`]s to carry out. Nothing here touches a file, a
//! clock or the terminal, so that every key can be tested without them. The state is split by subject; each subject's
//! file holds its state and the commands that change it.

mod action;
mod annotating;
mod browsing;
mod bulk;
mod command;
mod correcting;
mod differences;
mod dispatch;
mod editor;
mod geometry;
mod jumping;
mod key_table;
mod layers;
mod margin;
mod marks;
mod motion;
mod notes;
mod notes_filter;
mod notes_list;
mod notes_pane;
mod outline_pane;
mod page;
mod panel;
mod pointing;
mod prompt;
mod prompting;
mod reading;
mod reviewing;
mod searching;
mod selecting;
mod settling;
mod threads;
mod viewing;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::import::Report;
use crate::layout::{Dialogue, Flow, View, Wraps};
use crate::model::{Annotation, AnnotationId, Interview, Matter, Position, Topic};
use crate::outline;

pub use action::{Action, Effect, Merged, Mouse};
pub use browsing::{
    BrowseEffect, BrowseOver, Browser, Clock, Cursor, Finding, FollowUps, FoundIn, Goal, Hit, Interviews, ListRow,
    Listing, Scanning, SortFollowUps, SortInterviews, duration, grouped, status_of,
};
pub use command::{Command, Mode};
pub use editor::Editor;
pub use geometry::{Area, GUTTER, Geometry, SMALLEST, TIME_GUTTER, Wanted};
pub use key_table::KeyTable;
pub use margin::{ANSWER_INDENT, GLOSS_INDENT, Gloss, gloss_words};
pub use marks::{Mark, Marking};
pub use notes::{Notes, SaveState};
pub use notes_list::{GroupNotes, NOTES_HEAD_ROWS, NoteRow, SortNotes};
pub use notes_pane::NotesPane;
pub use outline_pane::{OutlineEntry, OutlinePane, notes_count, topic_indent};
pub use page::{BETWEEN, ENTRY_COLUMNS, Half, Look, Page, PageLine, PageRow};
pub use panel::{Panel, Subject};
pub use prompt::Prompt;
pub use prompting::{Asking, Purpose};
pub use reading::Reading;
pub use reviewing::{Proposal, Reviewing};
pub use searching::Searching;

/// Commands after which somebody has found their way.
const FIRST_STEPS: u8 = 24;

/// What the reader opens: an interview as understood, and where it comes from.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The path as the reader knows it.
    pub name: String,
    /// As imported, without corrections.
    pub base: Interview,
    /// With corrections.
    pub interview: Interview,
    /// The document's topics and the reader's own.
    pub topics: Arc<Vec<Topic>>,
    /// Whether the topics are being worked out elsewhere, and will come with the notes.
    pub is_outline_to_come: bool,
    /// How the document was understood.
    pub report: Arc<Report>,
    /// Words in the whole interview.
    pub words: usize,
}

/// Where times and ids come from; tests give fixed ones.
#[derive(Clone, Copy, Debug)]
pub struct Stamps {
    /// The present moment.
    pub now: fn() -> Timestamp,
    /// An id that nothing else has.
    pub id: fn() -> AnnotationId,
}

/// What the reader's settings say about the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Most columns of the text.
    pub measure: u16,
    /// Words a minute.
    pub reading_speed: u32,
    /// Whether timecodes are shown.
    pub times: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { measure: 76, reading_speed: 230, times: true }
    }
}

/// Which pane has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The words.
    #[default]
    Transcript,
    /// The topics.
    Outline,
    /// The list of notes.
    Notes,
}

/// What lies over the panes and has the keys before them.
#[derive(Debug)]
pub enum Over {
    /// A line being typed.
    Prompt(Box<Asking>),
    /// A note being written.
    Editor(Box<Editor>),
    /// A question to answer with yes or no.
    Confirm(Confirming),
    /// A page of text.
    Page(Page),
    /// A page on which something is decided.
    Panel(Panel),
    /// The letter of a mark is asked for.
    Mark(Marking),
}

/// A question that waits for yes or no.
#[derive(Debug)]
pub struct Confirming {
    /// The question.
    pub question: String,
    /// What yes does.
    pub then: Consent,
}

/// What is done when the reader says yes.
#[derive(Debug)]
pub enum Consent {
    /// Throw the words of this editor away; no brings it back.
    Discard(Box<Editor>),
    /// End, or go to the list of interviews, although something is not on the disk.
    Leave(Effect),
    /// Go on writing this note, which the last program's end left unsaved; no saves it as it is.
    GoOn(Box<Annotation>),
}

/// A line for the reader on the bottom of the screen; gone with the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// One line.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
}

/// The whole state of the reader.
#[derive(Debug)]
pub struct App {
    /// The interview.
    pub document: Document,
    /// What the reader added to it.
    pub notes: Notes,
    /// Where the reader is.
    pub reading: Reading,
    /// How the interview is shown.
    pub view: View,
    /// The other end of the selection; the cursor is the one that moves.
    pub selection: Option<Position>,
    /// The search and its hits.
    pub searching: Searching,
    /// The topics pane.
    pub outline: OutlinePane,
    /// The notes pane.
    pub notes_pane: NotesPane,
    /// Which pane has the keys.
    pub focus: Focus,
    /// What lies over the panes.
    pub over: Option<Over>,
    /// What the bottom line says instead of the status.
    pub message: Option<Message>,
    /// Keys that wait for more.
    pub pending: String,
    /// The keys that can follow those, and what they do.
    pub hints: Vec<(String, Command)>,
    /// Where things stand on the screen.
    pub geometry: Geometry,
    /// The settings.
    pub preferences: Preferences,
    /// Whether the window is too small to show anything.
    pub too_small: bool,
    /// The keys in force.
    pub keys: KeyTable,
    /// Whether the mouse holds the scrollbar.
    drags_scrollbar: bool,
    /// Where the mouse was pressed last, and how many times there without anything between.
    pressed: Option<(Position, u8)>,
    /// How many more commands the first keys are shown for.
    first_steps: u8,
    /// Places with a letter each.
    pub marks: BTreeMap<char, Mark>,
    /// Orphans that the reader wants to stay orphans.
    kept_orphans: BTreeSet<AnnotationId>,
    /// The note for which words are being selected.
    awaiting_words: Option<AnnotationId>,
    wraps: Wraps,
    stamps: Stamps,
    effects: Vec<Effect>,
}

impl App {
    /// A reader at the beginning of a document, in a window of 80 by 24.
    pub fn new(document: Document, notes: Notes, preferences: Preferences, stamps: Stamps) -> Self {
        let mut app = Self {
            document,
            notes,
            reading: Reading::default(),
            view: View::default(),
            selection: None,
            searching: Searching::default(),
            outline: OutlinePane::default(),
            notes_pane: NotesPane::default(),
            focus: Focus::default(),
            over: None,
            message: None,
            pending: String::new(),
            hints: Vec::new(),
            geometry: Geometry::default(),
            preferences,
            too_small: false,
            keys: KeyTable::default(),
            drags_scrollbar: false,
            pressed: None,
            first_steps: 0,
            marks: BTreeMap::new(),
            kept_orphans: BTreeSet::new(),
            awaiting_words: None,
            wraps: Wraps::default(),
            stamps,
            effects: Vec::new(),
        };
        app.notes.arrange(&app.document.interview);
        app.refresh_topics();
        app.resize(80, 24);
        app.go_to_top();
        app
    }

    /// Takes in what happened; gives back what is to be done about it.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        self.dispatch(action);
        self.outline.follow(&self.document.topics, self.reading.cursor);
        std::mem::take(&mut self.effects)
    }

    /// Which keys are in force.
    pub fn mode(&self) -> Mode {
        match (&self.over, self.focus) {
            (Some(Over::Prompt(_)), _) => Mode::Prompt,
            (Some(Over::Editor(_)), _) => Mode::Editor,
            (Some(Over::Confirm(_)), _) => Mode::Confirm,
            (Some(Over::Page(page)), _) => page.mode(),
            (Some(Over::Panel(panel)), _) => panel.mode(),
            (Some(Over::Mark(_)), _) => Mode::Mark,
            (None, Focus::Outline) => Mode::Outline,
            (None, Focus::Notes) => Mode::Notes,
            (None, Focus::Transcript) if self.selection.is_some() => Mode::Selecting,
            (None, Focus::Transcript) => Mode::Reading,
        }
    }

    /// The interview laid out as it is shown.
    pub fn flow(&self) -> Flow<'_> {
        Flow { interview: &self.document.interview, view: &self.view, wraps: &self.wraps }
    }

    /// The interview.
    pub fn interview(&self) -> &Interview {
        &self.document.interview
    }

    /// The topic that the cursor is in, by its number.
    pub fn current_topic(&self) -> Option<usize> {
        let interview = self.interview();
        let cursor = self.reading.cursor;
        let paragraph = interview.original_of(cursor.paragraph).unwrap_or(cursor.paragraph);
        self.topic_of(Position { paragraph, offset: cursor.offset })
    }

    /// The topic that a place is in, by its number; what stands behind the last turn is in none that began before that.
    pub fn topic_of(&self, place: Position) -> Option<usize> {
        let at = outline::topic_at(&self.document.topics, place)?;
        let matter = |place: Position| self.interview().matter(place.paragraph);
        let begins = self.document.topics.get(at).map(|topic| matter(topic.start));
        (matter(place) != Matter::Back || begins == Some(Matter::Back)).then_some(at)
    }

    /// How much lies before the cursor, in percent; 100 when the end is on the screen.
    pub fn percent(&self) -> u32 {
        if self.reading.at_end {
            return 100;
        }
        (self.bytes_before(self.reading.cursor) * 100 / self.total_bytes()).min(99) as u32
    }

    /// Bytes of the transcript before a place; a translation stands where its original does.
    pub fn bytes_before(&self, position: Position) -> usize {
        let interview = self.interview();
        match interview.original_of(position.paragraph) {
            Some(original) => interview.byte_of_position(Position::start_of(original)),
            None => interview.byte_of_position(position),
        }
    }

    /// Bytes of the transcript without its translation, at least 1.
    pub fn total_bytes(&self) -> usize {
        let last = self.interview().paragraphs().next_back();
        last.map_or(0, |last| self.interview().range(last).end).max(1)
    }

    /// Minutes that the rest takes at the reader's speed, rounded up; none when the end is on the screen.
    pub fn minutes_left(&self) -> u32 {
        if self.reading.at_end {
            return 0;
        }
        let total = self.total_bytes();
        let behind = total.saturating_sub(self.bytes_before(self.reading.cursor));
        let words = (self.document.words as u64 * behind as u64) / total as u64;
        words.div_ceil(u64::from(self.preferences.reading_speed.max(1))) as u32
    }

    /// What the screen below the panes says: the message, where there is one.
    ///
    /// Keys are named by their commands: see [`KeyTable::fill`].
    pub fn tell(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: self.with_keys(&text.into()), is_error: false });
    }

    /// Says that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: self.with_keys(&text.into()), is_error: true });
    }

    /// A text with the keys that are in force now.
    pub fn with_keys(&self, text: &str) -> String {
        self.keys.fill(self.mode(), text).into_owned()
    }

    /// The reader has never read here before: the first keys are shown for a while.
    pub fn welcome(&mut self) {
        self.first_steps = FIRST_STEPS;
    }

    /// Whether the first keys are to be shown.
    pub fn shows_first_steps(&self) -> bool {
        self.first_steps > 0 && matches!(self.mode(), Mode::Reading | Mode::Selecting)
    }

    fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Whether only some of the turns are shown.
    pub fn is_partial(&self) -> bool {
        self.view.dialogue != Dialogue::Full
    }
}
