//! Panels: pages over the text on which something is decided, each with keys of its own.
//!
//! What a panel shows is made anew from the notes whenever it is drawn, so that undo and other writers' changes are
//! seen at once.

use std::borrow::Cow;

use crate::app::reviewing::Reviewing;
use crate::app::{App, Command, Mode, Over, Page};
use crate::model::AnnotationId;

/// A page on which something is decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What is decided.
    pub subject: Subject,
    /// The first row on the screen.
    pub top: usize,
}

/// What is decided on a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// Which of the two versions of this annotation is kept.
    Conflict(AnnotationId),
    /// Where a note belongs whose words have moved or gone.
    Place(Reviewing),
    /// Which layers are shown; the number of the chosen one.
    Layers(usize),
}

impl Panel {
    /// Which keys are in force.
    pub(super) fn mode(&self) -> Mode {
        match self.subject {
            Subject::Conflict(_) => Mode::Settling,
            Subject::Place(_) => Mode::Reviewing,
            Subject::Layers(_) => Mode::Layers,
        }
    }
}

impl App {
    pub(super) fn open_panel(&mut self, subject: Subject) {
        self.over = Some(Over::Panel(Panel { subject, top: 0 }));
    }

    /// The page or panel that lies over the text.
    pub fn open_page(&self) -> Option<Cow<'_, Page>> {
        match &self.over {
            Some(Over::Page(page)) => Some(Cow::Borrowed(page)),
            Some(Over::Panel(panel)) => {
                let page = match &panel.subject {
                    Subject::Conflict(id) => self.conflict_page(id),
                    Subject::Place(reviewing) => self.review_page(reviewing),
                    Subject::Layers(chosen) => self.layers_page(*chosen),
                };
                Some(Cow::Owned(Page { top: panel.top, ..page }))
            }
            _ => None,
        }
    }

    pub(super) fn panel_command(&mut self, command: Command, count: Option<u32>) {
        let Some(Over::Panel(panel)) = &mut self.over else { return };
        let step = usize::from(self.geometry.text.height).max(2) - 1;
        match command {
            Command::PageDown => panel.top += step,
            Command::PageUp => panel.top = panel.top.saturating_sub(step),
            Command::Cancel | Command::Quit => self.over = None,
            Command::Help => return self.show_help(),
            Command::Undo | Command::Redo => {
                if command == Command::Undo {
                    self.undo()
                } else {
                    self.redo()
                }
                self.refresh_panel();
            }
            command => match panel.subject.clone() {
                Subject::Conflict(id) => self.settling_command(&id, command),
                Subject::Place(reviewing) => self.review_command(reviewing, command, count.unwrap_or(1)),
                Subject::Layers(chosen) => self.layers_panel_command(chosen, command),
            },
        }
        self.limit_page();
    }

    /// After a change from elsewhere: shows what there is now, and closes a panel that has nothing to decide any more.
    pub(super) fn refresh_panel(&mut self) {
        let Some(Over::Panel(panel)) = &self.over else { return };
        match panel.subject.clone() {
            Subject::Conflict(id) => self.settle_next(Some(&id)),
            Subject::Place(reviewing) => self.review_at(Some(&reviewing.id)),
            Subject::Layers(_) => {}
        }
    }
}
