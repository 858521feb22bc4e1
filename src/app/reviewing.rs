//! Reviewing the notes whose words have moved or gone: the old quote beside what it may be today.

use crate::anchor::{self, Resolution};
use crate::app::page::describe;
use crate::app::panel::Subject;
use crate::app::{App, Command, Look, Page, PageLine};
use crate::export::PlacedNote;
use crate::model::{Anchor, Annotation, AnnotationId, Position, Span};
use crate::text;

/// A note whose place is in doubt, and where it may belong.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewing {
    /// The note.
    pub id: AnnotationId,
    /// The places to choose from, the most likely first.
    pub proposals: Vec<Proposal>,
    /// The number of the one that is shown.
    pub chosen: usize,
}

/// A place where a note may belong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// The words.
    pub span: Span,
    /// How well they fit, 0 to 1; `None` for words that the reader selected.
    pub score: Option<f32>,
}

impl App {
    /// The reader's own notes whose place is in doubt: orphans, then what has moved, the least sure first. What is kept
    /// as an orphan is left out, unless nothing else is left.
    pub fn to_review(&self) -> Vec<&PlacedNote> {
        let own = self.notes.all().iter().filter(|note| self.notes.is_own(note));
        let mut notes: Vec<(f32, &PlacedNote)> = own
            .filter_map(|note| match note.resolution {
                Resolution::Anchored(_) => None,
                Resolution::Moved { score, .. } => Some((score, note)),
                Resolution::Orphan => Some((-1.0, note)),
            })
            .collect();
        notes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let notes: Vec<&PlacedNote> = notes.into_iter().map(|(_, note)| note).collect();
        let is_kept = |note: &&PlacedNote| self.kept_orphans.contains(&note.annotation.id);
        match notes.iter().all(is_kept) {
            true => notes,
            false => notes.into_iter().filter(|note| !is_kept(note)).collect(),
        }
    }

    /// How many of the reader's own notes are orphans that are not kept as such.
    pub fn orphan_count(&self) -> usize {
        let is_open = |note: &&PlacedNote| {
            note.resolution == Resolution::Orphan
                && self.notes.is_own(note)
                && !self.kept_orphans.contains(&note.annotation.id)
        };
        self.notes.all().iter().filter(is_open).count()
    }

    /// Opens the review: at the note that words were to be selected for, where some are.
    pub(super) fn review(&mut self) {
        let awaiting = self.awaiting_words.take().filter(|_| self.selection.is_some());
        let here = self.note_at_cursor().map(|note| note.annotation.id.clone());
        self.review_at(awaiting.or(here).as_ref());
    }

    /// Shows the place of this note or, where there is no doubt about it, of the first in doubt.
    pub(super) fn review_at(&mut self, id: Option<&AnnotationId>) {
        let notes = self.to_review();
        let wanted = notes.iter().find(|note| Some(&note.annotation.id) == id).or(notes.first()).copied().cloned();
        match wanted {
            Some(note) => {
                let proposals = self.proposals(&note);
                self.open_panel(Subject::Place(Reviewing { id: note.annotation.id, proposals, chosen: 0 }));
            }
            None => {
                self.over = None;
                if self.message.is_none() {
                    self.tell("Every note stands on its words.");
                }
            }
        }
    }

    fn proposals(&self, note: &PlacedNote) -> Vec<Proposal> {
        let mut proposals: Vec<Proposal> = Vec::new();
        proposals.extend(self.selected().map(|span| Proposal { span, score: None }));
        if let Resolution::Moved { span, score } = note.resolution {
            proposals.push(Proposal { span, score: Some(score) });
        }
        for candidate in anchor::candidates(self.interview(), &note.annotation.anchor) {
            if !proposals.iter().any(|known| known.span == candidate.span) {
                proposals.push(Proposal { span: candidate.span, score: Some(candidate.score) });
            }
        }
        proposals
    }

    pub(super) fn review_command(&mut self, reviewing: Reviewing, command: Command, times: u32) {
        let Reviewing { id, proposals, chosen } = reviewing;
        let count = proposals.len();
        let step = times as usize % count.max(1);
        match command {
            Command::ItemDown | Command::ItemUp => {
                let notes = self.to_review();
                let at = notes.iter().position(|note| note.annotation.id == id).unwrap_or(0);
                let next = if command == Command::ItemDown { at + 1 } else { at.saturating_sub(1) };
                if let Some(next) = notes.get(next).map(|note| note.annotation.id.clone()) {
                    self.review_at(Some(&next));
                }
            }
            Command::NextProposal if count > 0 => {
                let chosen = (chosen + step) % count;
                self.open_panel(Subject::Place(Reviewing { id, proposals, chosen }));
            }
            Command::PreviousProposal if count > 0 => {
                let chosen = (chosen + count - step) % count;
                self.open_panel(Subject::Place(Reviewing { id, proposals, chosen }));
            }
            Command::Accept => match proposals.get(chosen) {
                Some(proposal) => self.accept_place(&id, proposal.span),
                None => {
                    self.tell("Nothing in the text comes near it. ⟨select⟩ selects words for it, ⟨keep-orphan⟩ keeps it as an orphan.")
                }
            },
            Command::AcceptAll => self.accept_all_moved(),
            Command::Select => {
                self.over = None;
                let place = proposals.get(chosen).map(|proposal| proposal.span.start);
                if let Some(place) = place.or_else(|| self.old_place(&id)) {
                    self.jump_to(place);
                }
                self.awaiting_words = Some(id);
                self.selection = Some(self.reading.cursor);
                self.reading.caret = true;
                self.tell("Select the words, then ⟨review⟩ shows them beside the old ones.");
            }
            Command::KeepOrphan => self.keep_orphan(&id),
            _ => {}
        }
    }

    /// Where the words of a note stood, as far as that place is still there.
    fn old_place(&self, id: &AnnotationId) -> Option<Position> {
        let anchor = &self.notes.own_by_id(id)?.annotation.anchor;
        let paragraph = anchor::paragraph_of(self.interview(), anchor.start.place, anchor.side)?;
        Some(anchor::position_of(self.interview(), anchor.start, anchor.side).unwrap_or(Position::start_of(paragraph)))
    }

    fn accept_place(&mut self, id: &AnnotationId, span: Span) {
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        let Some(before) = self.notes.own_by_id(id).map(|note| note.annotation.clone()) else { return };
        let after = self.placed_anew(&before, span);
        self.selection = None;
        self.jump_to(span.start);
        self.change("place of a note", vec![(Some(before), Some(after))]);
        self.tell("It holds to these words now. ⟨undo⟩ takes it back.");
        self.review_at(None);
    }

    fn placed_anew(&self, before: &Annotation, span: Span) -> Annotation {
        let anchor = anchor::describe(self.interview(), span);
        Annotation { anchor, updated: (self.stamps.now)(), ..before.clone() }
    }

    fn accept_all_moved(&mut self) {
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        let moved: Vec<(Option<Annotation>, Option<Annotation>)> = self
            .to_review()
            .into_iter()
            .filter_map(|note| Some((&note.annotation, note.resolution.span()?)))
            .map(|(annotation, span)| (Some(annotation.clone()), Some(self.placed_anew(annotation, span))))
            .collect();
        if moved.is_empty() {
            return self.tell("Only orphans are left: each needs a look.");
        }
        let count = moved.len();
        self.change("places of notes", moved);
        self.tell(format!("{} hold to where they were found. ⟨undo⟩ takes it back.", counted(count, "note")));
        self.review_at(None);
    }

    fn keep_orphan(&mut self, id: &AnnotationId) {
        let is_orphan = self.notes.own_by_id(id).is_some_and(|note| note.resolution == Resolution::Orphan);
        if !is_orphan {
            return self
                .tell("Its words were found; ⟨next-proposal⟩ shows other places, ⟨select⟩ selects words for it.");
        }
        let next = {
            let notes = self.to_review();
            let at = notes.iter().position(|note| note.annotation.id == *id).unwrap_or(0);
            notes.get(at + 1).map(|note| note.annotation.id.clone())
        };
        self.kept_orphans.insert(id.clone());
        self.tell("Kept as an orphan: the list of notes shows it, the status line counts it no more.");
        match next {
            Some(next) => self.review_at(Some(&next)),
            None => self.over = None,
        }
    }

    pub(super) fn review_page(&self, reviewing: &Reviewing) -> Page {
        let notes = self.to_review();
        let at = notes.iter().position(|note| note.annotation.id == reviewing.id);
        let Some(note) = at.and_then(|at| notes.get(at)) else { return Page::default() };
        let annotation = &note.annotation;
        let mut lines = vec![PageLine::Heading(describe(annotation))];
        lines.extend(annotation.note.lines().map(|line| PageLine::Text(line.to_owned())));
        lines.push(PageLine::Blank);
        let proposal = reviewing.proposals.get(reviewing.chosen);
        let (head, words, around) = match proposal {
            Some(proposal) => {
                let fit = match proposal.score {
                    Some(score) => format!("{:.0}% alike", score * 100.0),
                    None => "your selection".to_owned(),
                };
                let place = format!("{} of {}", reviewing.chosen + 1, reviewing.proposals.len());
                let words = self.interview().slice(proposal.span);
                (format!("It may be   {place}, {fit}"), words, self.surroundings(proposal.span))
            }
            None => ("Nothing comes near it".to_owned(), String::new(), String::new()),
        };
        let Anchor { before, quote, after, .. } = &annotation.anchor;
        let was = format!("{}{before}{quote}{after}{}", cut(before), cut(after));
        lines.push(PageLine::Beside(Look::Head, "It was".to_owned(), head));
        let quote = annotation.anchor.quote.clone();
        lines.push(match proposal {
            Some(_) => PageLine::Compared(Look::Words, quote, words),
            None => PageLine::Beside(Look::Words, quote, words),
        });
        lines.push(PageLine::Blank);
        lines.push(PageLine::Beside(Look::Faint, was.replace('\n', " "), around));
        let state = match note.resolution {
            Resolution::Orphan => "orphan",
            _ => "moved",
        };
        Page {
            title: format!("Where does this note belong?   {} of {}, {state}", at.unwrap_or(0) + 1, notes.len()),
            lines,
            hint: "⟨accept⟩ takes it  ⟨next-proposal⟩ next place  ⟨select⟩ select words  ⟨keep-orphan⟩ orphan  ⟨accept-all⟩ all moved  ⟨cancel⟩".to_owned(),
            ..Page::default()
        }
    }

    /// A place with the words around it and who says them.
    fn surroundings(&self, span: Span) -> String {
        let interview = self.interview();
        let (start, end) = (interview.paragraph(span.start.paragraph), interview.paragraph(span.end.paragraph));
        let from = text::boundary_at(start, (span.start.offset as usize).saturating_sub(AROUND));
        let to = text::boundary_at(end, (span.end.offset as usize + AROUND).min(end.len()));
        let (left, right) = (if from > 0 { "…" } else { "" }, if to < end.len() { "…" } else { "" });
        let wide = Span {
            start: Position { offset: from as u32, ..span.start },
            end: Position { offset: to.max(span.end.offset as usize) as u32, ..span.end },
        };
        let words = interview.slice(wide).replace('\n', " ");
        let speaker = interview.speaker_of(span.start.paragraph).and_then(|speaker| interview.speaker(speaker));
        match speaker {
            Some(speaker) => format!("{}: {left}{words}{right}", speaker.name),
            None => format!("{left}{words}{right}"),
        }
    }
}

/// The dots beside a context that was cut off.
fn cut(context: &str) -> &'static str {
    if context.chars().count() >= anchor::CONTEXT { "…" } else { "" }
}

/// Bytes of text around a proposed place.
const AROUND: usize = 32;

/// `1 note`, `2 notes`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
