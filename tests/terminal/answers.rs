//! What the terminal tells besides keys: its background, that the window has the focus, keys in kitty's way.

use vt100::Color;

use crate::desk::Desk;
use crate::reader::Reader;

const COLORS: [(&str, &str); 1] = [("COLORTERM", "truecolor")];

fn colorful(desk: &Desk) -> Reader {
    let program = env!("CARGO_BIN_EXE_interleaf");
    let reader = Reader::start_with(desk, &[program.as_ref(), "ferry.txt".as_ref()], 80, 24, &COLORS);
    reader.is_ready();
    reader
}

/// Waits until the name of the first speaker has this colour.
fn has_the_name_in(reader: &Reader, color: Color) {
    reader.sees_that(&format!("the name in {color:?}"), |screen| {
        let row = (0..24).find(|row| screen.contents_between(*row, 0, *row, 80).contains("ADA PRYCE"));
        let Some(row) = row else { return false };
        let cells = (0..80).filter_map(|column| screen.cell(row, column));
        cells.into_iter().find(|cell| cell.contents() == "A").is_some_and(|cell| cell.fgcolor() == color)
    });
}

const ON_DARK: Color = Color::Rgb(110, 190, 240);
const ON_LIGHT: Color = Color::Rgb(0, 95, 155);

#[test]
fn the_colours_follow_the_background_that_the_terminal_tells() {
    let desk = Desk::with_ferry();
    let mut reader = colorful(&desk);
    assert!(reader.bytes().windows(8).any(|window| window == b"\x1b]11;?\x1b\\"), "it was not asked");
    has_the_name_in(&reader, ON_DARK);
    reader.send(b"\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\");
    has_the_name_in(&reader, ON_LIGHT);
    // None of it was a key: `]`, `r` and `g` would do something.
    assert!(!reader.screen().contains("read-only") && !reader.screen().contains("nswer"), "{}", reader.screen());
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
}

#[test]
fn an_answer_that_comes_in_pieces_is_one_all_the_same() {
    let desk = Desk::with_ferry();
    let mut reader = colorful(&desk);
    for piece in ["\x1b", "]1", "1;rgb:ff", "ff/ffff/ff", "ff", "\x1b", "\\"] {
        reader.types(piece);
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    has_the_name_in(&reader, ON_LIGHT);
    reader.keys("] q h");
    reader.sees("Marked as highlight.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_answer_that_comes_as_the_program_ends_is_not_left_to_the_shell() {
    let desk = Desk::with_ferry();
    let script = format!("{} ferry.txt; echo READY; read line; echo GOT=$line=", env!("CARGO_BIN_EXE_interleaf"));
    let words = ["sh".as_ref(), "-c".as_ref(), script.as_ref()];
    let mut reader = Reader::start_with(&desk, &words, 80, 24, &COLORS);
    reader.has_the_screen();
    reader.send(b"q\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    reader.sees("READY");
    reader.send(b"end\r");
    reader.sees("GOT=end=");
}

#[test]
fn a_theme_that_is_chosen_stays_whatever_the_terminal_tells() {
    let desk = Desk::with_ferry();
    let mut reader = colorful(&desk);
    reader.keys(":");
    reader.types("theme light\r");
    has_the_name_in(&reader, ON_LIGHT);
    reader.send(b"\x1b]11;rgb:0000/0000/0000\x07");
    reader.keys("j");
    reader.sees_no_more("Colours: light");
    has_the_name_in(&reader, ON_LIGHT);
    reader.keys(":");
    reader.types("theme auto\r");
    has_the_name_in(&reader, ON_DARK);
}

#[test]
fn terminals_without_colours_are_not_asked() {
    let desk = Desk::with_ferry();
    let program = env!("CARGO_BIN_EXE_interleaf");
    for environment in [("NO_COLOR", "1"), ("TERM", "linux")] {
        let words = [program.as_ref(), "ferry.txt".as_ref()];
        let reader = Reader::start_with(&desk, &words, 80, 24, &[COLORS[0], environment]);
        reader.is_ready();
        assert!(!reader.bytes().windows(4).any(|window| window == b"\x1b]11"), "{environment:?}");
    }
}

#[test]
fn keys_in_kittys_way_are_keys() {
    let desk = Desk::with_ferry();
    let mut reader = colorful(&desk);
    // Ctrl-i is not Tab there, and leads forward through the jumps.
    reader.keys("2 ] q Ctrl-o");
    reader.types("\x1b[105;5u");
    reader.keys("v $");
    reader.sees("SELECT");
    reader.types("\x1b[27u");
    reader.sees_no_more("SELECT");
    reader.keys("h");
    reader.sees("Marked as highlight.");
    reader.types("\x1b[117u");
    reader.sees_no_more("Marked as highlight.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn coming_back_to_the_window_presses_no_keys() {
    let desk = Desk::with_ferry();
    let mut reader = colorful(&desk);
    let before = reader.screen();
    reader.types("\x1b[O\x1b[I");
    reader.keys("v");
    reader.sees("SELECT");
    reader.keys("v");
    reader.sees_no_more("SELECT");
    assert_eq!(reader.screen(), before);
}

#[test]
fn keys_that_are_typed_while_a_document_opens_are_kept() {
    let mut talk = String::from("A Long Talk\n\n");
    for number in 1..=4000 {
        talk.push_str(&format!("ADA PRYCE: Question {number}?\n\nTOM BELLIS: Answer {number}, at some length.\n\n"));
    }
    let desk = Desk::new().with("long.txt", talk);
    let mut reader = desk.open("long.txt");
    reader.keys("8 1 G a");
    reader.sees("Esc saves");
    reader.types("typed ahead");
    reader.keys("Ctrl-s");
    reader.sees_no_more("Esc saves");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let notes = desk.read("annotations/long.txt.yaml");
    assert!(notes.contains("quote: Question 41?") && notes.contains("typed ahead"), "{notes}");
}

const LINKED: &str = "\
interleaf: interview/1
title: Link in the Chain
source:
  url: https://example.org/talks/7?a=b
  publisher: The Chain
speakers:
- {id: ada, name: Ada Pryce, role: interviewer}
- {id: tom, name: Tom Bellis, role: guest}
turns:
- {speaker: ada, text: \"Where is it written?\"}
- {speaker: tom, text: \"On https://example.com/elsewhere, among other places.\"}
";

#[test]
fn the_address_of_the_document_is_a_link_and_nothing_in_its_text_is() {
    let desk = Desk::new().with("linked.yaml", LINKED);
    let mut reader = desk.open("linked.yaml");
    reader.sees("example.com/elsewhere");
    reader.is_ready();
    assert!(!contains(&reader, "\x1b]8;"), "a link before it is asked for");
    reader.keys("R");
    reader.sees("https://example.org/talks/7?a=b");
    reader.gets("\x1b]8;id=source;https://example.org/talks/7?a=b\x1b\\https://");
    reader.keys("q");
    reader.sees("example.com/elsewhere");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    assert!(!contains(&reader, "\x1b]8;id=source;https://example.com"), "a link from the text");
    assert!(!reader.bytes().ends_with(b"\x1b]8;id"));
}

#[test]
fn an_address_that_is_none_is_no_link() {
    let odd = LINKED.replace("https://example.org/talks/7?a=b", "\"javascript:alert(1)\"");
    let desk = Desk::new().with("linked.yaml", odd);
    let mut reader = desk.open("linked.yaml");
    reader.is_ready();
    reader.keys("R");
    reader.sees("javascript:alert(1)");
    assert!(!contains(&reader, "\x1b]8;"));
}

fn contains(reader: &Reader, wanted: &str) -> bool {
    reader.bytes().windows(wanted.len()).any(|window| window == wanted.as_bytes())
}
