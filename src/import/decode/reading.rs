//! Puts signals, pins and the document's manner together into a reading: who says what, and how sure that is.

use super::manner::Manner;
use super::path::{self, NEVER, Path, Step};
use super::signals::Signals;
use super::{CERTAIN, Paragraph, Voice};

/// A reading of a document.
pub(super) struct Reading {
    pub(super) voices: Vec<Voice>,
    pub(super) margins: Vec<i32>,
    pub(super) reasons: Vec<Vec<(&'static str, i32)>>,
    /// How many points likely the document is if it is read like this, to be compared with another reading.
    pub(super) score: i32,
}

/// How often a document is measured and read again at most.
const ROUNDS: usize = 3;
/// What it costs when a sentence or a list is cut short by the other voice.
const UNFINISHED: i64 = 4;
/// What a turn that begins costs its speaker if the turn before was the same voice's.
const BEGINS: i64 = 4;

/// Works out who says what; with `swapped` the pins and names are those of the other voice.
pub(super) fn work_out(paragraphs: &[Paragraph<'_>], signals: &[Signals], swapped: bool) -> Reading {
    let document = Document { paragraphs, signals, swapped };
    let mut manner = Manner::new(signals);
    let mut steps = vec![Step::default(); paragraphs.len()];
    document.weigh(&mut steps, manner);
    let score = manner.settle(signals, &mut steps, |steps, manner| document.time(steps, manner));
    let mut found = path::best(&steps);
    for _ in 0..ROUNDS {
        manner = manner.measured(signals, &found.voices);
        document.weigh(&mut steps, manner);
        document.time(&mut steps, manner);
        let again = path::best(&steps);
        let settled = again.voices == found.voices;
        found = again;
        if settled {
            break;
        }
    }
    Reading {
        margins: document.margins(&found),
        reasons: document.reasons(&steps, &found.voices, manner),
        voices: found.voices,
        score: score.clamp(-1e9, 1e9) as i32,
    }
}

#[derive(Clone, Copy)]
struct Document<'a> {
    paragraphs: &'a [Paragraph<'a>],
    signals: &'a [Signals],
    swapped: bool,
}

impl Document<'_> {
    /// Sets the points of each voice at each paragraph.
    fn weigh(&self, steps: &mut [Step], manner: Manner) {
        for (place, (step, (paragraph, here))) in
            steps.iter_mut().zip(self.paragraphs.iter().zip(self.signals)).enumerate()
        {
            let around: i32 = self.around(place, here, manner).iter().map(|(_, points)| points).sum();
            step.voice = [i64::from(here.points + around), 0];
            if let Some(pin) = paragraph.pin {
                let pin = if self.swapped { pin.other() } else { pin };
                step.voice[pin.other() as usize] += NEVER;
            }
        }
    }

    /// Points that depend on the place, on who is called and on the document's manner.
    fn around(&self, place: usize, here: &Signals, manner: Manner) -> [(&'static str, i32); 5] {
        let [questioner, answerer] = if self.swapped { [here.calls[1], here.calls[0]] } else { here.calls };
        let tidy = match (manner.clean && here.asks, here.ends_asking) {
            (false, _) => 0,
            (true, false) => 2,
            (true, true) => 3,
        };
        let [asks, answers] = manner.lengths;
        let beyond = here.length - (asks + answers) / 2.0;
        let shape = (-beyond * (answers - asks).clamp(-2.0, 2.0) * 0.8).clamp(-2.0, 2.0).round() as i32;
        [
            ("asks in a tidy text", tidy),
            ("speaks first", if place == 0 { 3 } else { 0 }),
            ("calls the one who answers by name", 4 * i32::from(answerer)),
            ("calls the one who asks by name", -4 * i32::from(questioner)),
            (if shape > 0 { "has the length of a question here" } else { "has the length of an answer here" }, shape),
        ]
    }

    /// Sets the points of each change and stay from one paragraph to the next.
    fn time(&self, steps: &mut [Step], manner: Manner) {
        let [[qq, qa], [aq, aa]] = manner.turns;
        let pairs = self.signals.windows(2).zip(self.paragraphs.iter().skip(1));
        for (step, (pair, paragraph)) in steps.iter_mut().skip(1).zip(pairs) {
            let [before, here] = pair else { continue };
            let reply = i64::from(here.replies);
            let goes_on = i64::from(here.goes_on && !here.asks);
            let unasked = if before.asks { 0 } else { manner.unasked };
            let bound = if before.unfinished || (before.item && here.item) { UNFINISHED } else { 0 };
            step.change =
                [[qq - i64::from(before.asks), qa - goes_on - unasked - bound], [aq - goes_on - bound, aa - reply]];
            match paragraph.starts {
                Some(true) => (0..2).for_each(|voice| step.change[voice][voice] -= BEGINS),
                Some(false) => (0..2).for_each(|voice| step.change[voice][1 - voice] += NEVER / 4),
                None => {}
            }
        }
    }

    fn margins(&self, path: &Path) -> Vec<i32> {
        let margin = |(paragraph, margin): (&Paragraph<'_>, &i64)| match paragraph.pin {
            Some(_) => CERTAIN,
            None => (*margin).clamp(0, i64::from(CERTAIN)) as i32,
        };
        self.paragraphs.iter().zip(&path.margins).map(margin).collect()
    }

    fn reasons(&self, steps: &[Step], voices: &[Voice], manner: Manner) -> Vec<Vec<(&'static str, i32)>> {
        let mut before: Option<(Voice, &Signals)> = None;
        let mut all = Vec::with_capacity(voices.len());
        for (place, (here, (step, voice))) in self.signals.iter().zip(steps.iter().zip(voices)).enumerate() {
            let around = self.around(place, here, manner);
            let mut reasons = Vec::with_capacity(here.reasons.len() + around.len());
            reasons.extend_from_slice(&here.reasons);
            reasons.extend(around.into_iter().filter(|(_, points)| *points != 0));
            if let Some((speaker, said)) = before {
                let [asks, answers] = step.change[speaker as usize];
                let points = (asks - answers).clamp(i64::from(-CERTAIN), i64::from(CERTAIN)) as i32;
                let reason = match speaker {
                    Voice::Questioner if said.asks => "follows a question",
                    Voice::Questioner => "follows the one who asks",
                    Voice::Answerer => "follows the one who answers",
                };
                if points != 0 {
                    reasons.push((reason, points));
                }
            }
            before = Some((*voice, here));
            all.push(reasons);
        }
        all
    }
}
