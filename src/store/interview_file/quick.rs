//! Turns in the very style in which this program writes them, read without the YAML library.
//!
//! A long interview is nearly all turns, and of opening it the library would take most of the time. Whatever is in any
//! other style is `None` here, and the library reads the whole, so that faults are told as they always are.

use std::collections::BTreeMap;

use memchr::memmem;

use super::super::schema::{Words, quick_literal, quick_number, quick_scalar};
use super::super::yaml_in;
use super::raw::{ParagraphTexts, RawInterview, RawTurn};
use super::split;
use crate::model::{Confidence, LabelOrigin, Timecode};

const TURNS: &str = "\nturns:\n";

/// A list with one turn, which stands for the turns while the library reads everything else.
const STAND_IN: &str = "\nturns: [{}]\n";

/// The interview that the library would read from `text`.
pub(super) fn interview(text: &str) -> Option<RawInterview> {
    let at = memmem::find(text.as_bytes(), TURNS.as_bytes())?;
    let (head, list) = (text.get(..at)?, text.get(at + TURNS.len()..)?);
    let (turns, tail) = turns(list)?;
    // Where that is no document by itself, the line stands in a quoted text or in braces, and is no key.
    let mut raw: RawInterview = yaml_in::parse(head).ok()?;
    if !tail.is_empty() {
        raw = yaml_in::parse(&[head, STAND_IN, tail].concat()).ok()?;
        (raw.turns.len() == 1).then_some(())?;
    } else if !raw.turns.is_empty() {
        return None;
    }
    raw.turns = turns;
    Some(raw)
}

/// The turns of a list, and what stands behind it.
fn turns(list: &str) -> Option<(Vec<RawTurn>, &str)> {
    let indent = list.len() - list.trim_start_matches(' ').len();
    let column = indent + 2;
    let mut lines = Lines { rest: list };
    let mut turns = Vec::new();
    let mut seen = 0u32;
    while let Some(line) = lines.peek() {
        if !line.starts_with([' ', '-']) {
            return line.starts_with(|c: char| c.is_ascii_lowercase()).then_some((turns, lines.rest));
        }
        lines.step(line);
        let (before, words) = line.split_at_checked(column)?;
        let (margin, dash) = before.split_at_checked(indent)?;
        if !margin.trim_start_matches(' ').is_empty() {
            return None;
        }
        match dash {
            "- " => {
                turns.push(RawTurn::default());
                seen = 0;
            }
            "  " => {}
            _ => return None,
        }
        let (key, value) = words.split_once(':')?;
        let bit = 1 << KEYS.iter().position(|known| *known == key)?;
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
        let value = if value.is_empty() { value } else { value.strip_prefix(' ')? };
        set(turns.last_mut()?, key, value, column, &mut lines)?;
    }
    // A last line that is not ended might be anything.
    lines.rest.is_empty().then_some((turns, ""))
}

const KEYS: [&str; 8] = ["speaker", "time", "times", "inferred", "corrected", "confidence", "text", "translation"];

fn set(turn: &mut RawTurn, key: &str, value: &str, column: usize, lines: &mut Lines<'_>) -> Option<()> {
    match key {
        "speaker" => turn.speaker = Some(quick_scalar(value)?),
        "time" => turn.time = Some(Timecode::read(&quick_scalar(value)?).ok()?),
        "times" => turn.times = times(value)?,
        "confidence" => turn.confidence = Some(Confidence::read(&quick_scalar(value)?).ok()?),
        "inferred" if value == "true" => turn.origin = LabelOrigin::Inferred,
        "corrected" if value == "true" => turn.origin = LabelOrigin::Corrected,
        "text" => turn.passage.text = paragraphs(value, column, lines)?,
        "translation" => turn.passage.translation = paragraphs(value, column, lines)?,
        _ => return None,
    }
    Some(())
}

/// `{0: "00:00:09", 2: "00:01:00"}`.
fn times(text: &str) -> Option<Vec<(u32, Timecode)>> {
    let mut times = BTreeMap::new();
    for entry in text.strip_prefix('{')?.strip_suffix('}')?.split(", ") {
        let (paragraph, time) = entry.split_once(": ")?;
        let time = Timecode::read(&quick_scalar(time).filter(|_| time.starts_with('"'))?).ok()?;
        if times.insert(quick_number(paragraph)?, time).is_some() {
            return None;
        }
    }
    Some(times.into_iter().collect())
}

/// A text on its key's line, the lines of a literal, or a list.
fn paragraphs(value: &str, column: usize, lines: &mut Lines<'_>) -> Option<ParagraphTexts> {
    let whole = |text: &str| ParagraphTexts(split(text).into_iter().map(Some).collect());
    match value {
        "[]" => Some(ParagraphTexts::default()),
        "|" | "|-" => {
            let mut body: Vec<&str> = Vec::new();
            let is_deeper =
                |line: &str| line.len() > column && line.as_bytes().iter().take(column + 1).all(|&byte| byte == b' ');
            while let Some(line) = lines.peek().filter(|line| line.is_empty() || is_deeper(line)) {
                lines.step(line);
                body.push(line);
            }
            Some(whole(&quick_literal(&body, column, value == "|")?))
        }
        "" => {
            let mut texts = Vec::new();
            let item = |line: &str| {
                let (before, item) = line.split_at_checked(column)?;
                item.strip_prefix("- ").filter(|_| before.trim_start_matches(' ').is_empty()).map(str::to_owned)
            };
            while let Some((line, item)) = lines.peek().and_then(|line| Some((line, item(line)?))) {
                lines.step(line);
                texts.push(if item == "null" { None } else { Some(quick_scalar(&item)?) });
            }
            (!texts.is_empty()).then_some(ParagraphTexts(texts))
        }
        value => Some(whole(&quick_scalar(value)?)),
    }
}

/// The lines of a text, all of which end with a line feed.
struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Lines<'a> {
    /// The next line; `None` at the end, and where a line is not ended.
    fn peek(&self) -> Option<&'a str> {
        memchr::memchr(b'\n', self.rest.as_bytes()).and_then(|end| self.rest.get(..end))
    }

    /// Goes on behind `line`, which is the next one.
    fn step(&mut self, line: &str) {
        self.rest = self.rest.get(line.len() + 1..).unwrap_or_default();
    }
}
