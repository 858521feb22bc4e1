//! YAML scalars that every reader takes for the same text.
//!
//! YAML 1.1 and 1.2 readers disagree about bare words: `no`, `on`, `12:30`, `2026-08-22`, `1_000`, `=` are false, true,
//! 750, a date, a thousand and an error to some. So a scalar stands bare only where no reader can take it for anything
//! but text; it is a block literal where it has several lines and a literal holds them exactly; everything else is
//! double-quoted, where any Unicode string can be written.

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// After `key: ` or `- `, alone on its line.
    Block,
    /// Between commas in `{}` or `[]`.
    Flow,
}

/// A value as it is written after `key:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// On the key's line.
    Line(String),
    /// A literal: its header, and the lines to be indented below.
    Literal { header: &'static str, lines: Vec<String> },
}

impl Value {
    /// The text after `key:`, lines after the first indented by `indent` spaces and ended by `newline`; the last line
    /// is not ended.
    pub(super) fn render(&self, indent: usize, newline: &str) -> String {
        match self {
            Value::Line(line) => format!(" {line}"),
            Value::Literal { header, lines } => {
                let mut out = format!(" {header}");
                for line in lines {
                    out.push_str(newline);
                    if !line.is_empty() {
                        out.extend(std::iter::repeat_n(' ', indent));
                        out.push_str(line);
                    }
                }
                out
            }
        }
    }
}

/// A text as a value: bare, literal or quoted.
pub(super) fn text(text: &str) -> Value {
    if !text.contains('\n') || !fits_a_literal(text) {
        return Value::Line(scalar(text, Within::Block));
    }
    let (header, body) = match text.strip_suffix('\n') {
        Some(body) => ("|", body),
        None => ("|-", text),
    };
    Value::Literal { header, lines: body.split('\n').map(str::to_owned).collect() }
}

/// A text on one line: bare or quoted.
pub(super) fn scalar(text: &str, within: Within) -> String {
    if may_stand_bare(text, within) { text.to_owned() } else { quoted(text) }
}

/// Scalars in `[]`.
pub(super) fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| scalar(item, Within::Flow)).collect();
    format!("[{}]", items.join(", "))
}

/// Any value on one line.
pub(super) fn flow(value: &serde_yaml::Value) -> String {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Null => "null".to_owned(),
        Yaml::Bool(flag) => flag.to_string(),
        Yaml::Number(number) => number.to_string(),
        Yaml::String(text) => scalar(text, Within::Flow),
        Yaml::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Yaml::Mapping(entries) => {
            let entry = |(key, value)| format!("{}: {}", flow(key), flow(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Yaml::Tagged(tagged) => format!("{} {}", tagged.tag, flow(&tagged.value)),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            c if is_plain_character(c) => out.push(c),
            c if c <= '\u{ff}' => out.push_str(&format!("\\x{:02X}", c as u32)),
            c if c <= '\u{ffff}' => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push_str(&format!("\\U{:08X}", c as u32)),
        }
    }
    out.push('"');
    out
}

/// Whether a literal holds `text` exactly, also after an editor has stripped blanks from the ends of lines.
fn fits_a_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let first_and_last_are_words = !body.starts_with([' ', '\t', '\n']) && !body.ends_with('\n') && !body.is_empty();
    first_and_last_are_words
        && body.split('\n').all(|line| !line.ends_with([' ', '\t']) && !line.starts_with('\t'))
        && body.chars().all(|c| c == '\n' || c == '\t' || is_plain_character(c))
}

/// Whether a scalar can be written without quotation marks: every reader takes it for this text.
pub(super) fn may_stand_bare(text: &str, within: Within) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    let starts_well = first.is_alphabetic() || is_code(text) || (!first.is_ascii() && !first.is_whitespace());
    let special = |c: char| match within {
        Within::Block => matches!(c, '#'),
        Within::Flow => matches!(c, '#' | ',' | '[' | ']' | '{' | '}' | ':' | '?' | '"' | '\''),
    };
    starts_well
        && !last.is_whitespace()
        && last != ':'
        && !text.contains(": ")
        && !is_reserved(text)
        && text.chars().all(|c| is_plain_character(c) && !special(c))
}

/// A word of digits and letters that no reader takes for a number, such as most ULIDs: some letter of it stands in no
/// number of any base.
fn is_code(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric())
        && text
            .bytes()
            .any(|b| matches!(b.to_ascii_lowercase(), b'g'..=b'z') && !matches!(b, b'o' | b'O' | b'x' | b'X'))
}

fn is_reserved(text: &str) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];
    text.len() <= 5 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a character can be written as itself: YAML calls it printable, no reader takes it for a line break, and it
/// does not change the direction of the text around it.
pub(super) fn is_plain_character(c: char) -> bool {
    match c {
        ' '..='~' | '\u{a1}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}'
        ),
        '\u{a0}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_back(text: &str) -> [String; 3] {
        let block = format!("a: {}\nb:{}\n", scalar(text, Within::Block), super::text(text).render(2, "\n"));
        let flow = format!("c: {{d: {}, e: x}}\n", scalar(text, Within::Flow));
        let read =
            |yaml: &str| serde_yaml::from_str::<serde_yaml::Value>(yaml).unwrap_or_else(|e| panic!("{e}\n{yaml}"));
        let string = |value: &serde_yaml::Value| value.as_str().unwrap_or_else(|| panic!("{value:?}")).to_owned();
        let (block, flow) = (read(&block), read(&flow));
        [string(&block["a"]), string(&block["b"]), string(&flow["c"]["d"])]
    }

    const HARD: &[&str] = &[
        "",
        " ",
        "no",
        "No",
        "on",
        "y",
        "~",
        "null",
        "true",
        "12:30",
        "12:30:45",
        "2026-08-22",
        "1e3",
        "1_000",
        "=",
        "0x1F",
        "0o17",
        ".5",
        "-",
        "- a",
        "? a",
        ": a",
        "a: b",
        "a:",
        "a #b",
        "#b",
        "---",
        "...",
        "%YAML",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "{a",
        "[a",
        "a]",
        "a,b",
        " a",
        "a ",
        "\ta",
        "a\tb",
        "a\r\nb",
        "\r",
        "a\u{85}b",
        "a\u{2028}b",
        "\0",
        "\u{feff}a",
        "a\n",
        "a\n\n",
        "\na",
        "a\n b",
        " a\nb",
        "a \nb",
        "a\n\tb",
        "a\n\nb\n",
        "<<",
        "@a",
        "`a",
        "\u{202e}a",
        "\u{fffe}",
        "\u{1f469}\u{200d}\u{1f467}",
        "01234567E8901234567890123",
        "\u{a0}a",
        "naïve — “so”",
        "# a\n# b",
        "--- a\n--- b",
        "a\n<<<<<<< b",
        "x\u{7f}",
        "_",
        "Infinity",
        "nan",
        ".nan",
        "1,000",
    ];

    #[test]
    fn hard_strings_come_back_exactly() {
        for text in HARD {
            for read in read_back(text) {
                assert_eq!(read, *text);
            }
        }
    }

    #[test]
    fn words_stand_bare_and_what_looks_like_something_else_does_not() {
        let block = |text| scalar(text, Within::Block);
        for bare in
            ["follow-up", "Ask the harbour authority for the 1978 log.", "money/capex", "01JD9Z8Q4T9M6V3K2X7W5R1B0C"]
        {
            assert_eq!(block(bare), bare);
        }
        for text in ["no", "12:30", "2026-08-22", "1e3", "~", "1_000", "=", "01234567E89012345678901234", "off", "# a"]
        {
            assert!(block(text).starts_with('"'), "{text}");
        }
        assert_eq!(scalar("a, b", Within::Flow), "\"a, b\"");
    }

    #[test]
    fn several_lines_are_a_literal_where_that_is_exact() {
        assert_eq!(text("a\n\nb").render(4, "\n"), " |-\n    a\n\n    b");
        assert_eq!(text("a\nb\n").render(2, "\r\n"), " |\r\n  a\r\n  b");
        assert!(matches!(text("a\rb\nc"), Value::Line(_)));
        assert!(matches!(text("a \nc"), Value::Line(_)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn any_string_comes_back_exactly(text in prop_oneof![
            "\\PC{0,20}", "[ \\-:#a\\n\"'\\\\]{0,12}", proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
        ]) {
            for read in read_back(&text) {
                prop_assert_eq!(&read, &text);
            }
        }
    }
}
