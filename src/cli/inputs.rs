//! From the paths on the command line to interviews.

use std::io::{self, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use interleaf::library::{Opened, Source};
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
