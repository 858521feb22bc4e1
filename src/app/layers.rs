//! Other annotators' layers: shown read-only beside the reader's own notes, or hidden.

use std::collections::BTreeMap;

use crate::app::panel::Subject;
use crate::app::reviewing::counted;
use crate::app::{App, Command, Page, PageLine};
use crate::export::PlacedNote;
use crate::model::AnnotationId;

impl App {
    /// The other annotators' layers, each with the number of its notes; `None` is the notebook's personal file.
    pub fn layers(&self) -> Vec<(Option<String>, usize)> {
        self.notes.layers().to_vec()
    }

    /// Whose another annotator's note is, and the number of that layer; `None` for the reader's own.
    pub fn layer_of(&self, note: &PlacedNote) -> Option<(usize, String)> {
        if self.notes.is_own(note) {
            return None;
        }
        let number = self.notes.layers().iter().position(|(annotator, _)| *annotator == note.annotator).unwrap_or(0);
        Some((number, layer_name(note.annotator.as_ref())))
    }

    pub(super) fn layers_command(&mut self, command: Command) -> bool {
        match command {
            Command::ToggleLayers => self.toggle_layers(),
            Command::Layers => match self.layers().is_empty() {
                true => self.tell(ALONE),
                false => self.open_panel(Subject::Layers(0)),
            },
            _ => return false,
        }
        true
    }

    /// Hides all other annotators' notes, or shows them all.
    fn toggle_layers(&mut self) {
        let layers = self.layers();
        if layers.is_empty() {
            return self.tell(ALONE);
        }
        let is_any_shown = layers.iter().any(|(annotator, _)| !self.notes.hidden.contains(annotator));
        if is_any_shown {
            self.notes.hidden = layers.into_iter().map(|(annotator, _)| annotator).collect();
            self.tell("Only your own notes. ⟨toggle-layers⟩ shows the others again.");
        } else {
            self.notes.hidden.clear();
            let names: Vec<String> = layers.iter().map(|(annotator, _)| layer_name(annotator.as_ref())).collect();
            self.tell(format!("With the notes of {}.", names.join(", ")));
        }
    }

    /// What the reader hides and what stays an orphan, as the reading state keeps them: a name a line.
    pub(super) fn choices_to_keep(&self) -> impl Iterator<Item = (String, String)> {
        let hidden: Vec<&str> =
            self.notes.hidden.iter().map(|annotator| annotator.as_deref().unwrap_or_default()).collect();
        let orphans: Vec<&str> = self.kept_orphans.iter().map(AnnotationId::as_str).collect();
        let lines =
            |names: Vec<&str>| (!names.is_empty()).then(|| names.iter().map(|name| format!("{name}\n")).collect());
        let hidden: Option<String> = lines(hidden);
        let orphans: Option<String> = lines(orphans);
        let hidden = hidden.map(|names| (HIDDEN.to_owned(), names));
        hidden.into_iter().chain(orphans.map(|names| (ORPHANS.to_owned(), names)))
    }

    pub(super) fn restore_choices(&mut self, kept: &BTreeMap<String, String>) {
        let names = |key: &str| kept.get(key).map(String::as_str).unwrap_or_default().lines();
        self.notes.hidden = names(HIDDEN).map(|name| (!name.is_empty()).then(|| name.to_owned())).collect();
        self.kept_orphans = names(ORPHANS).filter_map(AnnotationId::new).collect();
    }

    pub(super) fn layers_panel_command(&mut self, chosen: usize, command: Command) {
        let layers = self.layers();
        let last = layers.len().saturating_sub(1);
        let chosen = chosen.min(last);
        match command {
            Command::ItemDown => self.open_panel(Subject::Layers((chosen + 1).min(last))),
            Command::ItemUp => self.open_panel(Subject::Layers(chosen.saturating_sub(1))),
            Command::ToggleLayers => self.toggle_layers(),
            Command::Accept => {
                let Some((annotator, _)) = layers.get(chosen) else { return };
                if !self.notes.hidden.remove(annotator) {
                    self.notes.hidden.insert(annotator.clone());
                }
            }
            _ => {}
        }
    }

    pub(super) fn layers_page(&self, chosen: usize) -> Page {
        let own = self.notes.all().iter().filter(|note| self.notes.is_own(note)).count();
        let mut lines = vec![PageLine::Entry("  your own".to_owned(), counted(own, "note"))];
        for (number, (annotator, count)) in self.layers().into_iter().enumerate() {
            let cursor = if number == chosen { "▸" } else { " " };
            let state = if self.notes.hidden.contains(&annotator) { "hidden" } else { "shown" };
            let name = format!("{cursor} {}", layer_name(annotator.as_ref()));
            lines.push(PageLine::Entry(name, format!("{state}   {}", counted(count, "note"))));
        }
        Page {
            title: "Whose notes are shown".to_owned(),
            lines,
            hint: "⟨item-down⟩ ⟨item-up⟩ choose   ⟨accept⟩ shows or hides   ⟨toggle-layers⟩ all   ⟨cancel⟩ closes"
                .to_owned(),
            ..Page::default()
        }
    }
}

/// The names under which hidden layers and kept orphans are kept.
const HIDDEN: &str = "hidden layers";
const ORPHANS: &str = "kept orphans";

/// What is said where there is one layer only.
const ALONE: &str = "Nobody else has notes on this interview.";

/// What a layer is called.
fn layer_name(annotator: Option<&String>) -> String {
    annotator.map_or_else(|| "@personal".to_owned(), |name| format!("@{name}"))
}
