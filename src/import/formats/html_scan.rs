//! HTML to paragraphs in one pass over its tokens, without a tree: memory and time stay proportional to the words,
//! however the tags are nested.

use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::page::{Page, Sign};
use crate::import::tally::Tally;
use crate::import::text::Kind;
use crate::model::Timecode;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Its paragraphs.
    pub page: Page,
    /// The title in its head.
    pub title: String,
    /// `name` or `property` of its `meta` tags, and their contents.
    pub meta: Vec<(String, String)>,
    /// The language that it declares.
    pub language: Option<String>,
    /// The address that it gives for itself.
    pub url: Option<String>,
    /// How many bytes of navigation, footers and forms were passed over.
    pub furniture: usize,
    /// The line on which these begin.
    pub furniture_line: u32,
    /// Stamps within paragraphs that were left out.
    pub stamps: Tally,
    /// How deep the tags are nested.
    pub depth: usize,
}

/// Reads HTML.
pub(super) fn scan(html: &str) -> Scan {
    const CHUNK: usize = 1 << 20;
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() {
        let mut end = CHUNK.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (chunk, after) = rest.split_at(end);
        rest = after;
        input.push_back(StrTendril::from_slice(chunk));
        // Only a sink that runs scripts is interrupted; this one is not.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.scan.page.end_paragraph();
    state.scan
}

#[derive(Default)]
struct Sink {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    scan: Scan,
    open: Vec<Open>,
    counts: Counts,
    tables: Vec<(u32, u32, u32)>,
    table_count: u32,
    in_title: bool,
    /// 1-based line of the source.
    line: u32,
}

/// An element that is open and what it does to the words in it.
struct Open {
    name: LocalName,
    does: Does,
}

/// What an element does to the words in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Does {
    #[default]
    Nothing,
    Strong,
    Emphasis,
    Hides,
    /// Navigation and the like: passed over and counted.
    Furnishes,
    Links,
    Quotes,
    /// What stands behind the talk, as its role says.
    Follows,
    Heads,
    Preformats,
    Names(Sign),
    Times,
    /// A stamp that the element's attribute tells better.
    Stamps,
}

#[derive(Default)]
struct Counts {
    strong: u32,
    emphasis: u32,
    hidden: u32,
    furniture: u32,
    link: u32,
    quote: u32,
    preformatted: u32,
    stamp: u32,
    heading: u32,
    after: u32,
}

impl Counts {
    fn of(&mut self, does: Does) -> Option<&mut u32> {
        Some(match does {
            Does::Strong => &mut self.strong,
            Does::Emphasis => &mut self.emphasis,
            Does::Hides => &mut self.hidden,
            Does::Furnishes => &mut self.furniture,
            Does::Links => &mut self.link,
            Does::Quotes => &mut self.quote,
            Does::Preformats => &mut self.preformatted,
            Does::Stamps => &mut self.stamp,
            Does::Heads => &mut self.heading,
            Does::Follows => &mut self.after,
            Does::Nothing | Does::Names(_) | Does::Times => return None,
        })
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        state.line = line as u32;
        match token {
            Token::CharacterTokens(words) => state.words(&words),
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => return state.start(&tag),
                TagKind::EndTag => state.end(&tag.name),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn words(&mut self, words: &str) {
        let line = self.line;
        if self.in_title {
            self.scan.title.push_str(words);
        } else if self.counts.hidden > 0 {
        } else if self.counts.furniture > 0 {
            if self.scan.furniture == 0 {
                self.scan.furniture_line = line;
            }
            self.scan.furniture += words.trim().len();
        } else if self.counts.stamp == 0 {
            let (strong, emphasis) = (self.counts.strong > 0, self.counts.emphasis > 0);
            let page = &mut self.scan.page;
            if self.counts.link > 0 {
                page.open().linked += words.trim().len();
            }
            if self.counts.preformatted == 0 {
                page.write(words, strong, emphasis, line);
                return;
            }
            for (index, part) in words.split('\n').enumerate() {
                if index > 0 {
                    page.break_line();
                }
                page.write(part, strong, emphasis, line);
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match name {
            "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "textarea" | "noscript" => {
                self.push(tag, Does::Hides);
                return TokenSinkResult::RawData(match name {
                    "script" => RawKind::ScriptData,
                    "textarea" => RawKind::Rcdata,
                    _ => RawKind::Rawtext,
                });
            }
            "title" if self.counts.hidden == 0 && self.scan.title.is_empty() => {
                self.in_title = true;
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "plaintext" => return TokenSinkResult::Plaintext,
            "html" => self.scan.language = attribute(tag, "lang").map(str::to_owned),
            "meta" => self.meta(tag),
            "link" if attribute(tag, "rel") == Some("canonical") => {
                self.scan.url = attribute(tag, "href").map(str::to_owned);
            }
            "br" => {
                // Two breaks in a row end a paragraph.
                if self.scan.page.is_at_start() || self.scan.page.ends_with_break() {
                    self.scan.page.end_paragraph();
                } else {
                    self.scan.page.break_line();
                }
            }
            "table" => {
                self.table_count += 1;
                self.tables.push((self.table_count, 0, 0));
            }
            "tr" => {
                if let Some((_, row, column)) = self.tables.last_mut() {
                    (*row, *column) = (*row + 1, 0);
                }
            }
            _ => {}
        }
        if is_block(name) {
            self.close_paragraph();
            if matches!(name, "td" | "th")
                && let Some((.., column)) = self.tables.last_mut()
            {
                *column += 1;
            }
            self.begin_paragraph();
        }
        if is_void(name) || (tag.self_closing && matches!(name, "path" | "use" | "circle" | "rect")) {
            return TokenSinkResult::Continue;
        }
        let does = does(tag);
        match does {
            Does::Heads => {
                let level = name.as_bytes().get(1).map_or(0, |digit| digit.saturating_sub(b'1'));
                self.scan.page.open().kind = Kind::Heading(level);
            }
            Does::Names(_) | Does::Times if !self.scan.page.is_at_start() => {
                // Within a sentence these are words like others.
                self.push(tag, Does::Nothing);
                return TokenSinkResult::Continue;
            }
            Does::Names(sign) => self.scan.page.open().sign = sign,
            Does::Times => self.scan.page.open().sign = Sign::Time,
            Does::Stamps => {
                let seconds = attribute(tag, "data-timestamp").and_then(|time| time.trim().parse::<f64>().ok());
                let time = seconds.and_then(Timecode::from_seconds);
                if self.scan.page.is_at_start() {
                    self.scan.page.open().time = time;
                } else if self.scan.page.is_line_start() {
                    self.scan.page.end_paragraph();
                    self.scan.page.open().time = time;
                } else {
                    self.scan.stamps.add(self.line);
                }
            }
            _ => {}
        }
        self.push(tag, does);
        TokenSinkResult::Continue
    }

    fn push(&mut self, tag: &Tag, does: Does) {
        if let Some(count) = self.counts.of(does) {
            *count += 1;
        }
        self.open.push(Open { name: tag.name.clone(), does });
        self.scan.depth = self.scan.depth.max(self.open.len());
    }

    fn end(&mut self, name: &LocalName) {
        const FAR: usize = 250;
        if &**name == "title" && self.in_title {
            self.in_title = false;
            return;
        }
        if &**name == "table" {
            self.tables.pop();
        }
        if is_block(name) {
            self.close_paragraph();
        }
        let Some(back) = self.open.iter().rev().take(FAR).position(|open| open.name == *name) else { return };
        for _ in 0..=back {
            let Some(open) = self.open.pop() else { break };
            if let Some(count) = self.counts.of(open.does) {
                *count = count.saturating_sub(1);
            }
            if matches!(open.does, Does::Names(_) | Does::Times) && !self.scan.page.is_at_start() {
                self.scan.page.open().cut = !is_block(&open.name);
                self.scan.page.end_paragraph();
                self.begin_paragraph();
            }
        }
        if is_block(name) {
            self.begin_paragraph();
        }
    }

    /// Ends the paragraph. Its end tag may be left away; what is bold in it ends with it all the same.
    fn close_paragraph(&mut self) {
        const FAR: usize = 10;
        self.scan.page.end_paragraph();
        let Some(back) = self.open.iter().rev().take(FAR).position(|open| &*open.name == "p") else { return };
        if self.open.iter().rev().take(back).any(|open| is_block(&open.name)) {
            return;
        }
        for open in self.open.drain(self.open.len() - back - 1..) {
            if let Some(count) = self.counts.of(open.does) {
                *count = count.saturating_sub(1);
            }
        }
    }

    /// Gives the paragraph that begins what the elements around it say.
    fn begin_paragraph(&mut self) {
        const FAR: usize = 40;
        let quoted = self.counts.quote > 0;
        let cell = self.tables.last().filter(|(_, row, column)| *row > 0 && *column > 0).copied();
        let mut near = self.open.iter().rev().take(if self.counts.heading > 0 { FAR } else { 0 });
        let heading = near.find(|open| open.does == Does::Heads);
        let level = heading.and_then(|open| open.name.as_bytes().get(1)).map(|digit| digit.saturating_sub(b'1'));
        let paragraph = self.scan.page.open();
        paragraph.after = self.counts.after > 0;
        paragraph.cell = cell.map(|(table, row, column)| (table, row, column - 1));
        paragraph.kind = match level {
            Some(level) => Kind::Heading(level),
            None if quoted => Kind::Aside,
            None => Kind::Text,
        };
    }

    fn meta(&mut self, tag: &Tag) {
        let key = attribute(tag, "property").or_else(|| attribute(tag, "name")).or_else(|| attribute(tag, "itemprop"));
        if let (Some(key), Some(content)) = (key, attribute(tag, "content"))
            && self.scan.meta.len() < 200
        {
            self.scan.meta.push((key.to_ascii_lowercase(), content.trim().to_owned()));
        }
    }
}

fn does(tag: &Tag) -> Does {
    let name: &str = &tag.name;
    let hidden = attribute(tag, "hidden").is_some()
        || attribute(tag, "style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
    if hidden {
        return Does::Hides;
    }
    let class = attribute(tag, "class").unwrap_or_default();
    let has_class =
        |known: &[&str]| class.split_whitespace().any(|one| known.iter().any(|known| one.eq_ignore_ascii_case(known)));
    if attribute(tag, "data-timestamp").is_some() {
        return Does::Stamps;
    }
    if has_class(&["speaker", "speaker-name", "speaker_name", "speakername", "speaker-label", "transcript-speaker"]) {
        return Does::Names(Sign::PerhapsName);
    }
    if has_class(&["timestamp", "timecode", "transcript-timestamp", "speaker-time"]) && name != "div" && name != "p" {
        return Does::Times;
    }
    if matches!(attribute(tag, "role"), Some("navigation" | "banner" | "contentinfo" | "search")) {
        return Does::Furnishes;
    }
    if attribute(tag, "role") == Some("doc-afterword") {
        return Does::Follows;
    }
    match name {
        "b" | "strong" => Does::Strong,
        "i" | "em" => Does::Emphasis,
        "template" | "svg" | "math" | "audio" | "video" | "object" | "canvas" | "select" | "button" | "datalist" => {
            Does::Hides
        }
        "nav" | "footer" | "aside" | "form" => Does::Furnishes,
        "a" => Does::Links,
        "blockquote" | "ul" | "ol" => Does::Quotes,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Does::Heads,
        "pre" => Does::Preformats,
        "cite" | "dt" => Does::Names(Sign::PerhapsName),
        "time" => Does::Times,
        _ if is_bold(tag) => Does::Strong,
        _ => Does::Nothing,
    }
}

fn is_bold(tag: &Tag) -> bool {
    attribute(tag, "style").is_some_and(|style| {
        let style = style.replace(' ', "").to_ascii_lowercase();
        ["font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800"]
            .iter()
            .any(|bold| style.contains(bold))
    })
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "blockquote"
            | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "figcaption"
            | "hr"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "body"
            | "form"
            | "fieldset"
            | "legend"
            | "head"
            | "html"
            | "option"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "html"
            | "body"
            | "head"
    )
}
