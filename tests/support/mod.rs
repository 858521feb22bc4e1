//! What the tests of the reader and the generator of its pictures share: documents in a few lines, keys as they are
//! written, the screen as text and as SVG.

// Each of the programs that share this uses a part of it.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

pub(crate) mod harbour;
pub(crate) mod notation;
pub(crate) mod pages;
pub(crate) mod pictures;
pub(crate) mod screen;
pub(crate) mod session;
pub(crate) mod shelf;
pub(crate) mod svg;
