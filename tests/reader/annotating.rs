//! Making, changing, tagging, deleting annotations; undo; what is told of the disk.

use interleaf::app::{Action, Merged, Mode, SaveState};

use crate::commands::FERRY;
use crate::support::session::Session;

#[test]
fn a_highlight_gets_a_note_later_and_a_note_without_words_is_a_highlight() {
    let mut session = Session::new("A: We never lost the |lamp in a storm.");
    session.keys("i w h Left a 'Which lamp?' Esc");
    assert_eq!(session.notes(), ["note “lamp”: Which lamp?"]);
    session.keys("e Ctrl-u Esc");
    assert_eq!(session.notes(), ["highlight “lamp”"]);
}

#[test]
fn annotations_overlap_and_the_smaller_one_is_at_the_cursor() {
    let mut session = Session::new("A: We never lost the |lamp in a storm.");
    session.keys("i w h i s h Esc");
    assert_eq!(session.notes(), ["highlight “We never lost the lamp in a storm.”", "highlight “lamp”"]);
    session.put_cursor(interleaf::model::Position::new(0, 19));
    session.keys("x");
    assert_eq!(session.notes(), ["highlight “We never lost the lamp in a storm.”"]);
}

#[test]
fn a_note_on_several_paragraphs_holds_to_all_of_them() {
    let mut session = Session::new("A: I was |eleven.\nHe was old.");
    session.keys("i t a Age Esc");
    assert_eq!(session.notes(), ["note “I was eleven.\n\nHe was old.”: Age"]);
}

#[test]
fn leaving_an_empty_note_adds_nothing() {
    let mut session = Session::new(FERRY);
    session.keys("} a Esc");
    assert_eq!(session.notes(), [""; 0]);
    assert_eq!(session.message(), "Nothing was written, so nothing was added.");
    assert_eq!(session.saves, 0);
}

#[test]
fn a_follow_up_needs_no_words() {
    let mut session = Session::new(FERRY);
    session.keys("3 } f Esc");
    assert_eq!(session.notes(), ["follow-up open “And who steered after that?”"]);
}

#[test]
fn the_status_of_a_follow_up_goes_round() {
    let mut session = Session::new(FERRY);
    session.keys("3 } f Esc s");
    assert_eq!(session.message(), "Now asked.");
    session.keys("s s s");
    assert_eq!(session.notes(), ["follow-up open “And who steered after that?”"]);
    session.keys("g } h s");
    assert_eq!(session.message(), "Only follow-ups and questions have a status.");
}

#[test]
fn every_change_is_undone_and_done_again_in_order() {
    let mut session = Session::new(FERRY);
    session.keys("} h ] q f Ask Esc s # urgent Enter x");
    assert_eq!(session.notes().len(), 1);
    let mut states = vec![session.notes()];
    for _ in 0..5 {
        session.keys("u");
        states.push(session.notes());
    }
    assert_eq!(states[5], [""; 0]);
    session.keys("u");
    assert_eq!(session.message(), "Nothing to undo.");
    for state in states.iter().rev().skip(1) {
        session.keys("Ctrl-r");
        assert_eq!(session.notes(), *state);
    }
    session.keys("Ctrl-r");
    assert_eq!(session.message(), "Nothing to do again.");
}

#[test]
fn undo_goes_to_where_the_change_was() {
    let mut session = Session::new(&crate::commands::long());
    session.keys("} h G u");
    assert!(session.here().starts_with("|Answer 1,"), "{}", session.here());
}

#[test]
fn a_new_change_forgets_what_could_have_been_done_again() {
    let mut session = Session::new(FERRY);
    session.keys("} h u m Ctrl-r");
    assert_eq!(session.notes(), ["bookmark “When did you first take the wheel?”"]);
}

#[test]
fn tags_are_completed_from_those_in_use() {
    let mut session = Session::new(FERRY);
    session.keys("} h # money/capex Enter } h # cap");
    session.find("money/capex");
    session.keys("Tab Enter");
    assert_eq!(session.notes()[1], "highlight “I was eleven.” #money/capex");
}

#[test]
fn a_second_tag_is_completed_behind_the_comma() {
    let mut session = Session::new(FERRY);
    session.keys("} h # 'sea, uncles' Enter } h # 'sea, un' Tab Enter");
    assert_eq!(session.notes()[1], "highlight “I was eleven.” #sea #uncles");
}

#[test]
fn the_tags_of_an_annotation_are_there_to_be_changed() {
    let mut session = Session::new(FERRY);
    session.keys("} h # 'sea, uncles' Enter # Ctrl-u salt Enter");
    assert_eq!(session.notes(), ["highlight “When did you first take the wheel?” #salt"]);
    session.keys("# Ctrl-u Enter");
    assert_eq!(session.notes(), ["highlight “When did you first take the wheel?”"]);
}

#[test]
fn tagging_a_selection_highlights_it() {
    let mut session = Session::new("A: We never lost the |lamp in a storm.");
    session.keys("i w # light Enter");
    assert_eq!(session.notes(), ["highlight “lamp” #light"]);
}

#[test]
fn a_hot_key_without_a_tag_says_where_to_define_one() {
    let mut session = Session::new("A: We never lost the |lamp in a storm.");
    session.keys("i w 4");
    assert!(session.message().contains("annotations/tags.yaml"), "{}", session.message());
}

#[test]
fn an_own_topic_stands_in_the_outline_and_goes_with_undo() {
    let mut session = Session::new(FERRY);
    session.keys("2 } T 'His teeth' Enter");
    assert_eq!(session.topics(), ["Taking the wheel", "His teeth", "Forty years"]);
    session.keys("u");
    assert_eq!(session.topics(), ["Taking the wheel", "Forty years"]);
}

#[test]
fn a_change_is_saved_at_once_and_nothing_is_saved_without_one() {
    let mut session = Session::new(FERRY);
    session.keys("} Space t Esc A Esc / urn Enter v w Esc y c d d d");
    assert_eq!(session.saves, 0);
    session.keys("g } h");
    assert_eq!(session.saves, 1);
    assert!(!session.status().contains("saving"), "{}", session.status());
}

#[test]
fn what_cannot_be_saved_is_kept_said_and_asked_about_before_the_end() {
    let mut session = Session::new(FERRY);
    session.disk_fault =
        Some("a/long/way/down/to/annotations/ferry.txt.yaml: cannot be written: the disk is full".to_owned());
    session.keys("} h");
    assert!(session.message().contains("the disk is full"), "{}", session.message());
    session.keys("j");
    assert!(session.status().contains("NOT SAVED"), "{}", session.status());
    session.keys("q");
    assert_eq!(session.mode(), Mode::Confirm);
    assert!(session.status().starts_with(" Lose what is not saved?"), "{}", session.status());
    assert!(session.status().ends_with("y/n"), "{}", session.status());
    session.keys("n");
    assert!(!session.has_quit());
    session.keys("q y");
    assert!(session.has_quit());
}

#[test]
fn a_later_save_makes_up_for_one_that_failed() {
    let mut session = Session::new(FERRY);
    session.disk_fault = Some("the disk is full".to_owned());
    session.keys("} h");
    session.disk_fault = None;
    session.keys("} h");
    assert_eq!(session.app.notes.save, SaveState::Saved);
    session.keys("q");
    assert!(session.has_quit());
}

#[test]
fn a_save_that_succeeds_after_all_takes_the_word_of_its_failure_away() {
    let mut session = Session::new(FERRY);
    session.keys("} h");
    session.act(Action::SaveFailed("no space left".into()));
    assert_eq!(session.message(), "Not saved, kept in memory: no space left");
    session.act(Action::Saved { generation: 1, merged: None, remark: None });
    assert_eq!(session.message(), "Saved.");
    // What is said of something else stays.
    session.keys("} h");
    session.act(Action::Told(Err("The clipboard is gone.".into())));
    session.act(Action::Saved { generation: 2, merged: None, remark: None });
    assert_eq!(session.message(), "The clipboard is gone.");
}

#[test]
fn an_older_save_does_not_pass_for_the_latest() {
    let mut session = Session::new(FERRY);
    session.keys("} h } h");
    session.app.notes.save = SaveState::Saving;
    session.act(Action::Saved { generation: 1, merged: None, remark: None });
    assert_eq!(session.app.notes.save, SaveState::Saving);
}

#[test]
fn what_another_program_wrote_is_taken_in() {
    let mut session = Session::new(FERRY);
    session.keys("} h } m");
    let theirs = session.app.notes.own().into_iter().take(1).collect();
    let merged = Merged { number: 1, annotations: theirs, corrections: Vec::new() };
    session.act(Action::Saved { generation: 2, merged: Some(merged), remark: Some("Merged.".into()) });
    assert_eq!(session.notes(), ["highlight “When did you first take the wheel?”"]);
    assert_eq!(session.message(), "Merged.");
}

#[test]
fn read_only_notes_can_be_read_but_nothing_changes() {
    let mut session = Session::new(FERRY);
    session.keys("} h");
    session.app.notes.read_only = Some("ferry.txt.yaml:3:7: a colon is missing".to_owned());
    for keys in ["a", "h", "f", "Q", "m", "T", "#", "e", "x", "s", "."] {
        session.keys("g }").keys(keys);
        assert!(session.message().contains("3:7"), "{keys}: {}", session.message());
        assert_eq!(session.mode(), Mode::Reading, "{keys}");
    }
    session.keys("A x");
    assert!(session.message().contains("3:7"), "{}", session.message());
    assert_eq!(session.saves, 1);
    assert_eq!(session.notes(), ["highlight “When did you first take the wheel?”"]);
    assert!(session.keys("j").status().contains("read-only"), "{}", session.status());
}

#[test]
fn copying_says_who_said_it_where_and_when() {
    let mut session = Session::new(FERRY);
    let at = session.find("uncle");
    session.click(at);
    session.keys("i w y");
    assert_eq!(session.copied(), Some("“uncle” — Tom Bellis, *The Last Ferry*, 00:00:09"));
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn export_takes_a_format_and_a_file() {
    let mut session = Session::new(FERRY);
    session.keys("E Enter : 'export json notes.json' Enter");
    assert_eq!(session.wants(), ["export markdown", "export json to notes.json"]);
    session.keys("E papyrus Enter");
    assert!(session.message().contains("papyrus"), "{}", session.message());
}

#[test]
fn a_mistyped_command_says_how_to_find_the_right_one() {
    let mut session = Session::new(FERRY);
    session.keys(": exprot Enter");
    assert!(session.message().contains("Tab completes"), "{}", session.message());
    session.keys(": exp Tab Enter");
    assert_eq!(session.mode(), Mode::Prompt);
}

#[test]
fn a_follow_up_is_due_on_a_day_or_in_some_days() {
    let mut session = Session::new(FERRY);
    session.keys("} f 'Ask Nan.' Esc : 'due 2026-12-24' Enter");
    assert_eq!(session.message(), "Due 2026-12-24. u takes it back.");
    let due = |session: &Session| session.app.notes.own()[0].due.map(|due| due.to_string());
    assert_eq!(due(&session).as_deref(), Some("2026-12-24"));
    session.keys("p");
    session.find("follow-up  open  due 2026-12-24");
    session.keys("Esc : 'due +7' Enter");
    assert_eq!(due(&session).as_deref(), Some("2026-12-01"));
    session.keys(": 'due soon' Enter");
    assert!(session.message().contains(":due +7"), "{}", session.message());
    session.keys(": 'due' Enter");
    assert_eq!(due(&session), None);
    session.keys("u");
    assert_eq!(due(&session).as_deref(), Some("2026-12-01"));
    let mut session = Session::new(FERRY);
    session.keys("} h : 'due +1' Enter");
    assert_eq!(session.message(), "Only follow-ups and questions are due.");
}

#[test]
fn the_status_is_that_of_the_follow_up_whatever_else_is_marked_there() {
    let mut session = Session::new(FERRY);
    session.keys("] q i s h m f 'Who said so?' Esc s");
    assert_eq!(session.message(), "Now asked.");
    session.keys(": 'due 2027-01-05' Enter");
    assert!(session.message().starts_with("Due 2027-01-05"), "{}", session.message());
}
