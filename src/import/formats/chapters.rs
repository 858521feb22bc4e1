//! Podcasting 2.0 chapters: `{"version": "1.2.0", "chapters": [{"startTime": 168, "title": "…"}]}`.

use serde::Deserialize;

use super::asr_json::{self, Scalar};
use crate::import::ImportError;
use crate::import::detect::Source;
use crate::import::draft::{Heading, HeadingPlace};
use crate::model::Timecode;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    chapters: Vec<Chapter<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chapter<'a> {
    #[serde(borrow, default)]
    start_time: Scalar<'a>,
    #[serde(borrow, default)]
    title: Scalar<'a>,
    #[serde(default)]
    toc: Option<bool>,
}

/// The headings that a chapters file gives.
///
/// # Errors
///
/// Where it is no JSON, or holds no chapters.
pub(in crate::import) fn headings(bytes: &[u8]) -> Result<Vec<Heading>, ImportError> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').to_owned();
    let source = Source { name: "the chapters file".to_owned(), text, archive: Vec::new() };
    let mut mended = String::new();
    let document: Document<'_> = asr_json::parse(&source, &mut mended)?;
    let heading = |chapter: Chapter<'_>| {
        let time = chapter.start_time.seconds().and_then(Timecode::from_seconds)?;
        let title = chapter.title.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
        let listed = chapter.toc != Some(false) && !title.is_empty();
        listed.then_some(Heading { title, level: 0, at: HeadingPlace::Time(time) })
    };
    let mut headings: Vec<Heading> = document.chapters.into_iter().filter_map(heading).collect();
    if headings.is_empty() {
        let message = "it holds no chapters with a title and a startTime, as Podcasting 2.0 has them".to_owned();
        return Err(ImportError::Broken { name: source.name, message });
    }
    headings.sort_by_key(|heading| match heading.at {
        HeadingPlace::Time(time) => time,
        HeadingPlace::Block(_) => Timecode::default(),
    });
    Ok(headings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_come_in_the_order_of_time() {
        let found = headings(
            br#"{"version": "1.2.0", "chapters": [{"startTime": "168.5", "title": "Oil"}, {"startTime": 0, "title": "Start"},
            {"startTime": 9, "title": "Hidden", "toc": false}, {"startTime": 20, "img": "x.png"}]}"#,
        )
        .unwrap();
        let titles: Vec<_> = found.iter().map(|heading| heading.title.as_str()).collect();
        assert_eq!(titles, ["Start", "Oil"]);
        assert_eq!(found[1].at, HeadingPlace::Time(Timecode::from_milliseconds(168_500)));
        assert!(headings(b"{}").unwrap_err().to_string().contains("no chapters"));
        assert!(headings(b"{\"chapters\": [").unwrap_err().to_string().contains("cut off"));
    }
}
