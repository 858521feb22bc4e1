//! The thread that writes annotations, so that no key waits for a disk.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Message;
use crate::app::{Action, Merged};
use crate::model::{Annotation, AnnotationId, Correction};
use crate::store::{AnnotationsFile, Drafts, StoreError, merge_annotations, merge_corrections};

/// How long after a save that failed it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How long words of the open editor may be in memory only.
const DRAFT_EVERY: Duration = Duration::from_secs(2);

/// The thread that writes annotations.
#[derive(Debug)]
pub(super) struct Saver {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
enum Order {
    Save(State),
    Look(State),
    KeepDraft(Box<Annotation>),
    DropDraft(AnnotationId),
    Report,
}

/// All that is to be in the file, as the reader has it.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// Counts the reader's changes.
    pub(super) generation: u64,
    /// The last of other writers' changes that the reader had taken in.
    pub(super) merges_seen: u64,
    /// All annotations of the reader's own layer.
    pub(super) annotations: Arc<Vec<Annotation>>,
    /// All corrections.
    pub(super) corrections: Arc<Vec<Correction>>,
}

/// Other writers' changes that are in the file, but not yet in what the reader sends.
#[derive(Debug)]
struct Unseen {
    /// What the reader sent when they were found.
    sent: State,
    /// What the file came to hold.
    merged: Merged,
}

impl Saver {
    /// Starts the thread for the annotations of an interview; its outcomes go to `sender`.
    pub(super) fn start(file: AnnotationsFile, interview: PathBuf, sender: Sender<Message>) -> Self {
        let (orders, received) = mpsc::channel();
        let desk = Desk {
            file,
            interview,
            drafts: Drafts::of_user(),
            sender,
            waiting: None,
            draft: None,
            draft_kept: None,
            needless: Vec::new(),
            written: 0,
            merges: 0,
            unseen: None,
        };
        let thread = thread::spawn(move || {
            let mut desk = desk;
            // Where writing panics, the reader is told that it is not saved, and the next change is tried again.
            while panic::catch_unwind(AssertUnwindSafe(|| desk.work(&received))).is_err() {
                let why = "something failed inside the program while saving; the next change tries again".to_owned();
                if desk.sender.send(Message::Action(Action::SaveFailed(why))).is_err() {
                    break;
                }
            }
        });
        Self { orders: Some(orders), thread: Some(thread) }
    }

    /// Writes, and says so in an [`Action::Saved`] or an [`Action::SaveFailed`].
    pub(super) fn save(&self, state: State) {
        self.order(Order::Save(state));
    }

    /// Takes in what other programs have written, if they have.
    pub(super) fn look(&self, state: State) {
        self.order(Order::Look(state));
    }

    /// Keeps the words of the open editor, soon.
    pub(super) fn keep_draft(&self, annotation: Annotation) {
        self.order(Order::KeepDraft(Box::new(annotation)));
    }

    /// Forgets the words of an editor that was left.
    pub(super) fn drop_draft(&self, id: AnnotationId) {
        self.order(Order::DropDraft(id));
    }

    /// Asks for one more outcome, after all that was ordered before.
    pub(super) fn ask_when_done(&self) {
        self.order(Order::Report);
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only after the orders do.
            let _ = orders.send(order);
        }
    }
}

/// Waits until all that was ordered has been tried, however the reader ends.
impl Drop for Saver {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to write.
            let _ = thread.join();
        }
    }
}

/// What the thread works on.
struct Desk {
    file: AnnotationsFile,
    interview: PathBuf,
    drafts: Option<Drafts>,
    sender: Sender<Message>,
    /// What is not written yet.
    waiting: Option<State>,
    /// The words of the open editor that are in memory only.
    draft: Option<Box<Annotation>>,
    /// When words of the open editor were last kept.
    draft_kept: Option<Instant>,
    /// Drafts whose editors were left, to be removed as soon as all is written.
    needless: Vec<AnnotationId>,
    /// The last generation that is on the disk.
    written: u64,
    /// How often other writers' changes were found.
    merges: u64,
    /// Those that the reader has not taken in.
    unseen: Option<Unseen>,
}

impl Desk {
    fn work(&mut self, orders: &Receiver<Order>) {
        loop {
            let order = match self.patience() {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => orders.recv_timeout(patience),
            };
            let mut wants_report = false;
            match order {
                Ok(order) => {
                    // Only the latest state is written: what came meanwhile holds all before it.
                    for order in std::iter::once(order).chain(std::iter::from_fn(|| orders.try_recv().ok())) {
                        wants_report |= self.take(order);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.draft_kept.is_none_or(|kept| kept.elapsed() >= DRAFT_EVERY) {
                self.keep_draft();
            }
            let outcome = self.waiting.take().map(|state| self.save(state));
            self.drop_needless();
            let action = match outcome {
                Some(action) => action,
                None if wants_report => Action::Saved { generation: self.written, merged: None, remark: None },
                None => continue,
            };
            if self.sender.send(Message::Action(action)).is_err() {
                break;
            }
        }
        self.keep_draft();
        if let Some(state) = self.waiting.take() {
            let action = self.save(state);
            self.drop_needless();
            // The reader is gone, or asks for what came last.
            let _ = self.sender.send(Message::Action(action));
        }
    }

    /// How long to wait for orders before something else is to be done; `None` for ever.
    fn patience(&self) -> Option<Duration> {
        let draft = self
            .draft
            .is_some()
            .then(|| self.draft_kept.map_or(Duration::ZERO, |kept| DRAFT_EVERY.saturating_sub(kept.elapsed())));
        let again = self.waiting.is_some().then_some(AGAIN);
        draft.into_iter().chain(again).min()
    }

    /// Takes an order; says whether an outcome is asked for.
    fn take(&mut self, order: Order) -> bool {
        match order {
            Order::Save(state) => self.waiting = Some(state),
            Order::Look(state) => {
                if self.waiting.is_none() && self.file.has_changed_on_disk() {
                    self.waiting = Some(State { generation: self.written, ..state });
                }
            }
            Order::KeepDraft(annotation) => {
                self.needless.retain(|id| *id != annotation.id);
                self.draft = Some(annotation);
            }
            Order::DropDraft(id) => {
                self.draft = None;
                self.draft_kept = None;
                self.needless.push(id);
            }
            Order::Report => return true,
        }
        false
    }

    fn keep_draft(&mut self) {
        let Some(annotation) = self.draft.take() else { return };
        self.draft_kept = Some(Instant::now());
        let kept = self.drafts.as_ref().map(|drafts| drafts.keep(&self.interview, &annotation));
        self.tell_failure(kept);
    }

    /// Removes the drafts of editors that were left, unless their notes still wait to be written.
    fn drop_needless(&mut self) {
        if self.waiting.is_some() {
            return;
        }
        for id in std::mem::take(&mut self.needless) {
            let dropped = self.drafts.as_ref().map(|drafts| drafts.remove(&self.interview, &id));
            self.tell_failure(dropped);
        }
    }

    fn tell_failure(&self, outcome: Option<Result<(), StoreError>>) {
        if let Some(Err(error)) = outcome {
            let told = Action::Told(Err(format!("The draft is not kept: {error}")));
            let _ = self.sender.send(Message::Action(told));
        }
    }

    fn save(&mut self, state: State) -> Action {
        self.unseen.take_if(|unseen| state.merges_seen >= unseen.merged.number);
        let (annotations, corrections) = self.with_unseen(&state);
        let outcome = match self.file.save(&annotations, &corrections) {
            Ok(outcome) => outcome,
            Err(error) => {
                self.waiting = Some(state);
                return Action::SaveFailed(error.to_string());
            }
        };
        self.written = state.generation;
        let remark = match (outcome.conflicts.len(), &outcome.backup) {
            (0, None) => outcome.merged.then(|| "Another program's changes were taken in.".to_owned()),
            (0, Some(backup)) => {
                Some(format!("The file was written anew; as it was before, it is kept in {}.", backup.display()))
            }
            (count, _) => {
                Some(format!("{count} changed in another program too: both versions are kept, C settles which."))
            }
        };
        let merged = (outcome.merged || self.unseen.is_some()).then(|| {
            self.merges += 1;
            Merged { number: self.merges, annotations: outcome.annotations, corrections: outcome.corrections }
        });
        self.unseen = merged.clone().map(|merged| Unseen { sent: state.clone(), merged });
        Action::Saved { generation: state.generation, merged, remark }
    }

    /// What the reader sends, with other writers' changes that it has not seen: without them, the file would lose
    /// what they added.
    fn with_unseen(&self, state: &State) -> (Vec<Annotation>, Vec<Correction>) {
        match &self.unseen {
            None => (state.annotations.to_vec(), state.corrections.to_vec()),
            Some(Unseen { sent, merged }) => (
                merge_annotations(&sent.annotations, &state.annotations, &merged.annotations).annotations,
                merge_corrections(&sent.corrections, &state.corrections, &merged.corrections),
            ),
        }
    }
}
