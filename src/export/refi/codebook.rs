//! Tags as a codebook: a tree of codes with colours.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::export::ids::guid;
use crate::export::xml::Xml;
use crate::export::{Document, ExportError, Exporter};
use crate::model::{Annotation, Kind, TagDefinition};

/// The program that REFI files say they come from.
pub(super) const ORIGIN: &str = concat!("interleaf ", env!("CARGO_PKG_VERSION"));

/// Colours of codes that nobody gave one.
const COLORS: [&str; 10] =
    ["#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#b07aa1", "#edc948", "#9c755f", "#ff9da7", "#8a8a8a"];

/// A codebook of the tags in use and those that are defined.
///
/// ```
/// use interleaf::export::{Exporter, Qdc};
/// use interleaf::model::{Tag, TagDefinition};
///
/// let tag = Tag::new("money/capex").unwrap();
/// let color = Some([0xff, 0x80, 0x00]);
/// let tags = vec![TagDefinition { tag, color, description: None, key: None }];
/// let mut out = Vec::new();
/// Qdc { tags }.export(&[], &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("name=\"capex\" isCodable=\"true\" color=\"#ff8000\""));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Qdc {
    /// What is known of tags.
    pub tags: Vec<TagDefinition>,
}

impl Exporter for Qdc {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let codes = Codes::of(documents, &self.tags);
        if codes.is_empty() {
            let advice = "there are no tags yet, and a codebook is made of tags; tag a note first";
            return Err(ExportError::Unfit(advice.to_owned()));
        }
        let mut xml = Xml::new()?;
        xml.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)])?;
        codes.write(&mut xml)?;
        xml.close("CodeBook")?;
        Ok(out.write_all(&xml.finish())?)
    }
}

/// The codes of a project: tags, and the kinds of work.
pub(super) struct Codes<'a> {
    /// Full names, those of parents included.
    names: BTreeSet<String>,
    definitions: BTreeMap<&'a str, &'a TagDefinition>,
}

impl<'a> Codes<'a> {
    pub(super) fn of(documents: &[Document], definitions: &'a [TagDefinition]) -> Self {
        let mut names = BTreeSet::new();
        let notes = documents.iter().flat_map(|document| &document.notes);
        let used = notes.flat_map(|note| names_of(&note.annotation));
        let defined = definitions.iter().map(|definition| definition.tag.as_str().to_owned());
        for name in used.chain(defined) {
            for (at, _) in name.match_indices('/') {
                names.insert(name.get(..at).unwrap_or(&name).to_owned());
            }
            names.insert(name);
        }
        Self { names, definitions: definitions.iter().map(|entry| (entry.tag.as_str(), entry)).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Writes `Codes`, a tree.
    pub(super) fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.open("Codes", &[])?;
        self.write_level(xml, None)?;
        xml.close("Codes")
    }

    /// Writes the codes right below `parent`, each with what is below it.
    pub(super) fn write_level(&self, xml: &mut Xml, parent: Option<&str>) -> io::Result<()> {
        for name in self.names.iter().filter(|name| parent_of(name) == parent) {
            let own = name.rsplit('/').next().unwrap_or(name);
            let definition = self.definitions.get(name.as_str());
            let color = definition.and_then(|definition| definition.color);
            let color = match color {
                Some([red, green, blue]) => format!("#{red:02x}{green:02x}{blue:02x}"),
                None => default_color(name).to_owned(),
            };
            let guid = code_guid(name);
            let attributes = [("guid", guid.as_str()), ("name", own), ("isCodable", "true"), ("color", &color)];
            let description = definition.and_then(|definition| definition.description.as_deref());
            let is_parent = self.names.iter().any(|other| parent_of(other) == Some(name));
            if description.is_none() && !is_parent {
                xml.empty("Code", &attributes)?;
                continue;
            }
            xml.open("Code", &attributes)?;
            if let Some(description) = description {
                xml.leaf("Description", &[], description)?;
            }
            self.write_level(xml, Some(name))?;
            xml.close("Code")?;
        }
        Ok(())
    }
}

/// The full names of an annotation's codes: its tags, and its kind where that is work to be done.
pub(super) fn names_of(annotation: &Annotation) -> impl Iterator<Item = String> {
    let work = matches!(annotation.kind, Kind::Question | Kind::FollowUp).then(|| annotation.kind.name().to_owned());
    annotation.tags.iter().map(|tag| tag.to_string()).chain(work)
}

pub(super) fn code_guid(name: &str) -> String {
    guid("code", name).hyphenated().to_string()
}

fn parent_of(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(parent, _)| parent)
}

fn default_color(name: &str) -> &'static str {
    let sum = name.bytes().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    COLORS.get(sum % COLORS.len()).copied().unwrap_or("#8a8a8a")
}
