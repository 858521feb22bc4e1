//! Whatever is pressed on whatever document: nothing panics, the cursor stays in the text, and undo leads back.
//!
//! `INTERLEAF_LONG=1 cargo test --test reader random` presses ten thousand keys on each of two dozen documents, in a minute.

use interleaf::app::{Action, Command, Mode, Mouse};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::session::Session;

/// Something that a reader may do.
#[derive(Clone, Debug)]
enum Act {
    Command(Command, Option<u32>),
    Type(char),
    Paste(&'static str),
    Mouse(Mouse, u16, u16),
    Resize(u16, u16),
}

fn act() -> impl Strategy<Value = Act> {
    let count = prop_oneof![4 => Just(None), 1 => (0u32..120).prop_map(Some), 1 => Just(Some(u32::MAX))];
    let mouse = prop_oneof![
        Just(Mouse::Press),
        Just(Mouse::Drag),
        Just(Mouse::Release),
        Just(Mouse::WheelDown),
        Just(Mouse::WheelUp)
    ];
    prop_oneof![
        10 => (prop::sample::select(Command::ALL), count).prop_map(|(command, count)| Act::Command(command, count)),
        3 => prop::sample::select(vec!['a', 'e', 'T', ' ', '灯', '\u{301}', '👩', '\u{200d}', ',', '/', '(', '.', '7'])
            .prop_map(Act::Type),
        1 => prop::sample::select(vec!["two words", "line\nline", "\u{1b}[2J", "", "e\u{301}", "\r\n", "goto 3"])
            .prop_map(Act::Paste),
        1 => (mouse, 0u16..130, 0u16..45).prop_map(|(mouse, x, y)| Act::Mouse(mouse, x, y)),
        1 => (1u16..130, 1u16..45).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
    ]
}

/// A document in the notation: turns, matter, headings, translations, timecodes, odd letters, or nothing at all.
fn document() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Why?",
        "We never lost the lamp in a storm. Not once, in thirty years of it.",
        "他找到了假牙。没有人问过他。",
        "e\u{301}te\u{301} 👩‍👩‍👧 🇫🇮 कक्षि",
        "[laughs] So he said (applause) it was over and over and over and over and over and over and over again.",
        "\u{202e}back\u{1b}[31m\u{7}",
        "مرحبا يا صديقي",
        "x",
    ]);
    let line = (prop::sample::select(vec!["Q: ", "A: ", "A 1:02: ", "B: ", "", "> ", "= ", "== "]), words);
    prop::collection::vec(line, 0..24).prop_map(|lines| {
        let mut document = String::new();
        let mut has_paragraph = false;
        for (number, (begin, words)) in lines.into_iter().enumerate() {
            let begin = if begin == "> " && !has_paragraph { "" } else { begin };
            has_paragraph |= !begin.starts_with('=');
            if number == 20 {
                document.push_str("---\n");
            }
            document.push_str(&format!("{begin}{words}\n"));
        }
        document
    })
}

fn perform(session: &mut Session, act: &Act) {
    let action = match *act {
        Act::Command(command, count) => Action::Command(command, count),
        Act::Type(c) => Action::Type(c),
        Act::Paste(text) => Action::Paste(text.to_owned()),
        Act::Mouse(mouse, x, y) => Action::Mouse(mouse, x, y),
        Act::Resize(columns, rows) => Action::Resize(columns, rows),
    };
    session.act(action);
}

/// The cursor and the selection are places in the text, between graphemes.
fn places_are_in_the_text(session: &Session) -> Result<(), TestCaseError> {
    let interview = session.app.interview();
    for place in [Some(session.app.reading.cursor), session.app.selection].into_iter().flatten() {
        if interview.paragraph_count() == 0 {
            prop_assert_eq!(place, interleaf::model::Position::default());
            continue;
        }
        prop_assert!(place.paragraph.0 < interview.paragraph_count_with_translations(), "{place:?}");
        let words = interview.paragraph(place.paragraph);
        let offset = place.offset as usize;
        prop_assert_eq!(interleaf::text::boundary_at(words, offset.min(words.len())), offset, "{:?}", place);
    }
    Ok(())
}

/// Leaves whatever is open, without saving what is written in it.
fn leave_everything(session: &mut Session) {
    for _ in 0..4 {
        let command = if session.mode() == Mode::Confirm { Command::Yes } else { Command::Cancel };
        session.act(Action::Command(command, None));
    }
}

/// Does what is to be done, and draws the screen after every act, or after every so many.
fn check(document: &str, acts: &[Act], drawn: usize) -> Result<(), TestCaseError> {
    let mut session = Session::new(document);
    let first = session.notes();
    for (number, act) in acts.iter().enumerate() {
        perform(&mut session, act);
        places_are_in_the_text(&session)?;
        if number % drawn == 0 {
            session.buffer();
        }
    }
    leave_everything(&mut session);
    prop_assert_eq!(session.mode(), Mode::Reading);
    for _ in 0..=acts.len() {
        session.act(Action::Command(Command::Undo, None));
    }
    prop_assert_eq!(session.message(), "Nothing to undo.");
    prop_assert_eq!(session.notes(), first);
    prop_assert_eq!(session.app.notes.corrections.len(), 0);
    Ok(())
}

#[test]
fn anything_can_be_pressed_anywhere() {
    let is_long = std::env::var_os("INTERLEAF_LONG").is_some();
    let (cases, acts, drawn) = if is_long { (24, 10_000..=10_000, 10) } else { (48, 0..=120, 1) };
    // Two minutes are enough to see which of ten thousand acts it takes.
    let config = Config { cases, failure_persistence: None, max_shrink_time: 120_000, ..Config::default() };
    let strategy = (document(), prop::collection::vec(act(), acts));
    let outcome = TestRunner::new(config).run(&strategy, |(document, acts)| check(&document, &acts, drawn));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
