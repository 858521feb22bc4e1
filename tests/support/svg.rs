//! A screen as SVG: the pictures of the documentation.

use std::fmt::Write as _;

use interleaf::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The size of a cell.
const COLUMN: f32 = 8.4;
const LINE: f32 = 18.0;
/// The space around the screen.
const MARGIN: f32 = 14.0;
/// The letters' foot in a cell.
const FOOT: f32 = 13.5;

const GROUND: &str = "#16161a";
const LETTERS: &str = "#d8d8dc";

/// Draws a screen; `cursor` is the terminal's.
pub(crate) fn of(buffer: &Buffer, cursor: Option<(u16, u16)>, title: &str) -> String {
    let width = f32::from(buffer.area.width) * COLUMN + 2.0 * MARGIN;
    let height = f32::from(buffer.area.height) * LINE + 2.0 * MARGIN;
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1} {height:.1}" width="{width:.0}" role="img">"#
    );
    let _ = writeln!(svg, "<title>{}</title>", escape(title));
    let _ = writeln!(
        svg,
        r#"<style>text{{font:14px "DejaVu Sans Mono","Noto Sans Mono CJK SC",Menlo,Consolas,monospace;white-space:pre;fill:{LETTERS}}}</style>"#
    );
    let _ = writeln!(svg, r#"<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>"#);
    for y in 0..buffer.area.height {
        grounds(&mut svg, buffer, y);
        letters(&mut svg, buffer, y);
    }
    if let Some((x, y)) = cursor {
        let (left, top) = place(x, y);
        let _ = writeln!(svg, r#"<rect x="{left:.1}" y="{top:.1}" width="2" height="{LINE}" fill="{LETTERS}"/>"#);
    }
    svg.push_str("</svg>\n");
    svg
}

fn place(x: u16, y: u16) -> (f32, f32) {
    (MARGIN + f32::from(x) * COLUMN, MARGIN + f32::from(y) * LINE)
}

/// The coloured grounds of a row, one rectangle for each run.
fn grounds(svg: &mut String, buffer: &Buffer, y: u16) {
    let ground_of = |x: u16| {
        let cell = &buffer[(x, y)];
        if cell.modifier.contains(Modifier::REVERSED) { color(cell.fg, Some(LETTERS)) } else { color(cell.bg, None) }
    };
    let mut x = 0;
    while x < buffer.area.width {
        let ground = ground_of(x);
        let start = x;
        while x < buffer.area.width && ground_of(x) == ground {
            x += 1;
        }
        if let Some(ground) = ground {
            let (left, top) = place(start, y);
            let width = f32::from(x - start) * COLUMN;
            let _ = writeln!(
                svg,
                r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{LINE}" fill="{ground}"/>"#
            );
        }
    }
}

/// The letters of a row, one text for each run of one look. Each run says how wide it is, so that columns hold whatever
/// the letters of the machine that shows it are; wide and line-drawing symbols stand alone.
fn letters(svg: &mut String, buffer: &Buffer, y: u16) {
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        if cell.symbol() == " " {
            x += 1;
            continue;
        }
        if let Some(parts) = drawn(cell.symbol()) {
            let ink = ink(cell).unwrap_or_else(|| LETTERS.to_owned());
            let (left, top) = place(x, y);
            for (from_left, from_top, width, height) in parts {
                let (x, y) = (left + from_left * COLUMN, top + from_top * LINE);
                let (width, height) = (width * COLUMN, height * LINE);
                let _ = writeln!(
                    svg,
                    r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{ink}"/>"#
                );
            }
            x += 1;
            continue;
        }
        let start = x;
        let look = look(cell);
        let mut run = String::new();
        let mut blanks = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let symbol = cell.symbol();
            let columns = text::grapheme_width(symbol).max(1) as u16;
            let alone = columns > 1 || !symbol.is_ascii();
            let is_blank = symbol == " ";
            if drawn(symbol).is_some()
                || (!is_blank && self::look(cell) != look)
                || (alone && x > start && is_symbol(symbol))
                || blanks > 2
            {
                break;
            }
            run.push_str(symbol);
            x += columns;
            blanks = if is_blank { blanks + 1 } else { 0 };
            if is_symbol(symbol) && x == start + columns {
                break;
            }
        }
        let shown = run.trim_end();
        let (left, top) = place(start, y);
        let length = text::width(shown) as f32 * COLUMN;
        let _ = writeln!(
            svg,
            r#"<text x="{left:.1}" y="{:.1}" textLength="{length:.1}" lengthAdjust="spacingAndGlyphs"{look}>{}</text>"#,
            top + FOOT,
            escape(shown)
        );
    }
}

/// The parts of a sign that is drawn, so that it meets the next one: left, top, width, height in parts of a cell.
fn drawn(symbol: &str) -> Option<&'static [(f32, f32, f32, f32)]> {
    Some(match symbol {
        "│" => &[(0.45, 0.0, 0.12, 1.0)],
        "─" => &[(0.0, 0.48, 1.0, 0.05)],
        "┴" => &[(0.0, 0.48, 1.0, 0.05), (0.45, 0.0, 0.12, 0.5)],
        "▎" | "▏" => &[(0.0, 0.0, 0.25, 1.0)],
        "▐" => &[(0.5, 0.0, 0.5, 1.0)],
        _ => return None,
    })
}

/// Signs that stand in a column of their own, where letters of another width would shift what follows.
fn is_symbol(symbol: &str) -> bool {
    symbol.chars().any(|c| ('\u{2190}'..='\u{2BFF}').contains(&c))
}

/// The attributes of a cell's letters.
fn look(cell: &Cell) -> String {
    let mut look = ink(cell).map(|ink| format!("fill:{ink};")).unwrap_or_default();
    for (modifier, is) in [
        (Modifier::BOLD, "font-weight:bold;"),
        (Modifier::ITALIC, "font-style:italic;"),
        (Modifier::UNDERLINED, "text-decoration:underline;"),
        (Modifier::DIM, "opacity:0.6;"),
    ] {
        if cell.modifier.contains(modifier) {
            look.push_str(is);
        }
    }
    if look.is_empty() { look } else { format!(r#" style="{look}""#) }
}

/// The colour of a cell's letters; `None` for the usual one.
fn ink(cell: &Cell) -> Option<String> {
    match cell.modifier.contains(Modifier::REVERSED) {
        true => color(cell.bg, Some(GROUND)),
        false => color(cell.fg, None),
    }
}

fn color(color: Color, otherwise: Option<&str>) -> Option<String> {
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        _ => otherwise.map(str::to_owned),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
