//! Where things stand on the screen. The app needs it to know how wide the text is and what the mouse points at; the
//! ui draws into the same rectangles.

/// A rectangle of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether a cell lies inside.
    pub fn contains(&self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }
}

/// Fewer columns or rows than these cannot show a reader.
pub const SMALLEST: (u16, u16) = (20, 6);
/// From this many columns on, three panes stand beside each other.
pub(super) const THREE_PANES: u16 = 110;
/// From this many columns on, a translation and the margin stand beside the text.
pub(super) const TWO_TEXTS: u16 = 160;
/// Columns left of the text: the cursor's bar, an annotation's mark, a space.
pub const GUTTER: u16 = 3;
/// Columns of a timecode and the spaces around it.
pub const TIME_GUTTER: u16 = 10;

/// What the reader wants to see, as far as it decides where things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Most columns of the text.
    pub measure: u16,
    /// Whether timecodes stand beside the text.
    pub times: bool,
    /// Whether the outline is shown.
    pub outline: bool,
    /// Whether the margin, or the list of notes, is shown.
    pub notes: bool,
    /// Whether that is the list.
    pub list: bool,
    /// Whether a translation stands beside the text.
    pub beside: bool,
    /// Whether the editor is open.
    pub editor: bool,
    /// Rows that a page takes which lies over the lower part of the text; none where there is no such page.
    pub below: u16,
}

/// Where things stand on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The whole screen.
    pub screen: Area,
    /// Whether three panes stand beside each other.
    pub wide: bool,
    /// The top edge over the text, with the speaker and topic of what is on the screen.
    pub head: Area,
    /// The words.
    pub text: Area,
    /// The column of the scrollbar.
    pub scrollbar: Area,
    /// The outline; over the text where the screen is narrow.
    pub outline: Option<Area>,
    /// The margin, or the list of notes; over the text where the screen is narrow.
    pub notes: Option<Area>,
    /// The chosen note of the list in full, where the list hides the text that it is about.
    pub preview: Option<Area>,
    /// The note editor, over the lower part of the text.
    pub editor: Option<Area>,
    /// A page over the lower part of the text, with the line above it; it takes the place of the status.
    pub below: Option<Area>,
    /// The line between the panes and the status.
    pub rule: Option<u16>,
    /// The bottom line.
    pub status: Area,
    /// Whether timecodes stand beside the text.
    pub times: bool,
}

impl Geometry {
    /// Whether the window is too small to show anything.
    pub fn is_too_small(columns: u16, rows: u16) -> bool {
        columns < SMALLEST.0 || rows < SMALLEST.1
    }

    /// Arranges a screen of so many columns and rows.
    pub fn of(columns: u16, rows: u16, wanted: Wanted) -> Self {
        let screen = Area { x: 0, y: 0, width: columns, height: rows };
        let status = Area { x: 0, y: rows.saturating_sub(1), width: columns, height: 1.min(rows) };
        let rule = (rows >= 10).then(|| rows - 2);
        let bottom = rule.unwrap_or(status.y);
        let wide = columns >= THREE_PANES;
        let times = wanted.times && columns >= 60;
        let left_gutter = GUTTER + if times { TIME_GUTTER } else { 0 };
        let measure = if wanted.beside { wanted.measure.saturating_mul(2) } else { wanted.measure };

        let outline_width = if wide && wanted.outline { (columns * 22 / 100).clamp(24, 38) } else { 0 };
        // The line between them and a blank column.
        let after_outline = if outline_width > 0 { outline_width + 2 } else { 0 };
        let rest = columns - after_outline;
        let notes_width = match wide && wanted.notes {
            true if wanted.list => ((rest - left_gutter - 3) * 42 / 100).clamp(26, 64),
            true => ((rest - left_gutter - 3) * 35 / 100).clamp(26, 56),
            false => 0,
        };
        let pane = rest - notes_width - u16::from(notes_width > 0);
        // A space and the scrollbar stand right of the text.
        let room = pane.saturating_sub(left_gutter + 2).max(1);
        let width = measure.clamp(1, room);
        let most = room - width;
        // On a wide screen the text stands in its middle, as far as the panes let it, and stays there when one is hidden.
        let slack = if wide {
            (columns.saturating_sub(width) / 2).saturating_sub(after_outline + left_gutter).min(most)
        } else {
            most / 2
        };
        let head_rows = u16::from(rows >= 8);
        let body = bottom.saturating_sub(head_rows);
        let editor_rows = if wanted.editor { (bottom / 2).clamp(4.min(bottom), 14) } else { 0 };
        let below_rows = wanted.below.min(bottom * 3 / 5);
        let text_rows = body.saturating_sub(editor_rows.max(below_rows)).max(1);
        let text = Area { x: after_outline + left_gutter + slack, y: head_rows, width, height: text_rows };
        let beside = |x, width| Area { x, y: 0, width, height: bottom };
        // Where the panes cannot stand beside the text, they take its place: half a line of it tells nothing.
        let preview_rows = if !wide && wanted.list && bottom >= 18 { (bottom / 3).clamp(5, 9) } else { 0 };
        Self {
            screen,
            wide,
            head: Area { x: text.x, y: 0, width: text.width, height: head_rows },
            text,
            scrollbar: Area { x: after_outline + pane - 1, y: head_rows, width: 1, height: text_rows },
            outline: wanted.outline.then(|| if wide { beside(0, outline_width) } else { beside(0, columns - 1) }),
            notes: wanted.notes.then(|| match wide {
                true => beside(columns - notes_width, notes_width),
                false => Area { height: bottom - preview_rows, ..beside(0, columns) },
            }),
            preview: (preview_rows > 0).then_some(Area {
                x: 0,
                y: bottom - preview_rows,
                width: columns,
                height: preview_rows,
            }),
            editor: wanted.editor.then(|| Area {
                x: after_outline.saturating_sub(1),
                y: bottom - editor_rows,
                width: pane + after_outline.min(1),
                height: editor_rows,
            }),
            below: (below_rows > 0).then(|| Area {
                x: after_outline.saturating_sub(1),
                y: bottom - below_rows,
                width: pane + after_outline.min(1),
                height: status.y - (bottom - below_rows),
            }),
            rule,
            status,
            times,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stands_on_the_screen_at_every_size() {
        for columns in (20..=300).step_by(7) {
            for rows in (6..=100).step_by(3) {
                for bits in 0..128u8 {
                    let on = |bit: u8| bits & (1 << bit) != 0;
                    let wanted = Wanted {
                        measure: 76,
                        times: on(0),
                        outline: on(1),
                        notes: on(2),
                        list: on(5),
                        beside: on(3),
                        editor: on(4),
                        below: if on(6) { 9 } else { 0 },
                    };
                    let g = Geometry::of(columns, rows, wanted);
                    let areas = [
                        Some(g.text),
                        Some(g.head),
                        Some(g.scrollbar),
                        g.outline,
                        g.notes,
                        g.preview,
                        g.editor,
                        g.below,
                    ];
                    for area in areas.into_iter().flatten() {
                        assert!(area.x + area.width <= columns, "{columns}x{rows} {wanted:?} {area:?}");
                        assert!(area.y + area.height <= rows, "{columns}x{rows} {wanted:?} {area:?}");
                    }
                    assert!(g.text.width > 0 && g.text.height > 0);
                    assert!(g.text.x + g.text.width < g.scrollbar.x + 1);
                }
            }
        }
    }
}
