//! The best sequence of two voices, and how much worse the best other one is at each paragraph.

use super::Voice;

/// The points of a change or stay that must not be.
pub(super) const NEVER: i64 = -10_000_000;

/// The points of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Step {
    /// For each voice at this paragraph, in the order of [`Voice`].
    pub(super) voice: [i64; 2],
    /// For each voice before and at this paragraph; of no meaning at the first.
    pub(super) change: [[i64; 2]; 2],
}

/// The best sequence.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// A voice for each step.
    pub(super) voices: Vec<Voice>,
    /// How many points better it is than the best sequence with the other voice at that step.
    pub(super) margins: Vec<i64>,
}

const VOICES: [Voice; 2] = [Voice::Questioner, Voice::Answerer];

/// Finds the best sequence: the algorithm of Viterbi, forward and backward.
pub(super) fn best(steps: &[Step]) -> Path {
    let mut forward: Vec<[i64; 2]> = Vec::with_capacity(steps.len());
    for step in steps {
        let scores = match forward.last() {
            None => step.voice,
            Some(before) => [0, 1].map(|to| {
                let from = |from: usize| before[from] + step.change[from][to];
                from(0).max(from(1)) + step.voice[to]
            }),
        };
        forward.push(scores);
    }
    let mut voices = vec![Voice::Questioner; steps.len()];
    let mut margins = vec![0; steps.len()];
    let mut after = [0, 0];
    let mut next: Option<(usize, &Step)> = None;
    for (place, step) in steps.iter().enumerate().rev() {
        if let Some((_, later)) = next {
            after = [0, 1].map(|from| {
                let to = |to: usize| later.change[from][to] + later.voice[to] + after[to];
                to(0).max(to(1))
            });
        }
        // Where two sequences are equally good the voices must still follow from one another.
        let reach = |voice: usize| forward[place][voice] + next.map_or(0, |(to, later)| later.change[voice][to]);
        let voice = usize::from(reach(1) >= reach(0));
        let through = |voice: usize| forward[place][voice] + after[voice];
        voices[place] = VOICES[voice];
        margins[place] = through(voice) - through(1 - voice);
        next = Some((voice, step));
    }
    Path { voices, margins }
}

/// How likely the points make the document as a whole, over all sequences: the forward algorithm, in logarithms.
/// `scale` points are a factor of *e*.
pub(super) fn likelihood(steps: &[Step], scale: f32) -> f64 {
    let points = |points: i64| (points.max(NEVER) as f64) / f64::from(scale);
    let both = |a: f64, b: f64| a.max(b) + (-(a - b).abs()).exp().ln_1p();
    let mut before: Option<[f64; 2]> = None;
    for step in steps {
        before = Some([0, 1].map(|to| {
            let reached = before.map_or(0.0, |before| {
                both(before[0] + points(step.change[0][to]), before[1] + points(step.change[1][to]))
            });
            reached + points(step.voice[to])
        }));
    }
    before.map_or(0.0, |[asks, answers]| both(asks, answers))
}
