//! A notebook shared through git, with two real clones and readers in both.

use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, FERRY};

/// Runs git; says whether it succeeded.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    output.is_ok_and(|done| done.status.success())
}

/// Opens a clone's interview, goes to a turn and presses keys there, writes, saves, leaves and commits.
fn write(desk: &Desk, clone: &str, keys: &str, words: &str) {
    let mut reader = desk.open(&format!("{clone}/ferry.txt"));
    reader.is_ready();
    reader.keys(keys);
    reader.sees("Esc saves");
    reader.types(words);
    reader.sees(words);
    reader.keys("Ctrl-s");
    reader.sees("Saved.");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    commit(desk, clone);
}

fn commit(desk: &Desk, clone: &str) {
    assert!(git(&desk.path(clone), &["add", "-A"]) && git(&desk.path(clone), &["commit", "-qm", "Notes"]));
}

#[test]
fn two_clones_merge_and_the_reader_settles_what_both_changed() {
    let desk = Desk::new().with("ada/ferry.txt", FERRY);
    if !git(&desk.talks(), &["init", "-q", "ada"]) {
        println!("skipped: no git here");
        return;
    }
    let (ada, ben) = (desk.path("ada"), desk.path("ben"));
    write(&desk, "ada", "1 g a", "First.");
    write(&desk, "ada", "3 g a", "Third.");
    assert!(git(&desk.talks(), &["clone", "-q", "ada", "ben"]));

    // At different places: a clean merge.
    write(&desk, "ada", "2 g a", "From Ada.");
    write(&desk, "ben", "4 g a", "From Ben.");
    let pull = ["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"];
    assert!(git(&ben, &pull), "notes at different places merge cleanly");
    let (listed, _, _) = desk.run(&["notes", "ben/ferry.txt"]);
    for words in ["First.", "From Ada.", "Third.", "From Ben."] {
        assert!(listed.contains(words), "{listed}");
    }
    assert!(git(&ada, &["pull", "-q", "../ben", "main"]));

    // At the same place: a conflict, which the reader settles.
    write(&desk, "ada", "1 g e", " Ada asks.");
    write(&desk, "ben", "1 g e", " Ben asks.");
    assert!(!git(&ben, &pull), "both have changed one note");
    assert!(desk.read("ben/annotations/ferry.txt.yaml").contains("<<<<<<<"));
    let mut reader = desk.open_sized("ben/ferry.txt", 120, 40);
    reader.sees("1 conflict");
    reader.keys("C");
    reader.sees("Two versions of an annotation");
    reader.sees("First. Ben asks.");
    reader.sees("First. Ada asks.");
    reader.keys("b");
    reader.sees_no_more("Two versions of an annotation");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    let settled = desk.read("ben/annotations/ferry.txt.yaml");
    assert!(!settled.contains("<<<<<<<") && !settled.contains("conflict:"), "{settled}");
    let notes: Vec<String> = desk.notes("ben/annotations/ferry.txt.yaml").into_iter().map(|note| note.note).collect();
    assert_eq!(notes, ["First. Ben asks.", "First. Ada asks.", "From Ada.", "Third.", "From Ben."]);
    commit(&desk, "ben");
    assert!(git(&ada, &["pull", "-q", "../ben", "main"]));
    assert_eq!(desk.run(&["check", "ada/ferry.txt"]).2, 0);
}
