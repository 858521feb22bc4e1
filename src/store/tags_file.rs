//! A notebook's tag definitions, `tags/1`.
//!
//! ```yaml
//! interleaf: tags/1
//! tags:
//! - tag: money/capex
//!   color: "#b5651d"
//!   description: Spending on things that last
//!   key: 1
//! ```

use std::io;
use std::path::{Path, PathBuf};

use serde::de::MapAccess;

use super::disk::{self, Disk, RealDisk};
use super::fault::{Fault, StoreError};
use super::layout;
use super::schema::{Word, Words};
use super::yaml_in::{self, Fields, Text, Unknown, read_as_mapping};
use super::yaml_out::{self, Within};
use crate::model::{Tag, TagDefinition};

/// The version line of a file of tag definitions.
const TAGS: &str = "tags/1";

/// A notebook's tag definitions, as they were when read or saved last.
#[derive(Clone, Debug)]
pub struct TagsFile {
    path: PathBuf,
    text: String,
    definitions: Vec<TagDefinition>,
}

impl TagsFile {
    /// Reads a file; one that is not there defines nothing.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or understood.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        let bytes = match RealDisk.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StoreError::io(path, error)),
        };
        let text = yaml_in::decode(&bytes).map_err(|fault| StoreError::fault(path, fault))?.to_owned();
        let definitions = parse(&text).map_err(|fault| StoreError::fault(path, fault))?;
        Ok(Self { path: path.to_path_buf(), text, definitions })
    }

    /// The definitions in the file's order.
    pub fn definitions(&self) -> &[TagDefinition] {
        &self.definitions
    }

    /// Saves these definitions; those that have not changed keep their lines, and what stands around them stays.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written, or has been changed by another program since it was read.
    pub fn save(&mut self, definitions: &[TagDefinition]) -> Result<(), StoreError> {
        let failed = |error| StoreError::io(&self.path, error);
        let target = RealDisk.target(&self.path).map_err(failed)?;
        let folder = target.parent().unwrap_or(Path::new(""));
        RealDisk.create_folders(folder).map_err(failed)?;
        let _lock = RealDisk.lock(folder).map_err(failed)?;
        let now = Self::load(&self.path)?;
        let text = now.with(definitions);
        let read = parse(&text).map_err(|fault| StoreError::fault(&self.path, fault))?;
        if read != definitions {
            let message = "what would be written does not read as it should; nothing was written";
            return Err(StoreError::fault(&self.path, Fault::at(&text, 1, 1, message)));
        }
        if text != now.text {
            disk::replace(&RealDisk, &self.path, text.as_bytes()).map_err(failed)?;
        }
        self.text = text;
        self.definitions = read;
        Ok(())
    }

    fn with(&self, definitions: &[TagDefinition]) -> String {
        let section = layout::sections(&self.text)
            .and_then(|sections| sections.into_iter().find(|section| section.name == "tags"));
        let Some(section) = section else {
            let mut text = self.text.clone();
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            if self.definitions.is_empty() && !text.contains("interleaf:") {
                text.push_str(&format!("interleaf: {TAGS}\n"));
            }
            return text + "tags:\n" + &definitions.iter().map(|one| block(one, 0)).collect::<String>();
        };
        let items =
            layout::items(&self.text, section.body.clone()).filter(|items| items.items.len() == self.definitions.len());
        let Some(items) = items else {
            let blocks: String = definitions.iter().map(|one| block(one, 0)).collect();
            return format!("interleaf: {TAGS}\ntags:\n{blocks}");
        };
        let mut body = String::new();
        for definition in definitions {
            match self.definitions.iter().position(|old| old == definition).and_then(|index| items.items.get(index)) {
                Some(item) => body.push_str(&self.text[item.lead..item.end]),
                None => body.push_str(&block(definition, items.indent)),
            }
            if !body.ends_with('\n') {
                body.push('\n');
            }
        }
        let head_end = items.items.first().map_or(section.body.start, |item| item.lead);
        let tail_start = items.items.last().map_or(section.body.start, |item| item.end);
        [
            &self.text[..section.key_line.start],
            "tags:\n",
            &self.text[section.body.start..head_end],
            &body,
            &self.text[tail_start..],
        ]
        .concat()
    }
}

fn block(definition: &TagDefinition, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let mut out = format!("{indent}- tag: {}\n", yaml_out::scalar(definition.tag.as_str(), Within::Block));
    if let Some([red, green, blue]) = definition.color {
        out.push_str(&format!("{indent}  color: \"#{red:02x}{green:02x}{blue:02x}\"\n"));
    }
    if let Some(description) = &definition.description {
        out.push_str(&format!(
            "{indent}  description:{}\n",
            yaml_out::text(description).render(indent.len() + 4, "\n")
        ));
    }
    if let Some(key) = definition.key {
        out.push_str(&format!("{indent}  key: {key}\n"));
    }
    out
}

fn parse(text: &str) -> Result<Vec<TagDefinition>, Fault> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Vec::new());
    }
    let raw: RawTags = yaml_in::parse(text)?;
    match raw.version.as_deref() {
        None | Some(TAGS) => {}
        Some(other) => {
            let message = format!("this file is `{other}`, and this program reads `{TAGS}`; it is not changed");
            return Err(Fault::at(text, 1, 1, message));
        }
    }
    let definition = |raw: RawTag| {
        let tag = Tag::new(&raw.tag)?;
        Some(TagDefinition { tag, color: raw.color, description: raw.description, key: raw.key })
    };
    Ok(raw.tags.into_iter().filter_map(definition).collect())
}

#[derive(Default)]
struct RawTags {
    version: Option<String>,
    tags: Vec<RawTag>,
}

impl Fields for RawTags {
    const WHAT: &'static str = "a file of tags";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "interleaf" => self.version = map.next_value::<Option<Text>>()?.map(|text| text.0),
            "tags" => self.tags = map.next_value::<Option<_>>()?.unwrap_or_default(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

read_as_mapping!(RawTags, RawTag);

#[derive(Default)]
struct RawTag {
    tag: String,
    color: Option<[u8; 3]>,
    description: Option<String>,
    key: Option<u8>,
}

impl Fields for RawTag {
    const WHAT: &'static str = "a tag";

    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "tag" => self.tag = map.next_value::<Text>()?.0,
            "color" => self.color = map.next_value::<Option<Word<Color>>>()?.map(|word| word.0.0),
            "description" => self.description = map.next_value::<Option<Text>>()?.map(|text| text.0),
            "key" => self.key = map.next_value::<Option<Word<HotKey>>>()?.map(|word| word.0.0),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn unknown(&mut self, _: Unknown) {}
}

struct Color([u8; 3]);

impl Words for Color {
    fn read(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let byte = |at: usize| u8::from_str_radix(digits?.get(at..at + 2)?, 16).ok();
        match (byte(0), byte(2), byte(4)) {
            (Some(red), Some(green), Some(blue)) => Ok(Color([red, green, blue])),
            _ => Err(format!("`{text}` is no colour; write it as \"#b5651d\", in quotation marks")),
        }
    }
}

struct HotKey(u8);

impl Words for HotKey {
    fn read(text: &str) -> Result<Self, String> {
        let key = text.parse().ok().filter(|key| (1..=9).contains(key));
        key.map(HotKey).ok_or_else(|| format!("`{text}` is no hot key; write a digit from 1 to 9"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn definition(tag: &str, key: Option<u8>) -> TagDefinition {
        let description = Some("What # it: is".to_owned());
        TagDefinition { tag: Tag::new(tag).unwrap(), color: Some([181, 101, 29]), description, key }
    }

    #[test]
    fn definitions_come_back_and_what_stands_around_them_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("annotations/tags.yaml");
        let mut file = TagsFile::load(&path).unwrap();
        assert!(file.definitions().is_empty());
        let tags = [definition("money/capex", Some(1)), definition("no", None)];
        file.save(&tags).unwrap();
        assert_eq!(TagsFile::load(&path).unwrap().definitions(), tags);
        let by_hand = fs::read_to_string(&path).unwrap().replace("- tag: money", "# mine\n- tag: money");
        fs::write(&path, &by_hand).unwrap();
        let mut file = TagsFile::load(&path).unwrap();
        file.save(&[tags[0].clone(), definition("new", Some(9))]).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("# mine\n- tag: money/capex\n") && text.contains("- tag: new\n"), "{text}");
        assert!(!text.contains("- tag: \"no\""));
    }

    #[test]
    fn faults_say_what_to_write_instead() {
        let fault = |text: &str| parse(text).unwrap_err();
        assert_eq!(fault("tags:\n- {tag: a, key: 12}\n").line, 2);
        assert!(fault("tags:\n- tag: a\n  color: red\n").message.contains("#b5651d"));
        assert!(fault("interleaf: tags/2\n").message.contains("tags/1"));
    }
}
