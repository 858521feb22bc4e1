//! Real transcripts beside the repository, where they are to be had: turns and speakers against the true counts.
//! `tests/fidelity` counts their words.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic, reason = "a report of figures over test files")]

use std::fs;
use std::path::{Path, PathBuf};

use interleaf::import::{Options, read};
use interleaf::model::{Interview, Matter, ParagraphIndex, Role, TurnIndex};

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

/// Files whose counts in the manifest are not those of the talk: turns and speakers as they are, counted by reading,
/// and why the manifest has others.
const EXPLAINED: &[(&str, usize, usize, &str)] = &[
    (
        "docx/Entretien_01_24.10.03_01_traitement_A.docx",
        36,
        2,
        "one label of the 36 has a time in another shape (`8:16- 9:20`) and was not counted, so that three turns were one",
    ),
    ("md-bold/founders-talk-60.md", 122, 2, "`Break` was counted as a speaker"),
    ("md-bold/js-party-117.md", 140, 4, "`Break` was counted as a speaker"),
    ("md-bold/the-changelog-594.md", 878, 5, "`Break` was counted as a speaker"),
    ("md-bold/6-WiktoriaWywiad__index.md", 78, 9, "names and their initials were counted as two speakers"),
    ("md-bold/7-WiktoriaWywiadPL__index.md", 78, 9, "names and their initials were counted as two speakers"),
    (
        "txt-inline/2019-08-08-michael-flaxman.md",
        84,
        2,
        "two labels repeat the speaker of the paragraph before: no new turn",
    ),
    ("web-article/sig-multicluster-spotlight-blog.md", 14, 2, "`Authors:` was counted as a speaker"),
    ("web-article/wg-device-management-spotlight.md", 28, 4, "names and their initials were counted as two speakers"),
];

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
    let mut counted = 0;
    for entry in manifest(&shared) {
        let bytes = fs::read(shared.join("corpus").join(&entry.file)).unwrap();
        let name = entry.file.rsplit('/').next().unwrap();
        let explained = EXPLAINED.iter().find(|(file, ..)| *file == entry.file);
        counted += usize::from(entry.turns.is_some());
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
        let agrees = entry.turns.is_none_or(|wanted| turns.abs_diff(wanted) * 50 <= wanted)
            && entry.speakers.is_none_or(|wanted| speakers == wanted);
        let fits = match explained {
            Some((.., reason)) if agrees => panic!("{} needs no explanation: {reason}", entry.file),
            Some((_, wanted, heard, _)) => (turns, speakers) == (*wanted, *heard),
            None => agrees,
        };
        println!(
            "{turns:>7} {:>7} {speakers:>5} {:>5} {:>3}/{:<3} {} {}",
            show(entry.turns),
            show(entry.speakers),
            interview.front(),
            interview.back().len(),
            match (fits, explained) {
                (false, _) => "✗",
                (true, Some(_)) => "*",
                (true, None) => " ",
            },
            entry.file
        );
        if !fits {
            wrong.push(entry.file);
        }
        for index in 0..turns {
            assert!(!interview.turn_paragraphs(TurnIndex(index as u32)).is_empty(), "a turn without words");
        }
    }
    println!("* counted anew, since the manifest's count is not that of the talk:");
    EXPLAINED.iter().for_each(|(file, _, _, reason)| println!("  {file}: {reason}"));
    println!("{} of {counted} files with a count are wrong: {wrong:#?}", wrong.len());
    assert!(wrong.len() * 20 <= counted, "{wrong:#?}");
}

/// The interview that started it all: lines of the source at which the interviewer speaks, worked out by reading.
#[test]
fn the_first_interview_is_understood() {
    let Some(shared) = shared() else { return };
    let bytes = fs::read(shared.join("seed/interview.txt")).unwrap();
    let source = String::from_utf8(bytes.clone()).unwrap();
    let interview = read(bytes, "interview.txt", &Options::default()).unwrap().interview;
    let asked = [21, 23, 25, 33, 45, 55, 83, 105, 109, 131, 145, 155];
    let (mut right, mut talk) = (0, 0);
    for (number, line) in
        (1..).zip(source.lines()).filter(|(number, line)| (21..157).contains(number) && !line.is_empty())
    {
        let ends_with = |index: &ParagraphIndex| line.ends_with(interview.paragraph(*index));
        let found: Vec<_> = interview.paragraphs().filter(ends_with).collect();
        assert_eq!(found.len(), 1, "line {number} is lost or doubled");
        assert_eq!(interview.matter(found[0]), Matter::Body, "line {number}");
        let role = interview.speaker(interview.speaker_of(found[0]).unwrap()).unwrap().role;
        right += usize::from((role == Role::Interviewer) == asked.contains(&number));
        talk += 1;
    }
    println!("{right} of {talk} paragraphs of the talk have the right speaker");
    assert_eq!(talk, 68);
    assert!(right >= 66);
    assert_eq!((interview.front(), interview.back().len()), (7, 6));
    assert_eq!(interview.speakers.len(), 2);
    assert!(source.lines().nth(1) == Some(interview.metadata.title.as_str()));
    assert!(source.lines().nth(6) == interview.metadata.subtitle.as_deref());
    assert_eq!(interview.metadata.source.saved.as_deref(), Some("2025-7-16 9:37"));
    assert!(interview.metadata.source.url.is_some_and(|url| url.starts_with("https://")));
}
