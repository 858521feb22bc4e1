//! Plain text: `Name: text` in its many shapes, and saved pages.

use super::lines::{self, Lines, glue};
use super::{opening, speakers};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Block, Declared, Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::{ImportError, Options, Warning, names};
use crate::model::{Metadata, Timecode};

/// Plain text.
#[derive(Debug)]
pub(super) struct Plain;

impl Importer for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        (!sample.text.is_empty()).then_some(Recognised { score: 10, because: "nothing else fits it better" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        draft(source.text, &source.name)
    }
}

/// The draft of a text in which each line, or each run of lines broken to a width, is a paragraph.
///
/// Importers of formats whose paragraphs carry labels as words hand their paragraphs on to this, one on a line.
///
/// # Errors
///
/// Where the text has more lines than can be read.
pub(in crate::import) fn draft(text: String, name: &str) -> Result<Draft, ImportError> {
    let zeros = memchr::memchr(0, text.as_bytes()).is_some();
    let text = lines::with_plain_ends(text);
    if memchr::memchr_iter(b'\n', text.as_bytes()).count() > lines::MOST {
        return Err(ImportError::Broken {
            name: name.to_owned(),
            message: format!("it has more than {} million lines; cut it into parts", lines::MOST / 1_000_000),
        });
    }
    let text = split_run_in(text);
    let mut draft = Draft::default();
    if zeros {
        let message = "zero bytes in the text are shown as \u{FFFD}".to_owned();
        draft.warnings.push(Warning { line: 1, message });
    }
    let plan = Plan::of(&Lines::of(&text), &mut draft);
    plan.carry_out(text, &mut draft);
    Ok(draft)
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    end: u32,
    /// It goes on with the paragraph before; set off by a blank or, between wide characters, by nothing.
    joins: Option<bool>,
    block: Block,
}

/// The paragraphs as places in the source, so that the text can be put together where it lies.
#[derive(Debug, Default)]
struct Plan {
    pieces: Vec<Piece>,
}

/// What has been left out so far: how often, and the first line.
#[derive(Default)]
struct Tally {
    count: u32,
    line: u32,
}

impl Tally {
    fn add(&mut self, line: u32) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }

    fn report(&self, what: &str, draft: &mut Draft) {
        if self.count > 0 {
            let rest = if self.count == 1 { String::new() } else { format!(", {} in all", self.count) };
            draft.left_out.push(Warning { line: self.line, message: format!("{what}{rest}") });
        }
    }
}

impl Plan {
    fn of(lines: &Lines<'_>, draft: &mut Draft) -> Self {
        let accepted = speakers::settle(lines);
        let times = Times::of(lines);
        let is_label =
            |label: Option<u32>| label.filter(|&label| accepted.get(label as usize).copied().unwrap_or_default());
        let talk = lines
            .lines
            .iter()
            .position(|line| is_label(line.label).is_some() || (times.bare && line.bare_time) || line.changed)
            .unwrap_or(lines.lines.len());
        let mut skipped: Vec<(usize, &str)> = opening::take(lines, talk, &mut draft.metadata);
        skipped.extend(chapters(lines, &times, &is_label, draft));
        skipped.sort_unstable();
        take_declarations(lines, draft);
        let labels: Vec<Option<u32>> = lines
            .candidates
            .iter()
            .zip(&accepted)
            .map(|(candidate, accepted)| {
                accepted.then(|| {
                    draft.labels.push(candidate.text.to_owned());
                    draft.labels.len() as u32 - 1
                })
            })
            .collect();

        let mut plan = Self { pieces: Vec::with_capacity(lines.lines.len()) };
        let (mut label_tally, mut time_tally) = (Tally::default(), Tally::default());
        let width = lines.width();
        let mut pending: (Option<Speech>, Option<Timecode>) = (None, None);
        let mut labelled = false;
        let mut joinable = false;
        let mut skip = skipped.iter().peekable();
        for (index, line) in lines.lines.iter().enumerate() {
            if let Some((_, what)) = skip.next_if(|(skipped, _)| *skipped == index) {
                draft.left_out.push(Warning { line: line.number, message: (*what).to_owned() });
                joinable = false;
                continue;
            }
            let label = is_label(line.label).and_then(|label| labels.get(label as usize).copied().flatten());
            let timed = line.time.is_some() && times.accepts(line.bare_time);
            let head = label.is_some() || (line.label.is_none() && (timed || line.changed));
            let start = if head { line.words } else { line.start };
            if label.is_some() {
                label_tally.add(line.number);
            }
            let speech = match label {
                Some(label) => Some(Speech::Labelled(label)),
                None if head && line.changed => Some(Speech::Changed),
                None if head && labelled => Some(Speech::Same),
                None => None,
            };
            let time = line.time.filter(|_| head && (timed || label.is_some()));
            if time.is_some() {
                time_tally.add(line.number);
            }
            labelled |= label.is_some();
            if start == line.end {
                pending = (speech.or(pending.0), time.or(pending.1));
                joinable = false;
                continue;
            }
            let wraps = width.is_some_and(|width| {
                joinable && !head && index > 0 && pending.0.is_none() && lines.runs_on(index - 1, width)
            });
            let joins = wraps.then(|| !glue(lines.words(index - 1), lines.line(index as u32)).is_empty());
            let speech = match speech {
                Some(Speech::Same) | None => pending.0.take().or(speech),
                said => said,
            };
            let block = Block {
                start: 0,
                end: 0,
                line: line.number,
                speech: speech.unwrap_or(Speech::Unknown),
                part: Part::Unknown,
                time: time.or(pending.1.take()),
            };
            pending = (None, None);
            joinable = true;
            plan.pieces.push(Piece { start, end: line.end, joins, block });
        }
        label_tally.report("speakers' labels, which stand over the turns instead", draft);
        time_tally.report("timecodes, which stand beside the text instead", draft);
        plan
    }

    /// Puts the text together in the source's own memory: no piece moves towards the end.
    fn carry_out(self, text: String, draft: &mut Draft) {
        let mut bytes = text.into_bytes();
        let mut at = 0;
        draft.blocks.reserve(self.pieces.len());
        for mut piece in self.pieces {
            let length = (piece.end - piece.start) as usize;
            let between = match piece.joins {
                _ if draft.blocks.is_empty() => None,
                None => Some(b'\n'),
                Some(true) => Some(b' '),
                Some(false) => None,
            };
            if let Some(slot) = between.and_then(|between| Some((bytes.get_mut(at)?, between))) {
                *slot.0 = slot.1;
                at += 1;
            }
            bytes.copy_within(piece.start as usize..piece.end as usize, at);
            let (start, end) = (at as u32, (at + length) as u32);
            at += length;
            match draft.blocks.last_mut().filter(|_| piece.joins.is_some()) {
                Some(last) => last.end = end,
                None => {
                    (piece.block.start, piece.block.end) = (start, end);
                    draft.blocks.push(piece.block);
                }
            }
        }
        bytes.truncate(at);
        draft.text =
            String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    }
}

/// Which timecodes are such.
struct Times {
    bare: bool,
    bracketed: bool,
}

impl Times {
    fn of(lines: &Lines<'_>) -> Self {
        let (mut bare, mut rising, mut bracketed) = (0, 0, 0);
        let mut last = None;
        for line in &lines.lines {
            match line.time {
                Some(time) if line.bare_time => {
                    bare += 1;
                    rising += usize::from(last.is_none_or(|last| last <= time));
                    last = Some(time);
                }
                Some(_) => bracketed += 1,
                None => {}
            }
        }
        let often = bare >= 3 && rising * 10 >= bare * 8;
        Self { bare: often && bare * 4 >= lines.lines.len(), bracketed: bracketed >= 2 }
    }

    fn accepts(&self, bare: bool) -> bool {
        if bare { self.bare } else { self.bracketed }
    }
}

/// A list of chapters before the talk, `00:16:42 – title`, becomes topics; the lines that were taken.
fn chapters(
    lines: &Lines<'_>,
    times: &Times,
    is_label: &dyn Fn(Option<u32>) -> Option<u32>,
    draft: &mut Draft,
) -> Vec<(usize, &'static str)> {
    let talk = lines.lines.iter().position(|line| is_label(line.label).is_some());
    let timed_talk = lines.lines.iter().any(|line| is_label(line.label).is_some() && line.time.is_some());
    let Some(talk) = talk.filter(|_| timed_talk && !times.bare) else { return Vec::new() };
    let found: Vec<(usize, Timecode)> = lines
        .lines
        .iter()
        .enumerate()
        .take(talk)
        .filter_map(|(index, line)| {
            let short = line.label.is_none() && (1..=100).contains(&lines.words(index).len());
            line.time.filter(|_| short).map(|time| (index, time))
        })
        .collect();
    if found.len() < 3 || !found.is_sorted_by_key(|(_, time)| *time) {
        return Vec::new();
    }
    draft.topics.extend(found.iter().map(|(index, time)| Heading {
        title: lines.words(*index).to_owned(),
        level: 0,
        at: HeadingPlace::Time(*time),
    }));
    found.into_iter().map(|(index, _)| (index, "a line of the list of chapters")).collect()
}

/// `Interviewer: Mira Okafor` and `Date: 2 May` before the talk.
fn take_declarations(lines: &Lines<'_>, draft: &mut Draft) {
    for candidate in lines.candidates.iter().filter(|candidate| speakers::declares(lines, candidate)) {
        let name = lines.words(candidate.first as usize).to_owned();
        draft.declared.push(Declared { label: name.clone(), name, role: names::role(candidate.text) });
    }
    for index in 0..lines.lines.len().min(20) {
        take_field(lines.line(index as u32), &mut draft.metadata);
    }
}

fn take_field(line: &str, metadata: &mut Metadata) {
    let Some((key, value)) = line.split_once([':', '：']) else { return };
    let value = value.trim();
    if value.is_empty() || value.len() > 200 {
        return;
    }
    match key.trim().to_lowercase().as_str() {
        "date" | "recorded" | "datum" | "fecha" | "data" | "日期" | "时间" | "дата" if metadata.date.is_none() =>
        {
            metadata.date = Some(value.to_owned());
        }
        "title" | "topic" | "titel" | "titre" | "título" | "标题" if metadata.title.is_empty() => {
            value.clone_into(&mut metadata.title);
        }
        _ => {}
    }
}

/// Speech recognition that was run into one line, `Mira  0:09  Where? Jonas  0:15  Here.`, one turn on a line.
fn split_run_in(text: String) -> String {
    const LONG: usize = 2000;
    let bytes = text.as_bytes();
    let long = bytes.len() > LONG && memchr::memchr_iter(b'\n', bytes).count() * LONG < bytes.len();
    if !long {
        return text;
    }
    let name = r"(?:\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}|Speaker \d{1,2}|Unknown Speaker)";
    let Ok(turn) = regex::Regex::new(&format!(r"\s({name}\s+\d{{1,2}}:\d\d(?::\d\d)?)\s")) else { return text };
    let found: Vec<_> = turn.captures_iter(&text).filter_map(|captures| captures.get(1)).take(lines::MOST).collect();
    let mut seen = std::collections::HashMap::new();
    for label in &found {
        *seen.entry(label.as_str().split_whitespace().next()).or_insert(0_u32) += 1;
    }
    if found.len() < 3 || seen.values().all(|count| *count < 2) {
        return text;
    }
    let mut apart = String::with_capacity(text.len() + 2 * found.len());
    let mut from = 0;
    for label in found {
        apart.push_str(text.get(from..label.start()).unwrap_or_default());
        apart.push('\n');
        apart.push_str(label.as_str());
        apart.push('\n');
        from = label.end();
    }
    apart.push_str(text.get(from..).unwrap_or_default());
    apart
}
