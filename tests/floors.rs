//! Imports go down only: no floor of `src` uses a floor above its own, and no two floors use each other.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up; floors on one line stand beside each other and do not use one another.
const FLOORS: &[&[&str]] = &[
    &["text", "config"],
    &["model"],
    &["store"],
    &["import"],
    &["anchor"],
    &["outline", "search"],
    &["export", "absorb"],
    &["library", "stats"],
    &["layout"],
    &["app"],
    &["keymap"],
    &["ui"],
    &["terminal"],
    &["run"],
    &["cli"],
];

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|beside| beside.contains(&floor))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The floors that a source names after `crate::`, in code and not in comments.
fn used(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    let mut floors = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            floors.insert(name);
        }
    }
    floors
}

#[test]
fn imports_go_down_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut faults = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&src).unwrap();
        let own = relative.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if own == "lib" || own == "main" {
            continue;
        }
        let Some(here) = height(&own) else {
            faults.push(format!("{}: `{own}` is not among the floors of this test", relative.display()));
            continue;
        };
        for other in used(&fs::read_to_string(file).unwrap()) {
            if other == own {
                continue;
            }
            match height(&other) {
                Some(there) if there < here => {}
                Some(_) => {
                    faults.push(format!("{}: `{own}` uses `{other}`, which is no floor below", relative.display()))
                }
                None => faults.push(format!("{}: `crate::{other}` is no floor", relative.display())),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(files.len() > 10, "the sources were not found");
}

#[test]
fn the_check_sees_an_import_that_goes_up() {
    assert!(used("use crate::{app::App, model};").contains("app"));
    assert!(used("let x = crate::ui::draw();").contains("ui"));
    assert!(used("// crate::ui").is_empty());
    assert!(height("model") < height("app"));
}

#[test]
fn the_invariants_hold() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files {
        let relative = file.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&file).unwrap();
        let names = |word: &str| source.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
        if relative.starts_with("model/") {
            assert!(!names("serde"), "{relative}: the model never serialises");
        }
        if relative.starts_with("layout/") {
            assert!(!names("ratatui"), "{relative}: layout knows no terminal");
        }
        if relative.starts_with("app/") && relative != "app/editor.rs" {
            assert!(!names("ratatui"), "{relative}: only the note editor's file names ratatui");
        }
        if relative.starts_with("ui/") {
            assert!(!names("&mut App"), "{relative}: ui changes nothing");
        }
        assert!(!names("unsafe {"), "{relative}: no unsafe");
    }
}
