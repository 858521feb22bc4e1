//! What the names of paragraph styles mean: headings, titles, tables of contents, bold.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a style makes of a paragraph or of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// 0 for the highest heading.
    pub heading: Option<u8>,
    /// The document's title.
    pub title: bool,
    /// The line under it.
    pub subtitle: bool,
    /// A line of a table of contents.
    pub contents: bool,
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads `word/styles.xml`. What is broken in it is passed over: a document reads without styles, too.
    pub(super) fn read(part: impl BufRead) -> Self {
        const MOST: usize = 10_000;
        let mut styles = Styles::default();
        let mut reader = Reader::from_reader(part);
        let (mut buffer, mut id, mut style, mut based) = (Vec::new(), None::<String>, Style::default(), None);
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match &event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                    "style" => {
                        (id, style, based) = (attribute(tag, "styleId"), Style::default(), None);
                    }
                    "name" if id.is_some() => style.take_name(&attribute(tag, "val").unwrap_or_default()),
                    "basedOn" => based = attribute(tag, "val"),
                    "outlineLvl" if style.heading.is_none() => {
                        style.heading =
                            attribute(tag, "val").and_then(|level| level.parse().ok()).filter(|level| *level < 9);
                    }
                    "b" => style.strong = is_on(tag),
                    "i" => style.emphasis = is_on(tag),
                    _ => {}
                },
                Event::End(tag) if tag.local_name().into_inner() == "style" => {
                    let parent =
                        based.take().and_then(|based: String| styles.0.get(&based).copied()).unwrap_or_default();
                    style.heading = style.heading.or(parent.heading);
                    style.title |= parent.title && style.heading.is_none();
                    if let Some(id) = id.take().filter(|_| styles.0.len() < MOST) {
                        styles.0.insert(id, style);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        styles
    }

    /// The style of that id; ids that the document does not define are read as names.
    pub(super) fn get(&self, id: &str) -> Style {
        self.0.get(id).copied().unwrap_or_else(|| {
            let mut style = Style::default();
            style.take_name(id);
            style
        })
    }
}

impl Style {
    fn take_name(&mut self, name: &str) {
        let name = name.to_lowercase().replace(' ', "");
        if let Some(level) = name.strip_prefix("heading").and_then(|level| level.parse::<u8>().ok()) {
            self.heading = Some(level.saturating_sub(1));
        }
        self.title = name == "title";
        self.subtitle = name == "subtitle";
        self.contents = name.strip_prefix("toc").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        self.strong |= name == "strong";
        self.emphasis |= name == "emphasis";
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// Whether a switch such as `<w:b/>` is on.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}
