//! Two sequences of stretches of text, one of them the other's translation, set beside each other.

use std::ops::Range;

/// A stretch of text as it is compared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unit {
    /// How much is said, in columns.
    pub length: f32,
    /// Who speaks, the same number on either side, where that is known.
    pub voice: Option<usize>,
    /// When it begins in the recording.
    pub seconds: Option<f32>,
}

impl Unit {
    /// A stretch of which only the length is known.
    pub(super) fn of_length(length: f32) -> Self {
        Self { length, ..Self::default() }
    }
}

/// Stretches that stand beside each other; either side may be empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// On the left.
    pub left: Range<usize>,
    /// On the right.
    pub right: Range<usize>,
    /// The less, the better they fit.
    pub cost: f32,
}

/// How many stretches of either side a step takes, and what it costs beforehand. Three beside one are a question that
/// one side lacks, between two stretches of an answer.
const STEPS: [(usize, usize, f32); 7] =
    [(1, 1, 0.0), (1, 0, 6.0), (0, 1, 6.0), (2, 1, 4.0), (1, 2, 4.0), (3, 1, 6.0), (1, 3, 6.0)];
/// How much longer one language may be than the two wholes say: where one side lacks a long answer, they say it wrongly.
const SCALES: [f32; 5] = [1.0, 0.8, 0.6, 1.25, 1.67];
/// Most cells of the table: what bounds time and memory.
const CELLS: usize = 4_000_000;
/// Spread of a translation's length around the expected one, squared, for each column.
const SPREAD: f32 = 7.0;
/// Most that a difference in length costs.
const MOST_BY_LENGTH: f32 = 12.0;
/// Most that the length of what the other side lacks costs.
const MOST_BY_GAP: f32 = 4.0;
/// What different speakers cost.
const OTHER_VOICE: f32 = 5.0;
/// Seconds that cost as much as one unit of length's cost, and most that they cost.
const SECONDS: f32 = 5.0;
const MOST_BY_TIME: f32 = 8.0;

/// The steps through both sequences that cost least, all of both in order.
pub(super) fn align(left: &[Unit], right: &[Unit]) -> Vec<Step> {
    let whole = length(left).max(1.0) / length(right).max(1.0);
    let ways = SCALES.iter().filter_map(|scale| Table::filled(left, right, whole * scale).way_back());
    let cost = |steps: &Vec<Step>| steps.iter().map(|step| step.cost).sum::<f32>();
    // Of equally good ones the first, which takes the two wholes for translations of each other.
    let best = ways.reduce(|best, way| if cost(&way) < cost(&best) { way } else { best });
    best.unwrap_or_else(|| vec![Step { left: 0..left.len(), right: 0..right.len(), cost: f32::INFINITY }])
}

/// The cheapest way to each pair of places in a band around the diagonal.
struct Table {
    rows: usize,
    columns: usize,
    half: usize,
    costs: Vec<f32>,
    /// The step by which a cell is reached, and [`NO_STEP`].
    steps: Vec<u8>,
}

const NO_STEP: u8 = u8::MAX;

impl Table {
    fn filled(left: &[Unit], right: &[Unit], scale: f32) -> Self {
        let (rows, columns) = (left.len(), right.len());
        let half = (CELLS / (rows + 1) / 2).min(columns).max(2);
        let cells = (rows + 1) * (2 * half + 1);
        let mut table = Self { rows, columns, half, costs: vec![f32::INFINITY; cells], steps: vec![NO_STEP; cells] };
        for row in 0..=rows {
            for column in table.band(row) {
                if (row, column) == (0, 0) {
                    table.set(row, column, 0.0, NO_STEP);
                    continue;
                }
                let (mut best, mut by) = (f32::INFINITY, NO_STEP);
                for (number, (down, across, price)) in (0..).zip(STEPS) {
                    let Some((from, beside)) = row.checked_sub(down).zip(column.checked_sub(across)) else { continue };
                    let before = table.cost(from, beside);
                    if before.is_finite() {
                        let here = left.get(from..row).unwrap_or_default();
                        let there = right.get(beside..column).unwrap_or_default();
                        let cost = before + price + misfit(here, there, scale);
                        if cost < best {
                            (best, by) = (cost, number);
                        }
                    }
                }
                table.set(row, column, best, by);
            }
        }
        table
    }

    /// The first column of the band in a row, which may lie before the table.
    fn first(&self, row: usize) -> isize {
        let middle = row * self.columns / self.rows.max(1);
        middle as isize - self.half as isize
    }

    fn band(&self, row: usize) -> Range<usize> {
        let first = self.first(row);
        let end = first + 2 * self.half as isize + 1;
        // Without rows there is no slope, and the one row holds everything.
        first.max(0) as usize..(end.max(0) as usize).min(self.columns + 1)
    }

    fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let at = usize::try_from(column as isize - self.first(row)).ok()?;
        (at <= 2 * self.half).then_some(row * (2 * self.half + 1) + at)
    }

    fn cost(&self, row: usize, column: usize) -> f32 {
        self.cell(row, column).and_then(|cell| self.costs.get(cell).copied()).unwrap_or(f32::INFINITY)
    }

    fn set(&mut self, row: usize, column: usize, cost: f32, step: u8) {
        let Some(cell) = self.cell(row, column) else { return };
        if let (Some(old), Some(by)) = (self.costs.get_mut(cell), self.steps.get_mut(cell)) {
            (*old, *by) = (cost, step);
        }
    }

    fn way_back(&self) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        let (mut row, mut column) = (self.rows, self.columns);
        while (row, column) != (0, 0) {
            let by = *self.steps.get(self.cell(row, column)?)?;
            let &(down, across, _) = STEPS.get(usize::from(by))?;
            let (from, beside) = (row.checked_sub(down)?, column.checked_sub(across)?);
            let cost = self.cost(row, column) - self.cost(from, beside);
            steps.push(Step { left: from..row, right: beside..column, cost });
            (row, column) = (from, beside);
        }
        steps.reverse();
        Some(steps)
    }
}

/// How badly stretches fit; `scale` is what a column on the right is worth on the left.
fn misfit(left: &[Unit], right: &[Unit], scale: f32) -> f32 {
    let (Some(first), Some(beside)) = (left.first(), right.first()) else {
        let lacking = length(left) + length(right) * scale;
        return by_length(lacking, 0.0).min(MOST_BY_GAP);
    };
    let (here, there) = (length(left), length(right) * scale);
    // Of three, the one in the middle is what the other side lacks.
    let middle = match (left, right) {
        ([_, middle, _], _) => middle.length,
        (_, [_, middle, _]) => middle.length * scale,
        _ => 0.0,
    };
    let (here, there) = if left.len() > right.len() { (here - middle, there) } else { (here, there - middle) };
    let by_gap = by_length(middle, 0.0).min(MOST_BY_GAP);
    let differ = ends(left).iter().any(|one| ends(right).iter().any(|other| one != other));
    let by_voice = if differ { OTHER_VOICE } else { 0.0 };
    let by_time = match (first.seconds, beside.seconds) {
        (Some(here), Some(there)) => ((here - there).abs() / SECONDS).min(MOST_BY_TIME),
        _ => 0.0,
    };
    by_length(here, there).min(MOST_BY_LENGTH) + by_gap + by_voice + by_time
}

fn length(units: &[Unit]) -> f32 {
    units.iter().map(|unit| unit.length).sum()
}

/// What a difference in length costs.
fn by_length(here: f32, there: f32) -> f32 {
    let mean = ((here + there) / 2.0).max(1.0);
    (here - there).powi(2) / (2.0 * SPREAD * mean)
}

/// Who speaks first and who last, where that is known.
fn ends(units: &[Unit]) -> Vec<usize> {
    [units.first(), units.last()].into_iter().flatten().filter_map(|unit| unit.voice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(lengths: &[u16]) -> Vec<Unit> {
        lengths.iter().map(|&length| Unit::of_length(f32::from(length))).collect()
    }

    #[test]
    fn a_stretch_that_the_other_side_lacks_is_passed_over() {
        let left = [40, 600, 35, 900, 50, 400, 30];
        let right = [44, 580, 37, 50, 420, 28];
        let steps = align(&units(&left), &units(&right));
        let beside: Vec<_> = steps.iter().map(|step| (step.left.len(), step.right.len())).collect();
        assert_eq!(beside.iter().filter(|step| **step == (1, 1)).count(), 6, "{steps:?}");
        assert!(steps.iter().any(|step| step.left == (3..4) && step.right.is_empty()), "{steps:?}");
    }

    #[test]
    fn two_stretches_stand_beside_the_one_that_they_make() {
        let steps = align(&units(&[300, 200, 250, 40, 700]), &units(&[300, 450, 40, 700]));
        assert!(steps.iter().any(|step| step.left == (1..3) && step.right == (1..2)), "{steps:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn all_of_both_sides_comes_once_and_in_order(
            left in prop::collection::vec(0_u16..900, 0..40),
            right in prop::collection::vec(0_u16..900, 0..40),
        ) {
            let (mut row, mut column) = (0, 0);
            for step in align(&units(&left), &units(&right)) {
                prop_assert_eq!((step.left.start, step.right.start), (row, column));
                (row, column) = (step.left.end, step.right.end);
            }
            prop_assert_eq!((row, column), (left.len(), right.len()));
        }
    }
}
