//! REFI-QDA, by which tools for qualitative analysis exchange projects (`.qdpx`) and codebooks (`.qdc`).
//!
//! What readers of these files really accept is narrower than the standard: elements in the standard's order, no empty
//! containers, lower-case `sources/`, an `origin`, users and times everywhere, names that are the exact quotes.

mod codebook;
mod project;
mod source;

pub use codebook::Qdc;
pub use project::{Qdpx, Units};
