//! `interleaf search`.

use crate::desk::{Desk, says};

fn talks() -> Desk {
    let desk = Desk::new().with("annotations/.keep", "").with("talks/ferry.txt", crate::desk::FERRY);
    desk.run(&["note", "talks/ferry.txt", "--quote", "teeth", "--note", "Was the urn ever found?", "--tag", "x"])
        .well();
    desk
}

#[test]
fn finds_words_in_texts_and_notes() {
    let table = talks().run(&["search", "urn", "talks"]).well();
    says(
        &table,
        &[
            "talks/ferry.txt: turn 1 00:00:09 Tom Bellis: He found them in the tea urn",
            "talks/ferry.txt: note: “teeth”  #x  Was the urn ever found?\n",
        ],
    );
}

#[test]
fn looks_only_where_it_is_told_to() {
    let desk = talks();
    let count = |words: &[&str]| desk.run(words).json().as_array().unwrap().len();
    assert_eq!(count(&["search", "urn", "talks", "--to", "json"]), 2);
    assert_eq!(count(&["search", "urn", "talks", "--to", "json", "--in", "text"]), 1);
    assert_eq!(count(&["search", "urn", "talks", "--to", "json", "--in", "notes"]), 1);
    assert_eq!(count(&["search", "the", "talks", "--to", "json", "--speaker", "pryce"]), 1);
    assert_eq!(count(&["search", "-E", "tea|teeth", "talks", "--to", "json", "--in", "text"]), 2);
}

#[test]
fn json_says_where_and_who() {
    let hits = talks().run(&["search", "tea urn", "talks", "--to", "json"]).json();
    assert_eq!(hits[0]["interview"], "talks/ferry.txt");
    assert_eq!(hits[0]["turn"], 1);
    assert_eq!((&hits[0]["speaker"], &hits[0]["speaker_name"]), (&"bellis".into(), &"Tom Bellis".into()));
    assert_eq!(hits[0]["hit"], "tea urn");
}

#[test]
fn nothing_found_is_said() {
    let ran = talks().run(&["search", "zeppelin", "talks"]);
    says(&ran.err, &["“zeppelin” is nowhere in this interview"]);
    assert_eq!(ran.well(), "");
}

#[test]
fn a_pattern_or_path_that_is_wrong_is_refused() {
    says(&talks().run(&["search", "-E", "(", "talks"]).refused(), &["“(” is no regular expression"]);
    says(&talks().run(&["search", "x", "gone.txt"]).refused(), &["gone.txt", "no such file"]);
}
