//! From the paths on the command line to interviews.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use interleaf::library::{Opened, Source};
use interleaf::store::is_annotations;
use interleaf::text;

use super::arguments::Globals;

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";

/// Opens the interview at `path`; `-` is standard input.
pub(crate) fn open(path: &Path, globals: &Globals) -> Result<Opened> {
    let settings = globals.settings();
    if path != Path::new("-") {
        return Ok(Opened::new(path, &settings)?);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
    Ok(Source::from_bytes(bytes, Path::new(STANDARD_INPUT), &settings.import)?.open(&settings))
}

/// The interviews that `paths` name: files as they are, folders with all that lies below them.
///
/// A folder without an interview is an error, since a wrong folder is the likeliest reason for it.
pub(crate) fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let below = interviews_below(path);
        if below.is_empty() {
            bail!("{}: there is no interview in this folder; name a file, or another folder", path.display());
        }
        found.extend(below);
    }
    Ok(found)
}

/// The files below a folder whose names end as those of interviews do, in the order of their names.
///
/// Hidden files and folders, and those of annotations, are passed by.
fn interviews_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        // A folder that cannot be read holds nothing that could be.
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_hidden && !is_annotations(&path) => folders.push(path),
                Ok(kind) if !kind.is_dir() && !is_hidden && is_named_as_interview(&path) => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn is_named_as_interview(path: &Path) -> bool {
    const ENDINGS: [&str; 20] = [
        "txt", "text", "md", "markdown", "yaml", "yml", "json", "srt", "vtt", "docx", "html", "htm", "csv", "tsv",
        "xml", "tei", "cha", "eaf", "textgrid", "trs",
    ];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ending == "otr" || ENDINGS.contains(&ending.as_str()))
}

/// Opens all interviews that `paths` name. What cannot be opened in a folder is said and passed over; what was named
/// itself must open, and so must the notes on it.
pub(crate) fn open_all(paths: &[PathBuf], globals: &Globals) -> Result<Vec<Opened>> {
    let mut all = Vec::new();
    for path in named(paths)? {
        match open(&path, globals) {
            Ok(opened) => {
                if let Some(fault) = opened.faults().next() {
                    bail!("{fault}");
                }
                all.push(opened);
            }
            Err(error) if paths.contains(&path) => return Err(error),
            Err(error) => remark(globals, &format!("{error:#}")),
        }
    }
    Ok(all)
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
