//! XML trees within bounds, and what the XML importers share.

use roxmltree::{Document, Node, ParsingOptions};

use super::paragraphs::blank_between;
use crate::import::ImportError;
use crate::import::detect::Source;

/// Elements and texts that a document has at most.
const MOST_NODES: u32 = 30_000_000;
/// Bytes that the entities which a document declares may grow to.
const LARGEST_EXPANSION: usize = 64 << 20;

/// The tree of a document.
///
/// # Errors
///
/// Where it is no well-formed XML, or its entities would fill the memory.
pub(super) fn tree(source: &Source) -> Result<Document<'_>, ImportError> {
    let text = source.text.trim_start();
    let skipped = source.text.len() - text.len();
    if expands(text) {
        let message =
            "this XML declares entities that grow without bounds; it may be made to do harm and was not opened";
        return Err(malformed(source, 1, 1, message));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        let before = source.text.get(..skipped).unwrap_or_default().matches('\n').count() as u32;
        let told = error.to_string();
        let told =
            told.rsplit_once(" at ").filter(|(_, place)| place.contains(':')).map_or(told.as_str(), |(told, _)| told);
        let message = if text.trim_end().ends_with('>') {
            format!("this is no well-formed XML: {told}; correct this place or export the file again")
        } else {
            format!("the XML ends in the middle ({told}): the file was cut off; get it again from where it came from")
        };
        malformed(source, place.row + before, place.col, &message)
    })
}

/// A fault at a place of the source.
pub(super) fn malformed(source: &Source, line: u32, column: u32, message: &str) -> ImportError {
    ImportError::Malformed { name: source.name.clone(), line, column, message: message.to_owned() }
}

/// Whether the entities that a document declares could fill the memory when they are put in.
fn expands(text: &str) -> bool {
    const NESTED: usize = 255;
    let Some(start) = text.find("<!ENTITY") else { return false };
    let declared = text.get(start..).unwrap_or_default();
    let end = declared.find("]>").unwrap_or(declared.len());
    let (declared, used) = declared.split_at_checked(end).unwrap_or((declared, ""));
    let references = used.bytes().filter(|byte| *byte == b'&').count();
    let nested = declared.split('&').skip(1).any(|rest| !rest.starts_with('#'));
    let factor = if nested { NESTED * NESTED } else { 1 };
    declared.len().saturating_mul(references).saturating_mul(factor) > LARGEST_EXPANSION
}

/// The name of the outermost element without its prefix, and the text of its tag, of a document's beginning.
pub(super) fn root(text: &str) -> Option<(&str, &str)> {
    let mut rest = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>")? + 2,
            _ if rest.starts_with("<!--") => rest.find("-->")? + 3,
            _ if rest.starts_with("<!DOCTYPE") => {
                let subset = rest.find('[').filter(|at| rest.find('>').is_some_and(|end| *at < end));
                match subset {
                    Some(_) => rest.find("]>")? + 2,
                    None => rest.find('>')? + 1,
                }
            }
            _ => break,
        };
        rest = rest.get(end..)?.trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let tag = tag.get(..tag.find('>').unwrap_or(tag.len()))?;
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next()?;
    Some((name.rsplit(':').next()?, tag))
}

/// The node after `node` in the order of the document, within `root`; without what stands inside `node` where asked.
pub(super) fn next<'a, 'i>(node: Node<'a, 'i>, root: Node<'a, 'i>, inside: bool) -> Option<Node<'a, 'i>> {
    if inside && let Some(child) = node.first_child() {
        return Some(child);
    }
    let mut current = node;
    while current != root {
        if let Some(sibling) = current.next_sibling() {
            return Some(sibling);
        }
        current = current.parent()?;
    }
    None
}

/// The first element of that name within `node`.
pub(super) fn find<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|one| one.is_element() && one.tag_name().name() == name)
}

/// The words of the first element of that name within `node`; `None` where there are none.
pub(super) fn find_text(node: Node<'_, '_>, name: &str) -> Option<String> {
    find(node, name).map(text).filter(|text| !text.is_empty())
}

/// All words within `node`, runs of blanks as one.
pub(super) fn text(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    for part in node.descendants().filter(|one| one.is_text()).filter_map(|one| one.text()) {
        push(&mut words, part);
    }
    words.truncate(words.trim_end().len());
    words
}

/// Appends words, runs of blanks as one and none at the beginning.
pub(super) fn push(words: &mut String, part: &str) {
    for c in part.chars() {
        if !c.is_whitespace() {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
}

/// Appends a blank where two words would run together.
pub(super) fn space(words: &mut String) {
    if words.chars().next_back().is_some_and(|before| blank_between(before, 'x')) {
        words.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let source = Source { name: "talk.xml".to_owned(), text: text.to_owned(), archive: Vec::new() };
        tree(&source).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn faults_name_their_place_and_bombs_are_not_opened() {
        assert!(
            error("<a>\n<b></a>").starts_with("talk.xml:2:4: this is no well-formed XML"),
            "{}",
            error("<a>\n<b></a>")
        );
        assert!(error("<a><b>so it").contains("ends in the middle"));
        let entities = "<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;\">";
        let laughs = format!("<!DOCTYPE a [{entities}]><a>{}</a>", "&d;".repeat(40));
        assert!(error(&laughs).contains("entities"));
        let quadratic = format!("<!DOCTYPE a [<!ENTITY b \"{}\">]><a>{}</a>", "x".repeat(10_000), "&b;".repeat(10_000));
        assert!(error(&quadratic).contains("entities"));
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let source = Source { name: String::new(), text: deep, archive: Vec::new() };
        let tree = tree(&source).unwrap();
        assert_eq!(text(tree.root_element()), "");
    }

    #[test]
    fn the_root_is_found_behind_prologs() {
        let text = "\u{FEFF}<?xml version=\"1.0\"?>\n<!DOCTYPE Trans SYSTEM \"x.dtd\">\n<!-- a --><t:Trans a=\"1\">";
        assert_eq!(root(text), Some(("Trans", "t:Trans a=\"1\"")));
        assert_eq!(root("Mira: so"), None);
    }
}
