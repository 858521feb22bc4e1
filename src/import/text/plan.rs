//! Paragraphs as places in the source, put together where they lie.

use crate::import::draft::{Block, Draft};

/// The paragraphs as places in the source, so that the text can be put together where it lies.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) pieces: Vec<Piece>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// First byte in the source.
    pub(super) start: u32,
    /// First byte after.
    pub(super) end: u32,
    /// How it goes on with what came before.
    pub(super) joins: Joint,
    /// The paragraph that begins here, if one does; its place in the text is not known yet.
    pub(super) block: Block,
}

/// How a line goes on with the paragraph before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Not at all: it is a paragraph of its own.
    None,
    /// After a blank.
    Blank,
    /// Without one, between wide characters.
    Seamless,
}

impl Plan {
    /// Puts the text together in the source's own memory: no piece moves towards the end.
    pub(super) fn carry_out(self, text: String, draft: &mut Draft) {
        let mut bytes = text.into_bytes();
        let mut at = 0;
        draft.blocks.reserve(self.pieces.len());
        for mut piece in self.pieces {
            let length = (piece.end - piece.start) as usize;
            let between = match piece.joins {
                _ if draft.blocks.is_empty() => None,
                Joint::None => Some(b'\n'),
                Joint::Blank => Some(b' '),
                Joint::Seamless => None,
            };
            if let Some((slot, between)) = bytes.get_mut(at).zip(between) {
                *slot = between;
                at += 1;
            }
            bytes.copy_within(piece.start as usize..piece.end as usize, at);
            let (start, end) = (at as u32, (at + length) as u32);
            at += length;
            match draft.blocks.last_mut().filter(|_| piece.joins != Joint::None) {
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
