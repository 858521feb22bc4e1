//! Structured formats: pairs of files in `tests/import/formats`.
//!
//! Beside each input stands `NAME.expected`: the interview as understood. `UPDATE_EXPECTED=1 cargo test` writes them.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop at a broken fixture")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use interleaf::import::{self, Imported, Options};
use interleaf::model::{Interview, LabelOrigin, ParagraphIndex};

fn read(path: &Path, name: &str) -> Result<Imported, String> {
    import::read(fs::read(path).unwrap(), name, &Options::default()).map_err(|error| error.to_string())
}

/// The interview as understood, in lines that a person can check against the input.
fn rendered(imported: &Imported) -> String {
    let Imported { interview, report } = imported;
    let mut out = String::new();
    let _ = writeln!(out, "format: {} because {}", report.format, report.because);
    let metadata = &interview.metadata;
    for (key, value) in [
        ("title", Some(&metadata.title)),
        ("subtitle", metadata.subtitle.as_ref()),
        ("date", metadata.date.as_ref()),
        ("language", metadata.language.as_ref()),
        ("url", metadata.source.url.as_ref()),
        ("publisher", metadata.source.publisher.as_ref()),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "{key}: {value}");
        }
    }
    let mut left_out: Vec<_> = report.left_out.iter().collect();
    left_out.sort_by_key(|warning| (warning.line, &warning.message));
    for warning in left_out {
        let _ = writeln!(out, "left out, line {}: {}", warning.line, warning.message);
    }
    for warning in &report.warnings {
        let _ = writeln!(out, "warning, line {}: {}", warning.line, warning.message);
    }
    for paragraph in interview.paragraphs() {
        topics(&mut out, interview, paragraph);
        let turn = interview.turn_of(paragraph);
        if turn.is_none() {
            let side = if paragraph.0 < interview.front() { "front" } else { "back" };
            let _ = writeln!(out, "({side})");
        }
        if let Some(index) = turn
            && let Some(turn) = interview.turns().get(index.0 as usize)
            && turn.first == paragraph
        {
            let speaker = turn.speaker.and_then(|speaker| interview.speakers.get(speaker.0 as usize));
            let name = speaker.map_or("nobody named", |speaker| speaker.name.as_str());
            let time = turn.time.map(|time| format!(" {time}")).unwrap_or_default();
            let mark = if turn.origin == LabelOrigin::Inferred { " ~" } else { "" };
            let _ = writeln!(out, "[{name}{mark}{time}]");
        }
        let _ = writeln!(out, "  {}", interview.paragraph(paragraph));
        if let Some(translation) = interview.translation(paragraph) {
            let _ = writeln!(out, "  = {}", interview.paragraph(translation));
        }
    }
    out
}

fn topics(out: &mut String, interview: &Interview, paragraph: ParagraphIndex) {
    for topic in interview.given_topics.iter().filter(|topic| topic.paragraph == paragraph) {
        let _ = writeln!(out, "{} {}", "#".repeat(topic.level as usize + 1), topic.title);
    }
}

#[test]
fn every_input_reads_as_expected() {
    let folders = ["tests/import/formats", "tests/import/text"];
    let mut inputs: Vec<PathBuf> = folders
        .into_iter()
        .flat_map(|folder| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "expected"))
        .collect();
    inputs.sort();
    let mut wrong = Vec::new();
    for input in inputs {
        let name = input.file_name().unwrap().to_str().unwrap().to_owned();
        let found = match read(&input, &name) {
            Ok(imported) => rendered(&imported),
            Err(error) => format!("error: {error}\n"),
        };
        let expected = input.with_file_name(format!("{name}.expected"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if found != wanted {
            wrong.push(format!("{name}\n--- expected\n{wanted}--- found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
