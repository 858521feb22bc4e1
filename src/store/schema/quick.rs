//! Annotations in the very style in which this program writes them, read without the YAML library.
//!
//! A file of thousands of annotations is read whenever its interview is opened, and again after each save, to see that
//! it says what it should. Nearly all of its blocks are as this program wrote them, and those need no parser. Whatever
//! is in any other style is `None` here, and left to the library.

use super::super::yaml_out::{self, Within, is_plain_character};
use super::{KEYS, RawAnnotation, RawAt, Words};
use crate::model::{AnnotationId, Place, Tag};

/// The annotation of a list item whose dash stands behind `indent` blanks; `None` where it is to be read by the
/// library. A block that is read here says the same to the library.
pub(in crate::store) fn annotation(block: &str, indent: usize) -> Option<RawAnnotation> {
    if !block.ends_with('\n') {
        return None;
    }
    let mut lines = block.trim_end_matches('\n').split('\n').peekable();
    let column = indent + 2;
    let mut raw = RawAnnotation::default();
    let mut seen = 0u32;
    while let Some(line) = lines.next() {
        let (before, words) = line.split_at_checked(column)?;
        let dash = before.trim_start_matches(' ');
        if dash != if seen == 0 { "- " } else { "" } || !words.starts_with(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let (key, value) = words.split_once(": ")?;
        let bit = 1 << KEYS.iter().position(|known| *known == key)?;
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
        let text = match value {
            "|" | "|-" => {
                let mut body: Vec<&str> = Vec::new();
                while let Some(line) = lines.next_if(|line| line.is_empty() || is_deeper(line, column)) {
                    body.push(line);
                }
                literal(&body, column, value == "|")?
            }
            value if matches!(key, "at" | "tags") => value.to_owned(),
            value => scalar(value, Within::Block)?,
        };
        set(&mut raw, key, text)?;
    }
    Some(raw)
}

fn set(raw: &mut RawAnnotation, key: &str, text: String) -> Option<()> {
    fn word<T: Words>(text: &str) -> Option<Option<T>> {
        T::read(text).ok().map(Some)
    }
    match key {
        "id" => raw.id = AnnotationId::new(&text),
        "kind" => raw.kind = word(&text)?,
        "at" => raw.at = Some(at(&text)?),
        "quote" => raw.quote = text,
        "before" => raw.before = text,
        "after" => raw.after = text,
        "tags" => {
            for tag in list(&text)?.iter().filter_map(|tag| Tag::new(tag)) {
                if !raw.tags.contains(&tag) {
                    raw.tags.push(tag);
                }
            }
        }
        "status" => raw.status = word(&text)?,
        "due" => raw.due = word(&text)?,
        "note" => raw.note = text,
        "reply_to" => raw.reply_to = AnnotationId::new(&text),
        "created" => raw.created = word(&text)?,
        "updated" => raw.updated = word(&text)?,
        _ => return None,
    }
    Some(())
}

/// Whether a line stands deeper than `column`.
fn is_deeper(line: &str, column: usize) -> bool {
    line.len() > column && line.as_bytes()[..=column].iter().all(|&byte| byte == b' ')
}

/// The text of the lines below a key; `keeps_end` where it ends with a line feed.
pub(in crate::store) fn literal(lines: &[&str], column: usize, keeps_end: bool) -> Option<String> {
    let first = lines.first()?;
    let indent = first.len() - first.trim_start_matches(' ').len();
    if indent <= column {
        return None;
    }
    let mut text = String::new();
    for line in lines {
        let words = match line.is_empty() {
            true => "",
            false => line.get(indent..).filter(|_| line.as_bytes()[..indent].iter().all(|&byte| byte == b' '))?,
        };
        // Bytes are compared many at once, which characters are not.
        let is_plain = words.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let is_text =
            is_plain || (words.chars().all(|c| is_plain_character(c) || c == '\t') && !words.starts_with('\t'));
        if !is_text || (!line.is_empty() && words.trim_start_matches(' ').is_empty()) {
            return None;
        }
        text.push_str(words);
        text.push('\n');
    }
    text.truncate(text.trim_end_matches('\n').len());
    if keeps_end {
        text.push('\n');
    }
    Some(text)
}

/// A scalar behind its key that is bare or in double quotation marks.
pub(in crate::store) fn block_scalar(text: &str) -> Option<String> {
    scalar(text, Within::Block)
}

/// A scalar that is bare or in double quotation marks.
fn scalar(text: &str, within: Within) -> Option<String> {
    match text.strip_prefix('"') {
        Some(quoted) => match unquoted(quoted)? {
            (text, "") => Some(text),
            _ => None,
        },
        None => yaml_out::may_stand_bare(text, within).then(|| text.to_owned()),
    }
}

/// What stands before the closing quotation mark, and what behind it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut out = String::with_capacity(text.len());
    let is_simple = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let simple = text.bytes().take_while(|byte| is_simple(byte)).count();
    let (simple, text) = text.split_at(simple);
    out.push_str(simple);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return Some((out, chars.as_str())),
            '\\' => {
                let digits = match chars.next()? {
                    'n' => Err('\n'),
                    'r' => Err('\r'),
                    't' => Err('\t'),
                    '0' => Err('\0'),
                    c @ ('"' | '\\') => Err(c),
                    'x' => Ok(2),
                    'u' => Ok(4),
                    'U' => Ok(8),
                    _ => return None,
                };
                out.push(match digits {
                    Err(c) => c,
                    Ok(count) => {
                        let (digits, rest) = chars.as_str().split_at_checked(count)?;
                        chars = rest.chars();
                        let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                        char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?)?
                    }
                });
            }
            c if is_plain_character(c) => out.push(c),
            _ => return None,
        }
    }
    None
}

/// The scalars of `[a, b]`.
fn list(text: &str) -> Option<Vec<String>> {
    let mut rest = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    while !rest.is_empty() {
        let behind = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (item, behind) = unquoted(quoted)?;
                items.push(item);
                behind
            }
            None => {
                let (item, behind) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                items.push(scalar(item, Within::Flow)?);
                behind
            }
        };
        rest = match behind {
            "" => "",
            behind => behind.strip_prefix(", ").filter(|rest| !rest.is_empty())?,
        };
    }
    Some(items)
}

/// A place such as `{turn: 6, paragraph: 2, start: 41, end: 97}`.
fn at(text: &str) -> Option<RawAt> {
    let mut raw = RawAt::default();
    let mut rest = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut seen: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let (key, value) = rest.split_once(": ")?;
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        let end = match value.strip_prefix('{') {
            Some(inner) => 2 + inner.find('}')?,
            None => value.find(',').unwrap_or(value.len()),
        };
        let (value, behind) = value.split_at(end);
        match key {
            "start" => raw.start = number(value)?,
            "end" => raw.end = Some(number(value)?),
            "side" => raw.side = Words::read(value).ok()?,
            "to" => raw.set_end_place(place(value.strip_prefix('{')?.strip_suffix('}')?)?),
            "front" | "back" | "turn" | "paragraph" => raw.place = Some(put(raw.place, key, number(value)?)),
            _ => return None,
        }
        rest = match behind {
            "" => "",
            behind => behind.strip_prefix(", ").filter(|rest| !rest.is_empty())?,
        };
    }
    Some(raw)
}

fn place(text: &str) -> Option<Place> {
    let mut place = None;
    let mut seen: Vec<&str> = Vec::new();
    for entry in text.split(", ") {
        let (key, value) = entry.split_once(": ")?;
        if !matches!(key, "front" | "back" | "turn" | "paragraph") || seen.contains(&key) {
            return None;
        }
        seen.push(key);
        place = Some(put(place, key, number(value)?));
    }
    place
}

/// A place of which one more number is known.
fn put(place: Option<Place>, key: &str, value: u32) -> Place {
    let (old_turn, old_paragraph) = match place {
        Some(Place::Turn { turn, paragraph }) => (turn, paragraph),
        _ => (0, 0),
    };
    match key {
        "front" => Place::Front(value),
        "back" => Place::Back(value),
        "turn" => Place::Turn { turn: value, paragraph: old_paragraph },
        _ => Place::Turn { turn: old_turn, paragraph: value },
    }
}

/// A number as everybody reads it; with a nought before it, it is octal to some.
pub(in crate::store) fn number(text: &str) -> Option<u32> {
    let is_simple = text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    text.parse().ok().filter(|_| is_simple)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::tests::annotation as note;
    use super::super::super::yaml_in;
    use super::super::{RawFile, value_of};
    use super::*;
    use crate::model::{Annotation, Side, Spot, Status};

    fn written(annotation: &Annotation) -> String {
        let mut block = String::new();
        for key in KEYS {
            if let Some(value) = value_of(annotation, key) {
                let lead = if block.is_empty() { "- " } else { "  " };
                block.push_str(&format!("{lead}{key}:{}\n", value.render(4, "\n")));
            }
        }
        block
    }

    fn by_library(block: &str) -> Option<Annotation> {
        let mut raw: RawFile = yaml_in::parse(&format!("annotations:\n{block}")).ok()?;
        let raw = raw.annotations.pop().filter(|_| raw.annotations.is_empty())?;
        raw.id().cloned().map(|id| raw.into_model(id))
    }

    fn quickly(block: &str) -> Option<Annotation> {
        let raw = annotation(block, 0)?;
        raw.id().cloned().map(|id| raw.into_model(id))
    }

    fn words() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z ,.:#'\"\\\\\n-]{0,24}",
            "\\PC{0,12}",
            proptest::collection::vec(any::<char>(), 0..10).prop_map(String::from_iter)
        ]
    }

    prop_compose! {
        fn any_annotation()(
            texts in proptest::array::uniform4(words()), tags in proptest::collection::vec(words(), 0..3),
            turn in 0u32..3, paragraph in 0u32..3, far in any::<bool>(), side in any::<bool>(), status in any::<bool>()
        ) -> Annotation {
            let mut one = note("A1", turn);
            let [quote, before, after, note] = texts;
            (one.anchor.quote, one.anchor.before, one.anchor.after, one.note) = (quote, before, after, note);
            one.tags = tags.iter().filter_map(|tag| Tag::new(tag)).collect();
            one.tags.dedup();
            one.status = status.then_some(Status::Asked);
            if far {
                one.anchor.end = Spot { place: Place::Turn { turn: turn + 1, paragraph }, character: 7 };
            }
            if paragraph == 2 {
                one.anchor.start.place = Place::Front(paragraph);
                one.anchor.end.place = Place::Front(paragraph);
            }
            one.anchor.side = if side { Side::Translation } else { Side::Original };
            one
        }
    }

    #[test]
    fn what_this_program_writes_needs_no_library() {
        let mut one = note("01JD9Z8Q4T9M6V3K2X7W5R1B0C", 6);
        one.note = "Ask the harbour authority: now.\n\n  - the log\n".to_owned();
        one.tags = ["money/capex", "no"].iter().filter_map(|tag| Tag::new(tag)).collect();
        assert_eq!(quickly(&written(&one)), Some(one));
    }

    #[test]
    fn other_styles_are_left_to_the_library() {
        for block in [
            "- id: A\n  # mine\n  note: b\n",
            "- id: A  # mine\n",
            "- id: A\n  note: 'b'\n",
            "- id: A\n  note: >\n    b\n",
            "- id: A\n  note: |+\n    b\n\n",
            "- id: A\n  note: b\n    c\n",
            "- id: A\n  note: &x b\n",
            "- id: A\n  note: no\n",
            "- id: A\n  note: a: b\n",
            "- id: A\n  colour: red\n",
            "- id: A\n  id: B\n",
            "- id: A\n  at: {start: 01}\n",
            "- id: A\n  tags:\n  - a\n",
            "- id: A\n  tags: [a,b]\n",
            "- id: A",
            "- id: A\r\n",
            "- {id: A}\n",
            "- id: A\n\n  note: b\n",
            "- id: A\n  note: |\n      b\n    c\n",
            "- id: A\n  kind: shout\n",
        ] {
            assert!(annotation(block, 0).is_none(), "{block}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("INTERLEAF_LONG").is_some() { 20_000 } else { 300 }))]
        #[test]
        fn a_block_that_was_written_reads_the_same(one in any_annotation()) {
            let block = written(&one);
            prop_assert_eq!(quickly(&block), Some(one.clone()), "{}", block);
            prop_assert_eq!(by_library(&block), Some(one), "{}", block);
        }

        #[test]
        fn a_block_that_was_changed_by_hand_reads_as_it_does_to_the_library(
            one in any_annotation(), edits in proptest::collection::vec((any::<proptest::sample::Index>(), 0usize..16), 1..4)) {
            const PIECES: [&str; 16] =
                [" ", "\n", "#", ": ", "\"", "'", "-", "  ", "|", "{", "]", ",", "\\", "&a", "\n    ", ""];
            let mut block: Vec<char> = written(&one).chars().collect();
            for (at, piece) in edits {
                let at = at.index(block.len());
                let gone = usize::from(PIECES[piece].is_empty());
                block.splice(at..(at + gone).min(block.len()), PIECES[piece].chars());
            }
            let block: String = block.into_iter().collect();
            if let Some(read) = quickly(&block) {
                prop_assert_eq!(by_library(&block), Some(read), "{}", block);
            }
        }
    }
}
