//! The files of a folder that may be interviews, each with the notebook that it belongs to.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use crate::library::Settings;
use crate::store::{FOLDER, Home, Notebook, is_annotations};

/// A file that may be an interview.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The file.
    pub(super) path: PathBuf,
    /// Its content's stamp.
    pub(super) stamp: Stamp,
    /// The notebook that it belongs to.
    pub(super) notebook: Arc<Notebook>,
}

/// By what a file that has changed is told from what it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    /// Its bytes.
    pub(super) size: u64,
    /// Nanoseconds from 1970 to its last change.
    pub(super) modified: u128,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { size: metadata.len(), modified: modified.map_or(0, |since| since.as_nanos()) }
    }
}

/// Extensions of the files that are looked into.
const EXTENSIONS: [&str; 25] = [
    "txt",
    "text",
    "md",
    "markdown",
    "mdown",
    "srt",
    "vtt",
    "json",
    "docx",
    "html",
    "htm",
    "xhtml",
    "csv",
    "tsv",
    "tab",
    "xml",
    "tei",
    "eaf",
    "cha",
    "textgrid",
    "trs",
    "otr",
    "yaml",
    "yml",
    "interview",
];

/// Names, without their extension, of files that stand beside interviews and are none.
const OTHERS: [&str; 12] = [
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "authors",
    "todo",
    "package",
    "package-lock",
    "tsconfig",
    "manifest",
];

/// Folders that programs fill.
const FILLED: [&str; 7] = ["target", "node_modules", "__pycache__", "venv", "vendor", "build", "dist"];

/// The files below `folder`, sorted by path; hidden ones, annotations and what programs make are left out. Ends early
/// when `cancel` is set.
pub(super) fn candidates(folder: &Path, settings: &Settings, cancel: &AtomicBool) -> Vec<Candidate> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let folder = folder.canonicalize().unwrap_or(folder);
    let given = settings.annotations.is_some();
    let first = Arc::new(settings.notebook_of(&folder.join("x")));
    let mut found: Vec<Candidate> = Vec::new();
    // What is still to be looked at, the next one last.
    let mut open = vec![Entry::Folder(folder, first)];
    while let Some(entry) = open.pop() {
        let (folder, notebook) = match entry {
            Entry::File(candidate) => {
                found.push(candidate);
                continue;
            }
            Entry::Folder(folder, notebook) => (folder, notebook),
        };
        if cancel.load(Ordering::Relaxed) {
            break;
        }
        let notebook = match notebook.home {
            // Each folder without a notebook is one of its own.
            _ if given => notebook,
            _ if folder.join(FOLDER).is_dir() && !is_annotations(&folder) && notebook.root != folder => {
                Arc::new(settings.notebook_of(&folder.join("x")))
            }
            Home::Beside if notebook.root != folder => Arc::new(settings.notebook_of(&folder.join("x"))),
            _ => notebook,
        };
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut inside: Vec<(OsString, Entry)> = entries
            .filter_map(|entry| {
                let name = entry.file_name();
                Some((name.clone(), Entry::of(&entry, &name, &notebook)?))
            })
            .collect();
        // By the names in each folder, which is the order of whole paths.
        inside.sort_unstable_by(|one, other| other.0.cmp(&one.0));
        open.extend(inside.into_iter().map(|(_, entry)| entry));
    }
    leave_out_exports(&mut found);
    found
}

/// What stands in a folder.
enum Entry {
    Folder(PathBuf, Arc<Notebook>),
    File(Candidate),
}

impl Entry {
    fn of(entry: &DirEntry, name: &OsStr, notebook: &Arc<Notebook>) -> Option<Self> {
        let shown = name.to_string_lossy();
        let kind = entry.file_type().ok().filter(|_| !shown.starts_with('.'))?;
        if kind.is_dir() {
            let is_wanted = name != FOLDER && !FILLED.contains(&shown.as_ref());
            return is_wanted.then(|| Self::Folder(entry.path(), Arc::clone(notebook)));
        }
        if !may_be_interview(Path::new(name)) {
            return None;
        }
        let path = entry.path();
        let metadata = if kind.is_symlink() { fs::metadata(&path) } else { entry.metadata() };
        let metadata = metadata.ok().filter(|metadata| metadata.is_file() && metadata.len() > 0)?;
        Some(Self::File(Candidate { path, stamp: Stamp::of(&metadata), notebook: Arc::clone(notebook) }))
    }
}

/// Leaves out what the reader has exported, which stands beside its interview, `talk-notes.md` beside `talk.txt`.
fn leave_out_exports(found: &mut Vec<Candidate>) {
    let is_named_so = |candidate: &Candidate| {
        let stem = candidate.path.file_stem().and_then(OsStr::to_str);
        stem.is_some_and(|stem| stem.ends_with(EXPORTED))
    };
    if !found.iter().any(is_named_so) {
        return;
    }
    let stems: HashSet<PathBuf> = found.iter().map(|candidate| candidate.path.with_extension("")).collect();
    found.retain(|candidate| {
        let stem = candidate.path.with_extension("");
        let of = stem.to_str().and_then(|stem| stem.strip_suffix(EXPORTED));
        of.is_none_or(|of| !stems.contains(Path::new(of)))
    });
}

/// How the names of what the reader exports end, unless told otherwise.
const EXPORTED: &str = "-notes";

fn may_be_interview(path: &Path) -> bool {
    let lower = |part: Option<&OsStr>| part.map(|part| part.to_string_lossy().to_lowercase());
    let stem = lower(path.file_stem()).unwrap_or_default();
    lower(path.extension()).is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
        && !OTHERS.contains(&stem.as_str())
        && !stem.ends_with(".chapters")
}

/// The files of annotations below some notebooks' folders, so that most interviews need not be asked for theirs.
#[derive(Debug, Default)]
pub(super) struct AnnotationFiles {
    stamps: HashMap<PathBuf, Stamp>,
    annotators: HashMap<PathBuf, Vec<String>>,
}

impl AnnotationFiles {
    pub(super) fn of(candidates: &[Candidate]) -> Self {
        let mut files = Self::default();
        let mut last: Option<&Arc<Notebook>> = None;
        for candidate in candidates {
            if last.is_none_or(|last| !Arc::ptr_eq(last, &candidate.notebook)) {
                files.add(&candidate.notebook.annotations);
                last = Some(&candidate.notebook);
            }
        }
        files
    }

    fn add(&mut self, annotations: &Path) {
        if self.annotators.contains_key(annotations) {
            return;
        }
        let mut annotators = Vec::new();
        let mut folders = vec![annotations.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let Ok(metadata) = entry.metadata() else { continue };
                if metadata.is_dir() {
                    if folder == annotations
                        && let Some(annotator) = entry.file_name().to_string_lossy().strip_prefix('@')
                    {
                        annotators.push(annotator.to_owned());
                    }
                    folders.push(entry.path());
                } else {
                    self.stamps.insert(entry.path(), Stamp::of(&metadata));
                }
            }
        }
        annotators.sort();
        self.annotators.insert(annotations.to_path_buf(), annotators);
    }

    /// The files of an interview's layers that exist: whose, where and as of when; the personal one first.
    pub(super) fn layers(&self, candidate: &Candidate) -> Vec<(Option<String>, PathBuf, Stamp)> {
        let notebook = &candidate.notebook;
        let Some(annotators) = self.annotators.get(&notebook.annotations) else { return Vec::new() };
        if self.stamps.is_empty() {
            return Vec::new();
        }
        let path = |annotator: Option<&str>| match candidate.path.strip_prefix(&notebook.root) {
            Ok(relative) if relative.to_str().is_some_and(str::is_ascii) => {
                let folder = annotator.map_or(PathBuf::new(), |annotator| format!("@{annotator}").into());
                let mut path = notebook.annotations.join(folder).join(relative);
                path.as_mut_os_string().push(".yaml");
                path
            }
            _ => notebook.annotations_path(&candidate.path, annotator),
        };
        [None]
            .into_iter()
            .chain(annotators.iter().map(Some))
            .filter_map(|annotator| {
                let path = path(annotator.map(String::as_str));
                let stamp = *self.stamps.get(&path)?;
                Some((annotator.cloned(), path, stamp))
            })
            .collect()
    }
}
