//! Praat's TextGrid, in its long and its short form.
//!
//! Both are the same list of numbers, quoted texts and flags; every other character is there for people.

use std::collections::HashMap;

use super::lines::lines;
use super::paragraphs::{Paragraphs, Piece};
use super::tiers::{Interval, Sorted, Tier, sort};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Draft, Speech};
use crate::import::tally::Tally;
use crate::import::{ImportError, Options, pair};
use crate::model::Timecode;

/// TextGrid.
#[derive(Debug)]
pub(super) struct TextGrid;

/// Among so many intervals, on or back, the one is looked for that a translation is said with or in the middle of.
const AROUND: usize = 64;

/// A value that Praat reads.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Text(String),
    Flag(String),
}

impl Importer for TextGrid {
    fn name(&self) -> &'static str {
        "textgrid"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["textgrid"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head: String = lines(sample.text).take(4).map(|(_, line)| line).collect();
        (head.contains("ooTextFile") && head.contains("TextGrid"))
            .then_some(Recognised { score: 100, because: "it says that it is a TextGrid" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut tokens = Tokens { source: &source, rest: &source.text, at: 0, counted: (0, 1) };
        Ok(merge(tiers(&mut tokens)?))
    }
}

/// What was said on several tiers, in the order of time, with what translates it.
pub(super) fn merge(tiers: Vec<Tier>) -> Draft {
    let Sorted { spoken, translations, mut left_out } = sort(tiers);
    let mut paragraphs = Paragraphs::default();
    let mut said: Vec<(usize, Speech, Interval)> = Vec::new();
    let mut odd = Tally::default();
    for (number, (speaker, tier)) in spoken.into_iter().enumerate() {
        // No two tiers are the same speaker's.
        let labels = &mut paragraphs.draft.labels;
        let speech = speaker.map_or(Speech::Unknown, |name| {
            labels.push(name);
            Speech::Labelled(labels.len() as u32 - 1)
        });
        said.extend(tier.intervals.into_iter().map(|interval| (number, speech, interval)));
    }
    said.sort_by_key(|(_, _, interval)| interval.start);
    let (mut translated, lost) = translated(&said, translations);
    for (index, (_, speech, Interval { start, end, line, words })) in said.iter().enumerate() {
        let mut time = |time: i64| {
            let time = u32::try_from(time).ok();
            if time.is_none() {
                odd.add(*line);
            }
            time.map(Timecode::from_milliseconds)
        };
        let (start, end) = (time(*start), time(*end));
        paragraphs.add(Piece { text: words, line: *line, speech: *speech, start, end, glued: false });
        if let Some(translation) = translated.remove(&index) {
            paragraphs.draft.translate_last(&translation);
        }
    }
    let mut draft = paragraphs.finish();
    draft.left_out.append(&mut left_out);
    lost.report("a translation of nothing that was said then", &mut draft.left_out);
    odd.report("a time below zero or too large was left away", &mut draft.warnings);
    draft
}

/// The translations by the places of what they translate: what begins at the same moment, or is said in the middle of
/// it; and those that have none.
fn translated(
    said: &[(usize, Speech, Interval)],
    tiers: Vec<(Option<usize>, Tier)>,
) -> (HashMap<usize, String>, Tally) {
    let (mut found, mut lost): (HashMap<usize, String>, _) = (HashMap::new(), Tally::default());
    for (of, tier) in tiers {
        for interval in tier.intervals {
            let from = said.partition_point(|(.., one)| one.start < interval.start);
            let fits = |(_, (tier, ..)): &(usize, &(usize, Speech, Interval))| of.is_none_or(|of| of == *tier);
            let same = said
                .iter()
                .enumerate()
                .skip(from)
                .take(AROUND)
                .take_while(|(_, (.., one))| one.start == interval.start);
            let middle = interval.start.midpoint(interval.end);
            let until = said.partition_point(|(.., one)| one.start <= middle);
            let around = (0..until).rev().take(AROUND).filter_map(|at| Some((at, said.get(at)?)));
            let mut around = around.filter(|(_, (.., one))| one.end > middle);
            match same.clone().find(fits).or_else(|| around.find(fits)) {
                Some((at, _)) => pair::join(found.entry(at).or_default(), &interval.words),
                None => lost.add(interval.line),
            }
        }
    }
    (found, lost)
}

fn tiers(tokens: &mut Tokens<'_>) -> Result<Vec<Tier>, ImportError> {
    const MOST: f64 = 10_000.0;
    tokens.text("the file's type")?;
    tokens.text("the object's class")?;
    tokens.number("the beginning")?;
    tokens.number("the end")?;
    let exists = tokens.next();
    let mut tiers = Vec::new();
    if exists != Some(Token::Flag("exists".to_owned())) {
        return Ok(tiers);
    }
    let count = tokens.number("the number of tiers")?.clamp(0.0, MOST) as usize;
    for _ in 0..count {
        let class = tokens.text("a tier's class")?;
        let line = tokens.line();
        let mut tier = Tier { name: tokens.text("a tier's name")?, line, ..Tier::default() };
        tokens.number("a tier's beginning")?;
        tokens.number("a tier's end")?;
        let intervals = tokens.number("a tier's size")?.max(0.0) as u64;
        for _ in 0..intervals {
            let start = tokens.number("an interval's beginning")?;
            let end = if class == "IntervalTier" { tokens.number("an interval's end")? } else { start };
            let words = tokens.text("an interval's text")?;
            let milliseconds = |seconds: f64| (seconds * 1000.0).round() as i64;
            if !is_silence(&words) {
                let (start, end, line) = (milliseconds(start), milliseconds(end), tokens.line());
                tier.intervals.push(Interval { start, end, line, words });
            }
        }
        tiers.push(tier);
    }
    Ok(tiers)
}

/// Marks for silence that tools put where nothing is said.
fn is_silence(words: &str) -> bool {
    let words = words.trim().trim_matches(['<', '>', '[', ']', '(', ')']);
    words.is_empty()
        || ["sp", "sil", "silence", "p:", "#", "_", "pau"].iter().any(|mark| words.eq_ignore_ascii_case(mark))
}

struct Tokens<'a> {
    source: &'a Source,
    rest: &'a str,
    at: usize,
    /// Up to where lines have been counted, and the number of the line there.
    counted: (usize, u32),
}

impl Tokens<'_> {
    fn next(&mut self) -> Option<Token> {
        loop {
            let trimmed = self.rest.trim_start();
            self.skip(self.rest.len() - trimmed.len());
            let first = self.rest.chars().next()?;
            match first {
                '"' => return self.quoted(),
                '!' => {
                    let end = self.rest.find(['\n', '\r']).unwrap_or(self.rest.len());
                    self.skip(end);
                }
                _ => {
                    let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
                    let word = self.rest.get(..end).unwrap_or_default();
                    let flag = word.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
                    let number = word.trim_end_matches('%').parse::<f64>().ok().filter(|number| number.is_finite());
                    self.skip(end.max(1));
                    match (flag, number) {
                        (Some(flag), _) => return Some(Token::Flag(flag)),
                        (_, Some(number)) => return Some(Token::Number(number)),
                        _ => {}
                    }
                }
            }
        }
    }

    fn quoted(&mut self) -> Option<Token> {
        let mut text = String::new();
        self.skip(1);
        loop {
            let end = self.rest.find('"')?;
            text.push_str(self.rest.get(..end)?);
            self.skip(end + 1);
            if !self.rest.starts_with('"') {
                return Some(Token::Text(text));
            }
            text.push('"');
            self.skip(1);
        }
    }

    /// 1-based line of what was read last.
    fn line(&mut self) -> u32 {
        let (from, line) = self.counted;
        let between = self.source.text.as_bytes().get(from..self.at).unwrap_or_default();
        self.counted = (self.at, line + memchr::memchr_iter(b'\n', between).count() as u32);
        self.counted.1
    }

    fn skip(&mut self, bytes: usize) {
        let bytes = (bytes..=self.rest.len()).find(|end| self.rest.is_char_boundary(*end)).unwrap_or(self.rest.len());
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.at += bytes;
    }

    fn text(&mut self, what: &str) -> Result<String, ImportError> {
        match self.next() {
            Some(Token::Text(text)) => Ok(text),
            found => Err(self.fault(what, found)),
        }
    }

    fn number(&mut self, what: &str) -> Result<f64, ImportError> {
        match self.next() {
            Some(Token::Number(number)) => Ok(number),
            found => Err(self.fault(what, found)),
        }
    }

    fn fault(&self, what: &str, found: Option<Token>) -> ImportError {
        let (line, column) = super::lines::place(&self.source.text, self.at);
        let message = match found {
            None => format!("the TextGrid ends where {what} should stand: the file was cut off; get it again"),
            Some(_) => format!("{what} should stand before this place; open the file in Praat and save it again"),
        };
        ImportError::Malformed { name: self.source.name.clone(), line, column, message }
    }
}
