//! Rows of ASCII paragraphs: the same as for any other, found by looking back from where a row is full.

use super::Row;

/// Whether `text` is ASCII without control characters.
pub(super) fn is_ascii_paragraph(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.chunks(64).all(|chunk| chunk.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte)))
}

/// The rows of a paragraph of printable ASCII.
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    columns: usize,
    at: usize,
    is_done: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str, columns: usize) -> Self {
        Self { bytes: text.as_bytes(), columns, at: 0, is_done: false }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.is_done {
            return None;
        }
        loop {
            let start = self.at;
            let (full, next) = self.full_row(start);
            let end = trimmed(self.bytes, start, full);
            self.at = next;
            self.is_done = next == self.bytes.len();
            if end > start || self.is_done {
                return Some(Row { start: start as u32, end: end as u32, width: (end - start) as u16 });
            }
        }
    }
}

impl Rows<'_> {
    /// Where the row from `start` ends, and where the next one begins.
    fn full_row(&self, start: usize) -> (usize, usize) {
        let limit = start + self.columns;
        if limit >= self.bytes.len() {
            return (self.bytes.len(), self.bytes.len());
        }
        let behind = skip_spaces(self.bytes, limit);
        if behind == self.bytes.len() {
            return (limit, behind);
        }
        if may_break(self.bytes, behind) {
            return (limit, behind);
        }
        let found = (start + 1..=limit.min(behind - 1)).rev().find(|&at| may_break(self.bytes, at));
        match found {
            Some(at) => (at, at),
            None => (limit, behind),
        }
    }
}

/// Whether a row may break before the byte `at`: UAX #14 for printable ASCII.
fn may_break(bytes: &[u8], at: usize) -> bool {
    let next = class(bytes[at]);
    let before = bytes[at - 1];
    if before != b' ' {
        return next != Class::Space && allows_break(class(before), next);
    }
    if matches!(
        next,
        Class::Space | Class::Close | Class::CloseBracket | Class::Exclamation | Class::Infix | Class::Slash
    ) {
        return false;
    }
    let word = trimmed(bytes, 0, at);
    match word.checked_sub(1).map(|last| class(bytes[last])) {
        Some(Class::Open) => false,
        Some(Class::Quote) => next != Class::Open,
        _ => true,
    }
}

/// The end of `start..end` without the spaces at its end.
fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    bytes[start..end].iter().rposition(|&byte| byte != b' ').map_or(start, |last| start + last + 1)
}

fn skip_spaces(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte != b' ').map_or(bytes.len(), |spaces| at + spaces)
}

/// The line breaking classes of UAX #14 that ASCII has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Space,
    Letter,
    Digit,
    Quote,
    Open,
    Close,
    CloseBracket,
    Infix,
    Exclamation,
    Slash,
    Hyphen,
    After,
    Prefix,
    Postfix,
}

const fn class(byte: u8) -> Class {
    match byte {
        b' ' => Class::Space,
        b'0'..=b'9' => Class::Digit,
        b'"' | b'\'' => Class::Quote,
        b'(' | b'[' | b'{' => Class::Open,
        b'}' => Class::Close,
        b')' | b']' => Class::CloseBracket,
        b',' | b'.' | b':' | b';' => Class::Infix,
        b'!' | b'?' => Class::Exclamation,
        b'/' => Class::Slash,
        b'-' => Class::Hyphen,
        b'|' => Class::After,
        b'$' | b'+' | b'\\' => Class::Prefix,
        b'%' => Class::Postfix,
        _ => Class::Letter,
    }
}

/// Whether a row may break between two classes that stand side by side.
const fn allows_break(before: Class, next: Class) -> bool {
    use Class::*;
    match (before, next) {
        (_, Space | Close | CloseBracket | Exclamation | Infix | Slash | Quote | Hyphen | After) => false,
        (Quote | Open, _) => false,
        (Exclamation | After, _) => true,
        (Hyphen | Slash, next) => !matches!(next, Digit),
        (Infix, next) => !matches!(next, Letter | Digit),
        (Close, next) => !matches!(next, Prefix | Postfix),
        (CloseBracket, next) => matches!(next, Open),
        (Prefix | Postfix, next) => !matches!(next, Letter | Digit | Open),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_linebreak::linebreaks;

    #[test]
    fn pairs_break_as_unicode_says() {
        let printable = || b' '..=b'~';
        let mut wrong = Vec::new();
        for (before, next) in printable().flat_map(|before| printable().map(move |next| (before, next))) {
            for text in [[b'a', before, next, b'a'].to_vec(), [b'a', before, b' ', next, b'a'].to_vec()] {
                let text = String::from_utf8(text).unwrap();
                let breaks: Vec<usize> = linebreaks(&text).map(|(at, _)| at).filter(|&at| at < text.len()).collect();
                let ours: Vec<usize> = (1..text.len()).filter(|&at| may_break(text.as_bytes(), at)).collect();
                if breaks != ours {
                    wrong.push(format!("{text:?} {breaks:?} {ours:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong: {}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    }
}
