//! JSON.

use interleaf::export::Json;
use serde_json::{Value, json};

use crate::sample::{ferry, hostile, text_of};

#[test]
fn a_note_has_all_its_fields() {
    let notes: Value = serde_json::from_str(&text_of(&Json, &[ferry()])).unwrap();
    let notes = notes.as_array().unwrap();
    assert_eq!(notes.len(), 8);
    let urn = &notes[3];
    assert_eq!(urn["id"], "01JD9Z8Q4T9M6V3K2X7W5R1B04");
    assert_eq!(urn["kind"], "follow-up");
    assert_eq!(urn["at"], json!({"turn": 1, "paragraph": 1, "start": 21, "end": 28}));
    assert_eq!(urn["quote"], "tea urn");
    assert_eq!(urn["after"], ", you know.");
    assert_eq!(urn["tags"], json!(["objects", "steering"]));
    assert_eq!(urn["status"], "open");
    assert_eq!(urn["note"], "Find the urn.");
    assert_eq!(urn["created"], "2026-11-21T10:02:11Z");
    assert_eq!(urn["interview"], "talks/ferry.txt");
    assert_eq!((&urn["speaker"], &urn["speaker_name"]), (&json!("bellis"), &json!("Tom Bellis")));
    assert_eq!(urn["topic"], "Taking the wheel");
    assert_eq!(urn["time"], "00:00:09");
    assert_eq!(urn["state"], "anchored");
    assert_eq!(notes[7]["state"], "orphan");
    assert_eq!(notes[7]["speaker"], Value::Null);
    assert_eq!(notes[0]["at"], json!({"front": 0, "start": 3, "end": 21}));
    assert_eq!(notes[4]["at"]["side"], "translation");
}

#[test]
fn what_was_typed_comes_out() {
    let document = hostile();
    let notes: Value = serde_json::from_str(&text_of(&Json, std::slice::from_ref(&document))).unwrap();
    for (value, note) in notes.as_array().unwrap().iter().zip(&document.notes) {
        assert_eq!(value["note"], note.annotation.note.as_str());
    }
}
