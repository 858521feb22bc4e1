//! The list of notes: filter, sort, jump, edit, delete.

use crate::app::threads::{names, threaded};
use crate::app::{App, Command, Focus, Over, Prompt, Purpose};
use crate::export::PlacedNote;
use crate::model::{AnnotationId, Kind, Tag};
use crate::search::Query;

/// The notes pane.
#[derive(Clone, Debug, Default)]
pub struct NotesPane {
    /// Whether the list is shown; otherwise the margin of a wide screen shows the notes beside their lines.
    pub is_open: bool,
    /// The words that the list is narrowed to.
    pub filter: String,
    /// The kind that the list is narrowed to.
    pub kind: Option<Kind>,
    /// The order of the list.
    pub sort: SortNotes,
    /// The chosen note.
    pub chosen: Option<AnnotationId>,
    /// How something was last marked, to do it again.
    pub(super) last_mark: Option<(Kind, Vec<Tag>)>,
}

/// The order of the list of notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortNotes {
    /// As in the text.
    #[default]
    Text,
    /// The last changed first.
    Time,
    /// By the first tag.
    Tag,
}

impl SortNotes {
    /// What the list says of its order.
    pub const fn name(self) -> &'static str {
        match self {
            SortNotes::Text => "in text order",
            SortNotes::Time => "newest first",
            SortNotes::Tag => "by tag",
        }
    }
}

impl NotesPane {
    /// Whether the pane is on the screen.
    pub fn shown(&self, wide: bool) -> bool {
        wide || self.is_open
    }
}

impl App {
    /// The notes that the list shows, in its order.
    pub fn listed_notes(&self) -> Vec<&PlacedNote> {
        let words = Query::literal(self.notes_pane.filter.trim());
        let mut notes: Vec<&PlacedNote> = self
            .notes
            .shown()
            .filter(|note| self.notes_pane.kind.is_none_or(|kind| note.annotation.kind == kind))
            .filter(|note| self.notes_pane.filter.trim().is_empty() || self.note_says(note, &words))
            .collect();
        match self.notes_pane.sort {
            SortNotes::Text => {}
            SortNotes::Time => notes.sort_by_key(|note| std::cmp::Reverse(note.annotation.updated)),
            SortNotes::Tag => notes.sort_by_key(|note| {
                let tag = note.annotation.tags.first();
                (tag.is_none(), tag.cloned())
            }),
        }
        threaded(notes, names)
    }

    /// Whether a note's words, quote, tags, status or speaker say so.
    fn note_says(&self, note: &PlacedNote, words: &Query) -> bool {
        let annotation = &note.annotation;
        let speaker = note.resolution.span().and_then(|span| self.interview().speaker_of(span.start.paragraph));
        let name = speaker.and_then(|speaker| self.interview().speaker(speaker)).map(|speaker| speaker.name.as_str());
        words.is_in(&annotation.note)
            || words.is_in(&annotation.anchor.quote)
            || annotation.tags.iter().any(|tag| words.is_in(tag.as_str()))
            || annotation.status.is_some_and(|status| words.is_in(status.name()))
            || words.is_in(annotation.kind.name())
            || name.is_some_and(|name| words.is_in(name))
    }

    pub(super) fn toggle_notes_pane(&mut self) {
        if self.focus == Focus::Notes {
            return self.leave_notes_pane();
        }
        self.focus = Focus::Notes;
        self.notes_pane.is_open = true;
        let here = self.note_at_cursor().map(|note| note.annotation.id.clone());
        self.notes_pane.chosen = here.or_else(|| self.listed_notes().first().map(|note| note.annotation.id.clone()));
        self.arrange();
    }

    pub(super) fn leave_notes_pane(&mut self) {
        self.focus = Focus::Transcript;
        self.notes_pane.is_open = false;
        self.arrange();
    }

    /// The number of the chosen note in the list.
    pub fn chosen_note(&self) -> usize {
        let chosen = self.notes_pane.chosen.as_ref();
        let notes = self.listed_notes();
        notes.iter().position(|note| Some(&note.annotation.id) == chosen).unwrap_or(0)
    }

    pub(super) fn move_in_notes(&mut self, step: i64) {
        let notes = self.listed_notes();
        let next = (self.chosen_note() as i64 + step).clamp(0, notes.len().saturating_sub(1) as i64);
        self.notes_pane.chosen = notes.get(next as usize).map(|note| note.annotation.id.clone());
        self.preview_note();
    }

    /// Shows the chosen note's words in the text, without leaving the list.
    fn preview_note(&mut self) {
        let place = self.chosen().and_then(|note| note.resolution.span()).map(|span| span.start);
        if let Some(place) = place.filter(|_| self.geometry.wide) {
            self.move_cursor(place);
        }
    }

    fn chosen(&self) -> Option<&PlacedNote> {
        self.listed_notes().get(self.chosen_note()).copied()
    }

    pub(super) fn notes_pane_command(&mut self, command: Command, count: Option<u32>) {
        let times = i64::from(count.unwrap_or(1));
        match command {
            Command::ItemDown => self.move_in_notes(times),
            Command::ItemUp => self.move_in_notes(-times),
            Command::PageDown => self.move_in_notes(10),
            Command::PageUp => self.move_in_notes(-10),
            Command::ItemFirst => self.move_in_notes(i64::from(i32::MIN)),
            Command::ItemLast => self.move_in_notes(i64::from(i32::MAX)),
            Command::Accept => self.go_to_chosen_note(),
            Command::Filter => {
                let prompt = Prompt::with_text(&self.notes_pane.filter);
                self.ask(Purpose::NotesFilter, prompt);
            }
            Command::FilterKind => {
                let at = self.notes_pane.kind.and_then(|kind| Kind::ALL.iter().position(|known| *known == kind));
                self.notes_pane.kind = Kind::ALL.get(at.map_or(0, |at| at + 1)).copied();
            }
            Command::SortNotes => {
                self.notes_pane.sort = match self.notes_pane.sort {
                    SortNotes::Text => SortNotes::Time,
                    SortNotes::Time => SortNotes::Tag,
                    SortNotes::Tag => SortNotes::Text,
                };
            }
            Command::Edit | Command::Delete | Command::CycleStatus | Command::Tag => self.change_chosen(command),
            Command::Cancel if !self.notes_pane.filter.is_empty() || self.notes_pane.kind.is_some() => {
                self.notes_pane.filter.clear();
                self.notes_pane.kind = None;
            }
            Command::Cancel | Command::NotesPane => self.leave_notes_pane(),
            Command::NextPane => self.next_pane(1),
            Command::PreviousPane => self.next_pane(2),
            Command::ShowNotes => {
                if let Some(note) = self.chosen() {
                    let page = self.page_of_notes(&[note]);
                    self.over = Some(Over::Page(page));
                }
            }
            Command::Reply => {
                if let Some(note) = self.chosen().cloned() {
                    self.reply_to(&note);
                }
            }
            Command::Settle => {
                let chosen = self.notes_pane.chosen.clone();
                self.settle_next(chosen.as_ref());
            }
            Command::Review => {
                let chosen = self.notes_pane.chosen.clone();
                self.review_at(chosen.as_ref());
            }
            Command::ToggleLayers | Command::Layers => {
                self.layers_command(command);
            }
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Export => self.start_export(),
            Command::CommandLine => self.start_command_line(),
            Command::Help => self.show_help(),
            Command::Quit => self.leave_notes_pane(),
            _ => {}
        }
    }

    fn go_to_chosen_note(&mut self) {
        let place = self.chosen().map(|note| note.resolution.span());
        match place {
            Some(Some(span)) => {
                self.leave_notes_pane();
                self.jump_to(span.start);
            }
            Some(None) => {
                self.tell("Its words are not in the text any more: the note is an orphan. O finds it a place.")
            }
            None => {}
        }
    }

    fn change_chosen(&mut self, command: Command) {
        let Some(note) = self.chosen() else { return };
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        if !self.notes.is_own(note) {
            return self.complain("This annotation is another annotator's, which is read-only here.");
        }
        let annotation = note.annotation.clone();
        match command {
            Command::Edit => {
                self.open_editor(annotation, true);
            }
            Command::Delete => {
                let next = self.chosen_note();
                self.delete_annotation(annotation);
                let notes = self.listed_notes();
                let next = notes.get(next).or(notes.last()).map(|note| note.annotation.id.clone());
                self.notes_pane.chosen = next;
            }
            Command::CycleStatus => self.cycle_status_of(annotation),
            Command::Tag => self.ask_for_tags(Some(annotation)),
            _ => {}
        }
    }

    pub(super) fn click_notes(&mut self, y: u16) {
        let Some(area) = self.geometry.notes else { return };
        if self.notes_pane.is_open {
            let rows = self.note_rows(usize::from(area.height));
            let row = usize::from(y - area.y);
            let chosen = rows.get(row).copied().flatten();
            let id = chosen.and_then(|number| Some(self.listed_notes().get(number)?.annotation.id.clone()));
            if let Some(id) = id {
                self.notes_pane.chosen = Some(id);
                self.go_to_chosen_note();
            }
        } else if let Some(position) = self.position_at(self.geometry.text.x, y) {
            self.focus = Focus::Transcript;
            let here = self.note_beside(y).unwrap_or(position);
            self.move_cursor(here);
        }
    }

    /// The number of the listed note that each row of the list shows, so that the list is drawn as it is clicked:
    /// [`NOTE_ROWS`] rows a note under a head of two.
    pub fn note_rows(&self, height: usize) -> Vec<Option<usize>> {
        let count = self.listed_notes().len();
        let room = height.saturating_sub(NOTES_HEAD_ROWS) / NOTE_ROWS;
        let first = self.chosen_note().saturating_sub(room / 2).min(count.saturating_sub(room));
        let mut rows = vec![None; NOTES_HEAD_ROWS];
        for number in first..count {
            rows.extend([Some(number); NOTE_ROWS]);
        }
        rows.truncate(height);
        rows
    }
}

/// Rows of the head of the list of notes.
pub const NOTES_HEAD_ROWS: usize = 2;
/// Rows that each note of the list takes: what it is, its words or its quote, a blank.
pub const NOTE_ROWS: usize = 4;
