//! `interleaf man`: the manual, made from the same definitions as the help.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, CommandFactory as _};
use clap_mangen::{Man as Page, generate_to};

use super::Cli;
use super::arguments::{Destination, Globals};
use super::output::deliver;

/// Print the manual page of the program or of a command
///
/// For example: interleaf man export | man -l -
#[derive(Args)]
pub(crate) struct Man {
    /// The command; without one, the program
    command: Option<String>,
    /// Write all pages to this folder instead
    #[arg(long, short, value_name = "DIR", conflicts_with = "command")]
    output: Option<PathBuf>,
}

impl Man {
    /// Prints or writes the manual.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let mut program = Cli::command();
        program.build();
        if let Some(folder) = self.output {
            let cannot = || format!("{}: cannot be written to", folder.display());
            fs::create_dir_all(&folder).with_context(cannot)?;
            generate_to(program, &folder).with_context(cannot)?;
            return Ok(ExitCode::SUCCESS);
        }
        let page = match self.command {
            Some(name) => program
                .find_subcommand(&name)
                .with_context(|| format!("there is no command {name}; `interleaf --help` lists them"))?
                .clone()
                .display_name(format!("interleaf-{name}"))
                .version(env!("CARGO_PKG_VERSION")),
            None => program,
        };
        let mut bytes = Vec::new();
        Page::new(page).render(&mut bytes)?;
        deliver(&bytes, &Destination::default(), globals)?;
        Ok(ExitCode::SUCCESS)
    }
}
