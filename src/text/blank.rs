//! What counts as a blank.

/// Whether a row may end at `c` and drop it: spaces of any width that are not there to hold words together, and tabs.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{3000}'
    )
}

/// The first byte at or after `offset` that is no blank.
pub fn skip_blanks(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    text.len() - rest.trim_start_matches(is_blank).len()
}
