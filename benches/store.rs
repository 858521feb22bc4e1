//! What notes cost: 5,000 annotations on an interview of 300,000 words, loaded, saved, undone and found again.
//!
//! `cargo bench --bench store`

mod shared;

use divan::Bencher;
use interleaf::anchor::{candidates, describe, resolve_all};
use interleaf::app::{Action, App, Command, Document, Notes, Preferences, Stamps};
use interleaf::library;
use interleaf::model::{Annotation, AnnotationId, Interview, InterviewBuilder, Kind, Role, Span};
use interleaf::store::{AnnotationsFile, interview_file};
use shared::{Dice, VOCABULARY};

fn main() {
    divan::main();
}

const WORDS: usize = 300_000;
const NOTES: usize = 5_000;

/// Turns of paragraphs.
fn talk() -> Vec<Vec<String>> {
    let mut dice = Dice(0x5eed);
    let mut words = 0;
    let mut turns = Vec::new();
    while words < WORDS {
        let paragraphs = (0..1 + dice.next(3)).map(|_| {
            let count = 10 + dice.next(80);
            words += count;
            (0..count).map(|_| VOCABULARY[dice.next(VOCABULARY.len())]).collect::<Vec<_>>().join(" ") + "."
        });
        turns.push(paragraphs.collect());
    }
    turns
}

/// 200 edits: sentences put in and taken out, words changed, turns added and taken away.
fn edited(mut turns: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut dice = Dice(0xed17);
    for number in 0..200 {
        let at = dice.next(turns.len());
        let paragraph = dice.next(turns[at].len());
        let text = &mut turns[at][paragraph];
        match number % 5 {
            0 => text.insert_str(0, "Well, as I said to them before. "),
            1 => *text = text.replacen("lamp", "lantern", 1).replacen("keeper", "watchman", 1),
            2 => *text = text.split(' ').skip(4).collect::<Vec<_>>().join(" "),
            3 => turns.insert(at, vec!["And then somebody asked something else altogether.".to_owned()]),
            _ => drop(turns.remove(at)),
        }
    }
    turns
}

fn interview(turns: &[Vec<String>]) -> Interview {
    let mut builder = InterviewBuilder::default();
    let speakers = [("Mira Okafor", Role::Interviewer), ("Jonas Hale", Role::Guest)]
        .map(|(name, role)| builder.speaker(name, role));
    for (index, turn) in turns.iter().enumerate() {
        builder.turn(Some(speakers[index % 2]), None);
        turn.iter().for_each(|paragraph| {
            builder.paragraph(paragraph);
        });
    }
    builder.build()
}

fn annotations(interview: &Interview) -> Vec<Annotation> {
    let mut dice = Dice(0xa7);
    let created = jiff_timestamp();
    let length = interview.text().len();
    let on_character = |mut at: usize| {
        while !interview.text().is_char_boundary(at) {
            at -= 1;
        }
        interview.position_of_byte(at)
    };
    let mut notes: Vec<Annotation> = (0..NOTES)
        .filter_map(|number| {
            let start = dice.next(length - 400);
            let anchor = describe(interview, Span::new(on_character(start), on_character(start + 10 + dice.next(200))));
            Some(Annotation {
                id: AnnotationId::new(&format!("N{number:05}"))?,
                kind: Kind::Note,
                anchor,
                tags: Vec::new(),
                status: None,
                due: None,
                note: "Ask the harbour authority for the log.\n\nAnd for the other one.".to_owned(),
                reply_to: None,
                created,
                updated: created,
                conflict: None,
            })
        })
        .collect();
    notes.sort_by_key(|note| (note.anchor.start, note.anchor.end));
    notes
}

fn jiff_timestamp() -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(1_700_000_000)
}

/// A file with all annotations in a folder of its own.
fn saved() -> (tempfile::TempDir, AnnotationsFile) {
    let notes = annotations(&interview(&talk()));
    let Ok(folder) = tempfile::tempdir() else { std::process::exit(1) };
    let Ok(mut file) = AnnotationsFile::load(&folder.path().join("talk.txt.yaml")) else { std::process::exit(1) };
    if file.save(&notes, &[]).is_err() {
        std::process::exit(1);
    }
    (folder, file)
}

#[divan::bench(sample_count = 10)]
fn load_5000_annotations(bencher: Bencher) {
    let (_folder, file) = saved();
    bencher.bench(|| AnnotationsFile::load(file.path()).map(|file| file.annotations().len()));
}

#[divan::bench(sample_count = 10)]
fn save_one_of_5000_and_undo(bencher: Bencher) {
    let (_folder, mut file) = saved();
    let before = file.annotations().to_vec();
    let mut after = before.clone();
    after[NOTES / 2].note = "Changed.".to_owned();
    bencher.bench_local(|| (file.save(&after, &[]).is_ok(), file.save(&before, &[]).is_ok()));
}

/// A reader with all notes.
fn reader() -> App {
    let interview = interview(&talk());
    let notes = library::place(&interview, &annotations(&interview), None);
    let document = Document { base: interview.clone(), interview, ..Document::default() };
    let id = || AnnotationId::from(ulid::Ulid::nil());
    App::new(document, Notes::new(notes, None), Preferences::default(), Stamps { now: jiff_timestamp, id })
}

/// What a key costs that changes a note: all that happens before the next frame may be drawn.
#[divan::bench(sample_count = 10)]
fn mark_and_undo_among_5000_in_the_reader(bencher: Bencher) {
    let mut app = reader();
    bencher.bench_local(|| {
        app.update(Action::Command(Command::Highlight, None));
        app.update(Action::Command(Command::Undo, None)).len()
    });
}

#[divan::bench(sample_count = 10)]
fn find_5000_quotes_in_an_unchanged_text(bencher: Bencher) {
    let interview = interview(&talk());
    let notes = annotations(&interview);
    bencher.bench(|| resolve_all(&interview, notes.iter().map(|note| &note.anchor)).len());
}

#[divan::bench(sample_count = 10)]
fn find_5000_quotes_after_200_edits(bencher: Bencher) {
    let notes = annotations(&interview(&talk()));
    let today = interview(&edited(talk()));
    bencher.bench(|| resolve_all(&today, notes.iter().map(|note| &note.anchor)).len());
}

#[divan::bench(sample_count = 10)]
fn list_candidates_for_one_orphan(bencher: Bencher) {
    let notes = annotations(&interview(&talk()));
    let today = interview(&edited(talk()));
    bencher.bench(|| candidates(&today, &notes[NOTES / 2].anchor).len());
}

#[divan::bench(sample_count = 10)]
fn read_the_interview_as_native_yaml(bencher: Bencher) {
    let text = interview_file::write(&interview(&talk()));
    bencher.bench(|| interview_file::read(&text).map(|interview| interview.paragraph_count()));
}
