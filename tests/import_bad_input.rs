//! Input that is broken, hostile or very large: a clear error or a document, and never a panic.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop at a broken fixture and tell its times")]

use std::collections::HashMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use interleaf::import::{self, ImportError, Imported, Options};
use zip::write::SimpleFileOptions;

fn read(bytes: impl Into<Vec<u8>>, name: &str) -> Result<Imported, ImportError> {
    import::read(bytes.into(), name, &Options::default())
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/formats");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension != "expected")).collect()
}

/// A DOCX with that text as its document.
fn docx(document: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(document.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_that_are_cut_off_anywhere_never_panic() {
    for path in fixtures() {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for part in 1..24 {
            let _ = read(&bytes[..bytes.len() * part / 24], name);
        }
    }
}

#[test]
fn files_with_broken_bytes_never_panic() {
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for path in fixtures() {
        let whole = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for _ in 0..24 {
            let mut bytes = whole.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => bytes.insert(at, b"<>\"{}[]:-&;\r\n\t,|\x15\0"[next(17)]),
                    2 => {
                        bytes.remove(at);
                    }
                    _ => {
                        let end = (at + next(40)).min(bytes.len());
                        let piece = bytes[at..end].to_vec();
                        let to = next(bytes.len());
                        bytes.splice(to..to, piece);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            let _ = read(bytes, name);
        }
    }
}

#[test]
fn a_hundred_thousand_levels_cost_no_stack() {
    const DEEP: usize = 100_000;
    for open in ["[", "{\"a\":", "{\"segments\":[", "[{\"text\":\"a\",\"utterances\":["] {
        assert!(read(format!("{}1", open.repeat(DEEP)), "deep.json").is_err(), "{open}");
    }
    let nested = |open: &str, close: &str| format!("{}Mira: so{}", open.repeat(DEEP), close.repeat(DEEP));
    for (open, close) in [("<div>", "</div>"), ("<nav>", "</b>")] {
        let _ = read(format!("<html><body>{}", nested(open, close)), "deep.html");
    }
    let tei = format!("<TEI><text><body><u who=\"A\">{}</u></body></text></TEI>", nested("<seg>", "</seg>"));
    assert_eq!(read(tei, "deep.xml").unwrap().interview.turns().len(), 1);
    let divisions = format!("<TEI><text>{}</text></TEI>", nested("<div><p>a</p>", "</div>"));
    let _ = read(divisions, "deep.xml");
    let document = format!("<w:document><w:body>{}</w:body></w:document>", nested("<w:p><w:sdt>", "</w:sdt></w:p>"));
    let _ = read(docx(&document), "deep.docx");
}

#[test]
fn a_zip_bomb_is_refused() {
    let bomb = docx(&format!("<w:document><w:body><w:p><w:r><w:t>{}", "ha ".repeat(12 << 20)));
    assert!(bomb.len() < 1 << 20);
    let error = read(bomb, "bomb.docx").unwrap_err().to_string();
    assert!(error.contains("would unpack to"), "{error}");
}

/// Extensions of files of all formats.
const FORMATS: &[&str] = &[
    "txt", "md", "srt", "vtt", "json", "csv", "tei", "trs", "eaf", "TextGrid", "cha", "otr", "html", "docx", "ohms",
    "yaml",
];

/// Formats that say themselves who speaks, so that a name need not recur to be one.
const SURE: &[&str] = &["vtt", "json", "csv", "tei", "trs", "eaf", "TextGrid", "cha", "html", "yaml"];

/// A talk as a file of that format. Each turn is somebody's words; it begins two seconds after the one before.
fn written(format: &str, turns: &[(String, String)]) -> Vec<u8> {
    let all = |write: &dyn Fn(usize, &str, &str) -> String| -> String {
        turns.iter().enumerate().map(|(number, (who, words))| write(number, who, words)).collect()
    };
    let clock = |seconds: usize| format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let text = match format {
        "txt" => all(&|_, who, words| format!("{who}: {words}\n\n")),
        "md" => all(&|_, who, words| format!("**{who}:** {words}\n\n")),
        "srt" => all(&|n, who, words| {
            format!("{}\n{},000 --> {},000\n{who}: {words}\n\n", n + 1, clock(n * 2), clock(n * 2 + 1))
        }),
        "vtt" => {
            let cue = |n: usize, who: &str, words: &str| {
                format!("{}.000 --> {}.000\n<v {who}>{words}\n\n", clock(n * 2), clock(n * 2 + 1))
            };
            format!("WEBVTT\n\n{}", all(&cue))
        }
        "json" => {
            let segment = |n: usize, who: &str, words: &str| {
                format!("{{\"startTime\": {}, \"speaker\": \"{who}\", \"body\": \"{words}\"}},\n", n * 2)
            };
            format!("{{\"segments\": [{}{{\"body\": \"\"}}]}}", all(&segment))
        }
        "csv" => format!("time,speaker,text\n{}", all(&|n, who, words| format!("{},{who},{words}\n", clock(n * 2)))),
        "tei" => {
            let utterance = |n: usize, who: &str, words: &str| {
                format!("<u who=\"{}\" start=\"{}\">{words}</u>\n", who.replace(' ', "_"), n * 2)
            };
            format!("<TEI><text><body>{}</body></text></TEI>", all(&utterance))
        }
        "trs" => {
            let turn = |n: usize, who: &str, words: &str| {
                format!("<Turn speaker=\"{}\"><Sync time=\"{}\"/>{words}</Turn>\n", who.replace(' ', "_"), n * 2)
            };
            format!("<Trans><Episode><Section>{}</Section></Episode></Trans>", all(&turn))
        }
        "eaf" => {
            let slot =
                |n: usize, _: &str, _: &str| format!("<TIME_SLOT TIME_SLOT_ID=\"t{n}\" TIME_VALUE=\"{}\"/>", n * 2000);
            let mut tiers = String::new();
            for (who, own) in by_speaker(turns) {
                tiers.push_str(&format!("<TIER TIER_ID=\"{who}\" PARTICIPANT=\"{who}\">\n"));
                for n in own {
                    tiers.push_str(&format!(
                        "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{n}\" TIME_SLOT_REF1=\"t{n}\" \
                         TIME_SLOT_REF2=\"t{n}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>\
                         </ANNOTATION>\n",
                        turns[n].1
                    ));
                }
                tiers.push_str("</TIER>");
            }
            format!("<ANNOTATION_DOCUMENT><TIME_ORDER>{}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>", all(&slot))
        }
        "TextGrid" => {
            let tiers = by_speaker(turns);
            let mut text =
                format!("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 9 <exists> {}\n", tiers.len());
            for (who, own) in tiers {
                text.push_str(&format!("\"IntervalTier\" \"{who}\" 0 9 {}\n", own.len()));
                own.iter().for_each(|n| text.push_str(&format!("{} {} \"{}\"\n", n * 2, n * 2 + 1, turns[*n].1)));
            }
            text
        }
        "cha" => {
            let line = |n: usize, who: &str, words: &str| {
                format!("*{}:\t{words} \u{15}{}_{}\u{15}\n", who.replace(' ', "_"), n * 2000, n * 2000 + 900)
            };
            format!("@Begin\n{}@End\n", all(&line))
        }
        "otr" => {
            let text = all(&|n, who, words| format!("<p><span data-timestamp='{}'>0</span>{who}: {words}</p>", n * 2));
            format!("{{\"text\": \"{text}\", \"media\": \"\"}}")
        }
        "html" => {
            let cited =
                all(&|n, who, words| format!("<cite>{who}:</cite><time>{}</time><p>{words}</p>\n", clock(n * 2)));
            format!("<!doctype html><html><body>{cited}</body></html>")
        }
        "docx" => {
            let paragraphs = all(&|_, who, words| format!("<w:p><w:r><w:t>{who}: {words}</w:t></w:r></w:p>\n"));
            return docx(&format!("<w:document><w:body>{paragraphs}</w:body></w:document>"));
        }
        "ohms" => {
            let text = all(&|_, who, words| format!("{who}: {words}\n\n"));
            format!("<ROOT><record><title>x</title><transcript>{text}</transcript></record></ROOT>")
        }
        _ => {
            let text =
                all(&|n, who, words| format!("- speaker: {who}\n  time: \"{}\"\n  text: {words}\n", clock(n * 2)));
            format!("interleaf: interview/1\nturns:\n{text}")
        }
    };
    text.into_bytes()
}

/// The numbers of each speaker's turns.
fn by_speaker(turns: &[(String, String)]) -> Vec<(&str, Vec<usize>)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut all: Vec<(&str, Vec<usize>)> = Vec::new();
    for (number, (who, _)) in turns.iter().enumerate() {
        let next = all.len();
        let place = *places.entry(who).or_insert(next);
        if place == next {
            all.push((who, Vec::new()));
        }
        all[place].1.push(number);
    }
    all
}

/// How many lamps a file speaks of.
fn words_out(bytes: Vec<u8>, format: &str) -> usize {
    let imported = read(bytes, &format!("talk.{format}")).unwrap();
    imported.interview.text().split_whitespace().filter(|word| word.starts_with("lamp")).count()
}

#[test]
fn ten_thousand_speakers_are_told_apart() {
    let names: Vec<_> =
        (0..10_000).map(|n| (format!("Person{n} Name{n}"), "So the lamp was lit.".to_owned())).collect();
    for format in FORMATS {
        let imported = read(written(format, &names), &format!("crowd.{format}")).unwrap();
        let found = imported.interview.speakers.len();
        assert!(found == 10_000 || !SURE.contains(format), "{format}: {found}");
        assert_eq!(imported.interview.text().matches("lamp").count(), 10_000, "{format}");
    }
    // Names that make one and the same id.
    let marks =
        (0..700).map(|n| ("\u{2042}".repeat(n % 7 + 1) + &"?".repeat(n / 7), "So the lamp was lit.".to_owned()));
    assert_eq!(words_out(written("vtt", &marks.collect::<Vec<_>>()), "vtt"), 700);
}

#[test]
fn one_long_line_is_one_line() {
    let long = "lamp after lamp was lit ".repeat(26_000);
    let turns =
        [("Mira Okafor", "Which lamp?"), ("Jonas Hale", long.trim_end()), ("Mira Okafor", "And the last lamp?")];
    let turns = turns.map(|(who, words)| (who.to_owned(), words.to_owned()));
    for format in FORMATS {
        assert_eq!(words_out(written(format, &turns), format), 52_002, "{format}");
    }
}

/// A short talk with accents.
fn short() -> Vec<(String, String)> {
    let turn = |n: usize| {
        (["Mira Okafor", "Zoé Hale"][n % 2].to_owned(), format!("So the lamp, café lamp, was lit {n} times."))
    };
    (0..8).map(turn).collect()
}

#[test]
fn line_ends_zeros_and_broken_bytes_take_no_words() {
    for format in FORMATS.iter().filter(|format| **format != "docx") {
        let bytes = written(format, &short());
        assert_eq!(words_out(bytes.clone(), format), 16, "{format}");
        // CHAT and YAML know what a line is; in all others a lone CR ends one.
        let lone_cr: Vec<u8> = bytes.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect();
        assert_eq!(words_out(lone_cr, format), 16, "{format} with lone CR");
        let text = String::from_utf8(bytes).unwrap();
        let crlf = text.replace('\n', "\r\n").into_bytes();
        assert_eq!(words_out(crlf, format), 16, "{format} with CRLF");
        // é as one byte in the first half of the file, as two in the other.
        let half = text.char_indices().nth(text.chars().count() / 2).unwrap().0;
        let mut mixed: Vec<u8> = text[..half].chars().map(|c| c as u8).collect();
        mixed.extend(text[half..].bytes());
        if *format != "yaml" {
            assert_eq!(words_out(mixed, format), 16, "{format} with two encodings");
        }
        let zeros = text.replace("was", "w\0as").into_bytes();
        if !["json", "otr", "yaml"].contains(format) {
            assert_eq!(words_out(zeros, format), 16, "{format} with zero bytes");
        } else {
            // JSON and YAML allow no zero bytes; what they are told says where.
            let _ = read(zeros, &format!("talk.{format}"));
        }
    }
}

#[test]
fn odd_times_are_remarked_with_their_line_and_take_no_words() {
    for (name, text) in [
        ("a.srt", "1\n00:00:09,000 --> 00:00:04,000\nSo the lamp\n\n2\n-00:00:01,000 --> 00:00:02,000\nwas lit.\n"),
        ("a.vtt", "WEBVTT\n\n00:09.000 --> 00:04.000\nSo the lamp\n\n-00:01.000 --> 99999999:00:02.000\nwas lit.\n"),
        (
            "a.json",
            "[{\"text\": \"So the lamp\", \"start\": 9.5,\n\"end\": 4},\n{\"text\": \"was lit.\", \"start\": -1.5}]",
        ),
        ("a.csv", "time,speaker,text\n-00:00:09,Mira,So the lamp\n-4,Mira,was lit.\n"),
        (
            "a.eaf",
            "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID=\"a\" TIME_VALUE=\"-9\"/></TIME_ORDER>\n\
             <TIER TIER_ID=\"M\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"x\" TIME_SLOT_REF1=\"a\" \
             TIME_SLOT_REF2=\"a\"><ANNOTATION_VALUE>So the lamp was lit.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>\
             </ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
        ),
        (
            "a.TextGrid",
            "File type = \"ooTextFile\"\n\"TextGrid\"\n0 9 <exists> 1\n\"IntervalTier\" \"M\" 0 9 1 -9 -4 \"So the lamp was lit.\"",
        ),
    ] {
        let imported = read(text, name).unwrap();
        assert_eq!(
            imported.interview.text().split_whitespace().collect::<Vec<_>>().join(" "),
            "So the lamp was lit.",
            "{name}"
        );
        let warnings = &imported.report.warnings;
        assert!(!warnings.is_empty() && warnings.iter().all(|warning| warning.line > 0), "{name}: {warnings:?}");
    }
    for text in [
        "<Trans><Episode><Section><Turn startTime=\"-9\"><Sync time=\"-4\"/>So the lamp</Turn></Section></Episode></Trans>",
        "<TEI><text><u who=\"A\" start=\"-9\" end=\"1e99\">So the lamp</u></text></TEI>",
        "@Begin\n*MIR:\tSo the lamp . \u{15}99999999999_4\u{15}\n@End\n",
        "{\"text\": \"<p><span data-timestamp='-9'>0</span>So the lamp</p>\"}",
        "<html><cite>Mira:</cite><time>-0:09</time><p>So the lamp</p></html>",
    ] {
        assert!(read(text, "odd").unwrap().interview.text().contains("So the lamp"), "{text}");
    }
}

#[test]
fn bombs_of_entities_and_aliases_are_refused_or_stay_small() {
    let entities: String =
        (1..12).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let prolog = |root: &str| format!("<!DOCTYPE {root} [<!ENTITY e0 \"ha\">{entities}]>");
    for (root, body) in [
        ("TEI", "<TEI><text><u who=\"A\">&e11;</u></text></TEI>"),
        ("Trans", "<Trans><Turn>&e11;</Turn></Trans>"),
        ("ROOT", "<ROOT><record><transcript>&e11;</transcript></record></ROOT>"),
        (
            "ANNOTATION_DOCUMENT",
            "<ANNOTATION_DOCUMENT><TIER TIER_ID=\"A\"><ANNOTATION_VALUE>&e11;</ANNOTATION_VALUE></TIER></ANNOTATION_DOCUMENT>",
        ),
    ] {
        let error = read(format!("{}{body}", prolog(root)), "bomb.xml").unwrap_err().to_string();
        assert!(error.contains("grow without bounds"), "{error}");
    }
    let document = format!(
        "{}<w:document><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>",
        prolog("w:document")
    );
    assert!(read(docx(&document), "bomb.docx").is_ok_and(|imported| imported.interview.text().len() < 100));
    let aliases: String =
        (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "))).collect();
    let laughs = format!("a0: &a0 ha\n{aliases}");
    for text in [
        format!("interleaf: interview/1\n{laughs}turns:\n- {{speaker: A, text: so}}\n"),
        format!("interleaf: interview/1\nturns:\n- speaker: A\n  text: so\nfront: *a\n{laughs}"),
        format!("---\n{laughs}title: x\n---\n\n**Mira:** So?\n\n**Jonas:** So.\n"),
    ] {
        let imported = read(text.clone(), if text.starts_with("---") { "bomb.md" } else { "bomb.yaml" });
        assert!(imported.is_err() || imported.is_ok_and(|imported| imported.interview.text().len() < 10_000));
    }
}

#[test]
fn depth_of_marks_and_of_yaml_costs_no_stack() {
    const DEEP: usize = 100_000;
    for text in [
        format!("interleaf: interview/1\nturns: {}", "[".repeat(DEEP)),
        format!("interleaf: interview/1\nturns:\n- text: {}", "{a: ".repeat(DEEP)),
        format!("interleaf: interview/1\nturns:\n{}", "- ".repeat(DEEP)),
    ] {
        assert!(read(text, "deep.yaml").is_err());
    }
    for mark in ["> ", "- ", "*", "_", "[", "![", "(", "`", "<b>", "1. ", "\\", "#"] {
        let text = format!("**Mira:** So?\n\n{}\n\n**Jonas:** So.\n", mark.repeat(DEEP / 4));
        let _ = read(text, "deep.md");
    }
    let front = format!("---\nspeakers: {}\n---\n\n**Mira:** So?\n\n**Jonas:** So.\n", "[".repeat(30_000));
    assert_eq!(read(front, "deep.md").unwrap().interview.turns().len(), 2);
    for (name, open, close, around) in [
        ("deep.trs", "<Turn>", "</Turn>", "Trans"),
        ("deep.xml", "<sp>", "</sp>", "TEI"),
        ("deep.xml", "<point>", "</point>", "ROOT"),
        ("deep.eaf", "<TIER>", "</TIER>", "ANNOTATION_DOCUMENT"),
    ] {
        let nested =
            format!("<{around}><record/><text>{}lamp{}</text></{around}>", open.repeat(DEEP), close.repeat(DEEP));
        let _ = read(nested, name);
    }
}

/// Files of 100 MB in every format, for which a debug build is too slow:
/// `INTERLEAF_LONG=1 cargo test --release --test import_bad_input a_hundred_megabytes -- --nocapture`.
#[test]
fn a_hundred_megabytes_are_read() {
    if std::env::var_os("INTERLEAF_LONG").is_none() {
        return;
    }
    // Words that do not repeat: an archive of the same ones throughout is refused as a bomb.
    let sentence = |n: usize| {
        let (boat, rock) = (n.wrapping_mul(0x9E37_79B9) >> 7, n.wrapping_mul(0x85EB_CA6B) >> 9);
        format!("So the lamp was lit, and boat {boat:x} went out, and nobody on rock {rock:x} could say why. ")
    };
    let turn = |n: usize| {
        let words: String = (0..4).map(|part| sentence(n * 4 + part)).collect();
        (["Mira Okafor", "Jonas Hale"][n % 2].to_owned(), words.trim_end().to_owned())
    };
    let turns: Vec<_> = (0..300_000).map(turn).collect();
    for format in FORMATS {
        let bytes = written(format, &turns);
        let (size, begun) = (bytes.len(), std::time::Instant::now());
        assert_eq!(words_out(bytes, format), turns.len() * 4, "{format}");
        println!("{format}: {} MB in {:.1} s", size / 1_000_000, begun.elapsed().as_secs_f32());
    }
}
