//! What the positions of a project count, told by the quotes that stand at them.
//!
//! The standard says code points, the end exclusive, and leaves out what a line end is. Programs differ in all three,
//! and write the quote as the selection's name; so each combination is tried, and the one under which most quotes
//! stand where they should is taken.

use std::borrow::Cow;
use std::ops::Range;

/// What characters are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Characters,
    Utf16,
    Bytes,
}

/// How line ends are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newline {
    /// As the file has them.
    AsStored,
    /// As one, though the file has two characters.
    One,
    /// As two, though the file has one.
    Two,
}

/// What positions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) unit: Unit,
    pub(super) newline: Newline,
    /// Whether the end is the last character and not the first after.
    pub(super) is_inclusive: bool,
}

/// A selection as the project tells it: positions, and its name, which may be the quote.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) name: String,
}

/// How well a measure fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Names that are the words at their positions, letter by letter.
    exact: usize,
    /// The same, blanks aside and cut short perhaps.
    pub(super) alike: usize,
    /// Ends of selections at the edge of a word.
    edges: usize,
}

impl Measure {
    const ALL: [Self; 18] = {
        let units = [Unit::Characters, Unit::Utf16, Unit::Bytes];
        let newlines = [Newline::AsStored, Newline::One, Newline::Two];
        let mut all = [Self { unit: Unit::Characters, newline: Newline::AsStored, is_inclusive: false }; 18];
        let mut index = 0;
        while index < 18 {
            all[index] = Self { unit: units[index % 3], newline: newlines[index / 3 % 3], is_inclusive: index >= 9 };
            index += 1;
        }
        all
    };

    /// The measure under which the most quotes of some texts stand at their positions, and how well it fits.
    pub(super) fn infer(sources: &[(&str, Vec<Told>)]) -> (Self, Fit) {
        let mut best = (Self::ALL[0], Fit::default());
        for (index, measure) in Self::ALL.into_iter().enumerate() {
            let fit = sources.iter().fold(Fit::default(), |sum, (text, told)| sum + measure.fit(text, told));
            if index == 0 || fit > best.1 {
                best = (measure, fit);
            }
        }
        best
    }

    fn fit(self, text: &str, told: &[Told]) -> Fit {
        let text = self.counted(text);
        let mut fit = Fit::default();
        for (told, range) in told.iter().zip(self.ranges(&text, told)) {
            let Some(range) = range else { continue };
            let words = text.get(range.clone()).unwrap_or_default();
            fit.exact += usize::from(!told.name.is_empty() && words == told.name);
            fit.alike += usize::from(is_quote(&told.name, words));
            fit.edges += usize::from(is_edge(&text, range.start)) + usize::from(is_edge(&text, range.end));
        }
        fit
    }

    /// The text as its positions count it.
    fn counted(self, text: &str) -> Cow<'_, str> {
        match self.newline {
            Newline::AsStored => text.into(),
            Newline::One => text.replace("\r\n", "\n").into(),
            Newline::Two => text.replace("\r\n", "\n").replace('\n', "\r\n").into(),
        }
    }

    /// The bytes of `text`, counted so, that each selection is on; `None` where there is no such place.
    fn ranges(self, text: &str, told: &[Told]) -> Vec<Option<Range<usize>>> {
        let end_of = |told: &Told| told.end.saturating_add(u64::from(self.is_inclusive));
        let mut wanted: Vec<u64> = told.iter().flat_map(|told| [told.start, end_of(told)]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut places = Vec::with_capacity(wanted.len());
        let (mut count, mut byte) = (0u64, 0);
        let mut letters = text.chars();
        for wanted in wanted {
            while count < wanted {
                let Some(letter) = letters.next() else { break };
                byte += letter.len_utf8();
                count += match self.unit {
                    Unit::Characters => 1,
                    Unit::Utf16 => letter.len_utf16() as u64,
                    Unit::Bytes => letter.len_utf8() as u64,
                };
            }
            // A count that no letter ends at lies in the middle of one, or behind the text.
            places.push((wanted, (count == wanted).then_some(byte)));
        }
        let place = |wanted: u64| {
            let index = places.binary_search_by_key(&wanted, |(at, _)| *at).ok()?;
            places.get(index)?.1
        };
        told.iter()
            .map(|told| Some(place(told.start)?..place(end_of(told))?).filter(|range| range.start <= range.end))
            .collect()
    }

    /// The text with plain line feeds, and the bytes of it that each selection is on.
    pub(super) fn settle(self, text: &str, told: &[Told]) -> (String, Vec<Option<Range<usize>>>) {
        let counted = self.counted(text);
        let ranges = self.ranges(&counted, told);
        let plain = counted.replace("\r\n", "\n");
        if plain.len() == counted.len() {
            return (plain, ranges);
        }
        let dropped: Vec<usize> = counted.match_indices("\r\n").map(|(at, _)| at).collect();
        let moved = |byte: usize| byte - dropped.partition_point(|at| *at < byte);
        let ranges = ranges.into_iter().map(|range| range.map(|range| moved(range.start)..moved(range.end))).collect();
        (plain, ranges)
    }

    /// `UTF-16 units, the end exclusive, a line end as two`.
    pub(super) fn describe(self) -> String {
        let unit = match self.unit {
            Unit::Characters => "characters",
            Unit::Utf16 => "UTF-16 units",
            Unit::Bytes => "bytes",
        };
        let end = if self.is_inclusive { "inclusive" } else { "exclusive" };
        let newline = match self.newline {
            Newline::AsStored => "line ends as they are stored",
            Newline::One => "a line end as one",
            Newline::Two => "a line end as two",
        };
        format!("{unit}, the end {end}, {newline}")
    }
}

impl std::ops::Add for Fit {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { exact: self.exact + other.exact, alike: self.alike + other.alike, edges: self.edges + other.edges }
    }
}

/// Whether a selection's name is the words, blanks aside; names may be cut short.
pub(super) fn is_quote(name: &str, words: &str) -> bool {
    const SHORT: usize = 8;
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, words) = (plain(name), plain(words));
    if name.is_empty() {
        return false;
    }
    let cut = name.trim_end_matches(['.', '…']);
    name == words || (cut.len() < name.len() && cut.len() >= SHORT && words.starts_with(cut))
}

/// Whether a word begins or ends at a byte.
fn is_edge(text: &str, byte: usize) -> bool {
    let before = text.get(..byte).and_then(|text| text.chars().next_back());
    let after = text.get(byte..).and_then(|text| text.chars().next());
    before.is_some_and(char::is_alphanumeric) != after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "ADA: Who 🛥️ steered?\nTOM: I did, né.\nFor years, I did.";

    /// The quotes at their positions under a measure.
    fn told(measure: Measure, quotes: &[&str]) -> Vec<Told> {
        let text = measure.counted(TEXT);
        let count = |text: &str| match measure.unit {
            Unit::Characters => text.chars().count(),
            Unit::Utf16 => text.encode_utf16().count(),
            Unit::Bytes => text.len(),
        };
        let told = quotes.iter().map(|quote| {
            let at = text.find(quote).unwrap();
            let end = count(&text[..at + quote.len()]) - usize::from(measure.is_inclusive);
            Told { start: count(&text[..at]) as u64, end: end as u64, name: (*quote).to_owned() }
        });
        told.collect()
    }

    #[test]
    fn each_measure_is_told_by_its_quotes() {
        for measure in Measure::ALL {
            let told = told(measure, &["steered", "I did, né.", "years"]);
            let (found, fit) = Measure::infer(&[(TEXT, told.clone())]);
            assert_eq!((found.unit, found.is_inclusive), (measure.unit, measure.is_inclusive));
            assert_eq!(found.newline == Newline::Two, measure.newline == Newline::Two);
            assert_eq!(fit.alike, 3);
            let (text, ranges) = found.settle(TEXT, &told);
            for (told, range) in told.iter().zip(ranges) {
                assert_eq!(text[range.unwrap()], told.name);
            }
        }
    }

    #[test]
    fn without_quotes_the_standard_counts() {
        let told = vec![Told { start: 5, end: 8, name: "1:1".to_owned() }];
        let (found, fit) = Measure::infer(&[(TEXT, told)]);
        assert_eq!((found, fit.alike), (Measure::ALL[0], 0));
    }

    #[test]
    fn positions_that_are_nowhere_are_none() {
        let told = vec![Told { start: 9_000, end: u64::MAX, name: String::new() }];
        let measure = Measure { is_inclusive: true, ..Measure::ALL[0] };
        assert_eq!(measure.settle(TEXT, &told).1, [None]);
        let inside = vec![Told { start: 10, end: 11, name: String::new() }];
        assert_eq!(Measure { unit: Unit::Utf16, ..Measure::ALL[0] }.settle(TEXT, &inside).1, [None]);
    }
}
