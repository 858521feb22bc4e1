//! From one place in the words to another: characters, words, sentences, across paragraphs.

use crate::layout::{Bilingual, Flow};
use crate::model::{Interview, ParagraphIndex, Position, Span};
use crate::text;

/// The paragraph that follows in the order of the screen, on the same side of a bilingual interview where
/// `same_side`.
fn paragraph_after(flow: &Flow<'_>, paragraph: ParagraphIndex, same_side: bool) -> Option<ParagraphIndex> {
    let interview = flow.interview;
    let original = interview.original_of(paragraph).unwrap_or(paragraph);
    let is_translation = original != paragraph;
    let both = flow.view.bilingual == Bilingual::Interleaved && !same_side;
    if both
        && !is_translation
        && let Some(translation) = interview.translation(paragraph)
    {
        return Some(translation);
    }
    let next = flow.shown_from(ParagraphIndex(original.0 + 1))?;
    on_side(flow, next, is_translation && !both)
}

/// The paragraph before, likewise.
fn paragraph_before(flow: &Flow<'_>, paragraph: ParagraphIndex, same_side: bool) -> Option<ParagraphIndex> {
    let interview = flow.interview;
    let original = interview.original_of(paragraph).unwrap_or(paragraph);
    let is_translation = original != paragraph;
    let both = flow.view.bilingual == Bilingual::Interleaved && !same_side;
    if both && is_translation {
        return Some(original);
    }
    let before = flow.shown_to(ParagraphIndex(original.0.checked_sub(1)?))?;
    on_side(flow, before, is_translation || both)
}

fn on_side(flow: &Flow<'_>, original: ParagraphIndex, translated: bool) -> Option<ParagraphIndex> {
    let translated = translated || flow.view.bilingual == Bilingual::Translation;
    Some(if translated { flow.interview.translation(original).unwrap_or(original) } else { original })
}

/// A way to move from a place in the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    NextCharacter,
    PreviousCharacter,
    NextWord,
    PreviousWord,
    WordEnd,
    NextSentence,
    PreviousSentence,
}

/// Where a motion leads that is made so many times; as far as it goes where there is nothing further.
pub(super) fn moved(flow: &Flow<'_>, from: Position, motion: Motion, times: u32, same_side: bool) -> Position {
    let mut place = from;
    let mut left = times as usize;
    while left > 0 {
        let words = flow.interview.paragraph(place.paragraph);
        if left > 1
            && let Some((offset, passed)) = sentences_passed(words, place.offset as usize, motion, left)
        {
            place.offset = offset as u32;
            left -= passed;
            continue;
        }
        let next = moved_once(flow, place, motion, same_side);
        if next == place {
            break;
        }
        place = next;
        left -= 1;
    }
    place
}

/// Where many sentences lead within a paragraph, whose sentences are told once for all of them, and how many they are;
/// `None` where there is none that way, or the motion is another.
fn sentences_passed(words: &str, offset: usize, motion: Motion, most: usize) -> Option<(usize, usize)> {
    let starts = || text::sentences(words).into_iter().map(|range| range.start);
    let last = |(passed, _), start| (passed + 1, start);
    let (passed, to) = match motion {
        Motion::NextSentence => starts().filter(|&start| start > offset).take(most).fold((0, offset), last),
        Motion::PreviousSentence => starts().rev().filter(|&start| start < offset).take(most).fold((0, offset), last),
        _ => return None,
    };
    (passed > 0).then_some((to, passed))
}

fn moved_once(flow: &Flow<'_>, from: Position, motion: Motion, same_side: bool) -> Position {
    let words = flow.interview.paragraph(from.paragraph);
    let offset = from.offset as usize;
    let here = |offset: usize| Position { paragraph: from.paragraph, offset: offset as u32 };
    let within = match motion {
        Motion::NextCharacter => (offset < words.len()).then(|| text::next_boundary(words, offset)),
        Motion::PreviousCharacter => (offset > 0).then(|| text::previous_boundary(words, offset)),
        Motion::NextWord => text::next_word_start(words, offset),
        Motion::PreviousWord => text::previous_word_start(words, offset),
        Motion::WordEnd => next_end(words, offset),
        Motion::NextSentence => text::next_sentence_start(words, offset),
        Motion::PreviousSentence => text::previous_sentence_start(words, offset),
    };
    if let Some(offset) = within {
        return here(offset);
    }
    match motion {
        Motion::NextCharacter | Motion::NextWord | Motion::NextSentence => {
            paragraph_after(flow, from.paragraph, same_side).map_or(here(words.len()), Position::start_of)
        }
        Motion::WordEnd => match paragraph_after(flow, from.paragraph, same_side) {
            Some(next) => {
                let words = flow.interview.paragraph(next);
                Position { paragraph: next, offset: next_end(words, 0).unwrap_or(words.len()) as u32 }
            }
            None => here(words.len()),
        },
        Motion::PreviousCharacter | Motion::PreviousWord | Motion::PreviousSentence => {
            let Some(before) = paragraph_before(flow, from.paragraph, same_side) else { return here(0) };
            let words = flow.interview.paragraph(before);
            let offset = match motion {
                Motion::PreviousWord => text::previous_word_start(words, words.len()).unwrap_or(0),
                Motion::PreviousSentence => text::previous_sentence_start(words, words.len()).unwrap_or(0),
                _ => words.len(),
            };
            Position { paragraph: before, offset: offset as u32 }
        }
    }
}

/// The boundary behind the word that ends after `offset`.
fn next_end(words: &str, offset: usize) -> Option<usize> {
    let last = match text::word_at(words, offset) {
        Some(word) if word.end > offset => return Some(word.end),
        _ => text::next_word_start(words, offset)?,
    };
    text::word_at(words, last).map(|word| word.end)
}

/// The span without the blanks at its ends.
pub(super) fn trimmed(interview: &Interview, span: Span) -> Span {
    let mut span = span;
    let before = interview.paragraph(span.end.paragraph);
    if span.end.offset == 0 && span.start.paragraph < span.end.paragraph {
        let paragraph = ParagraphIndex(span.end.paragraph.0 - 1);
        span.end = Position { paragraph, offset: interview.paragraph(paragraph).len() as u32 };
        return trimmed(interview, span);
    }
    let from = if span.start.paragraph == span.end.paragraph { span.start.offset as usize } else { 0 };
    let end = before
        .get(from..span.end.offset as usize)
        .map_or(span.end.offset as usize, |inside| from + inside.trim_end().len());
    span.end.offset = end as u32;
    let words = interview.paragraph(span.start.paragraph);
    let rest = words.get(span.start.offset as usize..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start().len();
    span.start.offset += blanks as u32;
    if span.start > span.end { Span { start: span.end, end: span.end } } else { span }
}

/// The whole of a paragraph.
pub(super) fn paragraph_span(interview: &Interview, paragraph: ParagraphIndex) -> Span {
    Span {
        start: Position::start_of(paragraph),
        end: Position { paragraph, offset: interview.paragraph(paragraph).len() as u32 },
    }
}

/// The sentence around a place.
pub(super) fn sentence_span(interview: &Interview, position: Position) -> Span {
    let range = text::sentence_at(interview.paragraph(position.paragraph), position.offset as usize);
    Span {
        start: Position { offset: range.start as u32, ..position },
        end: Position { offset: range.end as u32, ..position },
    }
}
