//! Which interviews a folder holds.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::cache::{self, Cache};
use super::summary::{self, About, Notes, Summary};
use super::walk::{AnnotationFiles, Candidate, Stamp, candidates};
use super::{Settings, parallel};

/// How far a scan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files that were looked into.
    pub done: usize,
    /// Files to look into.
    pub total: usize,
}

/// The interviews of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// The interviews, sorted by path.
    pub interviews: Vec<Summary>,
    /// Whether the scan was cancelled, so that some may be missing.
    pub is_partial: bool,
}

/// A scan of a folder for interviews.
#[derive(Clone, Debug)]
pub struct Scan {
    folder: PathBuf,
    settings: Settings,
    cache: Option<PathBuf>,
}

impl Scan {
    /// A scan of `folder` and the folders in it. What was found last time is kept in the user's folder for state.
    pub fn new(folder: &Path, settings: &Settings) -> Self {
        Self { folder: folder.to_path_buf(), settings: settings.clone(), cache: cache::path_for(folder) }
    }

    /// The same with what was found last time in the file `path`, or nowhere.
    pub fn with_cache(self, path: Option<PathBuf>) -> Self {
        Self { cache: path, ..self }
    }

    /// Looks for interviews. Calls `found` from several threads with each as soon as it is found, in no order, and
    /// with how far the scan has come; ends early when `cancel` is set. A folder that cannot be read is empty.
    pub fn run(&self, cancel: &AtomicBool, found: &(dyn Fn(Option<&Summary>, Progress) + Sync)) -> Library {
        let files = candidates(&self.folder, &self.settings, cancel);
        let annotations = AnnotationFiles::of(&files);
        let cache = Cache::load(self.cache.as_deref());
        let done = AtomicUsize::new(0);
        let all: Mutex<Vec<(usize, Looked)>> = Mutex::new(Vec::with_capacity(files.len()));
        parallel::each(files.len(), cancel, &|index| {
            let Some(file) = files.get(index) else { return };
            let looked = look(file, &annotations, &cache);
            let progress = Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total: files.len() };
            found(looked.summary(file).as_ref(), progress);
            all.lock().unwrap_or_else(PoisonError::into_inner).push((index, looked));
        });
        let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort_by_key(|(index, _)| *index);
        let is_partial = all.len() < files.len() || cancel.load(Ordering::Relaxed);
        let is_news = all.iter().any(|(_, looked)| looked.is_news);
        let interviews = all.iter().filter_map(|(index, looked)| looked.summary(files.get(*index)?)).collect();
        if let Some(path) = self.cache.as_deref().filter(|_| is_news && !is_partial) {
            let mut cache = Cache::default();
            for (index, looked) in all {
                let Some(file) = files.get(index) else { continue };
                let notes = looked.notes.as_ref().map(|notes| (looked.stamps.as_slice(), notes));
                cache.keep(&file.path, file.stamp, looked.about, notes);
            }
            // A list that cannot be kept is made anew the next time, which costs time and nothing else.
            let _ = cache.save(path);
        }
        Library { interviews, is_partial }
    }
}

/// What was found in a file.
struct Looked {
    about: Option<About>,
    notes: Option<Notes>,
    stamps: Vec<Stamp>,
    is_news: bool,
}

impl Looked {
    fn summary(&self, file: &Candidate) -> Option<Summary> {
        let about = self.about.clone()?;
        let relative = file.path.strip_prefix(&file.notebook.root).unwrap_or(&file.path);
        let name = relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        Some(Summary { path: file.path.clone(), name, about, notes: self.notes.clone().unwrap_or_default() })
    }
}

fn look(file: &Candidate, annotations: &AnnotationFiles, cache: &Cache) -> Looked {
    let known = cache.about(&file.path, file.stamp);
    let mut is_news = known.is_none();
    let about = match known {
        Some(about) => about.cloned(),
        None => summary::about(&file.path, file.stamp.size),
    };
    let layers = annotations.layers(file);
    // Whoever annotated a file took it for an interview, whatever it looks like.
    let about = about.or_else(|| (!layers.is_empty()).then(|| summary::unlikely(&file.path)));
    if about.is_none() {
        return Looked { about, notes: None, stamps: Vec::new(), is_news };
    }
    let stamps: Vec<Stamp> = layers.iter().map(|(_, _, stamp)| *stamp).collect();
    let notes = cache.notes(&file.path, &stamps).cloned().unwrap_or_else(|| {
        is_news = true;
        summary::notes(layers.iter().map(|(_, path, _)| path.as_path()))
    });
    Looked { about, notes: Some(notes), stamps, is_news }
}
