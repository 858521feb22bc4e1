//! The formats by name, for callers that let the reader choose.

use super::{
    Anki, Csv, Docx, Exporter, Grouping, Html, Json, Kindle, Markdown, Obsidian, Ohms, PlainText, Qdc, Qdpx, Questions,
    Readwise, Units, WebAnnotation,
};
use crate::model::TagDefinition;

/// A format in which notes are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// To hand on: [`Markdown`].
    Markdown,
    /// The whole interview with notes in its margin: [`Html`].
    Html,
    /// All fields, for programs: [`Json`].
    Json,
    /// All fields, for spreadsheets: [`Csv`].
    Csv,
    /// For mail and paper: [`PlainText`].
    Text,
    /// For word processors: [`Docx`].
    Docx,
    /// What is to be asked: [`Questions`].
    Questions,
    /// For Obsidian: [`Obsidian`].
    Obsidian,
    /// For Readwise: [`Readwise`].
    Readwise,
    /// Flash cards: [`Anki`].
    Anki,
    /// Clippings: [`Kindle`].
    Kindle,
    /// W3C Web Annotation: [`WebAnnotation`].
    WebAnnotation,
    /// A REFI-QDA project: [`Qdpx`].
    Qdpx,
    /// A REFI-QDA codebook: [`Qdc`].
    Qdc,
    /// An index of the recording: [`Ohms`].
    Ohms,
}

/// What a reader may say of an export; formats take what they have a use for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the headings are.
    pub group_by: Grouping,
    /// What positions count.
    pub units: Units,
    /// What is known of tags.
    pub tags: Vec<TagDefinition>,
}

impl Format {
    /// All of them, in the order in which lists show them.
    pub const ALL: [Format; 15] = [
        Format::Markdown,
        Format::Html,
        Format::Json,
        Format::Csv,
        Format::Text,
        Format::Docx,
        Format::Questions,
        Format::Obsidian,
        Format::Readwise,
        Format::Anki,
        Format::Kindle,
        Format::WebAnnotation,
        Format::Qdpx,
        Format::Qdc,
        Format::Ohms,
    ];

    /// The word that commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Text => "text",
            Format::Docx => "docx",
            Format::Questions => "questions",
            Format::Obsidian => "obsidian",
            Format::Readwise => "readwise",
            Format::Anki => "anki",
            Format::Kindle => "kindle",
            Format::WebAnnotation => "webannotation",
            Format::Qdpx => "qdpx",
            Format::Qdc => "qdc",
            Format::Ohms => "ohms",
        }
    }

    /// The format that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            Format::Markdown => "Notes under headings, to hand on",
            Format::Html => "The whole interview as a page, with notes in its margin",
            Format::Json => "All fields, for programs",
            Format::Csv => "All fields, for spreadsheets",
            Format::Text => "Plain text, for mail and paper",
            Format::Docx => "For word processors",
            Format::Questions => "What is open, as the list of questions for the next interview",
            Format::Obsidian => "A page for each interview, with callouts and block ids",
            Format::Readwise => "Readwise's CSV",
            Format::Anki => "Flash cards for Anki's text import",
            Format::Kindle => "Kindle clippings",
            Format::WebAnnotation => "W3C Web Annotation, as JSON-LD",
            Format::Qdpx => "A REFI-QDA project, for tools of qualitative analysis",
            Format::Qdc => "A REFI-QDA codebook of the tags",
            Format::Ohms => "An OHMS index of the recording's topics",
        }
    }

    /// How the names of its files end, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Markdown | Format::Questions | Format::Obsidian => "md",
            Format::Html => "html",
            Format::Json => "json",
            Format::Csv | Format::Readwise => "csv",
            Format::Text | Format::Anki | Format::Kindle => "txt",
            Format::Docx => "docx",
            Format::WebAnnotation => "jsonld",
            Format::Qdpx => "qdpx",
            Format::Qdc => "qdc",
            Format::Ohms => "xml",
        }
    }

    /// Whether it says which topic a note belongs to, or lists the topics; where not, [`Document::topics`] may be empty.
    ///
    /// [`Document::topics`]: super::Document::topics
    pub fn tells_topics(self, group_by: Grouping) -> bool {
        match self {
            Format::Markdown | Format::Text | Format::Docx => group_by == Grouping::Topic,
            Format::Html | Format::Json | Format::Csv | Format::Obsidian | Format::Ohms => true,
            Format::Questions
            | Format::Readwise
            | Format::Anki
            | Format::Kindle
            | Format::WebAnnotation
            | Format::Qdpx
            | Format::Qdc => false,
        }
    }

    /// Its exporter.
    pub fn exporter(self, options: Options) -> Box<dyn Exporter> {
        let Options { group_by, units, tags } = options;
        match self {
            Format::Markdown => Box::new(Markdown { group_by }),
            Format::Html => Box::new(Html),
            Format::Json => Box::new(Json),
            Format::Csv => Box::new(Csv),
            Format::Text => Box::new(PlainText { group_by }),
            Format::Docx => Box::new(Docx { group_by }),
            Format::Questions => Box::new(Questions),
            Format::Obsidian => Box::new(Obsidian),
            Format::Readwise => Box::new(Readwise),
            Format::Anki => Box::new(Anki),
            Format::Kindle => Box::new(Kindle),
            Format::WebAnnotation => Box::new(WebAnnotation),
            Format::Qdpx => Box::new(Qdpx { units, tags }),
            Format::Qdc => Box::new(Qdc { tags }),
            Format::Ohms => Box::new(Ohms),
        }
    }
}
