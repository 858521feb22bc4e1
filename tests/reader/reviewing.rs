//! Notes whose words have moved or gone: the review finds them a place, or leaves them orphans.

use interleaf::app::Mode;

use crate::support::session::Session;

const BEFORE: &str = "
    Q: When did you first take the wheel of that boat?
    A: We never once lost the lamp in a storm, not in thirty years of it.
    Q: And the ferry? Who steered the ferry after that?
    A: Nan Reed did, and her brother, and then nobody at all.
";

/// The lamp's sentence was mended, the ferry's is gone, and all stands a turn later.
const AFTER: &str = "
    Q: One two, one two.
    A: We never once lost a lamp in any storm, not in thirty years.
    Q: When did you first take the wheel of that boat?
    A: Nan Reed did, and her brother, and then nobody at all.
";

/// Notes on the wheel, the lamp and the ferry.
pub(crate) fn rewritten() -> Session {
    Session::rewritten(BEFORE, "i p a Wheel Esc } i p a Lamp Esc } i s f Ferry Esc", AFTER, |_| {})
}

fn orphans(session: &Session) -> usize {
    session.app.notes.all().iter().filter(|note| note.resolution.span().is_none()).count()
}

#[test]
fn the_status_counts_orphans_and_the_review_shows_old_beside_new() {
    let mut session = rewritten();
    assert!(session.status().contains(&format!("{} orphan", orphans(&session))), "{}", session.status());
    session.keys("O");
    assert_eq!(session.mode(), Mode::Reviewing);
    session.find("It was");
    session.find("And the ferry?");
}

#[test]
fn a_place_is_taken_and_undo_gives_it_back() {
    let mut session = rewritten();
    let before = session.app.notes.own();
    session.keys("O");
    while !session.screen().contains("Lamp") {
        session.keys("j");
    }
    session.keys("Enter");
    let lamp = session.notes().into_iter().find(|note| note.ends_with("Lamp")).unwrap();
    assert!(lamp.contains("lost a lamp in any storm"), "{lamp}");
    session.keys("Esc u");
    assert_eq!(session.app.notes.own(), before);
}

#[test]
fn all_that_was_found_elsewhere_is_taken_at_once() {
    let mut session = rewritten();
    let before = session.app.notes.own();
    session.keys("O A");
    assert!(session.app.to_review().iter().all(|note| note.resolution.span().is_none()));
    session.keys("Esc u");
    assert_eq!(session.app.notes.own(), before);
}

#[test]
fn words_can_be_selected_for_a_note() {
    let mut session = rewritten();
    session.keys("O v");
    assert_eq!(session.mode(), Mode::Selecting);
    session.keys("Esc G i s O");
    session.find("your selection");
    session.keys("Enter Esc");
    let ferry = session.notes().into_iter().find(|note| note.ends_with("Ferry")).unwrap();
    assert_eq!(ferry, "follow-up open “Nan Reed did, and her brother, and then nobody at all.”: Ferry");
    assert_eq!(orphans(&session), 0);
}

#[test]
fn an_orphan_that_is_kept_is_counted_no_more_now_or_later() {
    let mut session = rewritten();
    session.keys("O o Esc");
    assert_eq!(orphans(&session), 1);
    assert!(!session.status().contains("orphan"), "{}", session.status());
    let kept = session.app.view_settings();
    let mut later = rewritten();
    later.app.come_back_to(later.app.resting_place(), &kept);
    assert_eq!(later.app.orphan_count(), 0);
    // What was found is not kept from its place by that.
    later.keys("O A O");
    later.find("Ferry");
}

#[test]
fn where_nothing_is_in_doubt_nothing_is_reviewed() {
    let mut session = Session::new(BEFORE);
    session.keys("i p a Wheel Esc O");
    assert_eq!(session.message(), "Every note stands on its words.");
    assert_eq!(session.mode(), Mode::Reading);
}
