//! The event loop: the one place where effects are carried out and the terminal is touched.
//!
//! Threads block on what they wait for and send what came to one channel: the terminal's events, the saver's outcomes,
//! signals. The loop takes a message, updates the app and draws once; a reader that rests wakes nobody.

mod browse;
mod clipboard;
mod desk;
mod editor;
mod events;
mod exporting;
mod opening;
mod saver;
mod watch;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use jiff::Timestamp;

use crate::app::{Action, App, Command, Document, Effect, Goal, Mode, Notes};
use crate::config::Config;
use crate::import;
use crate::keymap::{Key, Keymap, KeymapError};
use crate::library::{OpenError, Opened, Own, Settings, Source};
use crate::model::AnnotationId;
use crate::outline;
use crate::search::TextIndex;
use crate::store::{self, Draft, Drafts, Home, ReadingState, ReadingStates, TagsFile};
use crate::terminal::{Input, TerminalError};
use crate::ui;

pub use browse::browse;
use desk::Desk;
use opening::{FirstPage, document_of, first_page, open_behind};
use saver::{Changes, Saver};
use watch::{Watch, Watched};

/// Why reading could not begin, or had to end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The document cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The terminal cannot be had.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// The terminal is gone.
    #[error("the terminal failed: {0}")]
    Io(#[from] std::io::Error),
    /// The keys cannot be used.
    #[error("the keys cannot be used: {0}")]
    Keys(#[from] KeymapError),
    /// The program was told to end.
    #[error("ended by signal {0}")]
    Signal(i32),
    /// The folder holds no interview.
    #[error(
        "{}: there is no interview in this folder; name a file, or another folder",
        .0.display()
    )]
    NoInterviews(PathBuf),
    /// The program itself failed.
    #[error("{}: something failed inside the program; `interleaf show FILE` may still read it", .0.display())]
    Inside(PathBuf),
    /// Something was not saved when the program ended.
    #[error("not saved: {0}")]
    Unsaved(String),
}

/// What comes to the loop.
#[derive(Debug)]
enum Message {
    /// What the terminal sent since the last time; the terminal's thread waits until it is taken in.
    Inputs(Vec<Input>),
    /// What another thread has done.
    Action(Action),
    /// The whole document, of which the beginning is shown.
    Whole(Box<Source>),
    /// The rest of the document, of which the beginning is shown, cannot be read.
    Unreadable(OpenError),
    /// The thread that reads the document has failed.
    Failed,
    /// The notes and the outline of the document that is shown, and how many words it has.
    Opened(Box<Opened>, usize),
    /// Another program, or this one, has changed the file of the annotations.
    Changed,
    /// What another thread has found for the list of interviews.
    News(browse::News),
    /// The program is told to end.
    Signal(i32),
    /// The program is told to stop for a while.
    Stop,
    /// The terminal is gone.
    Gone,
}

/// Reads an interview in the terminal until the reader closes it, or goes on to the list of interviews and closes that.
///
/// # Errors
///
/// Where the document cannot be opened, or the terminal cannot be had.
pub fn read(path: &Path, settings: &Settings, config: &Config) -> Result<(), RunError> {
    let first = FirstPage::read(path, settings)?;
    let mut desk = Desk::take(config)?;
    match read_at(&mut desk, first, &Goal::LastRead, settings, config)? {
        (Left::ForLibrary, app) => {
            drop(app);
            browse::browse_from(&mut desk, path, settings, config)
        }
        (Left::Closed | Left::Gone, app) => {
            // The program ends, and the system takes back at once what would be taken apart piece by piece.
            std::mem::forget(app);
            Ok(())
        }
    }
}

/// How an interview was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// The reader closed it.
    Closed,
    /// The reader wants to see the list of interviews.
    ForLibrary,
    /// The terminal is gone.
    Gone,
}

/// Reads an interview until the reader leaves it; gives back how, and what was read.
fn read_at(
    desk: &mut Desk,
    first: FirstPage,
    goal: &Goal,
    settings: &Settings,
    config: &Config,
) -> Result<(Left, App), RunError> {
    let FirstPage { source, is_beginning } = first;
    let path = source.path.clone();
    let (columns, rows) = desk.screen.size()?;
    let mut app = first_page(&source, config);
    app.keys = desk.keymap.table();
    app.update(Action::Resize(columns, rows));
    let states = ReadingStates::of_user();
    match states.as_ref().and_then(|states| states.load(&path)) {
        Some(state) => app.come_back_to(state.position, &state.view),
        None if states.as_ref().is_none_or(ReadingStates::is_empty) => app.welcome(),
        None => {}
    }
    let mut goal = Some(goal.clone());
    // What is in the text can be gone to at once, if all of it is there.
    if !is_beginning && let Some(goal) = goal.take_if(|goal| matches!(goal, Goal::Hit { .. })) {
        app.go_to(&goal);
    }
    app.keys = desk.keymap.table();
    draw(desk, &app)?;

    let (sender, receiver) = mpsc::channel();
    open_behind(source, is_beginning, settings.clone(), sender.clone());
    if let Some(fault) = desk.read_keys(config)? {
        app.complain(fault);
    }
    if !config.keys.is_empty() {
        app.keys = desk.keymap.table();
        draw(desk, &app)?;
    }
    desk.listen(&sender);
    let mut reader = Reader {
        app,
        desk,
        saver: None,
        sender,
        settings: settings.clone(),
        is_beginning,
        watch: None,
        watched: None,
        left: Left::Closed,
        goal,
    };
    let ended = reader.run(&receiver);
    let unsaved = reader.close(&receiver);
    reader.desk.unlisten(&receiver);
    // The place is the last one; how much was read is told by the farthest.
    let farthest = states.as_ref().and_then(|states| states.load(&path)).map_or(0, |state| state.percent);
    let percent = match reader.is_beginning {
        true => farthest,
        false => farthest.max(reader.app.percent().min(100) as u8),
    };
    let state = ReadingState { position: reader.app.resting_place(), percent, view: reader.app.view_settings() };
    // The place is lost where it cannot be kept, and nothing else.
    let _ = states.map(|states| states.save(&path, &state));
    ended?;
    unsaved.map_or(Ok((reader.left, reader.app)), |why| Err(RunError::Unsaved(why)))
}

fn draw(desk: &mut Desk, app: &App) -> std::io::Result<()> {
    let (theme, screen) = (desk.theme, app.geometry.screen);
    desk.screen.draw((screen.width, screen.height), &ui::links(app), |buffer| ui::draw_into(app, &theme, buffer))
}

/// The keys as the reader has set them, and what of that does not work.
fn keymap(config: &Config) -> Result<(Keymap, Vec<String>), RunError> {
    let mut keymap = Keymap::default_keys()?;
    let mut faults = Vec::new();
    for setting in &config.keys {
        match keymap.with(&setting.mode, &setting.key, setting.action.as_deref()) {
            Ok(changed) => keymap = changed,
            Err(error) => faults.push(format!("The settings, line {}: {error}", setting.line)),
        }
    }
    Ok((keymap, faults))
}

/// The present second: annotations tell no smaller times.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn new_id() -> AnnotationId {
    store::new_id(Timestamp::now())
}

/// A path as people write it, with `~` for their home.
fn from_home(path: &Path) -> String {
    let below = etcetera::home_dir().ok().and_then(|home| path.strip_prefix(home).ok().map(Path::to_path_buf));
    below.map_or_else(|| path.display().to_string(), |below| format!("~/{}", below.display()))
}

struct Reader<'a> {
    app: App,
    desk: &'a mut Desk,
    saver: Option<Saver>,
    sender: Sender<Message>,
    settings: Settings,
    /// Whether only the beginning of the document is there yet.
    is_beginning: bool,
    /// The watch on the annotations, once their folder is there.
    watch: Option<Watch>,
    /// What is to be watched.
    watched: Option<Watched>,
    left: Left,
    /// Where the reader wants to be, once that is there.
    goal: Option<Goal>,
}

/// Whether the loop goes on.
enum Flow {
    On,
    End,
}

impl Reader<'_> {
    fn run(&mut self, receiver: &Receiver<Message>) -> Result<(), RunError> {
        while let Ok(message) = receiver.recv() {
            if self.desk.await_keys()? {
                self.app.keys = self.desk.keymap.table();
            }
            let mut next = Some(message);
            // What has come meanwhile is taken in before the next frame is drawn.
            while let Some(message) = next {
                if let Flow::End = self.take(message, receiver)? {
                    return Ok(());
                }
                next = receiver.try_recv().ok();
            }
            self.draw()?;
            self.desk.go_on();
        }
        Ok(())
    }

    fn draw(&mut self) -> std::io::Result<()> {
        draw(self.desk, &self.app)
    }

    fn take(&mut self, message: Message, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        match message {
            Message::Inputs(inputs) => {
                self.desk.take_in(inputs);
                while let Some(input) = self.desk.next_input() {
                    if let Flow::End = self.input(input, receiver)? {
                        return Ok(Flow::End);
                    }
                }
                Ok(Flow::On)
            }
            Message::Action(action) => {
                if matches!(action, Action::Saved { .. }) {
                    self.watch_in_earnest();
                }
                self.act(action, receiver)
            }
            Message::Whole(source) => {
                self.is_beginning = false;
                self.app.take_in_rest(document_of(&source));
                Ok(Flow::On)
            }
            Message::Unreadable(error) => Err(error.into()),
            Message::Failed => Err(RunError::Inside(PathBuf::from(&self.app.document.name))),
            Message::Opened(opened, words) => {
                self.opened(*opened, words);
                Ok(Flow::On)
            }
            Message::Changed => {
                self.watch_in_earnest();
                match &self.saver {
                    Some(saver) => saver.look(),
                    None => self.open_again(),
                }
                Ok(Flow::On)
            }
            Message::Signal(signal) => Err(RunError::Signal(signal)),
            Message::Stop => {
                self.suspend()?;
                Ok(Flow::On)
            }
            Message::Gone => {
                self.left = Left::Gone;
                Ok(Flow::End)
            }
            Message::News(_) => Ok(Flow::On),
        }
    }

    /// Annotations that could not be understood have been changed: reads them once more, with the document.
    fn open_again(&mut self) {
        let Some(watched) = &self.watched else { return };
        let document = &self.app.document;
        let (interview, report) = (document.base.clone(), (*document.report).clone());
        let source = Source { path: watched.interview.clone(), interview, report };
        open_behind(source, false, self.settings.clone(), self.sender.clone());
    }

    /// Watches the annotations where their folder has come only now.
    fn watch_in_earnest(&mut self) {
        if let Some(watched) = &self.watched
            && self.watch.as_ref().is_none_or(|watch| watch.is_early)
            && watched.notebook.annotations.is_dir()
        {
            self.watch = watched.start(self.sender.clone());
        }
    }

    /// Waits for the whole document where a key might lead beyond its beginning, and for the notes and the outline
    /// where it is about them: keys that are typed ahead are not lost.
    fn await_rest(&mut self, input: &Input, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        let may_lead_on = match input {
            Input::Key(_) | Input::Mouse(..) => !self.app.is_far_from_end(),
            _ => false,
        };
        let may_wait = matches!(input, Input::Key(_) | Input::Mouse(..) | Input::Paste(_));
        let moves_little = matches!(input, Input::Key(key) if self.moves_little(*key));
        let needs_notes = matches!(input, Input::Key(key) if self.needs_notes(*key));
        let is_early = |reader: &Self| match reader.is_beginning {
            true => may_wait && (may_lead_on || !moves_little),
            false => needs_notes && reader.app.document.is_outline_to_come,
        };
        while is_early(self) {
            let Ok(message) = receiver.recv() else { break };
            if let Flow::End = self.take(message, receiver)? {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    /// Whether a key moves by lines or pages, and nothing else.
    fn moves_little(&self, key: Key) -> bool {
        matches!(
            self.desk.command_of(key, self.app.mode()),
            Some((
                Command::LineDown
                    | Command::LineUp
                    | Command::PageDown
                    | Command::PageUp
                    | Command::HalfPageDown
                    | Command::HalfPageUp
                    | Command::Library
                    | Command::Quit,
                None
            ))
        )
    }

    /// Whether a key is about the notes or the outline.
    fn needs_notes(&self, key: Key) -> bool {
        let mode = self.app.mode();
        let is_over = !matches!(mode, Mode::Reading | Mode::Selecting | Mode::Outline | Mode::Notes);
        !is_over && self.desk.command_of(key, mode).is_some_and(|(command, _)| command.needs_notes())
    }

    fn input(&mut self, input: Input, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        if let Flow::End = self.await_rest(&input, receiver)? {
            return Ok(Flow::End);
        }
        // Where the system tells nothing of other programs' changes, coming back to the window is the time to look.
        if input == Input::Focus {
            return self.take(Message::Changed, receiver);
        }
        for action in self.desk.actions(input, self.app.mode(), !self.app.pending.is_empty()) {
            if let Flow::End = self.act(action, receiver)? {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    fn act(&mut self, action: Action, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        for effect in self.app.update(action) {
            if let Flow::End = self.carry_out(effect, receiver)? {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    fn carry_out(&mut self, effect: Effect, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        match effect {
            Effect::Save { generation, merges_seen, annotations, corrections } => {
                if let Some(saver) = &self.saver {
                    saver.save(Changes { generation, merges_seen, annotations, corrections });
                }
            }
            Effect::KeepDraft(draft) => {
                if let Some(saver) = &self.saver {
                    saver.keep_draft(*draft);
                }
            }
            Effect::DropDraft(id) => {
                if let Some(saver) = &self.saver {
                    saver.drop_draft(id);
                }
            }
            Effect::Outline(interview) => {
                let sender = self.sender.clone();
                thread::spawn(move || {
                    let topics = outline::topics(&interview, &[]);
                    let _ = sender.send(Message::Action(Action::Outlined(topics)));
                });
            }
            Effect::Correct(base, corrections) => {
                let sender = self.sender.clone();
                thread::spawn(move || {
                    let interview = Box::new(import::correct(&base, &corrections));
                    let _ = sender.send(Message::Action(Action::Corrected(interview, corrections)));
                });
            }
            Effect::Fold(interview) => {
                let sender = self.sender.clone();
                thread::spawn(move || {
                    let index = Arc::new(TextIndex::new(&interview));
                    let _ = sender.send(Message::Action(Action::Folded(index)));
                });
            }
            Effect::Copy(text) => {
                self.desk.screen.copy(&text)?;
                clipboard::copy_besides(text, self.sender.clone());
            }
            Effect::EditExternally(text) => {
                let edited = self.desk.screen.lend(|| editor::edit(&text))?;
                return self.act(Action::Edited(edited), receiver);
            }
            Effect::Export { format, to } => {
                let told = exporting::export(&self.app, &format, to.as_deref());
                return self.act(Action::Told(told), receiver);
            }
            Effect::Theme(theme) => self.desk.wear(theme),
            Effect::Redraw => self.desk.screen.lend(|| ())?,
            Effect::Suspend => self.suspend()?,
            Effect::Library | Effect::Quit => {
                // Where something is known not to be saved, the reader was asked.
                if self.app.notes.unsaved_reason().is_none() && !self.all_saved(receiver)? {
                    return Ok(Flow::On);
                }
                if matches!(effect, Effect::Library) && self.left == Left::Closed {
                    self.left = Left::ForLibrary;
                }
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    /// Waits for what is on its way to the disk; says whether it arrived there.
    fn all_saved(&mut self, receiver: &Receiver<Message>) -> Result<bool, RunError> {
        let Some(saver) = self.saver.as_ref().filter(|saver| saver.has_orders()) else { return Ok(true) };
        saver.ask_when_done();
        while let Ok(message) = receiver.recv() {
            match message {
                Message::Action(action @ Action::SaveFailed(_)) => {
                    self.app.update(action);
                    return Ok(self.app.notes.unsaved_reason().is_none());
                }
                Message::Action(action @ Action::Told(_)) => drop(self.app.update(action)),
                Message::Action(action) => {
                    let is_saved = matches!(action, Action::Saved { .. });
                    self.app.update(action);
                    if is_saved && self.app.notes.save == crate::app::SaveState::Saved {
                        return Ok(true);
                    }
                }
                Message::Signal(signal) => return Err(RunError::Signal(signal)),
                Message::Gone => {
                    self.left = Left::Gone;
                    return Ok(true);
                }
                Message::Unreadable(error) => return Err(error.into()),
                Message::Inputs(_)
                | Message::Whole(_)
                | Message::Opened(..)
                | Message::Failed
                | Message::Changed
                | Message::News(_)
                | Message::Stop => {}
            }
        }
        Ok(true)
    }

    fn suspend(&mut self) -> Result<(), RunError> {
        let resized = self.desk.suspend()?;
        self.app.update(resized);
        Ok(())
    }

    /// The notes and the outline have come.
    fn opened(&mut self, opened: Opened, words: usize) {
        if let Some(saver) = &self.saver {
            // They were read a second time meanwhile, and can be written.
            return saver.look();
        }
        let mut ours = Notes::new(opened.notes, self.settings.annotator.clone());
        let own = opened.own.path().to_path_buf();
        if opened.notebook.home == Home::UserData {
            let folder = from_home(&opened.notebook.annotations);
            self.app.tell(format!("Notes go to {folder}: this folder is read-only"));
        }
        let watched = Watched::new(opened.notebook.clone(), opened.path.clone(), own, &opened.layers);
        self.watch = watched.start(self.sender.clone());
        self.watched = Some(watched);
        let drafts = Drafts::of_user().map(|drafts| drafts.of(&opened.path)).unwrap_or_default();
        let (unsaved, needless): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| !draft.is_saved_in(opened.own.annotations()));
        match opened.own {
            Own::File(file) => {
                if self.app.notes.read_only.is_some() && !self.app.document.is_outline_to_come {
                    self.app.tell("The notes can be read again, and written.");
                }
                ours.corrections = file.corrections().to_vec();
                let saver = Saver::start(*file, opened.path.clone(), self.sender.clone());
                needless.into_iter().for_each(|draft| saver.drop_draft(draft.annotation.id));
                self.saver = Some(saver);
            }
            Own::ReadOnly { error, .. } => {
                // The line that the fault is on stands below, for those who have room for it.
                let why = error.to_string().lines().next().unwrap_or_default().to_owned();
                self.app.complain(format!("Read-only: {why}"));
                ours.read_only = Some(why);
            }
        }
        match TagsFile::load(&opened.notebook.tags_path()) {
            Ok(tags) => ours.tags = tags.definitions().to_vec(),
            Err(error) => self.app.complain(error.to_string()),
        }
        let document = Document {
            name: opened.name,
            base: opened.base,
            interview: opened.interview,
            topics: Arc::new(opened.topics),
            is_outline_to_come: false,
            report: Arc::new(opened.report),
            words,
        };
        self.app.take_in_notes(document, ours);
        if let Some(goal) = self.goal.take() {
            self.app.go_to(&goal);
        }
        if let Some(draft) = unsaved.into_iter().find(|draft| !draft.is_open_elsewhere) {
            self.app.offer_draft(draft.annotation);
        }
    }

    /// Ends the saver; says what it could not save.
    fn close(&mut self, receiver: &Receiver<Message>) -> Option<String> {
        drop(self.saver.take());
        while let Ok(message) = receiver.try_recv() {
            if let Message::Action(action @ (Action::Saved { .. } | Action::SaveFailed(_))) = message {
                self.app.update(action);
            }
        }
        self.app.notes.unsaved_reason()
    }
}
