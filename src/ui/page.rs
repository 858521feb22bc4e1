//! A page of text over the panes.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{App, ENTRY_COLUMNS, Page, PageRow};
use crate::ui::{Theme, put, put_fitted};

pub(super) fn draw(app: &App, page: &Page, theme: &Theme, buffer: &mut Buffer) {
    let area = app.page_area();
    let x = area.x + 2;
    let width = area.width.saturating_sub(4);
    put_fitted(buffer, x, area.y, width, &page.title, theme.title());
    let rows = app.page_rows();
    let height = usize::from(area.height.saturating_sub(2));
    for (y, row) in (area.y + 2..).zip(rows.iter().skip(page.top).take(height)) {
        match row {
            PageRow::Heading(words) => {
                put(buffer, x, y, width, words, theme.heading());
            }
            PageRow::Text(words) => {
                put(buffer, x, y, width, words, Style::new());
            }
            PageRow::Quote(words) => {
                put(buffer, x, y, 1, "▏", theme.rule());
                put(buffer, x + 2, y, width, words, theme.matter());
            }
            PageRow::Entry(what, is) => {
                let style = Style::new().add_modifier(Modifier::BOLD);
                put_fitted(buffer, x, y, ENTRY_COLUMNS, what, style);
                put(buffer, x + ENTRY_COLUMNS + 1, y, width.saturating_sub(ENTRY_COLUMNS + 1), is, Style::new());
            }
            PageRow::Blank => {}
        }
    }
    let more = rows.len().saturating_sub(page.top + height);
    let hint = if more > 0 { format!("{more} more   Space goes on   Esc closes") } else { "Esc closes".to_owned() };
    put_fitted(buffer, x, app.geometry.status.y, width, &hint, theme.faint());
}
