//! Lines, pages, ends, turns, topics, jumps.

use interleaf::app::{Action, Command};

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
    for part in ["The Last Ferry", "2/2 Forty years", "Ada Pryce", "100%", "? help"] {
        assert!(status.contains(part), "{part} is not in {status}");
    }
    assert!(!status.contains("min left"), "{status}");
    session.act(Action::Resize(100, 12));
    session.keys("g");
    assert!(session.status().contains("1 min left"), "{}", session.status());
}

/// Does something as often as a count says, at once.
fn counted(session: &mut Session, command: Command, count: u32) {
    session.act(Action::Command(command, Some(count)));
}

#[test]
fn a_count_leads_where_as_many_keys_lead() {
    use Command as C;
    let (document, nothing) = (long(), "");
    for (begin, forth, back) in [
        (nothing, C::NextTurn, C::PreviousTurn),
        (nothing, C::NextQuestion, C::PreviousQuestion),
        (nothing, C::NextTopic, C::PreviousTopic),
        (nothing, C::NextWord, C::PreviousWord),
        (nothing, C::NextSentence, C::PreviousSentence),
        ("v", C::NextSentence, C::PreviousSentence),
        (nothing, C::NextCharacter, C::PreviousCharacter),
        (nothing, C::LineDown, C::LineUp),
        (nothing, C::PageDown, C::PageUp),
        ("v", C::WordEnd, C::PreviousWord),
        ("v", C::LineDown, C::LineUp),
        ("v", C::NextTurn, C::PreviousTurn),
    ] {
        for from in ["g", "2 }", "3 } 4 Right"] {
            let mut session = Session::new(&document);
            session.keys(from).keys(begin);
            let mut pressed = Session::new(&document);
            pressed.keys(from).keys(begin);
            for (command, times) in [(forth, 7), (back, 3), (forth, 1), (back, 9)] {
                counted(&mut session, command, times);
                for _ in 0..times {
                    pressed.act(Action::Command(command, None));
                }
                assert_eq!(session.here(), pressed.here(), "{times} × {command:?} from {from}");
            }
        }
    }
}

#[test]
fn a_counted_jump_is_gone_back_from_at_once() {
    let mut session = Session::new(&long());
    session.keys("5 } Ctrl-o");
    assert_eq!(session.here(), "|Question 1?");
    session.keys("/ hat Enter 3 n");
    let third = session.here();
    session.keys("Ctrl-o");
    assert_ne!(session.here(), third);
    session.keys("Ctrl-o");
    assert_eq!(session.here(), "|Question 1?");
}

#[test]
fn a_count_beyond_the_ends_leads_to_the_last() {
    let mut session = Session::new(&long());
    session.keys("9 9 9 9 9 9 9 ] q");
    assert_eq!(session.here(), "|Question 30?");
    session.keys("9 9 9 9 9 9 9 { v");
    counted(&mut session, Command::LineDown, 1_000_000);
    session.keys("Esc");
    assert!(session.here().starts_with("Answer 30"), "{}", session.here());
}

#[test]
fn hits_are_counted_round_the_end() {
    let mut session = Session::new("Q: A hat?\nA: A hat.\nQ: That hat?");
    session.keys("/ hat Enter");
    assert!(session.message().starts_with("1 of 4"), "{}", session.message());
    session.keys("1 0 0 0 0 1 n");
    assert!(session.message().starts_with("2 of 4"), "{}", session.message());
    session.keys("1 0 0 0 0 2 N");
    assert!(session.message().starts_with("4 of 4"), "{}", session.message());
}

#[test]
fn topics_are_found_from_before_the_first_and_behind_the_last() {
    let mut session = Session::new(FERRY);
    session.keys("] t");
    assert_eq!(session.here(), "|When did you first take the wheel?");
    session.keys("G [ t");
    assert_eq!(session.here(), "|And who steered after that?");
    session.keys("G ] t");
    assert!(session.here().starts_with("|Tom Bellis"), "{}", session.here());
}

#[test]
fn keys_that_wait_take_the_place_of_a_message() {
    let mut session = Session::new(&long());
    session.keys(": nonsense Enter");
    assert!(session.status().contains("no command"), "{}", session.status());
    session.keys("1 2");
    assert!(session.status().contains("12"), "{}", session.status());
    session.keys("} g");
    assert!(session.message().is_empty());
}

#[test]
fn the_command_line_says_what_a_command_does() {
    let mut session = Session::new(FERRY);
    session.keys(": next-q");
    assert!(session.status().contains("Go to the next question."), "{}", session.status());
    session.keys("Esc : theme");
    assert!(session.status().contains("Change the colours"), "{}", session.status());
    session.keys("Esc : speaker Enter");
    assert!(session.status().contains("who speaks:"), "{}", session.status());
    session.keys("Esc : measure Enter");
    assert!(session.message().contains("at most 76 columns"), "{}", session.message());
    session.keys(": goto Enter");
    assert!(session.message().contains(":goto 12"), "{}", session.message());
}

#[test]
fn sentences_are_counted_over_the_ends_of_paragraphs() {
    use Command::{NextSentence as Forth, PreviousSentence as Back};
    let document = "A: One. Two. Three. Four. Five.\nSix. Seven. Eight.\nB: Nine. Ten.";
    for times in 1..12 {
        let (mut session, mut pressed) = (Session::new(document), Session::new(document));
        for (command, times) in [(Forth, times), (Back, times / 2), (Forth, 2), (Back, times)] {
            // A count of none is one.
            counted(&mut session, command, times);
            (0..times.max(1)).for_each(|_| pressed.act(Action::Command(command, None)));
            assert_eq!(session.here(), pressed.here(), "{times} × {command:?}");
        }
    }
}
