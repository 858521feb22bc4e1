//! DOCX: the words of a Word document, with the look of its paragraphs.

mod archive;
mod body;
mod styles;

use archive::{Archive, broken};
use body::Body;
use quick_xml::Reader;
use quick_xml::events::Event;
use styles::{Styles, attribute};

use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Draft, Part, Speech};
use crate::import::names;
use crate::import::{ImportError, Options, Warning};

/// DOCX.
#[derive(Debug)]
pub(super) struct Docx;

impl Importer for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        // The names of an archive's files stand in it unpacked, in one that is cut off as well.
        let names = |part: &str| memchr::memmem::find(sample.archive, part.as_bytes()).is_some();
        (names("word/document") || (names("word/") && names("[Content_Types].xml")))
            .then_some(Recognised { score: 100, because: "it is an archive that holds a Word document" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let name = source.name.as_str();
        let mut archive = Archive::open(&source.archive, name)?;
        let main = main_part(&mut archive)?;
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let styles = archive.part(&format!("{folder}/styles.xml"))?.map(Styles::read).unwrap_or_default();
        let Some(part) = archive.part(&main)? else {
            return Err(broken(name, "the text itself is missing"));
        };
        let mut body = Body::read(part, &styles).map_err(|error| broken(name, &error.to_string()))?;
        let mut draft = Draft::default();
        draft.metadata.title = body.title.take().or(core_title(&mut archive)?).unwrap_or_default();
        draft.metadata.subtitle = body.subtitle.take();
        colons_for_tabs(&mut body);
        let mut left_out = |count: u32, what: &str| {
            if count > 0 {
                draft.left_out.push(Warning { line: 0, message: format!("{what}: {count}") });
            }
        };
        left_out(body.contents, "lines of the table of contents");
        left_out(body.deleted, "stretches that are deleted with changes tracked, or hidden");
        left_out(u32::from(archive.has(&format!("{folder}/comments.xml"))), "parts with comments in the margin");
        let mut draft = body.page.into_draft(draft, name)?;
        for notes in ["footnotes.xml", "endnotes.xml"] {
            if let Some(part) = archive.part(&format!("{folder}/{notes}"))? {
                let notes = Body::read(part, &styles).map_err(|error| broken(name, &error.to_string()))?;
                for note in notes.page.paragraphs {
                    draft.push(&note.text(), 0, Speech::Unknown).part = Part::Back;
                }
            }
        }
        Ok(draft)
    }
}

/// The name of the part that holds the text.
fn main_part(archive: &mut Archive<'_>) -> Result<String, ImportError> {
    let mut found = None;
    if let Some(part) = archive.part("_rels/.rels")? {
        let mut reader = Reader::from_reader(part);
        let mut buffer = Vec::new();
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match &event {
                Event::Start(tag) | Event::Empty(tag)
                    if attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) =>
                {
                    found = attribute(tag, "Target").map(|target| target.trim_start_matches('/').to_owned());
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
    }
    Ok(found.filter(|part| archive.has(part)).unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// The title among the document's properties.
fn core_title(archive: &mut Archive<'_>) -> Result<Option<String>, ImportError> {
    let Some(part) = archive.part("docProps/core.xml")? else { return Ok(None) };
    let mut reader = Reader::from_reader(part);
    let (mut buffer, mut inside, mut title) = (Vec::new(), false, String::new());
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match &event {
            Event::Start(tag) => inside = tag.local_name().into_inner() == "title",
            Event::End(_) => inside = false,
            Event::Text(words) if inside => title.push_str(words),
            Event::GeneralRef(reference) if inside => {
                let name: &str = reference;
                title.push_str(&super::markup::unescape(&format!("&{name};")));
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    Ok(Some(title.trim().to_owned()).filter(|title| !title.is_empty() && !title.ends_with(".doc")))
}

/// Names that only a tab sets off from the words get a colon, where they recur.
fn colons_for_tabs(body: &mut Body) {
    const LONGEST: usize = 40;
    let mut names: Vec<(usize, usize)> = Vec::new();
    for (index, (paragraph, tab)) in body.page.paragraphs.iter().zip(&body.tabs).enumerate() {
        let Some(line) = paragraph.lines.first() else { continue };
        let Some(tab) = tab.filter(|tab| (1..=LONGEST).contains(tab)) else { continue };
        let before = line.text.get(..tab).map(str::trim_end).unwrap_or_default();
        if names::shape(before).is_some() && line.text.len() > tab {
            names.push((index, before.len()));
        }
    }
    let named = |(index, length): &(usize, usize)| {
        body.page.paragraphs.get(*index).and_then(|one| one.lines.first()).and_then(|line| line.text.get(..*length))
    };
    let distinct: std::collections::HashSet<_> = names.iter().filter_map(named).collect();
    if names.len() < 3 || distinct.len() * 2 > names.len() {
        return;
    }
    for (index, length) in names {
        if let Some(line) = body.page.paragraphs.get_mut(index).and_then(|one| one.lines.first_mut()) {
            line.insert_colon(length);
        }
    }
}
