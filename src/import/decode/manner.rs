//! How the two voices of a document take turns, and the reading that follows from it.

use super::path::{self, NEVER, Path, Step};
use super::signals::Signals;
use super::{CERTAIN, Paragraph, Voice};

/// A reading of a document.
pub(super) struct Reading {
    pub(super) voices: Vec<Voice>,
    pub(super) margins: Vec<i32>,
    pub(super) reasons: Vec<Vec<(&'static str, i32)>>,
    /// The points of the reading before anything was measured in the document, so that readings can be compared.
    pub(super) score: i32,
}

/// How voices take turns in a document.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// Points for a change or stay: for each voice before and after.
    turns: [[i64; 2]; 2],
    /// Typical length of a paragraph of each voice, as a logarithm; `None` where it is not known.
    lengths: Option<[f32; 2]>,
    /// Whether the document is clean, so that a question mark means more.
    clean: bool,
    /// What it costs when an answer follows where nothing was asked.
    unasked: i64,
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

/// Points that a factor of *e* in likelihood is worth.
const SCALE: f32 = 3.0;

fn pace([questions, answers]: [f32; 2]) -> [[i64; 2]; 2] {
    let points = |percent: f32| ((percent / 100.0).ln() * SCALE).round() as i64;
    [[points(questions), points(100.0 - questions)], [points(100.0 - answers), points(answers)]]
}

/// Works out who says what; with `swapped` the pins and names are those of the other voice.
pub(super) fn work_out(paragraphs: &[Paragraph<'_>], signals: &[Signals], swapped: bool) -> Reading {
    let (middle, spread) = spread(signals);
    let clean = clean(signals);
    let lengths = Some([middle - spread / 3.0, middle + spread / 3.0]);
    let mut manner = Manner { turns: pace(PACES[0]), lengths, clean, unasked: 2 };
    let mut likeliest = f64::NEG_INFINITY;
    for turns in PACES {
        let tried = Manner { turns: pace(turns), lengths, clean, unasked: 2 };
        let steps = steps(paragraphs, signals, swapped, tried);
        let likelihood = path::likelihood(&steps, SCALE) + prior(turns, spread, signals.len());
        if likelihood > likeliest {
            (manner, likeliest) = (tried, likelihood);
        }
    }
    // Where the voices change at each paragraph, nobody waits to be asked.
    manner.unasked = if manner.turns[1][1] < -5 { 0 } else { 2 };
    let mut steps = steps(paragraphs, signals, swapped, manner);
    let mut found = path::best(&steps);
    let score = (likeliest * f64::from(SCALE)).clamp(-1e9, 1e9) as i32;
    for _ in 0..ROUNDS {
        manner = measured(signals, &found.voices, manner);
        steps = self::steps(paragraphs, signals, swapped, manner);
        let again = path::best(&steps);
        let settled = again.voices == found.voices;
        found = again;
        if settled {
            break;
        }
    }
    Reading {
        margins: margins(paragraphs, &found),
        reasons: reasons(signals, &steps, &found.voices, swapped, manner),
        voices: found.voices,
        score,
    }
}

/// How often a document is measured and read again at most.
const ROUNDS: usize = 3;
/// Fewest paragraphs of a voice from which anything is measured.
const ENOUGH: usize = 4;

/// Mean and spread of the paragraphs' lengths, as logarithms.
fn spread(signals: &[Signals]) -> (f32, f32) {
    let whole = || signals.iter().filter(|signals| signals.whole);
    let count = whole().count().max(1) as f32;
    let mean = whole().map(length).sum::<f32>() / count;
    let square = whole().map(|signals| (length(signals) - mean).powi(2)).sum::<f32>() / count;
    (mean, square.sqrt())
}

/// How a pace fits the spread of the lengths: where turns are not divided into paragraphs, some are very long and
/// many are very short; where they are, paragraphs are much alike.
fn prior([questions, answers]: [f32; 2], spread: f32, count: usize) -> f64 {
    let odds = |percent: f32| (percent / (100.0 - percent)).ln();
    let expected = (4.0 - 2.8 * spread).clamp(-2.5, 1.5);
    let off = (odds(answers) - expected).powi(2) + 0.3 * (odds(questions) + 2.2).powi(2);
    -f64::from(off * PRIOR * (count as f32).sqrt())
}

/// How much the spread of the lengths counts.
const PRIOR: f32 = 0.3;

fn measured(signals: &[Signals], voices: &[Voice], before: Manner) -> Manner {
    let mut count = [0_usize; 2];
    let mut sum = [0.0_f32; 2];
    for (signals, voice) in signals.iter().zip(voices) {
        count[*voice as usize] += 1;
        sum[*voice as usize] += length(signals);
    }
    let lengths =
        (count[0] >= ENOUGH && count[1] >= ENOUGH).then(|| [0, 1].map(|voice| sum[voice] / count[voice] as f32));
    Manner { lengths, ..before }
}

fn length(signals: &Signals) -> f32 {
    (signals.words.max(1) as f32).log2()
}

fn steps(paragraphs: &[Paragraph<'_>], signals: &[Signals], swapped: bool, manner: Manner) -> Vec<Step> {
    let mut steps = Vec::with_capacity(paragraphs.len());
    for (place, (paragraph, here)) in paragraphs.iter().zip(signals).enumerate() {
        let mut step = Step::default();
        step.voice[0] =
            i64::from(here.points + extra(place, here, swapped, manner).iter().map(|(_, points)| points).sum::<i32>());
        if let Some(pin) = paragraph.pin {
            let pin = if swapped { pin.other() } else { pin };
            step.voice[pin.other() as usize] += NEVER;
        }
        if let Some(before) = place.checked_sub(1).and_then(|before| signals.get(before)) {
            step.change = change(before, here, manner);
            match paragraph.starts {
                Some(true) => (0..2).for_each(|voice| step.change[voice][voice] -= 4),
                Some(false) => (0..2).for_each(|voice| step.change[voice][1 - voice] += NEVER / 4),
                None => {}
            }
        }
        steps.push(step);
    }
    steps
}

/// Points that depend on the place, on who is called and on the document's manner.
fn extra(place: usize, here: &Signals, swapped: bool, manner: Manner) -> [(&'static str, i32); 5] {
    let [questioner, answerer] = if swapped { [here.calls[1], here.calls[0]] } else { here.calls };
    let shape = manner.lengths.map_or(0, |[asks, answers]| {
        let apart = (answers - asks).clamp(-2.0, 2.0);
        let beyond = length(here) - (asks + answers) / 2.0;
        (-beyond * apart * 0.8).clamp(-2.0, 2.0).round() as i32
    });
    [
        ("asks in a tidy text", if manner.clean && here.asks { if here.ends_asking { 3 } else { 2 } } else { 0 }),
        ("speaks first", if place == 0 { 3 } else { 0 }),
        ("calls the one who answers by name", 3 * i32::from(answerer)),
        ("calls the one who asks by name", -3 * i32::from(questioner)),
        (if shape > 0 { "is as short as questions are here" } else { "is as long as answers are here" }, shape),
    ]
}

/// Points of each change and stay from one paragraph to the next.
fn change(before: &Signals, here: &Signals, manner: Manner) -> [[i64; 2]; 2] {
    let mut change = [[0; 2]; 2];
    let reply = i64::from(here.replies);
    let goes_on = i64::from(here.goes_on && !here.asks);
    let [[qq, qa], [aq, aa]] = manner.turns;
    change[0][0] = qq + if before.asks { -1 } else { 0 };
    change[0][1] = qa - goes_on - if before.asks { 0 } else { manner.unasked };
    change[1][0] = aq - goes_on;
    change[1][1] = aa - reply;
    change
}

fn margins(paragraphs: &[Paragraph<'_>], path: &Path) -> Vec<i32> {
    let margin = |(paragraph, margin): (&Paragraph<'_>, &i64)| match paragraph.pin {
        Some(_) => CERTAIN,
        None => (*margin).clamp(0, i64::from(CERTAIN)) as i32,
    };
    paragraphs.iter().zip(&path.margins).map(margin).collect()
}

fn reasons(
    signals: &[Signals],
    steps: &[Step],
    voices: &[Voice],
    swapped: bool,
    manner: Manner,
) -> Vec<Vec<(&'static str, i32)>> {
    let mut all = Vec::with_capacity(signals.len());
    for (place, here) in signals.iter().enumerate() {
        let mut reasons = here.reasons.clone();
        reasons.extend(extra(place, here, swapped, manner).into_iter().filter(|(_, points)| *points != 0));
        if let Some(before) = place.checked_sub(1) {
            let [asks, answers] = steps[place].change[voices[before] as usize];
            let reason = match voices[before] {
                Voice::Questioner if signals[before].asks => "follows a question",
                Voice::Questioner => "follows the one who asks",
                Voice::Answerer => "follows the one who answers",
            };
            let points = (asks - answers).clamp(i64::from(-CERTAIN), i64::from(CERTAIN)) as i32;
            if points != 0 {
                reasons.push((reason, points));
            }
        }
        all.push(reasons);
    }
    all
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

/// Whether a document is written in whole sentences, with hardly a bare "yeah" and nothing broken off.
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
