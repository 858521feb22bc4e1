//! Numbers that look random and are the same in every run.

/// A source of numbers.
pub(crate) struct Dice(u64);

impl Dice {
    /// Begins with `INTERLEAF_SEED`, or with what is the same in every run.
    pub(crate) fn new() -> Self {
        let seed = std::env::var("INTERLEAF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x5eed);
        println!("INTERLEAF_SEED={seed}");
        Self(seed * 2 + 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit.max(1)
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}
