//! Lists of utterances without a name of their own: `[{speaker: 0, text, start, end}]`, bare or inside an object.

use std::borrow::Cow;

use super::head::Head;
use super::parse;
use super::talk::Talk;
use super::utterances::{Document, LISTS, TEXTS, Utterance, is_mark, words};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Any JSON that lists what was said.
#[derive(Debug)]
pub(in crate::import::formats) struct Bare;

impl Importer for Bare {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text)?;
        let known = head.has_any(TEXTS) || head.has_any(LISTS);
        Some(if known {
            Recognised { score: 70, because: "it is JSON that lists what was said" }
        } else {
            Recognised { score: 55, because: "it is JSON" }
        })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let mut utterances = Vec::new();
        flatten(document.utterances, None, &mut utterances);
        if utterances.is_empty() {
            let message =
                "this JSON holds no list of what was said; export the transcript with its text, as JSON, SRT or \
                           VTT"
                .to_owned();
            return Err(ImportError::Malformed { name: source.name.clone(), line: 1, column: 1, message });
        }
        let scale = if in_milliseconds(&utterances) { 0.001 } else { 1.0 };
        let mut talk = Talk::of(&source.text);
        for said in utterances {
            let scale = if said.milliseconds { 0.001 } else { scale };
            let seconds = |time: Option<f64>| time.map(|time| time * scale);
            let text = said.text.unwrap_or(said.parts);
            if is_mark(&text) {
                talk.punctuate(text.trim());
                continue;
            }
            talk.say(said.speaker.as_deref(), &text, seconds(said.start), seconds(said.end));
        }
        let mut draft = talk.finish();
        draft.metadata.title = document.title.unwrap_or_default();
        draft.metadata.language = document.language;
        Ok(draft)
    }
}

/// Utterances in order; what is said twice, whole and in parts, is taken once.
fn flatten<'a>(utterances: Vec<Utterance<'a>>, speaker: Option<&Cow<'a, str>>, flat: &mut Vec<Utterance<'a>>) {
    for mut utterance in utterances {
        if utterance.speaker.is_none() {
            utterance.speaker = speaker.cloned();
        }
        let inner = std::mem::take(&mut utterance.inner);
        if !inner.is_empty() && words(&inner) * 10 >= utterance.own().split_whitespace().count() * 9 {
            let mut inner = inner;
            if let Some(first) = inner.first_mut().filter(|first| first.start.is_none()) {
                first.start = utterance.start;
                first.milliseconds |= utterance.milliseconds;
            }
            if let Some(last) = inner.last_mut() {
                last.end = last.end.or(utterance.end);
            }
            flatten(inner, utterance.speaker.as_ref(), flat);
        } else if !utterance.own().trim().is_empty() {
            flat.push(utterance);
        }
    }
}

/// Nobody speaks for a minute per word: then the times are milliseconds.
fn in_milliseconds(utterances: &[Utterance<'_>]) -> bool {
    let last = utterances.iter().filter_map(|said| said.end.or(said.start)).fold(0.0, f64::max);
    let whole = utterances.iter().filter_map(|said| said.start).all(|start| start.fract() == 0.0);
    whole && last > words(utterances) as f64 * 60.0
}
