//! What a query found, and the way from hit to hit.

use std::ops::Range;

use crate::model::{Interview, Span};

/// The hits of a query in the order of the text, as bytes of [`Interview::text`]; none overlaps another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    ranges: Vec<(u32, u32)>,
}

impl Hits {
    /// Hits by their first byte and the first one after, in order.
    pub(super) fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.shrink_to_fit();
        Self { ranges }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The bytes of one hit, counted from 0.
    pub fn get(&self, index: usize) -> Option<Range<usize>> {
        self.ranges.get(index).map(bytes)
    }

    /// The bytes of all hits.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + ExactSizeIterator {
        self.ranges.iter().map(bytes)
    }

    /// The number of the first hit that begins at or after `byte`.
    pub fn at_or_after(&self, byte: usize) -> Option<usize> {
        let index = self.ranges.partition_point(|hit| (hit.0 as usize) < byte);
        (index < self.ranges.len()).then_some(index)
    }

    /// The number of the last hit that begins before `byte`.
    pub fn before(&self, byte: usize) -> Option<usize> {
        self.ranges.partition_point(|hit| (hit.0 as usize) < byte).checked_sub(1)
    }

    /// Leaves out the hits that `keep` does not want.
    pub fn retain(&mut self, mut keep: impl FnMut(Range<usize>) -> bool) {
        self.ranges.retain(|hit| keep(bytes(hit)));
    }

    /// The bytes of the hits that share a byte with `stretch`.
    pub fn within(&self, stretch: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.ranges.partition_point(|hit| hit.1 as usize <= stretch.start);
        let found = self.ranges.get(first..).unwrap_or_default().iter();
        found.map(bytes).take_while(move |hit| hit.start < stretch.end)
    }

    /// The places of all hits in the interview that was searched.
    pub fn spans(&self, interview: &Interview) -> impl Iterator<Item = Span> {
        self.iter()
            .map(|hit| Span { start: interview.position_of_byte(hit.start), end: interview.position_of_byte(hit.end) })
    }
}

fn bytes(hit: &(u32, u32)) -> Range<usize> {
    hit.0 as usize..hit.1 as usize
}
