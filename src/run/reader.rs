//! The loop of an open interview: takes what comes, has the app updated, carries its effects out, draws.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::thread;

use super::desk::Desk;
use super::opening::{document_of, open_behind};
use super::saver::{Changes, Saver};
use super::watch::{Watch, Watched};
use super::{Flow, Left, Message, RunError, clipboard, draw, editor, exporting};
use crate::app::{Action, App, Command, Document, Effect, Goal, Mode, Notes, SaveState};
use crate::import;
use crate::keymap::Key;
use crate::library::{Opened, Own, Settings, Source};
use crate::outline;
use crate::search::TextIndex;
use crate::store::{Draft, Drafts, Home, TagsFile};
use crate::terminal::Input;

/// An interview while it is read.
pub(super) struct Reader<'a> {
    pub(super) app: App,
    pub(super) desk: &'a mut Desk,
    pub(super) saver: Option<Saver>,
    pub(super) sender: Sender<Message>,
    pub(super) settings: Settings,
    /// Whether only the beginning of the document is there yet.
    pub(super) is_beginning: bool,
    /// The watch on the annotations, once their folder is there.
    pub(super) watch: Option<Watch>,
    /// What is to be watched.
    pub(super) watched: Option<Watched>,
    pub(super) left: Left,
    /// Where the reader wants to be, once that is there.
    pub(super) goal: Option<Goal>,
}

impl Reader<'_> {
    /// Reads until the reader leaves the interview.
    pub(super) fn run(&mut self, receiver: &Receiver<Message>) -> Result<(), RunError> {
        while let Ok(message) = receiver.recv() {
            if self.desk.await_keys()? {
                self.app.keys = self.desk.keymap.table();
            }
            let mut next = Some(message);
            // What has come meanwhile is taken in before the next frame is drawn.
            while let Some(message) = next {
                if let Flow::End = self.take(message, receiver)? {
                    return Ok(());
                }
                next = receiver.try_recv().ok();
            }
            self.draw()?;
            self.desk.go_on();
        }
        Ok(())
    }

    fn draw(&mut self) -> std::io::Result<()> {
        draw(self.desk, &self.app)
    }

    fn take(&mut self, message: Message, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        match message {
            Message::Inputs(inputs) => {
                self.desk.take_in(inputs);
                while let Some(input) = self.desk.next_input() {
                    if let Flow::End = self.input(input, receiver)? {
                        return Ok(Flow::End);
                    }
                }
                Ok(Flow::On)
            }
            Message::Action(action) => {
                if matches!(action, Action::Saved { .. }) {
                    self.watch_in_earnest();
                }
                self.act(action, receiver)
            }
            Message::Whole(source) => {
                self.is_beginning = false;
                self.app.take_in_rest(document_of(&source));
                Ok(Flow::On)
            }
            Message::Unreadable(error) => Err(error.into()),
            Message::Failed => Err(RunError::Inside(PathBuf::from(&self.app.document.name))),
            Message::Opened(opened, words) => {
                self.opened(*opened, words);
                Ok(Flow::On)
            }
            Message::Changed => {
                self.watch_in_earnest();
                match &self.saver {
                    Some(saver) => saver.look(),
                    None => self.open_again(),
                }
                Ok(Flow::On)
            }
            Message::Signal(signal) => Err(RunError::Signal(signal)),
            Message::Stop => {
                self.suspend()?;
                Ok(Flow::On)
            }
            Message::Gone => {
                self.left = Left::Gone;
                Ok(Flow::End)
            }
            Message::News(_) => Ok(Flow::On),
        }
    }

    /// Annotations that could not be understood have been changed: reads them once more, with the document.
    fn open_again(&mut self) {
        let Some(watched) = &self.watched else { return };
        let document = &self.app.document;
        let (interview, report) = (document.base.clone(), (*document.report).clone());
        let source = Source { path: watched.interview.clone(), interview, report };
        open_behind(source, false, self.settings.clone(), self.sender.clone());
    }

    /// Watches the annotations where their folder has come only now.
    fn watch_in_earnest(&mut self) {
        if let Some(watched) = &self.watched
            && self.watch.as_ref().is_none_or(|watch| watch.is_early)
            && watched.notebook.annotations.is_dir()
        {
            self.watch = watched.start(self.sender.clone());
        }
    }

    /// Waits for the whole document where a key might lead beyond its beginning, and for the notes and the outline
    /// where it is about them: keys that are typed ahead are not lost.
    fn await_rest(&mut self, input: &Input, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        let may_lead_on = match input {
            Input::Key(_) | Input::Mouse(..) => !self.app.is_far_from_end(),
            _ => false,
        };
        let may_wait = matches!(input, Input::Key(_) | Input::Mouse(..) | Input::Paste(_));
        let moves_little = matches!(input, Input::Key(key) if self.moves_little(*key));
        let needs_notes = matches!(input, Input::Key(key) if self.needs_notes(*key));
        let is_early = |reader: &Self| match reader.is_beginning {
            true => may_wait && (may_lead_on || !moves_little),
            false => needs_notes && reader.app.document.is_outline_to_come,
        };
        while is_early(self) {
            let Ok(message) = receiver.recv() else { break };
            if let Flow::End = self.take(message, receiver)? {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    /// Whether a key moves by lines or pages, and nothing else.
    fn moves_little(&self, key: Key) -> bool {
        matches!(
            self.desk.command_of(key, self.app.mode()),
            Some((
                Command::LineDown
                    | Command::LineUp
                    | Command::PageDown
                    | Command::PageUp
                    | Command::HalfPageDown
                    | Command::HalfPageUp
                    | Command::Library
                    | Command::Quit,
                None
            ))
        )
    }

    /// Whether a key is about the notes or the outline.
    fn needs_notes(&self, key: Key) -> bool {
        let mode = self.app.mode();
        let is_over = !matches!(mode, Mode::Reading | Mode::Selecting | Mode::Outline | Mode::Notes);
        !is_over && self.desk.command_of(key, mode).is_some_and(|(command, _)| command.needs_notes())
    }

    fn input(&mut self, input: Input, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        if let Flow::End = self.await_rest(&input, receiver)? {
            return Ok(Flow::End);
        }
        // Where the system tells nothing of other programs' changes, coming back to the window is the time to look.
        if input == Input::Focus {
            return self.take(Message::Changed, receiver);
        }
        for action in self.desk.actions(input, self.app.mode(), !self.app.pending.is_empty()) {
            if let Flow::End = self.act(action, receiver)? {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    fn act(&mut self, action: Action, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        for effect in self.app.update(action) {
            if let Flow::End = self.carry_out(effect, receiver)? {
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    fn carry_out(&mut self, effect: Effect, receiver: &Receiver<Message>) -> Result<Flow, RunError> {
        match effect {
            Effect::Save { generation, merges_seen, annotations, corrections } => {
                if let Some(saver) = &self.saver {
                    saver.save(Changes { generation, merges_seen, annotations, corrections });
                }
            }
            Effect::KeepDraft(draft) => {
                if let Some(saver) = &self.saver {
                    saver.keep_draft(*draft);
                }
            }
            Effect::DropDraft(id) => {
                if let Some(saver) = &self.saver {
                    saver.drop_draft(id);
                }
            }
            Effect::Outline(interview) => {
                let sender = self.sender.clone();
                thread::spawn(move || {
                    let topics = outline::topics(&interview, &[]);
                    let _ = sender.send(Message::Action(Action::Outlined(topics)));
                });
            }
            Effect::Correct(base, corrections) => {
                let sender = self.sender.clone();
                thread::spawn(move || {
                    let interview = Box::new(import::correct(&base, &corrections));
                    let _ = sender.send(Message::Action(Action::Corrected(interview, corrections)));
                });
            }
            Effect::Fold(interview) => {
                let sender = self.sender.clone();
                thread::spawn(move || {
                    let index = Arc::new(TextIndex::new(&interview));
                    let _ = sender.send(Message::Action(Action::Folded(index)));
                });
            }
            Effect::Copy(text) => {
                self.desk.screen.copy(&text)?;
                clipboard::copy_besides(text, self.sender.clone());
            }
            Effect::EditExternally(text) => {
                let edited = self.desk.screen.lend(|| editor::edit(&text))?;
                return self.act(Action::Edited(edited), receiver);
            }
            Effect::Export { format, to } => {
                let told = exporting::export(&self.app, &format, to.as_deref());
                return self.act(Action::Told(told), receiver);
            }
            Effect::Theme(theme) => self.desk.wear(theme),
            Effect::Redraw => self.desk.screen.lend(|| ())?,
            Effect::Suspend => self.suspend()?,
            Effect::Library | Effect::Quit => {
                // Where something is known not to be saved, the reader was asked.
                if self.app.notes.unsaved_reason().is_none() && !self.all_saved(receiver)? {
                    return Ok(Flow::On);
                }
                if matches!(effect, Effect::Library) && self.left == Left::Closed {
                    self.left = Left::ForLibrary;
                }
                return Ok(Flow::End);
            }
        }
        Ok(Flow::On)
    }

    /// Waits for what is on its way to the disk; says whether it arrived there.
    fn all_saved(&mut self, receiver: &Receiver<Message>) -> Result<bool, RunError> {
        let Some(saver) = self.saver.as_ref().filter(|saver| saver.has_orders()) else { return Ok(true) };
        saver.ask_when_done();
        while let Ok(message) = receiver.recv() {
            match message {
                Message::Action(action @ Action::SaveFailed(_)) => {
                    self.app.update(action);
                    return Ok(self.app.notes.unsaved_reason().is_none());
                }
                Message::Action(action @ Action::Told(_)) => drop(self.app.update(action)),
                Message::Action(action) => {
                    let is_saved = matches!(action, Action::Saved { .. });
                    self.app.update(action);
                    if is_saved && self.app.notes.save == SaveState::Saved {
                        return Ok(true);
                    }
                }
                Message::Signal(signal) => return Err(RunError::Signal(signal)),
                Message::Gone => {
                    self.left = Left::Gone;
                    return Ok(true);
                }
                Message::Unreadable(error) => return Err(error.into()),
                Message::Inputs(_)
                | Message::Whole(_)
                | Message::Opened(..)
                | Message::Failed
                | Message::Changed
                | Message::News(_)
                | Message::Stop => {}
            }
        }
        Ok(true)
    }

    fn suspend(&mut self) -> Result<(), RunError> {
        let resized = self.desk.suspend()?;
        self.app.update(resized);
        Ok(())
    }

    /// The notes and the outline have come.
    fn opened(&mut self, opened: Opened, words: usize) {
        if let Some(saver) = &self.saver {
            // They were read a second time meanwhile, and can be written.
            return saver.look();
        }
        let mut ours = Notes::new(opened.notes, self.settings.annotator.clone());
        let own = opened.own.path().to_path_buf();
        if opened.notebook.home == Home::UserData {
            let folder = from_home(&opened.notebook.annotations);
            self.app.tell(format!("Notes go to {folder}: this folder is read-only"));
        }
        let watched = Watched::new(opened.notebook.clone(), opened.path.clone(), own, &opened.layers);
        self.watch = watched.start(self.sender.clone());
        self.watched = Some(watched);
        let drafts = Drafts::of_user().map(|drafts| drafts.of(&opened.path)).unwrap_or_default();
        let (unsaved, needless): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| !draft.is_saved_in(opened.own.annotations()));
        match opened.own {
            Own::File(file) => {
                if self.app.notes.read_only.is_some() && !self.app.document.is_outline_to_come {
                    self.app.tell("The notes can be read again, and written.");
                }
                ours.corrections = file.corrections().to_vec();
                let saver = Saver::start(*file, opened.path.clone(), self.sender.clone());
                needless.into_iter().for_each(|draft| saver.drop_draft(draft.annotation.id));
                self.saver = Some(saver);
            }
            Own::ReadOnly { error, .. } => {
                // The line that the fault is on stands below, for those who have room for it.
                let why = error.to_string().lines().next().unwrap_or_default().to_owned();
                self.app.complain(format!("Read-only: {why}"));
                ours.read_only = Some(why);
            }
        }
        match TagsFile::load(&opened.notebook.tags_path()) {
            Ok(tags) => ours.tags = tags.definitions().to_vec(),
            Err(error) => self.app.complain(error.to_string()),
        }
        let document = Document {
            name: opened.name,
            base: opened.base,
            interview: opened.interview,
            topics: Arc::new(opened.topics),
            is_outline_to_come: false,
            report: Arc::new(opened.report),
            words,
        };
        self.app.take_in_notes(document, ours);
        if let Some(goal) = self.goal.take() {
            self.app.go_to(&goal);
        }
        if let Some(draft) = unsaved.into_iter().find(|draft| !draft.is_open_elsewhere) {
            self.app.offer_draft(draft.annotation);
        }
    }

    /// Ends the saver; says what it could not save.
    pub(super) fn close(&mut self, receiver: &Receiver<Message>) -> Option<String> {
        drop(self.saver.take());
        while let Ok(message) = receiver.try_recv() {
            if let Message::Action(action @ (Action::Saved { .. } | Action::SaveFailed(_))) = message {
                self.app.update(action);
            }
        }
        self.app.notes.unsaved_reason()
    }
}

/// A path as people write it, with `~` for their home.
fn from_home(path: &Path) -> String {
    let below = etcetera::home_dir().ok().and_then(|home| path.strip_prefix(home).ok().map(Path::to_path_buf));
    below.map_or_else(|| path.display().to_string(), |below| format!("~/{}", below.display()))
}
