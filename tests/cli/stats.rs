//! `interleaf stats`.

use crate::desk::{Desk, says};

#[test]
fn talk_is_counted_by_speaker() {
    let out = Desk::new().with_ferry().run(&["stats", "ferry.txt"]).well();
    says(&out, &["1 interview, 4 turns, 44 words, 0 notes", "Tom Bellis", "Ada Pryce", "█"]);
}

#[test]
fn a_folder_adds_up() {
    let desk = Desk::new().with("talks/one.txt", crate::desk::FERRY).with("talks/two.txt", crate::desk::FERRY);
    let figures = desk.run(&["stats", "talks", "--to", "json"]).json();
    assert_eq!(figures["interviews"], 2);
    assert_eq!(figures["speakers"][0]["interviews"], 2);
    assert_eq!(figures["speakers"][1]["questions"], 4);
    assert_eq!(figures["agreement"], serde_json::Value::Null);
}

#[test]
fn tags_are_counted_with_who_speaks_under_them() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--tag", "tea", "--tag", "teeth"]).well();
    says(&desk.run(&["stats", "ferry.txt"]).well(), &["#tea", "Tom Bellis 1", "#tea #teeth", "notes cover"]);
}

#[test]
fn layers_are_compared_and_disagreements_listed() {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--tag", "tea", "--annotator", "ada"]).well();
    desk.run(&["note", "ferry.txt", "--quote", "forty years", "--tag", "tea", "--annotator", "tom"]).well();
    says(&desk.run(&["stats", "ferry.txt"]).well(), &["agreement of ada, tom", "paragraph", "alpha", "tea urn"]);
    let figures = desk.run(&["stats", "ferry.txt", "--unit", "turn", "--to", "json"]).json();
    assert_eq!(figures["agreement"]["unit"], "turn");
    assert_eq!(figures["agreement"]["tags"][0]["disagreements"].as_array().unwrap().len(), 2);
}
