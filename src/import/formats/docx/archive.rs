//! The parts of a DOCX, which is a zip archive, read within bounds.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use crate::import::ImportError;

/// More than this is not unpacked from one part.
const LARGEST: u64 = 512 << 20;
/// From this size on a part is checked for being blown up.
const SUSPICIOUS: u64 = 32 << 20;
/// Words are packed ten to thirty times at most.
const RATIO: u64 = 100;

/// A DOCX as an archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    name: &'a str,
}

/// A part that is being unpacked.
pub(super) type Part<'p> = BufReader<std::io::Take<Box<dyn Read + 'p>>>;

impl<'a> Archive<'a> {
    /// Opens the archive.
    pub(super) fn open(bytes: &'a [u8], name: &'a str) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(name, &error.to_string()))?;
        Ok(Archive { zip, name })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// A part, which may be absent.
    pub(super) fn part(&mut self, part: &str) -> Result<Option<Part<'_>>, ImportError> {
        let name = self.name;
        let Some(index) = self.zip.index_for_name(part) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|error| broken(name, &error.to_string()))?;
        let (size, packed) = (file.size(), file.compressed_size().max(1));
        if size > LARGEST || (size > SUSPICIOUS && size / packed > RATIO) {
            let message = format!(
                "its part {part} would unpack to {} MB, which no transcript needs; it may be made to do harm and was \
                 not opened",
                size >> 20
            );
            return Err(ImportError::Broken { name: name.to_owned(), message });
        }
        // The size that the archive states may be a lie.
        let file: Box<dyn Read + '_> = Box::new(file);
        Ok(Some(BufReader::with_capacity(1 << 16, file.take(size.clamp(SUSPICIOUS, LARGEST)))))
    }
}

/// The error for an archive that cannot be unpacked.
pub(super) fn broken(name: &str, told: &str) -> ImportError {
    let message =
        format!("this DOCX is cut off or damaged ({told}); get it again, or open it in Word and save it once more");
    ImportError::Broken { name: name.to_owned(), message }
}
