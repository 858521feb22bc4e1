//! The list of a folder's interviews: its state and what changes it.
//!
//! [`Browser::update`] takes an [`Action`] and gives back the [`BrowseEffect`]s to carry out, as
//! [`App`](crate::app::App) does for one interview; what a scan finds is told to its other methods. Nothing here
//! touches a file, a clock or the terminal.

mod command_line;
mod commands;
mod finding;
mod follow_ups;
mod goal;
mod interviews;
mod list;
mod moment;
mod screen;
mod words;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::app::{Action, Area, Asking, KeyTable, Message, Mode, Page, Prompt};
use crate::config::Theme;
use crate::library::{FollowUp, Library, Progress, Summary};
use crate::model::Status;
use crate::store::Visit;

pub use finding::{Finding, FoundIn, Hit};
pub use follow_ups::{FollowUps, SortFollowUps, status_of};
pub use goal::Goal;
pub use interviews::{Interviews, SortInterviews};
pub use list::{Cursor, ListRow};
pub use moment::{Clock, duration, grouped};

/// Something for `run` to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowseEffect {
    /// Open the interview in this file.
    Open(PathBuf, Goal),
    /// Look for interviews.
    Scan,
    /// Look no further.
    StopScan,
    /// Read the questions and follow-ups of all interviews.
    ReadFollowUps,
    /// Search in all interviews.
    Search {
        /// To be given back with what is found.
        number: u32,
        /// What was typed.
        words: String,
        /// Whether it is a regular expression.
        is_regex: bool,
    },
    /// Search no further.
    StopSearch,
    /// Change the status of a question or follow-up on the disk.
    SetStatus(Box<FollowUp>, Status),
    /// Show everything in other colours.
    Theme(Theme),
    /// Draw everything again.
    Redraw,
    /// Stop until the shell says to go on.
    Suspend,
    /// End.
    Quit,
}

/// How the scan of the folder goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanning {
    /// It goes on; how far it has come, where that is known.
    On(Option<Progress>),
    /// All interviews were found.
    Done,
    /// It was stopped, so that some may be missing.
    Stopped,
}

/// The lists that there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    /// The interviews.
    #[default]
    Interviews,
    /// The questions and follow-ups on all of them.
    FollowUps,
    /// What a search over all of them has found.
    Found,
}

/// What lies over the list and has the keys before it.
#[derive(Clone, Debug)]
pub enum BrowseOver {
    /// Words that narrow the list are being typed.
    Filter(Prompt),
    /// What is to be searched for is being typed.
    Search(Prompt),
    /// The name of a command is being typed.
    CommandLine(Asking),
    /// A page of text.
    Page(Page),
}

/// The list of a folder's interviews.
#[derive(Debug)]
pub struct Browser {
    /// The folder as the reader knows it.
    pub folder: String,
    /// The list on the screen.
    pub listing: Listing,
    /// The interviews.
    pub interviews: Interviews,
    /// The questions and follow-ups.
    pub follow_ups: FollowUps,
    /// The search.
    pub finding: Finding,
    /// How the scan goes.
    pub scanning: Scanning,
    /// What lies over the list.
    pub over: Option<BrowseOver>,
    /// What the bottom line says instead of the status.
    pub message: Option<Message>,
    /// Keys that wait for more.
    pub pending: String,
    /// The whole screen.
    pub screen: Area,
    /// Words that the reader reads in a minute.
    pub reading_speed: u32,
    /// The keys in force.
    pub keys: KeyTable,
    /// The present moment.
    pub clock: Clock,
    /// Commands that were typed before, the newest last.
    commands: Vec<String>,
    /// Whether the scan that goes on is not shown.
    is_quiet: bool,
    effects: Vec<BrowseEffect>,
}

impl Browser {
    /// An empty list of the interviews of a folder, in a window of 80 by 24.
    pub fn new(folder: &str, reading_speed: u32, clock: Clock) -> Self {
        Self {
            folder: folder.to_owned(),
            listing: Listing::default(),
            interviews: Interviews::default(),
            follow_ups: FollowUps::default(),
            finding: Finding::default(),
            scanning: Scanning::On(None),
            over: None,
            message: None,
            pending: String::new(),
            screen: Area { x: 0, y: 0, width: 80, height: 24 },
            reading_speed,
            keys: KeyTable::default(),
            clock,
            commands: Vec::new(),
            is_quiet: false,
            effects: Vec::new(),
        }
    }

    /// Takes in what happened; gives back what is to be done about it.
    pub fn update(&mut self, action: Action) -> Vec<BrowseEffect> {
        self.arrange();
        match action {
            Action::Command(command, count) => {
                self.message = None;
                self.command(command, count);
            }
            Action::Type(c) => self.type_text(c.encode_utf8(&mut [0; 4])),
            Action::Paste(text) => self.type_text(&text),
            Action::Mouse(mouse, x, y) => self.mouse(mouse, x, y),
            Action::Resize(width, height) => self.screen = Area { x: 0, y: 0, width, height },
            Action::Pending(keys, _) => self.pending = keys,
            Action::Told(Ok(text)) => self.tell(&text),
            Action::Told(Err(text)) => self.complain(&text),
            // These are outcomes of what an open interview wants done.
            Action::Saved { .. }
            | Action::SaveFailed(_)
            | Action::Edited(_)
            | Action::Corrected(..)
            | Action::Folded(_)
            | Action::Outlined(_)
            | Action::OthersChanged { .. }
            | Action::TagsChanged(_) => {}
        }
        self.arrange();
        std::mem::take(&mut self.effects)
    }

    /// A scan begins; a quiet one, after all were found once, looks only for what has changed, and is not shown.
    pub fn scan_begins(&mut self, quietly: bool) {
        self.is_quiet = quietly && self.scanning == Scanning::Done;
        if !self.is_quiet {
            self.scanning = Scanning::On(None);
        }
    }

    /// A scan has come so far, and found an interview or none.
    pub fn found(&mut self, summary: Option<Summary>, progress: Progress) {
        if !self.is_quiet {
            self.scanning = Scanning::On(Some(progress));
        }
        if let Some(summary) = summary {
            self.interviews.add(summary);
        }
    }

    /// A scan has ended; gives back what is to be done about it.
    pub fn scanned(&mut self, library: Library) -> Vec<BrowseEffect> {
        let known = self.interviews.all().len();
        if library.is_partial {
            self.scanning = Scanning::Stopped;
            for summary in library.interviews {
                self.interviews.add(summary);
            }
        } else {
            self.scanning = Scanning::Done;
            self.interviews.replace(library.interviews);
        }
        if self.follow_ups.is_read {
            self.effects.push(BrowseEffect::ReadFollowUps);
        }
        // What was searched for before all were found is searched for again.
        if self.interviews.all().len() > known && !self.finding.words.is_empty() {
            self.search(&self.finding.words.clone());
        }
        std::mem::take(&mut self.effects)
    }

    /// The questions and follow-ups were read.
    pub fn take_in_follow_ups(&mut self, follow_ups: Vec<FollowUp>) {
        self.follow_ups.replace(follow_ups);
    }

    /// The search of that number has come so far, and found something in an interview or nothing.
    pub fn found_in(&mut self, number: u32, found: Option<FoundIn>, progress: Progress) {
        if number == self.finding.number {
            self.finding.found(found, progress);
        }
    }

    /// When interviews were last read, and how far.
    pub fn take_in_visits(&mut self, visits: HashMap<PathBuf, Visit>) {
        self.interviews.set_visits(visits);
    }

    /// Chooses the interview in this file.
    pub fn choose(&mut self, interview: &Path) {
        self.arrange();
        self.interviews.choose(interview);
        self.arrange();
    }

    /// Brings the lists up to date, and the chosen entry onto the screen. To be called before drawing.
    pub fn arrange(&mut self) {
        self.interviews.refresh();
        self.finding.refresh();
        let (rows, height) = (self.rows(), usize::from(self.list_area().height));
        self.cursor_mut().reveal(&rows, height);
    }

    /// Which keys are in force.
    pub fn mode(&self) -> Mode {
        match &self.over {
            Some(BrowseOver::Filter(_) | BrowseOver::Search(_) | BrowseOver::CommandLine(_)) => Mode::Prompt,
            Some(BrowseOver::Page(page)) => page.mode(),
            None => Mode::Library,
        }
    }

    pub(super) fn tell(&mut self, text: &str) {
        self.message = Some(Message { text: self.with_keys(text), is_error: false });
    }

    pub(super) fn complain(&mut self, text: &str) {
        self.message = Some(Message { text: self.with_keys(text), is_error: true });
    }

    /// What was found is looked for again, because notes may have changed; until all is there, the list stays as it is.
    pub fn search_again(&mut self) -> Option<BrowseEffect> {
        let finding = &mut self.finding;
        finding.begin_again().then(|| BrowseEffect::Search {
            number: finding.number,
            words: finding.words.clone(),
            is_regex: finding.is_regex,
        })
    }

    /// The status of a question or follow-up was changed on the disk, or could not be.
    pub fn status_set(&mut self, outcome: Result<FollowUp, String>) {
        match outcome {
            Ok(follow_up) => {
                let status = status_of(&follow_up).name();
                self.follow_ups.put(follow_up);
                self.tell(&format!("Saved as {status}. ⟨undo⟩ takes it back."));
            }
            Err(why) => self.complain(&format!("Not saved: {why}")),
        }
    }

    /// A text with the keys that are in force now.
    pub fn with_keys(&self, text: &str) -> String {
        self.keys.fill(self.mode(), text).into_owned()
    }

    /// Minutes that so many words take to read.
    pub fn minutes(&self, words: u64) -> u64 {
        words.div_ceil(u64::from(self.reading_speed.max(1)))
    }

    /// The chosen entry of the list on the screen.
    pub fn cursor(&self) -> Cursor {
        match self.listing {
            Listing::Interviews => self.interviews.cursor,
            Listing::FollowUps => self.follow_ups.cursor,
            Listing::Found => self.finding.cursor,
        }
    }

    fn cursor_mut(&mut self) -> &mut Cursor {
        match self.listing {
            Listing::Interviews => &mut self.interviews.cursor,
            Listing::FollowUps => &mut self.follow_ups.cursor,
            Listing::Found => &mut self.finding.cursor,
        }
    }

    /// How many entries the list on the screen has.
    fn entries(&self) -> usize {
        match self.listing {
            Listing::Interviews => self.interviews.shown().len(),
            Listing::FollowUps => self.follow_ups.shown().len(),
            Listing::Found => self.finding.len(),
        }
    }

    /// The words that the list on the screen is narrowed to.
    pub fn filter(&self) -> &str {
        match self.listing {
            Listing::Interviews => &self.interviews.filter,
            Listing::FollowUps => &self.follow_ups.filter,
            Listing::Found => "",
        }
    }

    fn set_filter(&mut self, filter: &str) {
        match self.listing {
            Listing::Interviews => self.interviews.set_filter(filter),
            Listing::FollowUps => self.follow_ups.set_filter(filter),
            Listing::Found => {}
        }
    }
}
