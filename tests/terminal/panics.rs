//! A panic of the thread that draws gives the terminal back; that of another one leaves it to the reader.

use std::ffi::OsStr;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use interleaf::terminal::Screen;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::desk::Desk;
use crate::reader::Reader;

/// Runs one of the tests below in a pseudo-terminal, which takes the terminal there.
fn play(desk: &Desk, scene: &str) -> Reader {
    let program = std::env::current_exe().unwrap();
    let words =
        [program.as_os_str(), OsStr::new("--exact"), OsStr::new(scene), "--ignored".as_ref(), "--nocapture".as_ref()];
    Reader::start(desk, &words, 80, 24)
}

/// Writes words in the upper left.
fn written(words: &str) -> impl FnOnce(&mut Buffer) -> Option<(u16, u16)> {
    move |buffer| {
        buffer.set_string(0, 0, words, Style::new());
        None
    }
}

#[test]
#[ignore = "takes the terminal, and is run in one by the tests below"]
fn the_drawing_thread_panics() {
    let mut screen = Screen::take(|_| {}).unwrap();
    screen.draw((80, 24), &[], written("DRAWN")).unwrap();
    thread::sleep(Duration::from_millis(100));
    screen.draw((80, 24), &[], |_| panic!("in the middle of a frame")).unwrap();
}

#[test]
#[ignore = "takes the terminal, and is run in one by the tests below"]
fn another_thread_panics() {
    let (tell, told) = mpsc::channel();
    let mut screen = Screen::take(move |panic| tell.send(panic.to_owned()).unwrap()).unwrap();
    thread::spawn(|| panic!("while reading a file")).join().unwrap_err();
    let told = told.recv().unwrap().replace('\n', " ");
    screen.draw((80, 24), &[], written(&format!("TOLD {told}"))).unwrap();
    thread::sleep(Duration::from_millis(500));
}

#[test]
fn of_the_thread_that_draws() {
    let desk = Desk::new();
    let mut reader = play(&desk, "panics::the_drawing_thread_panics");
    reader.sees("DRAWN");
    reader.sees("in the middle of a frame");
    assert_eq!(reader.ends(), 101);
    reader.is_given_back();
}

#[test]
fn of_another_thread() {
    let desk = Desk::new();
    let mut reader = play(&desk, "panics::another_thread_panics");
    reader.sees("TOLD");
    reader.has_the_screen();
    reader.sees("while reading a file");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
    // What Rust reports by itself would be over the screen.
    let bytes = String::from_utf8_lossy(&reader.bytes()).into_owned();
    assert!(!bytes.contains("thread '"), "{bytes}");
}
