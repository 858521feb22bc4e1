//! From the paths on the command line to interviews.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use interleaf::library::{Opened, Scan, Settings, Source};
use interleaf::text;

use super::arguments::Globals;

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";

/// Opens the interview at `path`; `-` is standard input.
pub(crate) fn open(path: &Path, outlines: Outlines, settings: &Settings) -> Result<Opened> {
    let source = read(path, settings)?;
    Ok(match outlines {
        Outlines::Needed => source.open(settings),
        Outlines::Unused => source.open_without_topics(settings),
    })
}

fn read(path: &Path, settings: &Settings) -> Result<Source> {
    if path != Path::new("-") {
        return Ok(Source::read(path, &settings.import)?);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
    Ok(Source::from_bytes(bytes, Path::new(STANDARD_INPUT), &settings.import)?)
}

/// Whether the outlines of interviews are worked out, which takes as long as all the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outlines {
    /// For whoever says which topic a note belongs to.
    Needed,
    /// For everybody else.
    Unused,
}

/// An interview that the command line names.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Its file.
    pub(crate) path: PathBuf,
    /// Whether the file itself was named, and not a folder around it.
    is_named_itself: bool,
    /// Whether there are files of annotations of it; true where nobody has looked.
    may_have_notes: bool,
}

/// The interviews that `paths` name: files as they are, folders with all that lies below them.
///
/// A folder without an interview is an error, since a wrong folder is the likeliest reason for it.
pub(crate) fn named(paths: &[PathBuf], settings: &Settings) -> Result<Vec<Named>> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    let mut found: Vec<Named> = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(Named { path: path.clone(), is_named_itself: true, may_have_notes: true });
            continue;
        }
        let library = Scan::new(path, settings).run(&AtomicBool::new(false), &|_, _| {});
        if library.interviews.is_empty() {
            bail!("{}: there is no interview in this folder; name a file, or another folder", path.display());
        }
        found.extend(library.interviews.into_iter().map(|summary| Named {
            path: summary.path.strip_prefix(&here).map_or(summary.path.clone(), Path::to_path_buf),
            is_named_itself: false,
            may_have_notes: summary.notes.count > 0 || summary.notes.broken > 0,
        }));
    }
    Ok(found)
}

/// Opens all interviews that `paths` name, those without notes in folders left out.
///
/// What cannot be opened in a folder is said and passed over; what was named itself must open, and so must the notes.
pub(crate) fn open_annotated(paths: &[PathBuf], outlines: Outlines, globals: &Globals) -> Result<Vec<Opened>> {
    let mut named = named(paths, &globals.settings())?;
    named.retain(|named| named.may_have_notes);
    open_named(&named, outlines, globals)
}

/// Opens all interviews that `paths` name, as [`open_annotated`] does, those without notes too; without outlines.
pub(crate) fn open_all(paths: &[PathBuf], globals: &Globals) -> Result<Vec<Opened>> {
    open_named(&named(paths, &globals.settings())?, Outlines::Unused, globals)
}

fn open_named(named: &[Named], outlines: Outlines, globals: &Globals) -> Result<Vec<Opened>> {
    let settings = globals.settings();
    let results = for_each(named, globals, |named| open(&named.path, outlines, &settings));
    let mut all = Vec::new();
    for (named, result) in named.iter().zip(results) {
        match result {
            Ok(opened) => {
                if let Some(fault) = opened.faults().next() {
                    bail!("{fault}");
                }
                all.push(opened);
            }
            Err(error) if named.is_named_itself => return Err(error),
            Err(error) => remark(globals, &format!("{error:#}")),
        }
    }
    Ok(all)
}

/// Does `work` for each interview, on as many threads as the machine has, and gives back the outcomes in order.
///
/// Where it takes long, standard error shows how far it has come, if somebody is looking.
pub(crate) fn for_each<T: Send>(named: &[Named], globals: &Globals, work: impl Fn(&Named) -> T + Sync) -> Vec<T> {
    let progress = ProgressBar::new(globals);
    let total = named.len();
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(named.len()));
    let worker = || {
        while let Some((index, named)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            named.get(index).map(|named| (index, named))
        } {
            let outcome = work(named);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((index, outcome));
            progress.show(done.len(), total);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(named.len().max(1));
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    progress.clear();
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// A bar on standard error, for work that takes long while somebody is looking.
pub(crate) struct ProgressBar {
    is_wanted: bool,
    began: Instant,
    is_shown: AtomicBool,
}

impl ProgressBar {
    /// How long work goes on before it is worth a bar.
    const PATIENCE: Duration = Duration::from_millis(500);

    /// A bar for work that begins now.
    pub(crate) fn new(globals: &Globals) -> Self {
        let is_wanted = !globals.quiet && io::stderr().is_terminal();
        Self { is_wanted, began: Instant::now(), is_shown: AtomicBool::new(false) }
    }

    /// Shows that so many of all are done.
    pub(crate) fn show(&self, done: usize, total: usize) {
        // One in a hundred is often enough for an eye.
        let is_due = total > 1 && done.is_multiple_of((total / 100).max(1));
        if !self.is_wanted || !is_due || self.began.elapsed() < Self::PATIENCE {
            return;
        }
        self.is_shown.store(true, Ordering::Relaxed);
        let filled = done * 30 / total.max(1);
        let bar: String = (0..30).map(|cell| if cell < filled { '█' } else { '░' }).collect();
        let _ = write!(io::stderr(), "\r{bar} {done}/{total}");
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        if self.is_shown.load(Ordering::Relaxed) {
            let _ = write!(io::stderr(), "\r{:50}\r", "");
        }
    }
}

/// Says on standard error what the reader should know about a document.
pub(crate) fn warn(opened: &Opened, globals: &Globals) {
    for warning in &opened.report.warnings {
        remark(globals, &format!("{}:{}: {}", opened.path.display(), warning.line, warning.message));
    }
}

/// Says something on standard error that is not part of the answer.
pub(crate) fn remark(globals: &Globals, message: &str) {
    if !globals.quiet {
        // Nobody is left to tell when standard error cannot be written to.
        let _ = writeln!(io::stderr(), "interleaf: {}", text::sanitise(message));
    }
}

/// Says that nothing fits what was asked for, and why that may be.
pub(crate) fn say_no_notes(globals: &Globals) {
    match &globals.annotations {
        Some(folder) if !folder.is_dir() => {
            remark(globals, &format!("there are no such notes; there is no folder {}", folder.display()));
        }
        _ => remark(globals, "there are no such notes"),
    }
}

/// A number of things.
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
