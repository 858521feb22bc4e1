//! Notes taken away from within the reader: a file beside where the program was started.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::app::App;
use crate::export::{self, Format};

/// Writes what the reader has noted into a file that is not there yet; says where, or why not.
pub(super) fn export(app: &App, format: &str, to: Option<&str>) -> Result<String, String> {
    let document = export::Document {
        path: app.document.name.clone(),
        interview: app.interview().clone(),
        topics: app.document.topics.to_vec(),
        notes: app.notes.all().to_vec(),
    };
    let format = Format::from_name(format).ok_or_else(|| format!("“{format}” is no format."))?;
    let extension = format.extension();
    let exporter = format.exporter(export::Options::default());
    let mut bytes = Vec::new();
    exporter.export(&[document], &mut bytes).map_err(|error| error.to_string())?;
    let stem = Path::new(&app.document.name).file_stem().unwrap_or_default().to_string_lossy();
    let path = to.map_or_else(|| PathBuf::from(format!("{stem}-notes.{extension}")), PathBuf::from);
    write_new(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(format!("Exported to {}.", path.display()))
}

/// Writes a file that is not there yet, whole or not at all.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => "there is such a file already; name another with :export FORMAT FILE".to_owned(),
        _ => error.to_string(),
    })?;
    file.write_all(bytes).map_err(|error| {
        // Half an export is worth less than none, and would stand in the way of the next.
        let _ = fs::remove_file(path);
        error.to_string()
    })
}
