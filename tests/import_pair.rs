//! An interview and its translation to one bilingual document: two documents, and one after the other in one.

#![allow(clippy::unwrap_used, reason = "test inputs are known")]

use std::fmt::Write as _;

use interleaf::import::{Imported, Options, pair, read};
use interleaf::model::{Interview, ParagraphIndex};

/// Who speaks, in English, in Chinese.
const TALK: [(bool, &str, &str); 10] = [
    (true, "Who looks after the bell now that the school is closed?", "学校关了以后，谁来照看那口钟？"),
    (
        false,
        "My sister does. She climbs up every Friday with a can of oil, and if the ladder is wet she sends me instead, \
         which I think is unfair because I am older and the ladder knows it.",
        "我妹妹照看。她每个星期五都带着一罐油爬上去，要是梯子湿了，她就让我去，我觉得这不公平，因为我年纪大，梯子也知道。",
    ),
    (true, "Has it ever fallen?", "它掉下来过吗？"),
    (
        false,
        "Once, in a flood year. It rang all the way down and nobody complained.",
        "掉过一次，那年发大水。它一路响着掉下来，没人抱怨。",
    ),
    (true, "What did the village do about it?", "村里人怎么办的？"),
    (
        false,
        "They held a meeting that lasted until the bell was back up, because two of the builders were bored of the \
         meeting and went out and did it. That is how most things get done here.",
        "他们开会，一直开到钟挂回去为止，因为有两个泥瓦匠嫌会太闷，出去就把活干了。这里的事大多是这样办成的。",
    ),
    (true, "Would you sell it?", "你会卖掉它吗？"),
    (false, "Not to anybody who asks the price first.", "谁先问价钱，就不卖给谁。"),
    (true, "And what will you do when you are too old to climb?", "等你老得爬不动了怎么办？"),
    (
        false,
        "I shall sit under it and tell other people that they are oiling the wrong side. My father did that for nine \
         years, and he was right about the side.",
        "我就坐在钟底下，告诉别人油上错了边。我父亲这样做了九年，而且他说的那一边是对的。",
    ),
];

fn english(without: Option<usize>) -> String {
    let mut text = String::new();
    for (_, (asks, words, _)) in TALK.iter().enumerate().filter(|(index, _)| Some(*index) != without) {
        let _ = write!(text, "{}: {words}\n\n", if *asks { "Nora Field" } else { "Tom Marsh" });
    }
    text
}

fn chinese(without: Option<usize>) -> String {
    let mut text = String::new();
    for (_, (asks, _, words)) in TALK.iter().enumerate().filter(|(index, _)| Some(*index) != without) {
        let _ = write!(text, "{}：{words}\n\n", if *asks { "诺拉" } else { "汤姆" });
    }
    text
}

fn imported(text: String) -> Imported {
    read(text.into_bytes(), "bell.txt", &Options::default()).unwrap()
}

/// What stands beside the paragraph that begins so.
fn beside<'a>(interview: &'a Interview, begins: &str) -> &'a str {
    let original = interview.paragraphs().find(|at| interview.paragraph(*at).starts_with(begins)).unwrap();
    interview.translation(original).map_or("", |translation| interview.paragraph(translation))
}

#[test]
fn turns_stand_beside_their_translation() {
    let (original, translation) = (imported(english(None)), imported(chinese(None)));
    let mut report = original.report.clone();
    let paired = pair(&original.interview, &translation.interview, &mut report);
    for (_, words, translated) in TALK {
        assert_eq!(beside(&paired, words), translated);
    }
    assert_eq!(report.warnings, [], "nothing is unsure");
    assert!(report.merged.contains(&("汤姆".to_owned(), "Tom Marsh".to_owned())), "{:?}", report.merged);
    assert_eq!(paired.metadata.translation_language.as_deref(), Some("zh"));
}

#[test]
fn what_one_side_lacks_moves_nothing_else() {
    for gap in 1..TALK.len() {
        let (original, translation) = (imported(english(None)), imported(chinese(Some(gap))));
        let mut report = original.report.clone();
        let paired = pair(&original.interview, &translation.interview, &mut report);
        let right = TALK.iter().enumerate().filter(|(index, (_, words, translated))| {
            beside(&paired, words) == if *index == gap { "" } else { translated }
        });
        // A turn that is gone leaves two of one person, which are one turn then; more than the place itself stays.
        assert!(right.count() >= TALK.len() - 2, "without {gap}: {:#?}", report.warnings);
        assert!(!report.warnings.is_empty(), "without {gap}");
    }
}

#[test]
fn no_word_of_the_translation_is_lost() {
    for gap in 0..TALK.len() {
        let (original, translation) = (imported(english(Some(gap))), imported(chinese(None)));
        let paired = pair(&original.interview, &translation.interview, &mut original.report.clone());
        let beside = |at| paired.translation(at).map_or("", |translation| paired.paragraph(translation));
        let came_out: String = paired.paragraphs().map(beside).collect();
        let went_in: String = (0..translation.interview.paragraph_count())
            .map(|at| translation.interview.paragraph(ParagraphIndex(at)))
            .collect();
        assert_eq!(came_out, went_in, "without {gap}");
    }
}

#[test]
fn one_language_after_the_other_is_taken_apart_and_paired() {
    let interview = imported(format!("{}{}", english(None), chinese(None))).interview;
    assert_eq!(interview.turns().len(), TALK.len());
    for (_, words, translated) in TALK {
        assert_eq!(beside(&interview, words), translated);
    }
    assert_eq!(interview.metadata.language.as_deref(), Some("en"));
    assert_eq!(interview.metadata.translation_language.as_deref(), Some("zh"));
}

#[test]
fn a_talk_in_one_language_stays_whole() {
    for text in [english(None), chinese(None)] {
        let interview = imported(text).interview;
        assert!(!interview.is_bilingual());
        assert_eq!(interview.turns().len(), TALK.len());
    }
}
