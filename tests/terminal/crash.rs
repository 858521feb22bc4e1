//! The reader killed at random moments while keys are sent: nothing that was shown as saved is lost.
//!
//! `INTERLEAF_LONG=1 cargo test --test terminal crash -- --nocapture` kills it a thousand times; `INTERLEAF_SEED` begins
//! with other numbers.

use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::desk::{Desk, NOTES};
use crate::dice::Dice;
use crate::reader::Reader;

/// Words that have stood in the editor for so long are in the draft, also on a machine that has much else to do.
const IN_THE_DRAFT: Duration = Duration::from_secs(6);

/// What was on the screen before the reader was killed.
#[derive(Default)]
struct Witness {
    /// The words of notes that the screen has shown as saved.
    saved: Vec<String>,
    /// The words that stood in the editor, and since when.
    writing: Option<(String, Instant)>,
    /// Whether this life is one in which words stand in the editor for long.
    is_patient: bool,
}

/// What the lives came to.
#[derive(Debug, Default)]
struct Tally {
    kills: usize,
    /// Kills before the notes had been read.
    while_opening: usize,
    /// Kills with words in the editor.
    while_writing: usize,
    /// Notes that were shown as saved.
    saved: usize,
    /// Drafts that were left behind, and offered.
    offered: usize,
}

#[test]
fn crash_at_random_moments_loses_nothing_that_was_shown_as_saved() {
    let kills = if std::env::var_os("INTERLEAF_LONG").is_some() { 1_000 } else { 12 };
    let mut dice = Dice::new();
    let mut tally = Tally::default();
    while tally.kills < kills {
        let desk = Desk::with_ferry();
        let mut witness = Witness::default();
        for _ in 0..25.min(kills - tally.kills) {
            one_life(&desk, &mut dice, &mut witness, &mut tally);
            check_disk(&desk, &witness);
        }
        tally.saved += witness.saved.len();
        // A reader who opens the interview once more finds all of it.
        let mut reader = desk.open("ferry.txt");
        take_up_draft(&desk, &mut reader, &mut witness, &mut tally);
        reader.keys("j");
        let count = desk.notes(NOTES).len();
        reader.sees(&format!("{count} note"));
        reader.keys("q");
        assert_eq!(reader.ends(), 0);
        check_disk(&desk, &witness);
    }
    println!("{tally:?}");
    assert!(tally.saved > 0, "no life was long enough to save anything");
}

/// Opens the reader, sends keys, and kills it at some moment.
fn one_life(desk: &Desk, dice: &mut Dice, witness: &mut Witness, tally: &mut Tally) {
    let mut reader = desk.open("ferry.txt");
    witness.is_patient = dice.below(70) == 0;
    let is_short = !witness.is_patient && dice.below(5) == 0;
    if !is_short {
        take_up_draft(desk, &mut reader, witness, tally);
    }
    let longest = if witness.is_patient { 12_000 } else { 700 };
    let death = killer(&reader, Duration::from_micros(1000 * dice.below(longest) + dice.below(1000)));
    while work(&mut reader, dice, witness).is_some() {}
    death.join().unwrap();
    reader.ends();
    tally.kills += 1;
    tally.while_opening += usize::from(is_short && !reader.screen().contains("? help"));
    tally.while_writing += usize::from(witness.writing.is_some());
}

/// Kills the reader after some time, whatever it does then.
fn killer(reader: &Reader, delay: Duration) -> JoinHandle<()> {
    let id = reader.id();
    thread::spawn(move || {
        thread::sleep(delay);
        let killed = std::process::Command::new("sh").args(["-c", &format!("kill -KILL {id}")]).status().unwrap();
        assert!(killed.success(), "it had ended before it was killed");
    })
}

/// Does something, as long as the reader lives.
fn work(reader: &mut Reader, dice: &mut Dice, witness: &mut Witness) -> Option<()> {
    // What is undone and removed here is only what was marked just before.
    const KEYS: [&str; 9] = ["] q", "[ q", "}", "{", "j", "g", "h", "] q h u Ctrl-r", "m"];
    const WORDS: [&str; 4] = ["naïve", "茶壶 🫖", "# no", "- yes: no"];
    reader.lives()?;
    match dice.below(3) {
        0 => reader.keys(KEYS[dice.below(9) as usize]),
        1 => reader.rests_if_it_lives(Duration::from_millis(dice.below(20)))?,
        _ => {
            let words = format!("wo{:08x} {}", dice.below(1 << 32), dice.pick(&WORDS));
            reader.keys(["] q a", "} f", "g Q"][dice.below(3) as usize]);
            reader.sees_if_it_lives("the editor", |screen| screen.contains("Esc saves"))?;
            for word in words.split_inclusive(' ') {
                reader.types(word);
                reader.rests_if_it_lives(Duration::from_millis(dice.below(30)))?;
            }
            reader.sees_if_it_lives("the words", |screen| screen.contains(&words))?;
            witness.writing = Some((words.clone(), Instant::now()));
            let longest = if witness.is_patient { 12_000 } else { 60 };
            reader.rests_if_it_lives(Duration::from_millis(dice.below(longest)))?;
            reader.keys("Esc");
            let is_saved = |screen: &str| !screen.contains("Esc saves") && screen.contains("Saved.");
            reader.sees_if_it_lives("“Saved.”", is_saved)?;
            witness.writing = None;
            witness.saved.push(words);
        }
    }
    Some(())
}

/// The file can be read and holds what was shown as saved; what stood in the editor is in the file or in a draft.
fn check_disk(desk: &Desk, witness: &Witness) {
    let notes = desk.notes(NOTES);
    for words in &witness.saved {
        // `a` on a note that is there goes on writing it.
        let is_there = notes.iter().any(|note| note.note.contains(words.as_str()));
        assert!(is_there, "“{words}” was shown as saved; it is not in {notes:#?}");
    }
    let Some((words, since)) = &witness.writing else { return };
    let drafts = desk.drafts("ferry.txt");
    let is_kept =
        drafts.iter().map(|draft| &draft.annotation).chain(&notes).any(|one| one.note.contains(words.as_str()));
    assert!(is_kept || since.elapsed() < IN_THE_DRAFT, "“{words}” stood in the editor for {:?}", since.elapsed());
}

/// Waits for the notes to be read; where a draft was left behind, it has to be offered, and is saved.
fn take_up_draft(desk: &Desk, reader: &mut Reader, witness: &mut Witness, tally: &mut Tally) {
    let notes = desk.notes(NOTES);
    let drafts = desk.drafts("ferry.txt");
    let unsaved = drafts.iter().map(|draft| &draft.annotation).find(|draft| {
        let saved = notes.iter().find(|note| note.id == draft.id);
        saved.is_none_or(|saved| !saved.note.starts_with(draft.note.as_str()))
    });
    reader.sees_that("the reader, or the offer of a draft", |screen| {
        let text = screen.contents();
        text.contains("Not saved last time") || (text.contains("? help") && !text.contains("opening"))
    });
    witness.writing = None;
    assert_eq!(reader.screen().contains("Not saved last time"), unsaved.is_some(), "{}", reader.screen());
    let Some(unsaved) = unsaved else { return };
    reader.keys("n");
    reader.sees_no_more("Not saved last time");
    reader.sees("Saved.");
    witness.saved.push(unsaved.note.clone());
    tally.offered += 1;
}
