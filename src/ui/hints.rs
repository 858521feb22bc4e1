//! What can follow the keys that wait for more.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{App, Area};
use crate::text;
use crate::ui::{Theme, clear, put, put_fitted};

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    if app.hints.is_empty() {
        return;
    }
    let bottom = app.geometry.rule.unwrap_or(app.geometry.status.y);
    let screen = app.geometry.screen;
    let width = screen.width.min(72);
    let rows = (app.hints.len() as u16).min(bottom.saturating_sub(1));
    let area = Area { x: screen.width - width, y: bottom - rows, width, height: rows };
    clear(buffer, area);
    if let Some(above) = area.y.checked_sub(1) {
        put(buffer, area.x, above, width, &"─".repeat(usize::from(width)), theme.rule());
    }
    let keys = app.hints.iter().map(|(keys, _)| text::width(keys)).max().unwrap_or(0) as u16;
    for (y, (more, command)) in (area.y..area.y + area.height).zip(&app.hints) {
        put(buffer, area.x + 1, y, keys, more, Style::new().add_modifier(Modifier::BOLD));
        put_fitted(buffer, area.x + keys + 3, y, width.saturating_sub(keys + 4), command.sentence(), Style::new());
    }
}
