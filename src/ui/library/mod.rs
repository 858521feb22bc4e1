//! The lists of a folder: its interviews, the follow-ups on them, what a search has found.

mod finding;
mod follow_ups;
mod interviews;
mod preview;

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::app::{BrowseOver, Browser, Command, ListRow, Listing, Scanning, grouped};
use crate::library::Summary;
use crate::model::Kind;
use crate::text;
use crate::ui::{Theme, page, put, put_fitted, status, too_small};

/// Draws the list of interviews into a buffer; gives back where the terminal's cursor belongs.
pub fn draw_library_into(browser: &Browser, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    if browser.is_too_small() {
        return too_small(browser.screen, theme, buffer);
    }
    if let Some(BrowseOver::Page(page)) = &browser.over {
        return page::draw(page, browser.page_area(), &browser.keys, browser.mode(), None, theme, buffer);
    }
    head(browser, theme, buffer);
    let area = browser.list_area();
    if browser.listing == Listing::Interviews && browser.is_table() && area.y > 1 {
        interviews::table_head(browser, theme, buffer);
    }
    let rows = browser.rows();
    if rows.is_empty() {
        put_fitted(
            buffer,
            TEXT,
            area.y,
            area.width.saturating_sub(TEXT + 1),
            &browser.with_keys(&nothing(browser)),
            theme.faint(),
        );
    }
    let shown: Vec<&Summary> = browser.interviews.shown().collect();
    let cursor = browser.cursor();
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(cursor.top)) {
        let (entry, line) = match *row {
            ListRow::Entry(entry, line) => (entry, line),
            ListRow::Head(first) => {
                group_head(browser, first, y, theme, buffer);
                continue;
            }
            ListRow::Blank => continue,
        };
        let chosen = (cursor.chosen == entry).then(|| theme.chosen(true));
        if let Some(style) = chosen {
            put(buffer, area.x, y, area.width, &" ".repeat(usize::from(area.width)), style);
            put(buffer, 1, y, 1, if line == 0 { "▸" } else { " " }, style);
        }
        let look = Look { theme, chosen };
        match browser.listing {
            Listing::Interviews => {
                if let Some(summary) = shown.get(entry) {
                    interviews::draw(browser, summary, line, y, look, buffer);
                }
            }
            Listing::FollowUps => {
                if let Some(follow_up) = browser.follow_ups.get(entry) {
                    follow_ups::draw(browser, follow_up, line, y, look, buffer);
                }
            }
            Listing::Found => {
                if let Some((_, hit)) = browser.finding.get(entry) {
                    finding::draw(browser, hit, y, look, buffer);
                }
            }
        }
    }
    preview::draw(browser, theme, buffer);
    if let Some(y) = browser.rule() {
        rule(y, browser, theme, buffer);
    }
    bottom_line(browser, theme, buffer)
}

fn rule(y: u16, browser: &Browser, theme: &Theme, buffer: &mut Buffer) {
    put(buffer, 0, y, browser.screen.width, &"─".repeat(usize::from(browser.screen.width)), theme.rule());
}

/// The head of a group: its name and how many entries it has.
fn group_head(browser: &Browser, first: usize, y: u16, theme: &Theme, buffer: &mut Buffer) {
    let width = browser.screen.width.saturating_sub(2);
    let (name, count) = match browser.listing {
        Listing::Interviews => return,
        Listing::FollowUps => {
            (browser.follow_ups.group(first).unwrap_or_default(), grouped(browser.follow_ups.group_size(first) as u64))
        }
        Listing::Found => {
            let Some((found, _)) = browser.finding.get(first) else { return };
            let title = if found.found.title.is_empty() { &found.found.name } else { &found.found.title };
            let listed = found.found.hits.len() as u64;
            let more = if found.count as u64 > listed { format!(", the first {listed}") } else { String::new() };
            (title.clone(), format!("{}{more}", grouped(found.total() as u64)))
        }
    };
    let x = put_fitted(buffer, 1, y, width.saturating_sub(20), &name, theme.title());
    put_fitted(buffer, x + 2, y, 20, &count, theme.faint());
}

/// The column where words begin, right of the sign of the chosen entry.
const TEXT: u16 = 3;

/// How an entry's parts look.
#[derive(Clone, Copy)]
struct Look<'a> {
    theme: &'a Theme,
    /// The style of the chosen entry, where this is the one.
    chosen: Option<Style>,
}

impl Look<'_> {
    fn plain(self) -> Style {
        self.chosen.unwrap_or_default()
    }

    /// What asks for less attention; on the ground of the chosen entry it is as plain as the rest.
    fn faint(self) -> Style {
        self.chosen.map_or_else(|| self.theme.faint(), |style| style.remove_modifier(Modifier::BOLD))
    }

    fn pending(self) -> Style {
        self.chosen.unwrap_or_default().patch(self.theme.mark(Kind::FollowUp))
    }

    fn kind(self, kind: Kind) -> Style {
        self.chosen.unwrap_or_default().patch(self.theme.mark(kind))
    }

    fn hit(self) -> Style {
        match self.chosen {
            // Without colours, the whole entry is reversed as hits are.
            Some(style) => style.patch(self.theme.hit(true)).add_modifier(Modifier::UNDERLINED),
            None => self.theme.hit(false),
        }
    }

    fn error(self) -> Style {
        self.chosen.unwrap_or_default().patch(self.theme.error())
    }
}

/// The folder, the lists that there are, and on the right the filter and the order of the one that is shown.
fn head(browser: &Browser, theme: &Theme, buffer: &mut Buffer) {
    let width = browser.screen.width;
    let order = match browser.listing {
        Listing::Interviews => browser.interviews.sort.name(),
        Listing::FollowUps => browser.follow_ups.sort.name(),
        Listing::Found if browser.finding.is_regex => "regular expression",
        Listing::Found => "",
    };
    let filter = browser.filter().trim();
    let right = match filter {
        "" => order.to_owned(),
        filter => format!("with {filter}   {order}"),
    };
    let columns = (text::width(&right) as u16).min(width / 2);
    let end = width.saturating_sub(columns + 3);
    put_fitted(buffer, width.saturating_sub(columns + 1), 0, columns, &right, theme.faint());
    let mut x = put_fitted(buffer, 1, 0, (end / 3).max(8), &browser.folder, theme.title()) + 3;
    let lists = [
        (Listing::Interviews, counted("Interviews", browser.interviews.shown().len(), browser.interviews.all().len())),
        (Listing::FollowUps, follow_ups_counted(browser)),
        (Listing::Found, "Search".to_owned()),
    ];
    for (listing, words) in lists {
        let style = if listing == browser.listing { theme.heading() } else { theme.faint() };
        x = put_fitted(buffer, x, 0, end.saturating_sub(x), &words, style) + 3;
    }
}

/// The name of a list with how many of its entries are shown.
fn counted(name: &str, shown: usize, all: usize) -> String {
    match (shown, all) {
        (_, 0) => name.to_owned(),
        (shown, all) if shown == all => format!("{name} {}", grouped(all as u64)),
        (shown, all) => format!("{name} {} of {}", grouped(shown as u64), grouped(all as u64)),
    }
}

/// Until they are read, the interviews say how many are open.
fn follow_ups_counted(browser: &Browser) -> String {
    if browser.follow_ups.is_read {
        return counted("Follow-ups", browser.follow_ups.shown().len(), browser.follow_ups.count());
    }
    let open: u64 = browser.interviews.all().iter().map(|summary| u64::from(summary.notes.pending)).sum();
    if open == 0 { "Follow-ups".to_owned() } else { format!("Follow-ups {} open", grouped(open)) }
}

/// What an empty list says.
fn nothing(browser: &Browser) -> String {
    let filter = browser.filter().trim();
    let is_scanning = matches!(browser.scanning, Scanning::On(_));
    match browser.listing {
        _ if !filter.is_empty() => format!("Nothing with “{filter}”. ⟨cancel⟩ shows all."),
        Listing::Interviews if is_scanning => "Looking for interviews.".to_owned(),
        Listing::Interviews if browser.scanning == Scanning::Stopped => {
            "None was found before the search was stopped. ⟨rescan⟩ looks again.".to_owned()
        }
        Listing::Interviews => "There is no interview in this folder. ⟨rescan⟩ looks again.".to_owned(),
        Listing::FollowUps if !browser.follow_ups.is_read => "Reading the notes.".to_owned(),
        Listing::FollowUps => {
            "No follow-ups and no questions yet: in an interview, ⟨follow-up⟩ and ⟨question⟩ write them.".to_owned()
        }
        Listing::Found => match (&browser.finding.error, browser.finding.progress) {
            (Some(error), _) => format!("This is no regular expression: {error}"),
            (None, Some(_)) => "Searching.".to_owned(),
            (None, None) if browser.finding.has_begun() => {
                format!("“{}” is in no interview and no note.", browser.finding.words.trim())
            }
            (None, None) => "Type words; @name before them asks for what one speaker says.".to_owned(),
        },
    }
}

/// Writes words at the right edge of so many columns.
fn put_right(buffer: &mut Buffer, x: u16, y: u16, columns: u16, words: &str, style: Style) {
    let used = (text::width(words) as u16).min(columns);
    put_fitted(buffer, x + columns - used, y, used, words, style);
}

/// What is typed, a message, or the chosen interview's file and how the scan goes.
fn bottom_line(browser: &Browser, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let area = browser.status_area();
    match &browser.over {
        Some(BrowseOver::Filter(prompt)) => {
            let (label, count) = match browser.listing {
                Listing::FollowUps => ("follow-ups with: ", browser.follow_ups.shown().len()),
                Listing::Interviews | Listing::Found => ("interviews with: ", browser.interviews.shown().len()),
            };
            return Some(status::typed(area, label, prompt, &grouped(count as u64), theme, buffer));
        }
        Some(BrowseOver::Search(prompt)) => {
            let label = if browser.finding.is_regex { "regex /" } else { "search all: " };
            return Some(status::typed(area, label, prompt, &found(browser), theme, buffer));
        }
        Some(BrowseOver::CommandLine(asking)) => {
            status::choices(area, asking, theme, buffer);
            return Some(status::typed(
                area,
                ":",
                &asking.prompt,
                asking.sentence().unwrap_or_default(),
                theme,
                buffer,
            ));
        }
        Some(BrowseOver::Page(_)) | None => {}
    }
    let width = area.width.saturating_sub(2);
    if let Some(message) = &browser.message {
        let style = if message.is_error { theme.error() } else { Style::new() };
        put_fitted(buffer, 1, area.y, width, &message.text, style);
        return None;
    }
    let mut end = area.width - 1;
    let mut right = |words: &str, style: Style, buffer: &mut Buffer| {
        let columns = text::width(words) as u16;
        if columns > 0 && end > columns + 12 {
            put(buffer, end - columns, area.y, columns, words, style);
            end -= columns + 3;
        }
    };
    right(&browser.pending, Style::new().add_modifier(Modifier::BOLD), buffer);
    if let Some(key) = browser.keys.key(browser.mode(), Command::Help) {
        right(&format!("{key} help"), theme.faint(), buffer);
    }
    right(&browser.with_keys(&scanning(browser.scanning)), Style::new(), buffer);
    if browser.listing == Listing::Found {
        let stops = if browser.finding.progress.is_some() { "   ⟨cancel⟩ stops" } else { "" };
        right(&browser.with_keys(&format!("{}{stops}", found(browser))), Style::new(), buffer);
    }
    let left = match browser.listing {
        Listing::Interviews => browser.interviews.chosen().map(|summary| summary.name.clone()),
        Listing::FollowUps => browser.follow_ups.chosen().map(|follow_up| follow_up.name.clone()),
        Listing::Found => browser.finding.get(browser.finding.cursor.chosen).map(|(found, _)| found.found.name.clone()),
    };
    put_fitted(buffer, 1, area.y, end.saturating_sub(1), &left.unwrap_or_default(), theme.faint());
    None
}

/// How much was found, and how the search goes.
fn found(browser: &Browser) -> String {
    let finding = &browser.finding;
    let hits = match finding.hits() {
        0 if finding.progress.is_none() && finding.has_begun() => "none".to_owned(),
        0 => String::new(),
        hits => {
            let of = |count: usize, one: &str| {
                format!("{} {one}{}", grouped(count as u64), if count == 1 { "" } else { "s" })
            };
            format!("{} in {}", of(hits, "hit"), of(finding.interviews(), "interview"))
        }
    };
    match finding.progress {
        Some(progress) if progress.total > 0 => {
            format!("{hits}   {}%", progress.done * 100 / progress.total)
        }
        _ => hits,
    }
}

fn scanning(scanning: Scanning) -> String {
    match scanning {
        Scanning::On(None) => "looking for interviews   ⟨cancel⟩ stops".to_owned(),
        Scanning::On(Some(progress)) => {
            let (done, total) = (grouped(progress.done as u64), grouped(progress.total as u64));
            format!("{done} of {total} files   ⟨cancel⟩ stops")
        }
        Scanning::Stopped => "stopped, some may be missing   ⟨rescan⟩ looks again".to_owned(),
        Scanning::Done => String::new(),
    }
}
