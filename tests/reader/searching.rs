//! Searching as one types.

use interleaf::app::Mode;
use interleaf::model::Position;

use crate::commands::{FERRY, long};
use crate::support::session::Session;

#[test]
fn each_letter_moves_to_the_first_hit_from_where_it_began() {
    let mut session = Session::new(FERRY);
    session.keys("} / f");
    assert_eq!(session.here(), "When did you |first take the wheel?");
    session.keys("o");
    assert_eq!(session.here(), "I was eleven. My uncle had gone below to look |for his teeth.");
    session.keys("r t");
    assert_eq!(session.here(), "I did, for |forty years. Nobody asked for it back.");
    session.keys("Backspace Backspace Backspace");
    assert_eq!(session.here(), "When did you |first take the wheel?");
}

#[test]
fn esc_goes_back_to_where_one_was() {
    let mut session = Session::new(&long());
    session.keys("Space j");
    let before = session.screen();
    session.keys("/ 'Question 29' Esc");
    assert_eq!(session.screen(), before);
    assert_eq!(session.app.searching.hits.len(), 0);
}

#[test]
fn enter_stays_and_the_jump_leads_back() {
    let mut session = Session::new(&long());
    session.keys("/ 'Question 29' Enter");
    assert_eq!(session.here(), "|Question 29?");
    session.keys("Ctrl-o");
    assert_eq!(session.here(), "|Question 1?");
}

#[test]
fn the_hits_are_counted_and_go_round() {
    let mut session = Session::new(FERRY);
    session.keys("/ for");
    assert!(session.status().ends_with("1 of 4"), "{}", session.status());
    session.keys("Enter n");
    assert!(session.message().starts_with("2 of 4"), "{}", session.message());
    session.keys("N N");
    assert!(session.message().starts_with("4 of 4"), "{}", session.message());
}

#[test]
fn small_letters_find_large_ones_and_accents_but_not_the_other_way() {
    let document = "A: Élan and elan.\nThe ELAN of it.";
    let count = |words: &str| {
        let mut session = Session::new(document);
        session.keys(&format!("/ {words}"));
        session.app.searching.hits.len()
    };
    assert_eq!(count("elan"), 3);
    assert_eq!(count("ELAN"), 1);
}

#[test]
fn words_are_found_across_the_wrapping_of_lines() {
    let mut session = Session::new(&long()).sized(40, 24);
    session.keys("/ 'came in over the slipway, as it does, while the harbour master looked' Enter");
    assert_eq!(session.app.searching.hits.len(), 120);
}

#[test]
fn what_is_not_there_says_so_and_moves_nothing() {
    let mut session = Session::new(FERRY);
    session.keys("} / zeppelin");
    assert!(session.status().ends_with("none"), "{}", session.status());
    session.keys("Enter");
    assert_eq!(session.message(), "“zeppelin” is not in the text.");
    assert_eq!(session.here(), "|When did you first take the wheel?");
    session.keys("n");
    assert_eq!(session.here(), "|When did you first take the wheel?");
}

#[test]
fn a_regular_expression_that_is_none_says_why() {
    let mut session = Session::new(FERRY);
    session.keys("/ Ctrl-r f(");
    assert!(session.status().starts_with(" regex /f("), "{}", session.status());
    assert!(session.app.searching.error.is_some());
    session.keys("Enter");
    assert_eq!(session.mode(), Mode::Reading);
    assert!(session.app.message.as_ref().is_some_and(|message| message.is_error));
}

#[test]
fn n_without_a_search_says_how_to_begin_one() {
    let mut session = Session::new(FERRY);
    session.keys("n");
    assert_eq!(session.message(), "Nothing was searched for yet: / begins.");
}

#[test]
fn esc_takes_the_hits_off_and_n_brings_them_back() {
    let mut session = Session::new(FERRY);
    session.keys("/ urn Enter Esc");
    assert_eq!(session.app.searching.hits.len(), 0);
    session.keys("g n");
    assert_eq!(session.here(), "He found them in the tea |urn, you know.");
}

#[test]
fn an_empty_search_is_left_by_erasing() {
    let mut session = Session::new(FERRY);
    session.keys("/ u Backspace Backspace");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn hits_are_shown_in_the_text_and_on_the_scrollbar() {
    let mut session = Session::new(&long());
    session.keys("/ 'Question 15' Enter");
    let bar = session.app.geometry.scrollbar;
    let marks: String = (bar.y..bar.y + bar.height)
        .map(|y| session.row(y))
        .filter(|row| row.ends_with('╴') || row.contains('╴'))
        .collect();
    assert!(!marks.is_empty(), "{}", session.screen());
    let (x, y) = session.find("Question 15?");
    let (buffer, _) = session.buffer();
    assert_ne!(buffer[(x, y)].style().bg, buffer[(x + 11, y)].style().bg);
}

#[test]
fn hits_in_notes_are_counted_while_one_types_and_listed() {
    let mut session = Session::new(FERRY);
    session.keys("} a 'A wheel of fortune.' Esc } a 'The tea urn!' Esc g / wheel");
    assert!(session.status().ends_with("1 of 1, 1 in notes"), "{}", session.status());
    session.keys("Ctrl-l");
    assert_eq!(session.listed(), ["note “When did you first take the wheel?”: A wheel of fortune."]);
    session.keys("Esc Esc / fortune Enter");
    assert_eq!(session.message(), "“fortune” is not in the text, but in 1 note: F lists them.");
    session.keys("F");
    assert_eq!(session.listed().len(), 1);
}

#[test]
fn a_regular_expression_is_looked_for_in_the_notes_too() {
    let mut session = Session::new(FERRY);
    session.keys("} a 'A wheel of fortune.' Esc g / Ctrl-r 'wh..l of' Enter F");
    assert_eq!(session.listed().len(), 1);
    session.keys("Esc Esc Esc / @bellis Space fortune");
    assert!(!session.status().contains("notes"), "{}", session.status());
}

#[test]
fn the_word_at_the_cursor_is_searched_for_as_a_whole_word() {
    let mut session = Session::new("A: Is this his? It |is, and this was missed.\nB: Is it?");
    session.keys("*");
    assert_eq!(session.message(), "3 of 3   is");
    assert_eq!(session.here(), "|Is it?");
    // What is typed is looked for anywhere again.
    session.keys("/ is Enter");
    assert!(session.message().contains("of 7"), "{}", session.message());
    let mut session = Session::new("A: 他找到了|假牙。没有人问过他。假牙很旧。");
    session.keys("*");
    assert!(session.message().contains("2 of 2"), "{}", session.message());
}

#[test]
fn what_was_typed_is_there_again_the_next_time() {
    let mut session = Session::new(FERRY);
    session.keys("/ uncle Enter / teeth Enter : top Enter");
    let kept = session.app.view_settings();
    let mut session = Session::new(FERRY);
    session.app.come_back_to(Position::default(), &kept);
    session.keys("/ Up Up");
    assert!(session.status().contains("/uncle"), "{}", session.status());
    session.keys("Esc : Up");
    assert!(session.status().contains(":top"), "{}", session.status());
    session.keys("Esc n");
    assert!(session.message().contains("teeth"), "{}", session.message());
}
