//! The words of a line of CHAT, without the codes of the transcribers.

/// What a line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spoken {
    /// The words.
    pub text: String,
    /// Begin and end in milliseconds.
    pub times: Option<(u32, u32)>,
    /// How many codes were left out.
    pub codes: u32,
}

/// The words of a line, as they were spoken: codes in brackets, pauses and omitted words go, what is heard beside
/// words stands in brackets.
pub(super) fn words(line: &str) -> Spoken {
    let mut spoken = Spoken::default();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        match first {
            '\u{15}' => {
                let (bullet, after) = rest.get(1..).and_then(|rest| rest.split_once('\u{15}')).unwrap_or(("", ""));
                spoken.bullet(bullet);
                rest = after;
            }
            '[' => {
                spoken.codes += 1;
                rest = rest.split_once(']').map_or("", |(_, after)| after);
            }
            '<' | '>' => rest = rest.get(1..).unwrap_or_default(),
            c if c.is_whitespace() => rest = rest.trim_start(),
            _ => {
                let (word, after) = rest.split_at_checked(word_end(rest)).unwrap_or((rest, ""));
                if is_plain(word) {
                    spoken.push(word);
                } else {
                    spoken.word(word);
                }
                rest = after;
            }
        }
    }
    spoken
}

/// Bytes before the next blank or code.
fn word_end(line: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '[' | '<' | '>' | '\u{15}');
    let plain = line.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'\''));
    let from = plain.unwrap_or(line.len());
    line.get(from..).and_then(|rest| rest.find(ends)).map_or(line.len(), |at| from + at)
}

/// Whether a word has no code in or about it, as most have.
fn is_plain(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'\'')
}

impl Spoken {
    /// `125_475`, or `%snd:"file"_125_475`.
    fn bullet(&mut self, bullet: &str) {
        let mut numbers = bullet.rsplit('_').map_while(|part| part.trim().parse::<u32>().ok());
        if let (Some(end), Some(start)) = (numbers.next(), numbers.next()) {
            let from = self.times.map_or(start, |(from, _)| from);
            self.times = Some((from, end));
        }
    }

    fn word(&mut self, word: &str) {
        if let Some(sound) = word.strip_prefix("&=") {
            self.push(&format!("[{}]", sound.replace([':', '_'], " ")));
        } else if let Some((start, end)) = bare_bullet(word) {
            self.times = Some((self.times.map_or(start, |(from, _)| from), end));
        } else if is_pause(word)
            || word.starts_with('0') && word.len() > 1 && !word.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
        {
            self.codes += 1;
        } else if let Some(mark) = terminator(word) {
            self.text.push_str(mark);
        } else if word.starts_with('+') {
            self.codes += 1;
        } else {
            let word = word
                .trim_start_matches(['&', '+', '-', '~'])
                .replace(['(', ')', '‹', '›', '↑', '↓', '⌈', '⌉', '⌊', '⌋'], "");
            // `biela@s:ces` is a word of another language, `no:` a long one, `ice_cream` two.
            let word = word.split('@').next().unwrap_or_default().replace('_', " ").replace(['„', '‡'], ",");
            if word == "," {
                self.text.push(',');
            } else if !word.is_empty() {
                self.push(&word);
            }
        }
    }

    fn push(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }
}

/// `125_475` without its marks, as some programs leave it.
fn bare_bullet(word: &str) -> Option<(u32, u32)> {
    let (start, end) = word.split_once('_')?;
    start.parse().ok().zip(end.parse().ok())
}

/// `(.)`, `(...)`, `(1.5)`
fn is_pause(word: &str) -> bool {
    let inside = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| {
        !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':'))
    })
}

/// What ends an utterance.
fn terminator(word: &str) -> Option<&'static str> {
    Some(match word {
        "." => ".",
        "?" => "?",
        "!" => "!",
        "," => ",",
        ";" => ";",
        ":" => ":",
        "+..." | "+.." => "…",
        "+..?" => "…?",
        "+/." | "+//." | "+//" => " —",
        "+/?" | "+//?" => "—?",
        "+!?" => "!?",
        "+\"/." => ":",
        "+\"." => ".",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_and_spoken_words_stay() {
        for (line, text) in [
            ("hello . \u{15}125_475\u{15}", "hello."),
            ("<i like i like> [/] i like beans .", "i like i like i like beans."),
            ("but &-um here's (.) some (be)cause [: because] +...", "but um here's some because…"),
            ("that's a biela@s:ces one , ice_cream &=laughs:loud ?", "that's a biela one, ice cream [laughs loud]?"),
            ("+\" 0is xxx &+fr friend +/.", "xxx fr friend —"),
            ("10 men [>] 0 .", "10 men 0."),
        ] {
            assert_eq!(words(line).text, text, "{line}");
        }
        assert_eq!(words("so \u{15}1_2\u{15} no . \u{15}3_4\u{15}").times, Some((1, 4)));
        assert_eq!(words("Hello . 125_475").times, Some((125, 475)));
    }
}
