//! The topics of an interview: the document's own marks or, where it has none, its questions or what its words tell.
//!
//! Up to about 25 questions are an outline as they stand. A longer document is cut where its words change
//! ([`segments`]), at an interviewer's turn where there is an interviewer. Labels come from the question that opens a
//! topic, terms from the words that set it apart.

mod exchange;
mod label;
mod language;
mod segment;
mod stretch;
mod terms;
mod words;

use crate::model::{Interview, Position, Topic, TopicKind, TurnIndex};

pub use exchange::{Exchange, exchange_of, exchanges};

use language::Language;
use segment::{segment, segment_into};
use stretch::{Stretch, Stretches};
use terms::Topics;

/// The most questions that are an outline as they stand.
const QUESTIONS: usize = 25;

/// Paragraphs of the longest answer that is one entry.
const ANSWER: u32 = 8;

/// Paragraphs of an answer for each of its entries.
const PART: u32 = 6;

/// Most entries that the words of a document are cut into.
const SEGMENTS: usize = 300;

/// What a cut costs beside its words, in units of the logarithm of the number of words.
const PRICE: f32 = 0.9;

/// The topics of `interview` in the order of the text: the document's own marks or, where there are none, its
/// questions; and among them those of the reader, each a place and a title.
pub fn topics(interview: &Interview, own: &[(Position, String)]) -> Vec<Topic> {
    let given = given(interview);
    if given.len() > 1 {
        return with_own(given, own);
    }
    let exchanges = exchanges(interview);
    let mut topics =
        if (1..=QUESTIONS).contains(&exchanges.len()) { questions(interview, &exchanges) } else { segments(interview) };
    for topic in given {
        topics.retain(|other| other.start != topic.start);
        topics.push(topic);
    }
    with_own(topics, own)
}

/// `topics` with the reader's own among them, instead of those of the reader that were, and instead of the questions
/// that stand where the reader's own begin.
pub fn with_own(mut topics: Vec<Topic>, own: &[(Position, String)]) -> Vec<Topic> {
    let is_named = |topic: &Topic| own.iter().any(|(start, _)| start.paragraph == topic.start.paragraph);
    topics.retain(|topic| match topic.kind {
        TopicKind::Own => false,
        TopicKind::Question => !is_named(topic),
        TopicKind::Given => true,
    });
    topics.extend(own.iter().map(|(start, title)| Topic {
        title: title.clone(),
        kind: TopicKind::Own,
        start: *start,
        level: 0,
        terms: Vec::new(),
    }));
    topics.sort_by_key(|topic| topic.start);
    topics
}

/// The topic that a place of the original belongs to: the last one that begins at or before it.
pub fn topic_at(topics: &[Topic], position: Position) -> Option<usize> {
    topics.partition_point(|topic| topic.start <= position).checked_sub(1)
}

/// The marks that the document carries.
fn given(interview: &Interview) -> Vec<Topic> {
    let starts: Vec<Position> =
        interview.given_topics.iter().map(|given| Position::start_of(given.paragraph)).collect();
    let mut topics = Topics::new(interview, &starts);
    for given in interview.given_topics.iter() {
        topics.push(given.title.clone(), TopicKind::Given, Position::start_of(given.paragraph), given.level);
    }
    topics.finish()
}

/// One topic for each exchange, and more within long answers.
fn questions(interview: &Interview, exchanges: &[Exchange]) -> Vec<Topic> {
    let language = language_of(interview);
    let mut entries: Vec<(Stretch, u8)> = Vec::new();
    for (index, exchange) in exchanges.iter().enumerate() {
        let end = exchanges.get(index + 1).map_or(interview.turns().len() as u32, |next| next.question.start);
        let question = exchange::words_of(interview, exchange.question.clone());
        let is_question = exchange::is_question(interview, exchange.question.clone(), language);
        let is_greeting = index == 0 && exchanges.len() > 1 && !is_question;
        if is_greeting || index > 0 && exchange.answer.is_empty() && !words::asks(question) {
            continue;
        }
        entries.push((Stretch::of_exchange(interview, exchange), 0));
        let answer = exchange.question.end..end;
        let first = interview.turn_paragraphs(TurnIndex(answer.start)).start;
        let last = match answer.end.checked_sub(1) {
            Some(last) if last >= answer.start => interview.turn_paragraphs(TurnIndex(last)).end,
            _ => first,
        };
        if last.saturating_sub(first) > ANSWER {
            let within = Stretches::of_paragraphs(interview, first..last);
            let wanted = ((last - first + PART / 2) / PART).max(2) as usize;
            let cuts = segment_into(wanted, &within.units, &within.words, within.vocabulary.len());
            entries.extend(cuts.into_iter().skip(1).filter_map(|cut| Some((within.list.get(cut)?.clone(), 1))));
        }
    }
    label(interview, entries)
}

/// Topics told from the words alone, as for a document with more questions than an outline can hold, or with none.
pub fn segments(interview: &Interview) -> Vec<Topic> {
    let all = Stretches::of_interview(interview);
    let mut cuts = segment(&all.units, &all.words, all.vocabulary.len(), PRICE);
    if cuts.len() > SEGMENTS {
        let within = segment::joined(&all.units, &cuts);
        let fewer = segment_into(SEGMENTS, &within, &all.words, all.vocabulary.len());
        cuts = fewer.into_iter().filter_map(|cut| cuts.get(cut).copied()).collect();
    }
    let entries = cuts.into_iter().filter_map(|cut| Some((all.list.get(cut)?.clone(), 0))).collect();
    label(interview, entries)
}

/// Topics that begin at the places `starts`, given in order, with the labels of what opens them.
pub fn labels(interview: &Interview, starts: &[Position]) -> Vec<Topic> {
    let asked = exchanges(interview);
    let entries = starts.iter().map(|start| (Stretch::at(interview, &asked, *start), 0)).collect();
    label(interview, entries)
}

/// Topics with the labels of what opens them.
fn label(interview: &Interview, entries: Vec<(Stretch, u8)>) -> Vec<Topic> {
    let starts: Vec<Position> = entries.iter().map(|(stretch, _)| stretch.start).collect();
    let mut topics = Topics::new(interview, &starts);
    for (index, (stretch, level)) in entries.iter().enumerate() {
        let title = topics.label(index, interview.text().get(stretch.opening.clone()).unwrap_or_default());
        topics.push(title, TopicKind::Question, stretch.start, *level);
    }
    topics.finish()
}

fn language_of(interview: &Interview) -> &'static Language {
    Language::of(interview.metadata.language.as_deref(), interview.text())
}

#[cfg(test)]
mod tests;
