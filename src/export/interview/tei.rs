//! TEI: an utterance for each turn, in divisions by topic.

use std::io::{self, Write};

use crate::export::ExportError;
use crate::export::markdown::one_line;
use crate::export::xml::Xml;
use crate::model::{Interview, ParagraphIndex, Role, Speaker, Timecode, TurnIndex};

/// Writes an interview as TEI's transcription of speech; the same turns are read from it again.
///
/// Who speaks is told in the header, given topics are divisions with a head, and the moments that the document gives
/// stand in a timeline that the utterances point to. A translation is a note beside its paragraph.
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
/// interview::write_tei(&builder.build(), &mut out)?;
/// let text = String::from_utf8_lossy(&out);
/// assert!(text.contains("<u who=\"#okafor\"><seg>What did the relay not know?</seg></u>"), "{text}");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_tei(interview: &Interview, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut xml = Xml::unindented()?;
    let language = interview.metadata.language.as_deref().filter(|language| !language.is_empty());
    let mut root = vec![("xmlns", "http://www.tei-c.org/ns/1.0")];
    root.extend(language.map(|language| ("xml:lang", language)));
    xml.line()?;
    xml.open("TEI", &root)?;
    xml.line()?;
    write_header(&mut xml, interview)?;
    xml.open("text", &[])?;
    xml.line()?;
    write_timeline(&mut xml, interview)?;
    write_matter(&mut xml, interview, "front", 0..interview.front())?;
    xml.open("body", &[])?;
    xml.line()?;
    write_body(&mut xml, interview)?;
    xml.close("body")?;
    xml.line()?;
    write_matter(&mut xml, interview, "back", interview.back())?;
    xml.close("text")?;
    xml.line()?;
    xml.close("TEI")?;
    Ok(out.write_all(&xml.finish())?)
}

fn write_header(xml: &mut Xml, interview: &Interview) -> io::Result<()> {
    let metadata = &interview.metadata;
    let leaf = |xml: &mut Xml, name: &str, attributes: &[(&str, &str)], words: &str| -> io::Result<()> {
        xml.leaf(name, attributes, &one_line(words))?;
        xml.line()
    };
    xml.open("teiHeader", &[])?;
    xml.line()?;
    xml.open("fileDesc", &[])?;
    xml.open("titleStmt", &[])?;
    leaf(xml, "title", &[], &metadata.title)?;
    if let Some(subtitle) = &metadata.subtitle {
        leaf(xml, "title", &[("type", "sub")], subtitle)?;
    }
    xml.close("titleStmt")?;
    xml.open("publicationStmt", &[])?;
    match (&metadata.source.publisher, &metadata.date) {
        (Some(publisher), date) => {
            leaf(xml, "publisher", &[], publisher)?;
            if let Some(date) = date {
                leaf(xml, "date", &[], date)?;
            }
        }
        (None, Some(date)) => {
            xml.open("p", &[])?;
            xml.leaf("date", &[], &one_line(date))?;
            xml.close("p")?;
        }
        (None, None) => leaf(xml, "p", &[], "")?,
    }
    xml.close("publicationStmt")?;
    xml.open("sourceDesc", &[])?;
    leaf(xml, "p", &[], metadata.source.url.as_deref().unwrap_or_default())?;
    xml.close("sourceDesc")?;
    xml.close("fileDesc")?;
    xml.line()?;
    xml.open("profileDesc", &[])?;
    if let Some(language) = &metadata.language {
        xml.open("langUsage", &[])?;
        leaf(xml, "language", &[("ident", language)], language)?;
        xml.close("langUsage")?;
    }
    if !interview.speakers.is_empty() {
        xml.open("particDesc", &[])?;
        xml.open("listPerson", &[])?;
        xml.line()?;
        for (index, speaker) in interview.speakers.iter().enumerate() {
            let id = id_of(index, speaker);
            let mut attributes = vec![("xml:id", id.as_str())];
            if speaker.role != Role::Other {
                attributes.push(("role", speaker.role.name()));
            }
            xml.open("person", &attributes)?;
            xml.leaf("persName", &[], &one_line(&speaker.name))?;
            xml.close("person")?;
            xml.line()?;
        }
        xml.close("listPerson")?;
        xml.close("particDesc")?;
    }
    xml.close("profileDesc")?;
    xml.line()?;
    xml.close("teiHeader")?;
    xml.line()
}

/// The moments that the document gives, by the paragraph that begins at each.
fn write_timeline(xml: &mut Xml, interview: &Interview) -> io::Result<()> {
    if !interview.has_times() {
        return Ok(());
    }
    xml.open("timeline", &[("unit", "s"), ("origin", "#t0")])?;
    xml.line()?;
    xml.empty("when", &[("xml:id", "t0"), ("absolute", "00:00:00")])?;
    xml.line()?;
    for paragraph in interview.paragraphs() {
        if let Some(time) = interview.time_of(paragraph) {
            let interval = seconds(time);
            xml.empty("when", &[("xml:id", &moment_id(paragraph)), ("interval", &interval), ("since", "#t0")])?;
            xml.line()?;
        }
    }
    xml.close("timeline")?;
    xml.line()
}

fn write_matter(xml: &mut Xml, interview: &Interview, part: &str, paragraphs: std::ops::Range<u32>) -> io::Result<()> {
    if paragraphs.is_empty() {
        return Ok(());
    }
    xml.open(part, &[])?;
    xml.open("div", &[])?;
    xml.line()?;
    for paragraph in paragraphs.map(ParagraphIndex) {
        xml.leaf("p", &[], interview.paragraph(paragraph))?;
        xml.line()?;
    }
    xml.close("div")?;
    xml.close(part)?;
    xml.line()
}

/// The turns, an utterance each, cut where a topic or a moment begins in one.
fn write_body(xml: &mut Xml, interview: &Interview) -> io::Result<()> {
    let mut divisions: Vec<u8> = Vec::new();
    let mut is_open = false;
    for (index, turn) in interview.turns().iter().enumerate() {
        let who = turn.speaker.and_then(|speaker| Some((speaker, interview.speaker(speaker)?)));
        let who = who.map(|(index, speaker)| format!("#{}", id_of(usize::from(index.0), speaker)));
        let paragraphs = interview.turn_paragraphs(TurnIndex(index as u32));
        for paragraph in paragraphs.map(ParagraphIndex) {
            let topics: Vec<_> = interview.given_topics.iter().filter(|topic| topic.paragraph == paragraph).collect();
            let time = interview.time_of(paragraph);
            if is_open && (turn.first == paragraph || time.is_some() || !topics.is_empty()) {
                close_utterance(xml)?;
                is_open = false;
            }
            for topic in topics {
                while divisions.last().is_some_and(|level| *level >= topic.level) {
                    divisions.pop();
                    xml.close("div")?;
                    xml.line()?;
                }
                divisions.push(topic.level);
                xml.open("div", &[("type", "topic")])?;
                xml.leaf("head", &[], &one_line(&topic.title))?;
                xml.line()?;
            }
            if !is_open {
                let start = time.map(|_| format!("#{}", moment_id(paragraph)));
                let mut attributes: Vec<(&str, &str)> = who.iter().map(|who| ("who", who.as_str())).collect();
                attributes.extend(start.as_deref().map(|start| ("start", start)));
                xml.open("u", &attributes)?;
                is_open = true;
            }
            xml.leaf("seg", &[], interview.paragraph(paragraph))?;
            if let Some(translation) = interview.translation(paragraph) {
                let language = interview.metadata.translation_language.as_deref();
                let mut attributes = vec![("type", "translation")];
                attributes.extend(language.map(|language| ("xml:lang", language)));
                xml.leaf("note", &attributes, interview.paragraph(translation))?;
            }
        }
    }
    if is_open {
        close_utterance(xml)?;
    }
    for _ in divisions {
        xml.close("div")?;
        xml.line()?;
    }
    Ok(())
}

fn close_utterance(xml: &mut Xml) -> io::Result<()> {
    xml.close("u")?;
    xml.line()
}

/// A speaker's id where XML takes it for a name, and a number where it does not.
fn id_of(index: usize, speaker: &Speaker) -> String {
    let id = &speaker.id;
    let is_name = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        // The timeline's names are `t` and a number.
        && !id.trim_start_matches('t').bytes().all(|byte| byte.is_ascii_digit());
    if is_name { id.clone() } else { format!("speaker-{}", index + 1) }
}

fn moment_id(paragraph: ParagraphIndex) -> String {
    format!("t{}", paragraph.0 + 1)
}

/// `83` or `83.25`.
fn seconds(time: Timecode) -> String {
    match time.milliseconds() % 1000 {
        0 => time.seconds().to_string(),
        milliseconds => format!("{}.{milliseconds:03}", time.seconds()),
    }
}
