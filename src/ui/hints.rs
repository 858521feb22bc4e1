//! What can follow the keys that wait for more, and a few keys for those who are here for the first time.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{App, Area};
use crate::text;
use crate::ui::{Theme, clear, put, put_fitted, put_rule};

/// Columns of a key and what it does.
const COLUMN: u16 = 72;

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    if app.hints.is_empty() {
        return first_steps(app, theme, buffer);
    }
    let bottom = app.geometry.rule.unwrap_or(app.geometry.status.y);
    let screen = app.geometry.screen;
    let columns = (screen.width / COLUMN).clamp(1, 3);
    let rows = (app.hints.len() as u16).div_ceil(columns).min(bottom.saturating_sub(1));
    let area = Area { x: 0, y: bottom - rows, width: screen.width, height: rows };
    clear(buffer, area);
    if let Some(above) = area.y.checked_sub(1) {
        clear(buffer, Area { y: above, height: 1, ..area });
        put_rule(buffer, area.x, above, area.width, theme);
    }
    if app.geometry.rule == Some(bottom) {
        put_rule(buffer, area.x, bottom, area.width, theme);
    }
    let width = screen.width / columns;
    let keys = app.hints.iter().map(|(keys, _)| text::width(keys)).max().unwrap_or(0) as u16;
    for (number, (more, command)) in app.hints.iter().enumerate().take(usize::from(rows * columns)) {
        let (column, row) = (number as u16 / rows, number as u16 % rows);
        let (x, y) = (column * width + 1, area.y + row);
        put(buffer, x, y, keys, more, Style::new().add_modifier(Modifier::BOLD));
        put_fitted(buffer, x + keys + 2, y, width.saturating_sub(keys + 4), command.sentence(), Style::new());
    }
}

/// The first keys, set into the rule above the bottom line.
fn first_steps(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(y) = app.geometry.rule.filter(|_| app.shows_first_steps()) else { return };
    let mut x = 2;
    for step in FIRST_STEPS {
        let words = app.with_keys(step);
        let columns = text::width(&words) as u16;
        if x + columns + 2 > app.geometry.screen.width {
            break;
        }
        x = put(buffer, x, y, columns + 2, &format!(" {words} "), theme.matter()) + 1;
    }
}

const FIRST_STEPS: [&str; 8] = [
    "⟨page-down⟩ reads on",
    "⟨next-question⟩ next question",
    "⟨search⟩ searches",
    "⟨topics⟩ topics",
    "⟨note⟩ writes a note",
    "⟨help⟩ all keys",
    "⟨quit⟩ closes",
    "⟨select⟩ selects words",
];
