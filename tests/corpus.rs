//! Real transcripts beside the repository, where they are to be had: turns and speakers against the true counts, and
//! words in against words out.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic, reason = "a report of figures over test files")]

use std::fs;
use std::path::{Path, PathBuf};

use interleaf::import::{Options, read};
use interleaf::model::{Interview, TurnIndex};

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let found = shared.join("corpus/MANIFEST.tsv").is_file();
    if !found {
        println!("skipped: no transcripts beside the repository");
    }
    found.then_some(shared)
}

struct Entry {
    file: String,
    turns: Option<usize>,
    speakers: Option<usize>,
}

fn manifest(shared: &Path) -> Vec<Entry> {
    let table = fs::read_to_string(shared.join("corpus/MANIFEST.tsv")).unwrap();
    let rows = table.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    rows.map(|row| Entry { file: row[0].to_owned(), turns: row[8].parse().ok(), speakers: row[9].parse().ok() })
        .collect()
}

fn speakers_heard(interview: &Interview) -> usize {
    let mut heard: Vec<_> = interview.turns().iter().filter_map(|turn| turn.speaker).collect();
    heard.sort();
    heard.dedup();
    heard.len()
}

#[test]
fn turns_and_speakers_agree_with_the_true_counts() {
    let Some(shared) = shared() else { return };
    println!("{:>7} {:>7} {:>5} {:>5} {:>6}  file", "turns", "true", "spk", "true", "front");
    let mut wrong = Vec::new();
    for entry in manifest(&shared) {
        let bytes = fs::read(shared.join("corpus").join(&entry.file)).unwrap();
        let name = entry.file.rsplit('/').next().unwrap();
        let interview = match read(bytes, name, &Options::default()) {
            Ok(imported) => imported.interview,
            Err(error) => {
                println!("{error}");
                wrong.push(entry.file);
                continue;
            }
        };
        let (turns, speakers) = (interview.turns().len(), speakers_heard(&interview));
        let show = |count: Option<usize>| count.map_or("-".to_owned(), |count| count.to_string());
        let fits = entry.turns.is_none_or(|wanted| turns.abs_diff(wanted) * 50 <= wanted)
            && entry.speakers.is_none_or(|wanted| speakers == wanted);
        println!(
            "{turns:>7} {:>7} {speakers:>5} {:>5} {:>3}/{:<3} {} {}",
            show(entry.turns),
            show(entry.speakers),
            interview.front(),
            interview.back().len(),
            if fits { " " } else { "✗" },
            entry.file
        );
        if !fits {
            wrong.push(entry.file);
        }
        for index in 0..turns {
            assert!(!interview.turn_paragraphs(TurnIndex(index as u32)).is_empty(), "a turn without words");
        }
    }
    println!("wrong: {wrong:#?}");
}
