//! Pieces of speech, such as cues and recognised words, joined into paragraphs.
//!
//! A piece is a line or a word with its times; nobody reads a transcript of an hour as two thousand of them, nor as
//! one. A paragraph ends where the speaker changes, where a sentence ends before a pause, and where it has grown long
//! enough; speech without punctuation is cut at pauses.

use crate::import::draft::{Block, Draft, Part, Speech};
use crate::model::Timecode;

/// Bytes after which a paragraph ends with its sentence.
const LONG: usize = 600;
/// Bytes after which a sentence that ends inside a piece is looked for.
const VERY_LONG: usize = 900;
/// Bytes after which a paragraph ends anywhere between two pieces.
const TOO_LONG: usize = 1600;
/// Bytes that a paragraph has at least before a pause ends it.
const SHORT: usize = 200;
/// Milliseconds: a pause for breath, between thoughts, and one that ends even what has no punctuation.
const BREATH: u32 = 300;
const PAUSE: u32 = 1500;
const SILENCE: u32 = 3000;

/// A stretch of speech that is no paragraph yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    /// The words. Blanks at the ends do not matter.
    pub text: &'a str,
    /// 1-based line of the source, 0 where there is none.
    pub line: u32,
    /// Who speaks; [`Speech::Unknown`] and [`Speech::Same`]: whoever spoke before.
    pub speech: Speech,
    /// When it begins.
    pub start: Option<Timecode>,
    /// When it ends.
    pub end: Option<Timecode>,
    /// Whether it follows the piece before without a blank, as punctuation does.
    pub glued: bool,
}

/// A draft that grows by pieces.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    /// The draft so far. Blocks appended to it directly are left alone.
    pub draft: Draft,
    speaker: Option<Speech>,
    /// Whether a block already says who speaks.
    told: bool,
    open: bool,
    ended: Option<Timecode>,
    /// End of the last sentence in the draft's text.
    sentence: usize,
}

impl Paragraphs {
    /// The next piece begins a paragraph.
    pub(super) fn break_here(&mut self) {
        self.open = false;
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, piece: Piece<'_>) {
        let mut text = piece.text.trim();
        let changed = match piece.speech {
            Speech::Unknown | Speech::Same => false,
            Speech::Changed => true,
            Speech::Labelled(_) => self.speaker != Some(piece.speech),
        };
        if changed {
            self.speaker = Some(piece.speech);
            self.told = false;
            self.open = false;
        }
        if text.is_empty() {
            // The speaker is named, the words follow with the next piece.
            return;
        }
        if !self.open || (!piece.glued && self.is_full(piece.start)) {
            self.begin(text, &piece);
        } else {
            let cut = if self.length() >= VERY_LONG && !self.at_sentence_end() { sentence_end(text) } else { None };
            if let Some((head, tail)) = cut.and_then(|cut| text.split_at_checked(cut)) {
                self.append(head.trim_end(), piece.glued);
                text = tail.trim_start();
                self.begin(text, &piece);
            } else {
                self.append(text, piece.glued);
            }
        }
        if let Some(end) = piece.end.or(piece.start) {
            self.ended = Some(self.ended.map_or(end, |ended| ended.max(end)));
        }
    }

    /// The draft.
    pub(super) fn finish(self) -> Draft {
        self.draft
    }

    fn begin(&mut self, text: &str, piece: &Piece<'_>) {
        let speech = match self.speaker {
            None => Speech::Unknown,
            Some(_) if self.told => Speech::Same,
            Some(speech) => speech,
        };
        self.told = true;
        let block = self.draft.push(text, piece.line, speech);
        block.time = piece.start;
        block.part = Part::Body;
        self.open = true;
        self.sentence = self.draft.text.len() - text.len();
        self.note_sentence();
    }

    fn append(&mut self, text: &str, glued: bool) {
        let before = self.draft.text.chars().next_back();
        if !glued && before.zip(text.chars().next()).is_some_and(|(before, after)| blank_between(before, after)) {
            self.draft.text.push(' ');
        }
        self.draft.text.push_str(text);
        let end = self.draft.text.len() as u32;
        if let Some(block) = self.draft.blocks.last_mut() {
            block.end = end;
        }
        self.note_sentence();
    }

    fn note_sentence(&mut self) {
        if ends_sentence(&self.draft.text) {
            self.sentence = self.draft.text.len();
        }
    }

    fn length(&self) -> usize {
        self.draft.blocks.last().map_or(0, |block: &Block| (block.end - block.start) as usize)
    }

    fn at_sentence_end(&self) -> bool {
        self.sentence == self.draft.text.len()
    }

    /// Whether the paragraph ends before a piece that begins at `start`.
    fn is_full(&self, start: Option<Timecode>) -> bool {
        let pause =
            start.zip(self.ended).map_or(0, |(start, ended)| start.milliseconds().saturating_sub(ended.milliseconds()));
        let length = self.length();
        if self.at_sentence_end() {
            return length >= LONG || (length >= SHORT && pause >= PAUSE);
        }
        let unpunctuated = self.draft.text.len() - self.sentence.min(self.draft.text.len());
        length >= TOO_LONG
            || (unpunctuated >= SHORT && pause >= SILENCE)
            || (unpunctuated >= LONG && length >= LONG && pause >= BREATH)
    }
}

/// Whether a text ends with a sentence; quotes and brackets may close after it.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）');
    let last = text.chars().rev().find(|c| !closing(*c));
    matches!(last, Some('.' | '?' | '!' | '…' | '。' | '？' | '！' | '؟' | '।'))
}

/// Where the last sentence that ends inside `text` ends.
fn sentence_end(text: &str) -> Option<usize> {
    let mut found = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if matches!(before, '。' | '？' | '！') || (c == ' ' && ends_sentence(text.get(..at)?)) {
            found = Some(at);
        }
        before = c;
    }
    found.filter(|at| *at > 0)
}

/// Whether a blank stands between two characters when lines are joined: not within scripts that write none.
pub(super) fn blank_between(before: char, after: char) -> bool {
    if before.is_whitespace() || after.is_whitespace() {
        return false;
    }
    match (is_unspaced(before), is_unspaced(after)) {
        (true, true) => false,
        (true, false) | (false, true) => before.is_alphanumeric() && after.is_alphanumeric(),
        (false, false) => true,
    }
}

/// Han, kana, their punctuation and wide forms, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3000}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(paragraphs: &mut Paragraphs, text: &str, speech: Speech, start: u32, end: u32) {
        let time = |ms| Some(Timecode::from_milliseconds(ms));
        paragraphs.add(Piece { text, line: 1, speech, start: time(start), end: time(end), glued: false });
    }

    #[test]
    fn a_speaker_named_once_goes_on_over_paragraphs() {
        let mut paragraphs = Paragraphs::default();
        let mira = Speech::Labelled(paragraphs.draft.label("Mira"));
        add(&mut paragraphs, "The lamp", mira, 0, 900);
        add(&mut paragraphs, "was never dark.", Speech::Unknown, 1000, 2000);
        paragraphs.break_here();
        add(&mut paragraphs, "Not once.", Speech::Unknown, 2000, 3000);
        add(&mut paragraphs, "Truly.", mira, 3000, 3500);
        let draft = paragraphs.finish();
        assert_eq!(draft.text, "The lamp was never dark.\nNot once. Truly.");
        assert_eq!(draft.blocks.iter().map(|block| block.speech).collect::<Vec<_>>(), [mira, Speech::Same]);
    }

    #[test]
    fn speech_without_punctuation_is_cut_at_pauses_and_in_the_end_anywhere() {
        let mut paragraphs = Paragraphs::default();
        for number in 0..400 {
            let start = number * 1000;
            add(&mut paragraphs, "and then the sea came over", Speech::Unknown, start, start + 1000);
        }
        let draft = paragraphs.finish();
        assert!(draft.blocks.len() > 5);
        assert!(draft.blocks.iter().all(|block| (block.end - block.start) as usize <= TOO_LONG + 30));
    }

    #[test]
    fn chinese_lines_are_joined_without_blanks() {
        let mut paragraphs = Paragraphs::default();
        add(&mut paragraphs, "灯塔", Speech::Unknown, 0, 1);
        add(&mut paragraphs, "还在。", Speech::Unknown, 1, 2);
        add(&mut paragraphs, "OK", Speech::Unknown, 2, 3);
        assert_eq!(paragraphs.finish().text, "灯塔还在。OK");
    }
}
