//! An interview as `interview/1`.

use std::ops::Range;

use super::super::yaml_out::{self, Within};
use super::INTERVIEW;
use crate::model::{Interview, LabelOrigin, Matter, ParagraphIndex, Place, Timecode, TurnIndex};

/// Writes an interview, so that [`read`](super::read) gives back the same.
pub fn write(interview: &Interview) -> String {
    let metadata = &interview.metadata;
    let mut out = format!("interleaf: {INTERVIEW}\n");
    let mut line = |key: &str, text: Option<&str>| {
        if let Some(text) = text {
            out.push_str(&format!("{key}: {}\n", yaml_out::scalar(text, Within::Block)));
        }
    };
    line("title", Some(metadata.title.as_str()).filter(|title| !title.is_empty()));
    line("subtitle", metadata.subtitle.as_deref());
    line("date", metadata.date.as_deref());
    line("language", metadata.language.as_deref());
    line("translation_language", metadata.translation_language.as_deref());
    let flow = |text: &str| yaml_out::scalar(text, Within::Flow);
    let source = &metadata.source;
    let source: Vec<String> =
        [("url", &source.url), ("publisher", &source.publisher), ("saved", &source.saved), ("format", &source.format)]
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}: {}", flow(value.as_ref()?))))
            .collect();
    if !source.is_empty() {
        out.push_str(&format!("source: {{{}}}\n", source.join(", ")));
    }
    if !interview.speakers.is_empty() {
        out.push_str("speakers:\n");
    }
    for speaker in &interview.speakers {
        let (id, name, role) = (flow(&speaker.id), flow(&speaker.name), speaker.role.name());
        out.push_str(&format!("- {{id: {id}, name: {name}, role: {role}}}\n"));
    }
    passage(&mut out, interview, 0..interview.front(), "front", "front_translation", "");
    if !interview.given_topics.is_empty() {
        out.push_str("topics:\n");
    }
    for topic in interview.given_topics.iter() {
        let at = match place(interview, topic.paragraph) {
            Place::Front(index) => format!("front: {index}"),
            Place::Back(index) => format!("back: {index}"),
            Place::Turn { turn, paragraph: 0 } => format!("turn: {turn}"),
            Place::Turn { turn, paragraph } => format!("turn: {turn}, paragraph: {paragraph}"),
        };
        let level = if topic.level == 0 { String::new() } else { format!(", level: {}", topic.level) };
        out.push_str(&format!("- {{title: {}, {at}{level}}}\n", flow(&topic.title)));
    }
    if !interview.turns().is_empty() {
        out.push_str("turns:\n");
    }
    let mut times = interview.paragraph_times();
    for (index, turn) in (0u32..).zip(interview.turns()) {
        let paragraphs = interview.turn_paragraphs(TurnIndex(index));
        let mut dash = "- ";
        let mut line = |out: &mut String, text: String| {
            out.push_str(&format!("{dash}{text}\n"));
            dash = "  ";
        };
        if let Some(speaker) = turn.speaker.and_then(|speaker| interview.speaker(speaker)) {
            line(&mut out, format!("speaker: {}", yaml_out::scalar(&speaker.id, Within::Block)));
        }
        if let Some(time) = turn.time {
            line(&mut out, format!("time: \"{}\"", precise(time)));
        }
        match turn.origin {
            LabelOrigin::Read => {}
            LabelOrigin::Inferred => line(&mut out, "inferred: true".to_owned()),
            LabelOrigin::Corrected => line(&mut out, "corrected: true".to_owned()),
        }
        if let Some(confidence) = turn.confidence {
            line(&mut out, format!("confidence: {}", confidence.name()));
        }
        let count = times.iter().take_while(|(paragraph, _)| paragraph.0 < paragraphs.end).count();
        let (of_turn, rest) = times.split_at(count);
        times = rest;
        let of_turn: Vec<String> = of_turn
            .iter()
            .filter(|(paragraph, _)| paragraphs.contains(&paragraph.0))
            .map(|(paragraph, time)| format!("{}: \"{}\"", paragraph.0 - paragraphs.start, precise(*time)))
            .collect();
        if !of_turn.is_empty() {
            line(&mut out, format!("times: {{{}}}", of_turn.join(", ")));
        }
        if paragraphs.is_empty() {
            line(&mut out, "text: []".to_owned());
        } else {
            let at = out.len();
            passage(&mut out, interview, paragraphs, "text", "translation", "  ");
            if dash == "- " {
                out.replace_range(at..at + 2, dash);
            }
        }
    }
    passage(&mut out, interview, interview.back(), "back", "back_translation", "");
    out
}

/// Writes paragraphs and what translations they have.
fn passage(out: &mut String, interview: &Interview, range: Range<u32>, key: &str, translation: &str, indent: &str) {
    let originals: Vec<Option<&str>> =
        range.clone().map(|index| Some(interview.paragraph(ParagraphIndex(index)))).collect();
    let translations: Vec<Option<&str>> =
        range.map(|index| Some(interview.paragraph(interview.translation(ParagraphIndex(index))?))).collect();
    for (key, paragraphs) in [(key, originals), (translation, translations)] {
        if paragraphs.iter().all(Option::is_none) {
            continue;
        }
        let whole: Option<Vec<&str>> = paragraphs.iter().copied().collect();
        let joined = whole.filter(|whole| whole.iter().all(|paragraph| comes_back(paragraph)));
        let value = match joined {
            Some(whole) => yaml_out::text(&(whole.join("\n\n") + "\n")).render(indent.len() + 2, "\n"),
            None => {
                let item = |paragraph: &Option<&str>| match paragraph {
                    Some(text) => format!("\n{indent}- {}", yaml_out::scalar(text, Within::Block)),
                    None => format!("\n{indent}- null"),
                };
                paragraphs.iter().map(item).collect()
            }
        };
        out.push_str(&format!("{indent}{key}:{value}\n"));
    }
}

/// Whether a paragraph is the same after it has stood among others with blank lines between.
fn comes_back(paragraph: &str) -> bool {
    !paragraph.is_empty()
        && paragraph.trim() == paragraph
        && !paragraph.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

fn precise(time: Timecode) -> String {
    match time.milliseconds() % 1000 {
        0 => time.to_string(),
        rest => format!("{time}.{rest:03}"),
    }
}

fn place(interview: &Interview, paragraph: ParagraphIndex) -> Place {
    match (interview.matter(paragraph), interview.turn_of(paragraph)) {
        (Matter::Body, Some(turn)) => {
            let first = interview.turn_paragraphs(turn).start;
            Place::Turn { turn: turn.0, paragraph: paragraph.0 - first }
        }
        (Matter::Back, _) => Place::Back(paragraph.0.saturating_sub(interview.back().start)),
        _ => Place::Front(paragraph.0),
    }
}
