//! Numbers and running titles of pages, which stay in a text that was taken from a PDF.

use std::collections::HashMap;
use std::ops::Range;

/// Fewer pages than this may be a list.
const FEWEST: usize = 3;

/// Bytes of the longest line that is a page's number or title.
const LONGEST: usize = 100;

/// Blanks before a line that stands at the right edge or in the middle of its page.
const INDENT: usize = 20;

/// Words that a page's number stands beside.
#[rustfmt::skip]
const PAGE: &[&str] = &[
    "page", "p", "pg", "seite", "s", "pagina", "página", "pág", "pag", "strona", "str", "страница", "стр", "第", "页", "頁", "쪽",
];

/// A line that may be one.
struct Edge<'a> {
    bytes: Range<usize>,
    /// 1-based.
    line: u32,
    /// The words without the number.
    frame: &'a str,
    /// What stands behind the number.
    behind: &'a str,
    number: Option<u32>,
}

/// `text` with blank lines for the numbers and running titles of its pages, the 1-based line of the first of them, and
/// how many there were; `None` where there are none.
///
/// Lines are of pages that stand beside a form feed, that are nothing but a number or `Page 3`, or that stand apart at
/// the right edge; and that recur, with numbers that count the pages.
pub(super) fn without(text: &str) -> Option<(String, u32, u32)> {
    let mut groups: HashMap<(&str, &str, bool), Vec<Edge<'_>>> = HashMap::new();
    let (mut start, mut blank_before, mut fed_before) = (0, true, true);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for (line, end) in (1..).zip(ends) {
        let raw = text.get(start..end).unwrap_or_default();
        let bytes = start..end;
        start = end + 1;
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            fed_before |= raw.contains('\u{C}');
            blank_before = true;
            continue;
        }
        let fed = (fed_before && (line > 1 || raw.starts_with('\u{C}'))) || raw.starts_with('\u{C}');
        let short = trimmed.len() <= LONGEST;
        let after = if short { text.get(start..).unwrap_or_default() } else { "" };
        let next = after.find(|c: char| c == '\u{C}' || !c.is_whitespace()).and_then(|at| after.get(at..));
        let feeds = raw.ends_with('\u{C}') || next.is_some_and(|next| next.starts_with('\u{C}'));
        let blank_after = feeds || after.trim_start_matches([' ', '\t', '\r']).starts_with('\n') || after.is_empty();
        if short && let Some(edge) = edge(trimmed, bytes, line) {
            let beside = fed || feeds;
            let alone = blank_before && blank_after;
            let indent = raw.len() - raw.trim_start().len();
            let wide = edge.frame.ends_with("   ") || edge.frame.ends_with('\t') || indent >= INDENT;
            let counts = edge.number.is_some() && alone && (is_of_a_page(&edge) || (wide && edge.behind.is_empty()));
            // A title is no sentence, and nobody speaks it.
            let titles =
                edge.number.is_some() || !edge.frame.contains(':') && !edge.frame.ends_with(['.', '?', '!', '…']);
            if beside && titles || counts {
                let key = (edge.frame.trim(), edge.behind, edge.number.is_some());
                groups.entry(key).or_default().push(edge);
            }
        }
        (blank_before, fed_before) = (false, false);
    }
    let mut found: Vec<Edge<'_>> = groups.into_values().filter(|edges| are_of_pages(edges)).flatten().collect();
    found.sort_by_key(|edge| edge.line);
    let first = found.first()?.line;
    let count = found.len() as u32;
    let mut bare = String::with_capacity(text.len());
    let mut from = 0;
    for edge in found {
        bare.push_str(text.get(from..edge.bytes.start).unwrap_or_default());
        from = edge.bytes.end;
    }
    bare.push_str(text.get(from..).unwrap_or_default());
    Some((bare, first, count))
}

/// The parts of a line around its number; `None` for one whose number is a time's.
fn edge(line: &str, bytes: Range<usize>, at: u32) -> Option<Edge<'_>> {
    let Some(first) = line.find(|c: char| c.is_ascii_digit()) else {
        return Some(Edge { bytes, line: at, frame: line, behind: "", number: None });
    };
    let (frame, rest) = line.split_at_checked(first)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, behind) = rest.split_at_checked(end)?;
    if behind.starts_with([':', '.', ',']) || frame.ends_with([':', '.', ',']) || number.len() > 5 {
        return None;
    }
    // `Page 3 of 20`, `3 / 20`
    let behind = behind.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    Some(Edge { bytes, line: at, frame, behind, number: number.parse().ok() })
}

/// Whether a line is a number alone, `- 3 -`, or `Page 3 of 20`.
fn is_of_a_page(edge: &Edge<'_>) -> bool {
    let mark = |c: char| c.is_whitespace() || "-–—|[]()/.~•·".contains(c);
    let (before, after) = (edge.frame.trim_matches(mark).to_lowercase(), edge.behind.trim_matches(mark));
    (before.is_empty() || PAGE.contains(&before.as_str()))
        && (after.is_empty() || after.chars().count() <= 3 || PAGE.contains(&after))
}

/// Whether lines of one kind recur as those of pages do: their numbers count.
fn are_of_pages(edges: &[Edge<'_>]) -> bool {
    let follow = edges.windows(2).filter(|pair| match pair {
        [one, next] => one.number.map(|number| number.saturating_add(1)) == next.number || one.number.is_none(),
        _ => false,
    });
    edges.len() >= FEWEST && follow.count() * 10 >= (edges.len() - 1) * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        without(text)
            .map_or_else(|| "all".to_owned(), |(bare, ..)| bare.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn numbers_and_titles_of_pages_are_taken_away() {
        let pages = |edge: &dyn Fn(u32) -> String| -> String {
            (1..5).map(|page| format!("HALE: So it was.\n\n{}\n\nAnd so.\n", edge(page))).collect()
        };
        let bare = "HALE: So it was. And so.";
        let bare = [bare; 4].join(" ");
        assert_eq!(kept(&pages(&|page| page.to_string())), bare);
        assert_eq!(kept(&pages(&|page| format!("- {page} -"))), bare);
        assert_eq!(kept(&pages(&|page| format!("Page {page} of 20"))), bare);
        assert_eq!(kept(&pages(&|page| format!("Hale    {page}"))), bare);
        assert_eq!(kept(&pages(&|_| "The Rock Project\n\u{C}".to_owned())), bare);
        assert_eq!(kept(&pages(&|page| format!("\u{C}The Rock Project {page}"))), bare);
    }

    #[test]
    fn what_is_said_stays() {
        for text in [
            "Question 1\n\nWho?\n\nQuestion 2\n\nWhy?\n\nQuestion 3\n\nWhen?\n",
            "1\n\nSo.\n\n7\n\nSo.\n\n3\n\nSo.\n",
            "00:01\n\nSo.\n\n00:02\n\nSo.\n\n00:03\n\nSo.\n",
            "1978\n\nSo.\n",
            "Yes.\n\nYes.\n\nYes.\n",
        ] {
            assert_eq!(kept(text), "all", "{text}");
        }
    }
}
