//! Two readers of one interview at the same time, each with random edits: no annotation is lost, no id stands twice.
//!
//! `INTERLEAF_LONG=1 cargo test --test terminal random_edits -- --nocapture` goes on for 500 rounds.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use interleaf::model::Annotation;

use crate::desk::{Desk, NOTES, wait_until};
use crate::dice::Dice;
use crate::reader::Reader;

/// What a reader does in a round.
#[derive(Clone, Debug)]
enum Deed {
    /// Writes a note with these words.
    Add(String),
    /// Writes more words behind those of a note.
    Edit(String, String),
    /// Deletes the note with these words.
    Delete(String),
    Rest,
}

impl Deed {
    /// The words of the note that it changes.
    fn target(&self) -> Option<&str> {
        match self {
            Deed::Edit(words, _) | Deed::Delete(words) => Some(words),
            Deed::Add(_) | Deed::Rest => None,
        }
    }

    /// The words that are to be there afterwards.
    fn written(&self) -> Option<String> {
        match self {
            Deed::Add(words) => Some(words.clone()),
            Deed::Edit(words, more) => Some(format!("{words}{more}")),
            Deed::Delete(_) | Deed::Rest => None,
        }
    }
}

/// What has been done, and what there has to be on the disk.
#[derive(Debug, Default)]
struct Tally {
    added: usize,
    edited: usize,
    deleted: usize,
    /// Rounds in which both changed one note.
    collisions: usize,
}

#[test]
fn two_readers_of_one_interview_with_random_edits_lose_nothing() {
    let rounds = if std::env::var_os("INTERLEAF_LONG").is_some() { 500 } else { 12 };
    let mut dice = Dice::new();
    let mut tally = Tally::default();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let desk = Desk::with_ferry();
    let mut readers = [desk.open_sized("ferry.txt", 120, 40), desk.open_sized("ferry.txt", 120, 40)];
    readers.iter().for_each(Reader::is_ready);
    for round in 0..rounds {
        let deeds = deeds(&desk.notes(NOTES), round, &mut dice);
        // Both have begun before either has done, and the keys of both go out before anybody looks at what comes.
        readers.iter_mut().zip(&deeds).for_each(|(reader, deed)| begin(reader, deed));
        readers.iter_mut().zip(&deeds).for_each(|(reader, deed)| carry_out(reader, deed));
        readers.iter_mut().for_each(is_saved);
        tally.count(&deeds);
        for words in deeds.iter().filter_map(Deed::target) {
            wanted.remove(words);
        }
        let may_be_deleted = |words: &str| deeds.iter().any(|deed| matches!(deed, Deed::Delete(gone) if gone == words));
        let written = deeds.iter().filter(|deed| !deed.target().is_some_and(may_be_deleted)).filter_map(Deed::written);
        wanted.extend(written);
        let words = || -> BTreeSet<String> { desk.notes(NOTES).iter().flat_map(versions).collect() };
        let lost = |words: &BTreeSet<String>| wanted.difference(words).next().cloned();
        wait_until(&format!("round {round}: {:?} after {deeds:?}", lost(&words())), || lost(&words()).is_none());
        let there = desk.notes(NOTES);
        let ids: BTreeSet<_> = there.iter().map(|note| &note.id).collect();
        assert_eq!(ids.len(), there.len(), "round {round}: an id stands twice");
    }
    // In the end both show the same.
    let there = desk.notes(NOTES);
    for reader in &mut readers {
        reader.keys("j");
        reader.sees(&format!("{} note", there.len()));
        reader.keys("q");
        assert_eq!(reader.ends(), 0);
    }
    let conflicts = there.iter().filter(|note| note.conflict.is_some()).count();
    println!("{rounds} rounds: {tally:?}; {} notes in the end, {conflicts} of them to settle", there.len());
}

/// What both do next; now and then to the same note.
fn deeds(there: &[Annotation], round: usize, dice: &mut Dice) -> [Deed; 2] {
    let settled: Vec<&Annotation> = there.iter().filter(|note| note.conflict.is_none()).collect();
    let common = dice.below(64) as usize;
    let is_common = dice.below(3) == 0;
    [0, 1].map(|who| {
        let at = if is_common { common } else { dice.below(64) as usize };
        let words = |dice: &mut Dice| format!("r{round}w{who}{}", dice.pick(&["", " naïve", " 茶壶", ": # -"]));
        let Some(note) = settled.get(at % settled.len().max(1)) else { return Deed::Add(words(dice)) };
        match dice.below(if settled.len() > 30 { 10 } else { 8 }) {
            0 | 1 => Deed::Add(words(dice)),
            2..=5 => Deed::Edit(note.note.clone(), format!(" e{round}{who}")),
            6 => Deed::Rest,
            _ => Deed::Delete(note.note.clone()),
        }
    })
}

/// Opens the editor, or finds the note in the list.
fn begin(reader: &mut Reader, deed: &Deed) {
    match deed {
        Deed::Add(_) => {
            reader.keys("g ] q a");
            reader.sees("Esc saves");
        }
        Deed::Edit(words, _) | Deed::Delete(words) => {
            reader.keys("A / Ctrl-u");
            reader.types(words.split([' ', ':']).next().unwrap());
            reader.sees("1 of ");
            reader.keys("Enter");
            if matches!(deed, Deed::Edit(..)) {
                reader.keys("e");
                reader.sees("Esc saves");
            }
        }
        Deed::Rest => {}
    }
}

/// Does it, without waiting for what comes of it.
fn carry_out(reader: &mut Reader, deed: &Deed) {
    match deed {
        Deed::Add(words) | Deed::Edit(_, words) => {
            reader.types(words);
            reader.keys("Ctrl-s");
        }
        Deed::Delete(_) => reader.keys("x"),
        Deed::Rest => {}
    }
    if deed.target().is_some() {
        reader.keys("A");
    }
}

/// Waits until all is on the disk, whatever messages cover that.
fn is_saved(reader: &mut Reader) {
    reader.sees_that("the text alone", |screen| {
        let text = screen.contents();
        ["Esc saves", "1 of ", "0 of "].iter().all(|words| !text.contains(words))
    });
    let last_line = |screen: String| screen.trim_end().lines().last().unwrap_or_default().to_owned();
    let end = std::time::Instant::now() + crate::reader::PATIENCE;
    loop {
        let line = last_line(reader.screen());
        if line.contains("? help") && !line.contains("saving") {
            return;
        }
        assert!(std::time::Instant::now() < end, "{}", reader.screen());
        reader.keys("g");
        thread::sleep(Duration::from_millis(30));
    }
}

impl Tally {
    fn count(&mut self, deeds: &[Deed; 2]) {
        for deed in deeds {
            match deed {
                Deed::Add(_) => self.added += 1,
                Deed::Edit(..) => self.edited += 1,
                Deed::Delete(_) => self.deleted += 1,
                Deed::Rest => {}
            }
        }
        let [one, other] = deeds;
        self.collisions += usize::from(one.target().is_some() && one.target() == other.target());
    }
}

/// The words of a note, and of all versions of it that wait to be settled.
fn versions(note: &Annotation) -> Vec<String> {
    let mut all = Vec::new();
    let mut next = Some(note);
    while let Some(one) = next {
        all.push(one.note.clone());
        next = one.conflict.as_ref().and_then(|conflict| conflict.theirs.as_ref());
    }
    all
}
