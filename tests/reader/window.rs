//! Windows of every size.

use crate::commands::{FERRY, long};
use crate::support::session::Session;

#[test]
fn a_resize_keeps_the_place_to_the_word() {
    let mut session = Session::new(&long());
    session.keys("3 Space 4 j");
    let place = session.app.resting_place();
    let cursor = session.app.reading.cursor;
    for (columns, rows) in [(40, 30), (200, 50), (25, 8), (120, 40)] {
        session = session.sized(columns, rows);
        assert_eq!(session.app.resting_place(), place, "{columns}x{rows}");
    }
    session = session.sized(80, 24);
    assert_eq!(session.app.resting_place(), place);
    assert_eq!(session.app.reading.cursor, cursor);
}

#[test]
fn a_resize_at_the_beginning_keeps_the_title_on_the_screen() {
    let mut session = Session::new("# A title that is far too long for one line of a narrow window\nQ: Why?");
    for columns in [30, 120, 24, 80] {
        session = session.sized(columns, 24);
        assert!(session.top().starts_with("A title"), "{}", session.screen());
    }
}

#[test]
fn a_resize_while_something_is_open_keeps_it_open() {
    for keys in ["} a 'half a thought'", "/ forty", "t mon", "A", "?", "} v w", "} a x Ctrl-c"] {
        let mut session = Session::new(FERRY);
        session.keys(keys);
        let mode = session.mode();
        for size in [(120, 40), (19, 5), (20, 6), (300, 100), (80, 24)] {
            session = session.sized(size.0, size.1);
            session.buffer();
        }
        assert_eq!(session.mode(), mode, "{keys}");
    }
}

#[test]
fn a_window_that_is_too_small_says_how_large_it_has_to_be() {
    let mut session = Session::new(FERRY).sized(19, 24);
    assert!(session.screen().starts_with("20x6 needed"), "{}", session.screen());
    session = session.sized(80, 5);
    assert!(session.screen().starts_with("20x6 needed"), "{}", session.screen());
    session = session.sized(20, 6);
    assert!(session.screen().contains("It was raining"), "{}", session.screen());
}

#[test]
fn no_window_is_too_small_to_draw() {
    let mut session = Session::new(FERRY);
    for columns in 1..24 {
        for rows in 1..10 {
            session = session.sized(columns, rows);
            for keys in ["j", "} a x", "Esc / u", "Esc t", "Esc Esc A", "Esc Esc ?", "Esc v w", "Esc"] {
                session.keys(keys);
                session.buffer();
            }
        }
    }
}

#[test]
fn three_panes_stand_beside_each_other_from_110_columns_on() {
    let rules = |columns| Session::new(FERRY).sized(columns, 30).row(5).matches('│').count();
    assert_eq!((rules(109), rules(110), rules(300)), (0, 2, 2));
}

#[test]
fn the_text_is_never_wider_than_its_measure() {
    for columns in [80, 120, 200, 300] {
        let session = Session::new(&long()).sized(columns, 30);
        assert!(session.app.geometry.text.width <= 76, "{columns}");
    }
}
