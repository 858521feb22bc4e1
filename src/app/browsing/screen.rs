//! Where the lists stand on the screen.

use super::list::ListRow;
use super::{Browser, Listing};
use crate::app::{Area, Page, SMALLEST};

/// From this many columns on, an interview takes one row of a table; below, two rows.
const TABLE: u16 = 110;

impl Browser {
    /// Whether the window is too small to show anything.
    pub fn is_too_small(&self) -> bool {
        self.screen.width < SMALLEST.0 || self.screen.height < SMALLEST.1
    }

    /// Whether each interview takes one row of a table with heads over its columns.
    pub fn is_table(&self) -> bool {
        self.screen.width >= TABLE
    }

    /// The row of the rule above the bottom line; a low window has none.
    pub fn rule(&self) -> Option<u16> {
        (self.screen.height >= 10).then(|| self.screen.height - 2)
    }

    /// The bottom line.
    pub fn status_area(&self) -> Area {
        Area { y: self.screen.height.saturating_sub(1), height: 1.min(self.screen.height), ..self.screen }
    }

    /// The rows of the list.
    pub fn list_area(&self) -> Area {
        let head = match self.rule() {
            Some(_) if self.is_table() && self.listing == Listing::Interviews => 3,
            Some(_) => 2,
            None => 1,
        };
        let bottom = match self.preview_area() {
            Some(preview) => preview.y.saturating_sub(1),
            None => self.rule().unwrap_or(self.status_area().y),
        };
        Area { y: head, height: bottom.saturating_sub(head).max(1), ..self.screen }
    }

    /// Where the chosen entry is shown in full, under a rule; a low window has no room for it, and interviews are shown
    /// in full in their list.
    pub fn preview_area(&self) -> Option<Area> {
        let rule = self.rule().filter(|_| self.listing != Listing::Interviews && self.screen.height >= 16)?;
        let height = (self.screen.height / 4).clamp(4, 9);
        Some(Area { y: rule.saturating_sub(height), height, ..self.screen })
    }

    /// The rectangle of a page over the list.
    pub fn page_area(&self) -> Area {
        Page::area(self.screen, self.status_area())
    }

    /// The rows of the list, those above and below the screen too.
    pub fn rows(&self) -> Vec<ListRow> {
        let lines = self.lines_of_entry();
        let mut rows = Vec::new();
        for entry in 0..self.entries() {
            if self.begins_group(entry) {
                if entry > 0 {
                    rows.push(ListRow::Blank);
                }
                rows.push(ListRow::Head(entry));
            }
            rows.extend((0..lines).map(|line| ListRow::Entry(entry, line)));
        }
        rows
    }

    /// Rows of an entry.
    fn lines_of_entry(&self) -> usize {
        match self.listing {
            Listing::Interviews if self.is_table() => 1,
            Listing::Interviews | Listing::FollowUps => 2,
            Listing::Found => 1,
        }
    }

    pub(super) fn entries_on_screen(&self) -> usize {
        usize::from(self.list_area().height) / self.lines_of_entry()
    }

    fn begins_group(&self, entry: usize) -> bool {
        match self.listing {
            Listing::Interviews => false,
            Listing::FollowUps => {
                let group = self.follow_ups.group(entry);
                group.is_some() && (entry == 0 || self.follow_ups.group(entry - 1) != group)
            }
            Listing::Found => self.finding.is_first(entry),
        }
    }
}
