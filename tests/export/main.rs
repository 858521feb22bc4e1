//! Exports: what is written, and what other programs read in it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

mod archives;
mod browser;
mod hostile;
mod html;
mod interviews;
mod json;
mod markdown;
mod pages;
mod python;
mod sample;
mod sheets;
mod webannotation;
