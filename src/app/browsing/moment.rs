//! Moments and lengths in a few words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Where the present moment comes from; tests give a fixed one.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The present moment.
    pub now: fn() -> Timestamp,
    /// The zone in which days are told.
    pub zone: TimeZone,
}

impl Clock {
    /// The day of a moment as one would say it now: `today`, `3 days ago`, `24 Nov`, `24 Nov 2025`.
    pub fn day(&self, moment: Timestamp) -> String {
        let day = self.zone.to_datetime(moment).date();
        let today = self.zone.to_datetime((self.now)()).date();
        let passed = day.until(today).map_or(i64::MAX, |span| i64::from(span.get_days()));
        match passed {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            2..=6 => format!("{passed} days ago"),
            _ if day.year() == today.year() => day.strftime("%-d %b").to_string(),
            _ => day.strftime("%-d %b %Y").to_string(),
        }
    }
}

/// Minutes as one would say them: `12 min`, `2 h 05`.
pub fn duration(minutes: u64) -> String {
    match minutes {
        0..90 => format!("{minutes} min"),
        _ => format!("{} h {:02}", minutes / 60, minutes % 60),
    }
}

/// A number with a comma between the thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_today() {
        let clock = Clock { now: || "2026-03-10T01:00:00Z".parse().unwrap(), zone: TimeZone::UTC };
        for (moment, told) in [
            ("2026-03-10T00:30:00Z", "today"),
            ("2026-03-09T23:59:00Z", "yesterday"),
            ("2026-03-04T12:00:00Z", "6 days ago"),
            ("2026-03-03T12:00:00Z", "3 Mar"),
            ("2025-12-31T12:00:00Z", "31 Dec 2025"),
            ("2026-03-12T12:00:00Z", "12 Mar"),
        ] {
            assert_eq!(clock.day(moment.parse().unwrap()), told, "{moment}");
        }
    }

    #[test]
    fn lengths_and_numbers() {
        assert_eq!([duration(0), duration(89), duration(125)], ["0 min", "89 min", "2 h 05"]);
        assert_eq!([grouped(7), grouped(999), grouped(1000), grouped(1_234_567)], ["7", "999", "1,000", "1,234,567"]);
    }
}
