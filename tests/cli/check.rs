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

/// A folder with an interview that was renamed after a note was made on it.
fn moved() -> Desk {
    let desk = Desk::new().with("talks/ferry.txt", crate::desk::FERRY);
    desk.run(&["note", "talks/ferry.txt", "--quote", "below to look for his teeth"]).well();
    std::fs::rename(desk.path("talks/ferry.txt"), desk.path("talks/boat.txt")).unwrap();
    desk
}

#[test]
fn notes_whose_interview_is_gone_are_wrong() {
    says(&moved().run(&["check", "talks"]).wrong(), &["ferry.txt.yaml", "is gone", "--relink"]);
}

#[test]
fn an_interview_that_has_moved_is_found_by_its_words() {
    let desk = moved();
    says(&desk.run(&["check", "talks", "--relink"]).well(), &["boat.txt.yaml", "found by its words"]);
    says(&desk.read("talks/annotations/boat.txt.yaml"), &["interview: boat.txt", "look for his teeth"]);
    assert!(!desk.path("talks/annotations/ferry.txt.yaml").exists());
    says(&desk.run(&["check", "talks"]).well(), &["1 interview, 1 note: all is well"]);
}

#[test]
fn an_id_that_stands_twice_is_wrong_until_it_is_mended() {
    let desk = Desk::new().with("talks/ferry.txt", crate::desk::FERRY);
    desk.run(&["note", "talks/ferry.txt", "--quote", "tea urn"]).well();
    let file = desk.read("talks/annotations/ferry.txt.yaml");
    let desk = desk.with("talks/annotations/@tom/ferry.txt.yaml", file);
    says(&desk.run(&["check", "talks"]).wrong(), &["the id ", "stands in", "--fix"]);
    says(&desk.run(&["check", "talks", "--fix"]).well(), &["the note here is"]);
    says(&desk.run(&["check", "talks"]).well(), &["all is well"]);
}

#[test]
fn tags_without_a_definition_and_without_a_note_are_remarks() {
    let desk = Desk::new().with("talks/ferry.txt", crate::desk::FERRY);
    desk.run(&["note", "talks/ferry.txt", "--quote", "tea urn", "--tag", "tea"]).well();
    let desk = desk.with("talks/annotations/tags.yaml", "interleaf: tags/1\ntags:\n- tag: storms\n");
    says(&desk.run(&["check", "talks"]).well(), &["`tea` of 1 note is not defined", "`storms` is on no note"]);
}

#[test]
fn answers_follow_a_note_that_gets_a_new_id() {
    let desk = Desk::new().with("talks/ferry.txt", crate::desk::FERRY);
    desk.run(&["note", "talks/ferry.txt", "--quote", "tea urn"]).well();
    let first = desk.read("talks/annotations/ferry.txt.yaml");
    let id = first.lines().find_map(|line| line.strip_prefix("- id: ")).unwrap().trim_matches('"').to_owned();
    let answer = format!("- id: ANSWER\n  kind: note\n  quote: tea urn\n  note: Yes.\n  reply_to: \"{id}\"\n");
    let desk = desk
        .with("talks/annotations/@ada/ferry.txt.yaml", format!("interleaf: annotations/1\nannotations:\n{answer}"))
        .with("talks/annotations/@tom/ferry.txt.yaml", format!("{first}{}", answer.replace("ANSWER", "OTHER")));
    desk.run(&["check", "talks", "--fix"]).well();
    let copy = desk.read("talks/annotations/@tom/ferry.txt.yaml");
    let ids: Vec<&str> = copy.lines().filter_map(|line| line.strip_prefix("- id: ")).collect();
    let new = ids.into_iter().find(|id| *id != "OTHER").unwrap().trim_matches('"').to_owned();
    assert_ne!(new, id);
    says_in(&copy, &format!("reply_to: {new}"));
    says_in(&desk.read("talks/annotations/@ada/ferry.txt.yaml"), &format!("reply_to: \"{id}\""));
}

fn says_in(text: &str, words: &str) {
    assert!(text.replace('"', "").contains(&words.replace('"', "")), "{words} is not in\n{text}");
}

#[test]
fn an_id_that_stands_twice_in_one_file_is_named_with_its_line_and_mended() {
    let note =
        "- id: A\n  kind: note\n  quote: tea urn\n  at: {turn: 1, paragraph: 1, start: 21, end: 28}\n  note: One.\n";
    let text = format!("interleaf: annotations/1\nannotations:\n{note}{}", note.replace("One", "Two"));
    let desk = Desk::new().with("ferry.txt", crate::desk::FERRY).with("annotations/ferry.txt.yaml", text);
    says(
        &desk.run(&["check", "ferry.txt"]).wrong(),
        &["ferry.txt.yaml:8: the id of this note stands above too", "1 thing"],
    );
    says(&desk.run(&["check", "ferry.txt", "--fix"]).well(), &["the note here is"]);
    says(&desk.run(&["check", "ferry.txt"]).well(), &["1 interview, 2 notes: all is well"]);
    says_in(&desk.read("annotations/ferry.txt.yaml"), "- id: A\n");
}

#[test]
fn odd_times_answers_to_nothing_and_corrections_that_contradict_are_remarks() {
    let text = "\
interleaf: annotations/1
annotator: tom
corrections:
- {paragraph: 2, speaker: Ada}
- {paragraph: 2, speaker: Tom}
annotations:
- id: A
  kind: note
  quote: tea urn
  at: {turn: 1, paragraph: 1, start: 21, end: 28}
  reply_to: GONE
  created: 2026-03-04T10:00:00Z
  updated: 2026-03-03T10:00:00Z
";
    let desk = Desk::new()
        .with("ferry.txt", crate::desk::FERRY)
        .with("annotations/@ada/ferry.txt.yaml", text)
        .with("annotations/ferry.txt.yaml", text.replace("id: A", "id: B").replace("tom", "ada"));
    says(
        &desk.run(&["check", "ferry.txt"]).well(),
        &[
            "two corrections contradict each other",
            "answers GONE, which is not there any more",
            "before it was made",
            "the layer of tom, and lies with those of ada",
            "all is well",
        ],
    );
}

#[test]
fn what_keeps_a_note_from_its_place_is_told() {
    let note = |id: &str, quote: &str, more: &str| format!("- id: {id}\n  quote: {quote}\n{more}");
    let text = format!(
        "interleaf: annotations/1\nannotations:\n{}{}{}",
        note("GONE", "the harbour master himself said so", ""),
        note("MANY", "I ", "  before: nobody said\n"),
        note("OTHER", "tea urn", "  before: \"broke the old brass \"\n  after: \" with a spoon\"\n"),
    );
    let desk = Desk::new().with("ferry.txt", crate::desk::FERRY).with("annotations/ferry.txt.yaml", text);
    says(
        &desk.run(&["check", "ferry.txt"]).wrong(),
        &[
            "“the harbour master himself said so” does not stand in the interview any more",
            "places, and nothing tells which is meant",
            "“tea urn” stands in the interview, but among other words than before",
            "3 things are wrong",
        ],
    );
}

#[test]
fn turns_that_begin_too_early_are_remarks() {
    let desk = Desk::new().with("ferry.txt", crate::desk::FERRY.replace("00:00:35", "00:00:25"));
    says(&desk.run(&["check", "ferry.txt"]).well(), &["turn 3 begins at 00:00:25, before turn 2 above it (00:00:31)"]);
}
