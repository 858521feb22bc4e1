//! Other people's parsers, by way of Python. Where it or a package is not there, a test says so and passes.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a script that imports `packages`, with `input` in a file whose path is its first argument. `None` where
/// Python or a package is absent.
#[track_caller]
pub(crate) fn python(packages: &[&str], script: &str, input: &[u8]) -> Option<String> {
    let imports: String = packages.iter().map(|package| format!("import {package}\n")).collect();
    let present = Command::new("python3").args(["-c", &imports]).stderr(Stdio::null()).status();
    if !present.is_ok_and(|status| status.success()) {
        let mut err = std::io::stderr();
        writeln!(err, "skipped: needs python3 with {}", packages.join(", ")).unwrap();
        return None;
    }
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(input).unwrap();
    let output = Command::new("python3")
        .args(["-c", &format!("{imports}{script}"), &file.path().to_string_lossy()])
        .env("PYTHONUTF8", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The same, the output read as JSON.
#[track_caller]
pub(crate) fn python_json(packages: &[&str], script: &str, input: &[u8]) -> Option<serde_json::Value> {
    python(packages, script, input).map(|output| serde_json::from_str(&output).unwrap())
}
