//! Documents of paragraphs with a look: what DOCX and HTML have in common.
//!
//! Where the document itself says which paragraphs are names (a `<cite>`, a column of a table), the draft is made of
//! that. Elsewhere names are words like others, and the paragraphs are read as Markdown's are.

use std::collections::HashMap;

use super::blanks;
use super::captions::clock;
use super::columns::{Columns, is_clock};
use crate::import::draft::{Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::names;
use crate::import::text::{self, Kind, Style};
use crate::import::{ImportError, Warning};
use crate::model::Timecode;

/// A document that is being written down.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The finished paragraphs, none empty.
    pub paragraphs: Vec<Paragraph>,
    open: Paragraph,
    line: Line,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// Its lines, none empty.
    pub lines: Vec<Line>,
    /// What it is.
    pub kind: Kind,
    /// What it says of the paragraphs after it.
    pub sign: Sign,
    /// It is cut off from the next paragraph by a name's end and not by a block's.
    pub cut: bool,
    /// When it begins.
    pub time: Option<Timecode>,
    /// The table, row and column that it stands in.
    pub cell: Option<(u32, u32, u32)>,
    /// How many of its bytes are links.
    pub linked: usize,
    /// It stands behind the talk, as its markup says.
    pub after: bool,
}

/// What a paragraph says of the ones after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing: it is words.
    #[default]
    None,
    /// The name of who speaks, as its markup says.
    Name,
    /// The name of who speaks, perhaps.
    PerhapsName,
    /// When they are spoken.
    Time,
    /// Nothing that is to be shown.
    LeftOut,
}

/// A line of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The words, runs of blanks as one.
    pub text: String,
    /// 1-based line of the source, 0 where there is none.
    pub number: u32,
    strong: usize,
    leading: bool,
    weak: bool,
    upright: bool,
}

impl Line {
    /// Puts a colon behind a name of that many bytes at the beginning.
    pub(super) fn insert_colon(&mut self, length: usize) {
        if self.text.is_char_boundary(length) {
            self.text.insert(length, ':');
            self.strong += usize::from(self.strong >= length);
        }
    }
}

impl Paragraph {
    /// The words.
    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Number of bytes.
    pub(super) fn len(&self) -> usize {
        self.lines.iter().map(|line| line.text.len()).sum()
    }

    /// Where it stands in the source.
    pub(super) fn number(&self) -> u32 {
        self.lines.first().map_or(0, |line| line.number)
    }
}

impl Page {
    /// Writes words, bold or italic.
    pub(super) fn write(&mut self, words: &str, strong: bool, emphasis: bool, number: u32) {
        let line = &mut self.line;
        if line.text.is_empty() {
            *line = Line { number, leading: true, ..Line::default() };
        }
        let before = line.text.trim_end().len();
        if memchr::memchr(0, words.as_bytes()).is_some() {
            blanks::append(&mut line.text, &words.replace('\0', "\u{FFFD}"));
        } else {
            blanks::append(&mut line.text, words);
        }
        let after = line.text.trim_end().len();
        if after > before {
            line.weak |= !strong;
            line.upright |= !emphasis || strong;
            line.leading &= strong;
            if line.leading {
                line.strong = after;
            }
        }
    }

    /// The paragraph that is being written.
    pub(super) fn open(&mut self) -> &mut Paragraph {
        &mut self.open
    }

    /// Whether nothing is written yet of the paragraph.
    pub(super) fn is_at_start(&self) -> bool {
        self.open.lines.is_empty() && self.line.text.trim().is_empty()
    }

    /// Whether nothing is written yet of the line.
    pub(super) fn is_line_start(&self) -> bool {
        self.line.text.trim().is_empty()
    }

    /// Whether the line being written is its paragraph's first.
    pub(super) fn is_first_line(&self) -> bool {
        self.open.lines.is_empty()
    }

    /// Bytes that are written of the line.
    pub(super) fn line_length(&self) -> usize {
        self.line.text.trim_end().len()
    }

    /// Whether the last thing written is the end of a line.
    pub(super) fn ends_with_break(&self) -> bool {
        !self.open.lines.is_empty() && self.is_line_start()
    }

    /// Ends the line.
    pub(super) fn break_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        if !line.text.is_empty() {
            self.open.lines.push(line);
        }
    }

    /// Ends the paragraph, if there is any of it.
    pub(super) fn end_paragraph(&mut self) {
        self.break_line();
        let paragraph = std::mem::take(&mut self.open);
        if !paragraph.lines.is_empty() {
            self.paragraphs.push(paragraph);
        } else if let Some(last) = self.paragraphs.last_mut() {
            last.cut = false;
        }
    }

    /// Finds the names, times and words of transcripts that stand in tables.
    pub(super) fn read_tables(&mut self, draft: &mut Draft) {
        const ROWS: usize = 200;
        let mut start = 0;
        while let Some(paragraph) = self.paragraphs.get(start) {
            let Some((table, ..)) = paragraph.cell else {
                start += 1;
                continue;
            };
            let rest = self.paragraphs.get_mut(start..).unwrap_or_default();
            let end = rest.iter().position(|one| one.cell.is_none_or(|cell| cell.0 != table)).unwrap_or(rest.len());
            let cells = rest.get_mut(..end).unwrap_or_default();
            let mut rows: Vec<Vec<String>> = Vec::new();
            let mut row = None;
            for (paragraph, (_, number, column)) in cells.iter().filter_map(|one| Some((one, one.cell?))) {
                if row != Some(number) {
                    if rows.len() == ROWS {
                        break;
                    }
                    row = Some(number);
                    rows.push(Vec::new());
                }
                if let Some(last) = rows.last_mut() {
                    let column = column.min(30) as usize;
                    last.resize(last.len().max(column + 1), String::new());
                    if let Some(cell) = last.get_mut(column) {
                        cell.push_str(&paragraph.text());
                    }
                }
            }
            mark_cells(cells, &rows, draft);
            start += end.max(1);
        }
    }

    /// Makes the draft.
    ///
    /// # Errors
    ///
    /// Where there are more lines than can be read.
    pub(super) fn into_draft(mut self, mut draft: Draft, name: &str) -> Result<Draft, ImportError> {
        self.end_paragraph();
        self.read_tables(&mut draft);
        let said = self.said();
        if said {
            return Ok(self.structured(draft));
        }
        self.rejoin();
        let (mut text, mut styles) = (String::new(), Vec::new());
        for paragraph in self.paragraphs.iter().filter(|one| one.sign != Sign::LeftOut) {
            let all_strong = paragraph.lines.iter().all(|line| !line.weak);
            let all_emphasis = paragraph.lines.iter().all(|line| !line.upright);
            let mut time = paragraph.time;
            for line in &paragraph.lines {
                let mut strong = line.strong as u32;
                if let Some(time) = time.take() {
                    text.push_str(&format!("[{time}] "));
                    strong = 0;
                }
                text.push_str(&line.text);
                text.push('\n');
                let (source_line, kind) = (line.number, paragraph.kind);
                styles.push(Style { source_line, kind, strong, all_strong, all_emphasis, goes_on: false });
            }
            text.push('\n');
            styles.push(Style::default());
        }
        if text::take_styled(text, &styles, &mut draft) {
            return Ok(draft);
        }
        let message = "it has too many lines; cut it into parts".to_owned();
        Err(ImportError::Broken { name: name.to_owned(), message })
    }

    /// Whether the document itself says which paragraphs are names.
    fn said(&self) -> bool {
        let names = self.paragraphs.iter().filter(|one| one.sign == Sign::Name).count();
        let mut perhaps = 0;
        let mut borne_out = 0;
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if paragraph.sign == Sign::PerhapsName {
                let timed = self.paragraphs.get(index + 1).is_some_and(|next| next.sign == Sign::Time);
                let text = paragraph.text();
                perhaps += 1;
                borne_out += usize::from(timed || text.trim_end().ends_with([':', '：']));
            }
        }
        names >= 2 || (names == 0 && perhaps >= 1 && borne_out * 5 >= perhaps * 4)
    }

    /// Puts together what was cut where it turned out that no name was cut off.
    fn rejoin(&mut self) {
        let mut whole: Vec<Paragraph> = Vec::with_capacity(self.paragraphs.len());
        for paragraph in self.paragraphs.drain(..) {
            match whole.last_mut().filter(|last| last.cut) {
                Some(last) => {
                    last.cut = paragraph.cut;
                    let mut lines = paragraph.lines.into_iter();
                    if let (Some(end), Some(first)) = (last.lines.last_mut(), lines.next()) {
                        end.text.push(' ');
                        end.text.push_str(&first.text);
                        end.weak |= first.weak;
                        end.upright |= first.upright;
                    }
                    last.lines.extend(lines);
                }
                None => whole.push(paragraph),
            }
        }
        self.paragraphs = whole;
    }

    /// The draft of a document that says which paragraphs are names.
    fn structured(self, mut draft: Draft) -> Draft {
        let mut labels: HashMap<String, u32> = HashMap::new();
        let mut speech: Option<Speech> = None;
        let mut time = None;
        let mut named = false;
        for paragraph in self.paragraphs {
            let text = paragraph.text();
            match paragraph.sign {
                Sign::LeftOut => continue,
                Sign::Name | Sign::PerhapsName => {
                    let (name, stamp) = split_time(&text);
                    let name = name.trim().trim_end_matches([':', '：']).trim();
                    if name.is_empty() {
                        continue;
                    }
                    time = stamp.or(paragraph.time).or(time);
                    named = true;
                    speech = Some(if names::is_nobody(name) {
                        Speech::Changed
                    } else {
                        let label = *labels.entry(name.to_owned()).or_insert_with(|| {
                            draft.labels.push(name.to_owned());
                            draft.labels.len() as u32 - 1
                        });
                        Speech::Labelled(label)
                    });
                    continue;
                }
                Sign::Time => {
                    time = moment(&text).or(time);
                    continue;
                }
                Sign::None => {}
            }
            if let Kind::Heading(level) = paragraph.kind {
                let at = HeadingPlace::Block(draft.blocks.len() as u32);
                draft.topics.push(Heading { title: text, level, at });
                continue;
            }
            for line in &paragraph.lines {
                if paragraph.after {
                    draft.push(&line.text, line.number, Speech::Unknown).part = Part::Back;
                    continue;
                }
                let said = match speech {
                    Some(speech) => speech,
                    None if named => Speech::Same,
                    None => Speech::Unknown,
                };
                let block = draft.push(&line.text, line.number, said);
                block.time = time.take().or(paragraph.time);
                block.part = if named { Part::Body } else { Part::Front };
                speech = None;
            }
        }
        let top = draft.topics.iter().map(|topic| topic.level).min().unwrap_or(0);
        for topic in &mut draft.topics {
            topic.level -= top;
        }
        draft
    }
}

/// Says of the paragraphs in a table what their columns say.
fn mark_cells(cells: &mut [Paragraph], rows: &[Vec<String>], draft: &mut Draft) {
    let borrowed: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let Some(columns) = Columns::of(&borrowed).filter(|columns| columns.speaker.is_some() && rows.len() >= 3) else {
        return;
    };
    let first = cells.first().and_then(|one| one.cell).map_or(0, |cell| cell.1);
    let mut left_out = 0;
    for paragraph in cells {
        let Some((_, row, column)) = paragraph.cell else { continue };
        let column = Some(column as usize);
        paragraph.sign = if columns.header && row == first {
            left_out += 1;
            Sign::LeftOut
        } else if column == columns.speaker {
            Sign::Name
        } else if column == columns.start {
            Sign::Time
        } else if column == Some(columns.text) {
            Sign::None
        } else {
            left_out += 1;
            Sign::LeftOut
        };
        if paragraph.sign == Sign::LeftOut && left_out == 1 {
            let message = "columns of the table beside times, speakers and words, and their names".to_owned();
            draft.left_out.push(Warning { line: paragraph.number(), message });
        }
    }
}

/// A name with a time behind it.
fn split_time(text: &str) -> (&str, Option<Timecode>) {
    let bare = text.trim_end_matches([':', '：', ' ', ')', ']']);
    let Some((name, time)) = bare.rsplit_once([' ', '(', '[']).filter(|(_, time)| is_clock(time)) else {
        return (text, None);
    };
    (name.trim_end_matches(['(', '[', ' ']), moment(time))
}

/// The moment in `0:12`, `[00:00:12]` or `0:12 - 0:15`.
pub(super) fn moment(text: &str) -> Option<Timecode> {
    let bare = text.trim().trim_start_matches(['[', '(']);
    let end = bare.find(|c: char| !(c.is_ascii_digit() || ":.,".contains(c))).unwrap_or(bare.len());
    let time = bare.get(..end).filter(|time| time.contains(':'))?;
    clock(time).map(|(time, _)| time)
}
