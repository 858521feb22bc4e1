//! YAML read without losing anything in silence: keys that stand twice are refused, unknown ones are kept, scalars
//! are taken as written, and every fault has a line and a column.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::Fault;

/// A value that nobody here knows what to do with, and that is kept.
pub(super) type Unknown = (String, serde_yaml::Value);

/// The text of a file, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "this is UTF-16; save it as UTF-8".to_owned();
        return Err(Fault { line: 1, column: 1, message, excerpt: String::new() });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            let message = "this is not UTF-8; save the file as UTF-8";
            Err(Fault::at_byte(&text, error.valid_up_to(), message))
        }
    }
}

/// Reads a document.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_yaml::from_str(text).map_err(|error| {
        let message = plainly(&error.to_string());
        match error.location() {
            Some(location) => Fault::at(text, location.line(), location.column(), message),
            None => Fault::at(text, 1, 1, message),
        }
    })
}

/// What the library says of a fault, in words for people who write such files: without the place, which is told
/// before, and without the names of types.
fn plainly(message: &str) -> String {
    if message.contains("tab character") {
        return "a tab cannot indent a line of YAML; use spaces".to_owned();
    }
    let message = message.rfind(" at line ").map_or(message, |at| &message[..at]);
    let Some((path, wrong)) = message.split_once("invalid type: ") else { return message.to_owned() };
    let Some((found, expected)) = wrong.split_once(", expected ") else { return message.to_owned() };
    let found = match found.split_once(' ') {
        _ if found == "sequence" => "a list".to_owned(),
        _ if found == "map" => "`key: value` lines".to_owned(),
        _ if found.starts_with("unit") => "nothing".to_owned(),
        Some((_, value)) => value.to_owned(),
        None => found.to_owned(),
    };
    let expected = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "a sequence" => "a list, each entry of which begins with `- `",
        "a boolean" => "true or false",
        other => other,
    };
    format!("{path}{found} stands where {expected} should")
}

/// What a mapping is read into, key by key.
pub(super) trait Fields: Default {
    /// What stands in such a mapping, for messages.
    const WHAT: &'static str;

    /// Reads the value of `key`; `false`, with the value not read, where the key is unknown.
    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;

    /// Keeps a value under a key that is unknown.
    fn unknown(&mut self, unknown: Unknown);
}

/// Reads a mapping; null is an empty one.
pub(super) fn fields<'de, T: Fields, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Mapping<T>(PhantomData<T>);
    impl<'de, T: Fields> Visitor<'de> for Mapping<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{} as `key: value` lines", T::WHAT)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            let mut read = T::default();
            let mut seen: Vec<String> = Vec::new();
            while let Some(key) = map.next_key_seed(FreshKey(&seen))? {
                if !read.field(&key, &mut map)? {
                    read.unknown((key.clone(), map.next_value()?));
                }
                seen.push(key);
            }
            Ok(read)
        }
    }
    deserializer.deserialize_map(Mapping(PhantomData))
}

/// Lets mappings be read wherever a value is.
macro_rules! read_as_mapping {
    ($($raw:ty),*) => {$(
        impl<'de> serde::Deserialize<'de> for $raw {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::store::yaml_in::fields(deserializer)
            }
        }
    )*};
}
pub(super) use read_as_mapping;

/// A key that has not been seen before in its mapping. A fault is raised while the key is read, so that it has the
/// key's line and column.
struct FreshKey<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for FreshKey<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        let seen = self.0;
        scalar(deserializer, "a key", |key| match seen.iter().any(|other| other == key) {
            true => Err(format!("`{key}` stands twice here; keep one of the two")),
            false => Ok(key.to_owned()),
        })
    }
}

/// A scalar exactly as written: `007`, `no` and `1e3` are text here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar(deserializer, "text", |text| Ok(Text(text.to_owned())))
    }
}

/// Reads a scalar through `read`, whose errors get the scalar's line and column.
pub(super) fn scalar<'de, T, D, F>(deserializer: D, what: &'static str, read: F) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(&str) -> Result<T, String>,
{
    struct Scalar<T, F>(&'static str, F, PhantomData<T>);
    impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Scalar<T, F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Scalar(what, read, PhantomData))
}

/// Texts in a list; one text by itself is a list of one, null is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) texts: Vec<Option<String>>,
    pub(super) is_list: bool,
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element::<Option<Text>>()? {
                    texts.push(text.map(|text| text.0));
                }
                Ok(Texts { texts, is_list: true })
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts { texts: vec![Some(text.to_owned())], is_list: false })
            }

            fn visit_unit<E: de::Error>(self) -> Result<Texts, E> {
                Ok(Texts::default())
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Texts, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Texts, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Texts, E> {
                self.visit_str(if flag { "true" } else { "false" })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_plainly() {
        let said = |yaml: &str| parse::<std::collections::BTreeMap<String, Vec<u32>>>(yaml).unwrap_err().message;
        assert_eq!(said("a: [x]\n"), "a[0]: \"x\" stands where a whole number should");
        assert_eq!(said("a: 7\n"), "a: `7` stands where a list, each entry of which begins with `- ` should");
        assert_eq!(said("a:\n- 1\n\t- 2\n"), "a tab cannot indent a line of YAML; use spaces");
    }
}
