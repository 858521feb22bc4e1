//! From an action to the subject that it belongs to.

use crate::app::{Action, App, Command, Consent, Effect, Focus, Mode, Over};

impl App {
    pub(super) fn dispatch(&mut self, action: Action) {
        match action {
            Action::Command(command, count) => {
                self.message = None;
                self.pressed = None;
                self.first_steps = if command == Command::Help { 0 } else { self.first_steps.saturating_sub(1) };
                self.command(command, count);
            }
            Action::Type(c) => {
                self.message = None;
                self.type_text(c.encode_utf8(&mut [0; 4]));
            }
            Action::Paste(text) => self.type_text(&text),
            Action::Mouse(mouse, x, y) => self.mouse(mouse, x, y),
            Action::Resize(columns, rows) => self.resize(columns, rows),
            Action::Pending(keys, hints) => {
                // What waits is shown where a message would be.
                self.message.take_if(|_| !keys.is_empty());
                (self.pending, self.hints) = (keys, hints);
            }
            Action::Saved { generation, merged, remark } => self.saved(generation, merged, remark),
            Action::SaveFailed(why) => self.save_failed(why),
            Action::Edited(text) => self.edited_externally(text),
            Action::Outlined(topics) => self.outlined(topics),
            Action::Corrected(interview, corrections) => self.corrected(*interview, &corrections),
            Action::Folded(index) => self.folded(index),
            Action::OthersChanged { annotator, annotations } => self.take_in_others(annotator, annotations),
            Action::TagsChanged(tags) => self.notes.tags = tags,
            Action::Told(Ok(text)) => self.tell(text),
            Action::Told(Err(text)) => self.complain(text),
        }
    }

    fn command(&mut self, command: Command, count: Option<u32>) {
        match command {
            Command::Redraw => return self.effect(Effect::Redraw),
            Command::Suspend => return self.effect(Effect::Suspend),
            _ => {}
        }
        match self.mode() {
            Mode::Prompt if matches!(self.over, Some(Over::Page(_))) => self.page_command(command, count),
            Mode::Prompt => self.prompt_command(command),
            Mode::Editor => self.editor_command(command),
            Mode::Confirm => self.confirm_command(command),
            Mode::Page => self.page_command(command, count),
            Mode::Settling | Mode::Reviewing | Mode::Layers => self.panel_command(command, count),
            Mode::Mark if command == Command::Help => self.show_help(),
            Mode::Mark if command == Command::Cancel => self.over = None,
            Mode::Mark => {}
            Mode::Outline => self.outline_command(command, count),
            Mode::Notes => self.notes_pane_command(command, count),
            Mode::Reading | Mode::Selecting => self.transcript_command(command, count),
            // The list of interviews is not this reader's, but the browser's.
            Mode::Library => {}
        }
    }

    /// Commands with the keys in the transcript; the panes fall back to these.
    pub(super) fn transcript_command(&mut self, command: Command, count: Option<u32>) {
        if self.reading_command(command, count)
            || self.selecting_command(command)
            || self.viewing_command(command, count)
            || self.annotating_command(command)
            || self.correcting_command(command, count)
            || self.layers_command(command)
            || self.marks_command(command)
        {
            return;
        }
        match command {
            Command::Reply => self.reply(),
            Command::Settle => self.settle(),
            Command::Review => self.review(),
            Command::Search => self.start_search(),
            Command::SearchNotes => self.list_note_hits(),
            Command::SearchWord => self.search_word(),
            Command::CommandLine => self.start_command_line(),
            Command::Export => self.start_export(),
            Command::Help => self.show_help(),
            Command::Report => self.show_report(),
            Command::Topics => self.toggle_outline(),
            Command::NotesPane => self.toggle_notes_pane(),
            Command::NextPane => self.next_pane(1),
            Command::PreviousPane => self.next_pane(2),
            Command::Quit => self.leave(Effect::Quit),
            Command::Library => self.leave(Effect::Library),
            Command::Cancel => self.cancel(),
            _ => {}
        }
    }

    fn type_text(&mut self, text: &str) {
        match (&mut self.over, self.focus) {
            (Some(Over::Prompt(asking)), _) => {
                asking.prompt.insert(text);
                self.prompt_changed();
            }
            (Some(Over::Editor(editor)), _) => {
                editor.insert(text);
                self.keep_draft();
            }
            (Some(Over::Mark(marking)), _) => {
                let marking = *marking;
                if let Some(letter) = text.chars().next() {
                    self.mark_typed(marking, letter);
                }
            }
            (Some(Over::Page(page)), _) => page.type_text(text),
            (None, Focus::Outline) => self.filter_outline(text),
            _ => {}
        }
    }

    fn confirm_command(&mut self, command: Command) {
        if !matches!(command, Command::Yes | Command::No | Command::Cancel) {
            return;
        }
        let Some(Over::Confirm(confirming)) = self.over.take() else { return };
        match (confirming.then, command) {
            (Consent::Discard(editor), Command::Yes) => self.discard(*editor),
            (Consent::Discard(editor), _) => self.over = Some(Over::Editor(editor)),
            (Consent::GoOn(annotation), command) => self.take_up_draft(*annotation, command == Command::Yes),
            (Consent::Leave(effect), Command::Yes) => self.effect(effect),
            (Consent::Leave(_), _) => {}
        }
        self.arrange();
    }

    fn cancel(&mut self) {
        if self.selection.take().is_some() {
            return;
        }
        if !self.searching.hits.is_empty() {
            self.searching.clear();
        } else if self.is_partial() {
            self.show_all_turns();
        } else {
            self.reading.caret = false;
        }
    }

    fn leave(&mut self, effect: Effect) {
        match self.notes.unsaved_reason() {
            None => self.effect(effect),
            Some(reason) => {
                let question = format!("Lose what is not saved? {reason}");
                self.over = Some(Over::Confirm(super::Confirming { question, then: Consent::Leave(effect) }));
            }
        }
    }
}
