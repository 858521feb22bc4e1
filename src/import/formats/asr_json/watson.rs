//! IBM Watson's speech recognition: results whose words have times, and speakers by the times of the words.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

use super::head::Head;
use super::parse;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// IBM Watson Speech to Text.
#[derive(Debug)]
pub(in crate::import::formats) struct Watson;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default, borrow)]
    results: Vec<Group<'a>>,
    #[serde(default)]
    speaker_labels: Vec<Label>,
}

/// A result, or several of them in one more object, as the service writes long recordings.
#[derive(Deserialize)]
struct Group<'a> {
    #[serde(default, borrow)]
    alternatives: Vec<Alternative<'a>>,
    #[serde(default, borrow)]
    results: Vec<Group<'a>>,
    #[serde(default)]
    speaker_labels: Vec<Label>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(default, borrow)]
    transcript: Cow<'a, str>,
    /// Words with begin and end in seconds.
    #[serde(default, borrow)]
    timestamps: Vec<(Cow<'a, str>, f64, f64)>,
}

#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    from: f64,
    #[serde(default)]
    speaker: i64,
}

/// Labels and words have the same times, written with two digits behind the point.
fn hundredths(seconds: f64) -> i64 {
    (seconds * 100.0).round() as i64
}

impl Importer for Watson {
    fn name(&self) -> &'static str {
        "watson"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text).filter(|head| !head.is_list)?;
        let because = "it has results with timestamps, as Watson Speech to Text writes";
        let results = head.has(1, "results") && head.has_any(&["alternatives"]) && head.has_any(&["transcript"]);
        let own = head.has_any(&["result_index", "timestamps", "word_confidence"]);
        (results && own).then_some(Recognised { score: 92, because })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let (mut results, mut speakers) = (Vec::new(), HashMap::new());
        let mut know = |labels: Vec<Label>| {
            speakers.extend(labels.into_iter().map(|label| (hundredths(label.from), label.speaker.to_string())));
        };
        know(document.speaker_labels);
        for group in document.results {
            know(group.speaker_labels);
            results.push(group.alternatives);
            for inner in group.results {
                know(inner.speaker_labels);
                results.push(inner.alternatives);
            }
        }
        let mut talk = Talk::of(&source.text);
        for said in results.iter().filter_map(|readings| readings.first()) {
            if said.timestamps.is_empty() {
                talk.say(None, &said.transcript, None, None);
            }
            for (word, start, end) in &said.timestamps {
                let speaker = speakers.get(&hundredths(*start)).map(String::as_str);
                talk.say(speaker, word, Some(*start), Some(*end));
            }
        }
        Ok(talk.finish())
    }
}
