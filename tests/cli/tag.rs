//! `interleaf tag`.

use crate::desk::{Desk, says};

/// Two notes in one layer and one in another, with tags of one family.
fn tagged() -> Desk {
    let desk = Desk::new().with_ferry();
    desk.run(&["note", "ferry.txt", "--quote", "tea urn", "--tag", "things/tea", "--tag", "kitchen"]).well();
    desk.run(&["note", "ferry.txt", "--quote", "forty years", "--tag", "thingsome"]).well();
    desk.run(&["note", "ferry.txt", "--quote", "teeth", "--tag", "things", "--annotator", "tom"]).well();
    desk
}

#[test]
fn tags_are_listed_with_their_uses() {
    let desk = tagged().with("annotations/tags.yaml", "interleaf: tags/1\ntags:\n- tag: storms\n  key: 1\n");
    says(
        &desk.run(&["tag", "list"]).well(),
        &["    1  things/tea  not defined", "    0  storms      key 1", "    1  kitchen"],
    );
}

#[test]
fn renaming_takes_the_tags_below_along_in_all_layers() {
    let desk = tagged().with("annotations/tags.yaml", "interleaf: tags/1\n# mine\ntags:\n- tag: things\n  key: 1\n");
    says(
        &desk.run(&["tag", "rename", "things", "objects"]).well(),
        &["things/tea -> objects/tea", "2 notes in 2 files"],
    );
    says(&desk.read("annotations/ferry.txt.yaml"), &["[objects/tea, kitchen]", "[thingsome]"]);
    says(&desk.read("annotations/@tom/ferry.txt.yaml"), &["[objects]"]);
    says(&desk.read("annotations/tags.yaml"), &["# mine", "- tag: objects", "key: 1"]);
}

#[test]
fn a_tag_merges_into_one_that_is_there() {
    let desk = tagged();
    desk.run(&["tag", "rename", "things/tea", "kitchen"]).well();
    says(&desk.read("annotations/ferry.txt.yaml"), &["tags: [kitchen]"]);
}

#[test]
fn a_dry_run_changes_nothing() {
    let desk = tagged();
    let before = desk.read("annotations/ferry.txt.yaml");
    says(&desk.run(&["tag", "rename", "things", "objects", "--dry-run"]).well(), &["would change 2 notes"]);
    assert_eq!(desk.read("annotations/ferry.txt.yaml"), before);
}

#[test]
fn a_tag_that_is_nowhere_is_wrong_usage() {
    says(&tagged().run(&["tag", "rename", "gone", "here"]).refused(), &["`gone`", "tag list"]);
    says(&Desk::new().run(&["tag", "list"]).refused(), &["no notebook"]);
}

#[test]
fn nothing_is_renamed_where_a_file_cannot_be_understood() {
    let desk = tagged().with("annotations/other.txt.yaml", "annotations: 7\n");
    let before = desk.read("annotations/ferry.txt.yaml");
    says(&desk.run(&["tag", "rename", "things", "objects"]).refused(), &["other.txt.yaml"]);
    assert_eq!(desk.read("annotations/ferry.txt.yaml"), before);
}
