//! The outline and the list of notes.

use interleaf::app::{Action, Mode, Mouse};

use crate::commands::{FERRY, long};
use crate::support::session::Session;

const TOPICS: &str = "
    = Growing up on the rock
    Q: Why?
    A: Because.
    == Storms
    Q: And the storms?
    A: There were storms.
    = The night of the relay
    Q: What happened?
    A: Nothing happened.
    = Money
    Q: How much?
    A: Little.
";

#[test]
fn typing_narrows_the_outline_and_enter_goes_there() {
    let mut session = Session::new(TOPICS);
    session.keys("t relay");
    assert_eq!(session.topics(), ["The night of the relay"]);
    session.keys("Enter");
    assert_eq!(session.here(), "|What happened?");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(session.topics().len(), 4);
}

#[test]
fn the_filter_is_fuzzy() {
    let mut session = Session::new(TOPICS);
    session.keys("t ngtrly");
    assert_eq!(session.topics(), ["The night of the relay"]);
}

#[test]
fn a_filter_that_fits_nothing_leaves_one_where_one_is() {
    let mut session = Session::new(TOPICS);
    session.keys("t zeppelin");
    assert_eq!(session.topics(), [""; 0]);
    session.keys("Backspace Backspace Backspace Backspace Backspace Backspace Backspace Backspace");
    assert_eq!(session.topics().len(), 4);
}

#[test]
fn esc_first_takes_the_filter_off_and_then_leaves() {
    let mut session = Session::new(TOPICS);
    session.keys("t money Esc");
    assert_eq!((session.mode(), session.topics().len()), (Mode::Outline, 4));
    session.keys("Esc");
    assert_eq!(session.mode(), Mode::Reading);
    assert_eq!(session.here(), "|Why?");
}

#[test]
fn the_outline_opens_on_the_current_topic_and_marks_it_while_one_scrolls() {
    let mut session = Session::new(TOPICS).sized(120, 12);
    assert!(session.row(0).starts_with('▸'), "{}", session.screen());
    session.keys("5 }");
    let (_, y) = session.find("▸");
    assert!(session.row(y).starts_with("▸ 2 The night of the"), "{}", session.screen());
    session.keys("t Enter");
    assert_eq!(session.here(), "|What happened?");
}

#[test]
fn folding_hides_the_topics_within() {
    let mut session = Session::new(TOPICS);
    session.keys("t Left");
    assert_eq!(session.topics(), ["Growing up on the rock", "The night of the relay", "Money"]);
    session.keys("Right");
    assert_eq!(session.topics().len(), 4);
}

#[test]
fn a_click_on_a_topic_goes_there() {
    let mut session = Session::new(TOPICS).sized(120, 30);
    let at = session.find("3 Money");
    session.click(at);
    assert_eq!(session.here(), "|How much?");
}

#[test]
fn on_a_narrow_screen_the_outline_lies_over_the_text_and_goes_when_left() {
    let mut session = Session::new(TOPICS);
    assert!(!session.screen().contains('│'));
    session.keys("t");
    assert!(session.screen().contains('│'), "{}", session.screen());
    session.keys("Esc");
    assert!(!session.screen().contains('│'), "{}", session.screen());
}

/// Two highlights, a note and a follow-up.
fn with_notes() -> Session {
    let mut session = Session::new(FERRY);
    session.keys("} h } a 'So young.' Esc # age Enter } f 'Ask the harbour.' Esc } h g");
    assert_eq!(session.notes().len(), 4);
    session
}

#[test]
fn the_list_of_notes_narrows_as_one_types() {
    let mut session = with_notes();
    session.keys("A / harb");
    assert_eq!(session.listed(), ["follow-up open “And who steered after that?”: Ask the harbour."]);
    session.keys("Enter");
    assert_eq!(session.mode(), Mode::Notes);
    session.keys("Esc");
    assert_eq!(session.listed().len(), 4);
}

#[test]
fn the_list_is_narrowed_by_tag_status_kind_and_speaker() {
    for (words, count) in [("age", 1), ("open", 1), ("highlight", 2), ("bellis", 2), ("follow", 1)] {
        let mut session = with_notes();
        session.keys("A /");
        session.type_in(words);
        assert_eq!(session.listed().len(), count, "{words}: {:?}", session.listed());
    }
}

#[test]
fn kinds_go_round_and_esc_shows_all() {
    let mut session = with_notes();
    session.keys("A f");
    assert_eq!(session.listed().len(), 2);
    session.keys("f");
    assert_eq!(session.listed().len(), 1);
    session.keys("Esc");
    assert_eq!(session.listed().len(), 4);
}

#[test]
fn enter_goes_to_the_words_of_the_chosen_note() {
    let mut session = with_notes();
    session.keys("A j j Enter");
    assert_eq!(session.here(), "|And who steered after that?");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn a_note_is_edited_tagged_moved_on_and_deleted_from_the_list() {
    let mut session = with_notes();
    session.keys("A j j e ' Twice.' Esc");
    assert_eq!(session.mode(), Mode::Notes);
    session.keys("s # urgent Enter");
    assert_eq!(session.listed()[2], "follow-up asked “And who steered after that?” #urgent: Ask the harbour. Twice.");
    session.keys("x");
    assert_eq!(session.listed().len(), 3);
    session.keys("u u u u");
    assert_eq!(session.listed()[2], "follow-up open “And who steered after that?”: Ask the harbour.");
}

#[test]
fn notes_are_sorted_by_text_time_and_tag() {
    let mut session = with_notes();
    session.keys("A o");
    assert!(session.listed()[0].starts_with("highlight “I did"), "{:?}", session.listed());
    session.keys("o");
    assert!(session.listed()[0].contains("#age"), "{:?}", session.listed());
    session.keys("o");
    assert!(session.listed()[0].contains("When did"), "{:?}", session.listed());
}

#[test]
fn a_click_in_the_list_goes_to_the_note() {
    let mut session = with_notes();
    session.keys("A");
    let at = session.find("Ask the harbour.");
    session.click(at);
    assert_eq!(session.here(), "|And who steered after that?");
}

#[test]
fn the_margin_of_a_wide_screen_shows_notes_beside_their_lines() {
    let mut session = with_notes().sized(120, 40);
    session.keys("g");
    let (_, words) = session.find("And who steered");
    let (x, note) = session.find("◆ follow-up");
    assert_eq!(words, note, "{}", session.screen());
    session.click((x, note));
    assert_eq!(session.here(), "|And who steered after that?");
}

#[test]
fn notes_in_the_margin_never_cover_each_other() {
    let mut session = Session::new("A: |One two three four five six seven eight nine ten.").sized(120, 40);
    for word in ["first", "second", "third"] {
        session.keys("w i w a");
        session.type_in(&format!("The {word} remark, which is long enough to take more than one line of the margin."));
        session.keys("Esc");
    }
    let screen = session.screen();
    for word in ["first", "second", "third"] {
        assert!(screen.contains(&format!("The {word} remark")), "{screen}");
    }
}

#[test]
fn a_note_is_shown_in_full_on_a_page_that_scrolls() {
    let mut session = Session::new(FERRY);
    session.keys("} a");
    session.act(Action::Paste((1..=60).map(|n| format!("line {n}\n")).collect()));
    session.keys("Esc p");
    session.find("line 1");
    session.keys("G");
    session.find("line 60");
    session.mouse(Mouse::WheelUp, (10, 10));
    session.keys("g");
    session.find("line 1");
    session.keys("q");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn help_shows_the_keys_of_the_mode_one_is_in() {
    for (keys, title) in [
        ("?", "Keys: Reading"),
        ("v w ?", "Keys: Selecting words"),
        ("t F1", "Keys: In the outline"),
        ("A ?", "Keys: In the notes pane"),
    ] {
        let mut session = Session::new(FERRY);
        session.keys(keys);
        session.find(title);
        session.keys("?");
        assert_ne!(session.mode(), Mode::Page, "{title}");
    }
}

#[test]
fn help_names_every_key_of_the_mode() {
    let mut session = Session::new(FERRY);
    session.keys("?");
    let mut shown = session.screen();
    for _ in 0..10 {
        session.keys("Space");
        shown.push_str(&session.screen());
    }
    for key in ["}", "]q", "Ctrl-o", "PageDown", "Shift-Tab", "#"] {
        assert!(shown.contains(key), "{key}");
    }
    assert!(shown.contains("Close the interview"));
}

#[test]
fn the_wheel_over_the_outline_moves_in_the_outline_only() {
    let mut session = Session::new(&long()).sized(120, 24);
    let before = session.app.reading.top;
    session.mouse(Mouse::WheelDown, (3, 3));
    assert_eq!(session.app.reading.top, before);
}

#[test]
fn the_wheel_brings_topics_beyond_the_outline_onto_it() {
    let talk: String = (1..=30).map(|n| format!("= Part {n}\nQ: Why {n}?\nA: Because of the tide.\n")).collect();
    let mut session = Session::new(&talk).sized(120, 24);
    assert!(!session.topics_on_screen().contains("Part 25"), "{}", session.screen());
    for _ in 0..10 {
        session.mouse(Mouse::WheelDown, (3, 3));
    }
    assert!(session.topics_on_screen().contains("Part 25"), "{}", session.screen());
    session.keys("4 }");
    assert!(session.topics_on_screen().contains("Part 3 "), "{}", session.screen());
}

#[test]
fn the_scrollbar_is_dragged_from_wherever_the_mouse_goes() {
    let mut session = Session::new(&long()).sized(80, 24);
    session.mouse(Mouse::Press, (79, 1));
    session.mouse(Mouse::Drag, (40, 12));
    let middle = session.app.percent();
    assert!((35..65).contains(&middle), "{middle}");
    session.mouse(Mouse::Drag, (20, 23));
    assert_eq!(session.app.percent(), 100);
    session.mouse(Mouse::Release, (20, 23));
    assert_eq!(session.mode(), Mode::Reading);
    session.keys("Ctrl-o");
    assert_eq!(session.app.percent(), 0);
}

#[test]
fn dragging_beyond_an_edge_takes_the_text_along() {
    let mut session = Session::new(&long()).sized(80, 24);
    session.mouse(Mouse::Press, session.find("Question 1?"));
    for _ in 0..8 {
        session.mouse(Mouse::Drag, (10, 23));
    }
    session.mouse(Mouse::Release, (10, 23));
    let selected = session.selected();
    assert!(selected.starts_with("Question 1?") && selected.contains("Question 4?"), "{selected}");
}

#[test]
fn the_outline_tells_the_notes_of_each_topic_and_how_much_was_read() {
    let mut session = Session::new(FERRY).sized(120, 24);
    session.keys("} h } a 'Teeth!' Esc");
    let row = |session: &Session, y: u16| session.row(y).chars().take(27).collect::<String>();
    let rows: Vec<String> = (0..6).map(|y| row(&session, y)).collect();
    assert!(rows.iter().any(|row| row.contains("Taking the wheel")), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("•2")), "{rows:?}");
    assert!(!rows[0].contains('┃') || rows[0].contains("Taking"), "{rows:?}");
    session.keys("G");
    let rows: Vec<String> = (0..2).map(|y| row(&session, y)).collect();
    assert!(rows.iter().all(|row| row.contains('┃')), "{rows:?}");
}

#[test]
fn words_typed_behind_a_slash_narrow_a_page() {
    let mut session = Session::new(FERRY);
    session.keys("? / bookmark");
    assert_eq!(session.mode(), Mode::Prompt);
    session.find("Set a bookmark at the cursor");
    assert!(!session.screen().contains("Move a line down."), "{}", session.screen());
    session.keys("Enter");
    assert_eq!(session.mode(), Mode::Page);
    session.keys("Esc");
    session.find("Move a line down.");
    session.keys("/ zebra Backspace Esc");
    session.find("Move a line down.");
    session.keys("Esc");
    assert_eq!(session.mode(), Mode::Reading);
}

#[test]
fn hints_and_messages_name_the_keys_that_are_in_force() {
    let mut session = Session::new(FERRY);
    session.remap("reading", "u", None);
    session.remap("reading", "F5", Some("undo"));
    session.remap("editor", "Esc", Some("new-line"));
    session.remap("page", "Esc", None);
    session.remap("reading", "?", None);
    session.keys("} h");
    assert_eq!(session.message(), "Marked as highlight. F5 takes it back.");
    session.keys("} a");
    session.find("Ctrl-s saves");
    session.keys("Ctrl-s j");
    assert!(session.status().contains("F1 help"), "{}", session.status());
    session.keys("R");
    session.find("q closes");
    session.keys("q F5");
    assert_eq!(session.notes().len(), 0);
}

#[test]
fn who_reads_for_the_first_time_sees_the_first_keys_for_a_while() {
    let mut session = Session::new(&long());
    session.app.welcome();
    let rule = session.app.geometry.rule.unwrap();
    assert!(session.row(rule).contains("Space reads on"), "{}", session.row(rule));
    session.keys("5 j v");
    assert!(session.row(rule).contains("Space reads on"), "{}", session.row(rule));
    session.keys("Esc ? Esc");
    assert_eq!(session.row(rule), "─".repeat(80));
    let mut session = Session::new(&long());
    session.app.welcome();
    session.keys("j j j j j j j j j j j j j j j j j j j j j j j j");
    assert_eq!(session.row(rule), "─".repeat(80));
}

#[test]
fn a_note_in_full_lies_below_its_words_and_gives_the_screen_back_as_it_was() {
    let mut session = Session::sample("lighthouse.txt").sized(80, 18);
    session.keys("] n ] n ] n ] n 2 k");
    let before = session.screen();
    session.keys("p");
    let screen = session.screen();
    assert!(screen.contains("headquarters sent a form to ask whose mattress"), "{screen}");
    assert!(screen.contains("It is in the Port Ansel museum"), "{screen}");
    session.keys("Esc");
    assert_eq!(session.screen(), before);
    // In a window that is another one meanwhile, the place is kept.
    session.keys("p");
    session.act(Action::Resize(60, 18));
    session.keys("Esc");
    assert!(session.screen().contains("whose mattress"), "{}", session.screen());
}
