//! Writing XML: escaped, indented, without characters that XML cannot hold.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

/// An XML document in the making. Elements that are opened are to be closed.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// A document with its declaration.
    pub(super) fn new() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        Ok(Self { writer })
    }

    /// A document whose blanks all count.
    pub(super) fn unindented() -> io::Result<Self> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        Ok(Self { writer })
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes the element of that name that was opened last.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with words in it.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        let words = printable(words);
        // A lone carriage return would be read as a line feed.
        let words = escape::escape(words.as_ref()).replace('\r', "&#13;");
        self.writer.write_event(Event::Text(BytesText::from_escaped(words)))?;
        self.close(name)
    }

    /// A line feed, where blanks all count and this one does not matter.
    pub(super) fn line(&mut self) -> io::Result<()> {
        self.writer.write_event(Event::Text(BytesText::from_escaped("\n")))
    }

    /// The finished document.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.writer.get_mut().push(b'\n');
        self.writer.into_inner()
    }
}

fn start(name: &str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let mut element = BytesStart::new(name.to_owned());
    for (key, value) in attributes {
        let value = attribute_value(value);
        element.push_attribute(Attribute { key: QName(key), value: Cow::Owned(value) });
    }
    element
}

/// An attribute's value that comes back exactly: bare line feeds and tabs would be read as spaces.
fn attribute_value(value: &str) -> String {
    let value = printable(value);
    escape::escape(value.as_ref()).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

/// `text` with a replacement character for each one that XML cannot hold, so that offsets stay right.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let unfit =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(unfit) { text.replace(unfit, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_but_what_xml_cannot_hold() {
        let words = "a\n\t\r<b> & \"c\" 'd' ]]> \u{1} \u{fffe}";
        let mut xml = Xml::new().unwrap();
        xml.leaf("e", &[("a", words)], words).unwrap();
        let text = String::from_utf8(xml.finish()).unwrap();
        let tree = roxmltree::Document::parse(&text).unwrap();
        let expected = "a\n\t\r<b> & \"c\" 'd' ]]> \u{fffd} \u{fffd}";
        assert_eq!(tree.root_element().attribute("a"), Some(expected));
        assert_eq!(tree.root_element().text(), Some(expected));
    }
}
