//! The topics pane.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::{App, Focus};
use crate::ui::{Theme, clear, put, put_fitted};

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = app.geometry.outline else { return };
    let has_keys = app.focus == Focus::Outline;
    if !app.geometry.wide {
        clear(buffer, area);
        for y in area.y..area.y + area.height {
            put(buffer, area.x + area.width, y, 1, "│", theme.rule());
        }
    }
    if has_keys {
        let typed = app.outline.filter.text();
        let words = if typed.is_empty() { "type to find a topic".to_owned() } else { format!("{typed}▏") };
        put_fitted(buffer, area.x + 1, area.y, area.width - 2, &words, theme.faint());
    }
    let current = app.current_topic();
    let rows = app.outline_rows(usize::from(area.height));
    let entries = app.outline.entries(&app.document.topics);
    let mut last = None;
    for (y, row) in (area.y..).zip(rows) {
        let Some(number) = row else {
            last = None;
            continue;
        };
        let Some(topic) = app.document.topics.get(number) else { continue };
        let indent = 4 + 2 * u16::from(topic.level.min(3));
        let room = area.width.saturating_sub(indent + 1);
        if last == Some(number) {
            let terms = topic.terms.join(" · ");
            put_fitted(buffer, area.x + indent, y, room, &terms, theme.faint());
            continue;
        }
        last = Some(number);
        let is_chosen = has_keys && app.outline.chosen == number;
        let style = match (is_chosen, current == Some(number)) {
            (true, _) => theme.chosen(true),
            (false, true) => theme.chosen(false),
            (false, false) => Style::new(),
        };
        if is_chosen {
            put(buffer, area.x, y, area.width, &" ".repeat(usize::from(area.width)), style);
        }
        if current == Some(number) {
            put(buffer, area.x, y, 1, "▸", style);
        }
        if topic.level == 0 {
            let place = 1 + app.document.topics[..number].iter().filter(|topic| topic.level == 0).count();
            let digits = format!("{place:>2}");
            put(buffer, area.x + 1, y, 3, &digits, style.patch(theme.faint()));
        }
        let folded = entries.iter().any(|entry| entry.topic == number && entry.is_folded);
        let title = if folded { format!("{} …", topic.title) } else { topic.title.clone() };
        put_fitted(buffer, area.x + indent, y, room, &title, style);
    }
    if app.document.topics.is_empty() {
        put_fitted(buffer, area.x + 1, area.y + u16::from(has_keys), area.width - 2, "no topics", theme.faint());
    }
}
