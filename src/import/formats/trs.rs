//! Transcriber's `.trs`: turns with times, sections with topics, events in the text.

use std::collections::HashMap;

use roxmltree::Node;

use super::paragraphs::{Paragraphs, Piece};
use super::xml;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Speech};
use crate::import::{ImportError, Options, Warning};
use crate::model::Timecode;

/// Transcriber.
#[derive(Debug)]
pub(super) struct Trs;

impl Importer for Trs {
    fn name(&self) -> &'static str {
        "trs"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["trs"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (name, _) = xml::root(sample.text)?;
        (name == "Trans").then_some(Recognised { score: 100, because: "its outermost element is Transcriber's" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let tree = xml::tree(&source)?;
        let root = tree.root_element();
        let mut reader = Reader::default();
        let metadata = &mut reader.paragraphs.draft.metadata;
        metadata.date = root.attribute("version_date").map(str::to_owned);
        metadata.language = root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).map(str::to_owned);
        let mut topics: HashMap<&str, &str> = HashMap::new();
        for node in root.descendants().filter(|node| node.is_element()) {
            match node.tag_name().name() {
                "Topic" => {
                    topics.insert(node.attribute("id").unwrap_or_default(), node.attribute("desc").unwrap_or_default());
                }
                "Speaker" => reader.declare(node),
                "Section" => reader.section(node, &topics),
                "Turn" => reader.turn(node),
                "Episode" => {
                    let program = node.attribute("program").unwrap_or_default();
                    program.clone_into(&mut reader.paragraphs.draft.metadata.title);
                }
                _ => {}
            }
        }
        let mut draft = reader.paragraphs.finish();
        if reader.comments > 0 {
            let message = format!("comments and marks of the transcriber: {}", reader.comments);
            draft.left_out.push(Warning { line: 0, message });
        }
        Ok(draft)
    }
}

#[derive(Default)]
struct Reader {
    paragraphs: Paragraphs,
    labels: HashMap<String, Speech>,
    comments: u32,
}

impl Reader {
    fn declare(&mut self, node: Node<'_, '_>) {
        let Some(id) = node.attribute("id") else { return };
        let name = node.attribute("name").map(str::trim).filter(|name| !name.is_empty()).unwrap_or(id);
        let declared = Declared { label: id.to_owned(), name: name.to_owned(), role: None };
        self.paragraphs.draft.declared.push(declared);
    }

    fn section(&mut self, node: Node<'_, '_>, topics: &HashMap<&str, &str>) {
        let topic = node.attribute("topic").and_then(|topic| topics.get(topic)).map(|topic| topic.trim());
        if let Some(title) = topic.filter(|title| !title.is_empty()) {
            self.paragraphs.break_here();
            let draft = &mut self.paragraphs.draft;
            let at = HeadingPlace::Block(draft.blocks.len() as u32);
            draft.topics.push(Heading { title: title.to_owned(), level: 0, at });
        }
    }

    fn turn(&mut self, turn: Node<'_, '_>) {
        let speakers: Vec<&str> = turn.attribute("speaker").unwrap_or_default().split_whitespace().collect();
        let mut speech = speakers.first().map_or(Speech::Changed, |first| self.label(first));
        let mut time = turn.attribute("startTime").and_then(seconds);
        let end = turn.attribute("endTime").and_then(seconds);
        let mut words = String::new();
        for node in turn.children() {
            match node.tag_name().name() {
                _ if node.is_text() => xml::push(&mut words, node.text().unwrap_or_default()),
                "Sync" => {
                    self.say(&mut words, &mut speech, &mut time, None);
                    time = node.attribute("time").and_then(seconds).or(time);
                    xml::space(&mut words);
                }
                "Who" => {
                    self.say(&mut words, &mut speech, &mut time, None);
                    let number = node.attribute("nb").and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
                    if let Some(name) = speakers.get(number.saturating_sub(1)) {
                        speech = self.label(name);
                    }
                }
                "Event" => {
                    let heard = matches!(node.attribute("type"), None | Some("noise"));
                    let begins = !matches!(node.attribute("extent"), Some("end" | "previous"));
                    let told = node.attribute("desc").unwrap_or_default();
                    if heard && begins && !told.is_empty() {
                        xml::space(&mut words);
                        words.push_str(&format!("[{told}] "));
                    } else {
                        self.comments += 1;
                    }
                }
                "Comment" | "Background" => self.comments += 1,
                _ => {}
            }
        }
        self.say(&mut words, &mut speech, &mut time, end);
    }

    fn say(&mut self, words: &mut String, speech: &mut Speech, time: &mut Option<Timecode>, end: Option<Timecode>) {
        if !words.trim().is_empty() {
            self.paragraphs.add(Piece { text: words, line: 0, speech: *speech, start: *time, end, glued: false });
            (*speech, *time) = (Speech::Unknown, None);
        }
        words.clear();
    }

    fn label(&mut self, name: &str) -> Speech {
        let labels = &mut self.paragraphs.draft.labels;
        *self.labels.entry(name.to_owned()).or_insert_with(|| {
            labels.push(name.to_owned());
            Speech::Labelled(labels.len() as u32 - 1)
        })
    }
}

fn seconds(text: &str) -> Option<Timecode> {
    text.trim().parse().ok().and_then(Timecode::from_seconds)
}
