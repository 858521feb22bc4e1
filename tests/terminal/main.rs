//! The program itself in a real pseudo-terminal: what a reader types, what the screen shows, what is on the disk, and
//! that the terminal is given back as it was.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "an unwrap that fails is a test that fails"
)]

mod answers;
mod crash;
mod desk;
mod dice;
mod faults;
mod library;
mod manners;
mod panics;
mod reader;
mod refusals;
mod saving;
mod session;
mod sharing;
mod two_readers;
