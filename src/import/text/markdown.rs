//! Markdown: bold labels, headings as topics, front matter.
//!
//! The marks are taken off by a Markdown parser; what is left are lines with a [`Style`] each, which are read as
//! plain text is.

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};

use super::fields;
use super::lines;
use super::style::{Kind, Style};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::tally::Tally;
use crate::import::{ImportError, Options, Warning};

/// Markdown.
#[derive(Debug)]
pub(super) struct Markdown;

impl Importer for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        if sample.text.is_empty() {
            return None;
        }
        let front = fields::front_matter(sample.text).filter(|(yaml, _)| fields::is_mapping(yaml));
        if front.is_some() {
            return Some(Recognised { score: 50, because: "it begins with front matter" });
        }
        let (mut bold, mut headings, mut links) = (0, 0, 0);
        for line in sample.text.lines() {
            let line = line.trim_start();
            bold += usize::from(["**", "__"].iter().any(|mark| {
                line.strip_prefix(mark)
                    .is_some_and(|rest| rest.split_once(mark).is_some_and(|(name, _)| name.len() < 80))
            }));
            let marks = line.bytes().take_while(|byte| *byte == b'#').count();
            headings += usize::from((1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' '));
            links += usize::from(line.contains("](http"));
        }
        match (bold, headings, links) {
            (2.., _, _) => Some(Recognised { score: 50, because: "lines begin with bold names" }),
            (_, 1.., _) => Some(Recognised { score: 40, because: "it has headings" }),
            (_, _, 1..) => Some(Recognised { score: 30, because: "it has links" }),
            _ => ["md", "markdown"]
                .contains(&sample.extension)
                .then_some(Recognised { score: 6, because: "of its name" }),
        }
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut draft = Draft::default();
        let text = lines::with_plain_ends(source.text);
        let mut body = text.as_str();
        let mut before = 0;
        if let Some((yaml, length)) = fields::front_matter(&text).filter(|(yaml, _)| fields::is_mapping(yaml)) {
            fields::take_front_matter(yaml, &mut draft);
            before = memchr::memchr_iter(b'\n', text.as_bytes().get(..length).unwrap_or_default()).count() as u32;
            body = text.get(length..).unwrap_or_default();
        }
        let mut rendered = Rendering::of(body, before);
        draft.left_out.append(&mut rendered.left_out);
        if !super::take_styled(rendered.text, &rendered.styles, &mut draft) {
            return Err(ImportError::Broken {
                name: source.name,
                message: "it has too many lines; cut it into parts".to_owned(),
            });
        }
        Ok(draft)
    }
}

/// A Markdown text without its marks: one line for each line of a paragraph, a blank line between paragraphs.
struct Rendering {
    text: String,
    /// One for each line of `text`, blank ones included.
    styles: Vec<Style>,
    left_out: Vec<Warning>,
}

/// Lines longer than this on average are paragraphs, although no blank line stands between them.
const PARAGRAPH: usize = 200;

struct Renderer<'a> {
    out: Rendering,
    source: &'a str,
    /// Where in the source lines have been counted to, and the number of the line there.
    counted: (usize, u32),
    /// Lists, quotations, tables and code that are open.
    asides: u32,
    kind: Kind,
    strong: u32,
    emphasis: u32,
    image: u32,
    code: bool,
    /// The number of the next list item, one for each open list.
    numbers: Vec<Option<u64>>,
    /// Index of the first style of the paragraph.
    first: usize,
    line: LineState,
    callouts: Tally,
    ids: Tally,
}

/// What is known of the line that is being written.
#[derive(Clone, Copy, Debug)]
struct LineState {
    start: usize,
    leading: bool,
    strong: u32,
    all_strong: bool,
    all_emphasis: bool,
    goes_on: bool,
}

impl LineState {
    fn at(start: usize, goes_on: bool) -> Self {
        Self { start, leading: true, strong: 0, all_strong: true, all_emphasis: true, goes_on }
    }
}

impl Rendering {
    fn of(source: &str, lines_before: u32) -> Self {
        let mut renderer = Renderer {
            out: Self { text: String::with_capacity(source.len() + 16), styles: Vec::new(), left_out: Vec::new() },
            source,
            counted: (0, lines_before + 1),
            asides: 0,
            kind: Kind::Text,
            strong: 0,
            emphasis: 0,
            image: 0,
            code: false,
            numbers: Vec::new(),
            first: 0,
            line: LineState::at(0, false),
            callouts: Tally::default(),
            ids: Tally::default(),
        };
        for (event, range) in
            Parser::new_ext(source, Extensions::ENABLE_TABLES | Extensions::ENABLE_WIKILINKS).into_offset_iter()
        {
            renderer.event(event, range.start);
        }
        renderer.end_line(source.len());
        renderer.callouts.report("the kind of a callout", &mut renderer.out.left_out);
        renderer.ids.report("the name of a paragraph that links point to", &mut renderer.out.left_out);
        renderer.out
    }
}

impl Renderer<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.write(&text, at);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let words = without_tags(&html);
                if words.trim().is_empty() {
                    if html.trim_start().to_ascii_lowercase().starts_with("<br") {
                        self.break_line(at, false);
                    }
                } else {
                    self.write(&words, at);
                }
            }
            Event::SoftBreak => self.break_line(at, true),
            Event::HardBreak => self.break_line(at, false),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Rule => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin(at),
            Tag::Heading { level, .. } => {
                self.begin(at);
                self.kind = Kind::Heading(level as u8 - 1);
            }
            Tag::BlockQuote(_) => self.asides += 1,
            Tag::List(first) => {
                self.end_line(at);
                self.asides += 1;
                self.numbers.push(first);
            }
            Tag::Item => {
                self.begin(at);
                if let Some(Some(number)) = self.numbers.last_mut() {
                    let words = format!("{number}. ");
                    *number += 1;
                    self.out.text.push_str(&words);
                }
            }
            Tag::CodeBlock(_) => {
                self.begin(at);
                self.asides += 1;
                self.code = true;
            }
            Tag::Table(_) => self.asides += 1,
            Tag::TableHead | Tag::TableRow => self.begin(at),
            Tag::TableCell if self.out.text.len() > self.line.start => self.out.text.push_str(" | "),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Image { .. } => {
                if self.image == 0 {
                    let line = self.source_line(at);
                    self.out.left_out.push(Warning { line, message: "an image".to_owned() });
                }
                self.image += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::TableHead | TagEnd::TableRow | TagEnd::Item => {
                self.end_line(at);
            }
            TagEnd::Heading(_) => {
                self.end_line(at);
                self.kind = Kind::Text;
            }
            TagEnd::BlockQuote(_) | TagEnd::Table => self.asides = self.asides.saturating_sub(1),
            TagEnd::List(_) => {
                self.asides = self.asides.saturating_sub(1);
                self.numbers.pop();
            }
            TagEnd::CodeBlock => {
                self.end_line(at);
                self.asides = self.asides.saturating_sub(1);
                self.code = false;
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            _ => {}
        }
    }

    fn write(&mut self, words: &str, at: usize) {
        if self.image > 0 {
            return;
        }
        let mut parts = words.split('\n').peekable();
        while let Some(part) = parts.next() {
            self.write_part(part);
            if parts.peek().is_some() {
                if self.code { self.end_line(at) } else { self.break_line(at, true) }
            }
        }
    }

    fn write_part(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if self.strong == 0 {
            self.line.leading = false;
        } else if self.line.leading {
            self.line.strong = (self.out.text.len() + words.len() - self.line.start) as u32;
        }
        let bare = words.trim().is_empty();
        self.line.all_strong &= bare || self.strong > 0;
        self.line.all_emphasis &= bare || (self.emphasis > 0 && self.strong == 0);
        self.out.text.push_str(words);
    }

    /// A new paragraph begins.
    fn begin(&mut self, at: usize) {
        self.end_line(at);
        if !self.out.text.is_empty() && !self.out.text.ends_with("\n\n") {
            self.out.text.push('\n');
            self.out.styles.push(Style::default());
        }
        self.line = LineState::at(self.out.text.len(), false);
        self.first = self.out.styles.len();
    }

    fn break_line(&mut self, at: usize, goes_on: bool) {
        if self.image > 0 {
            return;
        }
        let goes_on = goes_on && !self.take_callout(at);
        self.close_line(at);
        self.line = LineState::at(self.out.text.len(), goes_on);
    }

    /// Takes the kind of a callout, `[!quote]`, from the line; whether there was one: the line is its title.
    fn take_callout(&mut self, at: usize) -> bool {
        let Some(line) = self.out.text.get(self.line.start..).filter(|_| self.asides > 0) else { return false };
        let Some((kind, title)) = line.trim_start().strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
            return false;
        };
        if kind.len() > 20 || !kind.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return false;
        }
        let title = title.trim_start_matches(['+', '-']).trim().to_owned();
        self.out.text.truncate(self.line.start);
        self.out.text.push_str(&title);
        let line = self.source_line(at);
        self.callouts.add(line);
        true
    }

    /// Takes the name that Obsidian gives a paragraph to link to, ` ^b12`, from the end of the line.
    fn take_block_id(&mut self, at: usize) {
        let line = self.out.text.get(self.line.start..).unwrap_or_default();
        let Some((words, id)) = line.rsplit_once(" ^") else { return };
        if !id.is_empty() && id.len() <= 40 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            let end = self.line.start + words.trim_end().len();
            self.out.text.truncate(end);
            let line = self.source_line(at);
            self.ids.add(line);
        }
    }

    /// Ends the line, and with it the paragraph, if anything is on it.
    fn end_line(&mut self, at: usize) {
        self.take_callout(at);
        self.close_line(at);
        self.line = LineState::at(self.out.text.len(), false);
        self.end_paragraph();
    }

    fn close_line(&mut self, at: usize) {
        if self.out.text.get(self.line.start..).is_none_or(|line| line.trim().is_empty()) {
            self.out.text.truncate(self.line.start);
            return;
        }
        self.take_block_id(at);
        let written = self.out.text.get(self.line.start..).unwrap_or_default();
        let lead = written.len() - written.trim_start().len();
        self.out.text.push('\n');
        let source_line = self.source_line(at);
        let kind = if self.asides > 0 { Kind::Aside } else { self.kind };
        self.out.styles.push(Style {
            source_line,
            kind,
            strong: self.line.strong.saturating_sub(lead as u32),
            all_strong: self.line.all_strong,
            all_emphasis: self.line.all_emphasis,
            goes_on: self.line.goes_on,
        });
    }

    /// A paragraph is bold throughout only where all its lines are, and long lines do not run on.
    fn end_paragraph(&mut self) {
        let written: usize = self.out.text.len() - self.paragraph_start();
        let Some(lines) = self.out.styles.get_mut(self.first..) else { return };
        let count = lines.len();
        if count > 1 {
            let all_strong = lines.iter().all(|style| style.all_strong);
            let all_emphasis = lines.iter().all(|style| style.all_emphasis);
            let long = count > 2 && written > PARAGRAPH * count;
            for style in lines {
                style.all_strong = all_strong;
                style.all_emphasis = all_emphasis;
                style.goes_on &= !long;
            }
        }
        self.first = self.out.styles.len();
    }

    fn paragraph_start(&self) -> usize {
        let count = self.out.styles.len() - self.first;
        let ends = memchr::memrchr_iter(b'\n', self.out.text.as_bytes());
        ends.skip(count).map(|end| end + 1).next().unwrap_or(0)
    }

    /// The line of a byte of the source; bytes are asked for in rising order, nearly always.
    fn source_line(&mut self, at: usize) -> u32 {
        let (from, line) = self.counted;
        if let Some(between) = self.source.as_bytes().get(from..at) {
            self.counted = (at, line + memchr::memchr_iter(b'\n', between).count() as u32);
        }
        self.counted.1
    }
}

/// What stands between the tags of a piece of HTML.
fn without_tags(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        let end = if tag.starts_with("!--") { tag.split_once("-->") } else { tag.split_once('>') };
        rest = end.map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words
}
