//! Runs of blanks as one, for sources in which line ends and indents say nothing.

/// Appends words to a text, each run of blanks in them as one, and none where the text is empty or ends with one.
///
/// What needs no change is copied in one piece.
pub(super) fn append(text: &mut String, words: &str) {
    let bytes = words.as_bytes();
    let mut blank = text.is_empty() || text.ends_with(' ');
    let (mut copied, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            b' ' if !blank => {
                (blank, at) = (true, at + 1);
                continue;
            }
            b' ' | b'\t'..=b'\r' => 1,
            // The bytes that blanks beyond ASCII begin with.
            0xC2 | 0xE1..=0xE3 => wide_blank(words, at),
            _ => 0,
        };
        if length == 0 {
            (blank, at) = (false, at + 1);
            continue;
        }
        text.push_str(words.get(copied..at).unwrap_or_default());
        if !blank {
            text.push(' ');
        }
        (blank, at, copied) = (true, at + length, at + length);
    }
    text.push_str(words.get(copied..).unwrap_or_default());
}

/// Bytes of the blank beyond ASCII at that place, 0 where there is none.
fn wide_blank(words: &str, at: usize) -> usize {
    let first = words.get(at..).and_then(|rest| rest.chars().next());
    first.filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::append;

    #[test]
    fn runs_of_blanks_are_one() {
        for (parts, joined) in [
            (&["  so it\n\t goes "][..], "so it goes "),
            (&["so ", " it", " ", "goes"], "so it goes"),
            (&["so\u{A0}\u{2003}it\u{3000}", "\u{85}goes", "é\u{202F}"], "so it goesé "),
            (&["灯、塔\u{3000}\u{3000}灯", ""], "灯、塔 灯"),
            (&[" ", "\n"], ""),
        ] {
            let mut text = String::new();
            parts.iter().for_each(|part| append(&mut text, part));
            assert_eq!(text, joined);
        }
    }
}
