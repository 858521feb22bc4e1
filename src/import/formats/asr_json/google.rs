//! Google Speech-to-Text: `results[].alternatives[]`, with words and speaker tags when speakers were told apart.

use std::borrow::Cow;

use serde::Deserialize;

use super::head::Head;
use super::parse;
use super::scalar::Scalar;
use super::talk::Talk;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

/// Google Speech-to-Text.
#[derive(Debug)]
pub(in crate::import::formats) struct Google;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    results: Vec<Outcome<'a>>,
    /// Long-running operations wrap the results.
    #[serde(borrow, default)]
    response: Option<Response<'a>>,
}

#[derive(Deserialize)]
struct Response<'a> {
    #[serde(borrow, default)]
    results: Vec<Outcome<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    #[serde(borrow, default)]
    alternatives: Vec<Alternative<'a>>,
    #[serde(borrow, default, alias = "result_end_time", alias = "resultEndOffset", alias = "result_end_offset")]
    result_end_time: Scalar<'a>,
    #[serde(borrow, default, alias = "language_code")]
    language_code: Scalar<'a>,
}

#[derive(Deserialize, Default)]
struct Alternative<'a> {
    #[serde(borrow, default)]
    transcript: Scalar<'a>,
    #[serde(borrow, default)]
    words: Vec<Word<'a>>,
}

#[derive(Deserialize)]
struct Word<'a> {
    #[serde(borrow, default)]
    word: Scalar<'a>,
    #[serde(borrow, default, rename = "startTime", alias = "start_time")]
    start_time: Scalar<'a>,
    #[serde(borrow, default, rename = "startOffset", alias = "start_offset")]
    start_offset: Scalar<'a>,
    #[serde(borrow, default, rename = "endTime", alias = "end_time")]
    end_time: Scalar<'a>,
    #[serde(borrow, default, rename = "endOffset", alias = "end_offset")]
    end_offset: Scalar<'a>,
    #[serde(borrow, default, rename = "speakerTag", alias = "speaker_tag")]
    speaker_tag: Scalar<'a>,
    #[serde(borrow, default, rename = "speakerLabel", alias = "speaker_label")]
    speaker_label: Scalar<'a>,
}

impl<'a> Word<'a> {
    fn speaker(&self) -> Option<Cow<'a, str>> {
        let tag = || self.speaker_tag.clone().text().filter(|tag| tag != "0");
        self.speaker_label.clone().text().or_else(tag)
    }

    fn has_speaker(&self) -> bool {
        let tagged = |tag: &Scalar<'_>| !matches!(tag, Scalar::Nothing) && *tag != Scalar::Number(0.0);
        tagged(&self.speaker_label) || tagged(&self.speaker_tag)
    }

    fn start(&self) -> Option<f64> {
        self.start_time.seconds().or_else(|| self.start_offset.seconds())
    }

    fn end(&self) -> Option<f64> {
        self.end_time.seconds().or_else(|| self.end_offset.seconds())
    }
}

impl Importer for Google {
    fn name(&self) -> &'static str {
        "google"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let head = Head::of(sample.text).filter(|head| !head.is_list)?;
        let because = "it has results with alternatives, as Google Speech-to-Text writes";
        let direct = head.has(1, "results") && head.has(3, "alternatives") && head.has(5, "transcript");
        let wrapped = head.has(1, "response") && head.has(2, "results") && head.has(4, "alternatives");
        let words = head.has_any(&["speakerTag", "speakerLabel", "speaker_tag"]) && head.has(3, "alternatives");
        (direct || wrapped || words).then_some(Recognised { score: 88, because })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut mended = String::new();
        let document: Document<'_> = parse(&source, &mut mended)?;
        let mut results = document.results;
        results.extend(document.response.into_iter().flat_map(|response| response.results));
        let language = results.iter().find_map(|result| result.language_code.clone().owned());
        let mut talk = Talk::of(&source.text);
        // With speakers told apart, the last result holds all words once more, with their tags.
        let tagged = results.last().and_then(|last| last.alternatives.first()).is_some_and(|last| {
            let before = results.iter().rev().skip(1).filter_map(|result| result.alternatives.first());
            let before: usize = before.map(count).sum();
            last.words.iter().any(|word| word.has_speaker()) && last.words.len() * 10 >= before * 9 && before > 0
        });
        if tagged {
            results = results.pop().into_iter().collect();
        }
        let mut start = Some(0.0);
        for result in results {
            let end = result.result_end_time.seconds();
            let first = result.alternatives.into_iter().next().unwrap_or_default();
            let told_apart = first.words.iter().any(|word| word.has_speaker());
            match first.transcript.text() {
                Some(transcript) if !told_apart => {
                    let begins = first.words.first().and_then(Word::start).or(start);
                    talk.say(None, &transcript, begins, end);
                }
                _ => {
                    for word in first.words {
                        let (speaker, begins, ends) = (word.speaker(), word.start(), word.end());
                        talk.say(speaker.as_deref(), &word.word.text().unwrap_or_default(), begins, ends);
                    }
                }
            }
            start = end;
        }
        let mut draft = talk.finish();
        draft.metadata.language = language;
        Ok(draft)
    }
}

/// The words of an alternative.
fn count(alternative: &Alternative<'_>) -> usize {
    match &alternative.transcript {
        Scalar::Text(text) => text.split_whitespace().count(),
        _ => alternative.words.len(),
    }
}
