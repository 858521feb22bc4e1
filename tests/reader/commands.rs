//! Every command does what its sentence says: one example each. A command without one does not compile.

use std::panic;

use interleaf::app::{Command, Mode, Over, SaveState};
use interleaf::layout::{Bilingual, Dialogue};
use interleaf::model::{Role, Tag, TagDefinition, TurnIndex};

use crate::layers::shared;
use crate::reviewing::rewritten;
use crate::settling::torn;
use crate::support::session::Session;

/// A talk that fits on a screen.
pub(crate) const FERRY: &str = "
    # The Last Ferry
    It was raining on the slipway.
    = Taking the wheel
    Q 0:04: When did you first take the wheel?
    A 0:09: I was eleven. My uncle had gone below to look for his teeth.
    He found them in the tea urn, you know.
    = Forty years
    Q 0:31: And who steered after that?
    A 0:35: I did, for forty years. Nobody asked for it back.
    ---
    Tom Bellis lives in Sallow Creek.
";

/// A talk of many pages: thirty questions, each with an answer of a few lines.
pub(crate) fn long() -> String {
    let answer = "and the tide came in over the slipway, as it does, while the harbour master looked for his hat ";
    let mut talk = "# A Long Talk\n".to_owned();
    for number in 1..=30 {
        talk.push_str(&format!("Q: Question {number}?\nA: Answer {number}, {}.\n", answer.repeat(4).trim_end()));
    }
    talk
}

/// Presses keys in a document in which the cursor is marked.
fn keyed(document: &str, keys: &str) -> Session {
    let mut session = Session::new(document);
    session.keys(keys);
    session
}

/// Presses keys and looks at the paragraph of the cursor.
fn goes(document: &str, keys: &str, here: &str) -> Session {
    let session = keyed(document, keys);
    assert_eq!(session.here(), here);
    session
}

/// Presses keys in the ferry and looks at its annotations.
fn notes(keys: &str, notes: &[&str]) -> Session {
    let session = keyed(FERRY, keys);
    assert_eq!(session.notes(), notes);
    session
}

/// Presses keys in the long talk and looks at the first row on the screen.
fn tops(keys: &str, top: &str) -> Session {
    let session = keyed(&long(), keys);
    assert!(session.top().starts_with(top), "{}", session.screen());
    session
}

/// Writes in the note editor and looks at the words.
fn writes(keys: &str, words: &str) -> Session {
    let session = keyed(FERRY, &format!("a {keys}"));
    let Some(Over::Editor(editor)) = &session.app.over else { panic!("no editor is open\n{}", session.screen()) };
    assert_eq!(editor.text(), words);
    session
}

/// Types on the bottom line and looks at it.
fn types(keys: &str, line: &str) -> Session {
    let session = keyed(FERRY, keys);
    let Some(Over::Prompt(asking)) = &session.app.over else { panic!("no line is typed\n{}", session.screen()) };
    assert_eq!(asking.prompt.text(), line);
    session
}

/// Tags the word at the cursor with the hot key of that number.
fn tags_by_key(number: u8) -> Session {
    let mut session = Session::new("A: We never lost the |lamp in a storm.");
    session.app.notes.tags = (1..=9)
        .filter_map(|key| {
            let tag = Tag::new(&format!("tag {key}"))?;
            Some(TagDefinition { tag, color: None, description: None, key: Some(key) })
        })
        .collect();
    session.keys(&format!("i w {number}"));
    assert_eq!(session.notes(), [format!("highlight “lamp” #tag {number}")]);
    session
}

/// Corrects how a document was read; undo takes all of it back.
fn corrects(document: &str, keys: &str) -> Session {
    let mut session = keyed(document, keys);
    assert!(!session.app.notes.corrections.is_empty(), "{}", session.message());
    let corrected = session.app.interview().clone();
    let mut before = Session::new(document);
    session.keys("u");
    assert_eq!(session.app.notes.corrections, []);
    assert_eq!(session.app.interview().turns(), before.app.interview().turns());
    assert_eq!(session.app.interview().speakers, before.app.interview().speakers);
    before.keys(keys);
    assert_eq!(before.app.interview().turns(), corrected.turns());
    before
}

/// Opens a panel in a session.
fn in_panel(mut session: Session, keys: &str, mode: Mode) -> Session {
    session.keys(keys);
    assert_eq!(session.mode(), mode, "{}", session.message());
    session
}

/// Settles the first of two conflicts, after which so many annotations are left.
fn settles(keys: &str, count: usize) -> Session {
    let mut session = torn();
    session.keys(keys);
    assert_eq!(session.app.conflicts().count(), 1);
    assert_eq!(session.notes().len(), count);
    session
}

/// A sentence that is said once, and in a later version of the document twice and elsewhere.
const TWICE: &str = "A: We never once lost the lamp in a storm.\nQ: And the boat?";
const TWICE_LATER: &str = "Q: Is this on?\nA: We never once lost the lamp in a storm.\nQ: And the boat?\nA: We never once lost the lamp in a storm.";

const TWO_NOTES: &str = "} h } } f Why Esc g";

fn example(command: Command) -> Session {
    match command {
        Command::LineDown => tops("5 j", "TOM BELLIS"),
        Command::LineUp => tops("1 2 j 7 k", "TOM BELLIS"),
        Command::PageDown => {
            let last_but_one = keyed(&long(), "").text_rows().iter().rev().nth(1).unwrap().clone();
            tops("Space", &last_but_one)
        }
        Command::PageUp => tops("Space Space b b", "A Long Talk"),
        Command::HalfPageDown => tops("Ctrl-d", "and the tide came in over the slipway"),
        Command::HalfPageUp => tops("Ctrl-d Ctrl-d Ctrl-u", "and the tide came in over the slipway"),
        Command::Top => {
            tops("1 1 g", "ADA PRYCE");
            tops("G g", "A Long Talk")
        }
        Command::Bottom => {
            goes(&long(), "5 G", "|Question 3?");
            let session = keyed(&long(), "G");
            assert!(session.screen().contains("Answer 30,"));
            assert_eq!(session.app.percent(), 100);
            session
        }
        Command::Percent => {
            let session = keyed(&long(), "5 0 %");
            assert!((49..=51).contains(&session.app.percent()), "{}", session.app.percent());
            session
        }
        Command::NextTurn => goes(FERRY, "} }", "|I was eleven. My uncle had gone below to look for his teeth."),
        Command::PreviousTurn => goes(FERRY, "3 } {", "|I was eleven. My uncle had gone below to look for his teeth."),
        Command::NextQuestion => goes(FERRY, "2 ] q", "|And who steered after that?"),
        Command::PreviousQuestion => goes(FERRY, "4 } [ q", "|And who steered after that?"),
        Command::NextTopic => goes(FERRY, "] t ] t", "|And who steered after that?"),
        Command::PreviousTopic => goes(FERRY, "2 ] t [ t", "|When did you first take the wheel?"),
        Command::NextNote => goes(FERRY, &format!("{TWO_NOTES} ] n"), "|When did you first take the wheel?"),
        Command::PreviousNote => goes(FERRY, &format!("{TWO_NOTES} G [ n [ n"), "|When did you first take the wheel?"),
        Command::NextFollowUp => goes(FERRY, &format!("{TWO_NOTES} ] f"), "|And who steered after that?"),
        Command::PreviousFollowUp => goes(FERRY, &format!("{TWO_NOTES} G [ f"), "|And who steered after that?"),
        Command::NextHit => goes(FERRY, "/ forty Enter n", "I did, for |forty years. Nobody asked for it back."),
        Command::PreviousHit => goes(FERRY, "/ the Enter n n N", "When did you first take |the wheel?"),
        Command::JumpBack => goes(FERRY, "} } Ctrl-o", "|When did you first take the wheel?"),
        Command::JumpForward => goes(FERRY, "} } 2 Ctrl-o Ctrl-i", "|When did you first take the wheel?"),
        Command::ScreenMiddle => {
            let session = keyed(&long(), "2 Space z m");
            let (_, cursor) = session.buffer();
            assert_eq!(cursor, None);
            let (_, bar) = session.find("▎");
            assert!((12..15).contains(&bar), "{}", session.screen());
            session
        }
        Command::NextWord => goes("A: |I was eleven.", "2 w", "I was |eleven."),
        Command::PreviousWord => goes("A: I was |eleven.", "v b", "I [|was ]eleven."),
        Command::WordEnd => goes("A: |I was eleven.", "v e e", "[I was|] eleven."),
        Command::NextSentence => goes("A: |I was. You were.", ")", "I was. |You were."),
        Command::PreviousSentence => goes("A: I was. You |were.", "( (", "|I was. You were."),
        Command::NextCharacter => goes("A: |e\u{301}te\u{301}", "Right", "e\u{301}|te\u{301}"),
        Command::PreviousCharacter => goes("A: 灯塔|!", "Left", "灯|塔!"),
        Command::LineStart => goes("A: I was |eleven.", "0", "|I was eleven."),
        Command::LineEnd => goes("A: |I was eleven.", "$", "I was eleven.|"),
        Command::Select => {
            goes("A: |I was eleven.", "v w v w", "I was |eleven.");
            goes("A: |I was eleven.", "v w", "[I |]was eleven.")
        }
        Command::SelectWord => goes("A: I was ele|ven.", "i w", "I was [eleven|]."),
        Command::SelectSentence => goes("A: I was. You we|re. So.", "i s", "I was. [You were.|] So."),
        Command::SelectParagraph => goes("A: I was. You we|re.", "i p", "[I was. You were.|]"),
        Command::SelectTurn => goes("A: I was.\nYou we|re.\nQ: So?", "i t", "[I was. / You were.|]"),
        Command::SwapEnds => goes("A: I |was eleven.", "v w o b", "[|I was ]eleven."),
        Command::Note => notes("} a Why? Ctrl-s", &["note “When did you first take the wheel?”: Why?"]),
        Command::Highlight => notes("2 } h", &["highlight “I was eleven.”"]),
        Command::FollowUp => notes("3 } f Ask. Esc", &["follow-up open “And who steered after that?”: Ask."]),
        Command::Question => notes("3 } Q Who? Esc", &["question open “And who steered after that?”: Who?"]),
        Command::Bookmark => {
            notes("2 } m m", &[]);
            notes("2 } m", &["bookmark “I was eleven.”"])
        }
        Command::OwnTopic => {
            let session = notes("2 } T Teeth Enter", &["topic “I was eleven.”: Teeth"]);
            assert!(session.topics().contains(&"Teeth".to_owned()));
            session
        }
        Command::RepeatMark => notes(
            "} i p # wheel Enter } .",
            &["highlight “When did you first take the wheel?” #wheel", "highlight “I was eleven.” #wheel"],
        ),
        Command::Tag => notes("2 } h # 'age, uncles' Enter", &["highlight “I was eleven.” #age #uncles"]),
        Command::Tag1 => tags_by_key(1),
        Command::Tag2 => tags_by_key(2),
        Command::Tag3 => tags_by_key(3),
        Command::Tag4 => tags_by_key(4),
        Command::Tag5 => tags_by_key(5),
        Command::Tag6 => tags_by_key(6),
        Command::Tag7 => tags_by_key(7),
        Command::Tag8 => tags_by_key(8),
        Command::Tag9 => tags_by_key(9),
        Command::Edit => notes("2 } h e 'So young.' Esc", &["note “I was eleven.”: So young."]),
        Command::Delete => notes("2 } h x", &[]),
        Command::CycleStatus => notes("3 } f Ask Esc s s", &["follow-up answered “And who steered after that?”: Ask"]),
        Command::ShowNotes => {
            let session = keyed(FERRY, "3 } f 'Ask the harbour.' Esc p");
            assert_eq!(session.mode(), Mode::Page);
            session.find("Ask the harbour.");
            session
        }
        Command::Undo => notes("2 } h m u u", &[]),
        Command::Redo => notes("2 } h u Ctrl-r", &["highlight “I was eleven.”"]),
        Command::Search => goes(FERRY, "/ urn", "He found them in the tea |urn, you know."),
        Command::SearchWord => goes("A: A |lamp.\nThe lamp.", "*", "The |lamp."),
        Command::Copy => {
            let session = keyed(FERRY, "2 } y");
            assert_eq!(session.copied(), Some("“I was eleven.” — Tom Bellis, *The Last Ferry*, 00:00:09"));
            session
        }
        Command::SetSpeaker => {
            let session = corrects("A: |I was eleven.\nHe was old.", "S 'Nan Reed' Enter");
            assert!(session.screen().contains("NAN REED") && !session.screen().contains("TOM BELLIS"));
            session
        }
        Command::NextConflict => {
            let mut session = torn();
            session.keys("] c ] c");
            assert_eq!(session.here(), "|And who steered after that?");
            session
        }
        Command::PreviousConflict => {
            let mut session = torn();
            session.keys("G [ c [ c");
            assert_eq!(session.here(), "|When did you first take the wheel?");
            session
        }
        Command::SetMark => goes(FERRY, "} M a } ` a", "|When did you first take the wheel?"),
        Command::GoToMark => {
            goes(FERRY, "2 } M b g ` b", "|I was eleven. My uncle had gone below to look for his teeth.")
        }
        Command::Reply => {
            let mut session = shared();
            session.keys("2 } r 'Tall, too.' Esc");
            assert!(session.notes().iter().any(|note| note.ends_with(": Tall, too.")));
            session
        }
        Command::Settle => in_panel(torn(), "C", Mode::Settling),
        Command::KeepMine => settles("C m", 3),
        Command::KeepTheirs => settles("C t", 3),
        Command::KeepBoth => settles("C b", 4),
        Command::Review => in_panel(rewritten(), "O", Mode::Reviewing),
        Command::NextProposal => {
            let session = in_panel(Session::rewritten(TWICE, "i p h", TWICE_LATER, |_| {}), "O n", Mode::Reviewing);
            session.find("2 of 2");
            session
        }
        Command::PreviousProposal => {
            let session = in_panel(Session::rewritten(TWICE, "i p h", TWICE_LATER, |_| {}), "O n N", Mode::Reviewing);
            session.find("1 of 2");
            session
        }
        Command::AcceptAll => {
            let mut session = rewritten();
            session.keys("O A");
            assert_eq!(session.app.to_review().len(), 1);
            session
        }
        Command::KeepOrphan => {
            let mut session = rewritten();
            session.keys("O o");
            assert_eq!(session.app.orphan_count(), 0);
            session
        }
        Command::ToggleLayers => {
            let mut session = shared();
            session.keys("l");
            assert_eq!(session.listed().len(), 1);
            session
        }
        Command::Layers => in_panel(shared(), "z l", Mode::Layers),
        Command::NextDoubtful => goes("Q: Why?\nA?: Because.\nQ?: Oh?", "2 ] d", "|Oh?"),
        Command::PreviousDoubtful => goes("Q: Why?\nA?: Because.\nQ?: |Oh?", "[ d", "|Because."),
        Command::StartTurn => {
            let session = corrects("A: I was eleven.\nHe was |old.", "z s");
            assert_eq!(session.app.interview().turns().len(), 2);
            session
        }
        Command::JoinTurn => {
            let session = corrects("A: I was eleven.\nA: He was |old.", "z j");
            assert_eq!(session.app.interview().turns().len(), 1);
            session
        }
        Command::FrontMatter => {
            let session = corrects("Q: |Here they are.\nA: I was eleven.", "z f");
            assert_eq!(session.app.interview().front(), 1);
            session
        }
        Command::BackMatter => {
            let session = corrects("A: I was eleven.\nA: |Transcribed by ear.", "z b");
            assert_eq!(session.app.interview().back(), 1..2);
            session
        }
        Command::SwapRoles => {
            let session = corrects("Q: |Why?\nA: Because.", "z r");
            assert_eq!(session.app.interview().role_of_turn(TurnIndex(0)), Role::Guest);
            session
        }
        Command::RenameSpeaker => {
            let session = corrects("A: |I was eleven.", "z n Ctrl-u 'Tam Bell' Enter");
            assert!(session.screen().contains("TAM BELL"), "{}", session.screen());
            session
        }
        Command::Dialogue => {
            let session = keyed(FERRY, "2 } d");
            assert_eq!(session.app.view.dialogue, Dialogue::Questions);
            assert!(!session.screen().contains("I was eleven."));
            session.find("And who steered after that?");
            session
        }
        Command::Bilingual => {
            let session = keyed("Q: Why?\n> 为什么？", "B");
            assert_eq!(session.app.view.bilingual, Bilingual::Interleaved);
            session.find("为什么？");
            session
        }
        Command::Timecodes => {
            assert!(keyed(FERRY, "").screen().contains("00:00:04"));
            let session = keyed(FERRY, "c");
            assert!(!session.screen().contains("00:00:04"));
            session
        }
        Command::Wider => {
            let session = keyed(FERRY, "6 +");
            assert_eq!(session.app.preferences.measure, 82);
            session
        }
        Command::Narrower => {
            let session = keyed(&long(), "4 0 -");
            assert_eq!(session.app.geometry.text.width, 36);
            session
        }
        Command::Topics => {
            assert_eq!(keyed(FERRY, "t Ctrl-t").mode(), Mode::Reading);
            let session = keyed(FERRY, "t");
            assert_eq!(session.mode(), Mode::Outline);
            assert_eq!(session.topics(), ["Taking the wheel", "Forty years"]);
            session
        }
        Command::NotesPane => {
            assert_eq!(keyed(FERRY, "A A").mode(), Mode::Reading);
            let session = keyed(FERRY, "A");
            assert_eq!(session.mode(), Mode::Notes);
            session.find("No notes yet.");
            session
        }
        Command::NextPane => {
            assert_eq!(keyed(FERRY, "Tab").mode(), Mode::Notes);
            assert_eq!(keyed(FERRY, "Tab Tab").mode(), Mode::Outline);
            let session = keyed(FERRY, "Tab Tab Tab");
            assert_eq!(session.mode(), Mode::Reading);
            session
        }
        Command::PreviousPane => {
            let session = keyed(FERRY, "Shift-Tab");
            assert_eq!(session.mode(), Mode::Outline);
            session
        }
        Command::Export => {
            let session = keyed(FERRY, "E json Enter");
            assert_eq!(session.wants(), ["export json"]);
            session
        }
        Command::CommandLine => goes(FERRY, ": 'goto 3' Enter", "|And who steered after that?"),
        Command::Report => {
            let session = keyed(FERRY, "R");
            session.find("How this was read");
            session.find("interviewer");
            session
        }
        Command::Help => {
            let session = keyed(FERRY, "?");
            session.find("Keys: Reading");
            session.find("Move a line down.");
            session
        }
        Command::Redraw => {
            let session = keyed(FERRY, "Ctrl-l");
            assert_eq!(session.wants(), ["redraw"]);
            session
        }
        Command::Suspend => {
            let session = keyed(FERRY, "Ctrl-z");
            assert_eq!(session.wants(), ["suspend"]);
            session
        }
        Command::Library => {
            let mut session = Session::new(FERRY);
            session.keys("L");
            assert_eq!(session.wants(), ["library"]);
            session
        }
        // The list of interviews has tests of its own.
        Command::Sort | Command::Rescan | Command::AllFollowUps | Command::SearchAll => Session::new(FERRY),
        Command::Quit => {
            let session = keyed(FERRY, "q");
            assert!(session.has_quit());
            session
        }
        Command::Accept => {
            notes("} Enter Why? Esc", &["note “When did you first take the wheel?”: Why?"]);
            let session = keyed(FERRY, "t Down Enter");
            assert_eq!(session.here(), "|And who steered after that?");
            assert_eq!(session.mode(), Mode::Reading);
            session
        }
        Command::Cancel => {
            assert_eq!(keyed(FERRY, "v w Esc").selected(), "");
            let session = keyed(FERRY, "t Esc");
            assert_eq!(session.mode(), Mode::Reading);
            session
        }
        Command::ItemDown => goes(FERRY, "t Down Enter", "|And who steered after that?"),
        Command::ItemUp => goes(FERRY, "t Down Up Enter", "|When did you first take the wheel?"),
        Command::ItemFirst => goes(FERRY, "t Down Home Enter", "|When did you first take the wheel?"),
        Command::ItemLast => goes(FERRY, "t End Enter", "|And who steered after that?"),
        Command::Filter => {
            let session = keyed(FERRY, &format!("{TWO_NOTES} A / why Enter"));
            assert_eq!(session.listed(), ["follow-up open “And who steered after that?”: Why"]);
            session
        }
        Command::Fold => {
            let document = "= One\n== Within\nQ: Why?\n= Two\nQ: How?";
            assert_eq!(keyed(document, "t").topics(), ["One", "Within", "Two"]);
            let session = keyed(document, "t Home Left");
            assert_eq!(session.topics(), ["One", "Two"]);
            session
        }
        Command::FilterKind => {
            let session = keyed(FERRY, &format!("{TWO_NOTES} A f"));
            assert_eq!(session.listed(), ["highlight “When did you first take the wheel?”"]);
            session
        }
        Command::SearchNotes => {
            let session = keyed(FERRY, &format!("{TWO_NOTES} / why Enter F"));
            assert_eq!(session.listed(), ["follow-up open “And who steered after that?”: Why"]);
            session
        }
        Command::GroupNotes => {
            let session = keyed(FERRY, &format!("{TWO_NOTES} A t"));
            session.find_in_notes("Forty years");
            session
        }
        Command::Pick => notes(&format!("{TWO_NOTES} A g v v x"), &[]),
        Command::PickAll => notes(&format!("{TWO_NOTES} A V x"), &[]),
        Command::SortNotes => {
            let session = keyed(FERRY, &format!("{TWO_NOTES} A o"));
            assert!(session.listed()[0].starts_with("follow-up"), "{:?}", session.listed());
            session
        }
        Command::Complete => types("} h # 'the sea' Enter } h # the Tab", "the sea"),
        Command::HistoryBack => types("/ urn Enter / forty Enter / Up Up", "urn"),
        Command::HistoryForward => types("/ urn Enter / forty Enter / Up Up Down", "forty"),
        Command::ToggleRegex => goes(FERRY, "/ 'f.rty y' Ctrl-r", "I did, for |forty years. Nobody asked for it back."),
        Command::EraseBack => {
            types("/ wheell Backspace", "wheel");
            writes("'e\u{301}te\u{301}' Backspace", "e\u{301}t")
        }
        Command::EraseForward => {
            types("/ wheel Home Delete", "heel");
            writes("灯塔 Home Delete", "塔")
        }
        Command::EraseWord => {
            types("/ 'the wheel' Ctrl-w", "the ");
            writes("'Ask the harbour' Ctrl-w", "Ask the ")
        }
        Command::EraseLine => {
            types("/ 'the wheel' Ctrl-u", "");
            writes("Ask Enter 'the harbour' Ctrl-u", "Ask\n")
        }
        Command::NewLine => writes("Ask Enter them", "Ask\nthem"),
        Command::ExternalEditor => {
            let mut session = Session::new(FERRY);
            session.editor = |note| Ok(format!("{note}, please\n"));
            session.keys("} a Ask Ctrl-g Esc");
            assert_eq!(session.notes(), ["note “When did you first take the wheel?”: Ask, please"]);
            session
        }
        Command::Yes => notes("} a Ask Ctrl-c y", &[]),
        Command::No => notes("} a Ask Ctrl-c n Esc", &["note “When did you first take the wheel?”: Ask"]),
    }
}

fn is_of_the_library(command: Command) -> bool {
    matches!(command, Command::Sort | Command::Rescan | Command::AllFollowUps | Command::SearchAll)
}

#[test]
fn every_command_does_what_it_says() {
    let mut failed = Vec::new();
    for &command in Command::ALL {
        match panic::catch_unwind(|| example(command)) {
            Ok(_) if is_of_the_library(command) => {}
            Ok(session) if !session.commands.contains(&command) => {
                failed.push(format!("{}: its example does not use it: {:?}", command.name(), session.commands));
            }
            Ok(session) => assert_eq!(session.app.notes.save, SaveState::Saved),
            Err(_) => failed.push(command.name().to_owned()),
        }
    }
    assert!(failed.is_empty(), "not as they say: {}", failed.join(", "));
}
