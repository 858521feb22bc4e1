//! Sharing a notebook through git.

use std::path::Path;
use std::process::Command;

use super::super::*;
use super::annotation;

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"];
    let mut command = Command::new("git");
    // Where these tests run from a hook, git's own variables name another repository.
    for variable in
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"]
    {
        command.env_remove(variable);
    }
    command
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .is_ok_and(|done| done.status.success())
}

/// Changes the annotations of the file in a clone, and commits.
fn change(clone: &Path, edit: impl FnOnce(&mut Vec<crate::model::Annotation>)) -> AnnotationsFile {
    let mut file = AnnotationsFile::load(&clone.join("a.yaml")).unwrap();
    let mut notes = file.annotations().to_vec();
    edit(&mut notes);
    file.save(&notes, &[]).unwrap();
    assert!(git(clone, &["add", "."]) && git(clone, &["commit", "-qm", "Notes"]));
    file
}

#[test]
fn two_clones_merge_cleanly_at_different_places_and_settle_the_same_place() {
    let folder = tempfile::tempdir().unwrap();
    if !git(folder.path(), &["init", "-q", "ada"]) {
        eprintln!("skipped: no git here");
        return;
    }
    let (ada, ben) = (folder.path().join("ada"), folder.path().join("ben"));
    change(&ada, |notes| notes.extend([annotation("A", 1), annotation("B", 10), annotation("C", 20)]));
    assert!(git(folder.path(), &["clone", "-q", "ada", "ben"]));
    change(&ada, |notes| notes.push(annotation("D", 5)));
    change(&ben, |notes| notes.push(annotation("E", 15)));
    assert!(git(&ben, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]), "different places merge cleanly");
    let ids =
        |file: &AnnotationsFile| -> Vec<String> { file.annotations().iter().map(|one| one.id.to_string()).collect() };
    let merged = AnnotationsFile::load(&ben.join("a.yaml")).unwrap();
    assert_eq!(ids(&merged), ["A", "D", "B", "E", "C"]);
    assert!(git(&ada, &["pull", "-q", "../ben", "main"]));
    change(&ada, |notes| notes[2].note = "Ada's words".to_owned());
    change(&ben, |notes| notes[2].note = "Ben's words".to_owned());
    assert!(!git(&ben, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]), "the same place is a conflict");
    let mut conflicted = AnnotationsFile::load(&ben.join("a.yaml")).unwrap();
    assert_eq!(ids(&conflicted), ["A", "D", "B", "E", "C"]);
    let mut notes = conflicted.annotations().to_vec();
    let theirs = notes[2].conflict.take().unwrap().theirs.unwrap();
    assert_eq!((notes[2].note.as_str(), theirs.note.as_str()), ("Ben's words", "Ada's words"));
    notes[2] = theirs;
    conflicted.save(&notes, &[]).unwrap();
    let settled = AnnotationsFile::load(&ben.join("a.yaml")).unwrap();
    assert_eq!(settled.annotations(), notes);
    assert!(settled.warnings().is_empty());
}
