//! One key, and how it is written.

use std::fmt;
use std::str::FromStr;

/// A key with what is held down while it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub name: KeyName,
    /// Whether Ctrl is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held; never for characters, which tell it themselves.
    pub shift: bool,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum KeyName {
    /// A character, as it is typed.
    Character(char),
    /// F1 to F12.
    Function(u8),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

const NAMED: [(KeyName, &str); 14] = [
    (KeyName::Enter, "Enter"),
    (KeyName::Esc, "Esc"),
    (KeyName::Tab, "Tab"),
    (KeyName::Backspace, "Backspace"),
    (KeyName::Delete, "Delete"),
    (KeyName::Insert, "Insert"),
    (KeyName::Up, "Up"),
    (KeyName::Down, "Down"),
    (KeyName::Left, "Left"),
    (KeyName::Right, "Right"),
    (KeyName::Home, "Home"),
    (KeyName::End, "End"),
    (KeyName::PageUp, "PageUp"),
    (KeyName::PageDown, "PageDown"),
];

/// Why something is no key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no key: write a character, or Enter, Esc, Tab, Space, Up, PageDown, F1 …, with Ctrl-, Alt- or Shift- before it"
)]
pub struct InvalidKey(pub(super) String);

impl Key {
    /// A key with nothing held down.
    pub const fn plain(name: KeyName) -> Self {
        Self { name, ctrl: false, alt: false, shift: false }
    }

    /// The character that the key types, if it types one.
    pub fn character(&self) -> Option<char> {
        match self.name {
            KeyName::Character(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The digit that the key types, if it types one.
    pub fn digit(&self) -> Option<u32> {
        self.character().and_then(|c| c.to_digit(10))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.name {
            KeyName::Character(' ') => f.write_str("Space"),
            KeyName::Character(c) => write!(f, "{c}"),
            KeyName::Function(number) => write!(f, "F{number}"),
            named => f.write_str(NAMED.iter().find(|(name, _)| *name == named).map_or("", |(_, text)| text)),
        }
    }
}

impl FromStr for Key {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let mut key = Key::plain(KeyName::Esc);
        let mut rest = text;
        loop {
            rest = if let Some(rest) = rest.strip_prefix("Ctrl-").filter(|rest| !rest.is_empty()) {
                key.ctrl = true;
                rest
            } else if let Some(rest) = rest.strip_prefix("Alt-").filter(|rest| !rest.is_empty()) {
                key.alt = true;
                rest
            } else if let Some(rest) = rest.strip_prefix("Shift-").filter(|rest| !rest.is_empty()) {
                key.shift = true;
                rest
            } else {
                break;
            };
        }
        let mut characters = rest.chars();
        key.name = match (characters.next(), characters.next()) {
            (Some(c), None) => KeyName::Character(c),
            _ if rest == "Space" => KeyName::Character(' '),
            (Some('F'), Some(_)) if rest[1..].parse::<u8>().is_ok_and(|number| (1..=12).contains(&number)) => {
                KeyName::Function(rest[1..].parse().unwrap_or(1))
            }
            _ => NAMED
                .iter()
                .find(|(_, name)| *name == rest)
                .map(|(name, _)| *name)
                .ok_or_else(|| InvalidKey(text.to_owned()))?,
        };
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_it_is_read() {
        for text in ["j", "G", "Space", "Ctrl-d", "Shift-Tab", "Alt-Left", "F12", "Ctrl-Alt-x", "-", "Ctrl--", "的"] {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), text);
        }
        for text in ["", "Hyper-x", "F13", "jj", "Ctrl-"] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }
}
