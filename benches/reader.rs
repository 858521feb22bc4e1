//! What a reader waits for, at four lengths of text: opening, the outline, a key, a search, another window size.
//!
//! Three thousand words are a short talk, three million a whole archive in one file: where a figure is to stay the
//! same for all of them, it grows with the text as soon as something looks at more than the screen.
//!
//! `cargo bench --bench reader`

#![allow(clippy::unwrap_used)]

#[path = "beside/transcript.rs"]
#[allow(dead_code)]
mod transcript;

use std::path::Path;
use std::sync::Arc;

use divan::{Bencher, black_box};
use interleaf::app::{Action, App, Command, Document, Notes, Preferences, Stamps};
use interleaf::import::Options;
use interleaf::library::Source;
use interleaf::model::{AnnotationId, Interview};
use interleaf::outline;
use interleaf::search::TextIndex;
use interleaf::ui::{self, Theme};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const WORDS: [usize; 4] = [3_000, 30_000, 300_000, 3_000_000];

fn main() {
    divan::main();
}

fn interview(words: usize) -> Interview {
    let text = transcript::of_words(words).into_bytes();
    let source = Source::from_bytes(text, Path::new("talk.txt"), &Options::default());
    source.map(|source| source.interview).unwrap_or_default()
}

/// The reader of such a text, with its outline, in a window of 120 by 40.
fn reader(words: usize) -> App {
    let interview = interview(words);
    let topics = Arc::new(outline::topics(&interview, &[]));
    let document = Document { base: interview.clone(), interview, topics, words, ..Document::default() };
    let id = || AnnotationId::new("01JD9Z8Q4T9M6V3K2X7W5R1B0C").unwrap();
    let stamps = Stamps { now: Timestamp::now, id };
    let mut app = App::new(document, Notes::new(Vec::new(), None), Preferences::default(), stamps);
    app.update(Action::Resize(120, 40));
    app
}

fn key(bencher: Bencher<'_, '_>, words: usize, keys: [Command; 2]) {
    let (mut app, theme) = (reader(words), Theme::default());
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut keys = keys.into_iter().cycle();
    bencher.bench_local(|| {
        app.update(Action::Command(keys.next().unwrap_or(Command::LineDown), None));
        buffer.reset();
        black_box(ui::draw_into(&app, &theme, &mut buffer))
    });
}

#[divan::bench(args = WORDS, sample_count = 20)]
fn understand_the_whole_text(bencher: Bencher<'_, '_>, words: usize) {
    let text = transcript::of_words(words).into_bytes();
    let read = |text| Source::from_bytes(text, Path::new("talk.txt"), &Options::default()).is_ok();
    bencher.with_inputs(|| text.clone()).bench_values(read);
}

#[divan::bench(args = WORDS, sample_count = 20)]
fn work_the_outline_out(bencher: Bencher<'_, '_>, words: usize) {
    let interview = interview(words);
    bencher.bench(|| outline::topics(&interview, &[]));
}

#[divan::bench(args = WORDS)]
fn a_line_further_and_back(bencher: Bencher<'_, '_>, words: usize) {
    key(bencher, words, [Command::LineDown, Command::LineUp]);
}

#[divan::bench(args = WORDS)]
fn to_the_end_and_back(bencher: Bencher<'_, '_>, words: usize) {
    key(bencher, words, [Command::Bottom, Command::Top]);
}

#[divan::bench(args = WORDS)]
fn to_the_next_turn_and_back(bencher: Bencher<'_, '_>, words: usize) {
    key(bencher, words, [Command::NextTurn, Command::PreviousTurn]);
}

#[divan::bench(args = WORDS)]
fn another_window_size(bencher: Bencher<'_, '_>, words: usize) {
    let (mut app, theme) = (reader(words), Theme::default());
    let mut sizes = [(90, 30), (120, 40)].into_iter().cycle();
    bencher.bench_local(|| {
        let (columns, rows) = sizes.next().unwrap_or((120, 40));
        app.update(Action::Resize(columns, rows));
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        black_box(ui::draw_into(&app, &theme, &mut buffer))
    });
}

#[divan::bench(args = WORDS, sample_count = 20)]
fn a_far_word_typed(bencher: Bencher<'_, '_>, words: usize) {
    let mut app = reader(words);
    app.update(Action::Folded(Arc::new(TextIndex::new(app.interview()))));
    bencher.bench_local(|| {
        app.update(Action::Command(Command::Search, None));
        app.update(Action::Paste(transcript::FAR.to_owned()));
        app.update(Action::Command(Command::Cancel, None)).len()
    });
}
