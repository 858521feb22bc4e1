//! What was found in a folder's interviews the last time: state that can be thrown away at any time.
//!
//! An entry counts only while its file has the size and the time of its last change that it had; a file that was
//! changed a moment before it was read is not kept, as it may change again within the same tick of the clock.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use super::summary::{About, Notes};
use super::walk::Stamp;

/// Changed whenever summaries are made in another way.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "/2");

/// A change as near as this to the moment of reading is not trusted.
const TICK: Duration = Duration::from_secs(2);

/// What was found in a folder's interviews.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    version: String,
    entries: HashMap<PathBuf, Entry>,
}

/// What was found in one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    stamp: (u64, u128),
    /// `None` for a file that is no interview.
    about: Option<About>,
    /// The stamps of its files of annotations and what they say.
    notes: Option<(Vec<(u64, u128)>, Notes)>,
}

impl Cache {
    /// The cache in the file `path`; empty where there is none that can be used.
    pub(super) fn load(path: Option<&Path>) -> Self {
        let read = |path: &Path| serde_json::from_slice::<Self>(&fs::read(path).ok()?).ok();
        path.and_then(read).filter(|cache| cache.version == VERSION).unwrap_or_default()
    }

    /// What the file of that stamp says; `None` where that is not known, `Some(None)` for a file that is no interview.
    pub(super) fn about(&self, path: &Path, stamp: Stamp) -> Option<Option<&About>> {
        let entry = self.entries.get(path).filter(|entry| entry.stamp == key(stamp))?;
        Some(entry.about.as_ref())
    }

    /// What the files of annotations of those stamps say.
    pub(super) fn notes(&self, path: &Path, stamps: &[Stamp]) -> Option<&Notes> {
        let (known, notes) = self.entries.get(path)?.notes.as_ref()?;
        (known.len() == stamps.len() && known.iter().zip(stamps).all(|(known, stamp)| *known == key(*stamp)))
            .then_some(notes)
    }

    /// Keeps what was found in a file at the moment `now`.
    pub(super) fn keep(&mut self, path: &Path, stamp: Stamp, about: Option<About>, notes: Option<(&[Stamp], &Notes)>) {
        let settled = settled_before(SystemTime::now());
        if stamp.modified >= settled || path.to_str().is_none() {
            return;
        }
        let notes = notes.filter(|(stamps, _)| stamps.iter().all(|stamp| stamp.modified < settled));
        let notes = notes.map(|(stamps, notes)| (stamps.iter().map(|stamp| key(*stamp)).collect(), notes.clone()));
        self.entries.insert(path.to_path_buf(), Entry { stamp: key(stamp), about, notes });
    }

    /// Writes the cache to the file `path`.
    pub(super) fn save(&mut self, path: &Path) -> io::Result<()> {
        VERSION.clone_into(&mut self.version);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.persist(path)?;
        Ok(())
    }
}

fn key(stamp: Stamp) -> (u64, u128) {
    (stamp.size, stamp.modified)
}

/// The moment, in nanoseconds from 1970, before which a change is over at `now`.
fn settled_before(now: SystemTime) -> u128 {
    now.checked_sub(TICK).and_then(|then| then.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
}

/// Where the cache of a folder is; `None` where the user has no folder for state.
pub(super) fn path_for(folder: &Path) -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    let folder = folder.canonicalize().ok()?;
    let hash = folder
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    Some(state.join("interleaf").join("library").join(format!("{hash:016x}.json")))
}
