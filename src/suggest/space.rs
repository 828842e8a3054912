//! A space of keys: the texts of all phrases in one script, sorted at each place at which a search may begin.
//!
//! In: sorted keys; then a prefix. Out: the keys that begin with it, the best first. Guarantee: the first k of n keys cost some
//! k × log n steps, whatever n. Surprising: nothing is sorted for that; the smallest rank of each sixteen keys is kept, of each sixteen
//! of those again, and the search goes down from the best of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::keys::Keys;
use super::layout::SPACE_PARTS;
use crate::image::{partition_point, read_u32};

/// Keys, or minima, under one minimum.
const FAN: usize = 16;

/// A space as it is read.
#[derive(Clone, Copy)]
pub(crate) struct Space<'a> {
    pub(crate) texts: &'a [u8],
    pub(crate) positions: &'a [u8],
    pub(crate) ranks: &'a [u8],
    pub(crate) starts: &'a [u8],
    pub(crate) minima: &'a [u8],
}

/// A key that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) rank: u32,
    /// Characters of the phrase before it.
    pub(crate) start: usize,
}

/// The parts of the file that a space is.
pub(crate) fn space_parts(keys: Keys) -> [Vec<u8>; SPACE_PARTS] {
    let ranks: Vec<u32> = keys.keys.iter().map(|key| key.rank).collect();
    let bytes = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    let mut minima = Vec::new();
    let mut below = ranks.clone();
    while below.len() > FAN {
        below = below.chunks(FAN).filter_map(|of| of.iter().min().copied()).collect();
        minima.extend(bytes(&below));
    }
    [
        keys.texts,
        keys.keys.iter().flat_map(|key| key.position.to_le_bytes()).collect(),
        bytes(&ranks),
        keys.keys.iter().map(|key| key.start).collect(),
        minima,
    ]
}

impl<'a> Space<'a> {
    fn count(&self) -> usize {
        self.ranks.len() / 4
    }

    /// The text from a key on, to the end of all texts.
    fn tail(&self, key: usize) -> &'a [u8] {
        let position = read_u32(self.positions, key * 4).and_then(|at| usize::try_from(at).ok());
        position.and_then(|at| self.texts.get(at..)).unwrap_or_default()
    }

    /// The keys that begin with `prefix`.
    pub(crate) fn range(&self, prefix: &[u8]) -> Range<usize> {
        let head = |key| {
            let tail = self.tail(key);
            tail.get(..prefix.len()).unwrap_or(tail)
        };
        let start = partition_point(0..self.count(), |key| head(key) < prefix);
        let end = partition_point(start..self.count(), |key| head(key) <= prefix);
        start..end
    }

    /// These keys, the best first.
    pub(crate) fn best(&self, range: Range<usize>) -> Best<'a> {
        let mut best =
            Best { space: *self, levels: vec![(0, self.count())], heap: BinaryHeap::new() };
        let mut count = self.count();
        let mut offset = 0;
        while count > FAN {
            count = count.div_ceil(FAN);
            best.levels.push((offset, count));
            offset += count;
        }
        best.cover(range);
        best
    }
}

/// A node of the tree of minima: its level and its place there. Level 0 are the keys.
type Node = (usize, usize);

/// Keys in the order of their ranks.
pub(crate) struct Best<'a> {
    space: Space<'a>,
    /// Of each level, where its minima begin and how many there are.
    levels: Vec<(usize, usize)>,
    heap: BinaryHeap<Reverse<(u32, Node)>>,
}

impl Best<'_> {
    fn push(&mut self, node: Node) {
        let (level, place) = node;
        let rank = match self.levels.get(level) {
            Some(_) if level == 0 => read_u32(self.space.ranks, place * 4),
            Some((offset, count)) if place < *count => {
                read_u32(self.space.minima, (offset + place) * 4)
            }
            _ => None,
        };
        self.heap.extend(rank.map(|rank| Reverse((rank, node))));
    }

    /// The fewest nodes whose keys are these.
    fn cover(&mut self, range: Range<usize>) {
        let (mut start, mut end) = (range.start, range.end);
        let top = self.levels.len().saturating_sub(1);
        for level in 0..=top {
            while start < end && (level == top || start % FAN != 0) {
                self.push((level, start));
                start += 1;
            }
            // The last keys of all have a minimum too, though they are fewer.
            let is_last = self.levels.get(level).is_some_and(|(_, count)| end == *count);
            while start < end && end % FAN != 0 && !is_last {
                end -= 1;
                self.push((level, end));
            }
            if start >= end {
                return;
            }
            (start, end) = (start / FAN, end.div_ceil(FAN));
        }
    }
}

impl Iterator for Best<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some(Reverse((rank, (level, place)))) = self.heap.pop() {
            let Some(below) = level.checked_sub(1) else {
                let start = self.space.starts.get(place).copied().unwrap_or_default();
                return Some(Found { rank, start: start.into() });
            };
            let count = self.levels.get(below).map_or(0, |(_, count)| *count);
            for child in (place * FAN..(place + 1) * FAN).filter(|child| *child < count) {
                self.push((below, child));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::Key;
    use super::*;

    #[test]
    fn the_best_of_any_range_come_in_the_order_of_their_ranks() {
        for count in [0_u32, 1, 15, 16, 17, 255, 256, 257, 1000] {
            let ranks: Vec<u32> = (0..count).map(|n| n.wrapping_mul(2_654_435_761) % 997).collect();
            let keys =
                ranks.iter().map(|rank| Key { position: 0, rank: *rank, start: 0 }).collect();
            let parts = space_parts(Keys { texts: vec![0], keys });
            let [texts, positions, own, starts, minima] = &parts;
            let space = Space { texts, positions, ranks: own, starts, minima };
            for (start, end) in
                [(0, ranks.len()), (0, ranks.len() / 2), (ranks.len() / 3, ranks.len())]
            {
                let mut wanted = ranks[start..end].to_vec();
                wanted.sort_unstable();
                let found: Vec<u32> = space.best(start..end).map(|found| found.rank).collect();
                assert_eq!(found, wanted, "{count}: {start}..{end}");
            }
        }
    }
}
