//! What is typed on the bottom line, and what is done with it.

use crate::app::{App, Command, Effect, Over, Prompt, notes_filter};
use crate::config::Theme;
use crate::export::Format;
use crate::model::{AnnotationId, ParagraphIndex, Timecode};
use crate::text;

/// A line being typed and what it is for.
#[derive(Clone, Debug)]
pub struct Asking {
    /// What it is for.
    pub purpose: Purpose,
    /// The line.
    pub prompt: Prompt,
    /// What could complete it.
    pub choices: Vec<String>,
    /// The choice that completing takes next.
    pub chosen: Option<usize>,
}

/// What a line is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To search in the text.
    Search,
    /// To tag an annotation, or a new highlight.
    Tags(Option<AnnotationId>),
    /// To tag the notes that are picked in the list.
    TagsOfPicked,
    /// To run a command.
    CommandLine,
    /// To say who speaks the turn that holds this paragraph.
    Speaker(ParagraphIndex),
    /// To give the speaker of this name another one.
    Rename(String),
    /// To name a topic that begins at the cursor.
    OwnTopic,
    /// To narrow the list of notes.
    NotesFilter,
    /// To choose a format to export to.
    Export,
}

impl Purpose {
    /// What stands before the line.
    pub fn label(&self, is_regex: bool) -> &'static str {
        match self {
            Purpose::Search if is_regex => "regex /",
            Purpose::Search => "/",
            Purpose::Tags(_) => "tags: ",
            Purpose::TagsOfPicked => "tags of all picked: ",
            Purpose::CommandLine => ":",
            Purpose::Speaker(_) => "who speaks: ",
            Purpose::Rename(_) => "new name: ",
            Purpose::OwnTopic => "topic: ",
            Purpose::NotesFilter => "notes with: ",
            Purpose::Export => "export to: ",
        }
    }
}

/// What the command line takes besides the commands that have keys, and what each does.
const TYPED: [(&str, &str); 5] = [
    ("due", "Say by when the follow-up is due: :due 2026-03-04, :due +7, or no day."),
    ("goto", "Go to the turn of this number."),
    ("measure", "Make the text so many columns wide."),
    ("speaker", "Say who speaks the turn at the cursor."),
    ("theme", "Change the colours: auto, dark, light, high-contrast."),
];

impl Asking {
    /// What the command does that is typed, or that would complete what is typed.
    pub fn sentence(&self) -> Option<&'static str> {
        let typed = self.prompt.text().split(' ').next().filter(|typed| !typed.is_empty())?;
        let said = |name: &str| {
            let typed = TYPED.iter().find(|(known, _)| *known == name).map(|(_, sentence)| *sentence);
            typed.or_else(|| Command::from_name(name).map(Command::sentence))
        };
        said(typed).or_else(|| said(self.choices.first()?))
    }

    /// A line being typed for a purpose.
    pub fn new(purpose: Purpose, prompt: Prompt) -> Self {
        Self { purpose, prompt, choices: Vec::new(), chosen: None }
    }

    /// What could complete the line; a few are enough.
    pub(super) fn offer(&mut self, choices: Vec<String>) {
        self.choices = choices.into_iter().take(8).collect();
        self.chosen = None;
    }

    /// Takes the next choice into the line, or the one before.
    pub(super) fn complete(&mut self, forward: bool) {
        let count = self.choices.len();
        let next = match self.chosen {
            _ if count == 0 => return,
            None if forward => 0,
            None => count - 1,
            Some(at) if forward => (at + 1) % count,
            Some(at) => (at + count - 1) % count,
        };
        self.chosen = Some(next);
        let before = &self.prompt.text()[..self.completed_from()];
        let blank = if before.is_empty() || before.ends_with(' ') { "" } else { " " };
        let line = format!("{before}{blank}{}", self.choices[next]);
        self.prompt.set(&line);
    }

    /// The part of the line that a choice takes the place of.
    pub(super) fn completed_from(&self) -> usize {
        match self.purpose {
            Purpose::Tags(_) | Purpose::TagsOfPicked => self.prompt.text().rfind(',').map_or(0, |comma| comma + 1),
            Purpose::NotesFilter => notes_filter::last_part(self.prompt.text()),
            Purpose::CommandLine => self.prompt.text().find(' ').map_or(0, |blank| blank + 1),
            _ => 0,
        }
    }
}

impl App {
    pub(super) fn start_command_line(&mut self) {
        self.ask(Purpose::CommandLine, Prompt::with_history(self.searching.commands.clone()));
    }

    pub(super) fn start_export(&mut self) {
        self.ask(Purpose::Export, Prompt::default());
    }

    /// The line changed: works out what could complete it, and searches as one types.
    pub(super) fn prompt_changed(&mut self) {
        let Some(Over::Prompt(asking)) = &self.over else { return };
        let typed = asking.prompt.text().to_owned();
        let part = typed[asking.completed_from()..].trim().to_owned();
        let choices = match &asking.purpose {
            Purpose::Search => return self.search_typed(&typed),
            Purpose::OwnTopic => Vec::new(),
            Purpose::Tags(_) | Purpose::TagsOfPicked => self.known_tags().iter().map(|tag| tag.to_string()).collect(),
            Purpose::Speaker(_) | Purpose::Rename(_) => {
                self.interview().speakers.iter().map(|speaker| speaker.name.clone()).collect()
            }
            Purpose::Export => Format::ALL.iter().map(|format| format.name().to_owned()).collect(),
            Purpose::CommandLine => self.command_line_choices(&typed),
            Purpose::NotesFilter => {
                self.notes_pane.filter.clone_from(&typed);
                self.list_narrowed();
                return self.offer(self.filter_choices(&part).into_iter().filter(|choice| *choice != part).collect());
            }
        };
        self.offer(fitting(choices, &part));
    }

    fn offer(&mut self, choices: Vec<String>) {
        if let Some(Over::Prompt(asking)) = &mut self.over {
            asking.offer(choices);
        }
    }

    /// What could complete a command line: names of commands and, behind some of them, what they take.
    fn command_line_choices(&self, typed: &str) -> Vec<String> {
        match typed.split_once(' ').map(|(name, _)| name) {
            Some("theme") => Theme::ALL.iter().map(|theme| theme.name().to_owned()).collect(),
            Some("speaker") => self.interview().speakers.iter().map(|speaker| speaker.name.clone()).collect(),
            Some("export") => Format::ALL.iter().map(|format| format.name().to_owned()).collect(),
            Some(_) => Vec::new(),
            None => {
                let commands = Command::ALL.iter().map(|command| command.name());
                TYPED.iter().map(|(name, _)| *name).chain(commands).map(str::to_owned).collect()
            }
        }
    }

    pub(super) fn prompt_command(&mut self, command: Command) {
        let Some(Over::Prompt(asking)) = &mut self.over else { return };
        let before = asking.prompt.text().to_owned();
        match command {
            Command::Accept => return self.accept_prompt(),
            Command::Cancel => return self.leave_prompt(),
            Command::Complete => return self.complete(true),
            Command::ItemUp => return self.complete(false),
            Command::ToggleRegex => {
                if asking.purpose == Purpose::Search {
                    self.toggle_regex(&before);
                }
                return;
            }
            Command::EraseBack if before.is_empty() => return self.leave_prompt(),
            Command::HistoryBack => asking.prompt.back_in_history(),
            Command::HistoryForward => asking.prompt.forward_in_history(),
            Command::SearchNotes if asking.purpose == Purpose::Search => {
                self.accept_prompt();
                return self.list_note_hits();
            }
            Command::Help => return self.show_help(),
            command => asking.prompt.edit(command),
        }
        if asking.prompt.text() != before {
            self.prompt_changed();
        }
    }

    /// Takes the next choice into the line, or the one before.
    fn complete(&mut self, forward: bool) {
        let Some(Over::Prompt(asking)) = &mut self.over else { return };
        let is_certain = asking.choices.len() == 1;
        asking.complete(forward);
        if asking.purpose == Purpose::NotesFilter {
            self.notes_pane.filter = asking.prompt.text().to_owned();
            self.list_narrowed();
        }
        // What was completed beyond doubt may be gone on with.
        if is_certain {
            self.prompt_changed();
        }
    }

    fn leave_prompt(&mut self) {
        let Some(Over::Prompt(asking)) = self.over.take() else { return };
        match asking.purpose {
            Purpose::Search => self.leave_search(),
            Purpose::NotesFilter => self.notes_pane.filter.clear(),
            _ => {}
        }
    }

    fn accept_prompt(&mut self) {
        let Some(Over::Prompt(asking)) = self.over.take() else { return };
        let typed = asking.prompt.text().to_owned();
        match asking.purpose {
            Purpose::Search => self.keep_search(&typed),
            Purpose::Tags(of) => self.set_tags(of.as_ref(), &typed),
            Purpose::TagsOfPicked => self.set_tags_of_picked(&typed),
            Purpose::CommandLine => self.run_command_line(&typed),
            Purpose::Speaker(paragraph) => self.set_speaker(paragraph, &typed),
            Purpose::Rename(from) => self.rename_speaker(&from, &typed),
            Purpose::OwnTopic => self.name_own_topic(&typed),
            Purpose::NotesFilter => self.notes_pane.filter = typed,
            Purpose::Export => self.export(typed.trim(), None),
        }
    }

    fn export(&mut self, format: &str, to: Option<&str>) {
        let format = if format.is_empty() { Format::Markdown.name() } else { format };
        if Format::from_name(format).is_none() {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            return self.complain(format!("“{format}” is no format: {} are.", names.join(", ")));
        }
        self.effect(Effect::Export { format: format.to_owned(), to: to.map(str::to_owned) });
    }

    fn run_command_line(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        self.searching.commands.retain(|old| old != line);
        self.searching.commands.push(line.to_owned());
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let number = rest.parse::<u32>().ok();
        match (name, number) {
            ("q" | "q!" | "wq" | "x", _) => return self.run_command(Command::Quit, None),
            ("w", _) => return self.tell("Every change is saved as it is made."),
            ("goto", Some(turn)) => return self.go_to_turn(turn.saturating_sub(1)),
            ("measure", Some(columns)) => return self.set_measure(columns.min(1000) as u16),
            ("theme", _) => return self.choose_theme(rest),
            ("goto", None) => return self.complain("Which turn? :goto 12."),
            ("measure", None) => {
                let columns = self.preferences.measure;
                return self.tell(format!("Text of at most {columns} columns. :measure 60 makes it 60."));
            }
            ("speaker", _) if rest.is_empty() => return self.run_command(Command::SetSpeaker, None),
            ("speaker", _) => return self.speaker_from_command_line(rest),
            ("due", _) => return self.set_due(rest),
            ("export", _) if !rest.is_empty() => {
                let (format, to) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                return self.export(format, Some(to.trim()).filter(|to| !to.is_empty()));
            }
            _ => {}
        }
        if let Ok(time) = line.parse::<Timecode>() {
            return self.go_to_time(time);
        }
        if let Ok(percent) = line.trim_end_matches('%').parse::<u32>() {
            return if line.ends_with('%') { self.go_to_percent(percent) } else { self.go_to_turn(percent.max(1) - 1) };
        }
        match Command::from_name(name) {
            Some(command) => self.run_command(command, number),
            None => self.complain(format!("“{name}” is no command. ⟨complete⟩ completes; ⟨help⟩ lists them.")),
        }
    }

    fn choose_theme(&mut self, name: &str) {
        match Theme::from_name(name) {
            Some(theme) => {
                self.effect(Effect::Theme(theme));
                self.tell(format!("Colours: {name}. The settings file keeps a choice."));
            }
            None => {
                let names: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name()).collect();
                self.complain(format!("Which colours? :theme {}.", names.join(", ")));
            }
        }
    }

    fn speaker_from_command_line(&mut self, name: &str) {
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        self.set_speaker(self.paragraph_at_cursor(), name);
    }

    fn run_command(&mut self, command: Command, count: Option<u32>) {
        self.transcript_command(command, count);
    }
}

/// Those of some choices that a part that was typed begins, and then those that it is in.
pub(super) fn fitting(choices: Vec<String>, part: &str) -> Vec<String> {
    let folded = text::fold(part);
    let (starts, within): (Vec<String>, Vec<String>) = choices
        .into_iter()
        .filter(|choice| choice != part && text::fold(choice).text().contains(folded.text()))
        .partition(|choice| text::fold(choice).text().starts_with(folded.text()));
    starts.into_iter().chain(within).collect()
}
