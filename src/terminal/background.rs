//! Whether the terminal's ground is dark or light, and which colours it has: from its environment at first, and from
//! its answer to a question (OSC 11) where it gives one.
//!
//! Nobody waits for the answer: it comes among the keys, sometime or never.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::config;
use crate::ui::{Background, Colors, Theme};

/// Asks which colour the ground has.
const QUESTION: &str = "\x1b]11;?\x1b\\";

static ANSWER_IS_DUE: AtomicBool = AtomicBool::new(false);

/// The question, for terminals that may have an answer and colours to choose by it; otherwise nothing.
pub(super) fn question() -> &'static str {
    // The console of Linux shows what it does not know.
    if matches!(colors(), Colors::None | Colors::Sixteen) || says("TERM", "linux") {
        return "";
    }
    ANSWER_IS_DUE.store(true, Ordering::SeqCst);
    QUESTION
}

/// Whether the terminal was asked and has not answered.
pub(super) fn is_answer_due() -> bool {
    ANSWER_IS_DUE.load(Ordering::SeqCst)
}

pub(super) fn answer_has_come() {
    ANSWER_IS_DUE.store(false, Ordering::SeqCst);
}

/// What stands in an answer before the colour.
const BEGINNINGS: [&str; 2] = ["11;rgb:", "11;rgba:"];

/// Whether an answer that said so much can go on with `c`.
pub(super) fn may_go_on(said: &str, c: char) -> bool {
    BEGINNINGS.iter().any(|begin| match said.strip_prefix(begin) {
        Some(colour) => (c.is_ascii_hexdigit() || c == '/') && colour.len() < "ffff/ffff/ffff/ffff".len(),
        None => begin.strip_prefix(said).is_some_and(|rest| rest.starts_with(c)),
    })
}

/// The ground that an answer tells: `11;rgb:1c1c/1c1c/1c1c`, each part with one to four digits.
pub(super) fn parse(said: &str) -> Option<Background> {
    let colour = BEGINNINGS.iter().find_map(|begin| said.strip_prefix(begin))?;
    let part = |digits: &str| -> Option<f64> {
        // A sign is no digit, though numbers may have one.
        let digits = digits.strip_prefix('+').map_or(digits, |_| "");
        let most = 16u32.checked_pow(digits.len() as u32).filter(|_| (1..=4).contains(&digits.len()))? - 1;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let parts: Vec<f64> = colour.split('/').map(part).collect::<Option<_>>()?;
    let [red, green, blue, ..] = parts[..] else { return None };
    // The weights of ITU-R BT.709.
    let light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if light > 0.5 { Background::Light } else { Background::Dark })
}

/// The look that the reader wants and the terminal can show, as far as its environment and its answer tell.
pub fn theme(wanted: config::Theme, told: Option<Background>) -> Theme {
    // Terminals that say so give the colours of text and ground as `15;0`.
    let named = || std::env::var("COLORFGBG").ok()?.rsplit(';').next()?.parse::<u8>().ok();
    let background = match wanted {
        config::Theme::Light => Background::Light,
        config::Theme::Dark => Background::Dark,
        config::Theme::Auto | config::Theme::HighContrast => told.unwrap_or_else(|| match named() {
            Some(7 | 9..=15) => Background::Light,
            _ => Background::Dark,
        }),
    };
    Theme { colors: colors(), background, is_strong: wanted == config::Theme::HighContrast }
}

fn says(name: &str, part: &str) -> bool {
    std::env::var(name).is_ok_and(|value| value.contains(part))
}

fn colors() -> Colors {
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        Colors::None
    } else if says("COLORTERM", "truecolor") || says("COLORTERM", "24bit") || says("TERM", "direct") {
        Colors::True
    } else if says("TERM", "256color") {
        Colors::Many
    } else {
        Colors::Sixteen
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use super::*;

    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

    /// As if the terminal had been asked, for one test at a time.
    pub(crate) fn asked() -> MutexGuard<'static, ()> {
        let guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        ANSWER_IS_DUE.store(true, Ordering::SeqCst);
        guard
    }

    #[test]
    fn an_answer_tells_light_from_dark() {
        for (said, told) in [
            ("11;rgb:ffff/ffff/ffff", Some(Background::Light)),
            ("11;rgb:fdf6/e3e3/0000", Some(Background::Light)),
            ("11;rgb:0000/2b2b/3636", Some(Background::Dark)),
            ("11;rgb:f/f/f", Some(Background::Light)),
            ("11;rgba:00/00/00/00", Some(Background::Dark)),
            ("11;rgb:00/00", None),
            ("11;rgb:/00/00", None),
            ("10;rgb:ff/ff/ff", None),
            ("11;rgb:+f/ff/ff", None),
        ] {
            assert_eq!(parse(said), told, "{said}");
        }
    }

    #[test]
    fn an_answer_is_known_from_its_first_letters() {
        let whole = "11;rgba:1c1c/1c1c/1c1c/ffff";
        for (at, c) in whole.char_indices() {
            assert!(may_go_on(&whole[..at], c), "{}", &whole[..at]);
        }
        assert!(!may_go_on("", 'q'));
        assert!(!may_go_on("11;rgb:", 'x'));
        assert!(!may_go_on(whole, 'f'));
    }
}
