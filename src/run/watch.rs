//! Notices when another program changes the annotations: the reader's own, another annotator's, or the tags.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Message;
use crate::app::Action;
use crate::library::Others;
use crate::model::Annotation;
use crate::store::{AnnotationsFile, Notebook, TagsFile};

/// How long other programs may take to write several files, before these are read.
const SETTLED: Duration = Duration::from_millis(30);

/// What is watched.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    /// The notebook.
    pub(super) notebook: Notebook,
    /// The interview.
    pub(super) interview: PathBuf,
    /// The file of the reader's own layer.
    pub(super) own: PathBuf,
    /// The other annotators' layers, as they are shown.
    pub(super) others: BTreeMap<Option<String>, Vec<Annotation>>,
}

/// A watch on an interview's annotations; it ends when dropped.
#[derive(Debug)]
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
    /// Whether the folder of the annotations was not there yet, so that only its coming is noticed.
    pub(super) is_early: bool,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Others,
    Tags,
}

impl Watched {
    /// What an interview's notes were read from.
    pub(super) fn new(notebook: Notebook, interview: PathBuf, own: PathBuf, others: &[Others]) -> Self {
        let others = others.iter().map(|layer| (layer.annotator.clone(), layer.annotations.clone())).collect();
        Self { notebook, interview, own, others }
    }

    /// Starts the watch; `None` where the system cannot watch the folder. Then what others write is taken in with the
    /// next save.
    pub(super) fn start(&self, sender: Sender<Message>) -> Option<Watch> {
        let name = self.own.file_name()?.to_owned();
        let (own, tags) = (self.own.clone(), self.notebook.tags_path());
        let folder = self.notebook.annotations.clone();
        let is_early = !folder.is_dir();
        let (about, changes) = mpsc::channel();
        let to_reader = sender.clone();
        let tell = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            // Reading is an event too; the reader would wake itself for ever.
            if matches!(event.kind, EventKind::Access(_)) {
                return;
            }
            // Where nobody listens any more, nobody misses it.
            for path in &event.paths {
                if *path == own || (is_early && *path == folder) {
                    let _ = sender.send(Message::Changed);
                } else if *path == tags {
                    let _ = about.send(About::Tags);
                } else if path.file_name() == Some(&name) || path.extension().is_none() {
                    // A folder that is put there or taken away may hold a layer.
                    let _ = about.send(About::Others);
                }
            }
        };
        let mut watcher = notify::recommended_watcher(tell).ok()?;
        if is_early {
            watcher.watch(self.notebook.annotations.parent()?, RecursiveMode::NonRecursive).ok()?;
            return Some(Watch { _watcher: watcher, is_early });
        }
        // The folders, because a save puts another file in the place of the one that is there. Where the system cannot
        // watch so many, the one of the reader's own file.
        if watcher.watch(&self.notebook.annotations, RecursiveMode::Recursive).is_err() {
            watcher.watch(self.own.parent()?, RecursiveMode::NonRecursive).ok()?;
        }
        let watched = self.clone();
        thread::spawn(move || watched.follow(&changes, &to_reader));
        Some(Watch { _watcher: watcher, is_early })
    }

    /// Reads what has changed, as long as the watch is there.
    fn follow(mut self, changes: &Receiver<About>, reader: &Sender<Message>) {
        while let Ok(first) = changes.recv() {
            thread::sleep(SETTLED);
            let about: Vec<About> = std::iter::once(first).chain(changes.try_iter()).collect();
            let mut actions = Vec::new();
            if about.contains(&About::Tags) {
                actions.push(match TagsFile::load(&self.notebook.tags_path()) {
                    Ok(tags) => Action::TagsChanged(tags.definitions().to_vec()),
                    Err(error) => Action::Told(Err(error.to_string())),
                });
            }
            if about.contains(&About::Others) {
                actions.extend(self.read_others());
            }
            for action in actions {
                if reader.send(Message::Action(action)).is_err() {
                    return;
                }
            }
        }
    }

    /// The layers of others that say something else than before. One that cannot be understood is shown as it was.
    fn read_others(&mut self) -> Vec<Action> {
        let mut layers = self.notebook.layers(&self.interview);
        layers.retain(|layer| layer.path != self.own);
        let mut actions = Vec::new();
        let gone = self.others.keys().filter(|annotator| !layers.iter().any(|layer| layer.annotator == **annotator));
        for annotator in gone.cloned().collect::<Vec<_>>() {
            self.others.remove(&annotator);
            actions.push(Action::OthersChanged { annotator, annotations: Vec::new() });
        }
        for layer in layers {
            match AnnotationsFile::load(&layer.path) {
                Ok(file) if self.others.get(&layer.annotator).is_some_and(|known| known == file.annotations()) => {}
                Ok(file) => {
                    let annotations = file.annotations().to_vec();
                    self.others.insert(layer.annotator.clone(), annotations.clone());
                    actions.push(Action::OthersChanged { annotator: layer.annotator, annotations });
                }
                Err(error) => actions.push(Action::Told(Err(error.to_string()))),
            }
        }
        actions
    }
}
