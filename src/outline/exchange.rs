//! Questions and the answers that follow them.

use std::ops::Range;

use crate::model::{Interview, Role, TurnIndex};

use super::language::Language;
use super::language_of;
use super::words::{asks, split};

/// A question (one or more interviewer's turns) and the answer that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The turns that ask.
    pub question: Range<u32>,
    /// The turns that answer, with the interviewer's short remarks between them; may be empty.
    pub answer: Range<u32>,
}

/// Words of an interviewer's remark that only keeps the talk going; longer ones count as questions.
const REMARK: usize = 12;

/// The exchanges of an interview in order. None where nobody is known to ask.
pub fn exchanges(interview: &Interview) -> Vec<Exchange> {
    let language = language_of(interview);
    let mut exchanges: Vec<Exchange> = Vec::new();
    let count = interview.turns().len() as u32;
    let mut turn = 0;
    while turn < count {
        let asks = |turn: u32| turn < count && interview.role_of_turn(TurnIndex(turn)) == Role::Interviewer;
        let start = turn;
        while asks(turn) {
            turn += 1;
        }
        let question = start..turn;
        while turn < count && !asks(turn) {
            turn += 1;
        }
        let answer = question.end..turn;
        match exchanges.last_mut() {
            Some(last) if !is_question(interview, question.clone(), language) => last.answer.end = answer.end,
            _ if question.is_empty() => {}
            _ => exchanges.push(Exchange { question, answer }),
        }
    }
    exchanges
}

/// The exchange that a turn belongs to, so that a reader finds the question that it answers. `None` for turns before
/// the first question. Looks only at the turns around.
pub fn exchange_of(interview: &Interview, turn: TurnIndex) -> Option<Exchange> {
    let language = language_of(interview);
    let count = interview.turns().len() as u32;
    let asks = |turn: u32| turn < count && interview.role_of_turn(TurnIndex(turn)) == Role::Interviewer;
    if turn.0 >= count {
        return None;
    }
    let mut question = None;
    let mut at = turn.0;
    while let Some(last) = (0..=at).rev().find(|turn| asks(*turn)) {
        let start = (0..=last).rev().take_while(|turn| asks(*turn)).last().unwrap_or(last);
        let end = (last..count).find(|turn| !asks(*turn)).unwrap_or(count);
        question = Some(start..end);
        let Some(before) = start.checked_sub(1) else { break };
        if is_question(interview, start..end, language) {
            break;
        }
        at = before;
    }
    let question = question?;
    let mut end = question.end;
    while end < count {
        let next = (end..count).find(|turn| !asks(*turn)).unwrap_or(count);
        if next > end && is_question(interview, end..next, language) {
            break;
        }
        end = (next..count).find(|turn| asks(*turn)).unwrap_or(count);
    }
    Some(Exchange { answer: question.end..end, question })
}

/// The words of some turns.
pub(super) fn words_of(interview: &Interview, turns: Range<u32>) -> &str {
    let paragraphs = turns.start..turns.end.max(turns.start);
    let first = interview.turn_paragraphs(TurnIndex(paragraphs.start)).start;
    let last = match paragraphs.end.checked_sub(1) {
        Some(last) if last >= paragraphs.start => interview.turn_paragraphs(TurnIndex(last)).end,
        _ => first,
    };
    paragraphs_of(interview, first..last)
}

/// The words of some paragraphs, with a line feed between.
pub(super) fn paragraphs_of(interview: &Interview, paragraphs: Range<u32>) -> &str {
    use crate::model::ParagraphIndex;
    let Some(last) = paragraphs.end.checked_sub(1).filter(|last| *last >= paragraphs.start) else { return "" };
    let start = interview.range(ParagraphIndex(paragraphs.start)).start;
    let end = interview.range(ParagraphIndex(last)).end;
    interview.text().get(start..end).unwrap_or_default()
}

/// Whether an interviewer's words ask for something, or are long enough to.
pub(super) fn is_question(interview: &Interview, turns: Range<u32>, language: &Language) -> bool {
    let text = words_of(interview, turns);
    if asks(text) || text.len() > 400 {
        return true;
    }
    let words = split(text);
    if words.len() >= REMARK {
        return true;
    }
    let mut rest = words.as_slice();
    while language.openings.at_start(rest) > 0 {
        rest = &rest[language.openings.at_start(rest)..];
    }
    language.requests.at_start(rest) > 0 || language.heads.at_start(rest) > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InterviewBuilder;

    fn interview() -> Interview {
        let mut builder = InterviewBuilder::default();
        builder.metadata.language = Some("en".to_owned());
        let mira = builder.speaker("Mira Okafor", Role::Interviewer);
        let jonas = builder.speaker("Jonas Hale", Role::Guest);
        for (speaker, text) in [
            (jonas, "Mind the step."),
            (mira, "Thank you."),
            (mira, "What did the relay not know?"),
            (jonas, "The difference between weather and trouble."),
            (mira, "Right."),
            (jonas, "And that is most of the job."),
            (mira, "Tell me about the storm."),
        ] {
            builder.turn(Some(speaker), None).paragraph(text);
        }
        builder.build()
    }

    #[test]
    fn remarks_do_not_open_an_exchange() {
        assert_eq!(
            exchanges(&interview()),
            [Exchange { question: 1..3, answer: 3..6 }, Exchange { question: 6..7, answer: 7..7 }]
        );
    }

    #[test]
    fn a_turn_finds_the_question_that_it_answers() {
        let interview = interview();
        let asked = |turn| exchange_of(&interview, TurnIndex(turn)).map(|exchange| exchange.question.start);
        assert_eq!([0, 1, 3, 5, 6, 7].map(asked), [None, Some(1), Some(1), Some(1), Some(6), None]);
    }

    proptest::proptest! {
        #[test]
        fn one_turns_exchange_is_that_of_the_whole_list(
            turns in proptest::collection::vec((0..3_usize, 0..4_usize), 0..24)
        ) {
            let mut builder = InterviewBuilder::default();
            builder.metadata.language = Some("en".to_owned());
            let roles = [Role::Interviewer, Role::Guest, Role::Other];
            let texts = ["Right.", "Why?", "Tell me more.", "It was cold and we had nothing to eat but the bread of the day before."];
            for (speaker, text) in turns {
                let speaker = builder.speaker(&format!("S{speaker}"), roles[speaker]);
                builder.turn(Some(speaker), None).paragraph(texts[text]);
            }
            let interview = builder.build();
            let all = exchanges(&interview);
            for turn in 0..interview.turns().len() as u32 + 1 {
                let expected = all.iter().find(|it| it.question.start <= turn && turn < it.answer.end.max(it.question.end));
                assert_eq!(exchange_of(&interview, TurnIndex(turn)).as_ref(), expected, "{turn}");
            }
        }
    }
}
