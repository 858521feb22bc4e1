//! Exports: what is written, and what other programs read in it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

mod json;
mod markdown;
mod sample;
