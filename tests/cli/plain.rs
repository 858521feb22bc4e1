//! `interleaf --plain`.

use crate::desk::{Desk, FERRY, says};

#[test]
fn prints_the_interview_with_its_notes_line_by_line() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--kind", "follow-up", "--note", "Find it.\nAnd the teeth."])
        .well();
    desk.run(&["note", "ferry.txt", "--quote", "And who steered after that?", "--tag", "sea/crew"]).well();
    let text = desk.run(&["--plain", "ferry.txt"]).well();
    says(
        &text,
        &[
            "The Last Ferry\n",
            "\nSpeakers: Ada Pryce, interviewer; Tom Bellis, guest.\n",
            "\nAda Pryce, 00:00:04:\nWhen did you first take the wheel?\n",
            "you know.\n    Follow-up, open, on “tea urn”: Find it. And the teeth.\n",
            "tagged sea/crew, on this paragraph.\n",
        ],
    );
    assert!(!text.contains('\u{1b}'), "no cursor addressing, no colours");
}

#[test]
fn a_note_whose_words_are_gone_comes_last() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "Nobody asked for it back.", "--note", "Sad."]).well();
    let desk = desk.with("ferry.txt", FERRY.replace("Nobody asked for it back.", "The end."));
    let text = desk.run(&["ferry.txt", "--plain"]).well();
    says(&text, &["Notes whose words are not in the text any more:\n    Note, on “Nobody asked for it back.”: Sad.\n"]);
}

#[test]
fn needs_an_interview() {
    Desk::new().run(&["--plain"]).refused();
    Desk::new().run(&["--plain", "no-such-file.txt"]).refused();
}
