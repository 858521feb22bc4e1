//! Taking the terminal and giving it back as it was, however the program ends.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    BeginSynchronizedUpdate, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;

use crate::app::Mouse;
use crate::config;
use crate::keymap::{Key, KeyName};
use crate::ui::{Background, Colors, Theme};

/// Buttons, dragging and wheel, but not every move of the mouse: a reader that rests wakes nobody.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Bytes of a whole frame; more than any that is drawn.
const FRAME: usize = 64 * 1024;

static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The screen while the reader has it; dropped, it is given back.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal,
}

type Terminal = ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>;

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
    /// Takes the terminal: alternate screen, raw mode, mouse, bracketed paste.
    ///
    /// # Errors
    ///
    /// Where there is no terminal, or none that can show a screen.
    pub fn take() -> Result<Self, TerminalError> {
        if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
            return Err(TerminalError::NoTerminal);
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(TerminalError::Dumb);
        }
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                give_back();
                before(info);
            }));
        });
        Ok(Self { terminal: enter().inspect_err(|_| give_back())? })
    }

    /// Columns and rows.
    ///
    /// # Errors
    ///
    /// Where the terminal does not say.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws a frame, as one update where the terminal can do that.
    ///
    /// # Errors
    ///
    /// Where the terminal is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(draw)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Puts text on the clipboard of the reader's own machine (OSC 52), over ssh too.
    ///
    /// # Errors
    ///
    /// Where the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back, lets something else have it, and takes it again.
    ///
    /// # Errors
    ///
    /// Where it cannot be taken again.
    pub fn lend<T>(&mut self, borrow: impl FnOnce() -> T) -> Result<T, TerminalError> {
        self.terminal.backend_mut().flush()?;
        give_back();
        let outcome = borrow();
        // What is on the screen now is not known: a new one draws everything.
        self.terminal = enter()?;
        Ok(outcome)
    }
}

fn enter() -> io::Result<Terminal> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    // From here on it is heard of when the window gets another size.
    event::poll(Duration::ZERO)?;
    let mut out = BufWriter::with_capacity(FRAME, io::stdout());
    execute!(out, EnterAlternateScreen, cursor::Hide, DisableLineWrap, EnableBracketedPaste, Print(MOUSE_ON))?;
    ratatui::Terminal::new(CrosstermBackend::new(out))
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A panic while drawing leaves the start of an update in the buffer, which is to come before all is given back.
        let _ = execute!(self.terminal.backend_mut(), EndSynchronizedUpdate);
        give_back();
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
        DisableBracketedPaste,
        EnableLineWrap,
        ResetColor,
        cursor::Show,
        LeaveAlternateScreen
    );
    let _ = disable_raw_mode();
}

/// The look that the reader wants and the terminal can show, as far as its environment tells.
pub fn theme(wanted: config::Theme) -> Theme {
    let says = |name: &str, part: &str| std::env::var(name).is_ok_and(|value| value.contains(part));
    let colors = if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        Colors::None
    } else if says("COLORTERM", "truecolor") || says("COLORTERM", "24bit") || says("TERM", "direct") {
        Colors::True
    } else {
        Colors::Sixteen
    };
    // Terminals that say so give the colours of text and ground as `15;0`.
    let ground = std::env::var("COLORFGBG").ok().and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
    let background = match (wanted, ground) {
        (config::Theme::Light, _) | (config::Theme::Auto, Some(7 | 9..=15)) => Background::Light,
        _ => Background::Dark,
    };
    // The sixteen colours are the reader's own, and full black and white with them.
    let colors = match wanted {
        config::Theme::HighContrast if colors == Colors::True => Colors::Sixteen,
        _ => colors,
    };
    Theme { colors, background }
}

/// What a terminal's event means to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Text pasted.
    Paste(String),
    /// The mouse, at a column and row.
    Mouse(Mouse, u16, u16),
    /// Another size.
    Resize(u16, u16),
}

/// What an event means; `None` where it means nothing.
pub fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => self::key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Mouse(mouse) => self::mouse(mouse),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let mut key = Key {
        name: KeyName::Esc,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift: event.modifiers.contains(KeyModifiers::SHIFT),
    };
    key.name = match event.code {
        KeyCode::Char(c) => {
            key.shift = false;
            KeyName::Character(c)
        }
        KeyCode::BackTab => {
            key.shift = true;
            KeyName::Tab
        }
        KeyCode::F(number) => KeyName::Function(number),
        KeyCode::Enter => KeyName::Enter,
        KeyCode::Esc => KeyName::Esc,
        KeyCode::Tab => KeyName::Tab,
        KeyCode::Backspace => KeyName::Backspace,
        KeyCode::Delete => KeyName::Delete,
        KeyCode::Insert => KeyName::Insert,
        KeyCode::Up => KeyName::Up,
        KeyCode::Down => KeyName::Down,
        KeyCode::Left => KeyName::Left,
        KeyCode::Right => KeyName::Right,
        KeyCode::Home => KeyName::Home,
        KeyCode::End => KeyName::End,
        KeyCode::PageUp => KeyName::PageUp,
        KeyCode::PageDown => KeyName::PageDown,
        _ => return None,
    };
    Some(key)
}

fn mouse(event: MouseEvent) -> Option<Input> {
    let mouse = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Mouse::Press,
        MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
        MouseEventKind::Up(MouseButton::Left) => Mouse::Release,
        MouseEventKind::ScrollDown => Mouse::WheelDown,
        MouseEventKind::ScrollUp => Mouse::WheelUp,
        _ => return None,
    };
    Some(Input::Mouse(mouse, event.column, event.row))
}
