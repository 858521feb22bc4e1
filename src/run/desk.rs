//! What reading one interview after another shares: the screen, the keys, and what the terminal sends.
//!
//! One loop at a time listens: that of an open interview, or that of the list of interviews. Keys that were typed
//! ahead for the next one, and signals that come while none listens, are kept for it.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::events::{self, Events};
use super::{Message, RunError, keymap};
use crate::app::{Action, Command, Mode};
use crate::config::{self, Config};
use crate::keymap::{Key, KeyReader, Keymap, KeymapError, Read};
use crate::store;
use crate::terminal::{self, Input, Screen};
use crate::ui::{Background, Theme};

/// The screen, the keys, and what the terminal sends.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) screen: Screen,
    pub(super) theme: Theme,
    /// The colours that the reader wants.
    wanted: config::Theme,
    /// The ground that the terminal told.
    background: Option<Background>,
    pub(super) keymap: Keymap,
    has_keys: bool,
    keys_to_come: Option<JoinHandle<Result<Keymap, KeymapError>>>,
    keys: KeyReader,
    events: Events,
    /// Inputs for whoever listens next; there while the terminal's thread waits for leave to go on.
    rest: Option<VecDeque<Input>>,
    /// Whether the terminal's thread waits for leave with nothing left to take in.
    owes_leave: bool,
    /// What comes while nobody listens.
    kept: (Sender<Message>, Receiver<Message>),
}

impl Desk {
    /// Takes the terminal. Its keys mean nothing yet: reading what they mean would take as long as a frame.
    pub(super) fn take(config: &Config) -> Result<Self, RunError> {
        let kept = mpsc::channel();
        let events = Events::start(kept.0.clone())?;
        let listener = events.listener();
        let screen = Screen::take(move |panic| {
            // Where nobody listens any more, nobody misses it.
            let _ = listener.send(Message::Action(Action::Told(Err(fault(panic)))));
        })?;
        let (wanted, background) = (config.theme, None);
        let theme = terminal::theme(wanted, background);
        Ok(Self {
            screen,
            theme,
            wanted,
            background,
            keymap: Keymap::default(),
            has_keys: false,
            keys_to_come: None,
            keys: KeyReader::default(),
            events,
            rest: None,
            owes_leave: false,
            kept,
        })
    }

    /// Has the meaning of the keys read, once: on another thread or, where the reader has set some, at once. Says what
    /// is wrong with those, where something is.
    pub(super) fn read_keys(&mut self, config: &Config) -> Result<Option<String>, RunError> {
        if self.has_keys {
            return Ok(None);
        }
        self.has_keys = true;
        if config.keys.is_empty() {
            self.keys_to_come = Some(thread::spawn(Keymap::default_keys));
            return Ok(None);
        }
        let (keymap, faults) = keymap(config)?;
        self.keymap = keymap;
        Ok(faults.into_iter().next())
    }

    /// Waits for the keys where they are still being read; says whether they have come now.
    pub(super) fn await_keys(&mut self) -> Result<bool, RunError> {
        let Some(thread) = self.keys_to_come.take() else { return Ok(false) };
        self.keymap = thread.join().unwrap_or_else(|_| Keymap::default_keys())?;
        Ok(true)
    }

    /// Shows everything in other colours.
    pub(super) fn wear(&mut self, wanted: config::Theme) {
        self.wanted = wanted;
        self.theme = terminal::theme(wanted, self.background);
    }

    /// Begins to tell `sender` what the terminal sends.
    pub(super) fn listen(&mut self, sender: &Sender<Message>) {
        self.events.tell(sender.clone());
        self.go_on();
        let rest = self.rest.take().map(|rest| Message::Inputs(rest.into()));
        for message in self.kept.1.try_iter().chain(rest) {
            // The listener has only begun.
            let _ = sender.send(message);
        }
    }

    /// Ends telling the owner of `receiver`; gives back what waits there and is for it alone.
    pub(super) fn unlisten(&mut self, receiver: &Receiver<Message>) -> Vec<Message> {
        self.events.tell(self.kept.0.clone());
        let is_outside = |message: &Message| {
            matches!(message, Message::Inputs(_) | Message::Signal(_) | Message::Stop | Message::Gone)
        };
        let (outside, own): (Vec<_>, Vec<_>) = receiver.try_iter().partition(is_outside);
        for message in outside {
            // The other end is here.
            let _ = self.kept.0.send(message);
        }
        own
    }

    /// Takes one input after the other; what is left when `take` wants no more is kept for the next listener.
    pub(super) fn take_in(&mut self, inputs: Vec<Input>) {
        self.rest = Some(inputs.into());
    }

    /// The next input of those that were taken in; when there is none, the terminal's thread may read on soon.
    pub(super) fn next_input(&mut self) -> Option<Input> {
        if let Some(input) = self.rest.as_mut()?.pop_front() {
            return Some(input);
        }
        self.rest = None;
        self.owes_leave = true;
        None
    }

    /// Lets the terminal's thread read on, after the frame that shows what the inputs before have come to: it is not to
    /// take the frame's time.
    pub(super) fn go_on(&mut self) {
        if std::mem::take(&mut self.owes_leave) {
            self.events.go_on();
        }
    }

    /// What an input means in a mode; `is_pending` tells whether keys that wait for more are shown.
    pub(super) fn actions(&mut self, input: Input, mode: Mode, is_pending: bool) -> Vec<Action> {
        let key = match input {
            Input::Key(key) => key,
            Input::Paste(text) => return vec![Action::Paste(text)],
            Input::Mouse(mouse, x, y) => return vec![Action::Mouse(mouse, x, y)],
            Input::Resize(columns, rows) => return vec![Action::Resize(columns, rows)],
            Input::Background(background) => {
                self.background = Some(background);
                self.wear(self.wanted);
                return Vec::new();
            }
            Input::Focus => return Vec::new(),
        };
        let read = self.keys.read(&self.keymap, mode, key);
        let mut actions = Vec::new();
        if is_pending && !matches!(read, Read::Pending(_)) {
            actions.push(Action::Pending(String::new(), Vec::new()));
        }
        match read {
            Read::Command(command, count) => actions.push(Action::Command(command, count)),
            Read::Type(c) if mode == Mode::Prompt => actions.push(self.typed_at_once(c)),
            Read::Type(c) => actions.push(Action::Type(c)),
            Read::Pending(keys) => {
                let hints = match self.keys.pressed() {
                    [] => Vec::new(),
                    pressed => self.keymap.continuations(mode, pressed),
                };
                actions.push(Action::Pending(keys, hints));
            }
            Read::Nothing => {}
        }
        actions
    }

    /// A character with those typed behind it that have come already: a long text is searched for the whole, and not
    /// for one beginning of it after the other.
    fn typed_at_once(&mut self, first: char) -> Action {
        let mut typed = String::from(first);
        while let Some(Input::Key(key)) = self.rest.as_ref().and_then(VecDeque::front)
            && let Read::Type(next) = self.keys.clone().read(&self.keymap, Mode::Prompt, *key)
        {
            typed.push(next);
            let _ = self.rest.as_mut().and_then(VecDeque::pop_front);
        }
        if typed.chars().nth(1).is_none() { Action::Type(first) } else { Action::Paste(typed) }
    }

    /// The command that a key would complete, and the count before it.
    pub(super) fn command_of(&self, key: Key, mode: Mode) -> Option<(Command, Option<u32>)> {
        match self.keys.clone().read(&self.keymap, mode, key) {
            Read::Command(command, count) => Some((command, count)),
            _ => None,
        }
    }

    /// Stops the program until the shell says to go on; gives back what has become of the window's size meanwhile.
    pub(super) fn suspend(&mut self) -> Result<Action, RunError> {
        self.screen.lend(events::stop)?;
        let (columns, rows) = self.screen.size()?;
        Ok(Action::Resize(columns, rows))
    }
}

/// What is told of a panic on another thread than the reader's; the log says more.
fn fault(panic: &str) -> String {
    let log = store::log(panic).map(|path| format!(" The log says where: {}.", path.display())).unwrap_or_default();
    format!("Something failed inside the program; reading goes on.{log}")
}
