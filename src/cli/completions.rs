//! `interleaf completions`: what a shell needs to complete the commands.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::Cli;
use super::arguments::{Destination, Globals};
use super::output::deliver;

/// Print the completions of a shell
///
/// For example: interleaf completions bash > ~/.local/share/bash-completion/completions/interleaf
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let mut bytes = Vec::new();
        generate(self.shell, &mut Cli::command(), "interleaf", &mut bytes);
        deliver(&bytes, &Destination::default(), globals)?;
        Ok(ExitCode::SUCCESS)
    }
}
