//! Files in which git has left the two sides of a conflict for a person to settle.

/// The sides of a file with conflict markers, each a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) ours: Side,
    pub(super) theirs: Side,
    /// What both began from, where git was asked to write it (`diff3`).
    pub(super) base: Option<Side>,
}

/// One side, and for each of its lines the line of the file, 1-based.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) text: String,
    pub(super) lines: Vec<usize>,
}

impl Side {
    fn push(&mut self, line: &str, number: usize) {
        self.text.push_str(line);
        self.lines.push(number);
    }
}

/// The sides of `text`; `None` where it has no markers, or they do not go together.
pub(super) fn sides(text: &str) -> Option<Sides> {
    enum Within {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let mut within = Within::Both;
    let (mut ours, mut theirs, mut base) = (Side::default(), Side::default(), Side::default());
    let (mut found, mut has_base) = (false, false);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let number = index + 1;
        let marker = |marker: &str| {
            let rest = line.trim_end_matches(['\r', '\n']).strip_prefix(marker);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        within = match within {
            Within::Both if marker("<<<<<<<") => Within::Ours,
            Within::Ours if marker("|||||||") => {
                has_base = true;
                Within::Base
            }
            Within::Ours | Within::Base if marker("=======") => Within::Theirs,
            Within::Theirs if marker(">>>>>>>") => {
                found = true;
                Within::Both
            }
            _ if marker("<<<<<<<") || marker(">>>>>>>") => return None,
            Within::Both => {
                [&mut ours, &mut theirs, &mut base].into_iter().for_each(|side| side.push(line, number));
                Within::Both
            }
            Within::Ours => {
                ours.push(line, number);
                Within::Ours
            }
            Within::Base => {
                base.push(line, number);
                Within::Base
            }
            Within::Theirs => {
                theirs.push(line, number);
                Within::Theirs
            }
        };
    }
    (found && matches!(within, Within::Both)).then_some(Sides { ours, theirs, base: has_base.then_some(base) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_and_the_base_are_whole_files() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| 12ab\nc\n=======\nd\ne\n>>>>>>> other\nf\n";
        let sides = sides(text).unwrap();
        assert_eq!(sides.ours.text, "a\nb\nf\n");
        assert_eq!(sides.theirs.text, "a\nd\ne\nf\n");
        assert_eq!(sides.theirs.lines, [1, 7, 8, 10]);
        assert_eq!(sides.base.unwrap().text, "a\nc\nf\n");
    }

    #[test]
    fn what_only_looks_like_a_marker_is_text() {
        assert_eq!(sides("a\n  <<<<<<< b\n=======\n"), None);
        assert_eq!(sides("<<<<<<< a\nb\n"), None);
        assert_eq!(sides(">>>>>>> a\n<<<<<<< b\n=======\n>>>>>>> c\n"), None);
    }
}
