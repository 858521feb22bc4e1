//! CHAT, the format of TalkBank: `*PAR:` lines of speech, `%mor:` lines about them, `@` lines about all.
//!
//! The codes of the transcribers are taken off as the CHAT manual explains them; words stay as they were spoken.

use std::borrow::Cow;
use std::collections::HashMap;

use super::chat_words::words;
use super::lines::lines;
use super::paragraphs::{Paragraphs, Piece};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::{Declared, Draft, Heading, HeadingPlace, Speech};
use crate::import::tally::Tally;
use crate::import::{ImportError, Options, Warning};
use crate::model::{Role, Timecode};

/// CHAT.
#[derive(Debug)]
pub(super) struct Chat;

impl Importer for Chat {
    fn name(&self) -> &'static str {
        "chat"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cha"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let mut head = lines(sample.text).take(10).map(|(_, line)| line.trim_start_matches('\u{FEFF}').trim());
        head.any(|line| line == "@Begin" || line.starts_with("@Participants:"))
            .then_some(Recognised { score: 100, because: "it has the headers of CHAT" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let mut reader = Reader::default();
        let mut open: Option<(u32, Cow<'_, str>)> = None;
        for (number, line) in lines(&source.text) {
            match line.as_bytes().first() {
                Some(b'*' | b'%' | b'@') => {
                    reader.entry(open.take());
                    open = Some((number, Cow::Borrowed(line)));
                }
                _ => {
                    // A line that begins with a tab goes on with the one before; so does any other.
                    if let Some((_, entry)) = &mut open {
                        let entry = entry.to_mut();
                        entry.push(' ');
                        entry.push_str(line.trim());
                    }
                }
            }
        }
        reader.entry(open);
        Ok(reader.finish())
    }
}

/// Lines that translate the speech above them.
const TRANSLATION: &[&str] = &["%eng", "%xeng", "%tra", "%xtra"];

#[derive(Default)]
struct Reader {
    paragraphs: Paragraphs,
    labels: HashMap<String, Speech>,
    tiers: HashMap<String, (u32, u32)>,
    codes: Tally,
}

impl Reader {
    fn entry(&mut self, entry: Option<(u32, Cow<'_, str>)>) {
        let Some((line, entry)) = entry else { return };
        let (head, body) = entry.split_once(':').unwrap_or((&entry, ""));
        match head.as_bytes().first() {
            Some(b'*') => self.speech(line, head.trim_start_matches('*').trim(), body),
            Some(b'%') if TRANSLATION.contains(&head) => self.paragraphs.draft.translate_last(&words(body).text),
            Some(b'%') => match self.tiers.get_mut(head) {
                Some((_, count)) => *count += 1,
                None => {
                    self.tiers.insert(head.to_owned(), (line, 1));
                }
            },
            _ => self.header(line, head.trim(), body.trim()),
        }
    }

    fn speech(&mut self, line: u32, code: &str, body: &str) {
        let speech = self.labels.get(code).copied().unwrap_or_else(|| {
            let labels = &mut self.paragraphs.draft.labels;
            labels.push(code.to_owned());
            let speech = Speech::Labelled(labels.len() as u32 - 1);
            self.labels.insert(code.to_owned(), speech);
            speech
        });
        let spoken = words(body);
        if spoken.codes > 0 {
            self.codes.add_many(spoken.codes, line);
        }
        let (start, end) = spoken.times.unzip();
        let time = |time: Option<u32>| time.map(Timecode::from_milliseconds);
        self.paragraphs.add(Piece {
            text: &spoken.text,
            line,
            speech,
            start: time(start),
            end: time(end),
            glued: false,
        });
    }

    fn header(&mut self, line: u32, name: &str, body: &str) {
        let draft = &mut self.paragraphs.draft;
        match name {
            "@Participants" => participants(body, draft),
            "@Languages" => {
                draft.metadata.language = body.split([',', ' ']).next().map(str::to_owned).filter(|one| !one.is_empty())
            }
            "@Date" => draft.metadata.date = Some(body.to_owned()),
            "@Title" | "@Situation" if draft.metadata.title.is_empty() => body.clone_into(&mut draft.metadata.title),
            "@Bg" | "@G" | "@New Episode" if !body.is_empty() => {
                let at = HeadingPlace::Block(draft.blocks.len() as u32);
                draft.topics.push(Heading { title: body.to_owned(), level: 0, at });
                self.paragraphs.break_here();
            }
            "@UTF8" | "@Begin" | "@End" | "@ID" | "@Options" | "@Media" | "@PID" | "@Eg" => {}
            _ => draft.left_out.push(Warning { line, message: format!("the header {name}: {body}") }),
        }
    }

    fn finish(self) -> Draft {
        let mut draft = self.paragraphs.finish();
        let mut tiers: Vec<_> = self.tiers.into_iter().collect();
        tiers.sort();
        for (tier, (line, count)) in tiers {
            draft.left_out.push(Warning { line, message: format!("lines of the tier {tier}: {count}") });
        }
        self.codes.report("a code of the transcribers", &mut draft.left_out);
        draft
    }
}

/// `@Participants: INV Mira Investigator, PAR Participant`: code, perhaps a name, role.
fn participants(body: &str, draft: &mut Draft) {
    let people: Vec<Vec<&str>> = body.split(',').map(|one| one.split_whitespace().collect()).collect();
    let mut alike: HashMap<Option<&&str>, usize> = HashMap::new();
    people.iter().for_each(|person| *alike.entry(person.last()).or_default() += 1);
    for person in &people {
        let (Some(code), Some(last)) = (person.first(), person.get(1..).and_then(<[&str]>::last)) else { continue };
        let alike = alike.get(&Some(last)).copied().unwrap_or_default();
        let name = match person.get(1..person.len() - 1) {
            Some(name) if !name.is_empty() => name.join(" "),
            _ if alike > 1 => (*code).to_owned(),
            _ => (*last).to_owned(),
        };
        let role = match *last {
            "Investigator" | "Interviewer" | "Clinician" | "Teacher" | "Therapist" => Some(Role::Interviewer),
            "Participant" | "Subject" | "Informant" | "Patient" | "Target_Adult" | "Target_Child" => Some(Role::Guest),
            _ => None,
        };
        draft.declared.push(Declared { label: (*code).to_owned(), name: name.replace('_', " "), role });
    }
}
