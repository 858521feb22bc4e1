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
    assert!(at("“forty years” — Tom Bellis, *The Last Ferry*, 00:00:35") < at("Nobody?"), "{list}");
    assert!(!list.contains("Never."));
}

/// Runs a script in the folder of `desk`; exit code, standard output and standard error.
#[cfg(unix)]
fn sh(desk: &Desk, script: &str) -> (Option<i32>, String, String) {
    let program = env!("CARGO_BIN_EXE_interleaf");
    let output = std::process::Command::new("sh")
        .args(["-c", &script.replace("interleaf", program)])
        .current_dir(desk.path(""))
        .env("XDG_CONFIG_HOME", desk.path("config"))
        .env("XDG_STATE_HOME", desk.path("state"))
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// An interview with a note, whose export is larger than a pipe and than one block of a disk.
#[cfg(unix)]
fn large() -> Desk {
    let talk = "ADA: Who said so?\n\nTOM: I did, twice, and then the bell rang.\n\n".repeat(500);
    let desk = Desk::new().with("talk.txt", talk);
    desk.run(&["note", "talk.txt", "--quote", "Who said so?", "--nth", "1", "--note", "Who?"]).well();
    desk
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_leaves_no_half_file() {
    let desk = large();
    // A limit on the size of files is what a full disk is to the program that writes.
    let (code, _, err) = sh(&desk, "trap '' XFSZ; ulimit -f 8; interleaf export talk.txt --to html -o out.html");
    assert_eq!(code, Some(2), "{err}");
    says(&err, &["out.html", "cannot be written"]);
    let left: Vec<_> = std::fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().contains("out") && !name.to_string_lossy().starts_with('.')),
        "{left:?}"
    );
    let desk = desk.with("out.html", "as it was");
    sh(&desk, "trap '' XFSZ; ulimit -f 8; interleaf export talk.txt --to html -o out.html --force");
    assert_eq!(desk.read("out.html"), "as it was");
    if std::path::Path::new("/dev/full").exists() {
        for script in
            ["interleaf export talk.txt --to html > /dev/full", "interleaf export talk.txt --to html -o /dev/full"]
        {
            let (code, _, err) = sh(&desk, script);
            assert_eq!(code, Some(2), "{script}: {err}");
            says(&err, &["interleaf: ", "No space left"]);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_an_export_quietly() {
    let (_, out, err) = sh(&large(), "interleaf export talk.txt --to html | head -c 20");
    assert_eq!((out.as_str(), err.as_str()), ("<!DOCTYPE html>\n<htm", ""));
}
