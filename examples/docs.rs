//! Writes what of the documentation comes from the program itself: the pictures and the tables of the keys.
//!
//! `cargo run --example docs` writes them into `docs/`; a test tells when they are stale.

use std::io;
use std::path::Path;

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> io::Result<()> {
    for (file, content) in support::pages::all() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file), content)?;
    }
    Ok(())
}
