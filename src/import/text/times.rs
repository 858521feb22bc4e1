//! Which numbers with colons at the beginnings of lines are timecodes, and which timed lines are captions.

use super::lines::{Line, Lines};
use super::style::Style;

/// Which timecodes are such.
#[derive(Debug)]
pub(super) struct Times {
    /// Those without brackets.
    pub(super) bare: bool,
    bracketed: bool,
}

impl Times {
    /// Judged by how many there are, and whether they rise.
    pub(super) fn of(lines: &Lines<'_>, styles: &[Style]) -> Self {
        let (mut bare, mut falling, mut bracketed) = (0, 0, 0);
        let mut last = None;
        for line in &lines.lines {
            match line.time {
                Some(time) if line.bare_time => {
                    bare += 1;
                    falling += usize::from(last.is_some_and(|last| last > time));
                    last = Some(time);
                }
                Some(_) => bracketed += 1,
                None => {}
            }
        }
        let bold = |line: &&Line| line.bare_time && styles.get(line.number as usize - 1).is_some_and(|s| s.strong > 0);
        let often = bare * 4 >= lines.lines.len() || lines.lines.iter().filter(bold).count() >= 3;
        Self { bare: bare >= 3 && falling * 5 <= bare && often, bracketed: bracketed >= 2 }
    }

    /// Whether timed lines are so short, and so often end within a sentence, that they are pieces of speech as
    /// captions have them.
    pub(super) fn are_cues(&self, lines: &Lines<'_>) -> bool {
        let timed = |line: &&Line| line.time.is_some() && self.accepts(line.bare_time);
        let (mut count, mut length, mut within) = (0, 0, 0);
        for line in lines.lines.iter().filter(timed) {
            let text = lines.text.get(line.words as usize..line.end as usize).unwrap_or_default();
            count += 1;
            length += text.len();
            within += usize::from(!text.ends_with(['.', '?', '!', '…', '。', '？', '！']));
        }
        count >= 20 && count * 2 >= lines.lines.len() && length <= count * 120 && within * 5 >= count
    }

    /// Whether a timecode, bare or bracketed, is one.
    pub(super) fn accepts(&self, bare: bool) -> bool {
        if bare { self.bare } else { self.bracketed }
    }
}
