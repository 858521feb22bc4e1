//! Cues to paragraphs: who speaks them, what they repeat, which belong together.

use std::borrow::Cow;
use std::collections::HashMap;

use super::captions::Captions;
use super::cue_labels::{self, CueLabels};
use super::markup::{self, Said};
use super::paragraphs::{Paragraphs, Piece};
use super::rolling::{self, Shown};
use crate::import::draft::{Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::tally::Tally;
use crate::import::{Warning, names};
use crate::model::Timecode;

/// A line of a cue without its markup.
struct Line<'a> {
    number: u32,
    /// Whether this is the cue's first line.
    first: bool,
    said: Said<'a>,
}

/// What captions say.
pub(super) fn draft(text: &str) -> Draft {
    let captions = Captions::parse(text);
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(captions.lines.len());
    let mut of_cue = Vec::with_capacity(captions.cues.len());
    let mut said = Vec::new();
    for cue in &captions.cues {
        let from = lines.len();
        for (number, line) in captions.lines.get(cue.lines.clone()).unwrap_or_default() {
            markup::clean(line, &mut said);
            for said in said.drain(..) {
                lines.push(Line { number: *number, first: lines.len() == from, said });
            }
        }
        of_cue.push(from..lines.len());
    }
    let mut paragraphs = Paragraphs::default();
    head(&captions, &mut paragraphs.draft);
    let doubled = undouble(&captions, &mut lines, &of_cue);
    let repeats = unroll(&captions, &mut lines, &of_cue);
    let labels = CueLabels::of(lines.iter().map(|line| (&*line.said.text, line.first)));
    let mut speakers = Speakers::default();
    for (cue, range) in captions.cues.iter().zip(of_cue) {
        let cue_lines = lines.get(range).unwrap_or_default();
        let dashes = cue_lines.iter().filter(|line| dashed(&line.said.text).is_some()).count() >= 2;
        for line in cue_lines {
            if let Some(title) = line.said.text.strip_prefix('#').filter(|_| captions.header.is_empty() && !line.first)
                && let Some(title) =
                    title.trim_start_matches('#').strip_prefix(' ').filter(|title| !title.ends_with('#'))
            {
                let at = HeadingPlace::Block(paragraphs.draft.blocks.len() as u32);
                paragraphs.draft.topics.push(Heading { title: title.trim().to_owned(), level: 0, at });
                paragraphs.break_here();
                continue;
            }
            let mut times = (Some(cue.start), Some(cue.end));
            if !line.first {
                times.0 = None;
            }
            say(line, dashes, &labels, &mut speakers, &mut paragraphs, times);
        }
    }
    let mut draft = paragraphs.finish();
    doubled.report("a line that stands twice", &mut draft.left_out);
    remarks(&captions, repeats, &mut draft);
    draft
}

/// Speakers by name, so that a crowd costs no more than two.
#[derive(Default)]
struct Speakers {
    known: HashMap<String, Speech>,
    last: Option<(String, Speech)>,
}

impl Speakers {
    /// Who is called so; somebody else than before where the name is nobody's.
    fn speech(&mut self, draft: &mut Draft, name: &str) -> Speech {
        if let Some((_, speech)) = self.last.as_ref().filter(|(last, _)| last == name) {
            return *speech;
        }
        let speech = self.known.get(name).copied().unwrap_or_else(|| {
            let speech = if names::is_nobody(name) {
                Speech::Changed
            } else {
                draft.labels.push(name.to_owned());
                Speech::Labelled(draft.labels.len() as u32 - 1)
            };
            self.known.insert(name.to_owned(), speech);
            speech
        });
        self.last = Some((name.to_owned(), speech));
        speech
    }
}

/// Adds the words of a line under whoever says them.
fn say(
    line: &Line<'_>,
    dashes: bool,
    labels: &CueLabels,
    speakers: &mut Speakers,
    paragraphs: &mut Paragraphs,
    times: (Option<Timecode>, Option<Timecode>),
) {
    let mut speech = match &line.said.voice {
        Some(name) => speakers.speech(&mut paragraphs.draft, name),
        None => Speech::Unknown,
    };
    let mut start = times.0;
    for (index, part) in cue_labels::changes(&line.said.text).enumerate() {
        let mut part = part.trim_start_matches('>').trim();
        if index > 0 {
            speech = Speech::Changed;
        } else if dashes && let Some(rest) = dashed(part) {
            (speech, part) = (Speech::Changed, rest);
        }
        if let Some((name, rest)) = labels.split(part) {
            part = rest;
            speech = match name {
                Some(name) => speakers.speech(&mut paragraphs.draft, name),
                None => Speech::Changed,
            };
        }
        if index > 0 || !part.is_empty() || speech != Speech::Unknown {
            paragraphs.add(Piece { text: part, line: line.number, speech, start, end: times.1, glued: false });
            start = None;
        }
    }
}

/// A line of dialogue, `- Why?`, without its dash.
fn dashed(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix(['-', '–', '—', '‐'])?;
    (!rest.starts_with('-')).then(|| rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// Takes out what stands twice: captions that are there two times, and lines within captions.
fn undouble(captions: &Captions<'_>, lines: &mut [Line<'_>], of_cue: &[std::ops::Range<usize>]) -> Tally {
    let mut doubled = Tally::default();
    let doubles = {
        let texts: Vec<&str> = lines.iter().map(|line| &*line.said.text).collect();
        let shown = captions.cues.iter().zip(of_cue).filter_map(|(cue, range)| {
            let lines = texts.get(range.clone()).filter(|lines| !lines.is_empty())?;
            Some((range.start, Shown { start: cue.start, end: cue.end, lines }))
        });
        rolling::doubles(&shown.collect::<Vec<_>>())
    };
    for index in doubles {
        if let Some(line) = lines.get_mut(index) {
            line.said.text = Cow::Borrowed("");
            doubled.add(line.number);
        }
    }
    doubled
}

/// Takes out what captions repeat; the number of lines that went and the line of the first.
fn unroll(captions: &Captions<'_>, lines: &mut [Line<'_>], of_cue: &[std::ops::Range<usize>]) -> Option<(usize, u32)> {
    let texts: Vec<&str> = lines.iter().map(|line| &*line.said.text).collect();
    let shown = |index: usize| {
        let cue = captions.cues.get(index)?;
        let lines = texts.get(of_cue.get(index)?.clone())?;
        (!lines.is_empty()).then_some(Shown { start: cue.start, end: cue.end, lines })
    };
    if !rolling::rolls((0..of_cue.len()).filter_map(shown)) {
        return None;
    }
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<Shown<'_>> = None;
    for (index, range) in of_cue.iter().enumerate() {
        let Some(caption) = shown(index) else { continue };
        if let Some(before) = &before {
            let repeated = rolling::repeated(before, &caption);
            cuts.extend((range.start..range.start + repeated.lines).map(|line| (line, usize::MAX)));
            if repeated.bytes > 0 {
                cuts.push((range.start + repeated.lines, repeated.bytes));
            }
        }
        before = Some(caption);
    }
    let first = cuts.first().and_then(|(line, _)| lines.get(*line)).map_or(0, |line| line.number);
    for (index, bytes) in &cuts {
        if let Some(line) = lines.get_mut(*index) {
            match &mut line.said.text {
                Cow::Borrowed(text) => *text = text.get((*bytes).min(text.len())..).unwrap_or(text),
                Cow::Owned(text) => {
                    let end = (*bytes).min(text.len());
                    if text.is_char_boundary(end) {
                        text.drain(..end);
                    }
                }
            }
        }
    }
    Some((cuts.len(), first))
}

/// What stands before the first cue: metadata, headings, an introduction.
fn head(captions: &Captions<'_>, draft: &mut Draft) {
    for (key, value) in captions.header.iter().filter(|(_, value)| !value.is_empty()) {
        match key.to_ascii_lowercase().as_str() {
            "language" => draft.metadata.language = Some((*value).to_owned()),
            "title" => (*value).clone_into(&mut draft.metadata.title),
            "webvtt" if value.starts_with(['-', '–']) => {
                value.trim_start_matches(['-', '–', ' ']).clone_into(&mut draft.metadata.title);
            }
            _ => {}
        }
    }
    let mut front_matter = false;
    for (index, (number, line)) in captions.head.iter().enumerate() {
        let text = line.trim();
        if text == "---" && (index == 0 || front_matter) {
            front_matter = !front_matter;
        } else if front_matter {
            let (key, value) = text.split_once(':').unwrap_or((text, ""));
            let value = value.trim().trim_matches(['"', '\'']);
            match key.trim().to_ascii_lowercase().as_str() {
                "title" => value.clone_into(&mut draft.metadata.title),
                "date" => draft.metadata.date = Some(value.to_owned()),
                "language" | "lang" => draft.metadata.language = Some(value.to_owned()),
                "url" | "link" | "source" => draft.metadata.source.url = Some(value.to_owned()),
                _ => draft.left_out.push(Warning { line: *number, message: format!("front matter: {text}") }),
            }
        } else if let Some(title) = text.strip_prefix("# ").map(str::trim)
            && (draft.metadata.title.is_empty() || draft.metadata.title == title)
        {
            title.clone_into(&mut draft.metadata.title);
        } else if text.starts_with("```") {
            draft.left_out.push(Warning { line: *number, message: "a code fence".to_owned() });
        } else if !text.is_empty() {
            let text = text.trim_start_matches('#').trim();
            draft.push(text, *number, Speech::Unknown).part = Part::Front;
        }
    }
}

/// What the reader should know of the captions.
fn remarks(captions: &Captions<'_>, repeats: Option<(usize, u32)>, draft: &mut Draft) {
    if let Some((count, line)) = repeats {
        let message = format!("{count} lines that repeat what the captions before them still show");
        draft.left_out.push(Warning { line, message });
    }
    for (line, text) in &captions.comments {
        draft.left_out.push(Warning { line: *line, message: format!("a comment: {text}") });
    }
    let mut warn = |lines: &[u32], what: &str| {
        if let Some(&line) = lines.first() {
            let message = if lines.len() == 1 {
                what.to_owned()
            } else {
                format!("{what}, here and {} times more", lines.len() - 1)
            };
            draft.warnings.push(Warning { line, message });
        }
    };
    warn(&captions.odd_times, "a time is below zero or too large and was set to what can be shown");
    warn(
        &captions.disorder,
        "a cue ends before it begins or begins before the one above; the order of the file was kept",
    );
}
