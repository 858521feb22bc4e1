//! The keys in the beginning of a JSON text, which tell whose it is.

use std::collections::BTreeSet;

/// Keys are kept down to this depth.
const DEEPEST: usize = 6;

/// The keys of a JSON text that may break off anywhere.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    keys: BTreeSet<(usize, &'a str)>,
    /// Whether the outermost value is a list.
    pub is_list: bool,
}

impl<'a> Head<'a> {
    /// The keys of `text`; `None` where it does not begin as JSON that holds objects.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        let inside = text.strip_prefix(['{', '['])?.trim_start();
        let is_list = text.starts_with('[');
        if !inside.starts_with(if is_list { ['{', '['] } else { ['"', '}'] }) {
            return None;
        }
        let mut head = Head { keys: BTreeSet::new(), is_list };
        head.scan(text);
        Some(head)
    }

    /// Whether there is such a key inside that many brackets; 1 is the outermost object.
    pub(super) fn has(&self, depth: usize, key: &str) -> bool {
        self.keys.contains(&(depth, key))
    }

    /// Whether there are such keys there.
    pub(super) fn has_all(&self, depth: usize, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.has(depth, key))
    }

    /// Whether there is any such key anywhere.
    pub(super) fn has_any(&self, keys: &[&str]) -> bool {
        self.keys.iter().any(|(_, key)| keys.contains(key))
    }

    fn scan(&mut self, text: &'a str) {
        let bytes = text.as_bytes();
        let (mut depth, mut at) = (0usize, 0usize);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'"' => {
                    let start = at + 1;
                    let Some(end) = string_end(bytes, start) else { return };
                    let is_key = bytes.get(end + 1..).unwrap_or_default().trim_ascii_start().starts_with(b":");
                    if is_key && depth <= DEEPEST {
                        self.keys.insert((depth, text.get(start..end).unwrap_or_default()));
                    }
                    at = end;
                }
                _ => {}
            }
            at += 1;
        }
    }
}

/// Where the string that begins at `start` ends.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_depth_even_in_a_beginning() {
        let head = Head::of(" {\"a\": {\"b \\\" c\": [{\"d\": \"e\"}, \"cut o").unwrap();
        assert!(head.has(1, "a") && head.has(2, "b \\\" c") && head.has(4, "d") && !head.has_any(&["e"]));
        assert!(Head::of("[Mira] [00:05] So").is_none() && Head::of("{so} it goes").is_none());
    }
}
