//! Marks: letters for places, kept from one reading to the next.

use interleaf::app::Mode;

use crate::commands::{FERRY, long};
use crate::support::session::Session;

#[test]
fn a_mark_is_set_and_gone_to_and_the_jump_goes_back() {
    let mut session = Session::new(&long());
    session.keys("1 0 } M a 2 0 }");
    let far = session.here();
    session.keys("` a");
    assert_eq!(session.here(), "|Question 6?");
    session.keys("Ctrl-o");
    assert_eq!(session.here(), far);
}

#[test]
fn the_bottom_line_lists_the_marks() {
    let mut session = Session::new(FERRY);
    session.keys("} M a } M b `");
    assert!(session.status().contains("a When did you first…"), "{}", session.status());
    assert!(session.status().contains("b I was eleven."), "{}", session.status());
    session.keys("Esc");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn marks_that_are_not_there_are_said() {
    let mut session = Session::new(FERRY);
    session.keys("`");
    assert_eq!(session.message(), "No mark is set yet: M and a letter sets one.");
    session.keys("M a ` x");
    assert_eq!(session.message(), "No mark x is set.");
    session.keys("M ,");
    assert_eq!(session.message(), "A mark is a letter or a digit.");
}

#[test]
fn marks_come_back_with_the_interview_even_into_a_shorter_text() {
    let mut session = Session::new(FERRY);
    session.keys("4 } M z");
    let kept = session.app.view_settings();
    let mut later = Session::new(FERRY);
    later.app.come_back_to(later.app.resting_place(), &kept);
    later.keys("` z");
    assert_eq!(later.here(), session.here());
    let mut shorter = Session::new("A: Nothing.");
    shorter.app.come_back_to(shorter.app.resting_place(), &kept);
    shorter.keys("` z");
    assert_eq!(shorter.here(), "|Nothing.");
}

#[test]
fn a_mark_follows_its_words_through_a_changed_transcript() {
    let mut session = Session::new(FERRY);
    session.keys("4 } M z");
    let (kept, here) = (session.app.view_settings(), session.here());
    let longer = FERRY.replace("It was raining on the slipway.", "It was raining.\n    Still.\n    And on.");
    let mut later = Session::new(&longer);
    later.app.come_back_to(later.app.resting_place(), &kept);
    later.keys("` z");
    assert_eq!(later.here(), here);
    // A state of an earlier version keeps no words.
    let old = kept.into_iter().map(|(name, value)| (name, value.split(' ').take(2).collect::<Vec<_>>().join(" ")));
    let mut before = Session::new(FERRY);
    before.app.come_back_to(before.app.resting_place(), &old.collect());
    before.keys("` z");
    assert_eq!(before.here(), here);
}
