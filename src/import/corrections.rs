//! The reader's corrections: pins around which the rest is worked out again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decode::{self, Names, Request, Voice};
use crate::model::{
    Confidence, Correction, Inference, Interview, LabelOrigin, Matter, Mending, ParagraphIndex, Role, Speaker,
    SpeakerIndex, Turn,
};

/// `base` as the reader has mended it. `base` is the interview as imported, without corrections; each correction is
/// a pin, and unlabelled paragraphs around it are decoded again. A correction whose paragraph is nowhere to be found
/// has no effect.
pub fn correct(base: &Interview, corrections: &[Correction]) -> Interview {
    if corrections.is_empty() {
        return base.clone();
    }
    let mut mended = Mended::new(base);
    for correction in corrections {
        mended.apply(correction);
    }
    mended.finish()
}

/// What the reader says of one paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct Pin {
    speaker: Option<usize>,
    starts: Option<bool>,
}

/// Who speaks a paragraph of the talk, and how that is known.
#[derive(Clone, Debug, Default)]
struct Said {
    speaker: Option<usize>,
    starts: bool,
    origin: LabelOrigin,
    inferred: Option<(i32, Vec<(&'static str, i32)>)>,
}

struct Mended<'a> {
    base: &'a Interview,
    speakers: Vec<Speaker>,
    /// The speaker that a merged one became part of, itself for all others.
    merged: Vec<usize>,
    pins: BTreeMap<u32, Pin>,
    front: u32,
    back: u32,
    /// Whether nobody is named in the document.
    unnamed: bool,
    /// Whether paragraphs without a pin are decoded.
    decodes: bool,
}

impl<'a> Mended<'a> {
    fn new(base: &'a Interview) -> Self {
        Self {
            base,
            speakers: base.speakers.clone(),
            merged: (0..base.speakers.len()).collect(),
            pins: BTreeMap::new(),
            front: base.front(),
            back: base.back().start,
            unnamed: base.turns().iter().all(|turn| turn.speaker.is_none()),
            decodes: !base.inferences.is_empty(),
        }
    }

    fn apply(&mut self, correction: &Correction) {
        match correction {
            Correction::Rename { from, to } => self.rename(from, to),
            Correction::Role { speaker, role } => {
                if let Some(speaker) = self.known(speaker).and_then(|index| self.speakers.get_mut(index)) {
                    speaker.role = *role;
                }
            }
            Correction::Paragraph { paragraph, begins, mending } => {
                if let Some(paragraph) = find(self.base, *paragraph, begins) {
                    self.mend(paragraph, mending);
                }
            }
        }
    }

    fn mend(&mut self, paragraph: u32, mending: &Mending) {
        match mending {
            Mending::Front => {
                self.front = self.front.max(paragraph + 1);
                self.back = self.back.max(self.front);
            }
            Mending::Back => {
                self.back = self.back.min(paragraph);
                self.front = self.front.min(self.back);
            }
            Mending::Speaker(name) => {
                let speaker = self.known(name).unwrap_or_else(|| self.add(name));
                self.pins.entry(paragraph).or_default().speaker = Some(speaker);
                // Who is given words outside the talk is part of it.
                self.front = self.front.min(paragraph);
                self.back = self.back.max(paragraph + 1);
            }
            Mending::Start => self.pins.entry(paragraph).or_default().starts = Some(true),
            Mending::Join => {
                let pin = self.pins.entry(paragraph).or_default();
                *pin = Pin { speaker: None, starts: Some(false) };
            }
        }
    }

    fn named(&self, name: &str) -> Option<usize> {
        let found = (0..self.speakers.len())
            .find(|&index| self.merged.get(index) == Some(&index) && self.speakers[index].name == name)?;
        Some(found)
    }

    /// The speaker of that name or, as names were once shown as the document writes them, of that name in capitals.
    fn known(&self, name: &str) -> Option<usize> {
        let is_kept = |index: &usize| self.merged.get(*index) == Some(index);
        let same =
            |index: &usize| self.speakers.get(*index).is_some_and(|one| one.name.to_lowercase() == name.to_lowercase());
        self.named(name).or_else(|| (0..self.speakers.len()).filter(is_kept).find(same))
    }

    fn add(&mut self, name: &str) -> usize {
        let index = self.speakers.len();
        let speaker = Speaker::new(name, Role::Other, |id| self.speakers.iter().any(|speaker| speaker.id == id));
        self.speakers.push(speaker);
        self.merged.push(index);
        index
    }

    fn rename(&mut self, from: &str, to: &str) {
        let Some(old) = self.known(from).filter(|_| from != to && !to.trim().is_empty()) else { return };
        match self.named(to) {
            Some(kept) => {
                // Who had no part before takes over that of the other.
                let role = self.speakers.get(old).map_or(Role::Other, |speaker| speaker.role);
                if let Some(kept) = self.speakers.get_mut(kept).filter(|kept| kept.role == Role::Other) {
                    kept.role = role;
                }
                for target in self.merged.iter_mut().filter(|target| **target == old) {
                    *target = kept;
                }
            }
            None => {
                let role = self.speakers.get(old).map_or(Role::Other, |speaker| speaker.role);
                let others = (0..).zip(&self.speakers).filter(|(index, _)| *index != old);
                let taken = |id: &str| others.clone().any(|(_, speaker)| speaker.id == id);
                let renamed = Speaker::new(to, role, taken);
                if let Some(speaker) = self.speakers.get_mut(old) {
                    *speaker = renamed;
                }
            }
        }
    }

    fn today(&self, speaker: usize) -> usize {
        self.merged.get(speaker).copied().unwrap_or(speaker)
    }

    fn finish(mut self) -> Interview {
        // Where nobody is named, two people named by the reader are enough to look for the rest of what they say.
        let mut named: Vec<usize> =
            self.pins.values().filter_map(|pin| pin.speaker).map(|one| self.today(one)).collect();
        named.sort_unstable();
        named.dedup();
        self.decodes |= self.unnamed && named.len() > 1;
        let mut said = self.as_pinned();
        if self.decodes {
            self.decode(&mut said);
        }
        let (turns, inferences) = self.turns(&said);
        let (speakers, turns) = self.without_the_merged(turns);
        let mut interview = self.base.with_turns(self.front, self.back, turns, speakers);
        interview.inferences = Arc::new(inferences);
        interview
    }

    /// What the document and the reader say, paragraph by paragraph of the talk.
    fn as_pinned(&self) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        let mut inferences = self.base.inferences.iter().peekable();
        for paragraph in self.front..self.back {
            let index = ParagraphIndex(paragraph);
            while inferences.next_if(|inference| inference.paragraph < index).is_some() {}
            let inferred = inferences.next_if(|inference| inference.paragraph == index);
            let pin = self.pins.get(&paragraph).copied().unwrap_or_default();
            let talk = self.base.matter(index) == Matter::Body;
            let turn = self.base.turn_of(index).filter(|_| talk).and_then(|turn| self.base.turn(turn));
            let begins = turn.is_some_and(|turn| turn.first == index);
            let read = turn.and_then(|turn| turn.speaker).map(|speaker| self.today(usize::from(speaker.0)));
            let before = said.last();
            let new = match pin {
                Pin { speaker: Some(speaker), starts } => {
                    let speaker = Some(self.today(speaker));
                    let changes = before.is_none_or(|before| before.speaker != speaker);
                    let starts = starts.unwrap_or(changes);
                    Said { speaker, starts, origin: LabelOrigin::Corrected, inferred: None }
                }
                Pin { starts: Some(false), .. } if before.is_some() => Said {
                    speaker: before.and_then(|before| before.speaker),
                    starts: false,
                    origin: LabelOrigin::Corrected,
                    inferred: None,
                },
                Pin { starts, .. } => {
                    let starts = starts == Some(true) || begins || before.is_none();
                    let worked_out = inferred.is_some() || (self.decodes && (self.unnamed || !talk));
                    let kept = before.filter(|_| !begins && !starts && !worked_out).and_then(|before| before.speaker);
                    Said {
                        speaker: if begins || worked_out || starts { read } else { kept.or(read) },
                        starts,
                        origin: if worked_out { LabelOrigin::Inferred } else { LabelOrigin::Read },
                        inferred: worked_out.then(|| {
                            inferred.map_or((0, Vec::new()), |inferred| (inferred.margin, inferred.reasons.clone()))
                        }),
                    }
                }
            };
            said.push(new);
        }
        // A turn whose label is the same as the one before it is that turn, unless the reader parts them.
        let mut last: Option<Option<usize>> = None;
        for (paragraph, said) in (self.front..).zip(&mut said) {
            let parted = self.pins.get(&paragraph).is_some_and(|pin| pin.starts == Some(true));
            let same = last == Some(said.speaker) && said.speaker.is_some();
            said.starts = said.starts && (!same || parted || self.parts_itself(paragraph));
            last = Some(said.speaker);
        }
        said
    }

    /// Whether the document itself begins a turn here although the same person spoke before.
    fn parts_itself(&self, paragraph: u32) -> bool {
        let turn = |paragraph: u32| self.base.turn_of(ParagraphIndex(paragraph));
        let (Some(before), Some(here)) = (paragraph.checked_sub(1).and_then(turn), turn(paragraph)) else {
            return false;
        };
        let speaker = |turn| self.base.turn(turn).map(|turn| turn.speaker);
        before != here && speaker(before) == speaker(here)
    }

    /// The two people whose voices are told apart: who asks, who answers, in the order of their first words where no
    /// role says so.
    fn pair(&self, said: &[Said]) -> Option<(usize, usize)> {
        let heard = said.iter().filter(|said| said.inferred.is_none()).filter_map(|said| said.speaker);
        let all = (0..self.speakers.len()).filter(|&index| self.today(index) == index);
        let mut order: Vec<usize> = Vec::new();
        for speaker in heard.chain(all) {
            if !order.contains(&speaker) {
                order.push(speaker);
            }
        }
        let has = |index: usize, role| self.speakers.get(index).is_some_and(|speaker| speaker.role == role);
        let asker = order.iter().copied().find(|&one| has(one, Role::Interviewer)).or(order.first().copied())?;
        let others = || order.iter().copied().filter(|&one| one != asker);
        let answerer = others().find(|&one| has(one, Role::Guest)).or_else(|| others().next())?;
        Some((asker, answerer))
    }

    fn decode(&mut self, said: &mut [Said]) {
        let Some((asker, answerer)) = self.pair(said) else { return };
        let has = |index: usize, role| self.speakers.get(index).is_some_and(|speaker| speaker.role == role);
        let roles_known = has(asker, Role::Interviewer) || has(answerer, Role::Guest);
        // Who is neither of the two may ask or answer: the words tell.
        let voice_of = |speaker: Option<usize>| match speaker {
            Some(speaker) if speaker == asker || has(speaker, Role::Interviewer) => Some(Voice::Questioner),
            Some(speaker) if speaker == answerer || has(speaker, Role::Guest) => Some(Voice::Answerer),
            _ => None,
        };
        let paragraphs: Vec<decode::Paragraph<'_>> = (self.front..)
            .zip(said.iter())
            .map(|(paragraph, said)| decode::Paragraph {
                text: self.base.paragraph(ParagraphIndex(paragraph)),
                pin: voice_of(said.speaker).filter(|_| said.inferred.is_none()),
                starts: match self.pins.get(&paragraph) {
                    Some(pin) => pin.starts,
                    None => said.inferred.is_none().then_some(said.starts),
                },
            })
            .collect();
        let name = |speaker: usize| self.speakers.get(speaker).map(|speaker| speaker.name.as_str());
        let decoded = decode::decode(&Request {
            paragraphs: &paragraphs,
            language: self.base.metadata.language.as_deref(),
            names: Names { questioner: name(asker), answerer: name(answerer) },
            roles_known,
        });
        let (asker, answerer) = if decoded.swapped { (answerer, asker) } else { (asker, answerer) };
        // Somebody else who joins in speaks on in that voice until the other one is heard.
        let own = |voice| if voice == Voice::Questioner { asker } else { answerer };
        let mut now: Option<(Voice, usize)> = None;
        let mut before: Option<Option<usize>> = None;
        for (at, said) in said.iter_mut().enumerate() {
            let voice = decoded.voices.get(at).copied().unwrap_or(Voice::Answerer);
            if let Some(inferred) = &mut said.inferred {
                let speaker = now.filter(|(last, _)| *last == voice).map_or(own(voice), |(_, speaker)| speaker);
                said.speaker = Some(speaker);
                *inferred = (
                    decoded.margins.get(at).copied().unwrap_or_default(),
                    decoded.reasons.get(at).cloned().unwrap_or_default(),
                );
            }
            now = said.speaker.map(|speaker| (voice, speaker));
            let paragraph = self.front + at as u32;
            let parted = self.pins.get(&paragraph).is_some_and(|pin| pin.starts == Some(true));
            said.starts = before != Some(said.speaker) || parted || (said.inferred.is_none() && said.starts);
            before = Some(said.speaker);
        }
        for (speaker, role) in [(asker, Role::Interviewer), (answerer, Role::Guest)] {
            if let Some(speaker) = self.speakers.get_mut(speaker).filter(|speaker| speaker.role == Role::Other) {
                speaker.role = role;
            }
        }
    }

    fn turns(&self, said: &[Said]) -> (Vec<Turn>, Vec<Inference>) {
        let (mut turns, mut inferences) = (Vec::new(), Vec::new());
        for (paragraph, said) in (self.front..).map(ParagraphIndex).zip(said) {
            let margin = said.inferred.as_ref().map(|(margin, _)| *margin);
            if said.starts || turns.is_empty() {
                turns.push(Turn {
                    first: paragraph,
                    speaker: said.speaker.map(|speaker| SpeakerIndex(speaker as u16)),
                    time: self.base.time_of(paragraph),
                    origin: said.origin,
                    confidence: margin.filter(|_| said.origin == LabelOrigin::Inferred).map(Confidence::from_margin),
                });
            }
            if let Some((margin, reasons)) = &said.inferred {
                inferences.push(Inference { paragraph, margin: *margin, reasons: reasons.clone() });
            }
        }
        (turns, inferences)
    }

    /// The speakers that are left, and the turns pointing at them.
    fn without_the_merged(&self, mut turns: Vec<Turn>) -> (Vec<Speaker>, Vec<Turn>) {
        let mut speakers = Vec::new();
        let mut place = vec![0_u16; self.speakers.len()];
        for (index, speaker) in self.speakers.iter().enumerate() {
            if self.today(index) == index {
                if let Some(place) = place.get_mut(index) {
                    *place = speakers.len() as u16;
                }
                speakers.push(speaker.clone());
            }
        }
        for turn in &mut turns {
            turn.speaker = turn.speaker.and_then(|one| place.get(usize::from(one.0)).copied()).map(SpeakerIndex);
        }
        (speakers, turns)
    }
}

/// Today's number of a paragraph that was `paragraph` and begins with `begins`: the nearest one that still does.
fn find(base: &Interview, paragraph: u32, begins: &str) -> Option<u32> {
    let count = base.paragraph_count();
    let fits = |index: u32| {
        let text = base.paragraph(ParagraphIndex(index));
        text.starts_with(begins) && (text.len() == begins.len() || begins.chars().count() >= 32)
    };
    if begins.is_empty() || (paragraph < count && fits(paragraph)) {
        return (paragraph < count).then_some(paragraph);
    }
    (0..count).filter(|&index| fits(index)).min_by_key(|&index| index.abs_diff(paragraph))
}
