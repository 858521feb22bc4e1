//! Interviews in a few lines, as tests write them.
//!
//! ```text
//! # The Last Ferry                    the title
//! It was raining.                     front matter: what stands before the first turn
//! = Taking the wheel                  a heading; `==` one below it
//! Q 0:04: When did |you start?        a turn of Ada Pryce, the interviewer, with its timecode; `|` is the cursor
//! A: I was eleven.                    a turn of Tom Bellis, the guest
//! A?: So they say.                    one who was worked out, and doubtfully
//! He found his teeth.                 another paragraph of the turn
//! > 他找到了假牙。                     the translation of the paragraph above
//! B: Nobody asked.                    a turn of Nan Reed, who is neither
//! ---                                 back matter
//! Tom Bellis lives in Sallow Creek.
//! ```

use interleaf::model::{Confidence, Interview, InterviewBuilder, LabelOrigin};
use interleaf::model::{ParagraphIndex, Position, Role, Timecode};

/// The interview, and the place of the cursor where one is marked.
pub(crate) fn parse(notation: &str) -> (Interview, Option<Position>) {
    let mut builder = InterviewBuilder::default();
    let mut cursor: Option<(ParagraphIndex, usize, bool)> = None;
    for line in notation.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let next = builder.next_paragraph();
        if line == "---" {
            builder.back();
        } else if let Some(title) = line.strip_prefix("# ") {
            builder.metadata.title = title.to_owned();
        } else if let Some(title) = line.strip_prefix("== ") {
            builder.topic(title, 1);
        } else if let Some(title) = line.strip_prefix("= ") {
            builder.topic(title, 0);
        } else if let Some(translation) = line.strip_prefix("> ") {
            let words = without_cursor(translation, ParagraphIndex(next.0 - 1), true, &mut cursor);
            builder.translation(&words);
        } else {
            let words = turn(line).map_or(line, |turn| {
                let speaker = builder.speaker(turn.name, turn.role);
                match turn.is_doubtful {
                    true => {
                        let (origin, confidence) = (LabelOrigin::Inferred, Some(Confidence::Doubtful));
                        builder.turn_with(Some(speaker), turn.time, origin, confidence)
                    }
                    false => builder.turn(Some(speaker), turn.time),
                };
                turn.words
            });
            let words = without_cursor(words, next, false, &mut cursor);
            builder.paragraph(&words);
        }
    }
    let interview = builder.build();
    let cursor = cursor.map(|(paragraph, offset, is_translation)| {
        let paragraph = if is_translation { interview.translation(paragraph).unwrap() } else { paragraph };
        Position { paragraph, offset: offset as u32 }
    });
    (interview, cursor)
}

struct Turn<'a> {
    name: &'static str,
    role: Role,
    time: Option<Timecode>,
    is_doubtful: bool,
    words: &'a str,
}

fn turn(line: &str) -> Option<Turn<'_>> {
    let (label, words) = line.split_once(": ")?;
    let (letter, time) = label.split_once(' ').map_or((label, None), |(letter, time)| (letter, Some(time)));
    let (name, role) = match letter.trim_end_matches('?') {
        "Q" => ("Ada Pryce", Role::Interviewer),
        "A" => ("Tom Bellis", Role::Guest),
        "B" => ("Nan Reed", Role::Other),
        _ => return None,
    };
    let time = time.map(|time| time.parse().unwrap());
    Some(Turn { name, role, time, is_doubtful: letter.ends_with('?'), words })
}

fn without_cursor(
    words: &str,
    paragraph: ParagraphIndex,
    is_translation: bool,
    cursor: &mut Option<(ParagraphIndex, usize, bool)>,
) -> String {
    if let Some(at) = words.find('|') {
        *cursor = Some((paragraph, at, is_translation));
    }
    words.replacen('|', "", 1)
}
