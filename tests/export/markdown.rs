//! Markdown.

use interleaf::export::{Grouping, Markdown};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::sample::{ferry, hostile, text_of};

fn by(group_by: Grouping) -> String {
    text_of(&Markdown { group_by }, &[ferry()])
}

/// Asserts that `parts` stand in `text` in this order.
#[track_caller]
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is not where it should be in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn reads_like_something_to_hand_on() {
    let text = by(Grouping::Topic);
    in_order(
        &text,
        &[
            "# The Last Ferry\n\n*Forty years at one wheel*\n\nSlipway · 2026-03-04 · https://example.org/ferry\n",
            "With Ada Pryce (interviewer), Tom Bellis (guest).",
            "> met on the slipway\n\n— highlight\n\n## Taking the wheel\n",
            "> first take the wheel\n\n— **Ada Pryce** · 00:00:04 · question, open · #steering\n\nWho let him?\n",
            "> eleven 🛥️ and my uncle\n\n— **Tom Bellis** · 00:00:09 · note · #steering/age\n",
            "So young.\\\nCheck the *law* of \\<1950>.\n",
            "## Forty years\n",
            "> forty years\n",
            "## What nobody asked\n",
            "## Notes that have lost their place\n",
            "> Sallow Creek\n\n— note\n\nWhere is that?\n",
            "## Questions\n\n- [ ] Who let him? (Ada Pryce: “first take the wheel”)\n",
            "## Follow-ups\n\n- [ ] Find the urn. (Tom Bellis: “tea urn”)\n",
        ],
    );
    assert_eq!(text.matches("What nobody asked").count(), 1, "a heading is not repeated as a note");
}

#[test]
fn a_note_stands_under_each_of_its_tags() {
    in_order(
        &by(Grouping::Tag),
        &["## objects", "> tea urn", "## steering\n", "> tea urn", "## steering/age", "## Without a tag"],
    );
}

#[test]
fn speakers_come_in_the_order_in_which_they_are_met() {
    in_order(&by(Grouping::Speaker), &["## Ada Pryce", "## Tom Bellis", "## Nobody in particular"]);
}

#[test]
fn days_come_in_order() {
    in_order(&by(Grouping::Time), &["## 2026-11-20", "## 2026-11-21", "## 2026-11-22"]);
}

#[test]
fn nothing_in_a_note_is_taken_for_markup() {
    let text = text_of(&Markdown::default(), &[hostile()]);
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    let mut words = String::new();
    for event in Parser::new_ext(&text, extensions) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => panic!("a link to {dest_url}"),
            Event::Code(code) if &*code == "x" => words.push_str("`x`"),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => panic!("code: {code}"),
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::FootnoteDefinition(_)) => panic!("a block"),
            Event::Rule => panic!("a rule"),
            Event::TaskListMarker(is_done) => {
                assert!(!is_done, "a task that the note made");
            }
            Event::Text(text) => words.push_str(&text),
            _ => {}
        }
    }
    assert!(words.contains("<script>alert(1)</script> ]]> -- \"q\" 'q' {{ 7*7 }}"), "{words}");
    assert!(words.contains("& &amp; ${x}") && words.contains("[x] y") && words.contains("# no"), "{words}");
    assert!(!text.contains(['\u{1b}', '\0']));
}

#[test]
fn a_notes_own_emphasis_and_lists_stay() {
    let mut document = ferry();
    document.notes[2].annotation.note =
        "Two things, *kept* apart:\n- what he `saw`: <i>\n- what\n* <b>x\n1. [a](b)\n\n---\n```\n# end".to_owned();
    let text = text_of(&Markdown::default(), &[document]);
    let expected = "Two things, *kept* apart:\n- what he `saw`: \\<i>\n- what\n* \\<b>x\n1. \\[a](b)\n\n\\---\\\n\\`\\`\\`\\\n\\# end\n";
    assert!(text.contains(expected), "{text}");
}
