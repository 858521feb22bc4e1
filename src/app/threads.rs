//! Answers to notes: written from the reader, and shown under the note that they answer.

use std::collections::{HashMap, HashSet};

use crate::anchor;
use crate::app::{App, Over};
use crate::export::PlacedNote;
use crate::model::{Annotation, AnnotationId, Kind, Span};

/// An answer to an answer to an answer is not moved further to the right than this.
const DEEPEST: usize = 3;

impl App {
    /// Answers the note at the cursor: another annotator's before the reader's own.
    pub(super) fn reply(&mut self) {
        let cursor = self.reading.cursor;
        let here = |note: &&PlacedNote| note.resolution.span().is_some_and(|span| span.contains(cursor));
        let at_cursor = Span { start: cursor, end: cursor };
        let others = self.notes.within(at_cursor).filter(here).find(|note| !self.notes.is_own(note));
        let paragraph = super::motion::paragraph_span(self.interview(), cursor.paragraph);
        let nearby = || self.notes.within(paragraph).find(|note| !self.notes.is_own(note));
        match others.or_else(nearby).or_else(|| self.note_at_cursor()).cloned() {
            Some(note) => self.reply_to(&note),
            None => self.tell("No annotation here to answer. ⟨next-note⟩ goes to the next one."),
        }
    }

    pub(super) fn reply_to(&mut self, note: &PlacedNote) {
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        let now = (self.stamps.now)();
        let anchor = match note.resolution.span() {
            Some(span) => anchor::describe(self.interview(), span),
            None => note.annotation.anchor.clone(),
        };
        let annotation = Annotation {
            id: (self.stamps.id)(),
            kind: Kind::Note,
            anchor,
            tags: Vec::new(),
            status: None,
            due: None,
            note: String::new(),
            reply_to: Some(note.annotation.id.clone()),
            created: now,
            updated: now,
            conflict: None,
        };
        self.open_editor(annotation, false);
    }

    /// How far a note stands to the right: 0, 1 for an answer, 2 for the answer to an answer.
    pub fn reply_depth(&self, note: &PlacedNote) -> usize {
        let mut depth = 0;
        let mut above = note.annotation.reply_to.as_ref();
        while let Some(parent) = above.and_then(|id| self.notes.get(id)).filter(|_| depth < DEEPEST) {
            depth += 1;
            above = parent.annotation.reply_to.as_ref();
        }
        depth
    }

    /// What an answer is about in the end: the note at the head of its thread.
    pub(super) fn question_of<'a>(&'a self, note: &'a PlacedNote) -> &'a PlacedNote {
        let mut head = note;
        for _ in 0..DEEPEST {
            match head.annotation.reply_to.as_ref().and_then(|id| self.notes.get(id)) {
                Some(parent) => head = parent,
                None => break,
            }
        }
        head
    }

    /// What the annotation in the editor answers.
    pub fn answered(&self) -> Option<&PlacedNote> {
        match &self.over {
            Some(Over::Editor(editor)) => self.notes.get(editor.annotation.reply_to.as_ref()?),
            _ => None,
        }
    }
}

/// Puts each answer behind what it answers, in its place; what answers nothing in the list stays where it is.
pub(super) fn threaded<'a, T: Copy>(items: Vec<T>, note: impl Fn(T) -> Names<'a>) -> Vec<T> {
    let named: Vec<Names<'a>> = items.iter().map(|item| note(*item)).collect();
    if named.iter().all(|(_, parent)| parent.is_none()) {
        return items;
    }
    let ids: HashSet<&AnnotationId> = named.iter().map(|(id, _)| *id).collect();
    let mut answers: HashMap<&AnnotationId, Vec<usize>> = HashMap::new();
    let mut roots = Vec::new();
    for (number, &(id, parent)) in named.iter().enumerate() {
        match parent.filter(|parent| ids.contains(parent) && *parent != id) {
            Some(parent) => answers.entry(parent).or_default().push(number),
            None => roots.push(number),
        }
    }
    let mut order = Vec::with_capacity(items.len());
    let mut seen = vec![false; items.len()];
    // What answers each other in a circle hangs on no root, and comes last.
    for root in roots.into_iter().chain(0..named.len()) {
        let mut waiting = vec![root];
        while let Some(number) = waiting.pop() {
            if !std::mem::replace(&mut seen[number], true) {
                order.push(items[number]);
                waiting.extend(answers.get(named[number].0).into_iter().flatten().rev());
            }
        }
    }
    order
}

/// The id of a note, and of what it answers.
type Names<'a> = (&'a AnnotationId, Option<&'a AnnotationId>);

/// What [`threaded`] needs to know of a note.
pub(super) fn names(note: &PlacedNote) -> Names<'_> {
    (&note.annotation.id, note.annotation.reply_to.as_ref())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn order(notes: &[(&str, &str)]) -> String {
        let id = |name: &str| AnnotationId::new(name);
        let ids: Vec<_> = notes.iter().map(|(name, parent)| (id(name).unwrap(), id(parent))).collect();
        let order = threaded((0..notes.len()).collect(), |at| (&ids[at].0, ids[at].1.as_ref()));
        order.into_iter().map(|at| notes[at].0).collect()
    }

    #[test]
    fn answers_stand_under_what_they_answer() {
        assert_eq!(order(&[("a", ""), ("b", ""), ("c", "a"), ("d", "c"), ("e", "a"), ("f", "")]), "acdebf");
        assert_eq!(order(&[("c", "a"), ("a", ""), ("b", "")]), "acb");
    }

    #[test]
    fn answers_to_nothing_and_in_circles_are_kept() {
        assert_eq!(order(&[("a", "z"), ("b", "b"), ("c", "d"), ("d", "c")]), "abcd");
    }
}
