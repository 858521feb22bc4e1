//! Two writers' changes brought together, annotation by annotation; nothing that either wrote is lost.

use std::collections::{HashMap, HashSet};

use crate::model::{Annotation, AnnotationId, Conflict, Correction};

/// The annotations after a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// All of them; those that both changed carry the other version.
    pub annotations: Vec<Annotation>,
    /// Those that both changed in different ways.
    pub conflicts: Vec<AnnotationId>,
}

/// The corrections after a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergedCorrections {
    /// All of them. Where both mended the same thing in different ways both are there, so placed that ours holds.
    pub corrections: Vec<Correction>,
    /// Theirs, where ours says otherwise.
    pub conflicts: Vec<Correction>,
}

/// Brings together what two writers made of `base`.
///
/// What only one of them changed, added or deleted is taken. Where both changed an annotation, ours stays and carries
/// theirs as its [`Conflict`]; where one deleted what the other changed, the changed version stays and carries the
/// deletion.
pub fn annotations(base: &[Annotation], ours: &[Annotation], theirs: &[Annotation]) -> Merged {
    let base = by_id(base);
    let theirs_by_id = by_id(theirs);
    let ours_ids: HashSet<&AnnotationId> = ours.iter().map(|annotation| &annotation.id).collect();
    let mut merged = Merged::default();
    let mut take = |annotation: Annotation, is_conflict: bool| {
        if is_conflict {
            merged.conflicts.push(annotation.id.clone());
        }
        merged.annotations.push(annotation);
    };
    for our in ours {
        match (base.get(&our.id), theirs_by_id.get(&our.id)) {
            (Some(&base), None) if same(base, our) => {}
            (Some(_), None) => take(with_conflict(our, None), true),
            (None, None) => take(our.clone(), false),
            (base, Some(&their)) if same(our, their) => {
                let later = if their.updated > our.updated { their } else { our };
                let unsettled = base.is_none_or(|base| base.conflict.is_some()) || their.conflict.is_some();
                take(if unsettled && our.conflict.is_some() { our.clone() } else { later.clone() }, false);
            }
            (Some(&base), Some(&their)) if same(base, our) => take(their.clone(), false),
            (Some(&base), Some(&their)) if same(base, their) => take(our.clone(), false),
            (_, Some(&their)) => take(with_conflict(our, Some(their)), true),
        }
    }
    for their in theirs.iter().filter(|their| !ours_ids.contains(&their.id)) {
        match base.get(&their.id) {
            None => take(their.clone(), false),
            Some(&base) if same(base, their) => {}
            Some(_) => take(with_conflict(their, None), true),
        }
    }
    merged
}

/// Brings together two writers' corrections.
pub fn corrections(base: &[Correction], ours: &[Correction], theirs: &[Correction]) -> MergedCorrections {
    let deleted_by_them = |correction: &Correction| base.contains(correction) && !theirs.contains(correction);
    let mut merged: Vec<Correction> = ours.iter().filter(|correction| !deleted_by_them(correction)).cloned().collect();
    let mut conflicts = Vec::new();
    for their in theirs.iter().filter(|their| !base.contains(their) && !ours.contains(their)) {
        match merged.iter().position(|our| our.is_about_the_same_as(their)) {
            Some(at) => {
                conflicts.push(their.clone());
                // Of two names for a speaker the first holds, because the second finds nobody of the old name; of all
                // else the last.
                let is_name = matches!(their, Correction::Rename { .. });
                merged.insert(if is_name { at + 1 } else { at }, their.clone());
            }
            None => merged.push(their.clone()),
        }
    }
    MergedCorrections { corrections: merged, conflicts }
}

fn by_id(annotations: &[Annotation]) -> HashMap<&AnnotationId, &Annotation> {
    annotations.iter().map(|annotation| (&annotation.id, annotation)).collect()
}

/// Whether two versions differ in nothing but the time of the last change.
fn same(a: &Annotation, b: &Annotation) -> bool {
    a.updated == b.updated && a == b || {
        let mut a = a.clone();
        a.updated = b.updated;
        a == *b
    }
}

/// `annotation` with one more version to settle; versions that it carries already are kept behind the new one.
fn with_conflict(annotation: &Annotation, other: Option<&Annotation>) -> Annotation {
    let mut annotation = annotation.clone();
    let carried = annotation.conflict.take();
    let mut versions: Vec<Option<Annotation>> = Vec::new();
    let mut add = |mut version: Option<Annotation>| {
        let mut next = version.as_mut().and_then(|version| version.conflict.take());
        let known = |version: &Option<Annotation>, versions: &[Option<Annotation>]| {
            versions.contains(version) || version.as_ref().is_some_and(|version| same(version, &annotation))
        };
        loop {
            if !known(&version, &versions) {
                versions.push(version.take());
            }
            let Some(conflict) = next.take() else { break };
            version = conflict.theirs;
            next = version.as_mut().and_then(|version| version.conflict.take());
        }
    };
    add(other.cloned());
    if let Some(carried) = carried {
        add(carried.theirs);
    }
    // A deletion carries nothing behind it, so it comes last.
    versions.sort_by_key(Option::is_none);
    let chain = versions.into_iter().rev().fold(None, |behind, version| {
        let theirs = version.map(|version| Annotation { conflict: behind, ..version });
        Some(Box::new(Conflict { theirs }))
    });
    Annotation { conflict: chain, ..annotation }
}

#[cfg(test)]
mod tests {
    use super::super::tests::annotation;
    use super::*;

    fn noted(id: &str, note: &str) -> Annotation {
        Annotation { note: note.to_owned(), ..annotation(id, 0) }
    }

    #[test]
    fn what_one_writer_did_is_taken() {
        let base = [noted("a", "1"), noted("b", "1"), noted("c", "1")];
        let ours = [noted("a", "2"), noted("b", "1"), noted("new", "")];
        let theirs = [noted("a", "1"), noted("c", "1"), noted("other", "")];
        let merged = annotations(&base, &ours, &theirs);
        assert_eq!(merged.annotations, [noted("a", "2"), noted("new", ""), noted("other", "")]);
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn both_versions_are_kept_where_both_changed_one() {
        let base = [noted("a", "1")];
        let merged = annotations(&base, &[noted("a", "ours")], &[noted("a", "theirs")]);
        let conflict = merged.annotations[0].conflict.as_ref().unwrap();
        assert_eq!(merged.annotations[0].note, "ours");
        assert_eq!(conflict.theirs.as_ref().unwrap().note, "theirs");
        let third = annotations(&[noted("a", "1")], &merged.annotations, &[noted("a", "third")]);
        let first = third.annotations[0].conflict.as_ref().unwrap().theirs.as_ref().unwrap();
        assert_eq!(first.note, "third");
        assert_eq!(first.conflict.as_ref().unwrap().theirs.as_ref().unwrap().note, "theirs");
    }

    #[test]
    fn a_change_outlives_a_deletion() {
        let base = [noted("a", "1"), noted("b", "1")];
        let merged = annotations(&base, &[noted("a", "2")], &[noted("b", "2")]);
        assert_eq!(merged.conflicts.len(), 2);
        for (annotation, id) in merged.annotations.iter().zip(["a", "b"]) {
            assert_eq!((annotation.id.as_str(), annotation.note.as_str()), (id, "2"));
            assert_eq!(annotation.conflict.as_ref().unwrap().theirs, None);
        }
    }

    #[test]
    fn the_same_change_made_twice_is_one() {
        let base = [noted("a", "1")];
        let merged = annotations(&base, &[noted("a", "2")], &[noted("a", "2")]);
        assert_eq!(merged.annotations, [noted("a", "2")]);
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn corrections_of_both_are_kept() {
        let role = |speaker: &str, role| Correction::Role { speaker: speaker.to_owned(), role };
        use crate::model::Role::{Guest, Interviewer, Other};
        let base = [role("a", Other), role("b", Other)];
        let ours = [role("a", Guest), role("b", Other)];
        let theirs = [role("a", Interviewer), role("c", Guest)];
        let merged = corrections(&base, &ours, &theirs);
        assert_eq!(merged.corrections, [role("a", Interviewer), role("a", Guest), role("c", Guest)], "ours holds");
        assert_eq!(merged.conflicts, [role("a", Interviewer)]);
        let again = corrections(&merged.corrections, &merged.corrections[1..], &merged.corrections);
        assert_eq!(again.corrections, merged.corrections[1..], "settled once is settled");
        let name = |to: &str| Correction::Rename { from: "Speaker 1".to_owned(), to: to.to_owned() };
        let named = corrections(&[], &[name("Ada")], &[name("Ida")]);
        assert_eq!(named.corrections, [name("Ada"), name("Ida")], "the first name holds");
    }
}
