//! A made-up interview of any length, the same for the same number of words.

/// The first word.
pub(crate) const FIRST: &str = "openingword";
/// The last word.
pub(crate) const LAST: &str = "closingword";
/// A word that stands once, near the end.
pub(crate) const FAR: &str = "zephyrine";
/// The word beside it: what the screen shows when it was found, and the prompt does not.
pub(crate) const FAR_NEAR: &str = "quillwharf";

const SYLLABLES: [&str; 16] =
    ["ba", "ren", "tol", "mi", "sa", "ver", "ko", "lun", "de", "fir", "gan", "po", "wis", "ta", "ne", "hal"];

/// Turns of two speakers, `NAME: words`, with a blank line between.
pub(crate) fn of_words(words: usize) -> String {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let mut text = format!("INES HALLOWAY: {FIRST}");
    let far = words * 99 / 100;
    let mut left_in_turn = 12;
    let mut asks = true;
    for word in 1..words.saturating_sub(1) {
        if left_in_turn == 0 {
            asks = !asks;
            left_in_turn = if asks { 8 + random(20) } else { 30 + random(160) };
            text.push_str(if asks { "?\n\nINES HALLOWAY: " } else { ".\n\nTOBIAS WREN: " });
        } else {
            text.push(' ');
        }
        left_in_turn -= 1;
        if word == far {
            text.push_str(&format!("{FAR} {FAR_NEAR}"));
            continue;
        }
        for _ in 0..=random(3) {
            text.push_str(SYLLABLES[random(SYLLABLES.len())]);
        }
    }
    text.push_str(&format!(" {LAST}.\n"));
    text
}
