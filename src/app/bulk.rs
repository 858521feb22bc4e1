//! Several notes picked from the list, to tag them, move their status on or delete them in one step of undo.

use crate::app::reviewing::counted;
use crate::app::{App, Command, Effect, Prompt, Purpose};
use crate::export::PlacedNote;
use crate::model::{Annotation, AnnotationId, Status, Tag};

/// Annotations before and after, as [`App::change`] takes them.
type Changes = Vec<(Option<Annotation>, Option<Annotation>)>;

impl App {
    /// Picks the chosen note, or puts it back, and goes to the next one.
    pub(super) fn pick(&mut self) {
        let Some(note) = self.chosen().cloned() else { return };
        if !self.notes.is_own(&note) {
            return self.complain("This annotation is another annotator's, which is read-only here.");
        }
        if !self.notes_pane.picked.remove(&note.annotation.id) {
            self.notes_pane.picked.insert(note.annotation.id);
        }
        self.move_in_notes(1);
    }

    /// Picks all notes of the list or, where all are picked, puts them back.
    pub(super) fn pick_all(&mut self) {
        let own = self.listed_notes().into_iter().filter(|note| self.notes.is_own(note));
        let ids: Vec<AnnotationId> = own.map(|note| note.annotation.id.clone()).collect();
        let picked = &mut self.notes_pane.picked;
        match ids.iter().all(|id| picked.contains(id)) {
            true => picked.retain(|id| !ids.contains(id)),
            false => picked.extend(ids),
        }
    }

    /// The picked annotations, in the order of the text.
    fn picked(&self) -> Vec<Annotation> {
        let own = self.notes.all().iter().filter(|note| self.notes.is_own(note)).map(|note| &note.annotation);
        own.filter(|annotation| self.notes_pane.picked.contains(&annotation.id)).cloned().collect()
    }

    /// Copies the picked notes, or the chosen one: each quotation with its reference, and what the note says below.
    pub(super) fn copy_notes(&mut self) {
        let picked = &self.notes_pane.picked;
        let notes: Vec<&PlacedNote> = match picked.is_empty() {
            true => self.chosen().into_iter().collect(),
            false => self.notes.all().iter().filter(|note| picked.contains(&note.annotation.id)).collect(),
        };
        if notes.is_empty() {
            return self.tell("There is no note to copy.");
        }
        let copied = notes.iter().map(|note| {
            let quote = &note.annotation.anchor.quote;
            let reference = match note.resolution.span() {
                Some(span) => self.reference(span, quote),
                None => format!("“{quote}”"),
            };
            [reference.as_str(), note.annotation.note.trim()].join("\n").trim().to_owned()
        });
        let (text, count) = (copied.collect::<Vec<_>>().join("\n\n"), notes.len());
        self.effect(Effect::Copy(text));
        self.tell(format!("Copied {} with what was quoted.", counted(count, "note")));
    }

    /// Changes all picked notes; says no where none is picked.
    pub(super) fn change_picked(&mut self, command: Command) -> bool {
        let picked = self.picked();
        if picked.is_empty() || command == Command::Edit {
            return false;
        }
        match command {
            Command::Tag => {
                let common = common_tags(&picked);
                let typed: String = common.iter().map(|tag| format!("{tag}, ")).collect();
                self.ask(Purpose::TagsOfPicked, Prompt::with_text(&typed));
            }
            Command::CycleStatus => self.cycle_status_of_picked(picked),
            Command::Delete => {
                let count = picked.len();
                self.change("notes deleted", picked.into_iter().map(|before| (Some(before), None)).collect());
                self.notes_pane.picked.clear();
                self.tell(format!("Deleted {}. ⟨undo⟩ brings them back.", counted(count, "note")));
            }
            _ => return false,
        }
        true
    }

    /// Gives what was typed to all picked notes: tags that all had and that were erased go, new ones come, the others
    /// that a note has stay.
    pub(super) fn set_tags_of_picked(&mut self, typed: &str) {
        let wanted: Vec<Tag> = typed.split(',').filter_map(Tag::new).collect();
        let picked = self.picked();
        let common = common_tags(&picked);
        let now = (self.stamps.now)();
        let changes: Changes = picked
            .into_iter()
            .filter_map(|before| {
                let stays = |tag: &&Tag| !common.contains(tag) || wanted.contains(tag);
                let mut tags: Vec<Tag> = before.tags.iter().filter(stays).cloned().collect();
                for tag in &wanted {
                    if !tags.contains(tag) {
                        tags.push(tag.clone());
                    }
                }
                let after = Annotation { tags, updated: now, ..before.clone() };
                (after.tags != before.tags).then_some((Some(before), Some(after)))
            })
            .collect();
        self.make(changes, "tags", "Tags set for");
    }

    fn cycle_status_of_picked(&mut self, picked: Vec<Annotation>) {
        let work: Vec<Annotation> = picked.into_iter().filter(|annotation| annotation.kind.has_status()).collect();
        let Some(first) = work.first() else {
            return self.tell("Only follow-ups and questions have a status.");
        };
        let next = following(first.status.unwrap_or_default());
        let now = (self.stamps.now)();
        let changes = work
            .into_iter()
            .filter(|before| before.status != Some(next))
            .map(|before| {
                let after = Annotation { status: Some(next), updated: now, ..before.clone() };
                (Some(before), Some(after))
            })
            .collect();
        self.make(changes, "status", &format!("{} now:", next.name()));
    }

    fn make(&mut self, changes: Changes, what: &str, said: &str) {
        if changes.is_empty() {
            return;
        }
        let count = changes.len();
        self.change(what, changes);
        self.tell(format!("{said} {}. ⟨undo⟩ takes it back.", counted(count, "note")));
    }
}

/// The status that comes after one; the first after the last.
pub(super) fn following(status: Status) -> Status {
    let at = Status::ALL.iter().position(|known| *known == status).unwrap_or(0);
    Status::ALL[(at + 1) % Status::ALL.len()]
}

fn common_tags(annotations: &[Annotation]) -> Vec<Tag> {
    let Some((first, others)) = annotations.split_first() else { return Vec::new() };
    let is_common = |tag: &&Tag| others.iter().all(|other| other.tags.contains(tag));
    first.tags.iter().filter(is_common).cloned().collect()
}
