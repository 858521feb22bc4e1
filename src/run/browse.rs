//! The loop of the list of interviews: it has the folder scanned on other threads, opens the chosen interview on the
//! same screen, and comes back when that is closed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Desk, FirstPage, Flow, Left, Message, RunError, now, read_at};
use crate::app::{Action, BrowseEffect, Browser, Clock, FoundIn, Goal, Scanning};
use crate::config::Config;
use crate::library::{self, FollowUp, Library, Progress, Scan, Settings, Sought, Summary, Texts};
use crate::model::Status;
use crate::store::{ReadingStates, Visit};
use crate::terminal::Input;
use crate::ui;

/// What another thread has found for the list of interviews. The numbers are those of the scans.
#[derive(Debug)]
pub(super) enum News {
    /// When interviews were last read, and how far.
    Visits(Vec<(PathBuf, Visit)>),
    /// A scan has come so far, and found an interview or none.
    Found(u32, Option<Box<Summary>>, Progress),
    /// A scan has ended.
    Scanned(u32, Library),
    /// The questions and follow-ups of all interviews.
    FollowUps(Vec<FollowUp>),
    /// The status of a question or follow-up was changed, or could not be.
    Status(Box<Result<FollowUp, String>>),
    /// The search of that number has come so far, and found something in an interview or nothing.
    FoundIn(u32, Option<Box<FoundIn>>, Progress),
}

/// Most hits that are listed of one interview: words such as “the” have more than anybody looks through.
const LISTED: usize = 100;
/// Once so many are listed, only [`FEW`] of each further interview are.
const MANY: usize = 10_000;
const FEW: usize = 3;
/// Bytes of interviews that searches keep.
const KEPT: usize = 48 * 1024 * 1024;
/// Characters of the excerpts before and after a hit, of which the list shows a line and the preview all.
const AROUND: usize = 240;

/// So long may the first interview take to be found before the screen is taken, so that a folder without any is an
/// error like others.
const PATIENCE: Duration = Duration::from_millis(250);

/// Shows the interviews of a folder, and reads those that the reader opens, until the reader leaves the list.
///
/// # Errors
///
/// Where the folder holds no interview, or the terminal cannot be had.
pub fn browse(folder: &Path, settings: &Settings, config: &Config) -> Result<(), RunError> {
    let (sender, receiver) = mpsc::channel();
    let mut shelf = Shelf::new(folder, settings, config, sender);
    shelf.scan(false);
    let begun = Instant::now();
    while let Ok(message) = receiver.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
        let Message::News(news) = message else { continue };
        shelf.take_in(news)?;
        if !shelf.browser.interviews.all().is_empty() {
            break;
        }
    }
    let mut desk = Desk::take(config)?;
    shelf.run(&mut desk, &receiver)
}

/// Shows the interviews of the notebook of an interview that was just left.
pub(super) fn browse_from(
    desk: &mut Desk,
    interview: &Path,
    settings: &Settings,
    config: &Config,
) -> Result<(), RunError> {
    let (sender, receiver) = mpsc::channel();
    let mut shelf = Shelf::new(&folder_of(interview, settings), settings, config, sender);
    shelf.came_from = interview.canonicalize().ok();
    shelf.scan(false);
    shelf.run(desk, &receiver)
}

/// The folder of the notebook of an interview; that of the interview itself, where the notebook lies elsewhere.
fn folder_of(interview: &Path, settings: &Settings) -> PathBuf {
    let root = settings.notebook_of(interview).root;
    let path = interview.canonicalize().unwrap_or_else(|_| interview.to_path_buf());
    match root.canonicalize() {
        Ok(root) if path.starts_with(&root) => root,
        _ => path.parent().unwrap_or(Path::new(".")).to_path_buf(),
    }
}

/// The list of interviews and the scan that fills it.
struct Shelf<'a> {
    browser: Browser,
    folder: PathBuf,
    settings: &'a Settings,
    config: &'a Config,
    sender: Sender<Message>,
    /// Stops the scan that goes on.
    cancel: Arc<AtomicBool>,
    /// The interviews that searches have read.
    texts: Arc<Texts>,
    /// Stops the search that goes on.
    cancel_search: Arc<AtomicBool>,
    /// The number of the last scan.
    scan: u32,
    /// The interview that the reader came from, until it is found and chosen.
    came_from: Option<PathBuf>,
}

impl<'a> Shelf<'a> {
    fn new(folder: &Path, settings: &'a Settings, config: &'a Config, sender: Sender<Message>) -> Self {
        let clock = Clock { now: Timestamp::now, zone: TimeZone::system() };
        Self {
            browser: Browser::new(&name_of(folder), u32::from(config.reading_speed), clock),
            folder: folder.to_path_buf(),
            settings,
            config,
            sender,
            cancel: Arc::default(),
            texts: Arc::new(Texts::keeping(KEPT)),
            cancel_search: Arc::default(),
            scan: 0,
            came_from: None,
        }
    }

    /// Looks for interviews, on other threads; a scan that goes on is stopped. A quiet one is not shown.
    fn scan(&mut self, quietly: bool) {
        self.cancel.store(true, Ordering::Relaxed);
        self.cancel = Arc::default();
        self.scan += 1;
        self.browser.scan_begins(quietly);
        self.texts.look_again();
        let scan = Scan::new(&self.folder, self.settings);
        let (number, cancel, sender) = (self.scan, Arc::clone(&self.cancel), self.sender.clone());
        thread::spawn(move || {
            // Where nobody listens any more, nobody misses the news.
            let tell = |news: News| drop(sender.send(Message::News(news)));
            if let Some(states) = ReadingStates::of_user() {
                tell(News::Visits(states.recent()));
            }
            let found = |summary: Option<&Summary>, progress: Progress| {
                tell(News::Found(number, summary.map(|summary| Box::new(summary.clone())), progress));
            };
            let library = scan.run(&cancel, &found);
            tell(News::Scanned(number, library));
        });
    }

    /// # Errors
    ///
    /// Where the folder turns out to hold no interview.
    fn take_in(&mut self, news: News) -> Result<(), RunError> {
        match news {
            News::Visits(visits) => self.browser.take_in_visits(visits.into_iter().collect()),
            News::Found(scan, summary, progress) if scan == self.scan => {
                self.browser.found(summary.map(|summary| *summary), progress);
            }
            News::Scanned(scan, library) if scan == self.scan => {
                if scan == 1 && library.interviews.is_empty() && !library.is_partial {
                    return Err(RunError::NoInterviews(self.folder.clone()));
                }
                for effect in self.browser.scanned(library) {
                    self.look_up(effect);
                }
            }
            News::FollowUps(follow_ups) => self.browser.take_in_follow_ups(follow_ups),
            News::Status(outcome) => {
                let is_changed = outcome.is_ok();
                self.browser.status_set(*outcome);
                if is_changed {
                    // The interviews tell how many are open.
                    self.scan(true);
                }
            }
            News::FoundIn(number, found, progress) => {
                self.browser.found_in(number, found.map(|found| *found), progress);
            }
            News::Found(..) | News::Scanned(..) => {}
        }
        if let Some(path) = &self.came_from
            && self.browser.interviews.holds(path)
        {
            self.browser.choose(path);
            self.came_from = None;
        }
        Ok(())
    }

    /// Carries out what is looked up on other threads; gives back what is not.
    fn look_up(&mut self, effect: BrowseEffect) -> Option<BrowseEffect> {
        match effect {
            BrowseEffect::Scan => self.scan(false),
            BrowseEffect::StopScan => self.cancel.store(true, Ordering::Relaxed),
            BrowseEffect::ReadFollowUps => self.read_follow_ups(),
            BrowseEffect::Search { number, words, is_regex } => self.search(number, &words, is_regex),
            BrowseEffect::SetStatus(follow_up, status) => self.set_status(*follow_up, status),
            BrowseEffect::StopSearch => self.cancel_search.store(true, Ordering::Relaxed),
            other => return Some(other),
        }
        None
    }

    fn read_follow_ups(&self) {
        let interviews = self.browser.interviews.all().to_vec();
        let (settings, sender) = (self.settings.clone(), self.sender.clone());
        thread::spawn(move || {
            let found = library::follow_ups(&interviews, &settings);
            let _ = sender.send(Message::News(News::FollowUps(found)));
        });
    }

    fn set_status(&self, follow_up: FollowUp, status: Status) {
        let (settings, sender) = (self.settings.clone(), self.sender.clone());
        thread::spawn(move || {
            let outcome = library::set_status(&follow_up, status, now(), &settings).map_err(|error| error.to_string());
            let _ = sender.send(Message::News(News::Status(Box::new(outcome))));
        });
    }

    /// Searches in all interviews, on other threads; a search that goes on is stopped.
    fn search(&mut self, number: u32, words: &str, is_regex: bool) {
        self.cancel_search.store(true, Ordering::Relaxed);
        self.cancel_search = Arc::default();
        // The browser has told what is wrong with it, where something is.
        let Ok(mut sought) = Sought::parse(words, is_regex) else { return };
        sought.around = AROUND;
        let files: Vec<PathBuf> = self.browser.interviews.all().iter().map(|summary| summary.path.clone()).collect();
        let (settings, sender) = (self.settings.clone(), self.sender.clone());
        let (cancel, texts) = (Arc::clone(&self.cancel_search), Arc::clone(&self.texts));
        thread::spawn(move || {
            let listed = AtomicUsize::new(0);
            let found = |found: Option<library::Found>, progress: Progress| {
                let found = found.map(|mut found| {
                    let count = found.hits.len();
                    let are_many = listed.load(Ordering::Relaxed) >= MANY;
                    found.hits.truncate(if are_many { FEW } else { LISTED });
                    listed.fetch_add(found.hits.len(), Ordering::Relaxed);
                    Box::new(FoundIn { found, count })
                });
                let _ = sender.send(Message::News(News::FoundIn(number, found, progress)));
            };
            sought.search(&files, &settings, &texts, &cancel, &found);
        });
    }

    fn run(&mut self, desk: &mut Desk, receiver: &Receiver<Message>) -> Result<(), RunError> {
        let (columns, rows) = desk.screen.size()?;
        self.browser.update(Action::Resize(columns, rows));
        self.browser.keys = desk.keymap.table();
        self.draw(desk)?;
        if let Some(fault) = desk.read_keys(self.config)? {
            self.browser.update(Action::Told(Err(fault)));
        }
        if !self.config.keys.is_empty() {
            self.browser.keys = desk.keymap.table();
            self.draw(desk)?;
        }
        desk.listen(&self.sender);
        let ended = self.go_on(desk, receiver);
        self.cancel.store(true, Ordering::Relaxed);
        self.cancel_search.store(true, Ordering::Relaxed);
        ended
    }

    fn go_on(&mut self, desk: &mut Desk, receiver: &Receiver<Message>) -> Result<(), RunError> {
        while let Ok(message) = receiver.recv() {
            if desk.await_keys()? {
                self.browser.keys = desk.keymap.table();
            }
            let mut next = Some(message);
            // What has come meanwhile is taken in before the next frame is drawn.
            while let Some(message) = next {
                if let Flow::End = self.take(message, desk, receiver)? {
                    return Ok(());
                }
                next = receiver.try_recv().ok();
            }
            self.draw(desk)?;
            desk.go_on();
        }
        Ok(())
    }

    fn draw(&mut self, desk: &mut Desk) -> std::io::Result<()> {
        self.browser.arrange();
        let (browser, theme) = (&self.browser, desk.theme);
        let size = (browser.screen.width, browser.screen.height);
        desk.screen.draw(size, &[], |buffer| ui::draw_library_into(browser, &theme, buffer))
    }

    fn take(&mut self, message: Message, desk: &mut Desk, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        match message {
            Message::Inputs(inputs) => {
                desk.take_in(inputs);
                while let Some(input) = desk.next_input() {
                    if input == Input::Focus && self.browser.scanning == Scanning::Done {
                        self.scan(true);
                    }
                    let actions = desk.actions(input, self.browser.mode(), !self.browser.pending.is_empty());
                    for action in actions {
                        if let Flow::End = self.act(action, desk, receiver)? {
                            return Ok(Flow::End);
                        }
                    }
                }
            }
            Message::News(news) => self.take_in(news)?,
            Message::Signal(signal) => return Err(RunError::Signal(signal)),
            Message::Stop => {
                let resized = desk.suspend()?;
                self.browser.update(resized);
            }
            Message::Gone => return Ok(Flow::End),
            Message::Action(action @ Action::Told(_)) => drop(self.browser.update(action)),
            // These are for an open interview, and come on its own channel.
            Message::Action(_)
            | Message::Whole(_)
            | Message::Unreadable(_)
            | Message::Failed
            | Message::Opened(..)
            | Message::Changed => {}
        }
        Ok(Flow::On)
    }

    fn act(&mut self, action: Action, desk: &mut Desk, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        for effect in self.browser.update(action) {
            match self.look_up(effect) {
                Some(BrowseEffect::Open(path, goal)) => return self.open(&path, &goal, desk, receiver),
                Some(BrowseEffect::Theme(theme)) => desk.wear(theme),
                Some(BrowseEffect::Redraw) => desk.screen.lend(|| ())?,
                Some(BrowseEffect::Suspend) => {
                    let resized = desk.suspend()?;
                    self.browser.update(resized);
                }
                Some(BrowseEffect::Quit) => return Ok(Flow::End),
                _ => {}
            }
        }
        Ok(Flow::On)
    }

    /// Reads an interview, and comes back to the list.
    fn open(
        &mut self,
        path: &Path,
        goal: &Goal,
        desk: &mut Desk,
        receiver: &Receiver<Message>,
    ) -> Result<Flow, RunError> {
        let first = match FirstPage::read(path, self.settings) {
            Ok(first) => first,
            Err(error) => {
                self.browser.update(Action::Told(Err(error.to_string())));
                return Ok(Flow::On);
            }
        };
        for message in desk.unlisten(receiver) {
            if let Message::News(news) = message {
                self.take_in(news)?;
            }
        }
        let left = read_at(desk, first, goal, self.settings, self.config);
        let told = match left.map(|(left, _)| left) {
            Ok(Left::Closed | Left::ForLibrary) => None,
            Ok(Left::Gone) => return Ok(Flow::End),
            Err(RunError::Open(error)) => Some(error.to_string()),
            Err(RunError::Unsaved(why)) => Some(format!("Not saved: {why}")),
            Err(error) => return Err(error),
        };
        let (columns, rows) = desk.screen.size()?;
        self.browser.update(Action::Resize(columns, rows));
        if let Some(told) = told {
            self.browser.update(Action::Told(Err(told)));
        }
        self.scan(true);
        if let Some(effect) = self.browser.search_again() {
            self.look_up(effect);
        }
        desk.listen(&self.sender);
        // What is left of the inputs comes back through the channel.
        Ok(Flow::On)
    }
}

/// What the reader knows a folder as: its name, also where it was named as `.`.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    whole.file_name().map_or_else(|| whole.display().to_string(), |name| name.to_string_lossy().into_owned())
}
