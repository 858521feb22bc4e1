//! JSON: the interview as one object.

use std::io::Write;

use serde::Serialize;

use crate::export::{ExportError, clock, print_json};
use crate::import::Warning;
use crate::model::{Interview, ParagraphIndex, Position, Topic, TurnIndex};

/// Writes an interview as one JSON object.
///
/// A turn's `speaker` is a speaker's id or null. A topic's `turn` is counted from 0 and null in front and back matter;
/// its `paragraph` is counted from 0 within the turn, or within the front or back matter.
///
/// # Errors
///
/// Where writing fails.
///
/// ```
/// use interleaf::export::interview;
/// use interleaf::model::{InterviewBuilder, Role};
///
/// let mut builder = InterviewBuilder::default();
/// let mira = builder.speaker("Mira Okafor", Role::Interviewer);
/// builder.turn(Some(mira), None).paragraph("What did the relay not know?");
/// let mut out = Vec::new();
/// interview::write_json(&builder.build(), &[], &[], &mut out)?;
/// let object: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// assert_eq!(object["turns"][0]["speaker"], "okafor");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_json(
    interview: &Interview,
    topics: &[Topic],
    warnings: &[Warning],
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let text = |paragraph: u32| interview.paragraph(ParagraphIndex(paragraph));
    let metadata = &interview.metadata;
    let source = &metadata.source;
    let object = Object {
        title: &metadata.title,
        subtitle: metadata.subtitle.as_deref(),
        language: metadata.language.as_deref(),
        date: metadata.date.as_deref(),
        source: SourceObject {
            url: source.url.as_deref(),
            publisher: source.publisher.as_deref(),
            saved: source.saved.as_deref(),
            format: source.format.as_deref(),
        },
        speakers: interview
            .speakers
            .iter()
            .map(|speaker| SpeakerObject { id: &speaker.id, name: &speaker.name, role: speaker.role.name() })
            .collect(),
        front: (0..interview.front()).map(text).collect(),
        turns: (0..interview.turns().len() as u32)
            .filter_map(|index| turn_object(interview, TurnIndex(index)))
            .collect(),
        back: interview.back().map(text).collect(),
        topics: topics.iter().map(|topic| topic_object(interview, topic)).collect(),
        warnings: warnings
            .iter()
            .map(|warning| WarningObject { line: warning.line, message: &warning.message })
            .collect(),
    };
    print_json(&object, out)
}

#[derive(Serialize)]
struct Object<'a> {
    title: &'a str,
    subtitle: Option<&'a str>,
    language: Option<&'a str>,
    date: Option<&'a str>,
    source: SourceObject<'a>,
    speakers: Vec<SpeakerObject<'a>>,
    front: Vec<&'a str>,
    turns: Vec<TurnObject<'a>>,
    back: Vec<&'a str>,
    topics: Vec<TopicObject<'a>>,
    warnings: Vec<WarningObject<'a>>,
}

#[derive(Serialize)]
struct SourceObject<'a> {
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    saved: Option<&'a str>,
    format: Option<&'a str>,
}

#[derive(Serialize)]
struct SpeakerObject<'a> {
    id: &'a str,
    name: &'a str,
    role: &'static str,
}

#[derive(Serialize)]
struct TurnObject<'a> {
    speaker: Option<&'a str>,
    time: Option<String>,
    label: &'static str,
    confidence: Option<&'static str>,
    paragraphs: Vec<ParagraphObject<'a>>,
}

#[derive(Serialize)]
struct ParagraphObject<'a> {
    text: &'a str,
    translation: Option<&'a str>,
}

#[derive(Serialize)]
struct TopicObject<'a> {
    title: &'a str,
    kind: &'static str,
    turn: Option<u32>,
    paragraph: u32,
    level: u8,
}

#[derive(Serialize)]
struct WarningObject<'a> {
    line: u32,
    message: &'a str,
}

fn turn_object(interview: &Interview, index: TurnIndex) -> Option<TurnObject<'_>> {
    let turn = interview.turn(index)?;
    let paragraphs = interview.turn_paragraphs(index).map(ParagraphIndex).map(|paragraph| ParagraphObject {
        text: interview.paragraph(paragraph),
        translation: interview.translation(paragraph).map(|translation| interview.paragraph(translation)),
    });
    Some(TurnObject {
        speaker: turn.speaker.and_then(|speaker| interview.speaker(speaker)).map(|speaker| speaker.id.as_str()),
        time: turn.time.map(clock),
        label: turn.origin.name(),
        confidence: turn.confidence.map(|confidence| confidence.name()),
        paragraphs: paragraphs.collect(),
    })
}

fn topic_object<'a>(interview: &Interview, topic: &'a Topic) -> TopicObject<'a> {
    let (turn, paragraph) = turn_and_paragraph(interview, topic.start);
    TopicObject { title: &topic.title, kind: topic.kind.name(), turn, paragraph, level: topic.level }
}

/// The turn of a place, and the paragraph counted within the turn or the matter around the turns.
fn turn_and_paragraph(interview: &Interview, position: Position) -> (Option<u32>, u32) {
    let paragraph = interview.original_of(position.paragraph).unwrap_or(position.paragraph);
    match interview.turn_of(paragraph) {
        Some(turn) => (Some(turn.0), paragraph.0 - interview.turn_paragraphs(turn).start),
        None => (None, paragraph.0.checked_sub(interview.back().start).unwrap_or(paragraph.0)),
    }
}
