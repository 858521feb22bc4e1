use super::*;
use crate::anchor::{self, Resolution};
use crate::model::{Annotation, AnnotationId, InterviewBuilder, Kind, Position, Span, Tag};

/// Two speakers, four turns, five paragraphs: 5 + 5 + 4 + 3 + 3 words.
fn ferry() -> Interview {
    let mut builder = InterviewBuilder::default();
    let ada = builder.speaker("Ada", Role::Interviewer);
    let tom = builder.speaker("Tom", Role::Guest);
    builder.turn(Some(ada), None).paragraph("When did you steer? Well?");
    builder.turn(Some(tom), None).paragraph("I was eleven years old.").paragraph("It rained all day.");
    builder.turn(Some(ada), None).paragraph("And who paid?");
    builder.turn(Some(tom), None).paragraph("Nobody. “Why should?”");
    builder.build()
}

/// A note of `annotator` on characters `from..to` of a paragraph; all texts here are of one byte a character there.
fn note(
    interview: &Interview,
    annotator: Option<&str>,
    paragraph: u32,
    (from, to): (u32, u32),
    tags: &[&str],
) -> PlacedNote {
    let span = Span { start: Position::new(paragraph, from), end: Position::new(paragraph, to) };
    PlacedNote {
        annotation: Annotation {
            id: AnnotationId::new("one").unwrap(),
            kind: Kind::Highlight,
            anchor: anchor::describe(interview, span),
            tags: tags.iter().filter_map(|tag| Tag::new(tag)).collect(),
            status: None,
            due: None,
            note: String::new(),
            reply_to: None,
            created: jiff::Timestamp::UNIX_EPOCH,
            updated: jiff::Timestamp::UNIX_EPOCH,
            conflict: None,
        },
        annotator: annotator.map(str::to_owned),
        resolution: Resolution::Anchored(span),
    }
}

fn document(interview: Interview, notes: Vec<PlacedNote>) -> Document {
    Document { path: "ferry.txt".into(), interview, topics: vec![], notes }
}

#[test]
fn talk_is_counted_by_speaker() {
    let stats = count(&[document(ferry(), vec![])]);
    assert_eq!((stats.interviews, stats.turns, stats.words), (1, 4, 20));
    let [tom, ada] = stats.speakers.as_slice() else { panic!("{:?}", stats.speakers) };
    assert_eq!((tom.name.as_str(), tom.words, tom.turns, tom.questions), ("Tom", 12, 2, 1));
    assert_eq!((ada.name.as_str(), ada.words, ada.turns, ada.questions), ("Ada", 8, 2, 3));
    assert!((tom.share - 0.6).abs() < 1e-9);
    assert_eq!(tom.longest, LongestTurn { interview: "ferry.txt".into(), turn: 1, words: 9 });
}

#[test]
fn interviews_add_up_by_name() {
    let stats = count(&[document(ferry(), vec![]), document(ferry(), vec![])]);
    assert_eq!((stats.words, stats.speakers.len()), (40, 2));
    assert_eq!((stats.speakers[0].words, stats.speakers[0].interviews), (24, 2));
}

#[test]
fn covered_characters_count_once() {
    let interview = ferry();
    let notes = vec![note(&interview, None, 1, (0, 5), &[]), note(&interview, None, 1, (3, 12), &[])];
    let coverage = count(&[document(interview, notes)]).coverage;
    assert_eq!(coverage, Coverage { covered: 12, characters: 25 + 23 + 18 + 13 + 21 });
}

#[test]
fn tags_are_counted_by_speaker_and_together() {
    let interview = ferry();
    let notes = vec![
        note(&interview, None, 1, (0, 5), &["age", "work"]),
        note(&interview, None, 2, (0, 2), &["work"]),
        note(&interview, None, 2, (3, 9), &["rain"]),
        note(&interview, None, 3, (0, 3), &["work"]),
    ];
    let stats = count(&[document(interview, notes)]);
    let tag = |name: &str| Tag::new(name).unwrap();
    assert_eq!(stats.tags[0].tag, tag("work"));
    assert_eq!(stats.tags[0].notes, 3);
    assert_eq!(stats.tags[0].speakers, [("Tom".into(), 2), ("Ada".into(), 1)]);
    let pairs: Vec<_> = stats.together.iter().map(|pair| (pair.tags.clone(), pair.paragraphs)).collect();
    assert_eq!(pairs, [((tag("age"), tag("work")), 1), ((tag("rain"), tag("work")), 1)]);
}

/// Values of each observer by unit, `.` for none, as Krippendorff prints them.
fn alpha_of(observers: &[&str]) -> f64 {
    let length = observers[0].len();
    let units: Vec<Vec<usize>> = (0..length)
        .map(|unit| {
            let values = observers.iter().map(|values| values.as_bytes()[unit]);
            values.filter(|value| *value != b'.').map(usize::from).collect()
        })
        .collect();
    alpha(units.iter().map(|unit| (unit.as_slice(), 1))).unwrap()
}

#[test]
fn alpha_is_as_in_the_published_examples() {
    // Krippendorff 2011, examples A (two observers, two values), B (more values) and C (four observers, gaps).
    assert!((alpha_of(&["0100000010", "1110010000"]) - 0.095).abs() < 0.0005);
    assert!((alpha_of(&["aabbdcccedda", "babbbccceddd"]) - 0.692).abs() < 0.0005);
    let four = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
    assert!((alpha_of(&four) - 0.743).abs() < 0.0005);
}

#[test]
fn kappa_is_as_in_the_published_examples() {
    // The table of 50 proposals by which the measure is usually explained: 20 and 15 agreed, 5 and 10 not.
    let kappa = kappa([(1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15)]).unwrap();
    assert!((kappa - 0.4).abs() < 1e-9);
    // J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, table 18.1: two raters, three
    // diagnoses, 100 subjects.
    let diagnoses =
        [(0, 0, 75), (0, 1, 1), (0, 2, 4), (1, 0, 5), (1, 1, 4), (1, 2, 1), (2, 0, 0), (2, 1, 0), (2, 2, 10)];
    assert!((super::kappa(diagnoses).unwrap() - 0.676).abs() < 0.0005);
    assert_eq!(super::kappa([(0, 0, 7)]), None);
}

fn two_layers() -> Vec<Document> {
    let interview = ferry();
    let notes = vec![
        note(&interview, None, 1, (0, 5), &["age"]),
        note(&interview, None, 2, (0, 5), &["age"]),
        note(&interview, Some("ada"), 1, (3, 8), &["age"]),
        note(&interview, Some("ada"), 4, (0, 6), &["money"]),
    ];
    vec![document(interview, notes)]
}

#[test]
fn agreement_by_paragraph() {
    let agreement = agreement(&two_layers(), Unit::Paragraph).unwrap();
    assert_eq!((agreement.units, agreement.annotators.len()), (5, 2));
    let [age, money] = agreement.tags.as_slice() else { panic!("{agreement:?}") };
    // Values: 00 11 10 00 00; ten in all, three ones: 1 - 9 * 2 / (3 * 7 * 2).
    assert!((age.alpha.unwrap() - (1.0 - 18.0 / 42.0)).abs() < 1e-9);
    // Agreed 4/5; by chance (2*1 + 3*4) / 25.
    assert!((age.kappas[0].kappa.unwrap() - (0.8 - 0.56) / 0.44).abs() < 1e-9);
    let [only] = age.disagreements.as_slice() else { panic!("{age:?}") };
    assert_eq!((only.turn, only.paragraph, only.words.as_str()), (Some(1), 2, "It rained all day."));
    assert_eq!((only.with.as_slice(), only.without.as_slice()), (&[None][..], &[Some("ada".into())][..]));
    assert_eq!(money.kappas[0].kappa, Some(0.0));
}

#[test]
fn agreement_by_turn_and_by_character() {
    let turns = agreement(&two_layers(), Unit::Turn).unwrap();
    assert_eq!((turns.units, turns.tags[0].alpha), (4, Some(1.0)));
    let characters = agreement(&two_layers(), Unit::Character).unwrap();
    let words: Vec<&str> = characters.tags[0].disagreements.iter().map(|one| one.words.as_str()).collect();
    assert_eq!((characters.units, words), (100, vec!["I w", " el", "It ra"]));
}

#[test]
fn one_layer_has_nobody_to_agree_with() {
    let interview = ferry();
    let notes = vec![note(&interview, None, 1, (0, 5), &["age"])];
    assert_eq!(agreement(&[document(interview, notes)], Unit::Paragraph), None);
}
