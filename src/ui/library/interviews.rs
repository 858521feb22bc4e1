//! The list of interviews: a table where there is room for one, otherwise two rows for each.

use ratatui::buffer::Buffer;

use super::{Look, TEXT, put_right};
use crate::app::{Browser, duration, grouped};
use crate::library::Summary;
use crate::text;
use crate::ui::{Theme, put, put_fitted};

/// Draws a row of an interview.
pub(super) fn draw(browser: &Browser, summary: &Summary, line: usize, y: u16, look: Look<'_>, buffer: &mut Buffer) {
    match (browser.is_table(), line) {
        (true, _) => table_row(browser, summary, y, look, buffer),
        (false, 0) => first_row(browser, summary, y, look, buffer),
        (false, _) => second_row(browser, summary, y, look, buffer),
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

pub(super) fn table_head(browser: &Browser, theme: &Theme, buffer: &mut Buffer) {
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
    put_fitted(buffer, x, y, speakers, &names(summary, speakers), look.faint());
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
    let room = end.saturating_sub(TEXT);
    put_fitted(buffer, TEXT, y, room, &names(summary, room), look.faint());
    let words = format!("{} words", words(summary));
    let texts = [words, duration(browser.minutes(summary.about.words)), last_read(browser, summary)];
    for (words, (x, columns)) in texts.iter().zip(places) {
        put_right(buffer, x, y, columns, words, look.faint());
    }
}

/// As many whole names of the speakers as there is room for, and how many more there are.
fn names(summary: &Summary, columns: u16) -> String {
    let all = &summary.about.speakers;
    let some = |count: usize| match all.len() - count {
        0 => all.join(", "),
        more => format!("{} +{more}", all[..count].join(", ")),
    };
    let fits = |count: &usize| text::width(&some(*count)) <= usize::from(columns);
    (1..=all.len()).rev().find(fits).map_or_else(|| all.join(", "), some)
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
