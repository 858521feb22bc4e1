//! XML as a stream within bounds: time and memory grow with the words, however deep elements are nested and whatever
//! entities are declared.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::Event as Read;
use quick_xml::events::attributes::Attributes;

use super::paragraphs::blank_between;
use super::{blanks, lines, markup};
use crate::import::ImportError;
use crate::import::detect::Source;

/// What an XML text consists of, one after another.
#[derive(Debug)]
pub(super) enum Event<'a> {
    /// An element begins.
    Start(Tag<'a>),
    /// The element that is innermost ends.
    End,
    /// Words.
    Words(Cow<'a, str>),
}

/// The tag that an element begins with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// The element's name, without its prefix.
    pub name: &'a str,
    /// The tag without its brackets, and the bytes of the whole name.
    content: (&'a str, usize),
}

impl<'a> Tag<'a> {
    fn of(written: &'a str) -> Self {
        let content = written.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let length = content.find(|c: char| c.is_ascii_whitespace()).unwrap_or(content.len());
        let whole = content.get(..length).unwrap_or_default();
        Tag { name: whole.rsplit(':').next().unwrap_or(whole), content: (content, length) }
    }

    /// The value of an attribute, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let (content, length) = self.content;
        let mut attributes = Attributes::new(content, length);
        let all = attributes.with_checks(false).flatten();
        let found = all.into_iter().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(match found.value {
            Cow::Borrowed(value) => markup::unescape(value),
            Cow::Owned(value) => markup::unescape(&value).into_owned().into(),
        })
    }
}

/// An XML text that is being read.
pub(super) struct Events<'a> {
    source: &'a Source,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where the event that was read last begins in `text`.
    at: usize,
    /// Where in `text` lines have been counted to, and the number of the line there.
    counted: (usize, u32),
    open: u32,
    begun: bool,
    entities: HashMap<&'a str, &'a str>,
    /// Bytes that the entities which the document declares may still grow to.
    left: usize,
}

impl<'a> Events<'a> {
    /// Begins to read.
    pub(super) fn of(source: &'a Source) -> Self {
        const LARGEST_EXPANSION: usize = 8 << 20;
        let text = source.text.trim_start();
        let before = source.text.get(..source.text.len() - text.len()).unwrap_or_default();
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        (config.expand_empty_elements, config.allow_dangling_amp) = (true, true);
        Events {
            source,
            text,
            reader,
            at: 0,
            counted: (0, 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32),
            open: 0,
            begun: false,
            entities: HashMap::new(),
            left: LARGEST_EXPANSION,
        }
    }

    /// What comes next; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where the text is no well-formed XML, or its entities would fill the memory.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, ImportError> {
        loop {
            self.at = self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|error| self.fault(&error))?;
            return Ok(Some(match event {
                Read::Start(_) | Read::Empty(_) => {
                    self.open += 1;
                    self.begun = true;
                    Event::Start(Tag::of(self.written()))
                }
                Read::End(_) => {
                    self.open = self.open.saturating_sub(1);
                    Event::End
                }
                Read::Text(words) => Event::Words(words.into_inner()),
                Read::CData(words) => Event::Words(words.into_inner()),
                Read::GeneralRef(_) => Event::Words(self.reference(self.written())?),
                Read::DocType(_) => {
                    self.declare();
                    continue;
                }
                Read::Eof if self.open > 0 => return Err(self.cut_off("an element is not closed")),
                Read::Eof if !self.begun => return Err(malformed(self.source, 1, 1, "this is no XML; it has no tags")),
                Read::Eof => return Ok(None),
                Read::Comment(_) | Read::Decl(_) | Read::PI(_) => continue,
            }));
        }
    }

    /// 1-based line of the source on which the event that was read last begins.
    pub(super) fn line(&mut self) -> u32 {
        let (from, line) = self.counted;
        if let Some(between) = self.text.as_bytes().get(from..self.at) {
            self.counted = (self.at, line + memchr::memchr_iter(b'\n', between).count() as u32);
        }
        self.counted.1
    }

    /// The words of the element that has just begun, up to its end, runs of blanks as one.
    pub(super) fn words(&mut self) -> Result<String, ImportError> {
        let mut words = String::new();
        self.inside(|part| blanks::append(&mut words, part))?;
        words.truncate(words.trim_end().len());
        Ok(words)
    }

    /// The words of the element that has just begun, up to its end, with all blanks and line ends.
    pub(super) fn raw(&mut self) -> Result<String, ImportError> {
        let mut words = String::new();
        self.inside(|part| words.push_str(part))?;
        Ok(words)
    }

    /// Passes over the rest of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), ImportError> {
        self.inside(|_| {})
    }

    fn inside(&mut self, mut take: impl FnMut(&str)) -> Result<(), ImportError> {
        let outside = self.open.saturating_sub(1);
        while let Some(event) = self.next()? {
            match event {
                Event::End if self.open == outside => break,
                Event::Words(words) => take(&words),
                Event::End | Event::Start(_) => {}
            }
        }
        Ok(())
    }

    /// The event that was read last, as it is written.
    fn written(&self) -> &'a str {
        self.text.get(self.at..self.reader.buffer_position() as usize).unwrap_or_default()
    }

    /// Takes up the entities that a document type declares.
    fn declare(&mut self) {
        let mut rest = self.written();
        while let Some((_, after)) = rest.split_once("<!ENTITY") {
            rest = after;
            let Some((name, value)) = after.trim_start().split_once(|c: char| c.is_ascii_whitespace()) else {
                continue;
            };
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
            if let Some((value, after)) = value.get(1..).and_then(|value| value.split_once(quote)) {
                self.entities.entry(name).or_insert(value);
                rest = after;
            }
        }
    }

    /// What a reference such as `&amp;` stands for; one that nobody declares stands for itself.
    fn reference(&mut self, written: &'a str) -> Result<Cow<'a, str>, ImportError> {
        let name = written.trim_start_matches('&').trim_end_matches(';');
        let Some(value) = self.entities.get(name).copied() else { return Ok(markup::unescape(written)) };
        let mut words = String::new();
        if self.expand(value, 0, &mut words) {
            return Ok(words.into());
        }
        let message =
            "this XML declares entities that grow without bounds; it may be made to do harm and was not opened";
        let line = self.line();
        Err(malformed(self.source, line, 1, message))
    }

    /// Appends what an entity stands for; false: that is too much.
    fn expand(&mut self, value: &'a str, depth: u32, words: &mut String) -> bool {
        const DEEPEST: u32 = 20;
        let Some(left) = self.left.checked_sub(value.len() + 1).filter(|_| depth < DEEPEST) else { return false };
        self.left = left;
        let mut rest = value;
        while let Some((before, after)) = rest.split_once('&') {
            words.push_str(before);
            let from = rest.get(before.len()..).unwrap_or_default();
            let Some((name, behind)) = after.split_once(';') else { break };
            match self.entities.get(name).copied() {
                Some(inner) if !self.expand(inner, depth + 1, words) => return false,
                Some(_) => {}
                None => words.push_str(&markup::unescape(from.get(..name.len() + 2).unwrap_or_default())),
            }
            rest = behind;
        }
        words.push_str(rest);
        true
    }

    fn fault(&self, error: &Error) -> ImportError {
        if matches!(error, Error::Syntax(_)) {
            return self.cut_off(&error.to_string());
        }
        let message = format!("this is no well-formed XML: {error}; correct this place or export the file again");
        let (line, column) = self.place(self.reader.error_position() as usize);
        malformed(self.source, line, column, &message)
    }

    fn cut_off(&self, told: &str) -> ImportError {
        let message =
            format!("the XML ends in the middle ({told}): the file was cut off; get it again from where it came from");
        let (line, column) = self.place(self.text.len());
        malformed(self.source, line, column, &message)
    }

    fn place(&self, byte: usize) -> (u32, u32) {
        lines::place(&self.source.text, byte + self.source.text.len() - self.text.len())
    }
}

/// A fault at a place of the source.
fn malformed(source: &Source, line: u32, column: u32, message: &str) -> ImportError {
    ImportError::Malformed { name: source.name.clone(), line, column, message: message.to_owned() }
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

/// Appends a blank where two words would run together.
pub(super) fn space(words: &mut String) {
    if words.chars().next_back().is_some_and(|before| blank_between(before, 'x')) {
        words.push(' ');
    }
}

/// The id that a reference such as `#MO` or `people.xml#MO` names; of several the first.
pub(super) fn referred(reference: &str) -> &str {
    let first = reference.split_whitespace().next().unwrap_or_default();
    first.rsplit('#').next().unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: String) -> Source {
        Source { name: "talk.xml".to_owned(), text, archive: Vec::new() }
    }

    fn words(text: &str) -> Result<String, String> {
        let source = source(text.to_owned());
        let mut events = Events::of(&source);
        events.next().and_then(|_| events.words()).map_err(|error| error.to_string())
    }

    #[test]
    fn faults_name_their_place_and_bombs_are_not_opened() {
        let error = |text: &str| words(text).unwrap_err();
        assert!(error("<a>\n<b></a>").starts_with("talk.xml:2:4: this is no well-formed XML"));
        assert!(error("\n<a>\n<b>so it").starts_with("talk.xml:3:9: the XML ends in the middle"));
        assert!(error("<a>so<b at=\"").contains("ends in the middle"));
        let entities: String =
            (1..9).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
        let laughs = format!("<!DOCTYPE a [<!ENTITY e0 \"ha\">{entities}]><a>&e8;</a>");
        assert!(error(&laughs).contains("entities"));
        let quadratic = format!("<!DOCTYPE a [<!ENTITY b \"{}\">]><a>{}</a>", "x".repeat(10_000), "&b;".repeat(10_000));
        assert!(error(&quadratic).contains("entities"));
        assert!(error("<!DOCTYPE a [<!ENTITY b \"&b;\">]><a>&b;</a>").contains("entities"));
    }

    #[test]
    fn references_stand_for_what_they_are() {
        let declared = "<!DOCTYPE a [<!ENTITY who 'Mira &amp; Co'><!ENTITY x SYSTEM \"y\">]>";
        let text = format!("{declared}<a>&who; &lt;3 &#233;&x; &mdash; AT&T &c <![CDATA[<so>]]></a>");
        assert_eq!(words(&text).unwrap(), "Mira & Co <3 é&x; — AT&T &c <so>");
    }

    #[test]
    fn depth_costs_no_stack() {
        assert_eq!(words(&format!("{}so{}", "<a>".repeat(100_000), "</a>".repeat(100_000))).unwrap(), "so");
    }

    #[test]
    fn attributes_and_lines_are_told() {
        let source = source("\n<a>\n<t:b xml:id='x'\n who=\"#A &amp; B\"/></a>".to_owned());
        let mut events = Events::of(&source);
        let mut found = Vec::new();
        while let Some(event) = events.next().unwrap() {
            if let Event::Start(tag) = event {
                let attribute = |name| tag.attribute(name).map(Cow::into_owned);
                found.push((tag.name, events.line(), attribute("id"), attribute("who")));
            }
        }
        assert_eq!(found, [("a", 2, None, None), ("b", 3, Some("x".to_owned()), Some("#A & B".to_owned()))]);
    }

    #[test]
    fn the_root_is_found_behind_prologs() {
        let text = "\u{FEFF}<?xml version=\"1.0\"?>\n<!DOCTYPE Trans SYSTEM \"x.dtd\">\n<!-- a --><t:Trans a=\"1\">";
        assert_eq!(root(text), Some(("Trans", "t:Trans a=\"1\"")));
        assert_eq!(root("Mira: so"), None);
    }
}
