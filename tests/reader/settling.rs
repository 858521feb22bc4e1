//! Conflicts: both versions side by side, and which one is kept.

use interleaf::app::{Action, Merged, Mode, SaveState};
use interleaf::model::{Annotation, Conflict, Status};

use crate::commands::FERRY;
use crate::support::session::Session;

/// A follow-up and a note that another writer has changed too, and a highlight that nobody else has touched.
pub(crate) fn torn() -> Session {
    Session::written(FERRY, "} f 'Ask the harbour.' Esc } h } a 'Forty years!' Esc", |note| {
        let theirs = match note.annotation.note.as_str() {
            "Ask the harbour." => Some(Annotation {
                note: "Ask the museum.".into(),
                status: Some(Status::Asked),
                ..note.annotation.clone()
            }),
            "Forty years!" => None,
            _ => return,
        };
        note.annotation.conflict = Some(Box::new(Conflict { theirs }));
    })
}

const MINE: &str = "follow-up open “When did you first take the wheel?”: Ask the harbour.";
const THEIRS: &str = "follow-up asked “When did you first take the wheel?”: Ask the museum.";
const HIGHLIGHT: &str = "highlight “I was eleven.”";
const NOTE: &str = "note “And who steered after that?”: Forty years!";

fn open_conflicts(session: &Session) -> usize {
    session.app.conflicts().count()
}

#[test]
fn both_versions_stand_side_by_side() {
    let mut session = torn();
    session.keys("C");
    assert_eq!(session.mode(), Mode::Settling);
    let (_, mine) = session.find("Ask the harbour.");
    let (_, theirs) = session.find("Ask the museum.");
    assert_eq!(mine, theirs, "{}", session.screen());
    session.keys("j");
    session.find("deleted");
    session.keys("k Esc");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(open_conflicts(&session), 2);
}

#[test]
fn each_way_to_settle_and_the_way_back() {
    for (keys, first) in [("C m", vec![MINE]), ("C t", vec![THEIRS]), ("C b", vec![MINE, THEIRS])] {
        let mut session = torn();
        let before = session.app.notes.own();
        session.keys(keys);
        let expected: Vec<&str> = first.into_iter().chain([HIGHLIGHT, NOTE]).collect();
        assert_eq!(session.notes(), expected, "{keys}");
        // The next one is shown at once.
        assert_eq!((session.mode(), open_conflicts(&session)), (Mode::Settling, 1));
        let mut ids: Vec<_> = session.app.notes.own().into_iter().map(|annotation| annotation.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), session.notes().len(), "no id twice");
        session.keys("u Esc");
        assert_eq!(session.app.notes.own(), before, "{keys}");
        assert_eq!(session.app.notes.save, SaveState::Saved);
    }
}

#[test]
fn what_the_other_writer_deleted_can_go_or_stay() {
    let mut session = torn();
    session.keys("] c ] c C t");
    assert_eq!(session.notes(), [MINE, HIGHLIGHT]);
    let mut session = torn();
    session.keys("] c ] c C b");
    assert_eq!(session.notes(), [MINE, HIGHLIGHT, NOTE]);
    assert_eq!(open_conflicts(&session), 1);
}

#[test]
fn with_the_last_one_the_panel_closes() {
    let mut session = torn();
    session.keys("C m m");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(open_conflicts(&session), 0);
    session.keys("C");
    assert_eq!(session.message(), "No conflict is left to settle.");
}

#[test]
fn conflicts_are_marked_in_the_gutter_the_list_and_the_status() {
    let mut session = torn();
    assert!(session.status().contains("2 conflicts"), "{}", session.status());
    assert_eq!(session.screen().matches('≠').count(), 2, "{}", session.screen());
    session.keys("A");
    session.find("≠ conflict follow-up");
    session.keys("j j C");
    session.find("deleted");
}

#[test]
fn nothing_is_settled_in_a_file_that_cannot_be_written() {
    let mut session = torn();
    session.app.notes.read_only = Some("it has a fault".into());
    session.keys("C m");
    assert_eq!(session.message(), "Read-only: it has a fault");
    assert_eq!(open_conflicts(&session), 2);
}

#[test]
fn of_three_versions_none_is_lost_until_all_are_settled() {
    let mut session = Session::written(FERRY, "} f 'Mine.' Esc", |note| {
        let version = |words: &str, conflict| Annotation { note: words.into(), conflict, ..note.annotation.clone() };
        let third = Some(Box::new(Conflict { theirs: Some(version("Third.", None)) }));
        let second = Some(version("Second.", third));
        note.annotation.conflict = Some(Box::new(Conflict { theirs: second }));
    });
    session.keys("C t");
    assert_eq!((session.mode(), open_conflicts(&session)), (Mode::Settling, 1));
    session.find("Second.");
    session.find("Third.");
    session.keys("b");
    let notes = session.notes().join("; ");
    assert!(notes.contains("Second.") && notes.contains("Third.") && open_conflicts(&session) == 0, "{notes}");
}

#[test]
fn the_words_that_differ_are_marked() {
    let mut session = torn().sized(100, 30);
    session.keys("C");
    let (buffer, _) = session.buffer();
    let is_marked = |words: &str| {
        let (x, y) = session.find(words);
        buffer[(x, y)].modifier.contains(ratatui::style::Modifier::UNDERLINED)
    };
    assert!(is_marked("harbour.") && is_marked("museum.") && is_marked("asked"));
    assert!(!is_marked("Ask the harbour.") && !is_marked("follow-up"));
}

#[test]
fn what_another_program_changed_while_the_editor_was_open_is_kept_too() {
    let mut session = Session::new(FERRY);
    session.keys("} f 'Ask.' Esc");
    let theirs: Vec<Annotation> =
        session.app.notes.own().into_iter().map(|own| Annotation { note: "Ask Nan.".into(), ..own }).collect();
    session.keys("e");
    let generation = session.app.notes.generation();
    let merged = Merged { number: 1, annotations: theirs, corrections: Vec::new() };
    session.act(Action::Saved { generation, merged: Some(merged), remark: None });
    session.keys("' Or not.' Esc");
    let own = session.app.notes.own();
    assert_eq!(own[0].note, "Ask. Or not.");
    assert_eq!(own[0].conflict.as_ref().unwrap().theirs.as_ref().unwrap().note, "Ask Nan.");
    assert!(session.message().contains("C settles which"), "{}", session.message());
    // Undo takes back what was written, not what the other program wrote.
    session.keys("u");
    assert_eq!(session.app.notes.own()[0].note, "Ask Nan.");
}

#[test]
fn undo_does_not_take_back_what_another_program_did() {
    let mut session = Session::new(FERRY);
    session.keys("} f 'Ask.' Esc e ' Now.' Esc");
    let theirs: Vec<Annotation> =
        session.app.notes.own().into_iter().map(|own| Annotation { note: "Asked Nan.".into(), ..own }).collect();
    let generation = session.app.notes.generation();
    let merged = Merged { number: 1, annotations: theirs, corrections: Vec::new() };
    session.act(Action::Saved { generation, merged: Some(merged), remark: None });
    session.keys("u");
    let own = session.app.notes.own();
    let other = own[0].conflict.as_ref().and_then(|conflict| conflict.theirs.as_ref());
    assert_eq!((own[0].note.as_str(), other.map(|other| other.note.as_str())), ("Ask.", Some("Asked Nan.")));
    assert!(session.message().contains("C settles which"), "{}", session.message());
}
