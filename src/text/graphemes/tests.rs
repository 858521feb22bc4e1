use super::*;
use proptest::prelude::*;

#[test]
fn offsets_inside_a_grapheme_or_character_move_to_its_edges() {
    let text = "ae\u{301}b👩\u{200d}👧";
    assert_eq!(boundary_at(text, 2), 1);
    assert_eq!(boundary_at(text, 3), 1);
    assert_eq!(boundary_from(text, 3), 4);
    assert_eq!(boundary_from(text, 4), 4);
    assert_eq!(next_boundary(text, 5), text.len());
    assert_eq!(previous_boundary(text, text.len()), 5);
    assert_eq!(next_boundary(text, 1000), text.len());
    assert_eq!(previous_boundary("", 0), 0);
}

#[test]
fn either_end_of_the_iterator_sees_the_same_graphemes() {
    let text = "a🇩🇪🇫🇷\r\nक्षि각";
    let forth: Vec<_> = graphemes(text).collect();
    let mut back: Vec<_> = graphemes(text).rev().collect();
    back.reverse();
    assert_eq!(forth, back);
    assert_eq!(forth, text.grapheme_indices(true).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn neighbours_are_those_of_the_whole_text(
        text in "([a-z ]|é|e\u{301}|[我カ각]|\u{1100}|\u{1161}|\u{11a8}|🇩|👩|\u{200d}|\u{1f3fd}|\r|\n|क|\u{94d}|ष|\u{600}|\u{200b}){0,24}",
        share in 0.0..1.2f64,
    ) {
        let offset = (text.len() as f64 * share) as usize;
        let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        prop_assert_eq!(boundary_at(&text, offset), edges.iter().copied().rfind(|&at| at <= offset).unwrap_or(0));
        let from = edges.iter().copied().find(|&at| at >= offset).unwrap_or(text.len());
        prop_assert_eq!(boundary_from(&text, offset), from);
        let next = edges.iter().copied().find(|&at| at > offset).unwrap_or(text.len());
        prop_assert_eq!(next_boundary(&text, offset), next);
        let previous = edges.iter().copied().rfind(|&at| at < offset.min(text.len())).unwrap_or(0);
        prop_assert_eq!(previous_boundary(&text, offset), previous);
        prop_assert!(graphemes(&text).eq(text.grapheme_indices(true)));
    }
}
