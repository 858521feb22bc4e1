//! Moments of the recording.

use std::fmt;
use std::str::FromStr;

/// A moment of the recording, in milliseconds from its beginning.
///
/// Read from `h:mm:ss`, `mm:ss`, either with a fraction after `.` or `,`; shown as `hh:mm:ss`.
///
/// ```
/// use interleaf::model::Timecode;
/// let time: Timecode = "1:23".parse().unwrap();
/// assert_eq!(time.milliseconds(), 83_000);
/// assert_eq!(time.to_string(), "00:01:23");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timecode(u32);

impl Timecode {
    /// A moment `milliseconds` after the beginning.
    pub const fn from_milliseconds(milliseconds: u32) -> Self {
        Self(milliseconds)
    }

    /// A moment `seconds` after the beginning; `None` when negative, not finite or over 49 days.
    pub fn from_seconds(seconds: f64) -> Option<Self> {
        let milliseconds = (seconds * 1000.0).round();
        (milliseconds.is_finite() && (0.0..=f64::from(u32::MAX)).contains(&milliseconds))
            .then_some(Self(milliseconds as u32))
    }

    /// Milliseconds from the beginning.
    pub const fn milliseconds(self) -> u32 {
        self.0
    }

    /// Whole seconds from the beginning, rounded down.
    pub const fn seconds(self) -> u32 {
        self.0 / 1000
    }
}

impl fmt::Display for Timecode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.seconds();
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// Why a string is no timecode.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a timecode: expected hh:mm:ss or mm:ss")]
pub struct InvalidTimecode;

impl FromStr for Timecode {
    type Err = InvalidTimecode;

    fn from_str(text: &str) -> Result<Self, InvalidTimecode> {
        let (clock, fraction) = match text.split_once(['.', ',']) {
            Some((clock, fraction)) => (clock, Some(fraction)),
            None => (text, None),
        };
        let mut fields = [0u64; 3];
        let parts: Vec<&str> = clock.split(':').collect();
        if !(2..=3).contains(&parts.len()) {
            return Err(InvalidTimecode);
        }
        for (field, part) in fields.iter_mut().rev().zip(parts.iter().rev()) {
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(InvalidTimecode);
            }
            *field = part.parse().map_err(|_| InvalidTimecode)?;
        }
        let [hours, minutes, seconds] = fields;
        if seconds > 59 || (parts.len() == 3 && minutes > 59) {
            return Err(InvalidTimecode);
        }
        let milliseconds = match fraction {
            None => 0,
            Some(digits) if !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.bytes().chain([b'0'; 3]).take(3).fold(0, |sum, b| sum * 10 + u64::from(b - b'0'))
            }
            Some(_) => return Err(InvalidTimecode),
        };
        let total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
        u32::try_from(total).map(Self).map_err(|_| InvalidTimecode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_transcripts_use() {
        for (text, milliseconds) in [
            ("00:01:23", 83_000),
            ("1:02:03.5", 3_723_500),
            ("01:02,250", 62_250),
            ("75:00", 4_500_000),
            ("0:09", 9_000),
        ] {
            assert_eq!(text.parse(), Ok(Timecode(milliseconds)), "{text}");
        }
    }

    #[test]
    fn refuses_what_only_looks_like_one() {
        for text in ["", "12", "9:75", "1:99:00", "a:b", "1:2:3:4", "1::2", "-1:00", "1:00.", "1:00.x"] {
            assert_eq!(text.parse::<Timecode>(), Err(InvalidTimecode), "{text}");
        }
    }
}
