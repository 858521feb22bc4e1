//! `interleaf PATH`: read an interview in the terminal.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use interleaf::config::Config;
use interleaf::run::{self, RunError};

use super::arguments::Globals;
use super::inputs;

/// Reads until the reader closes the interview.
pub(crate) fn read(path: &Path, globals: &Globals) -> Result<ExitCode> {
    let (config, faults) = Config::load();
    for fault in faults {
        inputs::remark(globals, &fault.to_string());
    }
    match run::read(path, &globals.settings_with(&config), &config) {
        // As the shell counts it.
        Err(RunError::Signal(signal)) => Ok(ExitCode::from(128_u8.saturating_add(signal as u8))),
        outcome => outcome.map(|()| ExitCode::SUCCESS).map_err(Into::into),
    }
}
