//! Obsidian, plain text and templates.

use interleaf::export::{Obsidian, PlainText, Template};

use crate::python::python_json;
use crate::sample::{ferry, hostile, text_of};

#[test]
fn every_note_is_a_callout_that_ends_in_a_block_id() {
    let text = text_of(&Obsidian, &[ferry()]);
    // The topic is a heading.
    assert_eq!(text.matches("> [!quote] ").count(), 7);
    assert!(text.contains("\n## What nobody asked\n"), "{text}");
    assert!(
        text.contains(
            "> [!quote] Tom Bellis · 00:00:09 · follow-up, open\n> tea urn\n>\n> Find the urn.\n>\n> #objects #steering \
             ^01jd9z8q4t9m6v3k2x7w5r1b04\n"
        ),
        "{text}"
    );
    assert!(text.contains("- [ ] Find the urn. [[#^01jd9z8q4t9m6v3k2x7w5r1b04]]"), "{text}");
}

#[test]
fn a_yaml_library_reads_the_properties() {
    let script = "
import sys
text = open(sys.argv[1], encoding='utf-8').read()
assert text.startswith('---\\n')
print(json.dumps(yaml.safe_load(text[4:].split('\\n---\\n')[0])))
";
    for document in [ferry(), hostile()] {
        let text = text_of(&Obsidian, std::slice::from_ref(&document));
        let Some(properties) = python_json(&["json", "yaml"], script, text.as_bytes()) else { return };
        assert_eq!(properties["title"], document.title());
        assert_eq!(properties["interview"], document.path.as_str());
    }
}

#[test]
fn tags_have_the_letters_that_obsidian_allows() {
    let text = text_of(&Obsidian, &[hostile()]);
    assert!(text.contains("tags:\n  - \"a/b\"\n  - \"x-y\"\n"), "{text}");
}

#[test]
fn plain_text_has_headings_and_quotes() {
    let text = text_of(&PlainText::default(), &[ferry()]);
    assert!(text.starts_with("The Last Ferry\n==============\nForty years at one wheel\n"), "{text}");
    assert!(
        text.contains(
            "\n“tea urn”\n    Tom Bellis, 00:00:09, follow-up (open), #objects, #steering\n    Find the urn.\n"
        ),
        "{text}"
    );
}

#[test]
fn the_shipped_templates_work() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/templates");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        let template = Template::new(&path.to_string_lossy(), &source).unwrap();
        let text = text_of(&template, &[ferry(), hostile()]);
        assert!(text.contains("tea urn") && !text.contains("{{ note"), "{text}");
        assert!(!path.ends_with("page.html") || !text.contains("<script"), "{text}");
        count += 1;
    }
    assert_eq!(count, 2);
}
