//! OHMS: an oral history's transcript and index, as archives write it for the web.
//!
//! The points of the index become topics. What they hold beside their title, synopsis and keywords, stands behind the
//! talk, so that it can be read and searched.

use roxmltree::Node;

use super::cues;
use super::xml;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::text::plain;
use crate::import::{ImportError, Options};
use crate::model::{Role, Timecode};

/// OHMS.
#[derive(Debug)]
pub(super) struct Ohms;

/// A point of the index.
struct Point {
    time: Option<Timecode>,
    title: String,
    opening: String,
    synopsis: String,
    words: Vec<(&'static str, String)>,
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
        let tree = xml::tree(&source)?;
        let root = tree.root_element();
        let record = xml::find(root, "record").unwrap_or(root);
        let points: Vec<Point> =
            record.descendants().filter(|node| node.tag_name().name() == "point").map(point).collect();
        let captions = raw(record, "vtt_transcript");
        let transcript = raw(record, "transcript");
        let mut draft = if captions.contains("-->") {
            cues::draft(captions.trim())
        } else if transcript.trim().is_empty() {
            Draft::default()
        } else {
            plain::draft(transcript, &source.name)?
        };
        describe(record, &mut draft);
        synchronise(record, &mut draft);
        let has_talk = !draft.blocks.is_empty();
        let mut from = 0;
        for point in points {
            let heading = match draft_place(&draft, &point, from).filter(|_| has_talk) {
                Some(block) => {
                    from = block as usize;
                    HeadingPlace::Block(block)
                }
                None if has_talk => HeadingPlace::Time(point.time.unwrap_or_default()),
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

fn point(node: Node<'_, '_>) -> Point {
    let own = |name: &str| {
        let child = node.children().find(|one| one.tag_name().name() == name);
        child.map(xml::text).unwrap_or_default()
    };
    let seconds = own("time").parse().ok().and_then(Timecode::from_seconds);
    let words = ["keywords", "subjects"].map(|name| (name, own(name)));
    Point {
        time: seconds,
        title: own("title"),
        opening: own("partial_transcript"),
        synopsis: own("synopsis"),
        words: words.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
    }
}

/// The text of an element with its lines.
fn raw(record: Node<'_, '_>, name: &str) -> String {
    let Some(node) = record.children().find(|one| one.tag_name().name() == name) else { return String::new() };
    node.descendants().filter_map(|one| one.text().filter(|_| one.is_text())).collect()
}

fn describe(record: Node<'_, '_>, draft: &mut Draft) {
    let own = |name: &str| {
        let child = record.children().find(|one| one.tag_name().name() == name);
        child.map(xml::text).filter(|text| !text.is_empty())
    };
    draft.metadata.title = own("title").unwrap_or_default();
    let date = record.children().find(|one| one.tag_name().name() == "date");
    draft.metadata.date = date
        .and_then(|date| date.attribute("value").filter(|value| !value.is_empty()).map(str::to_owned))
        .or_else(|| own("date_nonpreferred_format"));
    draft.metadata.source.publisher = own("repository");
    draft.metadata.source.url = own("media_url");
    draft.metadata.language = own("language");
    for (element, role) in [("interviewer", Role::Interviewer), ("interviewee", Role::Guest)] {
        for person in record.children().filter(|one| one.tag_name().name() == element) {
            let name = xml::text(person);
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
fn synchronise(record: Node<'_, '_>, draft: &mut Draft) {
    let sync = raw(record, "sync");
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

/// The block in which the words that open a point stand, at `from` or after.
fn draft_place(draft: &Draft, point: &Point, from: usize) -> Option<u32> {
    const ENOUGH: usize = 30;
    let opening: String = point.opening.chars().take(ENOUGH).collect();
    let opening = opening.trim();
    if opening.chars().count() < 8 {
        return None;
    }
    let start = draft.blocks.get(from)?.start as usize;
    let found = start + memchr::memmem::find(draft.text.as_bytes().get(start..)?, opening.as_bytes())?;
    Some(draft.blocks.partition_point(|block| (block.end as usize) <= found) as u32)
}

/// Keeps what a point says beside its title: behind the talk, or as the talk where there is no transcript.
fn keep(point: Point, has_talk: bool, draft: &mut Draft) {
    let time = point.time;
    let said = if has_talk { Vec::new() } else { vec![point.opening] };
    let mut notes = vec![point.synopsis];
    notes.extend(point.words.into_iter().map(|(name, words)| format!("{name}: {}", words.replace(';', "; "))));
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
