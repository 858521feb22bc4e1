//! Writing a note in the editor: its keys, its draft, and what becomes of its words.

use crate::anchor;
use crate::app::editor::Editor;
use crate::app::{App, Command, Confirming, Consent, Effect, Over};
use crate::model::{Annotation, Kind};
use crate::text;

impl App {
    pub(super) fn open_editor(&mut self, annotation: Annotation, changes: bool) {
        let at = anchor::resolve(self.interview(), &annotation.anchor).span();
        self.over = Some(Over::Editor(Box::new(Editor::open(annotation, changes))));
        self.arrange();
        if let Some(span) = at {
            let caret = self.reading.caret;
            self.move_cursor(span.start);
            self.reading.caret = caret;
        }
    }

    pub(super) fn editor_command(&mut self, command: Command) {
        let Some(Over::Editor(editor)) = &mut self.over else { return };
        match command {
            Command::Accept => return self.keep_note(),
            Command::Cancel => return self.leave_editor(),
            Command::ExternalEditor => {
                let text = editor.text();
                return self.effect(Effect::EditExternally(text));
            }
            Command::NewLine => editor.new_line(),
            Command::EraseBack => editor.erase_back(),
            Command::EraseForward => editor.erase_forward(),
            Command::EraseWord => editor.erase_word(),
            Command::EraseLine => editor.erase_line(),
            Command::Undo => editor.undo(),
            Command::Redo => editor.redo(),
            Command::PreviousCharacter => editor.left(),
            Command::NextCharacter => editor.right(),
            Command::LineUp => editor.up(),
            Command::LineDown => editor.down(),
            Command::NextWord => editor.next_word(),
            Command::PreviousWord => editor.previous_word(),
            Command::LineStart => editor.home(),
            Command::LineEnd => editor.end(),
            Command::Top => editor.top(),
            Command::Bottom => editor.bottom(),
            Command::Help => return self.show_help(),
            _ => return,
        }
        self.keep_draft();
    }

    pub(super) fn keep_draft(&mut self) {
        let Some(Over::Editor(editor)) = &self.over else { return };
        if editor.is_changed() {
            let draft = editor.draft();
            self.effect(Effect::KeepDraft(Box::new(draft)));
        }
    }

    /// Saves the note and closes the editor. The draft goes when the note is on the disk.
    fn keep_note(&mut self) {
        let Some(Over::Editor(editor)) = self.over.take() else { return };
        let id = editor.annotation.id.clone();
        self.selection = None;
        self.arrange();
        self.keep_words(*editor);
        self.effect(Effect::DropDraft(id));
    }

    fn keep_words(&mut self, editor: Editor) {
        // As it was when the editor opened: what another program has made of it since is a version of its own.
        let before = editor.changes.then(|| editor.annotation.clone());
        let note = editor.text();
        let is_blank = note.trim().is_empty();
        let kind = match editor.annotation.kind {
            Kind::Note if is_blank && editor.changes => Kind::Highlight,
            Kind::Highlight if !is_blank => Kind::Note,
            kind => kind,
        };
        let note = if is_blank { String::new() } else { note };
        if !editor.changes && is_blank && kind == Kind::Note {
            return self.tell("Nothing was written, so nothing was added.");
        }
        if !editor.changes || editor.is_changed() {
            let annotation = Annotation { note, kind, updated: (self.stamps.now)(), ..editor.annotation.clone() };
            self.last_mark(&annotation);
            self.change(kind.name(), vec![(before, Some(annotation))]);
        }
    }

    /// Leaves the editor without saving, asking first where words would be lost.
    fn leave_editor(&mut self) {
        let Some(Over::Editor(editor)) = self.over.take() else { return };
        if editor.is_changed() {
            let question = "Throw away what was written?".to_owned();
            self.over = Some(Over::Confirm(Confirming { question, then: Consent::Discard(editor) }));
        } else {
            self.effect(Effect::DropDraft(editor.annotation.id));
        }
        self.arrange();
    }

    /// Offers to go on with a note that the last program's end left unsaved.
    pub fn offer_draft(&mut self, annotation: Annotation) {
        let begins = text::fit(annotation.note.lines().next().unwrap_or_default(), 30).into_owned();
        let question = format!("Not saved last time: “{begins}”. Go on writing? ⟨no⟩ saves it as it is.");
        self.over = Some(Over::Confirm(Confirming { question, then: Consent::GoOn(Box::new(annotation)) }));
    }

    pub(super) fn take_up_draft(&mut self, annotation: Annotation, goes_on: bool) {
        let before = self.notes.own_by_id(&annotation.id).map(|note| note.annotation.clone());
        let changes = before.is_some();
        // What has been changed since the draft was begun is a version of its own.
        let before = before.filter(|before| before.updated == annotation.updated);
        if goes_on && self.notes.read_only.is_none() {
            let words = annotation.note.clone();
            let was = before.unwrap_or(Annotation { note: String::new(), ..annotation.clone() });
            self.open_editor(was, changes);
            if let Some(Over::Editor(editor)) = &mut self.over {
                editor.set_text(&words);
            }
        } else if self.notes.read_only.is_none() {
            let id = annotation.id.clone();
            self.change("the unsaved note", vec![(before, Some(annotation))]);
            self.effect(Effect::DropDraft(id));
        }
    }

    /// Throws the words of the editor away, so that undo brings them back: as if they had been kept and then deleted.
    pub(super) fn discard(&mut self, editor: Editor) {
        self.effect(Effect::DropDraft(editor.annotation.id.clone()));
        let written = Annotation { note: editor.text(), ..editor.annotation.clone() };
        let before = self.notes.get(&written.id).map(|note| note.annotation.clone());
        self.remember(written.kind.name(), vec![(before.clone(), Some(written.clone()))]);
        self.remember("what was thrown away", vec![(Some(written), before)]);
        self.tell("Thrown away. ⟨undo⟩ brings it back.");
    }

    pub(super) fn edited_externally(&mut self, text: Result<String, String>) {
        match (text, &mut self.over) {
            (Ok(text), Some(Over::Editor(editor))) => {
                let text = if editor.text().ends_with('\n') { &text } else { text.strip_suffix('\n').unwrap_or(&text) };
                editor.set_text(text);
                self.keep_draft();
            }
            (Err(why), _) => self.complain(why),
            (Ok(_), _) => {}
        }
    }
}
