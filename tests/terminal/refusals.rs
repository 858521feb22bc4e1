//! What cannot be read is refused before the screen is taken: exit code 2, the file's name, and what to do.

use crate::desk::Desk;
use crate::reader::Reader;

#[track_caller]
fn refused(desk: &Desk, arguments: &[&str], says: &[&str]) {
    let mut words = vec![std::ffi::OsStr::new(env!("CARGO_BIN_EXE_interleaf"))];
    words.extend(arguments.iter().map(std::ffi::OsStr::new));
    let mut reader = Reader::start(desk, &words, 200, 24);
    assert_eq!(reader.ends(), 2, "{}", reader.screen());
    for part in says {
        reader.sees(part);
    }
    assert!(!reader.bytes().windows(8).any(|window| window == b"\x1b[?1049h"), "the screen was taken");
}

#[test]
fn a_missing_file() {
    refused(&Desk::new(), &["nowhere.txt"], &["nowhere.txt", "no such file", "check the spelling"]);
}

#[test]
fn an_empty_file() {
    refused(&Desk::new().with("empty.txt", ""), &["empty.txt"], &["empty.txt", "empty"]);
}

#[test]
fn a_file_of_blanks() {
    refused(&Desk::new().with("blank.txt", "\n \n\t\n"), &["blank.txt"], &["blank.txt"]);
}

#[test]
fn a_binary_file() {
    let mut bytes = b"\x7fELF\x02\x01\x01\x00".to_vec();
    bytes.extend((0..2000u32).flat_map(|n| (n.wrapping_mul(2_654_435_761)).to_le_bytes()));
    refused(&Desk::new().with("program", bytes), &["program"], &["program"]);
}

#[test]
fn an_unknown_flag() {
    refused(&Desk::with_ferry(), &["--bilingaul", "ferry.txt"], &["--bilingaul"]);
}

#[test]
fn a_terminal_that_cannot_show_a_screen() {
    let desk = Desk::with_ferry();
    let program = env!("CARGO_BIN_EXE_interleaf");
    let words = [program.as_ref(), "ferry.txt".as_ref()];
    let mut reader = Reader::start_with(&desk, &words, 120, 24, &[("TERM", "dumb")]);
    reader.sees("“dumb”");
    reader.sees("interleaf show");
    assert_eq!(reader.ends(), 2);
}

#[test]
fn no_terminal() {
    let desk = Desk::with_ferry();
    let (output, errors, code) = desk.run(&["ferry.txt"]);
    assert_eq!((code, output.as_str()), (2, ""));
    assert!(errors.contains("a terminal is needed") && errors.contains("interleaf show"), "{errors}");
}

#[test]
fn a_folder_without_interviews() {
    let desk = Desk::new().with("papers/readme.md", "Nothing.\n").with("papers/data.bin", [0, 1, 2]);
    refused(&desk, &["papers"], &["papers", "no interview in this folder", "name a file"]);
}
