//! Sets of what matched, with scores.
//!
//! In: ordinals with scores, in any order and repeated. Out: the same once each, ascending, with the best
//! score; unions, intersections and differences of such sets in one pass.

use std::cmp::Ordering;

/// Units (entries or literals) in ascending order, each with its score.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Matches(Vec<(u32, f32)>);

impl Matches {
    /// Sorts, and keeps the best score of each unit.
    pub(crate) fn from_unsorted(mut found: Vec<(u32, f32)>) -> Self {
        // Postings come in the order of entries, so there is seldom anything to sort.
        if !found.is_sorted_by(|a, b| a.0 <= b.0) {
            found.sort_unstable_by_key(|(unit, _)| *unit);
        }
        found.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = kept.1.max(later.1);
            }
            same
        });
        Self(found)
    }

    /// Adds a unit behind all others, or a better score of the last one.
    pub(crate) fn push(&mut self, unit: u32, score: f32) {
        match self.0.last_mut() {
            Some((last, best)) if *last == unit => *best = best.max(score),
            _ => self.0.push((unit, score)),
        }
    }

    /// Every unit below `count`, with no score.
    pub(crate) fn all(count: usize) -> Self {
        Self((0..u32::try_from(count).unwrap_or(u32::MAX)).map(|unit| (unit, 0.0)).collect())
    }

    /// Units with their scores, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, f32)> {
        self.0.iter().copied()
    }

    /// Whether nothing matched.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same units, with scores multiplied.
    pub(crate) fn weighted(mut self, weight: f32) -> Self {
        for (_, score) in &mut self.0 {
            *score *= weight;
        }
        self
    }

    /// The same units, all with this score.
    pub(crate) fn scored(mut self, score: f32) -> Self {
        for (_, known) in &mut self.0 {
            *known = score;
        }
        self
    }

    /// The same units, with no score above this.
    pub(crate) fn at_most(mut self, most: f32) -> Self {
        for (_, score) in &mut self.0 {
            *score = score.min(most);
        }
        self
    }

    /// The units with at least this score.
    pub(crate) fn at_least(mut self, score: f32) -> Self {
        self.0.retain(|(_, known)| *known >= score);
        self
    }

    /// Units of both, with the sum of their scores.
    pub(crate) fn and(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::default();
        }
        self.merge(other, |a, b| Some(a? + b?))
    }

    /// Units of either, with the better score.
    pub(crate) fn or_best(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return if self.is_empty() { other } else { self };
        }
        self.merge(other, |a, b| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        })
    }

    /// Units of either, with the sum of their scores.
    pub(crate) fn or_sum(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return if self.is_empty() { other } else { self };
        }
        self.merge(other, |a, b| Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)))
    }

    /// Units of `self` that are not in `other`.
    pub(crate) fn without(self, other: Self) -> Self {
        if other.is_empty() {
            return self;
        }
        self.merge(other, |a, b| if b.is_none() { a } else { None })
    }

    /// Walks both in step and keeps what `join` gives for the scores on each side.
    fn merge(self, other: Self, join: impl Fn(Option<f32>, Option<f32>) -> Option<f32>) -> Self {
        let mut merged = Vec::with_capacity(self.0.len().max(other.0.len()));
        let (mut left, mut right) = (self.0.into_iter().peekable(), other.0.into_iter().peekable());
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Self(merged),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            let a = if order == Ordering::Greater { None } else { left.next() };
            let b = if order == Ordering::Less { None } else { right.next() };
            let unit = a.or(b).map(|(unit, _)| unit);
            let score = join(a.map(|(_, score)| score), b.map(|(_, score)| score));
            merged.extend(unit.zip(score));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(units: &[(u32, f32)]) -> Matches {
        Matches::from_unsorted(units.to_vec())
    }

    #[test]
    fn a_unit_found_twice_keeps_its_best_score() {
        assert_eq!(matches(&[(4, 1.0), (2, 1.0), (4, 3.0)]), Matches(vec![(2, 1.0), (4, 3.0)]));
    }

    #[test]
    fn sets_combine_as_sets_and_scores_as_said() {
        let (a, b) = (matches(&[(1, 1.0), (2, 2.0)]), matches(&[(2, 5.0), (3, 3.0)]));
        assert_eq!(a.clone().and(b.clone()), matches(&[(2, 7.0)]));
        assert_eq!(a.clone().or_best(b.clone()), matches(&[(1, 1.0), (2, 5.0), (3, 3.0)]));
        assert_eq!(a.clone().or_sum(b.clone()), matches(&[(1, 1.0), (2, 7.0), (3, 3.0)]));
        assert_eq!(a.without(b.clone()), matches(&[(1, 1.0)]));
        assert_eq!(b.at_least(4.0).scored(1.0), matches(&[(2, 1.0)]));
    }
}
