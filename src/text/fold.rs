//! Folding case, accents and width, so that a search finds what a reader means.
//!
//! Folded text has no capitals, no accents, no full-width letters, no ligatures, plain quotes and dashes, one space for
//! any run of blanks, and nothing invisible: `“Élan” — ﬁn` becomes `"elan" - fin`. Marks that make another letter
//! stay: kana's voicing, the vowel signs of Indic scripts and Thai. Line feeds stay, so paragraphs do.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::graphemes::next_boundary;
use super::plain::is_plain;

/// A folded copy of a text with the way back to the original's bytes.
///
/// Only stretches whose length folding changed are written down, at nine bytes each; everywhere else a byte of the copy
/// is a byte of the original, some distance on.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// Where in `text` each changed stretch begins, in order.
    starts: Vec<u32>,
    /// How long it is in `text`.
    lengths: Vec<u8>,
    /// How much further on the original is, from behind the stretch to the next one.
    shifts: Vec<i32>,
}

/// What folding leaves as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Capitals stay capitals.
    pub case: bool,
    /// Accents stay, composed.
    pub accents: bool,
}

/// Folds `text`.
pub fn fold(text: &str) -> Folded {
    let table = FoldTable::shared();
    let mut folded = Folded { text: String::with_capacity(text.len()), ..Folded::default() };
    let mut at = 0;
    while at < text.len() {
        let ascii = ascii_stretch(text, at);
        folded.push_ascii(&text[at..ascii]);
        at = ascii;
        while let Some(c) = text[at..].chars().next().filter(|&c| !is_ascii_followed_by_plain(text, at, c)) {
            let end = at + c.len_utf8();
            let alone = is_plain(c) && text[end..].chars().next().is_none_or(|next| is_plain(next) || next == '\n');
            if alone && is_unchanged(c) {
                folded.text.push(c);
                at = end;
            } else if let Some(form) = table.get(c).filter(|_| alone) {
                folded.push(form, &text[at..end]);
                at = end;
            } else {
                let end = next_boundary(text, at);
                folded.push_cluster(&text[at..end]);
                at = end;
            }
        }
    }
    folded.starts.shrink_to_fit();
    folded.lengths.shrink_to_fit();
    folded.shifts.shrink_to_fit();
    folded
}

/// Folds a short text such as a query, but for what `keep` names.
pub fn fold_keeping(text: &str, keep: Keep) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let end = next_boundary(text, at);
        let cluster = fold_cluster(&text[at..end], keep);
        folded.push_str(without_second_blank(&folded, &cluster));
        at = end;
    }
    folded
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original's bytes that became the bytes `folded` of the copy: a character of which only a part is meant comes
    /// whole.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        self.way_back().original(folded)
    }

    /// The way back for many places in rising order.
    pub fn way_back(&self) -> WayBack<'_> {
        WayBack { folded: self, next: 0 }
    }

    /// Bytes of memory that it holds.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.starts.capacity() * 4 + self.lengths.capacity() + self.shifts.capacity() * 4
    }

    fn push_ascii(&mut self, stretch: &str) {
        let bytes = stretch.as_bytes();
        let touches = bytes.first() == Some(&b' ') && self.text.ends_with(' ');
        if !touches && !bytes.iter().any(|byte| is_odd_blank(*byte)) && memmem::find(bytes, b"  ").is_none() {
            self.push_lowered(stretch);
            return;
        }
        let mut at = 0;
        while at < bytes.len() {
            let blanks = bytes[at..].iter().take_while(|byte| is_ascii_blank(**byte)).count();
            if blanks > 0 {
                self.push(without_second_blank(&self.text, " "), &stretch[at..at + blanks]);
                at += blanks;
            }
            let words = bytes[at..].iter().take_while(|byte| !is_ascii_blank(**byte)).count();
            self.push_lowered(&stretch[at..at + words]);
            at += words;
        }
    }

    fn push_lowered(&mut self, stretch: &str) {
        let from = self.text.len();
        self.text.push_str(stretch);
        self.text[from..].make_ascii_lowercase();
    }

    fn push_cluster(&mut self, cluster: &str) {
        let form = fold_cluster(cluster, Keep::default());
        if form.len() > usize::from(u8::MAX) && form.len() != cluster.len() {
            self.text.push_str(cluster);
        } else {
            let form = without_second_blank(&self.text, &form);
            self.push(form, cluster);
        }
    }

    /// Appends what `original` became; `form` is at most 255 bytes long or as long as that.
    fn push(&mut self, form: &str, original: &str) {
        let in_step = form.len() == original.len() && form.chars().count() == original.chars().count();
        if let Ok(length) = u8::try_from(form.len())
            && !in_step
        {
            let shift = self.shifts.last().copied().unwrap_or(0);
            self.starts.push(self.text.len() as u32);
            self.lengths.push(length);
            self.shifts.push(shift + original.len() as i32 - form.len() as i32);
        }
        self.text.push_str(form);
    }
}

/// The way from a folded copy back to its original, for places in rising order.
#[derive(Clone, Debug)]
pub struct WayBack<'a> {
    folded: &'a Folded,
    /// The first changed stretch that may begin behind the place asked for last.
    next: usize,
}

impl WayBack<'_> {
    /// As [`Folded::original`]; `folded` begins nowhere before the last one asked for.
    pub fn original(&mut self, folded: Range<usize>) -> Range<usize> {
        self.next = self.first_behind(self.next, folded.start);
        let start = self.character_at(self.next, folded.start).start;
        if folded.is_empty() {
            return start..start;
        }
        let last = folded.end - 1;
        start..self.character_at(self.first_behind(self.next, last), last).end
    }

    /// The first changed stretch from `from` on that begins behind `at`: steps that double, then halving.
    fn first_behind(&self, from: usize, at: usize) -> usize {
        let starts = &self.folded.starts[from..];
        let mut reach = 1;
        while starts.get(reach - 1).is_some_and(|&start| start as usize <= at) && reach < starts.len() {
            reach = (reach * 2).min(starts.len());
        }
        from + starts[..reach.min(starts.len())].partition_point(|&start| start as usize <= at)
    }

    /// The original of the byte `at`: a changed stretch whole, else one byte. `behind` is the first stretch behind it.
    fn character_at(&self, behind: usize, at: usize) -> Range<usize> {
        let shifted = |place: usize, shift: i32| (place as i64 + i64::from(shift)) as usize;
        let Some(index) = behind.checked_sub(1) else { return at..at + 1 };
        let (start, length, shift) =
            (self.folded.starts[index] as usize, usize::from(self.folded.lengths[index]), self.folded.shifts[index]);
        if at < start + length {
            let before = index.checked_sub(1).map_or(0, |before| self.folded.shifts[before]);
            shifted(start, before)..shifted(start + length, shift)
        } else {
            let at = shifted(at, shift);
            at..at + 1
        }
    }
}

/// Folded forms of the common letters outside ASCII, so that they need no decomposing.
struct FoldTable {
    forms: Vec<Option<Box<str>>>,
}

impl FoldTable {
    const RANGES: [Range<u32>; 4] = [0xa0..0x250, 0x370..0x530, 0x2010..0x205f, 0xff01..0xff5f];

    fn shared() -> &'static Self {
        static TABLE: OnceLock<FoldTable> = OnceLock::new();
        TABLE.get_or_init(|| {
            let form = |code| {
                let c = char::from_u32(code).filter(|&c| is_plain(c) && !c.is_whitespace())?;
                Some(fold_cluster(c.encode_utf8(&mut [0; 4]), Keep::default()).into())
            };
            Self { forms: Self::RANGES.into_iter().flatten().map(form).collect() }
        })
    }

    fn get(&self, c: char) -> Option<&str> {
        let code = u32::from(c);
        let mut before = 0;
        for range in Self::RANGES {
            if range.contains(&code) {
                return self.forms.get((before + code - range.start) as usize)?.as_deref();
            }
            before += range.end - range.start;
        }
        None
    }
}

/// The end of the ASCII from `at` on, without a last character that what follows may join.
fn ascii_stretch(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    let whole = bytes.chunks(32).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum::<usize>();
    let rest = bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count();
    let end = at + whole + rest;
    match text[end..].chars().next() {
        Some(next) if !is_plain(next) && end > at => end - 1,
        _ => end,
    }
}

/// Whether an ASCII stretch begins at `at`, where `c` stands.
fn is_ascii_followed_by_plain(text: &str, at: usize, c: char) -> bool {
    c.is_ascii() && text[at + 1..].chars().next().is_none_or(|next| next.is_ascii() || is_plain(next))
}

/// Whether `c`, standing alone, folds to itself: Han, kana, Hangul.
fn is_unchanged(c: char) -> bool {
    matches!(c,
        '\u{3001}' | '\u{3002}' | '\u{3005}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30fe}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_ascii_blank(byte: u8) -> bool {
    byte == b' ' || is_odd_blank(byte)
}

/// An ASCII blank that is neither a space nor a line feed.
fn is_odd_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | 0x0b | 0x0c | b'\r')
}

/// `form`, or nothing where it is a blank after a blank.
fn without_second_blank<'a>(before: &str, form: &'a str) -> &'a str {
    if form == " " && before.ends_with(' ') { "" } else { form }
}

/// The folded form of one grapheme.
fn fold_cluster(cluster: &str, keep: Keep) -> String {
    let mut folded = String::with_capacity(cluster.len());
    for c in cluster.nfkd() {
        if is_ignored(c) || (!keep.accents && is_accent(c)) {
            continue;
        }
        if c != '\n' && c.is_whitespace() {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
            continue;
        }
        match plain_form(c, keep) {
            Some(form) => folded.push_str(form),
            None if keep.case => folded.push(c),
            None => folded.extend(c.to_lowercase()),
        }
    }
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// The plain writing of quotes, dashes and letters that decompose to nothing.
fn plain_form(c: char, keep: Keep) -> Option<&'static str> {
    let lower = |form| Some(form);
    let cased = |capital, small| Some(if keep.case { capital } else { small });
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | 'ʼ' => lower("'"),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => lower("\""),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => lower("-"),
        '⁄' => lower("/"),
        'ß' => lower("ss"),
        'ẞ' => cased("SS", "ss"),
        'ς' => lower("σ"),
        _ if keep.accents => None,
        'æ' => lower("ae"),
        'Æ' => cased("AE", "ae"),
        'œ' => lower("oe"),
        'Œ' => cased("OE", "oe"),
        'ø' => lower("o"),
        'Ø' => cased("O", "o"),
        'ł' => lower("l"),
        'Ł' => cased("L", "l"),
        'đ' | 'ð' => lower("d"),
        'Đ' | 'Ð' => cased("D", "d"),
        'ħ' => lower("h"),
        'Ħ' => cased("H", "h"),
        'ŧ' => lower("t"),
        'Ŧ' => cased("T", "t"),
        'þ' => lower("th"),
        'Þ' => cased("TH", "th"),
        'ı' => lower("i"),
        _ => None,
    }
}

/// Whether `c` is not seen, and so not looked for: joiners, direction marks, soft hyphens, Arabic's stretching.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{180b}'..='\u{180f}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `c` is an accent, a vowel point or a stroke, and not, as kana's voicing, a part of the letter.
fn is_accent(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 10..=36 | 200..=240)
}

#[cfg(test)]
mod tests;
