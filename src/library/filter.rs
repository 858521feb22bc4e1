//! Which notes a command or a pane asks for.

use jiff::Timestamp;

use crate::export::PlacedNote;
use crate::model::{Interview, Kind, Speaker, Status, Tag};
use crate::search::Query;

/// Which notes are asked for; an empty list or `None` asks for any.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of one of these kinds.
    pub kinds: Vec<Kind>,
    /// With one of these tags, or one below it.
    pub tags: Vec<Tag>,
    /// On words of one of these speakers: an id, a name, or a word of a name.
    pub speakers: Vec<String>,
    /// With one of these statuses.
    pub statuses: Vec<Status>,
    /// With a hit in the note, the quote or a tag.
    pub text: Option<Query>,
    /// Changed at that moment or later.
    pub since: Option<Timestamp>,
}

impl Filter {
    /// Whether `note` on `interview` is asked for.
    pub fn accepts(&self, note: &PlacedNote, interview: &Interview) -> bool {
        let annotation = &note.annotation;
        let any = |wanted: usize, found: bool| wanted == 0 || found;
        any(self.kinds.len(), self.kinds.contains(&annotation.kind))
            && any(self.tags.len(), annotation.tags.iter().any(|tag| self.tags.iter().any(|want| tag.is_within(want))))
            && any(self.statuses.len(), annotation.status.is_some_and(|status| self.statuses.contains(&status)))
            && self.since.is_none_or(|since| annotation.updated >= since)
            && any(self.speakers.len(), self.accepts_speaker(note, interview))
            && self.text.as_ref().is_none_or(|query| {
                query.is_in(&annotation.note)
                    || query.is_in(&annotation.anchor.quote)
                    || annotation.tags.iter().any(|tag| query.is_in(tag.as_str()))
            })
    }

    fn accepts_speaker(&self, note: &PlacedNote, interview: &Interview) -> bool {
        note.resolution
            .span()
            .and_then(|span| interview.speaker_of(span.start.paragraph))
            .and_then(|speaker| interview.speaker(speaker))
            .is_some_and(|speaker| self.speakers.iter().any(|wanted| goes_by(speaker, wanted)))
    }
}

/// Whether `wanted` names the speaker: its id, its name, or whole words of its name, in any case.
fn goes_by(speaker: &Speaker, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let name = speaker.name.to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    let wanted_words: Vec<&str> = wanted.split_whitespace().collect();
    !wanted_words.is_empty()
        && (speaker.id == wanted || words.windows(wanted_words.len()).any(|run| run == wanted_words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    #[test]
    fn a_speaker_goes_by_id_name_and_words_of_the_name() {
        let speaker = Speaker { id: "hale".into(), name: "Jonas Peter Hale".into(), role: Role::Guest };
        for name in ["hale", "jonas", "Jonas Peter Hale", "peter  hale"] {
            assert!(goes_by(&speaker, name), "{name}");
        }
        for name in ["", "jon", "jonas hale", "mira"] {
            assert!(!goes_by(&speaker, name), "{name}");
        }
    }
}
