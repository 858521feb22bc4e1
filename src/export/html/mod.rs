//! HTML: the whole interview in one file that needs nothing else, with the notes in its margin.
//!
//! There are no scripts and nothing is loaded. Where the window is wide, notes stand beside the lines that they are
//! on, one below another and never pushing the text apart; where it is narrow, and on paper, they are footnotes below
//! their paragraph.

mod escape;
mod gloss;
mod marks;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::ids::token;
use super::markdown::one_line;
use super::{Document, ExportError, Exporter, PlacedNote};
use crate::model::{LabelOrigin, Matter, ParagraphIndex, Role, Topic, TopicKind};
use escape::{escape, language_attribute, link};
use gloss::{says_something, write_glosses, write_orphans, write_work};

const STYLE: &str = include_str!("style.css");

/// A page with the interview, its outline, the notes beside the text, and the questions and follow-ups at the end.
///
/// ```
/// use interleaf::export::{Document, Exporter, Html};
/// use interleaf::model::InterviewBuilder;
///
/// let mut builder = InterviewBuilder::default();
/// builder.metadata.title = "Tea & Steam".to_owned();
/// builder.turn(None, None).paragraph("What did the relay not know?");
/// let interview = builder.build();
/// let document = Document { path: "tea.txt".to_owned(), interview, topics: Vec::new(), notes: Vec::new() };
/// let mut out = Vec::new();
/// Html.export(&[document], &mut out)?;
/// let page = String::from_utf8_lossy(&out);
/// assert!(page.contains("<title>Tea &amp; Steam</title>") && !page.contains("<script"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Exporter for Html {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let language = documents.first().and_then(|document| document.interview.metadata.language.as_deref());
        let title = match documents {
            [document] => escape(&one_line(document.title())),
            _ => format!("{} interviews", documents.len()),
        };
        writeln!(out, "<!DOCTYPE html>")?;
        writeln!(out, "<html{}>", language_attribute(language))?;
        writeln!(out, "<head>\n<meta charset=\"utf-8\">")?;
        writeln!(out, "<meta name=\"generator\" content=\"interleaf\">")?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
        if let [document] = documents {
            write_meta(out, document)?;
        }
        writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
        writeln!(out, "<a class=\"skip\" href=\"#d1\">Skip to the interview</a>")?;
        if documents.len() > 1 {
            write_contents(out, documents)?;
        }
        writeln!(out, "<main>")?;
        for (index, document) in documents.iter().enumerate() {
            Page::of(document, index + 1).write(out)?;
        }
        writeln!(out, "</main>\n</body>\n</html>")?;
        Ok(())
    }
}

/// What the page says of itself to programs.
fn write_meta(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let metadata = &document.interview.metadata;
    let fields = [("date", &metadata.date), ("dc.publisher", &metadata.source.publisher)];
    for (name, value) in fields {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            writeln!(out, "<meta name=\"{name}\" content=\"{}\">", escape(value))?;
        }
    }
    let url = metadata.source.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    match url {
        Some(url) => writeln!(out, "<link rel=\"canonical\" href=\"{}\">", escape(url)),
        None => Ok(()),
    }
}

/// The interviews on the page.
fn write_contents(out: &mut dyn Write, documents: &[Document]) -> io::Result<()> {
    writeln!(out, "<nav class=\"contents\" aria-labelledby=\"contents\">\n<h2 id=\"contents\">Interviews</h2>\n<ol>")?;
    for (index, document) in documents.iter().enumerate() {
        let title = escape(&one_line(document.title()));
        writeln!(out, "<li><a href=\"#d{}\">{title}</a></li>", index + 1)?;
    }
    writeln!(out, "</ol>\n</nav>")
}

/// One interview on its way to HTML.
struct Page<'a> {
    document: &'a Document,
    /// What the ids of its elements begin with.
    prefix: String,
    /// The notes in the order of the text with their numbers, from 1, for each original paragraph in which they end.
    by_paragraph: BTreeMap<ParagraphIndex, Vec<(usize, &'a PlacedNote)>>,
    /// The numbers of those notes by their place in the document's list.
    numbers: Vec<Option<usize>>,
}

impl<'a> Page<'a> {
    fn of(document: &'a Document, number: usize) -> Self {
        let mut by_paragraph: BTreeMap<ParagraphIndex, Vec<(usize, &PlacedNote)>> = BTreeMap::new();
        let mut ends: Vec<(ParagraphIndex, bool, u32, usize)> = Vec::new();
        for (index, note) in document.notes.iter().enumerate() {
            if let Some(end) = note.resolution.span().map(|span| span.end).filter(|_| says_something(note)) {
                let original = document.interview.original_of(end.paragraph);
                ends.push((original.unwrap_or(end.paragraph), original.is_some(), end.offset, index));
            }
        }
        // Numbered as a reader meets them, which is where they end.
        ends.sort_unstable();
        let mut numbers = vec![None; document.notes.len()];
        for (number, (paragraph, _, _, index)) in ends.into_iter().enumerate() {
            if let (Some(note), Some(place)) = (document.notes.get(index), numbers.get_mut(index)) {
                *place = Some(number + 1);
                by_paragraph.entry(paragraph).or_default().push((number + 1, note));
            }
        }
        Self { document, prefix: format!("d{number}"), by_paragraph, numbers }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (prefix, document) = (&self.prefix, self.document);
        writeln!(out, "<article class=\"page\" aria-labelledby=\"{prefix}-title\">")?;
        self.write_head(out)?;
        self.write_outline(out)?;
        writeln!(out, "<div class=\"interview\" id=\"{prefix}\" tabindex=\"-1\">")?;
        let interview = &document.interview;
        let mut is_open = false;
        for paragraph in interview.paragraphs() {
            if !interview.back().is_empty() && paragraph.0 == interview.back().start && !interview.turns().is_empty() {
                // The role tells programs what the rule tells people: that the talk is over.
                writeln!(out, "<hr>\n<section role=\"doc-afterword\" aria-label=\"After the interview\">")?;
                is_open = true;
            }
            self.write_headings(out, paragraph)?;
            let role = self.write_speaker(out, paragraph)?;
            self.write_passage(out, paragraph, role)?;
        }
        if is_open {
            writeln!(out, "</section>")?;
        }
        writeln!(out, "</div>")?;
        write_orphans(out, prefix, &document.notes)?;
        write_work(out, prefix, &document.notes)?;
        if !document.notes.is_empty() {
            let count = document.notes.len();
            let notes = if count == 1 { "1 note".to_owned() } else { format!("{count} notes") };
            writeln!(out, "<footer><p>{notes} on {}</p></footer>", escape(&document.path))?;
        }
        writeln!(out, "</article>")
    }

    fn write_head(&self, out: &mut dyn Write) -> io::Result<()> {
        let metadata = &self.document.interview.metadata;
        let title = escape(&one_line(self.document.title()));
        writeln!(out, "<header>\n<h1 id=\"{}-title\">{title}</h1>", self.prefix)?;
        if let Some(subtitle) = &metadata.subtitle {
            writeln!(out, "<p class=\"subtitle\">{}</p>", escape(subtitle))?;
        }
        let speakers: Vec<String> = self
            .document
            .interview
            .speakers
            .iter()
            .map(|speaker| match speaker.role {
                Role::Other => escape(&speaker.name),
                role => format!("{} ({})", escape(&speaker.name), role.name()),
            })
            .collect();
        if !speakers.is_empty() {
            writeln!(out, "<p class=\"about\">{}</p>", speakers.join(", "))?;
        }
        let mut origin: Vec<String> =
            [&metadata.source.publisher, &metadata.date].into_iter().flatten().map(|part| escape(part)).collect();
        if let Some(url) = &metadata.source.url {
            origin.push(link(url));
        }
        if !origin.is_empty() {
            writeln!(out, "<p class=\"about\">{}</p>", origin.join(" · "))?;
        }
        writeln!(out, "</header>")
    }

    fn write_outline(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.document.topics.is_empty() {
            return Ok(());
        }
        let prefix = &self.prefix;
        writeln!(out, "<nav aria-labelledby=\"{prefix}-outline\">\n<h2 id=\"{prefix}-outline\">Topics</h2>\n<ol>")?;
        for (index, topic) in self.document.topics.iter().enumerate() {
            let level = if topic.level > 0 { " class=\"level-1\"" } else { "" };
            let title = escape(&one_line(&topic.title));
            writeln!(out, "<li{level}><a href=\"#{prefix}-t{}\">{title}</a></li>", index + 1)?;
        }
        writeln!(out, "</ol>\n</nav>")
    }

    /// The topics that begin in a paragraph, before it: as headings, but a question stands there in its own words.
    fn write_headings(&self, out: &mut dyn Write, paragraph: ParagraphIndex) -> io::Result<()> {
        for (index, topic) in self.topics_at(paragraph) {
            let id = format!("{}-t{}", self.prefix, index + 1);
            if topic.kind == TopicKind::Question {
                writeln!(out, "<span class=\"place\" id=\"{id}\"></span>")?;
            } else {
                let rank = if topic.level == 0 { 2 } else { 3 };
                writeln!(out, "<h{rank} id=\"{id}\">{}</h{rank}>", escape(&one_line(&topic.title)))?;
            }
        }
        Ok(())
    }

    fn topics_at(&self, paragraph: ParagraphIndex) -> impl Iterator<Item = (usize, &'a Topic)> {
        let topics = &self.document.topics;
        let first = topics.partition_point(|topic| topic.start.paragraph < paragraph);
        let here = topics.iter().enumerate().skip(first);
        here.take_while(move |(_, topic)| topic.start.paragraph == paragraph)
    }

    /// The name and the time before the first paragraph of a turn; the role of whoever speaks the paragraph.
    ///
    /// The colon is there for those who listen, for copies and for programs that look for names.
    fn write_speaker(&self, out: &mut dyn Write, paragraph: ParagraphIndex) -> io::Result<Role> {
        let interview = &self.document.interview;
        let Some(index) = interview.turn_of(paragraph) else { return Ok(Role::Other) };
        let begins = interview.turn_paragraphs(index).start == paragraph.0;
        if let Some(turn) = interview.turn(index).filter(|_| begins) {
            let name = turn.speaker.and_then(|speaker| interview.speaker(speaker)).map(|speaker| &speaker.name);
            let time = turn.time.map(|time| format!("<time>{time}</time>")).unwrap_or_default();
            let inferred = if turn.origin == LabelOrigin::Inferred { " title=\"worked out, not read\"" } else { "" };
            let name = name.map(|name| {
                format!("<cite{inferred}>{}<span class=\"unseen\">:</span></cite>", escape(&one_line(name)))
            });
            if name.is_some() || !time.is_empty() {
                writeln!(out, "<p class=\"speaker\">{}{time}</p>", name.unwrap_or_default())?;
            }
        }
        Ok(interview.role_of_turn(index))
    }

    /// A paragraph, its translation and the notes that end in it.
    fn write_passage(&self, out: &mut dyn Write, paragraph: ParagraphIndex, role: Role) -> io::Result<()> {
        let interview = &self.document.interview;
        let class = match (interview.matter(paragraph), role) {
            (Matter::Body, Role::Interviewer) => "passage interviewer",
            (Matter::Body, _) => "passage",
            _ => "passage matter",
        };
        let prefix = &self.prefix;
        let notes = self.by_paragraph.get(&paragraph);
        let translation = interview.translation(paragraph);
        let order = match (notes, translation) {
            (None, _) => String::new(),
            (Some(_), None) => format!(" aria-owns=\"{prefix}-p{0} {prefix}-a{0}\"", paragraph.0),
            (Some(_), Some(_)) => {
                format!(" aria-owns=\"{prefix}-p{0} {prefix}-l{0} {prefix}-a{0}\"", paragraph.0)
            }
        };
        writeln!(out, "<div class=\"{class}\"{order}>")?;
        if let Some(notes) = notes {
            write_glosses(out, prefix, self.document, paragraph, notes)?;
        }
        writeln!(out, "<p id=\"{prefix}-p{}\">{}</p>", paragraph.0, self.marked(paragraph))?;
        if let Some(translation) = translation {
            let language = language_attribute(interview.metadata.translation_language.as_deref());
            let words = self.marked(translation);
            writeln!(out, "<p class=\"translation\" id=\"{prefix}-l{}\"{language}>{words}</p>", paragraph.0)?;
        }
        writeln!(out, "</div>")
    }

    /// The words of a paragraph with its highlights.
    fn marked(&self, paragraph: ParagraphIndex) -> String {
        let interview = &self.document.interview;
        let marks = marks::in_paragraph(&self.document.notes, interview, paragraph);
        let words = interview.paragraph(paragraph);
        let mut html = String::with_capacity(words.len() + 64);
        for stretch in marks::stretches(words.len(), &marks) {
            let text = escape(words.get(stretch.range.clone()).unwrap_or_default());
            let kinds: Vec<&str> = stretch
                .notes
                .iter()
                .filter_map(|index| self.document.notes.get(*index))
                .map(|note| note.annotation.kind.name())
                .collect();
            match kinds.split_last() {
                Some(_) if text.is_empty() => {}
                Some((kind, [])) => html.push_str(&format!("<mark class=\"{kind}\">{text}</mark>")),
                Some((kind, _)) => html.push_str(&format!("<mark class=\"{kind} several\">{text}</mark>")),
                None => html.push_str(&text),
            }
            for index in stretch.ending {
                let number = self.numbers.get(index).copied().flatten();
                if let (Some(note), Some(number)) = (self.document.notes.get(index), number) {
                    let (prefix, id) = (&self.prefix, token(&note.annotation.id));
                    html.push_str(&format!(
                        "<sup id=\"{prefix}-r-{id}\"><a href=\"#{prefix}-n-{id}\" aria-label=\"Note {number}\">{number}</a></sup>"
                    ));
                }
            }
        }
        html
    }
}
