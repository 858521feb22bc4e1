//! What every target asks of an importer: a document that holds together, or an error.

use interleaf::import::{Options, read};

/// Reads bytes as a format.
pub fn as_format(bytes: &[u8], format: &str) {
    let options = Options { format: Some(format.to_owned()), ..Options::default() };
    let Ok(imported) = read(bytes.to_vec(), "fuzzed", &options) else { return };
    let interview = imported.interview;
    for paragraph in interview.paragraphs() {
        let words = interview.paragraph(paragraph);
        assert!(!words.contains('\n'));
    }
    for turn in interview.turns() {
        assert!(turn.first.0 < interview.paragraph_count());
    }
}
