//! Corrections of who says what: pins that keys set, and what is worked out again around them.

use std::fmt::Write as _;
use std::sync::Arc;

use interleaf::app::{Action, Effect};
use interleaf::import::{self, Options};
use interleaf::model::{Interview, LabelOrigin};

use crate::support::harbour::HARBOUR;
use crate::support::session::Session;

fn read(text: &str) -> Interview {
    import::read(text.as_bytes().to_vec(), "clock.txt", &Options::default()).unwrap().interview
}

fn session() -> Session {
    Session::of("clock.txt", read(HARBOUR), Vec::new())
}

/// The names of the speakers of all turns, one corrected with an exclamation mark.
fn voices(session: &Session) -> String {
    let interview = session.app.interview();
    let mut voices = String::new();
    for turn in interview.turns() {
        let name = turn.speaker.and_then(|speaker| interview.speaker(speaker)).map_or("?", |one| one.name.as_str());
        let mark = if turn.origin == LabelOrigin::Corrected { "!" } else { "" };
        let _ = write!(voices, "{}{mark} ", name.split(' ').next().unwrap_or_default());
    }
    voices.trim_end().to_owned()
}

const AS_READ: &str = "Mira Jonas Mira Jonas Mira Jonas Mira Jonas";

#[test]
fn every_correction_is_a_pin_and_undo_takes_it_back() {
    for (keys, wanted) in [
        ("} } } 1 S", "Mira Jonas Mira! Jonas Mira Jonas"),
        ("} } z j", "Mira Jonas! Jonas Mira Jonas Mira Jonas"),
        ("} } z r", "Jonas Mira Jonas Mira Jonas Mira Jonas Mira"),
    ] {
        let mut session = session();
        assert_eq!(voices(&session), AS_READ);
        session.keys(keys);
        assert_ne!(voices(&session), AS_READ, "{keys}: {wanted}");
        let mended = voices(&session);
        session.keys("u");
        assert_eq!(voices(&session), AS_READ, "{keys}");
        session.keys("Ctrl-r");
        assert_eq!(voices(&session), mended, "{keys}");
    }
}

const UNNAMED: &str = "\
Who wound the clock, and do you know why it stopped?

My aunt wound it on Sundays, and I was told it was not mine to wind. I did not ask why.

My father had the other key, and he would not say what it was for.

Did you never try to wind it yourself?

I did, once, when I was nine, and I put the key in my pocket.

Do you still have the key?

I do, I carry it with me, and I could not tell you which one it is.
";

#[test]
fn two_names_given_by_the_reader_are_enough_where_nobody_is_named() {
    let mut session = Session::of("clock.txt", read(UNNAMED), Vec::new());
    session.keys("S Mira Enter");
    assert_eq!(voices(&session), "Mira!");
    session.keys("j j j S Jonas Enter");
    assert_eq!(voices(&session), "Mira! Jonas! Mira Jonas Mira Jonas");
}

#[test]
fn a_speaker_is_also_named_by_number() {
    let mut session = session();
    session.keys("} } S 1 Enter");
    assert_eq!(session.app.interview().speakers.len(), 2, "nobody is called 1");
    session.keys("u S 9 Enter");
    assert_eq!(voices(&session), AS_READ);
}

#[test]
fn what_is_so_already_is_said_and_not_kept() {
    for (keys, wanted) in [
        ("} z s", "A turn starts here already."),
        ("} z j", "There is no turn before this one."),
        ("g z f", "This is front matter already."),
        ("G z b", "This is back matter already."),
        ("g z j", "This is no part of the talk"),
    ] {
        let mut session = session();
        session.keys(keys);
        assert_eq!(voices(&session), AS_READ, "{keys}");
        assert!(session.status().trim_start().starts_with(wanted), "{keys}: {}", session.status());
        session.keys("u");
        assert!(session.status().trim_start().starts_with("Nothing to undo"), "{keys}: {}", session.status());
    }
}

#[test]
fn a_long_document_is_corrected_behind_the_screen() {
    let mut text = HARBOUR.to_owned();
    for number in 0..3000 {
        let _ = write!(
            text,
            "\nWhat did you do in the year {number}?\n\nI wound nothing in it, and I told nobody why I did not.\n"
        );
    }
    let mut session = Session::of("clock.txt", read(&text), Vec::new());
    let before = session.app.interview().turns().len();
    session.keys("} } 2 S");
    assert_eq!(session.app.interview().turns().len(), before, "nothing is worked out between the key and the frame");
    let [Effect::Correct(base, first)] = session.effects.as_slice() else { panic!("{:?}", session.wants()) };
    let (base, first) = (base.clone(), Arc::clone(first));
    let late = import::correct(&base, &first);
    session.effects.clear();
    session.keys("u");
    session.act(Action::Corrected(Box::new(late), first));
    assert_eq!(voices(&session).matches('!').count(), 0, "what was taken back in the meantime does not come");
    let Some(Effect::Correct(base, now)) =
        session.effects.iter().find(|one| matches!(one, Effect::Correct(..))).cloned()
    else {
        panic!("{:?}", session.wants())
    };
    session.act(Action::Corrected(Box::new(import::correct(&base, &now)), now));
    assert_eq!(session.app.interview().turns().len(), before);
}
