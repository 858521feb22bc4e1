//! What lines and front matter say about the document.

use serde_yaml::{Mapping, Value};

use crate::import::Warning;
use crate::import::draft::{Declared, Draft};
use crate::model::{Metadata, Role};

/// Whether a heading only says that the transcript follows.
pub(super) fn says_transcript(heading: &str) -> bool {
    #[rustfmt::skip]
    const TRANSCRIPT: &[&str] = &[
        "transcript", "full transcript", "the transcript", "interview transcript", "transcription", "transkript",
        "transkription", "transcripción", "transcrição", "trascrizione", "transkrypcja", "расшифровка", "逐字稿",
        "文字稿", "文字记录", "文字起こし", "녹취록",
    ];
    TRANSCRIPT.contains(&heading.trim_end_matches([':', '：', '.']).trim().to_lowercase().as_str())
}

/// What follows `Title:` and its like in a line.
pub(super) fn title(line: &str) -> Option<&str> {
    const TITLE: &[&str] = &[
        "title",
        "topic",
        "subject",
        "titel",
        "titre",
        "título",
        "titolo",
        "tytuł",
        "название",
        "标题",
        "標題",
        "タイトル",
    ];
    let (key, value) = line.split_once([':', '：'])?;
    let value = value.trim();
    let known = key.len() <= 20 && TITLE.contains(&key.trim().to_lowercase().as_str());
    Some(value.strip_prefix("Re: ").unwrap_or(value)).filter(|value| known && !value.is_empty() && value.len() <= 200)
}

/// `Date: 2 May` and `Title: …` in the first lines of a text.
pub(super) fn take_line(line: &str, metadata: &mut Metadata) {
    if let Some(title) = title(line).filter(|_| metadata.title.is_empty()) {
        title.clone_into(&mut metadata.title);
        return;
    }
    let Some((key, value)) = line.split_once([':', '：']) else { return };
    let value = value.trim();
    if value.is_empty() || value.len() > 200 || key.len() > 20 {
        return;
    }
    match key.trim().to_lowercase().as_str() {
        "date" | "recorded" | "datum" | "fecha" | "data" | "日期" | "时间" | "дата" if metadata.date.is_none() =>
        {
            metadata.date = Some(value.to_owned());
        }
        _ => {}
    }
}

/// The front matter at the beginning of `text` and the number of bytes that it takes with its fences.
pub(super) fn front_matter(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let begin = text.len() - rest.len();
    let mut at = begin;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((text.get(begin..at)?, at + line.len()));
        }
        at += line.len();
        // Front matter is short; without an end soon this is a rule and no fence.
        if at > 64 << 10 {
            return None;
        }
    }
    None
}

/// Whether `yaml` has at least one `key: value`.
pub(super) fn is_mapping(yaml: &str) -> bool {
    yaml.lines().any(|line| {
        line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c)) && key.len() < 40
        })
    })
}

/// The line on which lists and mappings in brackets are nested so deeply that a YAML parser would take minutes.
///
/// Only lines whose value begins with a bracket are looked at, so that brackets in what was said do not count.
pub(super) fn too_deep(yaml: &str) -> Option<u32> {
    const DEEPEST: usize = 5000;
    let mut depth = 0_usize;
    for (number, line) in (1..).zip(yaml.lines()) {
        let bare = line.trim_start_matches([' ', '\t', '-']);
        let value = bare.split_once(": ").map_or(bare, |(_, value)| value.trim_start());
        if !value.starts_with(['[', '{', ']', '}', ',']) {
            continue;
        }
        for byte in value.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth > DEEPEST {
            return Some(number);
        }
    }
    None
}

/// Takes what is known here from front matter, and lists the other fields as left out.
pub(super) fn take_front_matter(yaml: &str, draft: &mut Draft) {
    let read = || serde_yaml::from_str::<Mapping>(yaml).ok();
    let fields = if too_deep(yaml).is_some() { None } else { read() }.unwrap_or_else(|| by_lines(yaml));
    let mut left = Vec::new();
    for (key, value) in &fields {
        let Some(key) = key.as_str() else { continue };
        if !take_field(&key.to_lowercase().replace(['-', ' '], "_"), value, draft) {
            left.push(key);
        }
    }
    if !left.is_empty() {
        let message = format!("fields of the front matter: {}", left.join(", "));
        draft.left_out.push(Warning { line: 1, message });
    }
}

/// Front matter that is no YAML still has `key: value` lines.
fn by_lines(yaml: &str) -> Mapping {
    let fields = yaml.lines().filter_map(|line| line.split_once(':'));
    fields
        .filter(|(key, value)| !key.starts_with([' ', '-', '\t']) && !value.trim().is_empty())
        .map(|(key, value)| {
            let value = value.trim().trim_matches(['"', '\'']);
            (Value::String(key.trim().to_owned()), Value::String(value.to_owned()))
        })
        .collect()
}

fn take_field(key: &str, value: &Value, draft: &mut Draft) -> bool {
    let line = one_line(value);
    let metadata = &mut draft.metadata;
    let slot = match key {
        "title" => {
            let Some(title) = line else { return false };
            metadata.title = title;
            return true;
        }
        "speakers" | "speaker" | "people" => return declare(value, None, draft),
        "guest" | "guests" | "interviewee" | "interviewees" => return declare(value, Some(Role::Guest), draft),
        "interviewer" | "interviewers" | "host" | "hosts" => return declare(value, Some(Role::Interviewer), draft),
        // Who wrote the piece may be who asks: the name helps with short labels, and the part is worked out.
        "author" | "authors" => return declare(value, None, draft),
        "subtitle" | "dek" | "standfirst" => &mut metadata.subtitle,
        "description" | "summary" if line.as_ref().is_some_and(|line| line.chars().count() <= 300) => {
            &mut metadata.subtitle
        }
        "date" | "published" | "pub_date" | "publish_date" => &mut metadata.date,
        "language" | "lang" => &mut metadata.language,
        "url" | "source_url" | "canonical" | "link" | "permalink" | "media" | "source" => &mut metadata.source.url,
        "publisher" | "publication" | "site" | "podcast" => &mut metadata.source.publisher,
        "saved" | "retrieved" | "accessed" => &mut metadata.source.saved,
        _ => return false,
    };
    let address = matches!(key, "source" | "media" | "link" | "permalink");
    let fits = line.filter(|line| slot.is_none() && (!address || line.starts_with("http")));
    let taken = fits.is_some();
    if taken {
        *slot = fits;
    }
    taken
}

fn one_line(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Speakers as names, or as mappings with `name`, `role` and perhaps the `label` that stands in the text.
fn declare(value: &Value, role: Option<Role>, draft: &mut Draft) -> bool {
    let list = match value {
        Value::Sequence(list) => list.as_slice(),
        other => std::slice::from_ref(other),
    };
    let before = draft.declared.len();
    for one in list.iter().take(100) {
        let field = |keys: &[&str]| keys.iter().find_map(|key| one.get(key).and_then(one_line));
        let name = one_line(one).or_else(|| field(&["name", "full_name"]));
        let Some(name) = name.map(|name| name.trim_matches(['[', ']']).to_owned()).filter(|name| !name.is_empty())
        else {
            continue;
        };
        let label = field(&["label", "id", "initials", "short"]).unwrap_or_else(|| name.clone());
        let said = field(&["role"]).and_then(|role| Role::from_name(&role.to_lowercase()));
        draft.declared.push(Declared { label, name, role: said.or(role) });
    }
    draft.declared.len() > before
}
