//! The one place that decides what of a document may reach a terminal.
//!
//! A document's text is kept as it is, so that offsets stay true; what is drawn is the [`shown`] form of each grapheme,
//! and [`width`](super::width) counts that form. Nothing that a terminal would obey, that turns the order of letters
//! round, or that hides words from a reader passes:
//!
//! | in the text | shown |
//! |---|---|
//! | C0 controls and DEL | their pictures: `␛`, `␡` |
//! | C1 and bidirectional controls, invisible and tag characters, separators of lines, noncharacters | `⟨202E⟩` |
//! | tab, line feed in a line | a space |
//! | soft hyphen, zero-width space | nothing |
//! | a combining mark with nothing to stand on | `◌́` |
//!
//! Joiners and variation selectors stay where a script or an emoji needs them.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::graphemes::graphemes;
use super::plain::{is_plain, is_plain_ascii};

/// Bytes of an address that terminals take.
const LONGEST_LINK: usize = 2000;

/// Characters of one grapheme that are shown; more than any script, emoji or flag needs.
const MOST_CHARACTERS: usize = 32;

/// The form in which one grapheme cluster is drawn: safe for a terminal, and never a part of the grapheme beside it.
pub fn shown(grapheme: &str) -> Cow<'_, str> {
    let mut chars = grapheme.chars();
    if let (Some(only), None) = (chars.next(), chars.next())
        && is_plain(only)
    {
        return grapheme.into();
    }
    if matches!(grapheme, "\t" | "\n" | "\r\n") {
        return " ".into();
    }
    let cluster = Cluster::new(grapheme);
    let harmless = grapheme.chars().enumerate().all(|(index, _)| cluster.treat(index) == Treatment::Keep);
    let stands = harmless && grapheme.width() > 0;
    if stands && cluster.chars.len() <= MOST_CHARACTERS {
        return grapheme.into();
    }
    let mut drawn = String::with_capacity(grapheme.len() + 8);
    for (index, &c) in cluster.chars.iter().enumerate().take(MOST_CHARACTERS) {
        match cluster.treat(index) {
            Treatment::Keep => drawn.push(c),
            Treatment::Drop => {}
            Treatment::Mark => push_mark(&mut drawn, c),
        }
    }
    if !drawn.is_empty() && drawn.chars().next().is_some_and(|first| !is_mark_of_ours(first)) && drawn.width() == 0 {
        drawn.insert(0, '◌');
    }
    drawn.into()
}

/// A web address as a terminal may open it; `None` where it is none, or has characters that no address has.
pub fn link(address: &str) -> Option<&str> {
    let is_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    let is_safe = address.len() <= LONGEST_LINK && address.bytes().all(|byte| byte.is_ascii_graphic());
    (is_web && is_safe).then_some(address)
}

/// As [`shown`], and `None` where the grapheme is drawn as it is.
pub fn visible(grapheme: &str) -> Option<Cow<'_, str>> {
    let form = shown(grapheme);
    (form != grapheme).then_some(form)
}

/// `text` with every control, escape and bidirectional override shown as a visible mark; line feeds stay.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    sanitised(text, "\n")
}

/// As [`sanitise`], with line feeds and tabs as spaces.
pub fn sanitise_line(text: &str) -> Cow<'_, str> {
    sanitised(text, " ")
}

fn sanitised<'a>(text: &'a str, line_feed: &str) -> Cow<'a, str> {
    if is_plain_ascii(text) || text.chars().all(is_plain) {
        return text.into();
    }
    let mut clean = String::new();
    let mut copied = 0;
    for (at, grapheme) in graphemes(text) {
        let form = if matches!(grapheme, "\n" | "\r\n") { line_feed.into() } else { shown(grapheme) };
        if form != grapheme {
            clean.push_str(&text[copied..at]);
            clean.push_str(&form);
            copied = at + grapheme.len();
        }
    }
    if copied == 0 {
        return text.into();
    }
    clean.push_str(&text[copied..]);
    clean.into()
}

/// What becomes of one character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Treatment {
    Keep,
    Drop,
    Mark,
}

/// The characters of a grapheme; what becomes of one depends on the others.
struct Cluster {
    chars: Vec<char>,
}

impl Cluster {
    fn new(grapheme: &str) -> Self {
        Self { chars: grapheme.chars().take(MOST_CHARACTERS + 1).collect() }
    }

    fn treat(&self, index: usize) -> Treatment {
        let Some(&c) = self.chars.get(index) else { return Treatment::Keep };
        let base = self.chars.first().copied().unwrap_or(c);
        let before = index.checked_sub(1).and_then(|before| self.chars.get(before)).copied();
        let keep = match c {
            '\u{ad}' | '\u{200b}' => return Treatment::Drop,
            '\u{200c}' => before.is_some() && is_of_joining_script(base),
            '\u{200d}' => {
                let joins = is_pictograph(base) && index + 1 < self.chars.len();
                before.is_some() && (joins || is_of_joining_script(base))
            }
            c if is_variation_selector(c) => {
                before.is_some_and(|before| !is_variation_selector(before) && before != '\u{200d}')
                    && (base.is_ascii_digit() || !base.is_alphanumeric() || base >= '\u{1000}')
            }
            '\u{e0020}'..='\u{e007f}' => base == '🏴' && self.chars.last() == Some(&'\u{e007f}'),
            c => !is_hidden(c),
        };
        if keep { Treatment::Keep } else { Treatment::Mark }
    }
}

/// Whether letters of the script of `c` change their shapes by joiners: Arabic, Syriac, Indic scripts, Mongolian.
fn is_of_joining_script(c: char) -> bool {
    c.is_alphabetic()
        && (matches!(c, '\u{600}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
            || matches!(c, '\u{a840}'..='\u{a9ff}' | '\u{fb50}'..='\u{fdcf}' | '\u{11000}'..='\u{11fff}'))
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether `c` would be obeyed, or would not be seen, wherever it stands.
fn is_hidden(c: char) -> bool {
    match c {
        c if c.is_control() => true,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' => true,
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        c => u32::from(c) & 0xfffe == 0xfffe,
    }
}

fn push_mark(drawn: &mut String, c: char) {
    let code = u32::from(c);
    match code {
        ..0x20 => drawn.extend(char::from_u32(0x2400 + code)),
        0x7f => drawn.push('␡'),
        _ => drawn.push_str(&format!("⟨{code:02X}⟩")),
    }
}

fn is_mark_of_ours(c: char) -> bool {
    matches!(c, '⟨' | '\u{2400}'..='\u{2421}')
}

#[cfg(test)]
mod tests;
