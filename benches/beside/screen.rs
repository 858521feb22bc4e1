//! A program in a pseudo-terminal, and how long it takes to show something.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::program::{FLOOR, Program};

/// A frame is complete when nothing has come for so long.
const QUIET: Duration = Duration::from_millis(30);
/// Longer than anything that is waited for takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the program sent, and when it came.
type Chunk = (Instant, Vec<u8>);

/// A program in a pseudo-terminal.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    terminal: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    chunks: Receiver<Chunk>,
    screen: vt100::Parser,
}

/// The moment at which a program was started.
pub(crate) struct Started(Instant);

impl Started {
    /// Milliseconds until words are on the screen.
    pub(crate) fn until(self, words: &str, session: &mut Session) -> Option<f64> {
        session.wait(self.0, |screen| screen.contents().contains(words))
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

impl Session {
    /// Starts a program on a text; `None` where it cannot be started.
    pub(crate) fn start(program: &Program, text: &Path, home: &Path) -> Option<(Self, Started)> {
        let pair = native_pty_system().openpty(size(120, 40)).ok()?;
        let (name, arguments) = program.command.split_first()?;
        let mut command = match *name {
            FLOOR => CommandBuilder::new(std::env::current_exe().ok()?),
            name => CommandBuilder::new(name),
        };
        if *name == FLOOR {
            command.arg(FLOOR);
        }
        command.args(arguments);
        command.arg(text);
        command.env("TERM", "xterm-256color");
        for variable in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(variable, home.join(program.name));
        }
        let started = Started(Instant::now());
        let child = pair.slave.spawn_command(command).ok()?;
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().ok()?;
        let keys = pair.master.take_writer().ok()?;
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count) = output.read(&mut buffer) {
                if count == 0 || sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(cells(40), cells(120), 0);
        Some((Self { child, terminal: pair.master, keys, chunks, screen }, started))
    }

    /// Presses a key; milliseconds until the last of what it sends has come, and how many bytes that is.
    pub(crate) fn press(&mut self, keys: &str) -> (Option<f64>, Option<f64>) {
        self.settle();
        let pressed = Instant::now();
        if self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).is_err() {
            return (None, None);
        }
        let (last, bytes) = self.settle();
        (last.map(|last| milliseconds(pressed, last)), last.map(|_| bytes as f64))
    }

    /// Presses keys; milliseconds until words are on the screen.
    pub(crate) fn press_until(&mut self, keys: &str, words: &str) -> Option<f64> {
        self.settle();
        let pressed = Instant::now();
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).ok()?;
        self.wait(pressed, |screen| screen.contents().contains(words))
    }

    /// Writes a key many times at once, as one that is held down piles up; milliseconds until all is quiet.
    pub(crate) fn hold(&mut self, key: &str, times: usize) -> Option<f64> {
        self.press(&key.repeat(times)).0
    }

    /// Changes the window; milliseconds until all is quiet.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> Option<f64> {
        self.settle();
        let resized = Instant::now();
        self.terminal.resize(size(columns, rows)).ok()?;
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self.settle().0.map(|last| milliseconds(resized, last))
    }

    /// The most memory that the program has had, in mebibytes.
    pub(crate) fn peak_memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
    }

    /// Presses the key that ends the program; milliseconds until it has ended.
    pub(crate) fn quit(mut self, keys: &str) -> Option<f64> {
        self.settle();
        let pressed = Instant::now();
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).ok()?;
        while pressed.elapsed() < PATIENCE {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return Some(milliseconds(pressed, Instant::now()));
            }
            thread::sleep(Duration::from_micros(100));
        }
        // One that does not end by its key is ended.
        let _ = self.child.kill();
        None
    }

    /// Takes in all that comes until nothing has come for a while; the moment of the last, and its bytes.
    fn settle(&mut self) -> (Option<Instant>, usize) {
        let (mut last, mut bytes) = (None, 0);
        while let Ok((came, chunk)) = self.chunks.recv_timeout(QUIET) {
            bytes += chunk.len();
            last = Some(came);
            self.screen.process(&chunk);
        }
        (last, bytes)
    }

    fn wait(&mut self, from: Instant, is_there: impl Fn(&vt100::Screen) -> bool) -> Option<f64> {
        while from.elapsed() < PATIENCE {
            match self.chunks.recv_timeout(PATIENCE) {
                Ok((came, chunk)) => {
                    self.screen.process(&chunk);
                    if is_there(self.screen.screen()) {
                        return Some(milliseconds(from, came));
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

fn milliseconds(from: Instant, to: Instant) -> f64 {
    to.duration_since(from).as_secs_f64() * 1000.0
}
