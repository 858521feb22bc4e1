//! The files of a `.qdpx`, which is a zip archive, read within bounds.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::absorb::AbsorbError;

/// More than this is not unpacked from one file, nor from all of them together.
const LARGEST: u64 = 256 << 20;
const LARGEST_TOGETHER: u64 = 1 << 30;
/// From this size on a file is checked for being blown up.
const SUSPICIOUS: u64 = 32 << 20;
/// Words are packed ten to thirty times at most.
const RATIO: u64 = 100;

/// A project as an archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, AbsorbError> {
        Ok(Self { zip: ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error.to_string()))?, unpacked: 0 })
    }

    /// The project itself.
    pub(super) fn project(&mut self) -> Result<Vec<u8>, AbsorbError> {
        let is_project = |name: &str| {
            let name = name.to_ascii_lowercase();
            name.ends_with(".qde") && !name.trim_start_matches("./").contains('/')
        };
        let found = (0..self.zip.len())
            .find(|index| self.zip.name_for_index(*index).is_some_and(|name| name.is_ok_and(|name| is_project(&name))));
        self.unpack(found)?.ok_or_else(|| broken("there is no project.qde in it"))
    }

    /// The file that a path such as `internal://0A1B.txt` names; nothing outside the archive is read.
    pub(super) fn source(&mut self, path: &str) -> Result<Option<Vec<u8>>, AbsorbError> {
        let Some(name) = path.strip_prefix("internal://") else { return Ok(None) };
        let wanted = format!("sources/{name}");
        let is_wanted = |name: &str| name.trim_start_matches("./").eq_ignore_ascii_case(&wanted);
        let found = (0..self.zip.len())
            .find(|index| self.zip.name_for_index(*index).is_some_and(|name| name.is_ok_and(|name| is_wanted(&name))));
        self.unpack(found)
    }

    fn unpack(&mut self, index: Option<usize>) -> Result<Option<Vec<u8>>, AbsorbError> {
        let Some(index) = index else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| broken(&error.to_string()))?;
        let (size, packed) = (file.size(), file.compressed_size().max(1));
        if size > LARGEST || (size > SUSPICIOUS && size / packed > RATIO) || self.unpacked > LARGEST_TOGETHER {
            return Err(broken(&format!(
                "it would unpack to {} MB and more, which no transcript needs; it may be made to do harm",
                size >> 20
            )));
        }
        // The size that the archive states may be a lie.
        let mut bytes = Vec::new();
        file.take(size.clamp(SUSPICIOUS, LARGEST))
            .read_to_end(&mut bytes)
            .map_err(|error| broken(&error.to_string()))?;
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }
}

pub(super) fn broken(told: &str) -> AbsorbError {
    AbsorbError::Archive(told.to_owned())
}
