//! Which entry of a list is chosen, and which rows of it are on the screen.

use crate::app::Command;

/// A row of a list as it stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The head of a group, by the number of the first entry in it.
    Head(usize),
    /// A row of an entry, by the entry's number and the row's number in it.
    Entry(usize, usize),
    /// Nothing.
    Blank,
}

/// The chosen entry of a list, by its number, and the first row on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chosen entry.
    pub chosen: usize,
    /// The first row.
    pub top: usize,
}

impl Cursor {
    /// Goes to another entry of `count`; `page` are the entries on a screen. Says whether the command is one for that.
    pub(super) fn go(&mut self, command: Command, times: usize, count: usize, page: usize) -> bool {
        let page = page.saturating_sub(1).max(1);
        self.chosen = match command {
            Command::ItemDown => self.chosen.saturating_add(times),
            Command::ItemUp => self.chosen.saturating_sub(times),
            Command::PageDown => self.chosen.saturating_add(times.saturating_mul(page)),
            Command::PageUp => self.chosen.saturating_sub(times.saturating_mul(page)),
            Command::ItemFirst => 0,
            Command::ItemLast => usize::MAX,
            _ => return false,
        }
        .min(count.saturating_sub(1));
        true
    }

    /// Puts the chosen entry, and the head above it, on a screen of `height` rows.
    pub(super) fn reveal(&mut self, rows: &[ListRow], height: usize) {
        let is_chosen = |row: &ListRow| matches!(row, ListRow::Entry(entry, _) if *entry == self.chosen);
        let Some(first) = rows.iter().position(is_chosen) else {
            self.top = 0;
            return;
        };
        let last = rows.iter().rposition(is_chosen).unwrap_or(first);
        let above = rows[..first].iter().rev().take_while(|row| !matches!(row, ListRow::Entry(..))).count();
        let head = first - above;
        if last >= self.top + height {
            self.top = last + 1 - height.min(last + 1);
        }
        if head < self.top {
            self.top = head;
        }
        self.top = self.top.min(rows.len().saturating_sub(height)).min(first);
    }

    /// Moves the rows on a screen of `height` rows; the chosen entry comes along when it would leave the screen.
    pub(super) fn scroll(&mut self, by: i64, rows: &[ListRow], height: usize) {
        let last = rows.len().saturating_sub(height) as i64;
        self.top = (self.top as i64 + by).clamp(0, last) as usize;
        let seen = rows.iter().skip(self.top).take(height);
        let whole: Vec<usize> = seen
            .filter_map(|row| match row {
                ListRow::Entry(entry, 0) => Some(*entry),
                _ => None,
            })
            .collect();
        if let (Some(&first), Some(&last)) = (whole.first(), whole.last()) {
            self.chosen = self.chosen.clamp(first, last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten entries of two rows, each pair of them under a head.
    fn rows() -> Vec<ListRow> {
        let mut rows = Vec::new();
        for entry in 0..10 {
            if entry % 2 == 0 {
                rows.extend([ListRow::Blank, ListRow::Head(entry)]);
            }
            rows.extend([ListRow::Entry(entry, 0), ListRow::Entry(entry, 1)]);
        }
        rows
    }

    #[test]
    fn the_chosen_entry_is_on_the_screen_with_the_head_above_it() {
        let rows = rows();
        let mut cursor = Cursor::default();
        for chosen in [0, 1, 5, 9, 4, 0] {
            cursor.chosen = chosen;
            cursor.reveal(&rows, 7);
            let seen = &rows[cursor.top..cursor.top + 7];
            assert!(seen.contains(&ListRow::Entry(chosen, 0)) && seen.contains(&ListRow::Entry(chosen, 1)), "{chosen}");
        }
        assert_eq!(cursor.top, 0);
        cursor.chosen = 4;
        cursor.top = 20;
        cursor.reveal(&rows, 7);
        assert_eq!(rows[cursor.top + 1], ListRow::Head(4));
    }

    #[test]
    fn scrolling_takes_the_chosen_entry_along() {
        let rows = rows();
        let mut cursor = Cursor::default();
        cursor.scroll(6, &rows, 7);
        assert_eq!((cursor.top, cursor.chosen), (6, 2));
        cursor.scroll(-100, &rows, 7);
        assert_eq!((cursor.top, cursor.chosen), (0, 1));
        cursor.scroll(100, &rows, 7);
        assert_eq!(cursor.top, rows.len() - 7);
    }

    #[test]
    fn counts_and_pages_stay_in_the_list() {
        let mut cursor = Cursor::default();
        assert!(cursor.go(Command::ItemDown, 3, 10, 5));
        assert_eq!(cursor.chosen, 3);
        cursor.go(Command::PageDown, 1, 10, 5);
        assert_eq!(cursor.chosen, 7);
        cursor.go(Command::PageDown, usize::MAX, 10, 5);
        assert_eq!(cursor.chosen, 9);
        cursor.go(Command::ItemDown, 1, 0, 5);
        assert_eq!(cursor.chosen, 0);
        assert!(!cursor.go(Command::Accept, 1, 10, 5));
    }
}
