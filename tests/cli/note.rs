//! `interleaf note`.

use crate::desk::{Desk, says};

fn yaml(desk: &Desk) -> String {
    desk.read("annotations/ferry.txt.yaml")
}

#[test]
fn a_quote_is_annotated_and_its_id_printed() {
    let desk = Desk::new().with_ferry();
    let id =
        desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--note", "Find it: é 茶", "--tag", "objects"]).well();
    says(
        &yaml(&desk),
        &[
            &format!("id: {}", id.trim()),
            "kind: note",
            "at: {turn: 1, paragraph: 1, start: 21, end: 28}",
            "quote: tea urn",
            "Find it: é 茶",
            "tags: [objects]",
        ],
    );
}

#[test]
fn without_a_note_it_is_a_highlight() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn"]).well();
    says(&yaml(&desk), &["kind: highlight"]);
}

#[test]
fn a_follow_up_is_open_unless_said_otherwise() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--kind", "follow-up"]).well();
    desk.run(&["note", "ferry.txt", "--quote", "teeth", "--kind", "question", "--status", "asked"]).well();
    says(&yaml(&desk), &["status: open", "status: asked"]);
}

#[test]
fn notes_stand_in_the_order_of_the_text() {
    let desk = Desk::new().with_ferry();
    for quote in ["forty years", "first take the wheel", "tea urn"] {
        desk.run(&["note", "ferry.txt", "--quote", quote]).well();
    }
    let yaml = yaml(&desk);
    let at = |words: &str| yaml.find(words).unwrap();
    assert!(at("first take") < at("tea urn") && at("tea urn") < at("forty years"), "{yaml}");
}

#[test]
fn a_quote_that_is_nowhere_is_an_error() {
    let desk = Desk::new().with_ferry();
    let said = desk.run(&["note", "ferry.txt", "--quote", "coffee urn"]).refused();
    says(&said, &["ferry.txt", "“coffee urn” does not stand", "interleaf show"]);
    assert!(!desk.path("annotations").exists(), "nothing is written for a note that was refused");
}

#[test]
fn what_to_annotate_must_be_said() {
    let desk = Desk::new().with_ferry();
    says(&desk.run(&["note", "ferry.txt", "--note", "Why?"]).refused(), &["--quote", "--turn"]);
}

#[test]
fn several_places_are_listed() {
    let desk = Desk::new().with("twice.txt", "ADA: Was it the boat?\n\nTOM: It was the boat, and the boat knew.\n");
    let said = desk.run(&["note", "twice.txt", "--quote", "the boat"]).refused();
    says(&said, &["3 places", "--nth 1  turn 0, Ada", "--nth 3  turn 1, Tom", "and [the boat] knew."]);
    desk.run(&["note", "twice.txt", "--quote", "the boat", "--nth", "3"]).well();
    says(&desk.read("annotations/twice.txt.yaml"), &["before: \"It was the boat, and \""]);
    says(&desk.run(&["note", "twice.txt", "--quote", "the boat", "--nth", "4"]).refused(), &["3 places only"]);
}

#[test]
fn a_turn_narrows_the_places() {
    let desk = Desk::new().with("twice.txt", "ADA: Was it the boat?\n\nTOM: It was the boat.\n");
    desk.run(&["note", "twice.txt", "--quote", "the boat", "--turn", "0"]).well();
    says(&desk.read("annotations/twice.txt.yaml"), &["at: {turn: 0, "]);
    says(
        &desk.run(&["note", "twice.txt", "--quote", "boat.", "--turn", "0"]).refused(),
        &["not in that turn", "turn 1"],
    );
}

#[test]
fn a_turn_can_be_annotated_whole() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--turn", "1", "--note", "All of it."]).well();
    says(&yaml(&desk), &["at: {turn: 1, paragraph: 0, start: 0, to: {turn: 1, paragraph: 1}"]);
    says(&desk.run(&["note", "ferry.txt", "--turn", "9", "--note", "x"]).refused(), &["no turn 9", "from 0 to 3"]);
}

#[test]
fn a_quote_is_found_without_regard_to_case_and_line_breaks() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "THE TEA\nURN"]).well();
    says(&yaml(&desk), &["quote: the tea urn"]);
}

#[test]
fn a_note_may_come_from_standard_input() {
    let desk = Desk::new().with_ferry();
    desk.run_with_input(&["note", "ferry.txt", "--quote", "tea urn", "--note", "-"], "One.\nTwo.\n").well();
    assert!(desk.run(&["notes", "ferry.txt", "--to", "json"]).json()[0]["note"] == "One.\nTwo.");
}

#[test]
fn a_broken_file_is_not_written_to() {
    let broken = "interleaf: annotations/1\nannotations:\n- id: [\n";
    let desk = Desk::new().with_ferry().with("annotations/ferry.txt.yaml", broken);
    let said = desk.run(&["note", "ferry.txt", "--quote", "tea urn"]).refused();
    says(&said, &["ferry.txt.yaml", "line"]);
    assert_eq!(yaml(&desk), broken);
}

#[test]
fn an_annotator_writes_to_a_layer_of_their_own() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--annotator", "ada"]).well();
    says(&desk.read("annotations/@ada/ferry.txt.yaml"), &["annotator: ada", "quote: tea urn"]);
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--annotations", "other"]).well();
    assert!(desk.path("other/ferry.txt.yaml").exists());
}

#[test]
fn a_status_is_for_work_only() {
    let desk = Desk::new().with_ferry();
    says(
        &desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--status", "open"]).refused(),
        &["--status is for questions and follow-ups"],
    );
}

#[test]
fn standard_input_cannot_be_annotated() {
    says(&Desk::new().run(&["note", "-", "--quote", "x"]).refused(), &["save standard input to a file"]);
}
