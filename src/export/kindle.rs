//! Kindle's `My Clippings.txt`, which many tools take in.

use std::io::Write;

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::markdown::one_line;
use super::readwise::guests;
use super::{Document, ExportError, Exporter};

/// A clipping for each quote, another for each note, and one for each bookmark; locations are paragraphs from 1.
///
/// ```
/// use interleaf::export::{Exporter, Kindle};
///
/// let mut out = Vec::new();
/// Kindle.export(&[], &mut out)?;
/// assert!(out.is_empty());
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Kindle;

impl Exporter for Kindle {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        for document in documents {
            // Readers of clippings take the last brackets for the author.
            let title = format!("{} ({})", clean(document.title()), clean(&guests(document)).replace(['(', ')'], ""));
            for note in &document.notes {
                let Some(span) = note.resolution.span() else { continue };
                let original = |paragraph| document.interview.original_of(paragraph).unwrap_or(paragraph).0 + 1;
                let (first, last) = (original(span.start.paragraph), original(span.end.paragraph));
                let added = date(note.annotation.created);
                let quote = clean(&document.quote(note));
                if quote.is_empty() {
                    write_clipping(out, &title, &format!("Bookmark on Location {first}"), &added, "")?;
                } else {
                    write_clipping(out, &title, &format!("Highlight on Location {first}-{last}"), &added, &quote)?;
                }
                let words = clean(&note.annotation.note);
                if !words.is_empty() {
                    write_clipping(out, &title, &format!("Note on Location {last}"), &added, &words)?;
                }
            }
        }
        Ok(())
    }
}

fn write_clipping(out: &mut dyn Write, title: &str, what: &str, added: &str, words: &str) -> Result<(), ExportError> {
    Ok(write!(out, "{title}\r\n- Your {what} | Added on {added}\r\n\r\n{words}\r\n==========\r\n")?)
}

/// One line that cannot be taken for the end of a clipping.
fn clean(text: &str) -> String {
    let line: String = one_line(text).chars().filter(|c| !c.is_control()).collect();
    // Readers look for the mark anywhere.
    line.replace("==========", "=========·")
}

/// `Tuesday, November 24, 2026 10:02:11 AM`, in Universal Time.
fn date(moment: Timestamp) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let time = TimeZone::UTC.to_datetime(moment);
    let weekday = match time.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let month = MONTHS.get(usize::from(time.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    let (hour, half) = match time.hour() {
        0 => (12, "AM"),
        hour @ 1..12 => (hour, "AM"),
        12 => (12, "PM"),
        hour => (hour - 12, "PM"),
    };
    format!(
        "{weekday}, {month} {}, {} {hour}:{:02}:{:02} {half}",
        time.day(),
        time.year(),
        time.minute(),
        time.second()
    )
}
