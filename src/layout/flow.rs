//! The interview as one column of lines: names, headings, text and the space between, laid out on demand.
//!
//! The unit is the *block*: a paragraph with what stands above it (space, a heading, the speaker's name). A block
//! depends on nothing but its paragraph, the view and the width, so that a line of the screen is found by walking a
//! few blocks from any place of a document of any length.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::layout::{Row, wrap};
use crate::model::{Interview, Matter, ParagraphIndex, Role, SpeakerIndex, TurnIndex};

/// How an interview is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Columns of the text.
    pub columns: u16,
    /// Which turns are shown.
    pub dialogue: Dialogue,
    /// Which of the two texts of a bilingual interview is shown.
    pub bilingual: Bilingual,
    /// Turns that are shown although [`Dialogue::Questions`] hides them.
    pub unfolded: BTreeSet<TurnIndex>,
}

/// Which turns are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialogue {
    /// All of them.
    #[default]
    Full,
    /// Those of the interviewers, as an overview.
    Questions,
    /// One speaker's.
    Speaker(SpeakerIndex),
}

/// Which of the two texts of a bilingual interview is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bilingual {
    /// What was said.
    #[default]
    Original,
    /// The translation, and the original where there is none.
    Translation,
    /// Each paragraph and under it its translation.
    Interleaved,
    /// Each paragraph and beside it its translation.
    SideBySide,
}

/// A line of the flow: the block of a paragraph, and the line within the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LinePlace {
    /// The paragraph, an original one.
    pub paragraph: ParagraphIndex,
    /// The line within its block, from 0.
    pub line: u32,
}

/// What stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Blank,
    /// A row of the interview's title.
    Title(Row),
    /// A row of the line under the title.
    Subtitle(Row),
    /// A row of the title of a heading, by its number in [`Interview::given_topics`].
    Heading(u32, Row),
    /// The name over a turn.
    Speaker(TurnIndex),
    /// The mark between two parts of the interview, of which this one begins.
    Division(Matter),
    /// Words.
    Text {
        /// The paragraph, an original or a translation.
        paragraph: ParagraphIndex,
        /// Which of its words.
        row: Row,
        /// The translation's row that stands beside it.
        beside: Option<(ParagraphIndex, Row)>,
    },
    /// The translation's row alone in the column beside.
    Beside(ParagraphIndex, Row),
}

/// Rows of paragraphs, kept because a frame asks for them several times, and one of a megabyte is not to be broken again
/// for every line of the screen.
#[derive(Debug, Default)]
pub struct Wraps {
    kept: RefCell<HashMap<Wrapped, Rc<[Row]>>>,
}

/// A paragraph and the columns to which it was broken.
type Wrapped = (ParagraphIndex, u16);

/// Paragraphs of fewer bytes are broken faster than they are looked up.
const LONG: usize = 512;
/// More kept paragraphs than one screen and its surroundings can hold.
const KEPT: usize = 256;

impl Wraps {
    /// Forgets everything; to be called when the interview is another.
    pub fn clear(&self) {
        self.kept.borrow_mut().clear();
    }

    fn rows(&self, interview: &Interview, paragraph: ParagraphIndex, columns: u16) -> Rc<[Row]> {
        let text = interview.paragraph(paragraph);
        if text.len() < LONG {
            return wrap(text, columns).into();
        }
        let mut kept = self.kept.borrow_mut();
        if let Some(rows) = kept.get(&(paragraph, columns)) {
            return Rc::clone(rows);
        }
        if kept.len() >= KEPT {
            kept.clear();
        }
        let rows: Rc<[Row]> = wrap(text, columns).into();
        kept.insert((paragraph, columns), Rc::clone(&rows));
        rows
    }
}

/// Columns between an original and its translation beside it.
const BESIDE_GAP: u16 = 3;

/// An interview in a view: walks from line to line, laying out what it passes.
#[derive(Clone, Copy, Debug)]
pub struct Flow<'a> {
    /// The interview.
    pub interview: &'a Interview,
    /// How it is shown.
    pub view: &'a View,
    /// The rows of long paragraphs.
    pub wraps: &'a Wraps,
}

impl Flow<'_> {
    /// Columns of the original and of the translation when they stand side by side.
    pub fn beside_columns(&self) -> (u16, u16) {
        let both = self.view.columns.saturating_sub(BESIDE_GAP);
        let left = both.div_ceil(2).max(1);
        (left, (both - both.div_ceil(2)).max(1))
    }

    /// First column of the translation when it stands beside the original.
    pub fn beside_start(&self) -> u16 {
        self.beside_columns().0 + BESIDE_GAP
    }

    /// Whether the view shows a paragraph.
    pub fn shows(&self, paragraph: ParagraphIndex) -> bool {
        if paragraph.0 >= self.interview.paragraph_count() {
            return false;
        }
        match self.view.dialogue {
            Dialogue::Full => true,
            Dialogue::Questions => self.interview.turn_of(paragraph).is_some_and(|turn| {
                self.interview.role_of_turn(turn) == Role::Interviewer || self.view.unfolded.contains(&turn)
            }),
            Dialogue::Speaker(speaker) => self.interview.speaker_of(paragraph) == Some(speaker),
        }
    }

    /// The first paragraph at or after one that the view shows.
    pub fn shown_from(&self, paragraph: ParagraphIndex) -> Option<ParagraphIndex> {
        (paragraph.0..self.interview.paragraph_count()).map(ParagraphIndex).find(|&at| self.shows(at))
    }

    /// The last paragraph at or before one that the view shows.
    pub fn shown_to(&self, paragraph: ParagraphIndex) -> Option<ParagraphIndex> {
        let end = paragraph.0.saturating_add(1).min(self.interview.paragraph_count());
        (0..end).rev().map(ParagraphIndex).find(|&at| self.shows(at))
    }

    /// The nearest paragraph that the view shows, this one or the next, otherwise the one before.
    pub fn nearest_shown(&self, paragraph: ParagraphIndex) -> Option<ParagraphIndex> {
        self.shown_from(paragraph).or_else(|| self.shown_to(paragraph))
    }

    /// The lines of a paragraph's block; none where the view does not show it.
    pub fn block(&self, paragraph: ParagraphIndex) -> Vec<Line> {
        if !self.shows(paragraph) {
            return Vec::new();
        }
        let mut lines = self.above(paragraph);
        self.push_text(paragraph, &mut lines);
        lines
    }

    /// What stands above a paragraph's words.
    fn above(&self, paragraph: ParagraphIndex) -> Vec<Line> {
        let columns = self.view.columns;
        let mut lines = Vec::new();
        let metadata = &self.interview.metadata;
        if paragraph.0 == 0 {
            if !metadata.title.is_empty() {
                lines.extend(wrap(&metadata.title, columns).into_iter().map(Line::Title));
            }
            let subtitle = metadata.subtitle.as_deref().unwrap_or_default();
            if !subtitle.is_empty() {
                lines.push(Line::Blank);
                lines.extend(wrap(subtitle, columns).into_iter().map(Line::Subtitle));
            }
        }
        if paragraph.0 > 0 || !lines.is_empty() {
            lines.push(Line::Blank);
        }
        let matter = self.interview.matter(paragraph);
        let divided = match matter {
            Matter::Front => false,
            Matter::Body => paragraph.0 == self.interview.front() && paragraph.0 > 0,
            Matter::Back => paragraph.0 == self.interview.back().start,
        };
        if divided && self.view.dialogue == Dialogue::Full {
            lines.extend([Line::Division(matter), Line::Blank]);
        }
        let topics = &self.interview.given_topics;
        let first = topics.partition_point(|topic| topic.paragraph < paragraph);
        for (number, topic) in topics.iter().enumerate().skip(first).take_while(|(_, at)| at.paragraph == paragraph) {
            let rows = wrap(&topic.title, columns);
            lines.extend(rows.into_iter().map(|row| Line::Heading(number as u32, row)));
            lines.push(Line::Blank);
        }
        if let Some(turn) = self.interview.turn_of(paragraph)
            && let Some(this) = self.interview.turn(turn)
            && this.speaker.is_some()
            && this.first == paragraph
        {
            lines.push(Line::Speaker(turn));
        }
        lines
    }

    fn push_text(&self, original: ParagraphIndex, lines: &mut Vec<Line>) {
        let columns = self.view.columns;
        let plain = |paragraph, lines: &mut Vec<Line>| {
            let rows = self.wraps.rows(self.interview, paragraph, columns);
            lines.extend(rows.iter().map(|&row| Line::Text { paragraph, row, beside: None }));
        };
        let Some(translation) = self.interview.translation(original) else { return plain(original, lines) };
        match self.view.bilingual {
            Bilingual::Original => plain(original, lines),
            Bilingual::Translation => plain(translation, lines),
            Bilingual::Interleaved => {
                plain(original, lines);
                plain(translation, lines);
            }
            Bilingual::SideBySide => {
                let (left, right) = self.beside_columns();
                let left = self.wraps.rows(self.interview, original, left);
                let right = self.wraps.rows(self.interview, translation, right);
                for number in 0..left.len().max(right.len()) {
                    let beside = right.get(number).map(|&row| (translation, row));
                    match (left.get(number), beside) {
                        (Some(&row), beside) => lines.push(Line::Text { paragraph: original, row, beside }),
                        (None, Some((paragraph, row))) => lines.push(Line::Beside(paragraph, row)),
                        (None, None) => {}
                    }
                }
            }
        }
    }
}
