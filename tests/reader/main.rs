//! The reader from its keys to its screen, without a terminal: a document, the keys as they are written, and what
//! comes of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "an unwrap that fails is a test that fails")]

mod annotating;
mod browsing;
mod commands;
mod editor;
mod following_up;
mod layers;
mod marks;
mod mending;
mod moving;
mod notes_list;
mod panes;
mod random;
mod reviewing;
mod screens;
mod searching;
mod selecting;
mod settling;
#[path = "../support/mod.rs"]
mod support;
mod viewing;
mod window;
