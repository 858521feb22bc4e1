//! `interleaf PATH`: read an interview in the terminal, or look through those of a folder.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use interleaf::config::Config;
use interleaf::run::{self, RunError};

use super::arguments::Globals;
use super::inputs;

/// Reads until the reader closes the interview, or the list of a folder's interviews.
pub(crate) fn read(path: &Path, globals: &Globals) -> Result<ExitCode> {
    let (config, faults) = Config::load();
    for fault in faults {
        inputs::remark(globals, &fault.to_string());
    }
    let settings = globals.settings_with(&config);
    let outcome = match path.is_dir() {
        true => run::browse(path, &settings, &config),
        false => run::read(path, &settings, &config),
    };
    match outcome {
        // As the shell counts it.
        Err(RunError::Signal(signal)) => Ok(ExitCode::from(128_u8.saturating_add(signal as u8))),
        outcome => outcome.map(|()| ExitCode::SUCCESS).map_err(Into::into),
    }
}
