//! Plain text: `Name: text` in its many shapes, and saved pages.

use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Draft, Speech};
use crate::import::{ImportError, Options};

/// Plain text.
#[derive(Debug)]
pub(super) struct Plain;

impl Importer for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        (!sample.text.is_empty()).then_some(Recognised { score: 10, because: "nothing else fits it better" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut draft = Draft::default();
        for (line, text) in source.text.lines().enumerate() {
            let text = text.trim();
            if let Some((label, rest)) = text.split_once(": ").filter(|(label, _)| label.len() < 40) {
                let label = draft.label(label);
                draft.push(rest, line as u32 + 1, Speech::Labelled(label));
            } else if !text.is_empty() {
                draft.push(text, line as u32 + 1, Speech::Unknown);
            }
        }
        Ok(draft)
    }
}
