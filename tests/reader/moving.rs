//! Lines, pages, ends, turns, topics, jumps.

use crate::commands::{FERRY, long};
use crate::support::session::Session;

#[test]
fn scrolling_down_and_up_again_comes_back_to_the_same_screen() {
    let mut session = Session::new(&long());
    session.keys("3 Space");
    let before = session.screen();
    session.keys("7 j Ctrl-d Space b Ctrl-u 7 k");
    assert_eq!(session.screen(), before);
}

#[test]
fn nothing_moves_beyond_the_ends() {
    let mut session = Session::new(&long());
    let top = session.screen();
    session.keys("k b Ctrl-u { [ q [ t");
    assert_eq!(session.screen(), top);
    session.keys("G");
    let bottom = session.screen();
    session.keys("j Space Ctrl-d 9 9 9 9 9 9 9 j");
    assert_eq!(session.screen(), bottom);
    assert_eq!(session.app.percent(), 100);
}

#[test]
fn the_last_line_ends_on_the_last_row() {
    let mut session = Session::new(&long());
    session.keys("G");
    assert!(session.text_rows().last().unwrap().ends_with("looked for his hat."), "{}", session.screen());
}

#[test]
fn a_text_that_fits_does_not_scroll_but_its_cursor_moves() {
    let mut session = Session::new("Q: Why?\nA: Because.\nQ: And then?");
    let top = session.top();
    session.keys("Space");
    assert_eq!(session.top(), top);
    assert_eq!(session.here(), "|And then?");
    session.keys("g");
    assert_eq!(session.here(), "|Why?");
}

#[test]
fn a_count_is_shown_while_it_waits() {
    let mut session = Session::new(FERRY);
    session.keys("1 2 ]");
    assert!(session.status().contains("12]"), "{}", session.status());
    session.keys("z");
    assert!(!session.status().contains("12]"), "{}", session.status());
}

#[test]
fn previous_turn_goes_to_the_start_of_this_one_first() {
    let mut session = Session::new("Q: Why?\nA: One thing.\nAnd |another.");
    session.keys("{");
    assert_eq!(session.here(), "|One thing.");
    session.keys("{");
    assert_eq!(session.here(), "|Why?");
}

#[test]
fn the_question_that_this_answers_is_the_previous_question() {
    let mut session = Session::new("Q: Why?\nA: One.\nQ: How?\nA: Two.\nA: Three, |at length.");
    session.keys("[ q");
    assert_eq!(session.here(), "|How?");
}

#[test]
fn questions_are_found_from_before_the_first_turn_and_after_the_last() {
    let mut session = Session::new("Before.\nQ: Why?\nA: One.\n---\nAfter |it all.");
    session.keys("[ q");
    assert_eq!(session.here(), "|Why?");
    session.keys("g ] q");
    assert_eq!(session.here(), "|Why?");
}

#[test]
fn jumps_lead_back_and_forward_through_all_of_them() {
    let mut session = Session::new(&long());
    session.keys("5 G 9 G G");
    session.keys("Ctrl-o");
    assert_eq!(session.here(), "|Question 5?");
    session.keys("Ctrl-o");
    assert_eq!(session.here(), "|Question 3?");
    session.keys("Ctrl-i");
    assert_eq!(session.here(), "|Question 5?");
    session.keys("Ctrl-o Ctrl-o Ctrl-o Ctrl-o");
    assert_eq!(session.here(), "|Question 1?");
}

#[test]
fn a_jump_shows_the_name_over_the_turn() {
    let mut session = Session::new(&long());
    session.keys("9 G");
    assert_eq!(session.top(), "ADA PRYCE");
    assert_eq!(session.here(), "|Question 5?");
}

#[test]
fn a_name_that_scrolled_away_stays_at_the_top_edge() {
    let mut session = Session::new(&long());
    session.keys("2 G 2 j");
    assert!(session.row(0).contains("TOM BELLIS"), "{}", session.screen());
    session.keys("2 k");
    assert!(!session.row(0).contains("TOM BELLIS"), "{}", session.screen());
}

#[test]
fn motions_go_over_the_ends_of_paragraphs() {
    let mut session = Session::new("A: I was |eleven.\nHe was old.");
    session.keys("w");
    assert_eq!(session.here(), "|He was old.");
    session.keys("Left Left");
    assert_eq!(session.here(), "I was eleven|.");
    session.keys(")");
    assert_eq!(session.here(), "|He was old.");
    session.keys("(");
    assert_eq!(session.here(), "|I was eleven.");
}

#[test]
fn words_of_chinese_and_joined_emoji_are_passed_whole() {
    let mut session = Session::new("A: |他找到了假牙。👩‍👩‍👧 ok");
    for _ in 0..7 {
        session.keys("Right");
    }
    assert_eq!(session.here(), "他找到了假牙。|👩‍👩‍👧 ok");
    session.keys("Right");
    assert_eq!(session.here(), "他找到了假牙。👩‍👩‍👧| ok");
}

#[test]
fn percentages_are_counted_in_text() {
    let mut session = Session::new(&long());
    session.keys("1 0 0 %");
    assert_eq!(session.app.percent(), 100);
    session.keys("2 5 %");
    assert!((24..=26).contains(&session.app.percent()), "{}", session.app.percent());
}

#[test]
fn the_status_tells_where_one_is() {
    let mut session = Session::new(FERRY).sized(100, 24);
    session.keys("3 }");
    let status = session.status();
    for part in ["The Last Ferry", "2/2 Forty years", "Ada Pryce", "1 min left", "100%", "? help"] {
        assert!(status.contains(part), "{part} is not in {status}");
    }
}
