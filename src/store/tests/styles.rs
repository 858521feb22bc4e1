//! Files as people and other programs write them.

use std::fs;
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::super::*;
use super::{FILE, annotation, file, text};
use crate::model::{Annotation, Correction, Kind, Mending, Place, Role, Side, Spot, Status, Tag};

fn load(source: &str) -> (tempfile::TempDir, AnnotationsFile) {
    let folder = tempfile::tempdir().unwrap();
    let file = file(folder.path(), source);
    (folder, file)
}

fn fault(source: &str) -> Fault {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, source).unwrap();
    match AnnotationsFile::load(&path) {
        Err(StoreError::Fault { fault, .. }) => *fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_read_and_saved_without_change_is_identical() {
    let crlf = FILE.replace('\n', "\r\n");
    let marked = format!("\u{feff}{FILE}");
    let flow = "{interleaf: annotations/1, annotations: [{id: A, note: x}]}";
    for source in [FILE, &crlf, &marked, flow, "", "# nothing yet\n", "interleaf: annotations/1\nannotations: []\n"] {
        let (_folder, mut file) = load(source);
        let (annotations, corrections) = (file.annotations().to_vec(), file.corrections().to_vec());
        assert_eq!(file.apply(&annotations, &corrections).unwrap(), source.as_bytes());
        assert!(!file.save(&annotations, &corrections).unwrap().written);
        assert_eq!(text(&file), source);
    }
}

#[test]
fn line_endings_and_byte_order_marks_stay() {
    let (_folder, mut file) = load(&format!("\u{feff}{}", FILE.replace('\n', "\r\n")));
    let mut notes = file.annotations().to_vec();
    assert_eq!(notes[1].note, "Ask about the log.\n# not a comment\n");
    notes[1].note = "one\n\ntwo".to_owned();
    notes.push(annotation("C", 9));
    file.save(&notes, &[]).unwrap();
    let saved = text(&file);
    assert!(saved.starts_with('\u{feff}'));
    assert_eq!(saved.matches('\n').count(), saved.matches("\r\n").count());
    assert_eq!(AnnotationsFile::load(file.path()).unwrap().annotations(), notes);
}

#[test]
fn hand_written_annotations_may_leave_nearly_everything_out() {
    let (_folder, mut file) = load(
        "\
interleaf: annotations/1
annotations:
- quote: never once
  note: tag #1 is
- id: B
  at: {back: 1, start: 2, to: {back: 3}, end: 5, side: translation}
  tags: 2019
  kind: question
",
    );
    let notes = file.annotations().to_vec();
    assert_eq!((notes[0].kind, notes[0].note.as_str()), (Kind::Note, "tag"));
    assert_eq!(notes[0].anchor.end.character, 10);
    assert_eq!(notes[1].anchor.start, Spot { place: Place::Back(1), character: 2 });
    assert_eq!(notes[1].anchor.end, Spot { place: Place::Back(3), character: 5 });
    assert_eq!((notes[1].anchor.side, notes[1].status), (Side::Translation, Some(Status::Open)));
    assert_eq!(notes[1].tags, [Tag::new("2019").unwrap()]);
    assert_eq!((file.warnings()[0].line, file.warnings()[0].column), (4, 13));
    let again = AnnotationsFile::load(file.path()).unwrap();
    assert_eq!(again.annotations()[0].id, notes[0].id, "an id made up for one without is the same every time");
    let mut changed = notes.clone();
    changed[1].kind = Kind::Note;
    changed[1].status = None;
    file.save(&changed, &[]).unwrap();
    assert!(text(&file).contains("note: tag #1 is\n"), "words that YAML takes for a comment stay");
    assert_eq!(AnnotationsFile::load(file.path()).unwrap().annotations(), changed);
}

#[test]
fn an_id_that_stands_twice_is_two_annotations() {
    let source = "interleaf: annotations/1\nannotations:\n- id: A\n  note: one\n- id: A\n  note: two\n";
    let (_folder, mut file) = load(source);
    let notes = file.annotations().to_vec();
    assert_eq!(notes.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["A", "A-2"]);
    assert_eq!(file.warnings()[0].line, 5);
    file.save(&notes[1..], &[]).unwrap();
    assert_eq!(text(&file), "interleaf: annotations/1\nannotations:\n- id: A-2\n  note: two\n");
}

#[test]
fn a_style_that_is_not_expected_is_written_anew_after_a_backup() {
    for source in [
        "{interleaf: annotations/1, mood: calm, annotations: [{id: A, note: x, colour: red}]}",
        "interleaf: annotations/1\nmood: calm\nannotations: [{id: A, note: x, colour: red}]\n",
        "interleaf: annotations/1\nmood: calm\nannotations:\n- &a {id: A, note: x, colour: red}\n# lost\n",
    ] {
        let (_folder, mut file) = load(source);
        let mut notes = file.annotations().to_vec();
        notes[0].note = "y".to_owned();
        notes.push(annotation("B", 2));
        let outcome = file.save(&notes, &[]).unwrap();
        assert_eq!(file.annotations().len(), 2);
        assert!(text(&file).contains("colour: red") && text(&file).contains("mood: calm"), "{}", text(&file));
        if let Some(backup) = outcome.backup {
            assert_eq!(fs::read_to_string(backup).unwrap(), source);
        } else {
            assert!(source.contains("&a") && text(&file).contains("# lost"));
        }
    }
}

#[test]
fn faults_have_a_line_a_column_and_advice_and_nothing_is_written() {
    let broken = fault("interleaf: annotations/1\nannotations:\n- id: A\n  kind: [\n");
    assert!(broken.line >= 4, "{broken}");
    let kind = fault("interleaf: annotations/1\nannotations:\n- id: A\n  kind: shout\n");
    assert_eq!((kind.line, kind.column, kind.excerpt.as_str()), (4, 9, "  kind: shout"));
    assert!(kind.to_string().contains("follow-up"), "{kind}");
    let twice = fault("interleaf: annotations/1\nannotations:\n- id: A\n  note: a\n  note: b\n");
    assert_eq!((twice.line, twice.column), (5, 3));
    assert!(fault("interleaf: annotations/2\nannotations: {a: b}\n").message.contains("newer"));
    assert!(fault("title: something else\n").message.contains("annotations/1"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, b"interleaf: annotations/1\ntitle: \xff\n").unwrap();
    let error = AnnotationsFile::load(&path).unwrap_err().to_string();
    assert!(error.contains("line 2, column 8") && error.contains("UTF-8"), "{error}");
}

#[test]
fn corrections_stand_beside_annotations_and_unknown_ones_stay() {
    let paragraph = |paragraph, mending| Correction::Paragraph { paragraph, begins: "So: it".to_owned(), mending };
    let all = [
        paragraph(12, Mending::Speaker("Mira Okafor".to_owned())),
        paragraph(13, Mending::Start),
        paragraph(14, Mending::Join),
        paragraph(2, Mending::Front),
        paragraph(90, Mending::Back),
        Correction::Rename { from: "A".to_owned(), to: "no".to_owned() },
        Correction::Role { speaker: "A, B".to_owned(), role: Role::Guest },
    ];
    let (_folder, mut file) = load(FILE);
    let notes = file.annotations().to_vec();
    file.save(&notes, &all).unwrap();
    assert!(text(&file).contains("- {paragraph: 12, begins: \"So: it\", speaker: Mira Okafor}\n"));
    assert_eq!(AnnotationsFile::load(file.path()).unwrap().corrections(), all);
    file.save(&notes, &[]).unwrap();
    assert_eq!(text(&file), FILE, "an undo gives back the same bytes");
    let unknown =
        "interleaf: annotations/1\ncorrections:\n- {merge: 3} # later\n- {speaker: A, role: guest}\nannotations: []\n";
    let (_folder, mut file) = load(unknown);
    assert_eq!(file.corrections().len(), 1);
    file.save(&[], &all[..1]).unwrap();
    assert!(text(&file).contains("- {merge: 3} # later\n"), "{}", text(&file));
}

#[test]
fn python_reads_the_same_words() {
    let has_python =
        Command::new("python3").args(["-c", "import yaml"]).output().is_ok_and(|done| done.status.success());
    if !has_python {
        eprintln!("skipped: no python3 with PyYAML here");
        return;
    }
    let words = [
        "no",
        "on",
        "12:30",
        "2026-08-22",
        "1e3",
        "~",
        "1_000",
        "=",
        "a\u{85}b\u{2028}c",
        "x\r\ny",
        "---\nb\n",
        " # ",
        "0x1F",
        "<<",
        "y",
    ];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut any = || any_text().new_tree(&mut runner).unwrap().current();
    let random: Vec<String> = (0..300).map(|_| any()).filter(|text| !text.is_empty()).collect();
    let notes: Vec<Annotation> = (0u32..)
        .zip(words.iter().map(|word| (*word).to_owned()).chain(random))
        .map(|(turn, note)| Annotation {
            note,
            tags: Tag::new("no").into_iter().collect(),
            ..annotation(&format!("N{turn}"), turn)
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    AnnotationsFile::load(&path).unwrap().save(&notes, &[]).unwrap();
    let script = "import sys, yaml, json; d = yaml.safe_load(open(sys.argv[1], encoding='utf-8', newline=''))
json.dump([[a['id'], a['note'], a['tags'][0], a['created']] for a in d['annotations']], sys.stdout)";
    let done = Command::new("python3").args(["-c", script]).arg(&path).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let read: Vec<[String; 4]> = serde_json::from_slice(&done.stdout).unwrap();
    for (note, [id, words, tag, created]) in notes.iter().zip(&read) {
        assert_eq!((note.id.as_str(), &note.note, "no"), (id.as_str(), words, tag.as_str()));
        assert_eq!(created, "2026-11-24T10:02:11Z");
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[ \\-:#a\\n\"'\\\\|>]{0,10}",
        Just("a\r\u{85}\u{2028}\t\0".to_owned()),
        Just("# a\n\n- b\n".to_owned())
    ]
}

#[derive(Clone, Debug)]
enum Edit {
    Add(u32, String),
    Note(usize, String),
    Quote(usize, String),
    Move(usize, u32),
    Tag(usize, String),
    Delete(usize),
    Correct(u32),
    Undo,
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0u32..9, any_text()).prop_map(|(turn, note)| Edit::Add(turn, note)),
        (0usize..9, any_text()).prop_map(|(index, note)| Edit::Note(index, note)),
        (0usize..9, any_text()).prop_map(|(index, quote)| Edit::Quote(index, quote)),
        (0usize..9, 0u32..9).prop_map(|(index, turn)| Edit::Move(index, turn)),
        (0usize..9, any_text()).prop_map(|(index, tag)| Edit::Tag(index, tag)),
        (0usize..9).prop_map(Edit::Delete),
        (0u32..4).prop_map(Edit::Correct),
        Just(Edit::Undo),
    ]
}

fn edited(annotations: &mut Vec<Annotation>, corrections: &mut Vec<Correction>, edit: &Edit, number: usize) {
    let count = annotations.len();
    match edit {
        Edit::Add(turn, note) => {
            annotations.push(Annotation { note: note.clone(), ..annotation(&format!("E{number}"), *turn) });
        }
        Edit::Note(index, note) => {
            annotations.get_mut(index % count.max(1)).into_iter().for_each(|one| one.note.clone_from(note))
        }
        Edit::Quote(index, quote) => {
            annotations.get_mut(index % count.max(1)).into_iter().for_each(|one| one.anchor.quote.clone_from(quote))
        }
        Edit::Move(index, turn) => {
            if let Some(one) = annotations.get_mut(index % count.max(1)) {
                one.anchor.start = Spot { place: Place::Turn { turn: *turn, paragraph: 0 }, character: 1 };
                one.anchor.end = Spot { character: 7, ..one.anchor.start };
            }
        }
        Edit::Tag(index, tag) => annotations
            .get_mut(index % count.max(1))
            .into_iter()
            .for_each(|one| one.tags = Tag::new(tag).into_iter().collect()),
        Edit::Delete(index) if count > 0 => drop(annotations.remove(index % count)),
        Edit::Correct(paragraph) => {
            let correction =
                Correction::Paragraph { paragraph: *paragraph, begins: "It".to_owned(), mending: Mending::Start };
            match corrections.iter().position(|other| *other == correction) {
                Some(at) => drop(corrections.remove(at)),
                None => corrections.push(correction),
            }
        }
        Edit::Delete(_) | Edit::Undo => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn edits_read_back_and_undoing_them_all_gives_back_the_same_bytes(edits in proptest::collection::vec(any_edit(), 1..10), crlf in any::<bool>()) {
        let source = if crlf { FILE.replace('\n', "\r\n") } else { FILE.to_owned() };
        let (_folder, mut file) = load(&source);
        let mut states = vec![(file.annotations().to_vec(), Vec::new())];
        for (number, edit) in edits.iter().enumerate() {
            if matches!(edit, Edit::Undo) && states.len() > 1 {
                states.pop();
            } else {
                let mut state = states.last().unwrap().clone();
                edited(&mut state.0, &mut state.1, edit, number);
                states.push(state);
            }
            let (annotations, corrections) = states.last().unwrap();
            let outcome = file.save(annotations, corrections).unwrap();
            prop_assert!(outcome.backup.is_none());
            let mut sorted = (annotations.clone(), file.annotations().to_vec());
            sorted.0.sort_by(|a, b| a.id.cmp(&b.id));
            sorted.1.sort_by(|a, b| a.id.cmp(&b.id));
            prop_assert_eq!(&sorted.0, &sorted.1);
            for kept in ["# Kept with care.", "mood: calm   # nobody knows this key", "# The first one.", "# the end"] {
                prop_assert!(text(&file).contains(kept), "{}", text(&file));
            }
        }
        while let Some((annotations, corrections)) = states.pop() {
            file.save(&annotations, &corrections).unwrap();
        }
        prop_assert_eq!(text(&file), source);
    }
}
