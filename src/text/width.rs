//! How many terminal columns a string takes.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::graphemes::graphemes;
use super::plain::{ascii_run, plain_columns};
use super::sanitise::shown;

/// Columns that `text` takes when each of its graphemes is drawn as [`shown`](super::shown) gives it.
pub fn width(text: &str) -> usize {
    let mut rest = text;
    let mut columns = 0;
    while !rest.is_empty() {
        let run = ascii_run(rest);
        columns += run;
        rest = &rest[run..];
        if let Some((_, grapheme)) = graphemes(rest).next() {
            columns += grapheme_width(grapheme);
            rest = &rest[grapheme.len()..];
        }
    }
    columns
}

/// Columns that one grapheme cluster takes as [`shown`](super::shown) gives it.
///
/// Mostly 1 or 2; 0 for what is not shown at all (soft hyphen, zero-width space); more for conjuncts of Indic scripts,
/// whose letters terminals draw side by side, and for characters shown as a mark.
pub fn grapheme_width(grapheme: &str) -> usize {
    let mut chars = grapheme.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        let columns = plain_columns(only);
        if columns > 0 {
            return columns;
        }
    }
    shown(grapheme).width()
}

/// `text` cut to at most `columns`, with `…` at the end where something was cut.
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    // What is plain is cut by counting.
    let plain = ascii_run(text).min(columns.saturating_sub(1));
    if plain == text.len() {
        return text.into();
    }
    let (mut taken, mut end) = (plain, plain);
    for (at, grapheme) in graphemes(&text[plain..]) {
        let with = taken + grapheme_width(grapheme);
        if with > columns {
            return if columns == 0 { "".into() } else { format!("{}…", text[..end].trim_end()).into() };
        }
        if with < columns {
            end = plain + at + grapheme.len();
        }
        taken = with;
    }
    text.into()
}

/// `text`, or as many whole words of it as fit into `columns` with `…` behind them; a first word that is longer than half
/// of that is cut as [`fit`] cuts.
pub fn fit_words(text: &str, columns: usize) -> Cow<'_, str> {
    let cut = fit(text, columns);
    let Cow::Owned(cut) = cut else { return cut };
    let kept = cut.trim_end_matches('…');
    let goes_on = text.get(kept.len()..).is_some_and(|rest| !rest.starts_with(char::is_whitespace));
    let end = kept.rfind(char::is_whitespace).filter(|end| goes_on && width(&kept[..*end]) * 2 >= columns);
    let words = &kept[..end.unwrap_or(kept.len())];
    match words.trim_end_matches(|c: char| !c.is_alphanumeric() && !CLOSING.contains(&c)) {
        "" => cut.into(),
        words => format!("{words}…").into(),
    }
}

/// What may stand before an ellipsis besides letters and digits.
const CLOSING: [char; 6] = ['?', '!', ')', ']', '”', '’'];

/// `text` cut or filled up with spaces to exactly `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let mut padded = fit(text, columns).into_owned();
    let missing = columns.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_between_words() {
        for (text, columns, shown) in [
            ("from your bedroom in town", 22, "from your bedroom in…"),
            ("you the budget tomorrow", 20, "you the budget…"),
            ("snow · photocell · broom", 21, "snow · photocell…"),
            ("snow · photocell · broom", 19, "snow · photocell…"),
            ("is it? yes it is", 8, "is it?…"),
            ("reliability/storms", 10, "reliabili…"),
            ("a reliability/storms", 10, "a reliabi…"),
            ("为什么是茶壶", 7, "为什么…"),
            ("-----", 3, "--…"),
            ("short", 10, "short"),
        ] {
            assert_eq!(fit_words(text, columns), shown, "{text}");
        }
    }
}
