//! One interview with everything that belongs to it.
//!
//! Opening has two steps, so that a reader sees the first page before the notes have been read: [`Source::read`]
//! understands the document, [`Source::open`] adds the notebook, the notes and the outline. [`Opened::new`] is both.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use memchr::memmem;

use crate::export::{Document, PlacedNote};
use crate::import::{self, ImportError, Report};
use crate::library::Filter;
use crate::library::layers::{Others, Own, place};
use crate::model::{Interview, Kind, ParagraphIndex, Position, Topic};
use crate::outline;
use crate::store::{Choice, Header, Notebook, StoreError};

/// Bytes of the largest file that is read into memory at all.
const LARGEST: u64 = 1 << 30;
/// Bytes of a file whose beginning is read first.
const LONG: u64 = 128 * 1024;
/// Bytes of that beginning.
const BEGINNING: u64 = 32 * 1024;

/// Where notes are looked for, whose they are, and what is known of the document beforehand.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The folder of the annotations, instead of the notebook's own.
    pub annotations: Option<PathBuf>,
    /// The notebook of interviews outside any notebook.
    pub notebook: Option<PathBuf>,
    /// Whose layer is the reader's own; `None` in a personal notebook.
    pub annotator: Option<String>,
    /// What the reader says about the document.
    pub import: import::Options,
}

impl Settings {
    /// The notebook of an interview, whose file need not exist.
    pub fn notebook_of(&self, interview: &Path) -> Notebook {
        let choice = Choice { annotations: self.annotations.as_deref(), notebook: self.notebook.as_deref() };
        Notebook::find(interview, choice)
    }
}

/// Why a document cannot be opened. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing is there.
    #[error("{}: there is no such file; check the spelling, or give a folder to list the interviews in it", .0.display())]
    Missing(PathBuf),
    /// It is a folder.
    #[error("{path}: this is a folder; name an interview in it, or run `interleaf {path}` to list them", path = .0.display())]
    Folder(PathBuf),
    /// It is larger than any document that is read.
    #[error("{}: {bytes} bytes are more than is read (1 GiB); cut the file into parts", path.display())]
    TooLarge {
        /// The document.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// Reading failed.
    #[error("{}: cannot be read: {error}{}", path.display(), advice(error))]
    Unreadable {
        /// The document.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// It is no interview.
    #[error(transparent)]
    Import(#[from] ImportError),
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "; check its permissions",
        _ => "",
    }
}

/// A document as imported, before the reader's notes.
#[derive(Clone, Debug)]
pub struct Source {
    /// The document's file.
    pub path: PathBuf,
    /// The document, without corrections.
    pub interview: Interview,
    /// How it was understood.
    pub report: Report,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Where there is no such file, it cannot be read, or it is no interview.
    pub fn read(path: &Path, options: &import::Options) -> Result<Self, OpenError> {
        Self::from_bytes(bytes_of(path)?, path, options)
    }

    /// Reads the beginning of a long file, where it can be understood without the rest; `None` where the whole is to
    /// be read, because it is short or because its format, or a fault, does not allow it.
    ///
    /// The beginning is what a reader sees while the rest is being read: its last paragraph is left out, because it
    /// may be cut.
    pub fn read_beginning(path: &Path, options: &import::Options) -> Option<Self> {
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok()?;
        if !metadata.is_file() || metadata.len() <= LONG {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(BEGINNING).read_to_end(&mut bytes).ok()?;
        bytes.truncate(last_whole(&bytes)?);
        let source = Self::from_bytes(bytes, path, options).ok()?;
        let format = source.report.format.as_str();
        // Front and back matter are told apart only from the whole; so much front matter is no beginning.
        let is_talk = source.interview.turns().len() > 1 && source.interview.front() < 50;
        (is_talk && matches!(format, "text" | "markdown" | "srt" | "vtt" | "interleaf")).then_some(source)
    }

    /// Understands bytes that stand, or might stand, at `path`.
    ///
    /// # Errors
    ///
    /// Where they are no interview.
    pub fn from_bytes(bytes: Vec<u8>, path: &Path, options: &import::Options) -> Result<Self, OpenError> {
        let imported = import::read(bytes, &path.display().to_string(), options)?;
        Ok(Self { path: path.to_path_buf(), interview: imported.interview, report: imported.report })
    }

    /// The document with the reader's corrections, notes and outline.
    pub fn open(self, settings: &Settings) -> Opened {
        let mut opened = self.open_without_topics(settings);
        opened.topics = outline::topics(&opened.interview, &own_topics(&opened.notes));
        opened
    }

    /// The document with the reader's corrections and notes, for callers who have no use for the outline: working it out
    /// takes as long as all the rest.
    pub fn open_without_topics(self, settings: &Settings) -> Opened {
        let notebook = settings.notebook_of(&self.path);
        let name = notebook.name_of(&self.path);
        let annotator = settings.annotator.clone();
        let header = Header { interview: name.clone(), title: self.interview.metadata.title.clone(), annotator };
        let own = Own::load(&notebook.annotations_path(&self.path, settings.annotator.as_deref()), header);
        let interview = match own.corrections() {
            [] => self.interview.clone(),
            corrections => import::correct(&self.interview, corrections),
        };
        let annotator = own.annotator().or(settings.annotator.as_deref());
        let mut notes = place(&interview, own.annotations(), annotator);
        let mut layers = notebook.layers(&self.path);
        layers.retain(|layer| layer.path != own.path());
        let layers: Vec<Others> = layers.into_iter().map(Others::load).collect();
        for layer in &layers {
            notes.extend(place(&interview, &layer.annotations, layer.annotator.as_deref()));
        }
        sort_notes(&interview, &mut notes);
        Opened {
            name,
            notebook,
            topics: Vec::new(),
            interview,
            base: self.interview,
            report: self.report,
            path: self.path,
            own,
            layers,
            notes,
        }
    }
}

/// One interview with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The document's file.
    pub path: PathBuf,
    /// The path from the notebook's root, with `/` between folders.
    pub name: String,
    /// The notebook that it belongs to.
    pub notebook: Notebook,
    /// The document as imported.
    pub base: Interview,
    /// The document with the reader's corrections.
    pub interview: Interview,
    /// How it was understood.
    pub report: Report,
    /// The outline, the reader's own topics included.
    pub topics: Vec<Topic>,
    /// The reader's own layer.
    pub own: Own,
    /// The other annotators' layers.
    pub layers: Vec<Others>,
    /// The notes of all layers in the order of the text, orphans last.
    pub notes: Vec<PlacedNote>,
}

impl Opened {
    /// Opens a file: [`Source::read`], then [`Source::open`].
    ///
    /// # Errors
    ///
    /// Where there is no such file, it cannot be read, or it is no interview.
    pub fn new(path: &Path, settings: &Settings) -> Result<Self, OpenError> {
        Ok(Source::read(path, &settings.import)?.open(settings))
    }

    /// What exporters take: the document and those of its notes that are asked for.
    pub fn document(&self, filter: &Filter) -> Document {
        let notes = self.notes.iter().filter(|note| filter.accepts(note, &self.interview)).cloned().collect();
        Document { path: self.name.clone(), interview: self.interview.clone(), topics: self.topics.clone(), notes }
    }

    /// What exporters take, as [`document`](Self::document) gives it, without a copy.
    pub fn into_document(self, filter: &Filter) -> Document {
        let Self { name, interview, topics, mut notes, .. } = self;
        notes.retain(|note| filter.accepts(note, &interview));
        Document { path: name, interview, topics, notes }
    }

    /// Why files of annotations could not be read, the reader's own first.
    pub fn faults(&self) -> impl Iterator<Item = &StoreError> {
        let own = match &self.own {
            Own::File(_) => None,
            Own::ReadOnly { error, .. } => Some(error.as_ref()),
        };
        own.into_iter().chain(self.layers.iter().filter_map(|layer| layer.fault.as_deref()))
    }
}

/// Sorts notes in the order of the text, those on a translation after those on its original, orphans last.
pub fn sort_notes(interview: &Interview, notes: &mut [PlacedNote]) {
    notes.sort_by_cached_key(|note| match note.resolution.span() {
        Some(span) => {
            let original = interview.original_of(span.start.paragraph);
            let at = Position { paragraph: original.unwrap_or(span.start.paragraph), offset: span.start.offset };
            (0, at.paragraph, original.is_some(), at.offset, note.annotation.anchor.start)
        }
        None => (1, ParagraphIndex(0), false, 0, note.annotation.anchor.start),
    });
}

/// The reader's own topics among `notes`, as [`outline::topics`] takes them.
pub fn own_topics(notes: &[PlacedNote]) -> Vec<(Position, String)> {
    notes
        .iter()
        .filter(|note| note.annotation.kind == Kind::Topic)
        .filter_map(|note| {
            let title = [&note.annotation.note, &note.annotation.anchor.quote]
                .into_iter()
                .find_map(|text| text.lines().map(str::trim).find(|line| !line.is_empty()))?;
            Some((note.resolution.span()?.start, title.to_owned()))
        })
        .collect()
}

/// Where the last line, or in the reader's own format the last turn, that may be cut begins.
fn last_whole(bytes: &[u8]) -> Option<usize> {
    const TURNS: &[u8] = b"\nturns:\n";
    if !bytes.starts_with(b"interleaf:") {
        return memchr::memrchr(b'\n', bytes);
    }
    let turns = memmem::find(bytes, TURNS)? + TURNS.len();
    let (_, list) = bytes.split_at(turns);
    let indent = list.iter().take_while(|byte| **byte == b' ').count();
    let turn = [b"\n", " ".repeat(indent).as_bytes(), b"- "].concat();
    memmem::rfind(list, &turn).map(|at| turns + at + 1)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, OpenError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::Missing(path.to_path_buf()),
        io::ErrorKind::IsADirectory => OpenError::Folder(path.to_path_buf()),
        _ => OpenError::Unreadable { path: path.to_path_buf(), error },
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(OpenError::Folder(path.to_path_buf()));
    }
    if metadata.len() > LARGEST {
        return Err(OpenError::TooLarge { path: path.to_path_buf(), bytes: metadata.len() });
    }
    fs::read(path).map_err(unreadable)
}
