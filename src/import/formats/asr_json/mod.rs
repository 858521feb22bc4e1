//! What speech recognition writes: JSON in a different shape from each maker, one file here per shape.

mod amazon;
mod bare;
mod google;
mod head;
mod oyez;
mod podcasting;
mod scalar;
mod talk;
mod utterances;
mod watson;
mod whisper;

pub(super) use amazon::Amazon;
pub(super) use bare::Bare;
pub(super) use google::Google;
pub(super) use oyez::Oyez;
pub(super) use podcasting::Podcasting;
pub(super) use scalar::Scalar;
pub(super) use watson::Watson;
pub(super) use whisper::Whisper;

use serde::Deserialize;

use crate::import::ImportError;
use crate::import::detect::Source;

/// Reads JSON; what it holds beside `T`'s fields is skipped without keeping it, and words stay where they lie: in the
/// source, or in `mended`, which need not hold anything.
pub(super) fn parse<'a, T: Deserialize<'a>>(source: &'a Source, mended: &'a mut String) -> Result<T, ImportError> {
    let first = match serde_json::from_str(&source.text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // Python writes numbers that JSON does not have.
    if first.is_syntax()
        && let Some(text) = without_nan(&source.text)
    {
        *mended = text;
        if let Ok(value) = serde_json::from_str(mended) {
            return Ok(value);
        }
    }
    Err(malformed(source, &first))
}

fn malformed(source: &Source, error: &serde_json::Error) -> ImportError {
    let line = source.text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.as_bytes().get(..error.column().min(line.len())).unwrap_or_default();
    let column = String::from_utf8_lossy(before).chars().count().max(1);
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
    let message = if error.is_eof() {
        "the JSON ends in the middle: the file was cut off; get it again from where it came from".to_owned()
    } else if told.contains("recursion limit") {
        "the JSON is nested too deeply to be a transcript".to_owned()
    } else {
        format!("this is no valid JSON of its kind: {told}; correct this place or export the file again")
    };
    ImportError::Malformed { name: source.name.clone(), line: error.line() as u32, column: column as u32, message }
}

/// `text` with `NaN` and `Infinity` as `null` outside strings; `None` where there are none.
fn without_nan(text: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    let mut copied = 0;
    let mut inside = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        match byte {
            b'\\' if inside => at += 1,
            b'"' => inside = !inside,
            b'N' | b'I' | b'-' if !inside => {
                let word = ["NaN", "Infinity", "-Infinity"].into_iter().find(|word| rest.starts_with(word.as_bytes()));
                if let Some(word) = word {
                    let mended = mended.get_or_insert_default();
                    mended.push_str(text.get(copied..at)?);
                    mended.push_str("null");
                    copied = at + word.len();
                    at = copied;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    let mut mended = mended?;
    mended.push_str(text.get(copied..)?);
    Some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { name: "talk.json".to_owned(), text: text.to_owned(), archive: Vec::new() }
    }

    fn error(text: &str) -> String {
        parse::<Vec<u32>>(&source(text), &mut String::new()).unwrap_err().to_string()
    }

    #[test]
    fn faults_name_their_place() {
        assert!(error("[1,\n2,").starts_with("talk.json:2:2: the JSON ends in the middle"));
        assert!(error("[1,\n é]").starts_with("talk.json:2:2: "), "{}", error("[1,\n é]"));
    }

    #[test]
    fn numbers_that_json_does_not_have_are_nothing() {
        let (source, mut mended) = (source("[NaN, 1, -Infinity, Infinity]"), String::new());
        let read: Vec<Option<f64>> = parse(&source, &mut mended).unwrap();
        assert_eq!(read, [None, Some(1.0), None, None]);
        assert_eq!(without_nan("[\"NaN \\\" NaN\", -1]"), None);
    }
}
