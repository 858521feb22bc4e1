//! What stands at the top of a text: where it was saved from, title, subtitle.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::Lines;
use super::style::{Kind, Style};
use crate::model::Metadata;

/// How many lines the top of a text may have.
const TOP: usize = 12;

/// Takes title, subtitle, address and saving date from the lines before the talk, which begins at line index `talk`.
/// Returns the indices of the lines that were taken, with what each was.
pub(super) fn take(
    lines: &Lines<'_>,
    styles: &[Style],
    talk: usize,
    metadata: &mut Metadata,
) -> Vec<(usize, &'static str)> {
    let mut taken = Vec::new();
    let end = talk.min(TOP).min(lines.lines.len());
    let mut top: Vec<usize> = (0..end).collect();
    if let Some(&first) = top.first()
        && take_saved_from(lines.line(first as u32), metadata)
    {
        taken.push((first, "the line that a browser put on top when the page was saved"));
        top.remove(0);
    }
    if !styles.is_empty() {
        taken.extend(heading_title(lines, styles, &top, metadata));
        return taken;
    }
    let Some(title) = title(lines, &top, talk) else { return taken };
    let line = lines.line(title as u32);
    let again: Vec<usize> = top.iter().copied().filter(|&index| lines.line(index as u32) == line).collect();
    super::fields::title(line).unwrap_or(line).clone_into(&mut metadata.title);
    taken.extend(again.iter().map(|&index| (index, "the title")));
    let last = again.last().copied().unwrap_or(title);
    if let Some(subtitle) = subtitle(lines, last + 1, talk) {
        metadata.subtitle = Some(lines.line(subtitle as u32).to_owned());
        taken.push((subtitle, "the subtitle"));
    }
    taken
}

/// The first heading, where the document has no other title or the same one.
fn heading_title(
    lines: &Lines<'_>,
    styles: &[Style],
    top: &[usize],
    metadata: &mut Metadata,
) -> Option<(usize, &'static str)> {
    let level = |index: usize| match lines.lines.get(index).and_then(|line| styles.get(line.number as usize - 1))?.kind
    {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    let index = top.iter().copied().find(|&index| level(index).is_some())?;
    let heading = lines.line(index as u32);
    let alone = (0..lines.lines.len()).filter(|&other| level(other) == level(index)).count() == 1;
    let fits = metadata.title.is_empty() && alone && index < 3 && !super::fields::says_transcript(heading);
    if fits {
        heading.clone_into(&mut metadata.title);
    }
    (fits || metadata.title == heading).then_some((index, "the title"))
}

/// Whether a line, in whatever language, says when and from where a page was saved.
fn take_saved_from(line: &str, metadata: &mut Metadata) -> bool {
    static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"https?://[^\s<>「」（）]+").ok());
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?)?|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?)?").ok()
    });
    let find = |regex: &'static LazyLock<Option<Regex>>| regex.as_ref().and_then(|regex| regex.find(line));
    let (Some(address), Some(date)) = (find(&ADDRESS), find(&DATE)) else { return false };
    if line.len() > 600 {
        return false;
    }
    metadata.source.url = Some(address.as_str().to_owned());
    metadata.source.saved = Some(date.as_str().to_owned());
    true
}

/// A line that stands twice on top, or else a short first line set off from what follows.
fn title(lines: &Lines<'_>, top: &[usize], talk: usize) -> Option<usize> {
    let twice = |index: &&usize| {
        let line = lines.line(**index as u32);
        line.chars().count() <= 300 && top.iter().any(|other| other > *index && lines.line(*other as u32) == line)
    };
    if let Some(&index) = top.iter().find(twice) {
        return Some(index);
    }
    let &first = top.first()?;
    let line = lines.line(first as u32);
    let next = lines.lines.get(first + 1)?;
    let short = line.chars().count() <= 160;
    let closed = line.ends_with(['.', ',', ';', ':', '。', '，', '…', '—', '?', '？', '!', '！']);
    let follows = lines.line(first as u32 + 1).chars().count();
    let apart = next.gap || first + 1 == talk || follows > 2 * line.chars().count();
    (short && !closed && apart && lines.lines.get(first)?.time.is_none()).then_some(first)
}

/// A short paragraph under the title, with a longer one of the introduction after it.
fn subtitle(lines: &Lines<'_>, index: usize, talk: usize) -> Option<usize> {
    let length = |index: usize| lines.line(index as u32).chars().count();
    let fits = index + 1 < talk && length(index) <= 300 && length(index) >= 12 && length(index + 1) > length(index);
    let byline =
        ["By ", "by ", "Von ", "Par ", "Por ", "文", "作者"].iter().any(|by| lines.line(index as u32).starts_with(by));
    (fits && !byline && lines.lines.get(index + 1)?.gap).then_some(index)
}
