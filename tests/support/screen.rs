//! A screen as text.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use interleaf::text;

/// The symbols of some cells of a row; a wide symbol's second cell adds nothing.
pub(crate) fn cells(buffer: &Buffer, y: u16, columns: Range<u16>) -> String {
    let mut row = String::new();
    let mut x = columns.start;
    while x < columns.end {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += (text::grapheme_width(symbol) as u16).max(1);
    }
    row
}

/// A row without the blanks at its end.
pub(crate) fn row(buffer: &Buffer, y: u16) -> String {
    cells(buffer, y, 0..buffer.area.width).trim_end().to_owned()
}

/// The whole screen, a line for each row.
pub(crate) fn text(buffer: &Buffer) -> String {
    (0..buffer.area.height).map(|y| row(buffer, y) + "\n").collect()
}

/// The column and row of the first place where these words stand in some rows and columns.
pub(crate) fn find(buffer: &Buffer, words: &str, mut rows: Range<u16>, columns: Range<u16>) -> Option<(u16, u16)> {
    rows.find_map(|y| {
        let row = cells(buffer, y, columns.clone());
        row.find(words).map(|at| (columns.start + text::width(&row[..at]) as u16, y))
    })
}

/// The whole screen with its styles: `‹bold›words‹›`.
pub(crate) fn styled(buffer: &Buffer) -> String {
    let mut screen = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut before = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let look = look(cell.style());
            if look != before && (cell.symbol() != " " || before.contains(" on ") || look.contains("on ")) {
                line.push_str(&format!("‹{look}›"));
                before = look;
            }
            line.push_str(cell.symbol());
            x += (text::grapheme_width(cell.symbol()) as u16).max(1);
        }
        let line = line.trim_end().to_owned();
        screen.push_str(&line);
        screen.push('\n');
    }
    screen
}

fn look(style: Style) -> String {
    let mut words = Vec::new();
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if style.add_modifier.contains(modifier) {
            words.push(name.to_owned());
        }
    }
    if let Some(color) = style.fg.filter(|color| *color != Color::Reset) {
        words.push(color.to_string());
    }
    if let Some(color) = style.bg.filter(|color| *color != Color::Reset) {
        words.push(format!("on {color}"));
    }
    words.join(" ")
}
