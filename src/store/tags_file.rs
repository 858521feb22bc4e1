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

use super::block;
use super::disk::{self, Disk, RealDisk, Replacement};
use super::fault::{Fault, StoreError};
use super::layout;
use super::schema::{Word, Words};
use super::yaml_in::{self, Fields, Text, Unknown, read_as_mapping};
use super::yaml_out::{self, Value, Within};
use crate::model::{Tag, TagDefinition};

/// The version line of a file of tag definitions.
const TAGS: &str = "tags/1";

/// A notebook's tag definitions, as they were when read or saved last.
#[derive(Clone, Debug)]
pub struct TagsFile {
    path: PathBuf,
    text: String,
    definitions: Vec<TagDefinition>,
    /// What else the file says of a tag.
    unknown: Vec<(Tag, Vec<Unknown>)>,
}

impl TagsFile {
    /// Reads a file; one that is not there defines nothing.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or understood.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        Self::load_from(&RealDisk, path)
    }

    fn load_from(disk: &dyn Disk, path: &Path) -> Result<Self, StoreError> {
        let bytes = match disk.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StoreError::io(path, error)),
        };
        let text = yaml_in::decode(&bytes).map_err(|fault| StoreError::fault(path, fault))?.to_owned();
        let (definitions, unknown) = parse(&text).map_err(|fault| StoreError::fault(path, fault))?;
        Ok(Self { path: path.to_path_buf(), text, definitions, unknown })
    }

    /// The definitions in the file's order.
    pub fn definitions(&self) -> &[TagDefinition] {
        &self.definitions
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Saves these definitions: only the lines of what has changed are replaced. Gives back where the file was copied
    /// to before it was written anew, because it is in a style that is not expected.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written, or holds meanwhile what cannot be understood.
    pub fn save(&mut self, definitions: &[TagDefinition]) -> Result<Option<PathBuf>, StoreError> {
        self.save_to(&RealDisk, definitions)
    }

    pub(super) fn save_to(
        &mut self,
        disk: &dyn Disk,
        definitions: &[TagDefinition],
    ) -> Result<Option<PathBuf>, StoreError> {
        let failed = |error| StoreError::io(&self.path, error);
        let target = disk.target(&self.path).map_err(failed)?;
        let folder = target.parent().unwrap_or(Path::new("")).to_path_buf();
        disk.create_folders(&folder).map_err(failed)?;
        let _lock = disk.lock(&folder).map_err(failed)?;
        let prepared = self.prepare(disk, definitions)?;
        self.commit(disk, prepared)
    }

    /// Writes beside the file what it is to hold; the folder is locked.
    pub(super) fn prepare(
        &mut self,
        disk: &dyn Disk,
        definitions: &[TagDefinition],
    ) -> Result<PreparedTags, StoreError> {
        let failed = |error| StoreError::io(&self.path, error);
        let now = Self::load_from(disk, &self.path)?;
        let (text, is_anew) = match now.edited(definitions).filter(|text| says(text, definitions)) {
            Some(text) => (text, false),
            None => (now.written_anew(definitions), !now.text.trim().is_empty()),
        };
        if !says(&text, definitions) {
            let message = "what would be written does not read as it should; nothing was written";
            return Err(StoreError::fault(&self.path, Fault::at(&text, 1, 1, message)));
        }
        let (mut backup, mut replacement) = (None, None);
        if text != now.text {
            if is_anew {
                let target = disk.target(&self.path).map_err(failed)?;
                backup = Some(disk::back_up(disk, &target, now.text.as_bytes()).map_err(failed)?);
            }
            replacement = Some(disk::write_beside(disk, &self.path, text.as_bytes()).map_err(failed)?);
        }
        Ok(PreparedTags { text, definitions: definitions.to_vec(), backup, replacement })
    }

    /// Puts what was prepared in the place of the file.
    pub(super) fn commit(&mut self, disk: &dyn Disk, prepared: PreparedTags) -> Result<Option<PathBuf>, StoreError> {
        let PreparedTags { text, definitions, backup, replacement } = prepared;
        let placed = replacement.map_or(Ok(()), |replacement| replacement.take_place(disk));
        placed.map_err(|error| StoreError::io(&self.path, error))?;
        self.text = text;
        self.definitions = definitions;
        Ok(backup)
    }

    /// The text with only the lines replaced that say something else now; `None` where it is in a style that is not
    /// expected.
    fn edited(&self, definitions: &[TagDefinition]) -> Option<String> {
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let blocks = |indent: usize| -> String { definitions.iter().map(|one| block(one, indent, newline)).collect() };
        let section = layout::sections(&self.text)?.into_iter().find(|section| section.name == "tags");
        let Some(section) = section else {
            let mut text = self.text.clone();
            if !text.is_empty() && !text.ends_with('\n') {
                text.push_str(newline);
            }
            if !text.contains("interleaf:") {
                text.push_str(&format!("interleaf: {TAGS}{newline}"));
            }
            return Some(format!("{text}tags:{newline}{}", blocks(0)));
        };
        let key_line = &self.text[section.key_line.clone()];
        let items = match layout::value_on_key_line(key_line) {
            "" => layout::items(&self.text, section.body.clone())?,
            "[]" | "~" | "null" => layout::Items::default(),
            _ => return None,
        };
        if items.items.len() != self.definitions.len() {
            return None;
        }
        let mut left: Vec<(&layout::Item, &TagDefinition)> = items.items.iter().zip(&self.definitions).collect();
        let mut body = String::new();
        for definition in definitions {
            // Under another name it is the one that says the same of its tag.
            let same_but_name = |old: &TagDefinition| TagDefinition { tag: definition.tag.clone(), ..old.clone() };
            let is_new_name = |old: &TagDefinition| {
                !definitions.iter().any(|other| other.tag == old.tag) && same_but_name(old) == *definition
            };
            let at = left.iter().position(|(_, old)| old.tag == definition.tag);
            let at = at.or_else(|| left.iter().position(|(_, old)| is_new_name(old)));
            match at.map(|at| left.remove(at)) {
                Some((item, old)) => {
                    body.push_str(&self.text[item.lead..item.start]);
                    match old == definition {
                        true => body.push_str(&self.text[item.start..item.end]),
                        false => body.push_str(&block::edited(&self.text, item, keys(old, definition), newline)?),
                    }
                }
                None => body.push_str(&block(definition, items.indent, newline)),
            }
            if !body.ends_with('\n') {
                body.push_str(newline);
            }
        }
        // Comments above what has gone stay.
        left.iter().for_each(|(item, _)| body.push_str(&self.text[item.lead..item.start]));
        let head_end = items.items.first().map_or(section.body.start, |item| item.lead);
        let tail_start = items.items.last().map_or(section.body.start, |item| item.end);
        let bare = format!("tags:{}{newline}", layout::trailing_comment(key_line));
        let key_line = if items.items.is_empty() { bare.as_str() } else { key_line };
        let head = &self.text[section.body.start..head_end];
        Some([&self.text[..section.key_line.start], key_line, head, &body, &self.text[tail_start..]].concat())
    }

    fn written_anew(&self, definitions: &[TagDefinition]) -> String {
        let mut text = format!("interleaf: {TAGS}\ntags:\n");
        for definition in definitions {
            let own = block(definition, 0, "\n");
            text.push_str(&own);
            let unknown = self.unknown.iter().find(|(tag, _)| *tag == definition.tag);
            for (key, value) in unknown.iter().flat_map(|(_, unknown)| unknown) {
                text.push_str(&format!("  {}: {}\n", yaml_out::scalar(key, Within::Block), yaml_out::flow(value)));
            }
        }
        text
    }
}

/// A save of which only the rename is left to do.
pub(super) struct PreparedTags {
    text: String,
    definitions: Vec<TagDefinition>,
    backup: Option<PathBuf>,
    replacement: Option<Replacement>,
}

fn says(text: &str, definitions: &[TagDefinition]) -> bool {
    parse(text).is_ok_and(|(read, _)| read == definitions)
}

/// The keys of a definition in the order in which they are written.
const KEYS: [&str; 4] = ["tag", "color", "description", "key"];

fn value_of(definition: &TagDefinition, key: &str) -> Option<Value> {
    let line = |text: &str| Value::Line(yaml_out::scalar(text, Within::Block));
    match key {
        "tag" => Some(line(definition.tag.as_str())),
        "color" => definition.color.map(|[red, green, blue]| line(&format!("#{red:02x}{green:02x}{blue:02x}"))),
        "description" => definition.description.as_deref().map(yaml_out::text),
        _ => definition.key.map(|key| Value::Line(key.to_string())),
    }
}

fn keys(old: &TagDefinition, new: &TagDefinition) -> Vec<block::Key> {
    let key = |name| {
        let value = value_of(new, name);
        block::Key { name, is_same: value == value_of(old, name), value, may_come: true }
    };
    KEYS.into_iter().map(key).collect()
}

fn block(definition: &TagDefinition, indent: usize, newline: &str) -> String {
    let mut out = String::new();
    for key in KEYS {
        if let Some(value) = value_of(definition, key) {
            let lead = if out.is_empty() { "- " } else { "  " };
            let value = value.render(indent + 4, newline);
            out.push_str(&format!("{}{lead}{key}:{value}{newline}", " ".repeat(indent)));
        }
    }
    out
}

/// Definitions, and what else their file says of them.
type Parsed = (Vec<TagDefinition>, Vec<(Tag, Vec<Unknown>)>);

fn parse(text: &str) -> Result<Parsed, Fault> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Parsed::default());
    }
    let raw: RawTags = yaml_in::parse(text)?;
    match raw.version.as_deref() {
        None | Some(TAGS) => {}
        Some(other) => {
            let line = text.lines().position(|line| line.starts_with("interleaf:")).map_or(1, |index| index + 1);
            let message = format!("this file is `{other}`, and this program reads `{TAGS}`; it is not changed");
            return Err(Fault::at(text, line, 1, message));
        }
    }
    let mut parsed = Parsed::default();
    for raw in raw.tags {
        let Some(tag) = Tag::new(&raw.tag) else { continue };
        if !raw.unknown.is_empty() {
            parsed.1.push((tag.clone(), raw.unknown));
        }
        parsed.0.push(TagDefinition { tag, color: raw.color, description: raw.description, key: raw.key });
    }
    Ok(parsed)
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
    unknown: Vec<Unknown>,
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

    fn unknown(&mut self, unknown: Unknown) {
        self.unknown.push(unknown);
    }
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
    fn only_the_lines_of_what_changed_are_replaced() {
        const FILE: &str = "\
# The team's tags.
interleaf: tags/1
owner: Ada   # nobody knows this key
tags:   # by hand
# first
- tag: money/capex
  # agreed in May
  color: \"#b5651d\"   # brown
  order: 7
  description: Spending   # on things
- tag: storms   # weather
  key: 2

# the end
";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tags.yaml");
        fs::write(&path, FILE).unwrap();
        let mut file = TagsFile::load(&path).unwrap();
        let mut tags = file.definitions().to_vec();
        tags[0].color = Some([0, 0, 255]);
        tags[0].key = Some(1);
        tags[1].tag = Tag::new("weather/storms").unwrap();
        assert_eq!(file.save(&tags).unwrap(), None);
        let expected = FILE
            .replace("\"#b5651d\"", "\"#0000ff\"")
            .replace("  description: Spending   # on things\n", "  description: Spending   # on things\n  key: 1\n")
            .replace("tag: storms", "tag: weather/storms");
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        assert_eq!(TagsFile::load(&path).unwrap().definitions(), tags);
        file.save(&tags[1..]).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("# first\n"), "comments above what has gone stay");
    }

    #[test]
    fn a_style_that_is_not_expected_is_written_anew_after_a_backup() {
        const FILE: &str = "{interleaf: tags/1, tags: [{tag: a, order: 7}, {tag: b}]}\n";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tags.yaml");
        fs::write(&path, FILE).unwrap();
        let mut file = TagsFile::load(&path).unwrap();
        let backup = file.save(&file.definitions().to_vec()[..1]).unwrap().unwrap();
        assert_eq!(fs::read_to_string(backup).unwrap(), FILE);
        assert_eq!(fs::read_to_string(&path).unwrap(), "interleaf: tags/1\ntags:\n- tag: a\n  order: 7\n");
    }

    #[test]
    fn faults_say_what_to_write_instead() {
        let fault = |text: &str| parse(text).unwrap_err();
        assert_eq!(fault("tags:\n- {tag: a, key: 12}\n").line, 2);
        assert!(fault("tags:\n- tag: a\n  color: red\n").message.contains("#b5651d"));
        assert!(fault("interleaf: tags/2\n").message.contains("tags/1"));
    }
}
