//! Flags that several commands share.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Args, ValueEnum};
use interleaf::config::Config;
use interleaf::import;
use interleaf::library::{Filter, Settings};
use interleaf::model::{Kind, Status, Tag};
use interleaf::search::Query;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Globals {
    /// Keep annotations in this folder instead of the notebook's own
    #[arg(long, value_name = "DIR", global = true, help_heading = "Everywhere")]
    pub(crate) annotations: Option<PathBuf>,
    /// Work in this annotator's layer
    #[arg(long, value_name = "NAME", global = true, help_heading = "Everywhere")]
    pub(crate) annotator: Option<String>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, help_heading = "Everywhere")]
    pub(crate) color: Color,
    /// Say only what was asked for: no remarks on standard error
    #[arg(long, short, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,
}

impl Globals {
    /// What opening an interview needs to know.
    pub(crate) fn settings(&self) -> Settings {
        self.settings_with(&Config::load().0)
    }

    /// What opening an interview needs to know, with the reader's settings.
    pub(crate) fn settings_with(&self, config: &Config) -> Settings {
        Settings {
            annotations: self.annotations.clone(),
            notebook: config.notebook.clone(),
            annotator: self.annotator.clone().or_else(|| config.annotator.clone()),
            ..Settings::default()
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where output goes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Destination {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
}

/// What is known of a document beforehand.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "How to read the document")]
pub(crate) struct Reading {
    /// Take it for this format instead of looking what it is
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// The name of the one who asks
    #[arg(long, value_name = "NAME")]
    interviewer: Option<String>,
    /// Rename a speaker, or make two one; may stand several times
    #[arg(long, value_name = "OLD=NEW", value_parser = renaming)]
    speaker: Vec<(String, String)>,
    /// A Podcasting 2.0 chapters file with the topics
    #[arg(long, value_name = "FILE")]
    chapters: Option<PathBuf>,
}

impl Reading {
    /// The same as the importers take it.
    pub(crate) fn options(&self) -> Result<import::Options> {
        let chapters = match &self.chapters {
            Some(path) => Some(std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?),
            None => None,
        };
        Ok(import::Options {
            format: self.format.clone(),
            interviewer: self.interviewer.clone(),
            speakers: self.speaker.clone(),
            chapters,
        })
    }
}

fn renaming(text: &str) -> Result<(String, String)> {
    let (old, new) = text.split_once('=').context("write OLD=NEW")?;
    Ok((old.trim().to_owned(), new.trim().to_owned()))
}

/// Which notes are asked for. Flags of one name may stand several times and ask for any of theirs.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Which notes")]
pub(crate) struct Which {
    /// Of this kind
    #[arg(long, value_name = "KIND", value_parser = kinds(), value_delimiter = ',', hide_possible_values = true)]
    kind: Vec<Kind>,
    /// With this tag, or one below it
    #[arg(long, value_name = "TAG", value_parser = tag)]
    tag: Vec<Tag>,
    /// On words of this speaker: an id, a name, or part of a name
    #[arg(long, value_name = "SPEAKER")]
    speaker: Vec<String>,
    /// With this status: open, asked, answered, dropped
    #[arg(long, value_name = "STATUS", value_parser = statuses(), value_delimiter = ',', hide_possible_values = true)]
    status: Vec<Status>,
    /// With these words in the note, the quote or a tag
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Changed since: a day (2026-11-24) or a moment (2026-11-24T10:02:11Z)
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    since: Option<Timestamp>,
}

impl Which {
    /// The same as the library asks it.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            kinds: self.kind.clone(),
            tags: self.tag.clone(),
            speakers: self.speaker.clone(),
            statuses: self.status.clone(),
            text: self.text.as_deref().map(Query::literal),
            since: self.since,
        }
    }
}

/// Reads a kind by its name.
pub(crate) fn kinds() -> ValueParser {
    by_name(Kind::ALL.map(Kind::name), Kind::from_name)
}

/// Reads a status by its name.
pub(crate) fn statuses() -> ValueParser {
    by_name(Status::ALL.map(Status::name), Status::from_name)
}

/// Reads one of the library's values by its name; `find` knows all `names`.
pub(crate) fn by_name<T: Clone + Send + Sync + 'static>(
    names: impl IntoIterator<Item = impl Into<PossibleValue>>,
    find: fn(&str) -> Option<T>,
) -> ValueParser {
    PossibleValuesParser::new(names).try_map(move |name| find(&name).context("no such name")).into()
}

/// Reads a tag.
pub(crate) fn tag(name: &str) -> Result<Tag> {
    Tag::new(name).context("a tag needs a name")
}

/// Reads a day, as its beginning in this place, or a moment.
fn moment(text: &str) -> Result<Timestamp> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let local = match (text.parse::<DateTime>(), text.parse::<Date>()) {
        (Ok(time), _) => time,
        (_, Ok(day)) => day.to_datetime(jiff::civil::Time::midnight()),
        _ => bail!("neither a day such as 2026-11-24 nor a moment such as 2026-11-24T10:02:11Z"),
    };
    TimeZone::system().to_timestamp(local).context("there is no such moment")
}
