//! Every format over words that try to break out of it.

use interleaf::export::{
    Anki, Csv, Docx, Format, Kindle, Markdown, Obsidian, Ohms, Options, PlainText, Qdpx, Readwise,
};
use serde_json::{Value, json};

use crate::python::python_json;
use crate::sample::{bytes_of, hostile, hostile_and_timed, text_of};

fn of(format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    format.exporter(Options::default()).export(&[hostile_and_timed()], &mut out).unwrap();
    out
}

#[test]
fn the_same_notes_are_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(of(format), of(format), "{}", format.name());
    }
}

#[test]
fn no_control_that_a_terminal_obeys_is_in_any_text() {
    // What programs read keeps every character, or has none of its own for it.
    let people = [
        Format::Markdown,
        Format::Html,
        Format::Csv,
        Format::Text,
        Format::Obsidian,
        Format::Readwise,
        Format::Anki,
        Format::Kindle,
    ];
    let found: Vec<_> = people
        .into_iter()
        .filter_map(|format| {
            let text = String::from_utf8(of(format)).unwrap();
            let bad = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
            bad.map(|bad| (format.name(), bad))
        })
        .collect();
    assert_eq!(found, []);
}

#[test]
fn every_word_of_a_note_comes_back_from_a_spreadsheet() {
    let script = "
import sys
with open(sys.argv[1], newline='', encoding='utf-8') as file:
    print(json.dumps(list(csv.reader(file))))
";
    let document = hostile();
    let plain = |text: &str| text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "\u{fffd}");
    for (bytes, columns, note) in [(bytes_of(&Csv, &[hostile()]), 24, 18), (bytes_of(&Readwise, &[hostile()]), 7, 4)] {
        let Some(rows) = python_json(&["csv", "json"], script, &bytes) else { return };
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.as_array().unwrap().len() == columns));
        let cell = rows[1][note].as_str().unwrap();
        assert!(cell.ends_with(&plain(&document.notes[0].annotation.note)), "{cell}");
    }
}

#[test]
fn word_processors_read_every_word() {
    let script = "
import sys
print(json.dumps([paragraph.text for paragraph in docx.Document(sys.argv[1]).paragraphs]))
";
    let Some(found) = python_json(&["json", "docx"], script, &bytes_of(&Docx::default(), &[hostile()])) else { return };
    let found = found.as_array().unwrap();
    let document = hostile();
    assert!(found.contains(&json!(document.quote(&document.notes[0]))), "{found:?}");
    for line in document.notes[0].annotation.note.lines().filter(|line| !line.is_empty()) {
        assert!(found.contains(&json!(line)), "{line}");
    }
}

#[test]
fn xml_readers_find_text_and_nothing_else() {
    let script = "
import sys
root = lxml.etree.parse(sys.argv[1], lxml.etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
print(json.dumps({'tags': sorted({lxml.etree.QName(element).localname for element in root.iter()}), 'text': ''.join(root.itertext())}))
";
    let Some(found) = python_json(&["json", "lxml.etree"], script, &bytes_of(&Ohms, &[hostile_and_timed()])) else {
        return;
    };
    assert!(!found["tags"].as_array().unwrap().contains(&json!("script")));
    assert!(found["text"].as_str().unwrap().contains("<script>alert(1)</script> ]]>"));
}

#[test]
fn cards_show_what_was_written() {
    let script = r#"
import html, os, re, sys, shutil, tempfile
from anki.collection import Collection, ImportCsvRequest
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'cards.txt')
shutil.copy(sys.argv[1], path)
collection = Collection(os.path.join(folder, 'test.anki2'))
metadata = collection.get_csv_metadata(path=path, delimiter=None)
collection.import_csv(ImportCsvRequest(path=path, metadata=metadata))
rendered = []
for note in map(collection.get_note, collection.find_notes('')):
    for card in note.cards():
        rendered.append(card.answer())
plain = [html.unescape(re.sub('<[^>]*>', '', text.replace('<br>', '\n'))) for text in rendered]
print(json.dumps({'cards': len(rendered), 'raw': rendered, 'plain': plain}))
"#;
    let Some(found) = python_json(&["json", "anki.collection"], script, &bytes_of(&Anki, &[hostile()])) else { return };
    assert_eq!(found["cards"], 3);
    let raw = found["raw"].to_string();
    assert!(!raw.contains("<script>") && !raw.contains("<b>"), "{raw}");
    let plain = found["plain"].to_string();
    assert!(plain.contains("{{ 7*7 }} {% raw %}") && plain.contains("<script>alert(1)</script> ]]>"), "{plain}");
}

#[test]
fn clippings_keep_their_number() {
    let text = text_of(&Kindle, &[hostile()]);
    assert_eq!(text.matches("==========\r\n").count(), 5, "{text}");
    assert_eq!(text.matches("\r\n").count(), 5 * 5);
}

#[test]
fn pages_of_notes_have_the_blocks_that_were_written() {
    for text in [text_of(&Markdown::default(), &[hostile()]), text_of(&Obsidian, &[hostile()])] {
        assert!(!text.contains("\n<script") && !text.contains("\n- [x] y"), "{text}");
    }
    let text = text_of(&PlainText::default(), &[hostile()]);
    assert!(text.lines().all(|line| !line.starts_with("- [x]")), "{text}");
}

#[test]
fn projects_hold_no_path_that_leads_out() {
    let bytes = bytes_of(&Qdpx::default(), &[hostile_and_timed()]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let name = archive.by_index(index).unwrap().name().unwrap().into_owned();
        assert!(!name.contains("..") && !name.starts_with('/'), "{name}");
    }
}

#[test]
fn the_offsets_of_json_cut_the_quotes() {
    let document = hostile();
    let notes: Value = serde_json::from_str(&text_of(&interleaf::export::Json, &[hostile()])).unwrap();
    for note in notes.as_array().unwrap() {
        let at = |key: &str| note["at"][key].as_u64().unwrap() as usize;
        let paragraphs = document.interview.turn_paragraphs(interleaf::model::TurnIndex(at("turn") as u32));
        let paragraph = interleaf::model::ParagraphIndex(paragraphs.start + at("paragraph") as u32);
        let words: Vec<char> = document.interview.paragraph(paragraph).chars().collect();
        let cut: String = words[at("start")..at("end")].iter().collect();
        assert_eq!(note["quote"], cut.as_str());
    }
}
