//! The list of interviews: what is known of each, the order and the filter.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::list::Cursor;
use super::words::Words;
use crate::library::Summary;
use crate::store::Visit;
use crate::text;

/// The list of interviews.
#[derive(Clone, Debug, Default)]
pub struct Interviews {
    /// All that were found.
    all: Vec<Summary>,
    /// Their numbers.
    numbers: HashMap<PathBuf, usize>,
    /// When each was last read, and how far.
    visits: HashMap<PathBuf, Visit>,
    /// Those that the list shows, in its order, as numbers in `all`.
    shown: Vec<usize>,
    /// The words that the list is narrowed to.
    pub filter: String,
    /// The order of the list.
    pub sort: SortInterviews,
    /// The chosen one, by its number in the list.
    pub cursor: Cursor,
    /// Whether the reader has chosen one, so that none is chosen for them.
    is_chosen: bool,
    /// Whether the list is to be made anew.
    is_stale: bool,
}

/// The order of the list of interviews.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortInterviews {
    /// By folder and file name.
    #[default]
    Name,
    /// By title.
    Title,
    /// The last read first.
    LastRead,
    /// Most open follow-ups and questions first.
    Pending,
    /// By the interview's date, the newest first.
    Date,
    /// The longest first.
    Length,
}

impl SortInterviews {
    const ALL: [Self; 6] = [Self::Name, Self::Title, Self::LastRead, Self::Pending, Self::Date, Self::Length];

    /// What the list says of its order.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "by file",
            Self::Title => "by title",
            Self::LastRead => "last read first",
            Self::Pending => "most open first",
            Self::Date => "newest first",
            Self::Length => "longest first",
        }
    }

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|sort| *sort == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or_default()
    }
}

impl Interviews {
    /// The interviews that the list shows, in its order.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Summary> {
        self.shown.iter().map(|number| &self.all[*number])
    }

    /// All that were found.
    pub fn all(&self) -> &[Summary] {
        &self.all
    }

    /// Whether an interview was found.
    pub fn holds(&self, interview: &Path) -> bool {
        self.numbers.contains_key(interview)
    }

    /// When an interview was last read, and how far.
    pub fn visit(&self, interview: &Path) -> Option<&Visit> {
        self.visits.get(interview)
    }

    /// The chosen interview.
    pub fn chosen(&self) -> Option<&Summary> {
        self.shown.get(self.cursor.chosen).and_then(|number| self.all.get(*number))
    }

    pub(super) fn choose(&mut self, interview: &Path) {
        let at = self.shown().position(|summary| summary.path == interview);
        if let Some(at) = at {
            self.cursor.chosen = at;
            self.is_chosen = true;
        }
    }

    /// The reader has chosen: whatever else is found, this one stays chosen.
    pub(super) fn keep_choice(&mut self) {
        self.is_chosen = true;
    }

    pub(super) fn add(&mut self, summary: Summary) {
        let number = *self.numbers.entry(summary.path.clone()).or_insert(self.all.len());
        match self.all.get_mut(number) {
            Some(known) => *known = summary,
            None => self.all.push(summary),
        }
        self.is_stale = true;
    }

    pub(super) fn replace(&mut self, all: Vec<Summary>) {
        // What is chosen is known by its path: the numbers count other interviews now.
        let chosen = self.chosen().map(|summary| summary.path.clone());
        self.numbers = all.iter().enumerate().map(|(number, it)| (it.path.clone(), number)).collect();
        self.all = all;
        self.make();
        self.choose_again(chosen);
        self.is_stale = true;
    }

    pub(super) fn set_visits(&mut self, visits: HashMap<PathBuf, Visit>) {
        self.visits = visits;
        self.is_stale = true;
    }

    pub(super) fn set_filter(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.is_stale = true;
    }

    pub(super) fn sort_next(&mut self) {
        self.sort = self.sort.next();
        self.is_stale = true;
        self.is_chosen = true;
    }

    /// Makes the list anew where something has changed.
    pub(super) fn refresh(&mut self) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        let chosen = self.chosen().map(|summary| summary.path.clone()).filter(|_| self.is_chosen);
        self.make();
        let chosen = chosen.or_else(|| if self.is_chosen { None } else { self.last_read() });
        self.choose_again(chosen);
        self.cursor.chosen = self.cursor.chosen.min(self.shown.len().saturating_sub(1));
    }

    fn choose_again(&mut self, interview: Option<PathBuf>) {
        let at = interview.and_then(|path| self.shown().position(|summary| summary.path == path));
        self.cursor.chosen = at.unwrap_or(self.cursor.chosen);
    }

    fn make(&mut self) {
        let words = Words::new(&self.filter);
        let mut shown: Vec<usize> =
            (0..self.all.len()).filter(|number| self.all.get(*number).is_some_and(|it| says(it, &words))).collect();
        let of = |number: &usize| &self.all[*number];
        shown.sort_by(|a, b| of(a).path.cmp(&of(b).path));
        match self.sort {
            SortInterviews::Name => {}
            SortInterviews::Title => {
                shown.sort_by_cached_key(|number| text::fold(&of(number).about.title).text().to_owned());
            }
            SortInterviews::LastRead => {
                shown.sort_by_key(|number| Reverse(self.visit(&of(number).path).map(|visit| visit.read)));
            }
            SortInterviews::Pending => shown.sort_by_key(|number| Reverse(of(number).notes.pending)),
            SortInterviews::Date => shown.sort_by(|a, b| of(b).about.date.cmp(&of(a).about.date)),
            SortInterviews::Length => shown.sort_by_key(|number| Reverse(of(number).about.words)),
        }
        self.shown = shown;
    }

    /// The interview that was read last, where that was one of these.
    fn last_read(&self) -> Option<PathBuf> {
        let read = |summary: &&Summary| self.visit(&summary.path).map(|visit| visit.read);
        self.shown().filter(|summary| read(summary).is_some()).max_by_key(read).map(|summary| summary.path.clone())
    }
}

/// Whether an interview's title, speakers, name, date or language say so.
fn says(summary: &Summary, words: &Words) -> bool {
    let about = &summary.about;
    let more = [Some(&about.title), Some(&summary.name), about.date.as_ref(), about.language.as_ref()];
    words.are_in(|| about.speakers.iter().chain(more.into_iter().flatten()).map(String::as_str))
}
