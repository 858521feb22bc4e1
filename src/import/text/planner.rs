//! Lines to paragraphs: which of them speak, go on, are headings, or are left out.

use super::lines::{Line, Lines, glue};
use super::plan::{Joint, Piece, Plan};
use super::speakers::{self, Speakers};
use super::style::{Kind, Style};
use super::tally::Tallies;
use super::times::Times;
use super::{company, fields, opening};
use crate::import::draft::{Block, Declared, Draft, Heading, HeadingPlace, Part, Speech};
use crate::import::{Warning, heads, matter, names};
use crate::model::{Role, Timecode};

/// Makes the plan, and fills all of `draft` but its text and blocks. `styles` has one entry for each line of the
/// text, blank ones included, or none at all where the format knows no styles.
pub(super) fn plan(lines: &Lines<'_>, styles: &[Style], draft: &mut Draft) -> Plan {
    let speakers = speakers::settle(lines, styles);
    let times = Times::of(lines, styles);
    let mut planner = Planner {
        lines,
        styles,
        times: &times,
        speakers: &speakers,
        talk: 0,
        introduced: 0,
        asking: None,
        width: if styles.is_empty() { lines.width() } else { None },
        cues: !speakers.any() && times.are_cues(lines),
        length: 0,
        labels: Vec::new(),
        plan: Plan { pieces: Vec::with_capacity(lines.lines.len()) },
        pending: Pending::default(),
        labelled: false,
        joinable: false,
        part: Part::Unknown,
        begun: false,
        blocks: 0,
        gathered: Tallies::default(),
        dashes: are_dialogue(lines, &speakers),
    };
    planner.asking = planner.questions_by_style();
    planner.talk = planner.first_of_talk();
    let before = lines.lines.get(..planner.talk).unwrap_or_default();
    planner.introduced = before.iter().rposition(|line| !planner.is_heading(line)).unwrap_or(0);
    planner.name_labels(draft);
    planner.run(draft);
    planner.plan
}

/// What a label or timecode alone on its line says of the line to come.
#[derive(Clone, Copy, Debug, Default)]
struct Pending {
    speech: Option<Speech>,
    time: Option<Timecode>,
}

/// Labels of those who ask and answer where the questions are only set apart by their look.
#[derive(Clone, Copy, Debug)]
struct Asking {
    look: Look,
    questioner: u32,
    answerer: u32,
}

/// How questions look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Headings of this level.
    Heading(u8),
    Strong,
    Emphasis,
}

/// Bytes after which a paragraph of cues ends with its sentence, and after which it ends anywhere.
const LONG: usize = 600;
const TOO_LONG: usize = 1600;

/// What is said of a line of the list of chapters.
const CHAPTER: &str = "a line of the list of chapters";

struct Planner<'l, 'a> {
    lines: &'l Lines<'a>,
    styles: &'l [Style],
    times: &'l Times,
    speakers: &'l Speakers,
    /// Index of the first line of the talk.
    talk: usize,
    /// Index of the last line before it that is no heading.
    introduced: usize,
    asking: Option<Asking>,
    width: Option<usize>,
    /// Timed lines are pieces of speech and no paragraphs: they run on.
    cues: bool,
    /// Bytes of the paragraph so far.
    length: usize,
    /// The draft's number of each candidate that is a speaker.
    labels: Vec<Option<u32>>,
    plan: Plan,
    pending: Pending,
    labelled: bool,
    joinable: bool,
    part: Part,
    /// Whether the talk has begun.
    begun: bool,
    /// Paragraphs so far.
    blocks: u32,
    gathered: Tallies,
    /// A dash at the beginning of a line says that the speaker changes.
    dashes: bool,
}

/// Bytes at the beginning of a text in which the names behind initials are looked for.
const SAMPLE: usize = 20_000;

/// Fewer lines than this that begin with a dash are no dialogue.
const DIALOGUE: usize = 4;

/// Whether the lines of a text begin with a dash where the speaker changes, as dialogues do in many languages.
fn are_dialogue(lines: &Lines<'_>, speakers: &Speakers) -> bool {
    let dashed = lines.lines.iter().filter(|line| line.dashed).count();
    // Beside labels a dash is mostly the mark of whoever asks.
    let share = if speakers.any() { 8 } else { 2 };
    dashed >= DIALOGUE && dashed * share >= lines.lines.len()
}

impl Planner<'_, '_> {
    fn style(&self, line: &Line) -> Style {
        self.styles.get(line.number as usize - 1).copied().unwrap_or_default()
    }

    /// 1-based line of the source.
    fn source_line(&self, line: &Line) -> u32 {
        self.styles.get(line.number as usize - 1).map_or(line.number, |style| style.source_line)
    }

    /// Whether a mark says that the speaker changes here.
    fn changes(&self, line: &Line) -> bool {
        line.changed || (self.dashes && line.dashed)
    }

    fn is_heading(&self, line: &Line) -> bool {
        matches!(self.style(line).kind, Kind::Heading(_))
    }

    /// A document without labels whose questions are headings, or set bold or italic throughout.
    fn questions_by_style(&self) -> Option<Asking> {
        if self.styles.is_empty() || self.speakers.any() {
            return None;
        }
        let headings = (1..=6).map(Look::Heading);
        headings.chain([Look::Strong, Look::Emphasis]).find_map(|look| {
            let (mut count, mut questions, mut answered) = (0, 0, 0);
            for (index, line) in self.lines.lines.iter().enumerate() {
                if !self.looks(line, look) {
                    continue;
                }
                count += 1;
                questions += usize::from(crate::import::roles::asks(self.lines.line(index as u32)));
                let next = self.lines.lines.get(index + 1);
                answered += usize::from(next.is_some_and(|next| !self.looks(next, look)));
            }
            let fits = questions >= 3 && questions * 10 >= count * 6 && answered * 10 >= count * 7;
            fits.then_some(Asking { look, questioner: 0, answerer: 0 })
        })
    }

    fn looks(&self, line: &Line, look: Look) -> bool {
        let style = self.style(line);
        match look {
            Look::Heading(level) => style.kind == Kind::Heading(level),
            Look::Strong => style.kind == Kind::Text && style.all_strong,
            Look::Emphasis => style.kind == Kind::Text && style.all_emphasis,
        }
    }

    fn first_of_talk(&self) -> usize {
        let lines = &self.lines.lines;
        let transcript = lines
            .iter()
            .enumerate()
            .position(|(index, line)| self.is_heading(line) && fields::says_transcript(self.lines.line(index as u32)));
        let speaks = |line: &Line| {
            self.speakers.of(line).is_some()
                || (self.times.bare && line.bare_time && !self.is_heading(line))
                || self.changes(line)
                || self.asking.is_some_and(|asking| self.looks(line, asking.look))
        };
        let from = transcript.map_or(0, |heading| heading + 1);
        let first = lines.iter().skip(from).position(speaks).map(|at| at + from);
        transcript.map(|heading| heading + 1).or(first).unwrap_or(lines.len())
    }

    fn name_labels(&mut self, draft: &mut Draft) {
        self.labels = (0..)
            .zip(&self.lines.candidates)
            .map(|(number, candidate)| {
                self.speakers.has(number).then(|| {
                    draft.labels.push(candidate.text.to_owned());
                    draft.labels.len() as u32 - 1
                })
            })
            .collect();
        for candidate in self.lines.candidates.iter().filter(|candidate| speakers::declares(self.lines, candidate)) {
            let name = self.lines.words(candidate.first as usize).to_owned();
            draft.declared.push(Declared { label: name.clone(), name, role: names::role(candidate.text) });
        }
        self.declare_company(draft);
        for index in 0..self.lines.lines.len().min(20) {
            fields::take_line(self.lines.line(index as u32), &mut draft.metadata);
        }
        if let Some(asking) = &mut self.asking {
            // A profile is named for the person in it.
            let guest = match names::shape(&draft.metadata.title) {
                Some(names::Shape::FullName) => draft.metadata.title.clone(),
                _ => "Guest".to_owned(),
            };
            asking.questioner = draft.label("Interviewer");
            asking.answerer = draft.label(&guest);
            let people = [("Interviewer", Role::Interviewer), (guest.as_str(), Role::Guest)];
            draft.declared.extend(people.map(|(name, role)| Declared {
                label: name.to_owned(),
                name: name.to_owned(),
                role: Some(role),
            }));
        }
    }

    /// The people whom the lines before the talk present, `Mira Okafor, journalist`: labels may be short for them.
    fn declare_company(&self, draft: &mut Draft) {
        let company = company::presented((0..self.talk.min(company::LINES)).map(|index| self.lines.line(index as u32)));
        let labels: Vec<&str> = self
            .lines
            .candidates
            .iter()
            .enumerate()
            .filter(|(at, _)| self.speakers.has(*at))
            .map(|(_, one)| one.text)
            .collect();
        let known = |label: &&str| draft.declared.iter().any(|one| company::is_needed(&one.name, &[*label]));
        let open: Vec<&str> = labels.into_iter().filter(|label| !known(label)).collect();
        let mut found: Vec<Declared> = company.into_iter().filter(|one| company::is_needed(&one.name, &open)).collect();
        let mut end = self.lines.text.len().min(SAMPLE);
        while !self.lines.text.is_char_boundary(end) {
            end -= 1;
        }
        let title = [draft.metadata.title.as_str(), draft.metadata.subtitle.as_deref().unwrap_or_default()];
        let text = format!("{}\n{}\n{}", title[0], title[1], self.lines.text.get(..end).unwrap_or_default());
        let short = open.iter().filter(|label| names::is_initials(label) && (2..=4).contains(&label.chars().count()));
        for label in short.filter(|label| names::role(label).is_none()) {
            if !found.iter().any(|one| company::is_needed(&one.name, &[*label]))
                && let Some(name) = company::behind(label, &text)
            {
                found.push(Declared { label: (*label).to_owned(), name, role: None });
            }
        }
        draft.declared.extend(found);
    }

    fn run(&mut self, draft: &mut Draft) {
        let mut skipped: Vec<(usize, &str)> = opening::take(self.lines, self.styles, self.talk, &mut draft.metadata);
        skipped.extend(self.chapters(draft));
        skipped.sort_unstable();
        let last_label = self.lines.lines.iter().rposition(|line| self.speakers.of(line).is_some()).unwrap_or(0);
        let mut skipped = skipped.into_iter().peekable();
        for (index, line) in self.lines.lines.iter().enumerate() {
            if let Some((_, what)) = skipped.next_if(|(at, _)| *at == index) {
                if what == CHAPTER {
                    self.gathered.chapters.add(self.source_line(line));
                } else {
                    draft.left_out.push(Warning { line: self.source_line(line), message: what.to_owned() });
                }
                self.joinable = false;
            } else if heads::is_mark(self.lines.line(index as u32)) {
                self.gathered.marks.add(self.source_line(line));
                self.joinable = false;
            } else if self.is_heading(line) && self.speakers.of(line).is_none() && !self.asks_by_style(line) {
                self.heading(index, line, index > last_label, draft);
            } else {
                self.words(index, line);
            }
        }
        self.gathered.report(draft);
    }

    fn asks_by_style(&self, line: &Line) -> bool {
        self.asking.is_some_and(|asking| self.looks(line, asking.look))
    }

    /// A heading is a topic of the talk, and a line of the front and back matter.
    fn heading(&mut self, index: usize, line: &Line, after_labels: bool, draft: &mut Draft) {
        self.joinable = false;
        let title = self.lines.line(index as u32);
        if fields::says_transcript(title) {
            self.gathered.headings.add(self.source_line(line));
            return;
        }
        if after_labels && self.speakers.any() && matter::is_afterwards(title) {
            self.part = Part::Back;
        }
        if self.part == Part::Back || index < self.introduced {
            self.push(index, line.start, line, Joint::None, Speech::Unknown, None);
            return;
        }
        let Kind::Heading(level) = self.style(line).kind else { return };
        self.gathered.headings.add(self.source_line(line));
        draft.topics.push(Heading { title: title.to_owned(), level, at: HeadingPlace::Block(self.blocks) });
    }

    fn words(&mut self, index: usize, line: &Line) {
        let style = self.style(line);
        let label = self.speakers.of(line).and_then(|label| self.labels.get(label as usize).copied().flatten());
        let timed = line.time.is_some() && self.times.accepts(line.bare_time) && style.kind == Kind::Text;
        let unlabelled = line.label.is_none() || line.alone;
        let head = label.is_some() || (unlabelled && (timed || self.changes(line)));
        let words = if line.alone && label.is_none() { line.words_without_label } else { line.words };
        // A dash before a label, or one that says nothing, is part of the words.
        let start = if head { words } else { line.start };
        let source_line = self.source_line(line);
        if label.is_some() {
            self.gathered.labels.add(source_line);
        } else if head && self.changes(line) {
            self.gathered.changes.add(source_line);
        }
        let asks = self.asks_by_style(line);
        let by_style = self
            .asking
            .filter(|_| index >= self.talk)
            .map(|asking| Speech::Labelled(if asks { asking.questioner } else { asking.answerer }));
        let said = match label {
            Some(label) => Some(Speech::Labelled(label)),
            None if head && self.changes(line) => Some(Speech::Changed),
            None if head && self.labelled => Some(Speech::Same),
            None => by_style,
        };
        let time = line.time.filter(|_| head && (timed || label.is_some()));
        if time.is_some() {
            self.gathered.times.add(source_line);
        }
        self.labelled |= label.is_some();
        if start == line.end {
            self.pending = Pending { speech: said.or(self.pending.speech), time: time.or(self.pending.time) };
            self.joinable = false;
            return;
        }
        let joins = self.joint(index, style, head);
        let speech = match said {
            Some(Speech::Same) | None => self.pending.speech.or(said),
            said => said,
        };
        self.length = (line.end - start) as usize + if joins == Joint::None { 0 } else { self.length };
        self.push(index, start, line, joins, speech.unwrap_or(Speech::Unknown), time.or(self.pending.time));
        self.pending = Pending::default();
        self.joinable = true;
    }

    fn joint(&self, index: usize, style: Style, head: bool) -> Joint {
        let open = self.joinable && (!head || self.cues) && self.pending.speech.is_none();
        let Some(before) = index.checked_sub(1).filter(|_| open) else { return Joint::None };
        let goes_on = if self.cues {
            let ended = self.lines.line(before as u32).ends_with(['.', '?', '!', '…', '。', '？', '！']);
            self.length < if ended { LONG } else { TOO_LONG }
        } else {
            style.goes_on || self.width.is_some_and(|width| self.lines.runs_on(before, width))
        };
        match goes_on {
            true if glue(self.lines.words(before), self.lines.line(index as u32)).is_empty() => Joint::Seamless,
            true => Joint::Blank,
            false => Joint::None,
        }
    }

    /// The part that the line of that index is told to belong to.
    fn part(&mut self, index: usize) -> Part {
        if index >= self.talk && !self.begun {
            self.begun = true;
            return Part::Body;
        }
        match self.part {
            Part::Unknown if index < self.talk && self.talk < self.lines.lines.len() => Part::Front,
            part => part,
        }
    }

    fn push(&mut self, index: usize, start: u32, line: &Line, joins: Joint, speech: Speech, time: Option<Timecode>) {
        let block = Block { start: 0, end: 0, line: self.source_line(line), speech, part: self.part(index), time };
        self.blocks += u32::from(joins == Joint::None);
        self.plan.pieces.push(Piece { start, end: line.end, joins, block });
    }

    /// A list of chapters before the talk, `00:16:42 – title`, becomes topics; the lines that were taken.
    fn chapters(&self, draft: &mut Draft) -> Vec<(usize, &'static str)> {
        let lines = &self.lines.lines;
        let talk_is_timed = lines.iter().skip(self.talk).filter(|line| line.time.is_some()).count() >= 3;
        if !talk_is_timed {
            return Vec::new();
        }
        let short = |index: usize| (1..=120).contains(&self.lines.words(index).len());
        let found: Vec<(usize, Timecode)> = lines
            .iter()
            .enumerate()
            .take(self.talk)
            .filter_map(|(index, line)| Some((index, line.time.filter(|_| short(index))?)))
            .collect();
        if !(3..=1000).contains(&found.len()) || !found.is_sorted_by_key(|(_, time)| *time) {
            return Vec::new();
        }
        // The talk may carry the chapters as headings already.
        let headings = lines.iter().skip(self.talk).filter(|line| self.is_heading(line)).count();
        if headings * 2 < found.len() {
            draft.topics.extend(found.iter().map(|(index, time)| Heading {
                title: self.lines.words(*index).to_owned(),
                level: 0,
                at: HeadingPlace::Time(*time),
            }));
        }
        found.into_iter().map(|(index, _)| (index, CHAPTER)).collect()
    }
}
