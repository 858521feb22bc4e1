//! Standard output and files: the one place where the commands' words leave the program.
//!
//! Whatever may reach a terminal is sanitised on the way; files and pipes get it as it is.

use std::fs;
use std::io::{self, IsTerminal as _, StdoutLock, Write};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::builder::styling::Style;
use interleaf::text;

use super::arguments::{Color, Destination, Globals};

/// Standard output, held for as long as a command writes.
pub(crate) struct Output {
    stdout: io::BufWriter<StdoutLock<'static>>,
    terminal: bool,
    color: bool,
}

impl Output {
    /// Takes hold of standard output.
    pub(crate) fn new(globals: &Globals) -> Self {
        let stdout = io::stdout().lock();
        let terminal = stdout.is_terminal();
        let color = match globals.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Self { stdout: io::BufWriter::new(stdout), terminal, color }
    }

    /// Whether somebody is looking.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Columns of the terminal.
    pub(crate) fn columns(&self) -> u16 {
        match crossterm::terminal::size() {
            Ok((columns, _)) if self.terminal && columns > 0 => columns,
            _ => 80,
        }
    }

    /// Writes words.
    pub(crate) fn plain(&mut self, words: &str) -> io::Result<()> {
        // Colours asked for by name are meant for a pager, which hands everything on to a terminal.
        if self.terminal || self.color {
            self.stdout.write_all(text::sanitise(words).as_bytes())
        } else {
            self.stdout.write_all(words.as_bytes())
        }
    }

    /// Writes words in a style, where colours are wanted.
    pub(crate) fn styled(&mut self, style: Style, words: &str) -> io::Result<()> {
        if !self.color {
            return self.plain(words);
        }
        write!(self.stdout, "{style}")?;
        self.plain(words)?;
        write!(self.stdout, "{style:#}")
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, words: &str) -> io::Result<()> {
        self.plain(words)?;
        self.plain("\n")
    }

    /// Hands on all that was written.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// Writes a finished document to standard output or to the file that was asked for.
///
/// A file appears whole or not at all, and none is written over unless that was asked for.
pub(crate) fn deliver(bytes: &[u8], destination: &Destination, globals: &Globals) -> Result<()> {
    match &destination.output {
        Some(path) if path != Path::new("-") => write_file(path, bytes, destination.force),
        _ => {
            let mut output = Output::new(globals);
            match std::str::from_utf8(bytes) {
                Ok(words) if !words.contains('\0') => output.plain(words)?,
                _ if output.is_terminal() => bail!("this format is not for a terminal; give a file with -o FILE"),
                _ => output.stdout.write_all(bytes)?,
            }
            Ok(output.finish()?)
        }
    }
}

/// Writes a file through a temporary one beside it.
pub(crate) fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    let cannot = || format!("{}: cannot be written", path.display());
    if path.is_dir() {
        bail!("{}: this is a folder; name a file in it", path.display());
    }
    // A device or a pipe is written to and not replaced.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        let mut file = fs::OpenOptions::new().write(true).open(path).with_context(cannot)?;
        return file.write_all(bytes).with_context(cannot);
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".interleaf-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    let placed = if force { file.persist(path) } else { file.persist_noclobber(path) };
    match placed {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{}: exists already; add --force to write over it", path.display())
        }
        Err(failed) => Err(failed.error).with_context(cannot),
    }
}
