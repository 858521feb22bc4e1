//! Importers of running text: plain text, Markdown, and the reader's own format.

mod lines;
mod opening;
pub(super) mod plain;
mod speakers;

use super::detect::Importer;

/// One entry per format; plain text fits everything and stands last.
pub(super) static FORMATS: &[&dyn Importer] = &[&plain::Plain];
