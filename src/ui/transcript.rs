//! The words, their gutter, the top edge and the scrollbar.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{App, GUTTER, TIME_GUTTER};
use crate::export::PlacedNote;
use crate::layout::{Line, LinePlace, Row};
use crate::model::{Confidence, Kind, LabelOrigin, Matter, ParagraphIndex, Position, Role, Span, Topic};
use crate::model::{TopicKind, TurnIndex};
use crate::text;
use crate::ui::{Theme, put, put_fitted};

/// Draws the transcript pane; gives back where the cursor stands when it stands at a character.
pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = app.geometry.text;
    let lines = app.flow().lines(app.reading.top, usize::from(area.height));
    head(app, theme, buffer, &lines);
    let mut cursor = None;
    for (y, (place, line)) in (area.y..).zip(&lines) {
        gutter(app, theme, buffer, y, *place, line);
        match line {
            Line::Blank => {}
            Line::Title(row) => words_of(buffer, app, y, &app.interview().metadata.title, row, theme.title()),
            Line::Subtitle(row) => {
                let subtitle = app.interview().metadata.subtitle.as_deref().unwrap_or_default();
                words_of(buffer, app, y, subtitle, row, theme.subtitle());
            }
            Line::Heading(number, row) => {
                let title = app.interview().given_topics.get(*number as usize).map_or("", |topic| &topic.title);
                words_of(buffer, app, y, title, row, theme.heading());
            }
            Line::Speaker(turn) => name(app, theme, buffer, area.x, y, *turn),
            Line::Division(matter) => {
                let words = if *matter == Matter::Back { "· · ·" } else { "—" };
                let x = area.x + (area.width.saturating_sub(text::width(words) as u16)) / 2;
                put(buffer, x, y, area.width, words, theme.faint());
            }
            Line::Text { paragraph, row, beside } => {
                let at = text_row(app, theme, buffer, area.x, y, *paragraph, row);
                cursor = cursor.or(at);
                if let Some((paragraph, row)) = beside {
                    let at = text_row(app, theme, buffer, area.x + app.flow().beside_start(), y, *paragraph, row);
                    cursor = cursor.or(at);
                }
            }
            Line::Beside(paragraph, row) => {
                let at = text_row(app, theme, buffer, area.x + app.flow().beside_start(), y, *paragraph, row);
                cursor = cursor.or(at);
            }
        }
    }
    scrollbar(app, theme, buffer);
    cursor.filter(|_| app.reading.caret)
}

fn words_of(buffer: &mut Buffer, app: &App, y: u16, words: &str, row: &Row, style: Style) {
    let area = app.geometry.text;
    put(buffer, area.x, y, area.width, words.get(row.range()).unwrap_or_default(), style);
}

/// The top edge: who speaks and what it is about, where a name that scrolled away leaves one to wonder.
fn head(app: &App, theme: &Theme, buffer: &mut Buffer, lines: &[(LinePlace, Line)]) {
    let area = app.geometry.head;
    if area.height == 0 {
        return;
    }
    let first = lines.iter().find_map(|(place, line)| match line {
        Line::Text { .. } | Line::Beside(..) => Some((place.paragraph, false)),
        Line::Speaker(_) => Some((place.paragraph, true)),
        _ => None,
    });
    let Some((paragraph, is_named)) = first else { return };
    let mut x = area.x;
    if !is_named && let Some(turn) = app.interview().turn_of(paragraph) {
        x = put_name(app, theme, buffer, x, area.y, area.width / 2, turn) + 2;
    }
    let at = app.topic_of(Position { paragraph, offset: u32::MAX });
    if let Some(topic) = at.and_then(|at| app.document.topics.get(at)).filter(|topic| !stands_below(topic, lines))
        && x + 8 < area.x + area.width
    {
        let room = area.x + area.width - x;
        let title = text::sanitise_line(&topic.title);
        let title = text::fit(&title, usize::from(room));
        let right = area.x + area.width - text::width(&title) as u16;
        put(buffer, right, area.y, room, &title, theme.faint());
    }
}

/// Whether a topic's title stands right below the top edge: as a heading, or as the question that it is.
fn stands_below(topic: &Topic, lines: &[(LinePlace, Line)]) -> bool {
    let mut first = lines.iter().take_while(|(_, line)| !matches!(line, Line::Text { .. } | Line::Beside(..)));
    let has_heading = first.any(|(_, line)| matches!(line, Line::Heading(..)));
    let begins = lines.iter().find_map(|(_, line)| match line {
        Line::Text { paragraph, row, .. } => Some(Position { paragraph: *paragraph, offset: row.start }),
        _ => None,
    });
    match topic.kind {
        TopicKind::Given => has_heading,
        TopicKind::Question => begins.is_some_and(|begins| begins <= topic.start),
        TopicKind::Own => false,
    }
}

fn name(app: &App, theme: &Theme, buffer: &mut Buffer, x: u16, y: u16, turn: TurnIndex) {
    put_name(app, theme, buffer, x, y, app.geometry.text.width, turn);
}

fn put_name(app: &App, theme: &Theme, buffer: &mut Buffer, x: u16, y: u16, width: u16, turn: TurnIndex) -> u16 {
    let interview = app.interview();
    let Some(this) = interview.turn(turn) else { return x };
    let Some((index, speaker)) = this.speaker.and_then(|index| Some((index, interview.speaker(index)?))) else {
        return x;
    };
    let behind = put_fitted(buffer, x, y, width, &speaker.name.to_uppercase(), theme.speaker(usize::from(index.0)));
    let tilde = match (this.origin, this.confidence) {
        (LabelOrigin::Inferred, Some(Confidence::Doubtful)) => " ~?",
        (LabelOrigin::Inferred, _) => " ~",
        _ => return behind,
    };
    put(buffer, behind, y, 3, tilde, theme.faint())
}

/// The cursor's bar, the sign of what the line bears, the timecode.
fn gutter(app: &App, theme: &Theme, buffer: &mut Buffer, y: u16, place: LinePlace, line: &Line) {
    let x = app.geometry.text.x - GUTTER;
    let (Line::Text { paragraph, row, .. } | Line::Beside(paragraph, row)) = line else {
        if let Line::Speaker(turn) = line
            && app.geometry.times
            && let Some(time) = app.interview().turn(*turn).and_then(|turn| turn.time)
        {
            put(buffer, x - TIME_GUTTER + 1, y, 8, &time.to_string(), theme.faint());
        }
        return;
    };
    let cursor = app.reading.cursor.paragraph;
    let cursor = app.interview().original_of(cursor).unwrap_or(cursor);
    if place.paragraph == cursor {
        put(buffer, x, y, 1, "▎", theme.cursor_bar());
    }
    let span = row_span(*paragraph, row);
    let weight = |note: &&PlacedNote| {
        let kind = match note.annotation.kind {
            Kind::FollowUp | Kind::Question => 0,
            Kind::Note => 1,
            Kind::Topic => 2,
            Kind::Bookmark => 3,
            Kind::Highlight => 4,
        };
        (note.annotation.conflict.is_none(), !app.notes.is_own(note), kind)
    };
    let begins = |note: &&PlacedNote| {
        note.resolution.span().is_some_and(|own| span.contains(own.start) || own.start == span.start)
    };
    if let Some(note) = app.notes.within(span).filter(begins).min_by_key(weight) {
        let (sign, style) = theme.note_sign(&note.annotation, app.notes.is_own(note));
        put(buffer, x + 1, y, 1, sign, style);
    }
    let interview = app.interview();
    let is_first = interview
        .turn_of(place.paragraph)
        .is_some_and(|turn| interview.turn_paragraphs(turn).start == place.paragraph.0);
    if app.geometry.times
        && row.start == 0
        && !is_first
        && let Some(time) = interview.time_of(*paragraph)
    {
        put(buffer, x - TIME_GUTTER + 1, y, 8, &time.to_string(), theme.faint());
    }
}

fn row_span(paragraph: ParagraphIndex, row: &Row) -> Span {
    Span {
        start: Position { paragraph, offset: row.start },
        end: Position { paragraph, offset: row.end.max(row.start + 1) },
    }
}

/// Draws a row of words; gives back where the cursor is when it is in the row.
fn text_row(
    app: &App,
    theme: &Theme,
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    paragraph: ParagraphIndex,
    row: &Row,
) -> Option<(u16, u16)> {
    let words = app.interview().paragraph(paragraph);
    let base = base_style(app, theme, paragraph);
    let layers = layers(app, theme, paragraph, row, words);
    let style_at = |offset: usize| {
        let over = layers.iter().filter(|(range, _)| range.contains(&offset));
        over.fold(base, |style, (_, layer)| style.patch(*layer))
    };
    let (start, end) = (row.start as usize, row.end as usize);
    // Where the look may change.
    let mut cuts = vec![start, end];
    cuts.extend(layers.iter().flat_map(|(range, _)| [range.start, range.end]).filter(|at| (start..end).contains(at)));
    cuts.sort_unstable();
    let mut column = x;
    for (from, to) in cuts.iter().zip(&cuts[1..]).map(|(&from, &to)| (from, text::boundary_from(words, to))) {
        let from = text::boundary_from(words, from);
        if from < to {
            column = put(buffer, column, y, u16::MAX, words.get(from..to).unwrap_or_default(), style_at(from));
        }
    }
    let cursor = app.reading.cursor;
    let is_here = cursor.paragraph == paragraph && (start..end).contains(&(cursor.offset as usize));
    let before = || words.get(start..cursor.offset as usize).map_or(0, text::width) as u16;
    let mut cursor_column = is_here.then(|| x + before());
    if cursor.paragraph == paragraph
        && cursor_column.is_none()
        && cursor.offset >= row.end
        && app.flow().place_of(cursor).line == app.flow().place_of(Position { paragraph, offset: row.start }).line
    {
        cursor_column = Some(column);
    }
    cursor_column.map(|column| (column, y))
}

fn base_style(app: &App, theme: &Theme, paragraph: ParagraphIndex) -> Style {
    let interview = app.interview();
    let style = match interview.turn_of(paragraph) {
        Some(turn) if interview.role_of_turn(turn) == Role::Interviewer => theme.question(),
        Some(_) => Style::new(),
        None => theme.matter(),
    };
    match interview.original_of(paragraph) {
        Some(_) if app.flow().view.bilingual != crate::layout::Bilingual::Translation => style.patch(theme.matter()),
        _ => style,
    }
}

/// What changes the look of parts of a row, from the bottom up.
fn layers(app: &App, theme: &Theme, paragraph: ParagraphIndex, row: &Row, words: &str) -> Vec<(Range<usize>, Style)> {
    let mut layers = Vec::new();
    let span = row_span(paragraph, row);
    let within = |other: Span| {
        let start = if other.start.paragraph < paragraph { 0 } else { other.start.offset as usize };
        let end = if other.end.paragraph > paragraph { words.len() } else { other.end.offset as usize };
        start.max(row.start as usize)..end.min(row.end as usize)
    };
    for range in stage_directions(words, row) {
        layers.push((range, theme.faint()));
    }
    let marked: Vec<(Range<usize>, bool)> = app
        .notes
        .within(span)
        .filter(|note| !matches!(note.annotation.kind, Kind::Topic | Kind::Bookmark))
        .filter_map(|note| Some((within(note.resolution.span()?), app.notes.is_own(note))))
        .filter(|(range, _)| !range.is_empty())
        .collect();
    for (number, (range, is_own)) in marked.iter().enumerate() {
        layers.push((range.clone(), if *is_own { theme.highlight(false) } else { theme.others_highlight() }));
        for (other, _) in &marked[..number] {
            let both = range.start.max(other.start)..range.end.min(other.end);
            if !both.is_empty() {
                layers.push((both, theme.highlight(true)));
            }
        }
    }
    let start = app.interview().range(paragraph).start;
    let cursor = app.interview().byte_of_position(app.reading.cursor);
    for hit in app.searching.hits.within(start + row.start as usize..start + row.end as usize) {
        let in_row = hit.start.max(start + row.start as usize) - start..hit.end.min(start + row.end as usize) - start;
        layers.push((in_row, theme.hit(hit.start == cursor)));
    }
    if let Some(selected) = app.selected()
        && selected.overlaps(&span)
    {
        layers.push((within(selected), theme.selection()));
    }
    layers
}

/// The parts of a row within `[laughs]`, `(applause)` and the like: a few words in brackets, without a full stop.
fn stage_directions(words: &str, row: &Row) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // A direction that began on the row before ends on this one.
    let from = text::boundary_at(words, (row.start as usize).saturating_sub(LONGEST_DIRECTION));
    let inside = words.get(from..row.end as usize).unwrap_or_default();
    for (open, bracket) in inside.match_indices(['[', '(']) {
        let closing = if bracket == "[" { ']' } else { ')' };
        let rest = words.get(from + open..).unwrap_or_default();
        let Some(close) = rest.find(closing) else { continue };
        let said = &rest[1..close];
        let is_direction = close <= LONGEST_DIRECTION
            && !said.is_empty()
            && (bracket == "[" || said.chars().all(|c| c.is_lowercase() || c == ' '))
            && !said.contains(['.', '?', '!']);
        if is_direction {
            found.push(from + open..from + open + close + 1);
        }
    }
    found
}

/// Bytes of the longest stage direction.
const LONGEST_DIRECTION: usize = 40;

fn scrollbar(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let area = app.geometry.scrollbar;
    let total = app.total_bytes();
    let visible = app.visible();
    let start = app.bytes_before(visible.start);
    let end = app.bytes_before(visible.end).max(start);
    if start == 0 && end >= total {
        return;
    }
    let height = usize::from(area.height);
    let row_of = |byte: usize| (byte.min(total) * height / (total + 1)).min(height.saturating_sub(1));
    let thumb = if app.reading.at_end {
        height - (row_of(end) - row_of(start)).clamp(1, height)..height
    } else {
        row_of(start)..row_of(end).max(row_of(start) + 1)
    };
    for row in 0..height {
        let inside = thumb.contains(&row);
        let (sign, style) = if inside { ("▐", theme.faint()) } else { (" ", theme.rule()) };
        put(buffer, area.x, area.y + row as u16, 1, sign, style);
    }
    let mut mark = |row: usize, sign: &str, style: Style| {
        let style = if thumb.contains(&row) { style.add_modifier(Modifier::BOLD) } else { style };
        put(buffer, area.x, area.y + row as u16, 1, sign, style);
    };
    // The last note of each row, found by halving: thousands would only be drawn over one another.
    let notes = app.notes.all();
    let byte_of = |note: &PlacedNote| note.resolution.span().map(|span| app.bytes_before(span.start));
    let mut first = 0;
    for row in 0..height {
        let end = notes.partition_point(|note| byte_of(note).is_some_and(|byte| row_of(byte) <= row));
        let of_row = notes.get(first..end).unwrap_or_default();
        if let Some(note) = of_row.iter().rev().find(|note| app.notes.is_shown(note)) {
            mark(row, "•", theme.mark(note.annotation.kind));
        }
        first = end.max(first);
    }
    // As many as there are rows: more hits than that would only be drawn over one another.
    let hits = &app.searching.hits;
    for hit in hits.iter().step_by((hits.len() / (height * 4).max(1)).max(1)) {
        mark(row_of(app.bytes_before(app.interview().position_of_byte(hit.start))), "╴", theme.hit_mark());
    }
}
