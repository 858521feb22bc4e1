//! Words from a fixed list, dates and moments: scalars that are checked while they are read.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer};

use super::super::yaml_in::scalar;
use crate::model::{Kind, Role, Side, Status};

/// A word from a fixed list, or something else that is written as one scalar.
pub(in crate::store) struct Word<T>(pub(in crate::store) T);

/// What a [`Word`] can be.
pub(in crate::store) trait Words: Sized {
    fn read(text: &str) -> Result<Self, String>;
}

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar(deserializer, "a word", |text| T::read(text).map(Word))
    }
}

impl Words for Kind {
    fn read(text: &str) -> Result<Self, String> {
        one_of("kind", text, Kind::from_name(text), &Kind::ALL.map(Kind::name))
    }
}

impl Words for Status {
    fn read(text: &str) -> Result<Self, String> {
        one_of("status", text, Status::from_name(text), &Status::ALL.map(Status::name))
    }
}

impl Words for Role {
    fn read(text: &str) -> Result<Self, String> {
        one_of("role", text, Role::from_name(text), &["interviewer", "guest", "other"])
    }
}

impl Words for Side {
    fn read(text: &str) -> Result<Self, String> {
        let found = match text {
            "original" => Some(Side::Original),
            "translation" => Some(Side::Translation),
            _ => None,
        };
        one_of("side", text, found, &["original", "translation"])
    }
}

impl Words for Date {
    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("`{text}` is no date; write it as 2026-03-04"))
    }
}

impl Words for Timestamp {
    /// A moment; without a zone it is UTC, without a time the day's first.
    fn read(text: &str) -> Result<Self, String> {
        let utc = |moment: DateTime| TimeZone::UTC.to_timestamp(moment);
        text.parse()
            .or_else(|_| text.parse::<DateTime>().and_then(utc))
            .map_err(|_| format!("`{text}` is no moment; write it as 2026-11-24T10:02:11Z"))
    }
}

pub(super) fn one_of<T>(what: &str, text: &str, found: Option<T>, words: &[&str]) -> Result<T, String> {
    found.ok_or_else(|| format!("`{text}` is no {what}; write {}", words.join(", ")))
}
