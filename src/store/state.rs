//! Where a reader was in each interview: state, not notes, in the XDG state folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use jiff::Timestamp;
use serde::de::MapAccess;

use super::disk::{self, Disk, RealDisk};
use super::fault::StoreError;
use super::schema::Word;
use super::yaml_in::{self, Fields, Text, Unknown, read_as_mapping};
use super::yaml_out::{self, Within};
use crate::model::Position;

/// The version line of a reading state.
const STATE: &str = "state/1";

/// Where a reader was in an interview, and how it was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingState {
    /// The place at the top of the screen; it may lie beyond a text that has become shorter.
    pub position: Position,
    /// How much of the interview lies before the farthest place at which it was left.
    pub percent: u8,
    /// How the interview was shown, by names that the reader's program gives.
    pub view: BTreeMap<String, String>,
}

/// When an interview was last read, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The moment.
    pub read: Timestamp,
    /// How much of the interview lies before the farthest place at which it was left.
    pub percent: u8,
}

/// The reading states of all interviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingStates {
    folder: PathBuf,
}

impl ReadingStates {
    /// Those of this user; `None` where the system names no folder for them.
    pub fn of_user() -> Option<Self> {
        Some(Self::at(state_folder()?.join("reading")))
    }

    /// Those in a folder, which need not exist.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where the reader was; `None` where the interview is new or the state cannot be read.
    pub fn load(&self, interview: &Path) -> Option<ReadingState> {
        Some(read(&self.path(interview))?.state)
    }

    /// Whether nothing was ever read.
    pub fn is_empty(&self) -> bool {
        fs::read_dir(&self.folder).map_or(true, |mut entries| entries.next().is_none())
    }

    /// Keeps where the reader is.
    ///
    /// # Errors
    ///
    /// Where it cannot be written. Nothing but the place is lost then.
    pub fn save(&self, interview: &Path, state: &ReadingState) -> Result<(), StoreError> {
        self.save_to(&RealDisk, interview, state)
    }

    pub(super) fn save_to(&self, disk: &dyn Disk, interview: &Path, state: &ReadingState) -> Result<(), StoreError> {
        let scalar = |text: &str| yaml_out::scalar(text, Within::Block);
        let mut text = format!("interleaf: {STATE}\ninterview: {}\n", scalar(&absolute(interview).to_string_lossy()));
        text.push_str(&format!("read: {}\n", scalar(&Timestamp::now().to_string())));
        text.push_str(&format!("paragraph: {}\noffset: {}\n", state.position.paragraph.0, state.position.offset));
        text.push_str(&format!("percent: {}\n", state.percent));
        if !state.view.is_empty() {
            text.push_str("view:\n");
        }
        for (key, value) in &state.view {
            text.push_str(&format!("  {}: {}\n", scalar(key), scalar(value)));
        }
        // A place that a power cut takes away is no loss, and closing is not to wait for the disk.
        let written = disk
            .create_folders(&self.folder)
            .and_then(|()| disk::replace_at_leisure(disk, &self.path(interview), text.as_bytes()));
        written.map_err(|error| StoreError::io(&self.folder, error))
    }

    /// The interviews that were read, the last first.
    pub fn recent(&self) -> Vec<(PathBuf, Visit)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut recent: Vec<(PathBuf, Visit)> = entries
            .filter_map(|entry| read(&entry.path()))
            .map(|raw| {
                let read = raw.read.unwrap_or(Timestamp::UNIX_EPOCH);
                (PathBuf::from(raw.interview), Visit { read, percent: raw.state.percent.min(100) })
            })
            .collect();
        recent.sort_by(|a, b| b.1.read.cmp(&a.1.read).then_with(|| a.0.cmp(&b.0)));
        recent
    }

    fn path(&self, interview: &Path) -> PathBuf {
        self.folder.join(format!("{}.yaml", name_for(interview)))
    }
}

/// The folder of this user's state.
pub(super) fn state_folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(folder.join("interleaf"))
}

/// A name for what belongs to an interview: its own, and a hash of where it is.
pub(super) fn name_for(interview: &Path) -> String {
    let path = absolute(interview);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')).take(60).collect();
    format!("{}-{:016x}", name.trim_start_matches('.'), super::hash(path.as_os_str().as_encoded_bytes()))
}

pub(super) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// Writes a file of state with the folders above it.
pub(super) fn write(disk: &dyn Disk, path: &Path, text: &str) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let written = disk.create_folders(folder).and_then(|()| disk::replace(disk, path, text.as_bytes()));
    written.map_err(|error| StoreError::io(path, error))
}

fn read(path: &Path) -> Option<RawState> {
    let bytes = fs::read(path).ok()?;
    let raw: RawState = yaml_in::parse(yaml_in::decode(&bytes).ok()?).ok()?;
    (raw.version.as_deref() == Some(STATE)).then_some(raw)
}

#[derive(Default)]
struct RawState {
    version: Option<String>,
    interview: String,
    read: Option<Timestamp>,
    state: ReadingState,
}

impl Fields for RawState {
    const WHAT: &'static str = "a reading state";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "interleaf" => self.version = Some(map.next_value::<Text>()?.0),
            "interview" => self.interview = map.next_value::<Text>()?.0,
            "read" => self.read = Some(map.next_value::<Word<Timestamp>>()?.0),
            "paragraph" => self.state.position.paragraph.0 = map.next_value()?,
            "offset" => self.state.position.offset = map.next_value()?,
            "percent" => self.state.percent = map.next_value()?,
            "view" => {
                let view: BTreeMap<String, Text> = map.next_value()?;
                self.state.view = view.into_iter().map(|(key, value)| (key, value.0)).collect();
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

read_as_mapping!(RawState);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_interview_has_a_state_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let states = ReadingStates::at(folder.path().join("reading"));
        let (one, two) = (folder.path().join("a/x.txt"), folder.path().join("b/x.txt"));
        assert_eq!(states.load(&one), None);
        assert!(states.is_empty());
        let view = BTreeMap::from([("outline".to_owned(), "no".to_owned())]);
        let state = ReadingState { position: Position::new(3, 14), percent: 38, view };
        states.save(&one, &state).unwrap();
        assert_eq!(states.load(&one), Some(state.clone()));
        assert!(!states.is_empty());
        let farther = ReadingState { percent: 39, ..state.clone() };
        states.save(&one, &farther).unwrap();
        assert_eq!(states.load(&one), Some(farther), "the place of a second visit takes that of the first");
        states.save(&one, &state).unwrap();
        assert_eq!(fs::read_dir(&states.folder).unwrap().count(), 1, "nothing is left behind");
        assert_eq!(states.load(&two), None);
        states.save(&two, &ReadingState::default()).unwrap();
        assert_eq!(states.recent().into_iter().map(|(path, _)| path).collect::<Vec<_>>(), [two.clone(), one]);
        assert_eq!(states.recent().iter().map(|(_, visit)| visit.percent).collect::<Vec<_>>(), [0, 38]);
        fs::write(states.path(&two), "broken: [").unwrap();
        assert_eq!(states.load(&two), None);
    }
}
