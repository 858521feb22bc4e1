//! TEI: `<u who>` of transcribed speech, and `<sp>` of dialogue.

use std::collections::HashMap;

use roxmltree::Node;

use super::paragraphs::{Paragraphs, Piece};
use super::xml;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::{ImportError, Options, Warning, names};
use crate::model::Timecode;

/// TEI.
#[derive(Debug)]
pub(super) struct Tei;

impl Importer for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "tei"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (name, tag) = xml::root(sample.text)?;
        (matches!(name, "TEI" | "TEI.2" | "teiCorpus") || tag.contains("tei-c.org"))
            .then_some(Recognised { score: 100, because: "its outermost element is TEI's" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let tree = xml::tree(&source)?;
        let root = tree.root_element();
        let mut reader = Reader { times: timeline(root), ..Reader::default() };
        reader.header(root);
        let texts: Vec<Node<'_, '_>> = root
            .descendants()
            .filter(|node| node.tag_name().name() == "text")
            .filter(|node| node.is_element())
            .collect();
        let mut last: Option<Node<'_, '_>> = None;
        for text in texts {
            // A text within a text has been read with it.
            if last.is_none_or(|last| !text.ancestors().any(|one| one == last)) {
                reader.read(text);
                last = Some(text);
            }
        }
        Ok(reader.finish())
    }
}

#[derive(Default)]
struct Reader {
    paragraphs: Paragraphs,
    labels: HashMap<String, Speech>,
    times: HashMap<String, Timecode>,
    notes: u32,
}

impl Reader {
    fn header(&mut self, root: Node<'_, '_>) {
        let Some(header) = xml::find(root, "teiHeader") else { return };
        let draft = &mut self.paragraphs.draft;
        draft.metadata.title =
            xml::find(header, "titleStmt").and_then(|one| xml::find_text(one, "title")).unwrap_or_default();
        draft.metadata.source.publisher = xml::find_text(header, "publisher");
        let recorded = xml::find(header, "recording").and_then(|one| xml::find(one, "date"));
        let published = xml::find(header, "publicationStmt").and_then(|one| xml::find(one, "date"));
        let date = recorded.or(published);
        draft.metadata.date = date
            .and_then(|date| date.attribute("when").map(str::to_owned).or(Some(xml::text(date))))
            .filter(|date| !date.is_empty());
        draft.metadata.language =
            xml::find(header, "language").and_then(|one| one.attribute("ident")).map(str::to_owned);
        for person in header.descendants().filter(|one| one.is_element() && one.tag_name().name() == "person") {
            let Some(id) = id(person) else { continue };
            let name = ["persName", "name", "p"].iter().find_map(|name| xml::find_text(person, name));
            let role = person.attribute("role").and_then(names::role);
            let name = name.unwrap_or_else(|| id.to_owned());
            draft.declared.push(Declared { label: id.to_owned(), name, role });
        }
    }

    fn read(&mut self, text: Node<'_, '_>) {
        let mut current = Some(text);
        while let Some(node) = current {
            let inside = self.enter(node);
            current = xml::next(node, text, inside);
        }
    }

    /// Reads an element; false: what stands in it has been read with it.
    fn enter(&mut self, node: Node<'_, '_>) -> bool {
        match node.tag_name().name() {
            "u" | "annotationBlock" if node.attribute("who").is_some() || node.tag_name().name() == "u" => {
                self.utterance(node);
                false
            }
            "sp" => {
                self.speech(node);
                false
            }
            "head" => {
                let title = xml::text(node);
                let parts = node.ancestors().filter(|one| one.tag_name().name().starts_with("div")).take(9).count();
                let at = HeadingPlace::Block(self.paragraphs.draft.blocks.len() as u32);
                if !title.is_empty() {
                    self.paragraphs.break_here();
                    let level = parts.saturating_sub(1) as u8;
                    self.paragraphs.draft.topics.push(Heading { title, level, at });
                }
                false
            }
            "p" | "ab" | "l" | "item" => {
                let mut words = String::new();
                self.words(node, &mut words);
                let part = part_of(node);
                if !words.trim().is_empty() {
                    self.paragraphs.break_here();
                    self.paragraphs.draft.push(words.trim(), 0, Speech::Unknown).part = part;
                }
                false
            }
            "note" | "listPerson" | "timeline" => {
                self.notes += u32::from(node.tag_name().name() == "note");
                false
            }
            _ => true,
        }
    }

    fn utterance(&mut self, node: Node<'_, '_>) {
        let speech = match node.attribute("who") {
            Some(who) => self.label(who.trim_start_matches('#')),
            None => Speech::Changed,
        };
        let mut words = String::new();
        self.words(node, &mut words);
        let time = |name: &str| {
            let at = node.attribute(name)?;
            self.times.get(at.trim_start_matches('#')).copied().or_else(|| seconds(at))
        };
        let (start, end) = (time("start").or_else(|| time("synch")), time("end"));
        self.paragraphs.add(Piece { text: &words, line: 0, speech, start, end, glued: false });
    }

    fn speech(&mut self, node: Node<'_, '_>) {
        let named = node.children().find(|one| one.tag_name().name() == "speaker").map(xml::text);
        let name = node.attribute("who").map(|who| who.trim_start_matches('#').to_owned()).or(named);
        let mut speech = match name.as_deref().map(|name| name.trim_end_matches([':', '.']).trim()) {
            Some(name) if !name.is_empty() => self.label(name),
            _ => Speech::Changed,
        };
        for child in node.children().filter(|one| one.is_element() && one.tag_name().name() != "speaker") {
            let mut words = String::new();
            self.words(child, &mut words);
            self.paragraphs.break_here();
            self.paragraphs.add(Piece { text: &words, line: 0, speech, start: None, end: None, glued: false });
            speech = Speech::Unknown;
        }
    }

    fn label(&mut self, name: &str) -> Speech {
        if names::is_nobody(name) {
            return Speech::Changed;
        }
        let labels = &mut self.paragraphs.draft.labels;
        *self.labels.entry(name.to_owned()).or_insert_with(|| {
            labels.push(name.to_owned());
            Speech::Labelled(labels.len() as u32 - 1)
        })
    }

    /// The words of an utterance; what is heard beside them in brackets.
    fn words(&mut self, root: Node<'_, '_>, words: &mut String) {
        let mut current = Some(root);
        while let Some(node) = current {
            let mut inside = true;
            match node.tag_name().name() {
                _ if node.is_text() => {
                    let text = node.text().unwrap_or_default();
                    // Pretty-printed words are set apart by elements and not by blanks.
                    if node.parent().is_some_and(|parent| parent.tag_name().name() == "pc") {
                        words.truncate(words.trim_end().len());
                    }
                    xml::push(words, text);
                }
                "w" | "seg" | "s" | "lb" | "l" | "p" => xml::space(words),
                "vocal" | "incident" | "kinesic" | "writing" | "event" | "gap" => {
                    let told = xml::find_text(node, "desc")
                        .or_else(|| node.attribute("reason").or_else(|| node.attribute("desc")).map(str::to_owned));
                    if let Some(told) = told {
                        xml::space(words);
                        words.push_str(&format!("[{told}] "));
                    }
                    inside = false;
                }
                "note" | "spanGrp" => {
                    self.notes += 1;
                    inside = false;
                }
                _ => {}
            }
            current = xml::next(node, root, inside);
        }
        words.truncate(words.trim_end().len());
    }

    fn finish(self) -> Draft {
        let mut draft = self.paragraphs.finish();
        if self.notes > 0 {
            draft.left_out.push(Warning { line: 0, message: format!("notes of the editors: {}", self.notes) });
        }
        draft
    }
}

/// The moments that a timeline names.
fn timeline(root: Node<'_, '_>) -> HashMap<String, Timecode> {
    let mut times: HashMap<String, Timecode> = HashMap::new();
    for when in root.descendants().filter(|node| node.is_element() && node.tag_name().name() == "when") {
        let Some(id) = id(when) else { continue };
        let absolute = when.attribute("absolute").and_then(seconds);
        let interval = when.attribute("interval").and_then(|interval| interval.parse::<f64>().ok());
        let since = when.attribute("since").and_then(|since| times.get(since.trim_start_matches('#')));
        let since = since.map_or(0.0, |since| f64::from(since.milliseconds()) / 1000.0);
        if let Some(time) = absolute.or_else(|| Timecode::from_seconds(since + interval?)) {
            times.insert(id.to_owned(), time);
        }
    }
    times
}

fn id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute(("http://www.w3.org/XML/1998/namespace", "id")).or_else(|| node.attribute("id"))
}

fn seconds(text: &str) -> Option<Timecode> {
    super::captions::clock(text)
        .map(|(time, _)| time)
        .or_else(|| text.trim_end_matches('s').parse().ok().and_then(Timecode::from_seconds))
}

fn part_of(node: Node<'_, '_>) -> Part {
    const FAR: usize = 50;
    node.ancestors()
        .take(FAR)
        .find_map(|one| match one.tag_name().name() {
            "front" => Some(Part::Front),
            "back" => Some(Part::Back),
            _ => None,
        })
        .unwrap_or_default()
}
