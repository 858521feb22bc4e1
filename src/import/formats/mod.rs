//! Importers of structured formats: captions, documents, tables, speech recognition, research tools.

use super::detect::Importer;

/// One entry per format.
pub(super) static FORMATS: &[&dyn Importer] = &[];
