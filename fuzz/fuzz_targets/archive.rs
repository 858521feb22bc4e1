//! The importer of `docx`: any bytes as the archive itself.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../read.rs"]
mod read;

fuzz_target!(|bytes: &[u8]| {
    let mut archive = b"PK\x03\x04".to_vec();
    archive.extend_from_slice(bytes.strip_prefix(b"PK\x03\x04").unwrap_or(bytes));
    read::as_format(&archive, "docx");
});
