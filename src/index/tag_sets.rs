//! The tags of all entries, as every search counts and filters them. In: the tags of each entry, ascending, and where those that a document lends end; out: a [`TagSet`] for each entry, to be
//! looked up in [`TagSets`]. Guarantee: nothing is lost, and tags come back ascending. Surprising: what the entries of a document share (place, year, issuer, number) is held and
//! counted once for all of them, because most of an entry's tags are its document's.

use std::collections::HashMap;

/// The tags of one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TagSet {
    group: u32,
    start: u32,
    len: u32,
}

/// The tags of all entries, as places in a list.
#[derive(Debug, Default)]
pub(crate) struct TagSets {
    /// What entries of one document share, each once.
    groups: Vec<Vec<u32>>,
    /// What is an entry's own, one entry after the other.
    own: Vec<u32>,
}

impl TagSets {
    /// Those of an entry that are its own.
    pub(crate) fn own(&self, set: TagSet) -> &[u32] {
        let start = usize::try_from(set.start).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(set.len).unwrap_or(usize::MAX));
        self.own.get(start..end).unwrap_or_default()
    }

    /// Those that its document lends it.
    pub(crate) fn lent(&self, set: TagSet) -> &[u32] {
        usize::try_from(set.group)
            .ok()
            .and_then(|place| self.groups.get(place))
            .map_or(&[], Vec::as_slice)
    }

    /// All of an entry, ascending.
    pub(crate) fn all(&self, set: TagSet) -> impl Iterator<Item = u32> {
        self.lent(set).iter().chain(self.own(set)).copied()
    }

    /// How often each of `tags_len` tags occurs in `sets`.
    pub(crate) fn count(&self, sets: impl Iterator<Item = TagSet>, tags_len: usize) -> Vec<usize> {
        let mut groups = vec![0_usize; self.groups.len()];
        let mut tags = vec![0_usize; tags_len];
        for set in sets {
            add(&mut groups, set.group, 1);
            for tag in self.own(set) {
                add(&mut tags, *tag, 1);
            }
        }
        for (group, times) in self.groups.iter().zip(groups).filter(|(_, times)| *times > 0) {
            for tag in group {
                add(&mut tags, *tag, times);
            }
        }
        tags
    }
}

fn add(counts: &mut [usize], place: u32, times: usize) {
    let slot = usize::try_from(place).ok().and_then(|place| counts.get_mut(place));
    if let Some(slot) = slot {
        *slot += times;
    }
}

/// Gathers the tags of entries.
#[derive(Default)]
pub(crate) struct TagGatherer {
    sets: TagSets,
    known: HashMap<Vec<u32>, u32>,
}

impl TagGatherer {
    /// Takes the tags of an entry, ascending, of which those below `lent_end` are lent by its document.
    pub(crate) fn add(&mut self, mut tags: Vec<u32>, lent_end: u32) -> TagSet {
        let own = tags.split_off(tags.partition_point(|tag| *tag < lent_end));
        let group = if let Some(group) = self.known.get(&tags) {
            *group
        } else {
            let group = u32::try_from(self.sets.groups.len()).unwrap_or(u32::MAX);
            self.sets.groups.push(tags.clone());
            self.known.insert(tags, group);
            group
        };
        let number = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let (start, len) = (number(self.sets.own.len()), number(own.len()));
        self.sets.own.extend(own);
        TagSet { group, start, len }
    }

    /// All of them.
    pub(crate) fn finish(self) -> TagSets {
        self.sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_back_as_they_were_and_are_counted_once_an_entry() {
        let entries = [vec![0, 2, 7, 9], vec![0, 2, 8], vec![], vec![1], vec![9], vec![0, 2]];
        let mut gatherer = TagGatherer::default();
        let sets: Vec<TagSet> = entries.iter().map(|tags| gatherer.add(tags.clone(), 5)).collect();
        let tags = gatherer.finish();
        for (set, expected) in sets.iter().zip(&entries) {
            assert_eq!(tags.all(*set).collect::<Vec<_>>(), *expected);
        }
        assert_eq!(tags.groups.len(), 3);
        assert_eq!(tags.count(sets.iter().copied(), 10), [3, 1, 3, 0, 0, 0, 0, 1, 1, 2]);
        assert_eq!(tags.count(sets.into_iter().take(1), 10), [1, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
    }
}
