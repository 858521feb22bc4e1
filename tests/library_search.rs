//! A search over many interviews.

#![allow(clippy::unwrap_used, reason = "a test may fail where its files cannot be made")]

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use interleaf::library::{Found, Settings, Sought, Texts};

const RELAY: &str = "\
Mira Okafor: What did the relay not know about the harbour?

Jonas Hale: It did not know the difference between weather and trouble, and it never saw the Café Öl by the harbour.
";

const OIL: &str = "\
1
00:00:01,000 --> 00:00:04,000
Mira: Who carried the oil up

2
00:00:04,000 --> 00:00:06,000
to the lamp from the harbour?

3
00:01:06,000 --> 00:01:09,000
Jonas: I did, from the age of nine.
";

fn folder() -> (tempfile::TempDir, Vec<PathBuf>) {
    let root = tempfile::tempdir().unwrap();
    let annotations = root.path().join("annotations");
    fs::create_dir_all(&annotations).unwrap();
    let files = [("relay.txt", RELAY), ("oil.srt", OIL), ("other.txt", "Ada: Nothing.\n\nBo: Nothing at all.\n")];
    let paths = files.map(|(name, text)| {
        fs::write(root.path().join(name), text).unwrap();
        root.path().join(name)
    });
    fs::write(
        annotations.join("other.txt.yaml"),
        "interleaf: annotations/1\nannotations:\n- id: a1\n  kind: note\n  at: {turn: 1, paragraph: 0, start: 0, end: 7}\n  \
         quote: Nothing\n  before: \"\"\n  after: \" at all.\"\n  tags: [silence/harbour]\n  note: Ask again.\n  created: \
         2026-11-24T10:02:11Z\n  updated: 2026-11-24T10:02:11Z\n",
    )
    .unwrap();
    (root, paths.to_vec())
}

fn search(sought: &Sought, files: &[PathBuf]) -> Vec<Found> {
    let all = Mutex::new(Vec::new());
    sought.search(files, &Settings::default(), &Texts::default(), &AtomicBool::new(false), &|found, progress| {
        assert!(progress.done <= progress.total);
        all.lock().unwrap().extend(found);
    });
    let mut all = all.into_inner().unwrap();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

#[test]
fn hits_name_their_turn_speaker_and_time() {
    let (_root, files) = folder();
    let found = search(&Sought::parse("harbour", false).unwrap(), &files);
    assert_eq!(
        found.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(),
        ["oil.srt", "other.txt", "relay.txt"]
    );
    let hit = &found[2].hits[1];
    assert_eq!((hit.speaker.as_deref(), hit.turn.unwrap().0), (Some("Jonas Hale"), 1));
    assert_eq!(&hit.excerpt[hit.marked.clone()], "harbour");
    assert!(hit.excerpt.starts_with('…') && hit.excerpt.ends_with("harbour."), "{}", hit.excerpt);
    assert!(found[0].hits[0].time.is_some());
    assert_eq!((found[1].hits.len(), found[1].notes.len()), (0, 1));
}

#[test]
fn words_that_cues_part_and_accents_are_found() {
    let (_root, files) = folder();
    let count =
        |input: &str| search(&Sought::parse(input, false).unwrap(), &files).iter().map(|f| f.hits.len()).sum::<usize>();
    assert_eq!(count("carried the oil up to the lamp"), 1);
    assert_eq!(count("cafe ol"), 1);
    assert_eq!(count("nowhere"), 0);
    assert_eq!(count(""), 0);
}

#[test]
fn the_search_can_be_kept_to_texts_or_notes_and_to_a_speaker() {
    let (_root, files) = folder();
    let mut sought = Sought::parse("harbour", false).unwrap();
    sought.in_text = false;
    assert_eq!(search(&sought, &files).len(), 1);
    sought = Sought::parse("harbour", false).unwrap();
    sought.in_notes = false;
    assert_eq!(search(&sought, &files).len(), 2);
    let sought = Sought::parse("@jonas harbour", false).unwrap();
    let found = search(&sought, &files);
    let hits: usize = found.iter().map(|found| found.hits.len()).sum();
    assert_eq!(hits, 1);
    assert!(search(&Sought::parse("harb[aou]+r", true).unwrap(), &files).len() == 3);
    assert!(Sought::parse("(", true).is_err());
}
