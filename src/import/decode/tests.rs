use proptest::prelude::*;

use super::*;

const TALK: &[&str] = &[
    "You kept this light for thirty years, and then a relay did. What did the relay not know?",
    "It did not know the difference between weather and trouble. I used to hear it in the glass.",
    "My father taught me that, and I have never found it in a manual.",
    "Did you argue with the board about it?",
    "I wrote two letters. I never got an answer, so I stopped.",
    "And what do you do with your nights now?",
    "I sleep badly. I still wake up at four and look for the beam.",
];

fn request<'a>(paragraphs: &'a [Paragraph<'a>]) -> Request<'a> {
    Request { paragraphs, language: Some("en"), names: Names::default(), roles_known: true }
}

fn unlabelled() -> Vec<Paragraph<'static>> {
    TALK.iter().copied().map(Paragraph::new).collect()
}

const Q: Voice = Voice::Questioner;
const A: Voice = Voice::Answerer;

#[test]
fn questions_and_answers_are_told_apart() {
    let talk = unlabelled();
    let decoded = decode(&request(&talk));
    assert_eq!(decoded.voices, [Q, A, A, Q, A, Q, A]);
    assert!(decoded.edited);
    assert_eq!(decoded.language, "en");
    assert!(decoded.margins.iter().all(|margin| (0..CERTAIN).contains(margin)), "{:?}", decoded.margins);
}

#[test]
fn every_voice_has_its_reasons() {
    let talk = unlabelled();
    let decoded = decode(&request(&talk));
    assert_eq!(decoded.reasons.len(), TALK.len());
    assert!(decoded.reasons[0].contains(&("ends with a question to the other", 7)), "{:?}", decoded.reasons[0]);
    assert!(decoded.reasons.iter().all(|reasons| reasons.iter().all(|(_, points)| *points != 0)));
}

#[test]
fn an_empty_talk_has_no_voices() {
    let decoded = decode(&request(&[]));
    assert!(decoded.voices.is_empty() && decoded.margins.is_empty() && decoded.reasons.is_empty());
    assert!(!decoded.edited);
}

#[test]
fn one_paragraph_is_decoded_by_its_words() {
    assert_eq!(decode(&request(&[Paragraph::new("How did you come to the island?")])).voices, [Q]);
    let answer = "I came with my father when I was nine, and I have lived here since, with my goats and my books.";
    assert_eq!(decode(&request(&[Paragraph::new("?"), Paragraph::new(answer)])).voices[1], A);
    assert_eq!(decode(&request(&[Paragraph::new("")])).voices.len(), 1);
}

#[test]
fn a_list_of_questions_is_decoded_to_its_end() {
    let talk = [Paragraph::new("Do you think you will ever go back?"); 9];
    let decoded = decode(&request(&talk));
    assert_eq!(decoded.voices.len(), 9);
    assert_eq!(decoded.voices[0], Q);
}

#[test]
fn with_all_pinned_the_pins_are_the_voices() {
    for pattern in 0..1_u32 << TALK.len() {
        let voice = |place: usize| if pattern >> place & 1 == 1 { Q } else { A };
        let talk: Vec<_> =
            TALK.iter().enumerate().map(|(place, text)| Paragraph::new(text).pinned(voice(place))).collect();
        let decoded = decode(&request(&talk));
        let pins: Vec<_> = (0..TALK.len()).map(voice).collect();
        assert_eq!(decoded.voices, pins);
        assert!(decoded.margins.iter().all(|margin| *margin == CERTAIN));
    }
}

#[test]
fn a_pin_changes_what_stands_beside_it() {
    let texts = [
        "How long did you keep the light?",
        "For thirty years.",
        "Every night.",
        "In every weather.",
        "The relay came in the autumn.",
        "Did you hear of it from the board?",
        "From the newspaper.",
    ];
    let mut talk: Vec<_> = texts.into_iter().map(Paragraph::new).collect();
    let before = decode(&request(&talk));
    assert_eq!(before.voices[1..5], [A, A, A, A]);
    talk[2] = talk[2].pinned(Q);
    let after = decode(&request(&talk));
    assert_eq!(after.voices[2], Q);
    assert_eq!(after.voices[3], A, "somebody answers what was put to them");
    assert_ne!(before.margins[1], after.margins[1]);
    assert_ne!(before.margins[3], after.margins[3]);
}

#[test]
fn a_pin_on_what_was_found_changes_nothing() {
    let talk = unlabelled();
    let decoded = decode(&request(&talk));
    for place in 0..talk.len() {
        let mut pinned = talk.clone();
        pinned[place] = pinned[place].pinned(decoded.voices[place]);
        assert_eq!(decode(&request(&pinned)).voices, decoded.voices);
    }
}

#[test]
fn roles_are_found_where_they_are_not_known() {
    let mut talk = unlabelled();
    talk[0] = talk[0].pinned(A);
    talk[1] = talk[1].pinned(Q);
    let names = Names { questioner: Some("Jonas Hale"), answerer: Some("Mira Okafor") };
    let decoded = decode(&Request { roles_known: false, names, ..request(&talk) });
    assert!(decoded.swapped);
    assert_eq!(decoded.voices, [Q, A, A, Q, A, Q, A]);
    assert!(decoded.roles_margin >= 8);
    let told = decode(&Request { roles_known: true, names, ..request(&talk) });
    assert!(!told.swapped);
    assert_eq!(told.voices[..2], [A, Q]);
}

#[test]
fn a_name_tells_who_is_spoken_to() {
    let text = "It was a hard winter for the island, Jonas, and a long one.";
    let talk = [Paragraph::new(text)];
    let points = |names: Names<'_>| {
        let decoded = decode(&Request { names, ..request(&talk) });
        decoded.reasons[0].iter().map(|(_, points)| points).sum::<i32>()
    };
    let nobody = points(Names::default());
    assert!(points(Names { answerer: Some("Jonas Hale"), ..Names::default() }) > nobody);
    assert!(points(Names { questioner: Some("Jonas Hale"), ..Names::default() }) < nobody);
}

#[test]
fn a_paragraph_that_goes_on_has_the_voice_before() {
    let mut talk = unlabelled();
    talk[3].starts = Some(false);
    let voices = decode(&request(&talk)).voices;
    assert_eq!(voices[2], voices[3]);
}

#[test]
fn a_turn_that_starts_is_rather_the_other_voice() {
    let texts = ["What was the first thing that you saw?", "A gull on the rail.", "Grey, with one leg."];
    let mut talk: Vec<_> = texts.into_iter().map(Paragraph::new).collect();
    let before = decode(&request(&talk));
    assert_eq!(before.voices, [Q, A, A]);
    talk[2].starts = Some(true);
    assert!(decode(&request(&talk)).margins[2] < before.margins[2] || decode(&request(&talk)).voices[2] == Q);
}

#[test]
fn pins_win_over_turns_that_go_on() {
    let talk = [
        Paragraph::new("One.").pinned(Q),
        Paragraph { starts: Some(false), ..Paragraph::new("Two.").pinned(A) },
        Paragraph { starts: Some(false), ..Paragraph::new("Three.") },
    ];
    assert_eq!(decode(&request(&talk)).voices, [Q, A, A]);
}

#[test]
fn languages_are_told_from_the_words() {
    let french = [Paragraph::new("Pourquoi avez-vous quitté la mer, et que faites-vous maintenant de vos nuits ?")];
    assert_eq!(decode(&Request { language: None, ..request(&french) }).language, "fr");
    let chinese = [Paragraph::new("您在岛上住了三十年，为什么最后还是决定离开呢？")];
    assert_eq!(decode(&Request { language: None, ..request(&chinese) }).language, "zh");
    assert_eq!(decode(&Request { language: Some("de-AT"), ..request(&french) }).language, "de");
}

#[test]
fn marks_and_scripts_of_all_kinds_are_read() {
    let odd =
        ["\u{feff}", "???", "«»„“", "((((", "[a", "’’’", "¿Y tú?", "a’", "日本語？", "e\u{301}?", "-", "\u{200d}"];
    let talk: Vec<_> = odd.into_iter().map(Paragraph::new).collect();
    for code in LANGUAGES {
        assert_eq!(decode(&Request { language: Some(code), ..request(&talk) }).voices.len(), odd.len());
    }
}

/// All sequences of voices for so many steps, with their points.
fn every_sequence(steps: &[path::Step]) -> Vec<(Vec<Voice>, i64)> {
    (0..1_u32 << steps.len())
        .map(|pattern| {
            let voices: Vec<_> = (0..steps.len()).map(|at| if pattern >> at & 1 == 0 { Q } else { A }).collect();
            let mut points = 0;
            for (at, step) in steps.iter().enumerate() {
                let here = voices[at] as usize;
                points += step.voice[here];
                if at > 0 {
                    points += step.change[voices[at - 1] as usize][here];
                }
            }
            (voices, points)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_best_path_and_its_margins_are_those_of_all_sequences(
        points in prop::collection::vec((-9_i64..9, -9_i64..9, -9_i64..9, -9_i64..9, -9_i64..9, -9_i64..9), 0..8)
    ) {
        let steps: Vec<_> = points
            .into_iter()
            .map(|(q, a, qq, qa, aq, aa)| path::Step { voice: [q, a], change: [[qq, qa], [aq, aa]] })
            .collect();
        let found = path::best(&steps);
        let all = every_sequence(&steps);
        let best = all.iter().map(|(_, points)| *points).max().unwrap_or(0);
        let own = all.iter().find(|(voices, _)| *voices == found.voices).map(|(_, points)| *points);
        prop_assert_eq!(own, Some(best));
        for (at, margin) in found.margins.iter().enumerate() {
            let flipped = all.iter().filter(|(voices, _)| voices[at] != found.voices[at]).map(|(_, points)| *points);
            prop_assert_eq!(*margin, best - flipped.max().unwrap_or(best));
        }
    }

    #[test]
    fn any_text_is_decoded(texts in prop::collection::vec("\\PC{0,40}", 0..6), code in prop::sample::select(LANGUAGES)) {
        let talk: Vec<_> = texts.iter().map(|text| Paragraph::new(text)).collect();
        let decoded = decode(&Request { language: Some(code), ..request(&talk) });
        prop_assert_eq!(decoded.voices.len(), talk.len());
        prop_assert!(decoded.margins.iter().all(|margin| *margin >= 0));
    }
}
