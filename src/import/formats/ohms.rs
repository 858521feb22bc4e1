//! OHMS: an oral history's transcript and index, as archives write it for the web.
//!
//! The points of the index become topics. What they hold beside their title, synopsis and keywords, stands behind the
//! talk, so that it can be read and searched.

use super::blanks;
use super::cues;
use super::markup;
use super::xml::{self, Event, Events};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::text::plain;
use crate::import::{ImportError, Options, Warning};
use crate::model::{Role, Timecode};

/// OHMS.
#[derive(Debug)]
pub(super) struct Ohms;

/// A point of the index.
#[derive(Default)]
struct Point {
    time: Option<Timecode>,
    title: String,
    opening: String,
    synopsis: String,
    keywords: String,
    subjects: String,
}

impl Importer for Ohms {
    fn name(&self) -> &'static str {
        "ohms"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (name, tag) = xml::root(sample.text)?;
        let ours = tag.contains("nunncenter") || (name.eq_ignore_ascii_case("root") && sample.text.contains("<record"));
        ours.then_some(Recognised { score: 100, because: "its outermost element is that of OHMS" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let Record { fields, points, date } = Record::read(&source)?;
        let field = |name: &str| fields.iter().find(|field| field.name == name);
        let mut draft = match (field("vtt_transcript"), field("transcript")) {
            (Some(captions), _) if captions.words.contains("-->") => cues::draft(captions.words.trim()),
            (_, Some(transcript)) if !transcript.words.trim().is_empty() => {
                plain::draft(with_plain_notes(&transcript.words), &source.name)?
            }
            _ => Draft::default(),
        };
        if let Some(other) = field("transcript_alt").filter(|other| !other.words.trim().is_empty()) {
            let mut translation = match other.words.contains("-->") {
                true => cues::draft(other.words.trim()),
                false => plain::draft(with_plain_notes(&other.words), &source.name)?,
            };
            let language = field("transcript_alt_lang").map(|field| one_line(&field.words));
            translation.metadata.language = language.filter(|language| !language.is_empty());
            draft.translation = Some(Box::new(translation));
        }
        // The transcript's lines are lines of the file.
        let first = ["vtt_transcript", "transcript"].into_iter().find_map(field).map_or(1, |field| field.line);
        let moved = draft.left_out.iter_mut().chain(&mut draft.warnings);
        moved.for_each(|remark| remark.line += first - 1);
        describe(&fields, date, &mut draft);
        synchronise(field("sync").map_or("", |field| &field.words), &mut draft);
        draft.blocks.iter_mut().for_each(|block| block.line += first - 1);
        let has_talk = !draft.blocks.is_empty();
        let is_timed = draft.blocks.iter().any(|block| block.time.is_some());
        let mut from = 0;
        for point in points {
            let heading = match draft_place(&draft, &point, from).filter(|_| has_talk) {
                Some(block) => {
                    from = block as usize;
                    HeadingPlace::Block(block)
                }
                None if is_timed => HeadingPlace::Time(point.time.unwrap_or_default()),
                None if has_talk => HeadingPlace::Block(from as u32),
                None => HeadingPlace::Block(draft.blocks.len() as u32),
            };
            let title = if point.title.is_empty() { point.synopsis.clone() } else { point.title.clone() };
            if !title.is_empty() {
                draft.topics.push(Heading { title, level: 0, at: heading });
            }
            keep(point, has_talk, &mut draft);
        }
        Ok(draft)
    }
}

/// What an archive's record holds.
#[derive(Default)]
struct Record {
    fields: Vec<Field>,
    points: Vec<Point>,
    date: Option<String>,
}

/// A field of the record, with its lines.
struct Field {
    name: String,
    words: String,
    line: u32,
}

impl Record {
    fn read(source: &Source) -> Result<Self, ImportError> {
        let mut record = Record::default();
        let mut events = Events::of(source);
        // The record stands within the root; some archives send it alone.
        while let Some(event) = events.next()? {
            let Event::Start(tag) = event else { continue };
            let line = events.line();
            match tag.name {
                "index" | "index_alt" => {}
                "point" => record.points.push(point(&mut events)?),
                name if name.eq_ignore_ascii_case("root") || name == "record" => {}
                name => {
                    if name == "date" {
                        record.date =
                            tag.attribute("value").map(|date| date.into_owned()).filter(|date| !date.is_empty());
                    }
                    record.fields.push(Field { name: name.to_owned(), words: events.raw()?, line });
                }
            }
        }
        Ok(record)
    }
}

fn point(events: &mut Events<'_>) -> Result<Point, ImportError> {
    let mut point = Point::default();
    while let Some(event) = events.next()? {
        let tag = match event {
            Event::Start(tag) => tag,
            Event::End => break,
            Event::Words(_) => continue,
        };
        match tag.name {
            "time" => point.time = events.words()?.parse().ok().and_then(Timecode::from_seconds),
            "title" => point.title = without_tags(&events.words()?),
            "partial_transcript" => point.opening = without_tags(&events.words()?),
            "synopsis" => point.synopsis = without_tags(&events.words()?),
            "keywords" => point.keywords = without_tags(&events.words()?),
            "subjects" => point.subjects = without_tags(&events.words()?),
            _ => events.skip()?,
        }
    }
    Ok(point)
}

/// Fields that tell of the record and not of the talk, or have been read as something else.
#[rustfmt::skip]
const TOLD: &[&str] = &[
    "version", "date", "date_nonpreferred_format", "title", "repository", "media_url", "language", "interviewer",
    "interviewee", "sync", "sync_alt", "transcript", "vtt_transcript", "transcript_alt", "transcript_alt_lang",
    "xmllocation", "xmlfilename", "cms_record_id",
    "accession", "duration", "file_name", "format", "type", "mediafile", "kembed", "fmt", "translate",
];

fn describe(fields: &[Field], date: Option<String>, draft: &mut Draft) {
    let own = |name: &str| {
        let field = fields.iter().find(|field| field.name == name)?;
        Some(one_line(&field.words)).filter(|words| !words.is_empty())
    };
    draft.metadata.title = own("title").unwrap_or_default();
    draft.metadata.date = date.or_else(|| own("date_nonpreferred_format"));
    draft.metadata.source.publisher = own("repository");
    draft.metadata.source.url = own("media_url");
    draft.metadata.language = own("language");
    for (element, role) in [("interviewer", Role::Interviewer), ("interviewee", Role::Guest)] {
        for person in fields.iter().filter(|field| field.name == element) {
            let name = one_line(&person.words);
            // Archives write names as `Hale, Jonas`.
            let name = name.split_once(", ").map_or(name.clone(), |(last, first)| format!("{first} {last}"));
            let labels: Vec<String> = draft.labels.iter().filter(|label| stands_for(label, &name)).cloned().collect();
            for label in labels {
                if draft.declared.iter().all(|known| known.label != label) {
                    draft.declared.push(Declared { label, name: name.clone(), role: Some(role) });
                }
            }
        }
    }
    for field in fields.iter().filter(|field| !TOLD.contains(&field.name.as_str()) && !field.words.trim().is_empty()) {
        let message = format!("the field `{}` of the record", field.name);
        draft.left_out.push(Warning { line: field.line, message });
    }
}

/// The transcript with `[1]` for `[[footnote]]1[[/footnote]]`, and its notes behind it without their marks.
fn with_plain_notes(transcript: &str) -> String {
    const NOTES: &[&str] = &["[[footnotes]]", "[[/footnotes]]", "[[note]]", "[[/note]]"];
    let mut plain = String::with_capacity(transcript.len());
    let mut rest = transcript;
    while let Some((before, after)) = rest.split_once("[[footnote]]") {
        let Some((number, behind)) = after.split_once("[[/footnote]]") else { break };
        plain.push_str(before);
        plain.push_str(&format!("[{}]", number.trim()));
        rest = behind;
    }
    plain.push_str(rest);
    if plain.contains("[[") { NOTES.iter().fold(plain, |plain, mark| plain.replace(mark, "")) } else { plain }
}

/// Words without the tags of HTML that cataloguers write into them.
fn without_tags(words: &str) -> String {
    let mut said = Vec::new();
    markup::clean(words, &mut said);
    said.iter().map(|said| said.text.trim()).collect::<Vec<_>>().join(" ")
}

fn one_line(words: &str) -> String {
    let mut line = String::new();
    blanks::append(&mut line, words.trim_end());
    line
}

/// Whether a label is a name, its first or last word, or its initials.
fn stands_for(label: &str, name: &str) -> bool {
    let label = label.trim_end_matches('.').to_lowercase();
    let name = name.to_lowercase();
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    !label.is_empty()
        && (label == name
            || label == initials
            || name.split_whitespace().next() == Some(label.as_str())
            || name.split_whitespace().next_back() == Some(label.as_str()))
}

/// Gives paragraphs the minutes that `sync` tells: `1:|14(3)|26(5)`, every so many minutes a line and a word in it.
fn synchronise(sync: &str, draft: &mut Draft) {
    let Some((interval, places)) = sync.trim().split_once(':') else { return };
    let Ok(interval) = interval.trim().parse::<u32>() else { return };
    let lines = places.split('|').map(|place| place.split('(').next().and_then(|line| line.trim().parse::<u32>().ok()));
    let mut block = 0;
    for (number, line) in (1u32..).zip(lines.skip_while(Option::is_none)) {
        let Some(line) = line else { continue };
        while draft.blocks.get(block).is_some_and(|one| one.line < line) {
            block += 1;
        }
        let Some(one) = draft.blocks.get_mut(block) else { return };
        let time = number.saturating_mul(interval).saturating_mul(60_000);
        one.time = one.time.or(Some(Timecode::from_milliseconds(time)));
    }
}

/// The block in which the words that open a point stand, at `from` or after. They may begin with a label.
fn draft_place(draft: &Draft, point: &Point, from: usize) -> Option<u32> {
    const LONGEST_LABEL: usize = 40;
    let start = draft.blocks.get(from)?.start as usize;
    let talk = draft.text.as_bytes().get(start..)?;
    let behind_label = point.opening.split_once(':').filter(|(label, _)| label.len() <= LONGEST_LABEL);
    let openings = [Some(point.opening.as_str()), behind_label.map(|(_, words)| words)];
    openings.into_iter().flatten().find_map(|opening| {
        let begins: String = opening.trim().chars().take(30).collect();
        let begins = Some(begins.trim()).filter(|begins| begins.chars().count() >= 8)?;
        let found = start + memchr::memmem::find(talk, begins.as_bytes())?;
        Some(draft.blocks.partition_point(|block| (block.end as usize) <= found) as u32)
    })
}

/// Keeps what a point says beside its title: behind the talk, or as the talk where there is no transcript.
fn keep(point: Point, has_talk: bool, draft: &mut Draft) {
    let time = point.time;
    let said = if has_talk { Vec::new() } else { vec![point.opening] };
    let mut notes = vec![point.synopsis];
    let lists = [("keywords", point.keywords), ("subjects", point.subjects)].into_iter();
    let lists = lists.filter(|(_, words)| !words.is_empty());
    notes.extend(lists.map(|(name, words)| format!("{name}: {}", words.replace(';', "; "))));
    if has_talk && notes.iter().any(|note| !note.is_empty()) && !point.title.is_empty() {
        notes.insert(0, point.title);
    }
    let part = if has_talk { Part::Back } else { Part::Body };
    for words in said.into_iter().chain(notes).filter(|words| !words.is_empty()) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let block = draft.push(&words, 0, Speech::Unknown);
        block.part = part;
        block.time = if has_talk { None } else { time };
    }
}
