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

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
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

    /// Units of both, with the sum of their scores.
    pub(crate) fn and(&self, other: &Self) -> Self {
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
        self.merge(&other, |a, b| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        })
    }

    /// Units of any of these, with their best scores.
    pub(crate) fn best_of(mut sets: Vec<Self>) -> Self {
        // Joined in pairs, so that no unit is moved more often than there are rounds.
        while sets.len() > 1 {
            let mut rest = sets.into_iter();
            sets = Vec::new();
            while let Some(one) = rest.next() {
                sets.push(match rest.next() {
                    Some(other) => one.or_best(other),
                    None => one,
                });
            }
        }
        sets.pop().unwrap_or_default()
    }

    /// The units as they are.
    pub(crate) fn into_vec(self) -> Vec<(u32, f32)> {
        self.0
    }

    /// Where the first unit at or behind `unit` stands, not before the place `from`.
    pub(crate) fn place_from(&self, from: usize, unit: u32) -> usize {
        let rest = self.0.get(from..).unwrap_or_default();
        // What is looked for is seldom far away.
        let mut step = 1;
        while rest.get(step - 1).is_some_and(|(own, _)| *own < unit) {
            step *= 2;
        }
        let start = step / 2;
        let near = rest.get(start..step.min(rest.len())).unwrap_or_default();
        from + start + near.partition_point(|(own, _)| *own < unit)
    }

    /// The unit at a place.
    pub(crate) fn unit_at(&self, place: usize) -> Option<u32> {
        self.0.get(place).map(|(unit, _)| *unit)
    }

    /// Units of either, with the sum of their scores.
    pub(crate) fn or_sum(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return if self.is_empty() { other } else { self };
        }
        self.merge(&other, |a, b| Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)))
    }

    /// Units of `self` that are not in `other`.
    pub(crate) fn without(self, other: &Self) -> Self {
        if other.is_empty() {
            return self;
        }
        self.merge(other, |a, b| if b.is_none() { a } else { None })
    }

    /// Walks both in step and keeps what `join` gives for the scores on each side.
    fn merge(&self, other: &Self, join: impl Fn(Option<f32>, Option<f32>) -> Option<f32>) -> Self {
        let mut merged = Vec::with_capacity(self.0.len().max(other.0.len()));
        let (mut left, mut right) = (self.0.as_slice(), other.0.as_slice());
        let mut keep = |unit: u32, a: Option<f32>, b: Option<f32>| {
            merged.extend(join(a, b).map(|score| (unit, score)));
        };
        while let ([(a, a_score), a_rest @ ..], [(b, b_score), b_rest @ ..]) = (left, right) {
            match a.cmp(b) {
                Ordering::Less => keep(*a, Some(*a_score), None),
                Ordering::Greater => keep(*b, None, Some(*b_score)),
                Ordering::Equal => keep(*a, Some(*a_score), Some(*b_score)),
            }
            left = if a <= b { a_rest } else { left };
            right = if b <= a { b_rest } else { right };
        }
        for (unit, score) in left {
            keep(*unit, Some(*score), None);
        }
        for (unit, score) in right {
            keep(*unit, None, Some(*score));
        }
        Self(merged)
    }
}

/// How many of several sets each unit is in, and the sum of its scores there.
pub(crate) struct Tally(Vec<(u32, f32)>);

impl Tally {
    /// For units below `bound`; others are passed over.
    pub(crate) fn below(bound: usize) -> Self {
        Self(vec![(0, 0.0); bound])
    }

    /// Adds a set.
    pub(crate) fn add(&mut self, found: &Matches) {
        for (unit, score) in found.iter() {
            let own = usize::try_from(unit).ok().and_then(|unit| self.0.get_mut(unit));
            if let Some((count, sum)) = own {
                *count += 1;
                *sum += score;
            }
        }
    }

    /// The units that are in at least half as many sets as any is, with `each` more for every one of these.
    pub(crate) fn with_half_of_most(self, each: f32) -> Matches {
        let most = self.0.iter().map(|(count, _)| *count).max().unwrap_or_default();
        let units = (0..).zip(self.0).filter(|(_, (count, _))| *count > 0 && *count * 2 >= most);
        // Questions have few parts, which single precision counts exactly.
        let weight = |count: u32| f32::from(u16::try_from(count).unwrap_or(u16::MAX)) * each;
        units.map(|(unit, (count, score))| (unit, weight(count) + score)).collect()
    }
}

impl FromIterator<(u32, f32)> for Matches {
    fn from_iter<I: IntoIterator<Item = (u32, f32)>>(found: I) -> Self {
        Self::from_unsorted(found.into_iter().collect())
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
        assert_eq!(a.and(&b), matches(&[(2, 7.0)]));
        assert_eq!(a.clone().or_best(b.clone()), matches(&[(1, 1.0), (2, 5.0), (3, 3.0)]));
        assert_eq!(a.clone().or_sum(b.clone()), matches(&[(1, 1.0), (2, 7.0), (3, 3.0)]));
        assert_eq!(
            Matches::best_of(vec![a.clone(), b.clone(), a.clone()]),
            a.clone().or_best(b.clone())
        );
        assert_eq!(a.without(&b), matches(&[(1, 1.0)]));
        assert_eq!(b.scored(1.0), matches(&[(2, 1.0), (3, 1.0)]));
    }

    #[test]
    fn a_unit_is_found_from_any_place_before_it() {
        let units = matches(&(0..100_u32).map(|unit| (unit * 3, 1.0)).collect::<Vec<_>>());
        for (from, unit) in [(0, 0), (0, 1), (0, 200), (50, 150), (7, 298), (99, 297), (100, 300)] {
            let behind = (0..100_u32).filter(|place| place * 3 < unit).count();
            let expected = behind.max(from);
            assert_eq!(units.place_from(from, unit), expected, "{from} {unit}");
        }
    }

    #[test]
    fn what_is_in_half_as_many_sets_as_any_is_kept_by_their_number() {
        let mut tally = Tally::below(9);
        for units in
            [[(1, 0.5), (2, 2.0)], [(1, 0.5), (3, 1.0)], [(1, 0.5), (2, 1.0)], [(1, 0.5), (9, 1.0)]]
        {
            tally.add(&matches(&units));
        }
        assert_eq!(tally.with_half_of_most(10.0), matches(&[(1, 42.0), (2, 23.0)]));
    }
}
