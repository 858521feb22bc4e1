use super::*;
use crate::text::{fit, grapheme_width, pad, width};
use proptest::prelude::*;

#[test]
fn nothing_that_a_terminal_obeys_passes() {
    assert_eq!(sanitise("\u{1b}]0;owned\u{7}"), "␛]0;owned␇");
    assert_eq!(sanitise("a\u{9b}31mb\u{7f}\0"), "a⟨9B⟩31mb␡␀");
    assert_eq!(sanitise("a\tb\r\nc\rd\u{8}"), "a b\nc␍d␈");
    assert_eq!(sanitise_line("a\tb\nc"), "a b c");
}

#[test]
fn what_hides_or_turns_text_is_seen() {
    assert_eq!(sanitise("evil\u{202e}txt\u{2066}.\u{200f}"), "evil⟨202E⟩txt⟨2066⟩.⟨200F⟩");
    assert_eq!(sanitise("a\u{feff}b\u{2060}c\u{2028}d\u{fff9}e\u{ffff}"), "a⟨FEFF⟩b⟨2060⟩c⟨2028⟩d⟨FFF9⟩e⟨FFFF⟩");
    assert_eq!(sanitise("x\u{e0041}\u{e0042}"), "x⟨E0041⟩⟨E0042⟩");
    assert_eq!(sanitise("a\u{200d}b\u{fe0f}"), "a⟨200D⟩b⟨FE0F⟩");
    assert_eq!(sanitise("🙂\u{e0100}\u{e0101}"), "🙂\u{e0100}⟨E0101⟩");
    assert_eq!(sanitise("soft\u{ad}ly\u{200b}"), "softly");
    assert_eq!(sanitise("\u{301}a"), "◌\u{301}a");
}

#[test]
fn scripts_and_emoji_keep_what_they_need() {
    for text in [
        "plain — “quoted” é e\u{301}",
        "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f} 👍🏽 🇵🇹 1\u{fe0f}\u{20e3} 🏳\u{fe0f}\u{200d}🌈",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "می\u{200c}خواهم",
        "क्\u{200d}ष क्षि 各葛\u{e0100} 한국어 ไทย",
    ] {
        assert!(matches!(sanitise(text), Cow::Borrowed(_)), "{}", sanitise(text).escape_unicode());
        assert_eq!(sanitise(text), text);
    }
    assert_eq!(visible("a"), None);
    assert_eq!(visible("\u{1b}").as_deref(), Some("␛"));
}

#[test]
fn a_tower_of_marks_is_cut() {
    let tower = format!("a{}", "\u{301}".repeat(100_000));
    assert_eq!(shown(&tower).chars().count(), 32);
    assert_eq!(width(&tower), 1);
}

#[test]
fn widths_are_those_of_what_is_drawn() {
    for (text, columns) in [
        ("abc", 3),
        ("我们", 4),
        ("e\u{301}", 1),
        ("👩\u{200d}👩\u{200d}👧", 2),
        ("👍🏽", 2),
        ("🇵🇹", 2),
        ("❤\u{fe0f}", 2),
        ("❤", 1),
        ("1\u{fe0f}\u{20e3}", 2),
        ("한글", 4),
        ("\u{1112}\u{1161}\u{11ab}", 2),
        ("ｶﾞ", 2),
        ("Ａ", 2),
        ("\u{1b}", 1),
        ("\u{ad}", 0),
        ("\u{202e}", 6),
        ("a\tb", 3),
        ("שָׁלוֹם", 4),
    ] {
        assert_eq!(width(text), columns, "{}", text.escape_unicode());
    }
}

#[test]
fn fitting_cuts_between_graphemes_and_says_so() {
    assert_eq!(fit("lighthouse", 10), "lighthouse");
    assert_eq!(fit("lighthouse", 6), "light…");
    assert_eq!(fit("a lamp", 3), "a…");
    assert_eq!(fit("我们搬", 5), "我们…");
    assert_eq!(fit("我们搬", 4), "我…");
    assert_eq!(fit("我", 1), "…");
    assert_eq!(fit("我", 0), "");
    assert_eq!(pad("我", 4), "我  ");
    assert_eq!(width(&pad("我们搬", 4)), 4);
}

fn is_dangerous(c: char) -> bool {
    is_hidden(c) && !is_variation_selector(c) && !matches!(c, '\u{e0020}'..='\u{e007f}')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_text_comes_out_harmless_and_as_wide_as_counted(text in ".{0,24}", pick in "[\u{0}-\u{a0}\u{200b}-\u{2070}\u{feff}\u{e0020}-\u{e007f}\u{300}-\u{310}👩🏴a]{0,16}") {
        for text in [text, pick] {
            let clean = sanitise_line(&text);
            prop_assert!(!clean.chars().any(is_dangerous));
            let total: usize = graphemes(&text).map(|(_, grapheme)| grapheme_width(grapheme)).sum();
            prop_assert_eq!(total, width(&text));
            for (_, grapheme) in graphemes(&text) {
                let form = shown(grapheme);
                prop_assert_eq!(UnicodeWidthStr::width(&*form), grapheme_width(grapheme));
                prop_assert!(form.is_empty() || grapheme_width(grapheme) > 0, "{}", grapheme.escape_unicode());
            }
        }
    }
}
