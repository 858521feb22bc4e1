//! Threads that may fail without taking the reader with them.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::Sender;
use std::thread;

use super::Message;

/// Does `work` on another thread. Where that panics, which the terminal's hook tells and logs, `otherwise` is sent, so
/// that nobody waits for what will not come.
pub(super) fn spawn(sender: &Sender<Message>, otherwise: Message, work: impl FnOnce() + Send + 'static) {
    let sender = sender.clone();
    thread::spawn(move || {
        if panic::catch_unwind(AssertUnwindSafe(work)).is_err() {
            // Where nobody listens any more, nobody misses it.
            let _ = sender.send(otherwise);
        }
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_thread_that_fails_leaves_nobody_waiting() {
        let (sender, receiver) = mpsc::channel();
        spawn(&sender, Message::Failed, || panic!("as a test wants it"));
        assert!(matches!(receiver.recv().unwrap(), Message::Failed));
        let done = sender.clone();
        spawn(&sender, Message::Failed, move || done.send(Message::Changed).unwrap());
        assert!(matches!(receiver.recv().unwrap(), Message::Changed));
    }
}
