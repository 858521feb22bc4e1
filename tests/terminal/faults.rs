//! Files and folders that are not as they should be.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::desk::{Desk, FERRY, NOTES};
use crate::reader::Reader;

#[test]
fn broken_annotations_open_read_only_with_the_line_and_are_never_written_over() {
    let broken = "interleaf: annotations/1\nannotations:\n- id: 01A\n  kind: [note\n  note: |\n    Mine.\n";
    let desk = Desk::with_ferry().with(NOTES, broken);
    let mut reader = desk.open_sized("ferry.txt", 200, 24);
    reader.sees("Read-only:");
    reader.sees("ferry.txt.yaml:");
    let screen = reader.screen();
    assert!(screen.contains("ferry.txt.yaml: line 4, column 9:"), "{screen}");
    reader.keys("] q h a A x");
    reader.sees("No notes yet.");
    reader.keys("q q");
    assert_eq!(reader.ends(), 0);
    assert_eq!(desk.read(NOTES), broken);
    let (output, _, code) = desk.run(&["check", "ferry.txt"]);
    assert_eq!(code, 1);
    assert!(output.contains("ferry.txt.yaml: line 4, column 9:"), "{output}");
}

#[test]
fn annotations_that_are_mended_meanwhile_are_taken_in_and_can_be_written() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("] q h");
    desk.waits_for(NOTES);
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let good = desk.read(NOTES);
    let desk = desk.with(NOTES, good.replace("kind: highlight", "kind: [highlight"));
    let mut reader = desk.open_sized("ferry.txt", 120, 24);
    reader.sees("Read-only:");
    // Mended half, and broken elsewhere: still nothing is written.
    fs::write(desk.path(NOTES), good.replace("annotations:", "annotations: [")).unwrap();
    fs::write(desk.path(NOTES), &good).unwrap();
    reader.sees("▪ highlight");
    reader.keys("} m");
    reader.sees("★ bookmark");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let file = desk.read(NOTES);
    assert!(file.contains("kind: highlight") && file.contains("kind: bookmark"), "{file}");
}

#[test]
fn annotations_that_vanish_are_written_again() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("] q h");
    desk.waits_for(NOTES);
    fs::remove_file(desk.path(NOTES)).unwrap();
    reader.keys("} m");
    reader.sees("Marked as bookmark.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let file = desk.read(NOTES);
    assert!(file.contains("kind: highlight") && file.contains("kind: bookmark"), "{file}");
}

#[test]
fn a_document_without_speakers_is_prose() {
    let desk = Desk::new().with("prose.txt", "It rained.\n\nIt went on raining, as it does.\n");
    let mut reader = desk.open("prose.txt");
    reader.sees("It went on raining");
    reader.is_ready();
    reader.keys("j h");
    reader.sees("Marked as highlight.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn one_line_of_a_megabyte_is_read_and_scrolled() {
    let line = "and the tide came in over the slipway, as it does, ".repeat(20_000);
    let desk = Desk::new().with("line.txt", format!("ADA PRYCE: Why?\n\nTOM BELLIS: Because {line} the end.\n"));
    let mut reader = desk.open("line.txt");
    reader.sees("TOM BELLIS");
    reader.keys("G");
    reader.sees("the end.");
    reader.keys("g");
    reader.sees("Why?");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn invalid_bytes_are_read_as_what_they_most_likely_are() {
    let desk = Desk::new().with("latin.txt", b"ADA PRYCE: Caf\xe9 ou th\xe9, d\xe9j\xe0?\n\nTOM BELLIS: Th\xe9.\n");
    let reader = desk.open("latin.txt");
    reader.sees("Café ou thé, déjà?");
}

/// Another user, who may not do everything: for tests that root would pass by.
struct Nobody {
    program: std::path::PathBuf,
    is_root: bool,
}

impl Nobody {
    /// `None`, with a word about it, where there is no way to be anybody else.
    fn at(desk: &Desk) -> Option<Self> {
        let id = String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap();
        let is_root = id.trim() == "0";
        let may = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        // Nobody may read it where the build lies.
        let program = desk.talks().parent().unwrap().join("interleaf");
        fs::copy(env!("CARGO_BIN_EXE_interleaf"), &program).unwrap();
        may(&program, 0o755);
        may(desk.talks().parent().unwrap(), 0o755);
        may(&desk.home(), 0o777);
        if is_root && !Command::new("setpriv").arg("--version").output().is_ok_and(|output| output.status.success()) {
            println!("skipped: root may write everywhere, and setpriv is not there to be somebody else");
            return None;
        }
        Some(Self { program, is_root })
    }

    fn open(&self, desk: &Desk, name: &str) -> Reader {
        let mut words: Vec<&OsStr> = Vec::new();
        if self.is_root {
            words.extend(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"].map(OsStr::new));
        }
        words.extend([self.program.as_os_str(), OsStr::new(name)]);
        Reader::start(desk, &words, 80, 24)
    }
}

#[test]
fn in_a_folder_that_cannot_be_written_notes_go_to_the_readers_own() {
    let desk = Desk::with_ferry();
    let Some(nobody) = Nobody::at(&desk) else { return };
    fs::set_permissions(desk.talks(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut reader = nobody.open(&desk, "ferry.txt");
    reader.sees("Notes go to ~");
    reader.keys("] q h");
    reader.sees("Marked as highlight.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let mut reader = nobody.open(&desk, "ferry.txt");
    reader.sees("interleaf/annotations: this folder is read-only");
    reader.keys("j");
    reader.sees("1 note");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    fs::set_permissions(desk.talks(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(desk.files(), ["ferry.txt"]);
}

#[test]
fn annotations_that_cannot_be_written_are_kept_in_memory_and_asked_about() {
    let desk = Desk::with_ferry().with(NOTES, "interleaf: annotations/1\ninterview: ferry.txt\nannotations: []\n");
    let Some(nobody) = Nobody::at(&desk) else { return };
    fs::set_permissions(desk.path(NOTES), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(desk.path("annotations"), fs::Permissions::from_mode(0o555)).unwrap();
    let mut reader = nobody.open(&desk, "ferry.txt");
    reader.is_ready();
    reader.keys("] q h");
    reader.sees("Not saved, kept in memory:");
    reader.keys("q");
    reader.sees("Lose what is not saved?");
    reader.sees("y/n");
    reader.keys("n j");
    reader.sees("NOT SAVED");
    reader.keys("q y");
    assert_eq!(reader.ends(), 2);
    reader.is_given_back();
    reader.sees("not saved:");
    fs::set_permissions(desk.path("annotations"), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(!desk.read(NOTES).contains("highlight"));
}

#[test]
fn a_document_that_may_not_be_read_is_refused() {
    let desk = Desk::new().with("secret.txt", FERRY);
    let Some(nobody) = Nobody::at(&desk) else { return };
    fs::set_permissions(desk.path("secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let mut reader = nobody.open(&desk, "secret.txt");
    reader.sees("cannot be read");
    reader.sees("check its permissions");
    assert_eq!(reader.ends(), 2);
}
