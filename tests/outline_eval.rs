//! How well topics are told, on documents whose own headings are hidden.
//!
//! `cargo test --release --test outline_eval -- --nocapture` prints, for each document of `../shared/corpus` with
//! headings, Pk and boundary F1 within one turn beside evenly spaced cuts, and how many of the document's headings
//! share a word with the label and with the terms that stand in their place. Skipped where the corpus is not there.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "prints figures; fails where its input cannot be read")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use interleaf::import;
use interleaf::model::{Interview, InterviewBuilder, ParagraphIndex, Role, Topic, TurnIndex};
use interleaf::outline;

/// The numbers of the turns, or of the paragraphs where there are hardly any turns, at which topics begin.
fn boundaries(interview: &Interview, topics: &[Topic]) -> (Vec<usize>, usize) {
    let first = interview.front();
    let turns = interview.turns().len();
    let by_turn = turns > 4;
    let unit = |paragraph: ParagraphIndex| match interview.turn_of(paragraph) {
        Some(turn) if by_turn => turn.0 as usize,
        None if by_turn => 0,
        _ => paragraph.0.saturating_sub(first) as usize,
    };
    let count = if by_turn { turns } else { (interview.back().start - first) as usize };
    let mut found: Vec<usize> =
        topics.iter().map(|topic| unit(topic.start.paragraph)).filter(|at| *at > 0 && *at < count).collect();
    found.dedup();
    (found, count)
}

/// Beeferman's Pk: how often two places half a topic apart are wrongly told to be of one topic, or not.
fn pk(truth: &[usize], found: &[usize], count: usize) -> f64 {
    let half = (count as f64 / (truth.len() + 1) as f64 / 2.0).round().max(1.0) as usize;
    let same = |cuts: &[usize], a: usize, b: usize| !cuts.iter().any(|cut| a < *cut && *cut <= b);
    let pairs = count.saturating_sub(half);
    let wrong = (0..pairs).filter(|at| same(truth, *at, at + half) != same(found, *at, at + half)).count();
    wrong as f64 / pairs.max(1) as f64
}

fn f1(truth: &[usize], found: &[usize]) -> f64 {
    let mut free: Vec<usize> = truth.to_vec();
    let mut hits = 0;
    for near in [0, 1] {
        for at in found {
            if let Some(index) = free.iter().position(|other| other.abs_diff(*at) == near)
                && (near == 0 || !truth.contains(at))
            {
                free.remove(index);
                hits += 1;
            }
        }
    }
    2.0 * hits as f64 / (truth.len() + found.len()).max(1) as f64
}

fn stems(text: &str) -> Vec<String> {
    const COMMON: &str = " the and for are was were that this with what how why you your from have has not but about \
         into more can does did is in of to on it be as at by an or we its their our las los del que con por una ";
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 2 && !COMMON.contains(&format!(" {word} ")))
        .map(|word| word.chars().take(5).collect::<String>())
        .collect()
}

/// What opens each topic, and the whole of it: the question where it begins with one, or else its first words.
fn texts(interview: &Interview, topics: &[Topic]) -> Vec<(String, String)> {
    let end = interview.range(ParagraphIndex(interview.paragraph_count().saturating_sub(1))).end;
    let byte = |topic: &Topic| interview.byte_of_position(topic.start);
    let ends = topics.iter().skip(1).map(byte).chain([end]);
    let of = |topic: &Topic, end: usize| {
        let whole = interview.text()[byte(topic)..end.max(byte(topic))].to_owned();
        let turn = interview.turn_of(topic.start.paragraph);
        let asks = |turn: &TurnIndex| interview.role_of_turn(*turn) == Role::Interviewer;
        let opening = match turn.filter(asks) {
            Some(first) => (first.0..).map(TurnIndex).take_while(asks).flat_map(|turn| interview.turn_paragraphs(turn)),
            None => return (whole.chars().take(600).collect(), whole),
        };
        let opening: Vec<&str> = opening.map(|at| interview.paragraph(ParagraphIndex(at))).collect();
        (opening.join(" "), whole)
    };
    topics.iter().zip(ends).map(|(topic, end)| of(topic, end)).collect()
}

/// The three words of `opening` that tell most of the topic `whole`: how often it has them, and how few other topics do.
fn three_words(opening: &str, whole: &str, topics: &[(String, String)]) -> String {
    let own = stems(whole);
    let all: Vec<Vec<String>> = topics.iter().map(|(_, whole)| stems(whole)).collect();
    let rank = |stem: &String| {
        let count = own.iter().filter(|other| *other == stem).count().max(1);
        let spread = all.iter().filter(|stems| stems.contains(stem)).count().max(1);
        count as f64 * (1.0 + all.len() as f64 / spread as f64).ln()
    };
    let mut words = stems(opening);
    words.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
    words.dedup();
    words.truncate(3);
    words.join(" ")
}

fn share(a: &str, b: &str) -> bool {
    let b = stems(b);
    stems(a).iter().any(|stem| b.contains(stem))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// An interview of about `words` words whose talk turns to something else every forty exchanges.
fn long_interview(words: usize) -> Interview {
    let mut builder = InterviewBuilder::with_capacity(words * 7);
    builder.metadata.language = Some("en".to_owned());
    let asks = builder.speaker("Mira Okafor", Role::Interviewer);
    let answers = builder.speaker("Jonas Hale", Role::Guest);
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let (mut written, mut exchange) = (0, 0);
    while written < words {
        let theme = exchange / 40;
        let mut sentence = |length: u64| {
            let mut text = String::new();
            for _ in 0..length {
                let most = next(20_000) + 1;
                let number = if next(3) == 0 { theme * 53 + next(50) } else { next(most) };
                let common = ["the", "and", "of", "it", "was", "that"];
                text.push_str(common.get((number % 11) as usize).copied().unwrap_or_default());
                text.push_str(&format!(" w{}ord{} ", char::from(b'a' + (number % 26) as u8), number));
            }
            text
        };
        builder.turn(Some(asks), None).paragraph(&(sentence(9) + "?"));
        builder.turn(Some(answers), None).paragraph(&sentence(60)).paragraph(&sentence(60));
        written += 258;
        exchange += 1;
    }
    builder.build()
}

#[test]
fn time_taken_by_length() {
    println!("{:>9} {:>6} {:>9}", "words", "topics", "ms");
    let sizes: &[usize] = if cfg!(debug_assertions) { &[3_000, 30_000] } else { &[3_000, 30_000, 300_000, 3_000_000] };
    for &words in sizes {
        let interview = long_interview(words);
        let start = Instant::now();
        let topics = outline::topics(&interview, &[]);
        println!("{words:>9} {:>6} {:>9.1}", topics.len(), start.elapsed().as_secs_f64() * 1000.0);
        assert!(!topics.is_empty());
    }
}

#[test]
fn topics_beside_headings() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !corpus.is_dir() {
        println!("skipped: {} is not there", corpus.display());
        return;
    }
    let mut paths = Vec::new();
    files(corpus, &mut paths);
    paths.sort();
    let show = std::env::var("SHOW").is_ok();
    println!(
        "{:<44} {:>5} {:>6} {:>6}   Pk ours/even   F1 ours/even   label  +terms",
        "document", "turns", "topics", "found"
    );
    let mut sums = [0.0; 6];
    let (mut headings, mut shared) = (0.0, [0.0; 2]);
    let mut documents = 0.0;
    let mut others = [0.0; 4];
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let Ok(imported) = import::read(bytes, &name, &import::Options::default()) else { continue };
        let marked = imported.interview;
        if marked.given_topics.len() < 3 {
            continue;
        }
        let truth = outline::topics(&marked, &[]);
        let (wanted, count) = boundaries(&marked, &truth);
        let asked = truth.iter().filter(|topic| topic.title.ends_with('?')).count();
        if wanted.len() < 3 || asked * 2 > truth.len() {
            continue;
        }
        let mut hidden = marked.clone();
        hidden.given_topics = Default::default();
        let topics = outline::segments(&hidden);
        let (cuts, _) = boundaries(&hidden, &topics);
        let even: Vec<usize> = (1..=wanted.len()).map(|n| n * count / (wanted.len() + 1)).collect();
        let starts: Vec<_> = truth.iter().map(|topic| topic.start).collect();
        let labels = outline::labels(&hidden, &starts);
        let titled = labels.iter().zip(&truth).filter(|(label, topic)| share(&label.title, &topic.title)).count();
        let termed = labels
            .iter()
            .zip(&truth)
            .filter(|(label, topic)| share(&format!("{} {}", label.title, label.terms.join(" ")), &topic.title))
            .count();
        let texts = texts(&hidden, &truth);
        let beside = |label: &dyn Fn(&(String, String)) -> String| {
            texts.iter().zip(&truth).filter(|(text, topic)| share(&label(text), &topic.title)).count() as f64
        };
        others[0] += beside(&|(opening, whole)| three_words(opening, whole, &texts));
        others[1] += beside(&|(opening, _)| stems(opening).into_iter().take(3).collect::<Vec<_>>().join(" "));
        others[2] += beside(&|(opening, _)| opening.clone());
        others[3] += beside(&|(_, whole)| whole.clone());
        let n = truth.len() as f64;
        headings += n;
        shared[0] += titled as f64;
        shared[1] += termed as f64;
        let figures = [
            pk(&wanted, &cuts, count),
            pk(&wanted, &even, count),
            f1(&wanted, &cuts),
            f1(&wanted, &even),
            titled as f64 / n,
            termed as f64 / n,
        ];
        let name: String = name.chars().take(44).collect();
        println!(
            "{name:<44} {count:>5} {:>6} {:>6}   {:.3} / {:.3}   {:.3} / {:.3}   {:.2}   {:.2}",
            wanted.len(),
            cuts.len(),
            figures[0],
            figures[1],
            figures[2],
            figures[3],
            figures[4],
            figures[5]
        );
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
        documents += 1.0;
        if show {
            println!("  wanted {wanted:?}\n  found  {cuts:?}");
            for ((label, topic), (opening, _)) in labels.iter().zip(&truth).zip(&texts) {
                let hit = if share(&label.title, &topic.title) { ' ' } else { '!' };
                println!("{hit} {:<48} | {:<40} | {}", topic.title, label.title, label.terms.join(" · "));
                println!("    {}", opening.chars().take(300).collect::<String>());
            }
        }
    }
    let mean = sums.map(|sum| sum / f64::max(documents, 1.0));
    println!(
        "{:<44} {:>20}   {:.3} / {:.3}   {:.3} / {:.3}   {:.2}   {:.2}",
        "mean", "", mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]
    );
    println!(
        "of all {headings} headings: label {:.2}, label and terms {:.2}",
        shared[0] / headings,
        shared[1] / headings
    );
    let [three, first, opening, whole] = others.map(|shared| shared / headings);
    println!(
        "three words of the opening {three:.2}, its first words {first:.2}; in all of it {opening:.2}, in the topic {whole:.2}"
    );
}
