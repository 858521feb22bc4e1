//! What the plan of a text leaves out, counted by kind, so that the report has one line for each.

use crate::import::Warning;
use crate::import::draft::Draft;

/// What was left out, how often, and where first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    count: u32,
    line: u32,
}

impl Tally {
    /// Counts one on that line.
    pub(super) fn add(&mut self, line: u32) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }

    fn report(self, what: &str, draft: &mut Draft) {
        if self.count > 0 {
            let rest = if self.count == 1 { String::new() } else { format!(" ({} in all)", self.count) };
            draft.left_out.push(Warning { line: self.line, message: format!("{what}{rest}") });
        }
    }
}

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
        labels.report("a speaker's label: it stands over the turn", draft);
        times.report("a timecode: it stands beside the text", draft);
        headings.report("a heading: it is a topic", draft);
        chapters.report("a line of the list of chapters", draft);
        changes.report("a mark that the speaker changes", draft);
        marks.report("a mark with a time and no words", draft);
    }
}
