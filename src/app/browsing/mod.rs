//! The list of a folder's interviews: its state and what changes it.
//!
//! [`Browser::update`] takes an [`Action`] and gives back the [`BrowseEffect`]s to carry out, as
//! [`App`](crate::app::App) does for one interview; what a scan finds is told to its other methods. Nothing here
//! touches a file, a clock or the terminal.

mod interviews;
mod list;
mod moment;
mod words;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::app::{Action, Area, Command, Message, Mode, Mouse, Page, PageLine, Prompt, SMALLEST};
use crate::library::{Library, Progress, Summary};
use crate::store::Visit;

pub use interviews::{Interviews, SortInterviews};
pub use list::{Cursor, ListRow};
pub use moment::{Clock, duration, grouped};

/// Something for `run` to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowseEffect {
    /// Open the interview in this file, where the reader left it.
    Open(PathBuf),
    /// Look for interviews.
    Scan,
    /// Look no further.
    StopScan,
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

/// What lies over the list and has the keys before it.
#[derive(Clone, Debug)]
pub enum BrowseOver {
    /// Words that narrow the list are being typed.
    Filter(Prompt),
    /// A page of text.
    Page(Page),
}

/// The list of a folder's interviews.
#[derive(Debug)]
pub struct Browser {
    /// The folder as the reader knows it.
    pub folder: String,
    /// The interviews.
    pub interviews: Interviews,
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
    /// The keys of each mode, for the help page.
    pub help: Vec<(Mode, Vec<PageLine>)>,
    /// The present moment.
    pub clock: Clock,
    effects: Vec<BrowseEffect>,
}

/// From this many columns on, an interview takes one row of a table; below, two rows.
const TABLE: u16 = 110;

impl Browser {
    /// An empty list of the interviews of a folder, in a window of 80 by 24.
    pub fn new(folder: &str, reading_speed: u32, clock: Clock) -> Self {
        Self {
            folder: folder.to_owned(),
            interviews: Interviews::default(),
            scanning: Scanning::On(None),
            over: None,
            message: None,
            pending: String::new(),
            screen: Area { x: 0, y: 0, width: 80, height: 24 },
            reading_speed,
            help: Vec::new(),
            clock,
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
            Action::Told(Ok(text)) => self.message = Some(Message { text, is_error: false }),
            Action::Told(Err(text)) => self.message = Some(Message { text, is_error: true }),
            // These are outcomes of what an open interview wants done.
            Action::Saved { .. }
            | Action::SaveFailed(_)
            | Action::Edited(_)
            | Action::Folded(_)
            | Action::Outlined(_) => {}
        }
        self.arrange();
        std::mem::take(&mut self.effects)
    }

    /// A scan begins.
    pub fn scan_begins(&mut self) {
        self.scanning = Scanning::On(None);
    }

    /// A scan has come so far, and found an interview or none.
    pub fn found(&mut self, summary: Option<Summary>, progress: Progress) {
        self.scanning = Scanning::On(Some(progress));
        if let Some(summary) = summary {
            self.interviews.add(summary);
        }
    }

    /// A scan has ended.
    pub fn scanned(&mut self, library: Library) {
        if library.is_partial {
            self.scanning = Scanning::Stopped;
            for summary in library.interviews {
                self.interviews.add(summary);
            }
        } else {
            self.scanning = Scanning::Done;
            self.interviews.replace(library.interviews);
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

    /// Brings the list up to date, and the chosen entry onto the screen. To be called before drawing.
    pub fn arrange(&mut self) {
        self.interviews.refresh();
        let (rows, height) = (self.rows(), usize::from(self.list_area().height));
        self.interviews.cursor.reveal(&rows, height);
    }

    /// Which keys are in force.
    pub fn mode(&self) -> Mode {
        match &self.over {
            Some(BrowseOver::Filter(_)) => Mode::Prompt,
            Some(BrowseOver::Page(_)) => Mode::Page,
            None => Mode::Library,
        }
    }

    /// Whether the window is too small to show anything.
    pub fn is_too_small(&self) -> bool {
        self.screen.width < SMALLEST.0 || self.screen.height < SMALLEST.1
    }

    /// Whether each interview takes one row of a table with heads over its columns.
    pub fn is_table(&self) -> bool {
        self.screen.width >= TABLE
    }

    /// The row of the rule above the bottom line; a low window has none.
    pub fn rule(&self) -> Option<u16> {
        (self.screen.height >= 10).then(|| self.screen.height - 2)
    }

    /// The bottom line.
    pub fn status_area(&self) -> Area {
        Area { y: self.screen.height.saturating_sub(1), height: 1.min(self.screen.height), ..self.screen }
    }

    /// The rows of the list.
    pub fn list_area(&self) -> Area {
        let head = match self.rule() {
            Some(_) if self.is_table() => 3,
            Some(_) => 2,
            None => 1,
        };
        let bottom = self.rule().unwrap_or(self.status_area().y);
        Area { y: head, height: bottom.saturating_sub(head).max(1), ..self.screen }
    }

    /// The rows of the list, those above and below the screen too.
    pub fn rows(&self) -> Vec<ListRow> {
        let lines = if self.is_table() { 1 } else { 2 };
        let entries = 0..self.interviews.shown().len();
        entries.flat_map(|entry| (0..lines).map(move |line| ListRow::Entry(entry, line))).collect()
    }

    /// Minutes that so many words take to read.
    pub fn minutes(&self, words: u64) -> u64 {
        words.div_ceil(u64::from(self.reading_speed.max(1)))
    }

    fn command(&mut self, command: Command, count: Option<u32>) {
        match command {
            Command::Redraw => return self.effects.push(BrowseEffect::Redraw),
            Command::Suspend => return self.effects.push(BrowseEffect::Suspend),
            _ => {}
        }
        match self.over {
            Some(BrowseOver::Filter(_)) => self.filter_command(command),
            Some(BrowseOver::Page(_)) => self.page_command(command, count),
            None => self.list_command(command, count),
        }
    }

    fn list_command(&mut self, command: Command, count: Option<u32>) {
        let entries = self.interviews.shown().len();
        let lines = if self.is_table() { 1 } else { 2 };
        let page = usize::from(self.list_area().height) / lines;
        if self.interviews.cursor.go(command, count.unwrap_or(1) as usize, entries, page) {
            return self.interviews.keep_choice();
        }
        match command {
            Command::Accept => self.open(),
            Command::Filter => self.over = Some(BrowseOver::Filter(Prompt::with_text(&self.interviews.filter))),
            Command::Sort => self.interviews.sort_next(),
            Command::Rescan => self.effects.push(BrowseEffect::Scan),
            Command::Help => self.show_help(),
            Command::Cancel => self.cancel(),
            Command::Quit => self.effects.push(BrowseEffect::Quit),
            _ => {}
        }
    }

    fn open(&mut self) {
        if let Some(summary) = self.interviews.chosen() {
            self.effects.push(BrowseEffect::Open(summary.path.clone()));
            self.interviews.keep_choice();
        }
    }

    /// Takes back one thing: the scan that goes on, then the filter.
    fn cancel(&mut self) {
        if matches!(self.scanning, Scanning::On(_)) {
            self.effects.push(BrowseEffect::StopScan);
        } else {
            self.interviews.set_filter("");
        }
    }

    fn show_help(&mut self) {
        let mode = self.mode();
        let lines = self.help.iter().find(|(of, _)| *of == mode).map(|(_, lines)| lines.clone()).unwrap_or_default();
        self.over = Some(BrowseOver::Page(Page { title: format!("Keys: {}", mode.title()), lines, ..Page::default() }));
    }

    fn page_command(&mut self, command: Command, count: Option<u32>) {
        let area = self.page_area();
        if let Some(BrowseOver::Page(page)) = &mut self.over
            && !page.command(command, count, area)
        {
            self.over = None;
        }
    }

    /// The rectangle of a page over the list.
    pub fn page_area(&self) -> Area {
        Page::area(self.screen, self.status_area())
    }

    fn filter_command(&mut self, command: Command) {
        let Some(BrowseOver::Filter(prompt)) = &mut self.over else { return };
        match command {
            Command::Accept => self.over = None,
            Command::Cancel => {
                self.over = None;
                self.interviews.set_filter("");
            }
            Command::EraseBack if prompt.text().is_empty() => self.over = None,
            // The list is narrowed as one types, so the arrows go through it.
            Command::HistoryForward => self.list_command(Command::ItemDown, None),
            Command::HistoryBack => self.list_command(Command::ItemUp, None),
            command => {
                prompt.edit(command);
                self.filter_changed();
            }
        }
    }

    fn type_text(&mut self, typed: &str) {
        self.message = None;
        if let Some(BrowseOver::Filter(prompt)) = &mut self.over {
            prompt.insert(typed);
            self.filter_changed();
        }
    }

    fn filter_changed(&mut self) {
        let Some(BrowseOver::Filter(prompt)) = &self.over else { return };
        let typed = prompt.text().to_owned();
        if typed != self.interviews.filter {
            self.interviews.set_filter(&typed);
            self.interviews.cursor = Cursor::default();
        }
    }

    fn mouse(&mut self, mouse: Mouse, x: u16, y: u16) {
        if let Some(BrowseOver::Page(page)) = &mut self.over {
            let area = Page::area(self.screen, Area { y: self.screen.height.saturating_sub(1), ..self.screen });
            if !page.mouse(mouse, area) {
                self.over = None;
            }
            return;
        }
        let (rows, area) = (self.rows(), self.list_area());
        let height = usize::from(area.height);
        match mouse {
            Mouse::WheelDown => self.interviews.cursor.scroll(3, &rows, height),
            Mouse::WheelUp => self.interviews.cursor.scroll(-3, &rows, height),
            Mouse::Press if area.contains(x, y) => {
                let row = self.interviews.cursor.top + usize::from(y - area.y);
                if let Some(ListRow::Entry(entry, _)) = rows.get(row) {
                    // The second press of a double click opens.
                    match self.interviews.cursor.chosen == *entry {
                        true => self.open(),
                        false => self.interviews.cursor.chosen = *entry,
                    }
                    self.interviews.keep_choice();
                }
            }
            Mouse::Press | Mouse::Drag | Mouse::Release => {}
        }
    }
}
