//! Notices when another program changes the annotations.

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Message;

/// A watch on a file; it ends when dropped.
#[derive(Debug)]
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches a file; `None` where its folder is not there yet, or the system cannot watch it. Then what others
    /// write is taken in with the next save.
    pub(super) fn start(file: &Path, sender: Sender<Message>) -> Option<Self> {
        let name = file.file_name()?.to_owned();
        let tell = move |event: notify::Result<notify::Event>| {
            // Reading is an event too; the reader would wake itself for ever.
            let is_change = |event: &notify::Event| !matches!(event.kind, EventKind::Access(_));
            let is_ours = |event: &notify::Event| event.paths.iter().any(|path| path.file_name() == Some(&name));
            if event.is_ok_and(|event| is_change(&event) && is_ours(&event)) {
                // Where nobody listens any more, nobody misses it.
                let _ = sender.send(Message::Changed);
            }
        };
        let mut watcher = notify::recommended_watcher(tell).ok()?;
        // The folder, because a save puts another file in the place of this one.
        watcher.watch(file.parent()?, RecursiveMode::NonRecursive).ok()?;
        Some(Self { _watcher: watcher })
    }
}
