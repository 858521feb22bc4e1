//! What a format's importer hands on: paragraphs as the source has them, with what it says about who speaks.
//!
//! An importer only reads. Bringing labels together, telling unlabelled speakers apart, roles, matter and turns are
//! worked out afterwards from the draft, in one place for all formats.

use crate::import::Warning;
use crate::model::{Interview, Metadata, Role, Timecode};

/// A document as its source has it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The words of all blocks, in order, a line feed between blocks.
    pub text: String,
    /// The paragraphs.
    pub blocks: Vec<Block>,
    /// Speaker labels as written, each once; [`Speech::Labelled`] points here.
    pub labels: Vec<String>,
    /// Speakers that the document declares: label, name to show, role.
    pub declared: Vec<Declared>,
    /// Headings and chapter marks.
    pub topics: Vec<Heading>,
    /// Paragraph-by-paragraph translations: number of the block, text.
    pub translations: Vec<(u32, String)>,
    /// The whole talk once more in another language, where the source has it apart.
    pub translation: Option<Box<Draft>>,
    /// What is known beside the words.
    pub metadata: Metadata,
    /// The document itself, where the format already holds it whole; the blocks are then not looked at.
    pub ready: Option<Interview>,
    /// What was left out, and why.
    pub left_out: Vec<Warning>,
    /// What the reader should know.
    pub warnings: Vec<Warning>,
}

/// A paragraph of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// First byte in [`Draft::text`].
    pub start: u32,
    /// First byte after.
    pub end: u32,
    /// 1-based line of the source; 0 where the format has no lines.
    pub line: u32,
    /// What the source says about who speaks.
    pub speech: Speech,
    /// What the source says about the part of the interview.
    pub part: Part,
    /// When it begins in the recording.
    pub time: Option<Timecode>,
}

/// What a source says about who speaks a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Nothing.
    Unknown,
    /// The speaker with this label; an index into [`Draft::labels`].
    Labelled(u32),
    /// Whoever spoke the block before; a new paragraph of the same turn.
    Same,
    /// Somebody else than before, who is not named (`>>`).
    Changed,
}

/// What a source says about the part of the interview that a block belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Part {
    /// Nothing.
    #[default]
    Unknown,
    /// Front matter.
    Front,
    /// Talk.
    Body,
    /// Back matter.
    Back,
}

/// A speaker that the document declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The label by which blocks refer to the speaker.
    pub label: String,
    /// The name to show.
    pub name: String,
    /// The role, where it is given.
    pub role: Option<Role>,
}

/// A heading or chapter mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// One line.
    pub title: String,
    /// 0 for a topic, 1 for one within it, and so on.
    pub level: u8,
    /// Where it stands.
    pub at: HeadingPlace,
}

/// Where a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingPlace {
    /// Before the block of this number.
    Block(u32),
    /// At this moment of the recording.
    Time(Timecode),
}

impl Draft {
    /// Appends a paragraph. `text` is one line without blanks at its ends.
    pub fn push(&mut self, text: &str, line: u32, speech: Speech) -> &mut Block {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        self.blocks.push(Block { start, end, line, speech, part: Part::Unknown, time: None });
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    /// The number of a label, added on first mention.
    pub fn label(&mut self, label: &str) -> u32 {
        let known = self.labels.iter().rposition(|known| known == label);
        known.unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        }) as u32
    }

    /// Says what the last block means in another language, or more of it.
    pub(super) fn translate_last(&mut self, words: &str) {
        let Some(block) = self.blocks.len().checked_sub(1).map(|block| block as u32) else { return };
        self.translate(block, words);
    }

    /// Says what a block means in another language, or more of it; blocks come in their order.
    pub(super) fn translate(&mut self, block: u32, words: &str) {
        match self.translations.last_mut().filter(|(last, _)| *last == block) {
            Some((_, so_far)) => super::pair::join(so_far, words),
            None => self.translations.push((block, words.to_owned())),
        }
    }

    /// Makes each block one line of the text, and leaves out blocks without words, so that block and paragraph numbers
    /// agree.
    pub(super) fn straighten(&mut self) {
        let feeds = memchr::memchr_iter(b'\n', self.text.as_bytes()).count();
        if feeds + 1 == self.blocks.len() && self.blocks.iter().all(|block| block.start < block.end) {
            return;
        }
        let mut straight = Self::default();
        let mut moved = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            moved.push(straight.blocks.len() as u32);
            let words = self.words(block).split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() {
                let new = straight.push(&words, block.line, block.speech);
                (new.part, new.time) = (block.part, block.time);
            }
        }
        let last = straight.blocks.len() as u32;
        let now = |block: u32| moved.get(block as usize).copied().unwrap_or(last);
        for heading in &mut self.topics {
            if let HeadingPlace::Block(block) = &mut heading.at {
                *block = now(*block);
            }
        }
        for (block, _) in &mut self.translations {
            *block = now(*block);
        }
        (self.text, self.blocks) = (straight.text, straight.blocks);
    }

    /// The words of a block.
    pub fn words(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }
}
