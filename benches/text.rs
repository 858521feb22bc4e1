//! What text costs: wrapping, measuring, folding and searching, on made-up interviews of up to three million words.
//!
//! `cargo bench --bench text`

mod shared;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use interleaf::layout::{rows, wrap};
use interleaf::model::{Interview, Structure};
use interleaf::search::{Query, TextIndex};
use interleaf::text::{fold, sentences, width, word_count};

use shared::{Dice, VOCABULARY};

fn main() {
    divan::main();
}

/// Which signs a made-up text has beside plain letters.
#[derive(Clone, Copy, Debug)]
enum Script {
    Ascii,
    /// Quotes, dashes and accents as European books print them.
    European,
    /// As European, with Han, kana and emoji.
    Mixed,
}

const ALL: [Script; 3] = [Script::Ascii, Script::European, Script::Mixed];

const EUROPEAN: &[&str] = &["élan", "“well", "so”", "don’t", "—", "naïve", "über", "señal", "Łódź", "fjörd"];
const MIXED: &[&str] = &["我们搬到河边", "夏になると", "그때는", "🙂", "👩\u{200d}👩\u{200d}👧", "e\u{301}t\u{e9}"];

/// `count` words in paragraphs of about 60, and at 99 % of them `zephyrwick`.
fn text(count: usize, script: Script) -> String {
    let mut text = String::with_capacity(count * 7);
    let plain: Vec<&str> = VOCABULARY.iter().copied().filter(|word| word.is_ascii()).collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for number in 0..count {
        let script_of_word = dice.next(100);
        let mut pick = |words: &[&'static str]| words[dice.next(words.len())];
        let word = match (script, script_of_word) {
            _ if number == count / 100 * 99 => "Zephyrwick",
            (Script::European | Script::Mixed, 0..6) => pick(EUROPEAN),
            (Script::Mixed, 6..12) => pick(MIXED),
            _ => pick(&plain),
        };
        text.push_str(word);
        text.push_str(if number % 60 == 59 {
            ".\n"
        } else if number % 11 == 10 {
            ". "
        } else {
            " "
        });
    }
    text
}

fn interview(script: Script) -> Interview {
    Interview::from_lines(text(3_000_000, script), Structure::default())
}

#[divan::bench(args = ALL)]
fn wrap_a_million_words(bencher: Bencher<'_, '_>, script: Script) {
    let text = text(1_000_000, script);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| text.lines().map(|paragraph| wrap(black_box(paragraph), 76).len()).sum::<usize>());
}

#[divan::bench(args = ALL)]
fn first_forty_rows_of_one_line(bencher: Bencher<'_, '_>, script: Script) {
    let line = text(200_000, script).replace('\n', " ");
    bencher.bench_local(|| rows(black_box(&line), 76).take(40).count());
}

#[divan::bench(args = ALL)]
fn width_of_a_million_words(bencher: Bencher<'_, '_>, script: Script) {
    let text = text(1_000_000, script);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| text.lines().map(width).sum::<usize>());
}

#[divan::bench(args = ALL)]
fn count_a_million_words(bencher: Bencher<'_, '_>, script: Script) {
    let text = text(1_000_000, script);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| word_count(black_box(&text)));
}

#[divan::bench(args = ALL)]
fn sentences_of_a_million_words(bencher: Bencher<'_, '_>, script: Script) {
    let text = text(1_000_000, script);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| text.lines().map(|line| sentences(line).len()).sum::<usize>());
}

#[divan::bench(args = ALL, sample_count = 20)]
fn fold_three_million_words(bencher: Bencher<'_, '_>, script: Script) {
    let text = text(3_000_000, script);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| fold(black_box(&text)));
}

#[divan::bench(args = ALL, sample_count = 20)]
fn search_a_far_word_before_the_copy_is_there(bencher: Bencher<'_, '_>, script: Script) {
    let interview = interview(script);
    let query = Query::literal("zephyrwick");
    bencher.bench_local(|| query.quick_hits(black_box(&interview)).len());
}

#[divan::bench(args = ALL, sample_count = 20)]
fn search_a_far_word_without_a_copy(bencher: Bencher<'_, '_>, script: Script) {
    let interview = interview(script);
    let query = Query::literal("zephyrwick");
    bencher.bench_local(|| query.find_all(black_box(&interview)).len());
}

#[divan::bench(args = ["Zephyrwick", "zephyrwick", "zephyrwick the", "storm", "nowheretobefound", "e"], sample_count = 20)]
fn search_ascii(bencher: Bencher<'_, '_>, words: &str) {
    search(bencher, words, Script::Ascii);
}

#[divan::bench(args = ["zephyrwick", "storm", "élan", "Łódź", "e"], sample_count = 20)]
fn search_mixed(bencher: Bencher<'_, '_>, words: &str) {
    search(bencher, words, Script::Mixed);
}

fn search(bencher: Bencher<'_, '_>, words: &str, script: Script) {
    let interview = interview(script);
    let index = TextIndex::new(&interview);
    let query = Query::literal(words);
    bencher.bench_local(|| query.hits(black_box(&interview), &index).len());
}

#[divan::bench(args = ["z.phyrwick", "storm|relay", r"\bkeeper\b"], sample_count = 20)]
fn search_by_expression(bencher: Bencher<'_, '_>, pattern: &str) {
    let interview = interview(Script::Ascii);
    let Ok(query) = Query::regex(pattern) else { return };
    bencher.bench_local(|| query.hits(black_box(&interview), &TextIndex::default()).len());
}
