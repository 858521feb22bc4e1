//! What captions carry beside words: voices, styling tags, times of single words, entities.

use std::borrow::Cow;

/// A stretch of a caption's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said<'a> {
    /// The name of a voice tag that opens the stretch.
    pub voice: Option<Cow<'a, str>>,
    /// The words, without markup.
    pub text: Cow<'a, str>,
}

impl<'a> Said<'a> {
    fn by(voice: Option<Cow<'a, str>>) -> Self {
        Said { voice, text: Cow::Borrowed("") }
    }

    fn says_anything(&self) -> bool {
        self.voice.is_some() || !self.text.trim().is_empty()
    }

    /// Appends words, which are copied only where there are some already.
    fn push(&mut self, words: &'a str) {
        if self.text.is_empty() {
            self.text = Cow::Borrowed(words);
        } else if !words.is_empty() {
            self.text.to_mut().push_str(words);
        }
    }

    fn into_owned<'b>(self) -> Said<'b> {
        Said { voice: self.voice.map(|voice| Cow::Owned(voice.into_owned())), text: Cow::Owned(self.text.into_owned()) }
    }
}

/// A caption's line without its markup, cut where a voice tag names somebody else.
///
/// Only tags that captions know are markup: `<laughs>` and `<[?]>` are the transcriber's words.
pub(super) fn clean<'a>(line: &'a str, said: &mut Vec<Said<'a>>) {
    match without_overrides(line) {
        Cow::Borrowed(line) => take_apart(line, said),
        Cow::Owned(line) => {
            let mut found = Vec::new();
            take_apart(&line, &mut found);
            said.extend(found.into_iter().map(Said::into_owned));
        }
    }
}

fn take_apart<'a>(line: &'a str, said: &mut Vec<Said<'a>>) {
    let mut current = Said::by(None);
    let mut rest = line;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        current.push(before);
        if from.starts_with('&') {
            let (character, length) = entity(from);
            current.text.to_mut().push(character);
            rest = from.get(length..).unwrap_or_default();
            continue;
        }
        match tag(from) {
            Some((Tag::Voice(name), length)) => {
                if current.says_anything() {
                    said.push(current);
                }
                current = Said::by(Some(name));
                rest = from.get(length..).unwrap_or_default();
            }
            Some((tag, length)) => {
                current.push(match tag {
                    Tag::Break => " ",
                    Tag::Reading => "(",
                    Tag::ReadingEnd => ")",
                    _ => "",
                });
                rest = from.get(length..).unwrap_or_default();
            }
            None => {
                current.push("<");
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    current.push(rest);
    if current.says_anything() {
        said.push(current);
    }
}

enum Tag<'a> {
    Voice(Cow<'a, str>),
    Break,
    /// Ruby: how the characters before are read.
    Reading,
    ReadingEnd,
    Style,
}

/// Tags that say how words look, or where a voice ends.
const STYLES: &[&str] = &["v", "c", "i", "b", "u", "s", "lang", "ruby", "font", "em", "strong", "span", "p"];

/// The tag that `text` begins with and its length.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    const LONGEST: usize = 300;
    let window = text.as_bytes().get(..LONGEST.min(text.len()))?;
    let end = memchr::memchr(b'>', window)?;
    let inside = text.get(1..end)?;
    let closing = inside.starts_with('/');
    let inside = inside.trim_start_matches('/');
    let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, after) = inside.split_at(name_end);
    let is_time = inside.contains(':') && inside.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let tag = if is("v") && !closing {
        // `<v.loud.first Mira Okafor>`: classes up to the first blank, the name behind it.
        let (_, name) = after.split_once(char::is_whitespace)?;
        Tag::Voice(match unescape(name.trim()) {
            Cow::Borrowed(name) => name.trim_end_matches(':').trim().into(),
            Cow::Owned(name) => name.trim_end_matches(':').trim().to_owned().into(),
        })
    } else if is("br") {
        Tag::Break
    } else if is("rt") {
        if closing { Tag::ReadingEnd } else { Tag::Reading }
    } else if is_time || STYLES.iter().any(|style| is(style)) {
        Tag::Style
    } else {
        return None;
    };
    let plain = after.is_empty() || after.starts_with(['.', ' ', '/', '\t']) || is_time;
    plain.then_some((tag, end + 1))
}

/// Drops the position codes of other caption formats, `{\an8}`.
fn without_overrides(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    while let Some(start) = line.find("{\\") {
        let Some(end) = line.get(start..).and_then(|rest| rest.find('}')) else { break };
        let mut shorter = line.into_owned();
        shorter.replace_range(start..=start + end, "");
        line = Cow::Owned(shorter);
    }
    line
}

/// `text` with its character references as characters.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, _)) = rest.split_once('&') {
        plain.push_str(before);
        let from = rest.get(before.len()..).unwrap_or_default();
        let (character, length) = entity(from);
        plain.push(character);
        rest = from.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// What the `&` that `text` begins with stands for, and how many bytes it takes.
fn entity(text: &str) -> (char, usize) {
    const LONGEST: usize = 12;
    let name = text.get(1..).and_then(|rest| {
        let window = rest.as_bytes().get(..LONGEST.min(rest.len()))?;
        rest.get(..memchr::memchr(b';', window)?)
    });
    let character = name.and_then(|name| match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        "lrm" => Some('\u{200E}'),
        "rlm" => Some('\u{200F}'),
        "hellip" => Some('…'),
        "mdash" => Some('—'),
        "ndash" => Some('–'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number).filter(|c| *c != '\0')
        }
    });
    match (character, name) {
        (Some(character), Some(name)) => (character, name.len() + 2),
        _ => ('&', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(line: &str) -> Vec<(Option<String>, String)> {
        let mut said = Vec::new();
        clean(line, &mut said);
        said.into_iter().map(|said| (said.voice.map(Cow::into_owned), said.text.into_owned())).collect()
    }

    #[test]
    fn voices_cut_a_line() {
        assert_eq!(
            cleaned("<v.loud Mira &amp; Co>Why?</v> <v Jonas Hale:>Because.</v>"),
            [
                (Some("Mira & Co".to_owned()), "Why? ".to_owned()),
                (Some("Jonas Hale".to_owned()), "Because.".to_owned())
            ]
        );
    }

    #[test]
    fn markup_goes_and_words_stay() {
        for (line, text) in [
            ("{\\an8}<i>The</i> <font color=\"#fff\">lamp</font>", "The lamp"),
            ("oil<00:00:01.500><c> and</c><c.colorE5E5E5> wick</c>", "oil and wick"),
            ("Fish &amp; chips &lt;3 &#8217;s &bogus; AT&T", "Fish & chips <3 ’s &bogus; AT&T"),
            ("so <[?]> the <laughs> 3 < 4", "so <[?]> the <laughs> 3 < 4"),
            ("<ruby>灯<rt>とう</rt></ruby>", "灯(とう)"),
            ("one<br/>two", "one two"),
        ] {
            assert_eq!(cleaned(line), [(None, text.to_owned())], "{line}");
        }
    }
}
