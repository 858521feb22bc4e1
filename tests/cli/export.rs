//! `interleaf export`.

use crate::desk::{Desk, says};

/// A folder with two interviews, one of them annotated twice.
fn talks() -> Desk {
    let desk = Desk::new()
        .with("annotations/.keep", "")
        .with("talks/ferry.txt", crate::desk::FERRY)
        .with("talks/mill.txt", "INES: What do you mill?\n\nLEW: Rye, mostly.\n");
    desk.run(&["note", "talks/ferry.txt", "--quote", "tea urn", "--tag", "objects", "--note", "Where is it?"]).well();
    desk.run(&["note", "talks/ferry.txt", "--quote", "forty years", "--kind", "follow-up", "--note", "Check."]).well();
    desk
}

#[test]
fn markdown_to_hand_on() {
    let text = talks().run(&["export", "talks/ferry.txt", "--to", "markdown"]).well();
    says(&text, &["# The Last Ferry\n", "> tea urn\n", "#objects", "Where is it?", "## Follow-ups\n\n- [ ] Check."]);
}

#[test]
fn json_for_programs() {
    let notes = talks().run(&["export", "talks/ferry.txt", "--to", "json", "--kind", "follow-up"]).json();
    assert_eq!(notes.as_array().unwrap().len(), 1);
}

#[test]
fn every_format_can_be_written_and_comes_out_the_same_twice() {
    let desk = talks();
    for format in interleaf::export::Format::ALL {
        for out in ["a", "b"] {
            let ran = desk.run(&["export", "talks/ferry.txt", "--to", format.name(), "-o", out, "--force"]);
            if format.name() == "ohms" {
                continue;
            }
            ran.well();
        }
        if format.name() != "ohms" {
            let [a, b] = ["a", "b"].map(|name| std::fs::read(desk.path(name)).unwrap());
            assert!(a == b && !a.is_empty(), "{}", format.name());
        }
    }
}

#[test]
fn a_folder_gets_a_file_for_each_annotated_interview() {
    let desk = talks();
    desk.run(&["export", "talks", "--to", "obsidian", "-o", "vault/"]).well();
    says(&desk.read("vault/talks/ferry.md"), &["> [!quote]", "> tea urn"]);
    assert!(!desk.path("vault/talks/mill.md").exists());
    says(&desk.run(&["export", "talks", "--to", "obsidian", "-o", "vault/"]).refused(), &["ferry.md", "--force"]);
}

#[test]
fn a_template_of_the_readers_own() {
    let desk = talks().with("list.txt", "{% for note in documents[0].notes %}\n* {{ note.quote }}\n{% endfor %}\n");
    let text = desk.run(&["export", "talks/ferry.txt", "--template", "list.txt"]).well();
    assert_eq!(text, "* tea urn\n* forty years\n");
}

#[test]
fn a_template_that_is_wrong_says_where() {
    let desk = talks().with("a.txt", "one\n{% for %}").with("b.txt", "one\n\n{{ documents[0].colour.x }}");
    says(&desk.run(&["export", "talks/ferry.txt", "--template", "a.txt"]).refused(), &["a.txt:2:"]);
    says(&desk.run(&["export", "talks/ferry.txt", "--template", "b.txt"]).refused(), &["b.txt:3:", "--help"]);
    says(&desk.run(&["export", "talks/ferry.txt", "--template", "c.txt"]).refused(), &["c.txt"]);
}

#[test]
fn an_unknown_format_lists_those_there_are() {
    says(&talks().run(&["export", "talks/ferry.txt", "--to", "papyrus"]).refused(), &["papyrus", "markdown", "qdpx"]);
}

#[test]
fn a_format_is_asked_for() {
    says(&talks().run(&["export", "talks/ferry.txt"]).refused(), &["--to"]);
}

#[test]
fn notes_that_cannot_be_read_are_not_left_out_in_silence() {
    let desk = Desk::new().with_ferry().with("annotations/ferry.txt.yaml", "interleaf: annotations/1\nannotations: [{");
    says(&desk.run(&["export", "ferry.txt", "--to", "json"]).refused(), &["ferry.txt.yaml", "line"]);
}

#[test]
fn what_is_open_comes_out_as_the_questions_for_the_next_interview() {
    let desk = Desk::new().with("talks/ferry.txt", crate::desk::FERRY).with("talks/boat.txt", crate::desk::FERRY);
    let ask = |file: &str, quote: &str, words: &[&str]| {
        let path = format!("talks/{file}");
        let mut arguments = vec!["note", &path, "--quote", quote, "--kind", "follow-up"];
        arguments.extend(words);
        desk.run(&arguments).well();
    };
    ask("boat.txt", "tea urn", &["--note", "Which urn?"]);
    ask("ferry.txt", "forty years", &["--note", "Since when?", "--due", "2026-03-04"]);
    ask("ferry.txt", "his teeth", &["--note", "Never.", "--status", "dropped"]);
    ask("ferry.txt", "Nobody asked", &["--note", "Nobody?", "--status", "asked"]);
    let list = desk.run(&["export", "talks", "--to", "questions"]).well();
    let at = |words: &str| list.find(words).unwrap_or_else(|| panic!("{words} is not in\n{list}"));
    assert!(at("- [ ] Since when? · due 2026-03-04") < at("- [ ] Which urn?"), "{list}");
    assert!(at("- [ ] Which urn?") < at("## Asked, and not answered yet"), "{list}");
    assert!(at("“forty years” — TOM BELLIS, *The Last Ferry*, 00:00:35") < at("Nobody?"), "{list}");
    assert!(!list.contains("Never."));
}
