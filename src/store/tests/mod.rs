//! Files of annotations: read, saved, merged.

use std::fs;
use std::path::Path;

use super::*;
use crate::model::{Anchor, Annotation, AnnotationId, Kind, Place, Side, Spot, Tag};

/// An annotation in the given turn.
pub(super) fn annotation(id: &str, turn: u32) -> Annotation {
    let spot = |character| Spot { place: Place::Turn { turn, paragraph: 0 }, character };
    let created = "2026-11-24T10:02:11Z".parse().unwrap();
    Annotation {
        id: AnnotationId::new(id).unwrap(),
        kind: Kind::Note,
        anchor: Anchor {
            start: spot(4),
            end: spot(12),
            side: Side::Original,
            quote: format!("quote {id}"),
            before: "and ".to_owned(),
            after: ", so".to_owned(),
        },
        tags: Vec::new(),
        status: None,
        due: None,
        note: format!("note {id}"),
        reply_to: None,
        created,
        updated: created,
        conflict: None,
    }
}

const FILE: &str = "\
# Kept with care.
interleaf: annotations/1
interview: samples/lighthouse.txt
title: Lighthouses Without Keepers
mood: calm   # nobody knows this key

annotations:

# The first one.
- id: A
  kind: highlight
  at: {turn: 1, paragraph: 0, start: 4, end: 12}
  quote: never once
  colour: yellow
  # seen twice
  tags: [storms]  # weather

- id: B
  kind: follow-up
  note: |
    Ask about the log.
    # not a comment
  at: {turn: 6, paragraph: 2, start: 41, end: 97}
  status: open   # since May
  created: 2026-11-24T10:02:11Z
# the end
";

fn file(folder: &Path, text: &str) -> AnnotationsFile {
    let path = folder.join("a.yaml");
    fs::write(&path, text).unwrap();
    AnnotationsFile::load(&path).unwrap()
}

fn text(file: &AnnotationsFile) -> String {
    fs::read_to_string(file.path()).unwrap()
}

#[test]
fn a_file_is_made_at_the_first_save_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("annotations/samples/x.txt.yaml");
    let mut file = AnnotationsFile::load(&path).unwrap().with_header(Header {
        interview: "samples/x.txt".to_owned(),
        title: "No: a title".to_owned(),
        annotator: None,
    });
    assert!(!file.save(&[], &[]).unwrap().written);
    assert!(!path.exists());
    let note =
        Annotation { note: "naïve\n\nno".to_owned(), tags: vec![Tag::new("a/b").unwrap()], ..annotation("A", 3) };
    assert!(file.save(std::slice::from_ref(&note), &[]).unwrap().written);
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "\
interleaf: annotations/1
interview: samples/x.txt
title: \"No: a title\"
annotations:
- id: A
  kind: note
  at: {turn: 3, paragraph: 0, start: 4, end: 12}
  quote: quote A
  before: \"and \"
  after: \", so\"
  tags: [a/b]
  note: |-
    naïve

    no
  created: \"2026-11-24T10:02:11Z\"
  updated: \"2026-11-24T10:02:11Z\"
"
    );
    let again = AnnotationsFile::load(&path).unwrap();
    assert_eq!(again.annotations(), [note]);
    assert_eq!(again.header().title, "No: a title");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside the file");
}

#[test]
fn only_the_lines_of_what_changed_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = file(folder.path(), FILE);
    let mut notes = file.annotations().to_vec();
    notes[1].status = Some(crate::model::Status::Answered);
    notes[1].note = "Done.".to_owned();
    file.save(&notes, &[]).unwrap();
    let expected = FILE
        .replace("  note: |\n    Ask about the log.\n    # not a comment\n", "  note: Done.\n")
        .replace("status: open   # since May", "status: answered   # since May")
        .replace(
            "created: 2026-11-24T10:02:11Z\n",
            "created: 2026-11-24T10:02:11Z\n  updated: \"2026-11-24T10:02:11Z\"\n",
        );
    assert_eq!(text(&file), expected);
}

#[test]
fn additions_stand_in_the_order_of_the_text_and_deletions_leave_comments() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = file(folder.path(), FILE);
    let loaded = file.annotations().to_vec();
    let mut notes = loaded.clone();
    notes.push(annotation("C", 3));
    file.save(&notes, &[]).unwrap();
    let at = |id: &str| text(&file).find(&format!("- id: {id}")).unwrap();
    assert!(at("A") < at("C") && at("C") < at("B"));
    let ids: Vec<_> = file.annotations().iter().map(|one| one.id.to_string()).collect();
    assert_eq!(ids, ["A", "C", "B"]);
    file.save(&loaded[1..], &[]).unwrap();
    assert!(text(&file).contains("# The first one.\n- id: B"));
    file.save(&loaded, &[]).unwrap();
    assert_eq!(text(&file), FILE, "an undo gives back the same bytes");
}

mod durability;
mod git;
mod styles;
mod writers;
