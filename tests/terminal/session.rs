//! One reading session from the first page to the exported notes.

use crate::desk::{Desk, NOTES};

/// Opens, jumps, writes a note with wide characters, closes, comes back, finds it and takes it away.
fn a_note_is_written_found_again_and_exported(columns: u16, rows: u16) {
    let desk = Desk::with_ferry();
    let mut reader = desk.open_sized("ferry.txt", columns, rows);
    reader.has_the_screen();
    reader.sees("When did you first take the wheel?");
    reader.is_ready();

    reader.keys("2 ] q a");
    reader.sees("Esc saves");
    reader.types("为什么是茶壶？ Why the tea urn, cafe\u{301}");
    reader.keys("Enter");
    reader.types("Ask his sister.");
    reader.sees("为什么是茶壶？ Why the tea urn");
    reader.sees("Ask his sister.");
    reader.keys("Esc");
    reader.sees_no_more("Esc saves");
    reader.sees("Saved.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();

    assert_eq!(desk.files(), [NOTES, "ferry.txt"]);
    let file = desk.read(NOTES);
    for line in [
        "interleaf: annotations/1",
        "quote: And who steered after that?",
        "为什么是茶壶？ Why the tea urn, cafe\u{301}",
    ] {
        assert!(file.contains(line), "{file}");
    }

    let mut reader = desk.open_sized("ferry.txt", columns, rows);
    reader.sees("1 note");
    reader.keys("g ] n p");
    reader.sees("为什么是茶壶？ Why the tea urn");
    reader.sees("Ask his sister.");
    reader.keys("Enter");
    reader.sees_no_more("Esc closes");
    reader.keys("E Enter");
    reader.sees("Exported to ferry-notes.md.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let exported = desk.read("ferry-notes.md");
    assert!(exported.contains("为什么是茶壶？ Why the tea urn"), "{exported}");
    assert!(exported.contains("And who steered after that?"), "{exported}");

    let (output, errors, code) = desk.run(&["export", "ferry.txt", "--to", "markdown"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(output, exported);
    let (output, _, code) = desk.run(&["notes", "ferry.txt", "--to", "json"]);
    assert_eq!(code, 0);
    assert!(output.contains("为什么是茶壶？ Why the tea urn"), "{output}");
    assert_eq!(desk.run(&["check", "ferry.txt"]).2, 0);
}

#[test]
fn on_eighty_columns() {
    a_note_is_written_found_again_and_exported(80, 24);
}

#[test]
fn on_a_hundred_and_twenty_columns() {
    a_note_is_written_found_again_and_exported(120, 40);
}

const KILN: &str = "\
A Kiln of One's Own

ADA PRYCE: What does the clay want?

INES DUARTE: To be left alone, mostly. I fire on Sundays.

ADA PRYCE: And the ash?

INES DUARTE: The ash is the glaze.
";

#[test]
fn a_whole_afternoon() {
    let desk = Desk::with_ferry().with("kiln.txt", KILN);
    // From the library into the interview.
    let mut reader = desk.open_sized(".", 120, 40);
    reader.sees("A Kiln of One's Own");
    reader.keys("/");
    reader.types("ferry");
    reader.sees("Interviews 1 of 2");
    reader.keys("Enter Enter");
    reader.is_ready();
    // Skim the questions, come back to the full text.
    reader.keys("d");
    reader.sees_no_more("I was eleven.");
    reader.keys("d d");
    reader.sees("I was eleven.");
    // Search, and mark what was found.
    reader.keys("g /");
    reader.types("tea urn");
    reader.sees("1 of 1");
    reader.keys("Enter i s #");
    reader.types("objects");
    reader.keys("Enter");
    reader.sees("objects");
    // A follow-up, moved on to asked.
    reader.keys("3 g f");
    reader.sees("Esc saves");
    reader.types("Ask the harbour.");
    reader.keys("Esc");
    reader.sees_no_more("Esc saves");
    reader.keys("s");
    reader.sees("follow-up asked");
    // The list, narrowed, and back to the words.
    reader.keys("A");
    reader.sees("2 of 2 notes");
    reader.keys("/");
    reader.types("tag:obj");
    reader.sees("1 of 2 notes");
    reader.keys("Enter Enter");
    reader.sees_no_more("1 of 2 notes");
    // Undo everything and do it again.
    reader.keys("u u u u");
    reader.sees_no_more("▪ highlight");
    reader.sees_no_more("◆ follow-up");
    reader.keys("Ctrl-r Ctrl-r Ctrl-r Ctrl-r");
    reader.sees("▪ highlight  objects");
    reader.sees("◆ follow-up asked");
    reader.keys("?");
    reader.sees("Keys: Reading");
    reader.keys("q");
    reader.sees_no_more("Keys: Reading");
    // Away with it, in two formats.
    reader.keys("E Enter");
    desk.waits_for("ferry-notes.md");
    reader.keys(":");
    reader.types("export html ../away.html\r");
    desk.waits_for("../away.html");
    // Back in the library: the follow-up is in the list, is answered there, and everything is found by its words.
    reader.keys("L");
    reader.sees("Interviews 1 of 2");
    reader.keys("Esc");
    reader.sees("A Kiln of One's Own");
    reader.keys("f");
    reader.sees("Ask the harbour.");
    reader.sees("asked  1");
    reader.keys("s");
    reader.sees("answered  1");
    reader.keys("S");
    reader.types("urn");
    reader.sees("He found them in the tea urn");
    reader.keys("Enter q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
    let (output, _, _) = desk.run(&["notes", "ferry.txt", "--kind", "follow-up"]);
    assert!(output.contains("Ask the harbour.") && output.contains("answered"), "{output}");
    for (file, words) in [("ferry-notes.md", "Ask the harbour."), ("../away.html", "Ask the harbour.")] {
        assert!(desk.read(file).contains(words), "{file}");
    }
}

#[test]
fn one_comes_back_to_where_one_was() {
    let mut talk = String::from("A Long Talk\n\n");
    for number in 1..=60 {
        talk.push_str(&format!("ADA PRYCE: Question {number}?\n\nTOM BELLIS: Answer {number}, at some length.\n\n"));
    }
    let desk = Desk::new().with("long.txt", talk);
    let mut reader = desk.open("long.txt");
    reader.is_ready();
    reader.keys("8 1 G");
    reader.sees("Question 41?");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let reader = desk.open("long.txt");
    reader.sees("Question 41?");
}

#[test]
fn a_note_is_finished_in_another_editor() {
    let desk = Desk::with_ferry().with("editor.sh", "#!/bin/sh\nprintf 'written elsewhere\\n' >> \"$1\"\n");
    let editor = format!("sh {}", desk.path("editor.sh").display());
    let program = env!("CARGO_BIN_EXE_interleaf");
    let words = [program.as_ref(), "ferry.txt".as_ref()];
    let mut reader = crate::reader::Reader::start_with(&desk, &words, 80, 24, &[("EDITOR", editor.as_str())]);
    reader.is_ready();
    reader.keys("] q a");
    reader.sees("Esc saves");
    reader.types("begun here, ");
    reader.keys("Ctrl-g");
    reader.sees("begun here, written elsewhere");
    reader.has_the_screen();
    reader.keys("Ctrl-s");
    reader.sees("Saved.");
    assert!(desk.read(NOTES).contains("begun here, written elsewhere"));
}
