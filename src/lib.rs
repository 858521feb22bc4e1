//! `interleaf`: a terminal reader for annotated interviews.
//!
//! The crate is built in floors; a module imports only modules of floors below its own (see
//! `ARCHITECTURE.md`, and `tests/floors.rs`, which holds it to that). From the ground up:
//!
//! - [`text`]: graphemes, display width, sentences, folding, sanitising
//! - [`model`]: what an interview and an annotation *are*
//! - [`config`]: the reader's settings
//! - [`store`]: the reader's YAML files
//! - [`import`]: bytes in any format to an [`Interview`](model::Interview)
//! - [`anchor`]: an annotation's place in today's text
//! - [`outline`], [`search`], [`library`], [`export`]: what is made of the two
//! - [`absorb`]: annotations made elsewhere
//! - [`stats`]: what can be counted in them
//! - [`layout`]: paragraphs to rows
//! - [`app`], [`keymap`], [`ui`]: the reader's state, keys and screen
//! - [`run`], [`terminal`]: the world outside; the command line, `cli`, stands on all of these in the binary

pub mod absorb;
pub mod anchor;
pub mod app;
pub mod config;
pub mod export;
pub mod import;
pub mod keymap;
pub mod layout;
pub mod library;
pub mod model;
pub mod outline;
pub mod run;
pub mod search;
pub mod stats;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
