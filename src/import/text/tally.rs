//! What the plan of a text leaves out, counted by kind, so that the report has one line for each.

use crate::import::draft::Draft;
use crate::import::tally::Tally;

/// What was left out, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tallies {
    pub(super) labels: Tally,
    pub(super) times: Tally,
    pub(super) headings: Tally,
    pub(super) chapters: Tally,
    pub(super) marks: Tally,
    pub(super) changes: Tally,
}

impl Tallies {
    /// Says in the draft what was left out.
    pub(super) fn report(self, draft: &mut Draft) {
        let Tallies { labels, times, headings, chapters, marks, changes } = self;
        let left_out = &mut draft.left_out;
        labels.report("a speaker's label: it stands over the turn", left_out);
        times.report("a timecode: it stands beside the text", left_out);
        headings.report("a heading: it is a topic", left_out);
        chapters.report("a line of the list of chapters", left_out);
        changes.report("a mark that the speaker changes", left_out);
        marks.report("a mark with a time and no words", left_out);
    }
}
