//! Taking the terminal and giving it back as it was, however the program ends.

mod background;
mod grid;
mod input;
mod painter;
mod pen;
mod shift;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd as _;
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::Link;

pub use background::theme;
pub use input::{Input, Inputs};

use painter::Painter;

/// Buttons, dragging and wheel, but not every move of the mouse: a reader that rests wakes nobody.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// So long after it was asked the terminal may still answer; what comes when the program has ended would be typed into the
/// shell. Whoever has seen the first page and then closes it sends the key behind the answer, however long the way is, so
/// that only keys typed ahead, and signals, can ever end the program before.
const ANSWERS_WITHIN: Duration = Duration::from_millis(120);

static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The screen while the reader has it; dropped, it is given back.
#[derive(Debug)]
pub struct Screen {
    /// The terminal without a buffer between: a frame goes there at once, or not at all.
    out: File,
    painter: Painter,
    /// What is drawn, kept because a new one takes time.
    buffer: Buffer,
    /// When the terminal was asked for its background.
    asked: Instant,
}

/// Why the terminal cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// There is none.
    #[error("a terminal is needed to read in; `interleaf show FILE` prints an interview anywhere")]
    NoTerminal,
    /// It cannot place a cursor.
    #[error("the terminal is of type “dumb”, which cannot show a screen; set TERM, or use `interleaf show FILE`")]
    Dumb,
    /// It failed.
    #[error("the terminal failed: {0}")]
    Io(#[from] io::Error),
}

impl Screen {
    /// Takes the terminal for this thread to draw on: alternate screen, raw mode, mouse, bracketed paste, and whatever
    /// of kitty's keyboard, of focus events and of a word on its background it has to offer.
    ///
    /// A panic of this thread gives the terminal back before it is reported. That of another thread must not: the
    /// reader goes on, and `tell` is called with what the panic says.
    ///
    /// # Errors
    ///
    /// Where there is no terminal, or none that can show a screen.
    pub fn take(tell: impl Fn(&str) + Send + Sync + 'static) -> Result<Self, TerminalError> {
        if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
            return Err(TerminalError::NoTerminal);
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(TerminalError::Dumb);
        }
        HOOK.call_once(|| {
            let before = panic::take_hook();
            let drawing = thread::current().id();
            panic::set_hook(Box::new(move |info| {
                if TAKEN.load(Ordering::SeqCst) && thread::current().id() != drawing {
                    return tell(&info.to_string());
                }
                give_back();
                before(info);
            }));
        });
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        enter().inspect_err(|_| give_back())?;
        Ok(Self { out, painter: Painter::default(), buffer: Buffer::default(), asked: Instant::now() })
    }

    /// Columns and rows.
    ///
    /// # Errors
    ///
    /// Where the terminal does not say.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Draws a frame of that many columns and rows, as one update where the terminal can do that; some of its words are
    /// links. `draw` gives back where the cursor is to be seen.
    ///
    /// # Errors
    ///
    /// Where the terminal is gone.
    pub fn draw(
        &mut self,
        (columns, rows): (u16, u16),
        links: &[Link],
        draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>,
    ) -> io::Result<()> {
        let area = Rect::new(0, 0, columns, rows);
        if self.buffer.area != area {
            self.buffer.resize(area);
        }
        self.buffer.reset();
        let cursor = draw(&mut self.buffer);
        self.out.write_all(&self.painter.paint(&self.buffer, cursor, links))
    }

    /// Puts text on the clipboard of the reader's own machine (OSC 52), over ssh too.
    ///
    /// # Errors
    ///
    /// Where the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back, lets something else have it, and takes it again.
    ///
    /// # Errors
    ///
    /// Where it cannot be taken again.
    pub fn lend<T>(&mut self, borrow: impl FnOnce() -> T) -> Result<T, TerminalError> {
        give_back();
        let outcome = borrow();
        enter()?;
        self.asked = Instant::now();
        // The screen is blank again.
        self.painter = Painter::default();
        Ok(outcome)
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    // From here on it is heard of when the window gets another size.
    event::poll(Duration::ZERO)?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        cursor::Hide,
        DisableLineWrap,
        EnableBracketedPaste,
        EnableFocusChange,
        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
        Print(MOUSE_ON),
        Print(background::question())
    )
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.take_in_answer();
        give_back();
    }
}

impl Screen {
    /// Reads what the terminal sends until its answer is among it, or is not to be expected any more.
    fn take_in_answer(&self) {
        let mut inputs = Inputs::default();
        while background::is_answer_due() && self.asked.elapsed() < ANSWERS_WITHIN {
            // Where the terminal's own thread reads, it does not let go and takes the answer in itself.
            match event::poll(Duration::from_millis(5)).and_then(|there| there.then(event::read).transpose()) {
                Ok(event) => drop(event.map(|event| inputs.take(event))),
                Err(_) => return,
            }
        }
    }
}

/// Gives the terminal back as it was; does nothing when it is not taken.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // Nothing can be done about a terminal that is gone already.
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        Print(MOUSE_OFF),
        PopKeyboardEnhancementFlags,
        DisableFocusChange,
        DisableBracketedPaste,
        EnableLineWrap,
        ResetColor,
        cursor::Show,
        LeaveAlternateScreen
    );
    let _ = disable_raw_mode();
}
