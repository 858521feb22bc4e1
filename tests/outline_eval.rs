//! How well topics are told, on documents whose own headings are hidden.
//!
//! `cargo test --release --test outline_eval -- --nocapture` prints, for each document of `../shared/corpus` with
//! headings, Pk and boundary F1 within one turn beside evenly spaced cuts, and how many of the document's headings
//! share a word with the label and with the terms that stand in their place. Skipped where the corpus is not there.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "prints figures; fails where its input cannot be read")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use interleaf::model::{Interview, InterviewBuilder, ParagraphIndex, Role, Topic};
use interleaf::outline;

fn parse(text: &str) -> Interview {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    let label = regex::Regex::new(
        r"^[*_]{0,3}\[?([A-Z][\w.’' ()]{0,40}?)\]?(?:\([^)]*\))?(?:[*_]{0,3}:[*_]{0,3}|[*_]{2}:|: \d\d:\d\d:\d\d)(?:\s+|$)(.*)$",
    )
    .unwrap();
    let short = regex::Regex::new(r"\(([A-Za-z]+)\)$").unwrap();
    let stamp = regex::Regex::new(r"^\*\*\d+:\d\d\*\* · (.*)$").unwrap();
    let link = regex::Regex::new(r"\[([^\]]*)\]\([^)]*\)").unwrap();
    let mut lines: Vec<(Option<String>, String)> = Vec::new();
    let mut heads: Vec<(usize, String)> = Vec::new();
    for line in body.split("\n\n").flat_map(|block| {
        if block.lines().any(|line| line.starts_with('#')) {
            block.lines().map(str::to_owned).collect::<Vec<_>>()
        } else {
            vec![block.trim().replace('\n', " ")]
        }
    }) {
        let line = link.replace_all(line.trim(), "$1").into_owned();
        if line.is_empty() {
            continue;
        }
        if line.starts_with('#') {
            heads.push((lines.len(), line.trim_matches('#').trim().to_owned()));
            continue;
        }
        if let Some(found) = stamp.captures(&line) {
            lines.push((None, found[1].to_owned()));
        } else if let Some(found) = label.captures(&line) {
            let name = found[1].trim();
            let name = short.captures(name).map_or(name.to_owned(), |short| short[1].to_owned());
            lines.push((Some(name), found[2].trim_end_matches('*').to_owned()));
        } else {
            lines.push((None, line));
        }
    }
    let mut asked: HashMap<String, (usize, usize)> = HashMap::new();
    let mut who = None;
    for (name, text) in &lines {
        who = name.clone().or(who);
        if let Some(who) = &who {
            let entry = asked.entry(who.clone()).or_default();
            entry.0 += usize::from(text.contains('?'));
            entry.1 += usize::from(!text.is_empty());
        }
    }
    let interviewer = asked
        .iter()
        .filter(|(_, count)| count.1 > 3)
        .max_by(|a, b| (a.1.0 * b.1.1).cmp(&(b.1.0 * a.1.1)))
        .map(|(name, _)| name.clone());
    let mut builder = InterviewBuilder::default();
    let mut heads = heads.into_iter().peekable();
    let mut pending = false;
    for (at, (name, text)) in lines.iter().enumerate() {
        if let Some(name) = name {
            let role = if Some(name) == interviewer.as_ref() { Role::Interviewer } else { Role::Guest };
            let speaker = builder.speaker(name, role);
            builder.turn(Some(speaker), None);
            pending = true;
        }
        while let Some((_, title)) = heads.next_if(|head| head.0 <= at) {
            builder.topic(&title, 0);
        }
        if asked.is_empty() && at == 0 {
            builder.turn(None, None);
        }
        if !text.is_empty() || !pending {
            builder.paragraph(text);
        }
    }
    builder.build()
}

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

fn share(a: &str, b: &str) -> bool {
    let b = stems(b);
    stems(a).iter().any(|stem| b.contains(stem))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md" || extension == "markdown") {
            found.push(path);
        }
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
    let mut documents = 0.0;
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let marked = parse(&text);
        let truth: Vec<Topic> = outline::topics(&marked, &[]).into_iter().collect();
        let (wanted, count) = boundaries(&marked, &truth);
        let asked = truth.iter().filter(|topic| topic.title.ends_with('?')).count();
        if marked.given_topics.len() < 3 || wanted.len() < 3 || asked * 2 > truth.len() {
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
        let n = truth.len() as f64;
        let figures = [
            pk(&wanted, &cuts, count),
            pk(&wanted, &even, count),
            f1(&wanted, &cuts),
            f1(&wanted, &even),
            titled as f64 / n,
            termed as f64 / n,
        ];
        let name: String = path.file_name().unwrap().to_string_lossy().chars().take(44).collect();
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
            for (label, topic) in labels.iter().zip(&truth) {
                println!("  {:<48} | {:<40} | {}", topic.title, label.title, label.terms.join(" · "));
            }
        }
    }
    let mean = sums.map(|sum| sum / f64::max(documents, 1.0));
    println!(
        "{:<44} {:>20}   {:.3} / {:.3}   {:.3} / {:.3}   {:.2}   {:.2}",
        "mean", "", mean[0], mean[1], mean[2], mean[3], mean[4], mean[5]
    );
}
