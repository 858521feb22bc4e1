//! The list of interviews and the way between it and them.

use crate::desk::Desk;
use crate::reader::Reader;

const KILN: &str = "\
A Kiln of One's Own

ADA PRYCE: What does the clay want?

INES DUARTE: To be left alone, mostly. I fire on Sundays.

ADA PRYCE: And the ash?

INES DUARTE: The ash is the glaze. Nobody believes me until they see the pots.
";

fn talks() -> Desk {
    Desk::with_ferry().with("kiln/kiln.txt", KILN).with("readme.md", "Nothing to read here.\n")
}

fn interviews(desk: &Desk, columns: u16, rows: u16) -> Reader {
    let reader = desk.open_sized(".", columns, rows);
    reader.has_the_screen();
    reader.sees("A Kiln of One's Own");
    reader.sees("The Last Ferry");
    reader
}

#[test]
fn one_filters_opens_comes_back_and_leaves() {
    let desk = talks();
    let mut reader = interviews(&desk, 80, 24);
    reader.sees("Interviews 2");
    reader.keys("/");
    reader.types("bellis");
    reader.sees_no_more("A Kiln of One's Own");
    reader.keys("Enter Enter");
    reader.sees("When did you first take the wheel?");
    reader.is_ready();
    reader.keys("] q f");
    reader.sees("Esc saves");
    reader.types("Ask his sister.");
    reader.keys("Esc");
    reader.sees("Saved.");
    reader.keys("q");
    reader.sees("Interviews 1 of 2");
    reader.sees("1 open");
    reader.sees("% read");
    reader.keys("Esc");
    reader.sees("Interviews 2");
    reader.keys("f");
    reader.sees("Ask his sister.");
    reader.keys("Enter");
    reader.sees("1 note");
    reader.keys("p");
    reader.sees("Ask his sister.");
    reader.sees("Esc closes");
    reader.keys("q");
    reader.sees_no_more("Esc closes");
    reader.keys("q");
    reader.sees("open  1");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
}

#[test]
fn one_searches_all_and_goes_from_hit_to_hit() {
    let desk = talks();
    let mut reader = interviews(&desk, 120, 40);
    reader.keys("S");
    reader.types("the");
    reader.sees("hits in 2 interviews");
    reader.types(" glaze");
    reader.sees("1 hit in 1 interview");
    reader.keys("Enter Enter");
    reader.sees("The ash is the glaze.");
    reader.sees("1 of 1");
    reader.keys("q");
    reader.sees("1 hit in 1 interview");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_interview_leads_to_the_list_of_its_notebook() {
    let desk = talks().with("annotations/tags.yaml", "");
    let mut reader = desk.open("kiln/kiln.txt");
    reader.is_ready();
    reader.keys("L");
    reader.sees("The Last Ferry");
    reader.sees("kiln/kiln.txt");
    reader.keys("k Enter");
    reader.sees("When did you first take the wheel?");
    reader.keys("L");
    reader.sees("Interviews 2");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
}

#[test]
fn keys_typed_ahead_reach_what_they_are_meant_for() {
    let desk = talks();
    let mut reader = interviews(&desk, 80, 24);
    // Into the first interview, back, down to the second, back, and out.
    reader.send(b"\rqj\rqq");
    assert_eq!(reader.ends(), 0);
    reader.is_given_back();
}

#[test]
fn the_folder_one_is_in_is_listed_where_nothing_is_named() {
    let desk = talks();
    let mut reader = Reader::start(&desk, &[env!("CARGO_BIN_EXE_interleaf").as_ref()], 80, 24);
    reader.sees("A Kiln of One's Own");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn the_terminal_is_given_back_when_the_program_is_told_to_end() {
    for in_an_interview in [false, true] {
        let desk = talks();
        let mut reader = interviews(&desk, 80, 24);
        if in_an_interview {
            reader.keys("g Enter");
            reader.sees("take the wheel?");
            reader.keys("q");
            reader.sees("Interviews 2");
            reader.keys("Enter");
            reader.sees("take the wheel?");
        }
        reader.signal("TERM");
        assert_eq!(reader.ends(), 143);
        reader.is_given_back();
    }
}

#[test]
fn ctrl_z_and_another_size_leave_the_list_as_it_was() {
    let desk = talks();
    let script = format!("set -m; {} .; echo STOPPED; read go; fg; echo ENDED", env!("CARGO_BIN_EXE_interleaf"));
    let mut reader = Reader::start(&desk, &["sh".as_ref(), "-c".as_ref(), script.as_ref()], 80, 24);
    reader.sees("A Kiln of One's Own");
    reader.keys("Ctrl-z");
    reader.sees("STOPPED");
    reader.send(b"go\r");
    reader.has_the_screen();
    reader.sees("A Kiln of One's Own");
    reader.resize(15, 4);
    reader.sees("20x6 needed");
    reader.resize(120, 40);
    reader.sees("Last read");
    reader.keys("q");
    reader.sees("ENDED");
    assert_eq!(reader.ends(), 0);
}

#[test]
fn an_interview_that_has_gone_is_told_and_leaves_the_list() {
    let desk = talks();
    let mut reader = interviews(&desk, 80, 24);
    std::fs::remove_file(desk.path("ferry.txt")).unwrap();
    reader.keys("g Enter");
    reader.sees("no such file");
    reader.keys("r");
    reader.sees("Interviews 1");
    reader.sees_no_more("The Last Ferry");
    reader.keys("q");
    assert_eq!(reader.ends(), 0);
}
