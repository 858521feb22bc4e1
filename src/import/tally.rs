//! What an importer leaves out, counted by kind, so that the report has one line for each, at the first of them.

use super::Warning;

/// How often something was left out, and on which line first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    count: u32,
    line: u32,
}

impl Tally {
    /// Counts one on that line.
    pub(super) fn add(&mut self, line: u32) {
        self.add_many(1, line);
    }

    /// Counts several that begin on that line.
    pub(super) fn add_many(&mut self, count: u32, line: u32) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += count;
    }

    /// Says so, if there was any.
    pub(super) fn report(self, what: &str, remarks: &mut Vec<Warning>) {
        if self.count > 0 {
            let rest = if self.count == 1 { String::new() } else { format!(" ({} in all)", self.count) };
            remarks.push(Warning { line: self.line, message: format!("{what}{rest}") });
        }
    }
}
