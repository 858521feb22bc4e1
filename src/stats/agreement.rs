//! How far annotators agree about tags.
//!
//! The text is cut into units (turns, paragraphs or characters), and an annotator says of each unit whether a tag
//! stands on it. Agreement beyond chance is Krippendorff's alpha for nominal data (K. Krippendorff, *Computing
//! Krippendorff's Alpha-Reliability*, 2011) over all annotators, and Cohen's kappa (J. Cohen, *A Coefficient of
//! Agreement for Nominal Scales*, 1960) for each two of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::coverage::{Ruler, paragraphs, union};
use super::placed;
use crate::export::Document;
use crate::model::{ParagraphIndex, Tag, TurnIndex};

/// What the text is cut into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Turns; what stands before and after the talk is left out.
    Turn,
    /// Paragraphs.
    #[default]
    Paragraph,
    /// Characters (Unicode scalar values).
    Character,
}

/// How far annotators agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// What the text was cut into.
    pub unit: Unit,
    /// The annotators, by name; `None` is the notebook's own layer.
    pub annotators: Vec<Option<String>>,
    /// How many units two annotators or more have looked at.
    pub units: usize,
    /// Each tag that one of them has used there, by name.
    pub tags: Vec<TagAgreement>,
}

/// How far annotators agree about one tag.
#[derive(Clone, Debug, PartialEq)]
pub struct TagAgreement {
    /// The tag; those below it are tags of their own.
    pub tag: Tag,
    /// Krippendorff's alpha; `None` where nothing varies, so that there is nothing to agree about.
    pub alpha: Option<f64>,
    /// Cohen's kappa for each two annotators who share a unit.
    pub kappas: Vec<Kappa>,
    /// Where they do not agree, in the order of the text.
    pub disagreements: Vec<Disagreement>,
}

/// How far two annotators agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Kappa {
    /// The two.
    pub annotators: (Option<String>, Option<String>),
    /// Cohen's kappa; `None` where nothing varies.
    pub kappa: Option<f64>,
    /// How many units both have looked at.
    pub units: usize,
}

/// A stretch of units on which some see a tag and others do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The interview's path from the notebook's root.
    pub interview: String,
    /// The turn, counted from 0; `None` in front and back matter.
    pub turn: Option<u32>,
    /// The paragraph, counted over the whole interview from 0.
    pub paragraph: u32,
    /// How many units.
    pub units: usize,
    /// Its words, whole.
    pub words: String,
    /// Who sees the tag there.
    pub with: Vec<Option<String>>,
    /// Who does not.
    pub without: Vec<Option<String>>,
}

/// Krippendorff's alpha for nominal data.
///
/// Each item is a unit's values, one from each observer who gave one, and how many such units there are. Units with
/// fewer than two values do not count. `None` where no value differs from another.
///
/// ```
/// use interleaf::stats::alpha;
///
/// let agree: [(&[usize], usize); 2] = [(&[0, 0], 5), (&[1, 1], 2)];
/// assert_eq!(alpha(agree), Some(1.0));
/// ```
#[expect(clippy::cast_precision_loss, reason = "no text has so many units that a share of them would suffer")]
pub fn alpha<'a>(units: impl IntoIterator<Item = (&'a [usize], usize)>) -> Option<f64> {
    let mut totals: BTreeMap<usize, f64> = BTreeMap::new();
    let mut disagreeing = 0.0;
    for (values, weight) in units {
        if values.len() < 2 {
            continue;
        }
        let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
        for value in values {
            *counts.entry(*value).or_default() += 1.0;
        }
        let (observers, weight) = (values.len() as f64, weight as f64);
        for (value, count) in counts {
            *totals.entry(value).or_default() += count * weight;
            disagreeing += weight * count * (observers - count) / (observers - 1.0);
        }
    }
    let pairable: f64 = totals.values().sum();
    let by_chance: f64 = totals.values().map(|total| total * (pairable - total)).sum();
    (by_chance > 0.0).then(|| 1.0 - (pairable - 1.0) * disagreeing / by_chance)
}

/// Cohen's kappa of two observers who both gave a value to every unit.
///
/// Each item is the two values of a unit and how many such units there are. `None` where both gave one and the same
/// value throughout.
///
/// ```
/// use interleaf::stats::kappa;
///
/// assert_eq!(kappa([(1, 1, 4), (0, 0, 4)]), Some(1.0));
/// ```
#[expect(clippy::cast_precision_loss, reason = "no text has so many units that a share of them would suffer")]
pub fn kappa(units: impl IntoIterator<Item = (usize, usize, usize)>) -> Option<f64> {
    let mut margins: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    let (mut all, mut agreed) = (0.0, 0.0);
    for (first, second, weight) in units {
        let weight = weight as f64;
        all += weight;
        if first == second {
            agreed += weight;
        }
        margins.entry(first).or_default().0 += weight;
        margins.entry(second).or_default().1 += weight;
    }
    let by_chance: f64 = margins.values().map(|(first, second)| first * second).sum::<f64>() / (all * all);
    (all > 0.0 && by_chance < 1.0).then(|| (agreed / all - by_chance) / (1.0 - by_chance))
}

/// How far annotators agree about the tags on interviews. `None` where no interview has notes of two annotators.
///
/// An annotator has looked at an interview where one of its notes is theirs. An interview that fewer than two have
/// looked at does not count. Orphans count nowhere.
pub fn agreement(documents: &[Document], unit: Unit) -> Option<Agreement> {
    let shared: Vec<Coded> =
        documents.iter().map(|document| Coded::of(document, unit)).filter(Coded::is_shared).collect();
    let annotators: BTreeSet<Option<String>> = shared.iter().flat_map(|coded| coded.by.keys().cloned()).collect();
    if shared.is_empty() {
        return None;
    }
    let tags: BTreeSet<&Tag> = shared.iter().flat_map(|coded| coded.by.values().flat_map(BTreeMap::keys)).collect();
    let annotators: Vec<Option<String>> = annotators.into_iter().collect();
    Some(Agreement {
        unit,
        units: shared.iter().map(|coded| coded.units).sum(),
        tags: tags.into_iter().map(|tag| about(tag, &shared, &annotators)).collect(),
        annotators,
    })
}

fn about(tag: &Tag, shared: &[Coded], annotators: &[Option<String>]) -> TagAgreement {
    let cells: Vec<(&Coded, Vec<Cell>)> = shared.iter().map(|coded| (coded, coded.cells(tag, annotators))).collect();
    let said = cells.iter().flat_map(|(_, cells)| cells);
    let values: Vec<(Vec<usize>, usize)> = said
        .map(|cell| (cell.said.iter().flatten().map(|has| usize::from(*has)).collect(), cell.units.len()))
        .collect();
    let mut kappas = Vec::new();
    for (a, first) in annotators.iter().enumerate() {
        for (b, second) in annotators.iter().enumerate().skip(a + 1) {
            let both = |cell: &Cell| {
                let value = |at: usize| cell.said.get(at).copied().flatten().map(usize::from);
                Some((value(a)?, value(b)?, cell.units.len()))
            };
            let pairs: Vec<_> = cells.iter().flat_map(|(_, cells)| cells).filter_map(both).collect();
            let units = pairs.iter().map(|(_, _, weight)| weight).sum();
            if units > 0 {
                kappas.push(Kappa { annotators: (first.clone(), second.clone()), kappa: kappa(pairs), units });
            }
        }
    }
    let disagreements = cells
        .iter()
        .flat_map(|(coded, cells)| cells.iter().filter_map(|cell| coded.disagreement(cell, annotators)))
        .collect();
    TagAgreement {
        tag: tag.clone(),
        alpha: alpha(values.iter().map(|(values, weight)| (values.as_slice(), *weight))),
        kappas,
        disagreements,
    }
}

/// The units of an interview on which each annotator sees each tag.
struct Coded<'a> {
    document: &'a Document,
    unit: Unit,
    ruler: Ruler,
    units: usize,
    by: BTreeMap<Option<String>, BTreeMap<Tag, Vec<Range<usize>>>>,
}

/// Units in a row of which each annotator says the same.
struct Cell {
    units: Range<usize>,
    /// In the order of the annotators; `None` for one who has not looked at the interview.
    said: Vec<Option<bool>>,
}

impl<'a> Coded<'a> {
    fn of(document: &'a Document, unit: Unit) -> Self {
        let ruler = Ruler::of(&document.interview);
        let units = match unit {
            Unit::Turn => document.interview.turns().len(),
            Unit::Paragraph => document.interview.paragraph_count() as usize,
            Unit::Character => ruler.total(),
        };
        let mut coded = Self { document, unit, ruler, units, by: BTreeMap::new() };
        for note in placed(document) {
            let touched = paragraphs(document, note);
            let range = match unit {
                Unit::Character => coded.ruler.range(document, note).unwrap_or_default(),
                Unit::Paragraph => touched.start as usize..touched.end as usize,
                Unit::Turn => {
                    let turns = touched.filter_map(|at| document.interview.turn_of(ParagraphIndex(at)));
                    let turns: Vec<usize> = turns.map(|turn| turn.0 as usize).collect();
                    turns.first().copied().unwrap_or_default()..turns.last().map_or(0, |last| last + 1)
                }
            };
            let tags = coded.by.entry(note.annotator.clone()).or_default();
            for tag in &note.annotation.tags {
                tags.entry(tag.clone()).or_default().push(range.clone());
            }
        }
        for tags in coded.by.values_mut() {
            tags.values_mut().for_each(|ranges| *ranges = union(std::mem::take(ranges)));
        }
        coded
    }

    fn is_shared(&self) -> bool {
        self.by.len() > 1 && self.units > 0
    }

    /// The interview in stretches; for turns and paragraphs, one by one.
    fn cells(&self, tag: &Tag, annotators: &[Option<String>]) -> Vec<Cell> {
        let none = Vec::new();
        let ranges: Vec<Option<&Vec<Range<usize>>>> = annotators
            .iter()
            .map(|annotator| self.by.get(annotator).map(|tags| tags.get(tag).unwrap_or(&none)))
            .collect();
        let mut cuts: BTreeSet<usize> = match self.unit {
            Unit::Character => BTreeSet::from([0, self.units]),
            Unit::Turn | Unit::Paragraph => (0..=self.units).collect(),
        };
        cuts.extend(ranges.iter().copied().flatten().flatten().flat_map(|range| [range.start, range.end]));
        let bears = |ranges: &Vec<Range<usize>>, at: usize| {
            let next = ranges.partition_point(|range| range.end <= at);
            ranges.get(next).is_some_and(|range| range.contains(&at))
        };
        let ends = cuts.iter().copied().skip(1);
        cuts.iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| Cell {
                units: start..end,
                said: ranges.iter().map(|ranges| ranges.map(|ranges| bears(ranges, start))).collect(),
            })
            .collect()
    }

    fn disagreement(&self, cell: &Cell, annotators: &[Option<String>]) -> Option<Disagreement> {
        let who = |wanted: bool| -> Vec<Option<String>> {
            let said = annotators.iter().zip(&cell.said);
            said.filter(|(_, said)| **said == Some(wanted)).map(|(annotator, _)| annotator.clone()).collect()
        };
        let (with, without) = (who(true), who(false));
        if with.is_empty() || without.is_empty() {
            return None;
        }
        let interview = &self.document.interview;
        let first = cell.units.start;
        let index = u32::try_from(first).ok()?;
        let (paragraph, words) = match self.unit {
            Unit::Turn => {
                let paragraphs = interview.turn_paragraphs(TurnIndex(index));
                let words: Vec<&str> = paragraphs.clone().map(|at| interview.paragraph(ParagraphIndex(at))).collect();
                (ParagraphIndex(paragraphs.start), words.join("\n\n"))
            }
            Unit::Paragraph => (ParagraphIndex(index), interview.paragraph(ParagraphIndex(index)).to_owned()),
            Unit::Character => {
                let paragraph = self.ruler.paragraph_at(first);
                let before = self.ruler.before(paragraph.0);
                let following =
                    (paragraph.0..interview.paragraph_count()).map(|at| interview.paragraph(ParagraphIndex(at)));
                let words = following.flat_map(str::chars).skip(first - before).take(cell.units.len()).collect();
                (paragraph, words)
            }
        };
        Some(Disagreement {
            interview: self.document.path.clone(),
            turn: interview.turn_of(paragraph).map(|turn| turn.0),
            paragraph: paragraph.0,
            units: cell.units.len(),
            words,
            with,
            without,
        })
    }
}
