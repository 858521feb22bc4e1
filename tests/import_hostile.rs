//! Documents that are broken, huge, or no documents at all.

#![allow(clippy::unwrap_used, reason = "test inputs are known")]

use interleaf::import::{ImportError, Imported, Options, read};
use interleaf::model::{ParagraphIndex, TurnIndex};
use proptest::prelude::*;

fn open(bytes: &[u8], name: &str) -> Result<Imported, ImportError> {
    read(bytes.to_vec(), name, &Options::default())
}

fn refusal(bytes: &[u8], name: &str) -> String {
    open(bytes, name).unwrap_err().to_string()
}

#[test]
fn what_is_no_text_is_refused_with_advice() {
    for (bytes, message) in [
        (&b""[..], "x is empty: there is nothing to read"),
        (b" \n\t\r\n ", "x is empty: there is nothing to read"),
        ("\u{FEFF}\n\u{A0}\u{3000}\n".as_bytes(), "x is empty: there is nothing to read"),
        (b"%PDF-1.7\n%\xE2\xE3", "x is a PDF; turn it into text with `pdftotext -layout`"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", "x is an old Word document (.doc); save it as DOCX"),
        (b"ID3\x04\x00", "x is a sound recording; transcribe it first, then open the transcript"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "x is a sound recording; transcribe it first, then open the transcript"),
        (b"\x00\x00\x00\x20ftypisom", "x is a recording; transcribe it first, then open the transcript"),
        (b"\x89PNG\r\n\x1A\n", "x is an image; turn it into text with a program for text recognition"),
        (b"\x7FELF\x02\x01\x01", "x is a program; choose a document"),
        (b"\x1F\x8B\x08", "x is a compressed file; unpack it first"),
    ] {
        assert_eq!(refusal(bytes, "x"), message);
    }
    assert!(refusal(&[1, 2, 3, 4, 5, 0, 0, 200, 3, 1, 7, 6], "x").starts_with("x is a binary file"));
}

#[test]
fn a_format_can_be_asked_for() {
    let options = |format: &str| Options { format: Some(format.to_owned()), ..Options::default() };
    let text = "# Mira: Why?\n# Jonas: Because.\n";
    let plain = read(text.into(), "x.md", &options("text")).unwrap();
    assert_eq!(plain.report.format, "text");
    assert!(plain.interview.text().starts_with("# Mira"));
    let error = read(text.into(), "x.md", &options("wordstar")).unwrap_err().to_string();
    assert!(error.starts_with("there is no format `wordstar`; choose one of"), "{error}");
}

#[test]
fn the_interviewer_can_be_named() {
    let text = "Mira: It is late.\nJonas: It is.\nMira: It is cold.\nJonas: It always is.\n";
    let options = Options { interviewer: Some("jonas".to_owned()), ..Options::default() };
    let speakers = read(text.into(), "x.txt", &options).unwrap().interview.speakers;
    let roles: Vec<_> = speakers.iter().map(|speaker| (speaker.name.as_str(), speaker.role.name())).collect();
    assert_eq!(roles, [("Mira", "guest"), ("Jonas", "interviewer")]);
}

#[test]
fn one_long_line_is_one_paragraph() {
    let text = "The gulls went up and came down again. ".repeat(26_000);
    let interview = open(text.as_bytes(), "x.txt").unwrap().interview;
    assert_eq!((interview.paragraph_count(), interview.turns().len()), (1, 1));
    assert_eq!(interview.text().len(), text.trim_end().len());
}

#[test]
fn many_odd_lines_takes_bounded_time() {
    let started = std::time::Instant::now();
    for line in
        ["A:\n", ":\n", "[\n", "x\r", "Ab Cd: e\n", "00:01 x\n", ">> \n", "**A:**\n", "# \n", "> > > \n", "* * *\n"]
    {
        let text = line.repeat((1 << 17) / line.len());
        for name in ["x.txt", "x.md"] {
            let _ = open(text.as_bytes(), name);
        }
    }
    let many: String = (0..12_000).map(|n| format!("Name{} Person{n}: words of {n}\n", n % 7)).collect();
    let _ = open(many.as_bytes(), "x.txt");
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

/// Every paragraph is one line, the turns cover the talk, and all positions are good.
fn is_whole(imported: &Imported) -> Result<(), TestCaseError> {
    let interview = &imported.interview;
    let covered: Vec<u32> =
        (0..interview.turns().len() as u32).flat_map(|turn| interview.turn_paragraphs(TurnIndex(turn))).collect();
    let talk: Vec<u32> = (interview.front()..interview.back().start).collect();
    prop_assert!(covered == talk || interview.turns().is_empty());
    for paragraph in 0..interview.paragraph_count_with_translations() {
        let words = interview.paragraph(ParagraphIndex(paragraph));
        prop_assert!(!words.contains('\n') && words.trim() == words);
    }
    for turn in interview.turns() {
        prop_assert!(turn.speaker.is_none_or(|speaker| interview.speaker(speaker).is_some()));
    }
    Ok(())
}

/// Lines such as transcripts have, in any order.
fn any_line() -> impl Strategy<Value = String> {
    let begin = prop::sample::select(vec![
        "",
        "",
        "",
        "Mira: ",
        "Mira Okafor: ",
        "Jonas Hale (JH): ",
        "JH: ",
        "**Mira:** ",
        "[00:01] ",
        "00:00:07 ",
        ">> ",
        "# ",
        "### ",
        "> ",
        "- ",
        "1. ",
        "MIRA",
        "Both: ",
        "Q. ",
        "问：",
        "---",
        "```",
        "| a | ",
        "[Mira] [0:01] ",
        "  ",
    ]);
    let words = prop::sample::select(vec![
        "",
        "Why?",
        "Because it was late.",
        "It was *very* late,",
        "and [so](http://x.example) on",
        "00:01:02",
        "夜が来た。",
        "\u{85}",
        "\r",
        "\u{FEFF}",
        "a\u{301}",
        "👩‍👩‍👧",
        "<b>late</b>",
        "\\[03:54\\]",
        "3 comments",
        "Mira Okafor writes.",
    ]);
    (begin, words).prop_map(|(begin, words)| format!("{begin}{words}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(imported) = open(&bytes, "x.txt") {
            is_whole(&imported)?;
        }
    }

    #[test]
    fn any_lines_make_a_whole_interview(lines in prop::collection::vec(any_line(), 0..40), markdown in any::<bool>()) {
        let text = lines.join("\n");
        if let Ok(imported) = open(text.as_bytes(), if markdown { "x.md" } else { "x.txt" }) {
            is_whole(&imported)?;
        }
    }
}
