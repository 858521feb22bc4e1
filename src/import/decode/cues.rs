//! What the words of a sentence give away.

use std::ops::Range;

use super::lexicon::{self, Classes, Lexicon};
use super::scan::{Scan, Sentence};

/// What is found in a sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// How often the speaker is named, *I* and *my*.
    pub(super) own: i32,
    /// How often the person spoken to is named.
    pub(super) you: i32,
    /// Classes of what it opens with.
    pub(super) opens: Classes,
    /// Classes of what stands in it.
    pub(super) holds: Classes,
    /// How often it has what fills talk and edited text does not have.
    pub(super) oral: i32,
    /// Whether a tag is all that makes it a question.
    pub(super) tagged: bool,
    /// Whether the one spoken to stands behind its verb: *do you*.
    pub(super) inverted: bool,
    /// Whether speech is reported before a colon.
    pub(super) announced: bool,
    /// Words from the last one that reports speech to the end; 0 where there is none.
    pub(super) reports: usize,
}

/// Words that name the person spoken to.
const ADDRESS: Classes = lexicon::YOU | lexicon::FORMAL;

/// Rows of words of these classes are taken as a whole: the pronouns in them speak of nobody.
const CONSUMES: Classes =
    lexicon::FILLER | lexicon::PROMPT | lexicon::HOST | lexicon::GUEST | lexicon::TAG | lexicon::OWN;

/// How many words follow `word` in a row that the lexicon knows, and what the row is.
fn row(scan: &Scan, entry: &lexicon::Entry, word: usize, end: usize) -> Option<(usize, Classes)> {
    entry.longer.iter().find_map(|(rest, classes)| {
        let fits = word + rest.len() < end
            && rest.iter().enumerate().all(|(place, text)| scan.text(word + 1 + place) == *text);
        fits.then_some((rest.len(), *classes))
    })
}

/// Whether one of the words names the person spoken to.
fn speaks_to(scan: &Scan, mut words: Range<usize>, lexicon: &Lexicon) -> bool {
    words.any(|word| lexicon.entry(scan.text(word)).is_some_and(|entry| entry.classes & ADDRESS != 0))
}

/// Looks a sentence's words up.
pub(super) fn find(scan: &Scan, sentence: Sentence, lexicon: &Lexicon) -> Found {
    let Sentence { first, end, .. } = sentence;
    let mut found = Found::default();
    let mut opening = first;
    let mut asked_to = first;
    let mut word = first;
    while word < end {
        let text = scan.text(word);
        let entry = lexicon.entry(text);
        let row = entry.and_then(|entry| row(scan, entry, word, end));
        let mut classes = entry.map_or(0, |entry| entry.classes);
        if classes == 0 && row.is_none() {
            classes = lexicon.by_ending(text);
        }
        let consumed = match row {
            Some((_, row)) if row & lexicon::FILLER != 0 && word < asked_to => 1,
            Some((rest, row)) if row & CONSUMES != 0 && row & lexicon::ASKS == 0 => {
                classes = row;
                rest + 1
            }
            Some((rest, row)) if lexicon::stands_alone(text.chars().next().unwrap_or(' ')) => {
                // The first character alone means nothing here.
                classes = row;
                found.you +=
                    i32::from(row & (ADDRESS | CONSUMES) == 0 && speaks_to(scan, word..word + 1 + rest, lexicon));
                rest + 1
            }
            Some((rest, row)) => {
                classes |= row;
                if row & lexicon::ASKS != 0 {
                    asked_to = word + 1 + rest;
                }
                found.inverted |= row & lexicon::ASKS != 0 && speaks_to(scan, word + 1..word + 1 + rest, lexicon);
                1
            }
            None => 1,
        };
        // Words such as *so*, *okay*, *well* do not take the opening from what follows them.
        let at_opening = word <= opening && word < first + 6;
        if at_opening {
            found.opens |= classes;
            if classes & (lexicon::GOES_ON | lexicon::REPLY | lexicon::NOD | lexicon::HESITATES | lexicon::TAG) != 0
                || scan.words[word + consumed - 1].comma
            {
                opening = word + consumed;
            }
        }
        if word + consumed == end {
            found.tagged = classes & lexicon::TAG != 0
                && (word == first || scan.words[word - 1].comma || consumed > 1 || end - first == consumed);
        }
        found.oral += i32::from(classes & lexicon::ORAL != 0);
        if classes & lexicon::REPORTS != 0 {
            found.reports = end - word;
        }
        if classes & lexicon::FILLER == 0 {
            found.own += i32::from(classes & lexicon::SELF != 0);
            let formal = classes & lexicon::FORMAL != 0 && scan.words[word].capital && word > first;
            found.you += i32::from(classes & lexicon::YOU != 0 || formal);
        }
        if classes & lexicon::PROMPT == 0 || at_opening {
            found.holds |= classes;
        }
        word += consumed;
        found.announced |= found.holds & lexicon::REPORTS != 0 && scan.words[word - 1].colon;
    }
    found
}
