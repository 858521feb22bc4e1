//! Bytes to characters: byte order mark, declared charset, valid UTF-8, then a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Report, Warning};

/// How much of a document is looked at for a declaration, for zero bytes and for the guess's first impression.
const HEAD: usize = 4096;

/// The text of a document, and in `report` how it was told; `None` where the bytes are no text.
///
/// Valid UTF-8 is taken over without copying.
pub(super) fn decode(bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let told = format!("{} (byte order mark)", encoding.name());
        if encoding == UTF_8 && std::str::from_utf8(&bytes).is_ok() {
            report.encoding = told;
            return String::from_utf8(bytes).ok().map(|mut text| {
                text.drain(..mark);
                text
            });
        }
        return Some(convert(bytes.get(mark..)?, encoding, told, report));
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return Some(convert(&bytes, encoding, format!("{} (told from the zero bytes)", encoding.name()), report));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if too_many_controls(text.as_bytes()) => return None,
        Ok(text) => {
            "UTF-8".clone_into(&mut report.encoding);
            return Some(text);
        }
        Err(error) => error.into_bytes(),
    };
    if too_many_controls(&bytes) {
        return None;
    }
    if let Some(encoding) = declared(&bytes).filter(|encoding| *encoding != UTF_8) {
        return Some(convert(&bytes, encoding, format!("{} (declared)", encoding.name()), report));
    }
    // Mostly UTF-8 with a few broken bytes reads better as UTF-8 than as anything else.
    let broken = String::from_utf8_lossy(&bytes).matches('\u{FFFD}').count();
    let beyond_ascii = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if broken * 10 < beyond_ascii {
        return Some(convert(&bytes, UTF_8, "UTF-8 (with faults)".to_owned(), report));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let line = first_line(&bytes, |byte| !byte.is_ascii());
    report.warnings.push(Warning {
        line,
        message: format!("the encoding was guessed as {}; check accents and quotes", encoding.name()),
    });
    Some(convert(&bytes, encoding, format!("{} (guessed)", encoding.name()), report))
}

fn convert(bytes: &[u8], encoding: &'static Encoding, told: String, report: &mut Report) -> String {
    report.encoding = told;
    let (text, faults) = encoding.decode_without_bom_handling(bytes);
    if faults {
        let before = text.split('\u{FFFD}').next().unwrap_or_default();
        report.warnings.push(Warning {
            line: before.matches('\n').count() as u32 + 1,
            message: format!("some bytes are no {}; they are shown as \u{FFFD}", encoding.name()),
        });
    }
    text.into_owned()
}

/// UTF-16 without a mark: nearly every second byte of the beginning is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()) & !1)?;
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (even, odd) {
        (0, odd) if odd * 10 > half * 7 => Some(UTF_16LE),
        (even, 0) if even * 10 > half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

/// More than a stray control character in the beginning means that this is no text.
fn too_many_controls(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let odd = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    head.iter().filter(odd).count() * 20 > head.len()
}

/// The charset that XML, HTML or a mode line declares near the beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len()))?).to_ascii_lowercase();
    ["charset=", "encoding=", "coding:"].into_iter().find_map(|key| {
        let (_, rest) = head.split_once(key)?;
        let label = rest.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(label.len());
        Encoding::for_label(&label.as_bytes()[..end])
    })
}

fn first_line(bytes: &[u8], wanted: impl Fn(&u8) -> bool) -> u32 {
    let at = bytes.iter().position(wanted).unwrap_or(0);
    memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or_default()).count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Option<String>, Report) {
        let mut report = Report::default();
        (decode(bytes.to_vec(), &mut report), report)
    }

    #[test]
    fn marks_declarations_and_guesses_are_said() {
        let utf16: Vec<u8> = "\u{FEFF}Mira: Where?".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, text, told) in [
            (&b"\xEF\xBB\xBFMira: Caf\xC3\xA9"[..], "Mira: Café", "UTF-8 (byte order mark)"),
            (&utf16, "Mira: Where?", "UTF-16LE (byte order mark)"),
            (&utf16[2..], "Mira: Where?", "UTF-16LE (told from the zero bytes)"),
            ("Mira: Café".as_bytes(), "Mira: Café", "UTF-8"),
            (
                b"<meta charset=\"windows-1252\"> Caf\xE9",
                "<meta charset=\"windows-1252\"> Café",
                "windows-1252 (declared)",
            ),
            (b"Jonas: Le caf\xE9 \xE9tait ferm\xE9.", "Jonas: Le café était fermé.", "windows-1252 (guessed)"),
        ] {
            let (read, report) = read(bytes);
            assert_eq!((read.as_deref(), report.encoding.as_str()), (Some(text), told));
            assert_eq!(report.warnings.is_empty(), !told.contains("guessed"));
        }
    }

    #[test]
    fn a_broken_byte_in_utf8_is_a_warning_with_its_line() {
        let (text, report) = read(
            "Mira: Café déjà été\nJonas: "
                .as_bytes()
                .iter()
                .copied()
                .chain([0xFF, b'!'])
                .collect::<Vec<_>>()
                .as_slice(),
        );
        assert_eq!(text.as_deref(), Some("Mira: Café déjà été\nJonas: \u{FFFD}!"));
        assert_eq!(report.warnings.first().map(|warning| warning.line), Some(2));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(read(&noise).0, None);
        assert_eq!(read(&[0; 64]).0, None);
        assert!(read(b"Mira: one \x00 stray zero in a long enough line of text").0.is_some());
    }
}
