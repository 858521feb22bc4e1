//! An interview and its translation, two documents, to one bilingual document.
//!
//! Turns are set beside turns by the sequence of steps that costs least (dynamic programming over a band around the
//! diagonal, after W. Gale and K. Church, "A Program for Aligning Sentences in Bilingual Corpora", 1993): a step is one
//! turn beside one, two or three beside one, or a turn that the other side lacks; what counts is the length, the moment in
//! the recording, and, once a first round has shown whose words stand beside whose, the speaker. Within turns,
//! and in front and back matter, paragraphs are set beside paragraphs in the same way. No word of the translation is
//! dropped: what has no counterpart stands with what came before it.

mod align;

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Report, Warning};
use crate::model::{Interview, ParagraphIndex, Position, Structure, TurnIndex};
use crate::text::width;
use align::{Step, Unit, align};

/// Above this cost a step is said to be unsure.
const UNSURE: f32 = 8.0;

/// Above this ratio of the numbers of turns, one of the documents does not part its speakers.
const UNPARTED: usize = 3;

/// `original` with the words of `translation` beside its own, paragraph by paragraph. What was unsure, left out or
/// brought together is added to `report`.
pub fn pair(original: &Interview, translation: &Interview, report: &mut Report) -> Interview {
    let mut pairing = Pairing { original, translation, beside: BTreeMap::new() };
    pairing.paragraphs(0..original.front(), 0..translation.front());
    let turns = [original, translation].map(|document| document.turns().len());
    let (fewer, more) = (turns[0].min(turns[1]), turns[0].max(turns[1]));
    if fewer * UNPARTED < more {
        let message = format!(
            "the document has {} turns and its translation {}, so that paragraphs were paired and not turns",
            turns[0], turns[1]
        );
        report.warnings.push(Warning { line: 0, message });
        pairing.paragraphs(original.front()..original.back().start, translation.front()..translation.back().start);
    } else {
        pairing.turns(report);
    }
    pairing.paragraphs(original.back(), translation.back());
    say_what_is_left_out(original, translation, report);
    pairing.finish()
}

/// The translation's title and topics, which have no place in the document.
fn say_what_is_left_out(original: &Interview, translation: &Interview, report: &mut Report) {
    let title = &translation.metadata.title;
    if !title.is_empty() && *title != original.metadata.title {
        let message = format!("the translation's title “{title}”");
        report.left_out.push(Warning { line: 0, message });
    }
    let own: Vec<&str> = original.given_topics.iter().map(|topic| topic.title.as_str()).collect();
    let topics: Vec<String> = translation
        .given_topics
        .iter()
        .filter(|topic| !own.contains(&topic.title.as_str()))
        .map(|topic| format!("“{}”", topic.title))
        .collect();
    if !topics.is_empty() {
        let message = format!("the translation's headings: {}", topics.join(", "));
        report.left_out.push(Warning { line: 0, message });
    }
}

struct Pairing<'a> {
    original: &'a Interview,
    translation: &'a Interview,
    /// The paragraphs of the translation that stand beside each one of the original.
    beside: BTreeMap<u32, Vec<u32>>,
}

impl Pairing<'_> {
    fn turns(&mut self, report: &mut Report) {
        let (mut here, mut there) = (units(self.original), units(self.translation));
        let first = align(&here, &there);
        let same = who_is_who(&here, &there, &first);
        for unit in &mut there {
            unit.voice = unit.voice.and_then(|voice| same.get(&voice).copied());
        }
        if same.len() < 2 {
            // With one voice on either side nothing can be told by it.
            here.iter_mut().chain(&mut there).for_each(|unit| unit.voice = None);
        }
        let speakers =
            |document: &Interview, voice: usize| document.speakers.get(voice).map(|speaker| speaker.name.clone());
        for (&voice, &is) in &same {
            if let (Some(written), Some(shown)) = (speakers(self.translation, voice), speakers(self.original, is))
                && written != shown
            {
                report.merged.push((written, shown));
            }
        }
        for step in align(&here, &there) {
            if let Some(message) = self.doubt(&step, &here, &there) {
                report.warnings.push(Warning { line: 0, message });
            }
            self.paragraphs(of_turns(self.original, &step.left), of_turns(self.translation, &step.right));
        }
    }

    /// What the reader should know of a step, if anything.
    fn doubt(&self, step: &Step, here: &[Unit], there: &[Unit]) -> Option<String> {
        let name = |document: &Interview, turns: &Range<usize>| {
            let begins = document.paragraph(ParagraphIndex(of_turns(document, turns).start));
            let begins: String = begins.chars().take(24).collect();
            let number = turns.start + 1;
            match turns.len() {
                0 | 1 => format!("turn {number} (“{begins}”)"),
                more => format!("turns {number} to {} (“{begins}”)", turns.start + more),
            }
        };
        let (left, right) = (name(self.original, &step.left), name(self.translation, &step.right));
        let voices = |units: &[Unit], turns: &Range<usize>| units.get(turns.start).and_then(|unit| unit.voice);
        let differs = match (voices(here, &step.left), voices(there, &step.right)) {
            (Some(left), Some(right)) => left != right,
            _ => false,
        };
        match (step.left.len(), step.right.len()) {
            (_, 0) => Some(format!("{left} has no counterpart in the translation")),
            (0, _) => Some(format!("the translation's {right} has no counterpart; it stands with what came before")),
            (1, 1) if differs => Some(format!("{left} and the translation's {right} have different speakers")),
            (1, 1) if step.cost > UNSURE => {
                Some(format!("{left} and the translation's {right} differ much in length or time"))
            }
            (1, 1) => None,
            _ => Some(format!(
                "{left} beside the translation's {right}: one of them lacks something or divides it differently"
            )),
        }
    }

    /// Sets paragraphs beside paragraphs. One of the original is beside as many as there are.
    fn paragraphs(&mut self, here: Range<u32>, there: Range<u32>) {
        if there.is_empty() {
            return;
        }
        if here.is_empty() {
            let last = here.start.saturating_sub(1);
            self.beside.entry(last).or_default().extend(there);
            return;
        }
        if here.len() == there.len() {
            for (left, right) in here.zip(there) {
                self.beside.entry(left).or_default().push(right);
            }
            return;
        }
        let units = |document: &Interview, range: &Range<u32>| -> Vec<Unit> {
            range.clone().map(|at| Unit::of_length(length(document, at..at + 1))).collect()
        };
        let mut last = here.start;
        for step in align(&units(self.original, &here), &units(self.translation, &there)) {
            if !step.left.is_empty() {
                last = here.start + step.left.start as u32;
            }
            let right = there.start + step.right.start as u32..there.start + step.right.end as u32;
            if !right.is_empty() {
                self.beside.entry(last).or_default().extend(right);
            }
            last = last.max(here.start + (step.left.end as u32).saturating_sub(1));
        }
    }

    fn finish(self) -> Interview {
        let (original, translation) = (self.original, self.translation);
        let translations = self.beside.iter().map(|(&left, right)| {
            let mut words = String::new();
            for &paragraph in right {
                join(&mut words, translation.paragraph(ParagraphIndex(paragraph)));
            }
            (ParagraphIndex(left), words)
        });
        let mut metadata = original.metadata.clone();
        metadata.translation_language.clone_from(&translation.metadata.language);
        let structure = Structure {
            front: original.front(),
            back: original.back().start,
            turns: original.turns().to_vec(),
            speakers: original.speakers.clone(),
            metadata,
            times: original.paragraph_times().to_vec(),
            given_topics: original.given_topics.to_vec(),
            inferences: original.inferences.to_vec(),
            translations: translations.collect(),
        };
        let end = original.byte_of_position(Position::start_of(ParagraphIndex(original.paragraph_count())));
        let words = original.text().get(..end).unwrap_or_default();
        // Where the document has translations already, a line feed parts them from its own words.
        Interview::from_lines(words.strip_suffix('\n').unwrap_or(words).to_owned(), structure)
    }
}

/// The turns of a document as they are compared.
fn units(document: &Interview) -> Vec<Unit> {
    let turns = document.turns().iter().enumerate();
    turns
        .map(|(index, turn)| Unit {
            length: length(document, document.turn_paragraphs(TurnIndex(index as u32))),
            voice: turn.speaker.map(|speaker| usize::from(speaker.0)),
            seconds: turn.time.map(|time| time.seconds() as f32),
        })
        .collect()
}

fn of_turns(document: &Interview, turns: &Range<usize>) -> Range<u32> {
    let first = document.turn(TurnIndex(turns.start as u32)).map(|turn| turn.first.0);
    let start = first.unwrap_or(document.back().start);
    let Some(last) = turns.clone().last() else { return start..start };
    start..document.turn_paragraphs(TurnIndex(last as u32)).end
}

/// Columns, which one character of Chinese has two of: closer to how much is said than bytes or characters.
fn length(document: &Interview, paragraphs: Range<u32>) -> f32 {
    paragraphs.map(|at| width(document.paragraph(ParagraphIndex(at)))).sum::<usize>() as f32
}

/// For each voice of the translation the one of the original whose words it stands beside most often.
fn who_is_who(here: &[Unit], there: &[Unit], steps: &[Step]) -> BTreeMap<usize, usize> {
    let mut beside: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.left.len() == 1 && step.right.len() == 1) {
        let voice = |units: &[Unit], at: usize| units.get(at).and_then(|unit| unit.voice);
        if let (Some(left), Some(right)) = (voice(here, step.left.start), voice(there, step.right.start)) {
            *beside.entry((right, left)).or_default() += 1;
        }
    }
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for ((right, left), count) in beside {
        let so_far = best.entry(right).or_insert((left, count));
        if count > so_far.1 {
            *so_far = (left, count);
        }
    }
    best.into_iter().map(|(right, (left, _))| (right, left)).collect()
}

/// Adds a paragraph to the one before it, without a blank between wide characters.
pub(super) fn join(words: &mut String, more: &str) {
    let is_wide = |c: char| width(c.encode_utf8(&mut [0; 4])) == 2;
    let seamless = words.chars().next_back().is_none_or(is_wide) && more.chars().next().is_none_or(is_wide);
    if !words.is_empty() && !seamless {
        words.push(' ');
    }
    words.push_str(more);
}
