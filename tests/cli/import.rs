//! `interleaf import`.

use crate::desk::{Desk, says};

#[test]
fn a_document_becomes_native_yaml_with_a_report() {
    let ran = Desk::new().with_ferry().run(&["import", "ferry.txt"]);
    says(&ran.err, &["ferry.txt:   format: text, since", "2 turns", "interviewer"]);
    says(&ran.well(), &["interleaf: interview/1\n", "title: The Last Ferry"]);
}

#[test]
fn what_was_imported_reads_the_same() {
    let desk = Desk::new().with_ferry();
    desk.run(&["import", "ferry.txt", "-o", "native"]).well();
    let turns = |file: &str| desk.run(&["show", file, "--to", "json"]).json()["turns"].clone();
    assert_eq!(turns("native/ferry.yaml"), turns("ferry.txt"));
}

#[test]
fn several_documents_go_to_a_folder() {
    let desk = Desk::new().with_ferry().with("b/ferry.md", "**ADA:** Who?\n\n**TOM:** Me.\n");
    says(&desk.run(&["import", "ferry.txt", "b/ferry.md"]).refused(), &["-o DIR"]);
    desk.run(&["import", "ferry.txt", "b/ferry.md", "-o", "native"]).well();
    says(&desk.read("native/ferry.md.yaml"), &["Who?"]);
    says(&desk.run(&["import", "ferry.txt", "-o", "native"]).refused(), &["ferry.yaml", "--force"]);
}

#[test]
fn the_reader_may_say_who_asks_and_who_is_who() {
    let desk = Desk::new().with_ferry();
    let words = ["import", "ferry.txt", "--quiet", "--interviewer", "TOM BELLIS", "--speaker", "ADA PRYCE=Ada"];
    says(&desk.run(&words).well(), &["name: Ada, role: guest", "role: interviewer"]);
    says(&desk.run(&["import", "ferry.txt", "--speaker", "x"]).refused(), &["OLD=NEW"]);
    says(&desk.run(&["import", "ferry.txt", "--format", "papyrus"]).refused(), &["papyrus"]);
}

#[test]
fn corrections_made_in_the_reader_go_into_the_yaml() {
    let corrections =
        "interleaf: annotations/1\ninterview: ferry.txt\ncorrections:\n- rename: TOM BELLIS\n  to: Captain Bellis\n";
    let desk = Desk::new().with_ferry().with("annotations/ferry.txt.yaml", corrections);
    says(&desk.run(&["import", "ferry.txt"]).well(), &["name: Captain Bellis"]);
}

/// The ferry in German: the remark about the tea urn is missing, and so is the last question.
const FAEHRE: &str = "\
ADA PRYCE: Wann hast du zum ersten Mal das Ruder genommen?

KAPITÄN BELLIS: Ich war elf. Mein Onkel war nach unten gegangen, um seine Zähne zu suchen.

ADA PRYCE: Und wer hat danach gesteuert?

KAPITÄN BELLIS: Ich, vierzig Jahre lang. Niemand hat es zurückverlangt.
";

#[test]
fn two_documents_become_one_in_two_languages() {
    let desk = Desk::new().with_ferry().with("faehre.txt", FAEHRE);
    let ran = desk.run(&["import", "ferry.txt", "--with", "faehre.txt", "--language", "en,de", "-o", "native"]);
    says(&ran.err, &["Kapitän Bellis: read as", "translation: de, of"]);
    let yaml = desk.read("native/ferry.yaml");
    says(&yaml, &["language: en", "Wann hast du", "Und wer hat danach gesteuert?"]);
    let shown = desk.run(&["show", "native/ferry.yaml", "--report"]).well();
    says(&shown, &["translation", "de, of 4 in", "2 turns"]);
    let refused = desk.run(&["import", "ferry.txt", "faehre.txt", "--with", "faehre.txt"]).refused();
    says(&refused, &["--with goes with one document"]);
}

#[test]
fn standard_input_takes_every_format_and_the_translation() {
    let desk = Desk::new().with_ferry();
    let ran = desk.run_with_input(&["import", "ferry.txt", "--with", "-", "--language", "en,de"], FAEHRE);
    says(&ran.well(), &["Und wer hat danach gesteuert?", "translation: "]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/formats");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let expected = path.with_file_name(format!("{}.expected", path.file_name().unwrap().to_str().unwrap()));
        let Some(format) = std::fs::read_to_string(expected)
            .ok()
            .and_then(|report| Some(report.strip_prefix("format: ")?.split(' ').next()?.to_owned()))
        else {
            continue;
        };
        let ran = desk.run_with_input(&["import", "-", "--format", &format], std::fs::read(&path).unwrap());
        says(&ran.err, &[&format!("format: {format}")]);
        says(&ran.well(), &["interleaf: interview/1\n"]);
    }
}
