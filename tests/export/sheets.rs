//! CSV, Readwise, Anki and Kindle.

use interleaf::export::{Anki, Csv, Kindle, Readwise};
use serde_json::json;

use crate::python::python_json;
use crate::sample::{bytes_of, ferry, hostile, text_of};

const READ_CSV: &str = "
import sys
with open(sys.argv[1], newline='', encoding='utf-8') as file:
    print(json.dumps(list(csv.DictReader(file))))
";

#[test]
fn a_row_has_all_fields_of_a_note() {
    let Some(rows) = python_json(&["csv", "json"], READ_CSV, &bytes_of(&Csv, &[ferry()])) else { return };
    assert_eq!(rows.as_array().unwrap().len(), 8);
    let urn = &rows[3];
    for (key, value) in [
        ("kind", "follow-up"),
        ("status", "open"),
        ("tags", "objects; steering"),
        ("speaker", "Tom Bellis"),
        ("time", "00:00:09"),
        ("topic", "Taking the wheel"),
        ("turn", "1"),
        ("paragraph", "1"),
        ("start", "21"),
        ("end", "28"),
        ("quote", "tea urn"),
        ("note", "Find the urn."),
        ("state", "anchored"),
    ] {
        assert_eq!(urn[key], value, "{key}");
    }
    assert_eq!(rows[2]["note"], "So young.\nCheck the *law* of <1950>.");
    assert_eq!(rows[7]["state"], "orphan");
}

#[test]
fn no_cell_is_a_formula() {
    let Some(rows) = python_json(&["csv", "json"], READ_CSV, &bytes_of(&Csv, &[hostile()])) else { return };
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 3);
    for cell in rows.iter().flat_map(|row| row.as_object().unwrap().values()) {
        assert!(!cell.as_str().unwrap().starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    assert!(rows[0]["note"].as_str().unwrap().starts_with("'=cmd|"));
}

#[test]
fn readwise_has_its_seven_columns() {
    let Some(rows) = python_json(&["csv", "json"], READ_CSV, &bytes_of(&Readwise, &[ferry()])) else { return };
    assert_eq!(rows.as_array().unwrap().len(), 8);
    assert_eq!(
        rows[3],
        json!({
            "Highlight": "tea urn",
            "Title": "The Last Ferry",
            "Author": "Tom Bellis",
            "URL": "https://example.org/ferry",
            "Note": ".objects .steering\nFind the urn.",
            "Location": "4",
            "Date": "2026-11-21 10:02:11",
        })
    );
}

#[test]
fn anki_takes_cards_in_and_a_second_time_adds_none() {
    let script = r#"
import os, sys, shutil, tempfile
from anki.collection import Collection, ImportCsvRequest
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'cards.txt')
shutil.copy(sys.argv[1], path)
collection = Collection(os.path.join(folder, 'test.anki2'))
counts = []
for _ in range(2):
    metadata = collection.get_csv_metadata(path=path, delimiter=None)
    collection.import_csv(ImportCsvRequest(path=path, metadata=metadata))
    counts.append(collection.note_count())
notes = [[note.note_type()['name'], note.fields[:2], note.tags] for note in map(collection.get_note, collection.find_notes(''))]
print(json.dumps({'counts': counts, 'notes': sorted(notes)}))
"#;
    let Some(result) = python_json(&["json", "anki.collection"], script, &bytes_of(&Anki, &[ferry()])) else { return };
    // The topic, and the bookmark without a note, are no cards.
    assert_eq!(result["counts"], json!([6, 6]));
    let notes = result["notes"].as_array().unwrap();
    assert!(
        notes
            .iter()
            .any(|note| note[0] == "Cloze" && note[1][0].as_str().unwrap().contains("{{c1::met on the slipway}}"))
    );
    let urn = notes.iter().find(|note| note[1][0] == "Find the urn.").unwrap();
    assert_eq!(urn[0], "Basic");
    assert_eq!(urn[1][1], "tea urn<br><br>Tom Bellis, The Last Ferry, 00&#58;00&#58;09");
    assert_eq!(urn[2], json!(["objects", "steering"]));
}

#[test]
fn nothing_in_a_card_is_ankis_own() {
    let text = text_of(&Anki, &[hostile()]);
    assert!(!text.contains("<script") && !text.contains("{{ 7") && !text.contains("[a]"), "{text}");
}

#[test]
fn clippings_are_read_by_others() {
    let script = "
import sys
with open(sys.argv[1], encoding='utf-8') as file:
    found = clippings.parser.parse_clippings(file)
    print(json.dumps([[c.document.title, c.document.authors, c.metadata.category, c.content] for c in found]))
";
    let bytes = bytes_of(&Kindle, &[ferry()]);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        text.contains(
            "The Last Ferry (Tom Bellis)\r\n- Your Highlight on Location 4-4 | Added on Saturday, November 21, 2026 \
             10:02:11 AM\r\n\r\ntea urn\r\n==========\r\n"
        ),
        "{text}"
    );
    let Some(found) = python_json(&["json", "clippings.parser"], script, &bytes) else { return };
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 11, "seven placed quotes and four notes on them");
    assert!(found.iter().any(|clip| clip[2] == "Note" && clip[3] == "Find the urn."), "{found:?}");
}

#[test]
fn no_note_ends_a_clipping() {
    let mut document = ferry();
    document.notes[3].annotation.note = "one\n==========\ntwo".to_owned();
    document.notes[1].annotation.note = "==========".to_owned();
    document.notes[2].annotation.note = "see ============ there".to_owned();
    let text = text_of(&Kindle, &[document]);
    assert_eq!(text.matches("\r\n==========\r\n").count(), 11);
    assert_eq!(text.matches("==========").count(), 11);
}
