//! The note editor: the one file of the app that names a widget, because the widget holds the text.
//!
//! The widget moves and erases by `char`; the reader thinks in graphemes. So moves and erasures are turned into as
//! many of the widget's steps as the grapheme has characters.

use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::model::Annotation;
use crate::text;

/// A note being written.
#[derive(Debug)]
pub struct Editor {
    area: TextArea<'static>,
    /// The annotation as it will be saved, but for its note.
    pub annotation: Annotation,
    /// The note as it was when the editor opened.
    original: String,
    /// Whether the annotation is there already.
    pub changes: bool,
}

impl Editor {
    /// Opens an annotation's note for writing, with the cursor behind its last word.
    pub fn open(annotation: Annotation, changes: bool) -> Self {
        let mut editor = Self { area: TextArea::default(), original: annotation.note.clone(), annotation, changes };
        editor.set_text(&editor.original.clone());
        editor
    }

    /// Puts another text in place of the words, as `$EDITOR` gave it back.
    pub fn set_text(&mut self, words: &str) {
        let mut area = TextArea::new(words.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::default());
        area.set_max_histories(1000);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        self.area = area;
    }

    /// The words so far.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The widget to draw.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Whether leaving would throw words away.
    pub fn is_changed(&self) -> bool {
        self.text() != self.original
    }

    /// What is to be kept in case the program ends.
    pub fn draft(&self) -> Annotation {
        Annotation { note: self.text(), ..self.annotation.clone() }
    }

    /// Types text. Carriage returns before line feeds are dropped, other controls but tabs become spaces.
    pub fn insert(&mut self, typed: &str) {
        let typed: String = typed
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c })
            .collect();
        let single = typed.chars().count() == 1;
        match typed.chars().next() {
            Some('\n') if single => self.area.insert_newline(),
            Some(c) if single => self.area.insert_char(c),
            Some(_) => {
                self.area.insert_str(typed);
            }
            None => {}
        }
    }

    /// Starts a new line.
    pub fn new_line(&mut self) {
        self.area.insert_newline();
    }

    /// Erases the grapheme before the cursor, or joins the line to the one before.
    pub fn erase_back(&mut self) {
        let before = self.characters_before();
        self.move_by(CursorMove::Back, before);
        self.area.delete_str(before.max(1));
    }

    /// Erases the grapheme at the cursor, or joins the next line to this one.
    pub fn erase_forward(&mut self) {
        self.area.delete_str(self.characters_after().max(1));
    }

    /// Erases the word before the cursor.
    pub fn erase_word(&mut self) {
        self.area.delete_word();
    }

    /// Erases the line before the cursor.
    pub fn erase_line(&mut self) {
        self.area.delete_line_by_head();
    }

    /// Takes back the last piece of typing.
    pub fn undo(&mut self) {
        self.by_words(TextArea::undo);
    }

    /// Brings back what was taken back.
    pub fn redo(&mut self) {
        self.by_words(TextArea::redo);
    }

    /// Moves a grapheme to the left.
    pub fn left(&mut self) {
        let before = self.characters_before();
        self.move_by(CursorMove::Back, before);
    }

    /// Moves a grapheme to the right.
    pub fn right(&mut self) {
        let after = self.characters_after().max(1);
        self.move_by(CursorMove::Forward, after);
    }

    /// Moves a row up.
    pub fn up(&mut self) {
        self.area.move_cursor(CursorMove::Up);
        self.settle();
    }

    /// Moves a row down.
    pub fn down(&mut self) {
        self.area.move_cursor(CursorMove::Down);
        self.settle();
    }

    /// Moves to the next word.
    pub fn next_word(&mut self) {
        self.area.move_cursor(CursorMove::WordForward);
    }

    /// Moves to the previous word.
    pub fn previous_word(&mut self) {
        self.area.move_cursor(CursorMove::WordBack);
    }

    /// Moves to the start of the line.
    pub fn home(&mut self) {
        self.area.move_cursor(CursorMove::Head);
    }

    /// Moves to the end of the line.
    pub fn end(&mut self) {
        self.area.move_cursor(CursorMove::End);
    }

    /// Moves to the beginning of the note.
    pub fn top(&mut self) {
        self.area.move_cursor(CursorMove::Top);
        self.home();
    }

    /// Moves to the end of the note.
    pub fn bottom(&mut self) {
        self.area.move_cursor(CursorMove::Bottom);
        self.end();
    }

    /// The line of the cursor and the byte in it.
    fn place(&self) -> (&str, usize) {
        let (row, column) = self.cursor();
        let line = self.area.lines().get(row).map_or("", String::as_str);
        let byte = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        (line, byte)
    }

    fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    fn characters_before(&self) -> usize {
        let (line, byte) = self.place();
        line[text::previous_boundary(line, byte)..byte].chars().count().max(usize::from(byte == 0))
    }

    fn characters_after(&self) -> usize {
        let (line, byte) = self.place();
        line[byte..text::next_boundary(line, byte).max(byte)].chars().count()
    }

    fn move_by(&mut self, step: CursorMove, times: usize) {
        for _ in 0..times {
            self.area.move_cursor(step);
        }
    }

    /// Moves off the inside of a grapheme, to its start.
    fn settle(&mut self) {
        let (line, byte) = self.place();
        let inside = text::graphemes(line)
            .find(|(at, grapheme)| *at < byte && byte < at + grapheme.len())
            .map_or(0, |(at, _)| line[at..byte].chars().count());
        self.move_by(CursorMove::Back, inside);
    }

    /// Repeats the widget's step, which is one character, until a word is passed.
    fn by_words(&mut self, step: impl Fn(&mut TextArea<'static>) -> bool) {
        let mut length = self.length();
        while step(&mut self.area) {
            let now = self.length();
            let at_boundary = {
                let (line, byte) = self.place();
                line[..byte].chars().next_back().is_none_or(char::is_whitespace)
            };
            if now.abs_diff(length) != 1 || at_boundary {
                break;
            }
            length = now;
        }
    }

    fn length(&self) -> usize {
        self.area.lines().iter().map(|line| line.chars().count() + 1).sum()
    }
}
