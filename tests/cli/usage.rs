//! Wrong usage and input that cannot be read: a message that says what to do, and exit code 2.

use crate::desk::{Desk, says};

#[test]
fn a_missing_file_is_named() {
    says(&Desk::new().run(&["show", "gone.txt"]).refused(), &["gone.txt", "no such file"]);
}

#[test]
fn a_folder_is_no_interview() {
    let desk = Desk::new().with("talks/notes.bin", [0]);
    says(&desk.run(&["show", "talks"]).refused(), &["talks", "folder"]);
}

#[test]
fn an_empty_file_is_named() {
    let desk = Desk::new().with("blank.txt", "");
    says(&desk.run(&["show", "blank.txt"]).refused(), &["blank.txt", "empty"]);
}

#[test]
fn a_program_is_no_interview() {
    let desk = Desk::new().with("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0");
    says(&desk.run(&["show", "program"]).refused(), &["program"]);
}

#[test]
fn an_unknown_flag_says_how_to_get_help() {
    says(&Desk::new().run(&["show", "--colour", "x"]).refused(), &["--colour", "--help"]);
}

#[test]
fn an_unknown_form_lists_those_there_are() {
    says(&Desk::new().run(&["show", "x.txt", "--to", "pdf"]).refused(), &["pdf", "json", "markdown"]);
}

#[test]
fn a_path_before_a_command_says_where_it_belongs() {
    says(&Desk::new().run(&["x.txt", "show", "y.txt"]).refused(), &["x.txt", "./x.txt"]);
}

#[test]
fn without_words_the_help_is_shown() {
    says(&Desk::new().run(&[]).well(), &["Usage:", "show"]);
}

#[test]
fn the_version_is_shown() {
    says(&Desk::new().run(&["--version"]).well(), &["interleaf", env!("CARGO_PKG_VERSION")]);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new().with("long.txt", "ADA: Who said so?\n\nTOM: I did, twice.\n\n".repeat(20_000));
    let script = format!("{} show long.txt | head -n 1", env!("CARGO_BIN_EXE_interleaf"));
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(desk.path("")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
