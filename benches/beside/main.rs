//! The reader beside other programs that show a text, in a pseudo-terminal of 120 by 40, and the ratios between them.
//!
//! `cargo bench --bench beside` runs whichever of less, vim, nvim and bat are installed, and a floor: a program that
//! only draws. All run in turn, so that a ratio holds while the machine's speed drifts. Milliseconds, medians; the
//! ratio is to less. `BESIDE_WORDS=3000,300000,3000000` says how long the texts are, `BESIDE_RUNS` how often each
//! program is run.

#![allow(clippy::print_stdout)]

mod floor;
mod program;
mod screen;
mod transcript;

use std::collections::BTreeMap;
use std::path::Path;

use program::{PROGRAMS, Program};
use screen::Session;
use transcript::{FAR, FAR_NEAR, FIRST, LAST};

/// Figures by what was measured and by program, in milliseconds, bytes or mebibytes.
type Figures = BTreeMap<(usize, &'static str), BTreeMap<&'static str, Vec<f64>>>;

fn main() {
    if std::env::args().any(|argument| argument == program::FLOOR) {
        return floor::draw();
    }
    let lengths = std::env::var("BESIDE_WORDS").unwrap_or_else(|_| "3000,300000,3000000".to_owned());
    let runs = std::env::var("BESIDE_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(3);
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return eprintln!("no folder for the texts: {error}"),
    };
    for words in lengths.split(',').filter_map(|words| words.trim().parse::<usize>().ok()) {
        let text = folder.path().join(format!("{words}.txt"));
        if let Err(error) = std::fs::write(&text, transcript::of_words(words)) {
            return eprintln!("{}: {error}", text.display());
        }
        let mut figures = Figures::new();
        for run in 0..runs {
            for turn in 0..PROGRAMS.len() {
                let program = &PROGRAMS[(run + turn) % PROGRAMS.len()];
                if program.is_here() {
                    measure(program, &text, folder.path(), &mut figures);
                }
            }
        }
        print(words, &figures);
    }
}

/// Runs a program once through all that its keys can do.
fn measure(program: &Program, text: &Path, home: &Path, figures: &mut Figures) {
    let mut note = |order: usize, what: &'static str, value: Option<f64>| {
        if let Some(value) = value {
            figures.entry((order, what)).or_default().entry(program.name).or_default().push(value);
        }
    };
    let Some((mut session, first)) = Session::start(program, text, home) else { return };
    note(0, "first frame", first.until(FIRST, &mut session));
    for _ in 0..20 {
        let (shown, bytes) = session.press(program.down);
        note(1, "line key", shown);
        note(2, "bytes a line", bytes);
    }
    for _ in 0..20 {
        note(3, "page key", session.press(program.page).0);
    }
    if program.end.is_empty() {
        note(10, "exit", session.quit(program.quit));
        return;
    }
    session.press_until(program.top, FIRST);
    note(4, "to the end", session.press_until(program.end, LAST));
    note(5, "back to the start", session.press_until(program.top, FIRST));
    if let Some(search) = program.search {
        note(6, "search a far word", session.press_until(&search.replace("{far}", FAR), FAR_NEAR));
        session.press_until(program.top, FIRST);
    }
    note(7, "200 held pages", session.hold(program.page, 200));
    for (columns, rows) in [(90, 30), (120, 40), (90, 30), (120, 40)] {
        note(8, "resize", session.resize(columns, rows));
    }
    note(9, "peak MiB", session.peak_memory());
    note(10, "exit", session.quit(program.quit));
}

fn print(words: usize, figures: &Figures) {
    let names: Vec<&str> = PROGRAMS.iter().filter(|program| program.is_here()).map(|program| program.name).collect();
    println!("\n{words} words\n");
    println!("| | {} |", names.join(" | "));
    println!("|---|{}", "---|".repeat(names.len()));
    for ((_, what), programs) in figures {
        let less = programs.get("less").map(|values| median(values));
        let cells = names.iter().map(|name| match (programs.get(name).map(|values| median(values)), less) {
            (Some(value), Some(less)) if less > 0.0 && *name != "less" => format!("{value:.2} ({:.2} ×)", value / less),
            (Some(value), _) => format!("{value:.2}"),
            (None, _) => "–".to_owned(),
        });
        println!("| {what} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
