//! The reader's corrections of who says what, and what is worked out again around them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test inputs are known")]

use interleaf::import::{Options, correct, read};
use interleaf::model::{Correction, Interview, LabelOrigin, Matter, Mending, ParagraphIndex, Role, TurnIndex};
use proptest::prelude::*;

#[path = "support/harbour.rs"]
mod harbour;

use harbour::HARBOUR;

fn harbour() -> Interview {
    read(HARBOUR.as_bytes().to_vec(), "harbour.txt", &Options::default()).unwrap().interview
}

fn paragraph(interview: &Interview, begins: &str) -> u32 {
    let found = interview.paragraphs().find(|index| interview.paragraph(*index).starts_with(begins));
    found.unwrap_or_else(|| panic!("no paragraph begins {begins:?}")).0
}

fn mend(interview: &Interview, begins: &str, mending: Mending) -> Correction {
    let paragraph = paragraph(interview, begins);
    let begins = interview.paragraph(ParagraphIndex(paragraph)).chars().take(32).collect();
    Correction::Paragraph { paragraph, begins, mending }
}

/// One line for each turn: its speaker and the beginning of each paragraph.
fn turns(interview: &Interview) -> Vec<String> {
    let words = |index: u32| {
        let text = interview.paragraph(ParagraphIndex(index));
        text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
    };
    (0..interview.turns().len() as u32)
        .map(TurnIndex)
        .map(|turn| {
            let speaker = interview.turn(turn).unwrap().speaker.and_then(|speaker| interview.speaker(speaker));
            let name = speaker.map_or("?", |speaker| speaker.name.as_str());
            let said: Vec<String> = interview.turn_paragraphs(turn).map(words).collect();
            format!("{name}: {}", said.join(" / "))
        })
        .collect()
}

#[test]
fn nothing_corrected_is_nothing_changed() {
    let base = harbour();
    let same = correct(&base, &[]);
    assert_eq!(turns(&same), turns(&base));
    assert_eq!(turns(&base).len(), 8, "{:#?}", turns(&base));
    assert_eq!((base.front(), base.back().len()), (1, 1));
}

#[test]
fn a_speaker_set_by_the_reader_is_kept_and_the_rest_worked_out_around_it() {
    let base = harbour();
    let mended = correct(&base, &[mend(&base, "I do. I carry", Mending::Speaker("Mira Okafor".to_owned()))]);
    let index = ParagraphIndex(paragraph(&mended, "I do. I carry"));
    let turn = mended.turn(mended.turn_of(index).unwrap()).unwrap();
    assert_eq!(mended.speaker(mended.speaker_of(index).unwrap()).unwrap().name, "Mira Okafor");
    assert!(turn.first < index || turn.origin == LabelOrigin::Corrected);
    assert!(mended.inferences.iter().all(|inference| inference.paragraph != index));
    assert_eq!(mended.text(), base.text());
}

#[test]
fn somebody_new_can_speak() {
    let base = harbour();
    let mended = correct(&base, &[mend(&base, "You still have", Mending::Speaker("The aunt".to_owned()))]);
    assert!(turns(&mended).iter().any(|turn| turn == "The aunt: You still have"), "{:#?}", turns(&mended));
    assert_eq!(mended.speakers.len(), 3);
}

#[test]
fn turns_are_parted_and_joined() {
    let text = "Mira: One.\n\nTwo.\n\nJonas: Three.\n\nMira: Four.\n\nJonas: Five.\n";
    let base = read(text.as_bytes().to_vec(), "x.txt", &Options::default()).unwrap().interview;
    let parted = correct(&base, &[mend(&base, "Two.", Mending::Start)]);
    assert_eq!(turns(&parted), ["Mira: One.", "Mira: Two.", "Jonas: Three.", "Mira: Four.", "Jonas: Five."]);
    let joined = correct(&base, &[mend(&base, "Three.", Mending::Join)]);
    assert_eq!(turns(&joined), ["Mira: One. / Two. / Three. / Four.", "Jonas: Five."]);
}

#[test]
fn a_joined_turn_keeps_its_moment() {
    let text = "[00:00:01] Mira: One.\n[00:00:02] Jonas: Two.\n[00:00:03] Mira: Three.\n";
    let base = read(text.as_bytes().to_vec(), "x.txt", &Options::default()).unwrap().interview;
    let joined = correct(&base, &[mend(&base, "Two.", Mending::Join)]);
    let moments: Vec<_> = joined.paragraphs().map(|at| joined.time_of(at).unwrap().seconds()).collect();
    assert_eq!(moments, [1, 2, 3]);
}

#[test]
fn front_and_back_matter_move_with_the_reader() {
    let base = harbour();
    let mended =
        correct(&base, &[mend(&base, "Who wound", Mending::Front), mend(&base, "What will you", Mending::Back)]);
    assert_eq!((mended.front(), mended.back().len()), (2, 3));
    let talk = correct(&base, &[mend(&base, "We met", Mending::Speaker("Mira Okafor".to_owned()))]);
    assert_eq!(talk.front(), 0);
    assert_eq!(turns(&talk)[0], "Mira Okafor: We met on / Who wound the");
}

#[test]
fn speakers_are_renamed_and_merged_and_change_their_parts() {
    let base = harbour();
    let rename = |from: &str, to: &str| Correction::Rename { from: from.to_owned(), to: to.to_owned() };
    let renamed = correct(&base, &[rename("Jonas Hale", "Jonas R. Hale")]);
    assert_eq!(renamed.speakers[1].name, "Jonas R. Hale");
    let merged = correct(&base, &[rename("Jonas Hale", "Mira Okafor")]);
    assert_eq!(merged.speakers.len(), 1);
    let new = mend(&base, "Who wound", Mending::Speaker("Ada Rae".to_owned()));
    let taken_over = correct(&base, &[new, rename("Mira Okafor", "Ada Rae")]);
    let ada = taken_over.speakers.iter().find(|speaker| speaker.name == "Ada Rae").unwrap();
    assert_eq!(ada.role, Role::Interviewer, "who takes over somebody's words takes over the part");
    let role = |speaker: &str, role| Correction::Role { speaker: speaker.to_owned(), role };
    let swapped = correct(&base, &[role("Mira Okafor", Role::Guest), role("Jonas Hale", Role::Interviewer)]);
    let asks = ParagraphIndex(paragraph(&swapped, "Did you never"));
    let name = swapped.speaker(swapped.speaker_of(asks).unwrap()).unwrap().name.as_str();
    assert_eq!(name, "Jonas Hale", "whoever asks the questions is now Jonas");
}

#[test]
fn a_correction_finds_its_paragraph_again() {
    let base = harbour();
    let correction = mend(&base, "You still have", Mending::Speaker("The aunt".to_owned()));
    let longer = HARBOUR.replace("Did you never", "And then?\n\nNothing, for years.\n\nDid you never");
    let today = read(longer.into_bytes(), "harbour.txt", &Options::default()).unwrap().interview;
    let mended = correct(&today, &[correction]);
    let index = ParagraphIndex(paragraph(&mended, "You still have"));
    assert_eq!(mended.speaker(mended.speaker_of(index).unwrap()).unwrap().name, "The aunt");
    let lost =
        Correction::Paragraph { paragraph: 3, begins: "Nowhere to be found in it".to_owned(), mending: Mending::Back };
    assert_eq!(turns(&correct(&base, &[lost])), turns(&base));
}

#[test]
fn two_people_named_by_the_reader_are_enough_where_nobody_is() {
    let text = "Who wound the clock, and do you know why it stopped?\n\nMy aunt wound it on Sundays, and I was told it \
                was not mine to wind.\n\nDid you never try to wind it yourself?\n\nI did, once, when I was nine, and \
                I put the key in my pocket.\n\nDo you still have the key?\n\nI do, I carry it with me.\n";
    let base = read(text.as_bytes().to_vec(), "x.txt", &Options::default()).unwrap().interview;
    assert_eq!(base.turns().len(), 1);
    let mended = correct(
        &base,
        &[
            mend(&base, "Who wound", Mending::Speaker("Mira".to_owned())),
            mend(&base, "My aunt", Mending::Speaker("Jonas".to_owned())),
        ],
    );
    assert_eq!(mended.turns().len(), 6, "{:#?}", turns(&mended));
    assert_eq!(mended.speakers.iter().map(|one| one.role).collect::<Vec<_>>(), [Role::Interviewer, Role::Guest]);
}

fn any_correction() -> impl Strategy<Value = Correction> {
    let name = prop::sample::select(vec!["Mira Okafor", "Jonas Hale", "The aunt", ""]);
    let mending = prop_oneof![
        name.clone().prop_map(|name| Mending::Speaker(name.to_owned())),
        Just(Mending::Start),
        Just(Mending::Join),
        Just(Mending::Front),
        Just(Mending::Back),
    ];
    prop_oneof![
        4 => (0..14_u32, mending).prop_map(|(paragraph, mending)| Correction::Paragraph {
            paragraph,
            begins: String::new(),
            mending
        }),
        1 => (name.clone(), name.clone())
            .prop_map(|(from, to)| Correction::Rename { from: from.to_owned(), to: to.to_owned() }),
        1 => (name, prop::sample::select(vec![Role::Interviewer, Role::Guest, Role::Other]))
            .prop_map(|(speaker, role)| Correction::Role { speaker: speaker.to_owned(), role }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_corrections_leave_a_whole_interview(corrections in prop::collection::vec(any_correction(), 0..8)) {
        let base = harbour();
        let mended = correct(&base, &corrections);
        prop_assert_eq!(mended.text(), base.text());
        let covered: Vec<u32> = (0..mended.turns().len() as u32)
            .flat_map(|turn| mended.turn_paragraphs(TurnIndex(turn)))
            .collect();
        let talk: Vec<u32> =
            mended.paragraphs().filter(|at| mended.matter(*at) == Matter::Body).map(|at| at.0).collect();
        prop_assert_eq!(covered, talk);
        for turn in mended.turns() {
            prop_assert!(turn.speaker.is_none_or(|speaker| mended.speaker(speaker).is_some()));
        }
        prop_assert_eq!(turns(&correct(&base, &corrections)), turns(&mended));
    }
}
