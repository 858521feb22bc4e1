//! The importer of `docx`: any bytes as the document inside a sound archive.

#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;

#[path = "../read.rs"]
mod read;

fuzz_target!(|bytes: &[u8]| {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    if zip.start_file("word/document.xml", stored).is_err() || zip.write_all(bytes).is_err() {
        return;
    }
    if let Ok(archive) = zip.finish() {
        read::as_format(&archive.into_inner(), "docx");
    }
});
