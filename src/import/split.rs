//! A document with the whole talk in one language and then again in another, to two.

use super::draft::{Draft, Heading, HeadingPlace, Speech};
use super::language;

/// Fewer paragraphs than this are not divided.
const FEWEST: usize = 12;

/// The halves of a document that is in one language first and in another then; `None` where it is not.
pub(super) fn by_language(draft: &Draft) -> Option<(Draft, Draft)> {
    let no_halves = draft.ready.is_some() || !draft.translations.is_empty() || draft.blocks.len() < FEWEST;
    if no_halves {
        return None;
    }
    let paragraphs: Vec<&str> = draft.blocks.iter().map(|block| draft.words(block)).collect();
    let change = language::change(&paragraphs)?;
    let longest = paragraphs.len() * 2 / 3;
    if change.at > longest || paragraphs.len() - change.at > longest {
        return None;
    }
    let mut first = half(draft, 0, change.at);
    let mut second = half(draft, change.at, draft.blocks.len());
    first.metadata.language = Some(change.before.to_owned());
    second.metadata.language = Some(change.after.to_owned());
    first.left_out.clone_from(&draft.left_out);
    first.warnings.clone_from(&draft.warnings);
    Some((first, second))
}

/// The blocks `from..to` with their labels and headings.
fn half(draft: &Draft, from: usize, to: usize) -> Draft {
    let mut half = Draft { declared: draft.declared.clone(), metadata: draft.metadata.clone(), ..Draft::default() };
    for block in draft.blocks.get(from..to).unwrap_or_default() {
        let speech = match block.speech {
            Speech::Labelled(label) => {
                let label = draft.labels.get(label as usize).map_or("", String::as_str);
                Speech::Labelled(half.label(label))
            }
            speech => speech,
        };
        let new = half.push(draft.words(block), block.line, speech);
        (new.part, new.time) = (block.part, block.time);
    }
    let of_half = |heading: &Heading| match heading.at {
        HeadingPlace::Block(block) => {
            let at = (block as usize).checked_sub(from).filter(|_| (block as usize) < to)?;
            Some(Heading { at: HeadingPlace::Block(at as u32), ..heading.clone() })
        }
        HeadingPlace::Time(_) => Some(heading.clone()),
    };
    half.topics = draft.topics.iter().filter_map(of_half).collect();
    half
}
