//! Choosing words, by keys and by mouse.

use interleaf::app::{Mode, Mouse};

use crate::commands::{FERRY, long};
use crate::support::session::Session;

#[test]
fn a_selection_grows_and_shrinks_from_where_it_began() {
    let mut session = Session::new("A: One |two three four.");
    session.keys("v w w");
    assert_eq!(session.here(), "One [two three |]four.");
    session.keys("b b b");
    assert_eq!(session.here(), "[|One ]two three four.");
}

#[test]
fn lines_are_selected_down_to_the_same_place() {
    let mut session = Session::new(&long());
    session.keys("2 G v j");
    let selected = session.selected();
    assert!(selected.starts_with("Answer 1, and the tide"), "{selected}");
    assert!(selected.len() > 60, "{selected}");
}

#[test]
fn a_selection_reaches_over_paragraphs_and_turns() {
    let mut session = Session::new("A: I was |eleven.\nHe was old.\nQ: So?");
    session.keys("v ) )");
    assert_eq!(session.selected(), "eleven.\n\nHe was old.\n\n");
    session.keys("h");
    assert_eq!(session.notes(), ["highlight “eleven.\n\nHe was old.”"]);
}

#[test]
fn selected_words_are_trimmed_when_they_are_marked() {
    let mut session = Session::new("A: I| was eleven.");
    session.keys("v w w h");
    assert_eq!(session.notes(), ["highlight “was”"]);
}

#[test]
fn objects_select_what_is_around_the_cursor() {
    for (keys, here) in [
        ("i w", "It rained. We [sailed|] home. So."),
        ("i s", "It rained. [We sailed home.|] So."),
        ("i p", "[It rained. We sailed home. So.|]"),
        ("v i s", "It rained. [We sailed home.|] So."),
    ] {
        let mut session = Session::new("A: It rained. We sai|led home. So.");
        session.keys(keys);
        assert_eq!(session.here(), here, "{keys}");
    }
}

#[test]
fn the_name_of_the_mode_is_shown_and_esc_leaves_it() {
    let mut session = Session::new(FERRY);
    session.keys("} v w");
    assert_eq!(session.mode(), Mode::Selecting);
    assert!(session.status().contains("SELECT"), "{}", session.status());
    session.keys("Esc");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(session.notes(), [""; 0]);
}

#[test]
fn what_a_key_does_in_reading_it_does_while_selecting_too() {
    let mut session = Session::new(FERRY);
    session.keys("} v }");
    assert_eq!(session.selected(), "When did you first take the wheel?\n\n");
}

#[test]
fn a_selection_that_leaves_for_the_translation_stays_on_its_side() {
    let mut session = Session::new("A: I was |eleven.\n> 我那年十一岁。");
    session.keys("B");
    let (x, y) = session.find("eleven");
    session.mouse(Mouse::Press, (x, y));
    session.mouse(Mouse::Drag, (x, y + 1));
    session.mouse(Mouse::Release, (x, y + 1));
    assert_eq!(session.selected(), "eleven.");
}

#[test]
fn a_click_puts_the_cursor_there() {
    let mut session = Session::new(FERRY);
    let at = session.find("uncle");
    session.click(at);
    assert_eq!(session.here(), "I was eleven. My |uncle had gone below to look for his teeth.");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn dragging_selects_what_it_passes() {
    let mut session = Session::new(FERRY);
    session.mouse(Mouse::Press, session.find("uncle"));
    session.mouse(Mouse::Drag, session.find(" to look"));
    session.mouse(Mouse::Release, session.find(" to look"));
    assert_eq!(session.selected(), "uncle had gone below");
    session.keys("h");
    assert_eq!(session.notes(), ["highlight “uncle had gone below”"]);
}

#[test]
fn dragging_over_wide_characters_takes_whole_ones() {
    let mut session = Session::new("A: 他找到了假牙。");
    let (x, y) = session.find("找");
    session.mouse(Mouse::Press, (x, y));
    session.mouse(Mouse::Drag, (x + 5, y));
    session.mouse(Mouse::Release, (x + 5, y));
    assert_eq!(session.selected(), "找到");
}

#[test]
fn the_wheel_scrolls_three_lines_and_the_scrollbar_goes_anywhere() {
    let mut session = Session::new(&long());
    session.mouse(Mouse::WheelDown, (20, 10));
    session.mouse(Mouse::WheelDown, (20, 10));
    session.mouse(Mouse::WheelUp, (20, 10));
    assert_eq!(session.app.reading.top, Session::new(&long()).keys("3 j").app.reading.top);
    let bar = session.app.geometry.scrollbar;
    session.mouse(Mouse::Press, (bar.x, bar.y + bar.height - 1));
    assert_eq!(session.app.percent(), 100);
    session.mouse(Mouse::Drag, (bar.x, bar.y));
    assert_eq!(session.app.percent(), 0);
}

#[test]
fn the_mouse_pressed_again_selects_the_word_the_sentence_the_paragraph() {
    let mut session = Session::new("A: I was eleven. My uncle had gone below. |It rained.\nOn and on.");
    let uncle = session.find("uncle");
    let mut selected = Vec::new();
    for _ in 0..5 {
        session.click(uncle);
        selected.push(session.selected());
    }
    assert_eq!(
        selected,
        ["", "uncle", "My uncle had gone below.", "I was eleven. My uncle had gone below. It rained.", ""]
    );
    // A key between makes it a first press again.
    session.keys("Esc");
    session.click(uncle);
    assert_eq!(session.selected(), "");
    let below = session.find("below");
    session.click(below);
    assert_eq!(session.selected(), "");
    session.click(below);
    assert_eq!(session.selected(), "below");
}
