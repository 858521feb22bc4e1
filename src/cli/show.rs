//! `interleaf show`: an interview as it was understood.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::builder::styling::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use interleaf::export::interview;
use interleaf::import::ReportLine;
use interleaf::layout;
use interleaf::library::{Opened, Settings};
use interleaf::model::{Interview, LabelOrigin, ParagraphIndex, SpeakerIndex, TurnIndex};
use interleaf::store::interview_file;
use interleaf::text;

use super::arguments::{Destination, Globals, Reading};
use super::inputs::{self, Outlines};
use super::output::{Output, deliver};

/// The widest that a column of text gets.
const MEASURE: u16 = 76;

/// Columns to the left of the text.
const MARGIN: &str = "  ";

/// Columns of what an entry of the report is about.
const ENTRY: usize = 20;

/// Colours of speakers, in the order in which they are met.
const SPEAKERS: [AnsiColor; 6] =
    [AnsiColor::Cyan, AnsiColor::Yellow, AnsiColor::Green, AnsiColor::Magenta, AnsiColor::Blue, AnsiColor::Red];

/// Print an interview as it was understood
///
/// On a terminal the text is wrapped for reading; everywhere else it keeps one paragraph on one line. What the reader
/// should know about the document goes to standard error, and into the JSON.
#[derive(Args)]
pub(crate) struct Show {
    /// The interview; `-` reads standard input
    file: PathBuf,
    /// The form to print it in
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    to: Form,
    /// Print how the document was understood instead of its words
    #[arg(long, conflicts_with = "to")]
    report: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    destination: Destination,
}

/// The forms in which an interview is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Words to read
    #[default]
    Text,
    /// One object with speakers, turns, topics and warnings
    Json,
    /// The native format, to correct by hand and to read again
    Yaml,
    /// Headings and bold names
    Markdown,
    /// A page for a browser, in one file
    Html,
    /// WebVTT captions, where there are timecodes
    Vtt,
    /// SubRip captions, where there are timecodes
    Srt,
    /// TEI's transcription of speech
    Tei,
}

impl Show {
    /// Prints the interview.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        let settings = Settings { import: self.reading.options()?, ..globals.settings() };
        let outlines = if matches!(self.to, Form::Json | Form::Html) { Outlines::Needed } else { Outlines::Unused };
        let opened = inputs::open(&self.file, outlines, &settings)?;
        let (document, topics, warnings) = (&opened.interview, &opened.topics, &opened.report.warnings);
        let mut bytes = Vec::new();
        if self.report {
            deliver(report(&opened).as_bytes(), &self.destination, globals)?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.to != Form::Json {
            inputs::warn(&opened, globals);
        }
        let written = match self.to {
            Form::Text => {
                let output = Output::new(globals);
                if self.destination.output.is_none() && output.is_terminal() {
                    reading_text(&opened, output)?;
                    return Ok(ExitCode::SUCCESS);
                }
                interview::write_text(document, &mut bytes)
            }
            Form::Json => interview::write_json(document, topics, warnings, &mut bytes),
            Form::Yaml => {
                bytes.extend(interview_file::write(document).bytes());
                Ok(())
            }
            Form::Markdown => interview::write_markdown(document, &mut bytes),
            Form::Html => interview::write_html(document, topics, &mut bytes),
            Form::Vtt => interview::write_vtt(document, &mut bytes),
            Form::Srt => interview::write_srt(document, &mut bytes),
            Form::Tei => interview::write_tei(document, &mut bytes),
        };
        written.with_context(|| self.file.display().to_string())?;
        if matches!(self.to, Form::Vtt | Form::Srt)
            && let Some(left_out) = left_out_of_captions(document)
        {
            inputs::remark(globals, &format!("{}: captions leave out {left_out}", self.file.display()));
        }
        deliver(&bytes, &self.destination, globals)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What an interview has that is no caption.
fn left_out_of_captions(interview: &Interview) -> Option<String> {
    let is_translated = interview.paragraphs().any(|paragraph| interview.translation(paragraph).is_some());
    let parts: Vec<&str> = [
        (is_translated, "the translation"),
        (interview.front() > 0, "what stands before the talk"),
        (!interview.back().is_empty(), "what stands after the talk"),
    ]
    .into_iter()
    .filter_map(|(is_there, part)| is_there.then_some(part))
    .collect();
    let (last, others) = parts.split_last()?;
    Some(if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) })
}

/// How the interview was understood, an entry on each line.
fn report(opened: &Opened) -> String {
    let mut lines = String::new();
    for line in opened.report.lines(&opened.interview) {
        match line {
            ReportLine::Heading(heading) => lines.push_str(&format!("\n{heading}\n")),
            ReportLine::Entry(what, said) => {
                let (what, said) = (text::sanitise_line(&what), text::sanitise_line(&said));
                lines.push_str(&format!("{MARGIN}{}{MARGIN}{said}\n", text::pad(&what, ENTRY)));
            }
        }
    }
    lines
}

/// Prints the interview wrapped to the terminal's width, each speaker in a colour of their own.
fn reading_text(opened: &Opened, mut output: Output) -> io::Result<()> {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let interview = &opened.interview;
    let metadata = &interview.metadata;
    output.line("")?;
    if !metadata.title.is_empty() {
        wrapped(&mut output, bold, &metadata.title)?;
    }
    if let Some(subtitle) = &metadata.subtitle {
        wrapped(&mut output, Style::new(), subtitle)?;
    }
    let origin = interview::origin(metadata);
    if !origin.is_empty() {
        wrapped(&mut output, dim, &origin)?;
    }
    output.line("")?;
    for paragraph in (0..interview.front()).map(ParagraphIndex) {
        body(&mut output, opened, paragraph)?;
    }
    for (index, turn) in interview.turns().iter().enumerate() {
        let paragraphs = interview.turn_paragraphs(TurnIndex(index as u32));
        for topic in interview.given_topics.iter().filter(|topic| topic.paragraph.0 == paragraphs.start) {
            wrapped(&mut output, bold, &format!("── {}", topic.title))?;
            output.line("")?;
        }
        let speaker = turn.speaker.and_then(|index| Some((index, interview.speaker(index)?)));
        if let Some((index, speaker)) = speaker {
            let mark = if turn.origin == LabelOrigin::Inferred { "~" } else { "" };
            output.plain(MARGIN)?;
            output.styled(style_of(index), &format!("{}{mark}", text::sanitise_line(&speaker.name).to_uppercase()))?;
        }
        if let Some(time) = turn.time {
            output.styled(dim, &format!("{MARGIN}{time}"))?;
        }
        if speaker.is_some() || turn.time.is_some() {
            output.line("")?;
        }
        for paragraph in paragraphs.map(ParagraphIndex) {
            body(&mut output, opened, paragraph)?;
        }
    }
    if !interview.back().is_empty() && !interview.turns().is_empty() {
        output.styled(dim, &format!("{MARGIN}* * *\n\n"))?;
    }
    for paragraph in interview.back().map(ParagraphIndex) {
        body(&mut output, opened, paragraph)?;
    }
    output.finish()
}

fn style_of(speaker: SpeakerIndex) -> Style {
    let color = SPEAKERS.get(usize::from(speaker.0) % SPEAKERS.len()).copied().unwrap_or(AnsiColor::Cyan);
    Style::new().bold().fg_color(Some(color.into()))
}

fn body(output: &mut Output, opened: &Opened, paragraph: ParagraphIndex) -> io::Result<()> {
    wrapped(output, Style::new(), opened.interview.paragraph(paragraph))?;
    if let Some(translation) = opened.interview.translation(paragraph) {
        wrapped(output, Style::new().dimmed(), opened.interview.paragraph(translation))?;
    }
    output.line("")
}

/// Writes `words` broken into rows, each behind the margin.
fn wrapped(output: &mut Output, style: Style, words: &str) -> io::Result<()> {
    // Marks for controls take more columns than the controls do, so they come before the breaking.
    let words = text::sanitise_line(words);
    let columns = output.columns().saturating_sub(2 * MARGIN.len() as u16).clamp(1, MEASURE);
    for row in layout::wrap(&words, columns) {
        output.plain(MARGIN)?;
        output.styled(style, words.get(row.range()).unwrap_or_default())?;
        output.line("")?;
    }
    Ok(())
}
