//! Other annotators' notes: shown, hidden, answered, never changed.

use interleaf::app::{Action, Mode};

use crate::commands::FERRY;
use crate::support::session::Session;

/// The reader's highlight, and the notes of Ben and Cleo.
pub(crate) fn shared() -> Session {
    Session::written(FERRY, "} h } a 'So young!' Esc 2 } f 'Ask Nan.' Esc", |note| {
        note.annotator = match note.annotation.note.as_str() {
            "So young!" => Some("ben".into()),
            "Ask Nan." => Some("cleo".into()),
            _ => None,
        };
    })
}

#[test]
fn others_notes_bear_a_hollow_sign_and_their_name() {
    let mut session = shared().sized(120, 40);
    session.find("○ note @ben");
    session.find("◇ follow-up open @cleo");
    session.keys("A");
    session.find("○ note @ben");
}

#[test]
fn others_notes_are_not_changed() {
    for keys in ["x", "e", "s", "# age Enter"] {
        let mut session = shared();
        let before = session.notes();
        session.keys("2 }");
        session.keys(keys);
        session.keys("Esc Esc");
        let others: Vec<String> = session.notes().into_iter().filter(|note| before.contains(note)).collect();
        assert_eq!(others, before, "{keys}");
    }
}

#[test]
fn layers_are_hidden_and_shown_all_at_once() {
    let mut session = shared();
    session.keys("l");
    assert_eq!(session.listed().len(), 1);
    assert!(!session.screen().contains('○') && !session.screen().contains('◇'), "{}", session.screen());
    session.keys("] n ] n");
    assert_eq!(session.message(), "No annotation after this.");
    session.keys("l");
    assert_eq!(session.listed().len(), 3);
    assert_eq!(session.message(), "With the notes of @ben, @cleo.");
}

#[test]
fn one_layer_is_hidden_from_the_list_and_stays_so_the_next_time() {
    let mut session = shared();
    session.keys("z l j Enter");
    session.find("▸ @cleo");
    session.find("hidden");
    session.keys("Esc");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(session.listed().len(), 2);
    let mut later = shared();
    later.app.come_back_to(later.app.resting_place(), &session.app.view_settings());
    assert_eq!(later.listed(), session.listed());
}

#[test]
fn hidden_layers_are_still_there_when_something_is_saved() {
    let mut session = shared();
    session.keys("l } m");
    assert_eq!(session.app.notes.own().len(), 2);
    assert_eq!(session.notes().len(), 4);
}

#[test]
fn an_answer_stands_under_the_note_that_it_answers() {
    let mut session = shared().sized(120, 40);
    session.keys("2 } r");
    session.find("answers @ben: “So young!”");
    session.keys("'He was tall.' Esc");
    let answer = session.app.notes.own().into_iter().find(|own| own.note == "He was tall.").unwrap();
    let parent = session.app.notes.get(answer.reply_to.as_ref().unwrap()).unwrap();
    assert_eq!(parent.annotation.note, "So young!");
    let (_, young) = session.find("So young!");
    let (_, tall) = session.find("↳ ● answer");
    assert!(young < tall, "{}", session.screen());
    // An answer to what comes later does not stand before it.
    session.keys("A");
    assert_eq!(
        session.listed()[1..3],
        [
            "note “I was eleven. My uncle had gone below to look for his teeth.”: So young!",
            "note “I was eleven. My uncle had gone below to look for his teeth.”: He was tall."
        ]
    );
    session.keys("Esc p");
    session.find("↳ note");
    session.keys("Esc u");
    assert_eq!(session.app.notes.own().len(), 1);
}

#[test]
fn a_note_is_answered_from_the_list() {
    let mut session = shared();
    session.keys("A G r 'She says no.' Esc");
    assert_eq!(session.mode(), Mode::Notes);
    assert!(session.listed().last().unwrap().ends_with(": She says no."), "{:?}", session.listed());
}

#[test]
fn alone_there_are_no_layers() {
    let mut session = Session::new(FERRY);
    session.keys("l");
    assert_eq!(session.message(), "Nobody else has notes on this interview.");
    session.keys("z l");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn what_others_write_meanwhile_shows_at_once() {
    let mut session = shared();
    let note = session.app.notes.all().iter().find(|note| note.annotation.note == "Ask Nan.").unwrap();
    let (annotator, mut annotation) = (note.annotator.clone(), note.annotation.clone());
    annotation.note = "Asked Nan.".into();
    let second = interleaf::model::Annotation {
        id: interleaf::model::AnnotationId::new("second").unwrap(),
        note: "And Pa.".into(),
        ..annotation.clone()
    };
    session.act(Action::OthersChanged { annotator: annotator.clone(), annotations: vec![annotation, second] });
    let notes = session.notes().join("; ");
    assert!(notes.contains("Asked Nan.") && notes.contains("And Pa.") && notes.contains("So young!"), "{notes}");
    session.act(Action::OthersChanged { annotator, annotations: Vec::new() });
    assert_eq!(session.app.layers(), [(Some("ben".to_owned()), 1)]);
    assert_eq!(session.saves, 0, "others' notes are not saved");
}
