//! What the terminal sends, as the reader takes it: keys, pastes, the mouse, sizes, and its answers to what it was
//! asked.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::background;
use crate::app::Mouse;
use crate::keymap::{Key, KeyName};
use crate::ui::Background;

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
    /// The reader came back to the window.
    Focus,
    /// The terminal told its background.
    Background(Background),
}

/// Makes inputs of a terminal's events, one after the other.
///
/// crossterm knows no answer that begins with `ESC ]`, and gives `ESC ]11;rgb:1c1c/1c1c/1c1c ESC \` out as keys: `Alt-]`,
/// each of the characters, `Alt-\`. So keys that may be such an answer are held back until it is plain what they are; no
/// other key ever waits.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The keys that may be an answer so far.
    held: Vec<KeyEvent>,
    /// What they say behind `ESC ]`.
    said: String,
    /// Whether the last key was the `Esc` that an answer may have been torn from.
    was_esc: bool,
    /// Whether the reader has pressed a key: from then on, `Esc` and `]` are two of them.
    is_used: bool,
}

/// What a key is in an answer.
enum Part {
    Begin,
    Says(char),
    End,
    None,
}

impl Inputs {
    /// What an event means; most mean one input or none.
    pub fn take(&mut self, event: Event) -> Vec<Input> {
        let key = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => key,
            event => return other(event).into_iter().collect(),
        };
        match (self.held.is_empty(), part_of(key)) {
            (true, Part::Begin) if background::is_answer_due() => self.hold(key),
            // The two bytes that begin an answer can come apart, and the first is an Esc then.
            (true, Part::Says(']')) if self.was_esc && !self.is_used && background::is_answer_due() => self.hold(key),
            (true, _) => self.press(key),
            (false, Part::Says(c)) if background::may_go_on(&self.said, c) => {
                self.said.push(c);
                self.hold(key)
            }
            (false, Part::End) if background::parse(&self.said).is_some() => self.answered(key),
            (false, _) => self.let_go(key),
        }
    }

    /// Whether keys are held back that may be an answer.
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    fn hold(&mut self, key: KeyEvent) -> Vec<Input> {
        self.was_esc = false;
        self.held.push(key);
        Vec::new()
    }

    fn press(&mut self, key: KeyEvent) -> Vec<Input> {
        // Of an answer whose end came apart, the backslash is left.
        let is_rest = self.was_esc && !self.is_used && key.code == KeyCode::Char('\\') && !background::is_answer_due();
        self.was_esc = key.code == KeyCode::Esc;
        self.is_used |= !self.was_esc && !is_rest;
        if is_rest { Vec::new() } else { self::key(key).map(Input::Key).into_iter().collect() }
    }

    fn answered(&mut self, last: KeyEvent) -> Vec<Input> {
        let told = background::parse(&self.said);
        self.held.clear();
        self.said.clear();
        self.was_esc = last.code == KeyCode::Esc;
        background::answer_has_come();
        told.map(Input::Background).into_iter().collect()
    }

    /// It was no answer: the keys are pressed, one after the other.
    fn let_go(&mut self, last: KeyEvent) -> Vec<Input> {
        self.said.clear();
        let held = std::mem::take(&mut self.held);
        held.into_iter().chain([last]).flat_map(|key| self.press(key)).collect()
    }
}

fn part_of(key: KeyEvent) -> Part {
    let (alt, ctrl) = (key.modifiers.contains(KeyModifiers::ALT), key.modifiers.contains(KeyModifiers::CONTROL));
    match key.code {
        KeyCode::Char(']') if alt => Part::Begin,
        KeyCode::Char('\\') if alt => Part::End,
        KeyCode::Char('g') if ctrl => Part::End,
        KeyCode::Esc => Part::End,
        KeyCode::Char(c) if !alt && !ctrl => Part::Says(c),
        _ => Part::None,
    }
}

fn other(event: Event) -> Option<Input> {
    match event {
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Mouse(mouse) => self::mouse(mouse),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::FocusGained => Some(Input::Focus),
        Event::FocusLost | Event::Key(_) => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The events that crossterm makes of a terminal's bytes; `ALONE` where an `ESC` came apart from what follows.
    fn events(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut characters = bytes.chars();
        while let Some(c) = characters.next() {
            let (code, modifiers) = match c {
                '\x1b' => match characters.next() {
                    Some(c) => (KeyCode::Char(c), KeyModifiers::ALT),
                    None => (KeyCode::Esc, KeyModifiers::NONE),
                },
                '⎋' => (KeyCode::Esc, KeyModifiers::NONE),
                '\x07' => (KeyCode::Char('g'), KeyModifiers::CONTROL),
                c if c.is_uppercase() => (KeyCode::Char(c), KeyModifiers::SHIFT),
                c => (KeyCode::Char(c), KeyModifiers::NONE),
            };
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        events
    }

    /// What a terminal's bytes mean after it was asked, keys as they are written.
    fn meant(bytes: &str) -> Vec<String> {
        let _alone = background::tests::asked();
        let mut inputs = Inputs::default();
        let all = events(bytes).into_iter().flat_map(|event| inputs.take(event));
        all.map(|input| match input {
            Input::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        })
        .collect()
    }

    #[test]
    fn an_answer_is_taken_for_the_background_and_never_for_keys() {
        assert_eq!(meant("\x1b]11;rgb:ffff/fefe/fafa\x1b\\"), ["Background(Light)"]);
        assert_eq!(meant("\x1b]11;rgb:1C/1c/1c\x07j"), ["Background(Dark)", "j"]);
        assert_eq!(meant("\x1b]11;rgba:0000/0000/0000/ffff\x1b\\"), ["Background(Dark)"]);
        assert_eq!(meant("j\x1b]11;rgb:ff/ff/ff\x1b\\k"), ["j", "Background(Light)", "k"]);
    }

    #[test]
    fn an_answer_that_comes_apart_leaves_an_esc_at_most() {
        assert_eq!(meant("⎋]11;rgb:ff/ff/ff\x1b\\"), ["Esc", "Background(Light)"]);
        assert_eq!(meant("\x1b]11;rgb:ff/ff/ff⎋\\j"), ["Background(Light)", "j"]);
        assert_eq!(meant("⎋]11;rgb:ff/ff/ff⎋\\"), ["Esc", "Background(Light)"]);
    }

    #[test]
    fn keys_that_are_no_answer_are_keys() {
        assert_eq!(meant("\x1b]q"), ["Alt-]", "q"]);
        assert_eq!(meant("\x1b]1x"), ["Alt-]", "1", "x"]);
        assert_eq!(meant("\x1b]11;rgb:zz"), ["Alt-]", "1", "1", ";", "r", "g", "b", ":", "z", "z"]);
        assert_eq!(meant("⎋]q"), ["Esc", "]", "q"]);
        // After a key was pressed, nothing waits.
        assert_eq!(meant("j⎋]"), ["j", "Esc", "]"]);
        assert_eq!(meant("\\"), ["\\"]);
    }
}
