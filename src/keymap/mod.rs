//! From keys to commands, by mode.
//!
//! The default keys are a data file, `keys.yaml`; a reader's configuration replaces the keys of single commands. The
//! help page and the tables of the documentation are made from the same map.

mod key;

use std::collections::{BTreeMap, HashMap};

use crate::app::{Command, KeyTable, Mode};

pub use key::{InvalidKey, Key, KeyName};

/// Which keys do what, by mode.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: BTreeMap<Mode, Vec<Binding>>,
}

/// Keys, pressed one after the other, and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    keys: Vec<Key>,
    command: Command,
}

/// Why keys cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// The file is no map of modes to commands to keys.
    #[error("the keys are not a map of modes, each a map of commands with lists of keys: {0}")]
    Shape(String),
    /// A mode that there is not.
    #[error("there is no mode “{0}”")]
    Mode(String),
    /// A command that there is not.
    #[error("there is no command “{0}”")]
    Command(String),
    /// A key that there is not.
    #[error(transparent)]
    Key(#[from] InvalidKey),
    /// The same keys twice, or keys that begin like others.
    #[error("in mode “{mode}”, {keys} for “{first}” gets in the way of “{second}”")]
    Conflict {
        /// The mode.
        mode: &'static str,
        /// The keys.
        keys: String,
        /// What they do.
        first: &'static str,
        /// What they also would do.
        second: &'static str,
    },
}

/// Names of keys by the names of commands by the names of modes.
type Written = BTreeMap<String, BTreeMap<String, Vec<String>>>;

impl Keymap {
    /// The keys that come with the program.
    ///
    /// # Errors
    ///
    /// Never for the keys as shipped, which a test holds.
    pub fn default_keys() -> Result<Self, KeymapError> {
        Self::read(include_str!("keys.yaml"))
    }

    /// Reads a key file as `keys.yaml` is one.
    ///
    /// # Errors
    ///
    /// Where a name is unknown, or keys are in each other's way.
    pub fn read(yaml: &str) -> Result<Self, KeymapError> {
        let written: Written = serde_yaml::from_str(yaml).map_err(|error| KeymapError::Shape(error.to_string()))?;
        let commands: HashMap<&str, Command> = Command::ALL.iter().map(|command| (command.name(), *command)).collect();
        let mut keymap = Self::default();
        for (mode, bound) in &written {
            let mode = Mode::from_name(mode).ok_or_else(|| KeymapError::Mode(mode.clone()))?;
            let bindings = keymap.bindings.entry(mode).or_default();
            for (name, keys) in bound {
                let command = *commands.get(name.as_str()).ok_or_else(|| KeymapError::Command(name.clone()))?;
                for keys in keys {
                    bindings.push(Binding { keys: sequence(keys)?, command });
                }
            }
        }
        for (&mode, bindings) in &keymap.bindings {
            refuse_conflicts(mode, bindings)?;
        }
        Ok(keymap)
    }

    /// The map with one key, or keys pressed one after the other, doing something else, or nothing.
    ///
    /// # Errors
    ///
    /// Where a name is unknown, or the keys are in the way of others; the map is as before then.
    pub fn with(&self, mode: &str, keys: &str, command: Option<&str>) -> Result<Self, KeymapError> {
        let mode = Mode::from_name(mode).ok_or_else(|| KeymapError::Mode(mode.to_owned()))?;
        let command = command
            .map(|name| Command::from_name(name).ok_or_else(|| KeymapError::Command(name.to_owned())))
            .transpose()?;
        let keys = sequence(keys)?;
        let mut changed = self.clone();
        let bindings = changed.bindings.entry(mode).or_default();
        bindings.retain(|binding| binding.keys != keys);
        bindings.extend(command.map(|command| Binding { keys, command }));
        refuse_conflicts(mode, bindings)?;
        Ok(changed)
    }

    /// What keys pressed so far lead to.
    fn look_up(&self, mode: Mode, keys: &[Key]) -> Found {
        let mut waits = false;
        for binding in self.bindings.get(&mode).into_iter().flatten() {
            if binding.keys == keys {
                return Found::Command(binding.command);
            }
            waits |= binding.keys.starts_with(keys);
        }
        match mode {
            _ if waits => Found::Waits,
            Mode::Selecting => self.look_up(Mode::Reading, keys),
            _ => Found::Nothing,
        }
    }

    /// What keys that begin with those pressed so far would do: the rest of the keys and the command.
    pub fn continuations(&self, mode: Mode, keys: &[Key]) -> Vec<(String, Command)> {
        let bindings = self.bindings.get(&mode).into_iter().flatten();
        let mut found: Vec<(String, Command)> = bindings
            .filter(|binding| binding.keys.len() > keys.len() && binding.keys.starts_with(keys))
            .map(|binding| (written(&binding.keys[keys.len()..]), binding.command))
            .collect();
        if mode == Mode::Selecting {
            found.extend(self.continuations(Mode::Reading, keys));
        }
        found
    }

    /// The keys of a command in a mode, as they are written.
    pub fn keys_of(&self, mode: Mode, command: Command) -> Vec<String> {
        let bindings = self.bindings.get(&mode).into_iter().flatten();
        bindings.filter(|binding| binding.command == command).map(|binding| written(&binding.keys)).collect()
    }

    /// The keys of all modes, for hints and help pages.
    pub fn table(&self) -> KeyTable {
        let of_mode = |(mode, bindings): (&Mode, &Vec<Binding>)| {
            let mode = *mode;
            let keys = bindings.iter().map(move |binding| (mode, binding.command, written(&binding.keys)));
            keys.collect::<Vec<_>>()
        };
        KeyTable::new(self.bindings.iter().flat_map(of_mode))
    }

    /// The key tables of all modes in Markdown, for the documentation.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        for mode in Mode::ALL {
            text.push_str(&format!("\n### {}\n\n| keys | does |\n|---|---|\n", mode.title()));
            for &command in Command::ALL {
                let keys: Vec<String> =
                    self.keys_of(mode, command).iter().map(|keys| format!("`{}`", keys.replace('|', "\\|"))).collect();
                if !keys.is_empty() {
                    text.push_str(&format!("| {} | {} |\n", keys.join(" "), command.sentence()));
                }
            }
        }
        text
    }
}

/// What keys lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Command(Command),
    Waits,
    Nothing,
}

/// Keys pressed one after the other, as written with a space between.
fn sequence(keys: &str) -> Result<Vec<Key>, KeymapError> {
    let read: Vec<Key> = keys.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if read.is_empty() { Err(InvalidKey(keys.to_owned()).into()) } else { Ok(read) }
}

fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().concat()
}

fn refuse_conflicts(mode: Mode, bindings: &[Binding]) -> Result<(), KeymapError> {
    for (number, one) in bindings.iter().enumerate() {
        for other in &bindings[number + 1..] {
            if one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys) {
                return Err(KeymapError::Conflict {
                    mode: mode.name(),
                    keys: written(&one.keys),
                    first: one.command.name(),
                    second: other.command.name(),
                });
            }
        }
    }
    Ok(())
}

/// Reads keys one by one: counts, keys that wait for more, and text.
#[derive(Clone, Debug, Default)]
pub struct KeyReader {
    pressed: Vec<Key>,
    count: Option<u32>,
}

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// It completed a command, with the count before it.
    Command(Command, Option<u32>),
    /// It is a character to be typed.
    Type(char),
    /// It waits for more, as written.
    Pending(String),
    /// It is bound to nothing.
    Nothing,
}

impl KeyReader {
    /// Takes a key in a mode.
    pub fn read(&mut self, keymap: &Keymap, mode: Mode, key: Key) -> Read {
        if self.pressed.is_empty()
            && !mode.takes_text()
            && let Some(digit) = key.digit()
            && (digit > 0 || self.count.is_some())
            && keymap.look_up(mode, &[key]) == Found::Nothing
        {
            self.count = Some(self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(9_999_999));
            return Read::Pending(self.count.unwrap_or(0).to_string());
        }
        // With a count begun, 0 goes on with it.
        if key.digit() == Some(0)
            && self.pressed.is_empty()
            && let Some(count) = self.count
        {
            self.count = Some(count.saturating_mul(10).min(9_999_999));
            return Read::Pending(self.count.unwrap_or(0).to_string());
        }
        self.pressed.push(key);
        match keymap.look_up(mode, &self.pressed) {
            Found::Command(command) => {
                self.pressed.clear();
                Read::Command(command, self.count.take())
            }
            Found::Waits => {
                let count = self.count.map(|count| count.to_string()).unwrap_or_default();
                Read::Pending(count + &written(&self.pressed))
            }
            Found::Nothing => {
                let alone = self.pressed.len() == 1;
                self.pressed.clear();
                self.count = None;
                match key.character() {
                    Some(c) if mode.takes_text() && alone => Read::Type(c),
                    _ => Read::Nothing,
                }
            }
        }
    }

    /// The keys that wait for more.
    pub fn pressed(&self) -> &[Key] {
        &self.pressed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(reader: &mut KeyReader, mode: Mode, typed: &str) -> Vec<Read> {
        let keymap = Keymap::default_keys().unwrap();
        typed.split(' ').map(|key| reader.read(&keymap, mode, key.parse().unwrap())).collect()
    }

    #[test]
    fn the_default_keys_are_sound_and_leave_no_command_without_a_key() {
        let keymap = Keymap::default_keys().unwrap();
        for &command in Command::ALL {
            let bound = Mode::ALL.into_iter().any(|mode| !keymap.keys_of(mode, command).is_empty());
            assert!(bound, "{} has no key", command.name());
        }
    }

    #[test]
    fn counts_and_sequences() {
        let mut reader = KeyReader::default();
        assert_eq!(keys(&mut reader, Mode::Reading, "1 0 j")[2], Read::Command(Command::LineDown, Some(10)));
        assert_eq!(keys(&mut reader, Mode::Reading, "0")[0], Read::Command(Command::LineStart, None));
        let waiting = keys(&mut reader, Mode::Reading, "3 ] q");
        assert_eq!(waiting[1], Read::Pending("3]".into()));
        assert_eq!(waiting[2], Read::Command(Command::NextQuestion, Some(3)));
        assert_eq!(keys(&mut reader, Mode::Reading, "] z"), [Read::Pending("]".into()), Read::Nothing]);
        assert_eq!(keys(&mut reader, Mode::Reading, "5 0 %")[2], Read::Command(Command::Percent, Some(50)));
    }

    #[test]
    fn selecting_falls_back_to_reading_but_has_tags_on_the_digits() {
        let mut reader = KeyReader::default();
        assert_eq!(keys(&mut reader, Mode::Selecting, "b")[0], Read::Command(Command::PreviousWord, None));
        assert_eq!(keys(&mut reader, Mode::Reading, "b")[0], Read::Command(Command::PageUp, None));
        assert_eq!(keys(&mut reader, Mode::Selecting, "h")[0], Read::Command(Command::Highlight, None));
        assert_eq!(keys(&mut reader, Mode::Selecting, "3")[0], Read::Command(Command::Tag3, None));
    }

    #[test]
    fn what_is_not_bound_is_typed_where_text_is_taken() {
        let mut reader = KeyReader::default();
        assert_eq!(keys(&mut reader, Mode::Editor, "j")[0], Read::Type('j'));
        assert_eq!(keys(&mut reader, Mode::Editor, "5")[0], Read::Type('5'));
        assert_eq!(keys(&mut reader, Mode::Editor, "Space")[0], Read::Type(' '));
        assert_eq!(keys(&mut reader, Mode::Page, "z")[0], Read::Nothing);
    }

    #[test]
    fn keys_that_are_in_each_others_way_are_refused() {
        let keymap = Keymap::default_keys().unwrap();
        let error = keymap.with("reading", "] q x", Some("report")).unwrap_err();
        assert!(error.to_string().contains("next-question"), "{error}");
        assert!(keymap.with("reading", "]", Some("report")).is_err());
        assert!(keymap.with("reading", "Hyper-x", Some("report")).is_err());
        assert!(keymap.with("reading", " ", Some("report")).is_err());
        assert!(keymap.with("dreaming", "x", Some("report")).is_err());
        assert!(keymap.with("reading", "x", Some("reprot")).is_err());
    }

    #[test]
    fn a_key_can_do_something_else_or_nothing() {
        let keymap = Keymap::default_keys().unwrap();
        let changed = keymap.with("reading", "j", Some("report")).unwrap();
        assert_eq!(changed.keys_of(Mode::Reading, Command::Report), ["R", "j"]);
        assert_eq!(changed.keys_of(Mode::Reading, Command::LineDown), ["Down", "Ctrl-e"]);
        let changed = keymap.with("reading", "R", None).unwrap();
        assert!(changed.keys_of(Mode::Reading, Command::Report).is_empty());
    }
}
