//! Writing a note.

use interleaf::app::{Action, Mode, Over};

use crate::commands::FERRY;
use crate::support::session::Session;

/// A session with the editor open on the first question.
fn writing() -> Session {
    let mut session = Session::new(FERRY);
    session.keys("} a");
    assert_eq!(session.mode(), Mode::Editor);
    session
}

fn words(session: &Session) -> String {
    match &session.app.over {
        Some(Over::Editor(editor)) => editor.text(),
        over => panic!("no editor but {over:?}"),
    }
}

/// The words with `|` where the terminal's cursor stands on their row.
fn row_with_cursor(session: &Session) -> String {
    let (buffer, cursor) = session.buffer();
    let (x, y) = cursor.unwrap();
    let cells = |columns| crate::support::screen::cells(&buffer, y, columns);
    format!("{}|{}", cells(0..x).trim_start(), cells(x..buffer.area.width).trim_end())
}

#[test]
fn keys_that_are_commands_elsewhere_are_typed() {
    let mut session = writing();
    session.keys("'jkq: 5 ways / #1 ?'");
    assert_eq!(words(&session), "jkq: 5 ways / #1 ?");
}

#[test]
fn a_grapheme_is_erased_whole_however_many_characters_it_has() {
    for (typed, left) in [
        ("ab", "a"),
        ("灯塔", "灯"),
        ("e\u{301}e\u{301}", "e\u{301}"),
        ("x👩‍👩‍👧", "x"),
        ("x🇫🇮", "x"),
        ("कक्षि", "क"),
        ("x\u{1100}\u{1161}\u{11a8}", "x"),
    ] {
        let mut session = writing();
        session.type_in(typed);
        session.keys("Backspace");
        assert_eq!(words(&session), left, "{typed}");
        let mut session = writing();
        session.type_in(typed);
        session.keys("Left Delete");
        assert_eq!(words(&session), left, "{typed}");
    }
}

#[test]
fn the_cursor_stands_behind_wide_characters() {
    let mut session = writing();
    session.keys("灯塔 Left");
    assert_eq!(row_with_cursor(&session), "灯|塔");
    session.keys("Right a");
    assert_eq!(row_with_cursor(&session), "灯塔a|");
}

#[test]
fn long_lines_are_broken_between_words_and_stay_one_line() {
    let mut session = writing();
    let sentence = "the harbour authority keeps a log for every light on this coast and nobody reads it ";
    session.type_in(&sentence.repeat(2));
    assert_eq!(words(&session), sentence.repeat(2));
    let screen = session.screen();
    assert!(screen.contains("keeps a log"), "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    session.keys("Esc");
    assert!(session.notes()[0].ends_with(&format!(": {}", sentence.repeat(2))), "{:?}", session.notes());
}

#[test]
fn the_words_of_a_note_that_is_there_are_shown() {
    let mut session = writing();
    session.keys("'Half a thought' Esc e");
    assert_eq!(row_with_cursor(&session), "Half a thought|");
}

#[test]
fn undo_takes_back_a_word_at_a_time() {
    let mut session = writing();
    session.keys("'ask the harbour' Ctrl-z");
    assert_eq!(words(&session), "ask the ");
    session.keys("Ctrl-z");
    assert_eq!(words(&session), "ask ");
    session.keys("Ctrl-r Ctrl-r");
    assert_eq!(words(&session), "ask the harbour");
}

#[test]
fn erased_words_come_back_with_undo() {
    let mut session = writing();
    session.keys("'ask the harbour' Ctrl-w Ctrl-w Ctrl-z");
    assert_eq!(words(&session), "ask the ");
    session.keys("Ctrl-u Ctrl-z");
    assert_eq!(words(&session), "ask the ");
}

#[test]
fn pasted_text_comes_in_whole_and_goes_with_one_undo() {
    let mut session = writing();
    session.keys("'See: '");
    session.act(Action::Paste("one\r\ntwo\rthree\u{1b}[31m\ttab".to_owned()));
    assert_eq!(words(&session), "See: one\ntwo\nthree [31m\ttab");
    session.keys("Ctrl-z");
    assert_eq!(words(&session), "See: ");
}

#[test]
fn what_is_pasted_outside_of_the_editor_presses_no_keys() {
    let mut session = Session::new(FERRY);
    session.act(Action::Paste("hq\nx".to_owned()));
    assert_eq!(session.notes(), [""; 0]);
    assert!(!session.has_quit());
}

#[test]
fn word_motions_and_ends_of_lines() {
    let mut session = writing();
    session.keys("'ask the harbour' Ctrl-Left Ctrl-Left");
    assert_eq!(row_with_cursor(&session), "ask |the harbour");
    session.keys("Home");
    assert_eq!(row_with_cursor(&session), "|ask the harbour");
    session.keys("Ctrl-Right End");
    assert_eq!(row_with_cursor(&session), "ask the harbour|");
    session.keys("Enter more Ctrl-Home");
    assert_eq!(row_with_cursor(&session), "|ask the harbour");
    session.keys("Ctrl-End");
    assert_eq!(row_with_cursor(&session), "more|");
}

#[test]
fn ctrl_c_on_unchanged_words_just_leaves() {
    let mut session = writing();
    session.keys("Ctrl-c");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(session.notes(), [""; 0]);
}

#[test]
fn ctrl_c_asks_before_words_are_thrown_away() {
    let mut session = writing();
    session.keys("'half a thought' Ctrl-c");
    assert_eq!(session.mode(), Mode::Confirm);
    assert!(session.status().contains("Throw away what was written?"), "{}", session.status());
    session.keys("n");
    assert_eq!(words(&session), "half a thought");
}

#[test]
fn what_was_thrown_away_comes_back_with_undo() {
    let mut session = writing();
    session.keys("'half a thought' Ctrl-c y");
    assert_eq!(session.notes(), [""; 0]);
    session.keys("u");
    assert_eq!(session.notes(), ["note “When did you first take the wheel?”: half a thought"]);
    session.keys("Ctrl-r");
    assert_eq!(session.notes(), [""; 0]);
}

#[test]
fn a_change_that_was_thrown_away_comes_back_with_undo() {
    let mut session = writing();
    session.keys("first Esc e ' and second' Ctrl-c y");
    assert_eq!(session.notes(), ["note “When did you first take the wheel?”: first"]);
    session.keys("u");
    assert_eq!(session.notes(), ["note “When did you first take the wheel?”: first and second"]);
}

#[test]
fn every_change_is_kept_as_a_draft_until_the_editor_is_left() {
    let mut session = writing();
    session.keys("ab");
    session.keys("Esc");
    assert_eq!(session.wants(), ["keep draft: a", "keep draft: ab", "drop draft"]);
}

#[test]
fn an_editor_that_fails_leaves_the_note_as_it_was() {
    let mut session = writing();
    session.editor = |_| Err("vi could not be started: no such file. Set $EDITOR to another editor.".to_owned());
    session.keys("Ask Ctrl-g");
    assert_eq!(words(&session), "Ask");
    session.keys("Esc");
    assert_eq!(session.notes(), ["note “When did you first take the wheel?”: Ask"]);
}

#[test]
fn the_words_that_the_note_is_on_stay_in_sight() {
    let mut session = Session::new(&crate::commands::long());
    session.keys("3 Space 1 4 j a");
    let on = session.app.note_at_cursor().is_none();
    assert!(on);
    let (_, bar) = session.find("▎");
    assert!(bar < session.app.geometry.editor.unwrap().y, "{}", session.screen());
}
