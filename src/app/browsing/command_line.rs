//! Commands by name, in the lists.

use super::{BrowseEffect, BrowseOver, Browser};
use crate::app::prompting::fitting;
use crate::app::{Asking, Command, Prompt, Purpose};
use crate::config::Theme;

/// The commands that the lists know.
const COMMANDS: [Command; 16] = [
    Command::Accept,
    Command::AllFollowUps,
    Command::CycleStatus,
    Command::Filter,
    Command::Help,
    Command::ItemFirst,
    Command::ItemLast,
    Command::NextPane,
    Command::PreviousPane,
    Command::Quit,
    Command::Redo,
    Command::Redraw,
    Command::Rescan,
    Command::SearchAll,
    Command::Sort,
    Command::Undo,
];

impl Browser {
    pub(super) fn start_command_line(&mut self) {
        let prompt = Prompt::with_history(self.commands.clone());
        self.over = Some(BrowseOver::CommandLine(Asking::new(Purpose::CommandLine, prompt)));
        self.command_line_changed();
    }

    pub(super) fn command_line_changed(&mut self) {
        let Some(BrowseOver::CommandLine(asking)) = &mut self.over else { return };
        let typed = asking.prompt.text();
        let choices: Vec<String> = match typed.split_once(' ').map(|(name, _)| name) {
            Some("theme") => Theme::ALL.iter().map(|theme| theme.name().to_owned()).collect(),
            Some(_) => Vec::new(),
            None => COMMANDS.iter().map(|command| command.name()).chain(["theme"]).map(str::to_owned).collect(),
        };
        let part = typed[asking.completed_from()..].trim().to_owned();
        asking.offer(fitting(choices, &part));
    }

    pub(super) fn command_line_command(&mut self, command: Command) {
        let Some(BrowseOver::CommandLine(asking)) = &mut self.over else { return };
        let before = asking.prompt.text().to_owned();
        match command {
            Command::Accept => {
                self.over = None;
                self.run_command_line(before.trim());
            }
            Command::Cancel => self.over = None,
            Command::EraseBack if before.is_empty() => self.over = None,
            Command::Complete => asking.complete(true),
            Command::ItemUp => asking.complete(false),
            Command::HistoryBack => asking.prompt.back_in_history(),
            Command::HistoryForward => asking.prompt.forward_in_history(),
            command => {
                asking.prompt.edit(command);
                self.command_line_changed();
            }
        }
    }

    fn run_command_line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        self.commands.retain(|old| old != line);
        self.commands.push(line.to_owned());
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let command = Command::from_name(name).filter(|command| COMMANDS.contains(command));
        match (name, command) {
            ("theme", _) => self.choose_theme(rest.trim()),
            ("q" | "q!" | "wq" | "x", _) => self.effects.push(BrowseEffect::Quit),
            (_, Some(command)) => self.command(command, rest.trim().parse().ok()),
            _ => self.complain(&format!("“{name}” is no command of this list. ⟨help⟩ lists them.")),
        }
    }

    fn choose_theme(&mut self, name: &str) {
        match Theme::from_name(name) {
            Some(theme) => {
                self.effects.push(BrowseEffect::Theme(theme));
                self.tell(&format!("Colours: {name}. The settings file keeps a choice."));
            }
            None => {
                let names: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name()).collect();
                self.complain(&format!("Which colours? :theme {}.", names.join(", ")));
            }
        }
    }
}
