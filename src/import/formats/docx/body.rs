//! The words of a DOCX part: every `w:t` at any depth, in paragraphs.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};

use super::styles::{Style, Styles, attribute, is_on};
use crate::import::formats::page::{Page, Sign};
use crate::import::text::Kind;

/// What a part of a DOCX holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its paragraphs.
    pub page: Page,
    /// For each paragraph, how many bytes stand before its first tab.
    pub tabs: Vec<Option<usize>>,
    /// The first paragraph in the style of titles.
    pub title: Option<String>,
    /// The first paragraph in the style of subtitles.
    pub subtitle: Option<String>,
    /// Number of paragraphs of a table of contents.
    pub contents: u32,
    /// Number of stretches that were deleted with changes tracked, or are hidden.
    pub deleted: u32,
}

/// Whether an element holds no words of the document, or holds them once more.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "sdtPr" | "rt" | "delInstrText")
}

#[derive(Default)]
struct Place {
    skip: u32,
    in_text: bool,
    in_paragraph_properties: bool,
    paragraph: Style,
    /// The style that was named last, which most paragraphs name again.
    last_style: (String, Style),
    run: Style,
    hidden: bool,
    tables: Vec<(u32, u32, u32)>,
    table_count: u32,
    tab: Option<usize>,
    number: u32,
}

impl Body {
    /// Reads a part.
    pub(super) fn read(mut part: impl BufRead, styles: &Styles) -> Result<Self, Error> {
        // The archive bounds a part; read as one text it need not be copied event by event.
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into());
        let mut body = Body::default();
        let mut place = Place::default();
        let mut reader = Reader::from_str(&text);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            match reader.read_event()? {
                Event::Start(tag) => body.start(&tag, styles, &mut place, false),
                Event::Empty(tag) => body.start(&tag, styles, &mut place, true),
                Event::End(tag) => body.end(tag.local_name().into_inner(), &mut place),
                Event::Text(words) if place.in_text => body.write(&words, &mut place),
                Event::CData(words) if place.in_text => body.write(&words, &mut place),
                Event::GeneralRef(reference) if place.in_text => {
                    let name: &str = &reference;
                    let written = format!("&{name};");
                    let words =
                        quick_xml::escape::unescape(&written).map_or(written.clone(), |words| words.into_owned());
                    body.write(&words, &mut place);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        body.end_paragraph(&mut place);
        Ok(body)
    }

    fn start(&mut self, tag: &BytesStart<'_>, styles: &Styles, place: &mut Place, empty: bool) {
        let name = tag.local_name().into_inner();
        if place.skip > 0 {
            place.skip += u32::from(!empty);
            return;
        }
        if is_skipped(name) {
            if !empty {
                place.skip = 1;
                self.deleted += u32::from(matches!(name, "del" | "moveFrom"));
            }
            return;
        }
        match name {
            "p" => {
                self.end_paragraph(place);
                place.paragraph = Style::default();
                self.begin_paragraph(place);
            }
            "pPr" => place.in_paragraph_properties = !empty,
            "pStyle" => {
                let id = attribute(tag, "val").unwrap_or_default();
                if id != place.last_style.0 {
                    let style = styles.get(&id);
                    place.last_style = (id, style);
                }
                place.paragraph = place.last_style.1;
                self.begin_paragraph(place);
            }
            "outlineLvl" if place.in_paragraph_properties => {
                let level = attribute(tag, "val").and_then(|level| level.parse().ok()).filter(|level| *level < 9);
                place.paragraph.heading = place.paragraph.heading.or(level);
                self.begin_paragraph(place);
            }
            "r" => (place.run, place.hidden) = (Style::default(), false),
            "rStyle" if !place.in_paragraph_properties => {
                let style = styles.get(&attribute(tag, "val").unwrap_or_default());
                place.run.strong |= style.strong;
                place.run.emphasis |= style.emphasis;
            }
            "b" if !place.in_paragraph_properties => place.run.strong = is_on(tag),
            "i" if !place.in_paragraph_properties => place.run.emphasis = is_on(tag),
            "vanish" if !place.in_paragraph_properties => place.hidden = is_on(tag),
            "t" => place.in_text = !empty,
            "tab" if !place.in_paragraph_properties => {
                if place.tab.is_none() && self.page.is_first_line() {
                    place.tab = Some(self.page.line_length());
                }
                self.write(" ", place);
            }
            "br" | "cr" => {
                if attribute(tag, "type").is_some_and(|kind| kind == "page" || kind == "column") {
                    self.write(" ", place);
                } else {
                    self.page.break_line();
                }
            }
            "noBreakHyphen" => self.write("-", place),
            "sym" => {
                let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                // Symbol fonts live in the private use area; what they show cannot be known.
                let symbol = code.and_then(char::from_u32).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c));
                self.write(symbol.unwrap_or('\u{25A1}').encode_utf8(&mut [0; 4]), place);
            }
            "tbl" if !empty => {
                self.end_paragraph(place);
                place.table_count += 1;
                place.tables.push((place.table_count, 0, 0));
            }
            "tr" => {
                if let Some((_, row, column)) = place.tables.last_mut() {
                    (*row, *column) = (*row + 1, 0);
                }
            }
            "tc" => {
                if let Some((.., column)) = place.tables.last_mut() {
                    *column += 1;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, place: &mut Place) {
        if place.skip > 0 {
            place.skip -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(place),
            "pPr" => place.in_paragraph_properties = false,
            "t" => place.in_text = false,
            "tbl" => {
                place.tables.pop();
            }
            _ => {}
        }
    }

    fn write(&mut self, words: &str, place: &mut Place) {
        if place.hidden {
            self.deleted += 1;
            return;
        }
        let strong = place.run.strong || place.paragraph.strong;
        self.page.write(words, strong, place.run.emphasis || place.paragraph.emphasis, place.number);
    }

    fn begin_paragraph(&mut self, place: &mut Place) {
        let paragraph = self.page.open();
        let cell = place.tables.last().filter(|(_, row, column)| *row > 0 && *column > 0);
        paragraph.cell = cell.map(|(table, row, column)| (*table, *row, column - 1));
        paragraph.kind = place.paragraph.heading.map_or(Kind::Text, Kind::Heading);
    }

    fn end_paragraph(&mut self, place: &mut Place) {
        let before = self.page.paragraphs.len();
        self.page.end_paragraph();
        place.number += 1;
        let tab = place.tab.take();
        let Some(last) = self.page.paragraphs.get_mut(before) else { return };
        self.tabs.push(tab);
        if place.paragraph.contents {
            self.contents += 1;
            last.sign = Sign::LeftOut;
        } else if place.paragraph.title && self.title.is_none() {
            self.title = Some(last.text());
            last.sign = Sign::LeftOut;
        } else if place.paragraph.subtitle && self.subtitle.is_none() {
            self.subtitle = Some(last.text());
            last.sign = Sign::LeftOut;
        }
        self.begin_paragraph(place);
    }
}
