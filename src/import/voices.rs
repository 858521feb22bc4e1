//! Who speaks each block of the talk: whoever its label names, else whoever spoke before, and where labels stop
//! early, whoever the decoder finds.

use super::decode::{self, Names, Request, Voice};
use super::draft::{Block, Draft, Speech};
use super::labels::{Cast, Person};
use super::{Options, roles};
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
    /// How many blocks turned out to stand before the talk; `said` is without them.
    pub before: usize,
}

/// Fewer unlabelled paragraphs than this after the last label belong to the last speaker.
const TAIL: usize = 4;

/// Fewer paragraphs than this tell nothing of who speaks where nobody is named, and fewer questions.
const FEWEST: (usize, usize) = (8, 3);

/// Of so many marks of a change at most one may leave the voice as it was where two people talk.
const CROWD: usize = 8;

/// Works out who speaks the blocks `front..back`. Roles must be set where they are given.
pub(super) fn work_out(
    draft: &Draft,
    (front, back): (usize, usize),
    cast: &mut Cast,
    options: &Options,
    language: Option<&str>,
) -> Talk {
    let blocks = draft.blocks.get(front..back).unwrap_or_default();
    let mut said = read(blocks, cast);
    if cast.people.is_empty()
        && let Some(talk) = propose(draft, blocks, cast, options, language)
    {
        return talk;
    }
    if let Some(pair) = stops_early(draft, blocks, &said, cast) {
        return infer(draft, blocks, said, pair, cast, language);
    }
    if let Some(asker) = only_questions_are_labelled(draft, blocks, &said, cast) {
        name_the_other(blocks, &mut said, asker, cast, options);
    } else if only_questions_are_marked(draft, blocks, cast) {
        name_who_asks(blocks, &mut said, cast, options);
    }
    Talk { said, ..Talk::default() }
}

/// Who asks and who answers in a talk that names nobody, as a proposal; `None` where it does not look like a talk of
/// questions and answers. Marks that the speaker changes are kept to. Without any the text may as well be an essay:
/// it has to be a tidy one of questions to somebody and answers, unless the reader says that somebody asks.
fn propose(
    draft: &Draft,
    blocks: &[Block],
    cast: &mut Cast,
    options: &Options,
    language: Option<&str>,
) -> Option<Talk> {
    let marks = blocks.iter().filter(|block| block.speech == Speech::Changed).count();
    let questions = blocks.iter().filter(|block| roles::asks(draft.words(block))).count();
    let marked = marks >= FEWEST.0 / 2;
    let known = options.interviewer.is_some();
    if !known && (blocks.len() < FEWEST.0 || questions < FEWEST.1 || questions * 10 < blocks.len()) {
        return None;
    }
    let paragraphs: Vec<decode::Paragraph<'_>> = blocks
        .iter()
        .map(|block| decode::Paragraph {
            text: draft.words(block),
            pin: None,
            starts: match block.speech {
                Speech::Changed => Some(true),
                // Where changes are marked, all else goes on.
                Speech::Labelled(_) | Speech::Unknown if marked => Some(false),
                Speech::Same => Some(false),
                Speech::Labelled(_) | Speech::Unknown => None,
            },
        })
        .collect();
    let names = Names { questioner: options.interviewer.as_deref(), answerer: None };
    let decoded = decode::decode(&Request { paragraphs: &paragraphs, language, names, roles_known: true });
    if !marked && !known && !decoded.edited {
        return None;
    }
    // Two people alternate at marks: where many marks change nothing, there are more of them.
    let changes = (1..blocks.len()).filter(|&at| blocks.get(at).is_some_and(|block| block.speech == Speech::Changed));
    let same = changes.filter(|&at| decoded.voices.get(at) == decoded.voices.get(at - 1)).count();
    if marked && !known && same * CROWD > marks {
        return None;
    }
    let asker = made_up(options.interviewer.as_deref().unwrap_or("Interviewer"), Role::Interviewer, cast, options);
    let guest = made_up("Guest", Role::Guest, cast, options);
    // Nobody answers before anything is asked: what stands there introduces the talk.
    let asked = decoded.voices.iter().position(|voice| *voice == Voice::Questioner).unwrap_or(0);
    let before = if marked || asked * 3 > blocks.len() { 0 } else { asked };
    let mut last = None;
    let said = (before..blocks.len()).map(|at| {
        let voice = decoded.voices.get(at).copied().unwrap_or(Voice::Answerer);
        let starts = last != Some(voice) || blocks.get(at).is_some_and(|block| block.speech == Speech::Changed);
        last = Some(voice);
        let margin = decoded.margins.get(at).copied().unwrap_or_default();
        let reasons = decoded.reasons.get(at).cloned().unwrap_or_default();
        let person = Some(if voice == Voice::Questioner { asker } else { guest });
        Said { person, starts, inferred: Some((margin, reasons)) }
    });
    Some(Talk { said: said.collect(), proposal: true, before })
}

/// Somebody whom the document does not name, called by what they do unless the reader has a name for that.
fn made_up(name: &str, role: Role, cast: &mut Cast, options: &Options) -> usize {
    let given = options.speakers.iter().find(|(old, _)| old.eq_ignore_ascii_case(name));
    let name = given.map_or(name, |(_, new)| new.as_str()).to_owned();
    cast.people.push(Person { name, role: Some(role) });
    cast.people.len() - 1
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
    Talk { said, proposal: !decoded.edited, before: 0 }
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
fn name_who_asks(blocks: &[Block], said: &mut [Said], cast: &mut Cast, options: &Options) {
    let asker = made_up("Interviewer", Role::Interviewer, cast, options);
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
fn name_the_other(blocks: &[Block], said: &mut [Said], asker: usize, cast: &mut Cast, options: &Options) {
    let guest = made_up("Guest", Role::Guest, cast, options);
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
