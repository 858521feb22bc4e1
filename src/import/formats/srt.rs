//! SubRip, and any cues without WebVTT's header: with and without numbers, hours, and blanks round the arrow.

use super::captions::timing;
use super::cues;
use super::lines::lines;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// SubRip.
#[derive(Debug)]
pub(super) struct Srt;

impl Importer for Srt {
    fn name(&self) -> &'static str {
        "srt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["srt"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (mut cues, mut words, mut first) = (0usize, 0usize, None);
        for (number, line) in lines(sample.text) {
            if line.contains("-->") && timing(line).is_some() {
                cues += 1;
                first.get_or_insert(number);
            } else if !line.trim().is_empty() {
                words += 1;
            }
        }
        let because = "its lines are cues, with an arrow between two times";
        match (first?, cues) {
            (1..=3, _) => Some(Recognised { score: 90, because }),
            (_, 2..) if cues * 8 >= words => Some(Recognised { score: 85, because }),
            _ => None,
        }
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        Ok(cues::draft(&source.text))
    }
}
