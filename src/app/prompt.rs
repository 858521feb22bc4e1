//! One line of text being typed: a search, a filter, tags, a command.

use crate::app::Command;
use crate::text;

/// A line being typed, with its cursor and what was typed before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    /// Bytes before the cursor.
    cursor: usize,
    history: Vec<String>,
    /// Which entry of the history is shown, from the newest; `None` for the line itself.
    recalled: Option<usize>,
    /// The line as it was before the history was looked at.
    kept: String,
}

impl Prompt {
    /// An empty line after what was typed before, the newest last.
    pub fn with_history(history: Vec<String>) -> Self {
        Self { history, ..Self::default() }
    }

    /// A line that is there already, with the cursor at its end.
    pub fn with_text(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), ..Self::default() }
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Columns before the cursor.
    pub fn cursor_column(&self) -> usize {
        text::width(&self.text[..self.cursor])
    }

    /// Puts something else in place of the line, the cursor at its end.
    pub fn set(&mut self, text: &str) {
        self.text = text.to_owned();
        self.cursor = text.len();
    }

    /// Erases or moves as a command says; does nothing for other commands.
    pub(super) fn edit(&mut self, command: Command) {
        match command {
            Command::EraseBack => self.erase_back(),
            Command::EraseForward => self.erase_forward(),
            Command::EraseWord => self.erase_word(),
            Command::EraseLine => self.erase_line(),
            Command::PreviousCharacter => self.left(),
            Command::NextCharacter => self.right(),
            Command::LineStart => self.home(),
            Command::LineEnd => self.end(),
            _ => {}
        }
    }

    /// Types text; line feeds and other controls become spaces.
    pub fn insert(&mut self, typed: &str) {
        let typed: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.text.insert_str(self.cursor, &typed);
        self.cursor += typed.len();
    }

    /// Erases the grapheme before the cursor.
    pub fn erase_back(&mut self) {
        self.erase_to(text::previous_boundary(&self.text, self.cursor));
    }

    /// Erases the grapheme at the cursor.
    pub fn erase_forward(&mut self) {
        let end = text::next_boundary(&self.text, self.cursor);
        self.text.replace_range(self.cursor..end, "");
    }

    /// Erases the word before the cursor.
    pub fn erase_word(&mut self) {
        self.erase_to(text::previous_word_start(&self.text, self.cursor).unwrap_or(0));
    }

    /// Erases all before the cursor.
    pub fn erase_line(&mut self) {
        self.erase_to(0);
    }

    /// Moves a grapheme to the left.
    pub fn left(&mut self) {
        self.cursor = text::previous_boundary(&self.text, self.cursor);
    }

    /// Moves a grapheme to the right.
    pub fn right(&mut self) {
        self.cursor = text::next_boundary(&self.text, self.cursor);
    }

    /// Moves to the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Shows what was typed before this.
    pub fn back_in_history(&mut self) {
        let next = self.recalled.map_or(0, |shown| shown + 1);
        if next >= self.history.len() {
            return;
        }
        if self.recalled.is_none() {
            self.kept.clone_from(&self.text);
        }
        self.recalled = Some(next);
        self.set(&self.history[self.history.len() - 1 - next].clone());
    }

    /// Goes forward in what was typed before, at last to the line itself.
    pub fn forward_in_history(&mut self) {
        let Some(shown) = self.recalled else { return };
        self.recalled = shown.checked_sub(1);
        match self.recalled {
            Some(next) => self.set(&self.history[self.history.len() - 1 - next].clone()),
            None => self.set(&self.kept.clone()),
        }
    }

    fn erase_to(&mut self, start: usize) {
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erases_whole_graphemes_and_words() {
        let mut prompt = Prompt::with_text("storm e\u{301}te\u{301} 👩‍👩‍👧");
        prompt.erase_back();
        assert_eq!(prompt.text(), "storm e\u{301}te\u{301} ");
        prompt.erase_word();
        assert_eq!(prompt.text(), "storm ");
        prompt.home();
        prompt.erase_forward();
        assert_eq!(prompt.text(), "torm ");
    }

    #[test]
    fn the_history_leads_back_to_the_line_itself() {
        let mut prompt = Prompt::with_history(vec!["old".into(), "new".into()]);
        prompt.insert("typed");
        prompt.back_in_history();
        assert_eq!(prompt.text(), "new");
        prompt.back_in_history();
        prompt.back_in_history();
        assert_eq!(prompt.text(), "old");
        prompt.forward_in_history();
        prompt.forward_in_history();
        assert_eq!(prompt.text(), "typed");
    }
}
