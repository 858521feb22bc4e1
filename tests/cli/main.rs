//! The command line from outside: what is typed, what comes out, which exit code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

mod desk;
mod show;
mod usage;
