//! Interviews that a search has read, kept for the next one: while somebody types, each letter is a search, and the disk
//! is not to be read for each.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use super::{Opened, Settings, Source};

/// Interviews that were read, as long as there is room for them.
#[derive(Debug, Default)]
pub struct Texts {
    /// Bytes of files that may be kept.
    room: usize,
    used: AtomicUsize,
    /// Counts the times that the reader may have changed something.
    age: AtomicU64,
    kept: Mutex<HashMap<PathBuf, Kept>>,
}

/// A file that was read, and when it was last looked at.
#[derive(Debug)]
struct Kept {
    age: u64,
    stamps: Vec<Stamp>,
    text: Arc<Text>,
}

/// When a file was written, and how long it is.
type Stamp = Option<(SystemTime, u64)>;

/// An interview as it was read.
#[derive(Debug)]
pub(super) struct Text {
    /// The file's bytes.
    pub(super) bytes: Vec<u8>,
    /// Whether anybody has notes on it.
    pub(super) has_notes: bool,
    opened: OnceLock<Option<Arc<Opened>>>,
}

impl Texts {
    /// Keeps so many bytes of files.
    pub fn keeping(room: usize) -> Self {
        Self { room, ..Self::default() }
    }

    /// Something may have changed: each file is looked at once more before it is believed.
    pub fn look_again(&self) {
        self.age.fetch_add(1, Ordering::Relaxed);
    }

    /// An interview's file, read again only where it, or the notes on it, have changed.
    pub(super) fn text(&self, path: &Path, settings: &Settings) -> Option<Arc<Text>> {
        let age = self.age.load(Ordering::Relaxed);
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(path).filter(|kept| kept.age == age) {
            return Some(Arc::clone(&kept.text));
        }
        let layers = settings.notebook_of(path).layers(path);
        let files = std::iter::once(path).chain(layers.iter().map(|layer| layer.path.as_path()));
        let stamps: Vec<Stamp> = files.map(stamp).collect();
        if let Some(kept) = lock().get_mut(path).filter(|kept| kept.stamps == stamps) {
            kept.age = age;
            return Some(Arc::clone(&kept.text));
        }
        let bytes = fs::read(path).ok()?;
        let length = bytes.len();
        let text = Arc::new(Text { bytes, has_notes: !layers.is_empty(), opened: OnceLock::new() });
        let mut kept = lock();
        let before = kept.remove(path).map_or(0, |kept| kept.text.bytes.len());
        let used = self.used.fetch_sub(before, Ordering::Relaxed) - before;
        if used + length <= self.room {
            self.used.fetch_add(length, Ordering::Relaxed);
            kept.insert(path.to_path_buf(), Kept { age, stamps, text: Arc::clone(&text) });
        }
        Some(text)
    }
}

impl Text {
    /// The interview with its notes; `None` where it cannot be understood.
    pub(super) fn opened(&self, path: &Path, settings: &Settings) -> Option<Arc<Opened>> {
        let open = || {
            let source = Source::from_bytes(self.bytes.clone(), path, &settings.import).ok()?;
            Some(Arc::new(source.open_without_topics(settings)))
        };
        self.opened.get_or_init(open).clone()
    }
}

fn stamp(path: &Path) -> Stamp {
    let file = fs::metadata(path).ok()?;
    Some((file.modified().ok()?, file.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_again_only_when_it_has_changed_and_that_was_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("talk.txt");
        let settings = Settings::default();
        fs::write(&path, "ADA: One?\n\nTOM: Two.\n").unwrap();
        let texts = Texts::keeping(1000);
        let first = texts.text(&path, &settings).unwrap();
        fs::write(&path, "ADA: One?\n\nTOM: Two and three.\n").unwrap();
        assert!(Arc::ptr_eq(&first, &texts.text(&path, &settings).unwrap()));
        texts.look_again();
        let second = texts.text(&path, &settings).unwrap();
        assert!(second.bytes.ends_with(b"three.\n"));
        texts.look_again();
        assert!(Arc::ptr_eq(&second, &texts.text(&path, &settings).unwrap()));
        // A new note is a change too.
        let notes = folder.path().join("annotations/talk.txt.yaml");
        fs::create_dir_all(notes.parent().unwrap()).unwrap();
        fs::write(&notes, "interleaf: annotations/1\nannotations: []\n").unwrap();
        texts.look_again();
        assert!(texts.text(&path, &settings).unwrap().has_notes);
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let folder = tempfile::tempdir().unwrap();
        let texts = Texts::keeping(10);
        for name in ["a", "b", "a"] {
            let path = folder.path().join(name);
            fs::write(&path, "1234567").unwrap();
            assert!(texts.text(&path, &Settings::default()).is_some());
        }
        assert_eq!(texts.kept.lock().unwrap().len(), 1);
        assert_eq!(texts.used.load(Ordering::Relaxed), 7);
    }
}
