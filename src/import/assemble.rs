//! A draft to an interview: front and back matter, turns, speakers, topics.

use std::collections::HashSet;

use super::draft::{Block, Draft, HeadingPlace};
use super::labels::{self, Cast};
use super::roles::{self, Stretch, Surroundings};
use super::voices::{self, Said};
use super::{ImportError, Imported, Options, Report, language, matter};
use crate::model::{
    Confidence, GivenTopic, Inference, Interview, LabelOrigin, ParagraphIndex, Position, Role, Speaker, SpeakerIndex,
    Structure, Timecode, Turn,
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
    report.left_out.sort_by_key(|left_out| left_out.line);
    if let Some(mut interview) = draft.ready.take() {
        add_languages(&mut interview);
        return Ok(Imported { interview, report });
    }
    if draft.blocks.is_empty() {
        return Err(ImportError::Empty { name: name.to_owned() });
    }
    draft.straighten();
    let mut cast = labels::cast(&draft, options);
    report.merged = std::mem::take(&mut cast.merged);
    let (front, back) = matter::extent(&draft, &cast);
    let mut metadata = std::mem::take(&mut draft.metadata);
    metadata.source.format.get_or_insert_with(|| report.format.clone());
    if metadata.language.is_none() {
        metadata.language = language::guess(&draft.text).map(str::to_owned);
    }
    let talk = voices::work_out(&draft, (front, back), &mut cast, options, metadata.language.as_deref());
    let front = front + talk.before;
    report.proposal = talk.proposal;
    let note = draft.blocks.get(back).map_or("", |block| draft.words(block));
    let title = format!("{} {}", metadata.title, metadata.subtitle.as_deref().unwrap_or_default());
    let body = draft.blocks.get(front..back).unwrap_or_default();
    roles::work_out(&mut cast.people, &stretches(&draft, body, &talk.said), Surroundings { title: &title, note });
    let (turns, times, inferences) = turns(body, front, talk.said);
    let structure = Structure {
        front: front as u32,
        back: back as u32,
        turns,
        speakers: speakers(&cast),
        metadata,
        times,
        given_topics: topics(&draft),
        inferences,
        translations: draft.translations.into_iter().map(|(block, text)| (ParagraphIndex(block), text)).collect(),
    };
    let mut interview = Interview::from_lines(draft.text, structure);
    add_languages(&mut interview);
    Ok(Imported { interview, report })
}

/// Fills in the languages that the document does not say.
fn add_languages(interview: &mut Interview) {
    let originals = interview.paragraph_count();
    let split = interview.byte_of_position(Position::start_of(ParagraphIndex(originals)));
    let (own, translated) = interview.text().split_at(split);
    let guess = |known: &Option<String>, text: &str| match known {
        Some(known) => Some(known.clone()),
        None => language::guess(text).map(str::to_owned),
    };
    let language = guess(&interview.metadata.language, own);
    let translation_language = guess(&interview.metadata.translation_language, translated);
    (interview.metadata.language, interview.metadata.translation_language) = (language, translation_language);
}

/// The talk by stretches of one person.
fn stretches<'a>(draft: &'a Draft, blocks: &[Block], said: &[Said]) -> Vec<Stretch<'a>> {
    let mut stretches: Vec<Stretch<'a>> = Vec::new();
    for (block, said) in blocks.iter().zip(said) {
        let words = draft.words(block);
        match (said.person, stretches.last_mut().filter(|_| !said.starts)) {
            (_, Some(last)) => {
                last.closing = words;
                last.length += words.len();
            }
            (Some(person), None) => {
                stretches.push(Stretch { person, opening: words, closing: words, length: words.len() });
            }
            (None, None) => {}
        }
    }
    stretches
}

type Turns = (Vec<Turn>, Vec<(ParagraphIndex, Timecode)>, Vec<Inference>);

/// The turns of the talk, whose first block has the number `front`, the moments within them, and why.
fn turns(blocks: &[Block], front: usize, said: Vec<Said>) -> Turns {
    let (mut turns, mut times, mut inferences) = (Vec::new(), Vec::new(), Vec::new());
    for ((index, block), said) in (front..).zip(blocks).zip(said) {
        let paragraph = ParagraphIndex(index as u32);
        if said.starts {
            let margin = said.inferred.as_ref().map(|(margin, _)| *margin);
            turns.push(Turn {
                first: paragraph,
                speaker: said.person.map(|person| SpeakerIndex(person as u16)),
                time: block.time,
                origin: if margin.is_some() { LabelOrigin::Inferred } else { LabelOrigin::Read },
                confidence: margin.map(Confidence::from_margin),
            });
        } else if let Some(time) = block.time {
            times.push((paragraph, time));
        }
        if let Some((margin, reasons)) = said.inferred {
            inferences.push(Inference { paragraph, margin, reasons });
        }
    }
    (turns, times, inferences)
}

fn speakers(cast: &Cast) -> Vec<Speaker> {
    let mut taken = HashSet::new();
    let mut speakers = Vec::with_capacity(cast.people.len());
    for person in &cast.people {
        let speaker = Speaker::new(&person.name, person.role.unwrap_or(Role::Other), |id| taken.contains(id));
        taken.insert(speaker.id.clone());
        speakers.push(speaker);
    }
    speakers
}

fn topics(draft: &Draft) -> Vec<GivenTopic> {
    // The latest moment up to each block: the first block from a moment on is then found by halving.
    let mut latest = Vec::new();
    if draft.topics.iter().any(|topic| matches!(topic.at, HeadingPlace::Time(_))) {
        latest.extend(draft.blocks.iter().scan(None, |latest, block| {
            *latest = block.time.max(*latest);
            Some(*latest)
        }));
    }
    let place = |at: HeadingPlace| match at {
        HeadingPlace::Block(block) => Some(block),
        HeadingPlace::Time(time) => {
            let block = latest.partition_point(|latest| latest.is_none_or(|latest| latest < time));
            (block < latest.len()).then_some(block as u32)
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
