use super::*;
use crate::anchor::{Resolution, resolve};
use crate::model::InterviewBuilder;

fn ferry() -> Interview {
    let mut builder = InterviewBuilder::default();
    builder.turn(None, None).paragraph("Who kept the lamp lit, and who kept the lamp clean?");
    builder.turn(None, None).paragraph("My uncle did, until he fell in the tea urn.").paragraph("Then I did.");
    builder.build()
}

fn settled(bytes: &str) -> Vec<Annotation> {
    let now = Timestamp::from_second(1_700_000_000).unwrap();
    settle(&read(bytes.as_bytes()).unwrap().annotations, &ferry(), now)
}

fn words(annotation: &Annotation) -> String {
    match resolve(&ferry(), &annotation.anchor) {
        Resolution::Orphan => "orphan".into(),
        other => ferry().slice(other.span().unwrap()),
    }
}

#[test]
fn a_web_annotation_is_placed_by_quote_and_context() {
    let notes = settled(
        r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation",
        "motivation": "questioning", "created": "2026-01-02T03:04:05Z",
        "body": [{"type": "TextualBody", "value": "Who?", "purpose": "commenting"},
                 {"type": "TextualBody", "value": "lamp/care", "purpose": "tagging"},
                 {"type": "TextualBody", "value": "asked", "purpose": "classifying"}],
        "target": {"source": "urn:x:t", "selector": {"type": "TextQuoteSelector", "exact": "kept the lamp",
                   "prefix": "and who ", "suffix": " clean"}}}"#,
    );
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!((note.kind, note.status, note.note.as_str()), (Kind::Question, Some(Status::Asked), "Who?"));
    assert_eq!(note.tags, [Tag::new("lamp/care").unwrap()]);
    assert_eq!((words(note).as_str(), note.anchor.start.character), ("kept the lamp", 31));
}

#[test]
fn hypothesis_rows_are_read() {
    let notes = settled(
        r#"{"total": 1, "rows": [{"id": "abc", "uri": "https://example.org/f", "text": "Poor man.", "tags": ["falls"],
        "created": "2026-01-02T03:04:05.678901+00:00", "updated": "2026-01-03T03:04:05.678901+00:00",
        "target": [{"source": "https://example.org/f", "selector": [
            {"type": "TextPositionSelector", "start": 900, "end": 920},
            {"type": "TextQuoteSelector", "exact": "fell in the tea urn", "prefix": "", "suffix": ""}]}]}]}"#,
    );
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!((note.kind, words(note).as_str()), (Kind::Note, "fell in the tea urn"));
    assert_eq!(note.updated.to_string(), "2026-01-03T03:04:05Z");
}

#[test]
fn readwise_rows_are_read_with_their_dotted_tags() {
    let notes = settled(
        "Highlight,Title,Author,URL,Note,Location,Date\r\n\"My uncle did\",Ferry,Ada,,\".kin .old_days\nHim again\",2,2026-01-02 03:04:05\r\n",
    );
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!((words(note).as_str(), note.note.as_str()), ("My uncle did", "Him again"));
    assert_eq!(note.tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["kin", "old days"]);
}

#[test]
fn a_clipping_takes_the_note_at_its_end() {
    let notes = settled(
        "Ferry (Ada)\r\n- Your Highlight on Location 2-3 | Added on Tuesday, November 24, 2026 10:02:11 AM\r\n\r\nTHEN I did.\r\n==========\r\n\
         Ferry (Ada)\r\n- Your Note on Location 3 | Added on Tuesday, November 24, 2026 10:03:11 AM\r\n\r\nDid you?\r\n==========\r\n",
    );
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!((words(note).as_str(), note.note.as_str()), ("Then I did.", "Did you?"));
    assert_eq!(note.created.to_string(), "2026-11-24T10:02:11Z");
}

#[test]
fn creators_and_threads_are_kept() {
    let file = r#"{"rows": [
        {"id": "a", "user": "acct:ada@hypothes.is", "uri": "https://example.org/f", "text": "Poor man.",
         "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "fell in the tea urn"}]}]},
        {"id": "b", "user": "acct:tom@hypothes.is", "user_info": {"display_name": "Tom B."}, "references": ["x", "a"],
         "uri": "https://example.org/f", "text": "He was fine.", "target": [{"source": "https://example.org/f"}]}]}"#;
    let read = read(file.as_bytes()).unwrap().annotations;
    let names: Vec<_> = read.iter().map(|one| one.annotator.as_deref()).collect();
    assert_eq!(names, [Some("ada"), Some("Tom B.")]);
    let notes = settle(&read, &ferry(), Timestamp::UNIX_EPOCH);
    assert_eq!(notes[1].reply_to.as_ref(), Some(&notes[0].id));
    assert_eq!(notes[1].anchor, notes[0].anchor);
    let web = r#"[{"id": "urn:1", "type": "Annotation", "creator": {"id": "https://people.example/ada"}, "bodyValue": "Hm.",
         "target": {"selector": {"type": "TextQuoteSelector", "exact": "My uncle did"}}},
        {"id": "urn:2", "type": "Annotation", "motivation": "replying", "bodyValue": "Indeed.", "target": "urn:1"}]"#;
    let read = super::read(web.as_bytes()).unwrap().annotations;
    assert_eq!(read[0].annotator.as_deref(), Some("ada"));
    assert_eq!(read[1].reply_to.as_deref(), Some("urn:1"));
}

#[test]
fn what_has_no_place_is_an_orphan_and_keeps_its_words() {
    let notes = settled("Highlight,Title\nA whale of quite another colour swam by,Ferry\n");
    assert_eq!(words(&notes[0]), "orphan");
    assert_eq!(notes[0].anchor.quote, "A whale of quite another colour swam by");
}

#[test]
fn the_same_annotation_has_the_same_id_each_time() {
    let file = "Highlight,Title\nMy uncle did,Ferry\nThen I did,Ferry\n";
    let ids = |notes: Vec<Annotation>| notes.into_iter().map(|note| note.id).collect::<Vec<_>>();
    let first = ids(settled(file));
    assert_eq!(first, ids(settled(file)));
    assert_ne!(first[0], first[1]);
}

#[test]
fn other_files_are_refused() {
    for file in ["{\"a\": 1}", "name,age\nada,7\n", "", "[1, 2]"] {
        assert!(matches!(read(file.as_bytes()), Err(AbsorbError::Unknown)), "{file}");
    }
    assert!(matches!(read(b"{"), Err(AbsorbError::Damaged { .. })));
    assert!(matches!(read(b"a\xff"), Err(AbsorbError::Encoding(1))));
}
