//! Draws the app into a buffer of cells. Nothing here changes anything.

mod editor;
mod hints;
mod library;
mod notes;
mod outline;
mod page;
mod palette;
mod status;
mod theme;
mod transcript;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{App, Area, Over, Page};
use crate::text;

pub use library::draw_library_into;
pub use theme::{Background, Colors, Theme, sign};

/// Words on the screen that a terminal can open: the document's own address, and nothing that stands in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The column where they begin.
    pub x: u16,
    /// Their row.
    pub y: u16,
    /// The words.
    pub words: String,
    /// Where they lead, as [`text::link`] lets it pass.
    pub address: String,
}

/// The links on the screen as it is drawn.
pub fn links(app: &App) -> Vec<Link> {
    match &app.over {
        Some(Over::Page(page)) if !app.too_small => page::links(page, app.page_area()),
        _ => Vec::new(),
    }
}

/// Draws the whole screen into a buffer; gives back where the terminal's cursor belongs.
pub fn draw_into(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let screen = app.geometry.screen;
    if app.too_small {
        return too_small(screen, theme, buffer);
    }
    let draw_page = |buffer: &mut Buffer, page: &Page| {
        page::draw(page, app.page_area(), &app.keys, app.mode(), app.message.as_ref(), theme, buffer)
    };
    let page = app.open_page();
    if let Some(page) = page.as_deref().filter(|page| page.uncovers.is_none()) {
        return draw_page(buffer, page);
    }
    let mut cursor = transcript::draw(app, theme, buffer);
    rules(app, theme, buffer);
    notes::draw(app, theme, buffer);
    outline::draw(app, theme, buffer);
    if let Some(place) = editor::draw(app, theme, buffer) {
        cursor = Some(place);
    }
    if let (Some(page), Some(below)) = (page, app.geometry.below) {
        clear(buffer, Area { height: below.height + 1, ..below });
        put_rule(buffer, below.x, below.y, below.width, theme);
        return draw_page(buffer, &page);
    }
    hints::draw(app, theme, buffer);
    status::draw(app, theme, buffer).or(cursor)
}

fn too_small(screen: Area, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let (columns, rows) = crate::app::SMALLEST;
    let words = [format!("{columns}x{rows} needed"), format!("{}x{} here", screen.width, screen.height)];
    for (y, words) in (0..screen.height).zip(words) {
        put(buffer, 0, y, screen.width, &words, theme.faint());
    }
    None
}

/// The thin lines between the panes and above the status.
fn rules(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let geometry = &app.geometry;
    let style = theme.rule();
    let bottom = geometry.rule.unwrap_or(geometry.status.y);
    if let Some(y) = geometry.rule {
        put_rule(buffer, 0, y, geometry.screen.width, theme);
    }
    let mut vertical = |x: u16| {
        for y in 0..bottom {
            put(buffer, x, y, 1, "│", style);
        }
        if let Some(y) = geometry.rule {
            put(buffer, x, y, 1, "┴", style);
        }
    };
    if geometry.wide {
        if let Some(area) = geometry.outline {
            vertical(area.x + area.width);
        }
        if let Some(area) = geometry.notes {
            vertical(area.x - 1);
        }
    }
}

/// Draws a thin line.
fn put_rule(buffer: &mut Buffer, x: u16, y: u16, width: u16, theme: &Theme) {
    put(buffer, x, y, width, &"─".repeat(usize::from(width)), theme.rule());
}

/// Writes one line of text, sanitised, in at most `width` columns; gives back the column behind it.
fn put(buffer: &mut Buffer, x: u16, y: u16, width: u16, words: &str, style: Style) -> u16 {
    let area = buffer.area;
    if y >= area.bottom() || x >= area.right() {
        return x;
    }
    let words = text::sanitise_line(words);
    let width = usize::from(width.min(area.right() - x));
    let right = x + width as u16;
    // Nearly all of what is drawn is plain, a column a byte.
    let plain = text::ascii_run(&words).min(width);
    let from = buffer.index_of(x, y);
    let cells = buffer.content.get_mut(from..from + plain).unwrap_or_default();
    for (cell, byte) in cells.iter_mut().zip(words.bytes()) {
        cell.set_char(char::from(byte)).set_style(style);
    }
    let mut column = x + plain as u16;
    let words = &words[plain..];
    let mut characters = words.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let columns = text::plain_columns(c) as u16;
        let is_alone = columns > 0 && characters.peek().is_none_or(|(_, next)| text::plain_columns(*next) > 0);
        if !is_alone {
            // What may make one grapheme with its neighbours.
            return buffer.set_stringn(column, y, &words[at..], usize::from(right - column), style).0;
        }
        if column + columns > right {
            break;
        }
        buffer[(column, y)].set_char(c).set_style(style);
        if columns == 2 {
            buffer[(column + 1, y)].reset();
        }
        column += columns;
    }
    column
}

/// Writes one line of text, with `…` behind the words that fit.
fn put_fitted(buffer: &mut Buffer, x: u16, y: u16, width: u16, words: &str, style: Style) -> u16 {
    let words = text::sanitise_line(words);
    put(buffer, x, y, width, &text::fit_words(&words, usize::from(width)), style)
}

/// Empties a rectangle, so that what is drawn into it next covers what was there.
fn clear(buffer: &mut Buffer, area: Area) {
    let area = Rect { x: area.x, y: area.y, width: area.width, height: area.height }.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
}
