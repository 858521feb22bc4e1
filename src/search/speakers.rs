//! `@name` before the words: hits in what that speaker says alone.

use std::ops::Range;

use crate::model::{Interview, ParagraphIndex, Speaker, TurnIndex};
use crate::text::{Keep, fold_keeping};

/// The speakers that a query is restricted to, by what was typed of their names.
#[derive(Clone, Debug)]
pub(super) struct SpeakerName {
    written: String,
    folded: String,
}

impl SpeakerName {
    pub(super) fn new(written: &str) -> Self {
        Self { written: written.to_owned(), folded: fold_keeping(written, Keep::default()) }
    }

    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Whether the speaker's id, name, or a word of it begins so.
    pub(super) fn is_of(&self, speaker: &Speaker) -> bool {
        let name = fold_keeping(&speaker.name, Keep::default());
        let id = fold_keeping(&speaker.id, Keep::default());
        let mut words = name.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, mark)| &name[at + mark.len()..]);
        name.starts_with(&self.folded)
            || id.starts_with(&self.folded)
            || words.any(|word| word.starts_with(&self.folded))
    }

    /// Leaves the hits in paragraphs that such a speaker says, and in translations of those.
    pub(super) fn restrict(&self, interview: &Interview, hits: &mut Vec<(u32, u32)>) {
        let stretches = self.stretches(interview);
        let mut stretches = stretches.iter().peekable();
        hits.retain(|&(start, _)| {
            while stretches.next_if(|stretch| stretch.end <= start).is_some() {}
            stretches.peek().is_some_and(|stretch| stretch.start <= start)
        });
    }

    /// The bytes of all that such a speaker says, in order.
    fn stretches(&self, interview: &Interview) -> Vec<Range<u32>> {
        let is_wanted: Vec<bool> = interview.speakers.iter().map(|speaker| self.is_of(speaker)).collect();
        let turns = interview.turns().iter().zip(0..).filter_map(|(turn, index)| {
            let speaker = turn.speaker.filter(|speaker| is_wanted.get(usize::from(speaker.0)) == Some(&true));
            speaker.map(|_| interview.turn_paragraphs(TurnIndex(index)))
        });
        let translations = (interview.paragraph_count()..interview.paragraph_count_with_translations())
            .filter(|&index| {
                let speaker = interview.speaker_of(ParagraphIndex(index));
                speaker.is_some_and(|speaker| is_wanted.get(usize::from(speaker.0)) == Some(&true))
            })
            .map(|index| index..index + 1);
        let bytes = |paragraphs: Range<u32>| {
            let start = interview.range(ParagraphIndex(paragraphs.start)).start;
            let end = interview.range(ParagraphIndex(paragraphs.end.saturating_sub(1))).end;
            start as u32..end.max(start) as u32
        };
        turns.chain(translations).filter(|paragraphs| !paragraphs.is_empty()).map(bytes).collect()
    }
}
