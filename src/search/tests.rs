use super::*;
use crate::model::{Interview, InterviewBuilder, Role};
use proptest::prelude::*;

fn words<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
    Query::literal(query).find_in(text).into_iter().map(|hit| &text[hit]).collect()
}

fn matches<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
    Query::regex(pattern).unwrap().find_in(text).into_iter().map(|hit| &text[hit]).collect()
}

fn talk() -> Interview {
    let mut builder = InterviewBuilder::default();
    let mira = builder.speaker("Mira Okafor", Role::Interviewer);
    let jonas = builder.speaker("Jonas Håle", Role::Guest);
    builder.front().paragraph("On storms.");
    builder.turn(Some(mira), None).paragraph("Was there a storm?").translation("有风暴吗？");
    builder.turn(Some(jonas), None).paragraph("A Storm, a great storm.").paragraph("Élan and storms.");
    builder.translation("气势与风暴。");
    builder.back().paragraph("No storm here.");
    builder.build()
}

#[test]
fn case_counts_where_a_capital_is_typed() {
    let text = "storm Storm STORM";
    assert_eq!(words("storm", text), ["storm", "Storm", "STORM"]);
    assert_eq!(words("Storm", text), ["Storm"]);
    assert_eq!(words("STORM", text), ["STORM"]);
    assert_eq!(words("Aa", "aAa aa"), ["Aa"]);
}

#[test]
fn accents_count_where_one_is_typed() {
    let text = "elan élan e\u{301}lan Élan";
    assert_eq!(words("elan", text), ["elan", "élan", "e\u{301}lan", "Élan"]);
    assert_eq!(words("élan", text), ["élan", "e\u{301}lan", "Élan"]);
    assert_eq!(words("e\u{301}lan", text), ["élan", "e\u{301}lan", "Élan"]);
    assert_eq!(words("Elan", text), ["Élan"]);
    assert_eq!(words("Élan", text), ["Élan"]);
    assert_eq!(words("è", text), [""; 0]);
}

#[test]
fn blanks_match_any_blanks_but_no_paragraph_break() {
    assert_eq!(words("the  lamp", "the lamp the\u{a0} \tlamp the\nlamp thelamp"), ["the lamp", "the\u{a0} \tlamp"]);
    assert_eq!(words("  ", "a  b"), [""; 0]);
    assert_eq!(words("", "a"), [""; 0]);
    assert_eq!(words("a\nb", "a b"), ["a b"]);
}

#[test]
fn scripts_and_signs_are_found_as_readers_mean_them() {
    for (query, text, found) in [
        ("istanbul", "İstanbul ISTANBUL", vec!["İstanbul", "ISTANBUL"]),
        ("strasse", "Straße", vec!["Straße"]),
        ("straße", "STRASSE", vec!["STRASSE"]),
        ("s", "ß", vec!["ß"]),
        ("fin", "ﬁn", vec!["ﬁn"]),
        ("abc", "ＡＢＣ", vec!["ＡＢＣ"]),
        ("ａｂｃ", "abc", vec!["abc"]),
        ("it's", "It’s", vec!["It’s"]),
        ("한국", "\u{1112}\u{1161}\u{11ab}국", vec!["\u{1112}\u{1161}\u{11ab}국"]),
        ("محمد", "مُحَمَّد", vec!["مُحَمَّد"]),
        ("か", "がか", vec!["か"]),
        ("🇪🇺", "🇩🇪🇺🇸 🇪🇺", vec!["🇪🇺"]),
        ("👧", "👩\u{200d}👧", vec!["👩\u{200d}👧"]),
        ("softly", "soft\u{ad}ly", vec!["soft\u{ad}ly"]),
        ("河边", "我们搬到河边。", vec!["河边"]),
        ("lodz", "Łódź", vec!["Łódź"]),
        ("Łodz", "Łódź łódź", vec![]),
        ("e", "e\u{301}\u{302}", vec!["e\u{301}\u{302}"]),
    ] {
        assert_eq!(words(query, text), found, "{query} in {text}");
    }
}

#[test]
fn expressions_keep_to_paragraphs() {
    assert_eq!(matches("st.rm", "storm Starm"), ["storm", "Starm"]);
    assert_eq!(matches("St.rm", "storm Starm"), ["Starm"]);
    assert_eq!(matches(r"\Wa\S", "storm Abc"), [" Ab"]);
    assert_eq!(matches("^a$", "b\na\nc a"), ["a"]);
    assert_eq!(matches("[^x]+", "ab\ncd"), ["ab", "cd"]);
    assert_eq!(matches(r"b\s+c|d", "ab\ncd\nd b c"), ["d", "d", "b c"]);
    assert_eq!(matches("x*", "ab"), [""; 0]);
    assert_eq!(matches("e", "e\u{301}"), ["e\u{301}"]);
    assert_eq!(matches(r"(?P<Name>a)\p{Lu}", "Ab"), ["Ab"]);
}

#[test]
fn a_faulty_expression_is_explained_in_a_line() {
    let fault = |pattern: &str| Query::regex(pattern).unwrap_err().to_string();
    assert_eq!(fault("(a"), "unclosed group");
    assert_eq!(fault("a{1000}{1000}"), "the expression is too large");
    assert!(!fault("[").contains('\n'));
}

#[test]
fn a_query_may_name_the_speaker() {
    let interview = talk();
    let found = |input: &str| {
        let query = Query::parse(input, false).unwrap();
        let index = TextIndex::new(&interview);
        let hits = query.hits(&interview, &index);
        assert_eq!(query.find_all(&interview), hits.spans(&interview).collect::<Vec<_>>());
        hits.iter().map(|hit| &interview.text()[hit]).collect::<Vec<_>>()
    };
    assert_eq!(found("storm").len(), 6);
    assert_eq!(found("@okafor storm"), ["storm"]);
    assert_eq!(found("@Hale storm"), ["Storm", "storm", "storm"]);
    assert_eq!(found("@hale Storm"), ["Storm"]);
    assert_eq!(found("@\"jonas h\" elan"), ["Élan"]);
    assert_eq!(found("@mir 风暴"), ["风暴"]);
    assert_eq!(found("@nobody storm"), [""; 0]);
    assert_eq!(found("@okafor"), [""; 0]);
    assert_eq!(Query::parse("@okafor storm", false).unwrap().speaker(), Some("okafor"));
    assert!(Query::parse("@okafor", false).unwrap().is_empty());
    assert!(Query::parse("\\@home", false).unwrap().is_in("me@home"));
    assert!(Query::parse("@ home", false).unwrap().is_in("me @ home"));
}

#[test]
fn hits_are_found_from_any_place() {
    let interview = talk();
    let hits = Query::literal("storm").hits(&interview, &TextIndex::new(&interview));
    assert_eq!(hits, Query::literal("storm").quick_hits(&interview));
    let first = hits.get(0).unwrap();
    assert_eq!(first, 3..8);
    assert_eq!(hits.at_or_after(3), Some(0));
    assert_eq!(hits.at_or_after(4), Some(1));
    assert_eq!(hits.before(3), None);
    assert_eq!(hits.before(4), Some(0));
    assert_eq!(hits.at_or_after(interview.text().len()), None);
    assert_eq!(hits.within(5..6).next(), Some(first));
    assert_eq!(hits.within(8..9).count(), 0);
    assert_eq!(hits.within(0..interview.text().len()).count(), hits.len());
}

#[test]
fn what_is_found_quickly_is_found_folded_too() {
    let interview = talk();
    for query in ["storm", "Storm", "a  great", "élan", "s."] {
        let quick = Query::literal(query).quick_hits(&interview);
        assert_eq!(quick, Query::literal(query).hits(&interview, &TextIndex::new(&interview)), "{query}");
    }
}

fn text() -> impl Strategy<Value = String> {
    let latin = "[a-cA-C]{1,3}|é|e\u{301}|ß|ss|ﬁ|fi|Ａ|\u{ad}|  | |\u{a0}|’|'|—|-|\n|İ|i";
    let others = "[我们。]|ガ|カ|ｶﾞ|각|👩\u{200d}👧|👧|🇩🇪|مُ|م|क्षि";
    proptest::string::string_regex(&format!("({latin}|{others}){{0,24}}")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn hits_stand_in_order_on_graphemes_within_paragraphs(
        text in text(),
        query in text(),
        expression in "[abcé.*+?我]{1,4}|[^a]+|\\s+",
    ) {
        let edges: Vec<usize> = crate::text::graphemes(&text).map(|(at, _)| at).chain([text.len()]).collect();
        for query in [Some(Query::literal(&query)), Query::regex(&expression).ok()].into_iter().flatten() {
            let mut behind = 0;
            for hit in query.find_in(&text) {
                prop_assert!(hit.start >= behind && hit.start < hit.end);
                prop_assert!(edges.contains(&hit.start) && edges.contains(&hit.end));
                prop_assert!(!text[hit.clone()].contains('\n'));
                behind = hit.end;
            }
        }
    }

    #[test]
    fn a_copy_and_no_copy_give_the_same_hits(
        lines in proptest::collection::vec(text(), 0..6),
        query in "[a-cA-C’'i ]{1,3}|é|ss|-",
    ) {
        let text = lines.join("\n");
        if let Some(literal) = literal::Literal::new(&query) {
            prop_assert_eq!(literal.find_by_line(&text), literal.find(&text, &crate::text::fold(&text)));
        }
    }

    #[test]
    fn what_stands_in_a_text_is_found_there(before in "[x \n]{0,4}", words in text(), after in "[x \n]{0,4}") {
        let words = words.replace('\n', " ");
        prop_assume!(!Query::literal(&words).is_empty());
        let text = format!("{before}{words}{after}");
        prop_assert!(Query::literal(&words).is_in(&text));
        prop_assert!(Query::literal(&words.to_lowercase()).is_in(&text));
    }
}
