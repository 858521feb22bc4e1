//! Which files of a folder are notes that were taken away, and no interviews.
//!
//! Exports stand among the interviews under any name. A page says by what it was made; the heads of tables are those that
//! the exporters write; in prose, the line that says of a quotation who said it and what kind of note it bears is one that
//! no transcript has.

use crate::model::{Interview, Kind, Status};

/// What a page of this program carries near its beginning.
const PAGE: &[u8] = b"<meta name=\"generator\" content=\"interleaf";

/// How tables of notes begin: this program's own, those for Readwise and for Anki.
const TABLES: [&[u8]; 3] =
    [b"id,interview,title,annotator,kind,status,", b"Highlight,Title,Author,URL,Note,Location,", b"#separator:"];

/// How the second line of clippings from a Kindle begins, which other programs write too.
const CLIPPING: &[u8] = b"- Your ";

/// Bytes of a page among which it says by what it was made.
const HEAD: usize = 1024;

/// Paragraphs among which the first note of an export is found.
const FIRST: usize = 40;

/// Whether a file's bytes begin as those of an export do.
pub(super) fn begins_so(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(HEAD)];
    let second = head.split(|byte| *byte == b'\n').nth(1).unwrap_or_default();
    second.starts_with(CLIPPING)
        || TABLES.iter().any(|table| head.starts_with(table))
        || head.windows(PAGE.len()).any(|part| part == PAGE)
}

/// Whether a text is one of quotations, each with what kind of note it bears.
pub(super) fn reads_so(interview: &Interview) -> bool {
    interview.paragraphs().take(FIRST).any(|at| interview.paragraph(at).lines().any(says_what_note))
}

/// Whether a line says who was quoted and what kind of note the quotation bears: `Mira Okafor · 00:01:02 · follow-up,
/// open · #storms`.
fn says_what_note(line: &str) -> bool {
    let line = line.trim();
    let is_callout = line.starts_with("[!quote]");
    let line = line.trim_start_matches("[!quote]").trim_start_matches('—').trim();
    let separator = if line.contains(" · ") { " · " } else { ", " };
    let mut parts = line.split(separator).map(str::trim);
    // A quotation that nobody says has no name before its kind.
    let kind = parts.find_map(|part| kind_at(part).map(|rest| (part, rest)));
    let Some((whole, rest)) = kind else { return false };
    if is_callout {
        return true;
    }
    let is_only = whole == line;
    let ends = is_status(rest) && (!is_only || !rest.is_empty());
    ends && parts
        .all(|part| part.starts_with('#') || part.starts_with("due ") || part.starts_with("by ") || is_status(part))
}

/// What stands behind the kind with which a part begins.
fn kind_at(part: &str) -> Option<&str> {
    let rest = Kind::ALL.into_iter().find_map(|kind| part.strip_prefix(kind.name()))?;
    rest.chars().next().is_none_or(|next| matches!(next, ' ' | ',')).then_some(rest)
}

fn is_status(words: &str) -> bool {
    let word = words.trim_matches(|c: char| c == ',' || c == ' ' || c == '(' || c == ')');
    word.is_empty() || Status::ALL.into_iter().any(|status| status.name() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_over_and_under_quotations_are_known() {
        for line in [
            "— Jonas Hale · follow-up, open · #reliability/storms",
            "Mira Okafor · topic",
            "Mira Okafor · 00:12:30 · question (answered) · due 2026-03-04 · #rules · by ada",
            "    Jonas Hale, follow-up (open), #reliability/storms",
            "[!quote] Mira Okafor · topic You came up these steps",
            "follow-up (open)",
        ] {
            assert!(says_what_note(line), "{line}");
        }
        for line in [
            "",
            "note",
            "question",
            "Well, question of money, that.",
            "He had a question, open or not, about the lamp.",
            "On that note, answered my father, we go home.",
            "Ada Pryce · harbour master · Sallow Creek",
            "highlight of the year",
        ] {
            assert!(!says_what_note(line), "{line}");
        }
    }
}
