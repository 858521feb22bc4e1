//! OHMS XML: the topics as index points of a recording.

use std::collections::BTreeSet;
use std::io::Write;

use super::ids::guid;
use super::markdown::{excerpt, one_line};
use super::xml::Xml;
use super::{Document, ExportError, Exporter};
use crate::model::{Role, Topic};

/// The namespace of OHMS records.
const NAMESPACE: &str = "https://www.weareavp.com/nunncenter/ohms";

/// One record with an index point for each topic whose time is known: the notes on the topic are its synopsis, their
/// tags its keywords, the topic's own terms its subjects.
///
/// OHMS has one interview in a file, and every index point needs a time.
///
/// ```
/// use interleaf::export::{Exporter, Ohms};
///
/// let error = Ohms.export(&[], &mut Vec::new()).unwrap_err();
/// assert!(error.to_string().contains("one interview"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Ohms;

impl Exporter for Ohms {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let [document] = documents else {
            let advice = "an OHMS file holds one interview; name one, or give a folder with -o to get a file for each";
            return Err(ExportError::Unfit(advice.to_owned()));
        };
        let points = points(document);
        if points.is_empty() {
            return Err(ExportError::Unfit(format!(
                "{}: no topic has a time, and OHMS is an index of times; the transcript needs timecodes and topics",
                document.path
            )));
        }
        out.write_all(&record(document, &points)?)?;
        Ok(())
    }
}

/// A topic with its second in the recording and its number among the topics.
struct Point<'a> {
    second: u32,
    index: usize,
    topic: &'a Topic,
}

fn points(document: &Document) -> Vec<Point<'_>> {
    let timed = document.topics.iter().enumerate().filter_map(|(index, topic)| {
        let time = document.interview.time_before(topic.start.paragraph)?;
        Some(Point { second: time.seconds(), index, topic })
    });
    timed.collect()
}

fn record(document: &Document, points: &[Point<'_>]) -> std::io::Result<Vec<u8>> {
    let metadata = &document.interview.metadata;
    let mut xml = Xml::new()?;
    xml.open("ROOT", &[("xmlns", NAMESPACE)])?;
    let id = guid("interview", &document.path).hyphenated().to_string();
    xml.open("record", &[("id", &id)])?;
    xml.leaf("version", &[], "5.4")?;
    xml.leaf("title", &[], document.title())?;
    if let Some(date) = &metadata.date {
        xml.empty("date", &[("value", date), ("format", "yyyy-mm-dd")])?;
    }
    for (element, role) in [("interviewee", Role::Guest), ("interviewer", Role::Interviewer)] {
        for speaker in document.interview.speakers.iter().filter(|speaker| speaker.role == role) {
            xml.leaf(element, &[], &speaker.name)?;
        }
    }
    if let Some(language) = &metadata.language {
        xml.leaf("language", &[], language)?;
    }
    xml.open("index", &[])?;
    for point in points {
        write_point(&mut xml, document, point)?;
    }
    xml.close("index")?;
    xml.leaf("description", &[], metadata.subtitle.as_deref().unwrap_or_default())?;
    xml.leaf("media_url", &[], metadata.source.url.as_deref().unwrap_or_default())?;
    xml.close("record")?;
    xml.close("ROOT")?;
    Ok(xml.finish())
}

fn write_point(xml: &mut Xml, document: &Document, point: &Point<'_>) -> std::io::Result<()> {
    let notes: Vec<_> = document.notes.iter().filter(|note| document.topic(note) == Some(point.index)).collect();
    let words: Vec<&str> =
        notes.iter().map(|note| note.annotation.note.trim()).filter(|words| !words.is_empty()).collect();
    let tags: BTreeSet<&str> = notes.iter().flat_map(|note| &note.annotation.tags).map(|tag| tag.as_str()).collect();
    let opening = one_line(document.interview.paragraph(point.topic.start.paragraph));
    xml.open("point", &[])?;
    xml.leaf("time", &[], &point.second.to_string())?;
    let fields = [
        ("title", "title_alt", one_line(&point.topic.title)),
        ("partial_transcript", "partial_transcript_alt", excerpt(&opening, 200)),
        ("synopsis", "synopsis_alt", words.join("\n\n")),
        ("keywords", "keywords_alt", list(tags)),
        ("subjects", "subjects_alt", list(point.topic.terms.iter().map(String::as_str))),
    ];
    for (name, alternative, value) in &fields {
        xml.leaf(name, &[], value)?;
        xml.empty(alternative, &[])?;
    }
    xml.close("point")
}

/// A list as OHMS writes it, in which no item holds the semicolon that parts them.
fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    items.into_iter().map(|item| item.replace(';', ",")).collect::<Vec<_>>().join(";")
}
