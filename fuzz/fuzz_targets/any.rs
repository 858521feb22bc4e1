//! Detection and whatever importer it chooses.

#![no_main]

use interleaf::import::{Options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes.to_vec(), "fuzzed", &Options::default());
});
