//! What the world outside sends: the terminal's events, signals, stops.

use std::io;
use std::sync::mpsc::{self, SendError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::Message;
use crate::terminal::Inputs;

/// How long the rest of an answer that has begun is waited for.
const REST_OF_ANSWER: Duration = Duration::from_millis(1);

/// How long keys that are at hand may take to be handed over. With no time at all crossterm gives none of those that it
/// has read already, and a held key would run on, frame by frame, after it is let go.
const AT_HAND: Duration = Duration::from_micros(10);

/// The terminal's thread, which reads only while nothing else may want to: after each batch it waits for leave to
/// go on, so that a program that was lent the terminal gets all keys.
#[derive(Debug)]
pub(super) struct Events {
    /// Leave to go on; `None` while the terminal is not listened to yet.
    leave: Option<Sender<()>>,
    /// The signals, until somebody listens to them.
    signals: Option<Signals>,
    to: Listener,
}

/// Who is told what comes.
#[derive(Clone, Debug)]
pub(super) struct Listener(Arc<Mutex<Sender<Message>>>);

impl Listener {
    pub(super) fn send(&self, message: Message) -> Result<(), SendError<Message>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).send(message)
    }
}

impl Events {
    /// Has signals kept from now on; to be done before the terminal is taken, so that none ends the program without
    /// giving it back. They are told of as soon as somebody is told anything.
    pub(super) fn start(sender: Sender<Message>) -> io::Result<Self> {
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
        Ok(Self { leave: None, signals: Some(signals), to: Listener(Arc::new(Mutex::new(sender))) })
    }

    fn listen_to_signals(mut signals: Signals, to: Listener) {
        thread::spawn(move || {
            for signal in signals.forever() {
                let message = if signal == SIGTSTP { Message::Stop } else { Message::Signal(signal) };
                if to.send(message).is_err() {
                    break;
                }
            }
        });
    }

    /// Starts listening to the terminal.
    fn listen_to_terminal(to: Listener) -> Sender<()> {
        let (leave, may_go_on) = mpsc::channel();
        thread::spawn(move || {
            let mut made = Inputs::default();
            loop {
                let mut inputs = Vec::new();
                let read = || -> io::Result<()> {
                    inputs.extend(made.take(crossterm::event::read()?));
                    // Keys that have come meanwhile go into the same frame.
                    while crossterm::event::poll(if made.is_holding() { REST_OF_ANSWER } else { AT_HAND })? {
                        inputs.extend(made.take(crossterm::event::read()?));
                    }
                    Ok(())
                };
                let mut read = read;
                let message = match read() {
                    Ok(()) if inputs.is_empty() => continue,
                    Ok(()) => Message::Inputs(inputs),
                    Err(_) => Message::Gone,
                };
                let is_over = matches!(message, Message::Gone);
                if to.send(message).is_err() || is_over || may_go_on.recv().is_err() {
                    break;
                }
            }
        });
        leave
    }

    /// Tells somebody else from now on, what the terminal sends as well.
    pub(super) fn tell(&mut self, sender: Sender<Message>) {
        *self.to.0.lock().unwrap_or_else(PoisonError::into_inner) = sender;
        if let Some(signals) = self.signals.take() {
            Self::listen_to_signals(signals, self.to.clone());
        }
        let to = &self.to;
        self.leave.get_or_insert_with(|| Self::listen_to_terminal(to.clone()));
    }

    /// Whoever is told what comes, whenever that is.
    pub(super) fn listener(&self) -> Listener {
        self.to.clone()
    }

    /// Lets the terminal's thread read on.
    pub(super) fn go_on(&self) {
        // The thread is gone only where the terminal is, which it has said itself.
        let _ = self.leave.as_ref().map(|leave| leave.send(()));
    }
}

/// Stops the program as the shell's Ctrl-Z does; comes back when the shell says to go on.
pub(super) fn stop() {
    // Where it cannot be stopped, it goes on.
    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
}
