//! Importers of running text: plain text, Markdown, and the reader's own format.

mod fields;
mod lines;
mod markdown;
mod native;
mod opening;
pub(super) mod plain;
mod plan;
mod speakers;
mod style;

use super::detect::Importer;

/// One entry per format; plain text fits everything and stands last.
pub(super) static FORMATS: &[&dyn Importer] = &[&native::Native, &markdown::Markdown, &plain::Plain];
