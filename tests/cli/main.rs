//! The command line from outside: what is typed, what comes out, which exit code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

mod absorb;
mod check;
mod config;
mod desk;
mod export;
mod generated;
mod import;
mod note;
mod notes;
mod plain;
mod search;
mod show;
mod stats;
mod tag;
mod usage;
