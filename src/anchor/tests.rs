//! Anchors described and found again.

use super::*;
use crate::model::{InterviewBuilder, Place, Role, Spot};

fn lighthouse(edit: impl Fn(&str) -> String) -> Interview {
    let mut builder = InterviewBuilder::default();
    let mira = builder.speaker("Mira", Role::Interviewer);
    let jonas = builder.speaker("Jonas", Role::Guest);
    let say = |builder: &mut InterviewBuilder, text: &str| {
        for paragraph in edit(text).split('\n').filter(|paragraph| !paragraph.is_empty()) {
            builder.paragraph(paragraph);
        }
    };
    builder.front();
    say(&mut builder, "We met on the rock in a wind that took the words away.");
    builder.turn(Some(mira), None);
    say(&mut builder, "What did the relay not know?");
    builder.turn(Some(jonas), None);
    say(&mut builder, "The difference between weather and trouble. Yes.");
    say(&mut builder, "The thing I tell people is we never once lost the lamp in a storm, and that was before radar.");
    builder.turn(Some(mira), None);
    say(&mut builder, "Yes.");
    builder.turn(Some(jonas), None);
    say(&mut builder, "It rained for eleven weeks and the fog horn went on the whole time, day and night.");
    builder.translation("雨下了十一个星期，雾号日夜不停地响着。");
    builder.turn(Some(mira), None);
    say(&mut builder, "Yes.");
    builder.build()
}

fn original() -> Interview {
    lighthouse(str::to_owned)
}

fn span_of(interview: &Interview, words: &str) -> Span {
    let start = interview.text().find(words).unwrap();
    Span::new(interview.position_of_byte(start), interview.position_of_byte(start + words.len()))
}

fn words(interview: &Interview, resolution: &Resolution) -> Option<String> {
    resolution.span().map(|span| interview.slice(span))
}

#[test]
fn an_anchor_holds_the_quote_and_its_surroundings() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "we never once lost the lamp in a storm"));
    assert_eq!(anchor.start, Spot { place: Place::Turn { turn: 1, paragraph: 1 }, character: 27 });
    assert_eq!(anchor.end.character, 65);
    assert_eq!(anchor.quote, "we never once lost the lamp in a storm");
    assert_eq!(anchor.before, "The thing I tell people is ");
    assert_eq!(anchor.after, ", and that was before radar.");
    assert_eq!(resolve(&interview, &anchor), Resolution::Anchored(span_of(&interview, &anchor.quote)));
}

#[test]
fn every_stretch_of_the_text_is_found_where_it_stands() {
    let interview = original();
    let edges: Vec<usize> = (0..=interview.text().len()).filter(|&at| interview.text().is_char_boundary(at)).collect();
    for &start in edges.iter().step_by(3) {
        for &end in edges.iter().skip_while(|&&end| end < start).step_by(7) {
            let span = Span::new(interview.position_of_byte(start), interview.position_of_byte(end));
            let anchor = describe(&interview, span);
            let found = resolve(&interview, &anchor).span().unwrap_or_else(|| panic!("{anchor:?}"));
            assert_eq!(interview.slice(found), anchor.quote);
            assert_eq!(describe(&interview, found), anchor);
        }
    }
}

#[test]
fn a_selection_up_to_the_next_paragraph_ends_with_its_own() {
    let interview = original();
    let span = Span::new(Position::new(2, 0), Position::new(3, 0));
    let anchor = describe(&interview, span);
    assert_eq!(anchor.quote, "The difference between weather and trouble. Yes.");
    assert_eq!(anchor.end.place, Place::Turn { turn: 1, paragraph: 0 });
}

#[test]
fn a_translation_is_a_side_of_its_own() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "雾号日夜不停"));
    assert_eq!(anchor.side, Side::Translation);
    assert_eq!(anchor.start, Spot { place: Place::Turn { turn: 3, paragraph: 0 }, character: 9 });
    assert_eq!(words(&interview, &resolve(&interview, &anchor)).as_deref(), Some("雾号日夜不停"));
    let crossing = Span::new(Position::new(6, 0), Position::new(7, 3));
    assert_eq!(describe(&interview, crossing).quote, "Yes.");
}

#[test]
fn a_quote_follows_when_text_is_put_in_before_it() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "never once lost"));
    let edited = lighthouse(|text| text.replace("The thing", "First of all. Well, the thing"));
    let resolution = resolve(&edited, &anchor);
    assert!(matches!(resolution, Resolution::Moved { score: 1.0, .. }), "{resolution:?}");
    assert_eq!(words(&edited, &resolution).as_deref(), Some("never once lost"));
}

#[test]
fn a_quote_over_paragraphs_is_found_when_they_are_joined_or_split_elsewhere() {
    let interview = original();
    let span = Span::new(span_of(&interview, "weather and").start, span_of(&interview, "we never once").end);
    let anchor = describe(&interview, span);
    assert_eq!(anchor.quote, "weather and trouble. Yes.\n\nThe thing I tell people is we never once");
    let split =
        lighthouse(|text| text.replace("trouble. Yes", "trouble.\nYes").replace("people is we", "people is\nwe"));
    assert_eq!(
        words(&split, &resolve(&split, &anchor)).as_deref(),
        Some("weather and trouble.\n\nYes.\n\nThe thing I tell people is\n\nwe never once")
    );
    let joined = resolve(&interview, &describe(&split, span_of(&split, "trouble.\nYes.")));
    assert_eq!(words(&interview, &joined).as_deref(), Some("trouble. Yes."));
}

#[test]
fn short_words_that_stand_in_many_places_are_not_guessed() {
    let interview = original();
    let yes = Span::new(Position::new(4, 0), Position::new(4, 4));
    let anchor = describe(&interview, yes);
    assert_eq!(resolve(&interview, &anchor), Resolution::Anchored(yes));
    let gone = Anchor { start: Spot { place: Place::Turn { turn: 9, paragraph: 0 }, character: 0 }, ..anchor };
    assert_eq!(resolve(&interview, &gone), Resolution::Orphan);
    assert!(candidates(&interview, &gone).len() >= 2);
}

#[test]
fn a_point_holds_on_by_the_text_around_it() {
    let interview = original();
    let point = span_of(&interview, "once lost").start;
    let anchor = describe(&interview, Span::new(point, point));
    assert!(anchor.quote.is_empty());
    let edited = lighthouse(|text| text.replace("The thing", "Well. The thing"));
    let found = resolve(&edited, &anchor).span().unwrap();
    assert!(found.is_empty());
    assert_eq!(found.start, span_of(&edited, "once lost").start);
}

#[test]
fn a_cluster_is_taken_whole() {
    let mut builder = InterviewBuilder::default();
    builder.turn(None, None).paragraph("She said cafe\u{301} and 👩‍👩‍👧 laughed.");
    let interview = builder.build();
    let anchor = describe(&interview, Span::new(Position::new(0, 9), Position::new(0, 13)));
    assert_eq!(anchor.quote, "cafe\u{301}");
    let woman = interview.text().find('👩').unwrap() as u32;
    assert_eq!(describe(&interview, Span::new(Position::new(0, woman), Position::new(0, woman + 4))).quote, "👩‍👩‍👧");
}

#[test]
fn an_empty_interview_orphans_everything_and_describes_nothing() {
    let empty = InterviewBuilder::default().build();
    let anchor = describe(&empty, Span::new(Position::new(3, 9), Position::new(7, 0)));
    assert_eq!(anchor.quote, "");
    let full = original();
    assert_eq!(resolve(&empty, &describe(&full, span_of(&full, "the lamp"))), Resolution::Orphan);
    assert!(candidates(&empty, &anchor).is_empty() || resolve(&empty, &anchor).span().is_some());
}

#[test]
fn a_quote_that_was_edited_follows_with_a_score_and_a_short_one_does_not() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "we never once lost the lamp in a storm"));
    let edited = lighthouse(|text| text.replace("never once lost the lamp", "never ever lost the great lmap"));
    match resolve(&edited, &anchor) {
        Resolution::Moved { span, score } => {
            assert_eq!(edited.slice(span), "we never ever lost the great lmap in a storm");
            assert!((0.6..0.9).contains(&score), "{score}");
        }
        other => panic!("{other:?}"),
    }
    let short = describe(&interview, span_of(&interview, "radar"));
    let edited = lighthouse(|text| text.replace("radar", "rador"));
    assert_eq!(resolve(&edited, &short), Resolution::Orphan);
    assert_eq!(edited.slice(candidates(&edited, &short)[0].span), "rador");
}

#[test]
fn a_quote_that_is_gone_is_an_orphan() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "It rained for eleven weeks and the fog horn went on"));
    let without =
        lighthouse(|text| text.replace("It rained for eleven weeks and the fog horn went on the whole", "It was a"));
    assert_eq!(resolve(&without, &anchor), Resolution::Orphan);
}

#[test]
fn a_translation_that_was_edited_follows_too() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "雨下了十一个星期，雾号日夜不停"));
    let mut builder = InterviewBuilder::default();
    builder.turn(None, None).paragraph("Something else.").translation("别的。");
    builder.turn(None, None).paragraph("It rained.").translation("他说：雨下了十二个星期，雾号日夜不停地响着。");
    let edited = builder.build();
    assert_eq!(words(&edited, &resolve(&edited, &anchor)).as_deref(), Some("雨下了十二个星期，雾号日夜不停"));
}

#[test]
fn a_text_of_one_word_over_and_over_takes_no_longer_than_others() {
    let mut builder = InterviewBuilder::default();
    for _ in 0..40 {
        builder.turn(None, None).paragraph(&"ha ".repeat(400));
    }
    let interview = builder.build();
    let anchors: Vec<Anchor> = (0..40)
        .map(|number| {
            let span = Span::new(Position::new(number % 40, 3 * number), Position::new(number % 40, 3 * number + 90));
            Anchor { start: Spot { place: Place::Back(number), character: 1 }, ..describe(&interview, span) }
        })
        .collect();
    let resolutions = resolve_all(&interview, &anchors);
    let orphans = resolutions.iter().filter(|resolution| **resolution == Resolution::Orphan).count();
    assert!(orphans > 30, "{orphans} of {}", resolutions.len());
}

#[test]
fn a_quote_written_by_hand_without_its_surroundings_is_found_where_it_stands_alone() {
    let interview = original();
    let by_hand = |quote: &str, start: Spot| Anchor {
        start,
        end: start,
        side: Side::Original,
        quote: quote.to_owned(),
        before: String::new(),
        after: String::new(),
    };
    let nowhere = Spot { place: Place::Turn { turn: 0, paragraph: 0 }, character: 0 };
    let found = resolve(&interview, &by_hand("the lamp", nowhere));
    assert_eq!(words(&interview, &found).as_deref(), Some("the lamp"));
    assert_eq!(resolve(&interview, &by_hand("the", nowhere)), Resolution::Orphan, "it stands in many places");
    let there = describe(&interview, span_of(&interview, "that was before")).start;
    assert!(matches!(resolve(&interview, &by_hand("that", there)), Resolution::Anchored(_)));
}

#[test]
fn what_is_proposed_ends_with_whole_words() {
    let interview = original();
    let anchor = describe(&interview, span_of(&interview, "the fog horn went on the whole time, day and night."));
    let edited =
        lighthouse(|text| text.replace("went on the whole time, day and night.", "sounded throughout the days"));
    for candidate in candidates(&edited, &anchor) {
        let (start, end) = (edited.byte_of_position(candidate.span.start), edited.byte_of_position(candidate.span.end));
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let cuts =
            |at: usize| letter(edited.text()[..at].chars().next_back()) && letter(edited.text()[at..].chars().next());
        assert!(!cuts(start) && !cuts(end), "{}", edited.slice(candidate.span));
    }
}
