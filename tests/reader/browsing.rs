//! The list of a folder's interviews.

use insta::assert_snapshot;
use interleaf::app::{Action, BrowseEffect, Command, Mode, Mouse};
use interleaf::keymap::Keymap;
use interleaf::library::{About, Library, Summary};

use crate::support::shelf::{Shelf, summary};

const TALKS: &str = "
    ferry.txt | The Last Ferry | Tom Bellis, Ada Pryce | 2024-03-02 | 2400 words | 7 notes | 2 open
    kiln.vtt | A Kiln of One's Own | Ines Duarte, Ada Pryce | 2025-01-15 | 9120 words | 1 note | 0 open
    mill/loom.md | Looms, Lint and Lungs | Wen Zhao, Rolf Aske | | 31800 words | 0 notes | 0 open
    mill/weir.srt | Below the Weir | Élan Morvan, Ada Pryce | 2023-11-30 | 640 words | 12 notes | 5 open
";

const READ: &str = "
    kiln.vtt 2026-11-23T18:00:00Z 38
    ferry.txt 2026-11-03T09:00:00Z 100
";

fn talks() -> Shelf {
    Shelf::new(TALKS)
}

#[test]
fn enter_opens_the_chosen_interview() {
    let mut shelf = talks();
    shelf.keys("j j k Enter");
    assert_eq!(shelf.opened(), ["kiln.vtt"]);
    shelf.keys("G Enter g Enter 2 j Enter");
    assert_eq!(shelf.opened(), ["kiln.vtt", "weir.srt", "ferry.txt", "loom.md"]);
}

#[test]
fn the_interview_that_was_read_last_is_chosen_at_the_start() {
    assert_eq!(talks().read(READ).browser.interviews.chosen().unwrap().name, "kiln.vtt");
}

#[test]
fn what_the_reader_chose_stays_chosen_whatever_is_found() {
    let mut shelf = Shelf::empty();
    shelf.found("weir.srt | Below the Weir | Élan Morvan | | 640 words | 0 notes | 0 open", 1, 3);
    shelf.keys("j");
    shelf.found("ferry.txt | The Last Ferry | Tom Bellis | | 2400 words | 0 notes | 0 open", 2, 3);
    shelf.found("kiln.vtt | A Kiln of One's Own | Ines Duarte | | 9120 words | 0 notes | 0 open", 3, 3);
    assert_eq!(shelf.titles(), ["The Last Ferry", "A Kiln of One's Own", ">Below the Weir"]);
    let shelf = shelf.read("ferry.txt 2026-11-03T09:00:00Z 12");
    assert_eq!(shelf.titles()[2], ">Below the Weir");
}

#[test]
fn typing_narrows_the_list_by_title_speaker_file_and_date() {
    for (typed, titles) in [
        ("weir", vec![">Below the Weir"]),
        ("ada 2024", vec![">The Last Ferry"]),
        ("elan", vec![">Below the Weir"]),
        ("mill/", vec![">Looms, Lint and Lungs", "Below the Weir"]),
        ("nobody", vec![]),
    ] {
        let mut shelf = talks();
        shelf.keys("/");
        shelf.keys(&format!("'{typed}'"));
        assert_eq!(shelf.titles(), titles, "{typed}");
        assert_eq!(shelf.mode(), Mode::Prompt);
    }
}

#[test]
fn enter_keeps_the_filter_and_esc_shows_all() {
    let mut shelf = talks();
    shelf.keys("/ mill Down Enter");
    assert_eq!(shelf.mode(), Mode::Library);
    assert_eq!(shelf.titles(), ["Looms, Lint and Lungs", ">Below the Weir"]);
    shelf.keys("Enter");
    assert_eq!(shelf.opened(), ["weir.srt"]);
    shelf.keys("Esc");
    assert_eq!(shelf.titles().len(), 4);
    assert_eq!(shelf.titles()[3], ">Below the Weir");
    shelf.keys("/ ferry Esc");
    assert_eq!(shelf.titles().len(), 4);
}

#[test]
fn the_filter_is_a_line_that_can_be_edited() {
    let mut shelf = talks();
    shelf.keys("/ weirs Backspace");
    assert_eq!(shelf.titles().len(), 1);
    shelf.keys("Ctrl-u");
    assert_eq!(shelf.titles().len(), 4);
    shelf.keys("Backspace");
    assert_eq!(shelf.mode(), Mode::Library);
}

#[test]
fn the_list_is_sorted_in_six_orders_and_the_chosen_one_stays_chosen() {
    let mut shelf = talks().read(READ);
    for first in ["A Kiln of One's Own", "A Kiln of One's Own", "Below the Weir", "A Kiln of One's Own", "Looms, Lint"]
    {
        shelf.keys("o");
        let titles = shelf.titles();
        assert!(titles[0].trim_start_matches('>').starts_with(first), "{titles:?}");
        assert!(titles.contains(&">A Kiln of One's Own".to_owned()), "{titles:?}");
    }
    shelf.keys("o");
    assert_eq!(shelf.titles()[0], "The Last Ferry");
}

#[test]
fn esc_stops_a_scan_before_anything_else() {
    let mut shelf = Shelf::empty();
    shelf.found("ferry.txt | The Last Ferry | Tom Bellis | | 2400 words | 0 notes | 0 open", 120, 2000);
    assert!(shelf.screen().contains("120 of 2,000 files   Esc stops"), "{}", shelf.screen());
    shelf.keys("Esc");
    assert_eq!(shelf.effects, [BrowseEffect::StopScan]);
    shelf.browser.scanned(Library { interviews: Vec::new(), is_partial: true });
    assert!(shelf.screen().contains("stopped, some may be missing"), "{}", shelf.screen());
    assert_eq!(shelf.titles(), [">The Last Ferry"]);
    shelf.keys("Esc r");
    assert_eq!(shelf.effects.last(), Some(&BrowseEffect::Scan));
}

#[test]
fn a_scan_for_what_has_changed_takes_no_esc_from_the_reader() {
    let mut shelf = talks();
    shelf.keys("/ weir Enter");
    shelf.browser.scan_begins(true);
    shelf.found("mill/weir.srt | Below the Weir | Élan Morvan | | 640 words | 13 notes | 6 open", 1, 4);
    assert!(shelf.screen().contains("13 notes") && !shelf.screen().contains("Esc stops"), "{}", shelf.screen());
    shelf.keys("Esc");
    assert_eq!((shelf.titles().len(), shelf.effects.len()), (4, 0));
}

#[test]
fn an_interview_that_is_gone_leaves_the_list_and_the_next_one_is_chosen() {
    let mut shelf = talks();
    shelf.keys("j");
    let all = TALKS.lines().filter(|line| line.contains('|') && !line.contains("kiln"));
    shelf.browser.scanned(Library { interviews: all.map(|line| summary(line.trim())).collect(), is_partial: false });
    shelf.browser.arrange();
    assert_eq!(shelf.titles(), ["The Last Ferry", ">Looms, Lint and Lungs", "Below the Weir"]);
}

#[test]
fn every_key_of_the_list_does_something() {
    let keymap = Keymap::default_keys().unwrap();
    for &command in Command::ALL {
        for keys in keymap.keys_of(Mode::Library, command) {
            let mut shelf = talks().sized(80, 10);
            shelf.keys("/ e Enter j");
            let before = (shelf.screen(), shelf.effects.len());
            shelf.keys(&keys);
            assert_eq!(shelf.commands.last(), Some(&command));
            assert!((shelf.screen(), shelf.effects.len()) != before, "{keys}");
        }
    }
}

#[test]
fn a_click_chooses_and_a_second_one_opens() {
    let mut shelf = talks();
    shelf.click("Below the Weir");
    assert_eq!((shelf.titles()[3].as_str(), shelf.opened().len()), (">Below the Weir", 0));
    shelf.click("Élan Morvan");
    assert_eq!(shelf.opened(), ["weir.srt"]);
}

#[test]
fn the_wheel_moves_a_long_list() {
    let lines: String =
        (10..60).map(|n| format!("{n}.txt | Talk {n} | Tom Bellis | | 10 words | 0 notes | 0 open\n")).collect();
    let mut shelf = Shelf::new(&lines);
    for _ in 0..4 {
        shelf.act(Action::Mouse(Mouse::WheelDown, 5, 5));
    }
    assert!(shelf.screen().contains("Talk 16") && !shelf.screen().contains("Talk 15"), "{}", shelf.screen());
    assert_eq!(shelf.browser.interviews.cursor.chosen, 6);
    shelf.keys("G");
    assert!(shelf.screen().contains("Talk 59"), "{}", shelf.screen());
}

#[test]
fn help_shows_the_keys_of_the_list_and_closes() {
    let mut shelf = talks();
    shelf.keys("?");
    assert!(shelf.screen().contains("Keys: In the list of interviews"), "{}", shelf.screen());
    assert!(shelf.screen().contains("Move a page down."), "{}", shelf.screen());
    shelf.keys("/ sort");
    assert!(shelf.screen().contains("Sort the list"), "{}", shelf.screen());
    shelf.keys("Esc");
    shelf.keys("Esc");
    assert_eq!(shelf.mode(), Mode::Library);
}

#[test]
fn titles_and_names_cannot_send_anything_to_the_terminal() {
    let mut hostile = summary("x.txt | T | S | | 10 words | 1 note | 0 open");
    hostile.about.title = "A \u{1b}]0;title\u{7} B".to_owned();
    hostile.about.speakers = vec!["\u{202e}evil\u{9b}31m".to_owned()];
    hostile.name = "a\u{1b}[2Jb\n.txt".to_owned();
    for size in [(80, 24), (120, 40)] {
        let mut shelf = Shelf::empty().sized(size.0, size.1);
        shelf.browser.scanned(Library { interviews: vec![hostile.clone()], is_partial: false });
        shelf.browser.arrange();
        let (buffer, _) = shelf.buffer();
        let hidden = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!buffer.content.iter().any(|cell| cell.symbol().contains(hidden)), "{}", shelf.screen());
    }
}

#[test]
fn no_window_is_too_small_to_draw() {
    let mut shelf = talks().read(READ);
    for columns in 1..130 {
        for rows in 1..12 {
            shelf = shelf.sized(columns, rows);
            for keys in ["j", "/ e", "Enter", "Esc", "?", "Esc", "3"] {
                shelf.keys(keys);
                shelf.buffer();
            }
        }
    }
    assert!(shelf.sized(19, 24).screen().starts_with("20x6 needed"));
}

#[test]
fn the_screen_at_the_start() {
    let unreadable = Summary {
        path: "/talks/press.yaml".into(),
        name: "press.yaml".into(),
        about: About { title: "press".into(), fault: Some("line 3, column 1: not a map".into()), ..About::default() },
        ..Summary::default()
    };
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let mut shelf = talks().read(READ).sized(columns, rows);
        let mut all = shelf.browser.interviews.all().to_vec();
        all.push(unreadable.clone());
        shelf.browser.scanned(Library { interviews: all, is_partial: false });
        shelf.browser.arrange();
        assert_snapshot!(format!("library-{columns}x{rows}"), shelf.screen());
    }
}

#[test]
fn the_screen_while_narrowing() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut shelf = talks().read(READ).sized(columns, rows);
        shelf.keys("/ ada");
        let (x, y) = shelf.buffer().1.unwrap();
        let screen = format!("{}cursor: column {x}, row {y}\n", shelf.screen());
        assert_snapshot!(format!("library-narrowed-{columns}x{rows}"), screen);
    }
}
