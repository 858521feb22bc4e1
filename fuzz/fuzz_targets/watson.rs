//! The importer of `watson` with any bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../read.rs"]
mod read;

fuzz_target!(|bytes: &[u8]| read::as_format(bytes, "watson"));
