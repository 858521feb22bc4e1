//! Importers of running text: plain text, Markdown, and the reader's own format.

mod company;
mod fields;
mod lines;
mod markdown;
mod native;
mod numbers;
mod opening;
mod pages;
pub(super) mod plain;
mod plan;
mod planner;
mod speakers;
mod style;
mod tally;
mod times;

use super::detect::Importer;
use super::draft::Draft;
use lines::Lines;

pub(super) use style::{Kind, Style};

/// One entry per format; plain text fits everything and stands last.
pub(super) static FORMATS: &[&dyn Importer] = &[&native::Native, &markdown::Markdown, &plain::Plain];

/// Fills a draft with the lines of `text`, which end in `\n` and have one style each, blank ones included.
///
/// Importers of documents whose paragraphs carry labels as words, such as DOCX and HTML, hand them on to this. False:
/// there are more lines than can be read.
pub(super) fn take_styled(text: String, styles: &[Style], draft: &mut Draft) -> bool {
    if styles.len() > lines::MOST {
        return false;
    }
    let plan = planner::plan(&Lines::of(&text), styles, draft);
    plan.carry_out(text, draft);
    let top = draft.topics.iter().map(|topic| topic.level).min().unwrap_or(0);
    for topic in &mut draft.topics {
        topic.level -= top;
    }
    true
}
