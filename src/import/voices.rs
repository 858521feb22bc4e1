//! Who speaks each block of the talk: whoever its label names, else whoever spoke before, and where labels stop
//! early, whoever the decoder finds.

use super::decode::{self, Names, Request, Voice};
use super::draft::{Block, Draft, Speech};
use super::labels::Cast;
use super::roles;
use crate::model::Role;

/// Who speaks a block of the talk, and how that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The person; `None` where nobody is named.
    pub person: Option<usize>,
    /// A turn begins here.
    pub starts: bool,
    /// Set where it was worked out: margin and reasons.
    pub inferred: Option<(i32, Vec<(&'static str, i32)>)>,
}

/// Who speaks the talk, block by block, and what was worked out on the way.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// One for each block of the talk.
    pub said: Vec<Said>,
    /// The result is a proposal only.
    pub proposal: bool,
}

/// Fewer unlabelled paragraphs than this after the last label belong to the last speaker.
const TAIL: usize = 4;

/// Works out who speaks the blocks `front..back`. Roles must be set where they are given.
pub(super) fn work_out(draft: &Draft, front: usize, back: usize, cast: &mut Cast, language: Option<&str>) -> Talk {
    let blocks = draft.blocks.get(front..back).unwrap_or_default();
    let mut said = read(blocks, cast);
    if let Some(pair) = stops_early(draft, blocks, &said, cast) {
        return infer(draft, blocks, said, pair, cast, language);
    }
    if let Some(asker) = only_questions_are_labelled(draft, blocks, &said, cast) {
        name_the_other(blocks, &mut said, asker, cast);
    } else if only_questions_are_marked(draft, blocks, cast) {
        name_who_asks(blocks, &mut said, cast);
    }
    Talk { said, proposal: false }
}

/// What the labels say.
fn read(blocks: &[Block], cast: &Cast) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let before = said.last().map(|said| said.person);
        let (person, starts) = match block.speech {
            Speech::Labelled(label) => {
                let person = cast.of_label.get(label as usize).copied().flatten();
                (person, before != Some(person))
            }
            Speech::Changed => (None, true),
            Speech::Same | Speech::Unknown => (before.flatten(), before.is_none()),
        };
        said.push(Said { person, starts, inferred: None });
    }
    said
}

/// The two people of a talk whose labels stop early, in the order of their first words: the one who asks as far as
/// can be told from the labelled part, then the one who answers.
fn stops_early(draft: &Draft, blocks: &[Block], said: &[Said], cast: &Cast) -> Option<(usize, usize)> {
    let labelled: Vec<usize> = (0..blocks.len()).filter(|&at| is_labelled(&blocks[at])).collect();
    let last = *labelled.last()?;
    let tail = blocks.get(last + 1..)?;
    let open = tail.iter().filter(|block| block.speech == Speech::Unknown).count();
    let inner = labelled.windows(2).map(|pair| pair[1] - pair[0] - 1).max().unwrap_or(0);
    let questions = tail.iter().filter(|block| roles::asks(draft.words(block))).count();
    let early = open >= TAIL && open * 2 >= blocks.len() && open > 2 * (inner + 1) && questions >= 2;
    if !early || cast.people.len() < 2 {
        return None;
    }
    let first = said.first()?.person?;
    let other = said.iter().filter_map(|said| said.person).find(|&person| person != first)?;
    let asks = |person: usize| cast.people.get(person).and_then(|person| person.role) == Some(Role::Interviewer);
    Some(if asks(other) && !asks(first) { (other, first) } else { (first, other) })
}

fn infer(
    draft: &Draft,
    blocks: &[Block],
    mut said: Vec<Said>,
    (asker, answerer): (usize, usize),
    cast: &mut Cast,
    language: Option<&str>,
) -> Talk {
    let name = |person: usize| cast.people.get(person).map(|person| person.name.as_str());
    let has_role = |person: usize, role| cast.people.get(person).and_then(|person| person.role) == Some(role);
    // Until the second person's label nobody else can be speaking.
    let first = said.first().and_then(|said| said.person);
    let met = said.iter().position(|said| said.person != first).unwrap_or(0);
    let paragraphs: Vec<decode::Paragraph<'_>> = blocks
        .iter()
        .zip(&said)
        .enumerate()
        .map(|(at, (block, said))| {
            let known = is_labelled(block) || at < met;
            let voice = if said.person == Some(asker) { Voice::Questioner } else { Voice::Answerer };
            decode::Paragraph {
                text: draft.words(block),
                pin: known.then_some(voice),
                starts: match block.speech {
                    Speech::Labelled(_) => Some(said.starts),
                    Speech::Changed => Some(true),
                    Speech::Same => Some(false),
                    Speech::Unknown => None,
                },
            }
        })
        .collect();
    let decoded = decode::decode(&Request {
        paragraphs: &paragraphs,
        language,
        names: Names { questioner: name(asker), answerer: name(answerer) },
        roles_known: has_role(asker, Role::Interviewer) || has_role(answerer, Role::Guest),
    });
    let (asker, answerer) = if decoded.swapped { (answerer, asker) } else { (asker, answerer) };
    let mut guest = answerer;
    let mut before = None;
    for (at, said) in said.iter_mut().enumerate() {
        let pinned = paragraphs.get(at).is_some_and(|paragraph| paragraph.pin.is_some());
        if !pinned {
            let voice = decoded.voices.get(at).copied().unwrap_or(Voice::Answerer);
            said.person = Some(if voice == Voice::Questioner { asker } else { guest });
            let margin = decoded.margins.get(at).copied().unwrap_or_default();
            said.inferred = Some((margin, decoded.reasons.get(at).cloned().unwrap_or_default()));
        } else if said.person.is_some() && said.person != Some(asker) {
            guest = said.person.unwrap_or(guest);
        }
        said.starts = before != Some(said.person);
        before = Some(said.person);
    }
    for (person, role) in [(asker, Role::Interviewer), (answerer, Role::Guest)] {
        if let Some(person) = cast.people.get_mut(person) {
            person.role.get_or_insert(role);
        }
    }
    Talk { said, proposal: !decoded.edited }
}

fn is_labelled(block: &Block) -> bool {
    matches!(block.speech, Speech::Labelled(_))
}

/// The one person with labels, where those stand at questions and the answers go without.
fn only_questions_are_labelled(draft: &Draft, blocks: &[Block], said: &[Said], cast: &Cast) -> Option<usize> {
    if cast.people.len() != 1 {
        return None;
    }
    let labelled: Vec<usize> = (0..blocks.len()).filter(|&at| is_labelled(&blocks[at])).collect();
    let answered =
        labelled.iter().filter(|&&at| blocks.get(at + 1).is_some_and(|next| next.speech == Speech::Unknown)).count();
    let questions = labelled.iter().filter(|&&at| roles::asks(draft.words(&blocks[at]))).count();
    let throughout = labelled.len() >= 3 && answered * 10 >= labelled.len() * 8 && questions * 10 >= labelled.len() * 6;
    throughout.then(|| said.first()?.person).flatten()
}

/// Whether answers have labels, and questions no more than a mark, as a dash, that somebody else speaks.
fn only_questions_are_marked(draft: &Draft, blocks: &[Block], cast: &Cast) -> bool {
    let marked = || blocks.iter().filter(|block| block.speech == Speech::Changed);
    let questions = marked().filter(|block| roles::asks(draft.words(block))).count();
    let nobody_asks = cast.people.iter().all(|person| person.role != Some(Role::Interviewer));
    !cast.people.is_empty() && nobody_asks && questions >= 3 && questions * 10 >= marked().count() * 6
}

/// The questions get a speaker of their own.
fn name_who_asks(blocks: &[Block], said: &mut [Said], cast: &mut Cast) {
    let asker = cast.people.len();
    cast.people.push(super::labels::Person { name: "Interviewer".to_owned(), role: Some(Role::Interviewer) });
    let mut before = None;
    for (block, said) in blocks.iter().zip(said) {
        match block.speech {
            Speech::Changed => said.person = Some(asker),
            Speech::Labelled(_) => {}
            Speech::Same | Speech::Unknown => said.person = before.flatten(),
        }
        said.starts = before != Some(said.person);
        before = Some(said.person);
    }
}

/// The answers get a speaker of their own.
fn name_the_other(blocks: &[Block], said: &mut [Said], asker: usize, cast: &mut Cast) {
    let guest = cast.people.len();
    cast.people.push(super::labels::Person { name: "Guest".to_owned(), role: Some(Role::Guest) });
    if let Some(person) = cast.people.get_mut(asker) {
        person.role.get_or_insert(Role::Interviewer);
    }
    let mut before = None;
    for (block, said) in blocks.iter().zip(said) {
        said.person = Some(if is_labelled(block) { asker } else { guest });
        said.starts = before != said.person;
        before = said.person;
    }
}
