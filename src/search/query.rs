//! What to look for, and the looking.

use std::ops::Range;

use super::literal::Literal;
use super::pattern::Pattern;
use super::speakers::SpeakerName;
use super::{Hits, TextIndex};
use crate::model::{Interview, Span, Speaker};

/// What to look for.
#[derive(Clone, Debug)]
pub struct Query {
    wanted: Wanted,
    speaker: Option<SpeakerName>,
    /// Whether a hit is no part of a longer word.
    is_whole: bool,
}

#[derive(Clone, Debug)]
enum Wanted {
    /// Nothing that could be found: no words yet.
    Nothing,
    Words(Box<Literal>),
    Pattern(Pattern),
}

/// Why a query cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    message: String,
}

impl Query {
    /// Words as typed: case counts only where the words have a capital, accents only where the words have one; a
    /// run of blanks matches any blanks.
    pub fn literal(words: &str) -> Self {
        Self {
            wanted: Literal::new(words).map_or(Wanted::Nothing, |words| Wanted::Words(Box::new(words))),
            speaker: None,
            is_whole: false,
        }
    }

    /// A whole word, in any case: no part of a longer one, as far as its script parts words.
    pub fn word(word: &str) -> Self {
        Self { is_whole: true, ..Self::literal(&word.to_lowercase()) }
    }

    /// A regular expression; case counts only where it has a capital, `^` and `$` are a paragraph's ends.
    ///
    /// # Errors
    ///
    /// Where `pattern` is not one, or one that would take too much memory.
    pub fn regex(pattern: &str) -> Result<Self, QueryError> {
        let wanted = match pattern {
            "" => Wanted::Nothing,
            _ => Wanted::Pattern(Pattern::new(pattern).map_err(|message| QueryError { message })?),
        };
        Ok(Self { wanted, speaker: None, is_whole: false })
    }

    /// What a reader typed at the prompt: words or a regular expression, after `@name` or `@"two names"` only where a
    /// speaker says it whose id or name begins so. `\@` is an `@` that is looked for.
    ///
    /// # Errors
    ///
    /// As [`regex`](Self::regex).
    pub fn parse(input: &str, regex: bool) -> Result<Self, QueryError> {
        let (speaker, pattern) = split_speaker(input);
        let query = if regex { Self::regex(pattern)? } else { Self::literal(pattern) };
        Ok(Self { speaker: speaker.map(SpeakerName::new), ..query })
    }

    /// Whether there is nothing to look for yet.
    pub fn is_empty(&self) -> bool {
        matches!(self.wanted, Wanted::Nothing)
    }

    /// The speaker that hits are restricted to, as typed.
    pub fn speaker(&self) -> Option<&str> {
        self.speaker.as_ref().map(SpeakerName::written)
    }

    /// Whether the query takes hits in what `speaker` says.
    pub fn accepts_speaker(&self, speaker: &Speaker) -> bool {
        self.speaker.as_ref().is_none_or(|name| name.is_of(speaker))
    }

    /// All hits in an interview, translations included, in the order of the buffer.
    ///
    /// Folds the text first; where an interview is searched more than once, [`hits`](Self::hits) does so only once.
    pub fn find_all(&self, interview: &Interview) -> Vec<Span> {
        let ranges = self.ranges_in(interview.text());
        self.restricted(interview, ranges).spans(interview).collect()
    }

    /// All hits in the interview whose folded copy `index` is, in the order of the buffer.
    pub fn hits(&self, interview: &Interview, index: &TextIndex) -> Hits {
        let text = interview.text();
        let ranges = match &self.wanted {
            Wanted::Nothing => Vec::new(),
            Wanted::Words(words) => words.find(text, &index.folded),
            Wanted::Pattern(pattern) => pattern.find(text),
        };
        self.restricted(interview, ranges)
    }

    /// The hits that can be found while there is no folded copy yet: without folding accents and width.
    pub fn quick_hits(&self, interview: &Interview) -> Hits {
        let text = interview.text();
        let ranges = match &self.wanted {
            Wanted::Nothing => Vec::new(),
            Wanted::Words(words) => words.find_quickly(text),
            Wanted::Pattern(pattern) => pattern.find(text),
        };
        self.restricted(interview, ranges)
    }

    /// The bytes of all hits in a note or any other text, whoever speaks.
    pub fn find_in(&self, text: &str) -> Vec<Range<usize>> {
        self.ranges_in(text).into_iter().map(|(start, end)| start as usize..end as usize).collect()
    }

    /// Whether the query hits anywhere in `text`, whoever speaks.
    pub fn is_in(&self, text: &str) -> bool {
        !self.ranges_in(text).is_empty()
    }

    fn ranges_in(&self, text: &str) -> Vec<(u32, u32)> {
        let mut ranges = match &self.wanted {
            Wanted::Nothing => Vec::new(),
            Wanted::Words(words) => words.find_in(text),
            Wanted::Pattern(pattern) => pattern.find(text),
        };
        self.keep_whole(text, &mut ranges);
        ranges
    }

    fn keep_whole(&self, text: &str, ranges: &mut Vec<(u32, u32)>) {
        if self.is_whole {
            ranges.retain(|&(start, end)| is_whole(text, start as usize..end as usize));
        }
    }

    fn restricted(&self, interview: &Interview, mut ranges: Vec<(u32, u32)>) -> Hits {
        self.keep_whole(interview.text(), &mut ranges);
        if let Some(name) = &self.speaker {
            name.restrict(interview, &mut ranges);
        }
        Hits::new(ranges)
    }
}

/// Whether a stretch is no part of a longer word.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let goes_on = |one: Option<char>, other: Option<char>| {
        let is_of_word = |c: char| c.is_alphanumeric() && !is_written_without_blanks(c);
        one.is_some_and(is_of_word) && other.is_some_and(is_of_word)
    };
    let (Some(before), Some(hit), Some(behind)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return true;
    };
    !goes_on(before.chars().next_back(), hit.chars().next()) && !goes_on(hit.chars().next_back(), behind.chars().next())
}

/// Whether a letter is of a script that writes no blanks between words: Han, kana, Thai and its neighbours.
fn is_written_without_blanks(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
        || matches!(c, '\u{3005}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// What a reader typed, parted: the speaker's name, and the words or the expression.
pub fn split_speaker(input: &str) -> (Option<&str>, &str) {
    if input.starts_with("\\@") {
        return (None, &input[1..]);
    }
    let Some(named) = input.strip_prefix('@').filter(|rest| !rest.starts_with(char::is_whitespace) && !rest.is_empty())
    else {
        return (None, input);
    };
    if let Some(quoted) = named.strip_prefix('"') {
        let (name, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
        return (Some(name), rest.trim_start());
    }
    let (name, rest) = named.split_once(char::is_whitespace).unwrap_or((named, ""));
    (Some(name), rest.trim_start())
}
