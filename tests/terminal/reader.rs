//! A program in a pseudo-terminal.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};
use vt100::{MouseProtocolMode, Parser, Screen};

use crate::desk::Desk;

/// How long something that has to come may take on a machine that has much else to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What the terminal has got so far.
struct Seen {
    parser: Parser,
    bytes: Vec<u8>,
    is_over: bool,
}

/// A program in a pseudo-terminal.
pub(crate) struct Reader {
    child: Box<dyn Child + Send + Sync>,
    pair: PtyPair,
    keyboard: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    /// The terminal's line settings before the program had it.
    settings: String,
}

impl Reader {
    /// Starts a program.
    pub(crate) fn start(desk: &Desk, words: &[&OsStr], columns: u16, rows: u16) -> Self {
        Self::start_with(desk, words, columns, rows, &[])
    }

    /// Starts a program with more in its environment.
    pub(crate) fn start_with(
        desk: &Desk,
        words: &[&OsStr],
        columns: u16,
        rows: u16,
        environment: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::from_argv(words.iter().map(|word| (*word).to_owned()).collect());
        command.cwd(desk.talks());
        command.env_clear();
        for (name, value) in desk.environment() {
            command.env(name, value);
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        let settings = line_settings(&pair);
        let child = pair.slave.spawn_command(command).unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let parser = Parser::new(cells(rows), cells(columns), 0);
        let seen = Arc::new((Mutex::new(Seen { parser, bytes: Vec::new(), is_over: false }), Condvar::new()));
        watch(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        Self { child, pair, keyboard, seen, settings }
    }

    /// Presses keys, as the help writes them, with blanks between; what is no key is typed as it is.
    ///
    /// Whatever follows an `Esc` at once would be taken for a key with Alt: wait for what `Esc` does first.
    pub(crate) fn keys(&mut self, written: &str) {
        let bytes: Vec<u8> = written.split(' ').flat_map(bytes_of).collect();
        self.send(&bytes);
    }

    /// Types text as it is.
    pub(crate) fn types(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    /// Sends bytes as the terminal would.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen shows these words.
    pub(crate) fn sees(&self, words: &str) {
        self.sees_that(&format!("“{words}”"), |screen| screen.contents().contains(words));
    }

    /// Waits until the screen shows these words no more.
    pub(crate) fn sees_no_more(&self, words: &str) {
        self.sees_that(&format!("no “{words}”"), |screen| !screen.contents().contains(words));
    }

    /// Waits until the document and the notes are there.
    pub(crate) fn is_ready(&self) {
        self.sees_that("the document with its notes", |screen| {
            let text = screen.contents();
            text.contains("? help") && !text.contains("opening")
        });
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn sees_that(&self, what: &str, is_there: impl Fn(&Screen) -> bool) {
        let (seen, changed) = &*self.seen;
        let end = Instant::now() + PATIENCE;
        let mut seen = seen.lock().unwrap();
        while !is_there(seen.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                panic!("waited in vain for {what}; the screen is\n{}", seen.parser.screen().contents());
            }
            seen = changed.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        self.seen.0.lock().unwrap().parser.screen().contents()
    }

    /// Waits until the terminal has got these bytes in one piece.
    pub(crate) fn gets(&self, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.bytes().windows(wanted.len()).any(|window| window == wanted.as_bytes()) {
            assert!(Instant::now() < end, "waited in vain for the bytes {wanted:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// All bytes that the terminal has got.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen.0.lock().unwrap().parser.set_size(cells(rows), cells(columns));
        self.pair.master.resize(size(columns, rows)).unwrap();
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.id();
        let sent = std::process::Command::new("sh").args(["-c", &format!("kill -{name} {id}")]).status().unwrap();
        assert!(sent.success());
    }

    /// The number of the program's process.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Whether the program runs; `None` where it has been killed.
    pub(crate) fn lives(&mut self) -> Option<()> {
        self.child.try_wait().unwrap().is_none().then_some(())
    }

    /// Waits until the screen is as wanted; `None` where the program is killed before.
    pub(crate) fn sees_if_it_lives(&mut self, what: &str, is_there: impl Fn(&str) -> bool) -> Option<()> {
        let end = Instant::now() + PATIENCE;
        while !is_there(&self.screen()) {
            self.lives()?;
            assert!(Instant::now() < end, "waited in vain for {what}; the screen is\n{}", self.screen());
            thread::sleep(Duration::from_millis(1));
        }
        Some(())
    }

    /// Waits for some time; `None` where the program is killed before.
    pub(crate) fn rests_if_it_lives(&mut self, time: Duration) -> Option<()> {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.lives()?;
            thread::sleep(left.min(Duration::from_millis(20)));
        }
        Some(())
    }

    /// Waits for the program's end and for its last words; gives back its exit code.
    pub(crate) fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "it does not end; the screen is\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        };
        status.exit_code()
    }

    /// The program has ended: the terminal is as it was before.
    pub(crate) fn is_given_back(&self) {
        self.sees_that("the terminal given back", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == MouseProtocolMode::None
        });
        assert_eq!(line_settings(&self.pair), self.settings, "the line settings");
        let bytes = self.bytes();
        for (on, off) in [
            ("\x1b[?7l", "\x1b[?7h"),
            ("\x1b[?1004h", "\x1b[?1004l"),
            ("\x1b[>1u", "\x1b[<1u"),
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?2026h", "\x1b[?2026l"),
        ] {
            let last = |what: &str| find_last(&bytes, what.as_bytes());
            assert!(last(on) <= last(off), "{on:?} is not taken back");
        }
    }

    /// Whether the program has the whole screen.
    pub(crate) fn has_the_screen(&self) {
        self.sees_that("the alternate screen", |screen| {
            screen.alternate_screen()
                && screen.bracketed_paste()
                && screen.mouse_protocol_mode() != MouseProtocolMode::None
        });
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

fn line_settings(pair: &PtyPair) -> String {
    format!("{:?}", pair.master.get_termios())
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// Feeds what the program writes to the screen, until it ends.
fn watch(mut output: Box<dyn Read + Send>, seen: Arc<(Mutex<Seen>, Condvar)>) {
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        loop {
            let count = output.read(&mut buffer).unwrap_or(0);
            let (lock, changed) = &*seen;
            let mut seen = lock.lock().unwrap();
            seen.parser.process(&buffer[..count]);
            seen.bytes.extend_from_slice(&buffer[..count]);
            seen.is_over = count == 0;
            changed.notify_all();
            if seen.is_over {
                return;
            }
        }
    });
}

fn bytes_of(key: &str) -> Vec<u8> {
    let bytes: &[u8] = match key {
        "Esc" => b"\x1b",
        "Enter" => b"\r",
        "Tab" => b"\t",
        "Shift-Tab" => b"\x1b[Z",
        "Backspace" => b"\x7f",
        "Space" => b" ",
        "Up" => b"\x1b[A",
        "Down" => b"\x1b[B",
        "Right" => b"\x1b[C",
        "Left" => b"\x1b[D",
        "Home" => b"\x1b[H",
        "End" => b"\x1b[F",
        "PageUp" => b"\x1b[5~",
        "PageDown" => b"\x1b[6~",
        "F1" => b"\x1bOP",
        _ => match key.strip_prefix("Ctrl-").map(str::as_bytes) {
            Some([letter]) => return vec![letter.to_ascii_lowercase() & 0x1f],
            _ => key.as_bytes(),
        },
    };
    bytes.to_vec()
}
