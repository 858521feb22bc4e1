//! The event loop: the one place where effects are carried out and the terminal is touched.
//!
//! Threads block on what they wait for and send what came to one channel: the terminal's events, the saver's outcomes,
//! signals. The loop, `reader` for an interview and `browse` for a list of them, takes a message, updates the app and
//! draws once; a reader that rests wakes nobody.

mod browse;
mod clipboard;
mod desk;
mod editor;
mod events;
mod exporting;
mod opening;
mod reader;
mod saver;
mod watch;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use jiff::Timestamp;

use crate::app::{Action, App, Goal};
use crate::config::Config;
use crate::keymap::{Keymap, KeymapError};
use crate::library::{OpenError, Opened, Settings, Source};
use crate::model::AnnotationId;
use crate::store::{self, ReadingState, ReadingStates};
use crate::terminal::{Input, TerminalError};
use crate::ui;

pub use browse::browse;
use desk::Desk;
use opening::{FirstPage, first_page, open_behind};
use reader::Reader;

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

/// Whether the loop goes on.
enum Flow {
    On,
    End,
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
