//! A reader without a terminal: keys as they are written in, screens and state out.
//!
//! It does with the app what `run` does, but for the world outside: what would be saved, copied or exported is kept to
//! be looked at, and the clock and the ids are the same in every run.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

use interleaf::app::{Action, App, Command, Document, Effect, Mode, Mouse, Notes, Preferences, Stamps};
use interleaf::export::PlacedNote;
use interleaf::keymap::{Key, KeyReader, Keymap, Read};
use interleaf::library::{self, Opened, Settings};
use interleaf::model::{AnnotationId, Interview, Position, Span};
use interleaf::search::TextIndex;
use interleaf::ui::{self, Theme};
use interleaf::{outline, text};
use jiff::{Timestamp, ToSpan};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{notation, screen};

thread_local! {
    static STAMPS: Cell<u32> = const { Cell::new(0) };
}

fn count() -> u32 {
    STAMPS.with(|stamps| stamps.replace(stamps.get() + 1))
}

/// A minute later each time.
fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap() + i64::from(count()).minutes()
}

fn id() -> AnnotationId {
    AnnotationId::new(&format!("{:026}", count())).unwrap()
}

/// A reader without a terminal.
pub(crate) struct Session {
    /// The reader.
    pub(crate) app: App,
    /// The look of its screen.
    pub(crate) theme: Theme,
    /// What was to be carried out, but for saving.
    pub(crate) effects: Vec<Effect>,
    /// How often something was handed to the disk.
    pub(crate) saves: usize,
    /// The commands that keys came to.
    pub(crate) commands: Vec<Command>,
    /// What `$EDITOR` makes of a note.
    pub(crate) editor: fn(String) -> Result<String, String>,
    /// Why nothing can be written to the disk.
    pub(crate) disk_fault: Option<String>,
    keymap: Keymap,
    keys: KeyReader,
}

impl Session {
    /// Opens a document in [`notation`], in a window of 80 by 24.
    pub(crate) fn new(document: &str) -> Self {
        let (interview, cursor) = notation::parse(document);
        let mut session = Self::of("ferry.txt", interview, Vec::new());
        if let Some(cursor) = cursor {
            session.put_cursor(cursor);
        }
        session
    }

    /// Opens one of the samples with its notes.
    pub(crate) fn sample(name: &str) -> Self {
        let opened = Opened::new(&Path::new("samples").join(name), &Settings::default()).unwrap();
        let mut session = Self::of(&opened.name, opened.interview, opened.notes);
        session.app.document.report = Arc::new(opened.report);
        session
    }

    /// Opens a document on which notes were written by pressing keys, some of them changed since.
    pub(crate) fn written(document: &str, keys: &str, change: impl Fn(&mut PlacedNote)) -> Self {
        Self::rewritten(document, keys, document, change)
    }

    /// The same, where the document has become another one meanwhile.
    pub(crate) fn rewritten(before: &str, keys: &str, after: &str, change: impl Fn(&mut PlacedNote)) -> Self {
        let mut writing = Self::new(before);
        writing.keys(keys);
        let (interview, _) = notation::parse(after);
        let mut notes = writing.app.notes.all().to_vec();
        for note in &mut notes {
            note.resolution = interleaf::anchor::resolve(&interview, &note.annotation.anchor);
            change(note);
        }
        let stamps = STAMPS.get();
        let session = Self::of("ferry.txt", interview, notes);
        // Ids that were given are not given again.
        STAMPS.set(stamps);
        session
    }

    /// Opens an interview with notes.
    pub(crate) fn of(name: &str, interview: Interview, mut notes: Vec<PlacedNote>) -> Self {
        STAMPS.with(|stamps| stamps.set(0));
        library::sort_notes(&interview, &mut notes);
        let topics = outline::topics(&interview, &library::own_topics(&notes));
        let words = interview.paragraphs().map(|at| text::word_count(interview.paragraph(at))).sum();
        let document = Document {
            name: name.to_owned(),
            base: interview.clone(),
            interview,
            topics: Arc::new(topics),
            words,
            ..Document::default()
        };
        let keymap = Keymap::default_keys().unwrap();
        let mut app = App::new(document, Notes::new(notes, None), Preferences::default(), Stamps { now, id });
        app.keys = keymap.table();
        Self {
            app,
            theme: Theme::default(),
            effects: Vec::new(),
            saves: 0,
            commands: Vec::new(),
            editor: Ok,
            disk_fault: None,
            keymap,
            keys: KeyReader::default(),
        }
    }

    /// The same in a window of another size.
    pub(crate) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.act(Action::Resize(columns, rows));
        self
    }

    /// The same with the cursor at a character.
    pub(crate) fn put_cursor(&mut self, at: Position) {
        self.app.reading.cursor = at;
        self.app.reading.caret = true;
        let screen = self.app.geometry.screen;
        self.act(Action::Resize(screen.width, screen.height));
    }

    /// Presses keys, as the help writes them, with blanks between: `3 ] q Esc`. What is no key is typed character by
    /// character, so is what stands in quotes: `a 'Ask the harbour.' Esc`.
    pub(crate) fn keys(&mut self, written: &str) -> &mut Self {
        for token in tokens(written) {
            match token {
                Ok(key) => self.press(key),
                Err(text) => self.type_in(text),
            }
        }
        self
    }

    /// Types text, character by character.
    pub(crate) fn type_in(&mut self, text: &str) {
        for c in text.chars() {
            self.press(Key::plain(interleaf::keymap::KeyName::Character(c)));
        }
    }

    /// Gives a key another command, or none.
    pub(crate) fn remap(&mut self, mode: &str, key: &str, command: Option<&str>) {
        self.keymap = self.keymap.with(mode, key, command).unwrap();
        self.app.keys = self.keymap.table();
    }

    /// What stands in the outline of a wide screen.
    pub(crate) fn topics_on_screen(&self) -> String {
        let area = self.app.geometry.outline.unwrap_or_default();
        let (buffer, _) = self.buffer();
        let row = |y| screen::cells(&buffer, y, area.x..area.x + area.width) + "\n";
        (area.y..area.y + area.height).map(row).collect()
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: Key) {
        let read = self.keys.read(&self.keymap, self.app.mode(), key);
        if !matches!(read, Read::Pending(_)) && !self.app.pending.is_empty() {
            self.act(Action::Pending(String::new(), Vec::new()));
        }
        match read {
            Read::Command(command, count) => {
                self.commands.push(command);
                self.act(Action::Command(command, count));
            }
            Read::Type(c) => self.act(Action::Type(c)),
            Read::Pending(keys) => {
                let hints = match self.keys.pressed() {
                    [] => Vec::new(),
                    pressed => self.keymap.continuations(self.app.mode(), pressed),
                };
                self.act(Action::Pending(keys, hints));
            }
            Read::Nothing => {}
        }
    }

    /// Something happens; its effects are carried out as far as a test can.
    pub(crate) fn act(&mut self, action: Action) {
        for effect in self.app.update(action) {
            match effect {
                Effect::Save { generation, .. } => {
                    self.saves += 1;
                    match self.disk_fault.clone() {
                        Some(why) => self.act(Action::SaveFailed(why)),
                        None => self.act(Action::Saved { generation, merged: None, remark: None }),
                    }
                }
                Effect::Fold(interview) => self.act(Action::Folded(Arc::new(TextIndex::new(&interview)))),
                Effect::EditExternally(note) => {
                    let edited = (self.editor)(note.clone());
                    self.effects.push(Effect::EditExternally(note));
                    self.act(Action::Edited(edited));
                }
                effect => self.effects.push(effect),
            }
        }
    }

    /// The mouse does something at a column and row.
    pub(crate) fn mouse(&mut self, mouse: Mouse, (x, y): (u16, u16)) {
        self.act(Action::Mouse(mouse, x, y));
    }

    /// Presses and releases the mouse's button.
    pub(crate) fn click(&mut self, at: (u16, u16)) {
        self.mouse(Mouse::Press, at);
        self.mouse(Mouse::Release, at);
    }

    /// The text around the cursor: `|` is the cursor, brackets stand around what is selected, `/` between paragraphs.
    pub(crate) fn here(&self) -> String {
        let cursor = self.app.reading.cursor;
        let selected = self.app.selected();
        let span = selected.unwrap_or(Span { start: cursor, end: cursor });
        let interview = self.app.interview();
        let mut paragraphs = Vec::new();
        for number in span.start.paragraph.0..=span.end.paragraph.0 {
            let at = |offset: usize| Position::new(number, offset as u32);
            let words = interview.paragraph(at(0).paragraph);
            let mut shown = String::new();
            for (offset, c) in words.char_indices().map(|(at, c)| (at, Some(c))).chain([(words.len(), None)]) {
                let marks = [
                    (selected.is_some() && span.start == at(offset), "["),
                    (cursor == at(offset), "|"),
                    (selected.is_some() && span.end == at(offset), "]"),
                ];
                shown.extend(marks.iter().filter(|(is_here, _)| *is_here).map(|(_, mark)| *mark));
                shown.extend(c);
            }
            paragraphs.push(shown);
        }
        paragraphs.join(" / ")
    }

    /// What is selected; empty where nothing is.
    pub(crate) fn selected(&self) -> String {
        self.app.selected().map(|span| self.app.interview().slice(span)).unwrap_or_default()
    }

    /// The annotations, one line each: `follow-up open “the quote” #tag: the note`.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.app.notes.all().iter().map(said).collect()
    }

    /// The annotations that the notes pane lists, likewise.
    pub(crate) fn listed(&self) -> Vec<String> {
        self.app.listed_notes().into_iter().map(said).collect()
    }

    /// The topics that the outline lists.
    pub(crate) fn topics(&self) -> Vec<String> {
        let topics = &self.app.document.topics;
        self.app.outline.entries(topics).iter().map(|entry| topics[entry.topic].title.clone()).collect()
    }

    /// The message on the bottom line; empty where there is none.
    pub(crate) fn message(&self) -> String {
        self.app.message.as_ref().map(|message| message.text.clone()).unwrap_or_default()
    }

    /// What has the keys.
    pub(crate) fn mode(&self) -> Mode {
        self.app.mode()
    }

    /// The screen as it is drawn, and where the terminal's cursor is.
    pub(crate) fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let area = self.app.geometry.screen;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: area.width, height: area.height });
        let cursor = ui::draw_into(&self.app, &self.theme, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        screen::text(&self.buffer().0)
    }

    /// A row of the screen.
    pub(crate) fn row(&self, y: u16) -> String {
        screen::row(&self.buffer().0, y)
    }

    /// The bottom line.
    pub(crate) fn status(&self) -> String {
        self.row(self.app.geometry.status.y)
    }

    /// The rows of the text, without the gutter.
    pub(crate) fn text_rows(&self) -> Vec<String> {
        let area = self.app.geometry.text;
        let (buffer, _) = self.buffer();
        let row = |y| screen::cells(&buffer, y, area.x..area.x + area.width).trim_end().to_owned();
        (area.y..area.y + area.height).map(row).collect()
    }

    /// The first row of the text that is not blank.
    pub(crate) fn top(&self) -> String {
        self.text_rows().into_iter().find(|row| !row.is_empty()).unwrap_or_default()
    }

    /// The column and row of the first place where these words stand, in the text or, where they are not in it,
    /// elsewhere on the screen.
    pub(crate) fn find(&self, words: &str) -> (u16, u16) {
        let (buffer, text) = (self.buffer().0, self.app.geometry.text);
        let found = screen::find(&buffer, words, text.y..text.y + text.height, text.x..text.x + text.width);
        let elsewhere = || screen::find(&buffer, words, 0..buffer.area.height, 0..buffer.area.width);
        found.or_else(elsewhere).unwrap_or_else(|| panic!("“{words}” is not in\n{}", self.screen()))
    }

    /// The same in the pane of notes.
    pub(crate) fn find_in_notes(&self, words: &str) -> (u16, u16) {
        let (buffer, pane) = (self.buffer().0, self.app.geometry.notes.unwrap_or_default());
        let found = screen::find(&buffer, words, pane.y..pane.y + pane.height, pane.x..pane.x + pane.width);
        found.unwrap_or_else(|| panic!("“{words}” is not among the notes in\n{}", self.screen()))
    }

    /// What went to the clipboard last.
    pub(crate) fn copied(&self) -> Option<&str> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// What the reader wants done outside, in words: `export json`, `suspend`, `quit`.
    pub(crate) fn wants(&self) -> Vec<String> {
        let words = |effect: &Effect| match effect {
            Effect::Save { .. } => "save".to_owned(),
            Effect::KeepDraft(draft) => format!("keep draft: {}", draft.note),
            Effect::DropDraft(_) => "drop draft".to_owned(),
            Effect::Outline(_) => "outline".to_owned(),
            Effect::Correct(..) => "correct".to_owned(),
            Effect::Fold(_) => "fold".to_owned(),
            Effect::Copy(text) => format!("copy {text}"),
            Effect::EditExternally(text) => format!("edit {text}"),
            Effect::Export { format, to: None } => format!("export {format}"),
            Effect::Export { format, to: Some(to) } => format!("export {format} to {to}"),
            Effect::Theme(theme) => format!("theme {}", theme.name()),
            Effect::Redraw => "redraw".to_owned(),
            Effect::Suspend => "suspend".to_owned(),
            Effect::Library => "library".to_owned(),
            Effect::Quit => "quit".to_owned(),
        };
        self.effects.iter().map(words).collect()
    }

    /// Whether the reader wants to end.
    pub(crate) fn has_quit(&self) -> bool {
        self.wants().contains(&"quit".to_owned())
    }
}

/// Keys, and text to be typed, as [`Session::keys`] takes them.
pub(crate) fn tokens(written: &str) -> Vec<Result<Key, &str>> {
    let mut tokens = Vec::new();
    let mut rest = written.trim_start();
    while !rest.is_empty() {
        let (token, behind) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap_or((quoted, "")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        match token.parse::<Key>() {
            Ok(key) if !rest.starts_with('\'') => tokens.push(Ok(key)),
            _ => tokens.push(Err(token)),
        }
        rest = behind.trim_start();
    }
    tokens
}

fn said(note: &PlacedNote) -> String {
    let annotation = &note.annotation;
    let mut said = annotation.kind.name().to_owned();
    if let Some(status) = annotation.status {
        said.push_str(&format!(" {}", status.name()));
    }
    said.push_str(&format!(" “{}”", annotation.anchor.quote));
    for tag in &annotation.tags {
        said.push_str(&format!(" #{tag}"));
    }
    if !annotation.note.is_empty() {
        said.push_str(&format!(": {}", annotation.note));
    }
    said
}
