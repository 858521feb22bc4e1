//! HTML: transcripts in `<cite>` and `<time>`, bold names, tables, and whole saved pages.
//!
//! A saved page is mostly not the interview. A readability library says where the article begins and ends; what lies
//! between is taken from the page itself, because such libraries lose short questions.

use std::collections::HashSet;

use super::html_scan::{Scan, scan};
use super::page::{Page, Paragraph, Sign};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::tally::Tally;
use crate::import::text::Kind;
use crate::import::{ImportError, Options, Warning};

/// HTML.
#[derive(Debug)]
pub(super) struct Html;

/// Larger and more deeply nested pages are taken whole: finding the article takes several times as long as reading.
const LARGEST_ARTICLE: usize = 2 << 20;
const DEEPEST_ARTICLE: usize = 400;

impl Importer for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let text = sample.text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
        let head: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
        if head.starts_with("<!doctype html")
            || head.starts_with("<html")
            || (head.starts_with('<') && head.contains("<html"))
        {
            return Some(Recognised { score: 95, because: "it begins as an HTML page" });
        }
        if head.starts_with("<?xml") || !text.starts_with('<') {
            return None;
        }
        let known =
            ["p", "div", "cite", "h1", "h2", "h3", "b", "strong", "body", "head", "section", "article", "table", "!--"];
        let name: String =
            head.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || "!-".contains(*c)).collect();
        let closes = ["</p>", "</div>", "</cite>", "<br", "</li>", "</td>"].iter().any(|tag| sample.text.contains(tag));
        (known.contains(&name.as_str()) && closes)
            .then_some(Recognised { score: 80, because: "it begins with a tag of HTML" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut found = scan(&source.text);
        let mut draft = Draft::default();
        describe(&mut found, &mut draft);
        let tagged = found.page.paragraphs.iter().filter(|one| one.sign == Sign::PerhapsName).count() >= 2;
        let is_web_page = found.furniture > 0 || is_linked(&found.page);
        if is_web_page && !tagged && source.text.len() <= LARGEST_ARTICLE && found.depth <= DEEPEST_ARTICLE {
            keep_article(&mut found.page, &source.text, &mut draft);
        }
        if found.furniture > 0 {
            let message = format!("navigation, footers and forms of the page, {} bytes of words", found.furniture);
            draft.left_out.push(Warning { line: found.furniture_line, message });
        }
        found.stamps.report("a time within a paragraph", &mut draft.left_out);
        title(&mut found.page, &mut draft);
        found.page.into_draft(draft, &source.name)
    }
}

/// What the page says of itself.
fn describe(found: &mut Scan, draft: &mut Draft) {
    let meta = |keys: &[&str]| {
        let value = |key: &&str| found.meta.iter().find(|(known, value)| known == key && !value.is_empty());
        keys.iter().find_map(value).map(|(_, value)| value.clone())
    };
    let metadata = &mut draft.metadata;
    let own: String = found.title.split_whitespace().collect::<Vec<_>>().join(" ");
    metadata.title = meta(&["og:title", "twitter:title", "dc.title"]).unwrap_or(own);
    metadata.date = meta(&["article:published_time", "date", "dc.date", "datepublished", "pubdate"]);
    metadata.source.publisher = meta(&["og:site_name", "application-name", "dc.publisher"]);
    metadata.source.url = found.url.clone().or_else(|| meta(&["og:url"]));
    metadata.language = found.language.clone().filter(|language| !language.is_empty());
}

/// Takes the title out of the words where it stands there once more as the first heading.
fn title(page: &mut Page, draft: &mut Draft) {
    const FIRST: usize = 10;
    let Some(heading) = page.paragraphs.iter_mut().take(FIRST).find(|one| one.kind == Kind::Heading(0)) else { return };
    let text = heading.text();
    let title = &mut draft.metadata.title;
    if title.is_empty() || title.contains(&text) || text.contains(title.as_str()) {
        *title = text;
        heading.sign = Sign::LeftOut;
    }
}

/// Whether a good part of the words are links.
fn is_linked(page: &Page) -> bool {
    let linked: usize = page.paragraphs.iter().map(|one| one.linked).sum();
    let all: usize = page.paragraphs.iter().map(Paragraph::len).sum();
    linked * 8 > all
}

/// Leaves out what stands before and after the article.
fn keep_article(page: &mut Page, html: &str, draft: &mut Draft) {
    const LONG: usize = 40;
    let Ok(mut readability) = dom_smoothie::Readability::new(html, None, None) else { return };
    let Ok(article) = readability.parse() else { return };
    let content = scan(&article.content).page;
    let known: HashSet<String> = content.paragraphs.iter().map(Paragraph::text).collect();
    let words = |paragraphs: &[Paragraph]| paragraphs.iter().map(Paragraph::len).sum::<usize>();
    let is_article = |one: &Paragraph| one.len() >= LONG && known.contains(&one.text());
    let first = page.paragraphs.iter().position(is_article);
    let last = page.paragraphs.iter().rposition(is_article);
    let (Some(mut first), Some(last)) = (first, last) else { return };
    // What the library found must be most of the page's running text, or it found something else.
    if words(&content.paragraphs) * 3 < running(&page.paragraphs) {
        return;
    }
    // A short first question, a heading or a standfirst belongs to the article as well.
    let before = |index: usize| page.paragraphs.get(index);
    while let Some(one) = first.checked_sub(1).and_then(before) {
        let heading = matches!(one.kind, Kind::Heading(_));
        if one.linked * 2 > one.len() || !(heading || known.contains(&one.text())) {
            break;
        }
        first -= 1;
        if one.kind == Kind::Heading(0) {
            break;
        }
    }
    let mut links = Tally::default();
    for (index, paragraph) in page.paragraphs.iter_mut().enumerate() {
        let outside = index < first || index > last;
        let furniture = paragraph.linked * 10 > paragraph.len() * 9 && !known.contains(&paragraph.text());
        if outside || furniture {
            paragraph.sign = Sign::LeftOut;
            if !outside {
                links.add(paragraph.number());
            }
        }
    }
    links.report("a paragraph within the article that is a link and nothing else", &mut draft.left_out);
    let mut tell = |paragraphs: &[Paragraph], place: &str| {
        if let Some(one) = paragraphs.first() {
            let message = format!("paragraphs of the page {place} the article: {}", paragraphs.len());
            draft.left_out.push(Warning { line: one.number(), message });
        }
    };
    tell(page.paragraphs.get(..first).unwrap_or_default(), "before");
    tell(page.paragraphs.get(last + 1..).unwrap_or_default(), "after");
}

/// Bytes of paragraphs that are no links.
fn running(paragraphs: &[Paragraph]) -> usize {
    paragraphs.iter().filter(|one| one.linked * 2 < one.len() && one.len() > 80).map(Paragraph::len).sum()
}
