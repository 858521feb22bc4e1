//! `interleaf note`: annotate from a script.

use std::io::{self, Read as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use interleaf::anchor;
use interleaf::library::Opened;
use interleaf::model::{Annotation, Kind, ParagraphIndex, Position, Span, Status, Tag, TurnIndex};
use interleaf::search::Query;
use interleaf::store;
use jiff::Timestamp;
use jiff::civil::Date;

use super::arguments::{Globals, kinds, statuses, tag};
use super::inputs::{self, Outlines};
use super::keep;
use super::output::Output;

/// How many places an error lists.
const LISTED: usize = 10;

/// Annotate a quote or a turn, and print the new annotation's id
///
/// The quote must fit one place. It is looked for letter by letter first, and where it does not stand so, without
/// regard to case, accents and line breaks.
#[derive(Args)]
pub(crate) struct Note {
    /// The interview
    file: PathBuf,
    /// The words to annotate; needed where no --turn is given
    #[arg(long)]
    quote: Option<String>,
    /// The turn to annotate, or to look for the quote in; counted from 0, as `show --to json` does
    #[arg(long, value_name = "N")]
    turn: Option<u32>,
    /// Which of several places, counted from 1
    #[arg(long, value_name = "N", requires = "quote", value_parser = clap::value_parser!(u32).range(1..))]
    nth: Option<u32>,
    /// What to say about it; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The kind: highlight, note, question, follow-up, bookmark, topic [default: note, or highlight without a note]
    #[arg(long, value_name = "KIND", value_parser = kinds(), hide_possible_values = true)]
    kind: Option<Kind>,
    /// A tag; may stand several times
    #[arg(long, value_name = "TAG", value_parser = tag)]
    tag: Vec<Tag>,
    /// How far a question or follow-up has come: open, asked, answered, dropped [default: open]
    #[arg(long, value_name = "STATUS", value_parser = statuses(), hide_possible_values = true)]
    status: Option<Status>,
    /// The day by which it is to be done
    #[arg(long, value_name = "DAY")]
    due: Option<Date>,
}

impl Note {
    /// Writes the annotation to the reader's own layer.
    pub(crate) fn run(self, globals: &Globals) -> Result<ExitCode> {
        if self.file.as_os_str() == "-" {
            bail!("notes need an interview that stays; save standard input to a file first");
        }
        let mut opened = inputs::open(&self.file, Outlines::Unused, &globals.settings())?;
        let span = self.place(&opened)?;
        let words = match self.note.as_deref() {
            Some("-") => {
                let mut words = String::new();
                io::stdin().lock().read_to_string(&mut words).context("the note cannot be read from standard input")?;
                words.trim_end_matches(['\n', '\r']).to_owned()
            }
            words => words.unwrap_or_default().to_owned(),
        };
        let kind = self.kind.unwrap_or(if words.is_empty() { Kind::Highlight } else { Kind::Note });
        if self.status.is_some() && !kind.has_status() {
            bail!("--status is for questions and follow-ups; add --kind follow-up or --kind question");
        }
        let mut tags = self.tag.clone();
        let mut seen = Vec::new();
        tags.retain(|tag| {
            let new = !seen.contains(tag);
            seen.push(tag.clone());
            new
        });
        let now = Timestamp::from_second(Timestamp::now().as_second())?;
        let annotation = Annotation {
            id: store::new_id(Timestamp::now()),
            kind,
            anchor: anchor::describe(&opened.interview, span),
            tags,
            status: kind.has_status().then_some(self.status.unwrap_or_default()),
            due: self.due,
            note: words,
            reply_to: None,
            created: now,
            updated: now,
            conflict: None,
        };
        let id = annotation.id.clone();
        keep::in_own_layer(&mut opened, vec![annotation])?;
        let mut output = Output::new(globals);
        output.line(id.as_str())?;
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The one place that is asked for.
    fn place(&self, opened: &Opened) -> Result<Span> {
        let interview = &opened.interview;
        let turn = match self.turn {
            Some(number) => Some(span_of_turn(opened, TurnIndex(number))?),
            None => None,
        };
        let Some(quote) = self.quote.as_deref() else {
            return turn.context("say what to annotate: words of the interview with --quote, or a turn with --turn");
        };
        if quote.trim().is_empty() {
            bail!("--quote is empty; give words of the interview");
        }
        let found = places(opened, quote);
        let within =
            |span: &Span| self.turn.is_none_or(|turn| interview.turn_of(span.start.paragraph) == Some(TurnIndex(turn)));
        let fitting: Vec<Span> = found.iter().copied().filter(within).collect();
        let name = opened.path.display();
        match (fitting.as_slice(), self.nth) {
            ([], _) if found.is_empty() => {
                bail!("{name}: “{quote}” does not stand in the interview; copy the words from `interleaf show {name}`")
            }
            ([], _) => bail!("{name}: “{quote}” is not in that turn; it stands here:{}", list(opened, &found)),
            (places, Some(nth)) => places.get(nth as usize - 1).copied().with_context(|| {
                format!("{name}: “{quote}” stands at {} places only:{}", places.len(), list(opened, places))
            }),
            ([place], None) => Ok(*place),
            (places, None) => bail!(
                "{name}: “{quote}” stands at {} places; choose one with --nth or --turn:{}",
                places.len(),
                list(opened, places)
            ),
        }
    }
}

fn span_of_turn(opened: &Opened, turn: TurnIndex) -> Result<Span> {
    let interview = &opened.interview;
    let paragraphs = interview.turn_paragraphs(turn);
    let count = interview.turns().len();
    if paragraphs.is_empty() {
        let advice = if count == 0 { "it has none".to_owned() } else { format!("they run from 0 to {}", count - 1) };
        bail!("{}: there is no turn {}; {advice}", opened.path.display(), turn.0);
    }
    let last = ParagraphIndex(paragraphs.end - 1);
    let end = Position { paragraph: last, offset: interview.paragraph(last).len() as u32 };
    Ok(Span { start: Position::new(paragraphs.start, 0), end })
}

/// Where `quote` stands: letter by letter, or else as a search finds it.
fn places(opened: &Opened, quote: &str) -> Vec<Span> {
    let interview = &opened.interview;
    // A quote over several paragraphs has a blank line where the text has a line feed.
    let exact = quote.trim().replace("\r\n", "\n").replace("\n\n", "\n");
    let spans: Vec<Span> = interview
        .text()
        .match_indices(&exact)
        .map(|(at, words)| Span::new(interview.position_of_byte(at), interview.position_of_byte(at + words.len())))
        .collect();
    if spans.is_empty() { Query::literal(&quote.trim().to_lowercase()).find_all(interview) } else { spans }
}

/// The places, one on a line: how to choose it, where it is, who speaks, the words around it.
fn list(opened: &Opened, places: &[Span]) -> String {
    let interview = &opened.interview;
    let mut lines = String::new();
    for (index, span) in places.iter().take(LISTED).enumerate() {
        let paragraph = span.start.paragraph;
        let place = match interview.turn_of(paragraph) {
            Some(turn) => format!("turn {}", turn.0),
            None if paragraph.0 < interview.front() => "front matter".to_owned(),
            None => "back matter".to_owned(),
        };
        let speaker = interview.speaker_of(paragraph).and_then(|speaker| interview.speaker(speaker));
        let speaker = speaker.map(|speaker| format!(", {}", speaker.name)).unwrap_or_default();
        let described = anchor::describe(interview, *span);
        let words = format!("…{}[{}]{}…", described.before, described.quote, described.after).replace('\n', " ");
        lines.push_str(&format!("\n  --nth {}  {place}{speaker}: {words}", index + 1));
    }
    if places.len() > LISTED {
        lines.push_str(&format!("\n  and {} more", places.len() - LISTED));
    }
    lines
}
