//! From the words that an annotation is on to its place.

use ulid::Ulid;
use uuid::Uuid;

use super::{Alignments, Foreign};
use crate::anchor;
use crate::model::{Anchor, AnnotationId, Interview, Place, Position, Side, Span, Spot};
use crate::search::Query;

/// Characters of context that an anchor keeps.
const CONTEXT: usize = 32;

/// An id that is the same whenever the same annotation is read: a ULID of its moment and of what it says.
pub(super) fn id(foreign: &Foreign) -> AnnotationId {
    let name = match foreign.id.as_str() {
        "" => format!("{}\0{}\0{}", foreign.quote, foreign.note, foreign.documents.join("\0")),
        id => id.to_owned(),
    };
    let hash = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).as_u128();
    let moment = foreign.created.and_then(|created| u64::try_from(created.as_millisecond()).ok());
    AnnotationId::from(Ulid::from_parts(moment.unwrap_or_default(), hash))
}

/// Where the annotation holds on: by its place in the tool's copy of the text, letter by letter, by a search that
/// overlooks case and accents, then by what is close enough.
pub(super) fn anchor(foreign: &Foreign, interview: &Interview, alignments: &mut Alignments) -> Anchor {
    match span(foreign, interview, alignments) {
        Some(span) => anchor::describe(interview, span),
        None => loose(foreign),
    }
}

/// Where the annotation stands in the interview.
pub(super) fn span(foreign: &Foreign, interview: &Interview, alignments: &mut Alignments) -> Option<Span> {
    if let Some(copy) = &foreign.copy {
        if copy.range.is_empty() && foreign.quote.trim().is_empty() {
            let start = Position::new(0, 0);
            return Some(Span::new(start, start));
        }
        if let Some(span) = alignments.of(&copy.text, interview).span(copy.range.start, copy.range.end) {
            return Some(span);
        }
    }
    by_words(foreign, foreign.quote.trim(), interview)
        .or_else(|| anchor::resolve(interview, &loose(foreign)).span())
        .filter(|_| !foreign.quote.trim().is_empty())
}

/// What is known of its words, at no place.
fn loose(foreign: &Foreign) -> Anchor {
    let start = Spot { place: Place::Turn { turn: 0, paragraph: 0 }, character: 0 };
    let quote = foreign.quote.trim().replace("\r\n", "\n");
    let character = u32::try_from(quote.chars().count()).unwrap_or(u32::MAX);
    Anchor {
        start,
        end: Spot { character, ..start },
        side: Side::Original,
        quote,
        before: last(&foreign.before),
        after: foreign.after.chars().take(CONTEXT).collect(),
    }
}

fn last(context: &str) -> String {
    let count = context.chars().count();
    context.chars().skip(count.saturating_sub(CONTEXT)).collect()
}

fn by_words(foreign: &Foreign, quote: &str, interview: &Interview) -> Option<Span> {
    if quote.is_empty() {
        return None;
    }
    let text = interview.text();
    // A quote over several paragraphs has a blank line where the text has a line feed.
    let exact = quote.replace("\r\n", "\n").replace("\n\n", "\n");
    let places: Vec<usize> = text.match_indices(&exact).map(|(at, _)| at).collect();
    let span = |at: usize| Span::new(interview.position_of_byte(at), interview.position_of_byte(at + exact.len()));
    match places.as_slice() {
        [] => match Query::literal(&exact.to_lowercase()).find_all(interview).as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        [only] => Some(span(*only)),
        several => {
            let said = foreign.position.and_then(|(start, _)| text.char_indices().nth(start)).map(|(at, _)| at);
            if let Some(at) = said.filter(|at| several.contains(at)) {
                return Some(span(at));
            }
            let fits = |at: &usize| context(foreign, text, *at, *at + exact.len());
            let best = several.iter().map(fits).max()?;
            let mut fitting = several.iter().filter(|at| fits(at) == best);
            match (fitting.next(), fitting.next()) {
                (Some(only), None) if best > 0 => Some(span(*only)),
                _ => None,
            }
        }
    }
}

/// How many letters around `start..end` are as the annotation says.
fn context(foreign: &Foreign, text: &str, start: usize, end: usize) -> usize {
    let letters = |c: &char| !c.is_whitespace();
    let before = text.get(..start).unwrap_or_default().chars().rev().filter(letters);
    let after = text.get(end..).unwrap_or_default().chars().filter(letters);
    let agree = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    agree(&mut before.zip(foreign.before.chars().rev().filter(letters)))
        + agree(&mut after.zip(foreign.after.chars().filter(letters)))
}
