//! A project: interviews as sources, notes as codings and memos, speakers as cases, annotators as users.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use jiff::Timestamp;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::codebook::{Codes, ORIGIN, code_guid, names_of};
use super::source::SourceText;
use crate::export::ids::guid;
use crate::export::markdown::{excerpt, one_line};
use crate::export::xml::Xml;
use crate::export::{Document, ExportError, Exporter, PlacedNote};
use crate::model::{ParagraphIndex, Position, Span, TagDefinition, TurnIndex};

/// What characters are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Unicode code points, lines ended by a line feed: what the standard says.
    #[default]
    CodePoints,
    /// UTF-16 code units, lines ended by carriage return and line feed, which count as two: what NVivo reads.
    Utf16,
}

impl Units {
    /// All of them.
    pub const ALL: [Units; 2] = [Units::CodePoints, Units::Utf16];

    /// The word that commands use.
    pub const fn name(self) -> &'static str {
        match self {
            Units::CodePoints => "characters",
            Units::Utf16 => "utf16",
        }
    }

    /// The units that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|units| units.name() == name)
    }

    /// How many units `text` takes.
    pub(super) fn count(self, text: &str) -> usize {
        match self {
            Units::CodePoints => text.chars().count(),
            Units::Utf16 => text.encode_utf16().count(),
        }
    }

    /// What ends a line.
    pub(super) const fn newline(self) -> &'static str {
        match self {
            Units::CodePoints => "\n",
            Units::Utf16 => "\r\n",
        }
    }
}

/// How hard the archive is pressed: of 1 to 9 the least that still finds most of what repeats.
const QUICKLY: i64 = 2;

/// A `.qdpx` archive with all interviews in one project.
///
/// A note with tags is a coding with each of them; a note's words are the memo. A note without a tag is a selection
/// without a coding, whose description is the memo. Each speaker is a case, and a code of the same identifier marks
/// what that speaker says. Orphans are left out, since every selection must have a place.
///
/// ```
/// use interleaf::export::{Document, Exporter, Qdpx};
/// use interleaf::model::InterviewBuilder;
///
/// let mut builder = InterviewBuilder::default();
/// builder.turn(None, None).paragraph("What did the relay not know?");
/// let interview = builder.build();
/// let document = Document { path: "talk.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let mut out = Vec::new();
/// Qdpx::default().export(&[document], &mut out)?;
/// assert!(out.starts_with(b"PK"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Qdpx {
    /// What positions count.
    pub units: Units,
    /// What is known of tags.
    pub tags: Vec<TagDefinition>,
}

impl Exporter for Qdpx {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        if documents.is_empty() {
            return Err(ExportError::Unfit("there is no interview to put into the project".to_owned()));
        }
        let sources: Vec<SourceText> =
            documents.iter().map(|document| SourceText::of(&document.interview, self.units)).collect();
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // The default time is fixed, so that the same notes are the same bytes.
        let options = SimpleFileOptions::default().compression_level(Some(QUICKLY));
        let failed = |error| ExportError::Io(std::io::Error::other(error));
        archive.start_file("project.qde", options).map_err(failed)?;
        archive.write_all(&project(documents, &sources, &self.tags)?)?;
        for (document, source) in documents.iter().zip(&sources) {
            archive.start_file(format!("sources/{}.txt", source_guid(document)), options).map_err(failed)?;
            archive.write_all(source.text.as_bytes())?;
        }
        Ok(out.write_all(archive.finish().map_err(failed)?.get_ref())?)
    }
}

fn project(documents: &[Document], sources: &[SourceText], tags: &[TagDefinition]) -> std::io::Result<Vec<u8>> {
    let codes = Codes::of(documents, tags);
    let moment = first_moment(documents);
    let user = user_guid(None);
    let mut xml = Xml::new()?;
    let name = match documents {
        [document] => document.title().to_owned(),
        _ => format!("{} interviews", documents.len()),
    };
    let attributes = [
        ("xmlns", "urn:QDA-XML:project:1.0"),
        ("name", name.as_str()),
        ("origin", ORIGIN),
        ("creatingUserGUID", &user),
        ("creationDateTime", &moment),
        ("modifyingUserGUID", &user),
        ("modifiedDateTime", &moment),
    ];
    xml.open("Project", &attributes)?;
    write_users(&mut xml, documents)?;
    let speakers = speakers(documents);
    if !codes.is_empty() || !speakers.is_empty() {
        xml.open("CodeBook", &[])?;
        xml.open("Codes", &[])?;
        codes.write_level(&mut xml, None)?;
        for name in &speakers {
            let guid = case_guid(name);
            xml.empty("Code", &[("guid", &guid), ("name", name), ("isCodable", "true"), ("color", "#b0b0b0")])?;
        }
        xml.close("Codes")?;
        xml.close("CodeBook")?;
    }
    write_cases(&mut xml, documents, &speakers)?;
    if !documents.is_empty() {
        xml.open("Sources", &[])?;
        for (document, source) in documents.iter().zip(sources) {
            write_source(&mut xml, document, source, &moment)?;
        }
        xml.close("Sources")?;
    }
    write_notes(&mut xml, documents)?;
    xml.close("Project")?;
    Ok(xml.finish())
}

fn write_users(xml: &mut Xml, documents: &[Document]) -> std::io::Result<()> {
    let mut annotators: BTreeSet<Option<&str>> =
        documents.iter().flat_map(|document| &document.notes).map(|note| note.annotator.as_deref()).collect();
    annotators.insert(None);
    xml.open("Users", &[])?;
    for annotator in annotators {
        let name = annotator.unwrap_or("Reader");
        xml.empty("User", &[("guid", &user_guid(annotator)), ("name", name), ("id", name)])?;
    }
    xml.close("Users")
}

/// The names of those who talk, each once.
fn speakers(documents: &[Document]) -> BTreeSet<&str> {
    documents.iter().flat_map(|document| &document.interview.speakers).map(|speaker| speaker.name.as_str()).collect()
}

fn write_cases(xml: &mut Xml, documents: &[Document], speakers: &BTreeSet<&str>) -> std::io::Result<()> {
    if speakers.is_empty() {
        return Ok(());
    }
    xml.open("Cases", &[])?;
    for name in speakers {
        let guid = case_guid(name);
        xml.open("Case", &[("guid", &guid), ("name", name)])?;
        xml.empty("CodeRef", &[("targetGUID", &guid)])?;
        for document in documents {
            if document.interview.speakers.iter().any(|speaker| speaker.name == *name) {
                xml.empty("SourceRef", &[("targetGUID", &source_guid(document))])?;
            }
        }
        xml.close("Case")?;
    }
    xml.close("Cases")
}

fn write_source(xml: &mut Xml, document: &Document, source: &SourceText, moment: &str) -> std::io::Result<()> {
    let guid = source_guid(document);
    let path = format!("internal://{guid}.txt");
    let user = user_guid(None);
    let attributes = [
        ("guid", guid.as_str()),
        ("name", document.title()),
        ("plainTextPath", &path),
        ("creatingUser", &user),
        ("creationDateTime", moment),
        ("modifyingUser", &user),
        ("modifiedDateTime", moment),
    ];
    xml.open("TextSource", &attributes)?;
    let origin = crate::export::interview::origin(&document.interview.metadata);
    let description = if origin.is_empty() { document.path.clone() } else { origin };
    xml.leaf("Description", &[], &description)?;
    write_turns(xml, document, source, moment)?;
    for note in &document.notes {
        if let Some(span) = note.resolution.span() {
            write_selection(xml, document, source, note, span)?;
        }
    }
    xml.close("TextSource")
}

/// Codes what each speaker says with that speaker's code.
fn write_turns(xml: &mut Xml, document: &Document, source: &SourceText, moment: &str) -> std::io::Result<()> {
    let interview = &document.interview;
    let user = user_guid(None);
    for (index, turn) in interview.turns().iter().enumerate() {
        let Some(speaker) = turn.speaker.and_then(|speaker| interview.speaker(speaker)) else { continue };
        let paragraphs = interview.turn_paragraphs(TurnIndex(index as u32));
        let last = ParagraphIndex(paragraphs.end.saturating_sub(1));
        let last = interview.translation(last).unwrap_or(last);
        let span = Span {
            start: Position::new(paragraphs.start, 0),
            end: Position { paragraph: last, offset: interview.paragraph(last).len() as u32 },
        };
        let name = format!("{}\0{index}", document.path);
        let [selection, coding] = ["turn", "turn coding"].map(|kind| guid(kind, &name).hyphenated().to_string());
        open_selection(xml, &selection, source.selection(interview, span), &user, [moment, moment])?;
        write_coding(xml, &coding, &case_guid(&speaker.name), &user, moment)?;
        xml.close("PlainTextSelection")?;
    }
    Ok(())
}

fn write_selection(
    xml: &mut Xml,
    document: &Document,
    source: &SourceText,
    note: &PlacedNote,
    span: Span,
) -> std::io::Result<()> {
    let annotation = &note.annotation;
    let id = annotation.id.as_str();
    let user = user_guid(note.annotator.as_deref());
    let moments = [annotation.created, annotation.updated].map(|moment| whole_second(moment).to_string());
    let [created, updated] = [moments[0].as_str(), moments[1].as_str()];
    let selection = guid("selection", id).hyphenated().to_string();
    open_selection(xml, &selection, source.selection(&document.interview, span), &user, [created, updated])?;
    if !annotation.note.is_empty() {
        xml.leaf("Description", &[], &annotation.note)?;
    }
    let mut has_codes = false;
    for name in names_of(annotation) {
        let coding = guid("coding", &format!("{id}\0{name}")).hyphenated().to_string();
        write_coding(xml, &coding, &code_guid(&name), &user, created)?;
        has_codes = true;
    }
    if has_codes && !annotation.note.is_empty() {
        xml.empty("NoteRef", &[("targetGUID", &note_guid(id))])?;
    }
    xml.close("PlainTextSelection")
}

fn open_selection(
    xml: &mut Xml,
    guid: &str,
    (start, end, words): (usize, usize, &str),
    user: &str,
    [created, updated]: [&str; 2],
) -> std::io::Result<()> {
    let attributes = [
        ("guid", guid),
        ("name", words),
        ("startPosition", &start.to_string()),
        ("endPosition", &end.to_string()),
        ("creatingUser", user),
        ("creationDateTime", created),
        ("modifyingUser", user),
        ("modifiedDateTime", updated),
    ];
    xml.open("PlainTextSelection", &attributes)
}

fn write_coding(xml: &mut Xml, guid: &str, code: &str, user: &str, moment: &str) -> std::io::Result<()> {
    xml.open("Coding", &[("guid", guid), ("creatingUser", user), ("creationDateTime", moment)])?;
    xml.empty("CodeRef", &[("targetGUID", code)])?;
    xml.close("Coding")
}

/// The memos of coded notes; each has a name of its own, since one reader keeps a single note of a name.
fn write_notes(xml: &mut Xml, documents: &[Document]) -> std::io::Result<()> {
    let notes: Vec<&PlacedNote> = documents
        .iter()
        .flat_map(|document| &document.notes)
        .filter(|note| note.resolution.span().is_some() && !note.annotation.note.is_empty())
        .filter(|note| names_of(&note.annotation).next().is_some())
        .collect();
    if notes.is_empty() {
        return Ok(());
    }
    let mut taken = BTreeSet::new();
    xml.open("Notes", &[])?;
    for note in notes {
        let annotation = &note.annotation;
        let stem = excerpt(&one_line(&annotation.note), 60);
        let mut name = stem.clone();
        for number in 2.. {
            if taken.insert(name.clone()) {
                break;
            }
            name = format!("{stem} ({number})");
        }
        let user = user_guid(note.annotator.as_deref());
        let created = whole_second(annotation.created).to_string();
        let guid = note_guid(annotation.id.as_str());
        let attributes =
            [("guid", guid.as_str()), ("name", &name), ("creatingUser", &user), ("creationDateTime", &created)];
        xml.open("Note", &attributes)?;
        xml.leaf("PlainTextContent", &[], &annotation.note)?;
        xml.close("Note")?;
    }
    xml.close("Notes")
}

fn first_moment(documents: &[Document]) -> String {
    let notes = documents.iter().flat_map(|document| &document.notes);
    whole_second(notes.map(|note| note.annotation.created).min().unwrap_or(Timestamp::UNIX_EPOCH)).to_string()
}

/// Readers of these files stumble over fractions of seconds.
fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

fn source_guid(document: &Document) -> String {
    guid("source", &document.path).hyphenated().to_string()
}

fn user_guid(annotator: Option<&str>) -> String {
    guid("user", annotator.unwrap_or_default()).hyphenated().to_string()
}

fn case_guid(speaker: &str) -> String {
    guid("case", speaker).hyphenated().to_string()
}

fn note_guid(annotation: &str) -> String {
    guid("note", annotation).hyphenated().to_string()
}
