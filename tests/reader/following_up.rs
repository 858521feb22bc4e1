//! The follow-ups on all interviews, and the search over all of them.

use insta::assert_snapshot;
use interleaf::app::{Action, BrowseEffect, Goal, Listing, Mode, Mouse};
use interleaf::library::Opened;

use crate::support::session::Session;
use crate::support::shelf::Shelf;

#[test]
fn follow_ups_of_all_interviews_stand_in_one_list_by_status() {
    let mut shelf = Shelf::samples();
    shelf.keys("f");
    let statuses: Vec<String> =
        shelf.follow_ups().iter().map(|line| line.trim_start_matches('>').split(':').next().unwrap().into()).collect();
    assert_eq!(statuses, ["open", "open", "asked", "asked", "answered", "answered", "dropped"]);
    let screen = shelf.screen();
    assert!(screen.contains("open  2") && screen.contains("asked  2"), "{screen}");
    assert!(screen.contains("Lighthouses Without Keepers") && screen.contains("The Paper Bridge"), "{screen}");
}

#[test]
fn a_follow_up_opens_its_interview_at_its_words() {
    let mut shelf = Shelf::samples();
    shelf.keys("f j Enter");
    let Some(goal @ Goal::Annotation(id)) = shelf.goal() else { panic!("{:?}", shelf.effects) };
    assert_eq!(shelf.opened(), ["paper-bridge.yaml"]);
    let mut session = Session::sample("paper-bridge.yaml");
    session.app.go_to(goal);
    let quote = session.app.notes.get(id).unwrap().annotation.anchor.quote.clone();
    let here = session.here().replace('|', "");
    assert!(session.here().contains(&format!("|{quote}")) || here.contains(&quote), "{}", session.here());
    session.keys("p");
    session.find("How heavy is one sheet?");
}

#[test]
fn the_list_of_follow_ups_is_narrowed_and_sorted() {
    for (typed, count) in [("asked", 2), ("harbour", 1), ("question paper", 2), ("material/paper", 2), ("zebra", 0)] {
        let mut shelf = Shelf::samples();
        shelf.keys("f /");
        shelf.keys(&format!("'{typed}'"));
        assert_eq!(shelf.follow_ups().len(), count, "{typed}");
    }
    let mut shelf = Shelf::samples();
    shelf.keys("f j o");
    assert_eq!(shelf.follow_ups()[0], "open: Ask the harbour");
    assert_eq!(shelf.follow_ups().iter().position(|line| line.starts_with('>')), Some(4), "{:?}", shelf.follow_ups());
    assert!(shelf.screen().contains("by interview"), "{}", shelf.screen());
    shelf.keys("o");
    assert!(shelf.screen().contains("newest first"), "{}", shelf.screen());
    assert_eq!(shelf.follow_ups()[0], "dropped: Order a copy.");
}

#[test]
fn esc_goes_back_a_step_at_a_time() {
    let mut shelf = Shelf::samples();
    shelf.keys("f / asked Enter Esc");
    assert_eq!((shelf.listing(), shelf.follow_ups().len()), (Listing::FollowUps, 7));
    shelf.keys("Esc");
    assert_eq!(shelf.listing(), Listing::Interviews);
    shelf.keys("f f");
    assert_eq!(shelf.listing(), Listing::Interviews);
}

#[test]
fn tab_goes_round_the_lists() {
    let mut shelf = Shelf::samples();
    for listing in [Listing::FollowUps, Listing::Found, Listing::Interviews] {
        shelf.keys("Tab");
        assert_eq!(shelf.listing(), listing);
    }
    assert_eq!(shelf.mode(), Mode::Library);
    shelf.keys("Shift-Tab");
    assert_eq!((shelf.listing(), shelf.mode()), (Listing::Found, Mode::Prompt));
    shelf.keys("Shift-Tab");
    assert_eq!((shelf.listing(), shelf.mode()), (Listing::FollowUps, Mode::Library));
}

#[test]
fn without_follow_ups_the_list_says_how_to_write_one() {
    let mut shelf = Shelf::new("ferry.txt | The Last Ferry | Tom Bellis | | 2400 words | 0 notes | 0 open");
    shelf.keys("f");
    assert!(shelf.screen().contains("in an interview, f and Q write them"), "{}", shelf.screen());
}

#[test]
fn the_search_finds_words_in_texts_and_notes_as_one_types() {
    let mut shelf = Shelf::samples();
    shelf.keys("S s");
    assert!(shelf.browser.finding.is_empty());
    shelf.keys("torm");
    let screen = shelf.screen();
    assert!(screen.contains("Lighthouses Without Keepers") && screen.contains("The Paper Bridge"), "{screen}");
    assert!(screen.contains("5 hits in 2 interviews"), "{screen}");
    let lines: Vec<usize> = ["Lighthouses", "Mira Okafor", "follow-up", "The Paper Bridge", "note "]
        .iter()
        .map(|words| screen.find(words).unwrap_or_else(|| panic!("{words}: {screen}")))
        .collect();
    assert!(lines.is_sorted(), "{screen}");
    shelf.keys("zzz");
    assert!(shelf.screen().contains("“stormzzz” is in no interview and no note."), "{}", shelf.screen());
}

#[test]
fn a_hit_opens_its_interview_with_all_hits_shown() {
    let mut shelf = Shelf::samples();
    shelf.keys("Ctrl-f storm Down Enter Enter");
    let Some(goal @ Goal::Hit { .. }) = shelf.goal() else { panic!("{:?}", shelf.effects) };
    let mut session = Session::sample("lighthouse.txt");
    session.app.go_to(goal);
    assert!(session.here().contains("|storm, and that was before radar"), "{}", session.here());
    assert!(session.status().contains("2 of 3"), "{}", session.status());
    session.keys("n");
    assert!(session.here().contains("So the |storm I think of"), "{}", session.here());
    session.keys("Ctrl-o Ctrl-o");
}

#[test]
fn a_hit_in_a_note_opens_the_interview_at_that_note() {
    let mut shelf = Shelf::samples();
    shelf.keys("S storm Enter G Enter");
    assert_eq!(shelf.opened(), ["paper-bridge.yaml"]);
    assert!(matches!(shelf.goal(), Some(Goal::Annotation(_))), "{:?}", shelf.goal());
}

#[test]
fn the_search_takes_speakers_and_regular_expressions_and_tells_what_is_wrong() {
    let mut shelf = Shelf::samples();
    shelf.keys("S '@okafor storm'");
    assert_eq!(shelf.browser.finding.hits(), 3, "{}", shelf.screen());
    let mut shelf = Shelf::samples();
    shelf.keys("S 'st(orm|air' Ctrl-r");
    assert!(shelf.screen().contains("no regular expression"), "{}", shelf.screen());
    shelf.keys(")");
    assert!(shelf.browser.finding.hits() >= 5, "{}", shelf.screen());
}

#[test]
fn esc_stops_a_search_and_keeps_what_it_found() {
    let mut shelf = Shelf::samples();
    shelf.keys("S storm Enter");
    let number = shelf.browser.finding.number;
    let found = shelf.browser.finding.len();
    shelf.browser.found_in(number, None, interleaf::library::Progress { done: 4, total: 900 });
    assert!(shelf.screen().contains("0%"), "{}", shelf.screen());
    shelf.keys("Esc");
    assert_eq!(shelf.effects.last(), Some(&BrowseEffect::StopSearch));
    shelf.browser.found_in(number, None, interleaf::library::Progress { done: 5, total: 900 });
    assert_eq!((shelf.browser.finding.progress, shelf.browser.finding.len()), (None, found));
    shelf.keys("Esc");
    assert_eq!(shelf.listing(), Listing::Interviews);
}

#[test]
fn what_was_found_is_there_when_one_comes_back_to_it() {
    let mut shelf = Shelf::samples();
    shelf.keys("S storm Enter j j Esc");
    assert_eq!(shelf.listing(), Listing::Interviews);
    shelf.keys("Shift-Tab");
    assert_eq!((shelf.mode(), shelf.browser.finding.cursor.chosen), (Mode::Library, 2));
    shelf.keys("/ s");
    assert!(shelf.browser.finding.words == "storms", "{}", shelf.browser.finding.words);
}

#[test]
fn no_window_is_too_small_for_the_lists() {
    let mut shelf = Shelf::samples();
    for (columns, rows) in [(1, 1), (20, 6), (21, 9), (30, 10), (40, 16), (60, 17), (109, 24), (110, 24), (300, 90)] {
        shelf = shelf.sized(columns, rows);
        for keys in ["f", "j", "G", "/ as", "Enter", "Esc", "Esc", "S", "storm", "Enter", "j", "G", "Ctrl-u", "Esc"] {
            shelf.keys(keys);
            shelf.buffer();
        }
        shelf.act(Action::Mouse(Mouse::WheelDown, 3, 3));
        shelf.act(Action::Mouse(Mouse::Press, 3, 3));
        shelf.keys("Esc Esc");
    }
}

#[test]
fn hits_are_listed_for_what_the_interview_has_in_it() {
    let mut shelf = Shelf::samples();
    shelf.keys("S keeper Enter");
    let opened = Opened::new("samples/lighthouse.txt".as_ref(), &Default::default()).unwrap();
    let count = opened.interview.text().to_lowercase().matches("keeper").count();
    assert!(shelf.browser.finding.hits() >= count, "{} {count}", shelf.browser.finding.hits());
}

fn screens(name: &str, keys: &str) {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut shelf = Shelf::samples().sized(columns, rows);
        shelf.keys(keys);
        let mut screen = shelf.screen();
        if let (_, Some((x, y))) = shelf.buffer() {
            screen.push_str(&format!("cursor: column {x}, row {y}\n"));
        }
        assert_snapshot!(format!("{name}-{columns}x{rows}"), screen);
    }
}

#[test]
fn the_screen_with_follow_ups() {
    screens("follow-ups", "f j");
}

#[test]
fn the_screen_with_what_was_found() {
    screens("found", "S storm Down");
}

#[test]
fn a_status_is_moved_on_from_the_list_and_back() {
    let mut shelf = Shelf::samples();
    shelf.keys("s");
    assert!(
        shelf.status().starts_with(" Only follow-ups and questions have a status: f lists them."),
        "{}",
        shelf.status()
    );
    shelf.keys("f");
    let first = shelf.browser.follow_ups.chosen().unwrap().clone();
    shelf.keys("s");
    let wanted = |shelf: &Shelf| match shelf.effects.last() {
        Some(BrowseEffect::SetStatus(follow_up, status)) => (follow_up.annotation.id.clone(), status.name()),
        other => panic!("{other:?}"),
    };
    assert_eq!(wanted(&shelf), (first.annotation.id.clone(), "asked"));
    let mut changed = first.clone();
    changed.annotation.status = Some(interleaf::model::Status::Asked);
    shelf.browser.status_set(Ok(changed));
    let asked = shelf.follow_ups().iter().position(|line| line.starts_with('>')).unwrap();
    assert!(shelf.follow_ups()[asked].starts_with(">asked"), "{:?}", shelf.follow_ups());
    assert_eq!(shelf.status().trim(), "Saved as asked. u takes it back.");
    shelf.keys("u");
    assert_eq!(wanted(&shelf), (first.annotation.id.clone(), "open"));
    shelf.keys("Ctrl-r");
    assert_eq!(wanted(&shelf), (first.annotation.id, "asked"));
    shelf.browser.status_set(Err("the disk is full".to_owned()));
    assert_eq!(shelf.status().trim(), "Not saved: the disk is full");
}

#[test]
fn commands_have_names_in_the_lists_too() {
    let mut shelf = Shelf::samples();
    shelf.keys(": 'all-f' Tab Enter");
    assert_eq!(shelf.listing(), Listing::FollowUps);
    shelf.keys(": 'theme li' Tab Enter");
    assert_eq!(shelf.effects.last(), Some(&BrowseEffect::Theme(interleaf::config::Theme::Light)));
    shelf.keys(": Up Up Enter");
    assert_eq!(shelf.listing(), Listing::Interviews);
    shelf.keys(": 'highlight' Enter");
    assert_eq!(shelf.status().trim(), "“highlight” is no command of this list. ? lists them.");
    shelf.keys(": q Enter");
    assert_eq!(shelf.effects.last(), Some(&BrowseEffect::Quit));
}

#[test]
fn what_was_found_is_found_again_without_a_change_of_place() {
    let mut shelf = Shelf::samples();
    shelf.keys("S 'paper' Enter j j j");
    let chosen = shelf.browser.finding.cursor.chosen;
    let before = shelf.screen();
    let Some(BrowseEffect::Search { number, .. }) = shelf.browser.search_again() else { panic!("nothing to search") };
    assert_eq!(shelf.screen(), before);
    shelf.search_ends(number, "paper");
    assert_eq!((shelf.screen(), shelf.browser.finding.cursor.chosen), (before, chosen));
}
