//! The order of suggestions as numbers. In: how many phrases each class has. Out: a rank for a phrase at a level, and back. Guarantee: a
//! smaller rank is a better suggestion: by class, then by how the phrase matches, then by the order of phrases in their class.

/// How a key lies in its phrase: at its beginning, at the beginning of a word, at any other character.
pub(crate) const LEVELS: u32 = 3;

/// Entities, shared words, documents and measures, and what nobody speaks of.
pub(crate) const CLASSES: usize = 4;

/// The first phrase of each class, and the number of phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranks {
    pub(crate) bounds: [u32; CLASSES + 1],
}

impl Ranks {
    /// The rank of a phrase at a level.
    pub(crate) fn rank(self, phrase: u32, level: u32) -> u32 {
        let (start, end) = self.class_of(|_, end| phrase < end);
        let (width, offset) = (end - start, phrase.saturating_sub(start));
        LEVELS * start + level.min(LEVELS - 1) * width + offset
    }

    /// The phrase and the level of a rank.
    pub(crate) fn split(self, rank: u32) -> (u32, u32) {
        let (start, end) = self.class_of(|_, end| rank < LEVELS.saturating_mul(end));
        let width = (end - start).max(1);
        let within = rank.saturating_sub(LEVELS * start);
        (start + within % width, within / width)
    }

    fn class_of(self, holds: impl Fn(u32, u32) -> bool) -> (u32, u32) {
        let classes = self.bounds.iter().zip(self.bounds.iter().skip(1));
        let mut classes = classes.map(|(start, end)| (*start, *end));
        classes.find(|(start, end)| holds(*start, *end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_leads_back_to_its_phrase_and_orders_by_class_level_and_place() {
        let ranks = Ranks { bounds: [0, 2, 2, 5, 5] };
        let mut last = None;
        for (phrases, level) in [(0..2, 0), (0..2, 1), (0..2, 2), (2..5, 0), (2..5, 1), (2..5, 2)] {
            for phrase in phrases {
                let rank = ranks.rank(phrase, level);
                assert_eq!(ranks.split(rank), (phrase, level));
                assert!(last.is_none_or(|last| last < rank));
                last = Some(rank);
            }
        }
    }
}
