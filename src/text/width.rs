//! How many terminal columns a string takes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes on a terminal that draws grapheme clusters.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(grapheme_width).sum() }
}

/// Columns that one grapheme cluster takes: 0, 1 or 2.
pub fn grapheme_width(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// `text` cut to at most `columns`, with `…` at the end where something was cut.
pub fn fit(text: &str, columns: usize) -> std::borrow::Cow<'_, str> {
    if width(text) <= columns {
        return text.into();
    }
    let mut taken = 0;
    let mut end = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let next = taken + grapheme_width(grapheme);
        if next + 1 > columns {
            break;
        }
        taken = next;
        end = at + grapheme.len();
    }
    if columns == 0 { "".into() } else { format!("{}…", text[..end].trim_end()).into() }
}
