//! The reader from its keys to its screen, without a terminal: a document, the keys as they are written, and what
//! comes of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

mod commands;
#[path = "../support/mod.rs"]
mod support;
