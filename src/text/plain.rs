//! The characters that need no segmentation: between two of them there is always a grapheme boundary.
//!
//! Nearly all text in nearly all scripts is made of them, so that boundaries and widths are found by a look at two
//! neighbours, and the full algorithm runs only where a mark, a joiner, an emoji or a flag is near.

/// Columns that `c` takes where it is plain: shown as it is, and neither joining nor joined by another plain
/// character. 0 where it is not plain.
pub(crate) fn plain_columns(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' => 1,
        '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{1e00}'..='\u{1fff}' => 1,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}' | '\u{ff61}'..='\u{ff9d}' => 1,
        '\u{2500}'..='\u{259f}' => 1,
        '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}' => 2,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}' => 2,
        _ => 0,
    }
}

/// Whether `c` is plain.
pub(super) fn is_plain(c: char) -> bool {
    plain_columns(c) > 0
}

/// Whether all of `text` is ASCII without control characters.
pub(super) fn is_plain_ascii(text: &str) -> bool {
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |plain, byte| plain & (0x20..0x7f).contains(byte)))
}

/// Bytes of printable ASCII that `text` begins with, each a grapheme of its own.
pub(crate) fn ascii_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run = bytes.iter().position(|byte| !(0x20..0x7f).contains(byte)).unwrap_or(bytes.len());
    match text[run..].chars().next() {
        Some(next) if !next.is_ascii() && !is_plain(next) => run.saturating_sub(1),
        _ => run,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthChar;

    #[test]
    fn plain_characters_are_as_wide_as_said_and_join_nothing() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|&c| is_plain(c)) {
            assert_eq!(c.width(), Some(plain_columns(c)), "U+{:04X}", u32::from(c));
            for other in ['a', '~', 'é', '字', '각', 'カ', '\u{2122}', 'ب'] {
                assert_eq!(format!("{c}{other}{c}").graphemes(true).count(), 3, "U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn a_run_leaves_the_letter_that_a_mark_joins() {
        for (text, run) in [("", 0), ("ab", 2), ("ab\u{301}", 1), ("ab\n", 2), ("abé", 2), ("\u{301}", 0), ("a b🙂", 2)]
        {
            assert_eq!(ascii_run(text), run, "{text}");
        }
    }

    #[test]
    fn controls_are_not_plain() {
        assert!(is_plain_ascii("") && is_plain_ascii(&"a ~".repeat(100)));
        assert!(!is_plain_ascii("a\tb") && !is_plain_ascii("\u{7f}") && !is_plain_ascii("é"));
    }
}
