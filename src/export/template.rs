//! A template of the reader's own, in the language of Jinja.

use std::io::Write;

use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::json::NoteObject;
use super::{Document, ExportError, Exporter};

/// What a reader's template makes of the notes.
///
/// The template sees `documents`, a list. Each document has
///
/// | name | what it is |
/// |---|---|
/// | `path`, `title`, `subtitle`, `date`, `language`, `url`, `publisher` | of the interview; null where not known |
/// | `speakers` | list of `id`, `name`, `role` |
/// | `topics` | list of `title`, `kind`, `level`, `notes`: the notes that belong to the topic |
/// | `notes` | all notes in the order of the text, orphans last |
///
/// and each note the fields of [`Json`](super::Json): `id`, `kind`, `at`, `quote`, `before`, `after`, `tags`, `status`,
/// `due`, `note`, `reply_to`, `created`, `updated`, `title`, `annotator`, `speaker`, `speaker_name`, `time`, `topic`, `state`, and
/// `now`, the words today where the note has moved. A name that is not there is an error. A template named `.html`,
/// `.htm` or `.xml` escapes what it prints; others print it as it is.
///
/// ```
/// use interleaf::export::{Document, Exporter, Template};
/// use interleaf::model::InterviewBuilder;
///
/// let mut builder = InterviewBuilder::default();
/// builder.metadata.title = "Tea & Steam".to_owned();
/// let interview = builder.build();
/// let document = Document { path: "tea.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let template = Template::new("list.html", "{% for d in documents %}<h1>{{ d.title }}</h1>{% endfor %}")?;
/// let mut out = Vec::new();
/// template.export(&[document], &mut out)?;
/// assert_eq!(out, b"<h1>Tea &amp; Steam</h1>");
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Debug)]
pub struct Template {
    environment: Environment<'static>,
    name: String,
}

impl Template {
    /// A template by its file's name and its source.
    ///
    /// # Errors
    ///
    /// Where the source is no template; the message names the line.
    pub fn new(name: &str, source: &str) -> Result<Self, ExportError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_keep_trailing_newline(true);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
            Some("html" | "htm" | "xml") => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        environment.add_template_owned(name.to_owned(), source.to_owned()).map_err(unfit)?;
        Ok(Self { environment, name: name.to_owned() })
    }
}

impl Exporter for Template {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let context = Context { documents: documents.iter().map(DocumentObject::of).collect() };
        let template = self.environment.get_template(&self.name).map_err(unfit)?;
        Ok(out.write_all(template.render(context).map_err(unfit)?.as_bytes())?)
    }
}

fn unfit(error: minijinja::Error) -> ExportError {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!("{name}:{line}: "),
        (Some(name), None) => format!("{name}: "),
        _ => String::new(),
    };
    let advice = match error.kind() {
        ErrorKind::UndefinedError => "; see `interleaf export --help` for the names that templates have",
        _ => "",
    };
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    ExportError::Unfit(format!("{place}{message}{advice}"))
}

#[derive(Serialize)]
struct Context<'a> {
    documents: Vec<DocumentObject<'a>>,
}

#[derive(Serialize)]
struct DocumentObject<'a> {
    path: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    date: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    speakers: Vec<SpeakerObject<'a>>,
    topics: Vec<TopicObject<'a>>,
    notes: Vec<TemplateNote<'a>>,
}

#[derive(Serialize)]
struct SpeakerObject<'a> {
    id: &'a str,
    name: &'a str,
    role: &'static str,
}

#[derive(Serialize)]
struct TopicObject<'a> {
    title: &'a str,
    kind: &'static str,
    level: u8,
    notes: Vec<TemplateNote<'a>>,
}

#[derive(Serialize)]
struct TemplateNote<'a> {
    #[serde(flatten)]
    note: NoteObject<'a>,
    now: String,
}

impl<'a> DocumentObject<'a> {
    fn of(document: &'a Document) -> Self {
        let metadata = &document.interview.metadata;
        let note = |note| TemplateNote { note: NoteObject::of(document, note), now: document.quote(note).into_owned() };
        Self {
            path: &document.path,
            title: document.title(),
            subtitle: metadata.subtitle.as_deref(),
            date: metadata.date.as_deref(),
            language: metadata.language.as_deref(),
            url: metadata.source.url.as_deref(),
            publisher: metadata.source.publisher.as_deref(),
            speakers: document
                .interview
                .speakers
                .iter()
                .map(|speaker| SpeakerObject { id: &speaker.id, name: &speaker.name, role: speaker.role.name() })
                .collect(),
            topics: document
                .topics
                .iter()
                .enumerate()
                .map(|(index, topic)| TopicObject {
                    title: &topic.title,
                    kind: topic.kind.name(),
                    level: topic.level,
                    notes: document.notes.iter().filter(|note| document.topic(note) == Some(index)).map(note).collect(),
                })
                .collect(),
            notes: document.notes.iter().map(note).collect(),
        }
    }
}
