//! Marks: a letter set at a place, to go back to it, in this reading or a later one.

use std::collections::BTreeMap;

use crate::app::{App, Command, Over};
use crate::model::{ParagraphIndex, Position};
use crate::text;

/// What a letter is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marking {
    /// To set a mark.
    Set,
    /// To go to one.
    GoTo,
}

/// Bytes of a mark's words that the bottom line shows.
const SHOWN: usize = 20;

impl App {
    pub(super) fn marks_command(&mut self, command: Command) -> bool {
        match command {
            Command::SetMark => self.over = Some(Over::Mark(Marking::Set)),
            Command::GoToMark if self.marks.is_empty() => self.tell("No mark is set yet: M and a letter sets one."),
            Command::GoToMark => self.over = Some(Over::Mark(Marking::GoTo)),
            _ => return false,
        }
        true
    }

    pub(super) fn mark_typed(&mut self, marking: Marking, letter: char) {
        self.over = None;
        if !letter.is_alphanumeric() {
            return self.tell("A mark is a letter or a digit.");
        }
        match marking {
            Marking::Set => {
                self.marks.insert(letter, self.reading.cursor);
                self.tell(format!("Mark {letter} set. `{letter} comes back here."));
            }
            Marking::GoTo => match self.marks.get(&letter).copied() {
                Some(place) => {
                    let place = self.place_in_text(place);
                    self.jump_to(place);
                }
                None => self.tell(format!("No mark {letter} is set.")),
            },
        }
    }

    /// What the bottom line says while a letter is asked for: the marks, each with its words.
    pub fn marks_line(&self, marking: Marking) -> String {
        let asked = match marking {
            Marking::Set => "Set which mark?",
            Marking::GoTo => "Go to which mark?",
        };
        let marks = self.marks.iter().map(|(letter, place)| {
            let place = self.place_in_text(*place);
            let words = self.interview().paragraph(place.paragraph).get(place.offset as usize..).unwrap_or_default();
            format!("   {letter} {}", text::fit(words.trim_start(), SHOWN))
        });
        std::iter::once(asked.to_owned()).chain(marks).collect()
    }

    /// The nearest place that there is in today's text.
    fn place_in_text(&self, place: Position) -> Position {
        let interview = self.interview();
        let Some(last) = interview.paragraph_count_with_translations().checked_sub(1) else {
            return Position::default();
        };
        let paragraph = ParagraphIndex(place.paragraph.0.min(last));
        let words = interview.paragraph(paragraph);
        let offset = text::boundary_at(words, (place.offset as usize).min(words.len()));
        Position { paragraph, offset: offset as u32 }
    }

    /// The marks as the reading state keeps them: `mark a: 12 40` is paragraph 12, byte 40.
    pub(super) fn marks_to_keep(&self) -> impl Iterator<Item = (String, String)> {
        self.marks
            .iter()
            .map(|(letter, place)| (format!("mark {letter}"), format!("{} {}", place.paragraph.0, place.offset)))
    }

    pub(super) fn restore_marks(&mut self, kept: &BTreeMap<String, String>) {
        for (name, place) in kept {
            let letter = name.strip_prefix("mark ").and_then(|letter| letter.chars().next());
            let numbers = place
                .split_once(' ')
                .and_then(|(paragraph, offset)| Some((paragraph.parse().ok()?, offset.parse().ok()?)));
            if let (Some(letter), Some((paragraph, offset))) = (letter, numbers) {
                self.marks.insert(letter, Position::new(paragraph, offset));
            }
        }
    }
}
