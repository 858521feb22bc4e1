//! Two programs at one file, and git.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;

use super::super::*;
use super::{FILE, annotation, file, text};
use crate::model::{Annotation, Correction, Mending};

#[test]
fn a_change_made_meanwhile_is_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut ours = file(folder.path(), FILE);
    let mut theirs = AnnotationsFile::load(ours.path()).unwrap();
    let mut notes = ours.annotations().to_vec();
    let mut other = notes.clone();
    other[1].note = "theirs".to_owned();
    other.push(annotation("T", 2));
    theirs.save(&other, &[]).unwrap();
    assert!(ours.has_changed_on_disk());
    notes[0].note = "ours".to_owned();
    let outcome = ours.save(&notes, &[]).unwrap();
    assert!(outcome.merged && outcome.conflicts.is_empty());
    let notes: Vec<_> = outcome.annotations.iter().map(|one| (one.id.as_str(), one.note.as_str())).collect();
    assert_eq!(notes, [("A", "ours"), ("T", "note T"), ("B", "theirs")]);
    assert!(text(&ours).contains("# seen twice"));
}

#[test]
fn both_versions_of_what_both_changed_are_kept_until_settled() {
    let folder = tempfile::tempdir().unwrap();
    let mut ours = file(folder.path(), FILE);
    let mut theirs = AnnotationsFile::load(ours.path()).unwrap();
    let with_note = |note: &str| {
        let mut notes = ours.annotations().to_vec();
        notes[0].note = note.to_owned();
        notes
    };
    theirs.save(&with_note("theirs:\n\n- yes"), &[]).unwrap();
    let (mine, settled) = (with_note("ours"), with_note("settled"));
    let outcome = ours.save(&mine, &[]).unwrap();
    assert_eq!(outcome.conflicts.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["A"]);
    let again = AnnotationsFile::load(ours.path()).unwrap();
    let other = again.annotations()[0].conflict.as_ref().unwrap().theirs.as_ref().unwrap();
    assert_eq!(other.note, "theirs:\n\n- yes");
    ours.save(&settled, &[]).unwrap();
    assert!(!text(&ours).contains("conflict"));
}

#[test]
fn corrections_that_contradict_are_both_kept_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut ours = file(folder.path(), FILE);
    let mut theirs = AnnotationsFile::load(ours.path()).unwrap();
    let notes = ours.annotations().to_vec();
    let said_by = |name: &str| Correction::Paragraph {
        paragraph: 3,
        begins: "It rained".to_owned(),
        mending: Mending::Speaker(name.to_owned()),
    };
    theirs.save(&notes, &[said_by("Tom")]).unwrap();
    let outcome = ours.save(&notes, &[said_by("Ada")]).unwrap();
    assert_eq!(outcome.other_corrections, [said_by("Tom")]);
    assert_eq!(AnnotationsFile::load(ours.path()).unwrap().corrections(), [said_by("Tom"), said_by("Ada")]);
    // Saying it once more settles it, for the other too.
    ours.save(&notes, &[said_by("Ida")]).unwrap();
    let outcome = theirs.save(&notes, &[said_by("Tom")]).unwrap();
    assert_eq!((outcome.corrections, outcome.other_corrections.len()), (vec![said_by("Ida")], 0));
}

#[test]
fn a_file_that_was_broken_meanwhile_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut ours = file(folder.path(), FILE);
    let broken = FILE.replace("kind: highlight", "kind: [");
    fs::write(ours.path(), &broken).unwrap();
    let mut notes = ours.annotations().to_vec();
    notes.push(annotation("C", 3));
    assert!(matches!(ours.save(&notes, &[]), Err(StoreError::Fault { .. })));
    assert_eq!(text(&ours), broken);
    fs::write(ours.path(), FILE).unwrap();
    assert_eq!(ours.save(&notes, &[]).unwrap().annotations.len(), 3);
}

#[test]
fn a_conflict_that_git_left_is_read_from_both_sides() {
    let source = "\
interleaf: annotations/1
annotations:
- id: A
<<<<<<< HEAD
  note: ours
=======
  note: theirs
- id: B
  note: only theirs
>>>>>>> other
- id: C
  note: both
";
    let folder = tempfile::tempdir().unwrap();
    let mut file = file(folder.path(), source);
    let notes = file.annotations().to_vec();
    assert_eq!(notes.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["A", "C", "B"]);
    assert_eq!(notes[0].conflict.as_ref().unwrap().theirs.as_ref().unwrap().note, "theirs");
    assert_eq!(file.warnings()[0].line, 4);
    let outcome = file.save(&notes, &[]).unwrap();
    assert_eq!(fs::read_to_string(outcome.backup.unwrap()).unwrap(), source);
    assert!(!text(&file).contains("<<<<"));
    let again = AnnotationsFile::load(file.path()).unwrap();
    assert_eq!(again.annotations().len(), 3);
    assert!(again.annotations().iter().any(|one| one.conflict.is_some()));
    let broken = source.replace("note: theirs", "kind: shout");
    fs::write(file.path(), broken).unwrap();
    match AnnotationsFile::load(file.path()) {
        Err(StoreError::Fault { fault, .. }) => assert_eq!(fault.line, 7, "{fault}"),
        other => panic!("{other:?}"),
    }
}

/// Every version of every annotation that a list holds, as (id, note).
fn versions(annotations: &[Annotation]) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    let mut open: Vec<&Annotation> = annotations.iter().collect();
    while let Some(one) = open.pop() {
        all.insert((one.id.to_string(), one.note.clone()));
        open.extend(one.conflict.iter().filter_map(|conflict| conflict.theirs.as_ref()));
    }
    all
}

#[derive(Clone, Copy, Debug)]
enum Move {
    Add,
    Change(usize),
    Delete(usize),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn two_readers_of_one_file_lose_nothing(moves in proptest::collection::vec(
        (any::<bool>(), prop_oneof![3 => Just(Move::Add), 4 => (0usize..20).prop_map(Move::Change), 1 => (0usize..20).prop_map(Move::Delete)]), 1..50)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let mut readers = [AnnotationsFile::load(&path).unwrap(), AnnotationsFile::load(&path).unwrap()];
        let mut states: [Vec<Annotation>; 2] = [Vec::new(), Vec::new()];
        // What the writer meant to be there: the last words written and never changed or deleted by either since.
        let mut written: BTreeSet<(String, String)> = BTreeSet::new();
        for (number, (who, action)) in moves.into_iter().enumerate() {
            let who = usize::from(who);
            let state = &mut states[who];
            let count = state.len();
            match action {
                Move::Change(index) if count > 0 => {
                    let one = &mut state[index % count];
                    // Words that this reader saw and changes are given up; the other's are not.
                    written.remove(&(one.id.to_string(), one.note.clone()));
                    one.note = format!("words {number}");
                    written.insert((one.id.to_string(), one.note.clone()));
                }
                Move::Delete(index) if count > 0 => {
                    let one = state.remove(index % count);
                    for version in versions(&[one]) {
                        written.remove(&version);
                    }
                }
                _ => {
                    let one = annotation(&format!("R{number}"), number as u32 % 7);
                    written.insert((one.id.to_string(), one.note.clone()));
                    state.push(one);
                }
            }
            let outcome = readers[who].save(state, &[]).unwrap();
            *state = outcome.annotations;
            let on_disk = AnnotationsFile::load(&path).unwrap();
            let ids: BTreeSet<_> = on_disk.annotations().iter().map(|one| &one.id).collect();
            prop_assert_eq!(ids.len(), on_disk.annotations().len(), "an id stands twice");
            let held = versions(on_disk.annotations());
            let lost: Vec<_> = written.difference(&held).collect();
            prop_assert!(lost.is_empty(), "lost {:?}", lost);
        }
    }
}

#[test]
fn two_threads_that_save_at_the_same_time_both_get_everything_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    let write = |name: &'static str| {
        let path = path.clone();
        move || {
            let mut file = AnnotationsFile::load(&path).unwrap();
            let mut notes = file.annotations().to_vec();
            for number in 0..15 {
                notes.push(annotation(&format!("{name}{number}"), number));
                notes = file.save(&notes, &[]).unwrap().annotations;
            }
        }
    };
    let threads = ["ada", "ben"].map(|name| std::thread::spawn(write(name)));
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(AnnotationsFile::load(&path).unwrap().annotations().len(), 30);
}
