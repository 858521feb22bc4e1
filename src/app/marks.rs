//! Marks: a letter set at a place, to go back to it, in this reading or a later one.
//!
//! A mark keeps the words that it was set at, and follows them when the transcript changes, as annotations do. Where they
//! are gone, it stays as near to its place as it can.

use std::collections::BTreeMap;

use crate::anchor;
use crate::app::{App, Command, Over};
use crate::model::{Anchor, ParagraphIndex, Position, Span};
use crate::text;

/// What a letter is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marking {
    /// To set a mark.
    Set,
    /// To go to one.
    GoTo,
}

/// A place with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The place, where its words stood when it was set.
    pub place: Position,
    /// The words from there on, as many as tell it from other places.
    pub words: String,
}

/// Columns of a mark's words that the bottom line shows.
const SHOWN: usize = 20;
/// Characters of a mark's words that are kept.
const KEPT: usize = 60;

impl App {
    pub(super) fn marks_command(&mut self, command: Command) -> bool {
        match command {
            Command::SetMark => self.over = Some(Over::Mark(Marking::Set)),
            Command::GoToMark if self.marks.is_empty() => {
                self.tell("No mark is set yet: ⟨set-mark⟩ and a letter sets one.")
            }
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
                let place = self.reading.cursor;
                let words = self.words_from(place).chars().take(KEPT).collect();
                self.marks.insert(letter, Mark { place, words });
                self.tell(format!("Mark {letter} set. ⟨go-to-mark⟩{letter} comes back here."));
            }
            Marking::GoTo => match self.marks.get(&letter).map(|mark| self.place_of(mark)) {
                Some(place) => self.jump_to(place),
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
        let marks = self.marks.iter().map(|(letter, mark)| {
            let words = self.words_from(self.place_of(mark));
            format!("   {letter} {}", text::fit_words(words.trim_start(), SHOWN))
        });
        std::iter::once(asked.to_owned()).chain(marks).collect()
    }

    fn words_from(&self, place: Position) -> &str {
        self.interview().paragraph(place.paragraph).get(place.offset as usize..).unwrap_or_default()
    }

    /// Where a mark's words stand in today's text; the nearest place to where they stood, where they are gone.
    fn place_of(&self, mark: &Mark) -> Position {
        let here = self.place_in_text(mark.place);
        if mark.words.is_empty() || self.words_from(here).starts_with(&mark.words) {
            return here;
        }
        let was = anchor::describe(self.interview(), Span { start: here, end: here });
        let anchor = Anchor { quote: mark.words.clone(), before: String::new(), after: String::new(), ..was };
        anchor::resolve(self.interview(), &anchor).span().map_or(here, |span| span.start)
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

    /// The marks as the reading state keeps them: `mark a: 12 40 the words` is paragraph 12, byte 40.
    pub(super) fn marks_to_keep(&self) -> impl Iterator<Item = (String, String)> {
        let kept = |Mark { place, words }: &Mark| format!("{} {} {words}", place.paragraph.0, place.offset);
        self.marks.iter().map(move |(letter, mark)| (format!("mark {letter}"), kept(mark)))
    }

    pub(super) fn restore_marks(&mut self, kept: &BTreeMap<String, String>) {
        for (name, kept) in kept {
            let letter = name.strip_prefix("mark ").and_then(|letter| letter.chars().next());
            if let (Some(letter), Some(mark)) = (letter, read(kept)) {
                self.marks.insert(letter, mark);
            }
        }
    }
}

fn read(kept: &str) -> Option<Mark> {
    let mut parts = kept.splitn(3, ' ');
    let place = Position::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Mark { place, words: parts.next().unwrap_or_default().to_owned() })
}
