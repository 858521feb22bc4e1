//! Completions and manual pages, which are made from the definitions of the commands.

use crate::desk::{Desk, says};

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        says(&Desk::new().run(&["completions", shell]).well(), &["interleaf", "export", "annotator"]);
    }
}

#[test]
fn shells_take_their_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let desk = Desk::new().with("completions", Desk::new().run(&["completions", shell]).well());
        let checked = std::process::Command::new(shell).arg("-n").arg(desk.path("completions")).output();
        match checked {
            Ok(output) => assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => eprintln!("skipped: needs {shell}"),
        }
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    says(&Desk::new().run(&["man"]).well(), &[".TH interleaf 1", "annotate it"]);
    says(&Desk::new().run(&["man", "export"]).well(), &[".TH interleaf-export 1", "template"]);
    says(&Desk::new().run(&["man", "nonsense"]).refused(), &["nonsense"]);
}

#[test]
fn the_manual_can_be_written_to_a_folder() {
    let desk = Desk::new();
    desk.run(&["man", "-o", "man"]).well();
    says(&desk.read("man/interleaf-notes.1"), &["List the notes"]);
}
