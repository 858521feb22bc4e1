//! Kindle's `My Clippings.txt`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Foreign;

/// The line that ends a clipping.
pub(super) const END: &str = "==========";

/// A clipping: `Title (Author)`, `- Your Highlight on Location 5-6 | Added on …`, a blank line, the words.
struct Clipping<'a> {
    title: &'a str,
    about: &'a str,
    words: String,
}

pub(super) fn read(text: &str) -> Vec<Foreign> {
    let mut found: Vec<(Foreign, Option<u32>)> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.trim_end() != END {
            lines.push(line.trim_end_matches('\r'));
            continue;
        }
        if let Some(clipping) = clipping(&lines) {
            take(&clipping, &mut found);
        }
        lines.clear();
    }
    found.into_iter().map(|(foreign, _)| foreign).collect()
}

fn clipping<'a>(lines: &[&'a str]) -> Option<Clipping<'a>> {
    let mut lines = lines.iter().copied().skip_while(|line| line.trim().is_empty());
    let title = lines.next()?.trim_start_matches('\u{feff}').trim();
    let about = lines.next()?.trim();
    let words: Vec<&str> = lines.collect();
    about.starts_with('-').then(|| Clipping { title, about, words: words.join("\n").trim().to_owned() })
}

/// Takes a highlight, or a note on the highlight before it that ends where the note stands.
fn take(clipping: &Clipping, found: &mut Vec<(Foreign, Option<u32>)>) {
    let about = clipping.about.to_lowercase();
    let end = last_location(&about);
    let title = match clipping.title.rsplit_once(" (") {
        Some((title, author)) if author.ends_with(')') => title,
        _ => clipping.title,
    };
    let documents = vec![title.to_owned()];
    let created = clipping.about.rsplit_once("Added on ").and_then(|(_, date)| moment(date));
    if clipping.words.is_empty() {
        return;
    }
    if about.contains("note") && !about.contains("highlight") {
        let highlight = found.iter_mut().rev().find(|(foreign, at)| {
            foreign.documents == documents && *at == end && end.is_some() && foreign.note.is_empty()
        });
        if let Some((foreign, _)) = highlight {
            foreign.note.clone_from(&clipping.words);
        }
        // A note on nothing has no words by which it could be placed.
        return;
    }
    let foreign = Foreign { quote: clipping.words.clone(), created, documents, ..Foreign::default() };
    found.push((foreign, end));
}

/// The last number of `location 5-6`, or of `page 7` where there is no location.
fn last_location(about: &str) -> Option<u32> {
    let place = about.split('|').find(|part| part.contains("location")).or_else(|| about.split('|').next())?;
    let digits: Vec<&str> = place.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    digits.last()?.parse().ok()
}

/// `Tuesday, November 24, 2026 10:02:11 AM`.
fn moment(date: &str) -> Option<Timestamp> {
    let time = DateTime::strptime("%A, %B %d, %Y %I:%M:%S %p", date.trim()).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}
