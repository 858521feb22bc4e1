//! Values that makers write as they please: numbers as strings, names as objects, times as lists.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value of whatever type. An object stands for its name or its seconds, a list for its first number or word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import::formats) enum Scalar<'a> {
    /// Nothing, or nothing that can be used.
    #[default]
    Nothing,
    /// A number.
    Number(f64),
    /// A string.
    Text(Cow<'a, str>),
}

impl<'a> Scalar<'a> {
    /// Seconds, from `1.5`, `"1.5"`, `"1.5s"`, `"PT1.5S"` or `"00:00:01.5"`.
    pub(in crate::import::formats) fn seconds(&self) -> Option<f64> {
        match self {
            Scalar::Nothing => None,
            Scalar::Number(number) => Some(*number),
            Scalar::Text(text) => {
                let text = text.trim().trim_start_matches("PT").trim_end_matches(['s', 'S']);
                if text.contains(':') {
                    let (time, _) = super::super::captions::clock(text)?;
                    return Some(f64::from(time.milliseconds()) / 1000.0);
                }
                text.parse().ok()
            }
        }
    }

    /// The characters of a string or number; `None` where there are none.
    pub(in crate::import::formats) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Scalar::Nothing => None,
            Scalar::Number(number) => Some(number.to_string().into()),
            Scalar::Text(text) => Some(text).filter(|text| !text.is_empty()),
        }
    }

    /// The same, as a string of its own.
    pub(in crate::import::formats) fn owned(self) -> Option<String> {
        self.text().map(Cow::into_owned)
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(text.to_owned().into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar<'de>, A::Error> {
        let first = list.next_element::<Scalar<'_>>()?.unwrap_or_default();
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(first)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        const NAMES: &[&str] = &["name", "label", "display_name", "displayName", "title", "id", "ID"];
        let mut best = (usize::MAX, Scalar::Nothing);
        let mut time: Option<f64> = None;
        while let Some(Key(key)) = map.next_key()? {
            // Google's times: whole seconds, and thousandths of millionths.
            let unit = match &*key {
                "seconds" => Some(1.0),
                "nanos" => Some(1e-9),
                _ => None,
            };
            let rank = NAMES.iter().position(|name| *name == key).filter(|rank| *rank < best.0);
            if let Some(unit) = unit {
                let part = map.next_value::<Scalar<'_>>()?.seconds().unwrap_or_default() * unit;
                time = Some(time.unwrap_or_default() + part);
            } else if let Some(rank) = rank {
                best = (rank, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(time.map_or(best.1, Scalar::Number))
    }
}

/// The key of a value, not copied unless it has escapes.
pub(super) struct Key<'a>(pub Cow<'a, str>);

impl<'a, 'de: 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(key.into()))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(key.to_owned().into()))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_is_understood() {
        let read = |text: &'static str| serde_json::from_str::<Scalar<'_>>(text).unwrap();
        for (text, seconds) in [
            ("1.5", 1.5),
            ("\"1.5\"", 1.5),
            ("\"1.5s\"", 1.5),
            ("\"00:01:01.5\"", 61.5),
            ("{\"seconds\": \"1\", \"nanos\": 500000000}", 1.5),
            ("[1.5, 2]", 1.5),
            ("2", 2.0),
        ] {
            assert_eq!(read(text).seconds(), Some(seconds), "{text}");
        }
        for text in ["null", "true", "{}", "[]", "\"soon\""] {
            assert_eq!(read(text).seconds(), None, "{text}");
        }
        assert_eq!(read("{\"id\": 4, \"x\": [[]], \"name\": \"Mira\"}").text().as_deref(), Some("Mira"));
        assert_eq!(read("4").text().as_deref(), Some("4"));
    }
}
