//! Where the parts of a block-style YAML file lie, by its lines: top-level keys, list items, an item's keys.
//!
//! This is no parser. What a file says is read by the YAML library; this tells which bytes say it, so that a save can
//! replace those and leave the others alone. A style that is not expected is `None`, and the result of every edit is
//! read again and compared before it is written.

use std::ops::Range;

/// A top-level key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) name: String,
    /// The key's own line with its line feed.
    pub(super) key_line: Range<usize>,
    /// From behind that line to the next key or the file's end.
    pub(super) body: Range<usize>,
}

/// An item of a block list. The lines from `lead` to `start` are comments above it, which stay when it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) lead: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The items of a section's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Items {
    /// Blanks before each `-`.
    pub(super) indent: usize,
    pub(super) items: Vec<Item>,
}

/// A stretch of an item: a key with its value, or lines that belong to no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) key: Option<String>,
    pub(super) range: Range<usize>,
}

/// The top-level keys of a block-style document, in order; `None` where the file has another style.
pub(super) fn sections(text: &str) -> Option<Vec<Section>> {
    let mut sections: Vec<Section> = Vec::new();
    for line in lines(text, 0..text.len()) {
        let content = &text[line.clone()];
        match content.as_bytes().first() {
            None | Some(b' ' | b'\n' | b'\r' | b'#') => {}
            Some(b'-') if sections.is_empty() && content.trim_end() == "---" => {}
            Some(b'-') if !sections.is_empty() && is_item(content) => {}
            _ => {
                let name = key_of(content)?;
                if let Some(last) = sections.last_mut() {
                    last.body.end = line.start;
                }
                sections.push(Section { name: name.to_owned(), key_line: line.clone(), body: line.end..text.len() });
            }
        }
    }
    Some(sections)
}

/// The items of the list in `body`; `None` where it is no block list.
pub(super) fn items(text: &str, body: Range<usize>) -> Option<Items> {
    let mut found = Items::default();
    // Where the comments begin that may turn out to stand above the next item.
    let mut lead: Option<usize> = None;
    for line in lines(text, body.clone()) {
        let content = &text[line.clone()];
        let words = content.trim_start_matches(' ');
        let indent = content.len() - words.len();
        if words.trim_end_matches(['\r', '\n']).is_empty() {
            if let (None, Some(last)) = (lead, found.items.last_mut()) {
                last.end = line.end;
            }
            continue;
        }
        if found.items.is_empty() && !words.starts_with('#') {
            found.indent = indent;
        }
        if words.starts_with('#') && (found.items.is_empty() || indent <= found.indent) {
            lead.get_or_insert(line.start);
        } else if indent == found.indent && is_item(words) {
            let lead = lead.take().unwrap_or(line.start);
            found.items.push(Item { lead, start: line.start, end: line.end });
        } else if indent > found.indent {
            lead = None;
            found.items.last_mut()?.end = line.end;
        } else {
            return None;
        }
    }
    Some(found)
}

/// The stretches of an item `- key: value`, which cover it without gaps, and the column of its keys; `None` where it
/// has another style.
pub(super) fn chunks(text: &str, item: Range<usize>) -> Option<(usize, Vec<Chunk>)> {
    let first = lines(text, item.clone()).next()?;
    let content = &text[first];
    let dash = content.find('-')?;
    let column = dash + 1 + content[dash + 1..].find(|c| c != ' ')?;
    let mut chunks: Vec<Chunk> = Vec::new();
    for line in lines(text, item.clone()) {
        let content = &text[line.clone()];
        let indent = content.len() - content.trim_start_matches(' ').len();
        let at_column = line.start == item.start || indent == column;
        let words = content.get(column..).unwrap_or_default();
        let key = if at_column { key_of(words) } else { None };
        let is_comment = at_column && words.starts_with('#');
        match chunks.last_mut() {
            None => chunks.push(Chunk { key: Some(key?.to_owned()), range: line }),
            _ if key.is_some() || is_comment => chunks.push(Chunk { key: key.map(str::to_owned), range: line }),
            Some(last) => last.range.end = line.end,
        }
    }
    Some((column, chunks))
}

/// The comment at the end of a `key: value` line, with the blanks before it.
pub(super) fn trailing_comment(line: &str) -> &str {
    let line = line.trim_end_matches(['\r', '\n']);
    let mut quote = None;
    let mut escaped = false;
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            // A quotation mark opens a quoted scalar only where a scalar can begin.
            None if matches!(c, '"' | '\'') && matches!(previous, ' ' | '[' | '{' | ',' | ':') => quote = Some(c),
            None if c == '#' && matches!(previous, ' ' | '\t') => {
                return &line[line[..at].trim_end().len()..];
            }
            None => {}
        }
        previous = c;
    }
    ""
}

/// What stands after `key:` on its line, without a comment.
pub(super) fn value_on_key_line(line: &str) -> &str {
    let line = line.trim_end_matches(['\r', '\n']);
    let comment = trailing_comment(line);
    line[..line.len() - comment.len()].split_once(':').map_or("", |(_, value)| value.trim())
}

/// The lines of `range`, each with its line feed.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        at..start
    })
}

/// The key of a `key: value` line.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_word = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    (is_word && (rest.is_empty() || rest.starts_with([' ', '\n', '\r', '\t']))).then_some(key)
}

fn is_item(words: &str) -> bool {
    words.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# mine
interleaf: annotations/1
annotations:
# about the first
- id: A
  # inside
  note: |
    one
    # no comment
- id: B # b
  tags:
  - x

# the end
title: t
";

    #[test]
    fn sections_items_and_keys_cover_the_file() {
        let sections = sections(FILE).unwrap();
        assert_eq!(sections.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["interleaf", "annotations", "title"]);
        let items = items(FILE, sections[1].body.clone()).unwrap();
        assert_eq!(items.indent, 0);
        let texts: Vec<&str> = items.items.iter().map(|item| &FILE[item.start..item.end]).collect();
        assert!(texts[0].starts_with("- id: A") && texts[0].ends_with("# no comment\n"));
        assert!(texts[1].ends_with("- x\n\n"));
        assert_eq!(&FILE[items.items[0].lead..items.items[0].start], "# about the first\n");
        let (column, chunks) = chunks(FILE, items.items[0].start..items.items[0].end).unwrap();
        assert_eq!(column, 2);
        let keys: Vec<_> = chunks.iter().map(|chunk| chunk.key.as_deref()).collect();
        assert_eq!(keys, [Some("id"), None, Some("note")]);
    }

    #[test]
    fn other_styles_are_not_guessed_at() {
        assert_eq!(sections("{interleaf: annotations/1}"), None);
        assert_eq!(sections("- a\n"), None);
        assert_eq!(items("  a: b\n", 0..7), None);
        assert_eq!(items("  - a\n - b\n", 0..11), None);
        assert_eq!(chunks("- {id: A}\n", 0..10), None);
        assert_eq!(chunks("-\n", 0..2), None);
    }

    #[test]
    fn a_comment_is_told_from_a_hash_in_a_quoted_scalar() {
        assert_eq!(trailing_comment("status: open  # since May\r\n"), "  # since May");
        assert_eq!(trailing_comment("note: \"a # b\" # c"), " # c");
        assert_eq!(trailing_comment("note: it's # c"), " # c");
        assert_eq!(trailing_comment("note: 'a # b'"), "");
        assert_eq!(trailing_comment("note: a#b"), "");
    }
}
