//! The topics pane.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::{App, Area, Focus, notes_count, topic_indent};
use crate::model::Topic;
use crate::text;
use crate::ui::{Theme, clear, put, put_fitted};

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = app.geometry.outline else { return };
    let has_keys = app.focus == Focus::Outline;
    if !app.geometry.wide {
        clear(buffer, Area { width: area.width + 1, ..area });
    }
    for y in area.y..area.y + area.height {
        put(buffer, area.x + area.width, y, 1, "│", theme.rule());
    }
    if has_keys {
        let typed = app.outline.filter.text();
        let words = if typed.is_empty() { "type to find a topic".to_owned() } else { format!("{typed}▏") };
        put_fitted(buffer, area.x + 1, area.y, area.width - 2, &words, theme.faint());
    }
    let current = app.current_topic();
    let counts = app.topic_notes();
    let rows = app.outline_rows(usize::from(area.height), &counts);
    let entries = app.outline.entries(&app.document.topics);
    let mut before = None;
    let mut line = 0;
    for (index, (y, row)) in (area.y..).zip(&rows).enumerate() {
        let row = *row;
        line = if row == before { line + 1 } else { 0 };
        before = row;
        let Some((number, topic)) = row.and_then(|number| Some((number, app.document.topics.get(number)?))) else {
            continue;
        };
        let x = area.x + topic_indent(topic);
        let notes = counts.get(number).copied().unwrap_or_default();
        let room = app.topic_columns(topic, notes);
        let title_rows = app.title_rows(topic, notes);
        let height = title_rows.len() + usize::from(!topic.terms.is_empty());
        // What of it was read, on the line beside it.
        let (read, of) = app.topic_progress(number);
        if (2 * line + 1) * of <= 2 * height * read {
            put(buffer, area.x + area.width, y, 1, "┃", theme.cursor_bar());
        }
        let is_chosen = has_keys && app.outline.chosen == number;
        let style = match (is_chosen, current == Some(number)) {
            (true, _) => theme.chosen(true),
            (false, true) => theme.chosen(false),
            (false, false) => Style::new(),
        };
        if is_chosen && line < title_rows.len() {
            put(buffer, area.x, y, area.width, &" ".repeat(usize::from(area.width)), style);
        }
        let is_last_row = rows.get(index + 1).is_none_or(|next| *next != row);
        if let Some(count) = notes_count(notes).filter(|_| is_last_row) {
            let columns = text::width(&count) as u16;
            let over = if line < title_rows.len() { style } else { Style::new() };
            put(buffer, area.x + area.width - columns - 1, y, columns, &count, over.patch(theme.faint()));
        }
        let Some(title_row) = title_rows.get(line) else {
            put_fitted(buffer, x, y, room, &whole_terms(topic, room), theme.faint());
            continue;
        };
        if line == 0 {
            if current == Some(number) {
                put(buffer, area.x, y, 1, "▸", style);
            }
            if topic.level == 0 {
                let place = 1 + app.document.topics[..number].iter().filter(|topic| topic.level == 0).count();
                put(buffer, area.x + 1, y, 3, &format!("{place:>2}"), style.patch(theme.faint()));
            }
        }
        let from = title_row.start as usize;
        let is_last = line + 1 == title_rows.len();
        let to = if is_last { topic.title.len() } else { title_row.end as usize };
        let behind = put_fitted(buffer, x, y, room, topic.title.get(from..to).unwrap_or_default(), style);
        if is_last && entries.iter().any(|entry| entry.topic == number && entry.is_folded) {
            put(buffer, behind + 1, y, 1, "+", theme.faint());
        }
    }
    if entries.is_empty() {
        let words = match app.document.topics.is_empty() {
            true if app.document.is_outline_to_come => "being worked out".to_owned(),
            true => "no topics".to_owned(),
            false => app.with_keys("None fits. ⟨cancel⟩ shows all."),
        };
        put_fitted(buffer, area.x + 1, area.y + 2 * u16::from(has_keys), area.width - 2, &words, theme.faint());
    }
}

/// As many of a topic's terms as fit beside each other, the most telling first; a first one that is too long is cut.
fn whole_terms(topic: &Topic, room: u16) -> String {
    let mut shown = String::new();
    for term in &topic.terms {
        let next = if shown.is_empty() { term.clone() } else { format!("{shown} · {term}") };
        if !shown.is_empty() && text::width(&next) > usize::from(room) {
            break;
        }
        shown = next;
    }
    shown
}
