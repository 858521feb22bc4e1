//! The list of a folder's interviews.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use crate::app::{BrowseOver, Browser, ListRow, Scanning, duration, grouped};
use crate::library::Summary;
use crate::model::Kind;
use crate::text;
use crate::ui::{Theme, page, put, put_fitted, status, too_small};

/// Draws the list of interviews.
pub fn draw_library(browser: &Browser, theme: &Theme, frame: &mut Frame<'_>) {
    if let Some((x, y)) = draw_library_into(browser, theme, frame.buffer_mut()) {
        frame.set_cursor_position(Position { x, y });
    }
}

/// Draws the list of interviews into a buffer; gives back where the terminal's cursor belongs.
pub fn draw_library_into(browser: &Browser, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    if browser.is_too_small() {
        return too_small(browser.screen, theme, buffer);
    }
    if let Some(BrowseOver::Page(page)) = &browser.over {
        page::draw(page, browser.page_area(), None, theme, buffer);
        return None;
    }
    head(browser, theme, buffer);
    let area = browser.list_area();
    if browser.is_table() && area.y > 1 {
        table_head(browser, theme, buffer);
    }
    let rows = browser.rows();
    if rows.is_empty() {
        put_fitted(buffer, TEXT, area.y, area.width.saturating_sub(TEXT + 1), &nothing(browser), theme.faint());
    }
    let shown: Vec<&Summary> = browser.interviews.shown().collect();
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(browser.interviews.cursor.top)) {
        let ListRow::Entry(entry, line) = *row else { continue };
        let Some(summary) = shown.get(entry) else { continue };
        let chosen = (browser.interviews.cursor.chosen == entry).then(|| theme.chosen(true));
        if let Some(style) = chosen {
            put(buffer, area.x, y, area.width, &" ".repeat(usize::from(area.width)), style);
        }
        if chosen.is_some() && line == 0 {
            put(buffer, 1, y, 1, "▸", theme.chosen(true));
        }
        let look = Look { theme, chosen };
        match (browser.is_table(), line) {
            (true, _) => table_row(browser, summary, y, look, buffer),
            (false, 0) => first_row(browser, summary, y, look, buffer),
            (false, _) => second_row(browser, summary, y, look, buffer),
        }
    }
    if let Some(y) = browser.rule() {
        put(buffer, 0, y, browser.screen.width, &"─".repeat(usize::from(browser.screen.width)), theme.rule());
    }
    bottom_line(browser, theme, buffer)
}

/// The column where words begin, right of the sign of the chosen entry.
const TEXT: u16 = 3;

/// How an entry's parts look.
#[derive(Clone, Copy)]
struct Look<'a> {
    theme: &'a Theme,
    /// The style of the chosen entry, where this is the one.
    chosen: Option<Style>,
}

impl Look<'_> {
    fn plain(self) -> Style {
        self.chosen.unwrap_or_default()
    }

    /// What asks for less attention; on the ground of the chosen entry it is as plain as the rest.
    fn faint(self) -> Style {
        self.chosen.map_or_else(|| self.theme.faint(), |style| style.remove_modifier(Modifier::BOLD))
    }

    fn pending(self) -> Style {
        self.chosen.unwrap_or_default().patch(self.theme.mark(Kind::FollowUp))
    }

    fn error(self) -> Style {
        self.chosen.unwrap_or_default().patch(self.theme.error())
    }
}

/// The folder, how many interviews there are, the filter and the order.
fn head(browser: &Browser, theme: &Theme, buffer: &mut Buffer) {
    let width = browser.screen.width;
    let list = &browser.interviews;
    let order = list.sort.name();
    let columns = text::width(order) as u16;
    let right = width.saturating_sub(columns + 1);
    put(buffer, right, 0, columns, order, theme.faint());
    let end = right.saturating_sub(2);
    let x = put_fitted(buffer, 1, 0, (end / 2).max(8), &browser.folder, theme.title()) + 3;
    let shown = list.shown().len();
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let words = match list.filter.trim() {
        "" => counted(shown, "interview", "interviews"),
        filter => format!("{shown} of {} with {filter}", counted(list.all().len(), "interview", "interviews")),
    };
    put_fitted(buffer, x, 0, end.saturating_sub(x), &words, theme.faint());
}

/// What an empty list says.
fn nothing(browser: &Browser) -> String {
    let is_filtered = !browser.interviews.filter.trim().is_empty();
    match browser.scanning {
        Scanning::On(_) if browser.interviews.all().is_empty() => "Looking for interviews.".to_owned(),
        _ if is_filtered => format!("No interview with “{}”. Esc shows all.", browser.interviews.filter.trim()),
        Scanning::Stopped => "None was found before the search was stopped. r looks again.".to_owned(),
        _ => "There is no interview in this folder. r looks again.".to_owned(),
    }
}

/// Columns of a table row right of the title and the speakers: words, time, read, notes, open, last read.
const COLUMNS: [(&str, u16); 6] =
    [("Words", 9), ("Time", 7), ("Read", 5), ("Notes", 6), ("Open", 5), ("Last read", 12)];

/// Columns of the title and of the speakers in a table row.
fn title_and_speakers(width: u16) -> (u16, u16) {
    let rest: u16 = COLUMNS.iter().map(|(_, columns)| columns + 2).sum();
    let room = width.saturating_sub(TEXT + rest + 1 + 2);
    let title = (room * 62 / 100).min(60);
    (title, room.saturating_sub(title).min(44))
}

fn table_head(browser: &Browser, theme: &Theme, buffer: &mut Buffer) {
    let y = browser.list_area().y - 1;
    let (title, speakers) = title_and_speakers(browser.screen.width);
    put(buffer, TEXT, y, title, "Title", theme.faint());
    let mut x = TEXT + title + 2;
    put(buffer, x, y, speakers, "Speakers", theme.faint());
    x += speakers + 2;
    for (head, columns) in COLUMNS {
        put_right(buffer, x, y, columns, head, theme.faint());
        x += columns + 2;
    }
}

fn table_row(browser: &Browser, summary: &Summary, y: u16, look: Look<'_>, buffer: &mut Buffer) {
    let (title, speakers) = title_and_speakers(browser.screen.width);
    put_fitted(buffer, TEXT, y, title, &summary.about.title, look.plain());
    let mut x = TEXT + title + 2;
    if let Some(fault) = &summary.about.fault {
        let width = browser.screen.width.saturating_sub(x + 1);
        put_fitted(buffer, x, y, width, &unreadable(fault), look.error());
        return;
    }
    put_fitted(buffer, x, y, speakers, &summary.about.speakers.join(", "), look.faint());
    x += speakers + 2;
    let texts = [
        (words(summary), look.faint()),
        (duration(browser.minutes(summary.about.words)), look.faint()),
        (read(browser, summary), look.plain()),
        (if summary.notes.count > 0 { grouped(summary.notes.count.into()) } else { String::new() }, look.plain()),
        (if summary.notes.pending > 0 { grouped(summary.notes.pending.into()) } else { String::new() }, look.pending()),
        (last_read(browser, summary), look.faint()),
    ];
    for ((words, style), (_, columns)) in texts.iter().zip(COLUMNS) {
        put_right(buffer, x, y, columns, words, *style);
        x += columns + 2;
    }
    if summary.notes.broken > 0 {
        let at = x.saturating_sub(COLUMNS.iter().rev().take(3).map(|(_, columns)| columns + 2).sum());
        put_right(buffer, at, y, COLUMNS[3].1, "broken", look.error());
    }
}

/// Columns right of the title in the rows of a narrow window; the last ones go where there is little room.
const NARROW: [u16; 3] = [12, 9, 12];

/// The columns of a narrow window that there is room for, from the left, each with its place.
fn narrow_columns(width: u16) -> (u16, impl Iterator<Item = (u16, u16)>) {
    let count = match width {
        0..40 => 1,
        40..60 => 2,
        _ => 3,
    };
    let used: u16 = NARROW.iter().take(count).map(|columns| columns + 1).sum();
    let start = width.saturating_sub(used + 1);
    let mut x = start;
    let places = NARROW.into_iter().take(count).map(move |columns| {
        let place = (x + 1, columns);
        x += columns + 1;
        place
    });
    (start, places)
}

fn first_row(browser: &Browser, summary: &Summary, y: u16, look: Look<'_>, buffer: &mut Buffer) {
    let (end, places) = narrow_columns(browser.screen.width);
    put_fitted(buffer, TEXT, y, end.saturating_sub(TEXT), &summary.about.title, look.plain());
    let notes = match (summary.notes.broken, summary.notes.count) {
        (1.., _) => ("broken".to_owned(), look.error()),
        (0, 0) => (String::new(), look.plain()),
        (0, 1) => ("1 note".to_owned(), look.plain()),
        (0, count) => (format!("{} notes", grouped(count.into())), look.plain()),
    };
    let pending = match summary.notes.pending {
        0 => String::new(),
        count => format!("{} open", grouped(count.into())),
    };
    let read = match browser.interviews.visit(&summary.path) {
        None => "new".to_owned(),
        Some(visit) => format!("{}% read", visit.percent),
    };
    if summary.about.fault.is_none() {
        let texts = [(read, look.plain()), notes, (pending, look.pending())];
        for ((words, style), (x, columns)) in texts.iter().zip(places) {
            put_right(buffer, x, y, columns, words, *style);
        }
    }
}

fn second_row(browser: &Browser, summary: &Summary, y: u16, look: Look<'_>, buffer: &mut Buffer) {
    let width = browser.screen.width;
    if let Some(fault) = &summary.about.fault {
        put_fitted(buffer, TEXT, y, width.saturating_sub(TEXT + 1), &unreadable(fault), look.error());
        return;
    }
    let (end, places) = narrow_columns(width);
    put_fitted(buffer, TEXT, y, end.saturating_sub(TEXT), &summary.about.speakers.join(", "), look.faint());
    let words = format!("{} words", words(summary));
    let texts = [words, duration(browser.minutes(summary.about.words)), last_read(browser, summary)];
    for (words, (x, columns)) in texts.iter().zip(places) {
        put_right(buffer, x, y, columns, words, look.faint());
    }
}

fn unreadable(fault: &str) -> String {
    format!("Cannot be read: {fault}")
}

fn words(summary: &Summary) -> String {
    let about = if summary.about.is_estimate { "~" } else { "" };
    format!("{about}{}", grouped(summary.about.words))
}

fn read(browser: &Browser, summary: &Summary) -> String {
    browser.interviews.visit(&summary.path).map_or_else(|| "new".to_owned(), |visit| format!("{}%", visit.percent))
}

fn last_read(browser: &Browser, summary: &Summary) -> String {
    browser.interviews.visit(&summary.path).map_or_else(String::new, |visit| browser.clock.day(visit.read))
}

/// Writes words at the right edge of so many columns.
fn put_right(buffer: &mut Buffer, x: u16, y: u16, columns: u16, words: &str, style: Style) {
    let used = (text::width(words) as u16).min(columns);
    put_fitted(buffer, x + columns - used, y, used, words, style);
}

/// What is typed, a message, or the chosen interview's file and how the scan goes.
fn bottom_line(browser: &Browser, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = browser.status_area();
    if let Some(BrowseOver::Filter(prompt)) = &browser.over {
        let count = browser.interviews.shown().len();
        return Some(status::typed(area, "interviews with: ", prompt, &count.to_string(), theme, buffer));
    }
    let width = area.width.saturating_sub(2);
    if let Some(message) = &browser.message {
        let style = if message.is_error { theme.error() } else { Style::new() };
        put_fitted(buffer, 1, area.y, width, &message.text, style);
        return None;
    }
    let mut end = area.width - 1;
    let mut right = |words: &str, style: Style, buffer: &mut Buffer| {
        let columns = text::width(words) as u16;
        if columns > 0 && end > columns + 12 {
            put(buffer, end - columns, area.y, columns, words, style);
            end -= columns + 3;
        }
    };
    right(&browser.pending, Style::new().add_modifier(Modifier::BOLD), buffer);
    right("? help", theme.faint(), buffer);
    right(&scanning(browser.scanning), Style::new(), buffer);
    let file = browser.interviews.chosen().map(|summary| summary.name.as_str()).unwrap_or_default();
    put_fitted(buffer, 1, area.y, end.saturating_sub(1), file, theme.faint());
    None
}

fn scanning(scanning: Scanning) -> String {
    match scanning {
        Scanning::On(None) => "looking for interviews   Esc stops".to_owned(),
        Scanning::On(Some(progress)) => {
            let (done, total) = (grouped(progress.done as u64), grouped(progress.total as u64));
            format!("{done} of {total} files   Esc stops")
        }
        Scanning::Stopped => "stopped, some may be missing   r looks again".to_owned(),
        Scanning::Done => String::new(),
    }
}
