//! Mending how the document was read: who speaks, where turns begin, what is front and back matter.
//!
//! Each correction is a pin; what is not labelled is decoded again around it. The source file is never touched: the
//! corrections are kept with the annotations, and undo takes them back.

use crate::app::{App, Command, Prompt, Purpose};
use crate::model::{
    Confidence, Correction, LabelOrigin, Matter, Mending, ParagraphIndex, Position, Role, Speaker, TurnIndex,
};

impl App {
    pub(super) fn correcting_command(&mut self, command: Command, count: Option<u32>) -> bool {
        match command {
            _ if !corrects(command) => return false,
            _ if self.notes.read_only.is_some() => {
                let why = self.notes.read_only.clone().unwrap_or_default();
                self.complain(format!("Read-only: {why}"));
            }
            Command::SetSpeaker => match count {
                Some(number) => self.set_speaker_by_number(number, self.paragraph_at_cursor()),
                None => self.ask_for_speaker(),
            },
            Command::RenameSpeaker => self.ask_for_name(),
            Command::StartTurn => self.mend_paragraph(Mending::Start, "a turn starts here"),
            Command::JoinTurn => self.mend_paragraph(Mending::Join, "this goes on with the turn before"),
            Command::FrontMatter => self.mend_paragraph(Mending::Front, "front matter up to here"),
            Command::BackMatter => self.mend_paragraph(Mending::Back, "back matter from here"),
            _ => self.swap_roles(),
        }
        true
    }

    /// The paragraph of the transcript at the cursor; of a translation, its original.
    pub(super) fn paragraph_at_cursor(&self) -> ParagraphIndex {
        let paragraph = self.reading.cursor.paragraph;
        self.interview().original_of(paragraph).unwrap_or(paragraph)
    }

    fn ask_for_speaker(&mut self) {
        let paragraph = self.paragraph_at_cursor();
        self.ask(Purpose::Speaker(paragraph), Prompt::default());
    }

    fn set_speaker_by_number(&mut self, number: u32, paragraph: ParagraphIndex) {
        let speakers = &self.interview().speakers;
        let Some(speaker) = (number as usize).checked_sub(1).and_then(|at| speakers.get(at)) else {
            return self.tell(match speakers.len() {
                0 => "Nobody is named here yet: ⟨set-speaker⟩ takes a name.".to_owned(),
                1 => "There is 1 speaker.".to_owned(),
                count => format!("There are {count} speakers."),
            });
        };
        let name = speaker.name.clone();
        self.set_speaker(paragraph, &name);
    }

    /// Gives the turn that holds a paragraph to a speaker; from the paragraph on, where it does not begin the turn.
    pub(super) fn set_speaker(&mut self, paragraph: ParagraphIndex, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let interview = self.interview();
        // A number is that of a speaker in the list, unless somebody is called so.
        if let Ok(number) = name.parse::<u32>()
            && !interview.speakers.iter().any(|speaker| speaker.name == name)
        {
            return self.set_speaker_by_number(number, paragraph);
        }
        // Where nobody is named and nothing tells turns apart, the one turn is the whole talk: the first names begin
        // where they are given, and who says the rest is worked out from them.
        let nothing_told = self.document.base.turns().iter().all(|turn| turn.speaker.is_none())
            && self.document.base.turns().len() < 2
            && interview.inferences.is_empty();
        let paragraphs = match interview.turn_of(paragraph) {
            Some(turn) if !nothing_told => paragraph.0..interview.turn_paragraphs(turn).end,
            _ => paragraph.0..paragraph.0 + 1,
        };
        let heard = interview.turns().iter().filter_map(|turn| turn.speaker).next().is_some();
        let mut corrections = self.notes.corrections.clone();
        for paragraph in paragraphs {
            let mending = Mending::Speaker(name.to_owned());
            self.put_correction(&mut corrections, ParagraphIndex(paragraph), mending);
        }
        self.change_corrections("speaker", corrections);
        match nothing_told && !heard {
            true => self.tell(format!(
                "Said by {name} from here on. ⟨set-speaker⟩ where the other one begins; the rest is worked out then."
            )),
            false => self.tell(format!("Said by {name} from here to the end of the turn. ⟨undo⟩ takes it back.")),
        }
    }

    fn mend_paragraph(&mut self, mending: Mending, what: &str) {
        let paragraph = self.paragraph_at_cursor();
        if let Some(why) = self.is_so_already(&mending, paragraph) {
            return self.tell(why);
        }
        let mut corrections = self.notes.corrections.clone();
        if matches!(mending, Mending::Front | Mending::Back) {
            // There is one end of the front matter and one start of the back matter.
            corrections.retain(
                |correction| !matches!(correction, Correction::Paragraph { mending: other, .. } if *other == mending),
            );
        }
        self.put_correction(&mut corrections, paragraph, mending);
        self.change_corrections("correction", corrections);
        self.tell(format!("Corrected: {what}. ⟨undo⟩ takes it back."));
    }

    /// Why a correction would change nothing.
    fn is_so_already(&self, mending: &Mending, paragraph: ParagraphIndex) -> Option<&'static str> {
        let interview = self.interview();
        let (matter, turn) = (interview.matter(paragraph), interview.turn_of(paragraph));
        let first = turn.and_then(|turn| interview.turn(turn)).filter(|turn| turn.first == paragraph);
        let marked = |wanted: &Mending| {
            let is_that = |one: &Correction| matches!(one, Correction::Paragraph { mending, .. } if mending == wanted);
            self.notes.corrections.iter().any(is_that)
        };
        match mending {
            Mending::Start
                if matter == Matter::Body && first.is_some_and(|turn| turn.origin != LabelOrigin::Inferred) =>
            {
                Some("A turn starts here already.")
            }
            Mending::Join if turn.is_some_and(|turn| turn.0 == 0) && first.is_some() => {
                Some("There is no turn before this one.")
            }
            Mending::Join if turn.is_some() && first.is_none() => Some("This goes on with the turn already."),
            Mending::Start | Mending::Join if matter != Matter::Body => {
                Some("This is no part of the talk: ⟨set-speaker⟩ says who speaks here.")
            }
            Mending::Front if matter == Matter::Front && !marked(mending) => Some("This is front matter already."),
            Mending::Back if matter == Matter::Back && !marked(mending) => Some("This is back matter already."),
            _ => None,
        }
    }

    /// Adds a correction of a paragraph in place of those that it contradicts.
    fn put_correction(&self, corrections: &mut Vec<Correction>, at: ParagraphIndex, mending: Mending) {
        corrections.retain(|correction| match correction {
            Correction::Paragraph { paragraph, mending: other, .. } if *paragraph == at.0 => {
                matches!(other, Mending::Speaker(_)) != matches!(mending, Mending::Speaker(_))
            }
            _ => true,
        });
        let begins = self.interview().paragraph(at).chars().take(32).collect();
        corrections.push(Correction::Paragraph { paragraph: at.0, begins, mending });
    }

    fn speaker_at_cursor(&self) -> Option<&Speaker> {
        let speaker = self.interview().speaker_of(self.reading.cursor.paragraph)?;
        self.interview().speaker(speaker)
    }

    fn ask_for_name(&mut self) {
        match self.speaker_at_cursor().map(|speaker| speaker.name.clone()) {
            Some(name) => self.ask(Purpose::Rename(name.clone()), Prompt::with_text(&name)),
            None => self.tell("Nobody is named here: S says who speaks."),
        }
    }

    /// Gives a speaker another name; the name of another speaker makes them one.
    pub(super) fn rename_speaker(&mut self, from: &str, to: &str) {
        let to = to.trim();
        if to.is_empty() || to == from {
            return;
        }
        let is_merged = self.interview().speakers.iter().any(|speaker| speaker.name == to);
        let mut corrections = self.notes.corrections.clone();
        corrections.push(Correction::Rename { from: from.to_owned(), to: to.to_owned() });
        self.change_corrections("name", corrections);
        match is_merged {
            true => self.tell(format!("{from} and {to} are one. ⟨undo⟩ takes it back.")),
            false => self.tell(format!("{from} is now called {to}. ⟨undo⟩ takes it back.")),
        }
    }

    /// Makes who asks answer, and who answers ask.
    fn swap_roles(&mut self) {
        let mut corrections = self.notes.corrections.clone();
        corrections.retain(|correction| !matches!(correction, Correction::Role { .. }));
        let mut swapped = 0;
        for speaker in &self.interview().speakers {
            let role = match speaker.role {
                Role::Interviewer => Role::Guest,
                Role::Guest => Role::Interviewer,
                Role::Other => continue,
            };
            swapped += 1;
            corrections.push(Correction::Role { speaker: speaker.name.clone(), role });
        }
        if swapped == 0 {
            return self.tell("Nobody has a role here that could be swapped.");
        }
        self.change_corrections("roles", corrections);
        self.tell("Roles swapped: who asked answers. ⟨undo⟩ takes it back.");
    }

    pub(super) fn go_to_doubtful(&mut self, forward: bool, times: u32) {
        let cursor = self.reading.cursor.paragraph;
        let turns = self.interview().turns();
        let doubtful = turns.iter().enumerate().filter(|(_, turn)| {
            let is_doubtful = matches!(turn.confidence, Some(Confidence::Doubtful | Confidence::Likely));
            is_doubtful && if forward { turn.first > cursor } else { turn.first < cursor }
        });
        let found =
            if forward { doubtful.take(times as usize).last() } else { doubtful.rev().take(times as usize).last() };
        let Some(turn) = found.map(|(number, _)| TurnIndex(number as u32)) else {
            return self.tell("No doubtful turn that way.");
        };
        let first = ParagraphIndex(self.interview().turn_paragraphs(turn).start);
        self.note_jump();
        self.go_to_paragraph_head(Position::start_of(first));
        let inferred = self.interview().inferences.iter().find(|inference| inference.paragraph == first);
        if let Some(inference) = inferred {
            let reasons: Vec<String> = inference.reasons.iter().map(|(why, _)| (*why).to_owned()).collect();
            let reasons = if reasons.is_empty() { "no signal".to_owned() } else { reasons.join(", ") };
            let sure = Confidence::from_margin(inference.margin).name();
            self.tell(format!(
                "Only {sure}: {reasons}. ⟨set-speaker⟩ sets the speaker, ⟨start-turn⟩ starts a turn, ⟨join-turn⟩ joins."
            ));
        }
    }
}

fn corrects(command: Command) -> bool {
    matches!(
        command,
        Command::SetSpeaker
            | Command::RenameSpeaker
            | Command::StartTurn
            | Command::JoinTurn
            | Command::FrontMatter
            | Command::BackMatter
            | Command::SwapRoles
    )
}
