//! The thread that writes annotations, so that no key waits for a disk.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Message;
use crate::app::Action;
use crate::model::{Annotation, Correction};
use crate::store::AnnotationsFile;

/// How long after a save that failed it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The thread that writes annotations.
#[derive(Debug)]
pub(super) struct Saver {
    orders: Sender<Order>,
    thread: JoinHandle<()>,
}

#[derive(Debug)]
enum Order {
    Save(State),
    Report,
}

/// All that is to be in the file.
#[derive(Clone, Debug)]
struct State {
    generation: u64,
    annotations: Arc<Vec<Annotation>>,
    corrections: Arc<Vec<Correction>>,
}

impl Saver {
    /// Starts the thread for a file; its outcomes go to `sender`.
    pub(super) fn start(file: AnnotationsFile, sender: Sender<Message>) -> Self {
        let (orders, received) = mpsc::channel();
        let thread = thread::spawn(move || work(file, &received, &sender));
        Self { orders, thread }
    }

    /// Writes, and says so in an [`Action::Saved`] or an [`Action::SaveFailed`].
    pub(super) fn save(&self, generation: u64, annotations: Arc<Vec<Annotation>>, corrections: Arc<Vec<Correction>>) {
        self.order(Order::Save(State { generation, annotations, corrections }));
    }

    /// Asks for one more outcome, after all that was ordered before.
    pub(super) fn ask_when_done(&self) {
        self.order(Order::Report);
    }

    /// Waits until all that was ordered has been tried.
    pub(super) fn finish(self) {
        drop(self.orders);
        // A thread that panicked has nothing more to write.
        let _ = self.thread.join();
    }

    fn order(&self, order: Order) {
        // The thread ends only after the orders do.
        let _ = self.orders.send(order);
    }
}

fn work(mut file: AnnotationsFile, orders: &Receiver<Order>, sender: &Sender<Message>) {
    // What could not be written yet, to be tried again.
    let mut waiting: Option<State> = None;
    let mut written = 0;
    loop {
        let order = match &waiting {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => orders.recv_timeout(AGAIN),
        };
        let mut wants_report = false;
        match order {
            Ok(Order::Save(state)) => waiting = Some(state),
            Ok(Order::Report) => wants_report = true,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        // Only the latest state is written: what came meanwhile holds all before it.
        while let Ok(order) = orders.try_recv() {
            match order {
                Order::Save(state) => waiting = Some(state),
                Order::Report => wants_report = true,
            }
        }
        let action = match waiting.take() {
            Some(state) => match file.save(&state.annotations, &state.corrections) {
                Ok(outcome) => {
                    written = state.generation;
                    let remark = outcome.backup.as_ref().map(|backup| {
                        format!("The file was written anew; as it was before, it is kept in {}.", backup.display())
                    });
                    let remark = match outcome.conflicts.len() {
                        0 => remark,
                        count => Some(format!("{count} changed in another program too: both versions are kept.")),
                    };
                    Action::Saved {
                        generation: written,
                        merged: outcome.merged.then_some((outcome.annotations, outcome.corrections)),
                        remark,
                    }
                }
                Err(error) => {
                    waiting = Some(state);
                    Action::SaveFailed(error.to_string())
                }
            },
            None if wants_report => Action::Saved { generation: written, merged: None, remark: None },
            None => continue,
        };
        if sender.send(Message::Action(action)).is_err() {
            break;
        }
    }
    if let Some(state) = waiting
        && let Err(error) = file.save(&state.annotations, &state.corrections)
    {
        let _ = sender.send(Message::Action(Action::SaveFailed(error.to_string())));
    }
}
