//! Captions: WebVTT and SubRip.
//!
//! A caption lasts from one moment that the document gives to the next and holds all that is said between them, a
//! line for each paragraph; no moment is made up but the last one's end. Front and back matter are not said and left
//! out. A moment that goes back, as at the change of a tape, begins no caption, since both formats want them to rise.

use std::io::Write;

use crate::export::ExportError;
use crate::export::markdown::one_line;
use crate::export::xml::printable;
use crate::model::{Interview, ParagraphIndex, Timecode, TurnIndex};

/// Letters that are spoken in a second, by which the end of the last caption is guessed.
const LETTERS: u32 = 15;

/// The name of a voice that nobody knows, which tells its turn from the one before.
const NOBODY: &str = "Unknown";

/// Writes an interview as WebVTT, each turn in the voice of its speaker; the same turns are read from it again.
///
/// # Errors
///
/// Where the interview has no times, or writing fails.
///
/// ```
/// use interleaf::export::interview;
/// use interleaf::model::{InterviewBuilder, Role};
///
/// let mut builder = InterviewBuilder::default();
/// let mira = builder.speaker("Mira Okafor", Role::Interviewer);
/// builder.turn(Some(mira), "0:04".parse().ok()).paragraph("What did the relay not know?");
/// let mut out = Vec::new();
/// interview::write_vtt(&builder.build(), &mut out)?;
/// assert_eq!(
///     String::from_utf8_lossy(&out),
///     "WEBVTT\n\n1\n00:00:04.000 --> 00:00:06.000\n<v Mira Okafor>What did the relay not know?</v>\n"
/// );
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_vtt(interview: &Interview, out: &mut dyn Write) -> Result<(), ExportError> {
    let captions = captions(interview)?;
    let metadata = &interview.metadata;
    match bare(&metadata.title) {
        title if title.is_empty() => writeln!(out, "WEBVTT")?,
        title => writeln!(out, "WEBVTT - {title}")?,
    }
    if let Some(language) = metadata.language.as_deref().map(bare).filter(|language| !language.is_empty()) {
        writeln!(out, "Language: {language}")?;
    }
    for (number, caption) in captions.iter().enumerate() {
        let (start, end) = (clock(caption.start, '.'), clock(caption.end, '.'));
        writeln!(out, "\n{}\n{start} --> {end}", number + 1)?;
        for line in &caption.lines {
            let words = escape(line.words);
            match line.name {
                Some(name) => writeln!(out, "<v {}>{words}</v>", escape(name))?,
                None => writeln!(out, "{words}")?,
            }
        }
    }
    Ok(())
}

/// Writes an interview as SubRip, a name before each turn; the same turns are read from it again.
///
/// # Errors
///
/// Where the interview has no times, or writing fails.
///
/// ```
/// use interleaf::export::interview;
/// use interleaf::model::{InterviewBuilder, Role};
///
/// let mut builder = InterviewBuilder::default();
/// let mira = builder.speaker("Mira Okafor", Role::Interviewer);
/// builder.turn(Some(mira), "0:04".parse().ok()).paragraph("What did the relay not know?");
/// let mut out = Vec::new();
/// interview::write_srt(&builder.build(), &mut out)?;
/// assert_eq!(
///     String::from_utf8_lossy(&out),
///     "1\n00:00:04,000 --> 00:00:06,000\nMira Okafor: What did the relay not know?\n"
/// );
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
pub fn write_srt(interview: &Interview, out: &mut dyn Write) -> Result<(), ExportError> {
    for (number, caption) in captions(interview)?.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let (start, end) = (clock(caption.start, ','), clock(caption.end, ','));
        writeln!(out, "{}\n{start} --> {end}", number + 1)?;
        let mut last = None;
        for line in &caption.lines {
            let words = bare(line.words);
            match line.name.filter(|_| last != Some(line.turn)) {
                Some(name) => writeln!(out, "{}: {words}", bare(name))?,
                None => writeln!(out, "{words}")?,
            }
            last = Some(line.turn);
        }
    }
    Ok(())
}

struct Caption<'a> {
    start: Timecode,
    end: Timecode,
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    turn: usize,
    /// Who speaks; `None` where the interview names nobody at all.
    name: Option<&'a str>,
    words: &'a str,
}

fn captions(interview: &Interview) -> Result<Vec<Caption<'_>>, ExportError> {
    if !interview.has_times() {
        let advice = "the interview has no timecodes, and captions are made of them; choose another form";
        return Err(ExportError::Unfit(advice.to_owned()));
    }
    let mut captions: Vec<Caption<'_>> = Vec::new();
    for (index, turn) in interview.turns().iter().enumerate() {
        let name = turn.speaker.and_then(|speaker| interview.speaker(speaker)).map(|speaker| speaker.name.as_str());
        let name = name.or((!interview.speakers.is_empty()).then_some(NOBODY));
        for paragraph in interview.turn_paragraphs(TurnIndex(index as u32)).map(ParagraphIndex) {
            let line = Line { turn: index, name, words: interview.paragraph(paragraph) };
            let time = interview.time_of(paragraph);
            let last = captions.last_mut();
            let begins = match &last {
                Some(last) => time.filter(|time| *time > last.start),
                None => Some(time.unwrap_or_default()),
            };
            match (begins, last) {
                (Some(start), last) => {
                    if let Some(last) = last {
                        last.end = start;
                    }
                    captions.push(Caption { start, end: start, lines: vec![line] });
                }
                (None, Some(last)) => last.lines.push(line),
                (None, None) => {}
            }
        }
    }
    if let Some(last) = captions.last_mut() {
        let letters: usize = last.lines.iter().map(|line| line.words.chars().count()).sum();
        let seconds = u32::try_from(letters).unwrap_or(u32::MAX) / LETTERS + 1;
        last.end = Timecode::from_milliseconds(last.start.milliseconds().saturating_add(seconds.saturating_mul(1000)));
    }
    Ok(captions)
}

/// `00:00:04.000`, with whatever mark before the milliseconds.
fn clock(time: Timecode, mark: char) -> String {
    format!("{time}{mark}{:03}", time.milliseconds() % 1000)
}

/// Words as WebVTT's: on one line, with no tags and no arrow among them.
fn escape(text: &str) -> String {
    let line = line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // What looks like another format's place on the screen.
    line.replace("{\\", "&#123;\\")
}

/// Words as SubRip and headers of WebVTT want them, where the arrow of times cannot be escaped.
fn bare(text: &str) -> String {
    line(text).replace("-->", "→")
}

/// Words without line feeds of any kind and without controls.
fn line(text: &str) -> String {
    one_line(&printable(text)).replace(|c: char| c.is_control(), "\u{fffd}")
}
