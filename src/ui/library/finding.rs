//! What a search over all interviews has found: a row for each hit, with the words around it.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::{Look, TEXT};
use crate::app::{Browser, Hit};
use crate::text;
use crate::ui::{put, put_fitted, sign};

/// Draws the row of a hit.
pub(super) fn draw(browser: &Browser, hit: Hit<'_>, y: u16, look: Look<'_>, buffer: &mut Buffer) {
    let width = browser.screen.width;
    let who = (width / 5).clamp(8, 24);
    let (x, room) = (TEXT + who + 2, width.saturating_sub(TEXT + who + 3));
    match hit {
        Hit::Text(hit) => {
            put_fitted(buffer, TEXT, y, who, hit.speaker.as_deref().unwrap_or_default(), look.faint());
            let marks = std::slice::from_ref(&hit.marked);
            put_around(buffer, x, y, room, &hit.excerpt, marks, look.plain(), look);
        }
        Hit::Note(note) => {
            let annotation = &note.annotation;
            put(buffer, TEXT, y, 1, sign(annotation.kind), look.kind(annotation.kind));
            put_fitted(buffer, TEXT + 2, y, who.saturating_sub(2), annotation.kind.name(), look.faint());
            let tags: Vec<String> = annotation.tags.iter().map(|tag| format!("#{tag}")).collect();
            let words = [annotation.note.as_str(), annotation.anchor.quote.as_str(), &tags.join(" ")]
                .into_iter()
                .find_map(|words| {
                    let line = words.lines().find(|line| !browser.finding.marks(line).is_empty())?;
                    Some(line.to_owned())
                })
                .unwrap_or_else(|| annotation.note.clone());
            put_around(buffer, x, y, room, &words, &browser.finding.marks(&words), look.plain(), look);
        }
    }
}

/// Writes as much of a line as there is room for, so that its first mark is seen, and the marks as hits.
#[expect(clippy::too_many_arguments, reason = "a place, words, their marks and how they look")]
fn put_around(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    room: u16,
    words: &str,
    marks: &[Range<usize>],
    style: Style,
    look: Look<'_>,
) {
    let room = usize::from(room);
    let first = marks.first().map_or(0, |mark| mark.start);
    let before = text::width(words.get(..first).unwrap_or_default());
    // A third of the room is for what stands before the hit.
    let skipped = if text::width(words) <= room { 0 } else { before.saturating_sub(room / 3) };
    let (mut x, mut room) = (x, room);
    let mut from = 0;
    let mut passed = 0;
    for (at, grapheme) in text::graphemes(words) {
        // It begins with a whole word, where there is one before the hit.
        if passed >= skipped && (skipped == 0 || at >= first || words[..at].ends_with(char::is_whitespace)) {
            from = at;
            break;
        }
        passed += text::grapheme_width(grapheme);
    }
    if from > 0 && room > 1 {
        x = put(buffer, x, y, 1, "…", style);
        room -= 1;
    }
    put_marked(buffer, x, y, room as u16, words, from..words.len(), marks, style, look);
}

/// Writes a stretch of a line, its marks as hits.
#[expect(clippy::too_many_arguments, reason = "a place, words, their marks and how they look")]
pub(super) fn put_marked(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    room: u16,
    words: &str,
    stretch: Range<usize>,
    marks: &[Range<usize>],
    style: Style,
    look: Look<'_>,
) {
    let end = x + room;
    let mut x = x;
    let mut at = stretch.start;
    for mark in marks.iter().filter(|mark| mark.end > stretch.start && mark.start < stretch.end) {
        let (start, stop) = (mark.start.max(at), mark.end.min(stretch.end));
        x = put(buffer, x, y, end.saturating_sub(x), words.get(at..start).unwrap_or_default(), style);
        x = put(buffer, x, y, end.saturating_sub(x), words.get(start..stop).unwrap_or_default(), look.hit());
        at = stop;
    }
    put_fitted(buffer, x, y, end.saturating_sub(x), words.get(at..stretch.end).unwrap_or_default(), style);
}
