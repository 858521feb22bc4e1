//! Links the program so that it starts fast.

#![allow(clippy::print_stdout, reason = "that is how Cargo is told")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|own| own == value);
    // A program that can be loaded anywhere has every address in its tables written when it starts: sixty thousand of
    // them, which takes a good part of the time to the first page.
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
