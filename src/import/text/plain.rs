//! Plain text: `Name: text` in its many shapes, and saved pages.

use super::lines::{self, Lines};
use super::{numbers, pages};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options, Warning};

/// Plain text.
#[derive(Debug)]
pub(super) struct Plain;

impl Importer for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        (!sample.text.is_empty()).then_some(Recognised { score: 10, because: "nothing else fits it better" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        draft(source.text, &source.name)
    }
}

/// The draft of a text in which each line, or each run of lines broken to a width, is a paragraph.
///
/// Importers of formats whose paragraphs carry labels as words hand their paragraphs on to this, one on a line.
///
/// # Errors
///
/// Where the text has more lines than can be read.
pub(in crate::import) fn draft(text: String, name: &str) -> Result<Draft, ImportError> {
    let zeros = memchr::memchr(0, text.as_bytes()).is_some();
    let mut draft = Draft::default();
    let text = match pages::without(&text) {
        Some((bare, first, count)) => {
            let message = format!("the numbers and titles of pages ({count} in all)");
            draft.left_out.push(Warning { line: first, message });
            bare
        }
        None => text,
    };
    let text = lines::with_plain_ends(text);
    if memchr::memchr_iter(b'\n', text.as_bytes()).count() > lines::MOST {
        return Err(ImportError::Broken {
            name: name.to_owned(),
            message: format!("it has more than {} million lines; cut it into parts", lines::MOST / 1_000_000),
        });
    }
    let mut text = split_run_in(text);
    if let Some((bare, first, count)) = numbers::without(&text) {
        let message = format!("the numbers of the lines ({count} in all)");
        draft.left_out.push(Warning { line: first, message });
        text = bare;
    }
    if zeros {
        let message = "zero bytes in the text are shown as \u{FFFD}".to_owned();
        draft.warnings.push(Warning { line: 1, message });
    }
    let plan = super::planner::plan(&Lines::of(&text), &[], &mut draft);
    plan.carry_out(text, &mut draft);
    Ok(draft)
}

/// Speech recognition that was run into one line, `Mira  0:09  Where? Jonas  0:15  Here.`, one turn on a line.
fn split_run_in(text: String) -> String {
    const LONG: usize = 1000;
    let bytes = text.as_bytes();
    let long = bytes.len() > LONG && memchr::memchr_iter(b'\n', bytes).count() * LONG < bytes.len();
    if !long {
        return text;
    }
    let name = r"(?:\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}|Speaker \d{1,2}|Unknown Speaker)";
    let Ok(turn) = regex::Regex::new(&format!(r"(?:^|\s)({name}\s+\d{{1,2}}:\d\d(?::\d\d)?)\s")) else { return text };
    let found: Vec<_> = turn.captures_iter(&text).filter_map(|captures| captures.get(1)).take(lines::MOST).collect();
    let mut seen = std::collections::HashMap::new();
    for label in &found {
        *seen.entry(label.as_str().split_whitespace().next()).or_insert(0_u32) += 1;
    }
    if found.len() < 3 || seen.values().all(|count| *count < 2) {
        return text;
    }
    let mut apart = String::with_capacity(text.len() + 2 * found.len());
    let mut from = 0;
    for label in found {
        apart.push_str(text.get(from..label.start()).unwrap_or_default());
        apart.push('\n');
        apart.push_str(label.as_str());
        apart.push('\n');
        from = label.end();
    }
    apart.push_str(text.get(from..).unwrap_or_default());
    apart
}
