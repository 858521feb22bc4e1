//! The list of notes as a workbench: filters by name, groups, several notes at once, and the way back.

use interleaf::app::{Effect, Mode, SaveState};

use crate::commands::FERRY;
use crate::support::session::Session;

/// A highlight with two tags, a note, a question that was asked, and a follow-up.
fn workbench() -> Session {
    let mut session = Session::new(FERRY);
    session.keys("} h # 'money, the sea' Enter } a 'So young.' Esc # money/fares Enter } f 'Ask the harbour.' Esc s");
    session.keys("} Q 'Who asked?' Esc g");
    assert_eq!(session.notes().len(), 4);
    session
}

/// The words of the listed notes' first lines, shortened to what tells them apart.
fn listed(session: &Session) -> Vec<&'static str> {
    let short = |note: &String| {
        ["highlight", "note", "follow-up", "question"].into_iter().find(|kind| note.starts_with(kind)).unwrap_or("?")
    };
    session.listed().iter().map(short).collect()
}

#[test]
fn names_narrow_the_list_and_words_narrow_it_further() {
    for (typed, kinds) in [
        ("kind:follow", vec!["follow-up"]),
        ("kind:note kind:q", vec!["note", "question"]),
        ("tag:money", vec!["highlight", "note"]),
        ("tag:money/fares", vec!["note"]),
        ("tag:fares", vec!["note"]),
        ("tag:\"the sea\"", vec!["highlight"]),
        ("status:asked", vec!["follow-up"]),
        ("status:open", vec!["question"]),
        ("speaker:pryce", vec!["highlight", "follow-up"]),
        ("speaker:\"tom bellis\" status:open", vec!["question"]),
        ("tag:money young", vec!["note"]),
        ("note:/ask(ed)?/", vec!["follow-up", "question"]),
        ("note:wheel", vec![]),
        ("\"take the wheel\"", vec!["highlight"]),
        ("kind:", vec!["highlight", "note", "follow-up", "question"]),
        ("nothing:here", vec![]),
    ] {
        let mut session = workbench();
        session.keys("A /");
        session.type_in(typed);
        assert_eq!(listed(&session), kinds, "{typed}");
        session.keys("Enter");
        assert_eq!(listed(&session), kinds, "{typed}");
    }
}

#[test]
fn the_filter_is_completed_name_by_name() {
    let mut session = workbench();
    session.keys("A / sta Tab Tab");
    assert_eq!(session.app.notes_pane.filter, "status:open");
    session.keys("Space spe Tab bel Tab Enter");
    assert_eq!(session.app.notes_pane.filter, "status:open speaker:\"Tom Bellis\"");
    assert_eq!(listed(&session), ["question"]);
}

#[test]
fn notes_are_grouped_by_topic_and_by_tag() {
    let mut session = workbench().sized(120, 40);
    session.keys("A t");
    let (_, wheel) = session.find_in_notes("Taking the wheel");
    let (_, forty) = session.find_in_notes("Forty years");
    let (_, ask) = session.find_in_notes("Ask the harbour.");
    assert!(wheel < forty && forty < ask, "{}", session.screen());
    session.keys("t");
    assert_eq!(listed(&session), ["highlight", "note", "highlight", "follow-up", "question"]);
    for heading in ["#money", "#money/fares", "#the sea", "Without a tag"] {
        session.find_in_notes(heading);
    }
    // A note under two tags does not hold one fast.
    session.keys("g j j j Enter");
    assert_eq!(session.here(), "|And who steered after that?");
    session.keys("A t");
    assert_eq!(listed(&session), ["highlight", "note", "follow-up", "question"]);
}

#[test]
fn tags_of_several_notes_are_set_in_one_step() {
    let mut session = workbench();
    let before = session.app.notes.own();
    session.keys("A V #");
    session.keys("later Enter");
    assert_eq!(session.message(), "Tags set for 4 notes. u takes it back.");
    assert!(session.notes().iter().all(|note| note.contains("#later")), "{:?}", session.notes());
    assert!(session.notes()[0].contains("#money #the sea #later"), "{:?}", session.notes());
    // What all have in common stands on the line, and goes when it is erased.
    session.keys("# Ctrl-u Enter");
    assert!(session.notes()[0].contains("#money #the sea"), "{:?}", session.notes());
    assert!(!session.notes().iter().any(|note| note.contains("#later")), "{:?}", session.notes());
    session.keys("u u");
    assert_eq!(session.app.notes.own(), before);
    assert_eq!(session.app.notes.save, SaveState::Saved);
}

#[test]
fn the_status_of_several_notes_moves_on_together() {
    let mut session = workbench();
    session.keys("A V s");
    assert_eq!(session.message(), "answered now: 2 notes. u takes it back.");
    assert_eq!(session.notes().iter().filter(|note| note.contains(" answered ")).count(), 2);
    session.keys("u");
    assert_eq!(session.notes().iter().filter(|note| note.contains(" answered ")).count(), 0);
}

#[test]
fn picked_notes_are_deleted_together_and_come_back_together() {
    let mut session = workbench();
    session.keys("A v v");
    session.find("2 picked");
    session.keys("x");
    assert_eq!(listed(&session), ["follow-up", "question"]);
    session.keys("u");
    assert_eq!(session.notes().len(), 4);
}

#[test]
fn esc_puts_back_what_was_picked_before_it_leaves() {
    let mut session = workbench();
    session.keys("A v v k v");
    session.find("1 picked");
    session.keys("V Esc");
    assert_eq!(session.mode(), Mode::Notes);
    assert!(session.app.notes_pane.picked.is_empty());
    session.keys("Esc");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn looking_through_the_list_moves_the_text_and_leaving_brings_it_back() {
    let mut session = workbench().sized(120, 24);
    session.keys("} A j j j");
    assert!(session.here().starts_with("|I did, for forty years."), "{}", session.here());
    session.keys("Esc");
    assert_eq!(session.here(), "|When did you first take the wheel?");
    session.keys("A j j j Enter");
    assert!(session.here().starts_with("|I did, for forty years."), "{}", session.here());
    session.keys("Ctrl-o");
    assert_eq!(session.here(), "|When did you first take the wheel?");
}

#[test]
fn notes_are_copied_from_the_list() {
    let mut session = Session::new(FERRY);
    session.keys("] q f 'Who said so?' Esc ] q i s h A y");
    let copied = |session: &Session| match session.effects.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    let first = "“When did you first take the wheel?” — Ada Pryce, *The Last Ferry*, 00:00:04\nWho said so?";
    let second = "“And who steered after that?” — Ada Pryce, *The Last Ferry*, 00:00:31";
    assert_eq!(copied(&session), second);
    session.keys("V y");
    assert_eq!(copied(&session), format!("{first}\n\n{second}"));
    assert_eq!(session.message(), "Copied 2 notes with what was quoted.");
}

#[test]
fn narrowing_the_list_shows_the_first_that_is_left() {
    let mut session = Session::sample("lighthouse.txt").sized(120, 40);
    session.keys("A / mattress");
    assert!(session.screen().contains("headquarters sent a form"), "{}", session.screen());
    session.keys("Enter");
    assert_eq!(session.app.chosen_note(), 0);
    session.keys("q q");
    assert!(session.top().contains("Lighthouses Without Keepers"), "{}", session.screen());
}
