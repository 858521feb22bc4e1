//! A page of text over the panes.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{Area, BETWEEN, ENTRY_COLUMNS, Half, KeyTable, Look, Message, Mode, Page, PageRow};
use crate::ui::{Link, Theme, put, put_fitted, status};

/// How a web address looks: underlined, so that the cells are drawn anew when it goes, and nothing stays a link.
const LINK: Style = Style::new().add_modifier(Modifier::UNDERLINED);

/// The web addresses on a page as it is drawn.
pub(super) fn links(page: &Page, area: Area) -> Vec<Link> {
    let x = area.x + 2 + ENTRY_COLUMNS + 1;
    let rows = page.rows(area);
    let seen = (area.y + page.head_rows()..).zip(rows.into_iter().skip(page.top).take(page.height(area)));
    let link = |(y, row)| match row {
        PageRow::Link(_, words, address) => Some(Link { x, y, words, address }),
        _ => None,
    };
    seen.filter_map(link).collect()
}

/// Draws a page in its rectangle, with a line below it, and a message over its last row; gives back where the cursor
/// stands when something is typed.
pub(super) fn draw(
    page: &Page,
    area: Area,
    keys: &KeyTable,
    mode: Mode,
    message: Option<&Message>,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let bottom = area.y + area.height;
    let x = area.x + 2;
    let width = area.width.saturating_sub(4);
    if page.uncovers.is_none() {
        put_fitted(buffer, x, area.y, width, &page.title, theme.title());
    }
    let rows = page.rows(area);
    let height = page.height(area);
    for (y, row) in (area.y + page.head_rows()..).zip(rows.iter().skip(page.top).take(height)) {
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
            PageRow::Link(what, part, _) => {
                put_fitted(buffer, x, y, ENTRY_COLUMNS, what, Style::new().add_modifier(Modifier::BOLD));
                put(buffer, x + ENTRY_COLUMNS + 1, y, width.saturating_sub(ENTRY_COLUMNS + 1), part, LINK);
            }
            PageRow::Beside(look, left, right) => {
                let style = match look {
                    Look::Head => theme.heading(),
                    Look::Words => Style::new(),
                    Look::Quote => theme.matter(),
                    Look::Faint => theme.faint(),
                };
                let columns = width.saturating_sub(BETWEEN) / 2;
                put_half(buffer, (x, y), columns, left, style);
                put(buffer, x + columns + 1, y, 1, "│", theme.rule());
                put_half(buffer, (x + columns + BETWEEN, y), columns, right, style);
            }
            PageRow::Blank => {}
        }
    }
    let more = rows.len().saturating_sub(page.top + height);
    let closes = match (page.hint.is_empty(), page.filter.text().trim()) {
        (false, _) => page.hint.clone(),
        (true, "") if rows.len() > height => "⟨cancel⟩ closes   ⟨filter⟩ narrows".to_owned(),
        (true, "") => "⟨cancel⟩ closes".to_owned(),
        (true, words) => format!("with “{words}”   ⟨cancel⟩ shows all"),
    };
    let hint = if more > 0 { format!("{more} more   ⟨page-down⟩ goes on   {closes}") } else { closes };
    if let Some(message) = message {
        let style = if message.is_error { theme.error() } else { Style::new() };
        put_fitted(buffer, x, bottom.saturating_sub(1), width, &message.text, style);
    }
    if page.is_typing {
        let bottom = Area { x: x - 1, y: bottom, width: area.width.saturating_sub(2), height: 1 };
        let count = rows.len().to_string();
        return Some(status::typed(bottom, "/", &page.filter, &count, theme, buffer));
    }
    put_fitted(buffer, x, bottom, width, &keys.fill(mode, &hint), theme.faint());
    None
}

/// Draws one side of a row; what differs from the other side is told without colour too.
fn put_half(buffer: &mut Buffer, (x, y): (u16, u16), columns: u16, half: &Half, style: Style) {
    let differs = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    let end = x + columns;
    let (mut x, mut done) = (x, 0);
    let stretches = half.differing.iter().flat_map(|range| [(range.start, style), (range.end, differs)]);
    for (to, style) in stretches.chain([(half.words.len(), style)]) {
        let words = half.words.get(done..to).unwrap_or_default();
        x = put(buffer, x, y, end.saturating_sub(x), words, style);
        done = to;
    }
}
