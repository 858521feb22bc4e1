//! The documentation says what the program does: pictures and key tables are as the program makes them, and whatever
//! the text names is there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

use std::fs;
use std::path::Path;

use interleaf::export::Format;
use interleaf::keymap::Keymap;

mod support;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn pictures_and_key_tables_are_as_the_program_makes_them() {
    let stale: Vec<&str> = support::pages::all()
        .into_iter()
        .filter(|(file, content)| {
            fs::read_to_string(Path::new("docs").join(file)).is_ok_and(|written| written == *content).eq(&false)
        })
        .map(|(file, _)| file)
        .collect();
    assert!(stale.is_empty(), "stale in docs/: {stale:?}. Write them anew: cargo run --example docs");
}

#[test]
fn links_lead_somewhere() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        for link in read(page).split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                assert!(Path::new(target).exists(), "{page} links to {target}, which is not there");
            }
        }
    }
}

#[test]
fn the_readme_names_every_export_format() {
    let readme = read("README.md");
    for format in Format::ALL {
        assert!(readme.contains(&format!("`{}`", format.name())), "README.md does not name `{}`", format.name());
    }
}

/// The keys of the README's table are keys of the program.
#[test]
fn the_readme_names_keys_that_there_are() {
    let all = Keymap::default_keys().unwrap().markdown();
    let readme = read("README.md");
    let table = readme.split("## Keys").nth(1).unwrap().split("\n## ").next().unwrap();
    let keys = table.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split('|').nth(1));
    let keys: Vec<&str> = keys.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys {
        assert!(all.contains(&format!("`{key}`")), "README.md names the key {key}, which does nothing");
    }
}

#[test]
fn the_architecture_says_what_each_dependency_is_for() {
    let architecture = read("ARCHITECTURE.md");
    let manifest = read("Cargo.toml");
    let mut is_dependency = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_dependency = line.contains("dependencies");
        } else if is_dependency && let Some((name, _)) = line.split_once(" =") {
            assert!(architecture.contains(&format!("`{name}`")), "ARCHITECTURE.md does not say what {name} is for");
        }
    }
}
