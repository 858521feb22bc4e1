//! How the interview is shown: dialogue modes, languages, names, marks.

use interleaf::app::Mode;
use interleaf::layout::Bilingual;
use ratatui::style::Modifier;

use crate::commands::{FERRY, long};
use crate::support::screen;
use crate::support::session::Session;

#[test]
fn questions_only_then_one_speaker_then_all() {
    let mut session = Session::new(FERRY);
    session.keys("2 } d");
    let questions = session.screen();
    assert!(questions.contains("And who steered") && !questions.contains("I did, for forty"), "{questions}");
    session.keys("d");
    let asked = session.screen();
    assert!(asked.contains("And who steered") && !asked.contains("I did, for forty"), "{asked}");
    session.keys("d");
    assert!(session.screen().contains("I did, for forty"), "{}", session.screen());
}

#[test]
fn what_one_speaker_says_is_all_that_is_moved_through() {
    let mut session = Session::new("Q: One?\nA: Two.\nB: |Three.\nQ: Four?\nB: Five.\nA: Six.");
    session.keys("d");
    session.put_cursor(interleaf::model::Position::new(3, 0));
    session.keys("d }");
    assert_eq!(session.mode(), Mode::Reading);
    let screen = session.screen();
    assert!(!screen.contains("Two.") && !screen.contains("Five."), "{screen}");
}

#[test]
fn esc_shows_all_turns_again() {
    let mut session = Session::new(FERRY);
    session.keys("2 } d Esc");
    assert!(session.screen().contains("I did, for forty"), "{}", session.screen());
}

#[test]
fn a_search_among_questions_finds_only_what_is_shown() {
    let mut session = Session::new(FERRY);
    session.keys("} d / for");
    assert_eq!(session.app.searching.hits.len(), 0);
    session.keys("Esc Esc / for");
    assert_eq!(session.app.searching.hits.len(), 4);
}

const BILINGUAL: &str = "
    Q: When did you first take the wheel?
    > 您第一次掌舵是什么时候？
    A: I was eleven.
    > 我那年十一岁。
    Nobody asked.
    > 没人问过。
";

#[test]
fn one_key_goes_through_the_languages() {
    let mut session = Session::new(BILINGUAL);
    let mut seen = Vec::new();
    for _ in 0..4 {
        session.keys("B");
        seen.push(session.app.view.bilingual);
    }
    assert_eq!(seen, [Bilingual::Interleaved, Bilingual::SideBySide, Bilingual::Translation, Bilingual::Original]);
}

#[test]
fn both_languages_stand_on_one_line_side_by_side() {
    let mut session = Session::new(BILINGUAL).sized(100, 24);
    session.keys("B B");
    assert_eq!(session.find("I was eleven.").1, session.find("我那年十一岁。").1, "{}", session.screen());
}

#[test]
fn the_translation_takes_the_place_of_the_original() {
    let mut session = Session::new(BILINGUAL);
    session.keys("B B B");
    assert!(!session.screen().contains("I was eleven."), "{}", session.screen());
    session.keys("2 } h");
    assert_eq!(session.notes(), ["highlight “我那年十一岁。”"]);
}

#[test]
fn the_other_language_keeps_the_place() {
    let mut session = Session::new(BILINGUAL);
    session.keys("} } B B B");
    assert_eq!(session.here(), "|我那年十一岁。");
    session.keys("B");
    assert_eq!(session.here(), "|I was eleven.");
}

#[test]
fn progress_is_counted_in_the_original_whichever_language_is_shown() {
    let turn = |n: u32| format!("A: Answer {n}, at some length, as it was given.\n> 第{n}个回答，相当长，一如所说。\n");
    let mut session = Session::new(&(1..=100).map(turn).collect::<String>());
    session.keys("5 1 G");
    assert!((49..=51).contains(&session.app.percent()), "{}", session.app.percent());
    session.keys("B B B");
    assert!((49..=51).contains(&session.app.percent()), "{}", session.app.percent());
    session.keys("B 2 5 %");
    assert!(session.here().contains("Answer 26"), "{}", session.here());
    let bar = session.app.geometry.scrollbar;
    let thumb = (0..bar.height).filter(|row| session.row(bar.y + row).ends_with('▐')).max().unwrap();
    assert!((4..8).contains(&thumb), "{}", session.screen());
}

#[test]
fn without_a_translation_there_is_nothing_to_change_to() {
    let mut session = Session::new(FERRY);
    session.keys("B");
    assert_eq!(session.message(), "This interview has no translation.");
}

#[test]
fn a_narrower_text_keeps_the_first_line() {
    let mut session = Session::new(&long());
    session.keys("7 G");
    session.keys("9 - 9 - 9 -");
    assert_eq!(session.top(), "ADA PRYCE");
    assert_eq!(session.here(), "|Question 4?");
}

#[test]
fn questions_differ_from_answers_without_colour() {
    let mut session = Session::new(FERRY);
    session.theme.colors = interleaf::ui::Colors::None;
    let (buffer, _) = session.buffer();
    let weight = |at| buffer[at].modifier.contains(Modifier::BOLD);
    assert!(weight(session.find("When did you")));
    assert!(!weight(session.find("I was eleven")));
}

#[test]
fn marks_show_without_colour() {
    let mut session = Session::new("A: We never lost the |lamp in a storm.");
    session.theme.colors = interleaf::ui::Colors::None;
    session.keys("i w h Esc");
    let (buffer, _) = session.buffer();
    let look = |words| buffer[session.find(words)].modifier;
    assert_ne!(look("lamp"), look("storm"));
    session.keys("/ storm Enter");
    let (buffer, _) = session.buffer();
    assert!(buffer[session.find("storm")].modifier.contains(Modifier::REVERSED));
}

#[test]
fn no_colour_means_none_at_all() {
    let mut session = Session::sample("lighthouse.txt").sized(120, 40);
    session.theme.colors = interleaf::ui::Colors::None;
    for keys in ["", "Space", "t", "Esc A", "Esc ?", "Esc } a"] {
        session.keys(keys);
        let styled = screen::styled(&session.buffer().0);
        assert!(!styled.contains('#') || !styled.contains("on #"), "{styled}");
        for cell in session.buffer().0.content() {
            assert_eq!(
                (cell.fg, cell.bg),
                (ratatui::style::Color::Reset, ratatui::style::Color::Reset),
                "after {keys}"
            );
        }
    }
}

#[test]
fn stage_directions_are_dimmed() {
    let session = Session::new("A: [laughs] So he said (applause) it was [inaudible 00:12:03] again.");
    let (buffer, _) = session.buffer();
    let look = |words| buffer[session.find(words)].style();
    assert_eq!(look("[laughs]"), look("(applause)"));
    assert_eq!(look("[laughs]"), look("[inaudible"));
    assert_ne!(look("[laughs]"), look("So he"));
}

#[test]
fn escape_sequences_are_shown_as_marks() {
    let session = Session::new("A: Red \u{1b}[31mand\u{7} \u{202e}back\u{9b}2J here.");
    session.find("Red ␛[31mand␇");
    for cell in session.buffer().0.content() {
        assert!(!cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}'), "{:?}", cell.symbol());
    }
}

#[test]
fn the_colours_are_chosen_on_the_command_line() {
    let mut session = Session::new(FERRY);
    session.keys(": 'theme light' Enter");
    assert_eq!(session.wants(), ["theme light"]);
    session.keys(": 'theme hi' Tab Enter");
    assert_eq!(session.wants(), ["theme light", "theme high-contrast"]);
    session.keys(": 'theme puce' Enter");
    assert_eq!(session.message(), "Which colours? :theme auto, dark, light, high-contrast.");
}

#[test]
fn a_speaker_is_named_on_the_command_line() {
    let mut session = Session::new("Q: Why?\nA: |Because.");
    session.keys(": 'speaker Nan Reed' Enter");
    assert!(session.screen().contains("NAN REED"), "{}", session.screen());
    session.keys("u : 'speaker pry' Tab Enter");
    assert!(!session.screen().contains("TOM BELLIS"), "{}", session.screen());
}

#[test]
fn what_is_gone_to_is_shown_though_its_answer_was_hidden() {
    let mut session = Session::new("Q: Why?\nA: Because.\nQ: How?\nA: Slowly, and |twice.\nAnd so on.\nQ: And then?");
    session.keys("i s h g d");
    assert!(!session.screen().contains("Slowly"), "{}", session.screen());
    session.keys("] n");
    assert_eq!(session.here(), "|Slowly, and twice.");
    assert!(session.screen().contains("Slowly") && session.screen().contains("And so on."), "{}", session.screen());
    assert!(!session.screen().contains("Because"), "{}", session.screen());
    // Of one speaker only, what another says is in the full text.
    session.keys("g d");
    assert!(!session.screen().contains("Slowly"), "{}", session.screen());
    session.keys("] n");
    assert!(session.screen().contains("Slowly") && session.screen().contains("Because"), "{}", session.screen());
}

#[test]
fn questions_are_shown_from_where_one_is_in_the_translation() {
    let mut session = Session::new("Q: Why?\n> Warum?\nA: Because.\n> Darum.\nQ: How?\n> Wie?\nA: So.\n> So.");
    session.keys("B B B");
    assert_eq!(session.here(), "|Warum?");
    session.keys("d");
    assert_eq!(session.here(), "|Warum?");
}
