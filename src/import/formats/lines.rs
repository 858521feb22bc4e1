//! Lines of a source with their numbers, whatever ends them.

/// The lines of `text`, numbered from 1; `\n`, `\r\n` and a lone `\r` end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let current = rest?;
        match memchr::memchr2(b'\n', b'\r', current.as_bytes()) {
            Some(at) => {
                let (line, after) = current.split_at(at);
                rest = Some(after.strip_prefix("\r\n").unwrap_or(after.get(1..).unwrap_or_default()));
                Some(line)
            }
            None => {
                rest = None;
                Some(current)
            }
        }
    })
    .enumerate()
    .map(|(index, line)| (index as u32 + 1, line))
}

/// Line and column, both from 1, of a byte of `text`; the column counts characters.
pub(super) fn place(text: &str, byte: usize) -> (u32, u32) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (before, _) = text.split_at(end);
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        let found: Vec<_> = lines("a\r\nb\rc\n\nd").collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
    }

    #[test]
    fn places_count_characters() {
        assert_eq!(place("ab\nçé!", 7), (2, 3));
        assert_eq!(place("ab", 99), (1, 3));
    }
}
