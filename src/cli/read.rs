//! `interleaf PATH`: read an interview in the terminal.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use interleaf::run::{self, RunError};

use super::arguments::Globals;

/// Reads until the reader closes the interview.
pub(crate) fn read(path: &Path, globals: &Globals) -> Result<ExitCode> {
    match run::read(path, &globals.settings()) {
        // As the shell counts it.
        Err(RunError::Signal(signal)) => Ok(ExitCode::from(128_u8.saturating_add(signal as u8))),
        outcome => outcome.map(|()| ExitCode::SUCCESS).map_err(Into::into),
    }
}
