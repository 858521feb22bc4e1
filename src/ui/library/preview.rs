//! The chosen follow-up or hit in full, below its list.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::{Look, finding::put_marked, rule};
use crate::app::{Area, Browser, Hit, Listing};
use crate::layout::wrap;
use crate::model::Annotation;
use crate::ui::{Theme, put, put_fitted};

pub(super) fn draw(browser: &Browser, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = browser.preview_area() else { return };
    rule(area.y.saturating_sub(1), browser, theme, buffer);
    let mut page =
        Lines { browser, theme, buffer, area: Area { x: 2, width: area.width.saturating_sub(4).min(100), ..area } };
    match browser.listing {
        Listing::Interviews => {}
        Listing::FollowUps => {
            if let Some(follow_up) = browser.follow_ups.chosen() {
                page.annotation(&follow_up.annotation, follow_up.annotator.as_deref(), &follow_up.title);
            }
        }
        Listing::Found => match browser.finding.get(browser.finding.cursor.chosen) {
            Some((_, Hit::Text(hit))) => {
                let time = hit.time.map(|time| time.to_string());
                let head: Vec<&str> = hit.speaker.as_deref().into_iter().chain(time.as_deref()).collect();
                page.head(&head.join("   "));
                page.words(&hit.excerpt, std::slice::from_ref(&hit.marked), Style::new(), 0);
            }
            Some((found, Hit::Note(note))) => {
                page.annotation(&note.annotation, note.annotator.as_deref(), &found.found.title);
            }
            None => {}
        },
    }
}

/// The rows that are still free.
struct Lines<'a, 'b> {
    browser: &'a Browser,
    theme: &'a Theme,
    buffer: &'b mut Buffer,
    area: Area,
}

impl Lines<'_, '_> {
    fn annotation(&mut self, annotation: &Annotation, annotator: Option<&str>, title: &str) {
        let status = annotation.status.map(|status| status.name().to_owned());
        let tags = annotation.tags.iter().map(|tag| format!("#{tag}"));
        let more = status.into_iter().chain(tags).chain(annotator.map(str::to_owned)).chain([title.to_owned()]);
        let head: Vec<String> = [annotation.kind.name().to_owned()].into_iter().chain(more).collect();
        self.head(&head.join("   "));
        for line in annotation.note.lines() {
            self.words(line, &self.marks(line), Style::new(), 0);
        }
        for line in annotation.anchor.quote.lines() {
            self.words(line, &self.marks(line), self.theme.matter(), 2);
        }
    }

    /// The hits in a line of a note or a quote, where it was found by a search.
    fn marks(&self, line: &str) -> Vec<std::ops::Range<usize>> {
        match self.browser.listing {
            Listing::Found => self.browser.finding.marks(line),
            Listing::Interviews | Listing::FollowUps => Vec::new(),
        }
    }

    fn head(&mut self, words: &str) {
        put_fitted(self.buffer, self.area.x, self.area.y, self.area.width, words, self.theme.faint());
        self.next();
    }

    /// Words over as many rows as they take, or there are; `indent` columns of a quote's bar before each.
    fn words(&mut self, words: &str, marks: &[std::ops::Range<usize>], style: Style, indent: u16) {
        let look = Look { theme: self.theme, chosen: None };
        for row in wrap(words, self.area.width.saturating_sub(indent)) {
            if self.area.height == 0 {
                return;
            }
            let (x, y) = (self.area.x, self.area.y);
            if indent > 0 {
                put(self.buffer, x, y, 1, "▏", self.theme.rule());
            }
            let room = self.area.width.saturating_sub(indent);
            put_marked(self.buffer, x + indent, y, room, words, row.range(), marks, style, look);
            self.next();
        }
    }

    fn next(&mut self) {
        self.area.y += 1;
        self.area.height = self.area.height.saturating_sub(1);
    }
}
