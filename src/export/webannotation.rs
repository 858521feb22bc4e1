//! W3C Web Annotation: one collection in JSON-LD.

use std::io::Write;

use serde_json::{Value, json};

use super::ids::guid;
use super::{Document, ExportError, Exporter, PlacedNote, print_json};
use crate::model::{Interview, Kind, Position, Span};

/// One annotation collection with pages of annotations, each with selectors by quote, by position and by turn.
///
/// The first page stands in the collection, each further one in the page before it, so that the file is whole.
///
/// Positions count Unicode code points in the interview's text: front matter, turns, back matter, then translations,
/// paragraph by paragraph with a line feed between. The fragment `turn=1&paragraph=0` counts from 0 and is refined by
/// the position within that paragraph. Tags are bodies of their own; a kind that no motivation stands for, and a
/// status, are bodies with the purpose `classifying`. An orphan has a selector by quote only. An answer has the
/// annotation that it answers as a second target.
///
/// ```
/// use interleaf::export::{Exporter, WebAnnotation};
///
/// let mut out = Vec::new();
/// WebAnnotation.export(&[], &mut out)?;
/// let collection: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// assert_eq!(collection["type"], "AnnotationCollection");
/// assert_eq!(collection["total"], 0);
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct WebAnnotation;

impl Exporter for WebAnnotation {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let items: Vec<Value> = documents
            .iter()
            .flat_map(|document| {
                let offsets = Offsets::of(&document.interview);
                document.notes.iter().map(move |note| item(document, &offsets, note))
            })
            .collect();
        let paths: Vec<&str> = documents.iter().map(|document| document.path.as_str()).collect();
        let name = paths.join("\n");
        let collection = urn("collection", &name);
        let label = match documents {
            [document] => format!("Notes on {}", document.title()),
            _ => format!("Notes on {} interviews", documents.len()),
        };
        let mut object = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": collection,
            "type": "AnnotationCollection",
            "label": label,
            "total": items.len(),
        });
        let pages = items.len().div_ceil(size_of_page(items.len()));
        if pages > 0 {
            let whole = json!({"id": collection, "label": label, "total": items.len()});
            object["last"] = json!(page_urn(&name, pages - 1));
            object["first"] = page(&name, items, &whole);
        }
        print_json(&object, out)
    }
}

/// Annotations of a page: a hundred, and more where there would be many pages.
fn size_of_page(total: usize) -> usize {
    const PAGE: usize = 100;
    const MOST_PAGES: usize = 40;
    PAGE.max(total.div_ceil(MOST_PAGES))
}

/// The first page, which holds the next, and so on.
fn page(name: &str, mut items: Vec<Value>, whole: &Value) -> Value {
    let size = size_of_page(items.len());
    let mut next: Option<Value> = None;
    let last = items.len().div_ceil(size).saturating_sub(1);
    for number in (0..=last).rev() {
        let start = number * size;
        let mut page = json!({
            "id": page_urn(name, number),
            "type": "AnnotationPage",
            "partOf": whole,
            "startIndex": start,
            "items": items.split_off(start),
        });
        if number > 0 {
            page["prev"] = json!(page_urn(name, number - 1));
        }
        if let Some(next) = next.take() {
            page["next"] = next;
        }
        next = Some(page);
    }
    next.unwrap_or_default()
}

fn page_urn(name: &str, number: usize) -> String {
    urn("page", &format!("{name}\0{number}"))
}

fn urn(kind: &str, name: &str) -> String {
    guid(kind, name).urn().to_string()
}

fn item(document: &Document, offsets: &Offsets, note: &PlacedNote) -> Value {
    let annotation = &note.annotation;
    let mut bodies: Vec<Value> = Vec::new();
    if !annotation.note.is_empty() {
        let purpose = match (annotation.kind, &annotation.reply_to) {
            (_, Some(_)) => "replying",
            (Kind::Topic, None) => "describing",
            _ => "commenting",
        };
        bodies.push(body(&annotation.note, purpose));
    }
    bodies.extend(annotation.tags.iter().map(|tag| body(tag.as_str(), "tagging")));
    if matches!(annotation.kind, Kind::FollowUp | Kind::Topic) {
        bodies.push(body(annotation.kind.name(), "classifying"));
    }
    bodies.extend(annotation.status.map(|status| body(status.name(), "classifying")));
    let mut object = json!({
        "id": urn("annotation", annotation.id.as_str()),
        "type": "Annotation",
        "motivation": match annotation.kind {
            Kind::Note if annotation.reply_to.is_some() => "replying",
            kind => motivation(kind),
        },
        "created": annotation.created.to_string(),
        "modified": annotation.updated.to_string(),
        "target": target(document, offsets, note),
    });
    if let Some(parent) = &annotation.reply_to {
        object["target"] = json!([object["target"].take(), urn("annotation", parent.as_str())]);
    }
    if !bodies.is_empty() {
        object["body"] = bodies.into();
    }
    if let Some(annotator) = &note.annotator {
        object["creator"] = json!({"type": "Person", "name": annotator});
    }
    object
}

fn body(value: &str, purpose: &str) -> Value {
    json!({"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose})
}

const fn motivation(kind: Kind) -> &'static str {
    match kind {
        Kind::Highlight => "highlighting",
        Kind::Note | Kind::FollowUp => "commenting",
        Kind::Question => "questioning",
        Kind::Bookmark => "bookmarking",
        Kind::Topic => "describing",
    }
}

fn target(document: &Document, offsets: &Offsets, note: &PlacedNote) -> Value {
    let interview = &document.interview;
    let metadata = &interview.metadata;
    let address = metadata.source.url.as_deref().filter(|url| is_address(url));
    let mut source = json!({
        "id": address.map(str::to_owned).unwrap_or_else(|| urn("interview", &document.path)),
        "type": "Text",
        "label": document.path,
    });
    if let Some(language) = &metadata.language {
        source["language"] = json!(language);
    }
    let anchor = document.anchor(note);
    let mut quote = json!({"type": "TextQuoteSelector", "exact": anchor.quote});
    let mut selectors = Vec::new();
    if let Some(span) = note.resolution.span() {
        let (start, end) = (offsets.of_position(interview, span.start), offsets.of_position(interview, span.end));
        // What a reader cuts out of the text by the positions has one line feed between paragraphs.
        quote["exact"] = json!(cut(interview, span));
        selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
        selectors.extend(fragment(interview, offsets, span));
    }
    for (key, context) in [("prefix", &anchor.before), ("suffix", &anchor.after)] {
        if !context.is_empty() {
            quote[key] = json!(context);
        }
    }
    selectors.insert(0, quote);
    json!({"type": "SpecificResource", "source": source, "selector": selectors})
}

/// Whether `url` may stand where an IRI is wanted.
fn is_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

fn cut(interview: &Interview, span: Span) -> &str {
    let range = interview.byte_of_position(span.start)..interview.byte_of_position(span.end);
    interview.text().get(range).unwrap_or_default()
}

/// The turn and paragraph, refined by the position within them, of a stretch within one paragraph of a turn.
fn fragment(interview: &Interview, offsets: &Offsets, span: Span) -> Option<Value> {
    if span.start.paragraph != span.end.paragraph || interview.original_of(span.start.paragraph).is_some() {
        return None;
    }
    let turn = interview.turn_of(span.start.paragraph)?;
    let paragraph = span.start.paragraph.0 - interview.turn_paragraphs(turn).start;
    let first = offsets.of_position(interview, Position::start_of(span.start.paragraph));
    Some(json!({
        "type": "FragmentSelector",
        "value": format!("turn={}&paragraph={paragraph}", turn.0),
        "refinedBy": {
            "type": "TextPositionSelector",
            "start": offsets.of_position(interview, span.start) - first,
            "end": offsets.of_position(interview, span.end) - first,
        },
    }))
}

/// Code points before each paragraph of an interview's text.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(interview: &Interview) -> Self {
        let mut before = 0;
        let paragraphs = 0..interview.paragraph_count_with_translations();
        Self(
            paragraphs
                .map(|paragraph| {
                    let first = before;
                    let words = interview.paragraph(Position::new(paragraph, 0).paragraph);
                    before += words.chars().count() + 1;
                    first
                })
                .collect(),
        )
    }

    fn of_position(&self, interview: &Interview, position: Position) -> usize {
        let words = interview.paragraph(position.paragraph);
        let within = words.get(..position.offset as usize).unwrap_or(words).chars().count();
        self.0.get(position.paragraph.0 as usize).copied().unwrap_or_default() + within
    }
}
