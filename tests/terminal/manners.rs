//! The terminal is taken and given back, whatever happens.

use crate::desk::Desk;
use crate::reader::Reader;

#[test]
fn the_terminal_is_given_back_at_the_end() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.has_the_screen();
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
}

#[test]
fn the_terminal_is_given_back_when_the_program_is_told_to_end() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let desk = Desk::with_ferry();
        let mut reader = desk.open("ferry.txt");
        // At once, before the notes are there.
        reader.has_the_screen();
        reader.signal(signal);
        assert_eq!(reader.ends(), code, "{signal}");
        reader.is_given_back();
    }
}

#[test]
fn the_terminal_is_given_back_from_the_middle_of_a_note() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("a");
    reader.sees("Esc saves");
    reader.signal("TERM");
    assert_eq!(reader.ends(), 143);
    reader.is_given_back();
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_takes_it_again() {
    let desk = Desk::with_ferry();
    let script =
        format!("set -m; {} ferry.txt; echo STOPPED; read go; fg; echo ENDED", env!("CARGO_BIN_EXE_interleaf"));
    let mut reader = Reader::start(&desk, &["sh".as_ref(), "-c".as_ref(), script.as_ref()], 80, 24);
    reader.is_ready();
    reader.keys("Ctrl-z");
    reader.sees("STOPPED");
    reader.sees_that("the shell's screen", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    reader.send(b"go\r");
    reader.has_the_screen();
    reader.sees("When did you first take the wheel?");
    reader.keys("] q h");
    reader.sees("Marked as highlight.");
    reader.keys("q");
    reader.sees("ENDED");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
}

#[test]
fn a_window_of_another_size_is_drawn_anew() {
    let desk = Desk::with_ferry();
    let reader = desk.open("ferry.txt");
    reader.is_ready();
    assert!(!reader.screen().contains('│'));
    reader.resize(130, 40);
    reader.sees("│");
    reader.sees("When did you first take the wheel?");
    reader.resize(19, 5);
    reader.sees("20x6 needed");
    reader.resize(80, 24);
    reader.sees("When did you first take the wheel?");
    reader.sees_no_more("│");
}

#[test]
fn a_storm_of_resizes_ends_at_the_last_size() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    for columns in (30..=130).chain((60..130).rev()) {
        reader.resize(columns, 30);
    }
    reader.sees_that("the last size", |screen| {
        screen.rows(0, 80).nth(28).is_some_and(|row| row.starts_with('─') && row.chars().count() == 60)
            && !screen.contents().contains('│')
    });
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn a_key_at_the_moment_of_another_size_waits_for_nothing() {
    for _ in 0..8 {
        let desk = Desk::with_ferry();
        let mut reader = desk.open("ferry.txt");
        reader.is_ready();
        for columns in 70..90 {
            reader.resize(columns, 30);
        }
        reader.keys("q");
        assert_eq!(reader.ends(), 0);
    }
}

#[test]
fn a_held_key_is_drawn_in_few_frames() {
    let mut talk = String::from("A Long Talk\n\n");
    for number in 1..=200 {
        talk.push_str(&format!("ADA PRYCE: Question {number}?\n\nTOM BELLIS: Answer {number}, at some length.\n\n"));
    }
    let desk = Desk::new().with("long.txt", talk);
    let mut reader = desk.open("long.txt");
    reader.is_ready();
    let before = reader.bytes().len();
    reader.types(&"j".repeat(300));
    reader.keys("G");
    reader.sees("Answer 200");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let bytes = reader.bytes();
    let frames = bytes[before..].windows(8).filter(|window| window == b"\x1b[?2026h").count();
    assert!(frames <= 30, "{frames} frames for 300 keys");
}

#[test]
fn escape_sequences_of_a_document_never_reach_the_terminal() {
    let evil = "\
ADA PRYCE: Say \x1b]0;OWNED\x07it \x1b[2J\x1b[31magain\u{9b}5m, \x1b]52;c;aGFja2Vk\x07please \u{202e}gnp.exe.

TOM BELLIS: No\x08\x08\x7f thanks.\x1b[?1049l
";
    let desk = Desk::new().with("evil.txt", evil);
    let mut reader = desk.open_sized("evil.txt", 120, 30);
    reader.sees("Say ␛]0;OWNED␇it");
    reader.keys("A");
    reader.sees("No notes yet.");
    reader.keys("q ] q h");
    reader.sees("Marked as highlight.");
    reader.keys("A");
    reader.sees("1 of 1 notes");
    reader.keys("q / OWNED Enter y R");
    reader.sees("How this was read");
    reader.keys("q q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
    let bytes = reader.bytes();
    let has = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    for wanted in ["\x1b]0;", "\x1b]52;c;aGFja2Vk", "\x1b[2J\x1b[31m", "\u{9b}", "\u{202e}", "\x07it", "\x08"] {
        assert!(!has(wanted.as_bytes()), "{wanted:?} reached the terminal");
    }
}

#[test]
fn pasted_text_is_typed_and_presses_no_keys() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.send(b"\x1b[200~qqhh\x1b[201~");
    reader.keys("] q a");
    reader.sees("Esc saves");
    reader.send("\x1b[200~two\rlines 两行\x1b[201~".as_bytes());
    reader.sees("lines 两行");
    reader.keys("Ctrl-s");
    reader.sees("Saved.");
    assert!(desk.read(crate::desk::NOTES).contains("    two\n    lines 两行\n"), "{}", desk.read(crate::desk::NOTES));
}

#[test]
fn the_mouse_scrolls_clicks_and_selects() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    let screen = reader.screen();
    let row = screen.lines().position(|line| line.contains("I was eleven.")).unwrap() + 1;
    let column = screen.lines().nth(row - 1).unwrap().chars().take_while(|c| *c != 'I').count() + 1;
    let mouse = |button: u8, x: usize, y: usize, end: char| format!("\x1b[<{button};{x};{y}{end}");
    reader.types(&mouse(0, column, row, 'M'));
    reader.types(&mouse(32, column + 12, row, 'M'));
    reader.types(&mouse(0, column + 12, row, 'm'));
    reader.sees("SELECT");
    reader.keys("h");
    reader.sees("Marked as highlight.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(desk.read(crate::desk::NOTES).contains("quote: I was eleven"), "{}", desk.read(crate::desk::NOTES));
}

#[test]
fn a_copied_quotation_goes_to_the_clipboard_of_the_terminal() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("] q y");
    reader.sees("Copied with its reference.");
    let bytes = reader.bytes();
    assert!(bytes.windows(5).any(|window| window == b"\x1b]52;"));
}

#[test]
fn a_reader_who_rests_draws_nothing() {
    let desk = Desk::with_ferry();
    let mut reader = desk.open("ferry.txt");
    reader.is_ready();
    reader.keys("j");
    reader.is_ready();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let before = reader.bytes().len();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(reader.bytes().len(), before);
}
