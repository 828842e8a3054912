//! Seeded numbers. In: a seed; out: the same numbers on every machine. Not for secrets: SplitMix64 is quick and
//! even enough for choosing words.

/// A source of numbers.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Sixty-four even bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below `end`, all equally likely; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = end as u128;
        usize::try_from((u128::from(self.bits()) * end) >> 64).unwrap_or_default()
    }

    /// A number from `start` to `end`, both included.
    pub(crate) fn between(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end - start + 1)
    }

    /// A number below `end`, small ones far more likely: of a hundred numbers the first comes 14 times in a hundred, the last
    /// third of them once. A choice within a choice within a choice needs no table.
    pub(crate) fn skewed(&mut self, end: usize) -> usize {
        let first = self.below(end + 1);
        let second = self.below(first + 1);
        self.below(second + 1).min(end.saturating_sub(1))
    }

    /// True `times` times in a million.
    pub(crate) fn chance(&mut self, times: usize) -> bool {
        self.below(1_000_000) < times
    }

    /// One of a list, the first ones far more likely.
    pub(crate) fn word<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.skewed(list.len())).copied().unwrap_or_default()
    }
}
