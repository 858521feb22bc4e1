//! The list of questions and follow-ups: what is to be done, and below it the words that it is about.

use ratatui::buffer::Buffer;

use super::{Look, TEXT, put_right};
use crate::app::{Browser, SortFollowUps, status_of};
use crate::library::FollowUp;
use crate::model::Annotation;
use crate::text;
use crate::ui::{put, put_fitted, sign};

/// Draws a row of a question or follow-up.
pub(super) fn draw(browser: &Browser, follow_up: &FollowUp, line: usize, y: u16, look: Look<'_>, buffer: &mut Buffer) {
    let annotation = &follow_up.annotation;
    let width = browser.screen.width;
    let quote = format!("“{}”", annotation.anchor.quote);
    let note = annotation.note.lines().map(str::trim).find(|line| !line.is_empty());
    let (words, right, style) = match (line, note) {
        (0, note) => {
            let right = match browser.follow_ups.sort {
                SortFollowUps::Interview => status_of(follow_up).name().to_owned(),
                SortFollowUps::Status => follow_up.title.clone(),
                SortFollowUps::Newest => format!("{}   {}", follow_up.title, status_of(follow_up).name()),
            };
            (note.unwrap_or(&quote), right, look.plain())
        }
        (_, Some(_)) => (quote.as_str(), when(browser, annotation), look.faint()),
        (_, None) => ("", when(browser, annotation), look.faint()),
    };
    let columns = (text::width(&right) as u16).min(width * 2 / 5);
    let end = width.saturating_sub(columns + 1);
    put_right(buffer, end, y, columns, &right, look.faint());
    if line == 0 {
        put(buffer, TEXT, y, 1, sign(annotation.kind), look.kind(annotation.kind));
    }
    put_fitted(buffer, TEXT + 2, y, end.saturating_sub(TEXT + 4), words, style);
}

/// When it is to be done, or else when it was last changed.
fn when(browser: &Browser, annotation: &Annotation) -> String {
    match annotation.due {
        Some(due) => format!("due {due}"),
        None => browser.clock.day(annotation.updated),
    }
}
