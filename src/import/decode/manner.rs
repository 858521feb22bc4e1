//! How the two voices of a document take turns and differ: what is measured in the document itself.

use super::Voice;
use super::path::{self, Step};
use super::signals::Signals;

/// How the voices of a document take turns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Points for a change or stay: for each voice before and after.
    pub(super) turns: [[i64; 2]; 2],
    /// Typical length of a paragraph of each voice, as a logarithm.
    pub(super) lengths: [f32; 2],
    /// Whether the document is clean, so that a question mark means more.
    pub(super) clean: bool,
    /// What it costs when an answer follows where nothing was asked.
    pub(super) unasked: i64,
}

/// The paces that are tried: in how many of a hundred cases a question, an answer goes on in another paragraph.
const PACES: [[f32; 2]; 11] = [
    [5.0, 5.0],
    [5.0, 15.0],
    [15.0, 15.0],
    [15.0, 30.0],
    [30.0, 30.0],
    [5.0, 30.0],
    [5.0, 50.0],
    [15.0, 50.0],
    [5.0, 70.0],
    [15.0, 70.0],
    [5.0, 85.0],
];
/// The slowest and the quickest change that is believed, of a hundred.
const BOUNDS: (f32, f32) = (5.0, 85.0);
/// Points that a factor of *e* in likelihood is worth.
const SCALE: f32 = 3.0;
/// What an answer to nothing costs where answers run over several paragraphs.
const UNASKED: i64 = 2;
/// How much the spread of the lengths counts for the pace.
const PRIOR: f32 = 0.3;
/// As many paragraphs as this the pace found at first counts for when it is measured again.
const WEIGHT: f32 = 20.0;
/// Fewest paragraphs of a voice from which its length is measured.
const ENOUGH: usize = 4;

impl Manner {
    /// What can be told from the paragraphs before anybody knows who speaks them.
    pub(super) fn new(signals: &[Signals]) -> Self {
        let (middle, spread) = spread(signals);
        let lengths = [middle - spread / 3.0, middle + spread / 3.0];
        Self { turns: points(PACES[0]), lengths, clean: clean(signals), unasked: UNASKED }
    }

    /// Takes the likeliest of the [`PACES`], which `retime` puts into the steps, and says how many points the document
    /// is likely by it.
    pub(super) fn settle(
        &mut self,
        signals: &[Signals],
        steps: &mut [Step],
        retime: impl Fn(&mut [Step], Self),
    ) -> f64 {
        let (_, spread) = spread(signals);
        let mut best = f64::NEG_INFINITY;
        let mut turns = self.turns;
        for pace in PACES {
            let tried = Self { turns: points(pace), ..*self };
            retime(steps, tried);
            let likelihood = path::likelihood(steps, SCALE) + fit(pace, spread, signals.len());
            if likelihood > best {
                (best, turns) = (likelihood, tried.turns);
            }
        }
        self.turns = turns;
        if self.alternates() {
            // Where the voices change at nearly every paragraph, nobody waits to be asked.
            self.unasked = 0;
        }
        retime(steps, *self);
        best * f64::from(SCALE)
    }

    /// What is measured once it is known, as far as it is, who speaks. Bounded, so that it settles.
    pub(super) fn measured(self, signals: &[Signals], voices: &[Voice]) -> Self {
        let mut count = [0_usize; 2];
        let mut sum = [0.0; 2];
        let mut stays = [0.0_f32; 2];
        for (place, (signals, voice)) in signals.iter().zip(voices).enumerate() {
            let voice_index = *voice as usize;
            count[voice_index] += 1;
            sum[voice_index] += signals.length;
            if voices.get(place + 1) == Some(voice) {
                stays[voice_index] += 1.0;
            }
        }
        let mut manner = self;
        if count.iter().all(|count| *count >= ENOUGH) {
            manner.lengths = [0, 1].map(|voice| sum[voice] / count[voice] as f32);
        }
        if self.alternates() {
            let rate = |voice: usize| {
                let was = (self.turns[voice][voice] as f32 / SCALE).exp() * 100.0;
                let rate = (stays[voice] * 100.0 + was * WEIGHT) / (count[voice] as f32 + WEIGHT);
                rate.clamp(BOUNDS.0, BOUNDS.1)
            };
            manner.turns = points([rate(0), rate(1)]);
        }
        manner
    }

    /// Whether turns are hardly ever divided into paragraphs.
    fn alternates(&self) -> bool {
        self.turns[1][1] < points([BOUNDS.0, 18.0])[1][1]
    }
}

/// The points of a pace: for each voice before and after.
fn points([questions, answers]: [f32; 2]) -> [[i64; 2]; 2] {
    let points = |percent: f32| ((percent / 100.0).ln() * SCALE).round() as i64;
    [[points(questions), points(100.0 - questions)], [points(100.0 - answers), points(answers)]]
}

/// Mean and spread of the paragraphs' lengths, as logarithms. Items of lists do not count.
fn spread(signals: &[Signals]) -> (f32, f32) {
    let lengths = || signals.iter().filter(|signals| signals.whole).map(|signals| signals.length);
    let count = lengths().count().max(1) as f32;
    let mean = lengths().sum::<f32>() / count;
    let square = lengths().map(|length| (length - mean).powi(2)).sum::<f32>() / count;
    (mean, square.sqrt())
}

/// How a pace fits the spread of the lengths: where turns are not divided into paragraphs, some are very long and
/// many are very short; where they are, paragraphs are much alike. Questions are seldom divided.
fn fit([questions, answers]: [f32; 2], spread: f32, count: usize) -> f64 {
    let odds = |percent: f32| (percent / (100.0 - percent)).ln();
    let expected = (4.0 - 2.8 * spread).clamp(-2.5, 1.5);
    let off = (odds(answers) - expected).powi(2) + 0.3 * (odds(questions) + 2.2).powi(2);
    -f64::from(off * PRIOR * (count as f32).sqrt())
}

/// Whether a document reads like an edited article: it is clean, and its questions are marked as such.
pub(super) fn edited(signals: &[Signals], voices: &[Voice]) -> bool {
    let mut turns = 0;
    let mut asked = 0;
    for (place, (voice, here)) in voices.iter().zip(signals).enumerate() {
        if *voice == Voice::Questioner && voices.get(place + 1) != Some(voice) {
            turns += 1;
            asked += usize::from(here.asks);
        }
    }
    clean(signals) && share(asked, turns) >= 60
}

/// Of a thousand words of talk that was written down as it was spoken more than so many only fill it.
const ORAL: usize = 9;

/// Fewer of them may be chance.
const OFTEN: u32 = 8;

/// Whether a document is full of what fills talk, *you know*, so that it was written down as it was spoken.
pub(super) fn spoken(signals: &[Signals]) -> bool {
    let words: u32 = signals.iter().map(|signals| signals.words).sum();
    let oral: u32 = signals.iter().map(|signals| signals.oral).sum();
    oral >= OFTEN && oral as usize * 1000 > words as usize * ORAL
}

/// Whether a document is written in whole sentences, with hardly a bare "yeah" and little broken off.
fn clean(signals: &[Signals]) -> bool {
    let rough = signals.iter().filter(|signals| signals.rough || signals.nods).count();
    let bare = signals.iter().filter(|signals| signals.words <= 5 && signals.whole && !signals.ends_asking).count();
    let (_, spread) = spread(signals);
    share(rough, signals.len()) <= 12 && share(bare, signals.len()) <= 17 && spread < 1.9
}

/// Parts of a hundred.
fn share(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}
