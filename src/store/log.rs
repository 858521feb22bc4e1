//! A log of what should not happen, in the folder of the reader's state: to be sent along with a report.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::state::state_folder;

/// Bytes after which the log begins anew; the one before is kept beside it.
const MOST: u64 = 256 * 1024;

/// Adds to the log of this user; gives back its path, where it could be written.
pub fn log(text: &str) -> Option<PathBuf> {
    let path = state_folder()?.join("log");
    append(&path, text).ok()?;
    Some(path)
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(path).is_ok_and(|file| file.len() > MOST) {
        fs::rename(path, path.with_extension("old"))?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(format!("{} {text}\n", Timestamp::now()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_to_a_size_and_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/log");
        append(&path, "one").unwrap();
        append(&path, "two").unwrap();
        let lines = fs::read_to_string(&path).unwrap();
        assert!(lines.lines().count() == 2 && lines.ends_with("Z two\n"), "{lines}");
        append(&path, &"x".repeat(MOST as usize)).unwrap();
        append(&path, "three").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 1);
        assert!(path.with_extension("old").exists());
    }
}
