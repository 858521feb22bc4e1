//! What keys and the mouse do in the lists.

use super::{BrowseEffect, BrowseOver, Browser, Cursor, Goal, ListRow, Listing, Scanning, status_of};
use crate::app::bulk::following;
use crate::app::{Command, Mouse, Page, Prompt};

impl Browser {
    pub(super) fn command(&mut self, command: Command, count: Option<u32>) {
        match command {
            Command::Redraw => return self.effects.push(BrowseEffect::Redraw),
            Command::Suspend => return self.effects.push(BrowseEffect::Suspend),
            _ => {}
        }
        match self.over {
            Some(BrowseOver::Filter(_)) => self.filter_command(command),
            Some(BrowseOver::Search(_)) => self.search_command(command),
            Some(BrowseOver::CommandLine(_)) => self.command_line_command(command),
            Some(BrowseOver::Page(_)) => self.page_command(command, count),
            None => self.list_command(command, count),
        }
    }

    fn list_command(&mut self, command: Command, count: Option<u32>) {
        let (entries, page) = (self.entries(), self.entries_on_screen());
        if self.cursor_mut().go(command, count.unwrap_or(1) as usize, entries, page) {
            return self.keep_choice();
        }
        match command {
            Command::Accept => self.open(),
            Command::Filter if self.listing == Listing::Found => self.ask_for_search(),
            Command::Filter => self.over = Some(BrowseOver::Filter(Prompt::with_text(self.filter()))),
            Command::Sort => match self.listing {
                Listing::Interviews => self.interviews.sort_next(),
                Listing::FollowUps => self.follow_ups.sort_next(),
                Listing::Found => {}
            },
            Command::AllFollowUps if self.listing == Listing::FollowUps => self.listing = Listing::Interviews,
            Command::AllFollowUps => self.show(Listing::FollowUps),
            Command::SearchAll => {
                self.listing = Listing::Found;
                self.ask_for_search();
            }
            Command::NextPane => self.show(self.next_listing(1)),
            Command::PreviousPane => self.show(self.next_listing(2)),
            Command::CycleStatus => self.cycle_status(),
            Command::Undo => self.change_back(false),
            Command::Redo => self.change_back(true),
            Command::CommandLine => self.start_command_line(),
            Command::Rescan => self.effects.push(BrowseEffect::Scan),
            Command::Help => self.show_help(),
            Command::Cancel => self.cancel(),
            Command::Quit => self.effects.push(BrowseEffect::Quit),
            _ => {}
        }
    }

    fn cycle_status(&mut self) {
        if self.listing != Listing::FollowUps {
            return self.tell("Only follow-ups and questions have a status: ⟨all-follow-ups⟩ lists them.");
        }
        let Some(follow_up) = self.follow_ups.chosen().cloned() else { return };
        let status = following(status_of(&follow_up));
        self.follow_ups.remember(&follow_up, status);
        self.effects.push(BrowseEffect::SetStatus(Box::new(follow_up), status));
    }

    /// Takes the last change of a status back, or makes it again.
    fn change_back(&mut self, again: bool) {
        match self.follow_ups.remembered(again) {
            Some((follow_up, status)) => self.effects.push(BrowseEffect::SetStatus(Box::new(follow_up), status)),
            None if again => self.tell("Nothing was undone."),
            None => self.tell("Nothing was changed here."),
        }
    }

    fn keep_choice(&mut self) {
        if self.listing == Listing::Interviews {
            self.interviews.keep_choice();
        }
    }

    fn next_listing(&self, steps: usize) -> Listing {
        const ALL: [Listing; 3] = [Listing::Interviews, Listing::FollowUps, Listing::Found];
        let at = ALL.iter().position(|listing| *listing == self.listing).unwrap_or(0);
        ALL.get((at + steps) % ALL.len()).copied().unwrap_or_default()
    }

    fn show(&mut self, listing: Listing) {
        self.listing = listing;
        match listing {
            Listing::FollowUps if !self.follow_ups.is_read => self.effects.push(BrowseEffect::ReadFollowUps),
            Listing::Found if self.finding.is_empty() => self.ask_for_search(),
            _ => {}
        }
    }

    fn open(&mut self) {
        let (path, goal) = match self.listing {
            Listing::Interviews => match self.interviews.chosen() {
                Some(summary) => (summary.path.clone(), Goal::LastRead),
                None => return,
            },
            Listing::FollowUps => match self.follow_ups.chosen() {
                Some(follow_up) => (follow_up.path.clone(), Goal::Annotation(follow_up.annotation.id.clone())),
                None => return,
            },
            Listing::Found => match self.finding.goal() {
                Some((found, goal)) => (found.found.path.clone(), goal),
                None => return,
            },
        };
        self.effects.push(BrowseEffect::Open(path, goal));
        self.keep_choice();
    }

    /// Takes back one thing: a search that goes on, the filter, a scan that goes on, then the list.
    fn cancel(&mut self) {
        if self.listing == Listing::Found && self.finding.stop() {
            self.effects.push(BrowseEffect::StopSearch);
        } else if !self.filter().is_empty() {
            self.set_filter("");
        } else if self.listing == Listing::Interviews && matches!(self.scanning, Scanning::On(_)) {
            self.effects.push(BrowseEffect::StopScan);
        } else {
            self.listing = Listing::Interviews;
        }
    }

    fn ask_for_search(&mut self) {
        self.over = Some(BrowseOver::Search(Prompt::with_text(&self.finding.words)));
    }

    fn search_command(&mut self, command: Command) {
        let Some(BrowseOver::Search(prompt)) = &mut self.over else { return };
        match command {
            Command::Accept => self.over = None,
            Command::Cancel => {
                self.over = None;
                if self.finding.words.trim().is_empty() {
                    self.listing = Listing::Interviews;
                }
            }
            Command::EraseBack if prompt.text().is_empty() => {
                self.over = None;
                self.listing = Listing::Interviews;
            }
            // The list fills as one types, so the arrows go through it.
            Command::HistoryForward => self.list_command(Command::ItemDown, None),
            Command::HistoryBack => self.list_command(Command::ItemUp, None),
            Command::Complete | Command::ItemUp => {
                self.over = None;
                self.show(self.next_listing(if command == Command::Complete { 1 } else { 2 }));
            }
            Command::ToggleRegex => {
                let typed = prompt.text().to_owned();
                self.finding.is_regex = !self.finding.is_regex;
                self.search(&typed);
            }
            command => {
                prompt.edit(command);
                self.search_changed();
            }
        }
    }

    fn search_changed(&mut self) {
        let Some(BrowseOver::Search(prompt)) = &self.over else { return };
        let typed = prompt.text().to_owned();
        if typed != self.finding.words {
            self.search(&typed);
        }
    }

    pub(super) fn search(&mut self, words: &str) {
        let begins = self.finding.begin(words);
        let effect = match begins && !self.interviews.all().is_empty() {
            true => BrowseEffect::Search {
                number: self.finding.number,
                words: words.to_owned(),
                is_regex: self.finding.is_regex,
            },
            false => BrowseEffect::StopSearch,
        };
        if effect == BrowseEffect::StopSearch {
            self.finding.progress = None;
        }
        self.effects.push(effect);
    }

    fn show_help(&mut self) {
        let mode = self.mode();
        let (title, lines) = (format!("Keys: {}", mode.title()), self.keys.page(mode));
        self.over = Some(BrowseOver::Page(Page { title, lines, ..Page::default() }));
    }

    fn page_command(&mut self, command: Command, count: Option<u32>) {
        let area = self.page_area();
        if let Some(BrowseOver::Page(page)) = &mut self.over
            && !page.command(command, count, area)
        {
            self.over = None;
        }
    }

    fn filter_command(&mut self, command: Command) {
        let Some(BrowseOver::Filter(prompt)) = &mut self.over else { return };
        match command {
            Command::Accept => self.over = None,
            Command::Cancel => {
                self.over = None;
                self.set_filter("");
            }
            Command::EraseBack if prompt.text().is_empty() => self.over = None,
            // The list is narrowed as one types, so the arrows go through it.
            Command::HistoryForward => self.list_command(Command::ItemDown, None),
            Command::HistoryBack => self.list_command(Command::ItemUp, None),
            command => {
                prompt.edit(command);
                self.filter_changed();
            }
        }
    }

    pub(super) fn type_text(&mut self, typed: &str) {
        self.message = None;
        match &mut self.over {
            Some(BrowseOver::Filter(prompt)) => {
                prompt.insert(typed);
                self.filter_changed();
            }
            Some(BrowseOver::Search(prompt)) => {
                prompt.insert(typed);
                self.search_changed();
            }
            Some(BrowseOver::CommandLine(asking)) => {
                asking.prompt.insert(typed);
                self.command_line_changed();
            }
            Some(BrowseOver::Page(page)) => page.type_text(typed),
            None => {}
        }
    }

    fn filter_changed(&mut self) {
        let Some(BrowseOver::Filter(prompt)) = &self.over else { return };
        let typed = prompt.text().to_owned();
        if typed != self.filter() {
            self.set_filter(&typed);
            *self.cursor_mut() = Cursor::default();
        }
    }

    pub(super) fn mouse(&mut self, mouse: Mouse, x: u16, y: u16) {
        let area = self.page_area();
        if let Some(BrowseOver::Page(page)) = &mut self.over {
            if !page.mouse(mouse, area) {
                self.over = None;
            }
            return;
        }
        let (rows, area) = (self.rows(), self.list_area());
        let height = usize::from(area.height);
        match mouse {
            Mouse::WheelDown => self.cursor_mut().scroll(3, &rows, height),
            Mouse::WheelUp => self.cursor_mut().scroll(-3, &rows, height),
            Mouse::Press if area.contains(x, y) => {
                let row = self.cursor().top + usize::from(y - area.y);
                if let Some(ListRow::Entry(entry, _)) = rows.get(row) {
                    // The second press of a double click opens.
                    match self.cursor().chosen == *entry {
                        true => self.open(),
                        false => self.cursor_mut().chosen = *entry,
                    }
                    self.keep_choice();
                }
            }
            Mouse::Press | Mouse::Drag | Mouse::Release => {}
        }
    }
}
