//! The list of interviews without a terminal and without a folder: keys as they are written in, screens out.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use interleaf::app::{Action, BrowseEffect, Browser, Clock, Command, FoundIn, Listing, Mode, Mouse};
use interleaf::keymap::{Key, KeyName, KeyReader, Keymap, Read};
use interleaf::library::{self, About, Library, Notes, Progress, Scan, Settings, Sought, Summary};
use interleaf::store::Visit;
use interleaf::ui::{self, Theme};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::screen;
use super::session::tokens;

/// The list of interviews without a terminal.
pub(crate) struct Shelf {
    /// The list.
    pub(crate) browser: Browser,
    /// The look of its screen.
    pub(crate) theme: Theme,
    /// What was to be carried out.
    pub(crate) effects: Vec<BrowseEffect>,
    /// The commands that keys came to.
    pub(crate) commands: Vec<Command>,
    keymap: Keymap,
    keys: KeyReader,
}

/// An interview in a line: `ferry.txt | The Last Ferry | Tom Bellis, Ada Pryce | 2024-03-02 | 2400 words | 3 notes | 1 open`.
pub(crate) fn summary(line: &str) -> Summary {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let number = |at: usize| fields[at].split(' ').next().unwrap().parse::<u64>().unwrap();
    Summary {
        path: PathBuf::from("/talks").join(fields[0]),
        name: fields[0].to_owned(),
        about: About {
            title: fields[1].to_owned(),
            speakers: fields[2].split(", ").map(str::to_owned).collect(),
            date: Some(fields[3].to_owned()).filter(|date| !date.is_empty()),
            words: number(4),
            ..About::default()
        },
        notes: Notes { count: number(5) as u32, pending: number(6) as u32, broken: 0 },
    }
}

impl Shelf {
    /// The list of these interviews, each in a [line](summary), as it is when the scan has ended.
    pub(crate) fn new(interviews: &str) -> Self {
        let mut shelf = Self::empty();
        let interviews = interviews.lines().map(str::trim).filter(|line| !line.is_empty()).map(summary).collect();
        shelf.browser.scanned(Library { interviews, is_partial: false });
        shelf.browser.arrange();
        shelf
    }

    /// The list of the samples.
    pub(crate) fn samples() -> Self {
        let mut shelf = Self::empty();
        shelf.browser.folder = "samples".to_owned();
        let scan = Scan::new("samples".as_ref(), &Settings::default()).with_cache(None);
        shelf.browser.scanned(scan.run(&AtomicBool::new(false), &|_, _| {}));
        shelf.browser.arrange();
        shelf
    }

    /// An empty list whose scan has begun.
    pub(crate) fn empty() -> Self {
        let clock = Clock { now: || "2026-11-24T10:00:00Z".parse().unwrap(), zone: TimeZone::UTC };
        let keymap = Keymap::default_keys().unwrap();
        let mut browser = Browser::new("talks", 230, clock);
        browser.keys = keymap.table();
        Self {
            browser,
            theme: Theme::default(),
            effects: Vec::new(),
            commands: Vec::new(),
            keymap,
            keys: KeyReader::default(),
        }
    }

    /// The same with these interviews read, each as `ferry.txt 2026-11-23T18:00:00Z 38`.
    pub(crate) fn read(mut self, visits: &str) -> Self {
        let visit = |line: &str| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (read, percent) = (fields[1].parse::<Timestamp>().unwrap(), fields[2].parse().unwrap());
            (PathBuf::from("/talks").join(fields[0]), Visit { read, percent })
        };
        let visits: HashMap<_, _> = visits.lines().filter(|line| !line.trim().is_empty()).map(visit).collect();
        self.browser.take_in_visits(visits);
        self.browser.arrange();
        self
    }

    /// The same in a window of another size.
    pub(crate) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.act(Action::Resize(columns, rows));
        self
    }

    /// A scan finds one more.
    pub(crate) fn found(&mut self, line: &str, done: usize, total: usize) {
        self.browser.found(Some(summary(line)), Progress { done, total });
        self.browser.arrange();
    }

    /// Presses keys, written as [`Session::keys`](super::session::Session::keys) takes them.
    pub(crate) fn keys(&mut self, written: &str) -> &mut Self {
        for token in tokens(written) {
            match token {
                Ok(key) => self.press(key),
                Err(text) => text.chars().for_each(|c| self.press(Key::plain(KeyName::Character(c)))),
            }
        }
        self
    }

    fn press(&mut self, key: Key) {
        let read = self.keys.read(&self.keymap, self.browser.mode(), key);
        if !matches!(read, Read::Pending(_)) && !self.browser.pending.is_empty() {
            self.act(Action::Pending(String::new(), Vec::new()));
        }
        match read {
            Read::Command(command, count) => {
                self.commands.push(command);
                self.act(Action::Command(command, count));
            }
            Read::Type(c) => self.act(Action::Type(c)),
            Read::Pending(keys) => self.act(Action::Pending(keys, Vec::new())),
            Read::Nothing => {}
        }
    }

    /// Something happens; what is to be looked up is looked up at once.
    pub(crate) fn act(&mut self, action: Action) {
        for effect in self.browser.update(action) {
            match &effect {
                BrowseEffect::ReadFollowUps => {
                    let found = library::follow_ups(self.browser.interviews.all(), &Settings::default());
                    self.browser.take_in_follow_ups(found);
                }
                BrowseEffect::Search { number, words, is_regex } => {
                    let sought = Sought::parse(words, *is_regex).unwrap();
                    self.look_for(*number, &sought);
                }
                _ => {}
            }
            self.effects.push(effect);
        }
        self.browser.arrange();
    }

    /// A search for words comes to its end.
    pub(crate) fn search_ends(&mut self, number: u32, words: &str) {
        self.look_for(number, &Sought::parse(words, false).unwrap());
        self.browser.arrange();
    }

    fn look_for(&mut self, number: u32, sought: &Sought) {
        let files: Vec<PathBuf> = self.browser.interviews.all().iter().map(|summary| summary.path.clone()).collect();
        // The last first, as threads may have it.
        for (done, file) in files.iter().rev().enumerate() {
            let found = sought.search_file(file, &Settings::default());
            let found = found.map(|found| FoundIn { count: found.hits.len(), found });
            self.browser.found_in(number, found, Progress { done: done + 1, total: files.len() });
        }
    }

    /// Presses the mouse's button where these words stand.
    pub(crate) fn click(&mut self, words: &str) {
        let (buffer, _) = self.buffer();
        let (x, y) = screen::find(&buffer, words, 0..buffer.area.height, 0..buffer.area.width)
            .unwrap_or_else(|| panic!("“{words}” is not in\n{}", self.screen()));
        self.act(Action::Mouse(Mouse::Press, x, y));
        self.act(Action::Mouse(Mouse::Release, x, y));
    }

    /// The titles that the list shows, `>` before the chosen one.
    pub(crate) fn titles(&self) -> Vec<String> {
        let list = &self.browser.interviews;
        let sign = |at: usize| if at == list.cursor.chosen { ">" } else { "" };
        list.shown().enumerate().map(|(at, summary)| format!("{}{}", sign(at), summary.about.title)).collect()
    }

    /// The follow-ups that the list shows, `>` before the chosen one.
    pub(crate) fn follow_ups(&self) -> Vec<String> {
        let list = &self.browser.follow_ups;
        let sign = |at: usize| if at == list.cursor.chosen { ">" } else { "" };
        let said = |note: &str| note.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        let line = |(at, it): (usize, &library::FollowUp)| {
            format!("{}{}: {}", sign(at), interleaf::app::status_of(it).name(), said(&it.annotation.note))
        };
        list.shown().enumerate().map(line).collect()
    }

    /// The bottom line.
    pub(crate) fn status(&self) -> String {
        let (buffer, _) = self.buffer();
        screen::row(&buffer, self.browser.status_area().y)
    }

    /// The list on the screen.
    pub(crate) fn listing(&self) -> Listing {
        self.browser.listing
    }

    /// What was to be opened last.
    pub(crate) fn goal(&self) -> Option<&interleaf::app::Goal> {
        self.effects.iter().rev().find_map(|effect| match effect {
            BrowseEffect::Open(_, goal) => Some(goal),
            _ => None,
        })
    }

    /// The files that were opened.
    pub(crate) fn opened(&self) -> Vec<String> {
        let file = |effect: &BrowseEffect| match effect {
            BrowseEffect::Open(path, _) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            _ => None,
        };
        self.effects.iter().filter_map(file).collect()
    }

    /// What has the keys.
    pub(crate) fn mode(&self) -> Mode {
        self.browser.mode()
    }

    /// The screen as it is drawn, and where the terminal's cursor is.
    pub(crate) fn buffer(&self) -> (Buffer, Option<(u16, u16)>) {
        let area = self.browser.screen;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: area.width, height: area.height });
        let cursor = ui::draw_library_into(&self.browser, &self.theme, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        screen::text(&self.buffer().0)
    }
}
