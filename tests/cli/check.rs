//! `interleaf check`.

use crate::desk::{Desk, says};

#[test]
fn all_is_well() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn"]).well();
    says(&desk.run(&["check", "ferry.txt"]).well(), &["1 interview, 1 note: all is well"]);
}

#[test]
fn a_broken_file_is_named_with_line_and_column() {
    let desk =
        Desk::new().with_ferry().with("annotations/ferry.txt.yaml", "interleaf: annotations/1\nannotations: 7\n");
    says(&desk.run(&["check", "ferry.txt"]).wrong(), &["ferry.txt.yaml", "line 2, column ", "1 thing is wrong"]);
}

#[test]
fn an_orphan_is_wrong() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "below to look for his teeth"]).well();
    let desk = desk.with("ferry.txt", "ADA PRYCE: When?\n\nTOM BELLIS: Never at all, as it turned out.\n");
    says(
        &desk.run(&["check", "ferry.txt"]).wrong(),
        &["ferry.txt", "orphan", "look for his teeth", "1 thing is wrong"],
    );
}

#[test]
fn documents_that_cannot_be_read_are_wrong() {
    let desk = Desk::new()
        .with("talks/ferry.txt", crate::desk::FERRY)
        .with("talks/half.yaml", "interleaf: interview/1\nturns: 7\n");
    says(&desk.run(&["check", "talks"]).wrong(), &["half.yaml", "1 interview, 0 notes: 1 thing is wrong"]);
}

#[test]
fn a_path_that_is_not_there_is_wrong_usage() {
    says(&Desk::new().run(&["check", "gone"]).refused(), &["gone", "no such file"]);
}
