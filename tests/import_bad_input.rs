//! Input that is broken, hostile or very large: a clear error or a document, and never a panic.

#![allow(clippy::unwrap_used, reason = "a test may stop at a broken fixture")]

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
        for _ in 0..40 {
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

#[test]
fn ten_thousand_speakers_are_told_apart() {
    let mut captions = String::from("WEBVTT\n\n");
    for number in 0..15_000 {
        let start = number * 2;
        captions.push_str(&format!("{}:{:02}.000 --> {}:{:02}.000\n", start / 60, start % 60, start / 60, start % 60));
        captions.push_str(&format!("<v Speaker {}>So it was.\n\n", number % 10_000));
    }
    let imported = read(captions, "crowd.vtt").unwrap();
    assert_eq!((imported.interview.speakers.len(), imported.interview.turns().len()), (10_000, 15_000));
}

#[test]
fn one_long_line_is_one_line() {
    let long = "and the sea came over ".repeat(30_000);
    for (name, text) in [
        ("long.srt", format!("1\n00:00:01,000 --> 00:00:02,000\n{long}\n")),
        ("long.json", format!("[{{\"speaker\": 0, \"text\": \"{long}\"}}]")),
        ("long.csv", format!("time,speaker,text\n0:01,Mira,{long}\n")),
        ("long.html", format!("<html><body><cite>Mira:</cite><p>{long}</p></body></html>")),
        ("long.cha", format!("@Begin\n*MIR:\t{long}\n@End\n")),
    ] {
        let imported = read(text, name).unwrap();
        assert_eq!(imported.interview.text().split_whitespace().count(), 150_000, "{name}");
    }
}
