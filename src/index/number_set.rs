//! Sets of small numbers (entries, places of tags), one bit each. In: numbers below a bound; out: whether one is among them, and all of them ascending. Surprising: the bound is
//! rounded up to a multiple of 64, and numbers beyond it are passed over.

/// A set of numbers below a bound.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberSet {
    words: Vec<u64>,
}

impl NumberSet {
    /// The empty set of numbers below `bound`.
    pub(crate) fn below(bound: usize) -> Self {
        Self { words: vec![0; bound.div_ceil(64)] }
    }

    /// The set of these numbers, of which those below `bound` are kept.
    pub(crate) fn of(numbers: impl IntoIterator<Item = u32>, bound: usize) -> Self {
        let mut set = Self::below(bound);
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }

    /// Adds a number.
    pub(crate) fn insert(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut(word_of(number)) {
            *word |= bit_of(number);
        }
    }

    /// Whether a number is in the set.
    pub(crate) fn has(&self, number: u32) -> bool {
        self.words.get(word_of(number)).is_some_and(|word| word & bit_of(number) != 0)
    }

    /// The numbers, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        (0_u32..)
            .zip(&self.words)
            .flat_map(|(place, &word)| Bits(word).map(move |bit| place * 64 + bit))
    }
}

fn word_of(number: u32) -> usize {
    usize::try_from(number / 64).unwrap_or(usize::MAX)
}

fn bit_of(number: u32) -> u64 {
    1 << (number % 64)
}

/// The places of the bits of a word.
struct Bits(u64);

impl Iterator for Bits {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let bit = (self.0 != 0).then(|| self.0.trailing_zeros())?;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_there_and_comes_back_ascending() {
        let set = NumberSet::of([130, 3, 64, 3, 500], 131);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 64, 130]);
        assert!(set.has(64) && !set.has(65) && !set.has(500));
    }
}
