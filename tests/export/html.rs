//! HTML.

use interleaf::export::Html;

use crate::python::python_json;
use crate::sample::{ferry, hostile, text_of};

/// What a browser's parser sees: elements with their attributes, ids, links, and the words of each passage.
const READ: &str = r#"
import sys
root = lxml.html.parse(sys.argv[1], lxml.html.HTMLParser(encoding='utf-8')).getroot()
ids = [element.get('id') for element in root.iter() if isinstance(element.tag, str) and element.get('id')]
links = [element.get('href') for element in root.iter('a')]
for mark in list(root.iter('sup')):
    mark.text = None
    for child in list(mark): mark.remove(child)
print(json.dumps({
  'tags': sorted({element.tag for element in root.iter() if isinstance(element.tag, str)}),
  'handlers': [name for element in root.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith('on')],
  'duplicates': len(ids) - len(set(ids)),
  'dangling': [link for link in links if link.startswith('#') and link[1:] not in ids],
  'outside': [link for link in links if not link.startswith('#')],
  'passages': [p.text_content() for p in root.xpath('//div[starts-with(@class, "passage")]/p')],
  'marks': [mark.text_content() for mark in root.iter('mark')],
  'notes': [p.text_content() for p in root.xpath('//aside//p[@class="words"]')],
}))
"#;

#[test]
fn the_page_has_the_whole_interview_and_all_notes() {
    let document = ferry();
    let text = text_of(&Html, std::slice::from_ref(&document));
    let Some(page) = python_json(&["json", "lxml.html"], READ, text.as_bytes()) else { return };
    let passages: Vec<&str> = page["passages"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    assert_eq!(passages.len(), 8);
    for paragraph in document.interview.paragraphs() {
        assert!(passages.contains(&document.interview.paragraph(paragraph)), "{passages:?}");
    }
    let marks: Vec<&str> = page["marks"].as_array().unwrap().iter().map(|mark| mark.as_str().unwrap()).collect();
    for note in &document.notes[..7] {
        assert!(marks.contains(&note.annotation.anchor.quote.as_str()), "{marks:?}");
    }
    assert_eq!(page["duplicates"], 0);
    assert_eq!(page["dangling"], serde_json::json!([]));
    assert_eq!(page["outside"], serde_json::json!(["https://example.org/ferry"]));
}

#[test]
fn nothing_on_the_page_runs() {
    let document = hostile();
    let text = text_of(&Html, std::slice::from_ref(&document));
    assert!(!text.contains("<script") && !text.contains("href=\"javascript"));
    let Some(page) = python_json(&["json", "lxml.html"], READ, text.as_bytes()) else { return };
    assert_eq!(page["handlers"], serde_json::json!([]));
    assert_eq!(page["outside"], serde_json::json!([]));
    let tags = page["tags"].to_string();
    assert!(
        !["script", "img", "iframe", "object", "form", "base"].iter().any(|tag| tags.contains(&format!("\"{tag}\"")))
    );
    assert_eq!(page["passages"][0], document.interview.paragraph(interleaf::model::ParagraphIndex(0)));
    assert_eq!(page["notes"][0], document.notes[0].annotation.note.trim());
}
