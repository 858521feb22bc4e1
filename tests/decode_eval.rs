//! How well unlabelled speakers are told apart: hides the labels of labelled interviews and counts.
//!
//! ```text
//! cargo test --release --test decode_eval -- --nocapture
//! ```
//!
//! Takes the labelled files of `../shared/corpus` (skipped with a message where that folder is absent) and the
//! invented interviews of `tests/decode/`, keeps only the first label of each voice, and prints per file and per
//! family the share of paragraphs that were given to the right voice (accuracy) and the F1 of the places where the
//! voice changes, beside two baselines: strict alternation from the first two labels, and "a paragraph that ends with
//! a question mark asks". `guessed`: which of the two labels asks is not told; `named`: it is. Where more than two
//! people speak, the interviewer is one voice and all others are the other. With `DECODE_SHOW=words` in the environment
//! the document that holds these words is shown paragraph by paragraph with the reasons.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a report of figures over test files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use interleaf::import::decode::{CERTAIN, Decoded, Names, Paragraph, Request, Voice, decode};
use interleaf::import::{self, Options};
use interleaf::model::{Interview, Role, Speaker};

struct File {
    path: &'static str,
    family: &'static str,
    /// Names of those who ask, as the import shows them; all others answer.
    asking: &'static [&'static str],
}

const fn file(path: &'static str, family: &'static str, asking: &'static [&'static str]) -> File {
    File { path, family, asking }
}

/// The one who is asked, where many ask: the names that are not of the interviewers.
const WIKTORIA: &str = "Wiktoria Choręziak";

const FILES: &[File] = &[
    file("web-article/jewel.loree.markdown", "edited", &[]),
    file("web-article/paul.ford.markdown", "edited", &[]),
    file("web-article/sig-cli-spotlight.md", "edited", &["Arpit Agrawal"]),
    file("web-article/sig-multicluster-spotlight-blog.md", "edited", &["Chris Short"]),
    file("web-article/wg-device-management-spotlight.md", "edited", &["Natalie Fisher"]),
    file("txt-inline/Ana.txt", "research", &["Researcher 1"]),
    file("txt-inline/Sam.txt", "research", &["Researcher 1"]),
    file("docx/Entretien_01_24.10.03_01_traitement_A.docx", "research", &["Chercheur"]),
    file("docx/Entretien_01_24.12.26_traitement_A.docx", "research", &["Chercheur"]),
    file("txt-inline/2019-08-08-michael-flaxman.md", "podcast", &["Stephan Livera"]),
    file("md-bold/founders-talk-60.md", "podcast", &["Adam Stacoviak"]),
    file("md-ownline/2022-04-01-max-hillebrand.md", "podcast", &["Stephan Livera"]),
    file("md-ownline/chaincode-decoded-bech32m.md", "podcast", &["Adam Jonas"]),
    file("srt/Bloat.srt", "podcast", &["Michael"]),
    file("vtt/Managed_services_vs._DIY.vtt", "podcast", &["Michael"]),
    file("txt-inline/2020-08-03-eric-lombrozo-luke-dashjr-taproot-activation.es.md", "panel", &["Aaron van Wirdum"]),
    file("md-bold/js-party-117.md", "panel", &["Nick Nisi", "Kevin Ball", "Christopher Hiller"]),
    file("md-bold/the-changelog-594.md", "panel", &["Jerod Santo", "Adam Stacoviak"]),
    file("md-bold/6-WiktoriaWywiad__index.md", "panel", &[WIKTORIA]),
    file("md-bold/7-WiktoriaWywiadPL__index.md", "panel", &[WIKTORIA]),
];

/// A paragraph and who speaks it in truth.
type Spoken = (String, Voice);

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

/// The paragraphs of the turns with a speaker.
fn paragraphs(file: &File, interview: &Interview) -> Vec<Spoken> {
    let asks = |speaker: &Speaker| match file.asking {
        [] => speaker.role == Role::Interviewer,
        [WIKTORIA] => speaker.name != WIKTORIA,
        names => names.contains(&speaker.name.as_str()),
    };
    let mut spoken = Vec::new();
    for paragraph in interview.paragraphs() {
        let Some(speaker) = interview.speaker_of(paragraph).and_then(|speaker| interview.speaker(speaker)) else {
            continue;
        };
        let voice = if asks(speaker) { Voice::Questioner } else { Voice::Answerer };
        spoken.push((interview.paragraph(paragraph).to_owned(), voice));
    }
    spoken
}

/// Keeps the first label of each voice and decodes the rest. Until the second voice is met only the first can speak.
fn hide_and_decode(spoken: &[Spoken], names: Names<'_>, named: bool) -> Decoded {
    let pins = first_of_each(spoken);
    let hidden: Vec<_> = spoken
        .iter()
        .enumerate()
        .map(|(place, (text, voice))| {
            let paragraph = Paragraph::new(text);
            if pins.iter().max().is_some_and(|met| place <= *met) { paragraph.pinned(*voice) } else { paragraph }
        })
        .collect();
    decode(&Request { paragraphs: &hidden, language: None, names, roles_known: named })
}

fn first_of_each(spoken: &[Spoken]) -> Vec<usize> {
    [Voice::Questioner, Voice::Answerer]
        .iter()
        .filter_map(|voice| spoken.iter().position(|(_, of)| of == voice))
        .collect()
}

/// What was right of what there was.
#[derive(Clone, Copy, Default)]
struct Score {
    right: usize,
    paragraphs: usize,
    found: usize,
    given: usize,
    changes: usize,
    /// Sums of accuracy and F1 over files, and how many.
    means: (f64, f64, f64),
    /// Of paragraphs with a margin that is doubtful, likely, sure: how many there are, how many are right.
    bands: [(usize, usize); 3],
}

impl Score {
    fn of(spoken: &[Spoken], voices: &[Voice]) -> Self {
        let mut score = Score { paragraphs: spoken.len(), ..Score::default() };
        score.right = spoken.iter().zip(voices).filter(|((_, truth), voice)| truth == *voice).count();
        for (truth, voices) in spoken.windows(2).zip(voices.windows(2)) {
            let changes = truth[0].1 != truth[1].1;
            let given = voices[0] != voices[1];
            score.changes += usize::from(changes);
            score.given += usize::from(given);
            score.found += usize::from(changes && given);
        }
        score.means = (score.accuracy(), score.f1(), 1.0);
        score
    }

    fn add(&mut self, other: Score) {
        self.right += other.right;
        self.paragraphs += other.paragraphs;
        self.found += other.found;
        self.given += other.given;
        self.changes += other.changes;
        self.means.0 += other.means.0;
        self.means.1 += other.means.1;
        self.means.2 += other.means.2;
        for (band, other) in self.bands.iter_mut().zip(other.bands) {
            band.0 += other.0;
            band.1 += other.1;
        }
    }

    /// Counts how often each band of margins is right. Pins are no guesses.
    fn weigh(&mut self, spoken: &[Spoken], decoded: &Decoded) {
        for ((place, margin), (_, truth)) in decoded.margins.iter().enumerate().zip(spoken) {
            let band = match margin {
                ..4 => 0,
                4..8 => 1,
                8..CERTAIN => 2,
                _ => continue,
            };
            self.bands[band].0 += 1;
            self.bands[band].1 += usize::from(decoded.voices.get(place) == Some(truth));
        }
    }

    fn show_bands(&self) -> String {
        let share = |(all, right): (usize, usize)| format!("{:.2} of {all}", right as f64 / all.max(1) as f64);
        self.bands.map(share).join(", ")
    }

    fn accuracy(&self) -> f64 {
        self.right as f64 / self.paragraphs.max(1) as f64
    }

    fn f1(&self) -> f64 {
        2.0 * self.found as f64 / (self.given + self.changes).max(1) as f64
    }

    fn show(&self) -> String {
        format!("{:.3}/{:.3}", self.accuracy(), self.f1())
    }

    fn show_mean(&self) -> String {
        let (accuracy, f1, files) = self.means;
        format!("{:.3}/{:.3}", accuracy / files.max(1.0), f1 / files.max(1.0))
    }
}

const METHODS: [&str; 4] = ["alternation", "ends with ?", "guessed", "named"];

fn scores(spoken: &[Spoken], names: Names<'_>) -> ([Score; 4], bool) {
    let first = first_of_each(spoken);
    let mut voice = spoken.first().map_or(Voice::Questioner, |(_, voice)| *voice);
    let switch = first.iter().copied().max().unwrap_or(0);
    let alternating: Vec<_> = (0..spoken.len())
        .map(|place| {
            if place >= switch && place > 0 {
                voice = voice.other();
            }
            voice
        })
        .collect();
    let asking: Vec<_> = spoken
        .iter()
        .map(|(text, _)| if text.trim_end().ends_with(['?', '？']) { Voice::Questioner } else { Voice::Answerer })
        .collect();
    let guessed = hide_and_decode(spoken, names, false);
    let named = hide_and_decode(spoken, names, true);
    // Where the roles were guessed wrongly, a reader still sees the right people: roles are counted as given.
    let people: Vec<_> =
        guessed.voices.iter().map(|voice| if guessed.swapped { voice.other() } else { *voice }).collect();
    let mut all = [&alternating, &asking, &people, &named.voices].map(|voices| Score::of(spoken, voices));
    all[3].weigh(spoken, &named);
    if let Ok(wanted) = std::env::var("DECODE_SHOW")
        && spoken.iter().any(|(text, _)| text.contains(&wanted))
    {
        for (place, (text, truth)) in spoken.iter().enumerate() {
            let mark = if named.voices[place] == *truth { ' ' } else { '!' };
            let text: String = text.chars().take(160).collect();
            println!("{mark} {truth:?} {} {:?}\n      {text}", named.margins[place], named.reasons[place]);
        }
    }
    (all, named.edited)
}

#[test]
fn corpus_with_hidden_labels() {
    let corpus = shared().join("corpus");
    if !corpus.is_dir() {
        println!("skipped: there is no {}", corpus.display());
        return;
    }
    let mut families: BTreeMap<&str, [Score; 4]> = BTreeMap::new();
    println!(
        "{:44} {:>5}  {}  edited",
        "accuracy/boundary F1",
        "par.",
        METHODS.map(|name| format!("{name:>11}")).join(" ")
    );
    for file in FILES {
        let path = corpus.join(file.path);
        let bytes = fs::read(&path).unwrap();
        let interview = import::read(bytes, file.path, &Options::default()).unwrap().interview;
        let spoken = paragraphs(file, &interview);
        assert!(spoken.len() > 10, "{}: labels were not found", file.path);
        // More people than one have no name in common.
        let name = |asks: bool| {
            let found = interview.speakers.iter().map(|speaker| speaker.name.as_str());
            found
                .filter(|name| file.asking.contains(name) == asks)
                .take(if file.family == "panel" { 0 } else { 1 })
                .next()
        };
        let names = Names { questioner: name(true), answerer: name(false) };
        let (scores, edited) = scores(&spoken, names);
        let name: String = file.path.chars().take(44).collect();
        let bands = scores[3].show_bands();
        println!("{name:44} {:5}  {}  {edited} {bands}", spoken.len(), scores.map(|score| score.show()).join(" "));
        for family in [file.family, if file.family == "panel" { "panel" } else { "two voices" }] {
            let sums = families.entry(family).or_default();
            sums.iter_mut().zip(scores).for_each(|(sum, score)| sum.add(score));
            if file.family == "panel" {
                break;
            }
        }
    }
    for (family, sums) in &families {
        println!("{family:44} {:5}  {}", sums[0].paragraphs, sums.map(|score| score.show()).join(" "));
        println!("{:44} {:5}  {}", "  mean over files", "", sums.map(|score| score.show_mean()).join(" "));
        println!("{:44} {:5}  {}", "  right where doubtful, likely, sure", "", sums[3].show_bands());
    }
    for (family, accuracy, f1) in [("edited", 0.97, 0.93), ("two voices", 0.83, 0.82)] {
        let named = families[family][3];
        assert!(named.accuracy() >= accuracy && named.f1() >= f1, "{family}: {}", named.show());
    }
}

/// Paragraphs of the talk that the interviewer speaks, counted from 0.
const SEED_QUESTIONS: &[usize] = &[0, 1, 2, 6, 12, 17, 31, 42, 44, 55, 62, 67];

/// The sample interview: two labels, and nothing after them.
#[test]
fn sample_interview() {
    let Ok(text) = fs::read_to_string(shared().join("seed/interview.txt")) else {
        println!("skipped: there is no {}", shared().join("seed").display());
        return;
    };
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    // The two labels of the document, each of which stands once, and its 68 paragraphs of talk from the first on.
    let label = |line: &str| {
        let (name, _) = line.split_once(": ")?;
        let is_name = name.split(' ').count() == 2 && name.split(' ').all(|word| word.starts_with(char::is_uppercase));
        is_name.then(|| name.to_owned())
    };
    let first = lines.iter().position(|line| label(line).is_some()).unwrap();
    let labels: Vec<String> = lines.iter().filter_map(|line| label(line)).take(2).collect();
    let spoken: Vec<Spoken> = lines[first..first + 68]
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let asks = SEED_QUESTIONS.contains(&place);
            let words = label(line).map_or(*line, |name| &line[name.len() + 2..]);
            (words.to_owned(), if asks { Voice::Questioner } else { Voice::Answerer })
        })
        .collect();
    let names = Names { questioner: Some(labels[0].as_str()), answerer: Some(labels[1].as_str()) };
    let (scores, edited) = scores(&spoken, names);
    println!("sample: right where doubtful, likely, sure: {}", scores[3].show_bands());
    assert!(edited, "the sample is an edited article");
    for right in [scores[2].right, scores[3].right] {
        assert!(right >= 66, "{right} of {} paragraphs are right", spoken.len());
    }
    println!("sample: {} paragraphs, {}, edited: {edited}", spoken.len(), scores.map(|score| score.show()).join(" "));
}

/// Invented interviews in many languages, with what is hard in them: answers full of questions, questions without a
/// question mark, one-word answers, long remarks by the interviewer.
#[test]
fn invented_interviews() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decode");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut sums = [Score::default(); 4];
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let edited = text.starts_with("# edited");
        let spoken: Vec<Spoken> = text
            .lines()
            .filter_map(|line| {
                let (voice, words) = line.split_at_checked(2)?;
                let voice = match voice {
                    "Q " => Voice::Questioner,
                    "A " => Voice::Answerer,
                    _ => return None,
                };
                Some((words.to_owned(), voice))
            })
            .collect();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let (scores, found) = scores(&spoken, Names::default());
        let bands = scores[3].show_bands();
        println!("{name:44} {:5}  {}  {found} {bands}", spoken.len(), scores.map(|score| score.show()).join(" "));
        let bare: Vec<_> = spoken.iter().map(|(text, _)| Paragraph::new(text)).collect();
        let decoded =
            decode(&Request { paragraphs: &bare, language: None, names: Names::default(), roles_known: false });
        assert_eq!(decoded.language, &name[..2], "{name}: language");
        assert_eq!(found, edited, "{name}: edited");
        sums.iter_mut().zip(scores).for_each(|(sum, score)| sum.add(score));
    }
    println!("{:44} {:5}  {}", "invented", sums[0].paragraphs, sums.map(|score| score.show()).join(" "));
    println!("{:44} {:5}  {}", "  mean over files", "", sums.map(|score| score.show_mean()).join(" "));
    assert!(sums[3].accuracy() >= 0.95 && sums[3].f1() >= 0.93, "{}", sums[3].show());
}
