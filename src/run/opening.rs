//! How an interview comes to the screen: the first page before all else, the rest from a thread behind it.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::{Message, new_id, now, worker};
use crate::app::{App, Document, Notes, Preferences, Stamps};
use crate::config::Config;
use crate::library::{OpenError, Settings, Source};
use crate::model::Interview;
use crate::text;

/// What is read of a document before the terminal is taken.
pub(super) struct FirstPage {
    pub(super) source: Source,
    /// Whether that is only the beginning.
    pub(super) is_beginning: bool,
}

impl FirstPage {
    pub(super) fn read(path: &Path, settings: &Settings) -> Result<Self, OpenError> {
        match Source::read_beginning(path, &settings.import) {
            Some(source) => Ok(Self { source, is_beginning: true }),
            None => Ok(Self { source: Source::read(path, &settings.import)?, is_beginning: false }),
        }
    }
}

/// The document before its notes are read.
pub(super) fn first_page(source: &Source, config: &Config) -> App {
    let stamps = Stamps { now, id: new_id };
    let document = document_of(source);
    let mut notes = Notes::new(Vec::new(), None);
    notes.read_only = Some("the notes are still being read".to_owned());
    let preferences = Preferences {
        measure: config.measure,
        reading_speed: u32::from(config.reading_speed),
        times: config.timecodes,
    };
    App::new(document, notes, preferences, stamps)
}

pub(super) fn document_of(source: &Source) -> Document {
    Document {
        name: source.path.display().to_string(),
        base: source.interview.clone(),
        interview: source.interview.clone(),
        report: Arc::new(source.report.clone()),
        is_outline_to_come: true,
        ..Document::default()
    }
}

/// Reads the rest of the document and the notes, and works the outline out, while the first page is on the screen.
pub(super) fn open_behind(source: Source, is_beginning: bool, settings: Settings, sender: Sender<Message>) {
    worker::spawn(&sender.clone(), Message::Failed, move || {
        let source = if is_beginning { Source::read(&source.path, &settings.import) } else { Ok(source) };
        let source = match source {
            Ok(source) => source,
            Err(error) => return drop(sender.send(Message::Unreadable(error))),
        };
        if is_beginning {
            let _ = sender.send(Message::Whole(Box::new(source.clone())));
        }
        let opened = source.open(&settings);
        let words = count_words(&opened.interview);
        // Where nobody listens any more, nobody misses it.
        let _ = sender.send(Message::Opened(Box::new(opened), words));
    });
}

fn count_words(interview: &Interview) -> usize {
    interview.paragraphs().map(|paragraph| text::word_count(interview.paragraph(paragraph))).sum()
}
