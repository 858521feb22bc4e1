//! Making, changing and deleting annotations.

use jiff::ToSpan as _;
use jiff::tz::TimeZone;

use crate::anchor;
use crate::app::bulk::following;
use crate::app::motion;
use crate::app::prompting::{Asking, Purpose};
use crate::app::{App, Command, Effect, Focus, Over, Prompt};
use crate::export::PlacedNote;
use crate::model::{Annotation, AnnotationId, Kind, Position, Span, Status, Tag};

impl App {
    pub(super) fn annotating_command(&mut self, command: Command) -> bool {
        match command {
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Copy => self.copy(),
            Command::ShowNotes => self.show_notes(),
            _ if !changes_annotations(command) => return false,
            _ if self.notes.read_only.is_some() => {
                let why = self.notes.read_only.clone().unwrap_or_default();
                self.complain(format!("Read-only: {why}"));
            }
            Command::Note | Command::Accept => self.note(),
            Command::Highlight => self.mark(Kind::Highlight, Vec::new()),
            Command::FollowUp => self.write_new(Kind::FollowUp),
            Command::Question => self.write_new(Kind::Question),
            Command::Bookmark => self.bookmark(),
            Command::OwnTopic => self.ask(Purpose::OwnTopic, Prompt::default()),
            Command::RepeatMark => self.repeat_mark(),
            Command::Tag => self.start_tags(),
            Command::Edit => self.edit(),
            Command::Delete => self.delete(),
            Command::CycleStatus => self.cycle_status(),
            _ => self.tag_by_key(command),
        }
        true
    }

    /// A new annotation of a kind on a stretch of text.
    fn new_annotation(&self, kind: Kind, span: Span, tags: Vec<Tag>, note: String) -> Annotation {
        let now = (self.stamps.now)();
        Annotation {
            id: (self.stamps.id)(),
            kind,
            anchor: anchor::describe(self.interview(), span),
            tags,
            status: kind.has_status().then_some(Status::Open),
            due: None,
            note,
            reply_to: None,
            created: now,
            updated: now,
            conflict: None,
        }
    }

    fn paragraph_here(app: &App) -> Span {
        motion::paragraph_span(app.interview(), app.reading.cursor.paragraph)
    }

    fn sentence_here(app: &App) -> Span {
        motion::sentence_span(app.interview(), app.reading.cursor)
    }

    /// The annotation at the cursor: with the cursor at a character the smallest that holds it, otherwise the first
    /// of its paragraph from the cursor on.
    pub fn note_at_cursor(&self) -> Option<&PlacedNote> {
        self.fitting_at_cursor(|_| true)
    }

    fn fitting_at_cursor(&self, fits: impl Fn(&PlacedNote) -> bool) -> Option<&PlacedNote> {
        let cursor = self.reading.cursor;
        let size = |note: &PlacedNote| {
            note.resolution.span().map(|span| (span.end.paragraph.0 - span.start.paragraph.0, span.end.offset))
        };
        let holding = self
            .notes
            .within(Span { start: cursor, end: cursor })
            .filter(|note| fits(note))
            .filter(|note| note.resolution.span().is_some_and(|span| span.contains(cursor)))
            .min_by_key(|note| (!self.notes.is_own(note), size(note)));
        if self.reading.caret && holding.is_some() {
            return holding;
        }
        let paragraph = Self::paragraph_here(self);
        let below = |note: &&PlacedNote| note.resolution.span().is_some_and(|span| span.end > cursor);
        let fitting = || self.notes.within(paragraph).filter(|note| fits(note));
        fitting().find(below).or_else(|| fitting().next())
    }

    /// The annotation at the cursor, when it is the reader's own.
    fn own_at_cursor(&mut self) -> Option<Annotation> {
        self.own_of(self.note_at_cursor().cloned())
    }

    /// The follow-up or question at the cursor, when it is the reader's own; where there is none, another annotation.
    fn own_with_status(&mut self) -> Option<Annotation> {
        let has_status = |note: &PlacedNote| note.annotation.kind.has_status() && self.notes.is_own(note);
        self.own_of(self.fitting_at_cursor(has_status).or_else(|| self.note_at_cursor()).cloned())
    }

    fn own_of(&mut self, note: Option<PlacedNote>) -> Option<Annotation> {
        match note {
            Some(note) if self.notes.is_own(&note) => Some(note.annotation),
            Some(note) => {
                let whose = note.annotator.unwrap_or_default();
                self.complain(format!("This annotation is in the layer of {whose}, which is read-only here."));
                None
            }
            None => {
                self.tell("No annotation here. ⟨next-note⟩ goes to the next one.");
                None
            }
        }
    }

    fn note(&mut self) {
        let bare = match self.note_at_cursor() {
            Some(note) if self.selection.is_none() && self.reading.caret && self.notes.is_own(note) => {
                Some(note.annotation.clone())
            }
            _ => None,
        };
        match bare {
            Some(annotation) => self.open_editor(annotation, true),
            None => self.write_new(Kind::Note),
        }
    }

    fn write_new(&mut self, kind: Kind) {
        let span = self.target(Self::paragraph_here);
        if span.is_empty() {
            return self.tell("There are no words here to hold a note to.");
        }
        let annotation = self.new_annotation(kind, span, Vec::new(), String::new());
        self.open_editor(annotation, false);
    }

    /// Marks the target at once.
    fn mark(&mut self, kind: Kind, tags: Vec<Tag>) {
        let span = self.target(Self::sentence_here);
        if span.is_empty() {
            return self.tell("There are no words here to mark.");
        }
        let annotation = self.new_annotation(kind, span, tags, String::new());
        self.last_mark(&annotation);
        self.add(annotation);
    }

    pub(super) fn last_mark(&mut self, annotation: &Annotation) {
        self.notes_pane.last_mark = Some((annotation.kind, annotation.tags.clone()));
    }

    fn repeat_mark(&mut self) {
        match self.notes_pane.last_mark.clone() {
            Some((kind, tags)) => self.mark(kind, tags),
            None => self.tell("Nothing was marked yet."),
        }
    }

    fn add(&mut self, annotation: Annotation) {
        let what = annotation.kind.name();
        self.selection = None;
        self.change(what, vec![(None, Some(annotation))]);
        self.tell(format!("Marked as {what}. ⟨undo⟩ takes it back."));
    }

    fn bookmark(&mut self) {
        let here = Self::paragraph_here(self);
        let set = self
            .notes
            .within(here)
            .find(|note| note.annotation.kind == Kind::Bookmark && self.notes.is_own(note))
            .map(|note| note.annotation.clone());
        match set {
            Some(bookmark) if self.selection.is_none() => {
                self.change("bookmark removed", vec![(Some(bookmark), None)]);
                self.tell("Bookmark removed.");
            }
            _ => {
                let span = self.target(Self::sentence_here);
                let annotation = self.new_annotation(Kind::Bookmark, span, Vec::new(), String::new());
                self.add(annotation);
            }
        }
    }

    pub(super) fn name_own_topic(&mut self, title: &str) {
        let title = title.trim();
        if title.is_empty() {
            return;
        }
        let span = self.target(Self::sentence_here);
        let annotation = self.new_annotation(Kind::Topic, span, Vec::new(), title.to_owned());
        self.selection = None;
        self.change("topic", vec![(None, Some(annotation))]);
        self.tell(format!("Topic: {title}"));
    }

    fn edit(&mut self) {
        if let Some(annotation) = self.own_at_cursor() {
            self.open_editor(annotation, true);
        }
    }

    fn delete(&mut self) {
        if let Some(annotation) = self.own_at_cursor() {
            self.delete_annotation(annotation);
        }
    }

    pub(super) fn delete_annotation(&mut self, annotation: Annotation) {
        let what = annotation.kind.name();
        self.change(&format!("{what} deleted"), vec![(Some(annotation), None)]);
        self.tell(format!("Deleted the {what}. ⟨undo⟩ brings it back."));
    }

    fn cycle_status(&mut self) {
        let Some(annotation) = self.own_with_status() else { return };
        self.cycle_status_of(annotation);
    }

    pub(super) fn cycle_status_of(&mut self, annotation: Annotation) {
        if !annotation.kind.has_status() {
            return self.tell("Only follow-ups and questions have a status.");
        }
        let next = following(annotation.status.unwrap_or_default());
        let changed = Annotation { status: Some(next), updated: (self.stamps.now)(), ..annotation.clone() };
        self.change("status", vec![(Some(annotation), Some(changed))]);
        self.tell(format!("Now {}.", next.name()));
    }

    /// Says by when a follow-up or question is to be done: a day, or a number of days from today; nothing takes it off.
    pub(super) fn set_due(&mut self, day: &str) {
        if let Some(why) = self.notes.read_only.clone() {
            return self.complain(format!("Read-only: {why}"));
        }
        let of = match self.focus {
            Focus::Notes => self.chosen().filter(|note| self.notes.is_own(note)).map(|note| note.annotation.clone()),
            _ => self.own_with_status(),
        };
        let Some(annotation) = of else { return };
        if !annotation.kind.has_status() {
            return self.tell("Only follow-ups and questions are due.");
        }
        let today = TimeZone::system().to_datetime((self.stamps.now)()).date();
        let in_days = |days: &str| today.checked_add(days.parse::<i32>().ok()?.days()).ok();
        let due = match (day.strip_prefix('+'), day) {
            (_, "") => None,
            (Some(days), _) => in_days(days),
            (None, day) => day.parse().ok(),
        };
        if due.is_none() && !day.is_empty() {
            return self.complain(format!("“{day}” is no day: :due 2026-03-04, or :due +7 for a week from today."));
        }
        let changed = Annotation { due, updated: (self.stamps.now)(), ..annotation.clone() };
        self.change("due day", vec![(Some(annotation), Some(changed))]);
        match due {
            Some(due) => self.tell(format!("Due {due}. ⟨undo⟩ takes it back.")),
            None => self.tell("Due on no day."),
        }
    }

    /// All tags that the notebook defines or the notes bear, in order.
    pub fn known_tags(&self) -> Vec<Tag> {
        let defined = self.notes.tags.iter().map(|definition| definition.tag.clone());
        let used = self.notes.all().iter().flat_map(|note| note.annotation.tags.iter().cloned());
        let mut tags: Vec<Tag> = defined.chain(used).collect();
        tags.sort();
        tags.dedup();
        tags
    }

    fn start_tags(&mut self) {
        let of = match self.selection {
            Some(_) => None,
            None => self.note_at_cursor().filter(|note| self.notes.is_own(note)).map(|note| note.annotation.clone()),
        };
        self.ask_for_tags(of);
    }

    pub(super) fn ask_for_tags(&mut self, of: Option<Annotation>) {
        let typed = of.iter().flat_map(|annotation| &annotation.tags).map(|tag| format!("{tag}, ")).collect::<String>();
        self.ask(Purpose::Tags(of.map(|annotation| annotation.id)), Prompt::with_text(&typed));
    }

    /// Gives the tags that were typed, with commas between, to an annotation, or to a new highlight.
    pub(super) fn set_tags(&mut self, of: Option<&AnnotationId>, typed: &str) {
        let mut tags: Vec<Tag> = Vec::new();
        for tag in typed.split(',').filter_map(Tag::new) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let existing = of.and_then(|id| self.notes.get(id)).map(|note| note.annotation.clone());
        match existing {
            Some(annotation) if annotation.tags != tags => {
                let changed = Annotation { tags, updated: (self.stamps.now)(), ..annotation.clone() };
                self.last_mark(&changed);
                self.change("tags", vec![(Some(annotation), Some(changed))]);
            }
            Some(_) => {}
            None if tags.is_empty() => {}
            None => self.mark(Kind::Highlight, tags),
        }
    }

    fn tag_by_key(&mut self, command: Command) {
        let Some(key) = command.tag_key() else { return };
        let defined = self.notes.tags.iter().find(|definition| definition.key == Some(key));
        let Some(tag) = defined.map(|definition| definition.tag.clone()) else {
            return self.tell(format!("No tag has the hot key {key}: give it one in annotations/tags.yaml."));
        };
        let here = self.note_at_cursor().filter(|note| self.notes.is_own(note)).map(|note| note.annotation.clone());
        match here.filter(|_| self.selection.is_none()) {
            Some(annotation) => {
                let mut tags = annotation.tags.clone();
                match tags.iter().position(|known| *known == tag) {
                    Some(at) => drop(tags.remove(at)),
                    None => tags.push(tag),
                }
                let changed = Annotation { tags, updated: (self.stamps.now)(), ..annotation.clone() };
                self.change("tags", vec![(Some(annotation), Some(changed))]);
            }
            None => self.mark(Kind::Highlight, vec![tag]),
        }
    }

    fn copy(&mut self) {
        let span = self.target(Self::sentence_here);
        let quote = self.interview().slice(span);
        if quote.is_empty() {
            return self.tell("There are no words here to copy.");
        }
        self.effect(Effect::Copy(self.reference(span, &quote)));
        self.selection = None;
        self.tell("Copied with its reference.");
    }

    /// A quotation with who said it, where and when.
    pub fn reference(&self, span: Span, quote: &str) -> String {
        let interview = self.interview();
        let speaker = interview.speaker_of(span.start.paragraph).and_then(|speaker| interview.speaker(speaker));
        let mut parts = Vec::new();
        if let Some(speaker) = speaker {
            parts.push(speaker.name.clone());
        }
        if !interview.metadata.title.is_empty() {
            parts.push(format!("*{}*", interview.metadata.title));
        }
        parts.extend(interview.metadata.date.clone());
        parts.extend(interview.time_before(span.start.paragraph).map(|time| time.to_string()));
        match parts.is_empty() {
            true => format!("“{quote}”"),
            false => format!("“{quote}” — {}", parts.join(", ")),
        }
    }

    pub(super) fn ask(&mut self, purpose: Purpose, prompt: Prompt) {
        self.over = Some(Over::Prompt(Box::new(Asking::new(purpose, prompt))));
        self.prompt_changed();
    }

    /// Goes so many fitting annotations on or back, to the last one where there are fewer.
    pub(super) fn go_to_note(&mut self, forward: bool, times: u32, fits: impl Fn(&PlacedNote) -> bool) {
        let cursor = self.reading.cursor;
        let found: Option<Position> = {
            let fitting = self.notes.shown().filter(|note| fits(note));
            let starts = fitting.filter_map(|note| note.resolution.span()).map(|span| span.start);
            let times = times as usize;
            match forward {
                true => distinct(starts.filter(|&at| at > cursor)).take(times).last(),
                false => distinct(starts.rev().filter(|&at| at < cursor)).take(times).last(),
            }
        };
        match found {
            Some(place) => self.jump_to(place),
            None => self.tell(if forward { "No annotation after this." } else { "No annotation before this." }),
        }
    }
}

/// Places without those that are like the one before.
fn distinct(places: impl Iterator<Item = Position>) -> impl Iterator<Item = Position> {
    let mut before = None;
    places.filter(move |&place| before.replace(place) != Some(place))
}

fn changes_annotations(command: Command) -> bool {
    matches!(
        command,
        Command::Note
            | Command::Accept
            | Command::Highlight
            | Command::FollowUp
            | Command::Question
            | Command::Bookmark
            | Command::OwnTopic
            | Command::RepeatMark
            | Command::Tag
            | Command::Edit
            | Command::Delete
            | Command::CycleStatus
    ) || command.tag_key().is_some()
}
