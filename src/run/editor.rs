//! Lets the reader write in the editor of their choice.

use std::io::{Read as _, Write as _};
use std::process::Command;

/// Hands `text` to `$VISUAL` or `$EDITOR`; gives back what it became, or a sentence that says why it did not.
pub(super) fn edit(text: &str) -> Result<String, String> {
    let chosen = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok());
    let chosen = chosen.filter(|editor| !editor.trim().is_empty()).unwrap_or_else(|| "vi".to_owned());
    let mut words = chosen.split_whitespace();
    let Some(program) = words.next() else { return Err("$EDITOR names no program.".to_owned()) };
    let failed = |error: std::io::Error| format!("The note could not be handed to {program}: {error}");
    let mut file = tempfile::Builder::new().prefix("note-").suffix(".md").tempfile().map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    let status = Command::new(program)
        .args(words)
        .arg(file.path())
        .status()
        .map_err(|error| format!("{program} could not be started: {error}. Set $EDITOR to another editor."))?;
    if !status.success() {
        return Err(format!("{program} ended with {status}; the note is as before."));
    }
    // Editors that save through another file leave this one behind: it is read by its name.
    let mut edited = String::new();
    std::fs::File::open(file.path())
        .and_then(|mut file| file.read_to_string(&mut edited))
        .map_err(|error| format!("The note could not be read back: {error}"))?;
    Ok(edited)
}
