//! Places: where an annotation holds on, where a topic begins.

use serde::de::MapAccess;

use super::super::yaml_in::{Fields, Unknown, read_as_mapping};
use super::Word;
use crate::model::{Anchor, Place, Side};

/// A place as files write it.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct RawAt {
    pub(in crate::store) place: Option<Place>,
    pub(super) start: u32,
    pub(super) end: Option<u32>,
    pub(super) side: Side,
    pub(super) to: Option<RawTo>,
}

impl RawAt {
    /// A place, for keys that are left out.
    pub(in crate::store) fn at(place: Place) -> Self {
        Self { place: Some(place), ..Self::default() }
    }

    /// The stretch ends in this paragraph.
    pub(super) fn set_end_place(&mut self, place: Place) {
        self.to = Some(RawTo(Some(place)));
    }
}

/// The place alone.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawTo(pub(super) Option<Place>);

impl Fields for RawAt {
    const WHAT: &'static str = "a place such as {turn: 6, paragraph: 2, start: 41, end: 97}";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "start" => self.start = map.next_value()?,
            "end" => self.end = map.next_value()?,
            "to" => self.to = map.next_value()?,
            "side" => self.side = map.next_value::<Word<Side>>()?.0,
            _ => {
                let mut place = RawTo(self.place);
                let known = place.field(key, map)?;
                self.place = place.0;
                return Ok(known);
            }
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

impl Fields for RawTo {
    const WHAT: &'static str = "a place";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "front" => self.0 = Some(Place::Front(map.next_value()?)),
            "back" => self.0 = Some(Place::Back(map.next_value()?)),
            "turn" | "paragraph" => {
                let value = map.next_value()?;
                let (old_turn, old_paragraph) = match self.0 {
                    Some(Place::Turn { turn, paragraph }) => (turn, paragraph),
                    _ => (0, 0),
                };
                self.0 = Some(match key {
                    "turn" => Place::Turn { turn: value, paragraph: old_paragraph },
                    _ => Place::Turn { turn: old_turn, paragraph: value },
                });
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

read_as_mapping!(RawAt, RawTo);

/// A place on one line.
pub(super) fn at(anchor: &Anchor) -> String {
    let place = |place| match place {
        Place::Front(index) => format!("front: {index}"),
        Place::Back(index) => format!("back: {index}"),
        Place::Turn { turn, paragraph } => format!("turn: {turn}, paragraph: {paragraph}"),
    };
    let mut out = format!("{{{}, start: {}, ", place(anchor.start.place), anchor.start.character);
    if anchor.end.place != anchor.start.place {
        out.push_str(&format!("to: {{{}}}, ", place(anchor.end.place)));
    }
    out.push_str(&format!("end: {}", anchor.end.character));
    if anchor.side == Side::Translation {
        out.push_str(", side: translation");
    }
    out.push('}');
    out
}
