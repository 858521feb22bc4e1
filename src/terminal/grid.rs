//! What stands in the cells of the screen, small enough to be compared and moved fast.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

/// What is seen even where there is no letter.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// A colour as a number, so that cells are compared fast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hue(u32);

impl Hue {
    /// The terminal's own.
    pub(super) const OWN: Self = Self(0);
    const PALETTE: u32 = 1 << 24;
    const MIXED: u32 = 2 << 24;

    fn of(color: Color) -> Self {
        let numbered = |number: u8| Self(Self::PALETTE | u32::from(number));
        match color {
            Color::Reset => Self::OWN,
            Color::Rgb(r, g, b) => Self(Self::MIXED | u32::from_be_bytes([0, r, g, b])),
            Color::Indexed(number) => numbered(number),
            Color::Black => numbered(0),
            Color::Red => numbered(1),
            Color::Green => numbered(2),
            Color::Yellow => numbered(3),
            Color::Blue => numbered(4),
            Color::Magenta => numbered(5),
            Color::Cyan => numbered(6),
            Color::Gray => numbered(7),
            Color::DarkGray => numbered(8),
            Color::LightRed => numbered(9),
            Color::LightGreen => numbered(10),
            Color::LightYellow => numbered(11),
            Color::LightBlue => numbered(12),
            Color::LightMagenta => numbered(13),
            Color::LightCyan => numbered(14),
            Color::White => numbered(15),
        }
    }

    /// Its number in the palette, where it is there.
    pub(super) fn number(self) -> Option<u8> {
        (self.0 & Self::PALETTE != 0).then_some(self.0 as u8)
    }

    /// Red, green and blue, where it is mixed of them.
    pub(super) fn mixture(self) -> Option<[u8; 3]> {
        let [_, r, g, b] = self.0.to_be_bytes();
        (self.0 & Self::MIXED != 0).then_some([r, g, b])
    }
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) fg: Hue,
    pub(super) bg: Hue,
    pub(super) modifier: Modifier,
}

impl Look {
    /// As the terminal is without any setting.
    pub(super) const PLAIN: Self = Self { fg: Hue::OWN, bg: Hue::OWN, modifier: Modifier::empty() };

    /// What of the look a cell without a letter shows.
    pub(super) fn of_blank(self) -> Self {
        match self.modifier.intersects(SEEN_ON_BLANKS) {
            true => self,
            false => Self { bg: self.bg, ..Self::PLAIN },
        }
    }
}

/// One grapheme, as a number: a character is itself, what has several is one of [`Clusters`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph(u32);

impl Glyph {
    /// No letter.
    pub(super) const BLANK: Self = Self(' ' as u32);
    /// The right part of the grapheme before.
    pub(super) const COVERED: Self = Self(u32::MAX);
    /// From here on they are graphemes of several characters.
    const CLUSTERS: u32 = 1 << 24;

    /// The character, where it is one.
    pub(super) fn character(self) -> Option<char> {
        char::from_u32(self.0)
    }

    /// The number itself, the same for the same grapheme.
    pub(super) fn number(self) -> u32 {
        self.0
    }
}

/// What the numbers in the cells stand for: graphemes of several characters, and looks, each once.
#[derive(Debug)]
pub(super) struct Legend {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    /// Each look, with the number of what of it a blank shows. There are few, so that one is found by going through.
    looks: Vec<(Look, u32)>,
}

impl Default for Legend {
    fn default() -> Self {
        Self { numbers: HashMap::new(), texts: Vec::new(), looks: vec![(Look::PLAIN, 0)] }
    }
}

impl Legend {
    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len() + self.looks.len()
    }

    /// The text of a grapheme of several characters.
    pub(super) fn text(&self, glyph: Glyph) -> &str {
        let index = glyph.0.checked_sub(Glyph::CLUSTERS);
        index.and_then(|index| self.texts.get(index as usize)).map_or(" ", |text| text)
    }

    /// How a cell looks.
    pub(super) fn look(&self, cell: Cell) -> Look {
        self.looks.get(cell.look_number() as usize).map_or(Look::PLAIN, |(look, _)| *look)
    }

    fn glyph(&mut self, symbol: &str) -> Glyph {
        let mut chars = symbol.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Glyph::BLANK,
            (Some(only), None) => Glyph(only as u32),
            _ => match self.numbers.get(symbol) {
                Some(number) => Glyph(*number),
                None => {
                    let number = Glyph::CLUSTERS + self.texts.len() as u32;
                    self.texts.push(symbol.into());
                    self.numbers.insert(symbol.into(), number);
                    Glyph(number)
                }
            },
        }
    }

    /// The number of a look, and of what of it a blank shows.
    fn numbers_of(&mut self, look: Look) -> (u32, u32) {
        if let Some(number) = self.looks.iter().position(|(known, _)| *known == look) {
            return (number as u32, self.looks.get(number).map_or(0, |(_, blank)| *blank));
        }
        let own = self.looks.len() as u32;
        self.looks.push((look, own));
        if look.of_blank() == look {
            return (own, own);
        }
        let blank = self.numbers_of(look.of_blank()).0;
        if let Some(entry) = self.looks.get_mut(own as usize) {
            entry.1 = blank;
        }
        (own, blank)
    }
}

/// What stands in a cell, and how it looks, as one number: the same for what is seen as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell(u64);

impl Cell {
    /// Nothing, on the terminal's own ground.
    pub(super) const BLANK: Self = Self::new(Glyph::BLANK, 0);

    const fn new(glyph: Glyph, look: u32) -> Self {
        Self((look as u64) << 32 | glyph.0 as u64)
    }

    /// What stands there.
    pub(super) fn glyph(self) -> Glyph {
        Glyph(self.0 as u32)
    }

    fn look_number(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// The cells of the screen, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    columns: usize,
    cells: Vec<Cell>,
}

impl Grid {
    /// A screen with nothing on it.
    pub(super) fn blank(columns: u16, rows: u16) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self { columns, cells: vec![Cell::BLANK; columns * rows] }
    }

    /// Columns.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Rows.
    pub(super) fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// Whether nothing stands on it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| *cell == Cell::BLANK)
    }

    /// The cells of a row; none for a row that there is not.
    pub(super) fn row(&self, row: usize) -> &[Cell] {
        self.cells.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default()
    }

    /// Takes in what is drawn.
    pub(super) fn fill(&mut self, buffer: &Buffer, legend: &mut Legend) {
        self.columns = usize::from(buffer.area.width);
        self.cells.resize(buffer.content.len(), Cell::BLANK);
        // Most cells look like the one before.
        let mut styled = (Color::Reset, Color::Reset, Modifier::empty());
        let (mut look, mut blank) = legend.numbers_of(Look::PLAIN);
        let rows = self.cells.chunks_mut(self.columns.max(1)).zip(buffer.content.chunks(self.columns.max(1)));
        for (cells, drawn) in rows {
            let mut covered = 0;
            for (cell, drawn) in cells.iter_mut().zip(drawn) {
                if styled != (drawn.fg, drawn.bg, drawn.modifier) {
                    styled = (drawn.fg, drawn.bg, drawn.modifier);
                    let (fg, bg) = (Hue::of(drawn.fg), Hue::of(drawn.bg));
                    (look, blank) = legend.numbers_of(Look { fg, bg, modifier: drawn.modifier });
                }
                if covered > 0 {
                    covered -= 1;
                    *cell = Cell::new(Glyph::COVERED, look);
                    continue;
                }
                let symbol = drawn.symbol();
                let glyph = match symbol.as_bytes() {
                    &[byte] => Glyph(u32::from(byte)),
                    _ => {
                        covered = symbol.width().saturating_sub(1);
                        legend.glyph(symbol)
                    }
                };
                *cell = Cell::new(glyph, if glyph == Glyph::BLANK { blank } else { look });
            }
        }
    }

    /// How many cells are other than in `other`, a grid of the same size.
    pub(super) fn differing(&self, other: &Self) -> usize {
        self.cells.iter().zip(&other.cells).filter(|(one, other)| one != other).count()
    }

    /// Moves the rows `top..bottom` up by `by`, or down where negative; what comes in is blank.
    pub(super) fn scroll(&mut self, top: usize, bottom: usize, by: isize) {
        let columns = self.columns;
        let Some(region) = self.cells.get_mut(top * columns..bottom * columns) else { return };
        let moved = (by.unsigned_abs() * columns).min(region.len());
        if by >= 0 {
            region.rotate_left(moved);
            let kept = region.len() - moved;
            region[kept..].fill(Cell::BLANK);
        } else {
            region.rotate_right(moved);
            region[..moved].fill(Cell::BLANK);
        }
    }
}
