//! `interleaf import`.

use crate::desk::{Desk, says};

#[test]
fn a_document_becomes_native_yaml_with_a_report() {
    let ran = Desk::new().with_ferry().run(&["import", "ferry.txt"]);
    says(&ran.err, &["ferry.txt: read as text", "2 turns", "interviewer"]);
    says(&ran.well(), &["interleaf: interview/1\n", "title: The Last Ferry"]);
}

#[test]
fn what_was_imported_reads_the_same() {
    let desk = Desk::new().with_ferry();
    desk.run(&["import", "ferry.txt", "-o", "native"]).well();
    let turns = |file: &str| desk.run(&["show", file, "--to", "json"]).json()["turns"].clone();
    assert_eq!(turns("native/ferry.yaml"), turns("ferry.txt"));
}

#[test]
fn several_documents_go_to_a_folder() {
    let desk = Desk::new().with_ferry().with("b/ferry.md", "**ADA:** Who?\n\n**TOM:** Me.\n");
    says(&desk.run(&["import", "ferry.txt", "b/ferry.md"]).refused(), &["-o DIR"]);
    desk.run(&["import", "ferry.txt", "b/ferry.md", "-o", "native"]).well();
    says(&desk.read("native/ferry.md.yaml"), &["Who?"]);
    says(&desk.run(&["import", "ferry.txt", "-o", "native"]).refused(), &["ferry.yaml", "--force"]);
}

#[test]
fn the_reader_may_say_who_asks_and_who_is_who() {
    let desk = Desk::new().with_ferry();
    let words = ["import", "ferry.txt", "--quiet", "--interviewer", "TOM BELLIS", "--speaker", "ADA PRYCE=Ada"];
    says(&desk.run(&words).well(), &["name: Ada, role: guest", "role: interviewer"]);
    says(&desk.run(&["import", "ferry.txt", "--speaker", "x"]).refused(), &["OLD=NEW"]);
    says(&desk.run(&["import", "ferry.txt", "--format", "papyrus"]).refused(), &["papyrus"]);
}
