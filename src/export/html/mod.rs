//! HTML: the whole interview in one file that needs nothing else, with the notes in its margin.
//!
//! There are no scripts and nothing is loaded. Where the window is wide, notes stand beside their paragraph; where it
//! is narrow, and on paper, they are footnotes below it.

mod marks;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::ids::token;
use super::markdown::one_line;
use super::{Document, ExportError, Exporter, PlacedNote};
use crate::model::{Kind, LabelOrigin, Matter, ParagraphIndex, Role, Status, TurnIndex};

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
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
        writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
        writeln!(out, "<a class=\"skip\" href=\"#d1\">Skip to the interview</a>")?;
        for (index, document) in documents.iter().enumerate() {
            Page::of(document, index + 1).write(out)?;
        }
        writeln!(out, "</body>\n</html>")?;
        Ok(())
    }
}

/// One interview on its way to HTML.
struct Page<'a> {
    document: &'a Document,
    /// What the ids of its elements begin with.
    prefix: String,
    /// The notes in the order of the text with their numbers, from 1, for each original paragraph in which they end.
    by_paragraph: BTreeMap<ParagraphIndex, Vec<(usize, &'a PlacedNote)>>,
}

impl<'a> Page<'a> {
    fn of(document: &'a Document, number: usize) -> Self {
        let mut by_paragraph: BTreeMap<ParagraphIndex, Vec<(usize, &PlacedNote)>> = BTreeMap::new();
        for (index, note) in document.notes.iter().enumerate() {
            if let Some(span) = note.resolution.span().filter(|_| says_something(note)) {
                let last = span.end.paragraph;
                let last = document.interview.original_of(last).unwrap_or(last);
                by_paragraph.entry(last).or_default().push((index + 1, note));
            }
        }
        Self { document, prefix: format!("d{number}"), by_paragraph }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<div class=\"page\">")?;
        self.write_head(out)?;
        self.write_outline(out)?;
        writeln!(out, "<main id=\"{}\">", self.prefix)?;
        let interview = &self.document.interview;
        for paragraph in interview.paragraphs() {
            self.write_headings(out, paragraph)?;
            let role = self.write_speaker(out, paragraph)?;
            self.write_passage(out, paragraph, role)?;
        }
        writeln!(out, "</main>")?;
        self.write_orphans(out)?;
        self.write_work(out)?;
        let count = self.document.notes.len();
        let notes = if count == 1 { "1 note".to_owned() } else { format!("{count} notes") };
        writeln!(out, "<footer><p>{notes} on {}</p></footer>\n</div>", escape(&self.document.path))
    }

    fn write_head(&self, out: &mut dyn Write) -> io::Result<()> {
        let metadata = &self.document.interview.metadata;
        writeln!(out, "<header>\n<h1>{}</h1>", escape(&one_line(self.document.title())))?;
        if let Some(subtitle) = &metadata.subtitle {
            writeln!(out, "<p class=\"about\">{}</p>", escape(subtitle))?;
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
            writeln!(out, "<p class=\"source\">{}</p>", origin.join(" · "))?;
        }
        writeln!(out, "</header>")
    }

    fn write_outline(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.document.topics.is_empty() {
            return Ok(());
        }
        writeln!(out, "<nav aria-labelledby=\"{0}-outline\">\n<h2 id=\"{0}-outline\">Topics</h2>\n<ol>", self.prefix)?;
        for (index, topic) in self.document.topics.iter().enumerate() {
            let level = if topic.level > 0 { " class=\"level-1\"" } else { "" };
            let title = escape(&one_line(&topic.title));
            writeln!(out, "<li{level}><a href=\"#{}-t{}\">{title}</a></li>", self.prefix, index + 1)?;
        }
        writeln!(out, "</ol>\n</nav>")
    }

    /// The topics that begin in a paragraph, as headings before it.
    fn write_headings(&self, out: &mut dyn Write, paragraph: ParagraphIndex) -> io::Result<()> {
        for (index, topic) in self.document.topics.iter().enumerate() {
            if topic.start.paragraph == paragraph {
                let rank = if topic.level == 0 { 2 } else { 3 };
                let title = escape(&one_line(&topic.title));
                writeln!(out, "<h{rank} id=\"{}-t{}\">{title}</h{rank}>", self.prefix, index + 1)?;
            }
        }
        Ok(())
    }

    /// The name and the time before the first paragraph of a turn; the role of whoever speaks the paragraph.
    fn write_speaker(&self, out: &mut dyn Write, paragraph: ParagraphIndex) -> io::Result<Role> {
        let interview = &self.document.interview;
        let Some(index) = interview.turn_of(paragraph) else { return Ok(Role::Other) };
        let begins = interview.turn_paragraphs(index).start == paragraph.0;
        if let Some(turn) = interview.turn(index).filter(|_| begins) {
            let name = turn.speaker.and_then(|speaker| interview.speaker(speaker)).map(|speaker| escape(&speaker.name));
            let doubt = match turn.origin {
                LabelOrigin::Inferred if name.is_some() => "<span title=\"worked out, not read\">~</span>",
                _ => "",
            };
            let time = turn.time.map(|time| format!("<time>{time}</time>")).unwrap_or_default();
            if name.is_some() || !time.is_empty() {
                writeln!(out, "<p class=\"speaker\">{}{doubt}{time}</p>", name.unwrap_or_default())?;
            }
        }
        Ok(interview.role_of_turn(TurnIndex(index.0)))
    }

    /// A paragraph, its translation and the notes that end in it.
    fn write_passage(&self, out: &mut dyn Write, paragraph: ParagraphIndex, role: Role) -> io::Result<()> {
        let interview = &self.document.interview;
        let class = match (interview.matter(paragraph), role) {
            (Matter::Body, Role::Interviewer) => "passage interviewer",
            _ => "passage",
        };
        writeln!(out, "<div class=\"{class}\">\n<p>{}</p>", self.marked(paragraph))?;
        if let Some(translation) = interview.translation(paragraph) {
            let language = language_attribute(interview.metadata.translation_language.as_deref());
            writeln!(out, "<p class=\"translation\"{language}>{}</p>", self.marked(translation))?;
        }
        if let Some(notes) = self.by_paragraph.get(&paragraph) {
            writeln!(out, "<aside aria-label=\"Notes\">")?;
            for (number, note) in notes {
                self.write_gloss(out, *number, note)?;
            }
            writeln!(out, "</aside>")?;
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
                if let Some(note) = self.document.notes.get(index).filter(|note| says_something(note)) {
                    let (prefix, id) = (&self.prefix, token(&note.annotation.id));
                    let number = index + 1;
                    html.push_str(&format!(
                        "<sup id=\"{prefix}-r-{id}\"><a href=\"#{prefix}-n-{id}\" aria-label=\"Note {number}\">{number}</a></sup>"
                    ));
                }
            }
        }
        html
    }

    fn write_gloss(&self, out: &mut dyn Write, number: usize, note: &PlacedNote) -> io::Result<()> {
        let (prefix, id) = (&self.prefix, token(&note.annotation.id));
        writeln!(out, "<div class=\"gloss\" id=\"{prefix}-n-{id}\">")?;
        write!(out, "<p><a href=\"#{prefix}-r-{id}\" aria-label=\"Back to the words of note {number}\">{number}</a> ")?;
        writeln!(out, "<span class=\"kind\">{}</span></p>", particulars(note))?;
        if !note.annotation.note.trim().is_empty() {
            writeln!(out, "<p>{}</p>", escape(note.annotation.note.trim()))?;
        }
        writeln!(out, "</div>")
    }

    fn write_orphans(&self, out: &mut dyn Write) -> io::Result<()> {
        let orphans: Vec<&PlacedNote> =
            self.document.notes.iter().filter(|note| note.resolution.span().is_none()).collect();
        if orphans.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section class=\"orphans\">\n<h2>Notes that have lost their place</h2>")?;
        for note in orphans {
            let id = token(&note.annotation.id);
            writeln!(out, "<div id=\"{}-n-{id}\">", self.prefix)?;
            writeln!(out, "<blockquote>{}</blockquote>", escape(&note.annotation.anchor.quote))?;
            writeln!(out, "<aside>\n<p><span class=\"kind\">{}</span></p>", particulars(note))?;
            if !note.annotation.note.trim().is_empty() {
                writeln!(out, "<p>{}</p>", escape(note.annotation.note.trim()))?;
            }
            writeln!(out, "</aside>\n</div>")?;
        }
        writeln!(out, "</section>")
    }

    /// The questions and follow-ups, with links to where they belong.
    fn write_work(&self, out: &mut dyn Write) -> io::Result<()> {
        let work: Vec<(&PlacedNote, Status)> =
            self.document.notes.iter().filter_map(|note| Some((note, note.annotation.status?))).collect();
        if work.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section class=\"work\">\n<h2>Questions and follow-ups</h2>\n<ul>")?;
        for (note, status) in work {
            let words = match one_line(&note.annotation.note) {
                words if words.is_empty() => one_line(&note.annotation.anchor.quote),
                words => words,
            };
            let id = token(&note.annotation.id);
            writeln!(
                out,
                "<li><a href=\"#{}-n-{id}\">{}</a> <span class=\"kind\">({}, {})</span></li>",
                self.prefix,
                escape(&words),
                note.annotation.kind.name(),
                status.name()
            )?;
        }
        writeln!(out, "</ul>\n</section>")
    }
}

/// Whether there is anything to put into the margin: a bare highlight is seen in the text.
fn says_something(note: &PlacedNote) -> bool {
    let annotation = &note.annotation;
    annotation.kind != Kind::Highlight
        || !annotation.note.trim().is_empty()
        || !annotation.tags.is_empty()
        || note.annotator.is_some()
}

/// Kind, status, day, tags and annotator of a note.
fn particulars(note: &PlacedNote) -> String {
    let annotation = &note.annotation;
    let mut parts = vec![match annotation.status {
        Some(status) => format!("{}, {}", annotation.kind.name(), status.name()),
        None => annotation.kind.name().to_owned(),
    }];
    parts.extend(annotation.due.map(|due| format!("due {due}")));
    parts.extend(note.annotator.as_deref().map(|annotator| format!("by {}", escape(annotator))));
    let tags = annotation.tags.iter().map(|tag| format!(" <span class=\"tag\">#{}</span>", escape(tag.as_str())));
    format!("{}{}", parts.join(" · "), tags.collect::<String>())
}

/// A link where the address is one of the web, and the bare address where it is anything else.
fn link(url: &str) -> String {
    let shown = escape(url);
    if url.starts_with("https://") || url.starts_with("http://") {
        format!("<a href=\"{shown}\" rel=\"noreferrer\">{shown}</a>")
    } else {
        shown
    }
}

fn language_attribute(language: Option<&str>) -> String {
    language.map(|language| format!(" lang=\"{}\"", escape(language))).unwrap_or_default()
}

/// Text as HTML, in elements and in quoted attributes alike; what no page may hold becomes a replacement character.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A page cannot hold controls; directions are set by the text's own letters only.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
