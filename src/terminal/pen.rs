//! Moves the terminal's cursor and changes how it writes, in as few bytes as that takes.
//!
//! Only what terminals have done since the VT100 and its next successors is used: xterm, tmux, screen, the Linux
//! console and all that follow them do the same with it.

use std::io::Write as _;

use ratatui::style::Modifier;

use super::grid::{Hue, Look};

/// Modifiers with the codes that begin and end them.
const MODIFIERS: [(Modifier, u8, u8); 8] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Where the terminal's cursor is, and how it writes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pen {
    /// `None` where that is not known.
    row: Option<usize>,
    /// `None` where that is not known, as behind the last column, or behind what terminals do not agree on.
    column: Option<usize>,
    /// `None` where that is not known.
    look: Option<Look>,
}

impl Pen {
    /// The column, where it is on `row`.
    pub(super) fn column_on(&self, row: usize) -> Option<usize> {
        self.column.filter(|_| self.row == Some(row))
    }

    /// Whether it writes in this look.
    pub(super) fn has(&self, look: Look) -> bool {
        self.look == Some(look)
    }

    /// Whether a blank that it writes looks like `look`.
    pub(super) fn blanks_like(&self, look: Look) -> bool {
        self.look.is_some_and(|own| own.of_blank() == look)
    }

    /// Forgets where it is.
    pub(super) fn lose(&mut self) {
        (self.row, self.column) = (None, None);
    }

    /// Has written up to a column, or behind the last one.
    pub(super) fn advance_to(&mut self, column: Option<usize>) {
        self.column = column;
    }

    /// Goes to a cell.
    pub(super) fn go(&mut self, out: &mut Vec<u8>, column: usize, row: usize) {
        if self.row == Some(row) && self.column == Some(column) {
            return;
        }
        let absolute = match (column, row) {
            (0, 0) => 3,
            (0, row) => 3 + digits(row + 1),
            (column, row) => 4 + digits(row + 1) + digits(column + 1),
        };
        let forward = |by: usize| match by {
            0 => 0,
            1 => 3,
            by => 3 + digits(by),
        };
        let down = self.row.and_then(|from| row.checked_sub(from));
        // From where it is, and from the first column.
        let along = down.zip(self.column).and_then(|(down, from)| Some(down + forward(column.checked_sub(from)?)));
        let returning = down.map(|down| down + 1 + forward(column));
        let shortest = [along, returning].into_iter().flatten().min().filter(|bytes| *bytes <= absolute);
        match (shortest, self.column, down) {
            (Some(bytes), from, Some(down)) => {
                let from = match from {
                    Some(from) if along == Some(bytes) => from,
                    _ => {
                        out.push(b'\r');
                        0
                    }
                };
                out.extend(std::iter::repeat_n(b'\n', down));
                match column - from {
                    0 => {}
                    1 => out.extend_from_slice(b"\x1b[C"),
                    by => write_all(out, format_args!("\x1b[{by}C")),
                }
            }
            _ => match (column, row) {
                (0, 0) => out.extend_from_slice(b"\x1b[H"),
                (0, row) => write_all(out, format_args!("\x1b[{}H", row + 1)),
                (column, row) => write_all(out, format_args!("\x1b[{};{}H", row + 1, column + 1)),
            },
        }
        (self.row, self.column) = (Some(row), Some(column));
    }

    /// Writes in another look from now on.
    pub(super) fn take(&mut self, out: &mut Vec<u8>, look: Look) {
        let before = self.look.replace(look);
        if before == Some(look) {
            return;
        }
        let anew = codes(Look::PLAIN, look);
        let changed = before.map(|before| codes(before, look)).filter(|codes| codes.len() <= anew.len() + 2);
        out.extend_from_slice(b"\x1b[");
        match changed {
            _ if anew.is_empty() => {}
            Some(changed) => out.extend_from_slice(&changed),
            None => {
                out.extend_from_slice(b"0;");
                out.extend_from_slice(&anew);
            }
        }
        out.push(b'm');
    }
}

/// The codes that change one look into another, with `;` between.
fn codes(from: Look, to: Look) -> Vec<u8> {
    let mut codes = Vec::with_capacity(24);
    let ended = from.modifier.difference(to.modifier);
    let mut begun = to.modifier.difference(from.modifier);
    // Bold and dim end together; and some terminals have one of them only, the last.
    let weights = [from, to].map(|look| look.modifier.intersection(Modifier::BOLD | Modifier::DIM));
    if weights[0] != weights[1] && !weights[0].is_empty() {
        code(&mut codes, format_args!("22"));
        begun |= weights[1];
    }
    for (modifier, _, end) in MODIFIERS.into_iter().filter(|(_, _, end)| *end != 22) {
        if ended.contains(modifier) {
            code(&mut codes, format_args!("{end}"));
        }
    }
    for (modifier, begin, _) in MODIFIERS {
        if begun.contains(modifier) {
            code(&mut codes, format_args!("{begin}"));
        }
    }
    for (from, to, base) in [(from.fg, to.fg, 30), (from.bg, to.bg, 40)] {
        if from != to {
            color(&mut codes, to, base);
        }
    }
    codes
}

/// The code of a colour of letters (`base` 30) or of the ground (40).
fn color(codes: &mut Vec<u8>, hue: Hue, base: u8) {
    match (hue.mixture(), hue.number()) {
        (Some([r, g, b]), _) => code(codes, format_args!("{};2;{r};{g};{b}", base + 8)),
        (_, None) => code(codes, format_args!("{}", base + 9)),
        (_, Some(number @ 0..8)) => code(codes, format_args!("{}", base + number)),
        (_, Some(number @ 8..16)) => code(codes, format_args!("{}", base + 52 + number)),
        (_, Some(number)) => code(codes, format_args!("{};5;{number}", base + 8)),
    }
}

fn code(codes: &mut Vec<u8>, code: std::fmt::Arguments<'_>) {
    if !codes.is_empty() {
        codes.push(b';');
    }
    write_all(codes, code);
}

/// Appends to bytes in memory.
pub(super) fn write_all(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) {
    // Memory takes everything.
    let _ = out.write_fmt(what);
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |digits| digits as usize + 1)
}
