//! The command line: what can be asked for, in clap's terms. One file for each command carries it out.
//!
//! Exit codes: 0 all is well, 1 something is wrong with what was looked at, 2 wrong usage or unreadable input.

mod absorb;
mod arguments;
mod check;
mod completions;
mod config;
mod export;
mod import;
mod inputs;
mod keep;
mod man;
mod note;
mod notes;
mod output;
mod plain;
mod read;
mod search;
mod shelf;
mod show;
mod stats;
mod tag;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};
use interleaf::text;

use arguments::Globals;

const EXAMPLES: &str = "\
Examples:
  interleaf talk.txt                                  read it, and write notes beside it
  interleaf talks                                     look through the interviews of a folder
  interleaf show talk.txt --to json | jq .turns       see how a transcript was understood
  interleaf note talk.txt --quote 'the tea urn' --kind follow-up --note 'Find it.'
  interleaf notes talks --kind follow-up              what is left to do, over a folder
  interleaf search 'storm' talks                      find words in texts and notes
  interleaf export talk.txt --to markdown -o talk.md  take the notes away";

/// Read an interview in the terminal, annotate it, and take the notes away.
#[derive(Parser)]
#[command(name = "interleaf", version, after_help = EXAMPLES, disable_help_subcommand = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Option<Command>,
    /// The interview to read, or a folder to list its interviews; the folder one is in, where nothing is named
    path: Option<PathBuf>,
    /// Print the interview with its notes line by line, as for a screen reader, and do nothing else
    #[arg(long, requires = "path")]
    plain: bool,
}

#[derive(Subcommand)]
enum Command {
    Show(show::Show),
    Import(import::Import),
    Note(note::Note),
    Notes(notes::Notes),
    Search(search::Search),
    Export(export::Export),
    Absorb(absorb::Absorb),
    Stats(stats::Stats),
    Tag(tag::Tags),
    Check(check::Check),
    Config(config::Settings),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Does what the command line asks for.
pub(crate) fn run() -> Result<ExitCode> {
    if is_version_asked() {
        // Scripts ask this often, and need not wait until all commands are defined.
        writeln!(io::stdout(), "interleaf {}", env!("CARGO_PKG_VERSION"))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(path) = only_path(std::env::args_os()) {
        return read::read(&path, &Globals::default());
    }
    let Cli { globals, command, path, plain } = Cli::parse();
    match (command, path) {
        (Some(command), None) => command.run(&globals),
        (None, Some(path)) if plain => plain::print(&path, &globals),
        (None, Some(path)) => read::read(&path, &globals),
        (None, None) if io::stdout().is_terminal() => read::read(Path::new("."), &globals),
        (None, None) => {
            output::Output::new(&globals).plain(&Cli::command().render_help().to_string())?;
            Ok(ExitCode::SUCCESS)
        }
        (Some(_), Some(path)) => Err(anyhow::anyhow!(
            "`{}` stands before a command; put it behind the command, or write ./{0} for a file of that name",
            path.display()
        )),
    }
}

fn is_version_asked() -> bool {
    let mut words = std::env::args_os().skip(1);
    let first = words.next();
    words.next().is_none() && first.is_some_and(|word| word == "--version" || word == "-V")
}

/// The path of `interleaf PATH`. Reading is what the program is mostly started for, and clap alone would take a good part
/// of the time to the first page.
fn only_path(arguments: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else { return None };
    let may_mean_more = |word: &str| word.is_empty() || word.starts_with('-') || Command::has_subcommand(word);
    let is_path = path.to_str().is_some_and(|word| !may_mean_more(word));
    is_path.then(|| path.into())
}

impl Command {
    fn run(self, globals: &Globals) -> Result<ExitCode> {
        match self {
            Command::Show(command) => command.run(globals),
            Command::Import(command) => command.run(globals),
            Command::Note(command) => command.run(globals),
            Command::Notes(command) => command.run(globals),
            Command::Search(command) => command.run(globals),
            Command::Export(command) => command.run(globals),
            Command::Absorb(command) => command.run(globals),
            Command::Stats(command) => command.run(globals),
            Command::Tag(command) => command.run(globals),
            Command::Check(command) => command.run(globals),
            Command::Config(command) => command.run(globals),
            Command::Completions(command) => command.run(globals),
            Command::Man(command) => command.run(globals),
        }
    }
}

/// Says on standard error why a command failed. A reader that closed the pipe has seen enough, which is no failure.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    let pipe_closed = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe);
    if pipe_closed {
        return ExitCode::SUCCESS;
    }
    // Nobody is left to tell when standard error cannot be written to.
    let _ = writeln!(io::stderr(), "interleaf: {}", text::sanitise(&format!("{error:#}")));
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_of(arguments: &[&str]) -> Option<PathBuf> {
        only_path(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_path_alone_is_read_as_clap_reads_it() {
        for path in ["talk.txt", "./show", "a b", "Show"] {
            let Cli { globals, command, path: found, plain } = Cli::parse_from(["interleaf", path]);
            assert_eq!((format!("{globals:?}"), plain), (format!("{:?}", Globals::default()), false));
            assert!(command.is_none());
            assert_eq!((path_of(&["interleaf", path]), found), (Some(path.into()), Some(path.into())));
        }
    }

    #[test]
    fn what_may_mean_more_is_left_to_clap() {
        for arguments in [vec![], vec![""], vec!["-"], vec!["--help"], vec!["show"], vec!["man"], vec!["a", "b"]] {
            assert_eq!(path_of(&[&["interleaf"], arguments.as_slice()].concat()), None, "{arguments:?}");
        }
    }
}
