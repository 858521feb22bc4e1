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
    for form in ["webannotation", "readwise", "qdpx", "kindle"] {
        let desk = Desk::new().with_ferry();
        let words = ["--note", "Find the urn.", "--tag", "tea", "--kind", "note"];
        desk.run(&[&["note", "ferry.txt", "--quote", "tea urn"][..], &words].concat()).well();
        desk.run(&["export", "ferry.txt", "--to", form, "-o", "out"]).well();
        let again = desk.run(&["absorb", "ferry.txt", "--from", "out"]).well();
        says(&again, &["added 0 notes, 1 there already"]);
        std::fs::remove_file(desk.path("annotations/ferry.txt.yaml")).unwrap();
        desk.run(&["absorb", "ferry.txt", "--from", "out"]).well();
        let tags = if form == "kindle" { "" } else { "tags: [tea]" };
        says(&desk.read("annotations/ferry.txt.yaml"), &["quote: tea urn", tags, "Find the urn."]);
    }
}

#[test]
fn a_project_brings_kinds_tags_and_their_colours() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--kind", "follow-up", "--note", "Find it.", "--tag", "a/b"])
        .well();
    desk.run(&["note", "ferry.txt", "--quote", "forty years", "--tag", "a", "--annotator", "ada"]).well();
    for units in ["characters", "utf16"] {
        desk.run(&["export", "ferry.txt", "--to", "qdpx", "-o", "out.qdpx", "--units", units, "--force"]).well();
        says(&desk.run(&["absorb", "ferry.txt", "--from", "out.qdpx"]).well(), &["added 0 notes, 2 there already"]);
        let other = Desk::new().with_ferry().with("out.qdpx", std::fs::read(desk.path("out.qdpx")).unwrap());
        let ran = other.run(&["absorb", "ferry.txt", "--from", "out.qdpx"]);
        says(&ran.err, &["positions count", "quotes stand where they say"]);
        says(&ran.well(), &["added 2 notes", "in layers of ada"]);
        says(&other.read("annotations/ferry.txt.yaml"), &["kind: follow-up", "tags: [a/b]", "note: Find it."]);
        says(&other.read("annotations/@ada/ferry.txt.yaml"), &["annotator: ada", "quote: forty years", "tags: [a]"]);
        says(&other.read("annotations/tags.yaml"), &["tag: a/b", "color:"]);
        says(&other.run(&["absorb", "ferry.txt", "--from", "out.qdpx"]).well(), &["added 0 notes, 2 there already"]);
    }
}

const THREAD: &str = r#"{"rows": [
    {"id": "a", "user": "acct:ada@hypothes.is", "text": "Which urn?",
     "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "tea urn"}]}]},
    {"id": "b", "user": "acct:tom@hypothes.is", "references": ["a"], "text": "The big one.", "target": [{}]}]}"#;

#[test]
fn a_conversation_keeps_who_said_what() {
    let desk = Desk::new().with_ferry().with("rows.json", THREAD);
    let absorb = |flags: &[&str]| desk.run(&[&["absorb", "ferry.txt", "--from", "rows.json"], flags].concat()).well();
    says(&absorb(&["--dry-run"]), &["would add 2 notes; in layers of ada, tom"]);
    absorb(&[]);
    says(&desk.read("annotations/@tom/ferry.txt.yaml"), &["reply_to:", "The big one."]);
    says(&absorb(&[]), &["added 0 notes, 2 there already"]);
    says(&absorb(&["--mine"]), &["added 0 notes, 2 there already"]);
    let mine = Desk::new().with_ferry().with("rows.json", THREAD);
    mine.run(&["absorb", "ferry.txt", "--from", "rows.json", "--mine"]).well();
    says(&mine.read("annotations/ferry.txt.yaml"), &["Which urn?", "The big one."]);
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
