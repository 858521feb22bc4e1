//! Amazon Transcribe: `results.items[]`, each a word or a mark, and who speaks by time or on each item.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

use super::head::Head;
use super::parse;
use super::scalar::Scalar;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Amazon Transcribe.
#[derive(Debug)]
pub(in crate::import::formats) struct Amazon;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    results: Results<'a>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow, default)]
    language_code: Scalar<'a>,
    #[serde(borrow, default)]
    transcripts: Vec<Transcript<'a>>,
    #[serde(borrow, default)]
    items: Vec<Item<'a>>,
    #[serde(borrow, default)]
    speaker_labels: Option<Labels<'a>>,
    #[serde(borrow, default)]
    channel_labels: Option<Channels<'a>>,
}

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow, default)]
    transcript: Scalar<'a>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Scalar<'a>,
    #[serde(borrow, default)]
    start_time: Scalar<'a>,
    #[serde(borrow, default)]
    end_time: Scalar<'a>,
    #[serde(borrow, default)]
    speaker_label: Scalar<'a>,
    #[serde(borrow, default)]
    alternatives: Vec<Alternative<'a>>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(borrow, default)]
    content: Scalar<'a>,
}

#[derive(Deserialize)]
struct Labels<'a> {
    #[serde(borrow, default)]
    segments: Vec<Segment<'a>>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(borrow, default)]
    start_time: Scalar<'a>,
    #[serde(borrow, default)]
    speaker_label: Scalar<'a>,
    #[serde(borrow, default)]
    items: Vec<Segment<'a>>,
}

#[derive(Deserialize)]
struct Channels<'a> {
    #[serde(borrow, default)]
    channels: Vec<Channel<'a>>,
}

#[derive(Deserialize)]
struct Channel<'a> {
    #[serde(borrow, default)]
    channel_label: Scalar<'a>,
    #[serde(borrow, default)]
    items: Vec<Item<'a>>,
}

impl Importer for Amazon {
    fn name(&self) -> &'static str {
        "amazon"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text).filter(|head| !head.is_list)?;
        let because = "it has results with transcripts, as Amazon Transcribe writes";
        let named = head.has(1, "jobName") || head.has(1, "accountId");
        let shaped = head.has(1, "results") && (head.has(2, "transcripts") || head.has(2, "speaker_labels"));
        (named || shaped).then_some(Recognised { score: 90, because })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let Results { language_code, transcripts, items, speaker_labels, channel_labels } = document.results;
        let mut talk = Talk::of(&source.text);
        let speakers = Speakers::new(speaker_labels.map(|labels| labels.segments).unwrap_or_default());
        let mut channels = channel_labels.map(|labels| labels.channels).unwrap_or_default();
        if channels.len() > 1 {
            speak_channels(&mut channels, &mut talk);
        } else if items.is_empty() {
            for transcript in transcripts {
                talk.say(None, &transcript.transcript.text().unwrap_or_default(), None, None);
            }
        } else {
            for item in items {
                let speaker = match &item.speaker_label {
                    Scalar::Nothing => speakers.at(item.start_time.seconds()),
                    label => label.clone().text(),
                };
                speak(item, speaker.as_deref(), &mut talk);
            }
        }
        let mut draft = talk.finish();
        draft.metadata.language = language_code.owned();
        Ok(draft)
    }
}

fn speak(item: Item<'_>, speaker: Option<&str>, talk: &mut Talk<'_>) {
    let (start, end) = (item.start_time.seconds(), item.end_time.seconds());
    let is_mark = item.kind == Scalar::Text("punctuation".into());
    let word = item.alternatives.into_iter().next().and_then(|first| first.content.text());
    let Some(word) = word else { return };
    if is_mark {
        talk.punctuate(&word);
    } else {
        talk.say(speaker, &word, start, end);
    }
}

/// Each channel is one speaker; their words are brought into the order of time, marks after their word.
fn speak_channels(channels: &mut [Channel<'_>], talk: &mut Talk<'_>) {
    let mut items: Vec<(f64, Cow<'_, str>, Item<'_>)> = Vec::new();
    for channel in channels {
        let name = channel.channel_label.clone().text().unwrap_or_default();
        let mut last = 0.0;
        for item in channel.items.drain(..) {
            last = item.start_time.seconds().unwrap_or(last);
            items.push((last, name.clone(), item));
        }
    }
    items.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (_, name, item) in items {
        speak(item, Some(&name), talk);
    }
}

/// Who speaks when.
struct Speakers<'a> {
    /// By the start of a word, in milliseconds.
    words: HashMap<i64, Cow<'a, str>>,
    /// By the start of a segment, in order.
    segments: Vec<(f64, Cow<'a, str>)>,
}

impl<'a> Speakers<'a> {
    fn new(segments: Vec<Segment<'a>>) -> Self {
        let mut speakers = Speakers { words: HashMap::new(), segments: Vec::new() };
        for segment in segments {
            let label = segment.speaker_label.text();
            for item in segment.items {
                let label = item.speaker_label.text().or_else(|| label.clone());
                if let Some((time, label)) = item.start_time.seconds().zip(label) {
                    speakers.words.insert((time * 1000.0) as i64, label);
                }
            }
            if let Some((time, label)) = segment.start_time.seconds().zip(label) {
                speakers.segments.push((time, label));
            }
        }
        speakers.segments.sort_by(|one, other| one.0.total_cmp(&other.0));
        speakers
    }

    fn at(&self, time: Option<f64>) -> Option<Cow<'a, str>> {
        let time = time?;
        if let Some(label) = self.words.get(&((time * 1000.0) as i64)) {
            return Some(label.clone());
        }
        let after = self.segments.partition_point(|(start, _)| *start <= time);
        self.segments.get(after.checked_sub(1)?).map(|(_, label)| label.clone())
    }
}
