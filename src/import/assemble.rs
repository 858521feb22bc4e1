//! A draft to an interview: front and back matter, turns, speakers, topics.

use super::draft::{Block, Draft, HeadingPlace, Part, Speech};
use super::labels::{self, Cast};
use super::{ImportError, Imported, Options, Report};
use crate::model::{
    Confidence, GivenTopic, Inference, Interview, LabelOrigin, ParagraphIndex, Role, Speaker, SpeakerIndex, Structure,
    Timecode, Turn,
};

/// The document that a draft holds, and `report` completed.
///
/// # Errors
///
/// Where the draft holds no words.
pub(super) fn assemble(
    mut draft: Draft,
    name: &str,
    options: &Options,
    mut report: Report,
) -> Result<Imported, ImportError> {
    report.left_out.append(&mut draft.left_out);
    report.warnings.append(&mut draft.warnings);
    if let Some(interview) = draft.ready.take() {
        return Ok(Imported { interview, report });
    }
    if draft.blocks.is_empty() {
        return Err(ImportError::Empty { name: name.to_owned() });
    }
    draft.straighten();
    let mut cast = labels::cast(&draft, options);
    report.merged = std::mem::take(&mut cast.merged);
    let (front, back) = extent(&draft.blocks);
    let (turns, times) = turns(&draft.blocks, front, back, &cast);
    let given_topics = topics(&draft);
    let mut metadata = std::mem::take(&mut draft.metadata);
    metadata.source.format.get_or_insert_with(|| report.format.clone());
    let structure = Structure {
        front: front as u32,
        back: back as u32,
        turns,
        speakers: speakers(&cast),
        metadata,
        times,
        given_topics,
        inferences: Vec::<Inference>::new(),
        translations: draft.translations.into_iter().map(|(block, text)| (ParagraphIndex(block), text)).collect(),
    };
    Ok(Imported { interview: Interview::from_lines(draft.text, structure), report })
}

/// The numbers of the first block of the talk and of the first one after it.
fn extent(blocks: &[Block]) -> (usize, usize) {
    let talks = |block: &Block| block.part == Part::Body || matches!(block.speech, Speech::Labelled(_));
    let front = blocks.iter().position(talks).unwrap_or(0);
    let back = blocks.iter().rposition(|block| block.part != Part::Back).map_or(blocks.len(), |last| last + 1);
    (front, back.max(front))
}

fn turns(blocks: &[Block], front: usize, back: usize, cast: &Cast) -> (Vec<Turn>, Vec<(ParagraphIndex, Timecode)>) {
    let mut turns: Vec<Turn> = Vec::new();
    let mut times = Vec::new();
    for (index, block) in blocks.iter().enumerate().take(back).skip(front) {
        let first = ParagraphIndex(index as u32);
        let last = turns.last().map(|turn| turn.speaker);
        let (speaker, starts) = match block.speech {
            Speech::Labelled(label) => {
                let speaker = cast.of_label.get(label as usize).map(|&person| SpeakerIndex(person as u16));
                (speaker, last != Some(speaker))
            }
            Speech::Changed => (None, true),
            Speech::Same | Speech::Unknown => (last.flatten(), last.is_none()),
        };
        if starts {
            let (origin, confidence) = (LabelOrigin::Read, None::<Confidence>);
            turns.push(Turn { first, speaker, time: block.time, origin, confidence });
        } else if let Some(time) = block.time {
            times.push((first, time));
        }
    }
    (turns, times)
}

fn speakers(cast: &Cast) -> Vec<Speaker> {
    let mut speakers = Vec::new();
    for person in &cast.people {
        speakers.push(Speaker::new(&person.name, person.role.unwrap_or(Role::Other), &speakers));
    }
    speakers
}

fn topics(draft: &Draft) -> Vec<GivenTopic> {
    let place = |at: HeadingPlace| match at {
        HeadingPlace::Block(block) => Some(block),
        HeadingPlace::Time(time) => {
            let found = draft.blocks.iter().position(|block| block.time.is_some_and(|start| start >= time));
            found.map(|block| block as u32)
        }
    };
    let mut topics: Vec<GivenTopic> = draft
        .topics
        .iter()
        .filter_map(|heading| {
            let paragraph = ParagraphIndex(place(heading.at)?);
            Some(GivenTopic { title: heading.title.clone(), paragraph, level: heading.level })
        })
        .collect();
    topics.sort_by_key(|topic| topic.paragraph);
    topics
}
