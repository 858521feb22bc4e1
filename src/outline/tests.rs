use super::*;
use crate::model::{InterviewBuilder, ParagraphIndex, Role};

/// An interview of Mira, who asks, and Jonas, from turns with paragraphs; a turn of Mira's begins with `?`.
fn interview(turns: &[&[&str]]) -> Interview {
    let mut builder = InterviewBuilder::default();
    builder.metadata.language = Some("en".to_owned());
    let mira = builder.speaker("Mira Okafor", Role::Interviewer);
    let jonas = builder.speaker("Jonas Hale", Role::Guest);
    for turn in turns {
        let asks = turn[0].starts_with('?');
        builder.turn(Some(if asks { mira } else { jonas }), None);
        for paragraph in *turn {
            builder.paragraph(paragraph.trim_start_matches('?'));
        }
    }
    builder.build()
}

fn label_of(question: &str) -> String {
    let question = format!("?{question}");
    let answer = "The lamp needed oil, the fog needed the horn, and the storm needed nobody.";
    topics(&interview(&[&[&question], &[answer]]), &[])[0].title.clone()
}

#[test]
fn a_short_question_is_its_own_label() {
    for question in ["What did the relay not know?", "Were you afraid of the storm?", "Why?"] {
        assert_eq!(label_of(question), question);
    }
}

#[test]
fn pleasantries_and_openings_are_dropped() {
    for (question, label) in [
        ("And so, Jonas, what did the relay not know?", "What did the relay not know?"),
        ("Thank you for that. Right. What does fog sound like?", "What does fog sound like?"),
        ("I know you have to go, but who carries the oil now?", "Who carries the oil now?"),
        ("Could you tell us a little bit about the winter of the ice?", "The winter of the ice"),
        ("I wanted to ask you about the harbour authority.", "The harbour authority"),
        ("Can you explain how the lamp turns?", "How the lamp turns"),
        ("Let's talk about money.", "Money"),
    ] {
        assert_eq!(label_of(question), label, "{question}");
    }
}

#[test]
fn labels_keep_the_marks_of_their_language_and_lose_stammers() {
    let mut builder = InterviewBuilder::default();
    builder.metadata.language = Some("es".to_owned());
    let asks = builder.speaker("Mira", Role::Interviewer);
    let answers = builder.speaker("Jonás", Role::Guest);
    builder.turn(Some(asks), None).paragraph("Bueno, ¿qué qué sabía el faro de la niebla?");
    builder.turn(Some(answers), None).paragraph("El faro no sabía nada de la niebla.");
    assert_eq!(topics(&builder.build(), &[])[0].title, "¿Qué sabía el faro de la niebla?");
}

#[test]
fn a_question_that_tells_nothing_is_led_by_a_word_of_what_it_is_about() {
    let language = Language::of(Some("en"), "");
    let weight = |word: u64| if word == words::hash("oil") { 3.0 } else { 0.2 };
    let labels = label::Labels { language, weight, names: &[] };
    let oil = Some(label::Lead { word: "oil", is_thing: true });
    let unsure = Some(label::Lead { word: "oil", is_thing: false });
    assert_eq!(labels.label("What did you mean by that?", || unsure), "What did you mean by that?");
    assert_eq!(labels.label("What did you mean by that?", || oil), "Oil: What did you mean by that?");
    assert_eq!(labels.label("Who paid for the oil?", || oil), "Who paid for the oil?");
    assert_eq!(labels.label("What did you mean by that?", || None), "What did you mean by that?");
}

#[test]
fn stage_directions_are_no_part_of_a_label() {
    assert_eq!(label_of("[laughs] Can I ask about the seal?"), "The seal");
    assert_eq!(label_of("(pause) What does fog sound like?"), "What does fog sound like?");
}

#[test]
fn a_long_question_is_cut_between_words() {
    let label = label_of(
        "When the engineers from the mainland brought the relay over in that small boat in October, what did the \
         people of the harbour who had depended on the lamp for generations say about it in the evenings?",
    );
    assert!(crate::text::width(&label) <= 46, "{label}");
    assert!(label.ends_with('…') || label.ends_with('?'), "{label}");
    let words = label.trim_end_matches(['…', '?']);
    assert!(label.chars().next().is_some_and(char::is_uppercase), "{label}");
    assert!(words.split(' ').all(|word| word.len() > 1 || word == "a"), "{label}");
}

#[test]
fn chinese_questions_have_labels_of_their_width() {
    let mut builder = InterviewBuilder::default();
    builder.metadata.language = Some("zh".to_owned());
    let asks = builder.speaker("问", Role::Interviewer);
    let answers = builder.speaker("答", Role::Guest);
    builder.turn(Some(asks), None).paragraph("好的，那么你第一次上灯塔的时候几岁？");
    builder.turn(Some(answers), None).paragraph("灯塔有一百年了，灯塔里面很冷，灯塔是我的家。");
    let topics = topics(&builder.build(), &[]);
    assert_eq!(topics[0].title, "你第一次上灯塔的时候几岁？");
}

#[test]
fn terms_of_the_last_topic_are_not_those_of_back_matter() {
    let mut builder = InterviewBuilder::default();
    let asks = builder.speaker("Mira Okafor", Role::Interviewer);
    let answers = builder.speaker("Jonas Hale", Role::Guest);
    builder.turn(Some(asks), None).paragraph("Who paid for the oil?");
    builder.turn(Some(answers), None).paragraph("The company paid, and the company counted every can.");
    builder.back().paragraph("Conversation").paragraph("Tobias: A fine conversation. Tobias again: fine, fine.");
    let topics = topics(&builder.build(), &[]);
    assert_eq!(topics.len(), 1, "{topics:?}");
    assert_eq!(topics[0].terms, ["company"]);
}

#[test]
fn each_question_is_a_topic_with_terms() {
    let topics = topics(
        &interview(&[
            &["?What did a storm mean to a child?"],
            &[
                "A holiday. Every storm stopped the boat, so the teacher stayed away while the waves broke.",
                "Waves and waves.",
            ],
            &["?Who paid for the oil?"],
            &["The company paid, and the company counted every can. A can of oil cost more than a coat."],
            &["?Thank you."],
        ]),
        &[],
    );
    let titles: Vec<&str> = topics.iter().map(|topic| topic.title.as_str()).collect();
    assert_eq!(titles, ["What did a storm mean to a child?", "Who paid for the oil?"]);
    assert!(topics[0].terms.contains(&"waves".to_owned()), "{:?}", topics[0].terms);
    assert!(topics[1].terms.contains(&"company".to_owned()), "{:?}", topics[1].terms);
    assert!(topics.iter().all(|topic| topic.kind == TopicKind::Question && topic.level == 0));
}

#[test]
fn a_greeting_is_no_topic() {
    let turns: &[&[&str]] = &[&["?Good to see you."], &["And you."], &["?Who paid for the oil?"], &["The company."]];
    assert_eq!(topics(&interview(turns), &[]).iter().map(|topic| topic.start.paragraph.0).collect::<Vec<_>>(), [2]);
    assert_eq!(topics(&interview(&turns[..2]), &[]).len(), 1);
}

#[test]
fn a_long_answer_has_entries_of_its_own() {
    let boats = "The boat and its engine took the sea slowly; a boat that old needs paint, rope and a new engine.";
    let birds = "Gulls nest under the gallery. A gull, a tern and a petrel fight for one ledge, nest against nest.";
    let answer = [[boats; 6], [birds; 6]].concat();
    let topics = topics(&interview(&[&["?What lives here?"], &answer]), &[]);
    assert_eq!(topics.len(), 2, "{topics:?}");
    assert_eq!((topics[1].level, topics[1].start), (1, Position::new(7, 0)));
}

#[test]
fn the_documents_own_marks_come_first() {
    let mut builder = InterviewBuilder::default();
    let mira = builder.speaker("Mira Okafor", Role::Interviewer);
    builder.topic("Childhood", 0).turn(Some(mira), None).paragraph("Where were you born?");
    builder.topic("Money", 0).turn(Some(mira), None).paragraph("Who paid?");
    let topics = topics(&builder.build(), &[]);
    assert_eq!(topics.iter().map(|topic| topic.title.as_str()).collect::<Vec<_>>(), ["Childhood", "Money"]);
    assert!(topics.iter().all(|topic| topic.kind == TopicKind::Given));
}

#[test]
fn the_readers_own_topics_stand_where_they_begin() {
    let interview = interview(&[&["?Who paid for the oil?"], &["The company."], &["?And the rope?"], &["Nobody."]]);
    let own = [(Position::new(1, 4), "My theme".to_owned())];
    let found = topics(&interview, &own);
    assert_eq!(found.iter().map(|topic| topic.kind.name()).collect::<Vec<_>>(), ["question", "own", "question"]);
    assert_eq!(with_own(found, &[]).len(), 2);
}

#[test]
fn a_place_belongs_to_the_topic_before_it() {
    let topics = topics(&interview(&[&["?Who paid for the oil?"], &["We."], &["?Why the rope?"], &["So."]]), &[]);
    assert_eq!(topic_at(&topics, Position::new(1, 2)), Some(0));
    assert_eq!(topic_at(&topics, Position::new(2, 0)), Some(1));
    assert_eq!(topic_at(&[], Position::new(2, 0)), None);
}

#[test]
fn many_questions_are_cut_where_the_talk_turns() {
    let themes: [[&str; 3]; 3] = [
        ["the lamp", "The lamp and its lens were cleaned with spirit, and the wick of the lamp trimmed.", "the wick"],
        [
            "the gulls",
            "Gulls and terns nest on the ledge; a gull takes eggs from a tern, feathers everywhere.",
            "the eggs",
        ],
        ["the money", "Wages came late, the company owed us wages, and a pension was a word in a ledger.", "the wages"],
    ];
    let mut turns: Vec<Vec<String>> = Vec::new();
    for [a, answer, b] in themes {
        for round in 0..12 {
            turns.push(vec![format!("?What about {} number {round}?", if round % 2 == 0 { a } else { b })]);
            turns.push(vec![answer.to_owned()]);
        }
    }
    let borrowed: Vec<Vec<&str>> = turns.iter().map(|turn| turn.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = borrowed.iter().map(Vec::as_slice).collect();
    let topics = topics(&interview(&slices), &[]);
    assert_eq!(topics.iter().map(|topic| topic.start.paragraph.0).collect::<Vec<_>>(), [0, 24, 48]);
}

#[test]
fn prose_without_turns_has_topics_too() {
    let mut builder = InterviewBuilder::default();
    builder.metadata.language = Some("en".to_owned());
    builder.turn(None, None);
    let lamp = "The lamp and its lens were cleaned with spirit, and the wick of the lamp was trimmed every evening. ";
    let gulls = "Gulls and terns nest on the ledge; a gull takes eggs from a tern, and feathers lie on the stairs. ";
    builder.paragraph(&(lamp.repeat(40) + &gulls.repeat(40)));
    let interview = builder.build();
    let topics = topics(&interview, &[]);
    assert_eq!(topics.len(), 2, "{topics:?}");
    assert_eq!(topics[1].start.paragraph, ParagraphIndex(0));
    assert!(interview.text()[interview.byte_of_position(topics[1].start)..].starts_with("Gulls"));
}

#[test]
fn nothing_said_is_no_topic() {
    assert!(topics(&Interview::default(), &[]).is_empty());
    let mut builder = InterviewBuilder::default();
    builder.front().paragraph("Only a standfirst.");
    assert!(topics(&builder.build(), &[]).is_empty());
    let mut builder = InterviewBuilder::default();
    builder.turn(None, None).paragraph("").paragraph("");
    topics(&builder.build(), &[]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn topics_stand_in_order_inside_the_text(
        turns in proptest::collection::vec((proptest::option::of(0_u16..3), "[\\PC?？。 \u{4e00}a-e]{0,60}"), 0..70)
    ) {
        let mut builder = InterviewBuilder::default();
        let roles = [Role::Interviewer, Role::Guest, Role::Other];
        for (speaker, text) in &turns {
            let speaker = speaker.map(|number| {
                builder.speaker(&format!("S{number}"), roles[usize::from(number)])
            });
            builder.turn(speaker, None).paragraph(text).paragraph(text);
        }
        let interview = builder.build();
        let found = topics(&interview, &[]);
        assert!(found.is_sorted_by_key(|topic| topic.start));
        for topic in &found {
            let byte = interview.byte_of_position(topic.start);
            assert!(interview.text().is_char_boundary(byte));
            assert_eq!(interview.position_of_byte(byte), topic.start);
            assert!(crate::text::width(&topic.title) <= 48, "{}", topic.title);
        }
        let again = segments(&interview);
        assert!(again.is_sorted_by_key(|topic| topic.start));
    }
}
