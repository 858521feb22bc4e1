//! The notes: beside their lines like a printed gloss, or as a list.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{ANSWER_INDENT, App, Area, Focus, GLOSS_INDENT, NOTES_HEAD_ROWS, NoteRow, gloss_words};
use crate::export::PlacedNote;
use crate::layout::wrap;
use crate::model::Tag;
use crate::text;
use crate::ui::{Theme, clear, put, put_fitted, put_rule};

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = app.geometry.notes else { return };
    if app.notes_pane.is_open {
        list(app, theme, buffer, area);
        preview(app, theme, buffer);
    } else {
        margin(app, theme, buffer, area);
    }
}

/// Kind, status and tags of a note on one line; gives back the column behind them.
fn heading(app: &App, note: &PlacedNote, theme: &Theme, buffer: &mut Buffer, x: u16, y: u16, width: u16) -> u16 {
    let annotation = &note.annotation;
    let right = x + width;
    let (sign, style) = theme.note_sign(annotation, app.notes.is_own(note));
    let mut x = put(buffer, x, y, 1, sign, style) + 1;
    if annotation.conflict.is_some() {
        x = put_fitted(buffer, x, y, right.saturating_sub(x), "conflict", style) + 1;
    }
    let what = if app.reply_depth(note) > 0 { "answer" } else { annotation.kind.name() };
    x = put_fitted(buffer, x, y, right.saturating_sub(x), what, theme.mark(annotation.kind));
    if let Some(status) = annotation.status {
        x = put_fitted(buffer, x + 1, y, right.saturating_sub(x + 1), status.name(), theme.faint());
    }
    if let Some((number, whose)) = app.layer_of(note) {
        x = put_fitted(buffer, x + 1, y, right.saturating_sub(x + 1), &whose, theme.layer(number));
    }
    put_tags(&annotation.tags, theme, buffer, x + 2, y, right).max(x)
}

/// Writes whole tags, or of one that is too long its last part, and how many more there are; gives back the column behind
/// them.
fn put_tags(tags: &[Tag], theme: &Theme, buffer: &mut Buffer, x: u16, y: u16, right: u16) -> u16 {
    let (mut x, mut behind) = (x, 0);
    for (number, tag) in tags.iter().enumerate() {
        let more = tags.len() - number - 1;
        let room = usize::from(right.saturating_sub(x + if more > 0 { 4 } else { 0 }));
        let part = tag.as_str().rsplit_once('/').map(|(_, last)| format!("…/{last}"));
        let fits = |words: &&str| text::width(words) <= room;
        let words = [Some(tag.as_str()), part.as_deref()].into_iter().flatten().find(fits);
        let Some(words) = words else {
            let rest = format!("+{}", more + 1);
            return if x + 2 <= right { put(buffer, x, y, right - x, &rest, theme.faint()) } else { behind };
        };
        behind = put(buffer, x, y, right - x, words, theme.tag());
        x = behind + 2;
    }
    behind
}

fn margin(app: &App, theme: &Theme, buffer: &mut Buffer, area: Area) {
    let top = app.geometry.text.y;
    for gloss in app.margin() {
        let Some(note) = app.notes.all().get(gloss.note) else { continue };
        let y = top + gloss.row as u16;
        let x = area.x + 1;
        let width = area.width.saturating_sub(2);
        // A note that had to flow down points back to its line.
        if gloss.row > gloss.beside && gloss.indent == 0 {
            put(buffer, area.x, y, 1, "↑", theme.faint());
        }
        let (x, width) = (x + gloss.indent, width.saturating_sub(gloss.indent));
        if let Some(before) = x.checked_sub(ANSWER_INDENT).filter(|_| gloss.indent > 0) {
            put(buffer, before, y, 1, "↳", theme.faint());
        }
        heading(app, note, theme, buffer, x, y, width);
        let words = gloss_words(note);
        let last = gloss.rows.len().saturating_sub(1);
        for (number, row) in gloss.rows.iter().enumerate() {
            let y = y + 1 + number as u16;
            let behind =
                put(buffer, x + GLOSS_INDENT, y, width, words.get(row.range()).unwrap_or_default(), Style::new());
            if gloss.is_cut && number == last {
                put(buffer, behind.min(area.x + area.width - 1), y, 1, "…", theme.faint());
            }
        }
    }
}

fn list(app: &App, theme: &Theme, buffer: &mut Buffer, area: Area) {
    if !app.geometry.wide {
        clear(buffer, area);
    }
    let has_keys = app.focus == Focus::Notes;
    let notes = app.listed_notes();
    let mut head = format!("{} of {} notes", notes.len(), app.notes.all().len());
    if let Some(kind) = app.notes_pane.kind {
        head.push_str(&format!("  {}s", kind.name()));
    }
    if !app.notes_pane.filter.is_empty() {
        head.push_str(&format!("  with “{}”", app.notes_pane.filter));
    }
    head.push_str(&format!("  {}", app.notes_pane.sort.name()));
    if !app.notes_pane.picked.is_empty() {
        head = format!("{} picked: ⟨tag⟩ ⟨cycle-status⟩ ⟨delete⟩ for all", app.notes_pane.picked.len());
    }
    put_fitted(buffer, area.x + 1, area.y, area.width - 2, &app.with_keys(&head), theme.faint());
    if notes.is_empty() {
        let words = if app.notes.all().is_empty() {
            "No notes yet. In the text, ⟨note⟩ writes one."
        } else {
            "None fits. ⟨cancel⟩ shows all."
        };
        let words = app.with_keys(words);
        put_fitted(buffer, area.x + 1, area.y + NOTES_HEAD_ROWS as u16, area.width - 2, &words, theme.faint());
    }
    let chosen = app.chosen_note();
    let rows = app.note_rows(usize::from(area.height));
    let mut y = area.y;
    let mut index = 0;
    while index < rows.len() {
        let NoteRow::Note(number) = &rows[index] else {
            if let NoteRow::Group(heading) = &rows[index] {
                put_fitted(buffer, area.x + 1, y, area.width - 2, heading, theme.title());
            }
            index += 1;
            y += 1;
            continue;
        };
        let number = *number;
        let room = rows[index..].iter().take_while(|row| **row == NoteRow::Note(number)).count();
        if let Some(note) = notes.get(number) {
            entry(app, note, number == chosen && has_keys, theme, buffer, Area { y, height: room as u16, ..area });
        }
        index += room;
        y += room as u16;
    }
}

/// The chosen note in full, below the list.
fn preview(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = app.geometry.preview else { return };
    clear(buffer, area);
    put_rule(buffer, area.x, area.y, area.width, theme);
    let notes = app.listed_notes();
    let Some(note) = notes.get(app.chosen_note()) else { return };
    let (x, width) = (area.x + 3, area.width.saturating_sub(5).min(100));
    let words = note.annotation.note.lines().map(|line| (line, Style::new(), 0));
    let quote = note.annotation.anchor.quote.lines().map(|line| (line, theme.matter(), 2));
    let rows = words.chain(quote).flat_map(|(line, style, indent)| {
        let rows = wrap(line, width.saturating_sub(indent));
        rows.into_iter().map(move |row| (line.get(row.range()).unwrap_or_default(), style, indent))
    });
    for (y, (line, style, indent)) in (area.y + 1..area.y + area.height).zip(rows) {
        if indent > 0 {
            put(buffer, x, y, 1, "▏", theme.rule());
        }
        put(buffer, x + indent, y, width, line, style);
    }
}

/// A note of the list: what it is; its words, or its quote where it has none; its quote, small.
fn entry(app: &App, note: &PlacedNote, is_chosen: bool, theme: &Theme, buffer: &mut Buffer, area: Area) {
    let x = area.x + 1;
    let indent = ANSWER_INDENT * app.reply_depth(note) as u16;
    let (x, width) = (x + indent, area.width.saturating_sub(2 + indent));
    if is_chosen {
        for y in area.y..(area.y + area.height).min(area.y + 1 + app.note_lines(note) as u16) {
            put(buffer, area.x, y, area.width, &" ".repeat(usize::from(area.width)), theme.selection());
        }
    }
    let over = if is_chosen { theme.selection() } else { Style::new() };
    if app.notes_pane.picked.contains(&note.annotation.id) {
        put(buffer, area.x, area.y, 1, "✓", over.patch(theme.title()));
    }
    if indent > 0 {
        put(buffer, x - ANSWER_INDENT, area.y, 1, "↳", over.patch(theme.faint()));
    }
    let behind = heading(app, note, theme, buffer, x, area.y, width);
    if note.resolution.span().is_none() {
        put_fitted(buffer, behind + 1, area.y, (x + width).saturating_sub(behind + 1), "orphan", theme.error());
    } else if let Some(time) = note.resolution.span().and_then(|span| app.interview().time_before(span.start.paragraph))
        && behind + 10 < x + width
    {
        put(buffer, x + width - 8, area.y, 8, &time.to_string(), theme.faint());
    }
    let words = gloss_words(note);
    let quote = format!("“{}”", note.annotation.anchor.quote.replace('\n', " "));
    let lines = match words.is_empty() {
        true => [(quote.as_str(), theme.matter()), ("", Style::new())],
        false => [(words.as_str(), Style::new()), (quote.as_str(), theme.faint().add_modifier(Modifier::ITALIC))],
    };
    for ((line, style), y) in lines.into_iter().take(app.note_lines(note)).zip(area.y + 1..area.y + area.height) {
        put_fitted(buffer, x + 2, y, width.saturating_sub(2), line, over.patch(style));
    }
}
