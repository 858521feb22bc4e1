//! What the painter sends, judged by a terminal: after each frame the screen is as one full drawing makes it.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::painter::Painter;

const COLUMNS: u16 = 26;
const ROWS: u16 = 9;

/// Something written at a place of the screen.
#[derive(Clone, Debug)]
struct Piece {
    x: u16,
    y: u16,
    words: String,
    style: Style,
}

fn drawn(columns: u16, rows: u16, pieces: &[Piece]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    for Piece { x, y, words, style } in pieces.iter().filter(|piece| piece.x < columns && piece.y < rows) {
        buffer.set_stringn(*x, *y, words, usize::from(columns - x), *style);
    }
    buffer
}

fn terminal(columns: u16, rows: u16) -> vt100::Parser {
    let cells = |count| std::num::NonZero::new(count).unwrap();
    let mut terminal = vt100::Parser::new(cells(rows), cells(columns), 0);
    terminal.process(b"\x1b[?25l");
    terminal
}

/// What is seen in each cell, and of the cursor.
fn seen(terminal: &vt100::Parser) -> Vec<String> {
    let screen = terminal.screen();
    let (rows, columns) = screen.size();
    let mut seen = Vec::new();
    for (row, column) in (0..rows.into()).flat_map(|row| (0..columns.into()).map(move |column| (row, column))) {
        let cell = screen.cell(row, column).unwrap();
        let letter = cell.contents().trim();
        let underlined = if cell.underline() { "_" } else { "" };
        let ground = format!("{:?}{}{underlined}", cell.bgcolor(), cell.inverse());
        let look = format!("{:?}{}{}{}", cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
        let is_blank = letter.is_empty() && !cell.is_wide_continuation() && !cell.inverse() && !cell.underline();
        seen.push(if is_blank { ground } else { format!("{letter}{ground}{look}") });
    }
    seen.push(if screen.hide_cursor() { "hidden".into() } else { format!("{:?}", screen.cursor_position()) });
    seen
}

/// Shows frames one after the other, and judges each; gives back how many bytes each took.
fn show(frames: &[(Buffer, Option<(u16, u16)>)]) -> Vec<usize> {
    let first = frames[0].0.area;
    let (mut painter, mut ours) = (Painter::default(), terminal(first.width, first.height));
    let mut lengths = Vec::new();
    for (number, (buffer, cursor)) in frames.iter().enumerate() {
        let cells = |count| std::num::NonZero::new(count).unwrap();
        ours.screen_mut().set_size(cells(buffer.area.height), cells(buffer.area.width));
        let bytes = painter.paint(buffer, *cursor, &[]);
        lengths.push(bytes.len());
        ours.process(&bytes);
        let mut whole = terminal(buffer.area.width, buffer.area.height);
        whole.process(&Painter::default().paint(buffer, *cursor, &[]));
        let (ours, whole) = (seen(&ours), seen(&whole));
        let wrong = (0..ours.len()).find(|&at| ours[at] != whole[at]);
        let wrong = wrong.map(|at| {
            (at / usize::from(buffer.area.width), at % usize::from(buffer.area.width), &ours[at], &whole[at])
        });
        assert_eq!(wrong, None, "frame {number}: {:?}", String::from_utf8_lossy(&bytes));
    }
    lengths
}

fn styles() -> impl Strategy<Value = Style> {
    let color = prop_oneof![
        3 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::LightBlue),
        1 => Just(Color::Indexed(99)),
        1 => Just(Color::Rgb(1, 2, 3)),
    ];
    let modifier = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => Just(Modifier::BOLD),
        1 => Just(Modifier::DIM),
        1 => Just(Modifier::BOLD | Modifier::ITALIC),
        1 => Just(Modifier::UNDERLINED),
        1 => Just(Modifier::REVERSED | Modifier::DIM),
    ];
    (color.clone(), color, modifier).prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let words = prop_oneof![
        4 => "[a-e ]{1,20}",
        1 => Just("│".to_owned()),
        1 => Just("河边的风".to_owned()),
        1 => Just("e\u{301}lan 👋 ok".to_owned()),
        1 => Just(" ".repeat(20)),
    ];
    let piece = (0..COLUMNS, 0..ROWS, words, styles()).prop_map(|(x, y, words, style)| Piece { x, y, words, style });
    prop::collection::vec(piece, 0..14)
}

/// What changes from one frame to the next.
#[derive(Clone, Debug)]
enum Change {
    /// All of it.
    Anew(Vec<Piece>),
    /// Something is written over.
    Over(Vec<Piece>),
    /// What stands right of a column moves down by so many rows, up where negative.
    Move(u16, i32),
}

fn changes() -> impl Strategy<Value = Vec<(Change, Option<(u16, u16)>)>> {
    let change = prop_oneof![
        pieces().prop_map(Change::Anew),
        pieces().prop_map(Change::Over),
        (0..COLUMNS / 2, -3..4_i32).prop_map(|(from, by)| Change::Move(from, by)),
    ];
    prop::collection::vec((change, prop::option::of((0..COLUMNS, 0..ROWS))), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_frame_is_as_a_full_drawing_makes_it(changes in changes()) {
        let mut pieces = Vec::new();
        let mut frames = vec![(drawn(COLUMNS, ROWS, &[]), None)];
        for (change, cursor) in changes {
            match change {
                Change::Anew(anew) => pieces = anew,
                Change::Over(over) => pieces.extend(over),
                Change::Move(from, by) => {
                    for piece in pieces.iter_mut().filter(|piece| piece.x >= from) {
                        piece.y = (i32::from(piece.y) + by).rem_euclid(i32::from(ROWS)) as u16;
                    }
                }
            }
            frames.push((drawn(COLUMNS, ROWS, &pieces), cursor));
        }
        show(&frames);
    }
}

/// A page of a text that begins at line `top`, with a pane beside it that stands still.
fn page(top: usize, is_wide: bool) -> Buffer {
    let mut pieces = Vec::new();
    for y in 0..30_u16 {
        let line = top + usize::from(y);
        let words: String = (0..9).map(|word| format!("w{}t{} ", (line * 7 + word * 13) % 97, line)).collect();
        let x = if is_wide { 30 } else { 2 };
        pieces.push(Piece { x, y, words, style: Style::new() });
        if is_wide {
            pieces.push(Piece { x: 1, y, words: format!("{y} topic number {}", y * 3), style: Style::new() });
            pieces.push(Piece { x: 28, y, words: "│".into(), style: Style::new().add_modifier(Modifier::DIM) });
        }
    }
    drawn(100, 30, &pieces)
}

#[test]
fn a_line_further_down_or_up_is_scrolled_to() {
    for (is_wide, most) in [(false, 160), (true, 1000)] {
        let frames = [10, 11, 12, 11, 8].map(|top| (page(top, is_wide), None));
        let lengths = show(&frames);
        assert!(lengths[1..].iter().all(|length| *length < most + 240), "{lengths:?}");
        assert!(lengths[1] < most && lengths[3] < most, "{lengths:?}");
    }
}

#[test]
fn a_frame_like_the_last_one_sends_nothing() {
    let lengths = show(&[(page(0, true), Some((3, 4))), (page(0, true), Some((3, 4))), (page(0, true), None)]);
    assert_eq!(lengths[1], 0);
    assert!(lengths[2] < 30);
}

#[test]
fn another_size_is_drawn_anew() {
    let pieces = [Piece { x: 0, y: 0, words: "abc".into(), style: Style::new() }];
    show(&[(drawn(20, 4, &pieces), None), (drawn(10, 8, &pieces), None), (drawn(30, 3, &[]), Some((1, 1)))]);
}

#[test]
fn looks_change_in_few_codes() {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let piece = |x, words: &str, style| Piece { x, y: 0, words: words.into(), style };
    let sent = |pieces: &[Piece]| {
        let bytes = Painter::default().paint(&drawn(20, 1, pieces), None, &[]);
        let text = String::from_utf8(bytes).unwrap();
        text.trim_start_matches("\x1b[?2026h").trim_end_matches("\x1b[?2026l").to_owned()
    };
    let dim_red = Style::new().fg(Color::Red).add_modifier(Modifier::DIM);
    let both = [piece(0, "a", bold), piece(1, "b", dim_red), piece(2, "c", Style::new())];
    assert_eq!(sent(&both), "\x1b[H\x1b[0;1ma\x1b[0;2;31mb\x1b[mc");
    assert_eq!(sent(&[piece(2, "a", Style::new()), piece(9, "b", Style::new())]), "\x1b[1;3H\x1b[ma\x1b[6Cb");
}
