//! Jumping: to turns, questions, topics, moments of the recording, and back through the jumps.
//!
//! A jump with a count is one jump: the place is found first, and one goes there once, so that going back leads to where
//! one really came from.

use crate::app::{App, Command};
use crate::model::{Position, Role, Timecode, TurnIndex};

/// More jumps than anybody goes back through.
const JUMPS: usize = 100;

impl App {
    pub(super) fn jumping_command(&mut self, command: Command, times: u32) -> bool {
        match command {
            Command::NextTurn => self.next_turn(times, |_, _| true),
            Command::PreviousTurn => self.previous_turn(times, |_, _| true),
            Command::NextQuestion => self.next_turn(times, asks),
            Command::PreviousQuestion => self.previous_turn(times, asks),
            Command::NextTopic => self.next_topic(times),
            Command::PreviousTopic => self.previous_topic(times),
            Command::NextNote => self.go_to_note(true, times, |_| true),
            Command::PreviousNote => self.go_to_note(false, times, |_| true),
            Command::NextFollowUp => self.go_to_note(true, times, |note| note.annotation.kind.has_status()),
            Command::PreviousFollowUp => self.go_to_note(false, times, |note| note.annotation.kind.has_status()),
            Command::NextConflict => self.go_to_conflict(true, times),
            Command::PreviousConflict => self.go_to_conflict(false, times),
            Command::NextDoubtful => self.go_to_doubtful(true, times),
            Command::PreviousDoubtful => self.go_to_doubtful(false, times),
            Command::NextHit => self.go_to_hit(true, times),
            Command::PreviousHit => self.go_to_hit(false, times),
            Command::JumpBack => self.jump_back(times),
            Command::JumpForward => self.jump_forward(times),
            _ => return false,
        }
        true
    }

    /// Goes to a turn by its number from 0, the last one where there are fewer.
    pub(super) fn go_to_turn(&mut self, turn: u32) {
        let turns = self.interview().turns().len() as u32;
        self.jump_to_turn(turns.checked_sub(1).map(|last| TurnIndex(turn.min(last))));
    }

    /// Goes to what was said at a moment of the recording.
    pub(super) fn go_to_time(&mut self, time: Timecode) {
        let interview = self.interview();
        if !interview.has_times() {
            return self.tell("This interview has no timecodes.");
        }
        let mut spoken =
            interview.paragraphs().filter(|&at| interview.time_of(at).is_some_and(|begins| begins <= time));
        let place = spoken.next_back().unwrap_or_default();
        self.note_jump();
        self.go_to_paragraph_head(Position::start_of(place));
    }

    fn current_turn(&self) -> Option<TurnIndex> {
        self.interview().turn_of(self.reading.cursor.paragraph)
    }

    fn next_turn(&mut self, times: u32, fits: fn(&App, TurnIndex) -> bool) {
        let next = match self.current_turn() {
            Some(turn) => turn.0 + 1,
            None if self.reading.cursor.paragraph.0 < self.interview().front() => 0,
            None => return,
        };
        let count = self.interview().turns().len() as u32;
        let found = (next..count).map(TurnIndex).filter(|&turn| self.shows_turn(turn) && fits(self, turn));
        self.jump_to_turn(found.take(times as usize).last());
    }

    fn previous_turn(&mut self, times: u32, fits: fn(&App, TurnIndex) -> bool) {
        let count = self.interview().turns().len() as u32;
        let cursor = self.reading.cursor;
        let end = match self.current_turn() {
            // From the middle of a turn, its own start comes first.
            Some(turn) => {
                let first = self.interview().turn_paragraphs(turn).start;
                if cursor.paragraph.0 > first || cursor.offset > 0 { turn.0 + 1 } else { turn.0 }
            }
            None if cursor.paragraph.0 < self.interview().front() => return,
            None => count,
        };
        let found = (0..end).rev().map(TurnIndex).filter(|&turn| self.shows_turn(turn) && fits(self, turn));
        self.jump_to_turn(found.take(times as usize).last());
    }

    fn shows_turn(&self, turn: TurnIndex) -> bool {
        self.interview().turn(turn).is_some_and(|turn| self.flow().shows(turn.first))
    }

    fn jump_to_turn(&mut self, turn: Option<TurnIndex>) {
        if let Some(first) = turn.and_then(|turn| self.interview().turn(turn)).map(|turn| turn.first) {
            self.note_jump();
            self.go_to_paragraph_head(Position::start_of(first));
        }
    }

    fn next_topic(&mut self, times: u32) {
        let here = self.place_in_original();
        let starts = self.topic_starts().skip_while(|&(_, start)| start <= here);
        let found = starts.take(times as usize).last();
        self.jump_to_topic(found);
    }

    /// From the middle of a topic, its own start comes first.
    fn previous_topic(&mut self, times: u32) {
        let here = self.place_in_original();
        let starts = self.topic_starts().rev().skip_while(|&(_, start)| start >= here);
        let found = starts.take(times as usize).last();
        self.jump_to_topic(found);
    }

    fn topic_starts(&self) -> impl DoubleEndedIterator<Item = (usize, Position)> {
        self.document.topics.iter().map(|topic| topic.start).enumerate()
    }

    /// The cursor, in the original where it is in a translation.
    fn place_in_original(&self) -> Position {
        let cursor = self.reading.cursor;
        match self.interview().original_of(cursor.paragraph) {
            Some(original) => Position { paragraph: original, ..cursor },
            None => cursor,
        }
    }

    fn jump_to_topic(&mut self, found: Option<(usize, Position)>) {
        if let Some((topic, _)) = found {
            self.go_to_topic(topic);
        }
    }

    /// Goes to a topic by its number.
    pub(super) fn go_to_topic(&mut self, topic: usize) {
        let Some(start) = self.document.topics.get(topic).map(|topic| topic.start) else { return };
        self.note_jump();
        self.go_to_paragraph_head(start);
    }

    /// Remembers this place to come back to.
    pub(super) fn note_jump(&mut self) {
        let here = self.reading.cursor;
        if self.reading.back.last() != Some(&here) {
            self.reading.back.push(here);
        }
        if self.reading.back.len() > JUMPS {
            self.reading.back.remove(0);
        }
        self.reading.forward.clear();
    }

    fn jump_back(&mut self, times: u32) {
        for _ in 0..times {
            let Some(place) = self.reading.back.pop() else { break };
            self.reading.forward.push(std::mem::replace(&mut self.reading.cursor, place));
        }
        self.uncover(self.reading.cursor);
        self.move_cursor(self.reading.cursor);
    }

    fn jump_forward(&mut self, times: u32) {
        for _ in 0..times {
            let Some(place) = self.reading.forward.pop() else { break };
            self.reading.back.push(std::mem::replace(&mut self.reading.cursor, place));
        }
        self.uncover(self.reading.cursor);
        self.move_cursor(self.reading.cursor);
    }
}

/// Whether a turn is a question: an interviewer's.
fn asks(app: &App, turn: TurnIndex) -> bool {
    app.interview().role_of_turn(turn) == Role::Interviewer
}
