//! The reader's corrections of a transcript, told apart by their keys.

use serde::de::MapAccess;

use super::super::yaml_in::{Fields, Text, Unknown, read_as_mapping};
use super::super::yaml_out::{self, Within};
use super::words::{Word, Words, one_of};
use crate::model::{Correction, Mending, Role};

/// A correction as files write it; what it means is told by its keys.
#[derive(Debug, Default)]
pub(in crate::store) struct RawCorrection {
    paragraph: Option<u32>,
    begins: String,
    speaker: Option<String>,
    turn: Option<TurnWord>,
    matter: Option<MatterWord>,
    rename: Option<String>,
    to: Option<String>,
    role: Option<Role>,
}

impl Fields for RawCorrection {
    const WHAT: &'static str = "a correction";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "paragraph" => self.paragraph = map.next_value()?,
            "begins" => self.begins = map.next_value::<Text>()?.0,
            "speaker" => self.speaker = Some(map.next_value::<Text>()?.0),
            "turn" => self.turn = Some(map.next_value::<Word<TurnWord>>()?.0),
            "matter" => self.matter = Some(map.next_value::<Word<MatterWord>>()?.0),
            "rename" => self.rename = Some(map.next_value::<Text>()?.0),
            "to" => self.to = Some(map.next_value::<Text>()?.0),
            "role" => self.role = Some(map.next_value::<Word<Role>>()?.0),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

read_as_mapping!(RawCorrection);

impl RawCorrection {
    /// The correction; `None` where the keys make up none that is known.
    pub(in crate::store) fn to_model(&self) -> Option<Correction> {
        if let (Some(from), Some(to)) = (&self.rename, &self.to) {
            return Some(Correction::Rename { from: from.clone(), to: to.clone() });
        }
        let Some(paragraph) = self.paragraph else {
            return Some(Correction::Role { speaker: self.speaker.clone()?, role: self.role? });
        };
        let mending = match (&self.speaker, self.turn, self.matter) {
            (Some(speaker), None, None) => Mending::Speaker(speaker.clone()),
            (None, Some(TurnWord::Start), None) => Mending::Start,
            (None, Some(TurnWord::Join), None) => Mending::Join,
            (None, None, Some(MatterWord::Front)) => Mending::Front,
            (None, None, Some(MatterWord::Back)) => Mending::Back,
            _ => return None,
        };
        Some(Correction::Paragraph { paragraph, begins: self.begins.clone(), mending })
    }
}

#[derive(Clone, Copy, Debug)]
enum TurnWord {
    Start,
    Join,
}

#[derive(Clone, Copy, Debug)]
enum MatterWord {
    Front,
    Back,
}

impl Words for TurnWord {
    fn read(text: &str) -> Result<Self, String> {
        let found = match text {
            "start" => Some(TurnWord::Start),
            "join" => Some(TurnWord::Join),
            _ => None,
        };
        one_of("correction of a turn", text, found, &["start", "join"])
    }
}

impl Words for MatterWord {
    fn read(text: &str) -> Result<Self, String> {
        let found = match text {
            "front" => Some(MatterWord::Front),
            "back" => Some(MatterWord::Back),
            _ => None,
        };
        one_of("matter", text, found, &["front", "back"])
    }
}

/// A correction on one line.
pub(in crate::store) fn correction(correction: &Correction) -> String {
    let flow = |text: &str| yaml_out::scalar(text, Within::Flow);
    match correction {
        Correction::Rename { from, to } => format!("{{rename: {}, to: {}}}", flow(from), flow(to)),
        Correction::Role { speaker, role } => format!("{{speaker: {}, role: {}}}", flow(speaker), role.name()),
        Correction::Paragraph { paragraph, begins, mending } => {
            let begins = if begins.is_empty() { String::new() } else { format!(", begins: {}", flow(begins)) };
            let mending = match mending {
                Mending::Speaker(speaker) => format!("speaker: {}", flow(speaker)),
                Mending::Start => "turn: start".to_owned(),
                Mending::Join => "turn: join".to_owned(),
                Mending::Front => "matter: front".to_owned(),
                Mending::Back => "matter: back".to_owned(),
            };
            format!("{{paragraph: {paragraph}{begins}, {mending}}}")
        }
    }
}
