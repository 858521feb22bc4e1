//! A list item with only the keys rewritten whose values have changed.

use super::layout::{self, Item};
use super::yaml_out::Value;

/// A key of an item.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Its value; `None` where the key is left out.
    pub(super) value: Option<Value>,
    /// Whether the item says that already.
    pub(super) is_same: bool,
    /// Whether the key is put in where it was left out.
    pub(super) may_come: bool,
}

/// The lines of `item` with the values of `keys`, which stand in the order in which new ones are put in; `None` where
/// it is in a style that is not expected. Comments, other keys and the order of the keys stay.
pub(super) fn edited(text: &str, item: &Item, keys: Vec<Key>, newline: &str) -> Option<String> {
    let block = text[item.start..item.end].trim_end_matches(['\n', '\r', ' ']);
    let end = item.start + block.len();
    let blank_end = &text[end..item.end];
    let (column, chunks) = layout::chunks(text, item.start..end)?;
    let prefix = text.get(item.start..item.start + column)?;
    let indent = " ".repeat(column);
    // Each key with its lines, those of the first key without the dash before it.
    let mut pieces: Vec<(Option<&str>, String)> = Vec::new();
    for chunk in &chunks {
        let from = if pieces.is_empty() { chunk.range.start + column } else { chunk.range.start };
        let lines = text[from..chunk.range.end].trim_start_matches(' ').to_owned();
        pieces.push((chunk.key.as_deref(), lines));
    }
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    for (index, Key { name, value, is_same, may_come }) in keys.into_iter().enumerate() {
        let found = pieces.iter().position(|(other, _)| *other == Some(name));
        match (found, value) {
            (Some(_), _) if is_same => {}
            (Some(at), Some(value)) => {
                let (first, rest) = pieces[at].1.split_once('\n').unwrap_or((&pieces[at].1, ""));
                let comment = layout::trailing_comment(first).to_owned();
                let kept = kept_comments(first, rest);
                let rendered = value.render(column + 2, newline);
                let (head, below) = rendered.split_once(newline).unwrap_or((&rendered, ""));
                let mut lines = format!("{name}:{head}{comment}");
                if !below.is_empty() {
                    lines.push_str(newline);
                    lines.push_str(below);
                }
                lines.push_str(newline);
                pieces[at].1 = lines + &kept;
            }
            (Some(at), None) => {
                let (first, rest) = pieces[at].1.split_once('\n').unwrap_or((&pieces[at].1, ""));
                let comment = layout::trailing_comment(first).trim_start();
                let mut kept = kept_comments(first, rest);
                if !comment.is_empty() {
                    kept.insert_str(0, &format!("{comment}{newline}"));
                }
                match kept.is_empty() || at == 0 {
                    true => drop(pieces.remove(at)),
                    false => pieces[at] = (None, kept),
                }
            }
            (None, Some(value)) if may_come => {
                let before = |other: &str| names[..index].contains(&other);
                let after = pieces.iter().rposition(|(other, _)| other.is_some_and(before)).map_or(0, |at| at + 1);
                pieces.insert(after, (Some(name), format!("{name}:{}{newline}", value.render(column + 2, newline))));
            }
            (None, _) => {}
        }
    }
    pieces.first()?.0?;
    let mut out = prefix.to_owned();
    for (index, (_, lines)) in pieces.iter().enumerate() {
        if index > 0 {
            out.push_str(&indent);
        }
        out.push_str(lines);
        if !lines.ends_with('\n') {
            out.push_str(newline);
        }
    }
    // The line feed of the block's last line is in `blank_end` too.
    out.push_str(blank_end.split_once('\n').map_or("", |(_, rest)| rest));
    Some(out)
}

/// The comments in a value that is to be replaced; what looks like one in a text is none.
fn kept_comments(first: &str, rest: &str) -> String {
    let value = layout::value_on_key_line(first);
    let is_collection = value.is_empty() || value.starts_with(['[', '{']);
    let comments = rest.split_inclusive('\n').filter(|line| is_collection && line.trim_start().starts_with('#'));
    comments.collect()
}
