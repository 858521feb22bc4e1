//! oTranscribe's `.otr`: JSON that holds HTML with stamps, `<span data-timestamp="12.3">0:12</span>`.

use serde::Deserialize;

use super::asr_json;
use super::html_scan::scan;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// oTranscribe.
#[derive(Debug)]
pub(super) struct Otr;

#[derive(Deserialize)]
struct Document {
    text: String,
}

impl Importer for Otr {
    fn name(&self) -> &'static str {
        "otr"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["otr"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let text = sample.text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        let stamped = text.contains("data-timestamp=\\\"") || text.contains("class=\\\"timestamp");
        let ours = text.starts_with('{') && text.contains("\"text\"") && (stamped || sample.extension == "otr");
        ours.then_some(Recognised { score: 95, because: "it is JSON that holds the stamped text of oTranscribe" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document = asr_json::parse(&source, &mut mended)?;
        let found = scan(&document.text);
        let mut draft = Draft::default();
        found.stamps.report("a time within a paragraph", &mut draft.left_out);
        found.page.into_draft(draft, &source.name)
    }
}
