//! Links the program so that it starts fast.

#![allow(clippy::print_stdout, reason = "that is how Cargo is told")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|own| own == value);
    // A program that can be loaded anywhere has every address in its tables written when it starts: .5 to .7 ms of the
    // five to the first page, 2.3 MiB of memory and a megabyte of the file. What is given up is that the program lies
    // elsewhere each time, a defence of code that is not safe against overruns.
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
