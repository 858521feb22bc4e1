//! How the interview is shown: which turns, which language, how wide.

use std::collections::BTreeMap;

use crate::app::{App, Command};
use crate::layout::{Bilingual, Dialogue};
use crate::model::{Position, Role, TurnIndex};

/// Fewest and most columns of the text.
const MEASURES: (u16, u16) = (30, 160);

impl App {
    pub(super) fn viewing_command(&mut self, command: Command, count: Option<u32>) -> bool {
        let step = count.unwrap_or(2).min(100) as u16;
        match command {
            Command::Dialogue => self.next_dialogue(),
            Command::Accept if self.view.dialogue == Dialogue::Questions => self.unfold(),
            Command::Bilingual => self.next_bilingual(),
            Command::Timecodes => {
                if !self.interview().has_times() {
                    self.tell("This interview has no timecodes.");
                    return true;
                }
                self.preferences.times = !self.preferences.times;
                self.arrange();
            }
            Command::Wider => self.set_measure(self.preferences.measure.saturating_add(step)),
            Command::Narrower => self.set_measure(self.preferences.measure.saturating_sub(step)),
            _ => return false,
        }
        true
    }

    /// Changes how wide the text is, keeping the place.
    pub(super) fn set_measure(&mut self, columns: u16) {
        self.preferences.measure = columns.clamp(MEASURES.0, MEASURES.1);
        self.arrange();
        self.tell(format!("Text of at most {} columns.", self.preferences.measure));
    }

    fn next_dialogue(&mut self) {
        let speaker = self.interview().speaker_of(self.reading.cursor.paragraph);
        let next = match self.view.dialogue {
            Dialogue::Full => Dialogue::Questions,
            Dialogue::Questions => speaker.map_or(Dialogue::Full, Dialogue::Speaker),
            Dialogue::Speaker(_) => Dialogue::Full,
        };
        self.show_turns(next);
    }

    pub(super) fn show_all_turns(&mut self) {
        self.show_turns(Dialogue::Full);
    }

    fn show_turns(&mut self, dialogue: Dialogue) {
        let before = self.view.dialogue;
        self.view.dialogue = dialogue;
        self.view.unfolded.clear();
        if self.flow().nearest_shown(Default::default()).is_none() {
            self.view.dialogue = before;
            return self.tell("No turn would be left to show.");
        }
        self.selection = None;
        let cursor = self.reading.cursor;
        let original = self.interview().original_of(cursor.paragraph).unwrap_or(cursor.paragraph);
        let shown = self.flow().nearest_shown(original).unwrap_or_default();
        let at = if shown == original { cursor } else { Position::start_of(shown) };
        self.arrange();
        self.go_to_paragraph_head(at);
        match dialogue {
            Dialogue::Full => self.tell("The full text."),
            Dialogue::Questions => self.tell("The questions only. ⟨accept⟩ unfolds one, ⟨cancel⟩ shows all."),
            Dialogue::Speaker(speaker) => {
                let name = self.interview().speaker(speaker).map(|speaker| speaker.name.clone()).unwrap_or_default();
                self.tell(format!("What {name} says. ⟨cancel⟩ shows all."));
            }
        }
    }

    /// Shows what answers the question at the cursor, or hides it again.
    fn unfold(&mut self) {
        let interview = self.interview();
        let Some(turn) = interview.turn_of(self.reading.cursor.paragraph) else { return };
        let (question, answers) = self.exchange_of(turn);
        let is_unfolded = answers.iter().any(|answer| self.view.unfolded.contains(answer));
        let at = interview.turn(question).map_or(self.reading.cursor, |turn| Position::start_of(turn.first));
        for answer in answers {
            match is_unfolded {
                true => self.view.unfolded.remove(&answer),
                false => self.view.unfolded.insert(answer),
            };
        }
        self.reading.cursor = at;
        self.arrange();
    }

    /// The question that a turn asks or answers, and the turns that answer it.
    fn exchange_of(&self, turn: TurnIndex) -> (TurnIndex, Vec<TurnIndex>) {
        let interview = self.interview();
        let asks = |turn: &TurnIndex| interview.role_of_turn(*turn) == Role::Interviewer;
        let question = (0..=turn.0).rev().map(TurnIndex).find(asks).unwrap_or(turn);
        // What is said before anybody asks answers nothing.
        let first = if asks(&question) { question.0 + 1 } else { question.0 };
        let following = (first..interview.turns().len() as u32).map(TurnIndex);
        (question, following.skip_while(asks).take_while(|turn| !asks(turn)).collect())
    }

    /// Sees to it that a place which is gone to is shown: unfolds the answer that it is in, or shows all.
    pub(super) fn uncover(&mut self, place: Position) {
        let original = self.interview().original_of(place.paragraph).unwrap_or(place.paragraph);
        if self.flow().shows(original) || !self.is_partial() {
            return;
        }
        let turn = self.interview().turn_of(original).filter(|_| self.view.dialogue == Dialogue::Questions);
        match turn.map(|turn| self.exchange_of(turn).1) {
            Some(answers) => self.view.unfolded.extend(answers),
            None => {
                self.view.dialogue = Dialogue::Full;
                self.view.unfolded.clear();
            }
        }
        self.arrange();
    }

    fn next_bilingual(&mut self) {
        if !self.interview().is_bilingual() {
            return self.tell("This interview has no translation.");
        }
        let (next, what) = match self.view.bilingual {
            Bilingual::Original => (Bilingual::Interleaved, "Each paragraph with its translation."),
            Bilingual::Interleaved => (Bilingual::SideBySide, "Original and translation side by side."),
            Bilingual::SideBySide => (Bilingual::Translation, "The translation."),
            Bilingual::Translation => (Bilingual::Original, "The original."),
        };
        let cursor = self.reading.cursor;
        let original = self.interview().original_of(cursor.paragraph).unwrap_or(cursor.paragraph);
        self.view.bilingual = next;
        self.selection = None;
        let at = match next {
            Bilingual::Translation => self.interview().translation(original).unwrap_or(original),
            _ => original,
        };
        self.arrange();
        self.go_to_paragraph_head(Position::start_of(at));
        self.tell(what);
    }

    /// How the interview is shown, to be kept for the next time.
    pub fn view_settings(&self) -> BTreeMap<String, String> {
        let bilingual = BILINGUAL.iter().find(|(view, _)| *view == self.view.bilingual).map_or("", |(_, name)| name);
        [
            ("measure", self.preferences.measure.to_string()),
            ("timecodes", self.preferences.times.to_string()),
            ("bilingual", bilingual.to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .chain(self.marks_to_keep())
        .chain(self.choices_to_keep())
        .chain(self.searching.history_to_keep())
        .collect()
    }

    pub(super) fn restore_view(&mut self, view: &BTreeMap<String, String>) {
        let said = |name: &str| view.get(name).map(String::as_str).unwrap_or_default();
        if let Ok(measure) = said("measure").parse::<u16>() {
            self.preferences.measure = measure.clamp(MEASURES.0, MEASURES.1);
        }
        if let Ok(times) = said("timecodes").parse() {
            self.preferences.times = times;
        }
        let bilingual = BILINGUAL.iter().find(|(_, name)| *name == said("bilingual"));
        if let Some((view, _)) = bilingual.filter(|_| self.interview().is_bilingual()) {
            self.view.bilingual = *view;
        }
        self.restore_marks(view);
        self.restore_choices(view);
        self.searching.restore_history(view);
        self.arrange();
    }
}

/// The names under which the bilingual views are kept.
const BILINGUAL: [(Bilingual, &str); 4] = [
    (Bilingual::Original, "original"),
    (Bilingual::Translation, "translation"),
    (Bilingual::Interleaved, "interleaved"),
    (Bilingual::SideBySide, "side-by-side"),
];
