//! Numbers that a text has before its lines, as the transcripts of courts and studies do.

/// Fewer numbered lines than this may be a list.
const FEWEST: u32 = 6;

/// `text` without the numbers of its lines, the 1-based line of the first of them, and how many there were; `None`
/// where the lines are not numbered. Nearly every line must begin with a number, each one more than the one before, or
/// 1 on a new page.
pub(super) fn without(text: &str) -> Option<(String, u32, u32)> {
    let (mut lines, mut numbered, mut follow, mut first) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut last = None;
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        lines += 1;
        if let Some((found, _)) = numbered_line(line) {
            numbered += 1;
            follow += u32::from(found == 1 || last.is_some_and(|last: u32| found == last.saturating_add(1)));
            last = Some(found);
            first = if first == 0 { number } else { first };
        }
        // A text of any length is known by its beginning.
        if lines >= 40 && numbered * 2 < lines {
            return None;
        }
    }
    if numbered < FEWEST || numbered * 10 < lines * 8 || follow * 10 < numbered * 9 {
        return None;
    }
    let mut bare = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        bare.push_str(numbered_line(line).map_or(line, |(_, rest)| rest));
    }
    Some((bare, first, numbered))
}

/// The number that a line begins with, and what follows it: blanks and all behind a bare number, so that what is
/// indented stays so.
fn numbered_line(line: &str) -> Option<(u32, &str)> {
    let begun = line.trim_start();
    let end = begun.find(|c: char| !c.is_ascii_digit()).unwrap_or(begun.len());
    let (number, rest) = begun.split_at_checked(end).filter(|(number, _)| (1..=6).contains(&number.len()))?;
    let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
    let parted = rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']);
    Some((number.parse().ok()?, rest)).filter(|_| parted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_lines_are_taken_away() {
        let text = "1  MIRA: Who built it, and\n2        who paid?\n3  JONAS: Two brothers.\n\n1  MIRA: From here?\n\
                    2  JONAS: From across.\n3  MIRA: Why?\n";
        let (bare, first, count) = without(text).unwrap_or_default();
        assert_eq!((first, count), (1, 6));
        assert!(bare.starts_with("  MIRA: Who built it, and\n        who paid?\n  JONAS: Two"), "{bare}");
        assert_eq!(bare.lines().count(), text.lines().count());
    }

    #[test]
    fn lists_and_times_stay() {
        assert!(without("1. First.\n2. Second.\n3. Third.\n").is_none());
        assert!(without(&"12:30 Mira: When?\n12:31 Jonas: Then.\n".repeat(8)).is_none());
        assert!(without(&"1978 was cold.\n1954 was colder.\n".repeat(8)).is_none());
    }
}
