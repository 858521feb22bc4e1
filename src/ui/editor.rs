//! The note editor, over the lower part of the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use crate::app::{App, Over};
use crate::ui::{Theme, clear, put, put_fitted, put_rule, theme};

/// Draws the editor where it is open; gives back where its cursor stands.
pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = app.geometry.editor?;
    let Some(Over::Editor(editor)) = &app.over else { return None };
    clear(buffer, area);
    put_rule(buffer, area.x, area.y, area.width, theme);
    let kind = editor.annotation.kind;
    let left = app.geometry.text.x.max(area.x + 1);
    let right = area.x + area.width - 1;
    let mut x = put(buffer, left, area.y + 1, 1, theme::sign(kind), theme.mark(kind)) + 1;
    x = put(buffer, x, area.y + 1, right - x, kind.name(), theme.mark(kind)) + 1;
    let quote = match app.answered() {
        Some(answered) if !answered.annotation.note.trim().is_empty() => {
            let whose = app.layer_of(answered).map(|(_, whose)| format!("{whose}: ")).unwrap_or_default();
            format!("answers {whose}“{}”", answered.annotation.note.replace('\n', " "))
        }
        _ => format!("on “{}”", editor.annotation.anchor.quote.replace('\n', " ")),
    };
    put_fitted(buffer, x, area.y + 1, right.saturating_sub(x), &quote, theme.faint());
    let hint = app.with_keys("⟨accept⟩ saves   ⟨cancel⟩ leaves   ⟨external-editor⟩ $EDITOR");
    let has_hint = area.height >= 6;
    if has_hint {
        put_fitted(buffer, left, area.y + area.height - 1, right - left, &hint, theme.faint());
    }
    let words = Rect {
        x: left,
        y: area.y + 2,
        width: (right - left).min(app.geometry.text.width.max(40)),
        height: area.height.saturating_sub(2 + u16::from(has_hint)),
    };
    if words.height == 0 {
        return None;
    }
    editor.area().render(words, buffer);
    let cursor = editor.area().screen_cursor();
    let (scrolled, _) = editor.area().scroll_offset();
    let y = words.y + (cursor.row as u16).saturating_sub(scrolled);
    let x = words.x + cursor.col as u16;
    let place = (x.min(words.right() - 1), y.min(words.bottom() - 1));
    // The terminal's own cursor marks the place; the widget's would be a second one.
    buffer[place].set_style(Style::new().remove_modifier(Modifier::REVERSED));
    Some(place)
}
