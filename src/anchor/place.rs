//! From an anchor's places, which count as people do, to positions in the text, and back.

use crate::model::{Interview, Matter, ParagraphIndex, Place, Position, Side, Spot};

/// The place of a paragraph in the part of the interview that it stands in; a translation has its original's.
pub fn place_of(interview: &Interview, paragraph: ParagraphIndex) -> Place {
    let paragraph = interview.original_of(paragraph).unwrap_or(paragraph);
    match interview.matter(paragraph) {
        Matter::Front => Place::Front(paragraph.0),
        Matter::Back => Place::Back(paragraph.0.saturating_sub(interview.back().start)),
        Matter::Body => match interview.turn_of(paragraph) {
            Some(turn) => {
                let first = interview.turn_paragraphs(turn).start;
                Place::Turn { turn: turn.0, paragraph: paragraph.0 - first }
            }
            None => Place::Front(paragraph.0),
        },
    }
}

/// The paragraph at a place, or its translation; `None` where today's text has none.
pub fn paragraph_of(interview: &Interview, place: Place, side: Side) -> Option<ParagraphIndex> {
    let (paragraphs, index) = match place {
        Place::Front(index) => (0..interview.front(), index),
        Place::Turn { turn, paragraph } => (interview.turn_paragraphs(crate::model::TurnIndex(turn)), paragraph),
        Place::Back(index) => (interview.back(), index),
    };
    let found = paragraphs.start.checked_add(index).filter(|found| paragraphs.contains(found))?;
    match side {
        Side::Original => Some(ParagraphIndex(found)),
        Side::Translation => interview.translation(ParagraphIndex(found)),
    }
}

/// The spot of a position, and the side that it is on.
pub fn spot_of(interview: &Interview, position: Position) -> (Spot, Side) {
    let side = match interview.original_of(position.paragraph) {
        Some(_) => Side::Translation,
        None => Side::Original,
    };
    let character = characters_before(interview.paragraph(position.paragraph), position.offset as usize);
    (Spot { place: place_of(interview, position.paragraph), character: character as u32 }, side)
}

/// The position of a spot; `None` where today's text has no such paragraph or the paragraph is too short.
pub fn position_of(interview: &Interview, spot: Spot, side: Side) -> Option<Position> {
    let paragraph = paragraph_of(interview, spot.place, side)?;
    let offset = byte_of_character(interview.paragraph(paragraph), spot.character as usize)?;
    Some(Position { paragraph, offset: offset as u32 })
}

/// Number of characters in the first `byte` bytes of `text`.
pub fn characters_before(text: &str, byte: usize) -> usize {
    count_characters(&text.as_bytes()[..byte.min(text.len())])
}

/// The byte at which character `character` of `text` begins; the text's length for the one past the last, `None`
/// beyond that.
pub fn byte_of_character(text: &str, character: usize) -> Option<usize> {
    if text.as_bytes().get(..character)?.is_ascii() {
        return Some(character);
    }
    // Whole blocks first, which the compiler counts many bytes at a time: a paragraph can be a megabyte.
    let mut left = character;
    let mut block_start = 0;
    for block in text.as_bytes().chunks(256) {
        let characters = count_characters(block);
        if characters > left {
            break;
        }
        left -= characters;
        block_start += block.len();
    }
    let starts = text.as_bytes()[block_start..].iter().enumerate().filter(|&(_, &byte)| !is_continuation(byte));
    starts.map(|(at, _)| block_start + at).chain([text.len()]).nth(left)
}

fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| !is_continuation(byte)).count()
}

/// Whether a byte goes on with a character that has begun before it.
const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InterviewBuilder;

    #[test]
    fn characters_and_bytes_agree() {
        let long = "灯塔 and fog, ".repeat(60);
        for text in ["", "plain", "naïve café", "灯塔 fog", "👩‍👩‍👧 e\u{301}", &long] {
            let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (character, byte) in starts.enumerate() {
                assert_eq!(byte_of_character(text, character), Some(byte), "{text:?}");
                assert_eq!(characters_before(text, byte), character, "{text:?}");
            }
            assert_eq!(byte_of_character(text, text.chars().count() + 1), None);
        }
    }

    #[test]
    fn every_paragraph_has_a_place_and_every_place_its_paragraph() {
        let mut builder = InterviewBuilder::default();
        builder.front().paragraph("Standfirst.").paragraph("Introduction.");
        builder.turn(None, None).paragraph("Why?").translation("为什么？");
        builder.turn(None, None).paragraph("Because.").paragraph("And so.").translation("所以。");
        builder.back().paragraph("Note.");
        let interview = builder.build();
        for paragraph in interview.paragraphs() {
            let place = place_of(&interview, paragraph);
            assert_eq!(paragraph_of(&interview, place, Side::Original), Some(paragraph));
            let translation = interview.translation(paragraph);
            assert_eq!(paragraph_of(&interview, place, Side::Translation), translation);
            assert_eq!(translation.map(|translation| place_of(&interview, translation)), translation.map(|_| place));
        }
        assert_eq!(place_of(&interview, ParagraphIndex(4)), Place::Turn { turn: 1, paragraph: 1 });
        assert_eq!(place_of(&interview, ParagraphIndex(5)), Place::Back(0));
        for absent in [Place::Front(2), Place::Turn { turn: 1, paragraph: 2 }, Place::Back(u32::MAX)] {
            assert_eq!(paragraph_of(&interview, absent, Side::Original), None);
        }
    }
}
