use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn drawn(text: &str, columns: u16) -> Vec<&str> {
    wrap(text, columns).iter().map(|row| &text[row.range()]).collect()
}

#[test]
fn words_stay_whole_and_blanks_hang() {
    assert_eq!(drawn("the lamp  went out", 8), ["the lamp", "went out"]);
    assert_eq!(drawn("the lamp went out   ", 8), ["the lamp", "went out"]);
    assert_eq!(drawn("the lamp went out", 7), ["the", "lamp", "went", "out"]);
    assert_eq!(drawn("well-kept lamp", 9), ["well-kept", "lamp"]);
    assert_eq!(drawn("well-kept lamp", 8), ["well-", "kept", "lamp"]);
}

#[test]
fn nothing_is_one_empty_row() {
    let empty = Row { start: 0, end: 0, width: 0 };
    assert_eq!(wrap("", 10), [empty]);
    assert_eq!(wrap("   ", 10), [empty]);
    assert_eq!(wrap("\u{3000}", 1), [empty]);
}

#[test]
fn a_word_longer_than_a_row_breaks_between_graphemes() {
    assert_eq!(drawn("a longish", 3), ["a", "lon", "gis", "h"]);
    assert_eq!(drawn("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    assert_eq!(
        drawn("👩\u{200d}👩\u{200d}👧👩\u{200d}👩\u{200d}👧", 3),
        ["👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"]
    );
}

#[test]
fn han_breaks_anywhere_but_before_closing_marks() {
    assert_eq!(drawn("我们搬到河边。", 4), ["我们", "搬到", "河", "边。"]);
    assert_eq!(drawn("他说「好」了。", 6), ["他说", "「好」", "了。"]);
}

#[test]
fn columns_too_few_for_anything_lose_nothing() {
    assert_eq!(drawn("我 a", 1), ["我", "a"]);
    assert_eq!(drawn("ab", 0), ["a", "b"]);
    assert_eq!(wrap("我", 1), [Row { start: 0, end: 3, width: 2 }]);
}

#[test]
fn what_is_shown_as_a_mark_counts_as_wide_as_the_mark() {
    assert_eq!(wrap("a\u{202e}b", 10), [Row { start: 0, end: 5, width: 8 }]);
    assert_eq!(wrap("\u{1b}[31m", 10)[0].width, 5);
    assert_eq!(wrap("soft\u{ad}ly", 10)[0].width, 6);
}

#[test]
fn line_feeds_of_notes_end_rows() {
    assert_eq!(drawn("a\n\nb c", 3), ["a", "", "b c"]);
    assert_eq!(drawn("a\n", 3), ["a"]);
    assert_eq!(drawn("我\r\n们", 2), ["我", "们"]);
}

#[test]
fn blanks_before_the_first_word_stay_where_it_fits_beside_them() {
    assert_eq!(drawn("  a", 3), ["  a"]);
    assert_eq!(drawn("  abc", 3), ["abc"]);
    assert_eq!(drawn("\u{3000}我", 4), ["\u{3000}我"]);
}

#[test]
fn the_first_rows_of_a_huge_paragraph_come_at_once() {
    let text = "word ".repeat(2_000_000);
    assert_eq!(rows(&text, 20).take(3).count(), 3);
    let text = "我们 ".repeat(1_000_000);
    assert_eq!(rows(&text, 20).take(3).count(), 3);
}

#[test]
fn columns_and_bytes_find_each_other() {
    let text = "ab 我é c";
    let row = wrap(text, 20)[0];
    assert_eq!([0, 1, 3, 6, 8, 9, 10].map(|byte| column_of(text, &row, byte)), [0, 1, 3, 5, 6, 7, 8]);
    assert_eq!([0, 3, 4, 5, 7, 8, 99].map(|column| offset_at_column(text, &row, column)), [0, 3, 3, 6, 9, 10, 10]);
}

fn paragraph() -> impl Strategy<Value = String> {
    "([a-z]{1,9}|[ -~]|  ?|\t|\u{3000}|[我们搬到。「」，]{1,4}|e\u{301}|👩\u{200d}👩\u{200d}👧|🇩🇪|❤\u{fe0f}|\u{1b}\\[2J|\u{202e}|\u{200b}|\u{ad}|क्षि|한국|각|“|”|—|\n|\r\n|\u{2028}|\u{a0}|\u{85}){0,40}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn rows_hold_everything_but_blanks_in_order_and_fit(text in paragraph(), columns in 0..24u16) {
        let rows = wrap(&text, columns);
        let mut reached = 0;
        for row in &rows {
            let range = row.range();
            prop_assert!(range.start >= reached && range.start <= range.end);
            prop_assert!(text[reached..range.start].chars().all(|c| is_blank(c) || c == '\n' || c == '\r'));
            prop_assert_eq!(usize::from(row.width), width(&text[range.clone()]));
            let visible = text[range.clone()].graphemes(true).count();
            prop_assert!(row.width <= columns.max(1) || visible == 1, "{:?}", &text[range.clone()]);
            reached = range.end;
        }
        prop_assert!(text[reached..].chars().all(|c| is_blank(c) || c == '\n' || c == '\r'));
        let boundaries: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        for row in &rows {
            prop_assert!(boundaries.contains(&(row.start as usize)) && boundaries.contains(&(row.end as usize)));
        }
    }

    #[test]
    fn ascii_breaks_as_any_text(text in "([a-z]{1,9}| {1,3}|[ -~]){0,40}", columns in 1..24usize) {
        let plain: Vec<Row> = ascii::Rows::new(&text, columns).collect();
        let measured: Vec<Row> = Measured::new(&text, columns).collect();
        prop_assert_eq!(plain, measured);
    }

    #[test]
    fn every_column_of_a_row_is_a_grapheme_of_it(text in paragraph(), columns in 1..24u16) {
        for row in wrap(&text, columns) {
            for column in 0..row.width {
                let byte = offset_at_column(&text, &row, column);
                prop_assert!(row.range().contains(&byte));
                let left = column_of(&text, &row, byte);
                prop_assert!(left <= column);
                prop_assert!(usize::from(column - left) < grapheme_width(graphemes(&text[byte..]).next().unwrap().1));
            }
        }
    }
}
