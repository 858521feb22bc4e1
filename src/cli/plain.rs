//! `interleaf --plain PATH`: the interview with its notes inline, line by line, for screen readers and pipes.
//!
//! One paragraph is one line, each note a line under the words that it holds to. Nothing is placed on the screen and
//! nothing is told by colour or by signs.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use interleaf::export::PlacedNote;
use interleaf::library::Opened;
use interleaf::model::{Confidence, Interview, Kind, Matter, ParagraphIndex, Role, Speaker};

use super::arguments::Globals;
use super::inputs::{self, Outlines};
use super::output::Output;

/// Prints the interview at `path` with its notes.
pub(crate) fn print(path: &Path, globals: &Globals) -> Result<ExitCode> {
    let opened = inputs::open(path, Outlines::Needed, &globals.settings())?;
    inputs::warn(&opened, globals);
    for fault in opened.faults() {
        inputs::remark(globals, &fault.to_string());
    }
    let mut output = Output::new(globals);
    write(&opened, &mut output)?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn write(opened: &Opened, output: &mut Output) -> io::Result<()> {
    let interview = &opened.interview;
    let metadata = &interview.metadata;
    let heads = [Some(&metadata.title), metadata.subtitle.as_ref(), metadata.date.as_ref()];
    for head in heads.into_iter().flatten().filter(|head| !head.is_empty()) {
        output.line(head)?;
    }
    for about in [company(interview), worked_out(interview)].into_iter().flatten() {
        output.line(&about)?;
    }
    let mut before = None;
    for paragraph in interview.paragraphs() {
        output.line("")?;
        let matter = interview.matter(paragraph);
        if matter == Matter::Back && before != Some(Matter::Back) {
            output.line("After the interview:")?;
        }
        before = Some(matter);
        for topic in opened.topics.iter().filter(|topic| topic.start.paragraph == paragraph) {
            output.line(&format!("Topic: {}", topic.title))?;
        }
        if let Some(who) = speaks(opened, paragraph) {
            output.line(&who)?;
        }
        spoken(opened, paragraph, output)?;
        if let Some(translation) = interview.translation(paragraph) {
            output.plain("Translation: ")?;
            spoken(opened, translation, output)?;
        }
    }
    let orphans: Vec<&PlacedNote> = opened.notes.iter().filter(|note| note.paragraph().is_none()).collect();
    if !orphans.is_empty() {
        output.line("\nNotes whose words are not in the text any more:")?;
    }
    for note in orphans {
        said(opened, note, "", output)?;
    }
    Ok(())
}

/// Who talks: `Speakers: Mira Okafor, interviewer; Jonas Hale, guest.`
fn company(interview: &Interview) -> Option<String> {
    let said = |speaker: &Speaker| match speaker.role {
        Role::Other => speaker.name.clone(),
        role => format!("{}, {}", speaker.name, role.name()),
    };
    let speakers: Vec<String> = interview.speakers.iter().map(said).collect();
    (!speakers.is_empty()).then(|| format!("Speakers: {}.", speakers.join("; ")))
}

/// That not all names over turns were read, which the screen tells with a `~` at each.
fn worked_out(interview: &Interview) -> Option<String> {
    let turns = interview.turns();
    let of = |confidence| turns.iter().filter(|turn| turn.confidence == Some(confidence)).count();
    let count = turns.iter().filter(|turn| turn.confidence.is_some()).count();
    let doubtful = of(Confidence::Doubtful);
    let doubt = if doubtful > 0 { format!(", and is doubtful in {doubtful}") } else { String::new() };
    (count > 0).then(|| format!("Who speaks was worked out for {count} of {} turns{doubt}.", turns.len()))
}

/// Who begins to speak with a paragraph, and when.
fn speaks(opened: &Opened, paragraph: ParagraphIndex) -> Option<String> {
    let interview = &opened.interview;
    let index = interview.turn_of(paragraph)?;
    if interview.turn_paragraphs(index).start != paragraph.0 {
        return None;
    }
    let turn = interview.turn(index)?;
    let name = turn.speaker.and_then(|speaker| interview.speaker(speaker)).map(|speaker| speaker.name.clone());
    let parts: Vec<String> = name.into_iter().chain(turn.time.map(|time| time.to_string())).collect();
    (!parts.is_empty()).then(|| format!("{}:", parts.join(", ")))
}

/// A paragraph and the notes that begin in it.
fn spoken(opened: &Opened, paragraph: ParagraphIndex, output: &mut Output) -> io::Result<()> {
    let words = opened.interview.paragraph(paragraph);
    output.line(words)?;
    // The reader's own topics were told above the paragraph.
    let here = |note: &&PlacedNote| note.paragraph() == Some(paragraph) && note.annotation.kind != Kind::Topic;
    for note in opened.notes.iter().filter(here) {
        said(opened, note, words, output)?;
    }
    Ok(())
}

/// A note on a line: what it is, on which words, what it says.
fn said(opened: &Opened, note: &PlacedNote, paragraph: &str, output: &mut Output) -> io::Result<()> {
    let annotation = &note.annotation;
    let answered = annotation.reply_to.as_ref();
    let answered = answered.and_then(|id| opened.notes.iter().find(|other| other.annotation.id == *id));
    let mut head = match answered {
        Some(_) => "Answer".to_owned(),
        None => capitalised(annotation.kind.name()),
    };
    if let Some(annotator) = &note.annotator {
        head.push_str(&format!(" by {annotator}"));
    }
    if let Some(status) = annotation.status {
        head.push_str(&format!(", {}", status.name()));
    }
    if let Some(due) = annotation.due {
        head.push_str(&format!(", due {due}"));
    }
    if annotation.conflict.is_some() {
        head.push_str(", in two versions");
    }
    if !annotation.tags.is_empty() {
        let tags: Vec<&str> = annotation.tags.iter().map(|tag| tag.as_str()).collect();
        head.push_str(&format!(", tagged {}", tags.join(", ")));
    }
    match answered.map(|answered| answered.annotation.note.trim()) {
        Some(words) if !words.is_empty() => head.push_str(&format!(", to “{}”", on_one_line(words))),
        Some(_) => {}
        None if annotation.anchor.quote == paragraph => head.push_str(", on this paragraph"),
        None => head.push_str(&format!(", on “{}”", on_one_line(&annotation.anchor.quote))),
    }
    let words = on_one_line(annotation.note.trim());
    let colon = if words.is_empty() { "." } else { ": " };
    output.line(&format!("    {head}{colon}{words}"))
}

fn on_one_line(words: &str) -> String {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
