//! `interleaf absorb`.

use crate::desk::{Desk, says};

const CLIPPINGS: &str = "\
The Last Ferry (Tom Bellis)\r\n- Your Highlight on Location 3-3 | Added on Tuesday, November 24, 2026 10:02:11 AM\r\n\r\n\
tea urn\r\n==========\r\n\
Another Book (Nobody)\r\n- Your Highlight on Location 9-9 | Added on Tuesday, November 24, 2026 10:02:11 AM\r\n\r\n\
a line from elsewhere\r\n==========\r\n";

#[test]
fn clippings_of_this_interview_are_placed_and_a_second_run_adds_nothing() {
    let desk = Desk::new().with_ferry().with("My Clippings.txt", CLIPPINGS);
    let run = || desk.run(&["absorb", "ferry.txt", "--from", "My Clippings.txt"]).well();
    says(&run(), &["added 1 note, 1 on other documents left out"]);
    let file = desk.read("annotations/ferry.txt.yaml");
    says(&file, &["quote: tea urn", "kind: highlight"]);
    says(&run(), &["added 0 notes, 1 there already"]);
    assert_eq!(desk.read("annotations/ferry.txt.yaml"), file);
}

#[test]
fn what_was_exported_comes_back_with_nothing_lost() {
    for form in ["webannotation", "readwise"] {
        let desk = Desk::new().with_ferry();
        let words = ["--note", "Find the urn.", "--tag", "tea", "--kind", "note"];
        desk.run(&[&["note", "ferry.txt", "--quote", "tea urn"][..], &words].concat()).well();
        desk.run(&["export", "ferry.txt", "--to", form, "-o", "out"]).well();
        let again = desk.run(&["absorb", "ferry.txt", "--from", "out"]).well();
        says(&again, &["added 0 notes, 1 there already"]);
        std::fs::remove_file(desk.path("annotations/ferry.txt.yaml")).unwrap();
        desk.run(&["absorb", "ferry.txt", "--from", "out"]).well();
        says(&desk.read("annotations/ferry.txt.yaml"), &["quote: tea urn", "tags: [tea]", "Find the urn."]);
    }
}

#[test]
fn a_layer_keeps_its_ids() {
    let desk = Desk::new().with_ferry();
    let id = desk.run(&["note", "ferry.txt", "--quote", "tea urn"]).well();
    std::fs::rename(desk.path("annotations/ferry.txt.yaml"), desk.path("ada.yaml")).unwrap();
    says(&desk.run(&["absorb", "ferry.txt", "--from", "ada.yaml"]).well(), &["added 1 note"]);
    says(&desk.read("annotations/ferry.txt.yaml"), &[id.trim()]);
    says(&desk.run(&["absorb", "ferry.txt", "--from", "ada.yaml"]).well(), &["added 0 notes"]);
}

#[test]
fn what_has_no_place_is_kept_as_an_orphan() {
    let desk = Desk::new().with_ferry().with("rows.csv", "Highlight,Title\nA whale of another colour,The Last Ferry\n");
    let ran = desk.run(&["absorb", "ferry.txt", "--from", "rows.csv"]);
    says(&ran.err, &["an orphan", "A whale of another colour"]);
    says(&ran.well(), &["added 1 note, 1 without a place"]);
    desk.run(&["check", "ferry.txt"]).wrong();
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new().with_ferry().with("rows.csv", "Highlight\ntea urn\n");
    says(&desk.run(&["absorb", "ferry.txt", "--from", "rows.csv", "--dry-run"]).well(), &["would add 1 note"]);
    assert!(!desk.path("annotations").exists());
}

#[test]
fn other_files_are_refused_with_what_can_be_taken() {
    let desk = Desk::new().with_ferry().with("other.csv", "name,age\nada,7\n");
    says(&desk.run(&["absorb", "ferry.txt", "--from", "other.csv"]).refused(), &["other.csv", "Readwise", "Kindle"]);
    says(&desk.run(&["absorb", "ferry.txt", "--from", "gone.json"]).refused(), &["gone.json"]);
}
