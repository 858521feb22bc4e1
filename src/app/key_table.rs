//! The keys in force, as the reader has set them: for hints, messages and the help page.
//!
//! A text names a command where a key belongs, in brackets that nothing else uses: `⟨undo⟩ takes it back.` is shown as
//! `u takes it back.`, whatever key that is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::app::{Command, Mode, PageLine};

/// The keys of each command in each mode, as they are written, those that come first to mind first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyTable {
    keys: BTreeMap<(Mode, Command), Vec<String>>,
}

impl KeyTable {
    /// A table of these keys.
    pub fn new(keys: impl IntoIterator<Item = (Mode, Command, String)>) -> Self {
        let mut table = Self::default();
        for (mode, command, written) in keys {
            table.keys.entry((mode, command)).or_default().push(written);
        }
        table
    }

    /// All keys of a command in a mode.
    pub fn all(&self, mode: Mode, command: Command) -> &[String] {
        self.keys.get(&(mode, command)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The key to name for a command in a mode; while selecting, those of reading work too.
    pub fn key(&self, mode: Mode, command: Command) -> Option<&str> {
        let first = |mode| self.all(mode, command).first().map(String::as_str);
        first(mode).or_else(|| first(Mode::Reading).filter(|_| mode == Mode::Selecting))
    }

    /// The key to name for a command: that of a mode, or else of reading, or else of any.
    fn key_anywhere(&self, mode: Mode, command: Command) -> Option<&str> {
        let others = [Mode::Reading].into_iter().chain(Mode::ALL);
        std::iter::once(mode).chain(others).find_map(|mode| self.key(mode, command))
    }

    /// A text with the keys in it: those of a mode, or else of reading; a command without a key by its name.
    pub fn fill<'a>(&self, mode: Mode, text: &'a str) -> Cow<'a, str> {
        if !text.contains('⟨') {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, name, after)) = next_name(rest) {
            filled.push_str(before);
            match Command::from_name(name) {
                Some(command) => match self.key_anywhere(mode, command) {
                    Some(key) => filled.push_str(key),
                    None => filled.extend([":", name]),
                },
                None => filled.extend(["⟨", name, "⟩"]),
            }
            rest = after;
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }

    /// The keys of a mode as a help page shows them: each with its sentence, under the head of its subject where there
    /// are many.
    pub fn page(&self, mode: Mode) -> Vec<PageLine> {
        let mut lines = self.entries(mode, None);
        if mode == Mode::Selecting {
            lines.push(PageLine::Blank);
            lines.extend(self.entries(Mode::Reading, Some(Mode::Selecting)));
        }
        match mode {
            Mode::Outline => lines.push(PageLine::Text("Everything else is typed, and narrows the list.".into())),
            Mode::Mark => lines.push(PageLine::Text("Everything else is typed, as the letter of the mark.".into())),
            Mode::Editor | Mode::Prompt => lines.push(PageLine::Text("Everything else is typed.".into())),
            _ => {}
        }
        lines
    }

    /// The entries of a mode's page, without commands that have keys in the mode `besides`.
    fn entries(&self, mode: Mode, besides: Option<Mode>) -> Vec<PageLine> {
        let is_shown = |command: &Command| {
            let is_taken = besides.is_some_and(|besides| !self.all(besides, *command).is_empty());
            !self.all(mode, *command).is_empty() && !is_taken
        };
        let shown: Vec<Command> = Command::ALL.iter().copied().filter(is_shown).collect();
        let are_many = shown.len() > MANY;
        let mut lines = Vec::new();
        let mut subject = "";
        for command in shown {
            if are_many && command.subject() != subject {
                subject = command.subject();
                lines.extend((!lines.is_empty()).then_some(PageLine::Blank));
                lines.push(PageLine::Heading(subject.to_owned()));
            }
            lines.push(PageLine::Entry(self.all(mode, command).join("  "), command.sentence().to_owned()));
        }
        lines
    }
}

/// More keys than these are shown under heads.
const MANY: usize = 40;

/// What stands before the first name in brackets, the name, and what stands behind it.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('⟨')?;
    let (name, after) = rest.split_once('⟩')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_commands_become_their_keys() {
        let table = KeyTable::new([
            (Mode::Reading, Command::Undo, "u".to_owned()),
            (Mode::Reading, Command::Undo, "F5".to_owned()),
            (Mode::Notes, Command::Undo, "z".to_owned()),
        ]);
        assert_eq!(table.fill(Mode::Reading, "Done. ⟨undo⟩ takes it back."), "Done. u takes it back.");
        assert_eq!(table.fill(Mode::Notes, "⟨undo⟩ ⟨undo⟩"), "z z");
        assert_eq!(table.fill(Mode::Page, "⟨undo⟩"), "u");
        assert_eq!(table.fill(Mode::Reading, "⟨redo⟩ does it again"), ":redo does it again");
        assert_eq!(table.fill(Mode::Reading, "“⟨a quotation⟩” and ⟨"), "“⟨a quotation⟩” and ⟨");
    }
}
