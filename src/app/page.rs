//! A page of text over the panes: the keys, notes in full, how the document was read.

use std::ops::Range;

use crate::app::differences::differing;
use crate::app::threads::{names, threaded};
use crate::app::{App, Area, Command, Mode, Mouse, Over, Prompt, Reading};
use crate::export::PlacedNote;
use crate::import::ReportLine;
use crate::layout::wrap;
use crate::model::Annotation;
use crate::search::Query;
use crate::text;

/// A page of text that can be scrolled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is.
    pub title: String,
    /// Its lines, not yet wrapped.
    pub lines: Vec<PageLine>,
    /// The first row on the screen.
    pub top: usize,
    /// What the bottom line says of its keys; empty for those of every page.
    pub hint: String,
    /// The words that its lines are narrowed to.
    pub filter: Prompt,
    /// Whether those are being typed.
    pub is_typing: bool,
    /// Of a page that lies over the lower part of the text only: where the reader was on a screen of that size.
    pub uncovers: Option<Box<(Area, Reading)>>,
}

/// How two texts side by side look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What stands below.
    Head,
    /// The reader's words.
    Words,
    /// Words said in the interview.
    Quote,
    /// What asks for no attention.
    Faint,
}

/// A row of a page as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageRow {
    /// A heading.
    Heading(String),
    /// A row of words.
    Text(String),
    /// A row of words said in the interview.
    Quote(String),
    /// Something, and a row of what it is.
    Entry(String, String),
    /// A row of two texts side by side.
    Beside(Look, Half, Half),
    /// Something, a part of its web address, and the whole address.
    Link(String, String, String),
    /// Nothing.
    Blank,
}

/// One side of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Half {
    /// The words.
    pub words: String,
    /// The bytes of them that are not on the other side.
    pub differing: Vec<Range<usize>>,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageLine {
    /// A heading.
    Heading(String),
    /// Words, wrapped to the page's width.
    Text(String),
    /// Words said in the interview, wrapped.
    Quote(String),
    /// Something and what it is.
    Entry(String, String),
    /// Two texts side by side, each wrapped.
    Beside(Look, String, String),
    /// The same, with the words marked that differ.
    Compared(Look, String, String),
    /// Something and the web address that it has.
    Link(String, String),
    /// Nothing.
    Blank,
}

impl App {
    pub(super) fn show_help(&mut self) {
        let mode = self.mode();
        // A page would take the place of what is being written.
        if matches!(mode, Mode::Editor | Mode::Prompt) {
            return;
        }
        let (title, lines) = (format!("Keys: {}", mode.title()), self.keys.page(mode));
        self.over = Some(Over::Page(Page { title, lines, ..Page::default() }));
    }

    pub(super) fn show_notes(&mut self) {
        let span = super::motion::paragraph_span(self.interview(), self.reading.cursor.paragraph);
        let notes = threaded(self.notes.within(span).collect(), names);
        if notes.is_empty() {
            return self.tell("No annotation on this paragraph.");
        }
        let page = self.page_of_notes(&notes);
        self.open_below(page);
    }

    /// Opens a page over the lower part of the text, above which the cursor's words stay on the screen.
    pub(super) fn open_below(&mut self, page: Page) {
        let uncovers = Some(Box::new((self.geometry.screen, self.reading.clone())));
        self.over = Some(Over::Page(Page { uncovers, ..page }));
        self.arrange();
    }

    fn close_page(&mut self) {
        let Some(Over::Page(page)) = self.over.take() else { return };
        if let Some(uncovered) = page.uncovers {
            let (screen, reading) = *uncovered;
            if screen == self.geometry.screen {
                self.reading = reading;
            }
            self.arrange();
        }
    }

    pub(super) fn page_of_notes(&self, notes: &[&PlacedNote]) -> Page {
        let mut lines = Vec::new();
        for note in notes {
            let annotation = &note.annotation;
            let mut head = describe(annotation);
            if let Some((_, whose)) = self.layer_of(note) {
                head.push_str(&format!("  {whose}"));
            }
            let is_answer = self.reply_depth(note) > 0;
            if is_answer {
                head.insert_str(0, "↳ ");
            }
            lines.push(PageLine::Heading(head));
            if !is_answer {
                lines.push(PageLine::Quote(annotation.anchor.quote.clone()));
            }
            lines.extend(annotation.note.lines().map(|line| PageLine::Text(line.to_owned())));
            lines.push(PageLine::Blank);
        }
        lines.pop();
        Page { title: "Notes".to_owned(), lines, ..Page::default() }
    }

    pub(super) fn show_report(&mut self) {
        let mut lines = self.origin();
        lines.extend((!lines.is_empty()).then_some(PageLine::Blank));
        for line in self.document.report.lines(self.interview()) {
            match line {
                ReportLine::Heading(heading) => lines.extend([PageLine::Blank, PageLine::Heading(heading.into())]),
                ReportLine::Entry(what, said) => lines.push(PageLine::Entry(what, said)),
            }
        }
        self.over = Some(Over::Page(Page { title: "How this was read".into(), lines, ..Page::default() }));
    }

    /// What the document says of itself and where it comes from.
    fn origin(&self) -> Vec<PageLine> {
        let about = &self.interview().metadata;
        let entry = |what: &str, said: &Option<String>| {
            said.as_ref().map(|said| PageLine::Entry(what.to_owned(), said.clone()))
        };
        let address = about.source.url.as_ref().map(|url| match text::link(url) {
            Some(url) => PageLine::Link("address".to_owned(), url.to_owned()),
            None => PageLine::Entry("address".to_owned(), url.clone()),
        });
        let title = Some(about.title.clone()).filter(|title| !title.is_empty());
        let entries = [
            entry("title", &title),
            entry("date", &about.date),
            entry("publisher", &about.source.publisher),
            address,
            entry("saved", &about.source.saved),
        ];
        entries.into_iter().flatten().collect()
    }

    pub(super) fn page_command(&mut self, command: Command, count: Option<u32>) {
        let area = self.page_area();
        if let Some(Over::Page(page)) = &mut self.over
            && !page.command(command, count, area)
        {
            self.close_page();
        }
    }

    /// The rectangle of a page.
    pub fn page_area(&self) -> Area {
        match (&self.over, self.geometry.below) {
            (Some(Over::Page(page)), below) if page.uncovers.is_some() => {
                let (text, below) = (self.geometry.text, below.unwrap_or_default());
                Area { x: text.x.saturating_sub(2), width: text.width + 4, ..below }
            }
            _ => Page::area(self.geometry.screen, self.geometry.status),
        }
    }

    pub(super) fn limit_page(&mut self) {
        let Some(most) = self.open_page().map(|page| page.last_top(self.page_area())) else { return };
        match &mut self.over {
            Some(Over::Page(page)) => page.top = page.top.min(most),
            Some(Over::Panel(panel)) => panel.top = panel.top.min(most),
            _ => {}
        }
    }

    pub(super) fn mouse_over(&mut self, mouse: Mouse) {
        let area = self.page_area();
        let is_closed = match (mouse, &mut self.over) {
            (_, Some(Over::Page(page))) => !page.mouse(mouse, area),
            (Mouse::WheelDown, Some(Over::Panel(panel))) => {
                panel.top += 3;
                false
            }
            (Mouse::WheelUp, Some(Over::Panel(panel))) => {
                panel.top = panel.top.saturating_sub(3);
                false
            }
            _ => false,
        };
        if is_closed {
            self.close_page();
        }
        self.limit_page();
    }
}

/// Most columns of a page.
const PAGE_COLUMNS: u16 = 88;
/// Columns between two texts side by side.
pub const BETWEEN: u16 = 3;
/// Fewer columns than these have no room for the halves of an entry beside each other.
const NARROW: u16 = 52;
/// Columns of the first half of an entry.
pub const ENTRY_COLUMNS: u16 = 24;

impl Page {
    /// The rectangle of a page on a screen with that bottom line: its head, its rows and a blank column on either side.
    pub fn area(screen: Area, status: Area) -> Area {
        let width = screen.width.min(PAGE_COLUMNS);
        Area { x: (screen.width - width) / 2, y: 0, width, height: status.y }
    }

    /// Which keys are in force.
    pub(super) fn mode(&self) -> Mode {
        if self.is_typing { Mode::Prompt } else { Mode::Page }
    }

    /// Takes text where words to narrow the page to are being typed.
    pub(super) fn type_text(&mut self, typed: &str) {
        if self.is_typing {
            self.filter.insert(typed);
            self.top = 0;
        }
    }

    fn filter_command(&mut self, command: Command) {
        match command {
            Command::Accept => self.is_typing = false,
            Command::EraseBack if self.filter.text().is_empty() => self.is_typing = false,
            Command::Cancel => {
                self.is_typing = false;
                self.filter = Prompt::default();
            }
            command => self.filter.edit(command),
        }
        self.top = 0;
    }

    /// The lines that say each of the words that are typed.
    fn fitting(&self) -> impl Iterator<Item = &PageLine> {
        let words: Vec<Query> = self.filter.text().split_whitespace().map(Query::literal).collect();
        self.lines.iter().filter(move |line| {
            let says = |texts: &[&str]| words.iter().all(|word| texts.iter().any(|text| word.is_in(text)));
            match line {
                _ if words.is_empty() => true,
                PageLine::Heading(_) | PageLine::Blank => false,
                PageLine::Text(text) | PageLine::Quote(text) => says(&[text]),
                PageLine::Entry(one, other)
                | PageLine::Link(one, other)
                | PageLine::Beside(_, one, other)
                | PageLine::Compared(_, one, other) => says(&[one, other]),
            }
        })
    }

    /// Moves in the page as it stands in `area`; says whether it stays open.
    pub(super) fn command(&mut self, command: Command, count: Option<u32>, area: Area) -> bool {
        if self.is_typing {
            self.filter_command(command);
            return true;
        }
        let times = count.unwrap_or(1) as usize;
        let height = self.height(area).max(2);
        match command {
            Command::LineDown => self.top += times,
            Command::LineUp => self.top = self.top.saturating_sub(times),
            Command::PageDown => self.top += times * (height - 1),
            Command::PageUp => self.top = self.top.saturating_sub(times * (height - 1)),
            Command::HalfPageDown => self.top += times * height / 2,
            Command::HalfPageUp => self.top = self.top.saturating_sub(times * height / 2),
            Command::Top => self.top = 0,
            Command::Bottom => self.top = usize::MAX / 2,
            Command::Filter => self.is_typing = true,
            Command::Cancel if !self.filter.text().is_empty() => self.filter = Prompt::default(),
            Command::Cancel | Command::Accept | Command::Quit | Command::Help => return false,
            _ => {}
        }
        self.limit(area);
        true
    }

    /// Lets the wheel move the page; says whether it stays open.
    pub(super) fn mouse(&mut self, mouse: Mouse, area: Area) -> bool {
        match mouse {
            Mouse::WheelDown => self.top += 3,
            Mouse::WheelUp => self.top = self.top.saturating_sub(3),
            Mouse::Press => return false,
            Mouse::Drag | Mouse::Release => {}
        }
        self.limit(area);
        true
    }

    fn limit(&mut self, area: Area) {
        self.top = self.top.min(self.last_top(area));
    }

    /// The first row that can stand at the top: the rest of the page fills the screen then.
    fn last_top(&self, area: Area) -> usize {
        self.rows(area).len().saturating_sub(self.height(area))
    }

    /// Rows above the words: the title and a blank row, or the line that parts the page from the text above it.
    pub fn head_rows(&self) -> u16 {
        if self.uncovers.is_some() { 1 } else { 2 }
    }

    /// How many rows of words `area` shows.
    pub fn height(&self, area: Area) -> usize {
        usize::from(area.height.saturating_sub(self.head_rows()))
    }

    /// The rows of the page as it stands in `area`.
    pub fn rows(&self, area: Area) -> Vec<PageRow> {
        let columns = area.width.saturating_sub(4);
        let wrapped = |words: &str, columns: u16| -> Vec<String> {
            wrap(words, columns).iter().map(|row| words[row.range()].to_owned()).collect()
        };
        let mut rows = Vec::new();
        for line in self.fitting() {
            match line {
                PageLine::Heading(words) => rows.extend(wrapped(words, columns).into_iter().map(PageRow::Heading)),
                PageLine::Text(words) => rows.extend(wrapped(words, columns).into_iter().map(PageRow::Text)),
                PageLine::Quote(words) => {
                    for paragraph in words.lines().filter(|paragraph| !paragraph.is_empty()) {
                        rows.extend(wrapped(paragraph, columns.saturating_sub(2)).into_iter().map(PageRow::Quote));
                    }
                }
                // What would be a column of single words stands below.
                PageLine::Entry(what, is) if columns < NARROW => {
                    rows.extend(wrapped(what, columns).into_iter().map(|what| PageRow::Entry(what, String::new())));
                    let below = wrapped(is, columns.saturating_sub(2)).into_iter();
                    rows.extend(below.map(|words| PageRow::Text(format!("  {words}"))));
                }
                PageLine::Entry(what, is) => {
                    let said = wrapped(is, columns.saturating_sub(ENTRY_COLUMNS + 1));
                    let first = std::iter::once(what.clone()).chain(std::iter::repeat(String::new()));
                    rows.extend(first.zip(said).map(|(what, is)| PageRow::Entry(what, is)));
                }
                PageLine::Link(what, address) => {
                    let parts = wrapped(address, columns.saturating_sub(ENTRY_COLUMNS + 1));
                    let first = std::iter::once(what.clone()).chain(std::iter::repeat(String::new()));
                    rows.extend(first.zip(parts).map(|(what, part)| PageRow::Link(what, part, address.clone())));
                }
                PageLine::Beside(look, left, right) => {
                    rows.extend(beside(*look, columns, (left, &[]), (right, &[])));
                }
                PageLine::Compared(look, left, right) => {
                    let (in_left, in_right) = differing(left, right);
                    rows.extend(beside(*look, columns, (left, &in_left), (right, &in_right)));
                }
                PageLine::Blank => rows.push(PageRow::Blank),
            }
        }
        rows
    }
}

/// The rows of two texts side by side, each with the stretches that are to be marked.
fn beside(look: Look, columns: u16, left: (&str, &[Range<usize>]), right: (&str, &[Range<usize>])) -> Vec<PageRow> {
    let columns = (columns.saturating_sub(BETWEEN) / 2).max(1);
    let side = |(words, marked): (&str, &[Range<usize>])| -> Vec<Half> {
        let mut halves = Vec::new();
        let mut next = 0;
        for line in words.split_inclusive('\n') {
            let start = next;
            next += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            halves.extend(wrap(line, columns).iter().map(|row| {
                let (from, to) = (start + row.range().start, start + row.range().end);
                let within = marked.iter().filter(|range| range.start < to && range.end > from);
                let differing = within.map(|range| range.start.max(from) - from..range.end.min(to) - from).collect();
                Half { words: line[row.range()].to_owned(), differing }
            }));
        }
        halves
    };
    let (left, right) = (side(left), side(right));
    let row = |side: &[Half], at: usize| side.get(at).cloned().unwrap_or_default();
    let count = left.len().max(right.len());
    (0..count).map(|at| PageRow::Beside(look, row(&left, at), row(&right, at))).collect()
}

/// Kind, status and tags of an annotation on one line.
pub(super) fn describe(annotation: &Annotation) -> String {
    let mut words = vec![annotation.kind.name().to_owned()];
    words.extend(annotation.status.map(|status| status.name().to_owned()));
    words.extend(annotation.due.map(|due| format!("due {due}")));
    words.extend(annotation.tags.iter().map(|tag| format!("#{tag}")));
    words.join("  ")
}
