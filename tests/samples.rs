//! The samples are read as they are meant, and the notes on them hold to their words.

#![allow(clippy::unwrap_used, reason = "an unwrap that fails is a test that fails")]

use std::fs;
use std::path::{Path, PathBuf};

use interleaf::anchor::Resolution;
use interleaf::import::Options;
use interleaf::library::{Opened, Settings, Source};
use interleaf::model::{Interview, ParagraphIndex, Role};
use interleaf::store::AnnotationsFile;
use interleaf::text;

fn read(name: &str) -> Source {
    Source::read(&Path::new("samples").join(name), &Options::default()).unwrap()
}

fn names() -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir("samples").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// `front`, `back` or the speaker's name, for each paragraph.
fn placed(interview: &Interview) -> Vec<(String, String)> {
    interview
        .paragraphs()
        .map(|paragraph| {
            let name = interview.speaker_of(paragraph).and_then(|index| interview.speaker(index));
            let place = match name {
                Some(speaker) => speaker.name.clone(),
                None if paragraph.0 < interview.front() => "front".to_owned(),
                None => "back".to_owned(),
            };
            (place, interview.paragraph(paragraph).to_owned())
        })
        .collect()
}

#[test]
fn each_is_long_enough_to_read_and_raises_no_warning() {
    let names = names();
    assert_eq!(names.len(), 4, "{names:?}");
    for name in names {
        let source = read(&name);
        assert_eq!(source.report.warnings, [], "{name}");
        let interview = &source.interview;
        let words: usize = interview.paragraphs().map(|at| text::word_count(interview.paragraph(at))).sum();
        assert!(words >= 1500, "{name}: {words} words");
        let roles: Vec<Role> = interview.speakers.iter().map(|speaker| speaker.role).collect();
        assert!(roles.contains(&Role::Interviewer), "{name}: {roles:?}");
        assert!(roles.contains(&Role::Guest), "{name}: {roles:?}");
        assert!(interview.turns().iter().all(|turn| turn.speaker.is_some()), "{name}: a turn without a speaker");
    }
}

/// The paragraphs of the lighthouse that are not where they belong, each with where it is and where it should be.
fn misplaced(interview: &Interview) -> Vec<String> {
    let truth = fs::read_to_string("tests/samples/lighthouse.tsv").unwrap();
    let placed = placed(interview);
    let mut wrong = Vec::new();
    for row in truth.lines().skip(1) {
        let [kind, speaker, begins] = row.splitn(3, '\t').collect::<Vec<_>>().try_into().unwrap();
        let wanted = if kind == "turn" { speaker } else { kind };
        let found: Vec<&str> =
            placed.iter().filter(|(_, text)| text.starts_with(begins)).map(|(place, _)| place.as_str()).collect();
        // The line of the archive and the titles become metadata.
        let is_title = kind == "front" && found.is_empty();
        if !is_title && found != [wanted] {
            wrong.push(format!("{begins}: {wanted}, read as {found:?}"));
        }
    }
    wrong
}

#[test]
fn whoever_speaks_without_a_label_is_told_apart() {
    let interview = read("lighthouse.txt").interview;
    let wrong = misplaced(&interview);
    // Two answers begin as a question might; the notes on the sample correct them.
    assert!(wrong.len() <= 2, "{wrong:#?}");
    assert!(wrong.iter().all(|line| !line.contains("front") && !line.contains("back")), "{wrong:#?}");
    let turns = (interview.front()..interview.back().start).len();
    assert_eq!(turns, 51);
}

#[test]
fn the_bilingual_one_has_a_translation_of_every_paragraph() {
    let interview = read("paper-bridge.yaml").interview;
    for paragraph in (interview.front()..interview.back().start).map(ParagraphIndex) {
        assert!(interview.translation(paragraph).is_some(), "{}", interview.paragraph(paragraph));
    }
    assert_eq!(interview.given_topics.len(), 9);
}

#[test]
fn the_notes_on_them_are_read_without_a_warning_and_stand_where_they_say() {
    let folder = Path::new("annotations/samples");
    let files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2);
    for path in files {
        let file = AnnotationsFile::load(&path).unwrap();
        assert_eq!(file.warnings(), [], "{}", path.display());
        let opened = Opened::new(Path::new(&file.header().interview), &Settings::default()).unwrap();
        assert_eq!(opened.own.path(), path.canonicalize().unwrap());
        assert_eq!(file.header().title, opened.interview.metadata.title);
        assert!(opened.notes.len() >= 10);
        for note in &opened.notes {
            let resolution = &note.resolution;
            assert!(matches!(resolution, Resolution::Anchored(_)), "{}: {resolution:?}", note.annotation.anchor.quote);
        }
    }
}

#[test]
fn the_corrections_make_up_for_what_was_told_apart_wrongly() {
    let opened = Opened::new(Path::new("samples/lighthouse.txt"), &Settings::default()).unwrap();
    assert_eq!(misplaced(&opened.interview), [""; 0]);
}
