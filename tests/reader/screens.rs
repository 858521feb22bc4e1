//! Screens of the samples, as they are drawn.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test --test reader screens` takes them anew; look at each.

use insta::assert_snapshot;

use crate::layers::shared;
use crate::reviewing::rewritten;
use crate::settling::torn;
use crate::support::screen;
use crate::support::session::Session;

/// The two sizes in which every screen is kept.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// Opens a sample in both sizes, presses keys and compares the screens.
fn screens(name: &str, sample: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let mut session = Session::sample(sample).sized(columns, rows);
        session.keys(keys);
        let mut screen = session.screen();
        if let (_, Some((x, y))) = session.buffer() {
            screen.push_str(&format!("cursor: column {x}, row {y}\n"));
        }
        assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
    }
}

#[test]
fn at_the_start() {
    screens("start", "paper-bridge.yaml", "");
}

#[test]
fn where_speakers_were_worked_out() {
    let mut session = Session::sample("lighthouse.txt").sized(80, 24);
    session.keys("6 G");
    assert_snapshot!("worked-out", session.screen());
}

#[test]
fn in_the_middle_with_notes() {
    screens("notes", "paper-bridge.yaml", "8 G");
}

#[test]
fn with_timecodes() {
    screens("timecodes", "tidal-bakery.txt", "1 2 G");
}

#[test]
fn with_headings() {
    screens("headings", "night-bus.md", "2 ] t");
}

#[test]
fn at_the_end() {
    screens("end", "paper-bridge.yaml", "G");
}

#[test]
fn with_the_outline() {
    screens("outline", "paper-bridge.yaml", "9 G t");
}

#[test]
fn with_the_outline_narrowed() {
    screens("outline-narrowed", "paper-bridge.yaml", "t lantern");
}

#[test]
fn with_the_list_of_notes() {
    screens("list-of-notes", "paper-bridge.yaml", "8 G A");
}

#[test]
fn with_the_list_of_notes_narrowed() {
    screens("list-of-notes-narrowed", "paper-bridge.yaml", "A / goat Enter");
}

#[test]
fn while_selecting() {
    screens("selecting", "paper-bridge.yaml", "8 G ) v ) w w w w");
}

#[test]
fn while_writing_a_note() {
    screens("editor", "paper-bridge.yaml", "8 G ) i s a 'Ask the umbrella maker: 一张纸多重？' Enter 'And Aunt Luo.'");
}

#[test]
fn while_searching() {
    screens("search", "paper-bridge.yaml", "/ umbrella");
}

#[test]
fn while_tagging() {
    screens("tagging", "paper-bridge.yaml", "8 G # ta");
}

#[test]
fn while_keys_wait_for_more() {
    screens("waiting", "paper-bridge.yaml", "]");
}

#[test]
fn with_help() {
    screens("help", "paper-bridge.yaml", "?");
}

#[test]
fn with_a_note_in_full() {
    screens("note-in-full", "paper-bridge.yaml", "] f p");
}

#[test]
fn how_it_was_read() {
    screens("report", "tidal-bakery.txt", "R");
}

#[test]
fn with_questions_only() {
    screens("questions", "paper-bridge.yaml", "d");
}

#[test]
fn with_both_languages_interleaved() {
    screens("interleaved", "paper-bridge.yaml", "4 G B");
}

#[test]
fn with_both_languages_side_by_side() {
    screens("side-by-side", "paper-bridge.yaml", "4 G B B");
}

/// The screens of a session in both sizes.
fn screens_of(name: &str, open: fn() -> Session, keys: &str) {
    for (columns, rows) in SIZES {
        let mut session = open().sized(columns, rows);
        session.keys(keys);
        assert_snapshot!(format!("{name}-{columns}x{rows}"), session.screen());
    }
}

#[test]
fn with_a_conflict_to_settle() {
    screens_of("conflict", torn, "C");
}

#[test]
fn with_a_place_to_review() {
    screens_of("review", rewritten, "O j");
}

#[test]
fn with_other_layers() {
    screens_of("layers", shared, "2 } r 'He was tall.' Esc");
    screens_of("layers-listed", shared, "z l j");
}

#[test]
fn with_notes_in_groups() {
    screens("list-of-notes-grouped", "lighthouse.txt", "A t t j v v");
}

#[test]
fn in_the_smallest_window() {
    let session = Session::sample("paper-bridge.yaml").sized(20, 6);
    assert_snapshot!("smallest", session.screen());
}

#[test]
fn with_its_styles() {
    let mut session = Session::sample("paper-bridge.yaml").sized(80, 24);
    session.keys("8 G / thin Enter v w w");
    assert_snapshot!("styles", screen::styled(&session.buffer().0));
}

#[test]
fn with_its_styles_without_colour() {
    let mut session = Session::sample("paper-bridge.yaml").sized(80, 24);
    session.theme.colors = interleaf::ui::Colors::None;
    session.keys("8 G / thin Enter v w w");
    assert_snapshot!("styles-without-colour", screen::styled(&session.buffer().0));
}
