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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        let found: Vec<_> = lines("a\r\nb\rc\n\nd").collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
    }
}
