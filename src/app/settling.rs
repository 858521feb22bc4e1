//! Settling conflicts: two writers changed one annotation, and the reader says which version is kept.

use crate::app::page::describe;
use crate::app::panel::Subject;
use crate::app::{App, Command, Look, Page, PageLine};
use crate::export::PlacedNote;
use crate::model::{Annotation, AnnotationId};

impl App {
    /// The reader's own annotations that two writers changed, in the order of the text.
    pub fn conflicts(&self) -> impl Iterator<Item = &PlacedNote> {
        self.notes.all().iter().filter(|note| note.annotation.conflict.is_some() && self.notes.is_own(note))
    }

    /// Shows the conflict at the cursor or, with none there, the next one.
    pub(super) fn settle(&mut self) {
        let cursor = self.reading.cursor;
        let here = self.note_at_cursor().filter(|note| note.annotation.conflict.is_some());
        let ahead = || self.conflicts().find(|note| note.resolution.span().is_some_and(|span| span.start >= cursor));
        let found = here.or_else(ahead).or_else(|| self.conflicts().next()).map(|note| note.annotation.id.clone());
        self.settle_next(found.as_ref());
    }

    /// Shows the conflict of this annotation or, where it has none, the first one that is left.
    pub(super) fn settle_next(&mut self, id: Option<&AnnotationId>) {
        let conflicts: Vec<&PlacedNote> = self.conflicts().collect();
        let wanted = conflicts.iter().find(|note| Some(&note.annotation.id) == id).or(conflicts.first());
        match wanted.map(|note| (note.annotation.id.clone(), note.resolution.span())) {
            Some((id, span)) => {
                if let Some(span) = span {
                    self.move_cursor(span.start);
                }
                self.open_panel(Subject::Conflict(id));
            }
            None => {
                self.over = None;
                if self.message.is_none() {
                    self.tell("No conflict is left to settle.");
                }
            }
        }
    }

    pub(super) fn settling_command(&mut self, id: &AnnotationId, command: Command) {
        match command {
            Command::ItemDown | Command::ItemUp => {
                let ids: Vec<AnnotationId> = self.conflicts().map(|note| note.annotation.id.clone()).collect();
                let at = ids.iter().position(|other| other == id).unwrap_or(0);
                let next = if command == Command::ItemDown { at + 1 } else { at.saturating_sub(1) };
                if let Some(next) = ids.get(next) {
                    self.settle_next(Some(next));
                }
            }
            Command::KeepMine | Command::KeepTheirs | Command::KeepBoth => self.keep_version(id, command),
            _ => {}
        }
    }

    fn keep_version(&mut self, id: &AnnotationId, which: Command) {
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        let found = self.conflicts().find(|note| note.annotation.id == *id).map(|note| note.annotation.clone());
        let Some(both) = found else { return self.settle_next(None) };
        let now = (self.stamps.now)();
        let mut theirs = both.conflict.as_ref().and_then(|conflict| conflict.theirs.clone());
        // Further versions stay to be settled.
        let rest = theirs.as_mut().and_then(|theirs| theirs.conflict.take());
        let theirs = theirs.map(|theirs| Annotation { updated: now, ..theirs });
        let mine = Annotation { conflict: rest.clone(), updated: now, ..both.clone() };
        let (changes, said) = match (which, theirs) {
            (Command::KeepTheirs, Some(theirs)) => (
                vec![(Some(both), Some(Annotation { id: mine.id, conflict: rest, ..theirs }))],
                "Kept the other version.",
            ),
            (Command::KeepTheirs, None) => (vec![(Some(both), None)], "Deleted, as the other writer did."),
            (Command::KeepBoth, Some(theirs)) => {
                let second = Annotation { id: (self.stamps.id)(), ..theirs };
                (vec![(Some(both), Some(mine)), (None, Some(second))], "Kept both, as two annotations.")
            }
            _ => (vec![(Some(both), Some(mine))], "Kept your version."),
        };
        self.change("conflict settled", changes);
        self.tell(format!("{said} ⟨undo⟩ takes it back."));
        self.settle_next(None);
    }

    pub(super) fn conflict_page(&self, id: &AnnotationId) -> Page {
        let count = self.conflicts().count();
        let at = self.conflicts().position(|note| note.annotation.id == *id);
        let Some(note) = at.and_then(|at| self.conflicts().nth(at)) else { return Page::default() };
        let mine = &note.annotation;
        let theirs = mine.conflict.as_ref().and_then(|conflict| conflict.theirs.as_ref());
        let theirs_is_gone = theirs.is_none();
        let changed = |annotation: &Annotation| format!("changed {}", annotation.updated.strftime("%Y-%m-%d %H:%M"));
        let said = |of: fn(&Annotation) -> String, otherwise: &str| {
            (of(mine), theirs.map_or_else(|| otherwise.to_owned(), of))
        };
        let beside = |look, (mine, theirs)| PageLine::Beside(look, mine, theirs);
        let compared = |look, (mine, theirs)| match theirs_is_gone {
            true => PageLine::Beside(look, mine, theirs),
            false => PageLine::Compared(look, mine, theirs),
        };
        let mut lines = vec![beside(Look::Head, ("Yours".to_owned(), "The other version".to_owned()))];
        lines.push(compared(Look::Words, said(describe, "deleted")));
        if theirs.is_some_and(|theirs| theirs.anchor.quote != mine.anchor.quote) {
            lines.push(PageLine::Blank);
            lines.push(compared(Look::Quote, said(|annotation| annotation.anchor.quote.clone(), "")));
        } else {
            lines.insert(0, PageLine::Blank);
            lines.insert(0, PageLine::Quote(mine.anchor.quote.clone()));
        }
        lines.push(PageLine::Blank);
        lines.push(compared(Look::Words, said(|annotation| annotation.note.trim_end().to_owned(), "")));
        lines.push(PageLine::Blank);
        lines.push(beside(Look::Faint, (changed(mine), theirs.map(changed).unwrap_or_default())));
        Page {
            title: format!("Two versions of an annotation   {} of {count}", at.unwrap_or(0) + 1),
            lines,
            hint: "⟨keep-mine⟩ keeps yours   ⟨keep-theirs⟩ keeps theirs   ⟨keep-both⟩ keeps both   ⟨item-down⟩ ⟨item-up⟩ others   ⟨cancel⟩ later".to_owned(),
            ..Page::default()
        }
    }

    /// Goes to the next or previous annotation that two writers changed.
    pub(super) fn go_to_conflict(&mut self, forward: bool, times: u32) {
        if self.conflicts().next().is_none() {
            return self.tell("No conflict is left to settle.");
        }
        self.go_to_note(forward, times, |note| note.annotation.conflict.is_some());
        if self.message.is_none() {
            self.tell("Two versions: ⟨settle⟩ shows them side by side.");
        }
    }
}
