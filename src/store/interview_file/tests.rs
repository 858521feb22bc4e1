//! Interviews written and read back.

use proptest::prelude::*;

use super::*;
use crate::model::{Confidence, LabelOrigin, Matter, ParagraphIndex};

fn same(a: &Interview, b: &Interview) {
    assert_eq!(a.text(), b.text());
    assert_eq!(a.metadata, b.metadata);
    assert_eq!(a.speakers, b.speakers);
    assert_eq!(a.turns(), b.turns());
    assert_eq!((a.front(), a.back()), (b.front(), b.back()));
    assert_eq!(a.given_topics, b.given_topics);
    assert_eq!(a.paragraph_times(), b.paragraph_times());
    let translations = |interview: &Interview| -> Vec<_> {
        interview.paragraphs().map(|paragraph| interview.translation(paragraph)).collect()
    };
    assert_eq!(translations(a), translations(b));
}

#[test]
fn a_document_made_by_hand_reads_as_it_looks() {
    let interview = read(
        "\
interleaf: interview/1
title: Lighthouses Without Keepers
language: en
speakers:
- {id: okafor, name: Mira Okafor, role: interviewer}
- name: Jonas Hale
  role: guest
front: |
  A wind that took
  the words away.
topics:
- {title: Growing up, turn: 1, paragraph: 1}
turns:
- speaker: okafor
  time: 1:23
  text: Why?
  translation: 为什么？
- speaker: Jonas Hale
  inferred: true
  text: |
    Because. # not a comment

    And
    so.
- text: 灯
- {speaker: Somebody, text: Done.}
back: The end.
",
    )
    .unwrap();
    assert_eq!(
        interview.text().lines().collect::<Vec<_>>(),
        [
            "A wind that took the words away.",
            "Why?",
            "Because. # not a comment",
            "And so.",
            "灯",
            "Done.",
            "The end.",
            "为什么？",
        ]
    );
    assert_eq!(interview.turns()[0].time, Some(Timecode::from_milliseconds(83_000)));
    assert_eq!(interview.turns()[1].origin, LabelOrigin::Inferred);
    assert_eq!(interview.turns()[2].speaker, None);
    assert_eq!(interview.speakers.len(), 3);
    assert_eq!(interview.given_topics[0].paragraph, ParagraphIndex(3));
    assert_eq!(interview.matter(ParagraphIndex(6)), Matter::Back);
    same(&read(&write(&interview)).unwrap(), &interview);
}

#[test]
fn lines_of_chinese_are_joined_without_a_blank() {
    assert_eq!(split("灯塔\n看守\n\nfog\nhorn"), ["灯塔看守", "fog horn"]);
}

#[test]
fn faults_have_a_line_a_column_and_advice() {
    let fault = |text: &str| read(text).unwrap_err();
    let twice = fault("interleaf: interview/1\nturns:\n- text: a\n  text: b\n");
    assert_eq!((twice.line, twice.column, twice.excerpt.as_str()), (4, 3, "  text: b"));
    assert!(twice.message.contains("`text` stands twice"), "{twice}");
    let role = fault("interleaf: interview/1\nspeakers:\n- {name: A, role: boss}\n");
    assert_eq!((role.line, role.column), (3, 19));
    assert!(role.message.contains("interviewer, guest, other"), "{role}");
    assert!(fault("interleaf: interview/2\n").message.contains("newer interleaf"));
    assert_eq!(fault("a: 1\ninterleaf: annotations/1\n").line, 2);
    assert_eq!(fault("interleaf: interview/1\nturns:\n- time: soon\n").line, 3);
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "interleaf: interview/1\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..12 {
        let previous = format!("*x{}", level - 1);
        text.push_str(&format!("x{level}: &x{level} [{}]\n", vec![previous; 9].join(", ")));
    }
    assert!(read(&text).is_err());
}

/// What an editor, or a person in a hurry, may put into a file.
const PIECES: [&str; 18] =
    [" ", "\n", "#", ": ", "\"", "'", "-", "  ", "|", "{", "]", ",", "\\", "&a", "\n    ", "", "\nturns:\n", "\n  - "];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("INTERLEAF_LONG").is_some() { 20_000 } else { 100 }))]
    #[test]
    fn any_interview_comes_back(
        front in proptest::collection::vec(paragraph(), 0..3),
        turns in proptest::collection::vec((0u16..4, proptest::collection::vec((paragraph(), proptest::option::of(paragraph())), 0..4), any::<bool>()), 0..6),
        back in proptest::collection::vec(paragraph(), 0..3),
        title in paragraph(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), 0usize..PIECES.len()), 1..4),
    ) {
        let mut builder = InterviewBuilder::default();
        builder.metadata.title = title.clone();
        builder.metadata.source.url = Some("https://example.org/?a=1#b".to_owned());
        let speakers: Vec<_> = ["Mira: Okafor", "12:30", "no"].iter().map(|name| builder.speaker(name, Role::Guest)).collect();
        for text in &front {
            builder.paragraph(text);
        }
        for (speaker, paragraphs, flag) in &turns {
            let time = flag.then(|| Timecode::from_milliseconds(u32::from(*speaker) * 1500));
            let origin = if *flag { LabelOrigin::Inferred } else { LabelOrigin::Read };
            if *flag {
                builder.topic(&title, 1);
            }
            builder.turn_with(speakers.get(usize::from(*speaker)).copied(), time, origin, flag.then_some(Confidence::Likely));
            for (text, translation) in paragraphs {
                builder.paragraph(text);
                if let Some(translation) = translation {
                    builder.translation(translation);
                }
                if *flag {
                    builder.paragraph_time(Timecode::from_milliseconds(61_001));
                }
            }
        }
        if !back.is_empty() {
            builder.back();
            for text in &back {
                builder.paragraph(text);
            }
        }
        let interview = builder.build();
        if !interview.turns().is_empty() {
            let written = write(&interview);
            prop_assert!(quick::interview(&written).is_some(), "{}", written);
            let mut changed: Vec<char> = written.chars().collect();
            for (at, piece) in edits {
                let at = at.index(changed.len());
                let gone = usize::from(PIECES[piece].is_empty());
                changed.splice(at..(at + gone).min(changed.len()), PIECES[piece].chars());
            }
            let changed: String = changed.into_iter().collect();
            if let Some(raw) = quick::interview(&changed) {
                let slowly = yaml_in::parse::<RawInterview>(&changed);
                let slowly = slowly.map_err(|fault| TestCaseError::fail(format!("{fault}\n{changed}")))?;
                same(&build(raw, 0), &build(slowly, 0));
            }
        }
        let again = read(&write(&interview)).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        if interview.turns().iter().all(|turn| interview.back().start > turn.first.0) && !interview.turns().is_empty() {
            same(&again, &interview);
        } else {
            prop_assert_eq!(again.text(), interview.text());
        }
    }
}

fn paragraph() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ,.:#'\"-]{0,30}", "\\PC{0,20}", Just("- no: 12:30 #1".to_owned()), Just("灯塔 👩‍👩‍👧".to_owned())]
}
