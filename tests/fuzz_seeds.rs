//! The kept inputs of the fuzz targets, each through the importer of its target.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use interleaf::import::{Options, read};

/// The format that a target reads; `None` where it leaves that to detection.
fn format_of(target: &str) -> Option<&str> {
    match target {
        "any" => None,
        "archive" => Some("docx"),
        target => Some(target),
    }
}

/// The bytes of a document whose kept input is the part of it that the fuzzer changes.
fn as_the_target_gives_it(target: &str, mut bytes: Vec<u8>) -> Vec<u8> {
    match target {
        "archive" if !bytes.starts_with(b"PK\x03\x04") => {
            bytes.splice(..0, *b"PK\x03\x04");
            bytes
        }
        "docx" => packed(&bytes).unwrap_or(bytes),
        _ => bytes,
    }
}

/// An archive of one document.
fn packed(document: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored),
    )?;
    zip.write_all(document)?;
    Ok(zip.finish()?.into_inner())
}

#[test]
fn kept_inputs_give_a_document_that_holds_together_or_an_error() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut count = 0;
    let mut documents = 0;
    for target in fs::read_dir(seeds).unwrap() {
        let target = target.unwrap();
        let name = target.file_name().into_string().unwrap();
        for file in fs::read_dir(target.path()).unwrap() {
            let file = file.unwrap().path();
            let bytes = as_the_target_gives_it(&name, fs::read(&file).unwrap());
            let options = Options { format: format_of(&name).map(str::to_owned), ..Options::default() };
            count += 1;
            let Ok(imported) = read(bytes, "fuzzed", &options) else { continue };
            documents += 1;
            for paragraph in imported.interview.paragraphs() {
                let words = imported.interview.paragraph(paragraph);
                assert!(!words.contains('\n'), "{}: {words:?}", file.display());
            }
        }
    }
    assert!(count > 200 && documents > count / 4, "{documents} documents of {count} inputs");
}
