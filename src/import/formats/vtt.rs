//! WebVTT, under any name: captions of the web, with voices.

use super::cues;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// WebVTT.
#[derive(Debug)]
pub(super) struct Vtt;

impl Importer for Vtt {
    fn name(&self) -> &'static str {
        "vtt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vtt"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let rest = sample.text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).strip_prefix("WEBVTT")?;
        rest.starts_with(|c: char| c.is_whitespace() || c == '-')
            .then_some(Recognised { score: 100, because: "it begins with WEBVTT" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        Ok(cues::draft(source.text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n'])))
    }
}
