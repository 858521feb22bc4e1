//! The `interleaf` command: parse, call, report, exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().unwrap_or_else(|error| cli::report(&error))
}
