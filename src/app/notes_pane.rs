//! The pane with the list of notes: filter, sort, jump, edit, delete.

use std::collections::BTreeSet;

use crate::app::{App, Command, Focus, GroupNotes, NoteRow, Over, Prompt, Purpose, Reading, SortNotes};
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
    /// What the list is grouped by.
    pub group: GroupNotes,
    /// The chosen note.
    pub chosen: Option<AnnotationId>,
    /// Its number in the list, where it stands in several groups.
    pub(super) at: usize,
    /// The notes that are picked, to change all of them.
    pub picked: BTreeSet<AnnotationId>,
    /// Where the reader was before the list showed its notes in the text.
    origin: Option<Reading>,
    /// How something was last marked, to do it again.
    pub(super) last_mark: Option<(Kind, Vec<Tag>)>,
}

impl NotesPane {
    /// Whether the pane is on the screen.
    pub fn shown(&self, wide: bool) -> bool {
        wide || self.is_open
    }

    /// Whether Esc still has something to take off before it leaves.
    fn is_narrowed(&self) -> bool {
        !self.filter.is_empty() || self.kind.is_some() || !self.picked.is_empty()
    }
}

impl App {
    /// Whether a note's words, quote, tags, status or speaker say so.
    pub(super) fn note_says(&self, note: &PlacedNote, words: &Query) -> bool {
        let annotation = &note.annotation;
        words.is_in(&annotation.note)
            || words.is_in(&annotation.anchor.quote)
            || annotation.tags.iter().any(|tag| words.is_in(tag.as_str()))
            || annotation.status.is_some_and(|status| words.is_in(status.name()))
            || words.is_in(annotation.kind.name())
            || self.speaker_of_note(note).is_some_and(|name| words.is_in(name))
    }

    pub(super) fn toggle_notes_pane(&mut self) {
        if self.focus == Focus::Notes {
            return self.come_back_from_notes();
        }
        self.open_notes_pane();
    }

    pub(super) fn open_notes_pane(&mut self) {
        if self.focus != Focus::Notes {
            self.notes_pane.origin = Some(self.reading.clone());
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
        self.notes_pane.origin = None;
        self.notes_pane.picked.clear();
        self.arrange();
    }

    /// Leaves the list for where the reader was before it.
    fn come_back_from_notes(&mut self) {
        if let Some(origin) = self.notes_pane.origin.take() {
            let jumps = std::mem::take(&mut self.reading);
            self.reading = origin.with_jumps_of(jumps);
        }
        self.leave_notes_pane();
    }

    pub(super) fn choose_first(&mut self) {
        self.notes_pane.chosen = self.listed_notes().first().map(|note| note.annotation.id.clone());
        self.preview_note();
    }

    /// The list is narrowed to other notes: where the chosen one is not among them, the first is chosen.
    pub(super) fn list_narrowed(&mut self) {
        let is_listed = |note: &&PlacedNote| Some(&note.annotation.id) == self.notes_pane.chosen.as_ref();
        if !self.listed_notes().iter().any(is_listed) {
            self.choose_first();
        }
    }

    /// The number of the chosen note in the list.
    pub fn chosen_note(&self) -> usize {
        let chosen = self.notes_pane.chosen.as_ref();
        let notes = self.listed_notes();
        let places = notes.iter().enumerate().filter(|(_, note)| Some(&note.annotation.id) == chosen);
        places.map(|(number, _)| number).min_by_key(|number| number.abs_diff(self.notes_pane.at)).unwrap_or(0)
    }

    pub(super) fn move_in_notes(&mut self, step: i64) {
        let notes = self.listed_notes();
        let next = (self.chosen_note() as i64 + step).clamp(0, notes.len().saturating_sub(1) as i64);
        let next = next as usize;
        self.notes_pane.chosen = notes.get(next).map(|note| note.annotation.id.clone());
        self.notes_pane.at = next;
        self.preview_note();
    }

    /// Shows the chosen note's words in the text, without leaving the list.
    fn preview_note(&mut self) {
        let place = self.chosen().and_then(|note| note.resolution.span()).map(|span| span.start);
        if let Some(place) = place.filter(|_| self.geometry.wide) {
            self.move_cursor(place);
        }
    }

    pub(super) fn chosen(&self) -> Option<&PlacedNote> {
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
                self.list_narrowed();
            }
            Command::SortNotes => {
                self.notes_pane.sort = match self.notes_pane.sort {
                    SortNotes::Text => SortNotes::Time,
                    SortNotes::Time => SortNotes::Tag,
                    SortNotes::Tag => SortNotes::Text,
                };
            }
            Command::GroupNotes => {
                self.notes_pane.group = self.notes_pane.group.next();
                self.notes_pane.at = 0;
            }
            Command::Copy => self.copy_notes(),
            Command::Pick => self.pick(),
            Command::PickAll => self.pick_all(),
            Command::SearchNotes => self.list_note_hits(),
            Command::Edit | Command::Delete | Command::CycleStatus | Command::Tag => self.change_chosen(command),
            Command::Cancel if self.notes_pane.is_narrowed() => {
                self.notes_pane.picked.clear();
                self.notes_pane.filter.clear();
                self.notes_pane.kind = None;
            }
            Command::Cancel | Command::NotesPane => self.come_back_from_notes(),
            Command::NextPane => self.next_pane(1),
            Command::PreviousPane => self.next_pane(2),
            Command::ShowNotes => {
                if let Some(note) = self.chosen() {
                    let page = self.page_of_notes(&[note]);
                    match self.geometry.wide {
                        true => self.open_below(page),
                        // There the list takes the place of the text.
                        false => self.over = Some(Over::Page(page)),
                    }
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
            Command::Quit => self.come_back_from_notes(),
            _ => {}
        }
    }

    fn go_to_chosen_note(&mut self) {
        let place = self.chosen().map(|note| note.resolution.span());
        match place {
            Some(Some(span)) => {
                self.come_back_from_notes();
                self.jump_to(span.start);
            }
            Some(None) => {
                self.tell("Its words are not in the text any more: the note is an orphan. ⟨review⟩ finds it a place.")
            }
            None => {}
        }
    }

    fn change_chosen(&mut self, command: Command) {
        let Some(note) = self.chosen().cloned() else { return };
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        if self.change_picked(command) {
            return;
        }
        if !self.notes.is_own(&note) {
            return self.complain("This annotation is another annotator's, which is read-only here.");
        }
        let annotation = note.annotation;
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
            let Some(NoteRow::Note(number)) = rows.get(row) else { return };
            let id = self.listed_notes().get(*number).map(|note| note.annotation.id.clone());
            if id.is_some() {
                self.notes_pane.at = *number;
                self.notes_pane.chosen = id;
                self.go_to_chosen_note();
            }
        } else if let Some(position) = self.position_at(self.geometry.text.x, y) {
            self.focus = Focus::Transcript;
            let here = self.note_beside(y).unwrap_or(position);
            self.move_cursor(here);
        }
    }
}
