//! Oyez court arguments: `transcript.sections[].turns[].text_blocks[]`.

use serde::Deserialize;

use super::head::Head;
use super::parse;
use super::scalar::Scalar;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Oyez.
#[derive(Debug)]
pub(in crate::import::formats) struct Oyez;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    title: Scalar<'a>,
    #[serde(borrow)]
    transcript: Transcript<'a>,
}

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow, default)]
    title: Scalar<'a>,
    #[serde(borrow, default)]
    sections: Vec<Section<'a>>,
}

#[derive(Deserialize)]
struct Section<'a> {
    #[serde(borrow, default)]
    turns: Vec<Turn<'a>>,
}

#[derive(Deserialize)]
struct Turn<'a> {
    #[serde(borrow, default)]
    speaker: Scalar<'a>,
    #[serde(borrow, default)]
    text_blocks: Vec<TextBlock<'a>>,
}

#[derive(Deserialize)]
struct TextBlock<'a> {
    #[serde(borrow, default)]
    text: Scalar<'a>,
    #[serde(borrow, default)]
    start: Scalar<'a>,
    #[serde(borrow, default)]
    stop: Scalar<'a>,
}

impl Importer for Oyez {
    fn name(&self) -> &'static str {
        "oyez"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text).filter(|head| !head.is_list)?;
        (head.has(1, "transcript") && head.has(2, "sections"))
            .then_some(Recognised { score: 95, because: "its transcript has sections with turns, as Oyez writes" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let mut talk = Talk::of(&source.text);
        for turn in document.transcript.sections.into_iter().flat_map(|section| section.turns) {
            let speaker = turn.speaker.text();
            for block in turn.text_blocks {
                talk.break_here();
                let text = block.text.text().unwrap_or_default();
                talk.say(
                    Some(speaker.as_deref().unwrap_or("unknown")),
                    &text,
                    block.start.seconds(),
                    block.stop.seconds(),
                );
            }
        }
        let mut draft = talk.finish();
        draft.metadata.title = document.transcript.title.owned().unwrap_or_default();
        draft.metadata.subtitle = document.title.owned();
        Ok(draft)
    }
}
