//! The bottom line: what is typed, a message, or where the reader is.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{App, Area, Asking, Command, Mode, Over, Prompt, Purpose, SaveState};
use crate::layout::Dialogue;
use crate::text;
use crate::ui::{Theme, put, put_fitted};

/// Draws the bottom line; gives back where the cursor stands when something is typed.
pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = app.geometry.status;
    let (x, y, width) = (area.x + 1, area.y, area.width.saturating_sub(2));
    match &app.over {
        Some(Over::Prompt(asking)) => return Some(prompt(app, asking, theme, buffer)),
        Some(Over::Confirm(confirming)) => {
            let keys = app.with_keys("  ⟨yes⟩/⟨no⟩");
            let room = width.saturating_sub(text::width(&keys) as u16);
            let behind = put_fitted(buffer, x, y, room, &app.with_keys(&confirming.question), theme.error());
            put(buffer, behind, y, width, &keys, theme.error());
            return None;
        }
        Some(Over::Mark(marking)) => {
            put_fitted(buffer, x, y, width, &app.marks_line(*marking), Style::new());
            return None;
        }
        _ => {}
    }
    if let Some(message) = &app.message {
        let style = if message.is_error { theme.error() } else { Style::new() };
        put_fitted(buffer, x, y, width, &message.text, style);
    } else {
        place(app, theme, buffer);
    }
    None
}

/// Where the reader is, the most useful first; what does not fit is left out from the middle.
fn place(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let area = app.geometry.status;
    let right = area.x + area.width - 1;
    let mut end = right;
    let mut put_right = |buffer: &mut Buffer, words: &str, style: Style| {
        let columns = text::width(words) as u16;
        if end > area.x + columns + 12 {
            put(buffer, end - columns, area.y, columns, words, style);
            end -= columns + 3;
        }
    };
    if !app.pending.is_empty() {
        put_right(buffer, &app.pending, Style::new().add_modifier(Modifier::BOLD));
    }
    if let Some(key) = app.keys.key(app.mode(), Command::Help) {
        put_right(buffer, &format!("{key} help"), theme.faint());
    }
    match &app.notes.save {
        SaveState::Failed(_) => put_right(buffer, "NOT SAVED", theme.error()),
        SaveState::Saving => put_right(buffer, "saving", theme.faint()),
        SaveState::Saved if app.notes.has_saved() => put_right(buffer, "saved", theme.faint()),
        SaveState::Saved => {}
    }
    match (&app.notes.read_only, app.document.is_outline_to_come) {
        (Some(_), true) => put_right(buffer, "opening", theme.faint()),
        (Some(_), false) => put_right(buffer, "read-only", theme.error()),
        (None, _) => {}
    }
    if app.mode() == Mode::Selecting {
        put_right(buffer, "SELECT", Style::new().add_modifier(Modifier::BOLD));
    }
    match app.view.dialogue {
        Dialogue::Full => {}
        Dialogue::Questions => put_right(buffer, "questions only", theme.faint()),
        Dialogue::Speaker(_) => put_right(buffer, "one speaker", theme.faint()),
    }
    match app.conflicts().count() {
        0 => {}
        1 => put_right(buffer, "1 conflict", theme.error()),
        count => put_right(buffer, &format!("{count} conflicts"), theme.error()),
    }
    match app.orphan_count() {
        0 => {}
        1 => put_right(buffer, "1 orphan", theme.error()),
        count => put_right(buffer, &format!("{count} orphans"), theme.error()),
    }
    let count = app.notes.shown().count();
    if count > 0 {
        put_right(buffer, &format!("{count} note{}", if count == 1 { "" } else { "s" }), Style::new());
    }
    put_right(buffer, &format!("{}%", app.percent()), Style::new());
    match app.minutes_left() {
        0 => {}
        minutes if minutes >= 90 => put_right(buffer, &format!("{} h left", minutes.div_ceil(60)), theme.faint()),
        minutes => put_right(buffer, &format!("{minutes} min left"), theme.faint()),
    }

    let mut x = area.x + 1;
    // What would be cut down to a stub is left out.
    let mut put_left = |buffer: &mut Buffer, words: &str, most: u16, style: Style| {
        let room = end.saturating_sub(x);
        if usize::from(room) >= text::width(words).min(18) && !words.is_empty() {
            x = put_fitted(buffer, x, area.y, room.min(most), words, style) + 3;
        }
    };
    let interview = app.interview();
    let title = match interview.metadata.title.is_empty() {
        true => &app.document.name,
        false => &interview.metadata.title,
    };
    put_left(buffer, title, 40, Style::new().add_modifier(Modifier::BOLD));
    if let Some(at) = app.current_topic()
        && let Some(topic) = app.document.topics.get(at)
    {
        let count = app.document.topics.len();
        put_left(buffer, &format!("{}/{count} {}", at + 1, topic.title), 44, Style::new());
    }
    let speaker = interview.speaker_of(app.reading.cursor.paragraph);
    if let Some((index, speaker)) = speaker.and_then(|index| Some((index, interview.speaker(index)?))) {
        put_left(buffer, &speaker.name, 24, theme.speaker(usize::from(index.0)).remove_modifier(Modifier::BOLD));
    }
}

fn prompt(app: &App, asking: &Asking, theme: &Theme, buffer: &mut Buffer) -> (u16, u16) {
    let area = app.geometry.status;
    let label = asking.purpose.label(app.searching.is_regex);
    let right = match asking.purpose {
        Purpose::Search => match (&app.searching.error, asking.prompt.text().is_empty()) {
            (Some(error), _) => error.clone(),
            (None, true) => String::new(),
            (None, false) => app.hits_line(),
        },
        Purpose::CommandLine => asking.sentence().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let cursor = typed(area, label, &asking.prompt, &right, theme, buffer);
    choices(area, asking, theme, buffer);
    cursor
}

/// Draws what could complete a line, above it.
pub(super) fn choices(area: Area, asking: &Asking, theme: &Theme, buffer: &mut Buffer) {
    let above = area.y.saturating_sub(1);
    let mut x = area.x + 1;
    for (number, choice) in asking.choices.iter().enumerate() {
        if x + 4 >= area.width {
            break;
        }
        if number == 0 {
            put(buffer, 0, above, area.width, &" ".repeat(usize::from(area.width)), Style::reset());
        }
        let style = if asking.chosen == Some(number) { theme.chosen(true) } else { theme.faint() };
        x = put_fitted(buffer, x, above, area.width - x - 1, choice, style) + 2;
    }
}

/// Draws a line that is being typed, with what it is for before it and what comes of it behind it; gives back where the
/// cursor stands.
pub(super) fn typed(
    area: Area,
    label: &str,
    prompt: &Prompt,
    right: &str,
    theme: &Theme,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let y = area.y;
    let start = put(buffer, area.x + 1, y, area.width, label, theme.faint());
    let columns = (text::width(right) as u16).min(area.width / 2);
    let end = area.x + area.width;
    put_fitted(buffer, end - columns - 1, y, columns, right, theme.faint());
    let room = (end - columns - 2).saturating_sub(start).max(1);
    // The end of a line that is longer than its room is what is being typed.
    let column = prompt.cursor_column();
    let skipped = column.saturating_sub(usize::from(room) - 1);
    let words = text::sanitise_line(prompt.text());
    let mut passed = 0;
    let from = text::graphemes(&words)
        .find(|(_, grapheme)| {
            let here = passed;
            passed += text::grapheme_width(grapheme);
            here >= skipped
        })
        .map_or(words.len(), |(at, _)| at);
    put(buffer, start, y, room, &words[from..], Style::new());
    (start + (column - skipped) as u16, y)
}
