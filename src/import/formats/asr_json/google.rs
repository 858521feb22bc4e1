//! Google Speech-to-Text: `results[].alternatives[]`, with words and speaker tags when speakers were told apart.

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
struct Document {
    #[serde(default)]
    results: Vec<Outcome>,
    /// Long-running operations wrap the results.
    #[serde(default)]
    response: Option<Response>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    results: Vec<Outcome>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    #[serde(default)]
    alternatives: Vec<Alternative>,
    #[serde(default)]
    result_end_time: Scalar,
    #[serde(default)]
    language_code: Scalar,
}

#[derive(Deserialize, Default)]
struct Alternative {
    #[serde(default)]
    transcript: Scalar,
    #[serde(default)]
    words: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    #[serde(default)]
    word: Scalar,
    #[serde(default, rename = "startTime")]
    start_time: Scalar,
    #[serde(default, rename = "startOffset")]
    start_offset: Scalar,
    #[serde(default, rename = "endTime")]
    end_time: Scalar,
    #[serde(default, rename = "endOffset")]
    end_offset: Scalar,
    #[serde(default, rename = "speakerTag")]
    speaker_tag: Scalar,
    #[serde(default, rename = "speakerLabel")]
    speaker_label: Scalar,
}

impl Word {
    fn speaker(&self) -> Option<String> {
        let tag = self.speaker_tag.clone().text().filter(|tag| tag != "0");
        self.speaker_label.clone().text().or(tag)
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
        let words = head.has_any(&["speakerTag", "speakerLabel"]) && head.has(3, "alternatives");
        (direct || wrapped || words).then_some(Recognised { score: 88, because })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let document: Document = parse(&source)?;
        drop(source);
        let mut results = document.results;
        results.extend(document.response.into_iter().flat_map(|response| response.results));
        let language = results.iter().find_map(|result| result.language_code.clone().text());
        let mut talk = Talk::default();
        // With speakers told apart, the last result holds all words once more, with their tags.
        let tagged = results.last().and_then(|last| last.alternatives.first()).is_some_and(|last| {
            let before = results.iter().rev().skip(1).filter_map(|result| result.alternatives.first());
            let before: usize = before.map(count).sum();
            last.words.iter().any(|word| word.speaker().is_some()) && last.words.len() * 10 >= before * 9 && before > 0
        });
        if tagged {
            results = results.pop().into_iter().collect();
        }
        let mut start = Some(0.0);
        for result in results {
            let end = result.result_end_time.seconds();
            let first = result.alternatives.into_iter().next().unwrap_or_default();
            let told_apart = first.words.iter().any(|word| word.speaker().is_some());
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
fn count(alternative: &Alternative) -> usize {
    match &alternative.transcript {
        Scalar::Text(text) => text.split_whitespace().count(),
        _ => alternative.words.len(),
    }
}
