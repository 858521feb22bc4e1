//! Text as HTML.

/// Text as HTML, in elements and in quoted attributes alike; what no page may hold becomes a replacement character.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A page cannot hold controls; directions are set by the text's own letters only.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A link where the address is one of the web, and the bare address where it is anything else.
pub(super) fn link(url: &str) -> String {
    let shown = escape(url);
    if url.starts_with("https://") || url.starts_with("http://") {
        format!("<a href=\"{shown}\" rel=\"noreferrer\">{shown}</a>")
    } else {
        shown
    }
}

/// ` lang="en"`, or nothing.
pub(super) fn language_attribute(language: Option<&str>) -> String {
    language.map(|language| format!(" lang=\"{}\"", escape(language))).unwrap_or_default()
}
