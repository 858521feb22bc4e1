//! The project file: users, codes, cases, text sources with their selections, memos.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};

use super::measure::Told;
use crate::absorb::{AbsorbError, Foreign, add_tag, moment};
use crate::model::{Kind, Tag, TagDefinition};

/// Elements and texts that a project has at most.
const MOST_NODES: u32 = 20_000_000;
/// How deep codes may lie in one another.
const DEEP: usize = 64;

/// A project, its texts still to be unpacked.
#[derive(Debug, Default)]
pub(super) struct Project {
    pub(super) sources: Vec<Source>,
    /// Pictures, sound and the like.
    pub(super) other_sources: usize,
    /// The words of memos.
    pub(super) memos: HashMap<String, String>,
    /// Memos whose words are in a file of their own: which, and its path.
    pub(super) memo_files: Vec<(String, String)>,
    /// The guids of cases, and so of codes that mark who speaks.
    pub(super) cases: HashSet<String>,
    users: HashMap<String, String>,
    codes: HashMap<String, Code>,
    /// Whether this program wrote it.
    is_ours: bool,
}

#[derive(Debug)]
struct Code {
    /// With those around it, `money/capex`.
    name: String,
    color: Option<[u8; 3]>,
    description: Option<String>,
}

/// A text.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) guid: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) user: String,
    pub(super) created: Option<Timestamp>,
    /// Where its text is, if not here.
    pub(super) path: String,
    pub(super) text: Option<String>,
    pub(super) selections: Vec<Selection>,
    pub(super) codings: Vec<Coding>,
    pub(super) memos: Vec<String>,
}

/// A stretch of a text.
#[derive(Debug)]
pub(super) struct Selection {
    pub(super) guid: String,
    pub(super) told: Told,
    pub(super) user: String,
    pub(super) created: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
    pub(super) description: String,
    pub(super) codings: Vec<Coding>,
    pub(super) memos: Vec<String>,
}

/// A code on a stretch.
#[derive(Debug)]
pub(super) struct Coding {
    pub(super) code: String,
    pub(super) user: String,
    pub(super) created: Option<Timestamp>,
    pub(super) memos: Vec<String>,
}

impl Project {
    /// Reads the project's XML.
    pub(super) fn parse(xml: &str) -> Result<Self, AbsorbError> {
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let tree = Document::parse_with_options(xml, options).map_err(|error| AbsorbError::Damaged {
            line: usize::try_from(error.pos().row).unwrap_or(usize::MAX),
            message: format!("this is no well-formed XML: {error}"),
        })?;
        let root = tree.root_element();
        if root.tag_name().name() != "Project" {
            return Err(AbsorbError::Unknown);
        }
        let mut project = Self { is_ours: text(root, "origin").starts_with("interleaf "), ..Self::default() };
        for part in elements(root) {
            match part.tag_name().name() {
                "Users" => project.users.extend(elements(part).map(|user| (guid(user), text(user, "name").to_owned()))),
                "CodeBook" => {
                    elements(part)
                        .filter(|one| one.tag_name().name() == "Codes")
                        .for_each(|codes| project.add_codes(codes, "", DEEP));
                }
                "Cases" => project.cases.extend(elements(part).map(guid)),
                "Sources" => project.add_sources(part),
                "Notes" => elements(part).for_each(|note| project.add_memo(note)),
                _ => {}
            }
        }
        Ok(project)
    }

    /// Adds codes with those below them.
    fn add_codes(&mut self, codes: Node<'_, '_>, above: &str, depth: usize) {
        for code in elements(codes).filter(|one| one.tag_name().name() == "Code") {
            // A slash in a name would make a level of its own.
            let own = text(code, "name").replace('/', "∕");
            let name = if above.is_empty() { own } else { format!("{above}/{own}") };
            if depth > 0 {
                self.add_codes(code, &name, depth - 1);
            }
            let description = child(code, "Description").map(words).filter(|words| !words.trim().is_empty());
            self.codes.insert(guid(code), Code { name, color: color(text(code, "color")), description });
        }
    }

    fn add_sources(&mut self, sources: Node<'_, '_>) {
        for node in elements(sources) {
            if node.tag_name().name() != "TextSource" {
                self.other_sources += 1;
                continue;
            }
            let mut source = Source {
                guid: guid(node),
                name: text(node, "name").to_owned(),
                user: text(node, "creatingUser").trim().to_ascii_lowercase(),
                created: moment(text(node, "creationDateTime")),
                path: text(node, "plainTextPath").to_owned(),
                ..Source::default()
            };
            for part in elements(node) {
                match part.tag_name().name() {
                    "Description" => source.description = words(part),
                    "PlainTextContent" => source.text = Some(words(part)),
                    "PlainTextSelection" => source.selections.extend(selection(part)),
                    "Coding" => source.codings.extend(coding(part)),
                    "NoteRef" => source.memos.push(target(part)),
                    _ => {}
                }
            }
            self.sources.push(source);
        }
    }

    fn add_memo(&mut self, note: Node<'_, '_>) {
        match child(note, "PlainTextContent") {
            Some(content) => {
                self.memos.insert(guid(note), words(content));
            }
            None if !text(note, "plainTextPath").is_empty() => {
                self.memo_files.push((guid(note), text(note, "plainTextPath").to_owned()));
            }
            None => {}
        }
    }

    /// A user's name; `None` for the reader whose own notes this program wrote.
    pub(super) fn user(&self, guid: &str) -> Option<String> {
        let name = self.users.get(guid).filter(|name| !name.trim().is_empty())?;
        (!(self.is_ours && name == "Reader")).then(|| name.clone())
    }

    /// Gives an annotation a code, as a tag or, where this program wrote it, as the kind that it stands for.
    pub(super) fn take_code(&self, guid: &str, foreign: &mut Foreign) {
        let Some(code) = self.codes.get(guid) else { return };
        match Kind::from_name(&code.name).filter(|kind| self.is_ours && kind.has_status()) {
            Some(kind) => foreign.kind = Some(kind),
            None => add_tag(&mut foreign.tags, &code.name),
        }
    }

    /// What the codebook says of tags.
    pub(super) fn tags(&self) -> Vec<TagDefinition> {
        let codes = self.codes.iter().filter(|(guid, _)| !self.cases.contains(*guid)).map(|(_, code)| code);
        let defined = codes.filter(|code| code.color.is_some() || code.description.is_some());
        let mut tags: Vec<TagDefinition> = defined
            .filter_map(|code| {
                let (color, description) = (code.color, code.description.clone());
                Some(TagDefinition { tag: Tag::new(&code.name)?, color, description, key: None })
            })
            .collect();
        tags.sort_by(|one, other| one.tag.cmp(&other.tag));
        tags
    }
}

fn selection(node: Node<'_, '_>) -> Option<Selection> {
    let position = |key: &str| text(node, key).trim().parse().ok();
    let told =
        Told { start: position("startPosition")?, end: position("endPosition")?, name: text(node, "name").to_owned() };
    let parts = |name: &'static str| elements(node).filter(move |one| one.tag_name().name() == name);
    let codings: Vec<Coding> = parts("Coding").filter_map(coding).collect();
    // Where nobody is said to have selected, whoever coded did.
    let user = match text(node, "creatingUser") {
        "" => codings.first().map(|coding| coding.user.clone()).unwrap_or_default(),
        user => user.trim().to_ascii_lowercase(),
    };
    let created = moment(text(node, "creationDateTime")).or_else(|| codings.iter().find_map(|coding| coding.created));
    Some(Selection {
        guid: guid(node),
        told,
        user,
        created,
        updated: moment(text(node, "modifiedDateTime")),
        description: child(node, "Description").map(words).unwrap_or_default(),
        memos: parts("NoteRef").map(target).collect(),
        codings,
    })
}

fn coding(node: Node<'_, '_>) -> Option<Coding> {
    let code = target(child(node, "CodeRef")?);
    let memos = elements(node).filter(|one| one.tag_name().name() == "NoteRef").map(target).collect();
    let user = text(node, "creatingUser").trim().to_ascii_lowercase();
    Some(Coding { code, user, created: moment(text(node, "creationDateTime")), memos })
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    elements(node).find(|one| one.tag_name().name() == name)
}

fn text<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default()
}

/// An element's guid in small letters, as programs differ in that.
fn guid(node: Node<'_, '_>) -> String {
    text(node, "guid").trim().to_ascii_lowercase()
}

fn target(node: Node<'_, '_>) -> String {
    text(node, "targetGUID").trim().to_ascii_lowercase()
}

fn words(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

fn color(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}
