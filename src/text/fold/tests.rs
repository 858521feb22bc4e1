use super::*;
use proptest::prelude::*;

#[test]
fn what_a_reader_takes_for_the_same_folds_to_the_same() {
    for (text, folded) in [
        ("Lamp", "lamp"),
        ("Élan é e\u{301} Ångström Łódź Øre Æther", "elan e e angstrom lodz ore aether"),
        ("“It’s” — «so» … „ja“ ‐", "\"it's\" - \"so\" ... \"ja\" -"),
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("ﬁn ﬀ ²", "fin ff 2"),
        ("İstanbul ısı", "istanbul isi"),
        ("ＡＢＣ　１２，ｶﾞ", "abc 12,ガ"),
        ("が ガ か", "が ガ か"),
        ("한국 \u{1112}\u{1161}\u{11ab}", "한국 한"),
        ("مُحَمَّد مـحمد", "محمد محمد"),
        ("שָׁלוֹם", "שלום"),
        ("कि की", "कि की"),
        ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
        ("ЁЖ ёж", "еж еж"),
        ("a\u{a0} \u{2009}b\t\tc  d", "a b c d"),
        ("soft\u{ad}ly\u{200b} \u{feff}x", "softly x"),
        ("a\nB", "a\nb"),
        ("👩\u{200d}👧 ❤\u{fe0f}", "👩👧 ❤"),
        ("\u{301}", ""),
    ] {
        assert_eq!(fold(text).text(), folded, "{text}");
        assert_eq!(fold_keeping(text, Keep::default()), folded, "{text}");
    }
}

#[test]
fn what_is_kept_is_told_apart() {
    assert_eq!(fold_keeping("Élan ﬁn", Keep { case: true, accents: false }), "Elan fin");
    assert_eq!(fold_keeping("E\u{301}lan", Keep { case: false, accents: true }), "élan");
    assert_eq!(fold_keeping("Øre", Keep { case: true, accents: true }), "Øre");
}

#[test]
fn the_way_back_gives_whole_characters() {
    let text = "Caf\u{e9} ﬁn  Straße e\u{301}!";
    let folded = fold(text);
    assert_eq!(folded.text(), "cafe fin strasse e!");
    let original = |words: &str| {
        let at = folded.text().find(words).unwrap();
        &text[folded.original(at..at + words.len())]
    };
    assert_eq!(original("cafe"), "Café");
    assert_eq!(original("fin strasse"), "ﬁn  Straße");
    assert_eq!(original("in"), "ﬁn");
    assert_eq!(original("trass"), "traß");
    assert_eq!(original(" e!"), " e\u{301}!");
    assert_eq!(original("cafe fin strasse e!"), text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn every_piece_of_a_text_is_found_where_it_stands(
        pieces in proptest::collection::vec("[a-zA-Z]{1,8}|é|e\u{301}|ß|ﬁ|Ａ|[我们。，]{1,3}|ガ|ｶﾞ|각|👩\u{200d}👧|\u{ad}|  | |\t|\u{a0}|“|…|مُ|क्षि|\n|İ", 0..30),
    ) {
        let text = pieces.concat();
        let folded = fold(&text);
        prop_assert_eq!(folded.text(), fold_keeping(&text, Keep::default()));
        let mut way = folded.way_back();
        let mut last = 0;
        for (at, c) in folded.text().char_indices() {
            let bytes = at..at + c.len_utf8();
            let range = way.original(bytes.clone());
            prop_assert_eq!(range.clone(), folded.original(bytes));
            prop_assert!(range.start >= last && range.end <= text.len() && range.start < range.end);
            prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            prop_assert!(fold(&text[range.clone()]).text().contains(c));
            last = range.start;
        }
    }
}
