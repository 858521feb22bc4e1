//! The thread that writes annotations, so that no key waits for a disk.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Message;
use crate::app::{Action, Merged};
use crate::model::{Annotation, AnnotationId, Correction};
use crate::store::{AnnotationsFile, Drafts, SaveOutcome, StoreError, merge_annotations, merge_corrections};

/// How long after a save that failed it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How long words of the open editor may be in memory only.
const DRAFT_EVERY: Duration = Duration::from_secs(2);

/// The thread that writes annotations.
#[derive(Debug)]
pub(super) struct Saver {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
    has_orders: Cell<bool>,
}

#[derive(Debug)]
enum Order {
    Save(Changes),
    Look,
    KeepDraft(Box<Annotation>),
    DropDraft(AnnotationId),
    Report,
}

/// What the reader has changed.
#[derive(Debug)]
pub(super) struct Changes {
    /// Counts the reader's changes.
    pub(super) generation: u64,
    /// The last of other writers' changes that the reader had taken in.
    pub(super) merges_seen: u64,
    /// The annotations that have changed, as they are now; `None` for one that is gone.
    pub(super) annotations: Vec<(AnnotationId, Option<Annotation>)>,
    /// All corrections, where one of them has changed.
    pub(super) corrections: Option<Vec<Correction>>,
}

/// Annotations and corrections of the reader's own layer.
#[derive(Clone, Debug, Default)]
struct State {
    annotations: Vec<Annotation>,
    corrections: Vec<Correction>,
}

impl State {
    fn of(merged: &Merged) -> Self {
        Self { annotations: merged.annotations.clone(), corrections: merged.corrections.clone() }
    }

    fn take(&mut self, changes: Changes) {
        for (id, now) in changes.annotations {
            let at = self.annotations.iter().position(|annotation| annotation.id == id);
            match (at, now) {
                (Some(at), Some(now)) => self.annotations[at] = now,
                (Some(at), None) => drop(self.annotations.remove(at)),
                (None, Some(now)) => self.annotations.push(now),
                (None, None) => {}
            }
        }
        if let Some(corrections) = changes.corrections {
            self.corrections = corrections;
        }
    }

    /// What the reader has now, with what the file has come to hold since they had `base` in common; and how many
    /// annotations both have changed.
    fn with(&self, base: &State, merged: &Merged) -> (Self, usize) {
        let annotations = merge_annotations(&base.annotations, &self.annotations, &merged.annotations);
        let corrections = merge_corrections(&base.corrections, &self.corrections, &merged.corrections).corrections;
        (Self { annotations: annotations.annotations, corrections }, annotations.conflicts.len())
    }
}

/// Other writers' changes that are in the file, but not yet in what the reader has.
#[derive(Debug)]
struct Unseen {
    /// What the reader had when they were found.
    base: State,
    /// What the file came to hold each time; the last is what it holds now.
    merged: Vec<Merged>,
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
            reader: State::default(),
            generation: 0,
            is_waiting: false,
            draft: None,
            draft_kept: None,
            needless: Vec::new(),
            written: 0,
            merges: 0,
            unseen: None,
        };
        let thread = thread::spawn(move || {
            let mut desk = desk;
            desk.reader.annotations = desk.file.annotations().to_vec();
            desk.reader.corrections = desk.file.corrections().to_vec();
            // Where writing panics, the reader is told that it is not saved, and the next change is tried again.
            while panic::catch_unwind(AssertUnwindSafe(|| desk.work(&received))).is_err() {
                let why = "something failed inside the program while saving; the next change tries again".to_owned();
                if desk.sender.send(Message::Action(Action::SaveFailed(why))).is_err() {
                    break;
                }
            }
        });
        Self { orders: Some(orders), thread: Some(thread), has_orders: Cell::new(false) }
    }

    /// Writes, and says so in an [`Action::Saved`] or an [`Action::SaveFailed`].
    pub(super) fn save(&self, changes: Changes) {
        self.order(Order::Save(changes));
    }

    /// Takes in what other programs have written, if they have.
    pub(super) fn look(&self) {
        self.order(Order::Look);
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

    /// Whether anything was ever ordered: where not, there is nothing to wait for.
    pub(super) fn has_orders(&self) -> bool {
        self.has_orders.get()
    }

    fn order(&self, order: Order) {
        self.has_orders.set(true);
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
        if let Some(thread) = self.thread.take().filter(|_| self.has_orders.get()) {
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
    /// All that the reader has.
    reader: State,
    /// The number of the reader's last change.
    generation: u64,
    /// Whether something is to be written.
    is_waiting: bool,
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
            let outcome = self.is_waiting.then(|| self.save());
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
        if self.is_waiting {
            let action = self.save();
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
        let again = self.is_waiting.then_some(AGAIN);
        draft.into_iter().chain(again).min()
    }

    /// Takes an order; says whether an outcome is asked for.
    fn take(&mut self, order: Order) -> bool {
        match order {
            Order::Save(changes) => {
                self.see_merges(changes.merges_seen);
                self.generation = changes.generation;
                self.reader.take(changes);
                self.is_waiting = true;
            }
            Order::Look => self.is_waiting |= self.file.has_changed_on_disk(),
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
        if self.is_waiting {
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

    /// The reader has taken in other writers' changes up to those of this number.
    fn see_merges(&mut self, seen: u64) {
        let Some(unseen) = &mut self.unseen else { return };
        let Some(at) = unseen.merged.iter().position(|merged| merged.number == seen) else { return };
        self.reader = State::of(&unseen.merged[at]);
        unseen.merged.drain(..=at);
        match unseen.merged.is_empty() {
            true => self.unseen = None,
            false => unseen.base = self.reader.clone(),
        }
    }

    /// Writes what the reader has, together with what others have written and the reader has not seen: without that
    /// the file would lose it.
    fn save(&mut self) -> Action {
        let unseen = self.unseen.as_ref().and_then(|unseen| Some((&unseen.base, unseen.merged.last()?)));
        let together = unseen.map(|(base, merged)| self.reader.with(base, merged));
        let (State { annotations, corrections }, conflicts) =
            together.as_ref().map_or((&self.reader, 0), |(state, conflicts)| (state, *conflicts));
        let outcome = match self.file.save(annotations, corrections) {
            Ok(outcome) => outcome,
            Err(error) => return Action::SaveFailed(error.to_string()),
        };
        self.is_waiting = false;
        self.written = self.generation;
        let remark = remark_on(&outcome, conflicts);
        let merged = (outcome.merged || self.unseen.is_some()).then(|| {
            self.merges += 1;
            Merged { number: self.merges, annotations: outcome.annotations, corrections: outcome.corrections }
        });
        if let Some(merged) = &merged {
            let unseen = self.unseen.get_or_insert_with(|| Unseen { base: self.reader.clone(), merged: Vec::new() });
            // What the reader has told since is in the file now.
            unseen.base = self.reader.clone();
            unseen.merged.push(merged.clone());
        }
        Action::Saved { generation: self.generation, merged, remark }
    }
}

/// What the reader should know of a save; `conflicts` were found before it.
fn remark_on(outcome: &SaveOutcome, conflicts: usize) -> Option<String> {
    let conflicts = outcome.conflicts.len() + conflicts;
    if conflicts > 0 {
        return Some(format!(
            "{conflicts} changed in another program too: both versions are kept, ⟨settle⟩ settles which."
        ));
    }
    if let Some(other) = outcome.other_corrections.first() {
        return Some(format!("Another program corrects otherwise: {other}. Both are kept, yours holds."));
    }
    if let Some(backup) = &outcome.backup {
        return Some(format!("The file was written anew; as it was before, it is kept in {}.", backup.display()));
    }
    outcome.merged.then(|| "Another program's changes were taken in.".to_owned())
}
