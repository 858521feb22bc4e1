//! What the screen shows as saved is saved.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, NOTES, wait_until};
use crate::reader::Reader;

/// Writes a note on the first question.
fn write(reader: &mut Reader, words: &str) {
    reader.is_ready();
    reader.keys("] q a");
    reader.sees("Esc saves");
    reader.types(words);
    reader.sees(words);
    reader.keys("Esc");
    reader.sees_no_more("Esc saves");
}

#[test]
fn a_saved_note_survives_kill_9() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    write(&mut reader, "Who let him?");
    reader.sees("Saved.");
    reader.signal("KILL");
    reader.ends();
    let mut reader = desk.open("ferry.txt");
    reader.sees("1 note");
    reader.keys("] n p");
    reader.sees("Who let him?");
}

#[test]
fn a_note_in_the_editor_survives_kill_9_and_is_offered_again() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("] q a");
    reader.sees("Esc saves");
    reader.types("Half a thought");
    reader.sees("Half a thought");
    wait_until("a draft is kept", || holds(&desk.home(), "Half a thought"));
    reader.signal("KILL");
    reader.ends();
    assert_eq!(desk.files(), ["ferry.txt"]);
    let mut reader = desk.open("ferry.txt");
    reader.sees("Not saved last time: “Half a thought”.");
    reader.keys("y");
    reader.sees("Esc saves");
    reader.sees("Half a thought");
    reader.keys("Ctrl-s");
    reader.sees("Saved.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(desk.read(NOTES).contains("Half a thought"));
}

#[test]
fn a_note_that_was_saved_is_not_offered_as_a_draft() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    write(&mut reader, "Who let him?");
    reader.sees("Saved.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(!holds(&desk.home(), "Who let him?"), "a draft is left");
    let reader = desk.open("ferry.txt");
    reader.sees("1 note");
    assert!(!reader.screen().contains("Not saved"), "{}", reader.screen());
}

/// Whether any file of YAML below a folder holds these words; what is only being written does not count.
fn holds(folder: &Path, words: &str) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
        path.is_dir() && holds(&path, words)
            || is_yaml && fs::read_to_string(path).is_ok_and(|text| text.contains(words))
    })
}

#[test]
fn quitting_at_once_loses_nothing() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("] q h m q");
    assert_eq!(reader.ends(), 0);
    let file = desk.read(NOTES);
    assert!(file.contains("kind: highlight") && file.contains("kind: bookmark"), "{file}");
}

#[test]
fn a_closed_terminal_loses_nothing_that_was_marked() {
    for signal in ["HUP", "TERM"] {
        let desk = Desk::with_ferry();
        let mut reader = desk.open("ferry.txt");
        reader.is_ready();
        reader.keys("] q h");
        reader.sees("Marked as highlight.");
        reader.signal(signal);
        reader.ends();
        assert!(desk.read(NOTES).contains("kind: highlight"), "{signal}");
    }
}

#[test]
fn nothing_is_written_before_the_first_annotation() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("j Space } ] q / urn Enter t");
    reader.sees("type to find a topic");
    reader.keys("Enter A q d d d q");
    assert_eq!(reader.ends(), 0);
    assert_eq!(desk.files(), ["ferry.txt"]);
    assert!(!desk.path("annotations").exists());
    assert_eq!(desk.read("ferry.txt"), crate::desk::FERRY);
}

#[test]
fn two_readers_of_one_interview_lose_nothing() {
    let desk = Desk::with_ferry();
    let mut one = desk.open("ferry.txt");
    let mut other = desk.open("ferry.txt");
    other.is_ready();
    write(&mut one, "From the one");
    one.sees("Saved.");
    // What the line below says of it may be covered by what it says of the other's note.
    other.keys("h");
    other.sees("▪");
    other.keys("q");
    assert_eq!(other.ends(), 0);
    one.keys("q");
    assert_eq!(one.ends(), 0);
    let file = desk.read(NOTES);
    assert!(file.contains("From the one") && file.contains("kind: highlight"), "{file}");
}

#[test]
fn the_readers_comments_in_the_file_stay() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    write(&mut reader, "Who let him?");
    reader.sees("Saved.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let file = desk.read(NOTES).replace("annotations:\n", "# by hand\nannotations:\n");
    fs::write(desk.path(NOTES), &file).unwrap();
    let mut reader = desk.open("ferry.txt");
    reader.sees("1 note");
    reader.keys("3 g h");
    reader.sees("Marked as highlight.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(desk.read(NOTES).starts_with(&file), "{}", desk.read(NOTES));
}

#[test]
fn what_others_write_appears_while_one_reads() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open_sized("ferry.txt", 120, 40);
    reader.is_ready();
    // There is no notebook yet: its coming is noticed too.
    assert_eq!(desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--note", "From a script."]).2, 0);
    reader.sees("From a script.");
    assert_eq!(desk.run(&["--annotator", "zoe", "note", "ferry.txt", "--quote", "eleven", "--note", "From Zoe."]).2, 0);
    reader.sees("From Zoe.");
    reader.sees("@zoe");
    fs::remove_dir_all(desk.path("annotations/@zoe")).unwrap();
    reader.sees_no_more("From Zoe.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}
