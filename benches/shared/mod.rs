//! What invented talk is made of, for the benches that make their own.

/// Words of a talk, the commonest first.
pub(crate) const VOCABULARY: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "in",
    "was",
    "it",
    "that",
    "we",
    "lamp",
    "keeper",
    "harbour",
    "relay",
    "weather",
    "storm",
    "winter",
    "oil",
    "ledger",
    "island",
    "boat",
    "father",
    "thirty",
    "always",
    "nobody",
    "because",
    "naïve",
    "before",
    "remember",
    "automation",
    "lighthouse",
    "rock",
    "radar",
    "signal",
    "engine",
    "quiet",
    "morning",
];

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number from 0, under `below`.
    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }
}
