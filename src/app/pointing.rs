//! What the mouse does: pressing, dragging, the wheel.

use crate::app::{App, Command, Focus, Mouse};

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse, x: u16, y: u16) {
        if self.over.is_some() {
            return self.mouse_over(mouse);
        }
        let in_outline = self.geometry.outline.is_some_and(|area| area.contains(x, y));
        let in_notes = self.geometry.notes.is_some_and(|area| area.contains(x, y));
        match mouse {
            Mouse::WheelDown | Mouse::WheelUp => {
                let step = if mouse == Mouse::WheelDown { 3 } else { -3 };
                if in_outline {
                    self.outline.select_by(step, &self.document.topics);
                } else if in_notes && self.notes_pane.is_open {
                    self.move_in_notes(step);
                } else {
                    self.scroll(step);
                }
            }
            Mouse::Press if in_outline => self.click_outline(y),
            Mouse::Press if in_notes => self.click_notes(y),
            Mouse::Press if self.geometry.scrollbar.contains(x, y) => {
                self.note_jump();
                self.drags_scrollbar = true;
                self.drag_scrollbar(y);
            }
            Mouse::Drag if self.drags_scrollbar => self.drag_scrollbar(y),
            Mouse::Press => self.press(x, y),
            Mouse::Drag => {
                let (text, other) = (self.geometry.text, self.selection.unwrap_or(self.reading.cursor));
                // Beyond an edge, the text comes along.
                let position = if y < text.y {
                    self.scroll(-2);
                    self.position_at(x, text.y)
                } else if y >= text.y + text.height {
                    self.scroll(2);
                    self.position_at(x, text.y + text.height - 1)
                } else {
                    self.position_at(x, y)
                };
                let Some(position) = position else { return };
                if position != other {
                    self.selection = Some(other);
                }
                self.move_cursor(position);
            }
            Mouse::Release => {
                self.drags_scrollbar = false;
                if self.selected().is_none() {
                    self.selection = None;
                }
            }
        }
    }

    /// Puts the cursor under the mouse; pressed again at the same place, selects the word, the sentence, the paragraph.
    fn press(&mut self, x: u16, y: u16) {
        self.focus = Focus::Transcript;
        self.selection = None;
        let Some(position) = self.position_at(x, y) else { return };
        let times = match self.pressed {
            Some((before, times)) if before == position => times % 4 + 1,
            _ => 1,
        };
        self.move_cursor(position);
        let stretch = match times {
            2 => Some(Command::SelectWord),
            3 => Some(Command::SelectSentence),
            4 => Some(Command::SelectParagraph),
            _ => None,
        };
        if let Some(stretch) = stretch {
            self.selecting_command(stretch);
        }
        self.pressed = Some((position, times));
    }

    fn drag_scrollbar(&mut self, y: u16) {
        let area = self.geometry.scrollbar;
        let row = y.saturating_sub(area.y).min(area.height.saturating_sub(1));
        self.show_percent(u32::from(row) * 100 / u32::from(area.height.max(2) - 1));
    }
}
