//! `interleaf show`.

use serde_json::json;

use crate::desk::{Desk, says};

#[test]
fn shows_who_says_what() {
    let text = Desk::new().with_ferry().run(&["show", "ferry.txt"]).well();
    says(
        &text,
        &[
            "The Last Ferry",
            "[00:00:04] ",
            "When did you first take the wheel?",
            "He found them in the tea urn, you know.",
        ],
    );
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn reads_standard_input() {
    let text = Desk::new().run_with_input(&["show", "-"], "ADA PRYCE: Who steered?\n\nTOM BELLIS: I did.\n").well();
    says(&text, &["Who steered?", "I did."]);
}

#[test]
fn the_json_has_the_whole_interview() {
    let object = Desk::new().with_ferry().run(&["show", "ferry.txt", "--to", "json"]).json();
    let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wanted =
        ["title", "subtitle", "language", "date", "source", "speakers", "front", "turns", "back", "topics", "warnings"];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
    let turns = object["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 4);
    assert_eq!(turns[1]["paragraphs"].as_array().unwrap().len(), 2);
    assert_eq!(turns[1]["time"], json!("00:00:09"));
    assert_eq!(turns[1]["label"], json!("read"));
    assert_eq!(turns[1]["confidence"], json!(null));
    let ids: Vec<_> = object["speakers"].as_array().unwrap().iter().map(|speaker| &speaker["id"]).collect();
    assert!(ids.contains(&&turns[1]["speaker"]));
}

#[test]
fn yaml_is_the_native_format() {
    let text = Desk::new().with_ferry().run(&["show", "ferry.txt", "--to", "yaml"]).well();
    says(&text, &["interleaf: interview/1\n", "title: The Last Ferry\n", "time: \"00:00:09\"\n"]);
}

#[test]
fn markdown_has_bold_names() {
    let text = Desk::new().with_ferry().run(&["show", "ferry.txt", "--to", "markdown"]).well();
    says(&text, &["Pryce:** When did you first", "# The Last Ferry"]);
}

#[test]
fn a_file_is_not_written_over_unless_asked() {
    let desk = Desk::new().with_ferry().with("out.txt", "mine");
    says(&desk.run(&["show", "ferry.txt", "-o", "out.txt"]).refused(), &["out.txt", "--force"]);
    assert_eq!(desk.read("out.txt"), "mine");
    desk.run(&["show", "ferry.txt", "-o", "out.txt", "--force"]).well();
    says(&desk.read("out.txt"), &["tea urn"]);
}

#[test]
fn a_folder_that_is_not_there_cannot_be_written_to() {
    let desk = Desk::new().with_ferry();
    says(&desk.run(&["show", "ferry.txt", "-o", "none/out.txt"]).refused(), &["none/out.txt", "cannot be written"]);
}

#[test]
fn escape_sequences_never_reach_a_terminal() {
    let desk = Desk::new().with("evil.txt", "ADA: Who\u{1b}]0;owned\u{7}?\n\nTOM: I\u{1b}[31m did.\n");
    let text = desk.run(&["show", "evil.txt", "--color", "always"]).well();
    assert!(!text.contains("\u{1b}]0") && !text.contains("\u{1b}[31m") && !text.contains('\u{7}'), "{text:?}");
}

#[test]
fn the_report_says_how_the_document_was_understood() {
    let text = Desk::new().with_ferry().run(&["show", "ferry.txt", "--report"]).well();
    says(
        &text,
        &["format", "text, since", "encoding", "UTF-8", "Speakers", "interviewer, 2 turns, 12 words", "Left out"],
    );
    assert!(!text.contains("teeth"), "the report has no words of the interview");
}

#[test]
fn captions_have_the_times_that_the_interview_has() {
    let desk = Desk::new().with_ferry().with("untimed.txt", "ADA: Who steered?\n\nTOM: I did, for years.\n");
    says(
        &desk.run(&["show", "ferry.txt", "--to", "vtt"]).well(),
        &["WEBVTT", "00:00:04.000 --> 00:00:09.000\n<v Ada Pryce>When did you"],
    );
    says(&desk.run(&["show", "ferry.txt", "--to", "srt"]).well(), &["00:00:31,000 --> 00:00:35,000\nAda Pryce: And"]);
    for form in ["vtt", "srt"] {
        says(&desk.run(&["show", "untimed.txt", "--to", form]).refused(), &["untimed.txt", "no timecodes"]);
    }
}

#[test]
fn captions_say_what_they_leave_out() {
    let bilingual = "interleaf: interview/1\nfront: A short talk.\nturns:\n- time: \"0:01\"\n  text: Why?\n  translation: 为什么？\n";
    let desk = Desk::new().with("talk.yaml", bilingual).with_ferry();
    let said = |file: &str| desk.run(&["show", file, "--to", "srt"]).err;
    says(&said("talk.yaml"), &["talk.yaml: captions leave out the translation and what stands before the talk"]);
    assert!(!said("ferry.txt").contains("translation"));
}

#[test]
fn a_page_and_a_transcription_are_whole_files() {
    let desk = Desk::new().with_ferry();
    says(
        &desk.run(&["show", "ferry.txt", "--to", "html"]).well(),
        &["<!DOCTYPE html>", "He found them in the tea urn, you know.", "</html>"],
    );
    says(&desk.run(&["show", "ferry.txt", "--to", "tei"]).well(), &["<TEI ", "<seg>He found them", "</TEI>"]);
}
