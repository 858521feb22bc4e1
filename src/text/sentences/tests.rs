use super::*;
use proptest::prelude::*;

/// `|` stands where a sentence begins.
fn check(marked: &str) {
    let text = marked.replace('|', "");
    let found: Vec<&str> = sentences(&text).into_iter().map(|range| text.get(range).unwrap()).collect();
    assert_eq!(found.join("|"), marked);
}

#[test]
fn european_sentences() {
    for marked in [
        "The lamp went out. |Nobody saw it! |Did you? |I did.",
        "Dr. Hale met Mrs. Okafor at St. Ann's. |They talked.",
        "It cost 3.5 million, e.g. for oil, i.e. for light. |Then it stopped.",
        "He went to the U.S. in May. |She stayed in the U.S. |The house was sold.",
        "J. K. Marsh and Ada B. Lowe wrote it. |So did I. |Nobody else.",
        "“Was it cold?” she asked. |“It was.” |He nodded.",
        "I thought... maybe not. |And then… |Well. |No.",
        "We met at 9 a.m. sharp. |It was No. 5 on the list. |No. |Never.",
        "It ended in 1978. |The relay came (at last). |Then fog.",
        "Look at example.com or v1.2.3 now. |Fine.",
        "What?! |No way!!! |[laughs] Yes.",
        "Er kam am 3. Oktober, z.B. mit dem Schiff. |Danach war Ruhe.",
        "Il a dit « non. » |Puis il est parti. |¿Por qué? |No sé.",
        "1. First of all the lamp. |Then the horn.",
        "so we went home. |then it rained. |And then?",
        "The claim is old.[12] |Nobody checked.",
        "the engine broke down again. |then we rowed home.",
    ] {
        check(marked);
    }
}

#[test]
fn east_asian_sentences() {
    for marked in [
        "我走了。|他没有！|为什么？|不知道。",
        "他说：“我走了。”|然后门关了。",
        "彼は「行きます。」と言った。|そうです。|（笑）そうかな？",
        "그때는 전기가 자주 나갔어요. |그래서 촛불을 켰지요.",
        "It rained.。|好。",
    ] {
        check(marked);
    }
}

#[test]
fn the_sentence_around_a_place() {
    let text = "One lamp. Two lamps.  Three.";
    assert_eq!(sentence_at(text, 0), 0..9);
    assert_eq!(sentence_at(text, 9), 0..9);
    assert_eq!(sentence_at(text, 10), 10..20);
    assert_eq!(sentence_at(text, 1000), 22..28);
    assert_eq!(sentence_at("", 0), 0..0);
    assert_eq!(next_sentence_start(text, 3), Some(10));
    assert_eq!(next_sentence_start(text, 10), Some(22));
    assert_eq!(next_sentence_start(text, 22), None);
    assert_eq!(previous_sentence_start(text, 22), Some(10));
    assert_eq!(previous_sentence_start(text, 12), Some(10));
    assert_eq!(previous_sentence_start(text, 0), None);
}

#[test]
fn a_place_far_into_a_paragraph_is_as_good_as_any() {
    let text = "Well, Dr. Hale said no. ".repeat(1000);
    assert_eq!(sentence_at(&text, 24 * 900 + 5), 24 * 900..24 * 900 + 23);
    let long = format!("No {}end. Two.", "and so on ".repeat(2000));
    assert_eq!(sentence_at(&long, long.len() - 8).start, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn sentences_are_the_whole_text_and_places_agree(
        text in "([A-Za-z]{1,6}|[.!?。…”)\"]|Dr\\.|U\\.S\\.|[ ]{1,2}|[我你]|[0-9]|\\[3\\]){0,30}",
        share in 0.0..1.0f64,
    ) {
        let all = sentences(&text);
        prop_assert_eq!(all.iter().map(|range| &text[range.clone()]).collect::<String>(), text.clone());
        let offset = floor(&text, (text.len() as f64 * share) as usize);
        if let Some(around) = all.iter().find(|range| range.contains(&offset)) {
            prop_assert_eq!(sentence_at(&text, offset).start, around.start);
            prop_assert_eq!(next_sentence_start(&text, offset), (around.end < text.len()).then_some(around.end));
        }
        prop_assert_eq!(previous_sentence_start(&text, offset), all.iter().map(|r| r.start).rfind(|&at| at < offset));
    }
}

#[test]
fn stops_without_words_cost_no_more_than_words() {
    let text = "! ".repeat(200_000);
    assert_eq!(sentences(&text).len(), 200_000);
}
