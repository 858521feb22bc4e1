//! `interleaf notes`.

use crate::desk::{Desk, says};

/// A folder with two interviews and three notes.
fn talks() -> Desk {
    let desk = Desk::new()
        .with("annotations/.keep", "")
        .with("talks/ferry.txt", crate::desk::FERRY)
        .with("talks/mill.txt", "INES: What do you mill?\n\nLEW: Rye, mostly. The tide decides.\n");
    desk.run(&["note", "talks/ferry.txt", "--quote", "tea urn", "--tag", "objects/urns", "--note", "Where is it?"])
        .well();
    desk.run(&["note", "talks/ferry.txt", "--quote", "forty years", "--kind", "follow-up", "--note", "Check."]).well();
    desk.run(&["note", "talks/mill.txt", "--quote", "The tide decides", "--tag", "tides"]).well();
    desk
}

#[test]
fn lists_the_notes_of_a_folder() {
    let table = talks().run(&["notes", "talks"]).well();
    says(
        &table,
        &[
            "talks/ferry.txt\n",
            "“tea urn”  #objects/urns  Where is it?",
            "follow-up  open",
            "talks/mill.txt\n",
            "“The tide decides”  #tides",
        ],
    );
}

#[test]
fn json_says_where_who_and_how_it_stands() {
    let notes = talks().run(&["notes", "talks", "--to", "json"]).json();
    assert_eq!(notes.as_array().unwrap().len(), 3);
    assert_eq!(notes[0]["interview"], "talks/ferry.txt");
    assert_eq!(notes[0]["state"], "anchored");
    assert!(notes[0]["speaker_name"].as_str().unwrap().to_uppercase().contains("BELLIS"));
}

#[test]
fn the_flags_choose_among_the_notes() {
    let desk = talks();
    for (flags, expected) in [
        (vec!["--kind", "follow-up"], 1),
        (vec!["--kind", "highlight,follow-up"], 2),
        (vec!["--tag", "objects"], 1),
        (vec!["--tag", "obj"], 0),
        (vec!["--speaker", "bellis"], 2),
        (vec!["--status", "open"], 1),
        (vec!["--text", "where is"], 1),
        (vec!["--since", "2999-01-01"], 0),
        (vec!["--since", "2000-01-01"], 3),
        (vec!["--tag", "tides", "--tag", "objects"], 2),
    ] {
        let words = [vec!["notes", "talks", "--to", "json"], flags.clone()].concat();
        assert_eq!(desk.run(&words).json().as_array().unwrap().len(), expected, "{flags:?}");
    }
}

#[test]
fn a_folder_without_interviews_is_an_error() {
    let desk = Desk::new().with("empty/picture.png", [1]);
    says(&desk.run(&["notes", "empty"]).refused(), &["empty", "no interview in this folder"]);
}

#[test]
fn no_notes_is_not_an_error() {
    let ran = Desk::new().with_ferry().run(&["notes", "ferry.txt"]);
    says(&ran.err, &["no such notes"]);
    assert_eq!(ran.well(), "");
    let ran = Desk::new().with_ferry().run(&["notes", "ferry.txt", "--annotations", "elsewhere"]);
    says(&ran.err, &["no such notes", "no folder elsewhere"]);
}

#[test]
fn quiet_says_only_what_was_asked_for() {
    assert_eq!(Desk::new().with_ferry().run(&["notes", "ferry.txt", "--quiet"]).err, "");
}

#[test]
fn a_note_on_words_that_are_gone_is_an_orphan() {
    let desk = talks();
    let desk =
        desk.with("talks/mill.txt", "INES: What do you mill?\n\nLEW: Wheat these days, and nothing else at all.\n");
    assert_eq!(desk.run(&["notes", "talks/mill.txt", "--to", "json"]).json()[0]["state"], "orphan");
    says(&desk.run(&["notes", "talks/mill.txt"]).well(), &["orphan", "“The tide decides”"]);
}

#[test]
fn a_day_that_is_none_is_refused() {
    says(&talks().run(&["notes", "talks", "--since", "soon"]).refused(), &["soon", "2026-11-24"]);
}
