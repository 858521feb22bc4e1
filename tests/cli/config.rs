//! `interleaf config`.

use crate::desk::{Desk, says};

#[test]
fn the_file_is_written_once_and_never_over_another() {
    let desk = Desk::new();
    says(&desk.run(&["config", "--write"]).well(), &["interleaf/config.yaml"]);
    says(&desk.read("config/interleaf/config.yaml"), &["#measure: 76", "#annotator:"]);
    let desk = desk.with("config/interleaf/config.yaml", "measure: 60\n");
    says(&desk.run(&["config", "--write"]).refused(), &["config.yaml", "exists already"]);
    assert_eq!(desk.read("config/interleaf/config.yaml"), "measure: 60\n");
}

#[test]
fn the_settings_in_force_are_shown() {
    let desk = Desk::new();
    says(&desk.run(&["config"]).well(), &["config.yaml", "--write", "measure: 76", "annotator: null"]);
    let desk = desk.with("config/interleaf/config.yaml", "annotator: ada\nkeys: {reading: {J: next-turn}}\n");
    says(&desk.run(&["config"]).well(), &["annotator: \"ada\"", "\"J\": \"next-turn\""]);
}

#[test]
fn what_does_not_work_is_named_with_its_line() {
    let desk = Desk::new().with("config/interleaf/config.yaml", "theme: mauve\nkeys:\n  reading:\n    J: fly\n");
    says(&desk.run(&["config"]).wrong(), &["theme: auto", "config.yaml:1: ", "config.yaml:4: ", "fly"]);
}
