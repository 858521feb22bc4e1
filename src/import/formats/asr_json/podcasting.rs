//! Podcasting 2.0 transcripts: `{version, segments: [{speaker, startTime, endTime, body}]}`.
//!
//! A segment may be one word, and the name may stand only on the first of a run.

use serde::Deserialize;

use super::head::Head;
use super::parse;
use super::scalar::Scalar;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Podcasting 2.0.
#[derive(Debug)]
pub(in crate::import::formats) struct Podcasting;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    segments: Vec<Segment<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment<'a> {
    #[serde(borrow, default)]
    speaker: Scalar<'a>,
    #[serde(borrow, default)]
    start_time: Scalar<'a>,
    #[serde(borrow, default)]
    end_time: Scalar<'a>,
    #[serde(borrow, default)]
    body: Scalar<'a>,
}

impl Importer for Podcasting {
    fn name(&self) -> &'static str {
        "podcasting"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text).filter(|head| !head.is_list)?;
        (head.has(1, "segments") && head.has(3, "body"))
            .then_some(Recognised { score: 95, because: "it has segments with a body, as Podcasting 2.0 has" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let mut talk = Talk::of(&source.text);
        for segment in document.segments {
            let (speaker, body) = (segment.speaker.text(), segment.body.text().unwrap_or_default());
            talk.say(speaker.as_deref(), &body, segment.start_time.seconds(), segment.end_time.seconds());
        }
        Ok(talk.finish())
    }
}
