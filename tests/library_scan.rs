//! Which interviews a folder holds.

#![allow(clippy::unwrap_used, reason = "a test may fail where its files cannot be made")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use interleaf::export::{Format, Options};
use interleaf::library::{Filter, Library, Opened, Scan, Settings, Summary};

const TALK: &str = "\
Mira Okafor: What did the relay not know?

Jonas Hale: It did not know the difference between weather and trouble.

Mira Okafor: And what did the harbour authority say about that?

Jonas Hale: They said nothing, and they said it in writing.
";

struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("interviews")).unwrap();
        Self { root }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("interviews").join(name)
    }

    /// A file that was changed an hour ago.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        age(&path, 3600);
    }

    fn cache(&self) -> PathBuf {
        self.root.path().join("cache.json")
    }

    fn scan(&self) -> Library {
        let scan = Scan::new(&self.path(""), &Settings::default()).with_cache(Some(self.cache()));
        scan.run(&AtomicBool::new(false), &|_, _| {})
    }
}

fn age(path: &Path, seconds: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
}

fn names(library: &Library) -> Vec<&str> {
    library.interviews.iter().map(|summary| summary.name.as_str()).collect()
}

fn annotations(kind: &str, status: &str) -> String {
    format!(
        "interleaf: annotations/1\nannotations:\n- id: 01JD9Z8Q4T9M6V3K2X7W5R1B0C\n  kind: {kind}\n  at: {{turn: 1, \
         paragraph: 0, start: 0, end: 2}}\n  quote: It\n  before: \"\"\n  after: \" did\"\n{status}  created: \
         2026-11-24T10:02:11Z\n  updated: 2026-11-24T10:02:11Z\n"
    )
}

#[test]
fn interviews_are_found_and_other_files_are_not() {
    let folder = Folder::new();
    folder.write("relay.txt", TALK);
    folder.write(
        "more/relay.md",
        TALK.replace("Mira Okafor:", "**Mira Okafor:**").replace("Jonas Hale:", "**Jonas Hale:**"),
    );
    folder.write(
        "captions.vtt",
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mira>Why?\n\n00:04.000 --> 00:05.000\n<v Jonas>So.\n",
    );
    folder.write("README.md", TALK);
    folder.write("shopping.txt", "Oil, rope, paint.\n");
    folder.write("package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}");
    folder.write("settings.yaml", "a: 1\nb: 2\n");
    folder.write("noise.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3]);
    folder.write("empty.txt", "");
    folder.write("lamp.png", [0x89, b'P', b'N', b'G']);
    folder.write(".hidden/relay.txt", TALK);
    folder.write("target/relay.txt", TALK);
    folder.write("annotations/relay.txt", TALK);
    assert_eq!(names(&folder.scan()), ["captions.vtt", "more/relay.md", "relay.txt"]);
}

#[test]
fn a_summary_says_who_talks_how_long_and_what_is_noted() {
    let folder = Folder::new();
    folder.write("relay.txt", format!("The Relay\n\n{TALK}"));
    folder.write("annotations/relay.txt.yaml", annotations("follow-up", "  status: open\n"));
    folder.write("annotations/@ada/relay.txt.yaml", annotations("question", "  status: answered\n"));
    let library = folder.scan();
    let summary = &library.interviews[0];
    let opened = Opened::new(&folder.path("relay.txt"), &Settings::default()).unwrap();
    assert_eq!(summary.name, opened.name);
    assert_eq!(summary.notes.count as usize, opened.notes.len());
    assert_eq!((summary.notes.count, summary.notes.pending, summary.notes.broken), (2, 1, 0));
    assert_eq!(summary.about.title, opened.interview.metadata.title);
    assert_eq!(summary.about.speakers, ["Jonas Hale", "Mira Okafor"]);
    assert!((30..40).contains(&summary.about.words) && !summary.about.is_estimate, "{summary:?}");
}

#[test]
fn a_folder_within_that_has_annotations_is_a_notebook_of_its_own() {
    let folder = Folder::new();
    folder.write("relay.txt", TALK);
    folder.write("annotations/relay.txt.yaml", annotations("note", ""));
    folder.write("thesis/first/relay.txt", TALK);
    folder.write("thesis/annotations/first/relay.txt.yaml", annotations("note", ""));
    let library = folder.scan();
    assert_eq!(names(&library), ["relay.txt", "first/relay.txt"]);
    assert!(library.interviews.iter().all(|summary| summary.notes.count == 1), "{library:?}");
}

#[test]
fn a_long_document_is_told_by_its_beginning() {
    let folder = Folder::new();
    folder.write("long.txt", TALK.repeat(1000));
    let summary = folder.scan().interviews.remove(0);
    assert!(summary.about.is_estimate);
    let words = TALK.split_whitespace().count() as u64 * 1000;
    assert!(summary.about.words.abs_diff(words) < words / 5, "{} of {words}", summary.about.words);
    assert_eq!(summary.about.speakers.len(), 2);
}

#[test]
fn what_was_found_is_kept_as_long_as_the_files_are_the_same() {
    let folder = Folder::new();
    folder.write("relay.txt", format!("The Relay\n\n{TALK}"));
    folder.write("annotations/relay.txt.yaml", annotations("note", ""));
    assert_eq!(folder.scan(), folder.scan());
    // The same size and time: only what was kept can still say so.
    let modified = fs::metadata(folder.path("relay.txt")).unwrap().modified().unwrap();
    fs::write(folder.path("relay.txt"), format!("The Delay\n\n{TALK}")).unwrap();
    File::options().write(true).open(folder.path("relay.txt")).unwrap().set_modified(modified).unwrap();
    assert_eq!(folder.scan().interviews[0].about.title, "The Relay");
    age(&folder.path("relay.txt"), 1800);
    assert_eq!(folder.scan().interviews[0].about.title, "The Delay");
    folder.write("annotations/relay.txt.yaml", annotations("follow-up", "  status: asked\n"));
    assert_eq!(folder.scan().interviews[0].notes.pending, 1);
    fs::remove_file(folder.path("annotations/relay.txt.yaml")).unwrap();
    assert_eq!(folder.scan().interviews[0].notes.count, 0);
    fs::write(folder.cache(), "{").unwrap();
    assert_eq!(folder.scan().interviews.len(), 1);
}

#[test]
fn a_file_just_written_is_not_trusted_to_stay_the_same() {
    let folder = Folder::new();
    fs::write(folder.path("relay.txt"), format!("The Relay\n\n{TALK}")).unwrap();
    let modified = fs::metadata(folder.path("relay.txt")).unwrap().modified().unwrap();
    folder.scan();
    fs::write(folder.path("relay.txt"), format!("The Delay\n\n{TALK}")).unwrap();
    File::options().write(true).open(folder.path("relay.txt")).unwrap().set_modified(modified).unwrap();
    assert_eq!(folder.scan().interviews[0].about.title, "The Delay");
}

#[test]
fn a_scan_tells_how_far_it_is_and_can_be_cancelled() {
    let folder = Folder::new();
    for number in 0..40 {
        folder.write(&format!("{number:02}.txt"), TALK);
    }
    let (calls, found) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let scan = Scan::new(&folder.path(""), &Settings::default()).with_cache(None);
    let cancel = AtomicBool::new(false);
    let library = scan.run(&cancel, &|summary: Option<&Summary>, progress| {
        calls.fetch_add(1, Ordering::Relaxed);
        found.fetch_add(usize::from(summary.is_some()), Ordering::Relaxed);
        assert!(progress.done <= progress.total && progress.total == 40);
    });
    assert_eq!((calls.into_inner(), found.into_inner(), library.interviews.len()), (40, 40, 40));
    let library = scan.run(&cancel, &|_, progress| cancel.store(progress.done >= 5, Ordering::Relaxed));
    assert!(library.is_partial && library.interviews.len() < 40);
}

#[test]
fn a_broken_native_interview_is_listed_with_its_fault() {
    let folder = Folder::new();
    folder.write("broken.yaml", "interleaf: interview/1\nturns:\n- {speaker: [\n");
    let library = folder.scan();
    assert!(
        library.interviews[0].about.fault.as_deref().is_some_and(|fault| fault.contains("broken.yaml")),
        "{library:?}"
    );
}

#[test]
fn what_the_reader_exports_is_no_interview_where_it_stands_beside_one() {
    let folder = Folder::new();
    for name in ["talk.txt", "talk-notes.md", "field-notes.md"] {
        folder.write(name, TALK);
    }
    let library = folder.scan();
    assert_eq!(names(&library).len(), 2, "{:?}", names(&library));
    assert!(!names(&library).iter().any(|name| name.contains("talk-notes")), "{:?}", names(&library));
}

#[test]
fn the_status_of_a_follow_up_is_changed_in_its_file_and_nothing_else_is() {
    use interleaf::library::{StatusError, follow_ups, set_status};
    use interleaf::model::Status;
    let folder = Folder::new();
    folder.write("talk.txt", TALK);
    let notes = "\
interleaf: annotations/1
annotations:
# Hale first.
- id: 01JD9Z8Q4T9M6V3K2X7W5R1B0C
  kind: follow-up
  at: {turn: 1, paragraph: 0, start: 0, end: 2}
  quote: It
  status: open
  created: 2026-11-24T10:02:11Z
  updated: 2026-11-24T10:02:11Z
";
    folder.write("annotations/talk.txt.yaml", notes);
    let library = folder.scan();
    let found = follow_ups(&library.interviews, &Settings::default());
    let now = "2026-11-25T08:00:00Z".parse().unwrap();
    let changed = set_status(&found[0], Status::Asked, now, &Settings::default()).unwrap();
    assert_eq!((changed.annotation.status, changed.annotation.updated), (Some(Status::Asked), now));
    let written = fs::read_to_string(folder.path("annotations/talk.txt.yaml")).unwrap();
    let wanted = notes
        .replace("status: open", "status: asked")
        .replace("updated: 2026-11-24T10:02:11Z", "updated: \"2026-11-25T08:00:00Z\"");
    assert_eq!(written, wanted);
    let ada = Settings { annotator: Some("ada".to_owned()), ..Settings::default() };
    assert!(matches!(set_status(&found[0], Status::Asked, now, &ada), Err(StatusError::NotOwn)));
    fs::write(folder.path("annotations/talk.txt.yaml"), "interleaf: annotations/1\nannotations: []\n").unwrap();
    assert!(matches!(set_status(&found[0], Status::Asked, now, &Settings::default()), Err(StatusError::Gone)));
}

#[test]
fn what_was_exported_is_no_interview_under_any_name() {
    let folder = Folder::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/lighthouse.txt");
    let document = Opened::new(&sample, &Settings::default()).unwrap().document(&Filter::default());
    assert!(document.notes.len() > 5);
    folder.write("lighthouse.txt", fs::read(&sample).unwrap());
    for format in Format::ALL {
        let mut bytes = Vec::new();
        // OHMS refuses an interview without timecodes.
        if format.exporter(Options::default()).export(std::slice::from_ref(&document), &mut bytes).is_ok() {
            folder.write(&format!("away/{}.{}", format.name(), format.extension()), bytes);
        }
    }
    assert_eq!(names(&folder.scan()), ["lighthouse.txt"]);
}
